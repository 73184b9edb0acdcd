//! What belongs to the network: e-mail addresses, links, machines, hashtags and handles.

use core::ops::Range;

use super::scan::Signs as _;
use super::{Shape, Sink, Taken, scan};

/// Domain endings that make a bare name a link without `www` or a path. Two-letter countries that
/// are also words ("it", "is", "no", "me", "so") are not among them.
const ENDINGS: &str = "com org net edu gov io co es eu uk ly info app dev ai cat tv fr de mx ar cl biz blog \
    shop news gl tech online jobs events";

/// Endings of names that exist inside networks alone (RFC 6762 appendix G, RFC 8375, and use).
const INTERNAL: &str = "local corp internal intranet lan localdomain intra priv home.arpa";

fn is_label(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'-' || b == b'_'
}

fn is_host(b: u8) -> bool {
    is_label(b) || b == b'.'
}

/// Where a link that starts at `start` ends: up to a space or quote, less closing punctuation.
fn link_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .find(|c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '<' | '>' | '“' | '”' | '«' | '»' | '`' | '|' | '…')
        })
        .unwrap_or(rest.len());
    let link = rest.get(..end).unwrap_or_default();
    let trimmed = link.without_last(".,;:!?'*]}’");
    // A closing bracket belongs to the link if it was opened in it.
    let trimmed = if trimmed.ends_with(')') && !trimmed.contains('(') {
        trimmed.without_last(")").without_last(".,!?")
    } else {
        trimmed
    };
    start + trimmed.len()
}

/// Finds links, and internal machines in them or by themselves.
pub(super) fn links(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut last = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| matches!(b, b':' | b'.')))
    {
        let sign = at + offset;
        at = sign + 1;
        // The end of a sentence, most of the time.
        if !scan::byte(bytes, at).is_ascii_alphanumeric() && scan::byte(bytes, at) != b'/' {
            continue;
        }
        let start = if scan::byte(bytes, sign) == b':' {
            if bytes.get(sign..sign + 3) != Some(b"://") {
                continue;
            }
            scan::run_back(bytes, sign, |b| b.is_ascii_alphanumeric() || b == b'+')
        } else {
            scan::run_back(bytes, sign, is_host)
        };
        let start = start.max(last);
        let named = scan::byte(bytes, sign) == b':' && start < sign;
        let end = if named {
            link_end(text, start)
        } else {
            let until = scan::run(bytes, sign, is_host);
            at = until.max(at);
            let name = text
                .get(start..until)
                .unwrap_or_default()
                .without_last(".-");
            bare_link(text, start, name)
        };
        if end <= sign {
            continue;
        }
        at = end;
        last = end;
        let link = text.get(start..end).unwrap_or_default();
        if let Some(host) = host_range(link).map(|host| start + host.start..start + host.end)
            && is_internal(text.get(host.clone()).unwrap_or_default())
        {
            sink(Shape::Host, host);
        }
        // A link's own numbers are no phone; a link that is nothing but an IP is one too.
        if named || !link.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            if named || !is_internal(link) {
                sink(Shape::Link, start..end);
            }
            if host_range(link).is_none_or(|host| !is_v4(link.get(host).unwrap_or_default())) {
                taken.add(start..end);
            }
        }
    }
    taken.settle();
}

/// Where a link without a scheme ends, or its start if it is none.
fn bare_link(text: &str, start: usize, name: &str) -> usize {
    let before = scan::before(text, start);
    let email = before == Some('@') || scan::after(text, start + name.len()) == Some('@');
    if email || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '\\' | '-' | '#')) {
        return start;
    }
    let Some((rest, ending)) = name.rsplit_once('.') else {
        return start;
    };
    let labels = rest.split('.').all(|label| !label.is_empty());
    let path = scan::after(text, start + name.len()) == Some('/');
    let www = name
        .get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("www."));
    let lower = ending.to_ascii_lowercase();
    let letters = ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic());
    let known = scan::lists(ENDINGS, &lower);
    // "end.Com" is a missing space; "U.S.A" is an abbreviation.
    let written = ending.bytes().all(|b| b.is_ascii_lowercase())
        || rest.bytes().all(|b| b.is_ascii_uppercase());
    let host = path || rest.rsplit('.').next().is_some_and(|label| label.len() > 1);
    if labels
        && letters
        && (www || written && host && (known || path && lower.len() <= 6) || is_internal(name))
    {
        if path {
            link_end(text, start)
        } else {
            start + name.len()
        }
    } else {
        start
    }
}

