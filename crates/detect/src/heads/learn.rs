//! Fits heads to labelled rows. The same rows in the same order give the same
//! bytes: nothing here depends on time, chance or the number of processors.
//!
//! A row may know some labels and not others; each head learns from the rows
//! that know its own.

mod join;

use join::{Point, at_best, join};

use super::{Head, Heads, Joint, WIDTH};
use crate::builtin::{ASKED_ABOUT, TARGETS, Target};
use crate::detector::{RuleFindings, rule_findings, scores_by};
use crate::features::{Features, Places, Seen};
use crate::linear::{Example, Weights};
use crate::measure::{Confusion, auroc};
use crate::memory::FOUND_MIN;
use crate::table::{rarity, values};
use crate::vocabulary::hash32;

/// Bits of a feature's number: 524,288 rows, 8 MiB for 16 heads.
const BITS: u32 = 19;
const PLACES: Places = Places {
    bits: BITS,
    is_plain: false,
};
/// How far a weight is drawn back to nothing with each row it takes part in.
const DECAY: f32 = 3e-5;
/// In how many parts the rows are split to see margins of rows that were not learned.
const FOLDS: u32 = 5;
/// A source is left out as a whole if it has at least so many positives.
const SOURCE_POSITIVES_MIN: usize = 10;

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
    /// How much a row that was sought out counts beside one that came as it is.
    pub say_of_sought: f32,
    /// From which score on the rules stand against the head; above 1 for never.
    pub stands_from: f32,
    /// How much worse it is to miss a positive than to fire wrongly.
    pub miss_weight: f32,
}

/// How the whole detector does by a head on rows that the head was not learned from. Only
/// where a head and the rules are joined, and from where on it fires, was chosen on them.
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
    let known = set.fits_without(folds(rows));
    let unknown = leaves_sources_out.then(|| set.fits_without(sources(tasks.len(), rows)));
    let margins = set.margins_of(&known);
    let joints = tasks.iter().zip(&targets).enumerate();
    let joints = joints.map(|(head, (task, target))| {
        let points = set.points(head, *target, &margins);
        at_best(join(&points, *task), &points, task.miss_weight)
    });
    let joined: Vec<(Target, Joint)> = targets.iter().copied().zip(joints).collect();
    let judge = |fits: &Vec<Fit>| -> Vec<Judged> {
        let judged = fits
            .iter()
            .map(|fit| set.judged(fit, &set.heads(fit, &joined), rows));
        judged.flatten().collect()
    };
    let (seen, strange) = (judge(&known), unknown.as_ref().map(judge));
    let reports = tasks.iter().zip(&targets).enumerate();
    let reports = reports.map(|(head, (task, target))| {
        let points = |judged: &[Judged]| set.decided(head, *target, judged);
        report(task.name, &points(&seen), strange.as_deref().map(points))
    });
    let everything = set.fit((0..rows.len()).collect(), Vec::new());
    Ok(Trained {
        bytes: set.heads(&everything, &joined).write(),
        reports: reports.collect(),
    })
}

/// A fit, the rows it was learned from, and those it is judged by.
struct Fit {
    learned: Vec<usize>,
    judged_by: Vec<usize>,
    weights: Weights<WIDTH>,
}

/// A row, and the scores that the whole detector gives it, by target.
type Judged = (usize, [f32; TARGETS]);

/// What was decided of one row.
struct Decided {
    label: bool,
    score: f32,
    rules: f32,
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
    example: Example<WIDTH>,
    labels: Vec<(usize, bool)>,
    rules: RuleFindings,
    vocabulary: Vec<u32>,
    is_sought: bool,
}

struct Set {
    rows: Vec<Prepared>,
    rarity: Vec<u8>,
}

impl Set {
    fn new(tasks: &[Task], rows: &[Row]) -> Self {
        let found: Vec<(Features, RuleFindings)> =
            rows.iter().map(|row| rule_findings(&row.text)).collect();
        let rarity = rarity(found.iter().map(|(features, _)| features), PLACES);
        let prepared = found
            .into_iter()
            .zip(rows)
            .map(|((features, rules), row)| Prepared {
                example: example(tasks, row, values(&features, &rarity, PLACES)),
                labels: row.labels.clone(),
                rules,
                vocabulary: features.vocabulary,
                is_sought: row.is_sought,
            });
        Self {
            rows: prepared.collect(),
            rarity,
        }
    }

    /// A fit for each part, on all other rows.
    fn fits_without(&self, parts: Parts) -> Vec<Fit> {
        let fit = |part: Vec<usize>| {
            let mut is_inside = vec![false; self.rows.len()];
            for at in &part {
                if let Some(inside) = is_inside.get_mut(*at) {
                    *inside = true;
                }
            }
            let others = (0..self.rows.len()).filter(|at| is_inside.get(*at) == Some(&false));
            self.fit(others.collect(), part)
        };
        parts.into_iter().map(fit).collect()
    }

