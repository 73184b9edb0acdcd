//! Credentials: keys, tokens, passwords.
//!
//! One index looks for every beginning of [`super::secret_table`] and for the words that
//! introduce a secret ("password", "contraseña", "token"); what follows decides. A secret is random
//! or at least unlike prose: placeholders, words, variables, hashes in a link, UUIDs and numbers
//! are not one. No vendor's key is longer than the next: the table holds what vendors publish, and
//! assignments (`api_key = "…"`) catch those who publish nothing.

use core::ops::Range;
use std::sync::OnceLock;

use super::secret_table::{ANY, ROWS, Row, Set};
use super::{Shape, Sink, scan};

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
    /// `123456:AA…`, a Telegram bot.
    Bot,
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
    ("passphrase", Clue::Password),
    ("contrase", Clue::Password),
    ("passcode", Clue::Password),
    ("clave", Clue::Key),
    ("token", Clue::Token),
    ("secret", Clue::Token),
    ("apikey", Clue::Token),
    ("api_key", Clue::Token),
    ("api-key", Clue::Token),
    ("api key", Clue::Token),
    ("accesskey", Clue::Token),
    ("access_key", Clue::Token),
    ("access-key", Clue::Token),
    ("access key", Clue::Token),
    ("accountkey", Clue::Token),
    ("account_key", Clue::Token),
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
    (":aa", Clue::Bot),
    ("q~", Clue::Azure),
    (".atlasv1.", Clue::Atlas),
    ("curl ", Clue::Curl),
];

/// Every beginning and clue by its first three letters, in lower case.
///
/// A bitmap of hashes says no to nearly every place of a text in about a nanosecond; an automaton
/// over the same 270 strings costs ten times as much a byte, or half a megabyte as a table.
struct Index {
    bitmap: Box<[u64; 1024]>,
    /// The three letters, and the place in [`ROWS`] and then [`CLUES`].
    entries: Vec<(u32, u16)>,
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

fn literal(index: usize) -> &'static str {
    match ROWS.get(index) {
        Some(row) => row.0,
        None => CLUES.get(index - ROWS.len()).map_or("", |clue| clue.0),
    }
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut bitmap = Box::new([0_u64; 1024]);
        let mut entries = Vec::with_capacity(ROWS.len() + CLUES.len());
        for number in 0..ROWS.len() + CLUES.len() {
            let Some(three) = three(literal(number).as_bytes(), 0) else {
                continue;
            };
            let (word, bit) = place_of(three);
            if let Some(word) = bitmap.get_mut(word) {
                *word |= bit;
            }
            entries.push((three, u16::try_from(number).unwrap_or(u16::MAX)));
        }
        entries.sort_unstable();
        Index { bitmap, entries }
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
            let wanted = literal(number).as_bytes();
            let Some(written) = bytes.get(start..start + wanted.len()) else {
                continue;
            };
            if !written.eq_ignore_ascii_case(wanted) {
                continue;
            }
            let place = start..start + wanted.len();
            let secret = match ROWS.get(number) {
                Some(row) => token(text, place, row),
                None => CLUES
                    .get(number - ROWS.len())
                    .and_then(|(_, clue)| follow(text, place, *clue)),
            };
            if let Some(range) = secret.filter(|range| !range.is_empty()) {
                seen.push(range);
            }
        }
    }
    seen.sort_unstable_by_key(|range| (range.start, core::cmp::Reverse(range.end)));
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
    let (prefix, set, least, most) = *row;
    let bytes = text.as_bytes();
    if bytes.get(place.clone())? != prefix.as_bytes() {
        return None;
    }
    if matches!(scan::before(text, place.start), Some(c) if c.is_alphanumeric() || c == '+') {
        // "https://hooks…" and "xhooks…": a word that only ends like a beginning is none.
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
    let written = slice(text, body..end).trim_end_matches(['.', '=', '-', ':', '|', '~']);
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
    let url = prefix.contains('/');
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
            let value = slice(text, place.end..end).trim_end_matches(['.', ':', '|']);
            let alone = !scan::glued_before(text, place.start);
            (alone && value.len() >= 16 && is_random(value))
                .then(|| place.end..place.end + value.len())
        }
        Clue::Link => login(text, &place),
        Clue::Pem => pem(text, &place),
        Clue::Jwt => jwt(text, &place),
        Clue::Bot => bot(text, &place),
        Clue::Azure => {
            let bytes = text.as_bytes();
            let start = place.start.checked_sub(4)?;
            let end = bounded_run(bytes, place.end, 40, |b| Set::Key.has(b));
            let head = bytes.get(start..place.end)?;
            let fits = head.ends_with(b"Q~")
                && head.get(3).is_some_and(u8::is_ascii_digit)
                && head
                    .iter()
                    .take(3)
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
        Clue::Curl => curl(text, &place),
    }
}

