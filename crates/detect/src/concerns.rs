//! What a turn is about, as a direction: turns that put the same concern in other
//! words point the same way.
//!
//! A table gives each hashed feature a vector; a turn's direction is that of their
//! sum. It was learned so that questions of one intent, of many domains, come
//! together (`models/concerns.md`). The table knows what its domains talk about;
//! elsewhere the likeness of words has to do (`sketch.rs` joins both).

pub mod learn;

use std::sync::LazyLock;

use crate::features::{Feature, Features, Places};
use crate::table::{Bytes, ModelError, Row, summed};

/// The table that ships.
const BUILTIN: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/concerns.bin"
));
/// What a file of concerns begins with: its kind and the version of its form.
const MAGIC: [u8; 4] = *b"SGC1";
/// How many numbers a direction has.
pub(crate) const DIMENSIONS: usize = 48;

/// A direction of length 127, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Concern([i8; DIMENSIONS]);

impl Default for Concern {
    fn default() -> Self {
        Self([0; DIMENSIONS])
    }
}

impl Concern {
    /// What a turn is about.
    pub fn of(features: &Features) -> Self {
        SHIPPED
            .as_ref()
            .map(|table| table.concern(features))
            .unwrap_or_default()
    }

    /// Its numbers.
    pub const fn values(&self) -> &[i8; DIMENSIONS] {
        &self.0
    }

    /// Cosine of two directions, −1 to 1; 0 where one is nothing.
    pub fn cosine(&self, other: &Self) -> f32 {
        /// The product of two directions that are the same.
        const FULL: f32 = 127.0 * 127.0;
        let products = self.0.iter().zip(&other.0);
        let sum: i32 = products
            .map(|(mine, theirs)| i32::from(*mine) * i32::from(*theirs))
            .sum();
        sum as f32 / FULL
    }
}

/// Vectors of features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Where a feature has its row.
    places: Places,
    /// Their vectors, all in the same unit.
    rows: Vec<Direction>,
}

/// Where a feature points, times its rarity, and its rarity: as wide as a cache line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
struct Direction {
    values: [i8; DIMENSIONS],
    rarity: u8,
}

impl Row<DIMENSIONS> for Direction {
    fn values(&self) -> &[i8; DIMENSIONS] {
        &self.values
    }

    fn rarity(&self) -> u8 {
        self.rarity
    }
}

/// Whether something is negated makes no other concern of it.
const fn places(bits: u32) -> Places {
    Places {
        bits,
        is_plain: true,
    }
}

static SHIPPED: LazyLock<Option<Table>> = LazyLock::new(|| Table::read(BUILTIN).ok());

impl Table {
    fn concern(&self, features: &Features) -> Concern {
        let mut sum = [0.0_f32; DIMENSIONS];
        for block in [&features.words, &features.pieces] {
            self.add(block, &mut sum);
        }
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length == 0.0 {
            return Concern::default();
        }
        Concern(sum.map(|value| (value / length * 127.0).round() as i8))
    }

    /// Adds a block of features, weighed by its length.
    fn add(&self, block: &[Feature], sum: &mut [f32; DIMENSIONS]) {
        let (whole, length) = summed(block, self.places, &self.rows);
        if length > 0.0 {
            for (sum, value) in sum.iter_mut().zip(whole) {
                *sum += value as f32 / length;
            }
        }
    }

    fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut bytes = Bytes(bytes);
        if bytes.array::<4>()? != MAGIC {
            return Err(ModelError::Unknown);
        }
        let [bits, dimensions, ..] = bytes.array::<4>()?;
        if !(8..=22).contains(&bits) || usize::from(dimensions) != DIMENSIONS {
            return Err(ModelError::Damaged);
        }
        let count = 1_usize << bits;
        let rarity = bytes.take(count)?;
        let body = bytes.take(count * DIMENSIONS)?;
        if !bytes.0.is_empty() {
            return Err(ModelError::Damaged);
        }
        let direction = |(row, rarity): (&[u8], &u8)| {
            let mut values = [0_i8; DIMENSIONS];
            for (value, byte) in values.iter_mut().zip(row) {
                *value = byte.cast_signed();
            }
            Direction {
                values,
                rarity: *rarity,
            }
        };
        let vectors = body.chunks_exact(DIMENSIONS).zip(rarity);
        Ok(Self {
            places: places(u32::from(bits)),
            rows: vectors.map(direction).collect(),
        })
    }

    fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let small = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        out.extend([small(self.places.bits as usize), small(DIMENSIONS), 0, 0]);
        out.extend(self.rows.iter().map(Row::rarity));
        for row in &self.rows {
            out.extend(row.values.iter().map(|value| value.cast_unsigned()));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_ships_is_read_and_written_alike() {
        assert_eq!(Table::read(BUILTIN).unwrap().write(), BUILTIN);
    }

    #[test]
    fn a_damaged_file_is_no_table() {
        let full = BUILTIN.len();
        for length in [0, 3, 7, 8, full / 2, full - 1] {
            assert!(Table::read(&BUILTIN[..length]).is_err(), "{length}");
        }
        assert_eq!(
            Table::read(&[BUILTIN, &[0]].concat()),
            Err(ModelError::Damaged)
        );
    }

    #[test]
    fn nothing_points_nowhere() {
        assert_eq!(Concern::default().cosine(&Concern::default()), 0.0);
        assert_eq!(Concern::of(&Features::default()), Concern::default());
    }
}
