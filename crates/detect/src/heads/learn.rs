//! Fits heads to labelled rows. The same rows in the same order give the same
//! bytes: nothing here depends on time, chance or the number of processors.
//!
//! A row may know some labels and not others; each head learns from the rows
//! that know its own.

mod join;

use join::{Point, at_best, join};

use super::{Head, Heads, Joint, SEEN_BYTES, WIDTH};
use crate::builtin::{ASKED_ABOUT, Target};
use crate::detector::{RuleFindings, rule_findings};
use crate::dice::Dice;
use crate::features::{Features, Places};
use crate::measure::{Confusion, auroc};
use crate::table::{RARITY_STEP, rarity, values};
use crate::vocabulary::hash32;

/// Bits of a feature's number: 131,072 rows, 2 MiB for 16 heads.
const BITS: u32 = 17;
const PLACES: Places = Places {
    bits: BITS,
    is_plain: false,
};
/// How often the rows are gone through.
const EPOCHS: u32 = 10;
/// The size of a first step.
const RATE: f32 = 0.5;
/// How far a weight is drawn back to nothing with each row it takes part in.
const DECAY: f32 = 1e-6;
/// In how many parts the rows are split to see margins of rows that were not learned.
const FOLDS: u32 = 5;
/// A source is left out as a whole if it has at least so many positives.
const SOURCE_POSITIVES_MIN: usize = 10;
/// Share of the largest weights that are cut when weights become bytes.
const CUT_SHARE: f64 = 0.000_02;

/// A text with what is known of it.
#[derive(Debug, Clone)]
pub struct Row {
    /// What somebody wrote.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// Whether it was sought out for a hard case, so that its kind is more frequent
    /// among such rows than in what customers write.
    pub is_sought: bool,
    /// The heads whose label is known, by their place, with the label.
    pub labels: Vec<(usize, bool)>,
}

/// What is to be learned of one head.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// The target it speaks for.
    pub name: &'static str,
    /// How much more a positive counts than a negative.
    pub positive_weight: f32,
    /// From which score on the rules stand against the head.
    pub stands_from: f32,
    /// How much worse it is to miss a positive than to fire wrongly.
    pub miss_weight: f32,
}

/// How a head joined with the rules does on rows that were not learned. What the
/// detector asks besides (whether it knows the words, whether a rule vetoes, how much a
/// turn says) is not in it; `segue eval` measures the whole.
#[derive(Debug, Clone)]
pub struct Report {
    /// The head.
    pub name: &'static str,
    /// Positives and rows.
    pub counts: (usize, usize),
    /// On parts of sources it knows: with the rules, and the rules alone.
    pub known: (Confusion, Confusion),
    /// On sources it does not know: with the rules, and the rules alone.
    pub unknown: Option<(Confusion, Confusion)>,
    /// Area under the curve on parts of known sources.
    pub auroc: Option<f64>,
}

/// Heads, ready to be written.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The file.
    pub bytes: Vec<u8>,
    /// What each reaches.
    pub reports: Vec<Report>,
}

/// Why nothing can be learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// A name that no target has.
    #[error("`{0}` is no target")]
    Task(String),
    /// More heads than there is room for.
    #[error("{0} heads are too many, there is room for {WIDTH}")]
    TooMany(usize),
    /// A head without positives or without negatives.
    #[error("the rows show only one side of `{0}`")]
    OneSided(String),
}

/// Learns all heads. Where sources are left out, the reports say how the heads do on
/// sources they do not know, at the price of a fit for each.
///
/// # Errors
/// When a task names no target, or a head has rows of one kind only.
pub fn learn(
    tasks: &[Task],
    rows: &[Row],
    leaves_sources_out: bool,
) -> Result<Trained, LearnError> {
    if tasks.len() > WIDTH {
        return Err(LearnError::TooMany(tasks.len()));
    }
    let mut targets = Vec::new();
    for (head, task) in tasks.iter().enumerate() {
        let target = Target::ALL.iter().find(|target| target.name() == task.name);
        targets.push(*target.ok_or_else(|| LearnError::Task(task.name.to_owned()))?);
        let sides =
            [true, false].map(|side| rows.iter().any(|row| row.labels.contains(&(head, side))));
        if sides != [true, true] {
            return Err(LearnError::OneSided(task.name.to_owned()));
        }
    }
    let set = Set::new(tasks, rows);
    let everything: Vec<usize> = (0..rows.len()).collect();
    let known = set.margins_of(&folds(rows));
    let unknown = leaves_sources_out.then(|| set.margins_of(&sources(tasks.len(), rows)));
    let weights = set.fit(&everything);
    let mut list = Vec::new();
    let mut reports = Vec::new();
    for (head, (task, target)) in tasks.iter().zip(&targets).enumerate() {
        let seen = set.points(head, *target, &known);
        let strange = unknown
            .as_ref()
            .map(|margins| set.points(head, *target, margins));
        let joint = at_best(join(&seen, *task), &seen, task.miss_weight);
        reports.push(report(task.name, joint, &seen, strange.as_deref()));
        list.push(Head {
            target: *target,
            step: 0.0,
            bias: weights.bias.get(head).copied().unwrap_or(0.0),
            joint,
            seen: set.seen(head),
        });
    }
    let heads = quantized(list, &set.rarity, &weights);
    Ok(Trained {
        bytes: heads.write(),
        reports,
    })
}

