//! Whether a share moved between two periods: plainly, and at the same mix of cases.

mod mix;
mod rise;

pub(crate) use mix::{Case, Mix, standardize};
pub(crate) use rise::{Rise, gain, rise, sum};

use crate::interval::wilson;

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counted {
    pub k: u32,
    pub n: u32,
}

impl Counted {
    pub fn add(&mut self, is_hit: bool) {
        self.n += 1;
        self.k += u32::from(is_hit);
    }

    pub fn plus(self, other: Self) -> Self {
        Self {
            k: self.k + other.k,
            n: self.n + other.n,
        }
    }

    /// The share, 0 where there is nothing to count.
    pub fn share(self) -> f64 {
        crate::interval::share(self.k, self.n)
    }
}

/// The chance that a standard normal value is greater (Abramowitz and Stegun 26.2.17, to 7.5e-8).
pub(crate) fn normal_above(z: f64) -> f64 {
    const B: [f64; 5] = [
        0.319_381_530,
        -0.356_563_782,
        1.781_477_937,
        -1.821_255_978,
        1.330_274_429,
    ];
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let tail = B.iter().rev().fold(0.0, |sum, b| (sum + b) * t);
    let above = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * tail;
    if z >= 0.0 { above } else { 1.0 - above }
}

/// The standard score of `after` lying above `before`: the pooled test of two proportions.
/// `None` where either is empty or nothing differs.
pub(crate) fn z_of(before: Counted, after: Counted) -> Option<f64> {
    if before.n == 0 || after.n == 0 {
        return None;
    }
    let all = before.plus(after).share();
    let per = 1.0 / f64::from(before.n) + 1.0 / f64::from(after.n);
    let variance = all * (1.0 - all) * per;
    (variance > 0.0).then(|| (after.share() - before.share()) / variance.sqrt())
}

/// The 95 % interval of `after − before` (Newcombe 1998, method 10: from the two Wilson
/// intervals, which keep their coverage near 0). The whole range where nothing is known.
pub(crate) fn difference(before: Counted, after: Counted) -> (f64, f64) {
    let (Some((lo0, hi0)), Some((lo1, hi1))) =
        (wilson(before.k, before.n), wilson(after.k, after.n))
    else {
        return (-1.0, 1.0);
    };
    let (p0, p1) = (before.share(), after.share());
    let d = p1 - p0;
    let below = ((p1 - lo1).powi(2) + (hi0 - p0).powi(2)).sqrt();
    let above = ((hi1 - p1).powi(2) + (p0 - lo0).powi(2)).sqrt();
    (d - below, d + above)
}
