//! Credentials: keys, tokens, passwords.
//!
//! One index looks for every beginning of [`table`] and for the words that introduce a secret
//! ("password", "contraseña", "token"); what follows decides. A secret is random, or at least
//! unlike prose: placeholders, words, variables, hashes in a link, UUIDs and numbers are not one.
//! The table holds what vendors publish; assignments (`api_key = "…"`) catch the keys of those who
//! publish nothing.

use core::ops::Range;
use std::sync::OnceLock;

use super::scan::{self, Signs as _};
use super::{Shape, Sink};

mod assigned;
mod form;
mod random;
mod table;

use assigned::{assigned, is_placeholder};
use random::is_random_enough;
use table::{ANY, Row, Set};

pub(super) use assigned::is_plausible;
pub(super) use random::is_random;

/// What a word introduces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clue {
    /// A password, which people choose.
    Password,
    /// "pass", which is also a mountain pass: the whole word alone.
    Pass,
    /// A password where other words say so: a "clave" is also a key to success.
    Key,
    /// A token, which machines make.
    Token,
    /// A PIN.
    Pin,
    /// `Bearer …`
    Bearer,
    /// `scheme://user:password@host`
    Link,
    /// `-----BEGIN … PRIVATE KEY-----`
    Pem,
    /// `eyJ….eyJ….…`
    Jwt,
    /// `123456:A…`, a Telegram bot.
    Bot,
    /// `…JQQJ…`, a key of an Azure AI service; `…AZDO…`, one of Azure DevOps.
    AzureKey,
    /// `…Q~…`, an Azure client secret.
    Azure,
    /// `….atlasv1.…`
    Atlas,
    /// `curl -u user:password`
    Curl,
}

static CLUES: &[(&str, Clue)] = &[
    ("passw", Clue::Password),
    ("pwd", Clue::Password),
    ("pass", Clue::Pass),
    ("mot de passe", Clue::Password),
    ("senha", Clue::Password),
    ("kennwort", Clue::Password),
    ("passphrase", Clue::Password),
    ("contrase", Clue::Password),
    ("passcode", Clue::Password),
    ("clave", Clue::Key),
    ("token", Clue::Token),
    ("secret", Clue::Token),
    ("apikey", Clue::Token),
    ("api_key", Clue::Token),
    ("openai", Clue::Token),
    ("api-key", Clue::Token),
    ("api key", Clue::Token),
    ("accesskey", Clue::Token),
    ("access_key", Clue::Token),
    ("access-key", Clue::Token),
    ("access key", Clue::Token),
    ("accountkey", Clue::Token),
    ("account_key", Clue::Token),
    ("subscription-key", Clue::Token),
    ("&sig", Clue::Token),
    ("private_key", Clue::Token),
    ("privatekey", Clue::Token),
    ("auth_key", Clue::Token),
    ("authkey", Clue::Token),
    ("encryption_key", Clue::Token),
    ("encryption key", Clue::Token),
    ("signing_key", Clue::Token),
    ("master_key", Clue::Token),
    ("license key", Clue::Token),
    ("clave de api", Clue::Token),
    ("clave api", Clue::Token),
    ("sharedaccesssignature", Clue::Token),
    ("pin", Clue::Pin),
    ("bearer ", Clue::Bearer),
    ("authorization: basic ", Clue::Bearer),
    ("authorization: token ", Clue::Bearer),
    ("://", Clue::Link),
    ("-----begin", Clue::Pem),
    ("eyj", Clue::Jwt),
    ("0:a", Clue::Bot),
    ("1:a", Clue::Bot),
    ("2:a", Clue::Bot),
    ("3:a", Clue::Bot),
    ("4:a", Clue::Bot),
    ("5:a", Clue::Bot),
    ("6:a", Clue::Bot),
    ("7:a", Clue::Bot),
    ("8:a", Clue::Bot),
    ("9:a", Clue::Bot),
    ("jqqj", Clue::AzureKey),
    ("azdo", Clue::AzureKey),
    ("0q~", Clue::Azure),
    ("1q~", Clue::Azure),
    ("2q~", Clue::Azure),
    ("3q~", Clue::Azure),
    ("4q~", Clue::Azure),
    ("5q~", Clue::Azure),
    ("6q~", Clue::Azure),
    ("7q~", Clue::Azure),
    ("8q~", Clue::Azure),
    ("9q~", Clue::Azure),
    (".atlasv1.", Clue::Atlas),
    ("curl ", Clue::Curl),
];

