//! Slips of the keyboard: `bicth` for "bitch".
//!
//! Insults are disguised the way that words are mistyped: a letter left out, doubled, swapped with
//! its neighbour or replaced. Listing all those spellings makes lists of thousands that nobody can
//! read, so they are made here, for the words of lists of `kind = "disguised"`. Two spellings that
//! are one slip apart share a spelling with one letter less; the index holds those of the lists'
//! few hundred words (eight bytes each), and a draft's word looks up its own. Only words that
//! nobody knows are looked up, so a draft without slips pays a few look-ups of hashes.

/// Shorter words have too many ordinary neighbours: "shot", "shut" and "suit" are no slips.
const SHORTEST: usize = 5;
/// A longer word is nobody's slip, in bytes. Bounds what hostile drafts cost.
const LONGEST: usize = 32;
/// So many candidates are compared with a word. Bounds what hostile lists cost.
const MOST_CANDIDATES: usize = 64;

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Slips {
    /// A hash of a word, or of the word with one letter less, and the word's number. Sorted.
    spellings: Vec<(u32, u32)>,
    /// Hashes of ordinary words, which are nobody's slip. Sorted. (Two words of one hash cost a
    /// slip that is not seen, once in a million words.)
    innocent: Vec<u32>,
}

impl Slips {
    /// Readies the index of `words`, with their numbers. `ordinary`: words that are no slips.
    pub(crate) fn new<'w, 'o>(
        words: impl Iterator<Item = (u32, &'w str)>,
        ordinary: impl Iterator<Item = &'o str>,
    ) -> Self {
        let mut slips = Self::default();
        for (number, word) in words {
            if word.len() > LONGEST
                || word.chars().count() < SHORTEST
                || !word.chars().all(char::is_alphabetic)
            {
                continue;
            }
            slips.spellings.push((hash((word, "")), number));
            let last = word.chars().count() - 1;
            for (head, tail) in without_a_letter(word).take(last).skip(1) {
                let hash = hash((head, tail));
                slips.spellings.push((hash, number));
            }
        }
        if slips.spellings.is_empty() {
            return slips;
        }
        crate::sort::by_key(&mut slips.spellings, |spelling| *spelling);
        slips.spellings.dedup();
        slips.spellings.shrink_to_fit();
        slips.innocent = ordinary
            .filter(|word| word.chars().count() + 1 >= SHORTEST)
            .map(|word| hash((word, "")))
            .collect();
        crate::sort::by_key(&mut slips.innocent, |hash| *hash);
        slips
    }

    /// The numbers of the words that `spelling` is a slip of.
    pub(crate) fn of<'a>(
        &self,
        spelling: &str,
        word_of: impl Fn(u32) -> &'a str,
        out: &mut Vec<u32>,
    ) {
        if self.spellings.is_empty()
            || spelling.len() > LONGEST
            || spelling.chars().count() + 1 < SHORTEST
            || !spelling.chars().all(char::is_alphabetic)
            || self.is_innocent(spelling)
        {
            return;
        }
        let without = |ending| spelling.strip_suffix(ending).unwrap_or_default();
        for spelling in [spelling, without("s"), without("es")] {
            let whole = std::iter::once(("", spelling));
            for parts in whole.chain(without_a_letter(spelling)) {
                let hash = hash(parts);
                let start = self.spellings.partition_point(|&(other, _)| other < hash);
                let candidates = self.spellings.iter().skip(start);
                for &(_, number) in candidates
                    .take_while(|&&(other, _)| other == hash)
                    .take(MOST_CANDIDATES)
                {
                    if !out.contains(&number) && is_slip(word_of(number), spelling) {
                        out.push(number);
                    }
                }
            }
        }
    }

    /// Whether it is an ordinary word, or the plural of one.
    pub(crate) fn is_innocent(&self, spelling: &str) -> bool {
        let known = |word: &str| self.innocent.binary_search(&hash((word, ""))).is_ok();
        known(spelling)
            || spelling
                .strip_suffix('s')
                .is_some_and(|word| known(word) || word.strip_suffix('e').is_some_and(known))
    }
}

