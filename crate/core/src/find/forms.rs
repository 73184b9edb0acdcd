//! What may be looked up where a word of a draft begins: the word, its readings, and its parts.
//!
//! A part is what stands in a word before or behind letters of another kind (`Nightjarを発表`,
//! `Northmere™`), and in scripts without spaces whatever may be a name there. All lists, readable
//! and hashed, look through this one door, and so find the same.

use crate::text::script::Script;
use crate::text::words::{How, Letter, Word, Words};

/// Something to look up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'w> {
    /// As it is looked up.
    pub key: &'w str,
    /// Past its last word.
    pub last: u32,
    /// Where it begins in the draft, in bytes.
    pub start: u32,
    /// Past its last byte.
    pub end: u32,
    /// How it was come by, if it is not the word itself.
    pub how: Option<How>,
    /// It begins where the word does.
    pub head: bool,
    /// It ends where the word does.
    pub tail: bool,
}

/// A name inside a word has no more letters.
const MOST_LETTERS: usize = 32;
/// What may follow a Korean name of two letters: the first letters of particles.
const PARTICLES: &str = "은는이가을를과와의에로으도만까부보처랑하께측님씨";
/// What may stand before an Arabic name without a space: and, so, with, like, for, the.
const CLITICS: &str = "وفبكلا";

/// Calls `out` with everything that may be looked up from a word on; the word itself comes first.
pub(crate) fn each<'w>(words: &'w Words, at: u32, out: &mut dyn FnMut(Form<'w>)) {
    let Some(word) = words.list.get(at as usize) else {
        return;
    };
    out(Form {
        key: words.key(word),
        last: at + 1,
        start: word.start,
        end: word.end,
        how: None,
        head: true,
        tail: true,
    });
    for reading in words.readings_from(at) {
        let last = words.list.get((reading.last as usize).saturating_sub(1));
        out(Form {
            key: words.reading_key(reading),
            last: reading.last,
            start: word.start,
            end: last.map_or(word.end, |last| last.end),
            how: Some(reading.how),
            head: true,
            tail: true,
        });
    }
    let letters = words.letters(at);
    if !letters.is_empty() {
        parts(words, word, at, letters, out);
    }
}

fn parts<'w>(
    words: &'w Words,
    word: &Word,
    at: u32,
    letters: &[Letter],
    out: &mut dyn FnMut(Form<'w>),
) {
    let script = |at: usize| letters.get(at).map(|letter| letter.script);
    // Whether a word of another script, or none, stands on the other side.
    let apart = |at: usize| {
        at == 0 || at == letters.len() || script(at) != at.checked_sub(1).and_then(script)
    };
    let letter = |at: usize| {
        letters.get(at).map_or("", |letter| {
            words.between(word, letter, letters.get(at + 1))
        })
    };
    let signs = |letter: &&Letter| letter.script == Script::Raised;
    let name_ends = letters.len() - letters.iter().rev().take_while(signs).count();
    let clitics = (0..letters.len().min(4))
        .take_while(|&at| CLITICS.contains(letter(at)))
        .count();
    for (from, first) in letters.iter().enumerate() {
        let unspaced = first.script.unspaced();
        let begins = apart(from);
        if !begins && unspaced == 0 && from > clitics {
            continue;
        }
        for until in from + 1..=letters.len().min(from + MOST_LETTERS) {
            let ends = apart(until);
            let whole = from == 0 && until == letters.len();
            if whole || (!ends && script(until).is_none_or(|script| script.unspaced() == 0)) {
                continue;
            }
            let count = until - from;
            let enough = match (begins, ends) {
                (true, true) => true,
                (true, false) if unspaced == 2 && count == 2 && first.script == Script::Hangul => {
                    PARTICLES.contains(letter(until))
                }
                (true, false) => count >= unspaced,
                _ if unspaced == 0 => ends && count >= 3,
                _ => count > unspaced || count == unspaced && first.script != Script::Hangul,
            };
            if enough {
                out(Form {
                    key: words.between(word, first, letters.get(until)),
                    last: at + 1,
                    start: first.start,
                    end: letters.get(until).map_or(word.end, |letter| letter.start),
                    how: None,
                    head: from == 0,
                    tail: until >= name_ends,
                });
            }
        }
    }
}

/// What a word may be a plural or a possessive of: "companies", "voces".
pub(crate) fn singulars(word: &str, scratch: &mut String, out: &mut dyn FnMut(&str)) {
    let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() >= 3) else {
        return;
    };
    out(stem);
    let Some(stem) = stem.strip_suffix('e').filter(|stem| stem.len() >= 3) else {
        return;
    };
    out(stem);
    for (ending, singular) in [('i', 'y'), ('c', 'z')] {
        if let Some(stem) = stem.strip_suffix(ending) {
            scratch.clear();
            scratch.push_str(stem);
            scratch.push(singular);
            out(scratch);
        }
    }
}