/// Every beginning and clue by its first three letters, in lower case.
///
/// A bitmap of hashes says no to nearly every place of a text in about a nanosecond; an automaton
/// over the same strings costs ten times as much a byte, or half a megabyte as a table.
struct Index {
    bitmap: Box<[u64; 1024]>,
    rows: Vec<Row>,
    /// The three letters, and the place in `rows` and then [`CLUES`].
    entries: Vec<(u32, u16)>,
}

impl Index {
    /// What stands at a place of the entries.
    fn literal(&self, index: usize) -> &'static str {
        match self.rows.get(index) {
            Some(row) => row.prefix,
            None => CLUES.get(index - self.rows.len()).map_or("", |clue| clue.0),
        }
    }
}

fn three(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = bytes.get(at..at + 3)? else {
        return None;
    };
    let lower = |b: &u8| u32::from(b.to_ascii_lowercase());
    Some(lower(a) << 16 | lower(b) << 8 | lower(c))
}

/// Where the three letters are in the bitmap: 16 bits.
fn place_of(three: u32) -> (usize, u64) {
    let hash = three.wrapping_mul(0x9E37_79B1) >> 16;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index {
            bitmap: Box::new([0; 1024]),
            rows: table::rows(),
            entries: Vec::new(),
        };
        for number in 0..index.rows.len() + CLUES.len() {
            let Some(three) = three(index.literal(number).as_bytes(), 0) else {
                continue;
            };
            let (word, bit) = place_of(three);
            if let Some(word) = index.bitmap.get_mut(word) {
                *word |= bit;
            }
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            index.entries.push((three, number));
        }
        scan::sort(&mut index.entries, |entry| {
            (entry.0 as usize, usize::from(entry.1))
        });
        index
    })
}

/// Finds credentials: the secret alone where a word introduces it, the whole string otherwise.
pub(super) fn find(text: &str, sink: &mut Sink<'_>) {
    let index = index();
    let bytes = text.as_bytes();
    let mut seen: Vec<Range<usize>> = Vec::new();
    let mut three = 0;
    for (last, &b) in bytes.iter().enumerate() {
        three = (three << 8 | u32::from(b.to_ascii_lowercase())) & 0xFF_FFFF;
        let (word, bit) = place_of(three);
        if index.bitmap.get(word).is_none_or(|word| word & bit == 0) || last < 2 {
            continue;
        }
        let start = last - 2;
        let from = index.entries.partition_point(|entry| entry.0 < three);
        for &(_, number) in index
            .entries
            .iter()
            .skip(from)
            .take_while(|entry| entry.0 == three)
        {
            let number = usize::from(number);
            let wanted = index.literal(number).as_bytes();
            let Some(written) = bytes.get(start..start + wanted.len()) else {
                continue;
            };
            if !written.eq_ignore_ascii_case(wanted) {
                continue;
            }
            let place = start..start + wanted.len();
            let secret = match index.rows.get(number) {
                Some(row) => token(text, place, row),
                None => CLUES
                    .get(number - index.rows.len())
                    .and_then(|(_, clue)| follow(text, place, *clue)),
            };
            if let Some(range) = secret.filter(|range| !range.is_empty()) {
                seen.push(range);
            }
        }
    }
    // In order but for a few: a secret stands near its clue.
    scan::sort(&mut seen, |range| (range.start, usize::MAX - range.end));
    let mut last: Option<Range<usize>> = None;
    for range in seen {
        match &mut last {
            Some(before) if range.start < before.end => before.end = before.end.max(range.end),
            _ => {
                if let Some(before) = last.replace(range) {
                    sink(Shape::Credential, before);
                }
            }
        }
    }
    if let Some(before) = last {
        sink(Shape::Credential, before);
    }
}

/// The longest secret that is read.
const LONGEST: usize = 2048;

/// Where the run of at most `most` bytes ends.
fn bounded_run(bytes: &[u8], at: usize, most: usize, part: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take(most)
        .position(|&b| !part(b))
        .unwrap_or(rest.len().min(most))
}

/// Where the run of at most `most` bytes starts.
fn bounded_run_back(bytes: &[u8], at: usize, most: usize, part: impl Fn(u8) -> bool) -> usize {
    let head = bytes.get(at.saturating_sub(most)..at).unwrap_or_default();
    at - head
        .iter()
        .rev()
        .position(|&b| !part(b))
        .unwrap_or(head.len())
}

/// At most so many bytes of the text from a place on, cut on a character boundary.
fn window(text: &str, from: usize, most: usize) -> &str {
    let mut until = from.saturating_add(most).min(text.len());
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    slice(text, from..until)
}

fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// A key that starts like a vendor's.
fn token(text: &str, place: Range<usize>, row: &Row) -> Option<Range<usize>> {
    let Row {
        prefix,
        set,
        least,
        most,
    } = *row;
    let bytes = text.as_bytes();
    if bytes.get(place.clone())? != prefix.as_bytes() {
        return None;
    }
    let url = prefix.contains('/');
    if matches!(scan::before(text, place.start), Some(c) if c.is_alphanumeric() || c == '+' || c == '.' && !url)
    {
        // "https://hooks…" and "xhooks…": a word that only ends like a beginning is none, nor is
        // the ending of a file, "x.ico-7a38…".
        return None;
    }
    let body = place.end;
    // Bounded, so that a text made of beginnings stays linear.
    let limit = if most == ANY {
        LONGEST
    } else {
        usize::from(most) + 2
    };
    let end = bounded_run(bytes, body, limit, |b| set.has(b));
    let whole = slice(text, body..end);
    // A full stop ends the sentence and a hyphen starts the next part of it, unless the key needs
    // them: one in thirty ends in a hyphen.
    let mut written = whole.without_last(".=:|~");
    if written.len() > usize::from(most) {
        written = written.without_last("-");
    }
    if written.len() < usize::from(least) {
        written = whole.get(..usize::from(least)).unwrap_or(written);
    }
    let end = match bytes.get(body + written.len()..end) {
        // Padding belongs to Base64 and to random strings that use it.
        Some(rest) if rest.starts_with(b"=") => {
            body + written.len() + scan::run(rest, 0, |b| b == b'=')
        }
        _ => body + written.len(),
    };
    let length = end - body;
    if length < usize::from(least) || most != ANY && length > usize::from(most) {
        return None;
    }
    if scan::glued_after(text, end) {
        return None;
    }
    let start = if url {
        bounded_run_back(bytes, place.start, 80, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'/')
        })
    } else {
        place.start
    };
    let secret = slice(text, body..end);
    let short_and_random = least == 0 || is_random_enough(secret, set == Set::Hex);
    (short_and_random && !is_placeholder(secret)).then_some(start..end)
}

