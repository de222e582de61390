//! What came of a replay, counted.

use std::collections::BTreeMap;

use segue_model::escalation::{EscalationRequest, Trigger};
use segue_model::id::PolicyVersion;
use segue_model::share::{Z_95, wilson};
use segue_model::turn::TurnNumber;
use segue_model::verdict::{HandoffKind, Outcome, Verdict};
use serde::Serialize;

use super::course::Course;
use super::day_of;

/// How many examples of each kind of change are kept.
const EXAMPLES_MAX: usize = 8;

/// What another policy would have done. All shares are 0–1 and come with their numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIfReport {
    /// Under the policy that it is compared with.
    pub before: Side,
    /// Under the other.
    pub after: Side,
    /// What becomes of conversations; the parts add up to all of them.
    pub changes: Changes,
    /// Customer turns on which the verdicts differ.
    pub turns_changed: u64,
    /// Conversations of which both courses are known to their end.
    pub exact: u64,
    /// Conversations of which one course is only known up to where it did something else
    /// than what was really done.
    pub censored: u64,
    /// Share of the exact ones; `None` without conversations.
    pub exact_share: Option<f64>,
    /// Whether what the log says comes out again.
    pub decided_again: DecidedAgain,
    /// By the day on which conversations began, where that is told; in order.
    pub by_day: Vec<Day>,
    /// Conversations to read, at most 8 of each kind of change, in the order in which they
    /// were added.
    pub examples: Vec<Example>,
    /// What a replay cannot know.
    pub limits: Vec<Limit>,
}

/// The figures under one policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Which.
    pub version: PolicyVersion,
    /// Conversations.
    pub conversations: u64,
    /// Customer turns that it judged.
    pub turns: u64,
    /// Conversations that a person came into.
    pub escalated: u64,
    /// Their share; `None` without conversations.
    pub rate: Option<f64>,
    /// The 95 % Wilson interval of the share.
    pub interval: Option<[f64; 2]>,
    /// What the share can be at least and at most, whatever censored conversations would
    /// have come to.
    pub bounds: Option<[f64; 2]>,
    /// By class of trigger, the most frequent first.
    pub by_trigger: Vec<TriggerCount>,
    /// By rule, the most frequent first.
    pub by_rule: Vec<RuleCount>,
    /// By queue, the most frequent first.
    pub by_queue: Vec<QueueCount>,
}

/// Escalations of one class of trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TriggerCount {
    /// Which.
    pub trigger: Trigger,
    /// How many.
    pub count: u64,
}

/// Escalations by one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// Which.
    pub rule: String,
    /// How many.
    pub count: u64,
}

/// Escalations into one queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueCount {
    /// Which.
    pub queue: String,
    /// How many.
    pub count: u64,
}

/// What becomes of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// Nothing changes.
    pub same: u64,
    /// A person comes who did not.
    pub newly: u64,
    /// No person comes any more, as far as is known.
    pub no_longer: u64,
    /// On an earlier turn.
    pub earlier: u64,
    /// On a later turn.
    pub later: u64,
    /// On the same turn, in another way or to another queue.
    pub elsewhere: u64,
}

/// What becomes of one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// See [`Changes::same`].
    Same,
    /// See [`Changes::newly`].
    Newly,
    /// See [`Changes::no_longer`].
    NoLonger,
    /// See [`Changes::earlier`].
    Earlier,
    /// See [`Changes::later`].
    Later,
    /// See [`Changes::elsewhere`].
    Elsewhere,
}

/// Whether the verdicts of the log come out again, byte for byte, when they are decided
/// again by today's detectors under the version that the log names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct DecidedAgain {
    /// Verdicts that were decided again.
    pub turns: u64,
    /// Those that came out the same.
    pub same: u64,
    /// Verdicts of versions that are not at hand.
    pub unknown: u64,
    /// Verdicts on texts that have been erased.
    pub unreadable: u64,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The date, `2026-11-22`.
    pub day: String,
    /// Conversations that began on it.
    pub conversations: u64,
    /// Those with a person before.
    pub before: u64,
    /// Those with a person after.
    pub after: u64,
}

