//! A model as it travels in a bundle.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CAREFUL, PROTECTED, VERSION};

/// The most features that a model may have.
pub const MOST_FEATURES: usize = 400_000;
/// The most heads.
pub const MOST_HEADS: usize = 64;

/// A model. Whole numbers alone, so that it is the same everywhere; and texts of one sign for each
/// number, which gzip makes as small as they are.
///
/// The signs are base64's: a weight has a level from -31 to 31, whose sign is that of the level and
/// 31 added up; it is worth as many steps as the square of its level, since there are many small
/// weights and few large ones. A distance is base64 VLQ without a sign bit (five bits a sign, the lowest first, the sixth set
/// where more follows).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelData {
    /// The way in which its features are made, [`VERSION`].
    pub features: u32,
    /// The hashes of its features, in rising order: each one's distance from the one before.
    pub hashes: String,
    /// The weights of all features for `careful`, one sign each.
    pub careful: String,
    /// Its heads: `careful`, `protected`, then topics.
    pub heads: Vec<Head>,
}

/// One thing that a model tells.
///
/// The sum for a draft is its bias, and the weights of its features divided by the square root of
/// the number of its steps: a long draft has more of everything. What a draft is careful with is
/// told by the sum of `careful`; that it is of a topic, by this sum and the topic's own together.
/// All sums are logits: 0 is as likely as not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// `careful`, `protected`, or a topic.
    pub name: String,
    /// What is added to the sum of the weights, in thousandths of a logit.
    pub bias: i32,
    /// What one step of its weights is worth, in millionths of a logit.
    pub step: u32,
    /// From this sum on it is likely, in thousandths of a logit.
    pub likely: i32,
    /// From this sum on it is sure.
    pub sure: i32,
    /// The features for which it has a weight (each one's distance from the one before, in the order
    /// of the hashes), each followed by the weight. Empty for `careful`, which has its own.
    pub weights: String,
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// Its features are made in another way.
    Version(u32),
    /// Its heads are not what they must be.
    Heads,
    /// The weights cannot be read, or there are too many.
    Weights,
}

impl fmt::Display for ModelError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(
                out,
                "the model is of version {version}, and this program reads version {VERSION}"
            ),
            Self::Heads => {
                out.write_str("the model's heads are not `careful`, `protected`, topics")
            }
            Self::Weights => out.write_str("the model's weights are damaged"),
        }
    }
}

impl ModelData {
    /// Whether its form is right, with its weights where it is.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Weights, ModelError> {
        if self.features != VERSION {
            return Err(ModelError::Version(self.features));
        }
        let mut names = self.heads.iter().map(|head| head.name.as_str());
        let known = names.next() == Some(CAREFUL)
            && names.next() == Some(PROTECTED)
            && names.all(|name| {
                crate::Topic::ALL
                    .into_iter()
                    .any(|topic| topic.as_str() == name)
            });
        if !known || self.heads.len() > MOST_HEADS {
            return Err(ModelError::Heads);
        }
        self.decode().ok_or(ModelError::Weights)
    }

    /// A model of weights, by head; features in rising order of their hashes.
    #[must_use]
    pub fn new(mut heads: Vec<Head>, weights: &Weights) -> Self {
        let mut hashes = String::new();
        let mut careful = String::new();
        let mut last = 0;
        for (hash, weight) in &weights.careful {
            distance(hash - last, &mut hashes);
            last = *hash;
            careful.push(level(*weight));
        }
        for (head, own) in heads.iter_mut().skip(1).zip(&weights.others) {
            let mut last = 0;
            head.weights.clear();
            for (feature, weight) in own {
                distance(feature - last, &mut head.weights);
                last = *feature;
                head.weights.push(level(*weight));
            }
        }
        Self {
            features: VERSION,
            hashes,
            careful,
            heads,
        }
    }

    fn decode(&self) -> Option<Weights> {
        let mut weights = Weights::default();
        let mut distances = Signs(self.hashes.bytes());
        let mut levels = Signs(self.careful.bytes());
        let mut last = 0_u32;
        while let Some(level) = levels.level()? {
            last = last.checked_add(distances.distance()??)?;
            if weights
                .careful
                .last()
                .is_some_and(|(hash, _)| *hash >= last)
            {
                return None;
            }
            weights.careful.push((last, level));
            if weights.careful.len() > MOST_FEATURES {
                return None;
            }
        }
        if distances.distance()?.is_some() {
            return None;
        }
        for head in self.heads.iter().skip(1) {
            let mut own = Vec::new();
            let mut signs = Signs(head.weights.bytes());
            let mut last = 0_u32;
            while let Some(distance) = signs.distance()? {
                last = last.checked_add(distance)?;
                if last as usize >= weights.careful.len()
                    || own.last().is_some_and(|(feature, _)| *feature >= last)
                {
                    return None;
                }
                own.push((last, signs.level()??));
            }
            weights.others.push(own);
        }
        Some(weights)
    }
}

