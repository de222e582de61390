//! Figures of merit for a detector against labels, with their intervals: what
//! `segue eval` prints.

mod bootstrap;
mod classes;
mod ranking;

pub use bootstrap::{Interval, bootstrap};
pub use classes::Classes;
pub use ranking::{Rank, RankPairs, Ranking};

/// How often a yes-or-no detector was right and wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Fired, and should have.
    pub true_positives: u64,
    /// Fired, and should not have.
    pub false_positives: u64,
    /// Silent, and should have fired.
    pub false_negatives: u64,
    /// Silent, and rightly so.
    pub true_negatives: u64,
}

impl Confusion {
    /// Counts one row.
    pub const fn add(&mut self, is_true: bool, has_fired: bool) {
        self.add_times(is_true, has_fired, 1);
    }

    /// Counts one row several times, as a resample does.
    pub const fn add_times(&mut self, is_true: bool, has_fired: bool, times: u32) {
        let times = times as u64;
        match (is_true, has_fired) {
            (true, true) => self.true_positives += times,
            (false, true) => self.false_positives += times,
            (true, false) => self.false_negatives += times,
            (false, false) => self.true_negatives += times,
        }
    }

    /// Of those that fired, the share that should have; 0 if none fired.
    pub fn precision(&self) -> f64 {
        ratio(
            self.true_positives,
            self.true_positives + self.false_positives,
        )
    }

    /// Of those that should have fired, the share that did; 0 if there are none.
    pub fn recall(&self) -> f64 {
        ratio(
            self.true_positives,
            self.true_positives + self.false_negatives,
        )
    }

    /// The harmonic mean of precision and recall; 0 if both are.
    pub fn f1(&self) -> f64 {
        ratio(
            2 * self.true_positives,
            2 * self.true_positives + self.false_positives + self.false_negatives,
        )
    }

    /// Of those that should not have fired, the share that did.
    pub fn false_alarm_rate(&self) -> f64 {
        ratio(
            self.false_positives,
            self.false_positives + self.true_negatives,
        )
    }

    /// How many rows were counted.
    pub const fn rows(&self) -> u64 {
        self.true_positives + self.false_positives + self.false_negatives + self.true_negatives
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// The probability that a row that should fire has a higher score than one
/// that should not, ties counted half (area under the ROC curve, by ranks).
/// `None` if either kind is missing.
pub fn auroc(rows: &[(bool, f64)]) -> Option<f64> {
    Ranking::new(rows).auroc(&vec![1; rows.len()])
}
