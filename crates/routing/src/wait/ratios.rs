//! The latest "actual over estimated" ratios, always sorted.

use std::collections::VecDeque;

/// How many ratios are remembered. Source: `science.md` §4.5.
pub const WINDOW_RATIOS_MAX: usize = 300;
/// From how many ratios on quantiles are taken from them.
pub const WINDOW_RATIOS_MIN: usize = 30;

/// A sliding window of ratios.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Ratios {
    /// In the order they came.
    recent: VecDeque<f64>,
    /// The same, ascending.
    sorted: Vec<f64>,
}

impl Ratios {
    pub(crate) fn push(&mut self, ratio: f64) {
        if self.recent.len() == WINDOW_RATIOS_MAX
            && let Some(oldest) = self.recent.pop_front()
            && let Ok(place) = self.sorted.binary_search_by(|old| old.total_cmp(&oldest))
        {
            self.sorted.remove(place);
        }
        self.recent.push_back(ratio);
        let (Ok(place) | Err(place)) = self.sorted.binary_search_by(|old| old.total_cmp(&ratio));
        self.sorted.insert(place, ratio);
    }

    /// The ratios that a new one stays between with probability `1 − miss`,
    /// half of the rest on each side; `None` while too few are known. The ranks
    /// are those of split conformal prediction, ⌊(n+1)·miss/2⌋ and
    /// ⌈(n+1)·(1−miss/2)⌉, cut to what was seen.
    pub(crate) fn interval(&self, miss: f64) -> Option<(f64, f64)> {
        let count = self.sorted.len();
        if count < WINDOW_RATIOS_MIN {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "the count is at most 300")]
        let places = (count + 1) as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "both lie between 0 and 301, because 0 < miss < 1"
        )]
        let (below, upto) = (
            (places * miss / 2.0).floor() as usize,
            (places * (1.0 - miss / 2.0)).ceil() as usize,
        );
        let lo = self.sorted.get(below.max(1) - 1)?;
        let hi = self.sorted.get(upto.min(count) - 1)?;
        Some((*lo, *hi))
    }
}
