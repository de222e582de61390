//! How much a text is small talk: what people say to a bot for fun ("do you like music?",
//! "tell me a joke"), not to a company. A linear model over hashed n-grams, fitted by
//! [`crate::calibrate::fit_chitchat`] on public sets (`models/assist-chitchat.md`).

use crate::calibration::sigmoid;
use crate::text;

/// How many weights there are; n-grams share them by their hashes.
pub(crate) const BUCKETS: usize = 1 << 15;
/// Bytes of scale and intercept before the weights.
const HEAD: usize = 8;

/// The weights as they ship: scale and intercept (32-bit floats, little-endian), then one
/// signed byte per bucket.
static SHIPPED: &[u8; HEAD + BUCKETS] = include_bytes!("../../../models/assist-chitchat.bin");

/// The probability that a text is small talk, 0–1; near 0 where nothing is said.
pub fn chitchat(text: &str) -> f64 {
    sigmoid(log_odds(&text::profile(text)))
}

/// The log-odds of small talk; far below 0 where nothing is said.
pub(crate) fn log_odds(profile: &text::Profile) -> f64 {
    const NOTHING: f64 = -10.0;
    let (head, weights) = SHIPPED.split_at(HEAD);
    let float = |at: usize| {
        head.get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0.0, |bytes| f64::from(f32::from_le_bytes(bytes)))
    };
    let (scale, intercept) = (float(0), float(4));
    let vector = vector(profile);
    if vector.is_empty() {
        return NOTHING;
    }
    let sum: f64 = vector
        .into_iter()
        .filter_map(|(bucket, value)| {
            let weight = weights.get(bucket)?;
            Some(value * f64::from(weight.cast_signed()))
        })
        .sum();
    intercept + scale * sum
}

/// The buckets of a text's n-grams with what they count; words and spelling each of length 1.
pub(crate) fn vector(profile: &text::Profile) -> Vec<(usize, f64)> {
    let mut vector = Vec::with_capacity(profile.words.len() + profile.spelling.len());
    for part in [&profile.words, &profile.spelling] {
        let length = (part.len().max(1) as f64).sqrt();
        vector.extend(
            part.iter()
                .map(|(gram, _)| ((gram ^ (gram >> 32)) as usize % BUCKETS, 1.0 / length)),
        );
    }
    vector
}

/// Weights in the form in which they ship.
pub(crate) fn packed(intercept: f64, weights: &[f64]) -> Vec<u8> {
    const MOST: f64 = 127.0;
    let greatest = weights.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
    let scale = greatest.max(f64::MIN_POSITIVE) / MOST;
    let mut bytes = Vec::with_capacity(HEAD + BUCKETS);
    bytes.extend((scale as f32).to_le_bytes());
    bytes.extend((intercept as f32).to_le_bytes());
    bytes.extend(weights.iter().map(|weight| {
        let rounded = (weight / scale).round() as i8;
        rounded.cast_unsigned()
    }));
    bytes
}