/// Which rows are judged by a fit on all others.
type Parts = Vec<Vec<usize>>;

/// By a hash of the text, so that copies of a row fall into the same part.
fn folds(rows: &[Row]) -> Parts {
    let mut parts = vec![Vec::new(); FOLDS as usize];
    for (at, row) in rows.iter().enumerate() {
        let part = hash32(row.text.to_lowercase().as_bytes()) % FOLDS;
        if let Some(part) = parts.get_mut(part as usize) {
            part.push(at);
        }
    }
    parts
}

/// Each source that says enough of some head.
fn sources(heads: usize, rows: &[Row]) -> Parts {
    let mut names: Vec<&str> = rows.iter().map(|row| row.source.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let part = |name: &&str| -> Vec<usize> {
        let of_it = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.source == **name);
        of_it.map(|(at, _)| at).collect()
    };
    let says_enough = |part: &Vec<usize>| {
        (0..heads).any(|head| {
            let positives = part.iter().filter_map(|at| rows.get(*at));
            positives
                .filter(|row| row.labels.contains(&(head, true)))
                .count()
                >= SOURCE_POSITIVES_MIN
        })
    };
    names.iter().map(part).filter(says_enough).collect()
}

/// A row as numbers.
struct Prepared {
    values: Vec<(usize, f32)>,
    labels: Vec<(usize, bool)>,
    rules: RuleFindings,
    vocabulary: Vec<u32>,
    is_sought: bool,
}

struct Set {
    rows: Vec<Prepared>,
    rarity: Vec<u8>,
    positive_weights: [f32; WIDTH],
}

/// The weights of all heads while they are learned.
struct Weights {
    rows: Vec<[f32; WIDTH]>,
    bias: [f32; WIDTH],
}

impl Set {
    fn new(tasks: &[Task], rows: &[Row]) -> Self {
        let found: Vec<(Features, RuleFindings)> =
            rows.iter().map(|row| rule_findings(&row.text)).collect();
        let rarity = rarity(found.iter().map(|(features, _)| features), PLACES);
        let mut positive_weights = [1.0; WIDTH];
        for (weight, task) in positive_weights.iter_mut().zip(tasks) {
            *weight = task.positive_weight;
        }
        let prepared = found
            .into_iter()
            .zip(rows)
            .map(|((features, rules), row)| Prepared {
                values: values(&features, &rarity, PLACES),
                labels: row.labels.clone(),
                rules,
                vocabulary: features.vocabulary,
                is_sought: row.is_sought,
            });
        Self {
            rows: prepared.collect(),
            rarity,
            positive_weights,
        }
    }

    /// The margins of each part's rows by a fit on all other rows.
    fn margins_of(&self, parts: &Parts) -> Vec<(usize, [f32; WIDTH])> {
        let judged = |part: &Vec<usize>| {
            let mut is_inside = vec![false; self.rows.len()];
            for at in part {
                if let Some(inside) = is_inside.get_mut(*at) {
                    *inside = true;
                }
            }
            let others: Vec<usize> = (0..self.rows.len())
                .filter(|at| is_inside.get(*at) == Some(&false))
                .collect();
            let weights = self.fit(&others);
            let margins = part.iter().filter_map(|at| {
                let row = self.rows.get(*at)?;
                Some((*at, weights.margins(&row.values)))
            });
            margins.collect::<Vec<_>>()
        };
        parts.iter().flat_map(judged).collect()
    }

    /// Logistic regression by steps down the gradient, each weight with a pace of its own
    /// (Duchi et al. 2011).
    fn fit(&self, chosen: &[usize]) -> Weights {
        let size = 1_usize << BITS;
        let mut weights = Weights {
            rows: vec![[0.0; WIDTH]; size],
            bias: [0.0; WIDTH],
        };
        let mut squares = vec![[1e-4_f32; WIDTH]; size];
        let mut bias_squares = [1e-4_f32; WIDTH];
        let mut order = chosen.to_vec();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for _ in 0..EPOCHS {
            dice.shuffle(&mut order);
            for row in order.iter().filter_map(|at| self.rows.get(*at)) {
                let margins = weights.margins(&row.values);
                let slopes = self.slopes(row, &margins);
                step(&mut weights.bias, &mut bias_squares, &slopes, 1.0);
                for (feature, value) in &row.values {
                    let at = *feature;
                    if let (Some(weights), Some(squares)) =
                        (weights.rows.get_mut(at), squares.get_mut(at))
                    {
                        step(weights, squares, &slopes, *value);
                    }
                }
            }
        }
        weights
    }

