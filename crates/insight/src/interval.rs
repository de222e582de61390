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

/// Durations being gathered, and then asked for quantiles.
#[derive(Debug, Clone, Default)]
pub(crate) struct Durations {
    /// Each with its lowest bit set if it is censored: in order, what happened goes before
    /// what was censored at the same length, as the product-limit estimator has it.
    packed: Vec<u64>,
    complete: u32,
}

impl Durations {
    /// Takes one.
    pub fn push(&mut self, duration: Duration) {
        let ms = duration.ms.min(u64::MAX >> 1);
        self.packed
            .push((ms << 1) | u64::from(!duration.is_complete));
        self.complete += u32::from(duration.is_complete);
    }

    /// How many are complete.
    pub const fn complete(&self) -> u32 {
        self.complete
    }

    /// For each share `p` of those wanted, in order, the shortest length in seconds by which
    /// that share of cases is complete, by
    /// the product-limit estimator (Kaplan and Meier 1958): who left or still
    /// waits counts for as long as was seen of them, rather than being dropped.
    /// Without such cases it is the order statistic of rank ⌈p·n⌉. `None` when
    /// that share is never reached.
    pub fn quantiles_s<const N: usize>(mut self, wanted: [f64; N]) -> [Option<f64>; N] {
        if self.complete as usize == self.packed.len() {
            return wanted.map(|p| self.order_statistic_s(p));
        }
        self.packed.sort_unstable();
        let mut found = [None; N];
        let mut left = found.iter_mut().zip(wanted).peekable();
        let mut at_risk = self.packed.len() as f64;
        let mut survival = 1.0_f64;
        for packed in self.packed {
            if packed & 1 == 0 {
                survival *= (at_risk - 1.0) / at_risk;
                // The products of n factors differ from the exact share in the last bits.
                while let Some((slot, _)) = left.next_if(|(_, p)| 1.0 - survival >= *p - 1e-9) {
                    *slot = Some((packed >> 1) as f64 / 1_000.0);
                }
                if left.peek().is_none() {
                    break;
                }
            }
            at_risk -= 1.0;
        }
        found
    }
}

impl Durations {
    /// The same where nothing is censored, without a sort.
    fn order_statistic_s(&mut self, p: f64) -> Option<f64> {
        let n = self.packed.len();
        let rank = ((p - 1e-9) * n as f64).ceil().max(1.0) as usize;
        let (_, found, _) = (rank <= n).then(|| self.packed.select_nth_unstable(rank - 1))?;
        Some((*found >> 1) as f64 / 1_000.0)
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

/// A sum over n, nothing where there is nothing.
pub(crate) fn mean(sum: f64, n: u32) -> Option<f64> {
    (n > 0).then(|| sum / f64::from(n))
}
