//! Wording by its tone, in Spanish and English.
//!
//! Words of complaint, praise and promise, with what turns them round: "no funciona bien" is a
//! complaint, "not bad" is none. What a rule gets are the places where the tone stands; tone
//! alone never fires, it only speaks about something else that was found. Irony is left alone.

use crate::guide::data::Tone;
use crate::text::words::Words;

/// A negator turns round what stands at most this many words behind it.
const REACH: u32 = 3;
const MOST_INTENSIFIERS: u32 = 3;

/// Whether one of `negators` (first and past the last word, in order) turns the word `at` round.
/// Intensifiers in between do not count.
pub(crate) fn is_negated(
    words: &Words,
    negators: &[(u32, u32)],
    intensifiers: &[(u32, u32)],
    at: u32,
) -> bool {
    let behind = negators.partition_point(|&(_, end)| end <= at);
    let Some(&(_, end)) = behind.checked_sub(1).and_then(|last| negators.get(last)) else {
        return false;
    };
    // Looking back a fixed number of words keeps the cost of a draft linear.
    if at - end > REACH + MOST_INTENSIFIERS {
        return false;
    }
    let skipped = intensifiers
        .iter()
        .skip(intensifiers.partition_point(|&(start, _)| start < end))
        .take_while(|&&(_, stop)| stop <= at)
        .count();
    let distance = (at - end).saturating_sub(u32::try_from(skipped).unwrap_or(u32::MAX));
    distance < REACH
        && (end..=at).all(|word| {
            words
                .list
                .get(word as usize)
                .is_some_and(|word| !word.gap && !word.opens)
        })
}

/// What a place of one tone becomes when it is negated.
pub(crate) const fn negated(tone: Tone) -> Option<Tone> {
    match tone {
        Tone::Positive => Some(Tone::Negative),
        Tone::Negative | Tone::Promissory => None,
    }
}
