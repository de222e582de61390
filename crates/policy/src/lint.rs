//! What is allowed and yet probably not meant.

use std::fmt;

use segue_model::id::QueueKey;
use segue_model::turn::NoticeKind;

use crate::Policy;
use crate::definition::{
    Action, Condition, Definition, Hours, Leaf, OverflowTarget, Rule, Target, Test, Threshold,
};
use crate::wording::notice_kinds;
use crate::words::Word;

mod implies;

use self::implies::{excludes, implies};

/// From here on the upper band sends people what the assistant could have answered
/// (design §6: `accept` ≥ 0.85 escalates too early).
const ACCEPT_HIGH: f64 = 0.85;

/// The kind of a warning; part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LintCode {
    /// Rules before it catch whatever it could.
    Unreachable,
    /// Its conditions exclude one another.
    NeverHolds,
    /// A band is so high that people get what the assistant could answer.
    EscalatesTooEarly,
    /// A topic has no queue and goes to the default.
    TopicWithoutQueue,
    /// No rule leads to a person.
    NoHumanPath,
    /// A queue is never open.
    QueueNeverOpen,
    /// Nothing leads to a queue.
    QueueUnused,
    /// Queues overflow into one another in a circle.
    OverflowCircle,
    /// A queue overflows before its target is reached.
    OverflowBeforeTarget,
    /// A language lacks a notice that the policy's own has.
    WordingMissing,
    /// A root cause is pre-selected that is not offered.
    RootCauseNotOffered,
}

impl LintCode {
    /// The code as text: `unreachable_rule`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable_rule",
            Self::NeverHolds => "rule_never_holds",
            Self::EscalatesTooEarly => "escalates_too_early",
            Self::TopicWithoutQueue => "topic_without_queue",
            Self::NoHumanPath => "no_human_path",
            Self::QueueNeverOpen => "queue_never_open",
            Self::QueueUnused => "queue_unused",
            Self::OverflowCircle => "overflow_circle",
            Self::OverflowBeforeTarget => "overflow_before_target",
            Self::WordingMissing => "wording_missing",
            Self::RootCauseNotOffered => "root_cause_not_offered",
        }
    }
}

/// One warning. The policy works; it may not do what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// The kind.
    pub code: LintCode,
    /// The line it is about, from 1; 0 where there is none.
    pub line: u32,
    /// What it is about: `rules.third_repeat`.
    pub path: String,
    /// What is odd and what to do, in one sentence without a full stop.
    pub message: String,
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}: ", self.line)?;
        }
        write!(
            f,
            "{}: {} [{}]",
            self.path,
            self.message,
            self.code.as_str()
        )
    }
}

impl Policy {
    /// Everything that is allowed and probably not meant, in the order of the file.
    pub fn lint(&self) -> Vec<Lint> {
        let mut lints = Lints {
            policy: self,
            found: Vec::new(),
        };
        lints.bands();
        lints.topics();
        lints.queues();
        lints.rules();
        lints.wording();
        lints.found
    }
}

struct Lints<'p> {
    policy: &'p Policy,
    found: Vec<Lint>,
}

impl<'p> Lints<'p> {
    fn add(&mut self, code: LintCode, path: String, message: String) {
        let line = self.policy.place(&path).line;
        self.found.push(Lint {
            code,
            line,
            path,
            message,
        });
    }

