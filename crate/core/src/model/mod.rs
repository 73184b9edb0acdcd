//! What the guide has learnt from its examples: whether a draft is one to be careful with, and
//! what it is about.
//!
//! A linear model: each feature of a draft (see `features`) has a weight for each *head*, the
//! weights are added up, and the sum says how sure the model is. Nothing cleverer, on purpose: it
//! is as quick as looking up the draft's words, the same to the bit on every machine, and its
//! weights are its reasons.
//!
//! There are three kinds of heads. `careful` tells drafts that the guide asks to be careful with
//! from those that come close and are harmless. What makes a draft one or the other is the same for
//! all topics (whose matter it is, whether it is public, whether anybody is laughed at), so this
//! head learns from the examples of all topics at once: on authors that it had never read it found
//! nearly twice as much, at equal false alarms, as a head for each topic by itself. The heads of
//! the topics say which topic it is; and a share of the best one's sum is added to that of
//! `careful`, for a draft that fits a topic well is more often one to be careful with: that found 3
//! in 100 more, and marked a fifth fewer ordinary posts. `protected` tells speech that stays free.
//!
//! `tacto-learn` makes the weights; [`ModelData`] is how they travel in a bundle.

mod class;
mod data;
#[cfg(all(feature = "authoring", feature = "own-words"))]
mod extractor;
mod features;

use std::cmp::Reverse;

pub use class::Class;
pub use data::{Head, MOST_LEVEL, ModelData, ModelError, Weights, steps};
#[cfg(all(feature = "authoring", feature = "own-words"))]
pub use extractor::Extractor;
pub use features::VERSION;

pub(crate) use class::{Classes, Span};
pub(crate) use features::{Feature, each};

use crate::guide::data::{About, Free};
use crate::report::Topic;
use crate::text::words::Words;

/// The head that says whether to be careful.
pub const CAREFUL: &str = "careful";
/// The head that says whether the speech is protected.
pub const PROTECTED: &str = "protected";

/// The longest stretch that is marked, in words.
const LONGEST_MARK: usize = 8;

/// A further topic's mark carries at least this share of what the first topic's does.
const OWN_STRENGTH: f32 = 0.25;

/// Where speech comes so close to being taken for protected, in logits, nothing is sure.
const NEARLY_PROTECTED: f32 = 1.2;

/// The share of the best topic's own sum that counts beside that of `careful`; as fitted by the sums
/// of authors left out.
const SHARE_OF_TOPIC: f32 = 0.45;

/// More than this of a topic's own sum does not count: so most drafts are decided without topics.
const MOST_OF_TOPIC: f32 = 4.0;

/// A second topic is named as well where it is at least half as likely as the first, in logits.
const NEARLY: f32 = 0.7;

/// The logit of a draft to be careful with, of those of `careful` and of the topic that fits best.
#[must_use]
pub fn with_topic(careful: f32, topic: f32) -> f32 {
    careful + SHARE_OF_TOPIC * topic.min(MOST_OF_TOPIC)
}

/// How sure the model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sureness {
    /// Likely enough to be mentioned.
    Likely,
    /// Sure enough to warn.
    Sure,
}

/// What a draft is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Opinion {
    pub about: About,
    pub sureness: Sureness,
    /// The sum, in logits.
    pub sum: f32,
    /// What speaks for it.
    pub carriers: Carriers,
}

/// What the model makes of a draft, for people who write guides. All sums are logits: 0 is as likely
/// as not, 1 is 73%, 2 is 88%, among drafts to be careful with and those that come close to them.
#[cfg(feature = "authoring")]
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Weighed {
    /// That it is one to be careful with.
    pub careful: f32,
    /// From here on that is likely.
    pub likely: f32,
    /// From here on that is sure.
    pub sure: f32,
    /// That it is protected speech.
    pub protected: f32,
    /// From here on it is taken for that.
    pub protected_from: f32,
    /// The topics that fit best, each with what fitting adds.
    pub topics: Vec<(Topic, f32)>,
    /// The words that speak most for being careful, and most against it (below 0).
    pub words: Vec<(String, f32)>,
}

/// The words that carry an opinion.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Carriers {
    /// The strongest stretch, first word and past the last.
    pub mark: (u32, u32),
    /// What it adds to the sum.
    pub strength: f32,
    /// The words that speak most for it, the strongest first, each with its share of the sum.
    pub reasons: Vec<(u32, f32)>,
}

/// A feature's place in the table, with its weights for the first two heads at hand: nearly every
/// draft is decided by these alone.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    careful: i8,
    protected: i8,
    /// How many weights for topics it has, and where they start. `used` tells an empty slot.
    used: bool,
    count: u8,
    start: u32,
}