/// The host in a link, without user and port.
fn host_range(link: &str) -> Option<Range<usize>> {
    let from = link.find("://").map_or(0, |at| at + 3);
    let rest = link.get(from..)?;
    let until = rest.find_any("/?#").unwrap_or(rest.len());
    let authority = rest.get(..until)?;
    let user = authority.rfind('@').map_or(0, |at| at + 1);
    let host = authority.get(user..)?;
    let port = host.rfind(':').unwrap_or(host.len());
    Some(from + user..from + user + port)
}

/// Whether a name has an ending of internal networks, or starts with `intranet.`.
fn is_internal(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let Some((rest, _)) = lower.split_once('.') else {
        return lower == "intranet";
    };
    !rest.is_empty()
        && lower.bytes().any(|b| b.is_ascii_alphabetic())
        && (rest == "intranet"
            || INTERNAL.split(' ').any(|ending| {
                lower
                    .strip_suffix(ending)
                    .is_some_and(|head| head.len() > 2 && head.ends_with('.'))
            }))
}

/// Finds e-mail addresses, also with `[at]` for `@`.
pub(super) fn emails(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| matches!(b, b'@' | b'[' | b'(')))
    {
        let sign = at + offset;
        at = sign + 1;
        let Some((local_end, domain_start, spelled)) = at_sign(text, sign) else {
            continue;
        };
        let start = scan::run_back(bytes, local_end, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-')
        });
        let local = text.get(start..local_end).unwrap_or_default();
        let skip = local.len() - local.without_first(".-%+").len();
        let start = start + skip;
        let end = domain_end(text, domain_start, spelled);
        if start >= local_end
            || end == domain_start
            || scan::glued_before(text, start)
            || is_repository(text, start..local_end, end)
        {
            continue;
        }
        let range = start..end;
        at = end;
        if matches!(scan::before(text, start), Some('/' | ':')) && taken.meets(&range)
            || scan::before(text, start) == Some('*')
        {
            continue;
        }
        taken.add(range.clone());
        sink(Shape::Email, range);
    }
    taken.settle();
}

/// Whether it is how programs reach a machine: "git@github.com:acme/widgets.git", "ana@host:/srv".
fn is_repository(text: &str, local: Range<usize>, end: usize) -> bool {
    // A path is short: a text of addresses and colons stays linear.
    let mut path = text.as_bytes().iter().skip(end).take(80);
    text.get(local) == Some("git")
        || path.next() == Some(&b':')
            && path.find(|b| b.is_ascii_whitespace() || **b == b'/') == Some(&b'/')
}

/// Where the local part ends and the domain starts around an `@`, or an `[at]` that stands for it.
fn at_sign(text: &str, sign: usize) -> Option<(usize, usize, bool)> {
    if scan::byte(text.as_bytes(), sign) == b'@' {
        return Some((sign, sign + 1, false));
    }
    let inner = text.get(sign + 1..)?;
    let close = inner.get(..8).or(Some(inner))?.find_any("])")?;
    let word = inner.get(..close)?.trim();
    if !["at", "arroba", "@"]
        .iter()
        .any(|at| word.eq_ignore_ascii_case(at))
    {
        return None;
    }
    let head = text.get(..sign)?;
    let tail = inner.get(close + 1..)?;
    Some((
        head.without_last(" ").len(),
        text.len() - tail.without_first(" ").len(),
        true,
    ))
}

/// Where the domain that starts at `start` ends; `start` if it is none.
fn domain_end(text: &str, start: usize, spelled: bool) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut at = start;
    let mut labels = 0;
    loop {
        let until = scan::run(bytes, at, |b| b.is_ascii_alphanumeric() || b == b'-');
        let label = bytes.get(at..until).unwrap_or_default();
        if label.is_empty() || scan::after(text, until).is_some_and(char::is_alphanumeric) {
            break;
        }
        labels += 1;
        if labels > 1 && label.len() >= 2 && label.iter().all(u8::is_ascii_alphabetic) {
            end = until;
        }
        let rest = text.get(until..).unwrap_or_default();
        if rest.starts_with('.') {
            at = until + 1;
        } else if let Some(dot) = ["[dot]", "(dot)", "[punto]", "(punto)"]
            .iter()
            .find(|dot| spelled && rest.without_first(" ").starts_with(**dot))
        {
            let tail = rest.without_first(" ").get(dot.len()..).unwrap_or_default();
            at = text.len() - tail.without_first(" ").len();
        } else {
            break;
        }
    }
    end
}

