//! Figures of merit for a detector against labels: what `segue eval` prints.

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
        match (is_true, has_fired) {
            (true, true) => self.true_positives += 1,
            (false, true) => self.false_positives += 1,
            (true, false) => self.false_negatives += 1,
            (false, false) => self.true_negatives += 1,
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
    let mut sorted: Vec<&(bool, f64)> = rows.iter().collect();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    let positives = rows.iter().filter(|(is_true, _)| *is_true).count();
    let negatives = rows.len() - positives;
    if positives == 0 || negatives == 0 {
        return None;
    }
    let mut rank_sum = 0.0;
    let mut below = 0_usize;
    for ties in sorted.chunk_by(|a, b| a.1 == b.1) {
        // All rows of one score share the mean of their ranks.
        let rank = below as f64 + (ties.len() + 1) as f64 / 2.0;
        let true_ties = ties.iter().filter(|(is_true, _)| *is_true).count();
        rank_sum += rank * true_ties as f64;
        below += ties.len();
    }
    let positives = positives as f64;
    Some((rank_sum - positives * (positives + 1.0) / 2.0) / (positives * negatives as f64))
}
