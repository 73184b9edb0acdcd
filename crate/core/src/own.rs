//! The engine's own words, whatever a guide says: protected speech, tones, and the ordinary words
//! that names are made of.
//!
//! They are one text, made by `build.rs` from `data/`. Programs hold it; the extension ships it
//! beside the wasm, of which it would be a seventh.

use crate::find::names::Context;
use crate::guide::data::Tone;
use crate::judge::protected::Own;

/// The text, for whoever writes it into a file.
#[cfg(feature = "own-words")]
pub const OWN_WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/own-words.txt"));

/// The parts behind the protected speech, in their order.
const PARTS: [&str; 13] = [
    "ordinary",
    "frequent",
    "first-names",
    "name-naming",
    "name-business",
    "name-people",
    "name-private",
    "negators",
    "intensifiers",
    "slip-neighbours",
    "negative",
    "positive",
    "promissory",
];

/// The engine's own words, read.
#[derive(Debug, Default)]
pub(crate) struct OwnWords<'w> {
    /// Protected speech that no guide can take away.
    pub protected: Own,
    /// Words that companies, clients and projects are named after, one a line.
    pub ordinary: &'w str,
    /// Words that a capital says nothing of, one a line.
    pub frequent: &'w str,
    /// First names, one a line.
    pub first_names: &'w str,
    /// What speaks for and against a name, one a line: `find/names`.
    pub context: Context<&'w str>,
    /// Words of negation, and words that stand between them and what they negate, one a line.
    pub negators: &'w str,
    pub intensifiers: &'w str,
    /// Ordinary words that are one slip of the keyboard away from a word that people disguise
    /// ("cero", "breasts"), one a line.
    pub slip_neighbours: &'w str,
    /// Wording by its tone, one a line.
    pub tones: [(Tone, &'w str); 3],
}

impl<'w> OwnWords<'w> {
    /// Reads the text. Nothing where a part of it is missing: without the protected speech nothing
    /// may be judged.
    pub(crate) fn read(text: &'w str) -> Option<Self> {
        let mut parts = PARTS.into_iter();
        let mut rest = text.strip_prefix("[protected]\n")?;
        let mut part = || {
            let Some(next) = parts.next() else {
                return Some(rest);
            };
            let (part, after) = rest.split_once(&format!("\n[{next}]\n"))?;
            rest = after;
            Some(part)
        };
        let protected: Own = serde_json::from_str(part()?).ok()?;
        (!protected.protected.is_empty()).then_some(Self {
            protected,
            ordinary: part()?,
            frequent: part()?,
            first_names: part()?,
            context: Context {
                naming: part()?,
                business: part()?,
                people: part()?,
                private: part()?,
            },
            negators: part()?,
            intensifiers: part()?,
            slip_neighbours: part()?,
            tones: [
                (Tone::Negative, part()?),
                (Tone::Positive, part()?),
                (Tone::Promissory, part()?),
            ],
        })
    }

    /// The words inside this program. A test holds that they can be read.
    #[cfg(feature = "own-words")]
    pub(crate) fn inside() -> OwnWords<'static> {
        OwnWords::read(OWN_WORDS).unwrap_or_default()
    }
}

#[cfg(all(test, feature = "own-words"))]
mod tests {
    use super::*;

    #[test]
    fn the_engine_knows_its_own_words() {
        let own = OwnWords::read(OWN_WORDS).unwrap();
        assert!(own.protected.protected.len() >= 5);
        assert!(own.ordinary.lines().count() > 4_000);
        assert!(
            own.tones
                .iter()
                .all(|(_, words)| words.lines().count() > 40)
        );
    }

    #[test]
    fn without_one_of_its_parts_there_are_none() {
        for part in PARTS.into_iter().chain(["protected"]) {
            let text = OWN_WORDS.replace(&format!("[{part}]"), "");
            assert!(OwnWords::read(&text).is_none(), "{part}");
        }
        assert!(OwnWords::read("").is_none());
    }
}