    fn definition(&self) -> &'p Definition {
        self.policy.definition()
    }

    fn bands(&mut self) {
        let definition = self.definition();
        let own = definition.topics.iter().filter_map(|topic| {
            topic
                .bands
                .map(|(_, accept)| (format!("topics.{}", topic.key), accept))
        });
        let all = [("bands".to_owned(), definition.bands.accept)]
            .into_iter()
            .chain(own);
        for (path, accept) in all.filter(|(_, accept)| *accept >= ACCEPT_HIGH) {
            let message = format!("`accept` {accept} escalates too early; 0.65 to 0.75 is usual");
            self.add(LintCode::EscalatesTooEarly, path, message);
        }
    }

    fn topics(&mut self) {
        for topic in self
            .definition()
            .topics
            .iter()
            .filter(|topic| topic.queue.is_none())
        {
            let message = format!(
                "no queue, so `by_topic` leads to `{}`",
                self.definition().default_queue
            );
            self.add(
                LintCode::TopicWithoutQueue,
                format!("topics.{}", topic.key),
                message,
            );
        }
    }

    fn queues(&mut self) {
        let definition = self.definition();
        let used = used_queues(definition);
        for queue in &definition.queues {
            let path = format!("queues.{}", queue.key);
            if queue.hours == Hours::Weekly(Vec::new()) {
                let message = "the queue has no hours and is never open".to_owned();
                self.add(LintCode::QueueNeverOpen, path.clone(), message);
            }
            if !used.contains(&&queue.key) {
                let message = "no rule, topic or overflow leads here".to_owned();
                self.add(LintCode::QueueUnused, path.clone(), message);
            }
            if queue.overflow.after_s < queue.target_s {
                let message = format!(
                    "overflows after {} s, before its target of {} s is missed",
                    queue.overflow.after_s, queue.target_s
                );
                self.add(LintCode::OverflowBeforeTarget, path.clone(), message);
            }
            if overflows_in_a_circle(definition, &queue.key) {
                let message = "overflow leads back here; let one queue of the circle overflow to \
                               `follow_up`";
                self.add(LintCode::OverflowCircle, path, message.to_owned());
            }
        }
    }

    fn rules(&mut self) {
        let definition = self.definition();
        for (index, rule) in definition.rules.iter().enumerate() {
            let path = format!("rules.{}", rule.id.0);
            if never_holds(&rule.when) {
                let message = "its conditions exclude one another".to_owned();
                self.add(LintCode::NeverHolds, path.clone(), message);
            } else if let Some(earlier) = self.catcher(index, rule) {
                let message = format!("never reached: `{earlier}` catches whatever it could");
                self.add(LintCode::Unreachable, path.clone(), message);
            }
        }
        for handoff in definition.handoffs() {
            if !definition.root_causes.contains(&handoff.root_cause) {
                let cause = handoff.root_cause.word();
                let message =
                    format!("`{cause}` is pre-selected and not among the root causes offered");
                self.add(
                    LintCode::RootCauseNotOffered,
                    "root_causes".to_owned(),
                    message,
                );
            }
        }
        let leads_to_person = |rule: &Rule| matches!(rule.then, Some(Action::Escalate(_)));
        if !definition.rules.iter().any(leads_to_person) {
            let message = "no rule escalates, so only an explicit wish, a failure or repeated \
                           fallbacks lead to a person";
            self.add(
                LintCode::NoHumanPath,
                "rules".to_owned(),
                message.to_owned(),
            );
        }
    }

    /// The earlier rule, or the built-in one, that leaves nothing for this one.
    fn catcher(&self, index: usize, rule: &Rule) -> Option<&'p str> {
        let opt_out = Condition::Leaf(Leaf {
            source: crate::definition::Source::Signal(segue_model::signal::SignalKind::OptOut),
            test: Test::Is(true),
        });
        if implies(&rule.when, &opt_out) {
            return Some(crate::decide::builtin::OPT_OUT);
        }
        let (on_turn, on_answer) = self.policy.stages().get(index).copied()?;
        let earlier = self
            .definition()
            .rules
            .iter()
            .zip(self.policy.stages())
            .take(index);
        earlier
            .filter(|(other, _)| other.then.is_some())
            .filter(|(_, (turn, answer))| (*turn || !on_turn) && (*answer || !on_answer))
            .find(|(other, _)| implies(&rule.when, &other.when))
            .map(|(other, _)| &*other.id.0)
    }

    fn wording(&mut self) {
        let definition = self.definition();
        for (code, wording) in &definition.wording.languages {
            let lacking: Vec<&str> = notice_kinds()
                .filter(|kind| wording.notice(*kind).is_none())
                .map(NoticeKind::word)
                .collect();
            if !lacking.is_empty() {
                let message = format!(
                    "read in `{}` instead: {}",
                    definition.language,
                    lacking.join(", ")
                );
                self.add(LintCode::WordingMissing, format!("wording.{code}"), message);
            }
        }
    }
}

fn never_holds(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => {
            let pairs = parts.iter().enumerate();
            parts.iter().any(never_holds)
                || pairs
                    .into_iter()
                    .any(|(at, part)| parts.iter().skip(at + 1).any(|other| excludes(part, other)))
        }
        Condition::Any(parts) => parts.iter().all(never_holds),
        Condition::Leaf(Leaf {
            test: Test::OneOf(numbers),
            ..
        }) => numbers.is_empty(),
        Condition::Leaf(Leaf {
            test: Test::Words(words),
            ..
        }) => words.is_empty(),
        _ => false,
    }
}

fn used_queues(definition: &Definition) -> Vec<&QueueKey> {
    let reviews = definition.reviews().map(|review| &review.queue);
    let named = definition
        .handoffs()
        .map(|handoff| &handoff.queue)
        .chain(reviews);
    let named = named.filter_map(|target| match target {
        Target::Queue(key) => Some(key),
        Target::ByTopic => None,
    });
    let topics = definition
        .topics
        .iter()
        .filter_map(|topic| topic.queue.as_ref());
    let overflows = definition
        .queues
        .iter()
        .filter_map(|queue| match &queue.overflow.to {
            OverflowTarget::Queue(key) => Some(key),
            OverflowTarget::FollowUp => None,
        });
    named
        .chain(topics)
        .chain(overflows)
        .chain([&definition.default_queue])
        .collect()
}

fn overflows_in_a_circle(definition: &Definition, start: &QueueKey) -> bool {
    let mut at = start;
    for _ in &definition.queues {
        let queue = definition.queues.iter().find(|queue| queue.key == *at);
        match queue.map(|queue| &queue.overflow.to) {
            Some(OverflowTarget::Queue(next)) if next == start => return true,
            Some(OverflowTarget::Queue(next)) => at = next,
            _ => return false,
        }
    }
    false
}

/// A threshold as a plain number, where it is one.
fn number(threshold: &Threshold) -> Option<f64> {
    match threshold {
        Threshold::Number(number) => Some(*number),
        Threshold::Floor | Threshold::Accept => None,
    }
}
