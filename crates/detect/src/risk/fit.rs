//! The arithmetic of the fits. The same numbers in the same order give the same
//! result: nothing here depends on chance, time or the number of processors.

/// How often the rows are gone through.
const STEPS: usize = 60;
/// How often the largest bend of a loss is felt for.
const FEELS: usize = 12;
/// Newton steps of a small regression; it has settled long before.
const NEWTON_STEPS: usize = 12;
/// How often a Newton step is halved before there is nothing left to gain.
const HALVINGS: usize = 20;

/// A sparse row: places with values.
pub(super) type Sparse = Vec<(usize, f32)>;

/// What a linear model is fitted to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Loss {
    /// A label, 0 or 1, by its likelihood.
    Logistic,
    /// A number, by its squared error.
    Squared,
}

impl Loss {
    const fn bend_max(self) -> f32 {
        match self {
            Self::Logistic => 0.25,
            Self::Squared => 1.0,
        }
    }

    fn slope(self, margin: f32, target: f32) -> f32 {
        match self {
            Self::Logistic => 1.0 / (1.0 + (-margin).exp()) - target,
            Self::Squared => margin - target,
        }
    }
}

/// Weights and bias of a linear model over sparse rows with a ridge, by
/// accelerated descent (Nesterov 1983).
pub(super) fn linear(
    rows: &[(&Sparse, f32)],
    width: usize,
    loss: Loss,
    ridge: f32,
) -> (Vec<f32>, f32) {
    let bend = loss.bend_max() * largest(rows, width) + ridge;
    let mean = rows.iter().map(|row| row.1).sum::<f32>() / rows.len().max(1) as f32;
    let start = match loss {
        Loss::Logistic => (mean / (1.0 - mean)).ln(),
        Loss::Squared => mean,
    };
    // The last weight is the bias.
    let mut weights = vec![0.0; width + 1];
    if let Some(bias) = weights.last_mut() {
        *bias = start;
    }
    let mut ahead = weights.clone();
    // A strongly convex loss: the momentum that is best for its condition.
    let root = (bend / ridge).sqrt();
    let momentum = (root - 1.0) / (root + 1.0);
    for _ in 0..STEPS {
        let mut slopes = vec![0.0; width + 1];
        for (row, target) in rows {
            let slope = loss.slope(product(row, &ahead, width), *target);
            spread(row, slope, &mut slopes, width);
        }
        for ((at, slope), (weight, ahead)) in slopes
            .iter()
            .enumerate()
            .zip(weights.iter_mut().zip(&mut ahead))
        {
            let drawn = if at == width { 0.0 } else { ridge * *ahead };
            let next = *ahead - (slope + drawn) / bend;
            *ahead = next + momentum * (next - *weight);
            *weight = next;
        }
    }
    let bias = weights.pop().unwrap_or(start);
    (weights, bias)
}

/// The product of a row, with 1 for the bias, and weights.
fn product(row: &Sparse, weights: &[f32], width: usize) -> f32 {
    let words: f32 = row
        .iter()
        .map(|(at, value)| weights.get(*at).copied().unwrap_or(0.0) * value)
        .sum();
    words + weights.get(width).copied().unwrap_or(0.0)
}

fn spread(row: &Sparse, slope: f32, sums: &mut [f32], width: usize) {
    for (at, value) in row {
        if let Some(sum) = sums.get_mut(*at) {
            *sum += slope * value;
        }
    }
    if let Some(sum) = sums.get_mut(width) {
        *sum += slope;
    }
}

/// The largest eigenvalue of the rows' products with each other, with some room.
fn largest(rows: &[(&Sparse, f32)], width: usize) -> f32 {
    let mut direction = vec![0.0; width + 1];
    if let Some(bias) = direction.last_mut() {
        *bias = 1.0;
    }
    let mut size = 1.0;
    for _ in 0..FEELS {
        let mut next = vec![0.0; width + 1];
        for (row, _) in rows {
            spread(row, product(row, &direction, width), &mut next, width);
        }
        size = next.iter().map(|value| value * value).sum::<f32>().sqrt();
        for value in &mut next {
            *value /= size.max(f32::MIN_POSITIVE);
        }
        direction = next;
    }
    size * 1.1
}

/// A row of a small regression: its numbers, its label and how much it counts.
pub(super) type Small<const N: usize> = ([f32; N], bool, f64);

/// Logistic regression with each weight held at a value of its own, by Newton steps
/// that are halved until they lead down.
pub(super) fn logistic<const N: usize>(
    rows: &[Small<N>],
    priors: &[f64; N],
    holds: &[f64; N],
) -> [f64; N] {
    let held = Held {
        rows,
        priors,
        holds,
    };
    let mut weights = *priors;
    let mut loss = held.loss(&weights);
    for _ in 0..NEWTON_STEPS {
        let change = held.change(&weights);
        let mut share = 1.0;
        let better = (0..HALVINGS).find_map(|_| {
            let mut next = weights;
            for (weight, change) in next.iter_mut().zip(change) {
                *weight -= share * change;
            }
            share /= 2.0;
            let reached = held.loss(&next);
            (reached < loss).then_some((next, reached))
        });
        let Some((next, reached)) = better else {
            break;
        };
        (weights, loss) = (next, reached);
    }
    weights
}

