//! The text that patterns run on: one ASCII byte for every character.
//!
//! Regular expressions are fast over ASCII: with `é` in the text, `\b` alone sends the engine to
//! a path twenty times slower. So the same mapping is applied to the text and to the pattern:
//! accents go, typographic punctuation becomes plain, `€` and `£` become signs of their own, a
//! letter of another script becomes `_` (a word character), any other sign becomes one that is
//! none. A pattern written with accents then finds the word without them, and the other way
//! round, which is what authors expect.

use super::latin;

/// Stands for a sign that is no word character: an emoji, `·`.
pub(crate) const OTHER: char = '\u{1A}';

/// A text in ASCII, and where each byte came from.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    /// The text.
    pub text: String,
    /// For every byte of `text`, the byte offset of its character in the original; and one more
    /// for the end. `None` where the original is ASCII: nothing moved.
    origin: Option<Vec<u32>>,
}

impl Plain {
    /// Maps a text. Linear in its length.
    pub(crate) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                text: text.to_owned(),
                origin: None,
            };
        }
        let mut plain = String::with_capacity(text.len());
        let mut origin = Vec::with_capacity(text.len() + 1);
        for (at, character) in text.char_indices() {
            plain.push(ascii(character));
            origin.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        origin.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        Self {
            text: plain,
            origin: Some(origin),
        }
    }

    /// The byte offset in the original.
    pub(crate) fn original(&self, at: usize) -> usize {
        match &self.origin {
            None => at,
            Some(origin) => origin
                .get(at)
                .or(origin.last())
                .map_or(at, |offset| *offset as usize),
        }
    }
}

/// One ASCII character for a character. ASCII itself does not change.
pub(crate) fn ascii(character: char) -> char {
    if character.is_ascii() {
        return character;
    }
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{B4}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '…' => '.',
        '€' => '\u{1}',
        '£' => '\u{2}',
        '¥' => '\u{3}',
        'ß' => 's',
        'ø' => 'o',
        'ł' => 'l',
        'ñ' => 'n',
        'Ñ' => 'N',
        _ => {
            let lower = character.to_lowercase().next().and_then(latin::ascii);
            match lower.and_then(|ascii| ascii.chars().next()) {
                Some(letter) if character.is_uppercase() => letter.to_ascii_uppercase(),
                Some(letter) => letter,
                None if character.is_alphanumeric() => '_',
                None if character.is_whitespace() => ' ',
                None => OTHER,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_lose_their_accents_and_signs_stay_apart() {
        assert_eq!(
            Plain::new("Señor Ñu, ¿qué? 5€").text,
            "Senor Nu, \u{1A}que? 5\u{1}"
        );
        assert_eq!(Plain::new("“a”—b… жa😀").text, "\"a\"-b. _a\u{1A}");
    }

    proptest! {
        #[test]
        fn every_byte_leads_back_to_a_character(text in any::<String>()) {
            let plain = Plain::new(&text);
            prop_assert!(plain.text.is_ascii());
            prop_assert_eq!(plain.text.len(), text.chars().count());
            for at in 0..=plain.text.len() {
                prop_assert!(text.is_char_boundary(plain.original(at)));
            }
        }
    }
}
