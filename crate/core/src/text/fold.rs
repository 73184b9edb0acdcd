//! Folding: one spelling for all the spellings of a character.
//!
//! Case, accents, compatibility forms (full-width, mathematical, ligatures), look-alikes from
//! other scripts, invisible characters and typographic punctuation all disappear here, so that
//! no rule has to know of them. `ñ` alone keeps its tilde: in Spanish it is a letter of its own,
//! and "año" without it is another word.

use super::latin;
use super::script::Script;

/// A folded text, and where each of its bytes came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// The folded text.
    pub text: String,
    /// For every byte of `text`, the byte offset in the original at which its character starts;
    /// and one more for the end. Never falls.
    pub origin: Vec<u32>,
    /// For every byte of `text`, whether its character was upper case.
    pub upper: Vec<bool>,
    /// The letters of another kind than Latin, as they were written: first byte and past the last
    /// byte in `text`. In order; neighbours of one kind are one.
    pub foreign: Vec<(u32, u32, Script)>,
}

const COMBINING_TILDE: char = '\u{303}';

impl Folded {
    /// Folds a text. Linear in its length.
    pub(crate) fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            origin: Vec::with_capacity(text.len() + 1),
            upper: Vec::with_capacity(text.len()),
            foreign: Vec::new(),
        };
        for (at, original) in text.char_indices() {
            // Offsets fit: a draft has at most 100,000 UTF-16 units.
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if original.is_ascii() {
                folded.push(
                    original.to_ascii_lowercase(),
                    at,
                    original.is_ascii_uppercase(),
                );
                continue;
            }
            if original == COMBINING_TILDE && folded.text.ends_with('n') {
                let upper = folded.upper.pop().unwrap_or_default();
                folded.text.pop();
                let start = folded.origin.pop().unwrap_or(at);
                folded.push('ñ', start, upper);
                continue;
            }
            let upper = original.is_uppercase();
            let start = folded.text.len();
            character(original, &mut |part| folded.push(part, at, upper));
            folded.mark(start, Script::of(original));
        }
        folded
            .origin
            .push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        folded
    }

    /// Remembers of what kind the text from `start` on is.
    fn mark(&mut self, start: usize, script: Script) {
        let [start, end] = [start, self.text.len()].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        if script == Script::Latin || start == end {
            return;
        }
        match self.foreign.last_mut() {
            Some(last) if last.1 == start && last.2 == script => last.1 = end,
            _ => self.foreign.push((start, end, script)),
        }
    }

    fn push(&mut self, character: char, origin: u32, upper: bool) {
        self.text.push(character);
        for _ in 0..character.len_utf8() {
            self.origin.push(origin);
            self.upper.push(upper);
        }
    }

    /// The stretch of the original from which the folded bytes `start..end` came, as byte
    /// offsets. Invisible characters and combining marks behind it belong to it.
    pub(crate) fn original(&self, start: usize, end: usize) -> (u32, u32) {
        let last = self.origin.last().copied().unwrap_or_default();
        let from = self.origin.get(start).copied().unwrap_or(last);
        // One character may have become several; its end is where the next origin starts.
        let inside = end
            .checked_sub(1)
            .and_then(|at| self.origin.get(at))
            .copied();
        let until = self
            .origin
            .get(end..)
            .and_then(|rest| rest.iter().find(|origin| Some(**origin) != inside))
            .copied()
            .unwrap_or(last);
        (from, until.max(from))
    }
}

/// A text folded, without its offsets.
#[must_use]
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// Words that those with ñ become without it, which mean something else: "El Cono Sur" swears at
/// nobody, "una pena" is no rock. Plurals are not listed.
const WITHOUT_TILDE: &str = "acuna acunar ano canada cana cano canon campana cena ceno cono cuna cuno dana dano dona \
    ganan lena mana mano mona mono montana nina nino nono ordena ordenar ordeno panal pano \
    pena peno penar pina pinar puno rina rona sana sena sonar sono suena sueno tina una vina";

/// Whether a term with ñ is also meant where it is typed without: "espana" is Spain, "cono" is a
/// cone. A phrase is told by its other words.
pub(crate) fn is_meant_without_tilde<'w>(mut words: impl Iterator<Item = &'w str>) -> bool {
    words.any(|word| {
        if !word.contains('ñ') {
            return word.len() > 3;
        }
        let plain = word.trim_end_matches('*').replace('ñ', "n");
        let one = plain.strip_suffix('s').unwrap_or(&plain);
        let stem = one.strip_suffix('e').unwrap_or(one);
        ![&plain, one, stem]
            .iter()
            .any(|word| WITHOUT_TILDE.split(' ').any(|other| other == *word))
    })
}

