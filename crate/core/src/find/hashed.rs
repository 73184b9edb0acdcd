//! Lists of which the guide holds only keyed hashes.
//!
//! An entry is folded, its words joined by one space, and hashed with HMAC-SHA-256 under the
//! list's key; the first 64 bits are kept. A draft's runs of 1 to 5 words are hashed the same
//! way, in every spelling that readable lists find (`spellings`). This is obfuscation, not secrecy: who holds the key can try names (facts/guides-and-law.md,
//! E). It keeps a readable client list off every laptop, no more.

use hashbrown::HashSet;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Stretch;
use super::forms::{self, singulars};
use super::spellings::{AND, Split, is_and};
use crate::guide::data::{HashedList, ListKind};
use crate::text::words::{How, Words};

/// The longest entry of a hashed list, in words.
pub(crate) const MOST_WORDS: u8 = 5;

/// Of one first word so many runs are hashed, whatever a hostile draft is made of.
const MOST_RUNS: u32 = 64;
/// A longer part of a word, in bytes, is not looked up.
const LONGEST_PART: usize = 36;

/// The hashes of a list's entry, one for each of its spellings, and its number of words.
///
/// `None` if it holds no word or more than five, or the key is empty.
#[must_use]
pub fn hash_entry(key: &[u8], entry: &str) -> Option<(Vec<u64>, u8)> {
    let words = Split::new(entry);
    let keyed = keyed(key)?;
    let mut hashes = Vec::new();
    let mut most = 0;
    words.spellings(ListKind::Names, &mut |spelling| {
        let is_word = |word: &&std::borrow::Cow<'_, str>| word.starts_with(char::is_alphanumeric);
        most = most.max(spelling.iter().filter(is_word).count());
        hashes.push(hash(&keyed, spelling.iter().map(AsRef::as_ref)));
    });
    let most_words = usize::from(MOST_WORDS);
    if !(1..=most_words).contains(&words.len()) {
        return None;
    }
    let count = u8::try_from(most.min(most_words)).ok()?;
    hashes.sort_unstable();
    hashes.dedup();
    Some((hashes, count))
}

/// The key with its inner and outer block already hashed.
fn keyed(key: &[u8]) -> Option<Hmac<Sha256>> {
    if key.is_empty() {
        return None;
    }
    Hmac::<Sha256>::new_from_slice(key).ok()
}

fn hash<'a>(keyed: &Hmac<Sha256>, words: impl Iterator<Item = &'a str>) -> u64 {
    let mut run = Run(keyed.clone(), true);
    for word in words {
        run = run.then(word);
    }
    run.hash()
}

/// Words that are being hashed, one space between them; and whether there are none yet.
#[derive(Debug, Clone)]
struct Run(Hmac<Sha256>, bool);

impl Run {
    fn then(&self, word: &str) -> Self {
        let mut mac = self.0.clone();
        if !self.1 {
            mac.update(b" ");
        }
        mac.update(word.as_bytes());
        Self(mac, false)
    }

    fn hash(&self) -> u64 {
        let bytes = self.0.clone().finalize().into_bytes();
        bytes
            .iter()
            .take(8)
            .fold(0, |value, byte| value << 8 | u64::from(*byte))
    }
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

    /// Finds the listed runs of words.
    pub(crate) fn find(&self, words: &Words, found: &mut dyn FnMut(Stretch)) {
        let start = Run(self.keyed.clone(), true);
        for first in 0..u32::try_from(words.list.len()).unwrap_or(u32::MAX) {
            let mut search = Search {
                list: self,
                words,
                first,
                runs: MOST_RUNS,
                found,
            };
            search.step(&start, first, self.words, None);
        }
    }
}

/// The search for names that begin with one word.
struct Search<'s> {
    list: &'s Hashed,
    words: &'s Words,
    first: u32,
    /// How many runs may still be hashed.
    runs: u32,
    found: &'s mut dyn FnMut(Stretch),
}

impl Search<'_> {
    /// Lengthens a run by what stands at a word. `start`: where the run starts in the draft.
    fn step(&mut self, run: &Run, at: u32, room: usize, start: Option<u32>) {
        let mut scratch = String::new();
        forms::each(self.words, at, &mut |form| {
            let disguise = matches!(form.how, Some(How::Masked | How::Repeated));
            let part = !form.head || !form.tail;
            let apart = start.is_some() && !form.head;
            if disguise || apart || form.key.len() > LONGEST_PART && part || room == 0 {
                return;
            }
            if !part {
                let Some(left) = self.runs.checked_sub(1) else {
                    return;
                };
                self.runs = left;
            }
            let place = Stretch {
                first: self.first,
                last: form.last,
                start: start.unwrap_or(form.start),
                end: form.end,
            };
            let longer = run.then(form.key);
            self.look_up(&longer, place);
            singulars(form.key, &mut scratch, &mut |word| {
                self.look_up(&run.then(word), place);
            });
            if form.tail {
                self.go_on(&longer, room - 1, place);
                if start.is_some() && is_and(form.key) {
                    self.go_on(&run.then(AND), room, place);
                }
            }
        });
    }

    fn go_on(&mut self, run: &Run, room: usize, so_far: Stretch) {
        let Some(word) = self.words.list.get(so_far.last as usize) else {
            return;
        };
        if !word.gap || word.goes_on {
            self.step(run, so_far.last, room, Some(so_far.start));
        }
        if let Some(sign) = word.sign {
            let run = run.then(sign.encode_utf8(&mut [0; 4]));
            self.step(&run, so_far.last, room, Some(so_far.start));
        }
    }

    fn look_up(&mut self, run: &Run, place: Stretch) {
        if self.list.hashes.contains(&run.hash()) {
            (self.found)(place);
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
        let (hashes, words) = hash_entry(&bytes, "Banco Lúmen").unwrap();
        let list = HashedList {
            key: key.into(),
            words,
            hashes: hashes.iter().map(|hash| format!("{hash:016x}")).collect(),
        };
        let hashed = Hashed::new(&list).unwrap();
        let mut found = Vec::new();
        let text = Words::new(&Folded::new("Hoy BANCO lumen, banco, lumen y Banco  Lumen"));
        hashed.find(&text, &mut |place| {
            found.push((place.first, place.last));
        });
        assert_eq!(found, [(1, 3), (6, 8)]);
    }

    #[test]
    fn entries_without_words_or_with_too_many_are_refused() {
        assert_eq!(hash_entry(b"key", "..."), None);
        assert_eq!(hash_entry(b"key", "a b c d e f"), None);
        assert_eq!(hash_entry(b"", "a"), None);
    }
}
