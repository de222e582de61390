//! The weekly report on the wire, and when it is sent. What its figures are and mean
//! stands in `insight`.

use segue_insight::alarm::{self, State};
use segue_insight::causes;
use segue_insight::report;
use segue_ports::report::{Delivery, Schedule};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Instant;
use super::dashboard::{Target, Week};
use segue_model::id::ConversationId;

/// What one week of handoffs was: what changed, why, and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeeklyReport {
    /// The beginning of the seven days.
    pub from: Instant,
    /// Their end.
    pub until: Instant,
    /// The same two as days of the workspace's zone.
    #[schema(example = json!(["2026-11-16", "2026-11-22"]))]
    pub days: Vec<String>,
    /// The ISO week before it, to ask for that one's report.
    #[schema(example = "2026-W46")]
    pub week_before: String,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Its part of the conversations, 0–1.
    pub demo_share: f64,
    /// How many conversations of the seven days count.
    pub conversations: u32,
    /// And of the seven before.
    pub conversations_before: u32,
    /// What the headline figures did.
    pub changes: Vec<FigureChange>,
    /// Handoffs by trigger, the greatest change first.
    pub by_trigger: Vec<ReasonChange>,
    /// Handoffs by root cause, the greatest change first.
    pub by_root_cause: Vec<ReasonChange>,
    /// New causes of the last eight weeks, what explains most first.
    pub causes: Vec<CauseFound>,
    /// Whether people are kept from a person.
    pub alarm: GatekeepingAlarm,
    /// What to do, the weightiest first; at most three.
    pub actions: Vec<ReportAction>,
    /// The last eight weeks, earliest first.
    pub weeks: Vec<Week>,
}

/// One headline figure beside the week before.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureChange {
    /// The id of its definition in `docs/METRICS.md`.
    #[schema(example = "escalation_rate")]
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// `share` (0–1) or `seconds`.
    pub unit: &'static str,
    /// This week.
    pub value: Option<f64>,
    /// The lower end of its 95 % interval, of shares.
    pub lo: Option<f64>,
    /// The upper end.
    pub hi: Option<f64>,
    /// Of how many cases.
    pub n: u32,
    /// The week before, as it stood then.
    pub before: Option<f64>,
    /// Of how many cases.
    pub n_before: u32,
    /// Where it is meant to be, if it has a target.
    pub target: Option<Target>,
    /// `up`, `down` or `band`: which way it is meant to go.
    pub direction: &'static str,
    /// The two-sided chance of so great a difference where nothing changed, of shares.
    pub p: Option<f64>,
    /// Whether the difference is more than chance.
    pub is_clear: bool,
    /// Whether there are too few cases to judge the value.
    pub is_small: bool,
    /// Whether it may still change for the conversations counted.
    pub is_provisional: bool,
    /// The newest conversations behind it.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// One reason for handoffs beside the week before.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonChange {
    /// Its name in code.
    pub key: String,
    /// For people.
    pub label: String,
    /// How many handoffs this week.
    pub n: u32,
    /// The week before.
    pub n_before: u32,
    /// Handoffs for each 100 conversations.
    pub per_100: f64,
    /// The week before.
    pub per_100_before: f64,
    /// The two-sided chance of so great a difference where nothing changed.
    pub p: Option<f64>,
    /// Whether it is more than chance, given how many reasons there are.
    pub is_clear: bool,
    /// The newest conversations behind it.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// A cause that was found in the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseFound {
    /// `knowledge_gap`, `broken_tool`, `high_threshold` or `gatekeeping`.
    pub cause: &'static str,
    /// What it is: the concern, the tool, the threshold.
    pub name: String,
    /// The share of the window's handoffs that it explains, 0–1.
    pub share: f64,
    /// The 95 % interval of the share.
    pub interval: [f64; 2],
    /// The beginning of the week since when it shows.
    pub since: Instant,
    /// What says so.
    pub evidence: Vec<CauseEvidence>,
    /// The newest conversations behind it.
    #[schema(value_type = Vec<String>)]
    pub examples: Vec<ConversationId>,
}

/// One share that a cause rests on, before and since.
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseEvidence {
    /// What it counts.
    pub label: &'static str,
    /// Before, 0–1.
    pub before: Option<f64>,
    /// Since, 0–1.
    pub after: f64,
    /// Of how many before.
    pub n_before: u32,
    /// Of how many since.
    pub n_after: u32,
}

