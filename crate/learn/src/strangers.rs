//! Ordinary posts by strangers, as numbers.
//!
//! Nobody asked the people who wrote them, so their words are not in the repository: only the
//! hashes of their features (see `tacto_core::model`), from which no text can be read back in
//! order. They teach the model what people talk about who have nothing to be careful with.
//!
//! The file: the format's version (one byte), the features' version (one byte), the number of
//! hashes (four bytes, the lowest first), the hashes in rising order, each as its distance from the
//! one before; then for each post the number of its steps, the number of its features, and their
//! numbers in rising order, as distances. All of these are whole numbers in sevens of bits, the
//! lowest first, the top bit set where more follows.

use tacto_core::model::{Extractor, VERSION};

use crate::corpus::shared;

const FORMAT: u8 = 1;
/// A feature that fewer posts have is left out: it would not be learnt from, and might tell
/// somebody's name.
const FEWEST_POSTS: u32 = 3;

/// The file of this repository.
const FILE: &[u8] = include_bytes!("../data/strangers.bin");

/// The posts in the repository: the hashes of each one's features, and the number of its steps.
/// Empty where the file was made for another version of features.
#[must_use]
pub fn shipped() -> Vec<(Vec<u32>, usize)> {
    decode(FILE).unwrap_or_default()
}

/// Posts as bytes; the same posts give the same bytes.
#[must_use]
pub fn encode<'a>(posts: impl Iterator<Item = &'a str>, extractor: &Extractor) -> Vec<u8> {
    let posts: Vec<(Vec<u32>, usize)> = posts.map(|text| extractor.features(text)).collect();
    let hashes = shared(posts.iter().flat_map(|(own, _)| own), FEWEST_POSTS);
    let mut bytes = vec![FORMAT, VERSION as u8];
    bytes.extend(
        u32::try_from(hashes.len())
            .unwrap_or(u32::MAX)
            .to_le_bytes(),
    );
    let mut last = 0;
    for hash in &hashes {
        number(hash - last, &mut bytes);
        last = *hash;
    }
    for (own, steps) in &posts {
        let known: Vec<u32> = own
            .iter()
            .filter_map(|hash| hashes.binary_search(hash).ok())
            .filter_map(|at| u32::try_from(at).ok())
            .collect();
        number(u32::try_from(*steps).unwrap_or(u32::MAX), &mut bytes);
        number(u32::try_from(known.len()).unwrap_or(u32::MAX), &mut bytes);
        let mut last = 0;
        for at in known {
            number(at - last, &mut bytes);
            last = at;
        }
    }
    bytes
}

fn number(mut value: u32, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn decode(bytes: &[u8]) -> Option<Vec<(Vec<u32>, usize)>> {
    let (head, rest) = bytes.split_at_checked(6)?;
    let [FORMAT, version, count @ ..] = head else {
        return None;
    };
    if u32::from(*version) != VERSION {
        return None;
    }
    let count = u32::from_le_bytes(count.try_into().ok()?);
    let mut rest = rest.iter().copied();
    let mut last = 0_u32;
    let mut hashes = Vec::new();
    for _ in 0..count {
        last = last.checked_add(take(&mut rest)?)?;
        hashes.push(last);
    }
    let mut posts = Vec::new();
    while let Some(steps) = take(&mut rest) {
        let features = take(&mut rest)?;
        let mut at = 0_u32;
        let mut own = Vec::new();
        for _ in 0..features {
            at = at.checked_add(take(&mut rest)?)?;
            own.push(*hashes.get(at as usize)?);
        }
        posts.push((own, steps as usize));
    }
    Some(posts)
}

fn take(bytes: &mut impl Iterator<Item = u8>) -> Option<u32> {
    let (mut value, mut shift) = (0_u32, 0);
    loop {
        let byte = bytes.next()?;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let extractor = Extractor::new(crate::company::lists());
        let posts = ["good morning all", "good morning", "good morning, you", "x"];
        let bytes = encode(posts.into_iter(), &extractor);
        let read = decode(&bytes).unwrap();
        assert_eq!(read.len(), 4);
        let (all, steps) = extractor.features(posts[0]);
        assert_eq!(read[0].1, steps);
        assert!(read[0].0.iter().all(|hash| all.contains(hash)));
        assert!(read[0].0.len() >= 3, "good, morning, and the pair");
        assert_eq!(read[3].0.len(), 0);
        assert_eq!(bytes, encode(posts.into_iter(), &extractor));
    }

    #[test]
    fn the_shipped_file_is_of_this_version_of_features() {
        assert!(shipped().len() > 9_000);
        assert_eq!(decode(&FILE[..FILE.len() - 1]), None);
    }
}
