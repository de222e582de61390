//! What is allowed and yet probably not meant.

use std::fmt;

use segue_model::id::QueueKey;
use segue_model::signal::SignalKind;
use segue_model::turn::NoticeKind;

use crate::Policy;
use crate::definition::{
    Action, Autonomy, Condition, Definition, Hours, Leaf, OverflowTarget, Rule, RuleStage, Source,
    Target, Test, Threshold,
};
use crate::describe;
use crate::policy::reads_answers_only;
use crate::problem::Printable;
use crate::wording::notice_kinds;
use crate::words::Word;

mod code;
mod implies;
mod promises;

pub use self::code::LintCode;
use self::implies::{excludes, implies};

/// From here on the upper band sends people what the assistant could have answered
/// (design §6: `accept` ≥ 0.85 escalates too early).
const ACCEPT_HIGH: f64 = 0.85;

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
            Printable(&self.path),
            Printable(&self.message),
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
        lints.reasons();
        lints.wording();
        lints.promises();
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
        for (path, (floor, accept)) in definition
            .topics
            .iter()
            .filter_map(|topic| Some((format!("topics.{}", topic.key), topic.bands?)))
            .chain([(
                "bands".to_owned(),
                (definition.bands.floor, definition.bands.accept),
            )])
        {
            if accept <= floor {
                let message = format!(
                    "`floor` and `accept` are both {accept}, so the search is never widened before a question is asked"
                );
                self.add(LintCode::BandsWithoutWidth, path, message);
            }
        }
        if definition.bands.signals.is_empty() {
            let message = "no score counts, so every answer is said".to_owned();
            self.add(LintCode::BandsWithoutSignals, "bands".to_owned(), message);
        }
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
        let ways = &self.definition().autonomy;
        let given = [
            (Autonomy::None, ways.none.is_some()),
            (Autonomy::Draft, ways.draft.is_some()),
        ];
        for (autonomy, _) in given.into_iter().filter(|(_, is_given)| *is_given) {
            let topics = &self.definition().topics;
            if !topics.iter().any(|topic| topic.autonomy == autonomy) {
                let word = autonomy.word();
                let message =
                    format!("no topic has `autonomy: {word}`, so this way is never taken");
                self.add(
                    LintCode::AutonomyUnused,
                    format!("autonomy.{word}"),
                    message,
                );
            }
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
            if rule.stage == Some(RuleStage::Turn) && reads_answers_only(&rule.when) {
                let message = "it reads scores of an answer, and on the turn there is none; leave \
                               `stage` out"
                    .to_owned();
                self.add(LintCode::NeverHolds, path, message);
            } else if never_holds(&rule.when) {
                let message = "its conditions exclude one another".to_owned();
                self.add(LintCode::NeverHolds, path, message);
            } else {
                self.reached(index, rule, path);
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
        let mut topics = definition.topics.iter();
        if !definition.rules.iter().any(leads_to_person)
            && !topics.any(|topic| topic.autonomy == Autonomy::None)
        {
            let message = "no rule escalates, so only an explicit wish, a failure or repeated \
                           fallbacks lead to a person";
            self.add(
                LintCode::NoHumanPath,
                "rules".to_owned(),
                message.to_owned(),
            );
        }
    }

    /// Whether earlier rules leave this one something, and whether it does something.
    fn reached(&mut self, index: usize, rule: &Rule, path: String) {
        let alternatives = alternatives(&rule.when);
        let catchers: Vec<Option<&str>> = alternatives
            .iter()
            .map(|part| self.catcher(index, part))
            .collect();
        let mut names: Vec<&str> = catchers.iter().flatten().copied().collect();
        names.dedup();
        let caught = names.join("` and `");
        if catchers.iter().all(Option::is_some) {
            let verb = if names.len() == 1 {
                "catches"
            } else {
                "together catch"
            };
            let message = format!("never reached: `{caught}` {verb} whatever it could");
            self.add(LintCode::Unreachable, path, message);
            return;
        }
        let is_top = matches!(rule.when, Condition::Any(_));
        if let (Some((part, by)), true) = (
            alternatives
                .iter()
                .zip(&catchers)
                .find_map(|(part, by)| Some((part, (*by)?))),
            is_top,
        ) {
            let part = describe::condition(self.definition(), part);
            let message = format!("never decides on `{part}`: `{by}` catches that before");
            self.add(LintCode::PartlyUnreachable, path.clone(), message);
        }
        let is_last_on_turn = self
            .policy
            .stages()
            .iter()
            .skip(index + 1)
            .all(|(on_turn, _)| !on_turn);
        let is_free = self
            .definition()
            .topics
            .iter()
            .all(|topic| topic.autonomy == Autonomy::Full);
        let goes_on = rule.then == Some(Action::Continue) && !rule.is_flagging;
        if goes_on && is_free && is_last_on_turn && rule.stage == Some(RuleStage::Turn) {
            let message = "no rule follows on the turn, so the assistant goes on anyway".to_owned();
            self.add(LintCode::RuleWithoutEffect, path, message);
        }
    }

    /// The earlier rule, or the built-in one, that catches whatever a part of a rule could.
    fn catcher(&self, index: usize, part: &Condition) -> Option<&'p str> {
        let opt_out = Condition::Leaf(Leaf {
            source: Source::Signal(SignalKind::OptOut),
            test: Test::Is(true),
        });
        if implies(part, &opt_out) {
            return Some(crate::decide::builtin::OPT_OUT);
        }
        let (on_turn, on_answer) = self.policy.stages().get(index).copied()?;
        let strictest = self
            .definition()
            .topics
            .iter()
            .map(|topic| topic.autonomy)
            .max()
            .unwrap_or_default();
        let earlier = self
            .definition()
            .rules
            .iter()
            .zip(self.policy.stages())
            .take(index);
        earlier
            // What allows more than a topic does passes the turn on.
            .filter(|(other, _)| {
                let then = other.then.as_ref();
                then.is_some_and(|action| crate::decide::least(action) >= strictest)
            })
            .filter(|(_, (turn, answer))| (*turn || !on_turn) && (*answer || !on_answer))
            .find(|(other, _)| implies(part, &other.when))
            .map(|(other, _)| &*other.id.0)
    }

    /// Reasons stand after `because`, in every language.
    fn reasons(&mut self) {
        let definition = self.definition();
        let rules = definition.rules.iter().filter_map(|rule| {
            let path = format!("rules.{}", rule.id.0);
            match rule.then.as_ref()? {
                Action::Escalate(handoff) => Some((path, &handoff.reason)),
                Action::Review(review) => Some((path, &review.reason)),
                _ => None,
            }
        });
        let ways = &definition.autonomy;
        let others = [
            ("fallback", Some(&definition.fallback.handoff.reason)),
            ("always.opt_out", Some(&definition.opt_out.reason)),
            ("always.unavailable", Some(&definition.unavailable.reason)),
            ("autonomy.none", ways.none.as_ref().map(|it| &it.reason)),
            ("autonomy.draft", ways.draft.as_ref().map(|it| &it.reason)),
        ];
        let others = others
            .into_iter()
            .filter_map(|(path, reason)| Some((path.to_owned(), reason?)));
        for (path, reason) in others.chain(rules) {
            let ends = |text: &&std::sync::Arc<str>| text.trim_end().ends_with(['.', '!']);
            if let Some(text) = reason.0.values().find(ends) {
                let message = format!(
                    "the reason `{text}` stands after `because`; write it as a clause without a \
                     full stop"
                );
                self.add(LintCode::ReasonNoClause, path, message);
            }
        }
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

/// The parts of which one must hold, each a condition of its own; the whole where there
/// is but one. An `any` within an `all` is multiplied out, once and within bounds.
fn alternatives(condition: &Condition) -> Vec<Condition> {
    match condition {
        Condition::Any(parts) => parts.iter().flat_map(alternatives).collect(),
        Condition::All(parts) => {
            let split = parts.iter().enumerate().find_map(|(at, part)| match part {
                Condition::Any(of) => Some((at, of)),
                _ => None,
            });
            let Some((at, of)) = split else {
                return vec![condition.clone()];
            };
            let with = |one: &Condition| {
                let mut parts = parts.clone();
                if let Some(slot) = parts.get_mut(at) {
                    *slot = one.clone();
                }
                Condition::All(parts)
            };
            of.iter().map(with).collect()
        }
        _ => vec![condition.clone()],
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
