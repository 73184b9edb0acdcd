//! Characters that stand for ASCII text: accents, ligatures, full-width and mathematical letters.
//!
//! What `unicode-normalization` knows of all scripts takes 100 KB, a tenth of what the whole wasm
//! may weigh. Guides are Spanish and English; of its compatibility decompositions (NFKD) those
//! that end in ASCII are all that is needed, and they fit in three kilobytes. A test holds them to
//! its tables, character by character.

use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/latin.txt");

/// The file as a table, ordered by character as it is. Read once.
static TABLE: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
    let mut table = Vec::new();
    for line in FILE.split('\n').filter(|line| !line.starts_with("# ")) {
        let mut cells = line.split('\t');
        let first = cells.next().unwrap_or_default();
        let Ok(first) = u32::from_str_radix(first, 16) else {
            continue;
        };
        let characters = (first..).filter_map(char::from_u32).zip(cells);
        table.extend(characters.filter(|(_, ascii)| !ascii.is_empty()));
    }
    table
});

/// What a lower-case character beyond ASCII stands for, if that is ASCII.
pub(crate) fn ascii(character: char) -> Option<Ascii> {
    match character {
        // Full-width forms of all of ASCII.
        '\u{FF01}'..='\u{FF5E}' => letter(character, 0xFF01, 0x21, 94),
        // Letters in circles, plain, and in brackets.
        '\u{1F150}'..='\u{1F169}' => letter(character, 0x1F150, 0x61, 26),
        '\u{1F170}'..='\u{1F189}' => letter(character, 0x1F170, 0x61, 26),
        '\u{1F130}'..='\u{1F149}' => letter(character, 0x1F130, 0x61, 26),
        // Mathematical alphabets, each capitals and small letters; then digits.
        '\u{1D400}'..='\u{1D6A3}' => letter(character, 0x1D400, 0x61, 26),
        '\u{1D7CE}'..='\u{1D7FF}' => letter(character, 0x1D7CE, 0x30, 10),
        _ => {
            let at = TABLE
                .binary_search_by_key(&character, |(character, _)| *character)
                .ok()?;
            TABLE.get(at).map(|(_, ascii)| Ascii::Text(ascii))
        }
    }
}

/// ASCII text that a character stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ascii {
    Letter(char),
    Text(&'static str),
}

impl Ascii {
    /// Its characters.
    pub(crate) fn chars(self) -> impl Iterator<Item = char> {
        let (letter, text) = match self {
            Self::Letter(letter) => (Some(letter), ""),
            Self::Text(text) => (None, text),
        };
        letter.into_iter().chain(text.chars())
    }
}

/// A character of a range that repeats a stretch of ASCII, in lower case.
fn letter(character: char, from: u32, first: u8, period: u32) -> Option<Ascii> {
    let offset = u8::try_from((u32::from(character) - from) % period).ok()?;
    Some(Ascii::Letter(
        char::from(first + offset).to_ascii_lowercase(),
    ))
}

/// Marks that stand above, below or inside another character.
pub(crate) const fn is_combining(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{489}'
            // Vowel signs, and the stroke that only makes a word longer: people leave them out.
            | '\u{591}'..='\u{5BD}'
            | '\u{610}'..='\u{61A}'
            | '\u{640}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{6DF}'..='\u{6E4}'
            // Thai and Lao signs above the letter, without which a word would end there.
            | '\u{E47}'..='\u{E4E}'
            | '\u{EC8}'..='\u{ECE}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::{decompose_compatible, is_combining_mark};

    use super::*;

    #[test]
    fn the_table_says_what_unicode_says() {
        for character in ('\u{80}'..='\u{1FFFF}').filter(|c| c.to_lowercase().eq([*c])) {
            let mut unicode = String::new();
            decompose_compatible(character, |part| {
                unicode.extend(part.to_lowercase().filter(|part| !is_combining_mark(*part)));
            });
            // Kept for themselves: a letter of its own, and the accent typed for an apostrophe.
            if matches!(character, 'ñ' | '\u{B4}') {
                unicode = character.to_string();
            }
            let ours = ascii(character).map(|ascii| ascii.chars().collect::<String>());
            let dark = matches!(character, '\u{1F150}'..='\u{1F169}' | '\u{1F170}'..='\u{1F189}');
            if unicode.is_ascii() && !unicode.is_empty() {
                assert_eq!(ours, Some(unicode), "U+{:04X}", u32::from(character));
            } else if !dark {
                // The mathematical alphabets have gaps, where nothing is assigned.
                let gap = matches!(character, '\u{1D400}'..='\u{1D7FF}');
                assert!(
                    ours.is_none() || gap,
                    "U+{:04X}: {ours:?}",
                    u32::from(character)
                );
            }
        }
    }
}
