//! A wait as a row of exponential stages, one per slot that must come free.

/// The mean and variance of a sum of exponential stages, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stages {
    mean: f64,
    variance: f64,
}

impl Stages {
    /// QLm (Ibrahim and Whitt): `count` departures, the i-th from the back at
    /// rate `finish_rate + i · patience_rate` per minute, because the customers
    /// ahead are served or give up. Σ 1/r and Σ 1/r². A fraction of a customer,
    /// as sharing gives it, counts as that fraction of the next stage.
    pub(crate) fn new(count: f64, finish_rate: f64, patience_rate: f64) -> Self {
        let mut stages = Self {
            mean: 0.0,
            variance: 0.0,
        };
        let (mut left, mut rate) = (count, finish_rate);
        while left > 0.0 && rate > 0.0 {
            let part = left.min(1.0);
            stages.mean += part / rate;
            stages.variance += part / (rate * rate);
            left -= 1.0;
            rate += patience_rate;
        }
        stages
    }

    /// One more stage of this mean: the agent answers the offer.
    pub(crate) fn then(self, mean: f64) -> Self {
        Self {
            mean: self.mean + mean,
            variance: self.variance + mean * mean,
        }
    }

    pub(crate) fn mean_min(&self) -> f64 {
        self.mean
    }

    /// The interval that a gamma distribution of this mean and variance leaves
    /// with probability `miss`, half on each side, by Wilson and Hilferty's
    /// cube-root approximation. Used until enough waits were seen.
    pub(crate) fn interval_min(&self, miss: f64) -> (f64, f64) {
        if self.variance <= 0.0 {
            return (self.mean, self.mean);
        }
        let shape = self.mean * self.mean / self.variance;
        let spread = upper_normal_quantile(miss / 2.0) / (3.0 * shape.sqrt());
        let center = 1.0 - 1.0 / (9.0 * shape);
        let end = |root: f64| self.mean * root.max(0.0).powi(3);
        (end(center - spread), end(center + spread))
    }
}

/// The z that a standard normal variable exceeds with probability `p`, for
/// 0 < p ≤ 0.5. Abramowitz and Stegun 26.2.23; the error is below 4.5e-4.
fn upper_normal_quantile(p: f64) -> f64 {
    let t = (-2.0 * p.ln()).sqrt();
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let denominator = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    t - numerator / denominator
}