/// What a clue leads to.
fn follow(text: &str, place: Range<usize>, clue: Clue) -> Option<Range<usize>> {
    match clue {
        Clue::Password | Clue::Pass | Clue::Key | Clue::Token | Clue::Pin => {
            assigned(text, place, clue)
        }
        Clue::Bearer => {
            let bytes = text.as_bytes();
            let end = bounded_run(bytes, place.end, LONGEST, |b| {
                Set::Base64.has(b) || b == b'~'
            });
            let value = slice(text, place.end..end).without_last(".:|");
            let alone = !scan::glued_before(text, place.start);
            (alone && value.len() >= 16 && is_random(value))
                .then(|| place.end..place.end + value.len())
        }
        Clue::Link => form::login(text, &place),
        Clue::Pem => form::pem(text, &place),
        Clue::Jwt => form::jwt(text, &place),
        Clue::Bot => form::bot(text, &place),
        Clue::AzureKey => form::azure_key(text, &place),
        Clue::Azure => {
            let bytes = text.as_bytes();
            let start = place.start.checked_sub(3)?;
            let end = bounded_run(bytes, place.end, 40, |b| Set::Key.has(b));
            let head = bytes.get(start..place.start)?;
            let fits = bytes.get(place.clone())?.ends_with(b"Q~")
                && head
                    .iter()
                    .all(|&b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'~' | b'.'))
                && (31..=36).contains(&(end - place.end))
                && !scan::glued_before(text, start);
            (fits && is_random_enough(slice(text, place.end..end), false)).then_some(start..end)
        }
        Clue::Atlas => {
            let bytes = text.as_bytes();
            let start = bounded_run_back(bytes, place.start, 20, |b| b.is_ascii_alphanumeric());
            let end = bounded_run(bytes, place.end, 80, |b| Set::Key.has(b));
            (place.start - start == 14
                && end - place.end >= 60
                && is_random_enough(slice(text, place.end..end), false))
            .then_some(start..end)
        }
        Clue::Curl => form::curl(text, &place),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    const C: Shape = Shape::Credential;

    #[test]
    fn every_beginning_and_clue_is_long_enough_for_the_index() {
        let index = index();
        for number in 0..index.rows.len() + CLUES.len() {
            assert!(index.literal(number).len() >= 3, "{number}");
        }
    }

    #[test]
    fn beginnings_of_vendors() {
        table(
            C,
            &[
                ("AKIAQ3EGRIVT5XK7PLZM", &["AKIAQ3EGRIVT5XK7PLZM"]),
                (
                    "key: ghp_1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVwXyZ.",
                    &["ghp_1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVwXyZ"],
                ),
                ("AKIAIOSFODNN7EXAMPLE", &[]),
                ("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", &[]),
                ("ghp_1a2B3c", &[]),
                ("hf_requiredCharacteristicTypesForDispl", &[]),
                // Letters only, capitals only, and a hyphen at the end.
                (
                    "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",
                    &["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"],
                ),
                (
                    "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",
                    &["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"],
                ),
                ("AKIAQZEGRIVTXXKWPLZM", &["AKIAQZEGRIVTXXKWPLZM"]),
                ("#ASIAPACIFICECONOMICS", &[]),
                ("box.ico-7a388b69018576d24b59331fd60aab0c.png", &[]),
                (
                    "AIzaSyjHEAD6-Wj9KfzjsQGMrb9h_ImB_LK777-",
                    &["AIzaSyjHEAD6-Wj9KfzjsQGMrb9h_ImB_LK777-"],
                ),
                (
                    "(AQ.Ab8RN6pzNk8cL6j5IXAAjlsHUqJoUD-_Ydua_5ZMs1SWOpQaPk).",
                    &["AQ.Ab8RN6pzNk8cL6j5IXAAjlsHUqJoUD-_Ydua_5ZMs1SWOpQaPk"],
                ),
                (
                    "7123456789:AEhBOweik9ai2o01TnV8cRkY1wPs6HdJ3-x",
                    &["7123456789:AEhBOweik9ai2o01TnV8cRkY1wPs6HdJ3-x"],
                ),
                ("at 10:Around and about the whole of the house", &[]),
                (
                    "8JJnUfd7UACNWiP3sFd67JikEAvstqVVPqzPptEJQzhkPkenG5ZFJQQJ99BDACYeBjFXJ3w3AAABACOGJoC6",
                    &[
                        "8JJnUfd7UACNWiP3sFd67JikEAvstqVVPqzPptEJQzhkPkenG5ZFJQQJ99BDACYeBjFXJ3w3AAABACOGJoC6",
                    ],
                ),
                (
                    "https://discord.com/api/v10/webhooks/1187654321098765432/kT9vXq2LmZ4TnV8cRkY1wPs6HdJ3fGa5uE0iQbN7oWyCxSzArMgUhBjDlKpFeIvt_Rq4",
                    &[
                        "https://discord.com/api/v10/webhooks/1187654321098765432/kT9vXq2LmZ4TnV8cRkY1wPs6HdJ3fGa5uE0iQbN7oWyCxSzArMgUhBjDlKpFeIvt_Rq4",
                    ],
                ),
            ],
        );
        for prefix in ["vcp_", "vck_", "vca_", "vci_", "vcr_"] {
            let key = format!("{prefix}Wv1zh87mTa5Vsqxezy3Lex7BWr2drgd1QsO7jprBGumXxY9B4bZWOz64");
            assert_eq!(super::super::tests::all(C, &key), [&key]);
        }
        // GitHub's are web tokens now, of any length.
        let part = "Wv1zh87mTa5Vsqxezy3Lex7B-r2drgd1QsO7jprBGumXx_9B4bZWOz64".repeat(8);
        let key = format!("ghs_eyJhbGciOiJSUzI1NiJ9.eyJ{part}.{part}");
        assert_eq!(
            super::super::tests::all(C, &format!("use {key}, says CI")),
            [&key]
        );
    }

    #[test]
    fn passwords_in_prose() {
        table(
            C,
            &[
                ("La contraseña del wifi es Verano2026!", &["Verano2026!"]),
                ("contraseña: Tr0ub4dor&3", &["Tr0ub4dor&3"]),
                ("password: hunter2", &["hunter2"]),
                ("the admin password is S3cret-Falcon", &["S3cret-Falcon"]),
                ("Clave de acceso: Luna#4821", &["Luna#4821"]),
                ("password = \"rootpasswd\"", &["rootpasswd"]),
                ("PIN: 4821", &["4821"]),
                ("user: admin pass: Admin#2026", &["Admin#2026"]),
                ("la contraseña nueva → Otoño2026", &["Otoño2026"]),
                ("my password was “hunter22” lol", &["hunter22"]),
                ("ssh root, password \"s3cr3t!\"", &["s3cr3t!"]),
                (
                    "la contraseña del proyector sigue siendo Sala4-Otoño",
                    &["Sala4-Otoño"],
                ),
                (
                    "the guest password is still Blue-Kettle-19",
                    &["Blue-Kettle-19"],
                ),
                ("la contraseña ahora es: Verano2026", &["Verano2026"]),
                ("password will be now Gr33nLantern", &["Gr33nLantern"]),
                (
                    "password Blue-Kettle-19 for the guests",
                    &["Blue-Kettle-19"],
                ),
                ("password LastPass2022 breach", &[]),
                ("contraseña COVID-19", &[]),
                ("the password is still secret", &[]),
                ("la contraseña sigue siendo la de siempre", &[]),
                ("mot de passe : Soleil2024", &["Soleil2024"]),
                ("Boarding pass: Gate B12", &[]),
                ("Password managers: 1Password, KeePass2", &[]),
                ("Change your password: it is easy", &[]),
                ("password is required", &[]),
                ("password is 256-bit encrypted", &[]),
                ("La clave: COVID-19", &[]),
                ("la clave es el trabajo en equipo", &[]),
                ("La clave del éxito es I+D+i2026", &[]),
                ("contraseña: ********", &[]),
                ("password: <your-password>", &[]),
                ("PIN: 28001 Madrid", &[]),
                ("Passwords: 5 tips", &[]),
            ],
        );
    }

    #[test]
    fn assignments() {
        table(
            C,
            &[
                (
                    "api_key = \"f7e17d0633e37e29d8dbd15e5e88551a\"",
                    &["f7e17d0633e37e29d8dbd15e5e88551a"],
                ),
                ("export DB_SECRET=q8Zt4Lw0x2Vb9Nn1", &["q8Zt4Lw0x2Vb9Nn1"]),
                (
                    "{\"authToken\": \"q8Zt4Lw0x2Vb9Nn1\"}",
                    &["q8Zt4Lw0x2Vb9Nn1"],
                ),
                (
                    "https://x.example/?token=q8Zt4Lw0x2Vb9Nn1&a=b",
                    &["q8Zt4Lw0x2Vb9Nn1"],
                ),
                ("token: 0x71C7656EC7ab88b098defB751B7401B5f6d8976F", &[]),
                (
                    "Azure OpenAI key: 3f2c9b8e7d6a5f4e3d2c1b0a9f8e7d6c",
                    &["3f2c9b8e7d6a5f4e3d2c1b0a9f8e7d6c"],
                ),
                (
                    "AZURE_OPENAI_KEY=3f2c9b8e7d6a5f4e3d2c1b0a9f8e7d6c",
                    &["3f2c9b8e7d6a5f4e3d2c1b0a9f8e7d6c"],
                ),
                (
                    "azure openai api key 3f2c9b8e7d6a5f4e3d2c1b0a9f8e7d6c",
                    &["3f2c9b8e7d6a5f4e3d2c1b0a9f8e7d6c"],
                ),
                ("OpenAI is hiring in 2026", &[]),
                ("api_key = os.environ.get", &[]),
                ("api_key=your-key-here-12345", &[]),
                ("csrf_token=q8Zt4Lw0x2Vb9Nn1", &[]),
                ("the secret: work hard", &[]),
                ("secret_length = X25519.secret_length", &[]),
            ],
        );
    }

    #[test]
    fn strings_that_are_none() {
        table(
            C,
            &[
                ("pedido 9F8A7C6D5E4B, envío 1Z999AA10123456784", &[]),
                ("550e8400-e29b-41d4-a716-446655440000", &[]),
                (
                    "https://git.example/x/commit/9fceb02d0ae598e95dc970b74767f19372d61af8",
                    &[],
                ),
                ("https://t.co/JbZ2Sx8JLT #tokenization", &[]),
            ],
        );
    }

    #[test]
    fn other_forms() {
        table(
            C,
            &[
                (
                    "postgres://app:s3cr3tPw@db.example:5432/x",
                    &["postgres://app:s3cr3tPw"],
                ),
                ("https://user:pass@host.example", &[]),
                (
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.Zm9vYmFyYmF6cXV4",
                    &["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.Zm9vYmFyYmF6cXV4"],
                ),
                (
                    "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAq8Zt4Lw0x2Vb9Nn1Zt4Lw0x2Vb9\n-----END RSA PRIVATE KEY-----",
                    &[
                        "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAq8Zt4Lw0x2Vb9Nn1Zt4Lw0x2Vb9\n-----END RSA PRIVATE KEY-----",
                    ],
                ),
                (
                    "Authorization: Bearer q8Zt4Lw0x2Vb9Nn1k7",
                    &["q8Zt4Lw0x2Vb9Nn1k7"],
                ),
                ("the bearer of good news", &[]),
            ],
        );
    }
}