// ---- Assignments and prose --------------------------------------------------------------------

/// What may follow the clue within the same name: `token_value`, `secretKey`, and what is left of
/// "passw-ord", "passw-ort", "contrase-ña".
#[rustfmt::skip]
const TAILS: &[&str] = &[
    "", "s", "value", "key", "token", "secret", "string", "ord", "wd", "ords", "na", "nas",
    "de", "ña", "ñas", "phrase", "d", "ort", "base64", "signature", "accesskey", "secretkey",
    "accesstoken", "rd",
];

/// Words of a name that make it no secret.
#[rustfmt::skip]
const PUBLIC: &[&str] = &[
    "public", "csrf", "xsrf", "pub", "keyword", "key_id", "keyid", "token_id", "tokenid",
    "secret_id", "secretid", "passwordid", "expir",
];

/// Words around "clave" that make it a password.
#[rustfmt::skip]
const ACCESS: &[&str] = &[
    "wifi", "wi", "acceso", "usuario", "user", "login", "cuenta", "banco", "correo", "email",
    "mail", "admin", "administrador", "root", "ssh", "vpn", "servidor", "server", "router",
    "red", "zoom", "teams", "panel", "intranet", "bbdd", "ordenador", "portatil", "movil",
    "entrar",
];

/// The value that a name is given: `name = value`, `name: value`, "the name is value".
fn assigned(text: &str, place: Range<usize>, clue: Clue) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.') || b >= 0x80;
    let start = bounded_run_back(bytes, place.start, 64, part);
    // Long runs are blobs, not names.
    if place.start - start > 60 {
        return None;
    }
    let mut end = bounded_run(bytes, place.end, 42, |b| {
        b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-') || b >= 0x80
    });
    if end - place.end > 40 {
        return None;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let tail = slice(text, place.end..end);
    let name: String = slice(text, start..end).to_lowercase();
    let tail: String = tail
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let known = TAILS.contains(&tail.as_str())
        || tail.ends_with("token")
        || tail.ends_with("secret")
        || tail.ends_with("key")
        || tail.ends_with("password");
    if !known
        || PUBLIC.iter().any(|word| name.contains(word))
        || tail == "id" && clue != Clue::Token
    {
        return None;
    }
    if tail == "id"
        || matches!(clue, Clue::Pin | Clue::Pass)
            && (scan::glued_before(text, place.start) || !tail.is_empty())
    {
        return None;
    }
    let (value, how) = value_of(text, end)?;
    let written = slice(text, value.clone());
    let fits = match clue {
        Clue::Password | Clue::Pass => is_password(written, how),
        Clue::Key => {
            let mut near = scan::words_before(text, start, 40);
            near.push(' ');
            near.push_str(&scan::folded(slice(text, end..value.start)));
            scan::says(&near, ACCESS) && is_password(written, how) && !is_word_and_number(written)
        }
        Clue::Pin => matches!(written.len(), 4 | 6) && written.bytes().all(|b| b.is_ascii_digit()),
        _ => {
            how != How::Told && is_token(written)
                || how == How::Told && written.len() >= 16 && is_token(written)
        }
    };
    fits.then_some(value)
}

/// How a value is given to a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// `name = "value"`
    Quoted,
    /// `name=value`, `name: value`
    Assigned,
    /// "the name is value"
    Told,
    /// "the name value"
    Beside,
}

/// The longest value of an assignment that is read, in bytes.
const VALUE: usize = 512;

