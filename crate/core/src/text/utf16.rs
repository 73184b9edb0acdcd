//! The one place where byte offsets become UTF-16 offsets.
//!
//! Everything inside the engine counts bytes of the draft's text; browsers count UTF-16 code
//! units. Only a report holds the latter.

/// Converts byte offsets, each on a character boundary, in any order.
///
/// One walk over the text: the cost is its length plus sorting the offsets.
pub(crate) fn from_bytes(text: &str, offsets: &mut [(usize, &mut u32)]) {
    crate::sort::by_key(offsets, |(byte, _)| *byte);
    let mut units: u32 = 0;
    let mut at = 0;
    for (byte, target) in offsets {
        let stretch = text.get(at..*byte).unwrap_or_default();
        units += u32::try_from(length(stretch)).unwrap_or(u32::MAX);
        at = (*byte).max(at);
        **target = units;
    }
}

/// A text's length in UTF-16 code units.
pub(crate) fn length(text: &str) -> usize {
    // A character of four UTF-8 bytes is a surrogate pair; every other one is one unit.
    text.bytes()
        .map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_surrogate_pairs_as_two() {
        let text = "a\u{e9}\u{1F600}z";
        let (mut first, mut second, mut third) = (0, 0, 0);
        from_bytes(
            text,
            &mut [(8, &mut third), (1, &mut first), (7, &mut second)],
        );
        assert_eq!((first, second, third), (1, 4, 5));
        assert_eq!(length(text), text.encode_utf16().count());
    }
}
