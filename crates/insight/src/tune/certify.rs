//! The threshold with a guarantee: fixed-sequence testing in the sense of Learn-then-Test
//! (Angelopoulos et al., arXiv 2110.01052; `science.md` §2.2).
//!
//! From strict to lax, in an order that is fixed before a label is looked at, each
//! threshold is tested for "the share of wrong answers from here on is `alpha` or more".
//! The first that cannot be refuted ends it. If the checked answers are an honest sample,
//! a threshold that was certified breaks its promise with a chance of at most `delta`, for
//! any assistant, any score and any number of labels.

use std::collections::BTreeMap;

use segue_model::event::Grade;

use super::betting::Weighted;
use super::{GradedAnswer, TuneRequest, binomial, mixed};

/// The thresholds that are tried, from strict to lax.
pub const GRID: [f64; 14] = [
    0.95, 0.90, 0.85, 0.80, 0.75, 0.70, 0.65, 0.60, 0.55, 0.50, 0.45, 0.40, 0.35, 0.30,
];
/// Thresholds this near are the same.
const SAME: f64 = 1e-9;
/// Chances that differ by no more than this part are the same chance.
const SAME_CHANCE: f64 = 1e-6;
/// How many times the fewest labels are to be expected at the start.
const START_TIMES: f64 = 2.0;

/// What was found at one threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// From which score on answers are said.
    pub threshold: f64,
    /// Labels at or above it.
    pub graded: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// The share of wrong ones among what is said, by the chances of having been drawn.
    pub wrong_share: Option<f64>,
    /// Its upper bound, too low with a chance of at most `delta`.
    pub upper: f64,
    /// How surprising the labels would be, were the share `alpha` or more.
    pub p: f64,
    /// Whether the promise can be made here.
    pub is_certified: bool,
}

/// The grid, tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Certification {
    /// Where the sequence began.
    pub start: f64,
    /// The fewest labels with which even no wrong one is evidence enough.
    pub floor: u64,
    /// Every threshold of the grid, strict to lax.
    pub tested: Vec<Tested>,
    /// The most lax threshold for which the promise can be made.
    pub threshold: Option<f64>,
}

/// Tests the grid.
pub fn certify(rows: &[&GradedAnswer], request: &TuneRequest, delta: f64) -> Certification {
    let floor = binomial::floor(request.alpha, delta);
    let start = start(rows, request, floor);
    let once = one_of_each_conversation(rows);
    let mut is_open = true;
    let mut threshold = None;
    let mut tested = Vec::with_capacity(GRID.len());
    for at in GRID {
        let mut row = test(rows, &once, at, request.alpha, delta);
        if at <= start + SAME {
            is_open &= row.graded >= floor && row.p <= delta;
            row.is_certified = is_open;
            threshold = if is_open { Some(at) } else { threshold };
        }
        tested.push(row);
    }
    Certification {
        start,
        floor,
        tested,
        threshold,
    }
}

/// The strictest threshold at which enough labels are to be expected. It looks at scores
/// of the period before, so that no label decides where the tests begin.
fn start(rows: &[&GradedAnswer], request: &TuneRequest, floor: u64) -> f64 {
    let labels = rows.iter().filter(|row| row.label().is_some()).count() as f64;
    let own: Vec<f64>;
    let (scores, rate) = match &request.earlier {
        Some((scores, rate)) if !scores.is_empty() => (scores, *rate),
        // Nothing came before: the scores of the period itself, still without its labels.
        _ => {
            own = rows.iter().map(|row| row.score).collect();
            // Before the first label, as if every answer were to be checked.
            let rate = if labels > 0.0 {
                labels / (own.len().max(1) as f64)
            } else {
                1.0
            };
            (&own, rate)
        }
    };
    let wished = START_TIMES * floor as f64;
    let is_enough = |threshold: &&f64| {
        let above = scores.iter().filter(|score| **score >= **threshold - SAME);
        above.count() as f64 * rate >= wished
    };
    let last = GRID.last().copied().unwrap_or_default();
    GRID.iter().find(is_enough).copied().unwrap_or(last)
}

/// The labelled answers, of each conversation one, chosen by chance and not by its label:
/// what is said twice to the same customer is one piece of evidence.
fn one_of_each_conversation<'a>(rows: &[&'a GradedAnswer]) -> Vec<&'a GradedAnswer> {
    let mut once: BTreeMap<u64, &GradedAnswer> = BTreeMap::new();
    let mut apart = Vec::new();
    for row in rows.iter().filter(|row| row.label().is_some()) {
        match row.conversation {
            None => apart.push(*row),
            Some(conversation) => {
                let kept = once.entry(conversation).or_insert(row);
                if row.lot() < kept.lot() {
                    *kept = row;
                }
            }
        }
    }
    apart.extend(once.into_values());
    apart
}

fn test(
    rows: &[&GradedAnswer],
    once: &[&GradedAnswer],
    threshold: f64,
    alpha: f64,
    delta: f64,
) -> Tested {
    let above = |row: &&&GradedAnswer| row.score >= threshold - SAME;
    let chances = once.iter().filter(above).map(|row| row.by_chance);
    let least = chances.clone().fold(1.0, f64::min);
    let most = chances.fold(0.0, f64::max);
    if most - least > SAME_CHANCE * most {
        return test_weighted(rows, threshold, alpha, delta, least);
    }
    let graded = once.iter().filter(above).count() as u64;
    let wrong = once.iter().filter(above).filter(|row| row.is_wrong());
    let wrong = wrong.count() as u64;
    Tested {
        threshold,
        graded,
        wrong,
        wrong_share: (graded > 0).then(|| wrong as f64 / graded as f64),
        upper: binomial::upper(wrong, graded, delta),
        p: binomial::cdf(wrong, graded, alpha),
        is_certified: false,
    }
}

/// Where answers were drawn with unequal chances, as they are when some were held back:
/// each counts by its chance, against all that were given. Without that, what was held
/// back and rarely drawn would count too little, and the share look better than it is.
fn test_weighted(
    rows: &[&GradedAnswer],
    threshold: f64,
    alpha: f64,
    delta: f64,
    least: f64,
) -> Tested {
    let above = rows.iter().filter(|row| row.score >= threshold - SAME);
    // An answer that nobody could judge is taken to have been wrong: leaving it out would
    // be leaving out the hard ones.
    let value = |row: &&GradedAnswer| match row.grade {
        Some(Grade::Wrong | Grade::Unsure) => 1.0 / row.by_chance,
        Some(Grade::Right) | None => 0.0,
    };
    let weighted = Weighted::new(shuffled(above.clone().map(value).collect()), 1.0 / least);
    let labelled = above.filter(|row| row.label().is_some());
    let wrong = labelled.clone().filter(|row| row.is_wrong()).count() as u64;
    Tested {
        threshold,
        graded: labelled.count() as u64,
        wrong,
        wrong_share: weighted.mean(),
        upper: weighted.upper(delta),
        p: weighted.p(alpha, delta),
        is_certified: false,
    }
}

/// In an order that has nothing to do with the values, and is the same however they came:
/// a gambler who saw all that was said before what was held back would win too early.
fn shuffled(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let mut lots: Vec<(u64, f64)> = values
        .into_iter()
        .enumerate()
        .map(|(rank, value)| (mixed(rank as u64), value))
        .collect();
    lots.sort_by_key(|(lot, _)| *lot);
    lots.into_iter().map(|(_, value)| value).collect()
}