/// A word's hash (FNV-1a, so that a draft is judged alike every time), given in two parts so that no
/// text has to be put together.
pub(super) fn hash((head, tail): (&str, &str)) -> u32 {
    head.bytes()
        .chain(tail.bytes())
        .fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
}

/// Small words that are written together with the next or the last one: "stabthose", "ihate".
const BEFORE: [&str; 15] = [
    "i", "the", "these", "those", "such", "much", "mucho", "mucha", "este", "esta", "ese", "esa",
    "los", "las", "puta",
];
const AFTER: [&str; 9] = [
    "to", "the", "these", "those", "all", "you", "de", "todos", "todas",
];
/// What Spanish writes together with an infinitive: "matarlos". After others it is an ending
/// ("morales").
const PRONOUNS: [&str; 4] = ["los", "las", "les", "nos"];

/// What is left of a spelling without a small word that is written together with it.
pub(crate) fn apart(spelling: &str) -> impl Iterator<Item = &str> {
    let before = BEFORE
        .iter()
        .filter_map(move |small| spelling.strip_prefix(small));
    let after = AFTER
        .iter()
        .filter_map(move |small| spelling.strip_suffix(small));
    let pronoun = PRONOUNS
        .iter()
        .filter_map(move |small| spelling.strip_suffix(small))
        .filter(|word| word.ends_with('r'));
    // "odioa": of other words this is an ending.
    let a = spelling
        .strip_suffix('a')
        .filter(|word| word.ends_with('o'));
    before
        .chain(after)
        .chain(pronoun)
        .chain(a)
        .filter(|word| word.len() + 1 >= SHORTEST)
}

/// What stands before and after each letter.
fn without_a_letter(word: &str) -> impl Iterator<Item = (&str, &str)> {
    word.char_indices()
        .filter_map(|(at, letter)| Some((word.get(..at)?, word.get(at + letter.len_utf8()..)?)))
}

/// Whether `spelling` is `word` with one slip. The first letter stays, but for a swap, and the
/// last one is not left out or replaced: endings make other words ("negro", "negra").
fn is_slip(word: &str, spelling: &str) -> bool {
    let (right, wrong) = (word.as_bytes(), spelling.as_bytes());
    let Some(at) = right.iter().zip(wrong).position(|(a, b)| a != b).or({
        // "fagott" has "fagot" in front.
        (right.len() < wrong.len()).then_some(right.len())
    }) else {
        return false;
    };
    let letter = |bytes: &[u8], at: usize| bytes.get(at).copied().unwrap_or_default();
    let (here, there) = (letter(right, at), letter(wrong, at));
    if right.len() == wrong.len() + 1 {
        return at > 0 && at + 1 < right.len() && rest(right, at + 1) == rest(wrong, at);
    }
    if right.len() + 1 == wrong.len() {
        return at > 0 && there == letter(wrong, at - 1) && rest(right, at) == rest(wrong, at + 1);
    }
    if right.len() != wrong.len() {
        return false;
    }
    let swapped = here == letter(wrong, at + 1)
        && there == letter(right, at + 1)
        && rest(right, at + 2) == rest(wrong, at + 2);
    // "moros" and "moras": the vowel of an ending is no slip either.
    let ending = at + 1 == right.len() || (at + 2 == right.len() && right.ends_with(b"s"));
    let replaced = at > 0
        && !ending
        && may_stand_for(here, there)
        && rest(right, at + 1) == rest(wrong, at + 1);
    swapped || replaced
}

