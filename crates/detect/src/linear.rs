//! Linear models over hashed features, for any number of columns: how they are
//! fitted, and how their weights become bytes.

use crate::dice::Dice;
use crate::table::RARITY_STEP;

/// How often the rows are gone through.
const EPOCHS: u32 = 10;
/// The size of a first step.
const RATE: f32 = 0.5;
/// How far a weight is drawn back to nothing with each row it takes part in, where rows
/// are many beside what they show.
pub(crate) const DECAY: f32 = 1e-6;
/// What the squares of the steps begin with, so that the first step is bounded.
const SQUARES: f32 = 1e-4;
/// Share of the largest weights that are cut when weights become bytes.
const CUT_SHARE: f64 = 0.000_02;

/// A row as numbers.
pub(crate) struct Example<const N: usize> {
    /// Its features, with what each counts.
    pub values: Vec<(usize, f32)>,
    /// What each column should say.
    pub labels: [bool; N],
    /// How much the row counts for each column; 0 where its label is not known.
    pub weights: [f32; N],
}

/// Weights while they are learned.
pub(crate) struct Weights<const N: usize> {
    /// One row for each feature.
    pub rows: Vec<[f32; N]>,
    /// Where no feature speaks.
    pub bias: [f32; N],
}

impl<const N: usize> Weights<N> {
    /// Logistic regression by steps down the gradient, each weight with a pace of its
    /// own (Duchi et al. 2011). The same examples give the same weights.
    /// `size` is how many features there are, `decay` how far a weight is drawn back to
    /// nothing with each row it takes part in.
    pub fn fit(examples: &[&Example<N>], size: usize, decay: f32) -> Self {
        let mut weights = Self {
            rows: vec![[0.0; N]; size],
            bias: [0.0; N],
        };
        let mut squares = vec![[SQUARES; N]; size];
        let mut bias_squares = [SQUARES; N];
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for _ in 0..EPOCHS {
            dice.shuffle(&mut order);
            for example in order.iter().filter_map(|at| examples.get(*at)) {
                let slopes = slopes(example, &weights.margins(&example.values));
                step(&mut weights.bias, &mut bias_squares, &slopes, (1.0, decay));
                for (at, value) in &example.values {
                    if let (Some(row), Some(squares)) =
                        (weights.rows.get_mut(*at), squares.get_mut(*at))
                    {
                        step(row, squares, &slopes, (*value, decay));
                    }
                }
            }
        }
        weights
    }

    /// What each column says of a row.
    pub fn margins(&self, values: &[(usize, f32)]) -> [f32; N] {
        let mut margins = self.bias;
        for (at, value) in values {
            if let Some(row) = self.rows.get(*at) {
                for (margin, weight) in margins.iter_mut().zip(row) {
                    *margin += weight * value;
                }
            }
        }
        margins
    }

    /// Weights as bytes, each column with its own step; a feature's rarity is multiplied
    /// in, so that a turn needs one look at each. There are as many rows as rarities.
    pub fn quantized(&self, rarity: &[u8]) -> ([f32; N], Vec<[i8; N]>) {
        let mut rows = vec![[0_i8; N]; rarity.len()];
        let mut steps = [1.0; N];
        for (column, step) in steps.iter_mut().enumerate() {
            let of_column = self.rows.iter().map(|row| row.get(column).copied());
            let bytes;
            (*step, bytes) = in_steps(of_column.map(Option::unwrap_or_default), rarity);
            for (row, byte) in rows.iter_mut().zip(bytes) {
                if let Some(weight) = row.get_mut(column) {
                    *weight = byte;
                }
            }
        }
        (steps, rows)
    }
}

/// Weights times their features' rarity as bytes, and what one step of a byte is, so that
/// nearly all of them fit.
pub(crate) fn in_steps(weights: impl Iterator<Item = f32>, rarity: &[u8]) -> (f32, Vec<i8>) {
    let weighted: Vec<f32> = weights
        .zip(rarity)
        .map(|(weight, rarity)| weight * f32::from(*rarity) * RARITY_STEP)
        .collect();
    let mut sizes: Vec<f32> = weighted.iter().map(|value| value.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let cut = (sizes.len() as f64 * (1.0 - CUT_SHARE)) as usize;
    let largest = sizes.get(cut.min(sizes.len().saturating_sub(1)));
    let step = match largest {
        Some(largest) if *largest > 0.0 => largest / 127.0,
        _ => 1.0,
    };
    let byte = |value: &f32| (value / step).round().clamp(-127.0, 127.0) as i8;
    (step, weighted.iter().map(byte).collect())
}

fn slopes<const N: usize>(example: &Example<N>, margins: &[f32; N]) -> [f32; N] {
    let mut slopes = [0.0; N];
    let known = margins.iter().zip(&example.labels).zip(&example.weights);
    for (slope, ((margin, label), weight)) in slopes.iter_mut().zip(known) {
        *slope = weight * (sigmoid(*margin) - f32::from(u8::from(*label)));
    }
    slopes
}

fn step<const N: usize>(
    weights: &mut [f32; N],
    squares: &mut [f32; N],
    slopes: &[f32; N],
    (value, decay): (f32, f32),
) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(slopes) {
        if *slope == 0.0 {
            continue;
        }
        let change = slope * value + decay * *weight;
        *square += change * change;
        *weight -= RATE * change / square.sqrt();
    }
}

/// The logistic function.
pub(crate) fn sigmoid(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
