//! The recipe of the small-talk model.

use crate::calibration::sigmoid;
use crate::chitchat::{BUCKETS, packed, vector};
use crate::text::profile;

/// Passes over the texts.
const PASSES: usize = 12;
/// First step of the gradient descent.
const RATE: f64 = 1.0;
/// Pull toward 0 per step, times the rate; keeps rare n-grams small.
const DECAY: f64 = 2e-6;

/// One text on its way into the model.
struct Row {
    vector: Vec<(usize, f64)>,
    label: f64,
    weight: f64,
}

/// Fits the small-talk model on small talk and on what people ask companies; returns the bytes
/// of `models/assist-chitchat.bin`. Both kinds weigh the same, whatever their number.
/// Deterministic: the same texts in the same order give the same bytes.
pub fn fit_chitchat(small_talk: &[String], business: &[String]) -> Vec<u8> {
    let total = (small_talk.len() + business.len()).max(1) as f64;
    let weight_of = |count: usize| total / (2.0 * count.max(1) as f64);
    let kinds = [
        (small_talk, 1.0, weight_of(small_talk.len())),
        (business, 0.0, weight_of(business.len())),
    ];
    let mut rows: Vec<Row> = kinds
        .iter()
        .flat_map(|(texts, label, weight)| {
            texts.iter().map(move |text| Row {
                vector: vector(&profile(text)),
                label: *label,
                weight: *weight,
            })
        })
        .collect();
    // Any fixed order that mixes the two kinds.
    rows.sort_by_key(|row| {
        row.vector.iter().fold(0_u64, |state, (bucket, _)| {
            (state ^ *bucket as u64).wrapping_mul(0x0000_0100_0000_01b3)
        })
    });
    let mut weights = vec![0.0_f64; BUCKETS];
    let mut intercept = 0.0;
    for pass in 0..PASSES {
        let rate = RATE * (1.0 - pass as f64 / PASSES as f64);
        for row in &rows {
            let sum: f64 = row
                .vector
                .iter()
                .filter_map(|(bucket, value)| Some(value * weights.get(*bucket)?))
                .sum();
            let step = rate * row.weight * (row.label - sigmoid(intercept + sum));
            intercept += step * 0.1;
            for (bucket, value) in &row.vector {
                if let Some(slot) = weights.get_mut(*bucket) {
                    *slot += step * value - rate * DECAY * total * *slot / total.sqrt();
                }
            }
        }
    }
    packed(intercept, &weights)
}
