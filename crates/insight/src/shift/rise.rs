//! Since when a share is higher than before: one change, its place unknown.

use super::Counted;

/// A share week by week, the earliest first.
pub(crate) type Series = [Counted];

/// A share that rose and stayed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rise {
    /// The first week of the higher share, from 0.
    pub since: usize,
    pub before: Counted,
    pub after: Counted,
    /// The chance of so clear a rise where there is none, any week being a possible
    /// beginning and weeks differing as much as these do.
    pub p: f64,
}

/// The clearest rise, be it clear or not; `None` with fewer than two weeks or no case.
///
/// For each possible beginning the likelihood of two shares is held against that of one
/// (a binomial change point); the statistic is divided by how much more weeks differ among
/// themselves than chance explains, because campaigns and holidays make them.
pub(crate) fn rise(series: &Series) -> Option<Rise> {
    let mut best: Option<(f64, Rise)> = None;
    for since in 1..series.len() {
        let (early, late) = series.split_at(since);
        let (before, after) = (sum(early), sum(late));
        if before.n == 0 || after.n == 0 || after.share() <= before.share() {
            continue;
        }
        let gain = 2.0 * gain(before, after) / dispersion(early, late).max(1.0);
        if best.as_ref().is_none_or(|(most, _)| gain > *most) {
            let places = (series.len() - 1) as f64;
            // One-sided, and as many looks as there are possible beginnings.
            let p = (super::normal_above(gain.max(0.0).sqrt()) * places).min(1.0);
            let found = Rise {
                since,
                before,
                after,
                p,
            };
            best = Some((gain, found));
        }
    }
    best.map(|(_, found)| found)
}

/// By how much two shares explain the counts better than one, in the logarithm of the
/// likelihood; 0 where the later one is not higher.
pub(crate) fn gain(before: Counted, after: Counted) -> f64 {
    if before.n == 0 || after.n == 0 || after.share() <= before.share() {
        return 0.0;
    }
    log_likelihood(before) + log_likelihood(after) - log_likelihood(before.plus(after))
}

pub(crate) fn sum(series: &Series) -> Counted {
    series
        .iter()
        .copied()
        .fold(Counted::default(), Counted::plus)
}

fn log_likelihood(counted: Counted) -> f64 {
    let (k, n) = (f64::from(counted.k), f64::from(counted.n));
    let part = |of: f64| if of > 0.0 { of * (of / n).ln() } else { 0.0 };
    part(k) + part(n - k)
}

/// Pearson's statistic of the weeks around their share, on either side, for each degree of freedom.
fn dispersion(early: &Series, late: &Series) -> f64 {
    let (mut statistic, mut degrees) = (0.0, 0.0);
    for side in [early, late] {
        let share = sum(side).share();
        let spread = share * (1.0 - share);
        if spread <= 0.0 {
            continue;
        }
        for week in side.iter().filter(|week| week.n > 0) {
            let n = f64::from(week.n);
            let off = f64::from(week.k) - n * share;
            statistic += off * off / (n * spread);
            degrees += 1.0;
        }
        degrees -= 1.0;
    }
    if degrees > 0.0 {
        statistic / degrees
    } else {
        1.0
    }
}
