//! Numbers and codes as people print them: groups of letters and digits with single signs between.
//!
//! `ES91 2100 0418 4502 0005 1332`, `529.982.247-25` and `x-1234567l` are read once into a compact
//! upper-case form with the ends of the groups, and every family asks its questions of that.

use core::ops::Range;

use super::scan;

/// The longest compact form that is read. An IBAN has at most 34 characters.
const LONGEST: usize = 40;
/// The most groups.
const GROUPS: usize = 12;

/// A code from some start on, as far as single signs hold it together.
pub(super) struct Code {
    start: usize,
    compact: [u8; LONGEST],
    /// For each group: where it ends in the compact form and in the text, and the sign before it.
    ends: [(usize, usize, u8); GROUPS],
    count: usize,
}

impl Code {
    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        self.count
    }

    fn group(&self, index: usize) -> (usize, usize, u8) {
        self.ends.get(index).copied().unwrap_or_default()
    }

    /// The first groups together.
    pub(super) fn compact(&self, count: usize) -> &[u8] {
        self.compact
            .get(..self.group(count - 1).0)
            .unwrap_or_default()
    }

    /// Where the first groups stand in the text.
    pub(super) fn range(&self, count: usize) -> Range<usize> {
        self.start..self.group(count - 1).1
    }

    /// Whether a space stands between the first groups.
    pub(super) fn is_spaced(&self, count: usize) -> bool {
        (1..count).any(|index| self.group(index).2 == b' ')
    }

    /// Whether the code goes on with capitals after the first groups, as in `JY 1F`.
    pub(super) fn goes_on(&self, count: usize) -> bool {
        count < self.count && self.group(count).2 == b' '
    }

    /// The lengths of the first groups.
    pub(super) fn lengths(&self, count: usize) -> impl Iterator<Item = usize> {
        (0..count).map(|index| {
            let before = if index == 0 {
                0
            } else {
                self.group(index - 1).0
            };
            self.group(index).0 - before
        })
    }

    /// Whether the first groups have the lengths and signs of one of the groupings: `3.3.3-2`,
    /// alternatives after `|`, `~` for any of space, hyphen and full stop.
    pub(super) fn is_grouped_like(&self, count: usize, groupings: &str) -> bool {
        groupings
            .split('|')
            .filter(|grouping| !grouping.is_empty())
            .any(|grouping| {
                let mut index = 0;
                let mut length = 0;
                let mut lengths = self.lengths(count);
                for b in grouping.bytes() {
                    if b.is_ascii_digit() {
                        length = length * 10 + usize::from(b - b'0');
                        continue;
                    }
                    index += 1;
                    let sign = self.group(index).2;
                    let fits = sign == b || b == b'~' && matches!(sign, b' ' | b'-' | b'.');
                    if lengths.next() != Some(length) || !fits || index >= count {
                        return false;
                    }
                    length = 0;
                }
                lengths.next() == Some(length) && lengths.next().is_none()
            })
    }
}

/// The sign at a place, as ASCII, and its length.
fn sign(text: &str, at: usize) -> Option<(u8, usize)> {
    let c = scan::after(text, at)?;
    let plain = match c {
        ' ' | '-' | '.' | '/' | '+' => c as u8,
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => b' ',
        '‐' | '‑' | '–' => b'-',
        _ => return None,
    };
    Some((plain, c.len_utf8()))
}

fn read(text: &str, start: usize) -> Code {
    let bytes = text.as_bytes();
    let mut code = Code {
        start,
        compact: [0; LONGEST],
        ends: [(0, 0, 0); GROUPS],
        count: 0,
    };
    let mut at = start;
    let mut length = 0;
    let mut joint = 0;
    loop {
        let end = scan::run(bytes, at, |b| b.is_ascii_alphanumeric());
        let run = bytes.get(at..end).unwrap_or_default();
        // A word in lower case after a space is the sentence going on.
        let word = joint == b' ' && run.iter().all(u8::is_ascii_lowercase);
        if run.is_empty() || word || length + run.len() > LONGEST || scan::glued_after(text, end) {
            break;
        }
        for (to, from) in code.compact.iter_mut().skip(length).zip(run) {
            *to = from.to_ascii_uppercase();
        }
        length += run.len();
        let Some(group) = code.ends.get_mut(code.count) else {
            break;
        };
        *group = (length, end, joint);
        code.count += 1;
        let Some((next, width)) = sign(text, end) else {
            break;
        };
        joint = next;
        at = end + width;
    }
    code
}

