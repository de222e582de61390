//! The statistics that the figures share: intervals for shares, quantiles for durations.

use segue_model::share::{self, Z_95};

/// The Wilson interval of a share at 95 %. `None` for n = 0.
pub(crate) fn wilson(successes: u32, n: u32) -> Option<(f64, f64)> {
    share::wilson(Z_95, u64::from(successes), u64::from(n))
}

/// One duration: how long it took, or how long it had lasted when it ended otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Duration {
    /// In milliseconds.
    pub ms: u64,
    /// Whether what was waited for happened; otherwise the case is censored.
    pub is_complete: bool,
}

/// Durations in order, ready to be asked for quantiles.
#[derive(Debug, Clone, Default)]
pub(crate) struct Durations(Vec<Duration>);

impl Durations {
    /// Orders the durations; at the same length, what happened goes first, as
    /// the product-limit estimator has it.
    pub fn new(mut durations: Vec<Duration>) -> Self {
        durations.sort_by_key(|it| (it.ms, !it.is_complete));
        Self(durations)
    }

    /// How many are complete.
    pub fn complete(&self) -> u32 {
        count(self.0.iter().filter(|it| it.is_complete))
    }

    /// The shortest length, in seconds, by which the share `p` of cases is complete, by
    /// the product-limit estimator (Kaplan and Meier 1958): who left or still
    /// waits counts for as long as was seen of them, rather than being dropped.
    /// Without such cases it is the order statistic of rank ⌈p·n⌉. `None` when
    /// that share is never reached.
    pub fn quantile_s(&self, p: f64) -> Option<f64> {
        let mut at_risk = self.0.len() as f64;
        let mut survival = 1.0_f64;
        for duration in &self.0 {
            if duration.is_complete {
                survival *= (at_risk - 1.0) / at_risk;
                // The products of n factors differ from the exact share in the last bits.
                if 1.0 - survival >= p - 1e-9 {
                    return Some(duration.ms as f64 / 1_000.0);
                }
            }
            at_risk -= 1.0;
        }
        None
    }
}

/// How many items there are, as figures are counted.
pub(crate) fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// A part of a whole, 0 where there is no whole.
pub(crate) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        0.0
    } else {
        f64::from(part) / f64::from(whole)
    }
}

/// A part of a whole, nothing where there is no whole.
pub(crate) fn ratio(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| share(part, whole))
}