/// The value after a name.
fn value_of(text: &str, end: usize) -> Option<(Range<usize>, How)> {
    let rest = text.get(end..)?;
    // Closing quotes and brackets of the name.
    let after = rest.trim_start_matches(['"', '\'', '`', ']', ')', '*', '\\', '”', '’']);
    let spaced = after.trim_start_matches([' ', '\t', '\u{a0}']);
    let spaced = spaced
        .strip_prefix('.')
        .filter(|rest| rest.starts_with('='))
        .unwrap_or(spaced);
    let sign: usize = spaced
        .bytes()
        .take(4)
        .take_while(|b| matches!(b, b'=' | b':' | b'>' | b'?' | b'|'))
        .count();
    let comma = sign == 0 && after.len() < rest.len() && spaced.starts_with(',');
    let (value, mut how) = if sign > 0 || comma {
        let tail = spaced.get(sign + usize::from(comma)..)?;
        // "password=" and a new line is an empty value.
        let same_line = tail.trim_start_matches([' ', '\t', '\u{a0}']);
        (
            if spaced.starts_with('=') {
                same_line
            } else {
                tail.trim_start()
            },
            How::Assigned,
        )
    } else if let Some(tail) = spaced
        .strip_prefix('→')
        .or_else(|| spaced.strip_prefix("->"))
    {
        (tail.trim_start(), How::Assigned)
    } else {
        told(spaced).or_else(|| (spaced.len() < after.len()).then_some((spaced, How::Beside)))?
    };
    let opened = value.trim_start_matches(['\\', '(', '[', '{', ' ']);
    let quote = opened
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`' | '“' | '«' | '‘'));
    let from = text.len() - opened.len() + quote.map_or(0, char::len_utf8);
    let inner = text.get(from..)?;
    let close = match quote {
        Some('“') => '”',
        Some('«') => '»',
        Some('‘') => '’',
        Some(quote) => quote,
        None => ' ',
    };
    let mut length = inner
        .char_indices()
        .take(VALUE)
        .find(|(_, c)| {
            if quote.is_some() {
                *c == close || matches!(c, '\n' | '\\')
            } else {
                c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '\\' | '”' | '»')
            }
        })
        .map_or(inner.len().min(VALUE), |(at, _)| at);
    while !inner.is_char_boundary(length) {
        length -= 1;
    }
    let mut written = inner.get(..length)?;
    if quote.is_some() {
        if how == How::Assigned {
            how = How::Quoted;
        }
        if written.contains(char::is_whitespace) {
            return None;
        }
    } else {
        written = written.trim_end_matches(['.', ',', ';', ':', ')', ']', '}', '?', '*', '…']);
        // "?name=value&other=…", "name=value;other=…"
        if let Some(cut) = written
            .find(['&', ';', ','])
            .filter(|_| spaced.starts_with('='))
        {
            written = written.get(..cut)?;
        }
    }
    Some((from..from + written.len(), how))
}

/// "… is X", "… es X", "… for the guests is X", "… del wifi: X".
fn told(rest: &str) -> Option<(&str, How)> {
    let mut words = 0;
    let mut at = 0;
    while words < 6 {
        let tail = rest.get(at..)?;
        let length = tail
            .find(|c: char| !c.is_alphabetic() && c != '-')
            .unwrap_or(tail.len());
        let word = tail.get(..length).filter(|word| !word.is_empty())?;
        let after = tail.get(length..)?;
        if matches!(
            word.to_lowercase().as_str(),
            "is" | "es" | "era" | "was" | "será" | "sigue"
        ) {
            let value = after.trim_start_matches([':', ' ', '\u{a0}']);
            return (value.len() < after.len()).then_some((value, How::Told));
        }
        // "var token string = …", "contraseña del wifi: …"
        if let Some(value) = after.trim_start().strip_prefix('=') {
            return Some((value.trim_start_matches(' '), How::Assigned));
        }
        if let Some(value) = after.trim_start().strip_prefix(['→', '⇒', '➡']) {
            return Some((value.trim_start(), How::Told));
        }
        if let Some(value) = after.trim_start().strip_prefix(':') {
            return Some((value.trim_start(), How::Told));
        }
        let gap = after.len() - after.trim_start_matches(' ').len();
        if gap == 0 || gap > 2 {
            return None;
        }
        at += length + gap;
        words += 1;
    }
    None
}

/// Whether it could be a password that somebody chose.
fn is_password(value: &str, how: How) -> bool {
    let length = value.chars().count();
    if length > 64 {
        return is_token(value);
    }
    if length < 6 || is_reference(value) || is_placeholder(value) {
        return false;
    }
    let lower = value.chars().any(char::is_lowercase);
    let upper = value.chars().any(char::is_uppercase);
    let digit = value.chars().any(|c| c.is_ascii_digit());
    let sign = value.chars().any(|c| {
        !c.is_alphanumeric() && !matches!(c, '-' | '.' | '_' | '/' | '\'' | '’' | ',' | ':')
    });
    let inner = value
        .chars()
        .zip(value.chars().skip(1))
        .any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    // "256-bit", "8-character", "12caracteres", "24/7", "10:30h"
    let counted = value.starts_with(|c: char| c.is_ascii_digit()) && {
        let rest = value
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/'));
        let rest = rest.strip_prefix(['-', '+', '%']).unwrap_or(rest);
        rest.chars().all(char::is_alphabetic) && (!rest.is_empty() || how == How::Told)
    };
    if counted {
        return false;
    }
    match how {
        How::Quoted => digit || sign || inner || lower && length >= 8,
        How::Assigned => {
            digit && (lower || upper || length >= 6)
                || sign && (lower || upper) && (digit || inner || length >= 8)
                || inner
        }
        How::Told => digit && (lower || upper || sign),
        How::Beside => sign && digit && (lower || upper),
    }
}

/// "COVID-19", "Top-10", "Windows11"
fn is_word_and_number(value: &str) -> bool {
    let head = value.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = value.len() - head.len();
    let head = head.strip_suffix(['-', '_']).unwrap_or(head);
    (1..=3).contains(&digits) && head.chars().all(char::is_alphabetic)
}

/// Whether it could be a token that a machine made.
fn is_token(value: &str) -> bool {
    (10..=2048).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_graphic())
        && !value.starts_with("0x")
        && !is_reference(value)
        && !is_placeholder(value)
        && is_random(value)
}

/// Variables, templates, links, paths, e-mail addresses, files, versions.
fn is_reference(value: &str) -> bool {
    value.starts_with(['$', '<', '{', '%', '/', '(', '[', '@', '#', '.', '&'])
        || value.ends_with(['(', '{', '>'])
        || value.contains("${")
        || value.contains("$(")
        || value.contains("{{")
        || value.contains("://")
        || value.contains("()")
        || value.starts_with("www.")
        || value.starts_with("var.")
        || value.starts_with("process.")
        || value.starts_with("os.")
        || value.starts_with("file:")
        || value.rsplit_once('.').is_some_and(|(head, ending)| {
            let word = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
            // "ultraBox.Name", "apigee.corp.com", "cert.p12"
            ending.len() <= 5
                && ending.starts_with(|c: char| c.is_ascii_lowercase())
                && head.len() < 60
                && (word(ending) || matches!(ending, "p12" | "mp3" | "mp4"))
                && !head.is_empty()
        })
        || value.contains('@')
            && value
                .rsplit('@')
                .next()
                .is_some_and(|host| host.contains('.'))
}

/// Words of examples.
#[rustfmt::skip]
const PLACEHOLDERS: &[&str] = &[
    "example", "ejemplo", "your", "xxxx", "placeholder", "redacted", "changeme", "dummy",
    "sample", "insert", "replace", "<", "****", "....", "…", "todo:", "test-token", "my-secret",
    "mysecret", "randomstring", "tokenhere", "token_here", "keyhere", "key_here", "fixme",
    "lorem", "foobar", "abcdefghij", "abcdef123", "0123456789", "tu-contra", "tucontra",
];

/// Values that are words for themselves.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "password", "passwd", "contraseña", "contrasena", "secret", "secreto", "token", "null",
    "none", "undefined", "true", "false", "string", "required", "requerida", "obligatoria",
    "incorrecta", "incorrect", "username", "optional", "opcional", "hidden",
];

/// Whether it stands for a secret and is none.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    if PLACEHOLDERS.iter().any(|word| lower.contains(word)) || WORDS.contains(&lower.as_str()) {
        return true;
    }
    // One character again and again.
    let mut counts = [0_u16; 256];
    for b in lower.bytes() {
        if let Some(count) = counts.get_mut(usize::from(b)) {
            *count = count.saturating_add(1);
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    lower.len() >= 8 && usize::from(most) * 2 > lower.len()
}

// ---- Randomness -------------------------------------------------------------------------------

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
fn is_random_enough(value: &str, hex: bool) -> bool {
    let hex = hex
        || !value
            .bytes()
            .any(|b| matches!(b, b'g'..=b'w' | b'G'..=b'W' | b'y' | b'z' | b'Y' | b'Z'));
    let alphabet = if hex { 4.0 } else { 5.9_f32 };
    let most = (value.len().max(1) as f32).log2().min(alphabet);
    let digit = value.bytes().any(|b| b.is_ascii_digit());
    // Without a digit it may be a name in a program: "hf_requiredCharacteristic".
    entropy(value) >= most * 0.7 && (digit || value.len() < 16 || !is_wordy(value))
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
pub(super) fn is_random(value: &str) -> bool {
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

/// Whether what a guide's pattern matched is a secret and no placeholder.
pub(super) fn is_plausible(value: &str) -> bool {
    is_password(value, How::Assigned) || is_token(value)
}

// ---- Other forms ------------------------------------------------------------------------------

/// `scheme://user:password@host`
fn login(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = bounded_run_back(bytes, place.start, 30, |b| {
        b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')
    });
    let end = bounded_run(bytes, place.end, 400, |b| {
        !b.is_ascii_whitespace()
            && !matches!(b, b'/' | b'"' | b'\'' | b'<' | b'>' | b'?' | b'#' | b'`')
    });
    let authority = slice(text, place.end..end);
    let (user, host) = authority.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    let fits = start < place.start
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && password.chars().count() >= 3
        && !password.starts_with(['$', '{', '<', '%', '*', '['])
        && !is_placeholder(password)
        && !matches!(
            password.to_ascii_lowercase().as_str(),
            "pass" | "pwd" | "xxx" | "secret"
        )
        && name != password;
    fits.then(|| start..place.end + user.len())
}

/// `-----BEGIN … PRIVATE KEY-----` and what follows, up to its end.
fn pem(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let (label, _) = window(text, place.end, 60).split_once("-----")?;
    if !label.contains("PRIVATE KEY") {
        return None;
    }
    let start = place.end + label.len() + 5;
    let body = window(text, start, 8192);
    let (key, length) = match body.split_once("-----END") {
        // The end has a label and dashes too.
        Some((key, rest)) => {
            let end = rest.find("-----").map_or(0, |dashes| dashes + 5);
            (key, key.len() + "-----END".len() + end)
        }
        // Without an end, the draft goes on after the last line of the key.
        None => {
            let key = bounded_run(body.as_bytes(), 0, 8192, |b| {
                b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\n' | b'\r')
            });
            let key = slice(body, 0..key).trim_end();
            (key, key.len())
        }
    };
    let letters = key.bytes().filter(u8::is_ascii_alphanumeric).count();
    (letters >= 32).then_some(place.start..start + length)
}

/// A JSON web token: two or three parts of Base64 that start like JSON.
fn jwt(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if bytes.get(place.clone())? != b"eyJ" && bytes.get(place.start..place.start + 2)? != b"ey"
        || scan::glued_before(text, place.start)
    {
        return None;
    }
    let part = |from: usize| {
        bounded_run(bytes, from, LONGEST, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'/' | b'+' | b'=')
        })
    };
    let header = part(place.start);
    let body = (scan::byte(bytes, header) == b'.').then(|| part(header + 1))?;
    let signature = if scan::byte(bytes, body) == b'.' {
        part(body + 1)
    } else {
        body
    };
    (header - place.start >= 15
        && body - header > 10
        && bytes.get(header + 1..header + 3) == Some(b"ey"))
    .then_some(place.start..signature)
}

