//! Joins a head's margin with the rules, on rows that the margin was not learned from.

use super::Task;
use crate::heads::Joint;
use crate::measure::Confusion;

/// One row as a head sees it when it joins its margin with the rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// The head's margin, of a fit that did not know the row.
    pub margin: f32,
    /// The score of the rules.
    pub rules: f32,
    /// Whether it asks for information.
    pub is_info: bool,
    /// Whether it was sought out for a hard case.
    pub is_sought: bool,
    /// Whether the target is meant.
    pub label: bool,
}

/// Joins margin and rules by logistic regression (Newton's steps), on rows that
/// the margins were not learned from.
pub(super) fn join(points: &[Point], task: Task) -> Joint {
    const STEPS: u32 = 40;
    /// How far a step goes at most, in any direction.
    const STRIDE: f64 = 2.0;
    /// Draws weights that nothing speaks for back to nothing.
    const RIDGE: f64 = 1e-6;
    let weight_of = |point: &Point| {
        if point.label {
            f64::from(task.miss_weight)
        } else {
            1.0
        }
    };
    let whole: f64 = points.iter().map(weight_of).sum();
    let mut at = [-3.0, 1.0, 3.0, 0.0];
    for _ in 0..STEPS {
        let mut slope = at.map(|value| RIDGE * value);
        let mut bend = [[0.0; 4]; 4];
        for point in points {
            let share = weight_of(point) / whole.max(1.0);
            let flag = |is_set| f64::from(u8::from(is_set));
            let input = [
                1.0,
                f64::from(point.margin),
                f64::from(point.rules),
                flag(point.is_info),
            ];
            let sum: f64 = input.iter().zip(at).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let spread = (chance * (1.0 - chance)).max(1e-9);
            for ((slope, row), x) in slope.iter_mut().zip(&mut bend).zip(input) {
                *slope += share * (chance - flag(point.label)) * x;
                for (cell, y) in row.iter_mut().zip(input) {
                    *cell += share * spread * x * y;
                }
            }
        }
        for (place, row) in bend.iter_mut().enumerate() {
            if let Some(cell) = row.get_mut(place) {
                *cell += RIDGE;
            }
        }
        let Some(change) = solved(bend, slope) else {
            break;
        };
        for (value, change) in at.iter_mut().zip(change) {
            *value -= change.clamp(-STRIDE, STRIDE);
        }
    }
    let [bias, margin, rules, info] = at.map(|value| value as f32);
    Joint {
        bias,
        margin,
        // What the rules find never counts against a target, a question for information never for it.
        rules: rules.max(0.0),
        info: info.min(0.0),
        stands_from: task.stands_from,
    }
}

/// Moves a joint so that it is at one half where F1 is best: what is found is then
/// told by one half for every target. Rows as they come have the most say, if
/// they show the target at all.
pub(super) fn at_best(joint: Joint, points: &[Point], miss_weight: f32) -> Joint {
    /// Within which chances the best place is looked for, in hundredths.
    const PLACES: std::ops::RangeInclusive<u8> = 10..=90;
    /// Places whose F1 is lower by no more than this share are as good; the middle of them
    /// depends least on single rows.
    const NEAR: f64 = 0.005;
    /// How many positives a kind of rows must have to be looked at by itself.
    const POSITIVES_MIN: usize = 20;
    /// What rows that were sought out have to say, beside rows as they come.
    const SAY_OF_SOUGHT: f64 = 0.1;
    let kinds = [false, true].map(|kind| {
        points
            .iter()
            .copied()
            .filter(|it| it.is_sought == kind)
            .collect::<Vec<_>>()
    });
    let positives = |rows: &Vec<Point>| rows.iter().filter(|it| it.label).count();
    let groups: Vec<_> = if kinds.iter().all(|rows| positives(rows) >= POSITIVES_MIN) {
        kinds.into_iter().zip([1.0, SAY_OF_SOUGHT]).collect()
    } else {
        vec![(points.to_vec(), 1.0)]
    };
    let f1 = |rows: &Vec<Point>, place: f32| {
        let mut confusion = Confusion::default();
        for point in rows {
            confusion.add(point.label, point.chance(joint) >= place);
        }
        let hits = f64::from(miss_weight) * confusion.true_positives as f64;
        let missed = f64::from(miss_weight) * confusion.false_negatives as f64;
        2.0 * hits / (2.0 * hits + confusion.false_positives as f64 + missed).max(1.0)
    };
    let worth =
        |place: f32| -> f64 { groups.iter().map(|(rows, say)| say * f1(rows, place)).sum() };
    let places: Vec<(f32, f64)> = PLACES
        .map(|place| f32::from(place) / 100.0)
        .map(|place| (place, worth(place)))
        .collect();
    let most = places.iter().map(|(_, worth)| *worth).fold(0.0, f64::max);
    let near: Vec<f32> = places
        .iter()
        .filter(|(_, worth)| *worth >= most * (1.0 - NEAR))
        .map(|(place, _)| *place)
        .collect();
    let best = near.iter().sum::<f32>() / near.len().max(1) as f32;
    Joint {
        bias: joint.bias - (best / (1.0 - best)).ln(),
        ..joint
    }
}

impl Point {
    /// The chance that the target is meant.
    pub fn chance(&self, joint: Joint) -> f32 {
        joint.probability(self.margin, self.rules, self.is_info)
    }
}

/// Four equations by elimination; nothing if they do not settle it.
#[expect(
    clippy::indexing_slicing,
    reason = "the indices of a fixed 4 by 4 table"
)]
fn solved(mut table: [[f64; 4]; 4], mut right: [f64; 4]) -> Option<[f64; 4]> {
    for column in 0..4 {
        let pivot = (column..4)
            .max_by(|a, b| table[*a][column].abs().total_cmp(&table[*b][column].abs()))?;
        if table[pivot][column].abs() < 1e-12 {
            return None;
        }
        table.swap(column, pivot);
        right.swap(column, pivot);
        for row in 0..4 {
            if row != column {
                let share = table[row][column] / table[column][column];
                #[expect(clippy::needless_range_loop, reason = "two rows of one table")]
                for place in column..4 {
                    table[row][place] -= share * table[column][place];
                }
                right[row] -= share * right[column];
            }
        }
    }
    let mut out = [0.0; 4];
    for place in 0..4 {
        out[place] = right[place] / table[place][place];
    }
    Some(out)
}