fn rest(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

/// Letters that are taken for each other: neighbours on the keyboard, and what sounds alike.
fn may_stand_for(a: u8, b: u8) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    const ALIKE: [&[u8]; 6] = [b"aeiou", b"cksqz", b"vb", b"iy", b"gj", b"xs"];
    if ALIKE
        .iter()
        .any(|alike| alike.contains(&a) && alike.contains(&b))
    {
        return true;
    }
    let place = |letter: u8| {
        ROWS.iter().enumerate().find_map(|(row, letters)| {
            let column = letters.iter().position(|&other| other == letter)?;
            Some((row, column))
        })
    };
    let (Some((row, column)), Some((other_row, other_column))) = (place(a), place(b)) else {
        return false;
    };
    row == other_row && column.abs_diff(other_column) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEIGHBOURS: &str = include_str!("../../data/slip-neighbours.txt");

    const WORDS: [&str; 16] = [
        "bitch",
        "whore",
        "idiot",
        "women",
        "immigrant",
        "faggot",
        "parasite",
        "mierda",
        "cerdo",
        "gitano",
        "plaga",
        "basura",
        "maricon",
        "subnormal",
        "apuñalar",
        "slut",
    ];

    fn slips(spelling: &str) -> Vec<&'static str> {
        let slips = Slips::new(
            (0..).zip(WORDS),
            ["ditch", "where", "women"]
                .into_iter()
                .chain(crate::find::names::lines(NEIGHBOURS)),
        );
        let mut out = Vec::new();
        slips.of(spelling, |number| WORDS[number as usize], &mut out);
        out.iter().map(|&number| WORDS[number as usize]).collect()
    }

    #[test]
    fn slips_are_seen() {
        for (spelling, word) in [
            // Left out.
            ("btch", "bitch"),
            ("imigrant", "immigrant"),
            ("parsites", "parasite"),
            ("bithes", "bitch"),
            ("immigrnts", "immigrant"),
            ("mirda", "mierda"),
            ("subnrmal", "subnormal"),
            // Doubled.
            ("bittch", "bitch"),
            ("faggott", "faggot"),
            ("mierrda", "mierda"),
            // Swapped.
            ("bicth", "bitch"),
            ("owmen", "women"),
            ("immigratn", "immigrant"),
            ("gitnao", "gitano"),
            ("apuñlaar", "apuñalar"),
            // Replaced: a neighbour on the keyboard, another vowel, the same sound.
            ("bitvh", "bitch"),
            ("parasyte", "parasite"),
            ("faggit", "faggot"),
            ("mierfa", "mierda"),
            ("baxura", "basura"),
            ("marikon", "maricon"),
        ] {
            let expected: Vec<_> = Some(word)
                .filter(|word| !word.is_empty())
                .into_iter()
                .collect();
            assert_eq!(slips(spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn innocent_neighbours_are_not() {
        for spelling in [
            // Another first letter, an ending, a letter that is not near.
            "ditch", "witch", "pitch", "itch", "gitana", "gitan", "idiom", "birch", "basuras",
            // Words of four letters have no slips.
            "slit", "shut", "sult",
            // Ordinary words, also those of the neighbours' file and their plurals.
            "where", "cero", "cerco", "cedro", "playa", "plaza", "playas", "cerros",
            // Two slips.
            "bcithh", "imigrnt", "wmn", // No words.
            "", "a", "b1tch", "𝒷itch",
        ] {
            let found = slips(spelling);
            assert!(found.is_empty(), "{spelling}: {found:?}");
        }
    }

    #[test]
    fn the_neighbours_are_folded_sorted_and_used() {
        let lines: Vec<_> = crate::find::names::lines(NEIGHBOURS).collect();
        assert!(lines.is_sorted());
        for line in lines {
            assert!(line.bytes().all(|b| b.is_ascii_lowercase()), "{line}");
            assert!(line.len() + 1 >= SHORTEST, "{line}");
        }
    }

    #[test]
    fn words_written_together_come_apart() {
        for (spelling, words) in [
            ("stabthose", "stab"),
            ("ihate", "hate"),
            ("estezorra", "zorra"),
            ("odioa", "odio"),
            ("matarlos", "matar"),
            ("morales", ""),
            ("bomba", ""),
            ("todo", ""),
        ] {
            let found: Vec<_> = apart(spelling).collect();
            assert_eq!(found.join(" "), words, "{spelling}");
        }
    }

    #[test]
    fn hostile_words_cost_little() {
        let words: Vec<_> = ('a'..='z')
            .map(|letter| format!("aaaaa{letter}aaaaa"))
            .collect();
        let slips = Slips::new((0..).zip(words.iter().map(String::as_str)), [].into_iter());
        let mut out = Vec::new();
        for spelling in [
            "a".repeat(10),
            "a".repeat(11),
            "a".repeat(40),
            "ñ".repeat(16),
        ] {
            slips.of(&spelling, |number| &words[number as usize], &mut out);
        }
        assert!(out.len() <= MOST_CANDIDATES);
    }
}