/// A Telegram bot's token: digits, a colon, 35 characters that start with `AA`.
fn bot(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = bounded_run_back(bytes, place.start, 20, |b| b.is_ascii_digit());
    let end = bounded_run(bytes, place.start + 1, 40, |b| Set::Word.has(b));
    ((5..=16).contains(&(place.start - start))
        && end - place.start - 1 == 35
        && !scan::glued_before(text, start)
        && is_random_enough(slice(text, place.start + 1..end), false))
    .then_some(start..end)
}

/// `curl … -u user:password`
fn curl(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let line = window(text, place.end, 600);
    let line = line.split('\n').next().unwrap_or_default();
    let flag = ["-u ", "--user "]
        .iter()
        .find_map(|flag| Some((line.find(flag)?, flag.len())))?;
    let tail = line.get(flag.0 + flag.1..)?;
    let opened = tail.trim_start_matches([' ', '"', '\'', '\\']);
    let end = opened
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
        .unwrap_or(opened.len());
    let login = opened.get(..end)?;
    let (name, password) = login.split_once(':')?;
    let from = place.end + flag.0 + flag.1 + (tail.len() - opened.len());
    let fits = password.chars().count() >= 5
        && !name.contains(['$', '<', '{', '['])
        && !is_reference(password)
        && !is_placeholder(password)
        && name != password;
    fits.then_some(from..from + login.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    const C: Shape = Shape::Credential;

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
            ],
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
