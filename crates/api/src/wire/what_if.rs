//! What another policy would have done with past conversations.

use segue_engine::what_if as engine;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::words::{HandoffKind, Trigger};

/// A policy, and the conversations to decide again.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfBody {
    /// The policy's text.
    pub text: String,
    /// Conversations that began in so many days until now, 1 to 90; 7 if absent.
    #[serde(default)]
    pub days: Option<u32>,
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
    /// Whether conversations of files count.
    #[serde(default)]
    pub include_imported: bool,
}

/// What to ask for it by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WhatIfBegun {
    /// Its name.
    #[schema(value_type = String)]
    pub id: Uuid,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhatIfState {
    /// It runs.
    Running,
    /// It is there.
    Done,
    /// It could not be done.
    Failed,
}

/// A replay.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIfAnswer {
    /// Its name.
    #[schema(value_type = String)]
    pub id: Uuid,
    /// How far it is.
    pub state: WhatIfState,
    /// Conversations that were decided again.
    pub done: u64,
    /// Of so many; 0 while they are counted.
    pub total: u64,
    /// Why it could not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<WhatIf>,
}

/// What another policy would have done.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIf {
    /// Under the policy in force.
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
    /// Share of the exact ones, 0–1.
    pub exact_share: Option<f64>,
    /// Whether what the log says comes out again.
    pub decided_again: DecidedAgain,
    /// By the day on which conversations began, in order.
    pub by_day: Vec<Day>,
    /// Conversations to read.
    pub examples: Vec<Example>,
    /// What a replay cannot know.
    pub limits: Vec<Limit>,
}

/// The figures under one policy.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfSide)]
pub struct Side {
    /// Its version.
    pub version: String,
    /// Conversations.
    pub conversations: u64,
    /// Customer turns that it judged.
    pub turns: u64,
    /// Conversations that a person came into.
    pub escalated: u64,
    /// Their share, 0–1.
    pub rate: Option<f64>,
    /// The 95 % interval of the share.
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TriggerCount {
    /// Which.
    pub trigger: Trigger,
    /// How many.
    pub count: u64,
}

/// Escalations by one rule.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RuleCount {
    /// Which.
    pub rule: String,
    /// How many.
    pub count: u64,
}

/// Escalations into one queue.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfQueueCount)]
pub struct QueueCount {
    /// Which.
    pub queue: String,
    /// How many.
    pub count: u64,
}

/// What becomes of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfChanges)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WhatIfChange)]
#[expect(missing_docs, reason = "the variants are those of `WhatIfChanges`")]
pub enum Change {
    Same,
    Newly,
    NoLonger,
    Earlier,
    Later,
    Elsewhere,
}

/// Whether verdicts of the log come out again, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfDay)]
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfExample)]
pub struct Example {
    /// Which.
    pub conversation: String,
    /// What becomes of it.
    pub change: Change,
    /// The customer turn at which they part.
    pub turn: u32,
    /// What was decided before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Decision>,
    /// What is decided after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Decision>,
    /// What the customer said on this turn, its first 200 characters.
    pub customer: String,
}

/// A decision in short.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfDecision)]
pub struct Decision {
    /// On which customer turn.
    pub turn: u32,
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

/// Something that a replay cannot know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Limit {
    /// Which.
    pub code: String,
    /// For people.
    pub sentence: String,
}

impl From<&engine::WhatIfReport> for WhatIf {
    fn from(report: &engine::WhatIfReport) -> Self {
        let again = report.decided_again;
        Self {
            before: (&report.before).into(),
            after: (&report.after).into(),
            changes: report.changes.into(),
            turns_changed: report.turns_changed,
            exact: report.exact,
            censored: report.censored,
            exact_share: report.exact_share,
            decided_again: DecidedAgain {
                turns: again.turns,
                same: again.same,
                unknown: again.unknown,
                unreadable: again.unreadable,
            },
            by_day: report.by_day.iter().map(Into::into).collect(),
            examples: report.examples.iter().map(Into::into).collect(),
            limits: report.limits.iter().map(Into::into).collect(),
        }
    }
}

impl From<&engine::Side> for Side {
    fn from(side: &engine::Side) -> Self {
        let trigger = |row: &engine::TriggerCount| TriggerCount {
            trigger: row.trigger.into(),
            count: row.count,
        };
        let rule = |row: &engine::RuleCount| RuleCount {
            rule: row.rule.clone(),
            count: row.count,
        };
        let queue = |row: &engine::QueueCount| QueueCount {
            queue: row.queue.clone(),
            count: row.count,
        };
        Self {
            version: side.version.0.to_string(),
            conversations: side.conversations,
            turns: side.turns,
            escalated: side.escalated,
            rate: side.rate,
            interval: side.interval,
            bounds: side.bounds,
            by_trigger: side.by_trigger.iter().map(trigger).collect(),
            by_rule: side.by_rule.iter().map(rule).collect(),
            by_queue: side.by_queue.iter().map(queue).collect(),
        }
    }
}

impl From<engine::Changes> for Changes {
    fn from(changes: engine::Changes) -> Self {
        Self {
            same: changes.same,
            newly: changes.newly,
            no_longer: changes.no_longer,
            earlier: changes.earlier,
            later: changes.later,
            elsewhere: changes.elsewhere,
        }
    }
}

impl From<engine::Change> for Change {
    fn from(change: engine::Change) -> Self {
        match change {
            engine::Change::Same => Self::Same,
            engine::Change::Newly => Self::Newly,
            engine::Change::NoLonger => Self::NoLonger,
            engine::Change::Earlier => Self::Earlier,
            engine::Change::Later => Self::Later,
            engine::Change::Elsewhere => Self::Elsewhere,
        }
    }
}

impl From<&engine::Day> for Day {
    fn from(day: &engine::Day) -> Self {
        Self {
            day: day.day.clone(),
            conversations: day.conversations,
            before: day.before,
            after: day.after,
        }
    }
}

impl From<&engine::Example> for Example {
    fn from(example: &engine::Example) -> Self {
        Self {
            conversation: example.conversation.clone(),
            change: example.change.into(),
            turn: example.turn.0,
            before: example.before.as_ref().map(Into::into),
            after: example.after.as_ref().map(Into::into),
            customer: example.customer.clone(),
        }
    }
}

impl From<&engine::Decision> for Decision {
    fn from(decision: &engine::Decision) -> Self {
        Self {
            turn: decision.turn.0,
            verdict: decision.verdict.clone(),
            rule: decision.rule.clone(),
            queue: decision.queue.clone(),
            kind: decision.kind.map(Into::into),
        }
    }
}

impl From<&engine::Limit> for Limit {
    fn from(limit: &engine::Limit) -> Self {
        Self {
            code: limit.code.to_owned(),
            sentence: limit.sentence.clone(),
        }
    }
}
