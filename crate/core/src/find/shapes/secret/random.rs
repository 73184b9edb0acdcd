//! How random a string is: what tells a key from a name in a program.

/// Shannon entropy in bits a character, over bytes.
fn entropy(value: &str) -> f32 {
    let mut counts = [0_u16; 256];
    for b in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(b)) {
            *count = count.saturating_add(1);
        }
    }
    let length = value.len().max(1) as f32;
    counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = f32::from(count) / length;
            -share * share.log2()
        })
        .sum()
}

/// Whether the entropy is what a random string of its length and alphabet would have, nearly: 70%
/// of the most it can be.
pub(super) fn is_random_enough(value: &str, hex: bool) -> bool {
    let hex = hex
        || !value
            .bytes()
            .any(|b| matches!(b, b'g'..=b'w' | b'G'..=b'W' | b'y' | b'z' | b'Y' | b'Z'));
    let alphabet = if hex { 4.0 } else { 5.9_f32 };
    let most = (value.len().max(1) as f32).log2().min(alphabet);
    let digit = value.bytes().any(|b| b.is_ascii_digit());
    // Without a digit it may be a name in a program: "hf_requiredCharacteristic".
    entropy(value) >= most * 0.7 && (digit || value.len() < 16 || !is_spoken(value))
}

/// Whether letters alone are words: one case is rare in them, as in names in programs (three of
/// 1,000 random keys are so too); or they are all capitals that can be said aloud.
fn is_spoken(value: &str) -> bool {
    let share = |part: fn(&u8) -> bool| value.bytes().filter(part).count() * 4;
    let upper = share(u8::is_ascii_uppercase);
    let lower = share(u8::is_ascii_lowercase);
    if upper < value.len() * 4 {
        return upper.min(lower) <= value.len();
    }
    let mut hard = 0;
    let mut run = 0;
    for b in value.bytes() {
        run = if b"AEIOUY".contains(&b) { 0 } else { run + 1 };
        hard += usize::from(run >= 5) * 3 + usize::from(b"JKQVWXZ".contains(&b));
    }
    hard < 3
}

/// Whether it holds long runs of lower-case letters, as names in programs do.
fn is_wordy(value: &str) -> bool {
    value
        .split(|c: char| !c.is_ascii_lowercase())
        .any(|run| run.len() >= 6)
        || !value.bytes().any(|b| b.is_ascii_uppercase())
        || !value.bytes().any(|b| b.is_ascii_lowercase())
}

/// Whether it looks as random as a key: both letters and digits, high entropy, and no chain of
/// words.
pub(in super::super) fn is_random(value: &str) -> bool {
    let digit = value.bytes().any(|b| b.is_ascii_digit());
    let letter = value.bytes().any(|b| b.is_ascii_alphabetic());
    if !letter || !digit && (value.len() < 20 || is_wordy(value)) {
        return false;
    }
    // How often the kind of character changes: often in a key, seldom in words and versions.
    let kind = |b: u8| match b {
        b'0'..=b'9' => 0_u8,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let changes = value
        .bytes()
        .zip(value.bytes().skip(1))
        .filter(|&(a, b)| kind(a) != kind(b) && kind(a) != 3 && kind(b) != 3)
        .count();
    changes >= (value.len() / 8).clamp(3, 40)
        && is_random_enough(
            value,
            value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'),
        )
}
