//! The curve of risk over coverage: the fewer answers are said, the fewer of them are wrong.

use serde::Serialize;

use super::{GradedAnswer, binomial};

/// The curve's thresholds, in hundredths.
const FROM: u32 = 30;
const UNTIL: u32 = 99;

/// One threshold of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// From which score on answers are said.
    pub threshold: f64,
    /// The share of all answers that are said.
    pub answered: f64,
    /// The share of wrong ones among them, by the labels; `None` without any.
    pub wrong: Option<f64>,
    /// Its upper bound, where all labels were drawn with the same chance.
    pub upper: Option<f64>,
    /// Labels at or above it.
    pub graded: u64,
}

/// The curve, from lax to strict.
pub fn curve(rows: &[&GradedAnswer], delta: f64) -> Vec<CurvePoint> {
    let all = rows.len().max(1) as f64;
    let of = |hundredths: u32| {
        let threshold = f64::from(hundredths) / 100.0;
        let above = rows.iter().filter(|row| row.score >= threshold - 1e-9);
        let labelled = || above.clone().filter(|row| row.label().is_some());
        let weight = |row: &&&GradedAnswer| 1.0 / row.by_chance;
        let total: f64 = labelled().map(|row| weight(&row)).sum();
        let wrong = labelled().filter(|row| row.is_wrong());
        // An empty sum is -0, which is no figure to show.
        let share = (wrong.clone().map(|row| weight(&row)).sum::<f64>() + 0.0) / total;
        let graded = labelled().count() as u64;
        let first = labelled().next().map_or(1.0, |row| row.by_chance);
        let is_even = labelled().all(|row| (row.by_chance - first).abs() < 1e-9);
        let upper = || binomial::upper(wrong.clone().count() as u64, graded, delta);
        CurvePoint {
            threshold,
            answered: above.clone().count() as f64 / all,
            wrong: (graded > 0).then_some(share),
            upper: (graded > 0 && is_even).then(upper),
            graded,
        }
    };
    (FROM..=UNTIL).map(of).collect()
}

/// The area under the curve of risk over coverage, and what it exceeds that of a score
/// which puts every wrong answer last (Geifman and El-Yaniv 2017, 2019). It compares
/// scores; it chooses no threshold. `None` without labels.
pub fn areas(rows: &[&GradedAnswer]) -> Option<(f64, f64)> {
    let mut labelled: Vec<(f64, f64, f64)> = rows
        .iter()
        .filter_map(|row| {
            row.label()
                .map(|wrong| (row.score, f64::from(u8::from(wrong)), 1.0 / row.by_chance))
        })
        .collect();
    if labelled.is_empty() {
        return None;
    }
    labelled.sort_by(|a, b| b.0.total_cmp(&a.0));
    let own = area(labelled.iter().map(|(_, wrong, weight)| (*wrong, *weight)));
    labelled.sort_by(|a, b| a.1.total_cmp(&b.1));
    let best = area(labelled.iter().map(|(_, wrong, weight)| (*wrong, *weight)));
    Some((own, own - best))
}

/// The mean over all coverages of the share of wrong ones so far.
fn area(rows: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut wrong, mut said, mut sum) = (0.0, 0.0, 0.0);
    for (is_wrong, weight) in rows {
        wrong += is_wrong * weight;
        said += weight;
        sum += weight * wrong / said;
    }
    sum / said
}
