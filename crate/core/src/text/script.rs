//! What kind of letter a character is, as far as words end where the kind changes.
//!
//! `Nightjarを発表` and `한빛전력과` hold names between which and the next word nobody writes a space;
//! `Northmere™` and `Lumen²` hold signs that Unicode calls letters.

/// A kind of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin letters and digits, and all that is not named here.
    Latin,
    /// A sign that stands raised behind a word: `™`, `²`, `ª`, a number in a circle.
    Raised,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    /// Thai, Lao, Burmese, Khmer: no space between words.
    Thai,
    Hiragana,
    Katakana,
    Hangul,
    Han,
}

impl Script {
    /// The kind of a character as it was written.
    pub(crate) const fn of(character: char) -> Self {
        match character {
            '\0'..='\u{A9}' => Self::Latin,
            'ª' | '²' | '³' | '¹' | 'º' => Self::Raised,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '\u{400}'..='\u{52F}' => Self::Cyrillic,
            '\u{590}'..='\u{5FF}' => Self::Hebrew,
            '\u{600}'..='\u{6FF}'
            | '\u{750}'..='\u{77F}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}' => Self::Arabic,
            '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => Self::Thai,
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7FF}' => {
                Self::Hangul
            }
            // Small letters for footnotes and marks (ᵀᴹ), digits above and below, in circles.
            '\u{2B0}'..='\u{2B8}'
            | '\u{1D2C}'..='\u{1D6A}'
            | '\u{2070}'..='\u{209C}'
            | '\u{2120}'
            | '\u{2122}'
            | '\u{2460}'..='\u{249B}'
            | 'Ⓒ'
            | 'Ⓜ'
            | 'Ⓡ'
            | 'ⓒ'
            | 'ⓜ'
            | 'ⓡ'
            | '\u{1F16A}'..='\u{1F16C}' => Self::Raised,
            '\u{3041}'..='\u{309F}' => Self::Hiragana,
            '\u{30A1}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Self::Katakana
            }
            '\u{3005}'..='\u{3007}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Self::Han,
            _ => Self::Latin,
        }
    }

    /// How many letters of this kind are a name by themselves where words stand without a space
    /// between them. 0: they do not.
    pub(crate) const fn unspaced(self) -> usize {
        match self {
            Self::Han | Self::Hangul => 2,
            Self::Hiragana | Self::Thai => 3,
            _ => 0,
        }
    }
}