/// A head, in logits.
#[derive(Debug, Clone, Copy)]
struct Scale {
    bias: f32,
    step: f32,
    likely: f32,
    sure: f32,
}

/// A model, ready to judge.
#[derive(Debug)]
pub(crate) struct Model {
    /// Open addressing by the hash's low bits; a power of two, at most half full.
    slots: Vec<Slot>,
    weights: Vec<(u8, i8)>,
    careful: Scale,
    protected: Scale,
    topics: Vec<(Topic, Scale)>,
}

impl Model {
    /// Readies a model.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn new(data: &ModelData) -> Result<Self, ModelError> {
        let read = data.read()?;
        let scales: Vec<Scale> = data.heads.iter().map(scale).collect();
        let [careful, protected, ..] = *scales.as_slice() else {
            return Err(ModelError::Heads);
        };
        let topics = data
            .heads
            .iter()
            .zip(&scales)
            .filter_map(|(head, scale)| {
                let topic = Topic::ALL
                    .into_iter()
                    .find(|topic| topic.as_str() == head.name)?;
                Some((topic, *scale))
            })
            .collect();
        let size = (read.careful.len() * 2).next_power_of_two().max(2);
        let (of_protected, of_topics) = read.others.split_first().ok_or(ModelError::Heads)?;
        let mut model = Self {
            slots: vec![Slot::default(); size],
            weights: Vec::with_capacity(of_topics.iter().map(Vec::len).sum()),
            careful,
            protected,
            topics,
        };
        // All of these are in the order of the features.
        let mut of_protected = of_protected.iter().copied().peekable();
        let mut of_topics: Vec<_> = of_topics
            .iter()
            .map(|own| own.iter().copied().peekable())
            .collect();
        for (&(hash, weight), number) in read.careful.iter().zip(0_u32..) {
            let start = u32::try_from(model.weights.len()).unwrap_or(u32::MAX);
            for (topic, own) in (0_u8..).zip(&mut of_topics) {
                if let Some((_, weight)) = own.next_if(|(feature, _)| *feature == number) {
                    model.weights.push((topic, weight));
                }
            }
            let count = model.weights.len() - start as usize;
            let protected = of_protected.next_if(|(feature, _)| *feature == number);
            model.insert(Slot {
                hash,
                careful: weight,
                protected: protected.map_or(0, |(_, weight)| weight),
                used: true,
                count: u8::try_from(count).unwrap_or(u8::MAX),
                start,
            });
        }
        Ok(model)
    }

    fn insert(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = slot.hash as usize & mask;
        while let Some(place) = self.slots.get_mut(at) {
            if !place.used {
                *place = slot;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a feature's slot.
    fn find(&self, hash: u32) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            if !slot.used {
                return None;
            }
            if slot.hash == hash {
                return u32::try_from(at).ok();
            }
            at = (at + 1) & mask;
        }
    }

    fn topic_weights(&self, slot: &Slot) -> &[(u8, i8)] {
        let start = slot.start as usize;
        self.weights
            .get(start..start + usize::from(slot.count))
            .unwrap_or_default()
    }

    /// The features of a draft that have weights, each where it first stands, and what a weight of
    /// them counts.
    fn found(&self, text: &str, words: &Words, names: &[Span]) -> (Vec<(u32, Feature)>, f32) {
        let mut found: Vec<(u32, Feature)> = Vec::with_capacity(words.list.len() * 3);
        // A feature counts once, where it first stands. One bit for each slot.
        let mut seen = vec![0_u64; self.slots.len().div_ceil(64)];
        let length = each(text, words, names, &mut |feature| {
            if let Some(slot) = self.find(feature.hash)
                && let Some(bits) = seen.get_mut(slot as usize / 64)
                && *bits >> (slot % 64) & 1 == 0
            {
                *bits |= 1 << (slot % 64);
                found.push((slot, feature));
            }
        });
        #[expect(clippy::cast_precision_loss, reason = "a draft has few words")]
        let norm = 1.0 / (length.max(1) as f32).sqrt();
        (found, norm)
    }

    /// The sums of `careful` and `protected`.
    fn first_sums(&self, found: &[(u32, Feature)], norm: f32) -> (f32, f32) {
        let (mut careful, mut protected) = (0_i32, 0_i32);
        for (slot, _) in found {
            if let Some(slot) = self.slots.get(*slot as usize) {
                careful += steps(slot.careful);
                protected += steps(slot.protected);
            }
        }
        (
            self.careful.sum(careful, norm),
            self.protected.sum(protected, norm),
        )
    }

    /// The topics with their own sums, the one that fits best first; with the number of each.
    fn topic_sums(&self, found: &[(u32, Feature)], norm: f32) -> Vec<(usize, Topic, f32, Scale)> {
        let mut sums = vec![0_i32; self.topics.len()];
        for (slot, _) in found {
            let Some(slot) = self.slots.get(*slot as usize) else {
                continue;
            };
            for &(topic, weight) in self.topic_weights(slot) {
                if let Some(sum) = sums.get_mut(usize::from(topic)) {
                    *sum += steps(weight);
                }
            }
        }
        let mut topics: Vec<(usize, Topic, f32, Scale)> = self
            .topics
            .iter()
            .zip(&sums)
            .enumerate()
            .map(|(at, ((topic, scale), sum))| (at, *topic, scale.sum(*sum, norm), *scale))
            .collect();
        crate::sort::by_key(&mut topics, |(at, _, sum, _)| (Reverse(rank(*sum)), *at));
        topics
    }

    /// What a draft is about; nothing, for most.
    pub(crate) fn judge(&self, text: &str, words: &Words, names: &[Span]) -> Vec<Opinion> {
        if words.list.is_empty() {
            return Vec::new();
        }
        let (found, norm) = self.found(text, words, names);
        let (careful, protected) = self.first_sums(&found, norm);
        let most = if protected >= self.protected.likely - NEARLY_PROTECTED {
            Sureness::Likely
        } else {
            Sureness::Sure
        };
        let mut opinions = Vec::new();
        if let Some(sureness) = self.protected.sureness(protected) {
            opinions.push(Opinion {
                about: About::Free(Free::Protected),
                sureness,
                sum: protected,
                carriers: self.carriers(
                    &found,
                    words,
                    &|slot| worth(slot.protected) * self.protected.step * norm,
                    None,
                ),
            });
        }
        if self
            .careful
            .sureness(with_topic(careful, MOST_OF_TOPIC))
            .is_none()
        {
            return opinions;
        }
        let topics = self.topic_sums(&found, norm);
        let best = topics.first().map_or(0.0, |(.., sum, _)| *sum);
        let Some(sureness) = self.careful.sureness(with_topic(careful, best)) else {
            return opinions;
        };
        let mut first: Option<((u32, u32), f32)> = None;
        for (place, (at, topic, sum, scale)) in topics.into_iter().enumerate() {
            let own = scale.sureness(careful + sum);
            // Where it is clear that there is something, the topic that fits best is it; and what
            // is hard to tell from it is likely.
            let sureness = match place {
                0 => Some(own.map_or(sureness, |own| own.max(sureness))),
                1 if best - sum < NEARLY => Some(own.unwrap_or(Sureness::Likely)),
                _ => own,
            };
            let Some(sureness) = sureness.map(|own| own.min(most)) else {
                continue;
            };
            let carriers = self.carriers(
                &found,
                words,
                &|slot| {
                    let own = self
                        .topic_weights(slot)
                        .iter()
                        .find(|(other, _)| usize::from(*other) == at)
                        .map_or(0.0, |(_, weight)| worth(*weight) * scale.step);
                    (worth(slot.careful) * self.careful.step + own) * norm
                },
                first.map(|(mark, _)| mark),
            );
            // What has hardly anything of its own to show is the first topic once more.
            match &first {
                Some((_, strength)) if carriers.strength < strength * OWN_STRENGTH => continue,
                Some(_) => {}
                None => first = Some((carriers.mark, carriers.strength)),
            }
            opinions.push(Opinion {
                about: About::Topic(topic),
                sureness,
                sum: careful + sum,
                carriers,
            });
        }
        opinions
    }

    /// What there is to say of any draft, whether something is said of it or not.
    #[cfg(feature = "authoring")]
    pub(crate) fn weigh(&self, text: &str, words: &Words, names: &[Span]) -> Weighed {
        let (found, norm) = self.found(text, words, names);
        let (careful, protected) = self.first_sums(&found, norm);
        let topics = self.topic_sums(&found, norm);
        let best = topics.first().map_or(0.0, |(.., sum, _)| *sum);
        let shares = self.shares(&found, words, &|slot| {
            worth(slot.careful) * self.careful.step * norm
        });
        let mut weights: Vec<(u32, f32)> = (0..).zip(shares).collect();
        crate::sort::by_key(&mut weights, |(at, share)| {
            (Reverse(rank(share.abs())), *at)
        });
        weights.truncate(12);
        Weighed {
            careful: with_topic(careful, best),
            likely: self.careful.likely,
            sure: self.careful.sure,
            protected,
            protected_from: self.protected.likely,
            topics: topics
                .into_iter()
                .take(3)
                .map(|(_, topic, sum, _)| (topic, sum))
                .collect(),
            words: weights
                .into_iter()
                .filter_map(|(at, share)| {
                    let word = words.list.get(at as usize)?;
                    let text = text.get(word.start as usize..word.end as usize)?;
                    Some((text.to_owned(), share))
                })
                .collect(),
        }
    }

    /// What each word adds to a sum, of which each feature's part is its weight; a pair's goes to both.
    fn shares(
        &self,
        found: &[(u32, Feature)],
        words: &Words,
        weight: &dyn Fn(&Slot) -> f32,
    ) -> Vec<f32> {
        let mut shares = vec![0.0_f32; words.list.len()];
        for (slot, feature) in found {
            let Some(slot) = self.slots.get(*slot as usize) else {
                continue;
            };
            let last = (feature.last as usize).min(shares.len());
            let first = (feature.first as usize).min(last);
            #[expect(clippy::cast_precision_loss, reason = "a feature has few words")]
            let share = weight(slot) / (last - first).max(1) as f32;
            for word in shares.get_mut(first..last).unwrap_or_default() {
                *word += share;
            }
        }
        shares
    }

    /// The words that carry a sum, of which each feature's part is its weight.
    fn carriers(
        &self,
        found: &[(u32, Feature)],
        words: &Words,
        weight: &dyn Fn(&Slot) -> f32,
        elsewhere: Option<(u32, u32)>,
    ) -> Carriers {
        let shares = self.shares(found, words, weight);
        let mut reasons: Vec<(u32, f32)> = shares
            .iter()
            .zip(0_u32..)
            .filter(|(share, _)| **share > 0.0)
            .map(|(share, at)| (at, *share))
            .collect();
        crate::sort::by_key(&mut reasons, |(at, share)| (Reverse(rank(*share)), *at));
        reasons.truncate(6);
        let (mark, strength) = strongest(&shares, words, elsewhere);
        Carriers {
            mark,
            strength,
            reasons,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most 961")]
const fn worth(level: i8) -> f32 {
    steps(level) as f32
}

impl Scale {
    #[expect(clippy::cast_precision_loss, reason = "sums of a few hundred bytes")]
    fn sum(&self, sum: i32, norm: f32) -> f32 {
        self.bias + sum as f32 * self.step * norm
    }

    fn sureness(&self, sum: f32) -> Option<Sureness> {
        if sum >= self.sure {
            Some(Sureness::Sure)
        } else if sum >= self.likely {
            Some(Sureness::Likely)
        } else {
            None
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "thousandths of small numbers")]
fn scale(head: &Head) -> Scale {
    let thousandths = |value: i32| value as f32 / 1000.0;
    Scale {
        bias: thousandths(head.bias),
        step: head.step as f32 / 1_000_000.0,
        likely: thousandths(head.likely),
        sure: thousandths(head.sure),
    }
}

/// A logit as a whole number, for an order.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
const fn rank(logit: f32) -> i32 {
    (logit * 1e5) as i32
}

/// The stretch of one sentence that carries most, at most [`LONGEST_MARK`] words: a phrase, and not
/// the whole post.
///
/// `taken` is marked already; another stretch is looked for, and found unless there is none.
fn strongest(shares: &[f32], words: &Words, taken: Option<(u32, u32)>) -> ((u32, u32), f32) {
    let is_taken = |at: usize| {
        taken.is_some_and(|(first, last)| (first as usize..last as usize).contains(&at))
    };
    let mut best = taken.map_or((0, 1), |(first, last)| (first as usize, last as usize));
    let mut most = f32::NEG_INFINITY;
    for first in 0..shares.len() {
        let mut sum = 0.0;
        for (last, share) in shares.iter().enumerate().skip(first).take(LONGEST_MARK) {
            let same = |at: usize| words.list.get(at).map(|word| word.sentence);
            if same(first) != same(last) || is_taken(last) {
                break;
            }
            sum += share;
            // Of two that carry the same, the shorter one.
            if sum > most + 1e-6 {
                most = sum;
                best = (first, last + 1);
            }
        }
    }
    let to = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    // One word is hard to see and says little: its neighbours come along.
    let (mut first, mut last) = best;
    let sentence = |at: usize| words.list.get(at).map(|word| word.sentence);
    if last - first == 1 {
        if first > 0 && sentence(first - 1) == sentence(first) && !is_taken(first - 1) {
            first -= 1;
        }
        if sentence(last).is_some() && sentence(last) == sentence(last - 1) && !is_taken(last) {
            last += 1;
        }
    }
    ((to(first), to(last)), most)
}