/// A conversation to read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Which.
    pub conversation: String,
    /// What becomes of it.
    pub change: Change,
    /// The customer turn at which they part.
    pub turn: TurnNumber,
    /// What was decided before: the escalation, else what stood at this turn.
    pub before: Option<Decision>,
    /// What is decided after.
    pub after: Option<Decision>,
    /// What the customer said on this turn, its first 200 characters.
    pub customer: String,
}

/// A decision in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// On which customer turn.
    pub turn: TurnNumber,
    /// The verdict's word.
    pub verdict: String,
    /// The rule that decided.
    pub rule: String,
    /// Where to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<HandoffKind>,
}

impl Decision {
    pub(super) fn of(turn: TurnNumber, verdict: &Verdict) -> Self {
        let (queue, kind) = match &verdict.outcome {
            Outcome::Escalate { kind, queue } => (Some(queue), Some(*kind)),
            Outcome::Review { queue } => (Some(queue), None),
            Outcome::Continue | Outcome::FallBack { .. } => (None, None),
        };
        Self {
            turn,
            verdict: verdict.outcome.word().to_owned(),
            rule: verdict.rule.0.to_string(),
            queue: queue.map(ToString::to_string),
            kind,
        }
    }
}

/// How a person came into a conversation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Escalated {
    pub decision: Decision,
    pub trigger: Trigger,
}

impl Escalated {
    pub fn of(turn: TurnNumber, verdict: &Verdict) -> Self {
        let plan = verdict.plan.as_ref();
        Self {
            decision: Decision::of(turn, verdict),
            trigger: plan.map_or(Trigger::Rule, |plan| plan.trigger),
        }
    }

    /// One that no verdict asked for: a button, an agent, a time-out.
    pub fn given(request: &EscalationRequest) -> Self {
        Self {
            decision: Decision {
                turn: request.turn,
                verdict: "escalate".to_owned(),
                rule: request.rule.0.to_string(),
                queue: Some(request.queue.to_string()),
                kind: Some(request.kind),
            },
            trigger: request.trigger,
        }
    }
}

/// Something that a replay cannot know, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Which.
    pub code: &'static str,
    /// For people.
    pub sentence: String,
}

/// The counts of one side.
#[derive(Debug, Clone, Default)]
struct Counts {
    escalated: u64,
    escalated_exactly: u64,
    by_trigger: BTreeMap<Trigger, u64>,
    by_rule: BTreeMap<String, u64>,
    by_queue: BTreeMap<String, u64>,
}

impl Counts {
    fn add(&mut self, escalated: Option<&Escalated>, is_exact: bool) {
        let Some(Escalated { decision, trigger }) = escalated else {
            return;
        };
        self.escalated += 1;
        self.escalated_exactly += u64::from(is_exact);
        *self.by_trigger.entry(*trigger).or_default() += 1;
        *self.by_rule.entry(decision.rule.clone()).or_default() += 1;
        if let Some(queue) = &decision.queue {
            *self.by_queue.entry(queue.clone()).or_default() += 1;
        }
    }

    fn merge(&mut self, other: Self) {
        self.escalated += other.escalated;
        self.escalated_exactly += other.escalated_exactly;
        add_up(&mut self.by_trigger, other.by_trigger);
        add_up(&mut self.by_rule, other.by_rule);
        add_up(&mut self.by_queue, other.by_queue);
    }

    fn side(&self, version: &PolicyVersion, tally: &Tally, uncertain: u64) -> Side {
        let n = tally.conversations;
        let share = |part: u64| (n > 0).then(|| part as f64 / n as f64);
        let least = share(self.escalated_exactly);
        let most = share((self.escalated_exactly + uncertain).min(n));
        let count = |(name, count): (&String, &u64)| (name.clone(), *count);
        let by_rule = ordered(self.by_rule.iter().map(count));
        let by_queue = ordered(self.by_queue.iter().map(count));
        let by_trigger = ordered(self.by_trigger.iter().map(|(trigger, n)| (*trigger, *n)));
        Side {
            version: version.clone(),
            conversations: n,
            turns: tally.turns,
            escalated: self.escalated,
            rate: share(self.escalated),
            interval: wilson(Z_95, self.escalated, n).map(Into::into),
            bounds: least.zip(most).map(|(least, most)| [least, most]),
            by_trigger: by_trigger
                .map(|(trigger, count)| TriggerCount { trigger, count })
                .collect(),
            by_rule: by_rule
                .map(|(rule, count)| RuleCount { rule, count })
                .collect(),
            by_queue: by_queue
                .map(|(queue, count)| QueueCount { queue, count })
                .collect(),
        }
    }
}

