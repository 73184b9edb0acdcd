//! Drafts as rows of features.

use std::collections::HashMap;

use tacto_core::Topic;
use tacto_core::model::Extractor;

use crate::company;
use crate::examples::{Example, Language, Part};

/// The number of heads before the topics: `careful` and `protected`.
pub const BEFORE_TOPICS: usize = 2;

/// A draft as a model sees it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its features, by number.
    pub features: Vec<u32>,
    /// What each of its features counts: one by the square root of the number of its steps.
    pub value: f32,
    /// The heads for which it is an example: one bit each.
    pub positive: u32,
    /// Whether it comes close to being careful with a topic, and is harmless.
    pub near: bool,
    /// What it weighs.
    pub weight: f32,
    /// Who wrote it; nothing for a stranger.
    pub author: Option<u32>,
    /// A number of its own, from its features: the order of learning hangs on it.
    pub key: u64,
}

/// All rows, and what their features are.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The rows: first the examples in their order, then strangers.
    pub rows: Vec<Row>,
    /// The hash of each feature, in rising order.
    pub hashes: Vec<u32>,
    /// The topics that can be learnt, by head, from [`BEFORE_TOPICS`] on.
    pub topics: Vec<Topic>,
}

/// Fewer examples than this teach nothing of a topic.
pub const FEWEST: usize = 40;
/// A feature that fewer drafts have is a chance.
const FEWEST_DRAFTS: u32 = 2;
/// What an ordinary post weighs beside another example: most of what people write is ordinary, and
/// less of the examples is. With half of this (and of a stranger's) a third more of the public posts that
/// it has not learnt from were marked, and 2 in 100 more of the drafts to be careful with.
const ORDINARY: f32 = 8.0;
/// What a stranger's post weighs.
const STRANGER: f32 = 6.0;

/// The hashes that come at least so often, in rising order.
pub(crate) fn shared<'h>(hashes: impl Iterator<Item = &'h u32>, fewest: u32) -> Vec<u32> {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for hash in hashes {
        *seen.entry(*hash).or_default() += 1;
    }
    let mut shared: Vec<u32> = seen
        .into_iter()
        .filter(|(_, count)| *count >= fewest)
        .map(|(hash, _)| hash)
        .collect();
    shared.sort_unstable();
    shared
}

impl Corpus {
    /// Makes rows of examples and of strangers' posts (their hashes and the number of their steps).
    #[must_use]
    pub fn new(
        examples: &[Example],
        strangers: &[(Vec<u32>, usize)],
        extractor: &Extractor,
    ) -> Self {
        let mut counts: HashMap<Topic, usize> = HashMap::new();
        for topic in examples.iter().flat_map(|example| &example.topics) {
            *counts.entry(*topic).or_default() += 1;
        }
        let topics: Vec<Topic> = Topic::ALL
            .into_iter()
            .filter(|topic| counts.get(topic).is_some_and(|count| *count >= FEWEST))
            .collect();

        let drafts: Vec<(Vec<u32>, usize)> = examples
            .iter()
            .enumerate()
            .map(|(number, example)| {
                let spanish = example.language == Language::Es;
                extractor.features(&company::example(&example.text, number, spanish))
            })
            .collect();
        let hashes = shared(
            drafts.iter().chain(strangers).flat_map(|(own, _)| own),
            FEWEST_DRAFTS,
        );
        let row = |(own, steps): &(Vec<u32>, usize)| {
            // Both are in rising order.
            let mut at = 0;
            let features = own
                .iter()
                .filter_map(|hash| {
                    at += hashes.get(at..)?.partition_point(|other| other < hash);
                    (hashes.get(at) == Some(hash)).then(|| u32::try_from(at).unwrap_or(u32::MAX))
                })
                .collect();
            #[expect(clippy::cast_precision_loss, reason = "a draft has few words")]
            let value = 1.0 / ((*steps).max(1) as f32).sqrt();
            // FNV-1a, over whole hashes.
            let key = own.iter().fold(0xcbf2_9ce4_8422_2325, |key: u64, hash| {
                (key ^ u64::from(*hash)).wrapping_mul(0x0100_0000_01b3)
            });
            Row {
                features,
                value,
                key,
                ..Row::default()
            }
        };
        let mut rows = Vec::with_capacity(drafts.len() + strangers.len());
        for (example, draft) in examples.iter().zip(&drafts) {
            let mut positive = 0;
            for (at, topic) in topics.iter().enumerate() {
                if example.topics.contains(topic) {
                    positive |= 1 << (at + BEFORE_TOPICS);
                }
            }
            if !example.topics.is_empty() {
                positive |= 1;
            }
            if example.part == Part::Protected {
                positive |= 0b10;
            }
            rows.push(Row {
                positive,
                near: example.topics.is_empty() && matches!(example.part, Part::Topic(_)),
                weight: if example.part == Part::Ordinary {
                    ORDINARY
                } else {
                    1.0
                },
                author: Some(example.author),
                ..row(draft)
            });
        }
        rows.extend(strangers.iter().map(|stranger| Row {
            weight: STRANGER,
            ..row(stranger)
        }));
        Self {
            rows,
            hashes,
            topics,
        }
    }

    /// The number of heads.
    #[must_use]
    pub fn heads(&self) -> usize {
        BEFORE_TOPICS + self.topics.len()
    }
}
