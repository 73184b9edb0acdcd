//! What the model sees of a draft: words, pairs of words, stems, signs; and *classes* in the place
//! of names, numbers and links, so that what is learnt of one company fits every other.
//!
//! A feature is a 32-bit hash of what stands there, with the words that it stands on. Hashes keep
//! the model small and readable by number alone: of the posts of strangers that it learns from, the
//! repository holds nothing else. They are FNV-1a, the same on every machine. Whatever changes a
//! feature changes [`VERSION`], and with it every model.

use super::class::Span;
use crate::text::words::{Place, Word, Words};

/// The way in which features are made. A model of another one is refused.
pub const VERSION: u32 = 1;

/// A feature, and the words that it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    /// The hash of what stands there.
    pub hash: u32,
    /// First word.
    pub first: u32,
    /// Past the last word.
    pub last: u32,
}

/// A word, a class or a sign: a step of the text.
#[derive(Debug, Clone, Copy)]
struct Token {
    hash: u32,
    /// What it is beside others: a name is any name there.
    beside: u32,
    first: u32,
    last: u32,
}

/// So many bits a feature's hash has: the fewer, the smaller is a model, and the more often it takes
/// one feature for another (a model of 40,000 features: one in 400).
const BITS: u32 = 24;

const BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// The kinds of features; each begins its hashes in its own way.
mod kind {
    pub(super) const WORD: u32 = 1;
    pub(super) const PAIR: u32 = 2;
    pub(super) const STEM: u32 = 3;
    pub(super) const CLASS: u32 = 4;
    pub(super) const SIGN: u32 = 5;
    pub(super) const LENGTH: u32 = 6;
}

fn hashed(kind: u32, bytes: &[u8]) -> u32 {
    let mut hash = (BASIS ^ kind).wrapping_mul(PRIME);
    for &byte in bytes {
        hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
    }
    hash
}

fn joined(kind: u32, left: u32, right: u32) -> u32 {
    let mut hash = (BASIS ^ kind).wrapping_mul(PRIME);
    for byte in left.to_le_bytes().into_iter().chain(right.to_le_bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
    }
    hash
}

/// The classes that need no list.
mod of_form {
    pub(super) const NAME: &[u8] = b"name";
    pub(super) const NUMBER: &[u8] = b"number";
    pub(super) const YEAR: &[u8] = b"year";
    pub(super) const URL: &[u8] = b"url";
    pub(super) const HANDLE: &[u8] = b"handle";
}

/// Calls `out` for every feature of a draft; the same one may come more than once. Answers the
/// number of steps (words, names, signs), which is what a score is measured against.
///
/// `text` is the draft, of which `words` are the words and `names` the names.
pub(crate) fn each(
    text: &str,
    words: &Words,
    names: &[Span],
    out: &mut impl FnMut(Feature),
) -> usize {
    // FNV's own way to fewer bits.
    let mut out = |feature: Feature| {
        let hash = (feature.hash >> BITS) ^ (feature.hash & ((1 << BITS) - 1));
        out(Feature { hash, ..feature });
    };
    let tokens = tokens(text, words, names, &mut out);
    for token in &tokens {
        out(Feature {
            hash: token.hash,
            first: token.first,
            last: token.last,
        });
    }
    for pair in tokens.windows(2) {
        let [left, right] = pair else { continue };
        out(Feature {
            hash: joined(kind::PAIR, left.beside, right.beside),
            first: left.first,
            last: right.last.max(left.last),
        });
    }
    let bits = u32::BITS
        - u32::try_from(words.list.len())
            .unwrap_or(u32::MAX)
            .leading_zeros();
    out(Feature {
        hash: hashed(kind::LENGTH, &[u8::try_from(bits.min(8)).unwrap_or(8)]),
        first: 0,
        last: 0,
    });
    tokens.len()
}

