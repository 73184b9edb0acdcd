//! Small steps over text that every family shares.
//!
//! Shapes are made of ASCII letters, digits and signs, while drafts are in any language. So the
//! families walk bytes, and ask here about the character beside a candidate: a digit that follows
//! a letter of any alphabet is not the start of a number. Everything is total: a position off a
//! character boundary, or past the end, is simply nothing.

use core::ops::Range;

/// The character that ends at `at`.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that starts at `at`.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The byte at `at`, or 0, which is part of no shape.
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Whether the text goes on to the left as the same word.
pub(super) fn glued_before(text: &str, at: usize) -> bool {
    before(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Whether the text goes on to the right as the same word.
pub(super) fn glued_after(text: &str, at: usize) -> bool {
    after(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Whether what starts at `at` follows on a number or code through a sign: `12-` or `ab.`, but
/// not a space.
pub(super) fn chained_before(text: &str, at: usize) -> bool {
    let Some(sign) = before(text, at) else {
        return false;
    };
    if sign.is_alphanumeric() || sign == '_' {
        return true;
    }
    matches!(sign, '-' | '.' | '/' | ',' | ':' | '‐' | '‑' | '–')
        && before(text, at - sign.len_utf8()).is_some_and(|c| c.is_ascii_digit())
}

/// Whether what ends at `at` goes on with a number through a sign.
pub(super) fn chained_after(text: &str, at: usize) -> bool {
    let Some(sign) = after(text, at) else {
        return false;
    };
    if sign.is_alphanumeric() || sign == '_' {
        return true;
    }
    matches!(sign, '-' | '.' | '/' | ',' | ':' | '‐' | '‑' | '–')
        && after(text, at + sign.len_utf8()).is_some_and(|c| c.is_ascii_digit())
}

/// Whether two ranges share a byte.
pub(super) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The folded words that stand up to `width` bytes before `at` on the same line, nearest last:
/// lower case, without accents, anything else a space.
pub(super) fn words_before(text: &str, at: usize, width: usize) -> String {
    let mut from = at.saturating_sub(width);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..at).unwrap_or_default();
    let window = window.rsplit(['\n', '\r']).next().unwrap_or_default();
    // A word that the window cuts in two says nothing.
    let window = match window.split_once(' ') {
        Some((_, rest)) if from > 0 && window.len() == at - from => rest,
        _ => window,
    };
    folded(window)
}

/// The folded words that stand up to `width` bytes after `at` on the same line.
pub(super) fn words_after(text: &str, at: usize, width: usize) -> String {
    let mut until = at.saturating_add(width).min(text.len());
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    let window = text.get(at..until).unwrap_or_default();
    folded(window.split(['\n', '\r']).next().unwrap_or_default())
}

/// Lower case without the accents of Spanish, English and their neighbours; signs become spaces.
pub(super) fn folded(window: &str) -> String {
    let mut out = String::with_capacity(window.len());
    for c in window.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => out.push('u'),
            'ñ' | 'Ñ' => out.push('n'),
            'ç' | 'Ç' => out.push('c'),
            // "S.S.N." and "D.N.I." are one word; "don't" too.
            '.' | '\'' | '’' | '\u{301}' | '\u{303}' => {}
            _ => out.push(' '),
        }
    }
    out
}

/// Whether the word, folded, is one of `words`. Allocates nothing.
pub(super) fn is_one_of(word: &str, words: &str) -> bool {
    let mut first = [0_u8; 24];
    let mut length = 0;
    for c in word.chars() {
        let plain = match c {
            'a'..='z' | '0'..='9' | '&' => c as u8,
            'A'..='Z' => c.to_ascii_lowercase() as u8,
            'á' | 'à' | 'Á' | 'À' => b'a',
            'é' | 'è' | 'É' | 'È' => b'e',
            'í' | 'ì' | 'Í' | 'Ì' => b'i',
            'ó' | 'ò' | 'Ó' | 'Ò' => b'o',
            'ú' | 'ü' | 'Ú' | 'Ü' => b'u',
            'ñ' | 'Ñ' => b'n',
            'ç' | 'Ç' => b'c',
            '.' | '\'' | '’' | '\u{301}' | '\u{303}' => continue,
            _ => return false,
        };
        let Some(place) = first.get_mut(length) else {
            return false;
        };
        *place = plain;
        length += 1;
    }
    listed(words).any(|wanted| Some(wanted) == first.get(..length))
}

/// The words of a list. A list is one text with a space between two words: the address and the
/// length of each would weigh more than the words.
fn listed(words: &str) -> impl Iterator<Item = &[u8]> {
    words.as_bytes().split(|&b| b == b' ')
}

/// Whether a list holds a word.
pub(super) fn lists(words: &str, word: &str) -> bool {
    !word.is_empty() && listed(words).any(|one| one == word.as_bytes())
}

/// Whether one of `words` stands among the folded words. A final `*` stands for any ending.
pub(super) fn says(folded: &str, words: &str) -> bool {
    listed(folded).filter(|word| !word.is_empty()).any(|word| {
        listed(words).any(|wanted| match wanted.strip_suffix(b"*") {
            Some(stem) => word.starts_with(stem),
            None => word == wanted,
        })
    })
}

/// Where the run of bytes that `part` accepts ends, from `at` on.
pub(super) fn run(bytes: &[u8], at: usize, part: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&b| !part(b)).unwrap_or(rest.len())
}

