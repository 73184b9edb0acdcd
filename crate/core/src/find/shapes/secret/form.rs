//! Secrets that are told by their whole form: logins in links, private keys, web tokens.

use core::ops::Range;

use super::super::scan::{self, Signs as _};
use super::assigned::{is_placeholder, is_reference};
use super::random::is_random_enough;
use super::table::Set;
use super::{LONGEST, bounded_run, bounded_run_back, slice, window};

/// `scheme://user:password@host`
pub(super) fn login(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
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
        && !password.starts_with_any("${<%*[")
        && !is_placeholder(password)
        && !matches!(
            password.to_ascii_lowercase().as_str(),
            "pass" | "pwd" | "xxx" | "secret"
        )
        && name != password;
    fits.then(|| start..place.end + user.len())
}

/// `-----BEGIN … PRIVATE KEY-----` and what follows, up to its end.
pub(super) fn pem(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
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
pub(super) fn jwt(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
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

/// A Telegram bot's token: digits, a colon, 35 characters that start with `A`.
pub(super) fn bot(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let colon = place.start + 1;
    let start = bounded_run_back(bytes, colon, 20, |b| b.is_ascii_digit());
    let end = bounded_run(bytes, colon + 1, 40, |b| Set::Word.has(b));
    let secret = slice(text, colon + 1..end);
    ((5..=16).contains(&(colon - start))
        && secret.len() == 35
        && secret.starts_with('A')
        && !scan::glued_before(text, start)
        && is_random_enough(secret, false))
    .then_some(start..end)
}

/// A key of Azure with Microsoft's mark in it: 84 letters and digits, `JQQJ` after the 52nd or
/// `AZDO` after the 76th (Microsoft, "Common annotated security keys").
pub(super) fn azure_key(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let before = match bytes.get(place.clone())? {
        b"JQQJ" => 52,
        b"AZDO" => 76,
        _ => return None,
    };
    let start = bounded_run_back(bytes, place.start, 80, |b| b.is_ascii_alphanumeric());
    let end = bounded_run(bytes, place.end, 40, |b| b.is_ascii_alphanumeric());
    (place.start - start == before
        && end - start == 84
        && is_random_enough(slice(text, start..end), false))
    .then_some(start..end)
}

/// `curl … -u user:password`
pub(super) fn curl(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let line = window(text, place.end, 600);
    let line = line.split('\n').next().unwrap_or_default();
    let flag = ["-u ", "--user "]
        .iter()
        .find_map(|flag| Some((line.find(flag)?, flag.len())))?;
    let tail = line.get(flag.0 + flag.1..)?;
    let opened = tail.without_first(" \"'\\");
    let end = opened
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
        .unwrap_or(opened.len());
    let login = opened.get(..end)?;
    let (name, password) = login.split_once(':')?;
    let from = place.end + flag.0 + flag.1 + (tail.len() - opened.len());
    let fits = password.chars().count() >= 5
        && !name.contains_any("$<{[")
        && !is_reference(password)
        && !is_placeholder(password)
        && name != password;
    fits.then_some(from..from + login.len())
}
