//! From sums to probabilities, and where to speak: by the sums of authors who were left out.

use tacto_core::model::with_topic;

use crate::corpus::{BEFORE_TOPICS, Corpus};
use crate::measure::Measured;
use crate::train::{STRIDE, sigmoid};

/// Near misses may be mentioned this often.
const NEAR_LIKELY: f32 = 0.14;
/// Near misses may be warned of this often.
const NEAR_SURE: f32 = 0.027;
/// Protected speech is taken for what it is so often that of the drafts to be careful with no more
/// than this share is taken for it.
const CAREFUL_TAKEN_FOR_PROTECTED: f32 = 0.05;
/// A further topic is named where it is as likely as this.
const FURTHER_LIKELY: f32 = 0.4;
const FURTHER_SURE: f32 = 0.75;

/// How sums become logits that mean what they say, and from which on something is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Head {
    /// What a sum is multiplied with.
    pub slope: f32,
    /// What is added then.
    pub shift: f32,
    /// Likely from here on.
    pub likely: f32,
    /// Sure from here on.
    pub sure: f32,
}

/// A head for each of the corpus, from the examples that `uses` picks.
#[must_use]
pub fn calibrate(corpus: &Corpus, measured: &Measured, uses: &dyn Fn(usize) -> bool) -> Vec<Head> {
    let rows: Vec<(&crate::Row, &[f32; STRIDE])> = corpus
        .rows
        .iter()
        .filter(|row| row.author.is_some())
        .zip(&measured.sums)
        .enumerate()
        .filter(|(at, _)| uses(*at))
        .map(|(_, row)| row)
        .collect();
    let is_careful = |row: &crate::Row| row.positive & 1 == 1;
    // Drafts to be careful with, and what they must be told from: the drafts that come close.
    let close: Vec<(&crate::Row, &[f32; STRIDE])> = rows
        .iter()
        .filter(|(row, _)| is_careful(row) || row.near)
        .copied()
        .collect();

    let pairs: Vec<(f32, bool)> = close
        .iter()
        .map(|(row, sums)| (sums[0], is_careful(row)))
        .collect();
    let (slope, shift) = logistic(&pairs);
    let mut heads = vec![Head {
        slope,
        shift,
        ..Head::default()
    }];

    let pairs: Vec<(f32, bool)> = rows
        .iter()
        .map(|(row, sums)| (sums[1], row.positive & 0b10 != 0))
        .collect();
    let (slope, shift) = logistic(&pairs);
    let mut taken: Vec<f32> = rows
        .iter()
        .filter(|(row, _)| is_careful(row))
        .map(|(_, sums)| sums[1] * slope + shift)
        .collect();
    let likely = exceeded_by(&mut taken, CAREFUL_TAKEN_FOR_PROTECTED).unwrap_or(f32::MAX);
    heads.push(Head {
        slope,
        shift,
        likely,
        sure: likely.max(2.0),
    });

    // A topic's own sum, added to that of `careful`.
    for at in 0..corpus.topics.len() {
        let head = at + BEFORE_TOPICS;
        let pairs: Vec<(f32, f32, bool)> = close
            .iter()
            .map(|(row, sums)| {
                let sum = sums.get(head).copied().unwrap_or_default();
                (sums[0] * slope + shift, sum, row.positive >> head & 1 == 1)
            })
            .collect();
        let (slope, shift) = beside(&pairs);
        heads.push(Head {
            slope,
            shift,
            likely: logit(FURTHER_LIKELY),
            sure: logit(FURTHER_SURE),
        });
    }

    // And all of it once more: with the best topic's share it says more than it should.
    let pairs: Vec<(f32, bool)> = close
        .iter()
        .map(|(row, sums)| (careful(&heads, sums), is_careful(row)))
        .collect();
    let (slope, shift) = logistic(&pairs);
    for (at, head) in heads.iter_mut().enumerate().filter(|(at, _)| *at != 1) {
        head.slope *= slope;
        head.shift = head.shift * slope + if at == 0 { shift } else { 0.0 };
    }
    let mut near: Vec<f32> = rows
        .iter()
        .filter(|(row, _)| row.near)
        .map(|(_, sums)| careful(&heads, sums))
        .collect();
    let likely = exceeded_by(&mut near, NEAR_LIKELY).unwrap_or(f32::MAX);
    let sure = exceeded_by(&mut near, NEAR_SURE).unwrap_or(f32::MAX);
    if let Some(head) = heads.first_mut() {
        (head.likely, head.sure) = (likely, sure);
    }
    heads
}

