//! Overlapping findings: the most serious one stays.

use std::collections::BTreeMap;

use super::{Accepted, MOST_FINDINGS};
use crate::report::Severity;

/// Keeps findings that do not overlap, the most serious first, then the longest, then the rule
/// that comes first in the guide; sorted by place. `lost` is told of the others and of what
/// stands in their way.
pub(super) fn strongest(
    mut all: Vec<Accepted>,
    lost: &mut impl FnMut(&Accepted, &Accepted),
) -> Vec<Accepted> {
    lift(&mut all);
    crate::sort::by_key(&mut all, |one| {
        (
            std::cmp::Reverse(one.severity),
            std::cmp::Reverse(one.hit.end - one.hit.start),
            one.rule,
            one.hit.start,
        )
    });
    let mut kept: BTreeMap<u32, Accepted> = BTreeMap::new();
    for one in all {
        // Those kept do not overlap, so only the last that starts before the end can be hit.
        let rival = kept
            .range(..one.hit.end)
            .next_back()
            .map(|(_, rival)| rival)
            .filter(|rival| rival.hit.end > one.hit.start);
        match rival {
            Some(rival) => lost(&one, rival),
            None if kept.len() >= MOST_FINDINGS => break,
            None => {
                kept.insert(one.hit.start, one);
            }
        }
    }
    kept.into_values().collect()
}

/// Where a name or a form is warned of, what is told is left out: one reason to read it again is
/// enough, and the exact one is the better. What is warned of in another sentence, and of another
/// topic, stays.
pub(super) fn exact_before_told(
    all: Vec<Accepted>,
    is_told: impl Fn(&Accepted) -> bool,
    same_topic: impl Fn(&Accepted, &Accepted) -> bool,
    lost: &mut impl FnMut(&Accepted, &Accepted),
) -> Vec<Accepted> {
    let exact: Vec<Accepted> = all
        .iter()
        .filter(|one| one.severity >= Severity::Warn && !is_told(one))
        .cloned()
        .collect();
    if exact.is_empty() {
        return all;
    }
    let beside = |one: &Accepted| {
        exact.iter().find(|exact| {
            one.severity < Severity::Warn
                || exact.hit.sentence == one.hit.sentence
                || same_topic(one, exact)
        })
    };
    all.into_iter()
        .filter(|one| match beside(one) {
            Some(winner) if is_told(one) => {
                lost(one, winner);
                false
            }
            _ => true,
        })
        .collect()
}

/// Where one rule has found a name and a shorter form inside it, both say the same: the whole name
/// is reported, as serious as either. Words of the whole name may be what makes the short form
/// serious ("Project Nightjar"), and are no evidence for themselves.
fn lift(all: &mut [Accepted]) {
    crate::sort::by_key(all, |one| {
        (one.rule, one.hit.start, std::cmp::Reverse(one.hit.end))
    });
    let mut outer = 0;
    for at in 1..all.len() {
        let (before, rest) = all.split_at_mut(at);
        let (Some(whole), Some(part)) = (before.get_mut(outer), rest.first()) else {
            return;
        };
        if part.rule == whole.rule && part.hit.end <= whole.hit.end {
            whole.severity = whole.severity.max(part.severity);
        } else {
            outer = at;
        }
    }
}