/// Whether it is four numbers up to 255 without leading zeros.
fn is_v4(text: &str) -> bool {
    let mut count = 0;
    text.split('.').all(|part| {
        count += 1;
        (1..=3).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
            && part.parse::<u16>().is_ok_and(|n| n < 256)
    }) && count == 4
}

/// Words before a version number.
const VERSION: &str = "version versions versiones v ver release build firmware driver update actualizacion \
    chrome ios android section seccion apartado capitulo";

/// Finds IPv4 addresses.
pub(super) fn addresses_v4(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = at + offset;
        let until = scan::run(bytes, start, |b| b.is_ascii_digit() || b == b'.');
        at = until;
        let written = text.get(start..until).unwrap_or_default().without_last(".");
        let end = start + written.len();
        let dotted = matches!(scan::before(text, start), Some('.' | '-'));
        if !is_v4(written)
            || dotted
            || scan::glued_before(text, start)
            || scan::glued_after(text, end)
        {
            continue;
        }
        // Nobody's own: this machine, every machine, masks; and 1.2.3.4, which is a version.
        let first = written.split('.').next().unwrap_or_default();
        let small = written.split('.').all(|part| part.len() == 1);
        let range = start..end;
        if matches!(first, "0" | "127" | "255")
            || small
            || taken.meets(&range)
            || scan::says(&scan::words_before(text, start, 20), VERSION)
        {
            continue;
        }
        taken.add(range.clone());
        sink(Shape::Ip, range);
    }
    taken.settle();
}

/// Finds IPv6 addresses.
pub(super) fn addresses_v6(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|&b| b == b':'))
    {
        let sign = at + offset;
        let part = |b: u8| b.is_ascii_hexdigit() || b == b':';
        let start = scan::run_back(bytes, sign, part).max(at);
        let end = scan::run(bytes, sign, part);
        at = end;
        let written = text.get(start..end).unwrap_or_default();
        let range = start..end;
        if is_v6(written)
            && !scan::glued_before(text, start)
            && !scan::glued_after(text, end)
            && !taken.meets(&range)
        {
            taken.add(range.clone());
            sink(Shape::Ip, range);
        }
    }
    taken.settle();
}

/// Eight groups of hexadecimal digits, or fewer with one `::` (RFC 4291).
fn is_v6(text: &str) -> bool {
    let groups = |part: &str| {
        if part.is_empty() {
            return Some(0);
        }
        part.split(':')
            .all(|group| (1..=4).contains(&group.len()))
            .then(|| part.split(':').count())
    };
    match text.split_once("::") {
        Some((head, tail)) => matches!(
            (groups(head), groups(tail)),
            (Some(head), Some(tail)) if (3..8).contains(&(head + tail))
        ),
        None => groups(text) == Some(8),
    }
}

/// Finds `#hashtags`: letters, digits and low lines of any alphabet, at least one of them a letter.
pub(super) fn hashtags(text: &str, sink: &mut Sink<'_>) {
    for (start, _) in text.match_indices('#') {
        if scan::glued_before(text, start)
            || matches!(scan::before(text, start), Some('&' | '/' | '#'))
        {
            continue;
        }
        let tail = text.get(start + 1..).unwrap_or_default();
        let length = tail
            .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '\u{301}' && c != '\u{303}')
            .unwrap_or(tail.len());
        let tag = tail.get(..length).unwrap_or_default();
        if tag.chars().any(char::is_alphabetic) {
            sink(Shape::Hashtag, start..start + 1 + length);
        }
    }
}