/// The logit of a draft to be careful with.
#[must_use]
pub fn careful(heads: &[Head], sums: &[f32; STRIDE]) -> f32 {
    let mut logits = heads
        .iter()
        .zip(sums)
        .map(|(head, sum)| sum * head.slope + head.shift);
    let careful = logits.next().unwrap_or_default();
    let best = logits.skip(BEFORE_TOPICS - 1).fold(f32::MIN, f32::max);
    with_topic(careful, best)
}

fn logit(probability: f32) -> f32 {
    libm::logf(probability / (1.0 - probability))
}

/// The sum that so large a share of them exceeds; nothing where there are none.
#[must_use]
pub fn exceeded_by(sums: &mut [f32], share: f32) -> Option<f32> {
    sums.sort_by(f32::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let above = (sums.len() as f32 * share) as usize;
    sums.iter().rev().nth(above).copied()
}

/// Slope and shift with which a sum is a logit.
fn logistic(pairs: &[(f32, bool)]) -> (f32, f32) {
    let with: Vec<(f32, f32, bool)> = pairs.iter().map(|(sum, held)| (0.0, *sum, *held)).collect();
    beside(&with)
}

/// The same, beside what is added anyway: Newton's method, two unknowns.
fn beside(pairs: &[(f32, f32, bool)]) -> (f32, f32) {
    let (mut slope, mut shift) = (1.0_f64, 0.0_f64);
    for _ in 0..20 {
        // A little prior keeps the curvature away from nothing.
        let (mut g0, mut g1) = ((slope - 1.0) * 1e-3, shift * 1e-3);
        let (mut h00, mut h01, mut h11) = (1e-3, 0.0, 1e-3);
        for (given, sum, held) in pairs {
            let sum = f64::from(*sum);
            #[expect(clippy::cast_possible_truncation, reason = "a logit")]
            let p = f64::from(sigmoid(
                f64::from(*given).mul_add(1.0, slope * sum + shift) as f32
            ));
            let wanted = if *held { 1.0 } else { 0.0 };
            g0 += (p - wanted) * sum;
            g1 += p - wanted;
            let curve = (p * (1.0 - p)).max(1e-6);
            h00 += curve * sum * sum;
            h01 += curve * sum;
            h11 += curve;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < 1e-12 {
            break;
        }
        let (d0, d1) = (
            (h11 * g0 - h01 * g1) / determinant,
            (h00 * g1 - h01 * g0) / determinant,
        );
        slope -= d0.clamp(-1.0, 1.0);
        shift -= d1.clamp(-2.0, 2.0);
    }
    #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
    let found = (slope.max(0.05) as f32, shift as f32);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_becomes_the_logit_that_it_should_be() {
        // At sum 1 three of four hold, at -1 one of four.
        let pairs = [
            (1.0, true),
            (1.0, true),
            (1.0, true),
            (1.0, false),
            (-1.0, false),
            (-1.0, false),
            (-1.0, false),
            (-1.0, true),
        ]
        .repeat(50);
        let (slope, shift) = logistic(&pairs);
        assert!((slope - logit(0.75)).abs() < 0.01, "{slope}");
        assert!(shift.abs() < 0.01, "{shift}");
    }

    #[test]
    fn a_threshold_is_exceeded_by_its_share() {
        let mut sums: Vec<f32> = (0..100_u8).map(f32::from).collect();
        let threshold = exceeded_by(&mut sums, 0.12).unwrap_or_default();
        assert_eq!(sums.iter().filter(|sum| **sum > threshold).count(), 12);
    }
}
