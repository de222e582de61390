//! A bound for the mean of values that were drawn with unequal chances: the capital of
//! somebody who bets that the mean is lower (Waudby-Smith and Ramdas 2023, "Estimating
//! means of bounded random variables by betting", §4).

/// The greatest part of the capital that is put at stake at once.
const STAKE_MAX: f64 = 0.75;
/// Halvings of the range of the mean.
const HALVINGS: u32 = 40;

/// Answers, each with its weight if it turned out wrong: 1 / the chance with which it was
/// drawn, and 0 for all others. Their mean is the share of wrong ones, whoever was drawn.
#[derive(Debug, Clone, Default)]
pub struct Weighted {
    values: Vec<f64>,
    most: f64,
}

impl Weighted {
    /// Values that are at most `most`, in an order that does not depend on them.
    pub fn new(values: Vec<f64>, most: f64) -> Self {
        Self { values, most }
    }

    /// The estimate of the share.
    pub fn mean(&self) -> Option<f64> {
        let n = self.values.len() as f64;
        (n > 0.0).then(|| (self.values.iter().sum::<f64>() + 0.0) / n)
    }

    /// The greatest p-value of "the share is `share` or more": 1 over the most that the
    /// gambler ever had. Valid whatever the values' distribution (Ville's inequality).
    pub fn p(&self, share: f64, delta: f64) -> f64 {
        let best = self.log_capital(share, delta);
        (-best).exp().min(1.0)
    }

    /// The upper bound of the share, too low with a chance of at most `delta`.
    pub fn upper(&self, delta: f64) -> f64 {
        if self.values.is_empty() {
            return 1.0;
        }
        let enough = -delta.ln();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if self.log_capital(middle, delta) < enough {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// The logarithm of the most that the gambler ever had, betting against a mean of
    /// `share`. The stake is set before each value is seen, from the spread of those
    /// before it; it does not depend on `share`, so the capital grows with it.
    fn log_capital(&self, share: f64, delta: f64) -> f64 {
        let n = self.values.len() as f64;
        let wish = 2.0 * (2.0 / delta).ln() / n;
        let most = self.most.max(1.0);
        // A first guess of the spread that is forgotten soon: a quarter of the range.
        let (mut seen, mut sum, mut spread) = (1.0, share_guess(most), most / 4.0);
        let (mut log, mut best) = (0.0_f64, 0.0_f64);
        for value in &self.values {
            let stake = (wish / (spread / seen)).sqrt().min(STAKE_MAX / most);
            log += (stake * (share - value)).ln_1p();
            best = best.max(log);
            seen += 1.0;
            sum += value;
            spread += (value - sum / seen).powi(2);
        }
        best
    }
}

/// What a value is taken to be before any is seen.
const fn share_guess(most: f64) -> f64 {
    if most > 2.0 { 0.5 } else { most / 4.0 }
}
