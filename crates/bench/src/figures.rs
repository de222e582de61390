//! Numbers from measurements.

use std::time::Duration;

/// The value below which a share of the values lies; 0 without values.
pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a small count"
    )]
    let place = (last as f64 * share).round() as usize;
    values.get(place).copied().unwrap_or_default()
}

/// The value in the middle.
pub fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}

/// Microseconds, with what is below them.
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Two decimals are enough for people.
pub fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
pub fn count(value: u64) -> f64 {
    value as f64
}