    /// The slope of the loss by each head's margin; nothing for labels that are not known.
    fn slopes(&self, row: &Prepared, margins: &[f32; WIDTH]) -> [f32; WIDTH] {
        let mut slopes = [0.0; WIDTH];
        for (head, label) in &row.labels {
            let (Some(slope), Some(margin), Some(weight)) = (
                slopes.get_mut(*head),
                margins.get(*head),
                self.positive_weights.get(*head),
            ) else {
                continue;
            };
            let error = sigmoid(*margin) - f32::from(u8::from(*label));
            *slope = error * if *label { *weight } else { 1.0 };
        }
        slopes
    }

    /// The words of the rows whose label a head knows.
    fn seen(&self, head: usize) -> Vec<u8> {
        let mut seen = vec![0_u8; SEEN_BYTES];
        let knows = |row: &&Prepared| row.labels.iter().any(|(known, _)| *known == head);
        for word in self
            .rows
            .iter()
            .filter(knows)
            .flat_map(|row| &row.vocabulary)
        {
            if let Some(byte) = seen.get_mut((word >> 3) as usize) {
                *byte |= 1 << (word & 7);
            }
        }
        seen
    }

    fn points(&self, head: usize, target: Target, margins: &[(usize, [f32; WIDTH])]) -> Vec<Point> {
        let point = |(at, margins): &(usize, [f32; WIDTH])| {
            let row = self.rows.get(*at)?;
            let (_, label) = row.labels.iter().find(|(known, _)| *known == head)?;
            Some(Point {
                margin: margins.get(head).copied()?,
                rules: row.rules.scores.get(target as usize).copied()?,
                is_info: row.rules.is_info && ASKED_ABOUT.contains(&target),
                is_sought: row.is_sought,
                label: *label,
            })
        };
        margins.iter().filter_map(point).collect()
    }
}

impl Weights {
    fn margins(&self, values: &[(usize, f32)]) -> [f32; WIDTH] {
        let mut margins = self.bias;
        for (feature, value) in values {
            if let Some(row) = self.rows.get(*feature) {
                for (margin, weight) in margins.iter_mut().zip(row) {
                    *margin += weight * value;
                }
            }
        }
        margins
    }
}

fn step(weights: &mut [f32; WIDTH], squares: &mut [f32; WIDTH], slopes: &[f32; WIDTH], value: f32) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(slopes) {
        if *slope == 0.0 {
            continue;
        }
        let change = slope * value + DECAY * *weight;
        *square += change * change;
        *weight -= RATE * change / square.sqrt();
    }
}

fn sigmoid(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// Weights as bytes: a feature's rarity is multiplied in, so that a turn needs one
/// look at each feature.
fn quantized(mut list: Vec<Head>, rarity: &[u8], weights: &Weights) -> Heads {
    let mut bytes = vec![[0_i8; WIDTH]; weights.rows.len()];
    for (column, head) in list.iter_mut().enumerate() {
        let weighted: Vec<f32> = weights
            .rows
            .iter()
            .zip(rarity)
            .map(|(row, rarity)| {
                row.get(column).copied().unwrap_or(0.0) * f32::from(*rarity) * RARITY_STEP
            })
            .collect();
        let mut sizes: Vec<f32> = weighted.iter().map(|value| value.abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let cut = (sizes.len() as f64 * (1.0 - CUT_SHARE)) as usize;
        let largest = sizes
            .get(cut.min(sizes.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0);
        head.step = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        for (row, value) in bytes.iter_mut().zip(&weighted) {
            if let Some(weight) = row.get_mut(column) {
                *weight = (value / head.step).round().clamp(-127.0, 127.0) as i8;
            }
        }
    }
    Heads {
        list,
        bits: BITS,
        rows: bytes
            .into_iter()
            .zip(rarity)
            .map(|(weights, rarity)| super::Weights::new(weights, *rarity))
            .collect(),
    }
}

fn report(name: &'static str, joint: Joint, seen: &[Point], strange: Option<&[Point]>) -> Report {
    let both = |points: &[Point]| {
        let (mut joined, mut rules) = (Confusion::default(), Confusion::default());
        for point in points {
            joined.add(point.label, point.chance(joint) >= 0.5);
            rules.add(point.label, point.rules >= 0.5);
        }
        (joined, rules)
    };
    let scores: Vec<(bool, f64)> = seen
        .iter()
        .map(|it| (it.label, f64::from(it.chance(joint))))
        .collect();
    Report {
        name,
        counts: (seen.iter().filter(|it| it.label).count(), seen.len()),
        known: both(seen),
        unknown: strange.map(both),
        auroc: auroc(&scores),
    }
}
