//! The trace of a verdict: what was tried, what was measured, what failed, what
//! nearly fired.

use segue_model::id::RuleId;
use segue_model::signal::{Reading, Signal, SignalKind, SignalValue};
use segue_model::verdict::{RuleTrace, SignalTrace, Trace};

use crate::Policy;
use crate::decide::Stage;
use crate::definition::{Condition, Leaf, Source};
use crate::truth::{Scene, Truth};
use crate::{describe, near};

/// A flag that is not set is worth a line only with this much evidence for it.
const SHOWN_SCORE_MIN: f64 = 0.25;

/// So many conditions of one rule are told; a list that nobody reads explains nothing, and
/// writing it would cost more than deciding (F26).
const BECAUSE_MAX: usize = 16;

/// What the trace is written from.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    /// How many rules were tried, from the first.
    pub tried: usize,
    /// What decided besides the rules, and why.
    pub builtin: Option<RuleTrace>,
    /// The confidence that missed the upper band, with its value and the band.
    pub low: Option<(SignalKind, f64, f64)>,
    /// The name of the rule that fired, once it is known.
    pub rule: Option<RuleId>,
}

impl Decided {
    /// Notes what decided besides the rules.
    pub fn add(&mut self, rule: &str, because: Vec<String>) {
        let rule = RuleId(rule.into());
        self.rule = Some(rule.clone());
        self.builtin = Some(RuleTrace {
            rule,
            fired: true,
            because,
        });
    }
}

impl Policy {
    /// Writes the trace.
    pub(crate) fn trace(&self, scene: &Scene<'_>, stage: Stage, decided: Decided) -> Trace {
        let definition = self.definition();
        let mut trace = Trace {
            policy: self.version().clone(),
            rules: Vec::with_capacity(decided.tried + 1),
            signals: Self::signals(scene),
            failures: self.failures(scene, stage, decided.tried),
            absent: Vec::new(),
            near_misses: Vec::new(),
        };
        let mut misses = Vec::new();
        for (index, rule) in definition.rules.iter().enumerate().take(decided.tried) {
            if !self.is_tried(index, stage) {
                continue;
            }
            let truth = scene.truth(&rule.when);
            let mut because = Vec::new();
            match truth {
                Truth::Held => self.held(&rule.when, scene, &mut because),
                Truth::Absent => self.open(&rule.when, scene, Truth::Absent, &mut trace.absent),
                Truth::Missed => near::misses(rule, scene, &mut misses),
                Truth::Unavailable => {}
            }
            let fired = truth == Truth::Held;
            trace.rules.push(RuleTrace {
                rule: rule.id.clone(),
                fired,
                because,
            });
        }
        trace.near_misses = near::told(definition, misses);
        if let Some(low) = decided.low {
            near::band(low, &mut trace.near_misses);
        }
        trace.rules.extend(decided.builtin);
        near::nearest_first(&mut trace.near_misses);
        trace
    }

    fn signals(scene: &Scene<'_>) -> Vec<SignalTrace> {
        let mut traces = Vec::new();
        let mut add = |name: &dyn std::fmt::Display, reading: &Reading| {
            if let Reading::Present(signal) = reading
                && !is_silent(signal)
            {
                traces.push(SignalTrace {
                    signal: name.to_string(),
                    value: near::rounded(signal.value.number()),
                    score: near::rounded(signal.score),
                    evidence: signal.evidence.clone(),
                });
            }
        };
        for kind in SignalKind::ALL {
            add(&kind.name(), scene.signals.get(*kind));
        }
        for (key, reading) in scene.signals.topics() {
            add(&format_args!("topic.{key}"), reading);
        }
        traces
    }

    /// What failed: every detector that did, and the facts that left a rule open.
    pub(crate) fn failures(&self, scene: &Scene<'_>, stage: Stage, tried: usize) -> Vec<String> {
        let mut failures = Vec::new();
        for (name, reading) in scene.signals.iter() {
            if let Reading::Unavailable { reason } = reading {
                failures.push(format!("{name}: {reason}"));
            }
        }
        for (index, rule) in self.definition().rules.iter().enumerate().take(tried) {
            if self.is_tried(index, stage) && scene.truth(&rule.when) == Truth::Unavailable {
                self.open(&rule.when, scene, Truth::Unavailable, &mut failures);
            }
        }
        failures
    }

    /// The names of what left a condition open, each once.
    fn open(&self, condition: &Condition, scene: &Scene<'_>, truth: Truth, out: &mut Vec<String>) {
        each_leaf(condition, &mut |leaf| {
            if scene.leaf(leaf) != truth {
                return;
            }
            let line = match (truth, leaf.source) {
                (Truth::Unavailable, Source::Fact(name)) => scene.fact_failure(name),
                // A failed detector is listed with its reason already.
                (Truth::Unavailable, _) => return,
                _ => describe::source(self.definition(), leaf.source),
            };
            if !out.contains(&line) {
                out.push(line);
            }
        });
    }

    /// The conditions that held, each with what was measured.
    pub(crate) fn held(&self, condition: &Condition, scene: &Scene<'_>, out: &mut Vec<String>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::Count { of: parts, .. } => {
                for part in parts.iter().filter(|part| scene.truth(part) == Truth::Held) {
                    self.held(part, scene, out);
                }
            }
            _ if out.len() >= BECAUSE_MAX => {}
            Condition::Not(_) => {
                let mut leaves = 0;
                each_leaf(condition, &mut |_| leaves += 1);
                out.push(match leaves {
                    0..=BECAUSE_MAX => describe::condition(self.definition(), condition),
                    many => format!("a condition of {many} comparisons does not hold"),
                });
            }
            Condition::Leaf(leaf) => {
                let text = describe::leaf(self.definition(), leaf);
                let is_plain = matches!(leaf.test, crate::definition::Test::Is(_));
                out.push(match scene.value(leaf.source).filter(|_| !is_plain) {
                    Some(value) => format!("{text}: {}", describe::shown(value)),
                    None => text,
                });
            }
        }
    }
}

impl Decided {
    /// The name of what decided.
    pub fn rule(&self) -> RuleId {
        self.rule.clone().unwrap_or_else(|| RuleId("".into()))
    }

    /// Notes the rule that fired.
    pub fn fire(&mut self, rule: &RuleId) {
        self.rule = Some(rule.clone());
    }
}

/// Flags that are not set, and counts and scores at zero that point at nothing.
fn is_silent(signal: &Signal) -> bool {
    match signal.value {
        SignalValue::Flag(is_set) => !is_set && signal.score < SHOWN_SCORE_MIN,
        value => value.number() == 0.0 && signal.evidence.is_empty(),
    }
}

pub(crate) fn each_leaf(condition: &Condition, visit: &mut impl FnMut(&Leaf)) {
    match condition {
        Condition::Leaf(leaf) => visit(leaf),
        Condition::Not(part) => each_leaf(part, visit),
        Condition::All(parts) | Condition::Any(parts) | Condition::Count { of: parts, .. } => {
            for part in parts {
                each_leaf(part, visit);
            }
        }
    }
}