/// Whether people are kept from a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatekeepingAlarm {
    /// `quiet`, `watch`, `alarm` or `too_few`.
    pub state: &'static str,
    /// Why, one sentence each, the weightiest first.
    pub reasons: Vec<String>,
    /// The length of each of the two periods compared, in days.
    pub period_days: u32,
    /// Of the conversations with the assistant, those that no person was asked into.
    pub deflection: SharePair,
    /// Satisfaction with the person's part.
    pub csat_after_escalation: SharePair,
    /// The share of later conversations that the earlier period had none like.
    pub new_share: f64,
    /// The leading signs, in a fixed order.
    pub signs: Vec<LeadingSign>,
    /// From and until when it probably began.
    pub began: Option<[Instant; 2]>,
    /// The newest conversations behind it.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// One share in two periods.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharePair {
    /// Of the earlier period, 0–1.
    pub before: f64,
    /// Of the later one, at the mix of cases of the earlier.
    pub after: f64,
    /// Of the later one as it was.
    pub after_raw: f64,
    /// The standard score of the difference.
    pub z: f64,
    /// Cases of the earlier period.
    pub n_before: u32,
    /// Cases of the later one.
    pub n_after: u32,
    /// In how many kinds of cases.
    pub cells: u32,
    /// Whether it moved as gatekeeping would move it.
    pub is_moved: bool,
}

/// One leading sign in two periods.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadingSign {
    /// Its name in code.
    pub key: &'static str,
    /// In words.
    pub label: &'static str,
    /// How many of the earlier period.
    pub before: u32,
    /// Of how many.
    pub n_before: u32,
    /// How many of the later one.
    pub after: u32,
    /// Of how many.
    pub n_after: u32,
    /// Whether it is worse than before.
    pub is_worse: bool,
    /// The newest conversations behind it.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// One recommendation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportAction {
    /// What to do, in one sentence.
    pub title: String,
    /// What says so, with figures.
    pub evidence: String,
    /// `tuning`, `learning`, `policy`, `dashboard`, `queues` or `review`: where to do it.
    pub place: &'static str,
    /// Its address in the console.
    pub path: &'static str,
    /// What its button says.
    pub label: &'static str,
    /// The newest conversations behind it.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// When the report is sent, to whom, and how that goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportSchedule {
    /// Whether it is sent at all.
    pub is_on: bool,
    /// The day, 0 is Monday. The week itself ends on Monday at midnight.
    pub weekday: u8,
    /// The local hour, 0–23.
    pub hour: u8,
    /// The workspace's zone, in which the hour is meant.
    pub zone: String,
    /// The e-mail addresses it goes to.
    pub recipients: Vec<String>,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Whether a mail server is connected.
    pub has_mail: bool,
    /// The programs that hear of it too, by their names in the operator's file.
    pub hooks: Vec<String>,
    /// When it was sent last.
    pub sent_at: Option<Instant>,
    /// When it is tried again, while that is so.
    pub again_at: Option<Instant>,
    /// What went wrong last; nothing where nothing did.
    pub error: Option<String>,
    /// Since when the gatekeeping alarm rings, as it was told.
    pub alarm_since: Option<Instant>,
}

/// Another schedule.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportScheduleBody {
    /// Whether it is sent at all.
    pub is_on: bool,
    /// The day, 0 is Monday.
    #[schema(minimum = 0, maximum = 6)]
    pub weekday: u8,
    /// The local hour.
    #[schema(minimum = 0, maximum = 23)]
    pub hour: u8,
    /// The e-mail addresses it goes to; 50 at most.
    #[schema(max_items = 50)]
    pub recipients: Vec<String>,
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
}

impl ReportSchedule {
    /// What is kept, beside what the server knows.
    pub fn of(
        schedule: Schedule,
        delivery: Delivery,
        zone: String,
        (has_mail, hooks): (bool, Vec<String>),
    ) -> Self {
        Self {
            is_on: schedule.is_on,
            weekday: schedule.weekday,
            hour: schedule.hour,
            zone,
            recipients: schedule.recipients,
            include_demo: schedule.include_demo,
            has_mail,
            hooks,
            sent_at: delivery.sent_at.map(Instant),
            again_at: delivery.again_at.map(Instant),
            error: delivery.error,
            alarm_since: delivery.alarm_since.map(Instant),
        }
    }
}

