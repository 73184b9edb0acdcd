//! Secrets that a word introduces: `api_key = "…"`, "the password is …", "contraseña: …".

use core::ops::Range;

use super::super::scan::{self, Signs as _};
use super::random::is_random;
use super::{Clue, bounded_run, bounded_run_back, slice, window};

/// What may follow the clue within the same name: `token_value`, `secretKey`, and what is left of
/// "passw-ord", "passw-ort", "contrase-ña".
const TAILS: &str = "s value key token secret string ord wd ords na nya nas de ña ñas phrase d ort base64 \
    signature accesskey secretkey accesstoken rd";

/// Words of a name that make it no secret.
const PUBLIC: &str = "public csrf xsrf pub keyword key_id keyid token_id tokenid secret_id secretid passwordid \
    expir";

/// Words around "clave" that make it a password.
const ACCESS: &str = "wifi wi acceso usuario user login cuenta banco correo email mail admin administrador \
    root ssh vpn servidor server router red zoom teams panel intranet bbdd ordenador \
    portatil movil entrar portal garaje alarma puerta caja proyector impresora tableta";

/// What may stand between "is" and the value.
const STILL: &str = "still now siendo ahora ya currently again";

/// The value that a name is given: `name = value`, `name: value`, "the name is value".
pub(super) fn assigned(text: &str, place: Range<usize>, clue: Clue) -> Option<Range<usize>> {
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
    // "OpenAI key", "access token".
    if let Some(key) = [" api key", " key", " token"].iter().find(|key| {
        text.get(end..end + key.len())
            .is_some_and(|next| next.eq_ignore_ascii_case(key))
    }) && !scan::glued_after(text, end + key.len())
    {
        end += key.len();
    }
    let name = scan::folded(slice(text, start..end));
    let tail = scan::folded(slice(text, place.end..end));
    let tail: String = tail.chars().filter(char::is_ascii_lowercase).collect();
    let known = tail.is_empty()
        || scan::lists(TAILS, &tail)
        || ["token", "secret", "key", "password"]
            .iter()
            .any(|end| tail.ends_with(end));
    let whole = matches!(clue, Clue::Pin | Clue::Pass);
    if !known
        || PUBLIC.split(' ').any(|word| name.contains(word))
        || whole && (scan::glued_before(text, place.start) || !tail.is_empty())
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
            let least = match how {
                How::Quoted | How::Assigned => 10,
                How::Told => 16,
                How::Beside => 20,
            };
            // Beside a word, a hash is what it says it is.
            let hash = how == How::Beside
                && written.bytes().all(|b| b.is_ascii_hexdigit())
                && !name.contains("openai");
            written.len() >= least && !hash && is_token(written)
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
    let after = rest.without_first("\"'`])*\\”’");
    let spaced = after.without_first(" \t\u{a0}");
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
        let same_line = tail.without_first(" \t\u{a0}");
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
    let opened = value.without_first("\\([{ ");
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
    let inner = window(inner, 0, VALUE);
    let length = match quote {
        Some(_) => inner.find([close, '\n', '\\']).unwrap_or(inner.len()),
        None => inner.until(|c| {
            !c.is_whitespace() && !matches!(c, '"' | '\'' | '`' | '<' | '>' | '\\' | '”' | '»')
        }),
    };
    let mut written = inner.get(..length)?;
    if quote.is_some() {
        if how == How::Assigned {
            how = How::Quoted;
        }
        if written.contains(char::is_whitespace) {
            return None;
        }
    } else {
        written = written.without_last(".,;:)]}?*…");
        // "?name=value&other=…", "name=value;other=…"
        if let Some(cut) = written.find_any("&;,").filter(|_| spaced.starts_with('=')) {
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
        let length = tail.until(|c| c.is_alphabetic() || c == '-');
        let word = tail.get(..length).filter(|word| !word.is_empty())?;
        let after = tail.get(length..)?;
        if scan::is_one_of(word, "is es era was sera sigue remains be") {
            let mut value = after.without_first(": \u{a0}");
            let gap = value.len() < after.len();
            while let Some(rest) = value
                .get(value.until(char::is_alphabetic)..)
                .filter(|rest| rest.starts_with(' '))
                && scan::is_one_of(value.get(..value.len() - rest.len())?, STILL)
            {
                value = rest.without_first(": ");
            }
            return gap.then_some((value, How::Told));
        }
        // "var token string = …", "contraseña del wifi: …"
        if let Some(value) = after.trim_start().strip_prefix('=') {
            return Some((value.without_first(" "), How::Assigned));
        }
        if let Some(value) = after.trim_start().strip_prefix(['→', '⇒', '➡']) {
            return Some((value.trim_start(), How::Told));
        }
        if let Some(value) = after.trim_start().strip_prefix(':') {
            return Some((value.trim_start(), How::Told));
        }
        let gap = after.len() - after.without_first(" ").len();
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
        let rest = value.without_first("0123456789.,:/");
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
        // "Sala4-Otoño" and "Blue-Kettle-19", but neither "LastPass2022" nor "COVID-19".
        How::Beside => {
            digit && (lower || upper) && sign
                || digit
                    && lower
                    && upper
                    && length >= 8
                    && !value
                        .without_last("-_0123456789")
                        .chars()
                        .all(char::is_alphabetic)
        }
    }
}

/// "COVID-19", "Top-10", "Windows11"
fn is_word_and_number(value: &str) -> bool {
    let head = value.without_last("0123456789");
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
pub(super) fn is_reference(value: &str) -> bool {
    value.starts_with_any("$<{%/([@#.&")
        || value.ends_with_any("({>")
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
const PLACEHOLDERS: &str = "example ejemplo your xxxx placeholder redacted changeme dummy sample insert replace < \
    **** .... … todo: test-token my-secret mysecret randomstring tokenhere token_here \
    keyhere key_here fixme lorem foobar abcdefghij abcdef123 0123456789 tu-contra tucontra";

/// Values that are words for themselves.
const WORDS: &str = "password passwd contraseña contrasena secret secreto token null none undefined true \
    false string required requerida obligatoria incorrecta incorrect username optional \
    opcional hidden";

/// Whether it stands for a secret and is none.
pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    if PLACEHOLDERS.split(' ').any(|word| lower.contains(word)) || scan::lists(WORDS, &lower) {
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

/// Whether what a guide's pattern matched is a secret and no placeholder.
pub(in super::super) fn is_plausible(value: &str) -> bool {
    is_password(value, How::Assigned) || is_token(value)
}