/// The weights of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weights {
    /// The hash of each feature, in rising order, and the level of its weight for `careful`.
    pub careful: Vec<(u32, i8)>,
    /// For each further head: features, by their number in `careful`, in rising order, and levels.
    pub others: Vec<Vec<(u32, i8)>>,
}

/// The highest level that a weight can have.
pub const MOST_LEVEL: i8 = 31;

/// How many steps a weight of a level is worth.
#[must_use]
pub const fn steps(level: i8) -> i32 {
    let level = level as i32;
    level * level.abs()
}

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn sign(value: u32) -> char {
    char::from(SIGNS.get(value as usize & 63).copied().unwrap_or(b'A'))
}

fn level(weight: i8) -> char {
    let level = weight.clamp(-MOST_LEVEL, MOST_LEVEL) + MOST_LEVEL;
    sign(u32::from(level.unsigned_abs()))
}

fn distance(mut value: u32, out: &mut String) {
    while value >= 32 {
        out.push(sign(value & 31 | 32));
        value >>= 5;
    }
    out.push(sign(value));
}

/// Reads signs. `None` where there is what should not be; `Some(None)` at the end.
struct Signs<'a>(std::str::Bytes<'a>);

impl Signs<'_> {
    fn next(&mut self) -> Option<Option<u32>> {
        let Some(byte) = self.0.next() else {
            return Some(None);
        };
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        Some(Some(u32::from(value)))
    }

    fn level(&mut self) -> Option<Option<i8>> {
        let Some(value) = self.next()? else {
            return Some(None);
        };
        let level = i8::try_from(value).ok()? - MOST_LEVEL;
        (level <= MOST_LEVEL).then_some(Some(level))
    }

    fn distance(&mut self) -> Option<Option<u32>> {
        let Some(mut sign) = self.next()? else {
            return Some(None);
        };
        let (mut value, mut shift) = (sign & 31, 5);
        while sign & 32 != 0 {
            sign = self.next()??;
            // A whole number of 32 bits, and not one bit more.
            if shift > 30 || (sign & 31) > (u32::MAX >> shift) {
                return None;
            }
            value |= (sign & 31) << shift;
            shift += 5;
        }
        Some(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(name: &str) -> Head {
        Head {
            name: name.to_owned(),
            bias: 0,
            step: 1000,
            likely: 0,
            sure: 0,
            weights: String::new(),
        }
    }

    fn sample() -> (ModelData, Weights) {
        let weights = Weights {
            careful: vec![(0, -31), (7, 0), (1 << 24, 31), (u32::MAX, 3)],
            others: vec![vec![(0, 1), (3, -2)], Vec::new()],
        };
        let heads = vec![head(CAREFUL), head(PROTECTED), head("meeting")];
        (ModelData::new(heads, &weights), weights)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (data, weights) = sample();
        assert_eq!(data.read(), Ok(weights));
    }

    #[test]
    fn a_damaged_or_foreign_model_is_refused() {
        type Damage = (&'static str, fn(&mut ModelData), ModelError);
        let damage: [Damage; 8] = [
            ("version", |data| data.features = 0, ModelError::Version(0)),
            (
                "order of heads",
                |data| data.heads.swap(0, 1),
                ModelError::Heads,
            ),
            (
                "unknown topic",
                |data| data.heads[2].name = "weather".into(),
                ModelError::Heads,
            ),
            (
                "a sign",
                |data| data.careful = "!".into(),
                ModelError::Weights,
            ),
            (
                "a weight too few",
                |data| {
                    data.careful.pop();
                },
                ModelError::Weights,
            ),
            (
                "a hash too few",
                |data| {
                    data.hashes.pop();
                },
                ModelError::Weights,
            ),
            (
                "a feature that is not there",
                |data| data.heads[1].weights = "EA".into(),
                ModelError::Weights,
            ),
            (
                "the same feature twice",
                |data| data.heads[1].weights = "AAAA".into(),
                ModelError::Weights,
            ),
        ];
        for (what, damage, error) in damage {
            let (mut data, _) = sample();
            damage(&mut data);
            assert_eq!(data.read(), Err(error), "{what}");
        }
    }
}