/// The upper-case letters and digits of a text.
pub(super) fn compact(text: &str) -> Vec<u8> {
    text.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|b| b.to_ascii_uppercase())
        .collect()
}

/// Every place of a text where a printed number or code may start.
///
/// Walks from digit to digit, since words cost nothing then.
pub(super) struct Starts<'t> {
    text: &'t str,
    at: usize,
    /// A run of digits whose letters before were tried first.
    again: Option<usize>,
}

impl<'t> Starts<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            again: None,
        }
    }

    /// Goes on from here.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = self.at.max(at);
        self.again = None;
    }

    /// The next code. Not an iterator: what it answers decides where to go on.
    pub(super) fn next(&mut self) -> Option<Code> {
        let bytes = self.text.as_bytes();
        if let Some(start) = self.again.take()
            && !scan::chained_before(self.text, start)
        {
            return Some(read(self.text, start));
        }
        loop {
            let rest = bytes.get(self.at..)?;
            let digit = self.at + rest.iter().position(u8::is_ascii_digit)?;
            let start = scan::run_back(bytes, digit, |b| b.is_ascii_alphanumeric());
            self.at = scan::run(bytes, digit, |b| b.is_ascii_alphanumeric());
            if self.at - start > LONGEST || self.goes_on_from_code(start) {
                continue;
            }
            if let Some(letters) = self.letters_before(start) {
                self.again = Some(start);
                return Some(read(self.text, letters));
            }
            if !scan::chained_before(self.text, start) {
                return Some(read(self.text, start));
            }
        }
    }

    /// Whether a hyphen ties it to letters and digits before: part of a UUID, an article number.
    fn goes_on_from_code(&self, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        let Some(end) = start
            .checked_sub(1)
            .filter(|&end| scan::byte(bytes, end) == b'-')
        else {
            return false;
        };
        let from = scan::run_back(bytes, end, |b| b.is_ascii_alphanumeric());
        let before = bytes.get(from..end).unwrap_or_default();
        before.iter().any(u8::is_ascii_digit) && before.iter().any(u8::is_ascii_alphabetic)
    }

    /// Up to four letters and a sign before the digits: `ES 91…`, `x-1234567l`, `AB 12 34 56 C`.
    fn letters_before(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let end = scan::before(self.text, start)
            .filter(|c| matches!(c, ' ' | '-' | '.' | '/' | '\u{a0}' | '‐' | '‑' | '–'))
            .map(|sign| start - sign.len_utf8())?;
        let from = scan::run_back(bytes, end, |b| b.is_ascii_alphabetic());
        let spaced = matches!(scan::byte(bytes, end), b' ' | 0xc2);
        let letters = bytes.get(from..end)?;
        ((1..=4).contains(&letters.len())
            && !(spaced && letters.iter().any(u8::is_ascii_lowercase))
            && !scan::chained_before(self.text, from))
        .then_some(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_as_printed() {
        let code = read("529.982.247-25 y", 0);
        assert_eq!(code.compact(4), b"52998224725");
        assert_eq!(code.range(4), 0..14);
        assert!(code.is_grouped_like(4, "11|3.3.3-2"));
        assert!(!code.is_grouped_like(3, "3.3.3-2"));
        assert!(!code.is_grouped_like(4, "3.3.3.2"));
        assert!(read("ES 12", 0).is_grouped_like(2, "2~2"));
    }

    #[test]
    fn starts_are_where_a_printed_code_may_start() {
        let mut starts = Starts::new("en 12-34 y ES 56, ab12 no:cd ñ7");
        let mut seen = Vec::new();
        while let Some(code) = starts.next() {
            seen.push(code.range(1));
        }
        assert_eq!(seen, [3..5, 11..13, 14..16, 18..22]);
    }
}