struct Held<'a, const N: usize> {
    rows: &'a [Small<N>],
    priors: &'a [f64; N],
    holds: &'a [f64; N],
}

impl<const N: usize> Held<'_, N> {
    fn loss(&self, weights: &[f64; N]) -> f64 {
        let pull = weights.iter().zip(self.priors).zip(self.holds);
        let pulled: f64 = pull
            .map(|((w, p), hold)| hold * (w - p).powi(2) / 2.0)
            .sum();
        let missed = self.rows.iter().map(|(values, label, counts)| {
            let sum = margin(values, weights);
            let against = if *label { -sum } else { sum };
            // ln(1 + e^x), which is x where e^x is too large a number.
            counts * (against.max(0.0) + (-against.abs()).exp().ln_1p())
        });
        pulled + missed.sum::<f64>()
    }

    /// The Newton step at some weights.
    fn change(&self, weights: &[f64; N]) -> [f64; N] {
        let mut slope = [0.0; N];
        let mut bend = [[0.0; N]; N];
        let holds = self.holds.iter().enumerate();
        let pull = weights.iter().zip(self.priors).zip(holds);
        for ((slope, bend), ((weight, prior), (at, hold))) in
            slope.iter_mut().zip(&mut bend).zip(pull)
        {
            *slope = hold * (weight - prior);
            if let Some(own) = bend.get_mut(at) {
                *own = *hold;
            }
        }
        for (values, label, counts) in self.rows {
            let chance = 1.0 / (1.0 + (-margin(values, weights)).exp());
            let error = counts * (chance - f64::from(u8::from(*label)));
            let weight = counts * chance * (1.0 - chance);
            let values = values.map(f64::from);
            for ((slope, row), value) in slope.iter_mut().zip(&mut bend).zip(values) {
                *slope += error * value;
                for (cell, other) in row.iter_mut().zip(values) {
                    *cell += weight * value * other;
                }
            }
        }
        solved(bend, slope)
    }
}

fn margin<const N: usize>(values: &[f32; N], weights: &[f64; N]) -> f64 {
    let products = values.iter().zip(weights);
    products.map(|(v, w)| f64::from(*v) * w).sum()
}

/// Solves `table · x = right` for a positive definite table, by elimination.
fn solved<const N: usize>(mut table: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for at in 0..N {
        let Some((upper, lower)) = table.split_at_mut_checked(at + 1) else {
            continue;
        };
        let Some(pivot_row) = upper.last() else {
            continue;
        };
        let pivot = pivot_row.get(at).copied().unwrap_or(1.0);
        let known = right.get(at).copied().unwrap_or(0.0);
        for (row, value) in lower.iter_mut().zip(right.iter_mut().skip(at + 1)) {
            let share = row.get(at).copied().unwrap_or(0.0) / pivot;
            for (cell, above) in row.iter_mut().zip(pivot_row).skip(at) {
                *cell -= share * above;
            }
            *value -= share * known;
        }
    }
    let mut found = [0.0; N];
    for (at, row) in table.iter().enumerate().rev() {
        let after: f64 = row
            .iter()
            .zip(&found)
            .skip(at + 1)
            .map(|(a, b)| a * b)
            .sum();
        let known = right.get(at).copied().unwrap_or(0.0);
        let pivot = row.get(at).copied().unwrap_or(1.0);
        if let Some(value) = found.get_mut(at) {
            *value = (known - after) / pivot;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_regression_finds_what_goes_with_the_label_and_keeps_what_is_held() {
        let row = |at: usize| {
            let label = at.is_multiple_of(2);
            let sign = if at.is_multiple_of(10) != label {
                1.0
            } else {
                0.0
            };
            ([1.0, sign, 0.0], label, 1.0)
        };
        let rows: Vec<Small<3>> = (0..200).map(row).collect();
        let [_, sign, held] = logistic(&rows, &[0.0, 0.0, 2.5], &[0.01, 0.1, 1.0]);
        assert!(sign > 1.0, "{sign}");
        assert!((held - 2.5).abs() < 1e-9, "{held}");
    }

    #[test]
    fn a_line_is_found() {
        let rows: Vec<(Sparse, f32)> = (0..40)
            .map(|at| (vec![(0, at as f32 / 40.0)], 1.0 + 2.0 * at as f32 / 40.0))
            .collect();
        let rows: Vec<(&Sparse, f32)> = rows.iter().map(|(row, to)| (row, *to)).collect();
        let (weights, bias) = linear(&rows, 1, Loss::Squared, 0.01);
        let weight = weights.first().copied().unwrap_or(0.0);
        assert!(
            (weight - 2.0).abs() < 0.2 && (bias - 1.0).abs() < 0.1,
            "{weight} {bias}"
        );
    }
}