/// Finds `@handles`, also `@name.with.dots` and `@user@instance`.
pub(super) fn handles(text: &str, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut until = 0;
    for (start, _) in text.match_indices('@') {
        if start < until
            || scan::glued_before(text, start)
            || matches!(scan::before(text, start), Some('.' | '/' | '-' | '+'))
        {
            continue;
        }
        let end = scan::run(bytes, start + 1, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')
        });
        let name = text
            .get(start + 1..end)
            .unwrap_or_default()
            .without_last(".-");
        if name.bytes().any(|b| b.is_ascii_alphanumeric()) {
            until = start + 1 + name.len();
            sink(Shape::Handle, start..until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn emails_in_prose() {
        table(
            Shape::Email,
            &[
                (
                    "Escribe a ana.lopez@empresa.example.",
                    &["ana.lopez@empresa.example"],
                ),
                (
                    "<ana+x@mail.example.org>,b@c.es",
                    &["ana+x@mail.example.org", "b@c.es"],
                ),
                (
                    "ana [at] empresa.es, b(arroba)c (punto) es",
                    &["ana [at] empresa.es", "b(arroba)c (punto) es"],
                ),
                (
                    "ana (arroba) empresa [punto] es",
                    &["ana (arroba) empresa [punto] es"],
                ),
                ("mailto:ana@empresa.es", &["ana@empresa.es"]),
                ("@ana y @empresa.es", &[]),
                ("a@b", &[]),
                ("j***@gmail.com", &[]),
                ("git@", &[]),
                ("git@github.com:acme/widgets.git", &[]),
                ("clone git@gitlab.acme.example now", &[]),
                ("ana@acme.es:leo@acme.es:", &["ana@acme.es", "leo@acme.es"]),
                ("scp x deploy@web.acme.example:/srv/www", &[]),
                ("correo de ana@acme.es: urgente y/o grave", &["ana@acme.es"]),
                ("https://medium.example/@ana.b", &[]),
            ],
        );
    }

    #[test]
    fn links_in_prose() {
        table(
            Shape::Link,
            &[
                (
                    "Ver https://a.example/b?c=1#d, y (http://x.es).",
                    &["https://a.example/b?c=1#d", "http://x.es"],
                ),
                (
                    "www.Empresa.es y empresa.com/blog.",
                    &["www.Empresa.es", "empresa.com/blog"],
                ),
                ("t.co/AbC1", &["t.co/AbC1"]),
                ("bit.ly/AbC1", &["bit.ly/AbC1"]),
                ("ana@empresa.com", &[]),
                ("Fin.Luego, e.g. 3.5 U.S.A y a.m.", &[]),
                (
                    "https://es.wikipedia.org/wiki/A_(b)",
                    &["https://es.wikipedia.org/wiki/A_(b)"],
                ),
            ],
        );
    }

    #[test]
    fn machines() {
        table(
            Shape::Host,
            &[
                ("entra en wiki.empresa.local", &["wiki.empresa.local"]),
                (
                    "https://jira.corp/browse/1 o http://intranet.empresa.es/x",
                    &["jira.corp", "intranet.empresa.es"],
                ),
                ("db01.prod.internal:5432", &["db01.prod.internal"]),
                ("comercio local. Internal memo", &[]),
                ("www.empresa.com", &[]),
            ],
        );
        table(
            Shape::Ip,
            &[
                (
                    "10.0.12.5 y 192.168.1.20:8080",
                    &["10.0.12.5", "192.168.1.20"],
                ),
                ("http://10.0.12.5/admin", &["10.0.12.5"]),
                (
                    "2001:db8:85a3::8a2e:370:7334 fe80::1:2:3",
                    &["2001:db8:85a3::8a2e:370:7334", "fe80::1:2:3"],
                ),
                ("version 10.0.12.5", &[]),
                ("v10.0.12.5 1.2.3.4 10.0.12.5.6 256.1.1.10 127.0.0.1", &[]),
                ("a las 10:30:15, std::vec::Vec", &[]),
            ],
        );
    }

    #[test]
    fn tags_and_handles() {
        table(
            Shape::Hashtag,
            &[("#Año2026 #1 ##a #Día_D, a#b &#39;", &["#Año2026", "#Día_D"])],
        );
        table(
            Shape::Handle,
            &[
                ("@ana, hola @ana.b. a@b.c .@x", &["@ana", "@ana.b"]),
                ("(@ana) “@luis”", &["@ana", "@luis"]),
            ],
        );
    }
}