/// The steps of the text; the stems of its words go to `out` at once.
fn tokens(text: &str, words: &Words, names: &[Span], out: &mut impl FnMut(Feature)) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.list.len() * 5 / 4);
    let mut names = names.iter().peekable();
    let mut at = 0;
    let mut byte = 0;
    while let Some(word) = words.list.get(at) {
        let first = u32::try_from(at).unwrap_or(u32::MAX);
        let between = text.get(byte..word.start as usize).unwrap_or_default();
        signs(between, first, &mut tokens);
        while names.next_if(|name| name.last <= first).is_some() {}
        let link = word.place == Place::Link;
        let mut last = first + 1;
        let named = names.peek().filter(|name| name.first <= first).copied();
        if link {
            while words
                .list
                .get(last as usize)
                .is_some_and(|next| next.place == Place::Link && !spaced(text, words, last))
            {
                last += 1;
            }
        }
        let inside = names
            .peek()
            .filter(|name| link && name.first < last)
            .copied();
        let token = if let Some(name) = named.or(inside) {
            last = last.max(name.last);
            class(name.class.name().as_bytes())
        } else if link {
            class(of_form::URL)
        } else if word.place == Place::Tag && between.ends_with('@') {
            // The parts of a handle are one.
            while words
                .list
                .get(last as usize)
                .is_some_and(|next| next.place == Place::Tag && next.start == end(words, last))
            {
                last += 1;
            }
            class(of_form::HANDLE)
        } else {
            plain(words, word, first, out)
        };
        tokens.push(Token {
            first,
            last,
            ..token
        });
        byte = end(words, last) as usize;
        at = last as usize;
    }
    let count = u32::try_from(words.list.len()).unwrap_or(u32::MAX);
    signs(text.get(byte..).unwrap_or_default(), count, &mut tokens);
    tokens
}

/// Where the word before `last` ends.
fn end(words: &Words, last: u32) -> u32 {
    let before = (last as usize).checked_sub(1);
    before
        .and_then(|at| words.list.get(at))
        .map_or(0, |word| word.end)
}

/// Whether white space stands before a word.
fn spaced(text: &str, words: &Words, at: u32) -> bool {
    let Some(word) = words.list.get(at as usize) else {
        return true;
    };
    text.get(end(words, at) as usize..word.start as usize)
        .is_none_or(|between| between.contains(char::is_whitespace))
}

const fn token(hash: u32, beside: u32) -> Token {
    Token {
        hash,
        beside,
        first: 0,
        last: 0,
    }
}

fn class(name: &[u8]) -> Token {
    let hash = hashed(kind::CLASS, name);
    token(hash, hash)
}

fn plain(words: &Words, word: &Word, first: u32, out: &mut impl FnMut(Feature)) -> Token {
    let key = words.key(word);
    let bytes = key.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_digit) {
        let digits = bytes
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let unit = bytes.get(digits..).unwrap_or_default();
        let year =
            digits == 4 && unit.is_empty() && (key.starts_with("19") || key.starts_with("20"));
        if year {
            return class(of_form::YEAR);
        }
        let mut hash = hashed(kind::CLASS, of_form::NUMBER);
        for &byte in unit {
            hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
        }
        let sized = joined(kind::CLASS, hash, u32::try_from(digits.min(5)).unwrap_or(5));
        return token(sized, hash);
    }
    let hash = hashed(kind::WORD, bytes);
    // A stem: what is left of a word whatever its ending.
    for length in [4, 6] {
        if let Some(stem) = bytes.get(..length)
            && bytes.len() > length
        {
            out(Feature {
                hash: hashed(kind::STEM, stem),
                first,
                last: first + 1,
            });
        }
    }
    if word.capital && !word.opens && !word.shouted {
        let name = hashed(kind::CLASS, of_form::NAME);
        out(Feature {
            hash: name,
            first,
            last: first + 1,
        });
        return token(hash, name);
    }
    token(hash, hash)
}

/// Punctuation and emoji between two words, each once.
fn signs(between: &str, next: u32, tokens: &mut Vec<Token>) {
    let mut before = ' ';
    for sign in between.chars() {
        if sign.is_whitespace() || sign.is_alphanumeric() || sign == before {
            continue;
        }
        // What says how an emoji is drawn, not which one it is.
        if matches!(
            sign,
            '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}'
        ) {
            continue;
        }
        before = sign;
        let hash = hashed(kind::SIGN, &u32::from(sign).to_le_bytes());
        tokens.push(Token {
            first: next,
            last: next,
            ..token(hash, hash)
        });
    }
}
