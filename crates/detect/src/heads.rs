//! Trained heads: linear models over hashed words and pieces of words, one for
//! each target they speak for, joined with what the rules found.
//!
//! The weights lie in `models/heads.bin`, made by `segue train`; the card beside
//! it says from what. A head's margin and the rules' score are joined by a small
//! logistic regression that was fitted on rows, and on whole sources, which the
//! head had not seen: so the rules keep their say where the head knows nothing.

pub mod learn;

use std::sync::LazyLock;

use crate::builtin::Target;
use crate::features::{Feature, Features, Places, Seen};
use crate::table::{Bytes, ModelError, Row, carriers, summed};

/// The weights that ship.
const BUILTIN: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/heads.bin"
));
/// What a file of heads begins with: its kind and the version of its form.
const MAGIC: [u8; 4] = *b"SGH1";
/// How many heads there is room for.
pub(crate) const WIDTH: usize = 15;

/// What joins a head's margin `m` with the score `r` of the rules: the logistic
/// function of `bias + margin·m + rules·r`, and of `info` in a question for
/// information; but where the rules are sure, what they say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Joint {
    /// Where nothing speaks.
    pub bias: f32,
    /// Weight of the head's margin.
    pub margin: f32,
    /// Weight of the rules' score, 0–1.
    pub rules: f32,
    /// Weight of a question for information in the turn.
    pub info: f32,
    /// From which score on the rules stand against the head.
    pub stands_from: f32,
}

impl Joint {
    /// The probability that the target is meant.
    pub fn probability(&self, margin: f32, rules: f32, is_info: bool) -> f32 {
        let info = if is_info { self.info } else { 0.0 };
        let sum = self.bias + self.margin * margin + self.rules * rules + info;
        let joined = 1.0 / (1.0 + (-sum).exp());
        if rules >= self.stands_from {
            joined.max(rules)
        } else {
            joined
        }
    }
}

/// One head.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    /// What it speaks for.
    pub target: Target,
    /// What one step of its weights is.
    pub step: f32,
    /// Its margin where no feature speaks.
    pub bias: f32,
    /// How it is joined with the rules.
    pub joint: Joint,
    /// Which words it has seen.
    pub seen: Seen,
}

/// From which score on a head is sure: it is then believed where something else, which
/// is right more often than not, speaks against it.
pub(crate) const SURE_MIN: f32 = 0.75;
/// From which score on it is believed where what it goes by is asked about or negated:
/// "I don't know how to cancel".
pub(crate) const AGAINST_MIN: f32 = 0.9;
/// Which share of a turn's words a head must have seen to say anything against the
/// rules: below it the turn is likely in a language the head has not learned.
const SEEN_SHARE_MIN: f32 = 0.7;

impl Head {
    /// The score of its target: its own margin joined with the score of the rules. In a
    /// question for information it must be very sure to say more than the rules, which
    /// know what is asked for.
    pub fn score(&self, margin: f32, features: &Features, rules: f32, is_info: bool) -> f32 {
        let joined = self.joint.probability(margin, rules, is_info);
        if is_info && joined < AGAINST_MIN {
            joined.min(rules)
        } else if self.seen.has_most(features, SEEN_SHARE_MIN) {
            joined
        } else {
            joined.max(rules)
        }
    }
}

/// The heads of one file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heads {
    /// In the order of the columns.
    pub list: Vec<Head>,
    /// How many bits the number of a feature has.
    pub bits: u32,
    /// One row for each feature.
    pub rows: Vec<Weights>,
}

/// The weights of one feature, a column for each head, and its rarity in the last: a
/// quarter of a cache line, which is summed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weights([i8; WIDTH + 1]);

impl Weights {
    /// Joins both; weights beyond the room there is are left out.
    pub fn new(weights: impl IntoIterator<Item = i8>, rarity: u8) -> Self {
        let mut row = [0; WIDTH + 1];
        if let Some((last, columns)) = row.split_last_mut() {
            *last = rarity.cast_signed();
            columns
                .iter_mut()
                .zip(weights)
                .for_each(|(slot, weight)| *slot = weight);
        }
        Self(row)
    }

    const fn columns(&self) -> &[i8] {
        self.0.split_at(WIDTH).0
    }
}

impl Row<{ WIDTH + 1 }> for Weights {
    fn values(&self) -> &[i8; WIDTH + 1] {
        &self.0
    }

    fn rarity(&self) -> u8 {
        self.0.last().copied().unwrap_or(0).cast_unsigned()
    }
}

/// The one copy of the heads that ship; `None` if the file is damaged, which a
/// test rules out.
pub(crate) static SHIPPED: LazyLock<Option<Heads>> = LazyLock::new(|| Heads::read(BUILTIN).ok());