    /// The margins of the rows that each fit did not know.
    fn margins_of(&self, fits: &[Fit]) -> Vec<(usize, [f32; WIDTH])> {
        let of = |fit: &Fit| {
            let margins = fit.judged_by.iter().filter_map(|at| {
                let row = self.rows.get(*at)?;
                Some((*at, fit.weights.margins(&row.example.values)))
            });
            margins.collect::<Vec<_>>()
        };
        fits.iter().flat_map(of).collect()
    }

    /// The heads of a fit, as they would ship.
    fn heads(&self, fit: &Fit, joined: &[(Target, Joint)]) -> Heads {
        let head = |(column, (target, joint)): (usize, &(Target, Joint))| Head {
            target: *target,
            step: 0.0,
            bias: fit.weights.bias.get(column).copied().unwrap_or(0.0),
            joint: *joint,
            seen: self.seen(column, &fit.learned),
        };
        let list = joined.iter().enumerate().map(head).collect();
        quantized(list, &self.rarity, &fit.weights)
    }

    /// What the whole detector finds by these heads in the rows they did not know.
    fn judged(&self, fit: &Fit, heads: &Heads, rows: &[Row]) -> Vec<Judged> {
        let judged = fit.judged_by.iter().filter_map(|at| {
            let row = rows.get(*at)?;
            Some((*at, scores_by(heads, &row.text)))
        });
        judged.collect()
    }

    /// The rows whose label a head knows, with what was decided of them.
    fn decided(&self, head: usize, target: Target, judged: &[Judged]) -> Vec<Decided> {
        let decided = judged.iter().filter_map(|(at, scores)| {
            let row = self.rows.get(*at)?;
            let (_, label) = row.labels.iter().find(|(known, _)| *known == head)?;
            Some(Decided {
                label: *label,
                score: scores.get(target as usize).copied()?,
                rules: row.rules.scores.get(target as usize).copied()?,
            })
        });
        decided.collect()
    }

    fn fit(&self, learned: Vec<usize>, judged_by: Vec<usize>) -> Fit {
        let rows = learned.iter().filter_map(|at| self.rows.get(*at));
        let examples: Vec<&Example<WIDTH>> = rows.map(|row| &row.example).collect();
        Fit {
            weights: Weights::fit(&examples, 1 << BITS, DECAY),
            learned,
            judged_by,
        }
    }

    /// The words of the rows whose label a head knows.
    fn seen(&self, head: usize, chosen: &[usize]) -> Seen {
        let knows = |row: &&Prepared| row.labels.iter().any(|(known, _)| *known == head);
        let rows = chosen.iter().filter_map(|at| self.rows.get(*at));
        Seen::of(rows.filter(knows).flat_map(|row| &row.vocabulary))
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

/// A row with how much it counts for each head: nothing where its label is not known.
fn example(tasks: &[Task], row: &Row, values: Vec<(usize, f32)>) -> Example<WIDTH> {
    let mut example = Example {
        values,
        labels: [false; WIDTH],
        weights: [0.0; WIDTH],
    };
    for (head, label) in &row.labels {
        if let (Some(task), Some(known), Some(weight)) = (
            tasks.get(*head),
            example.labels.get_mut(*head),
            example.weights.get_mut(*head),
        ) {
            let of_kind = if *label { task.positive_weight } else { 1.0 };
            let say = if row.is_sought {
                task.say_of_sought
            } else {
                1.0
            };
            (*known, *weight) = (*label, say * of_kind);
        }
    }
    example
}

/// Heads with their weights as bytes.
fn quantized(mut list: Vec<Head>, rarity: &[u8], weights: &Weights<WIDTH>) -> Heads {
    let (steps, rows) = weights.quantized(rarity);
    for (head, step) in list.iter_mut().zip(steps) {
        head.step = step;
    }
    Heads {
        list,
        bits: BITS,
        rows: rows
            .into_iter()
            .zip(rarity)
            .map(|(weights, rarity)| super::Weights::new(weights, *rarity))
            .collect(),
    }
}

fn report(name: &'static str, seen: &[Decided], strange: Option<Vec<Decided>>) -> Report {
    let both = |rows: &[Decided]| {
        let (mut whole, mut rules) = (Confusion::default(), Confusion::default());
        for row in rows {
            whole.add(row.label, f64::from(row.score) >= FOUND_MIN);
            rules.add(row.label, f64::from(row.rules) >= FOUND_MIN);
        }
        (whole, rules)
    };
    let scores: Vec<(bool, f64)> = seen
        .iter()
        .map(|it| (it.label, f64::from(it.score)))
        .collect();
    Report {
        name,
        counts: (seen.iter().filter(|it| it.label).count(), seen.len()),
        known: both(seen),
        unknown: strange.as_deref().map(both),
        auroc: auroc(&scores),
    }
}
