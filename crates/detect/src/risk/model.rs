//! The weights: two text models over hashed words, one for the risk and one for
//! complexity, and the weights of a conversation's context.

use std::sync::LazyLock;

use super::course::{FIELDS, WIDTH};
use crate::features::{Feature, Places};
use crate::table::{Bytes, ModelError, Row, summed};

/// The weights that ship.
const BUILTIN: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/risk.bin"
));
/// What the file begins with: its kind and the version of its form.
const MAGIC: [u8; 4] = *b"SGR1";
/// How many text models there are.
pub(super) const TEXTS: usize = 2;
/// Bits of a feature's number.
pub(super) const PLACES: Places = Places {
    bits: 16,
    is_plain: false,
};
/// What a conversation's words are measured against besides themselves, so that a
/// few of them say little: the square of the length of about ten features.
pub(super) const LENGTH_FROM: f32 = 300.0;

/// What the words of some turns add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextSums {
    /// The sum of the weights of each model, in its steps.
    sums: [f32; TEXTS],
    /// The square of the length.
    square: f32,
}

impl TextSums {
    /// The sums of one turn more.
    pub fn add(&mut self, other: Self) {
        for (sum, value) in self.sums.iter_mut().zip(other.sums) {
            *sum += value;
        }
        self.square += other.square;
    }
}

/// A linear model over words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Text {
    /// What one step of its weights is.
    pub step: f32,
    /// What it says where no word speaks.
    pub bias: f32,
}

/// All weights.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    /// The risk's words, then those of complexity.
    pub texts: [Text; TEXTS],
    /// Weights of the context.
    pub context: [f32; WIDTH],
    /// One row for each feature.
    pub rows: Vec<Weights>,
}

/// The weights of one feature, a column for each text model, and how much it says, in
/// steps of [`crate::table::RARITY_STEP`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Weights {
    pub columns: [i8; TEXTS],
    pub rarity: u8,
}

impl Row<TEXTS> for Weights {
    fn values(&self) -> &[i8; TEXTS] {
        &self.columns
    }

    fn rarity(&self) -> u8 {
        self.rarity
    }
}

/// The one copy of the model that ships; `None` if the file is damaged, which a
/// test rules out.
pub(crate) static SHIPPED: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(BUILTIN).ok());

impl Model {
    /// What the words of a turn add up to.
    pub fn sums(&self, words: &[Feature]) -> TextSums {
        let (sums, length) = summed(words, PLACES, &self.rows);
        TextSums {
            sums: sums.map(|sum| sum as f32),
            square: length * length,
        }
    }

    /// What the customer's words so far say of the risk.
    pub fn margin(&self, text: &TextSums) -> f32 {
        let [of_risk, _] = self.texts;
        let [sum, _] = text.sums;
        of_risk.bias + sum * of_risk.step / (text.square + LENGTH_FROM).sqrt()
    }

    /// How many standard deviations more actions than usual the words of a turn ask for.
    pub fn actions(&self, text: &TextSums) -> f32 {
        let [_, of_actions] = self.texts;
        let [_, sum] = text.sums;
        of_actions.bias + sum * of_actions.step / (text.square + LENGTH_FROM).sqrt()
    }

    /// The risk of a context.
    pub fn risk(&self, context: &[f32; WIDTH]) -> f64 {
        let products = context.iter().zip(&self.context);
        let odds: f64 = products
            .map(|(value, weight)| f64::from(*value) * f64::from(*weight))
            .sum();
        1.0 / (1.0 + (-odds).exp())
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
        let [bits, texts, width, _] = bytes.array::<4>()?.map(usize::from);
        if bits != PLACES.bits as usize || texts != TEXTS || width != WIDTH {
            return Err(ModelError::Damaged);
        }
        let mut texts = [Text::default(); TEXTS];
        for text in &mut texts {
            text.step = bytes.number()?;
            text.bias = bytes.number()?;
        }
        let mut context = [0.0; WIDTH];
        for weight in &mut context {
            *weight = bytes.number()?;
        }
        let count = 1_usize << PLACES.bits;
        let rarity = bytes.take(count)?;
        let body = bytes.take(count * TEXTS)?;
        if !bytes.0.is_empty() {
            return Err(ModelError::Damaged);
        }
        let row = |(stored, rarity): (&[u8], &u8)| {
            let mut columns = [0_i8; TEXTS];
            for (weight, byte) in columns.iter_mut().zip(stored) {
                *weight = byte.cast_signed();
            }
            Weights {
                columns,
                rarity: *rarity,
            }
        };
        Ok(Self {
            texts,
            context,
            rows: body.chunks_exact(TEXTS).zip(rarity).map(row).collect(),
        })
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let small = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        let mut out = MAGIC.to_vec();
        out.extend([small(PLACES.bits as usize), small(TEXTS), small(WIDTH), 0]);
        let texts = self.texts.iter().flat_map(|text| [text.step, text.bias]);
        for value in texts.chain(self.context) {
            out.extend(value.to_le_bytes());
        }
        out.extend(self.rows.iter().map(Row::rarity));
        let weights = self.rows.iter().flat_map(|row| row.columns);
        out.extend(weights.map(|weight| weight.cast_unsigned()));
        out
    }

    /// The weights of the context by name, for reading.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        FIELDS
            .iter()
            .zip(self.context)
            .map(|(field, weight)| (field.name, weight))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_ships_is_read_and_written_alike() {
        let model = Model::read(BUILTIN).unwrap();
        assert_eq!(model.write(), BUILTIN);
    }

    #[test]
    fn a_damaged_file_is_no_model() {
        let full = BUILTIN.len();
        for length in [0, 3, 7, 8, 40, full / 2, full - 1] {
            assert!(Model::read(&BUILTIN[..length]).is_err(), "{length}");
        }
        let longer = [BUILTIN, &[0]].concat();
        assert_eq!(Model::read(&longer), Err(ModelError::Damaged));
        let mut other = BUILTIN.to_vec();
        other[0] = b'X';
        assert_eq!(Model::read(&other), Err(ModelError::Unknown));
        // The number of bits, then the first step: no number.
        other[0] = BUILTIN[0];
        other[4] = 60;
        assert_eq!(Model::read(&other), Err(ModelError::Damaged));
        let mut broken = BUILTIN.to_vec();
        broken[8..12].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Model::read(&broken), Err(ModelError::Damaged));
    }
}
