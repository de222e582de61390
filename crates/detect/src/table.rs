//! Tables of bytes by hashed features: how they are summed at a turn, what a
//! feature counts when they are fitted, and how their files are read.

use crate::features::{Feature, Features, Places};

/// What one step of a rarity is: up to 25.5 in all.
pub(crate) const RARITY_STEP: f32 = 0.1;

/// How many rows are summed before a sum of bytes could leave 16 bits.
const ROWS_AT_ONCE: usize = 256;

/// What one feature says, and how rare it is, in steps of [`RARITY_STEP`]: beside each
/// other, so that a feature costs one look into memory.
pub(crate) trait Row<const N: usize> {
    /// What it says of each column, times its rarity.
    fn values(&self) -> &[i8; N];
    /// How rare it is.
    fn rarity(&self) -> u8;
}

/// The sum of the rows of a block's features, and the block's length: the root of
/// the sum of the squares of their rarity.
pub(crate) fn summed<const N: usize>(
    block: &[Feature],
    places: Places,
    rows: &[impl Row<N>],
) -> ([i32; N], f32) {
    let mut sums = [0_i32; N];
    let mut square = 0_u32;
    for chunk in block.chunks(ROWS_AT_ONCE) {
        let mut part = [0_i16; N];
        for feature in chunk {
            let Some(row) = rows.get(places.of(*feature)) else {
                continue;
            };
            let rarity = u32::from(row.rarity());
            square += rarity * rarity;
            for (sum, value) in part.iter_mut().zip(row.values()) {
                *sum += i16::from(*value);
            }
        }
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += i32::from(part);
        }
    }
    (sums, (square as f32).sqrt() * RARITY_STEP)
}

/// The words whose features speak most for a column: the run of neighbors that add up to
/// most, by its first and last. Words against the column part runs.
pub(crate) fn carriers<const N: usize>(
    features: &Features,
    places: Places,
    rows: &[impl Row<N>],
    column: usize,
    words: usize,
) -> Option<(usize, usize)> {
    let mut each = vec![0_i32; words];
    for feature in features.words.iter().chain(&features.pieces) {
        let row = rows.get(places.of(*feature));
        let value = row.and_then(|row| row.values().get(column));
        if let (Some(sum), Some(value)) = (each.get_mut(feature.token as usize), value) {
            *sum += i32::from(*value);
        }
    }
    best_run(&each)
}

/// The run of neighbors with the largest sum (Kadane).
fn best_run(each: &[i32]) -> Option<(usize, usize)> {
    let (mut best, mut best_sum) = (None, 0);
    let (mut from, mut sum) = (0, 0);
    for (at, value) in each.iter().enumerate() {
        if sum <= 0 {
            (from, sum) = (at, 0);
        }
        sum += value;
        if sum > best_sum {
            (best, best_sum) = (Some((from, at)), sum);
        }
    }
    best
}

/// How rare each feature is, in steps: `1 + ln((1 + n) / (1 + df))` (Spärck Jones 1972).
pub(crate) fn rarity<'a>(rows: impl Iterator<Item = &'a Features>, places: Places) -> Vec<u8> {
    let mut counts = vec![0_u32; 1 << places.bits];
    let mut total = 0_u32;
    for features in rows {
        total += 1;
        let all = features.blocks().into_iter().flatten();
        let mut found: Vec<usize> = all.map(|feature| places.of(*feature)).collect();
        found.sort_unstable();
        found.dedup();
        for at in found {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
    }
    let of = |count: &u32| {
        let rarity = 1.0 + ((1.0 + f64::from(total)) / (1.0 + f64::from(*count))).ln();
        // At most 255 steps: rarer than one in 10^10 is not met.
        (rarity / f64::from(RARITY_STEP)).round().clamp(1.0, 255.0) as u8
    };
    counts.iter().map(of).collect()
}

/// What each feature counts in a turn: its rarity over the length of its block.
pub(crate) fn values(features: &Features, rarity: &[u8], places: Places) -> Vec<(usize, f32)> {
    let mut values = Vec::with_capacity(features.blocks().map(<[_]>::len).iter().sum());
    for block in features.blocks() {
        let steps = |feature: &Feature| rarity.get(places.of(*feature)).copied().unwrap_or(0);
        let square: u32 = block.iter().map(|it| u32::from(steps(it)).pow(2)).sum();
        let length = (square as f32).sqrt();
        if length > 0.0 {
            let value = |it: &Feature| (places.of(*it), f32::from(steps(it)) / length);
            values.extend(block.iter().map(value));
        }
    }
    values
}

/// Why a file of a model cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ModelError {
    /// It is none, or of another form.
    #[error("this is no model of a known form")]
    Unknown,
    /// It ends too early, or goes on.
    #[error("the model is cut off or damaged")]
    Damaged,
}

/// What is left to read of a file.
pub(crate) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ModelError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    /// As many bytes as are asked for.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)?.try_into().map_err(|_| ModelError::Damaged)
    }

    /// A number that is one.
    pub fn number(&mut self) -> Result<f32, ModelError> {
        let value = f32::from_le_bytes(self.array()?);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(ModelError::Damaged)
        }
    }
}
