//! Why a rule did not decide: for whoever expected that it would.

use segue_model::fact::Facts;
use segue_model::id::RuleId;
use segue_model::signal::Signals;

use crate::Policy;
use crate::decide::Stage;
use crate::definition::{Condition, Leaf, Rule, Source};
use crate::describe;
use crate::truth::{Scene, Truth};

impl Policy {
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
                Some(value) => format!("it is {}", crate::near::rounded(value)),
                None => "it is something else".to_owned(),
            },
        }
    }
}