impl Heads {
    const fn places(&self) -> Places {
        Places {
            bits: self.bits,
            is_plain: false,
        }
    }

    /// The margins of all heads for a turn.
    pub fn margins(&self, features: &Features) -> [f32; WIDTH] {
        let mut values = [0.0; WIDTH];
        for block in features.blocks() {
            let sums = self.sums(block);
            for (value, sum) in values.iter_mut().zip(sums) {
                *value += sum;
            }
        }
        for (value, head) in values.iter_mut().zip(&self.list) {
            *value = head.bias + *value * head.step;
        }
        values
    }

    /// The sum of a block's weights over its length.
    fn sums(&self, block: &[Feature]) -> [f32; WIDTH] {
        let (sums, length) = summed(block, self.places(), &self.rows);
        let mut margins = [0.0; WIDTH];
        if length > 0.0 {
            for (margin, sum) in margins.iter_mut().zip(sums) {
                *margin = sum as f32 / length;
            }
        }
        margins
    }

    /// The words that carried a head's margin: the run of neighbors whose
    /// features add up to most.
    pub fn carriers(
        &self,
        features: &Features,
        column: usize,
        words: usize,
    ) -> Option<(usize, usize)> {
        carriers(features, self.places(), &self.rows, column, words)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is none of a known form, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut bytes = Bytes(bytes);
        if bytes.array::<4>()? != MAGIC {
            return Err(ModelError::Unknown);
        }
        let [bits, count, ..] = bytes.array::<4>()?;
        if !(8..=22).contains(&bits) || usize::from(count) > WIDTH {
            return Err(ModelError::Damaged);
        }
        let list = (0..count)
            .map(|_| bytes.head())
            .collect::<Result<Vec<_>, _>>()?;
        let count = 1_usize << bits;
        let rarity = bytes.take(count)?;
        let columns = list.len();
        let body = bytes.take(count * columns)?;
        if !bytes.0.is_empty() {
            return Err(ModelError::Damaged);
        }
        let weights = body.chunks_exact(columns.max(1)).zip(rarity);
        let row = |(stored, rarity): (&[u8], &u8)| {
            Weights::new(stored.iter().map(|byte| byte.cast_signed()), *rarity)
        };
        Ok(Self {
            list,
            bits: u32::from(bits),
            rows: weights.map(row).collect(),
        })
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let columns = self.list.len();
        let small = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        out.extend([small(self.bits as usize), small(columns), 0, 0]);
        for head in &self.list {
            let name = head.target.name();
            out.push(small(name.len()));
            out.extend(name.as_bytes());
            let joint = head.joint;
            for value in [
                head.step,
                head.bias,
                joint.bias,
                joint.margin,
                joint.rules,
                joint.info,
                joint.stands_from,
            ] {
                out.extend(value.to_le_bytes());
            }
            out.extend(head.seen.bytes());
        }
        out.extend(self.rows.iter().map(Row::rarity));
        for row in &self.rows {
            let weights = row.columns().iter().take(columns);
            out.extend(weights.map(|weight| weight.cast_unsigned()));
        }
        out
    }
}

impl Bytes<'_> {
    fn head(&mut self) -> Result<Head, ModelError> {
        let [length] = self.array()?;
        let name = self.take(usize::from(length))?;
        let mut targets = Target::ALL.iter();
        let target = targets.find(|target| target.name().as_bytes() == name);
        Ok(Head {
            target: *target.ok_or(ModelError::Damaged)?,
            step: self.number()?,
            bias: self.number()?,
            joint: Joint {
                bias: self.number()?,
                margin: self.number()?,
                rules: self.number()?,
                info: self.number()?,
                stands_from: self.number()?,
            },
            seen: Seen::read(self)?,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_ships_is_read_and_written_alike() {
        let heads = Heads::read(BUILTIN).unwrap();
        assert_eq!(heads.write(), BUILTIN);
    }

    #[test]
    fn a_damaged_file_is_no_model() {
        let full = BUILTIN.len();
        for length in [0, 3, 7, 8, 40, full / 2, full - 1] {
            assert!(Heads::read(&BUILTIN[..length]).is_err(), "{length}");
        }
        let longer = [BUILTIN, &[0]].concat();
        assert_eq!(Heads::read(&longer), Err(ModelError::Damaged));
        let mut other = BUILTIN.to_vec();
        other[0] = b'X';
        assert_eq!(Heads::read(&other), Err(ModelError::Unknown));
        // The number of bits, then the first head's step: no number.
        other[0] = BUILTIN[0];
        other[4] = 60;
        assert_eq!(Heads::read(&other), Err(ModelError::Damaged));
        let mut broken = BUILTIN.to_vec();
        let step = 9 + usize::from(BUILTIN[8]);
        broken[step..step + 4].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Heads::read(&broken), Err(ModelError::Damaged));
    }
}
