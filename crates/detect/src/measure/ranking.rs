//! Figures that depend on the order of scores only.

/// Rows in the order of their scores, sorted once for many resamples.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Score, place among the rows given, and whether it should fire.
    sorted: Vec<(f64, usize, bool)>,
}

impl Ranking {
    /// Rows of `(should fire, score)`.
    pub fn new(rows: &[(bool, f64)]) -> Self {
        let placed = rows.iter().enumerate();
        let mut sorted: Vec<(f64, usize, bool)> = placed
            .map(|(place, (is_true, score))| (*score, place, *is_true))
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { sorted }
    }

    /// The probability that a row that should fire has a higher score than one
    /// that should not, ties counted half, each row counted as often as
    /// `counts` says. `None` if either kind is missing.
    pub fn auroc(&self, counts: &[u32]) -> Option<f64> {
        let (mut won, mut positives, mut negatives) = (0.0, 0.0, 0.0);
        for ties in self.sorted.chunk_by(|a, b| a.0 == b.0) {
            let (mut yes, mut no) = (0.0, 0.0);
            for (_, place, is_true) in ties {
                let count = counts.get(*place).copied().map_or(0.0, f64::from);
                *(if *is_true { &mut yes } else { &mut no }) += count;
            }
            won += yes * (negatives + no / 2.0);
            positives += yes;
            negatives += no;
        }
        (positives > 0.0 && negatives > 0.0).then(|| won / (positives * negatives))
    }
}

/// How well two orders agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// Spearman's coefficient, −1 to 1.
    pub rho: f64,
    /// How likely at least that much is where there is no relation: two-sided,
    /// by the normal approximation, so for some hundred pairs or more.
    pub p_value: f64,
}

/// Pairs of values, sorted by either once.
#[derive(Debug, Clone)]
pub struct RankPairs {
    orders: [Vec<(f64, usize)>; 2],
}

impl RankPairs {
    /// Pairs of values.
    pub fn new(pairs: &[(f64, f64)]) -> Self {
        let order = |value: fn(&(f64, f64)) -> f64| {
            let placed = pairs.iter().enumerate();
            let mut order: Vec<(f64, usize)> =
                placed.map(|(place, pair)| (value(pair), place)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            order
        };
        Self {
            orders: [order(|pair| pair.0), order(|pair| pair.1)],
        }
    }

    /// Spearman's rank correlation, ties sharing the mean of their ranks, each
    /// pair counted as often as `counts` says. `None` where one value is the
    /// same throughout.
    pub fn spearman(&self, counts: &[u32]) -> Option<Rank> {
        let [first, second] = self.orders.each_ref().map(|order| ranks(order, counts));
        let total: f64 = counts.iter().copied().map(f64::from).sum();
        let middle = (total + 1.0) / 2.0;
        let (mut both, mut one, mut other) = (0.0, 0.0, 0.0);
        for ((a, b), count) in first.iter().zip(&second).zip(counts) {
            let (a, b, count) = (a - middle, b - middle, f64::from(*count));
            both += count * a * b;
            one += count * a * a;
            other += count * b * b;
        }
        if one == 0.0 || other == 0.0 {
            return None;
        }
        let rho = both / (one * other).sqrt();
        let spread = (1.0 - rho * rho).max(f64::MIN_POSITIVE);
        let deviations = rho.abs() * ((total - 2.0).max(0.0) / spread).sqrt();
        Some(Rank {
            rho,
            p_value: two_sided(deviations),
        })
    }
}

fn ranks(order: &[(f64, usize)], counts: &[u32]) -> Vec<f64> {
    let count = |place: usize| counts.get(place).copied().map_or(0.0, f64::from);
    let mut ranks = vec![0.0; order.len()];
    let mut below = 0.0;
    for ties in order.chunk_by(|a, b| a.0 == b.0) {
        let tied: f64 = ties.iter().map(|(_, place)| count(*place)).sum();
        for (_, place) in ties {
            if let Some(rank) = ranks.get_mut(*place) {
                *rank = below + (tied + 1.0) / 2.0;
            }
        }
        below += tied;
    }
    ranks
}

/// How likely a normal variable lies at least so many deviations from its mean
/// (Abramowitz & Stegun 26.2.17, good to 1e-7).
fn two_sided(deviations: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * deviations);
    let series = [
        0.319_381_530,
        -0.356_563_782,
        1.781_477_937,
        -1.821_255_978,
        1.330_274_429,
    ];
    let sum = series.iter().rev().fold(0.0, |sum, part| (sum + part) * t);
    let density = (-deviations * deviations / 2.0).exp() / std::f64::consts::TAU.sqrt();
    (2.0 * density * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{RankPairs, Ranking, two_sided};

    #[test]
    fn a_row_counts_as_often_as_it_was_drawn() {
        let rows = [(true, 0.9), (false, 0.5), (true, 0.5), (false, 0.1)];
        let ranking = Ranking::new(&rows);
        assert_eq!(ranking.auroc(&[1; 4]), Some(3.5 / 4.0));
        assert_eq!(ranking.auroc(&[0, 3, 1, 0]), Some(0.5));
        assert_eq!(ranking.auroc(&[1, 0, 1, 0]), None);
    }

    #[test]
    fn orders_that_agree_correlate() {
        let rising: Vec<(f64, f64)> = (0..50)
            .map(|at| (f64::from(at), f64::from(at * at)))
            .collect();
        let rank = RankPairs::new(&rising).spearman(&[1; 50]).unwrap();
        assert!(
            (rank.rho - 1.0).abs() < 1e-12 && rank.p_value < 1e-6,
            "{rank:?}"
        );
        let pairs = [(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0), (5.0, 5.0)];
        let rank = RankPairs::new(&pairs).spearman(&[1; 5]).unwrap();
        assert!((rank.rho - 0.8).abs() < 1e-12, "{rank:?}");
        assert_eq!(
            RankPairs::new(&[(1.0, 2.0), (1.0, 3.0)]).spearman(&[1; 2]),
            None
        );
    }

    #[test]
    fn the_normal_tail_is_that_of_the_tables() {
        assert!((two_sided(1.959_964) - 0.05).abs() < 1e-6);
        assert!((two_sided(0.0) - 1.0).abs() < 1e-6);
    }
}
