//! How far a figure could be off because the rows are only a sample (Efron 1979).

use crate::dice::Dice;

/// How often the rows are drawn anew.
const RESAMPLES: usize = 1_000;
/// What lies outside on each side: 2.5 of 100.
const TAIL: f64 = 0.025;
/// Where the sequence begins; a figure has the same interval in every run.
const SEED: u64 = 0x5e9e_0e7a_1dee_d001;

/// Where a figure lies in 95 of 100 resamples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The 95 % percentile interval of a figure over `units` rows (or sessions, or
/// conversations: whatever may be taken for independent). `figure` is given how
/// often each unit was drawn. `None` if it has no value in most resamples.
pub fn bootstrap(units: usize, mut figure: impl FnMut(&[u32]) -> Option<f64>) -> Option<Interval> {
    let mut dice = Dice(SEED);
    let mut counts = vec![0_u32; units];
    let mut values = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        counts.fill(0);
        for _ in 0..units {
            if let Some(count) = counts.get_mut(dice.below(units)) {
                *count += 1;
            }
        }
        values.extend(figure(&counts));
    }
    if values.len() * 2 < RESAMPLES {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * (values.len() - 1) as f64).round() as usize;
        values.get(place).copied()
    };
    Some(Interval {
        low: at(TAIL)?,
        high: at(1.0 - TAIL)?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Interval, bootstrap};

    fn mean(values: &[f64]) -> Option<Interval> {
        bootstrap(values.len(), |counts| {
            let sum: f64 = values
                .iter()
                .zip(counts)
                .map(|(v, n)| v * f64::from(*n))
                .sum();
            Some(sum / values.len() as f64)
        })
    }

    #[test]
    fn the_interval_of_a_share_is_that_of_the_binomial() {
        let values: Vec<f64> = (0..400)
            .map(|at| f64::from(u8::from(at % 4 == 0)))
            .collect();
        let interval = mean(&values).unwrap();
        // 1.96 standard errors: sqrt(0.25 * 0.75 / 400) = 0.0217.
        assert!((interval.low - 0.2075).abs() < 0.006, "{interval:?}");
        assert!((interval.high - 0.2925).abs() < 0.006, "{interval:?}");
        assert_eq!(mean(&values), Some(interval), "the same in every run");
    }

    #[test]
    fn a_figure_without_values_has_no_interval() {
        assert_eq!(bootstrap(10, |_| None), None);
        assert_eq!(
            bootstrap(0, |_| Some(1.0)),
            Some(Interval {
                low: 1.0,
                high: 1.0
            })
        );
    }
}
