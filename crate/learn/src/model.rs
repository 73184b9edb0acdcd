//! Weights made small: what a bundle holds.

use tacto_core::model::{CAREFUL, Head, MOST_LEVEL, ModelData, PROTECTED, Weights};

use crate::calibrate;
use crate::corpus::{BEFORE_TOPICS, Corpus};
use crate::train::{STRIDE, Trained};

/// How much a model keeps. Half as much of both is half the bundle.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Features.
    pub features: usize,
    /// Weights for `protected` and for the topics, all together.
    pub others: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            features: 40_000,
            others: 80_000,
        }
    }
}

/// What a stranger's post counts beside an example where it is asked which weights matter.
const STRANGERS_SHARE: f32 = 0.3;

/// A model of trained weights.
#[must_use]
pub fn model(
    corpus: &Corpus,
    trained: &Trained,
    calibrated: &[calibrate::Head],
    size: Size,
) -> ModelData {
    let heads = corpus.heads();
    let slope = |head: usize| calibrated.get(head).map_or(1.0, |head| head.slope);
    let weight = |feature: usize, head: usize| {
        let weight = trained.weights.get(feature * STRIDE + head).copied();
        weight.unwrap_or_default() * slope(head)
    };
    // What a weight matters: how loud it is, and how many drafts hear it. Strangers are no measure of
    // it: what they say is not what is looked for.
    let mut seen = vec![0.0_f32; corpus.hashes.len()];
    for row in &corpus.rows {
        let share = if row.author.is_some() {
            1.0
        } else {
            STRANGERS_SHARE
        };
        for feature in &row.features {
            if let Some(count) = seen.get_mut(*feature as usize) {
                *count += share;
            }
        }
    }
    let matters = |feature: usize, head: usize| {
        weight(feature, head).abs() * seen.get(feature).copied().unwrap_or(0.0).sqrt()
    };
    let mut kept = strongest(
        (0..corpus.hashes.len()).map(|feature| (matters(feature, 0), feature)),
        size.features,
    );
    kept.sort_unstable();
    let mut others = strongest(
        (0..kept.len())
            .flat_map(|place| (1..heads).map(move |head| (place, head)))
            .map(|(place, head)| {
                let feature = kept.get(place).copied().unwrap_or(0);
                (matters(feature, head), place * STRIDE + head)
            }),
        size.others,
    );
    others.sort_unstable();

    let steps: Vec<f32> = (0..heads)
        .map(|head| step(kept.iter().map(|feature| weight(*feature, head))))
        .collect();
    let whole = |feature: usize, head: usize| {
        let step = steps.get(head).copied().unwrap_or(1.0);
        let weight = weight(feature, head);
        let most = f32::from(MOST_LEVEL);
        let level = libm::roundf((weight.abs() / step).sqrt()).min(most);
        #[expect(clippy::cast_possible_truncation, reason = "at most 31")]
        let level = libm::copysignf(level, weight) as i8;
        level
    };
    let mut weights = Weights {
        careful: kept
            .iter()
            .filter_map(|feature| Some((*corpus.hashes.get(*feature)?, whole(*feature, 0))))
            .collect(),
        others: vec![Vec::new(); heads - 1],
    };
    for other in others {
        let (place, head) = (other / STRIDE, other % STRIDE);
        let own = kept.get(place).map_or(0, |feature| whole(*feature, head));
        if own != 0
            && let (Ok(place), Some(list)) =
                (u32::try_from(place), weights.others.get_mut(head - 1))
        {
            list.push((place, own));
        }
    }
    let names = [CAREFUL, PROTECTED]
        .into_iter()
        .chain(corpus.topics.iter().map(|topic| topic.as_str()));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "thousandths of small numbers"
    )]
    let told = names
        .enumerate()
        .filter_map(|(at, name)| {
            let own = calibrated.get(at)?;
            let thousandths = |value: f32| libm::roundf(value.clamp(-1e5, 1e5) * 1e3) as i32;
            Some(Head {
                name: name.to_owned(),
                bias: thousandths(trained.bias.get(at)? * own.slope + own.shift),
                step: libm::roundf(steps.get(at)? * 1e6) as u32,
                likely: thousandths(own.likely),
                sure: thousandths(own.sure),
                weights: String::new(),
            })
        })
        .collect();
    debug_assert!(heads >= BEFORE_TOPICS);
    ModelData::new(told, &weights)
}

/// The things that matter most.
fn strongest(all: impl Iterator<Item = (f32, usize)>, most: usize) -> Vec<usize> {
    let mut all: Vec<(f32, usize)> = all.filter(|(matters, _)| *matters > 0.0).collect();
    all.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
    all.truncate(most);
    all.into_iter().map(|(_, thing)| thing).collect()
}

/// What one step is worth where the largest weight has the highest level.
fn step(weights: impl Iterator<Item = f32>) -> f32 {
    let largest = weights.map(f32::abs).fold(0.0, f32::max);
    largest.max(1e-3) / (f32::from(MOST_LEVEL) * f32::from(MOST_LEVEL))
}
