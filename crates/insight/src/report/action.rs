//! What is recommended: at most three things, each with its evidence and its place.

use segue_model::id::ConversationId;
use serde::Serialize;

use super::change::{Change, Reason};
use super::words;
use crate::alarm::{Gatekeeping, State};
use crate::causes::{Cause, Finding};
use crate::dashboard::Dashboard;

/// How many are recommended at most.
const ACTIONS_MAX: usize = 3;

/// Where in the console an action is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The threshold of the assistant's answers.
    Tuning,
    /// Clusters of failures, and articles proposed from them.
    Learning,
    /// The rules.
    Policy,
    /// The figures, the alarm among them.
    Dashboard,
    /// Queues, hours and skills.
    Queues,
    /// The answers to be judged.
    Review,
}

impl Place {
    /// Its path in the console.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Tuning => "#/tuning",
            Self::Learning => "#/learn",
            Self::Policy => "#/policy",
            Self::Dashboard => "#/dashboard",
            Self::Queues => "#/queues",
            Self::Review => "#/review",
        }
    }

    /// What its button says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tuning => "Open the threshold",
            Self::Learning => "Open the cluster",
            Self::Policy => "Open the rules",
            Self::Dashboard => "Open the figures",
            Self::Queues => "Open the queues",
            Self::Review => "Judge answers",
        }
    }
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Action {
    /// What to do, in one sentence.
    pub title: String,
    /// What says so, with figures.
    pub evidence: String,
    /// Where to do it.
    pub place: Place,
    /// The newest conversations behind it.
    pub conversations: Vec<ConversationId>,
}

/// What actions are chosen from.
pub(super) struct Grounds<'a> {
    pub causes: &'a [Finding],
    pub alarm: &'a Gatekeeping,
    pub changes: &'a [Change],
    pub by_trigger: &'a [Reason],
    pub now: &'a Dashboard,
}

/// The weightiest first: people kept from a person, then what was found as a cause, then
/// targets that are missed beyond doubt, then what rose beyond chance.
pub(super) fn choose(grounds: &Grounds<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    if matches!(grounds.alarm.state, State::Alarm) {
        actions.push(Action {
            title: words::GATEKEEPING_TITLE.to_owned(),
            evidence: grounds.alarm.reasons.join(" "),
            place: Place::Dashboard,
            conversations: grounds.alarm.conversations.clone(),
        });
    }
    let has_alarm = !actions.is_empty();
    let causes = grounds.causes.iter();
    let causes = causes.filter(|it| !(has_alarm && it.cause == Cause::Gatekeeping));
    actions.extend(causes.map(of_cause));
    actions.extend(grounds.changes.iter().filter_map(of_target));
    actions.extend(of_rise(grounds));
    actions.extend(of_waiting(grounds.now));
    actions.truncate(ACTIONS_MAX);
    actions
}

fn of_cause(finding: &Finding) -> Action {
    let (title, place) = match finding.cause {
        Cause::KnowledgeGap => (words::knowledge_gap(&finding.name), Place::Learning),
        Cause::BrokenTool => (words::broken_tool(&finding.name), Place::Policy),
        Cause::HighThreshold => (words::high_threshold(&finding.name), Place::Tuning),
        Cause::Gatekeeping => (words::GATEKEEPING_TITLE.to_owned(), Place::Dashboard),
    };
    Action {
        title,
        evidence: words::finding(finding),
        place,
        conversations: finding.examples.clone(),
    }
}

/// A target that is missed by the whole interval.
fn of_target(change: &Change) -> Option<Action> {
    if !change.is_missed() {
        return None;
    }
    let (title, place) = match change.id {
        "context_retention" => (words::RETENTION_TITLE, Place::Dashboard),
        "csat_after_escalation" => (words::CSAT_TITLE, Place::Dashboard),
        "ai_resolution_rate" => (words::RESOLUTION_TITLE, Place::Learning),
        "escalation_rate" => {
            let target = change.target?;
            let is_high = change.value.is_some_and(|value| value > target.hi);
            if is_high {
                (words::ESCALATION_HIGH_TITLE, Place::Tuning)
            } else {
                (words::ESCALATION_LOW_TITLE, Place::Review)
            }
        }
        _ => return None,
    };
    Some(Action {
        title: title.to_owned(),
        evidence: words::missed(change),
        place,
        conversations: change.conversations.clone(),
    })
}

/// The trigger that rose most beyond chance.
fn of_rise(grounds: &Grounds<'_>) -> Option<Action> {
    let risen = |it: &&Reason| it.is_clear && it.change() > 0.0;
    let reason = grounds.by_trigger.iter().find(risen)?;
    let place = match reason.key.as_str() {
        "low_confidence" | "fallback" => Place::Learning,
        _ => Place::Policy,
    };
    Some(Action {
        title: words::risen(&reason.label),
        evidence: words::reason(reason),
        place,
        conversations: reason.conversations.clone(),
    })
}

/// More than one in ten who waited left before anybody came.
fn of_waiting(now: &Dashboard) -> Option<Action> {
    const LEFT_MAX: f64 = 0.1;
    const WAITED_MIN: u32 = 30;
    let share = crate::interval::ratio(now.wait.abandoned, now.wait.n)?;
    (share > LEFT_MAX && now.wait.n >= WAITED_MIN).then(|| Action {
        title: words::WAITING_TITLE.to_owned(),
        evidence: words::waiting(now.wait.abandoned, now.wait.n, now.time_to_accept.p90_s),
        place: Place::Queues,
        conversations: Vec::new(),
    })
}