/// What was counted so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub conversations: u64,
    turns: u64,
    turns_changed: u64,
    before: Counts,
    after: Counts,
    changes: Changes,
    exact: u64,
    uncertain_before: u64,
    uncertain_after: u64,
    again: DecidedAgain,
    by_day: BTreeMap<String, (u64, u64, u64)>,
    examples: BTreeMap<Change, Vec<Example>>,
    answers: u64,
    unreadable: u64,
}

impl Tally {
    pub fn add_again(&mut self, again: DecidedAgain) {
        self.again.turns += again.turns;
        self.again.same += again.same;
        self.again.unknown += again.unknown;
        self.again.unreadable += again.unreadable;
    }

    /// Adds a conversation, unless nothing was ever judged in it.
    pub fn add(&mut self, course: Course, zone: &jiff::tz::TimeZone) {
        let Some(began_at) = course.began_at else {
            return;
        };
        let change = change_of(&course);
        self.conversations += 1;
        self.turns += course.turns;
        self.turns_changed += course.turns_changed;
        self.answers += course.answers;
        self.unreadable += course.unreadable;
        let is_same = course.is_same_throughout();
        let (exact_before, exact_after) = (
            is_same || course.before.is_exact,
            is_same || course.after.is_exact,
        );
        self.uncertain_before += u64::from(!exact_before);
        self.uncertain_after += u64::from(!exact_after);
        self.exact += u64::from(exact_before && exact_after);
        let (before, after) = (&course.before.escalated, &course.after.escalated);
        self.before.add(before.as_ref(), exact_before);
        self.after.add(after.as_ref(), exact_after);
        *self.changes.slot(change) += 1;
        // A file without times counts from the epoch.
        if began_at.0 > 0
            && let Some(day) = day_of(began_at, zone)
        {
            let row = self.by_day.entry(day).or_default();
            row.0 += 1;
            row.1 += u64::from(before.is_some());
            row.2 += u64::from(after.is_some());
        }
        if change != Change::Same {
            self.keep(change, course);
        }
    }

    fn keep(&mut self, change: Change, course: Course) {
        let kept = self.examples.entry(change).or_default();
        if kept.len() >= EXAMPLES_MAX {
            return;
        }
        let Some(first) = course.first else { return };
        let decided = |escalated: Option<super::report::Escalated>| escalated.map(|it| it.decision);
        kept.push(Example {
            conversation: course.name,
            change,
            turn: first.turn,
            before: decided(course.before.escalated).or(first.before),
            after: decided(course.after.escalated).or(first.after),
            customer: first.customer,
        });
    }

    pub fn merge(&mut self, other: Self) {
        self.conversations += other.conversations;
        self.turns += other.turns;
        self.turns_changed += other.turns_changed;
        self.before.merge(other.before);
        self.after.merge(other.after);
        self.changes.merge(other.changes);
        self.exact += other.exact;
        self.uncertain_before += other.uncertain_before;
        self.uncertain_after += other.uncertain_after;
        self.answers += other.answers;
        self.unreadable += other.unreadable;
        self.add_again(other.again);
        for (day, (all, before, after)) in other.by_day {
            let row = self.by_day.entry(day).or_default();
            row.0 += all;
            row.1 += before;
            row.2 += after;
        }
        for (change, examples) in other.examples {
            let kept = self.examples.entry(change).or_default();
            let room = EXAMPLES_MAX.saturating_sub(kept.len());
            kept.extend(examples.into_iter().take(room));
        }
    }

