//! Weights from rows: logistic regression, one head beside the other.
//!
//! AdaGrad over the rows in an order that each row's own words decide, so that further examples
//! disturb it as little as can be; all heads of a feature at once (they stand side by side in
//! memory). Plain `f32` additions in one order, and a logarithm of our
//! own choice: the same bytes on every machine, in the browser as well.

use crate::corpus::{BEFORE_TOPICS, Corpus};

/// How it is learnt.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How often every row is looked at.
    pub rounds: usize,
    /// The length of a step.
    pub rate: f32,
    /// The same for the heads of the topics, which have fewer drafts to learn from.
    pub topic_rate: f32,
    /// How strongly weights are held near zero.
    pub decay: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rounds: 12,
            rate: 0.5,
            topic_rate: 1.0,
            decay: 0.04,
        }
    }
}

/// Room for the weights of one feature: all heads, in whole vectors of the machine.
pub const STRIDE: usize = 24;

/// Weights of every feature for every head.
#[derive(Debug, Clone)]
pub struct Trained {
    /// [`STRIDE`] for each feature.
    pub weights: Vec<f32>,
    /// One for each head.
    pub bias: [f32; STRIDE],
}

impl Trained {
    /// The sums of a row, one for each head.
    #[must_use]
    pub fn sums(&self, features: &[u32], value: f32) -> [f32; STRIDE] {
        let mut sums = [0.0; STRIDE];
        for &feature in features {
            let at = feature as usize * STRIDE;
            if let Some(own) = self.weights.get(at..at + STRIDE) {
                for (sum, weight) in sums.iter_mut().zip(own) {
                    *sum += weight;
                }
            }
        }
        for (sum, bias) in sums.iter_mut().zip(&self.bias) {
            *sum = *sum * value + bias;
        }
        sums
    }
}

/// 1 / (1 + e^-x), the same everywhere.
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-x))
}

/// Learns from the rows that `uses` picks.
#[must_use]
pub fn train(corpus: &Corpus, settings: Settings, uses: &dyn Fn(usize) -> bool) -> Trained {
    let features = corpus.hashes.len();
    let mut order: Vec<usize> = (0..corpus.rows.len()).filter(|at| uses(*at)).collect();
    let mut seen = vec![0.0_f32; features];
    for at in &order {
        for feature in corpus.rows.get(*at).iter().flat_map(|row| &row.features) {
            if let Some(count) = seen.get_mut(*feature as usize) {
                *count += 1.0;
            }
        }
    }
    // Held near zero as a whole, however often a feature is looked at in a round.
    let hold: Vec<f32> = seen
        .iter()
        .map(|count| settings.decay / count.max(1.0))
        .collect();
    let mut weights = vec![0.0_f32; features * STRIDE];
    let mut squares = vec![1e-3_f32; features * STRIDE];
    let mut bias = [0.0_f32; STRIDE];
    let mut bias_squares = [1e-3_f32; STRIDE];
    let heads = corpus.heads();
    let mut rates = [settings.topic_rate; STRIDE];
    rates[..BEFORE_TOPICS].fill(settings.rate);
    for round in 1..=settings.rounds as u64 {
        let turn = round.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        order.sort_by_key(|at| {
            let key = corpus.rows.get(*at).map_or(0, |row| row.key);
            (mixed(key ^ turn), *at)
        });
        for row in order.iter().filter_map(|at| corpus.rows.get(*at)) {
            let mut sums = [0.0_f32; STRIDE];
            for &feature in &row.features {
                let at = feature as usize * STRIDE;
                if let Some(own) = weights.get(at..at + STRIDE) {
                    for (sum, weight) in sums.iter_mut().zip(own) {
                        *sum += weight;
                    }
                }
            }
            let mut slopes = [0.0_f32; STRIDE];
            for (head, ((slope, sum), bias)) in slopes.iter_mut().zip(&sums).zip(&bias).enumerate()
            {
                if head < heads {
                    let wanted = if row.positive >> head & 1 == 1 {
                        1.0
                    } else {
                        0.0
                    };
                    *slope = (sigmoid(sum * row.value + bias) - wanted) * row.weight;
                }
            }
            for (((bias, square), slope), rate) in bias
                .iter_mut()
                .zip(&mut bias_squares)
                .zip(&slopes)
                .zip(&rates)
            {
                *square += slope * slope;
                *bias -= rate * slope / square.sqrt();
            }
            for slope in &mut slopes {
                *slope *= row.value;
            }
            for &feature in &row.features {
                let at = feature as usize * STRIDE;
                let hold = hold.get(feature as usize).copied().unwrap_or(0.0);
                let (Some(own), Some(squares)) = (
                    weights.get_mut(at..at + STRIDE),
                    squares.get_mut(at..at + STRIDE),
                ) else {
                    continue;
                };
                for (((weight, square), slope), rate) in
                    own.iter_mut().zip(squares).zip(&slopes).zip(&rates)
                {
                    let slope = slope + hold * *weight;
                    *square += slope * slope;
                    *weight -= rate * slope / square.sqrt();
                }
            }
        }
    }
    Trained { weights, bias }
}

/// Mixes the bits of a number (the last step of SplitMix64): an order that looks like chance, is the
/// same everywhere, and in which a new row moves no other.
const fn mixed(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}