/// Where the run of bytes that `part` accepts starts, up to `at`.
pub(super) fn run_back(bytes: &[u8], at: usize, part: impl Fn(u8) -> bool) -> usize {
    let head = bytes.get(..at).unwrap_or_default();
    head.iter()
        .rposition(|&b| !part(b))
        .map_or(0, |last| last + 1)
}

/// Sorts what is nearly in order already, in place: linear for that, and a tenth of the code of
/// the standard sort.
pub(super) fn sort<T: Clone>(items: &mut [T], key: fn(&T) -> (usize, usize)) {
    for last in 1..items.len() {
        let mut at = last;
        while at > 0
            && let (Some(left), Some(right)) = (items.get(at - 1), items.get(at))
            && key(left) > key(right)
        {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Trimming and asking by a string of signs.
///
/// The standard patterns compile anew for each list of characters, which is most of the code of
/// families that are made of signs; these compile once.
pub(super) trait Signs {
    /// Without these signs at the start.
    fn without_first(&self, signs: &str) -> &str;
    /// Without these signs at the end.
    fn without_last(&self, signs: &str) -> &str;
    /// Whether it starts with one of them.
    fn starts_with_any(&self, signs: &str) -> bool;
    /// Whether it ends with one of them.
    fn ends_with_any(&self, signs: &str) -> bool;
    /// Where the first of them stands.
    fn find_any(&self, signs: &str) -> Option<usize>;
    /// Whether it holds one of them.
    fn contains_any(&self, signs: &str) -> bool {
        self.find_any(signs).is_some()
    }
    /// Where the first character stands that is no part; its length if all are.
    fn until(&self, part: fn(char) -> bool) -> usize;
}

fn is_among(c: char, signs: &str) -> bool {
    signs.chars().any(|sign| sign == c)
}

impl Signs for str {
    #[inline(never)]
    fn without_first(&self, signs: &str) -> &str {
        let mut rest = self.chars();
        let mut out = self;
        while rest.next().is_some_and(|c| is_among(c, signs)) {
            out = rest.as_str();
        }
        out
    }

    #[inline(never)]
    fn without_last(&self, signs: &str) -> &str {
        let mut rest = self.chars();
        let mut out = self;
        while rest.next_back().is_some_and(|c| is_among(c, signs)) {
            out = rest.as_str();
        }
        out
    }

    #[inline(never)]
    fn starts_with_any(&self, signs: &str) -> bool {
        self.chars().next().is_some_and(|c| is_among(c, signs))
    }

    #[inline(never)]
    fn ends_with_any(&self, signs: &str) -> bool {
        self.chars().next_back().is_some_and(|c| is_among(c, signs))
    }

    #[inline(never)]
    fn find_any(&self, signs: &str) -> Option<usize> {
        self.char_indices()
            .find(|&(_, c)| is_among(c, signs))
            .map(|(at, _)| at)
    }

    #[inline(never)]
    fn until(&self, part: fn(char) -> bool) -> usize {
        self.char_indices()
            .find(|&(_, c)| !part(c))
            .map_or(self.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_words_and_drops_the_rest() {
        for (text, folded_text) in [
            ("Teléfono:", "telefono "),
            ("D.N.I. nº", "dni n "),
            ("Straße 👋 x", "stra e   x"),
        ] {
            assert_eq!(folded(text), folded_text);
        }
    }

    #[test]
    fn a_word_cut_by_the_window_does_not_count() {
        let text = "hotel 612";
        assert!(!says(&words_before(text, 6, 4), "tel"));
        assert!(says(&words_before(text, 6, 40), "hotel"));
        assert!(!says(&words_before("tel\n612", 4, 40), "tel"));
    }

    #[test]
    fn neighbours_are_asked_by_character() {
        assert!(glued_before("ñ1", 2));
        assert!(!glued_before("👋1", 4));
        assert!(chained_before("12-34", 3));
        assert!(!chained_before("a - 34", 4));
        assert!(chained_after("12.3", 2));
        assert!(!chained_after("12.", 2));
        assert!(!glued_after("é", 1), "off a boundary is nothing");
    }
}