fn each<From, To: std::convert::From<From>>(list: Vec<From>) -> Vec<To> {
    list.into_iter().map(Into::into).collect()
}

impl From<report::Report> for WeeklyReport {
    fn from(it: report::Report) -> Self {
        Self {
            from: Instant(it.from),
            until: Instant(it.until),
            days: it.days.into(),
            week_before: it.week_before,
            include_demo: it.include_demo,
            demo_share: it.demo_share,
            conversations: it.conversations,
            conversations_before: it.conversations_before,
            changes: each(it.changes),
            by_trigger: each(it.by_trigger),
            by_root_cause: each(it.by_root_cause),
            causes: each(it.causes),
            alarm: it.alarm.into(),
            actions: each(it.actions),
            weeks: each(it.weeks),
        }
    }
}

impl From<report::Change> for FigureChange {
    fn from(it: report::Change) -> Self {
        Self {
            id: it.id,
            name: it.name,
            unit: it.unit,
            value: it.value,
            lo: it.lo,
            hi: it.hi,
            n: it.n,
            before: it.before,
            n_before: it.n_before,
            target: it.target.map(Into::into),
            direction: match it.direction {
                report::Direction::Up => "up",
                report::Direction::Down => "down",
                report::Direction::Band => "band",
            },
            p: it.p,
            is_clear: it.is_clear,
            is_small: it.is_small,
            is_provisional: it.is_provisional,
            conversations: it.conversations,
        }
    }
}

impl From<report::Reason> for ReasonChange {
    fn from(it: report::Reason) -> Self {
        Self {
            key: it.key,
            label: it.label,
            n: it.n,
            n_before: it.n_before,
            per_100: it.per_100,
            per_100_before: it.per_100_before,
            p: it.p,
            is_clear: it.is_clear,
            conversations: it.conversations,
        }
    }
}

impl From<causes::Finding> for CauseFound {
    fn from(it: causes::Finding) -> Self {
        Self {
            cause: it.cause.word(),
            name: it.name,
            share: it.share,
            interval: it.interval,
            since: Instant(it.since),
            evidence: each(it.evidence),
            examples: it.examples,
        }
    }
}

impl From<causes::Evidence> for CauseEvidence {
    fn from(it: causes::Evidence) -> Self {
        Self {
            label: it.label,
            before: it.before,
            after: it.after,
            n_before: it.n_before,
            n_after: it.n_after,
        }
    }
}

impl From<alarm::Gatekeeping> for GatekeepingAlarm {
    fn from(it: alarm::Gatekeeping) -> Self {
        Self {
            state: match it.state {
                State::Quiet => "quiet",
                State::Watch => "watch",
                State::Alarm => "alarm",
                State::TooFew => "too_few",
            },
            reasons: it.reasons,
            period_days: it.period_days,
            deflection: it.deflection.into(),
            csat_after_escalation: it.csat_after_escalation.into(),
            new_share: it.new_share,
            signs: each(it.signs),
            began: it
                .began
                .map(|band| [Instant(band.from), Instant(band.until)]),
            conversations: it.conversations,
        }
    }
}

impl From<alarm::Moved> for SharePair {
    fn from(it: alarm::Moved) -> Self {
        Self {
            before: it.before,
            after: it.after,
            after_raw: it.after_raw,
            z: it.z,
            n_before: it.n_before,
            n_after: it.n_after,
            cells: it.cells,
            is_moved: it.is_moved,
        }
    }
}

impl From<alarm::Sign> for LeadingSign {
    fn from(it: alarm::Sign) -> Self {
        Self {
            key: it.key,
            label: it.label,
            before: it.before,
            n_before: it.n_before,
            after: it.after,
            n_after: it.n_after,
            is_worse: it.is_worse,
            conversations: it.conversations,
        }
    }
}

impl From<report::Action> for ReportAction {
    fn from(it: report::Action) -> Self {
        Self {
            place: match it.place {
                report::Place::Tuning => "tuning",
                report::Place::Learning => "learning",
                report::Place::Policy => "policy",
                report::Place::Dashboard => "dashboard",
                report::Place::Queues => "queues",
                report::Place::Review => "review",
            },
            path: it.place.path(),
            label: it.place.label(),
            title: it.title,
            evidence: it.evidence,
            conversations: it.conversations,
        }
    }
}
