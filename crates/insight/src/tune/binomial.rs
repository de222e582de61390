//! Exact binomial tails and bounds.

/// Coefficients of Lanczos' approximation with g = 7 and nine terms, which is exact to
/// about fifteen digits (Godfrey's, as in Numerical Recipes §6.1).
const LANCZOS: [f64; 8] = [
    676.520_368_121_885_1,
    -1_259.139_216_722_402_8,
    771.323_428_777_653_1,
    -176.615_029_162_140_6,
    12.507_343_278_686_905,
    -0.138_571_095_265_720_12,
    9.984_369_578_019_572e-6,
    1.505_632_735_149_311_6e-7,
];
const LANCZOS_FIRST: f64 = 0.999_999_999_999_809_9;
const LANCZOS_G: f64 = 7.0;
/// A term that adds less than this part of the sum ends it.
const NEGLIGIBLE: f64 = 1e-17;
/// Halvings of [0, 1] until the bound is exact to the last digit of a double.
const HALVINGS: u32 = 60;

/// ln Γ(x) for x ≥ 1.
fn ln_gamma(x: f64) -> f64 {
    let x = x - 1.0;
    let tail = LANCZOS.iter().enumerate();
    let sum = tail.fold(LANCZOS_FIRST, |sum, (index, term)| {
        sum + term / (x + 1.0 + index as f64)
    });
    let t = x + LANCZOS_G + 0.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// P(Bin(n, p) ≤ k): small where so few of n would be a surprise, were the share p.
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    let (k_, n_) = (k as f64, n as f64);
    let odds = p / (1.0 - p);
    let at = |k: f64| {
        let choose = ln_gamma(n_ + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n_ - k + 1.0);
        (choose + k * p.ln() + (n_ - k) * (-p).ln_1p()).exp()
    };
    // From the middle outwards the terms only fall, so the sum over the side away from it
    // is short and loses nothing.
    if k_ <= n_ * p {
        let (mut term, mut sum, mut j) = (at(k_), 0.0, k_);
        while term > sum * NEGLIGIBLE && j >= 0.0 {
            sum += term;
            term *= j / ((n_ - j + 1.0) * odds);
            j -= 1.0;
        }
        return sum.min(1.0);
    }
    let (mut term, mut sum, mut j) = (at(k_ + 1.0), 0.0, k_ + 1.0);
    while term > sum * NEGLIGIBLE && j <= n_ {
        sum += term;
        term *= (n_ - j) * odds / (j + 1.0);
        j += 1.0;
    }
    (1.0 - sum).max(0.0)
}

/// The largest share under which k of n or fewer is not yet a surprise: the one-sided upper
/// bound of Clopper and Pearson (1934), wrong with a chance of at most `delta`. 1 for n = 0.
pub fn upper(k: u64, n: u64, delta: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    let (mut low, mut high) = (k as f64 / n as f64, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if cdf(k, n, middle) > delta {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The fewest labels with which even no wrong one is evidence enough.
pub fn floor(alpha: f64, delta: f64) -> u64 {
    (delta.ln() / (-alpha).ln_1p()).ceil() as u64
}

/// The fewest labels with which the promise can be made with the chance `power`, if the
/// true share of wrong ones is `wrong`. `None` if that is not below `alpha`, or it takes
/// more than `most`.
pub fn needed(wrong: f64, alpha: f64, delta: f64, power: f64, most: u64) -> Option<u64> {
    if wrong >= alpha {
        return None;
    }
    // How many wrong ones are few enough only grows with n.
    let mut allowed = 0;
    (floor(alpha, delta)..=most).find(|n| {
        while cdf(allowed + 1, *n, alpha) <= delta {
            allowed += 1;
        }
        cdf(allowed, *n, wrong) >= power
    })
}