    pub fn report(&self, before: &PolicyVersion, after: &PolicyVersion) -> WhatIfReport {
        let days = self
            .by_day
            .iter()
            .map(|(day, (conversations, before, after))| Day {
                day: day.clone(),
                conversations: *conversations,
                before: *before,
                after: *after,
            });
        let all = self.conversations;
        WhatIfReport {
            before: self.before.side(before, self, self.uncertain_before),
            after: self.after.side(after, self, self.uncertain_after),
            changes: self.changes,
            turns_changed: self.turns_changed,
            exact: self.exact,
            censored: all - self.exact,
            exact_share: (all > 0).then(|| self.exact as f64 / all as f64),
            decided_again: self.again,
            by_day: days.collect(),
            examples: self.examples.values().flatten().cloned().collect(),
            limits: self.limits(),
        }
    }

    fn limits(&self) -> Vec<Limit> {
        let mut limits = Vec::new();
        let mut add = |code, sentence: String| limits.push(Limit { code, sentence });
        let again = self.again;
        if again.same < again.turns {
            add(
                "detectors_changed",
                format!(
                    "Of {} verdicts of the log, {} come out differently when they are decided again under their own version: the detectors have changed since, and part of what changes here may come from that and not from the policy.",
                    again.turns,
                    again.turns - again.same
                ),
            );
        }
        if again.unknown > 0 {
            add(
                "versions_unknown",
                format!(
                    "{} verdicts of the log name a policy that is not at hand and could not be decided again.",
                    again.unknown
                ),
            );
        }
        if self.unreadable > 0 {
            add(
                "texts_erased",
                format!(
                    "{} texts have been erased; what was decided on them then is taken for both policies.",
                    self.unreadable
                ),
            );
        }
        if self.answers == 0 && self.conversations > 0 {
            add(
                "no_scores",
                "No answer in these conversations comes with a score, so the bands decide nothing here: another threshold changes nothing.".to_owned(),
            );
        }
        let censored = self.conversations - self.exact;
        add(
            "first_divergence",
            format!(
                "A course is known up to the first turn on which a policy does something else than what was really done. {censored} of {} conversations go on past that point: what the customer would have said there is not known, and they are counted by what they really said.",
                self.conversations
            ),
        );
        add(
            "no_outcomes",
            "It says who would have been handed over, and when; not whether they would have been served better, and not what they would have answered in a survey.".to_owned(),
        );
        add(
            "waits",
            "More handovers make everybody wait longer, fewer shorter; waits and abandonment are not replayed.".to_owned(),
        );
        add(
            "behavior",
            "People behave differently under another policy: where a person comes sooner, more will ask for one.".to_owned(),
        );
        limits
    }
}

impl Changes {
    fn slot(&mut self, change: Change) -> &mut u64 {
        match change {
            Change::Same => &mut self.same,
            Change::Newly => &mut self.newly,
            Change::NoLonger => &mut self.no_longer,
            Change::Earlier => &mut self.earlier,
            Change::Later => &mut self.later,
            Change::Elsewhere => &mut self.elsewhere,
        }
    }

    const fn merge(&mut self, other: Self) {
        self.same += other.same;
        self.newly += other.newly;
        self.no_longer += other.no_longer;
        self.earlier += other.earlier;
        self.later += other.later;
        self.elsewhere += other.elsewhere;
    }
}

fn change_of(course: &Course) -> Change {
    let of =
        |walker: &super::course::Walker| walker.escalated.as_ref().map(|it| it.decision.clone());
    match (of(&course.before), of(&course.after)) {
        (None, None) => Change::Same,
        (None, Some(_)) => Change::Newly,
        (Some(_), None) => Change::NoLonger,
        (Some(before), Some(after)) if after.turn < before.turn => Change::Earlier,
        (Some(before), Some(after)) if after.turn > before.turn => Change::Later,
        (Some(before), Some(after))
            if (&before.queue, before.kind) != (&after.queue, after.kind) =>
        {
            Change::Elsewhere
        }
        _ => Change::Same,
    }
}

fn add_up<K: Ord>(all: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        *all.entry(key).or_default() += count;
    }
}

/// The most frequent first; at the same count in the order of names.
fn ordered<K: Ord>(counts: impl Iterator<Item = (K, u64)>) -> impl Iterator<Item = (K, u64)> {
    let mut counts: Vec<(K, u64)> = counts.collect();
    counts.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    counts.into_iter()
}
