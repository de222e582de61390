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
/// How far two thresholds of the grid are apart.
const STEP: f64 = 0.05;
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
            is_open &= row.graded >= floor && row.p <= delta && is_known(rows, at, request.accept);
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

/// Whether anything is known of what this threshold would let through. Labels of what
/// was said say nothing of what was held back, and none say anything of scores below all
/// of theirs: there, an untested step would look as good as the one before it.
///
/// Down to the threshold in force all that comes is said, and judged as it comes; below
/// it there must be labels.
fn is_known(rows: &[&GradedAnswer], threshold: f64, accept: f64) -> bool {
    let above = || rows.iter().filter(|row| row.score >= threshold - SAME);
    let lowest = above()
        .filter(|row| row.label().is_some())
        .map(|row| row.score)
        .fold(f64::INFINITY, f64::min);
    let withheld = || above().filter(|row| !row.was_shown);
    let is_checked = withheld().any(|row| row.label().is_some());
    let is_in_force = threshold >= accept - SAME;
    let is_reached = is_in_force || lowest < threshold + STEP - SAME;
    is_reached && (is_checked || withheld().next().is_none())
}

/// With what chance an answer of its kind was really judged: what was drawn and is still
/// waiting was not.
fn judged_share(rows: &[&GradedAnswer], was_shown: bool, threshold: f64) -> f64 {
    let of_kind = || {
        let above = rows.iter().filter(|row| row.score >= threshold - SAME);
        above.filter(|row| row.was_shown == was_shown)
    };
    let judged = of_kind().filter(|row| row.grade.is_some()).count();
    judged as f64 / of_kind().count().max(1) as f64
}

/// The strictest threshold at which enough labels are to be expected. It looks at scores
/// of the period before, so that no label decides where the tests begin.
fn start(rows: &[&GradedAnswer], request: &TuneRequest, floor: u64) -> f64 {
    let expected: Vec<(f64, f64)> = match &request.earlier {
        Some((scores, rate)) if !scores.is_empty() => {
            scores.iter().map(|score| (*score, *rate)).collect()
        }
        // Nothing came before: the scores of the period itself, still without its labels,
        // each with the share of its kind that is judged.
        _ => {
            let shares = [true, false].map(|was_shown| judged_share(rows, was_shown, 0.0));
            // Before the first label, as if every answer were to be checked.
            let [shown, withheld] = match shares.iter().sum::<f64>() > 0.0 {
                true => shares,
                false => [1.0; 2],
            };
            let rate = |row: &GradedAnswer| if row.was_shown { shown } else { withheld };
            rows.iter().map(|row| (row.score, rate(row))).collect()
        }
    };
    let wished = START_TIMES * floor as f64;
    let is_enough = |threshold: &&f64| {
        let above = expected
            .iter()
            .filter(|(score, _)| *score >= **threshold - SAME);
        above.map(|(_, rate)| rate).sum::<f64>() >= wished
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
    let has_withheld = once.iter().filter(above).any(|row| !row.was_shown);
    // Of what was held back another share is judged than of what was said.
    let shares = [true, false].map(|was_shown| judged_share(rows, was_shown, threshold));
    let chance = |row: &GradedAnswer| {
        let [shown, withheld] = shares;
        let judged = if row.was_shown { shown } else { withheld };
        match has_withheld {
            true => row.by_chance.min(judged),
            false => row.by_chance,
        }
    };
    let chances = once.iter().filter(above).map(|row| chance(row));
    let least = chances.clone().fold(1.0, f64::min);
    let most = chances.fold(0.0, f64::max);
    if most - least > SAME_CHANCE * most {
        return test_weighted(rows, threshold, (alpha, delta), least, chance);
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
    (alpha, delta): (f64, f64),
    least: f64,
    chance: impl Fn(&GradedAnswer) -> f64,
) -> Tested {
    let above = rows.iter().filter(|row| row.score >= threshold - SAME);
    // An answer that nobody could judge is taken to have been wrong: leaving it out would
    // be leaving out the hard ones.
    let value = |row: &&GradedAnswer| match row.grade {
        Some(Grade::Wrong | Grade::Unsure) => 1.0 / chance(row),
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
