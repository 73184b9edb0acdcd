//! Lists of which the guide holds only keyed hashes.
//!
//! An entry is folded, its words joined by one space, and hashed with HMAC-SHA-256 under the
//! list's key; the first 64 bits are kept. A draft's runs of 1 to 5 words are hashed the same
//! way. This is obfuscation, not secrecy: who holds the key can try names (facts/guides-and-law.md,
//! E). It keeps a readable client list off every laptop, no more.

use hashbrown::HashSet;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::terms::Split;
use crate::guide::data::HashedList;
use crate::text::words::Words;

/// The longest entry of a hashed list, in words.
pub(crate) const MOST_WORDS: u8 = 5;

/// The hash of a list's entry and its number of words.
///
/// `None` if it holds no word or more than five, or the key is empty.
#[must_use]
pub fn hash_entry(key: &[u8], entry: &str) -> Option<(u64, u8)> {
    let words = Split::new(entry);
    let count = u8::try_from(words.len())
        .ok()
        .filter(|count| (1..=MOST_WORDS).contains(count))?;
    let keyed = keyed(key)?;
    Some((hash(&keyed, words.iter()), count))
}

/// The key with its inner and outer block already hashed.
fn keyed(key: &[u8]) -> Option<Hmac<Sha256>> {
    if key.is_empty() {
        return None;
    }
    Hmac::<Sha256>::new_from_slice(key).ok()
}

fn hash<'a>(keyed: &Hmac<Sha256>, words: impl Iterator<Item = &'a str>) -> u64 {
    let mut mac = keyed.clone();
    for (at, word) in words.enumerate() {
        if at > 0 {
            mac.update(b" ");
        }
        mac.update(word.as_bytes());
    }
    let bytes = mac.finalize().into_bytes();
    bytes
        .iter()
        .take(8)
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// The bytes of a hexadecimal string.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// A hashed list, ready to search.
#[derive(Debug)]
pub(crate) struct Hashed {
    keyed: Hmac<Sha256>,
    words: usize,
    hashes: HashSet<u64>,
}

impl Hashed {
    /// `None` if the key or a hash cannot be read; `validate` has refused such a list before.
    pub(crate) fn new(list: &HashedList) -> Option<Self> {
        let hashes: Option<HashSet<u64>> = list
            .hashes
            .iter()
            .map(|hash| u64::from_str_radix(hash, 16).ok())
            .collect();
        Some(Self {
            keyed: keyed(&from_hex(&list.key)?)?,
            words: usize::from(list.words.min(MOST_WORDS)),
            hashes: hashes?,
        })
    }

    /// Finds the listed runs of words: first word, and past the last.
    pub(crate) fn find(&self, words: &Words, found: &mut impl FnMut(u32, u32)) {
        for first in 0..words.list.len() {
            for count in 1..=self.words {
                let Some(run) = words.list.get(first..first + count) else {
                    break;
                };
                if run.iter().skip(1).any(|word| word.gap) {
                    break;
                }
                let hash = hash(&self.keyed, run.iter().map(|word| words.key(word)));
                if self.hashes.contains(&hash) {
                    found(
                        u32::try_from(first).unwrap_or(u32::MAX),
                        u32::try_from(first + count).unwrap_or(u32::MAX),
                    );
                }
            }
        }
        for reading in &words.readings {
            let hash = hash(&self.keyed, std::iter::once(words.reading_key(reading)));
            if self.hashes.contains(&hash) {
                found(reading.first, reading.last);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    #[test]
    fn a_listed_name_is_found_and_no_other() {
        let key = "000102030405060708090a0b0c0d0e0f";
        let bytes = from_hex(key).unwrap();
        let (hash, words) = hash_entry(&bytes, "Banco Lúmen").unwrap();
        let list = HashedList {
            key: key.into(),
            words,
            hashes: vec![format!("{hash:016x}")],
        };
        let hashed = Hashed::new(&list).unwrap();
        let mut found = Vec::new();
        let text = Words::new(&Folded::new("Hoy BANCO lumen, banco, lumen y Banco  Lumen"));
        hashed.find(&text, &mut |first, last| found.push((first, last)));
        assert_eq!(found, [(1, 3), (6, 8)]);
    }

    #[test]
    fn entries_without_words_or_with_too_many_are_refused() {
        assert_eq!(hash_entry(b"key", "..."), None);
        assert_eq!(hash_entry(b"key", "a b c d e f"), None);
        assert_eq!(hash_entry(b"", "a"), None);
    }
}