/// Folds one character that is not ASCII.
fn character(original: char, emit: &mut impl FnMut(char)) {
    for lower in original.to_lowercase() {
        if lower == 'ñ' {
            emit(lower);
        } else if is_invisible(lower) || latin::is_combining(lower) {
        } else if let Some(ascii) = latin::ascii(lower) {
            ascii.chars().for_each(&mut *emit);
        } else {
            look_alike(lower, emit);
        }
    }
}

/// Characters that take no place, or only say how others are drawn.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Letters of other scripts that look like Latin ones, small capitals, and typographic
/// punctuation. By hand and short: the Unicode confusables table (`unicode-security`) also maps
/// `m` to `rn` and `1` to `l`, which is made for comparing identifiers, not for reading words.
fn look_alike(character: char, emit: &mut impl FnMut(char)) {
    let latin = match character {
        'а' | 'α' | 'ά' | 'ɑ' | 'ᴀ' => 'a',
        'в' | 'β' | 'ʙ' => 'b',
        'с' | 'ϲ' | 'ᴄ' => 'c',
        'ԁ' | 'ᴅ' | 'đ' | 'ð' => 'd',
        'е' | 'ё' | 'є' | 'ε' | 'έ' | 'ᴇ' | 'ǝ' => 'e',
        'ꜰ' | 'ƒ' => 'f',
        'ɡ' | 'ɢ' | 'ԍ' => 'g',
        'һ' | 'н' | 'ʜ' | 'ħ' => 'h',
        'і' | 'ї' | 'ι' | 'ί' | 'ı' | 'ɪ' | 'ӏ' => 'i',
        'ј' | 'ᴊ' | 'ȷ' => 'j',
        'к' | 'κ' | 'ᴋ' => 'k',
        'ʟ' | 'ł' => 'l',
        'м' | 'ᴍ' => 'm',
        'п' | 'ɴ' | 'η' => 'n',
        'о' | 'ο' | 'ό' | 'σ' | 'ᴏ' | 'ø' | 'օ' => 'o',
        'р' | 'ρ' | 'ᴘ' => 'p',
        'ԛ' => 'q',
        'г' | 'ʀ' => 'r',
        'ѕ' | 'ꜱ' => 's',
        'т' | 'τ' | 'ᴛ' => 't',
        'υ' | 'ύ' | 'ᴜ' | 'ʋ' => 'u',
        'ν' | 'ѵ' | 'ᴠ' => 'v',
        'ѡ' | 'ԝ' | 'ω' | 'ᴡ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'ү' | 'γ' | 'ʏ' => 'y',
        'ᴢ' => 'z',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{2BC}' | '\u{B4}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2022}' | '\u{2219}' | '\u{30FB}' => '·',
        'ß' => {
            emit('s');
            's'
        }
        'æ' => {
            emit('a');
            'e'
        }
        'œ' => {
            emit('o');
            'e'
        }
        'þ' => {
            emit('t');
            'h'
        }
        other => other,
    };
    emit(latin);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_spelling_for_all() {
        for (text, folded) in [
            ("Reunión CONFIDENCIAL", "reunion confidencial"),
            ("ＦＡＲＯ", "faro"),
            ("𝐁𝐥𝐮𝐞𝐛𝐢𝐫𝐝", "bluebird"),
            ("🅱luebird", "bluebird"),
            ("Вluеbіrd", "bluebird"),
            ("blue\u{200B}bi\u{AD}rd", "bluebird"),
            ("e\u{301}xito", "exito"),
            ("año AÑO an\u{303}o ano", "año año año ano"),
            ("“hola” ‘x’ —", "\"hola\" 'x' -"),
            ("Straße", "strasse"),
            ("ﬁn", "fin"),
            ("…", "..."),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn words_that_are_others_without_their_tilde_stay_apart() {
        for (term, meant) in [
            ("coño", false),
            ("coños", false),
            ("año", false),
            ("peña", false),
            ("cañones", false),
            ("tu coño", false),
            ("españa", true),
            ("hondureños", true),
            ("tacaño", true),
            ("cierre de año", true),
            ("campaña*", false),
            ("campaña electoral", true),
        ] {
            assert_eq!(is_meant_without_tilde(term.split(' ')), meant, "{term}");
        }
        assert!(WITHOUT_TILDE.is_ascii());
    }

    #[test]
    fn folding_any_character_twice_is_folding_it_once() {
        for character in '\0'..=char::MAX {
            let once = fold(&character.to_string());
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(character));
        }
    }

    proptest! {
        #[test]
        fn the_offset_map_is_total_monotonic_and_on_boundaries(text in any::<String>()) {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.origin.len(), folded.text.len() + 1);
            prop_assert_eq!(folded.upper.len(), folded.text.len());
            prop_assert!(folded.origin.is_sorted());
            for &origin in &folded.origin {
                prop_assert!(text.is_char_boundary(origin as usize));
            }
            prop_assert_eq!(folded.origin.last().map(|end| *end as usize), Some(text.len()));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
