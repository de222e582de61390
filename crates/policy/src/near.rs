//! What nearly fired: the one condition whose turning would have made a rule hold.

use std::borrow::Cow;

use segue_model::id::RuleId;
use segue_model::signal::{SignalKind, Unit};
use segue_model::verdict::NearMiss;

use crate::definition::{Condition, Definition, Leaf, Rule, Source, Test, Threshold};
use crate::describe;
use crate::truth::{Scene, Truth};

/// A score or mood that misses by at most this much missed by little.
const SCORE_MARGIN: f64 = 0.1;
/// A count that misses by at most this much missed by little.
const COUNT_MARGIN: f64 = 1.0;
/// So many near misses are kept, the nearest.
const KEPT_MAX: usize = 8;
/// Rounds a distance, so that 0.7 − 0.68 does not read 0.019999999999999907.
const DECIMALS: f64 = 1e6;

/// Adds the near misses of a rule that did not fire.
pub(crate) fn misses<'a>(rule: &'a Rule, scene: &Scene<'_>, out: &mut Vec<Near<'a>>) {
    Search {
        rule: &rule.id,
        scene,
        out,
    }
    .walk(&rule.when, false);
}

/// A condition that missed, before it is put in words: of many only a few are told.
pub(crate) struct Near<'a> {
    rule: &'a RuleId,
    condition: Cow<'a, Condition>,
    value: f64,
    threshold: f64,
    missed_by: f64,
}

/// Puts the nearest in words.
pub(crate) fn told(definition: &Definition, mut misses: Vec<Near<'_>>) -> Vec<NearMiss> {
    misses.sort_by(|a, b| a.missed_by.total_cmp(&b.missed_by));
    misses.truncate(KEPT_MAX);
    let told = |near: Near<'_>| NearMiss {
        rule: near.rule.clone(),
        condition: describe::condition(definition, &near.condition),
        value: near.value,
        threshold: near.threshold,
        missed_by: near.missed_by,
    };
    misses.into_iter().map(told).collect()
}

/// Adds the confidence that missed the upper band by little.
pub(crate) fn band((kind, value, accept): (SignalKind, f64, f64), out: &mut Vec<NearMiss>) {
    if accept - value <= SCORE_MARGIN {
        out.push(NearMiss {
            rule: RuleId(crate::decide::builtin::ACCEPT.into()),
            condition: format!("{} at least the accept band", kind.name()),
            value,
            threshold: accept,
            missed_by: rounded(accept - value),
        });
    }
}

/// Orders near misses by how little they missed and keeps the first few.
pub(crate) fn nearest_first(misses: &mut Vec<NearMiss>) {
    misses.sort_by(|a, b| a.missed_by.total_cmp(&b.missed_by));
    misses.truncate(KEPT_MAX);
}

struct Search<'a, 's, 'o> {
    rule: &'a RuleId,
    scene: &'s Scene<'s>,
    out: &'o mut Vec<Near<'a>>,
}

impl<'a> Search<'a, '_, '_> {
    /// Walks to the conditions whose turning would make the whole hold. `is_backed` says
    /// that others beside it held; then a flag, too, nearly fired.
    fn walk(&mut self, condition: &'a Condition, is_backed: bool) {
        match condition {
            Condition::Leaf(leaf) => self.leaf(condition, leaf, is_backed),
            Condition::Any(parts) => self.any(parts, is_backed),
            Condition::All(parts) => {
                let mut open = parts
                    .iter()
                    .filter(|part| self.scene.truth(part) != Truth::Held);
                if let (Some(part), None) = (open.next(), open.next()) {
                    self.walk(part, is_backed || parts.len() > 1);
                }
            }
            Condition::Count { at_least, of } => self.count(condition, *at_least, of),
            Condition::Not(_) if is_backed && self.scene.truth(condition) == Truth::Missed => {
                self.push(Cow::Borrowed(condition), 1.0, 0.0);
            }
            Condition::Not(_) => {}
        }
    }

    /// Each part by itself, but flags of which any would have done in one line: four
    /// topics that were not found are one thing that was lacking.
    fn any(&mut self, parts: &'a [Condition], is_backed: bool) {
        let is_lacking = |part: &&Condition| match part {
            Condition::Leaf(leaf) => {
                leaf.test == Test::Is(true) && self.scene.leaf(leaf) == Truth::Missed
            }
            _ => false,
        };
        let flags: Vec<&Condition> = match is_backed {
            true => parts.iter().filter(is_lacking).collect(),
            false => Vec::new(),
        };
        if flags.len() < 2 {
            for part in parts {
                self.walk(part, is_backed);
            }
            return;
        }
        for part in parts.iter().filter(|part| !flags.contains(part)) {
            self.walk(part, is_backed);
        }
        let flags = flags.into_iter().cloned().collect();
        self.push(Cow::Owned(Condition::Any(flags)), 0.0, 1.0);
    }

    fn count(&mut self, condition: &'a Condition, at_least: u32, of: &[Condition]) {
        let held = of
            .iter()
            .filter(|part| self.scene.truth(part) == Truth::Held)
            .count();
        let held = u32::try_from(held).unwrap_or(u32::MAX);
        if held > 0 && held + 1 == at_least && self.scene.truth(condition) == Truth::Missed {
            self.push(
                Cow::Borrowed(condition),
                f64::from(held),
                f64::from(at_least),
            );
        }
    }

    fn leaf(&mut self, condition: &'a Condition, leaf: &Leaf, is_backed: bool) {
        if self.scene.leaf(leaf) != Truth::Missed {
            return;
        }
        let Some(value) = self.scene.value(leaf.source) else {
            return;
        };
        let number = |threshold: &Threshold| self.scene.threshold(*threshold);
        let threshold = match &leaf.test {
            Test::Is(wanted) if is_backed => f64::from(u8::from(*wanted)),
            Test::AtLeast(it) | Test::AtMost(it) | Test::Above(it) | Test::Below(it) => number(it),
            _ => return,
        };
        let is_near = (value - threshold).abs() <= margin(leaf.source);
        if is_backed || is_near && !is_at_rest(leaf.source, value, threshold) {
            self.push(Cow::Borrowed(condition), value, threshold);
        }
    }

    fn push(&mut self, condition: Cow<'a, Condition>, value: f64, threshold: f64) {
        self.out.push(Near {
            rule: self.rule,
            condition,
            value,
            threshold,
            missed_by: rounded((value - threshold).abs()),
        });
    }
}

fn margin(source: Source) -> f64 {
    match source {
        Source::Signal(kind) if kind.unit() == Unit::Count => COUNT_MARGIN,
        _ => SCORE_MARGIN,
    }
}

/// Whether a count that is too low has not begun to rise: what a first turn has, too, did
/// not nearly fire.
fn is_at_rest(source: Source, value: f64, threshold: f64) -> bool {
    let rest = match source {
        Source::Signal(SignalKind::RepeatCount | SignalKind::TurnCount) => 1.0,
        Source::Signal(kind) if kind.unit() == Unit::Count => 0.0,
        _ => return false,
    };
    value <= rest && value < threshold
}

pub(crate) fn rounded(distance: f64) -> f64 {
    (distance * DECIMALS).round() / DECIMALS
}
