//! Which rules may fire at all, and why one did not: for whoever expected that it would.

use segue_model::fact::Facts;
use segue_model::id::RuleId;
use segue_model::signal::Signals;
use segue_model::verdict::FallBackStep;

use crate::Policy;
use crate::decide::{Stage, builtin};
use crate::definition::{Action, Autonomy, Condition, Leaf, Rule, Source};
use crate::describe;
use crate::truth::{Scene, Truth};

impl Policy {
    /// Every rule, then what decides besides the rules and can do so under this policy:
    /// nobody asks back where the first fallback goes to a person, and without a rule on
    /// a fact no lookup can fail a verdict.
    pub fn rules_that_may_fire(&self) -> Vec<RuleId> {
        let definition = self.definition();
        let bands = &definition.bands;
        let is_scored = !bands.signals.is_empty();
        let falls_back = |step: Option<FallBackStep>| {
            let rules = definition.rules.iter();
            rules
                .filter_map(|rule| match &rule.then {
                    Some(Action::FallBack(own)) => Some(*own),
                    _ => None,
                })
                .any(|own| step == Some(own) || step.is_none())
        };
        let pairs = definition.topics.iter().filter_map(|topic| topic.bands);
        let is_between = pairs
            .chain([(bands.floor, bands.accept)])
            .any(|(floor, accept)| floor < accept);
        let is_left = |autonomy| {
            let mut topics = definition.topics.iter();
            topics.any(|topic| topic.autonomy == autonomy)
        };
        let is_possible = |name: &str| match name {
            builtin::UNAVAILABLE => definition.rules.iter().any(|rule| reads_fact(&rule.when)),
            builtin::NEVER => is_left(Autonomy::None),
            builtin::DRAFT => is_left(Autonomy::Draft),
            builtin::ACCEPT => is_scored,
            builtin::WIDEN => is_scored && is_between || falls_back(Some(FallBackStep::Widen)),
            builtin::CLARIFY => {
                definition.fallback.escalate_at > 1 && (is_scored || falls_back(None))
            }
            builtin::FALLBACKS => is_scored || falls_back(None),
            _ => true,
        };
        let own = definition.rules.iter().map(|rule| rule.id.clone());
        let besides = builtin::ALL.into_iter().filter(|name| is_possible(name));
        own.chain(besides.map(|name| RuleId(name.into()))).collect()
    }

    /// Why a rule of the policy did not decide on this scene, in sentences; nothing for
    /// a rule that the policy does not have, or that did decide.
    pub fn why_not(
        &self,
        rule: &str,
        decided_by: &RuleId,
        stage: Stage,
        signals: &Signals,
        facts: &Facts,
    ) -> Vec<String> {
        let mut rules = self.definition().rules.iter().enumerate();
        let Some((index, rule)) = rules.find(|(_, known)| *known.id.0 == *rule) else {
            return Vec::new();
        };
        if rule.id == *decided_by {
            return Vec::new();
        }
        let id = &rule.id.0;
        if !self.is_tried(index, stage) {
            let when = match stage {
                Stage::Turn => "answers, not on customers' turns",
                Stage::Answer { .. } => "customers' turns, not on answers",
            };
            return vec![format!("`{id}` is only tried on {when}")];
        }
        let scene = self.scene(signals, facts);
        if scene.truth(&rule.when) == Truth::Held {
            return vec![self.overruled(rule, decided_by)];
        }
        let mut missing = Vec::new();
        self.missing(&rule.when, &scene, &mut missing);
        missing
            .iter()
            .map(|part| format!("`{id}` needs {part}"))
            .collect()
    }

    fn overruled(&self, rule: &Rule, decided_by: &RuleId) -> String {
        let id = &rule.id.0;
        let is_rule = |known: &Rule| known.id == *decided_by;
        match (&rule.then, self.definition().rules.iter().any(is_rule)) {
            (None, _) => format!("`{id}` holds, and only flags"),
            (Some(_), true) => format!("`{id}` holds too, but `{}` comes first", decided_by.0),
            (Some(_), false) => format!("`{id}` holds too, but `{}` decides", decided_by.0),
        }
    }

    /// What a condition that does not hold lacks, each part with what was there instead.
    fn missing(&self, condition: &Condition, scene: &Scene<'_>, out: &mut Vec<String>) {
        let open = |parts: &[Condition]| {
            let open = |part: &&Condition| scene.truth(part) != Truth::Held;
            parts.iter().filter(open).cloned().collect::<Vec<_>>()
        };
        match condition {
            Condition::All(parts) => {
                for part in open(parts) {
                    self.missing(&part, scene, out);
                }
            }
            Condition::Leaf(leaf) => {
                let text = describe::leaf(self.definition(), leaf);
                out.push(format!("{text} ({})", self.instead(leaf, scene)));
            }
            Condition::Any(parts) if parts.len() > 1 => {
                let mut lines = Vec::new();
                for part in parts {
                    let mut lacking = Vec::new();
                    self.missing(part, scene, &mut lacking);
                    lines.push(lacking.join(" and "));
                }
                out.push(format!("one of: {}", lines.join("; ")));
            }
            Condition::Any(parts) => {
                for part in parts {
                    self.missing(part, scene, out);
                }
            }
            Condition::Count { at_least, of } => {
                let held = of.len() - open(of).len();
                let text = describe::condition(self.definition(), condition);
                out.push(format!("{text} ({held} of {at_least} held)"));
            }
            Condition::Not(_) => out.push(describe::condition(self.definition(), condition)),
        }
    }

    fn instead(&self, leaf: &Leaf, scene: &Scene<'_>) -> String {
        match (scene.leaf(leaf), leaf.source) {
            (Truth::Absent, _) => "nobody supplied it".to_owned(),
            (Truth::Unavailable, Source::Fact(name)) => scene.fact_failure(name),
            (Truth::Unavailable, _) => "it could not be measured".to_owned(),
            (_, Source::Fact(name)) if scene.facts.text(name).is_some() => {
                format!("it is {}", scene.facts.text(name).unwrap_or_default())
            }
            (_, source) => match scene.value(source) {
                Some(value) if describe::is_flag(source) => {
                    format!("it is {}", value > 0.0)
                }
                Some(value) => format!("it is {}", describe::shown(value)),
                None => "it is something else".to_owned(),
            },
        }
    }
}

fn reads_fact(condition: &Condition) -> bool {
    match condition {
        Condition::Leaf(leaf) => matches!(leaf.source, Source::Fact(_)),
        Condition::Not(part) => reads_fact(part),
        Condition::All(parts) | Condition::Any(parts) | Condition::Count { of: parts, .. } => {
            parts.iter().any(reads_fact)
        }
    }
}
