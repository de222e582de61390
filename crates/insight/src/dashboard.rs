//! What the dashboard shows: plain values in the shape of the wire. Instants are
//! RFC 3339 with `Z`, shares 0–1, durations seconds; what cannot be said is `null`.

use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use serde::{Serialize, Serializer};

use crate::episode::Class;
use crate::interval::{count, share};
use crate::ledger::{Ledger, Query};
use crate::metric;

/// All figures of one workspace and one window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dashboard {
    /// The time of the question.
    #[serde(serialize_with = "rfc3339")]
    pub as_of: Timestamp,
    /// The length of the window in days.
    pub days: u32,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Its part of the conversations counted, 0–1.
    pub demo_share: f64,
    /// How many conversations are counted, with or without the assistant.
    pub conversations: u32,
    /// Of all conversations, those for which a person was asked, and whose doing it was.
    pub handed_over: HandedOver,
    /// Of the conversations with the assistant, those for which a person was asked.
    pub escalation_rate: Ratio,
    /// Of the same, those resolved by evidence and without a return.
    pub ai_resolution_rate: Ratio,
    /// Of the handoffs, those in which the packet was opened and nothing asked again.
    pub context_retention: Ratio,
    /// Satisfaction with the person's part.
    pub csat_after_escalation: Ratio,
    /// Satisfaction with the assistant's part.
    pub csat_assistant: Ratio,
    /// Agents' active time.
    pub aht_after_escalation: HandleTime,
    /// From the request to an agent.
    pub time_to_accept: AcceptTime,
    /// From the conversation to the satisfied customer, each step part of the one before.
    pub funnel: Vec<Step>,
    /// What became of the conversations with the assistant; each is in exactly one.
    pub outcomes: Vec<OutcomeShare>,
    /// Handoffs by trigger, most first.
    pub by_trigger: Vec<Group>,
    /// Handoffs by the root cause that the agent named, most first.
    pub by_root_cause: Vec<Group>,
    /// Handoffs by the queue they came to, most first; the label is the queue's key.
    pub by_queue: Vec<Group>,
    /// ISO weeks in the workspace's zone, earliest first; the first and the last may be cut.
    pub weeks: Vec<Week>,
    /// Handoffs by local weekday and hour of their request; empty hours are left out.
    pub heat: Vec<HeatCell>,
    /// Who left while waiting.
    pub wait: Wait,
    /// The evidence of retention, each step part of the one before.
    pub retention_funnel: Vec<Evidence>,
    /// Conversations of files, apart; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
}

/// Conversations handed to a person, split by the first handoff of each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandedOver {
    /// Their share of all conversations.
    pub rate: Ratio,
    /// How many of them the assistant had no part in: handed over with the first message,
    /// or an agent was faster. These are not in the escalation rate.
    pub without_assistant: u32,
    /// `mandatory`, `requested` and `measured`, in this order; they add up to the numerator.
    pub parts: Vec<Group>,
}

/// A share with what is needed to judge it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ratio {
    /// Numerator over denominator; nothing where the denominator is 0.
    pub value: Option<f64>,
    /// How many count.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// The lower end of the 95 % Wilson interval.
    pub lo: Option<f64>,
    /// The upper end.
    pub hi: Option<f64>,
    /// Where it is meant to be.
    pub target: Target,
    /// Whether it may still change for the conversations counted.
    pub is_provisional: bool,
    /// When it stops changing for them, where that is known.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "rfc3339_option"
    )]
    pub matures_at: Option<Timestamp>,
    /// The value of the period before.
    pub previous: Option<f64>,
    /// The formula in words.
    pub formula: &'static str,
    /// The newest conversations behind it, as many as were asked for; which ones, its definition says.
    pub conversations: Vec<ConversationId>,
}

/// A target band; 0–1 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Target {
    /// The lower end.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

/// Agents' active time per handoff, in seconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandleTime {
    /// The median.
    pub p50_s: Option<f64>,
    /// The ninth decile.
    pub p90_s: Option<f64>,
    /// How many handoffs.
    pub n: u32,
    /// The median where the packet was opened; association, not cause.
    pub with_packet_p50_s: Option<f64>,
    /// The median where it was not.
    pub without_packet_p50_s: Option<f64>,
}

/// From the request to an agent, in seconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AcceptTime {
    /// The median over all who waited.
    pub p50_s: Option<f64>,
    /// The ninth decile.
    pub p90_s: Option<f64>,
    /// How many were accepted.
    pub n: u32,
}

/// One step of the funnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its name.
    pub key: &'static str,
    /// In words.
    pub label: &'static str,
    /// How many conversations came so far.
    pub n: u32,
}

/// One part of the bar of outcomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeShare {
    /// `escalated`, `returned`, `resolved`, `unmet` or `ambiguous`.
    pub key: &'static str,
    /// How many conversations.
    pub n: u32,
    /// Their share of those with the assistant, 0 where there are none.
    pub share: f64,
}

/// One bar of a Pareto.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Its name.
    pub key: String,
    /// In words.
    pub label: String,
    /// How many handoffs.
    pub n: u32,
    /// Their share of all bars.
    pub share: f64,
    /// The newest conversations behind it, as many as were asked for.
    pub conversations: Vec<ConversationId>,
}

/// One dot of the sweet spot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// The ISO week: `2026-W10`.
    pub week: String,
    /// Share resolved, of those with the assistant.
    pub resolution: Option<f64>,
    /// Share of 4 and 5, of the scores for the person's part.
    pub csat_after_escalation: Option<f64>,
    /// How many of those with the assistant for which a person was asked.
    pub n_escalated: u32,
    /// How many conversations with the assistant.
    pub n: u32,
}

/// One cell of the heat map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HeatCell {
    /// 0 is Monday.
    pub weekday: u8,
    /// 0–23, local.
    pub hour: u8,
    /// How many handoffs were requested.
    pub n: u32,
}

/// Who waited, and who left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// How many handoffs whose customer left before an agent came.
    pub abandoned: u32,
    /// How many handoffs waited.
    pub n: u32,
}

/// One step of the evidence of retention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// `opened`, `dwelled`, `no_reask` or `acknowledged`.
    pub key: &'static str,
    /// How many handoffs came so far.
    pub n: u32,
}

/// Conversations of files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imported {
    /// By source, in order of their names.
    pub sources: Vec<Source>,
}

/// One source of imported conversations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// Its name.
    pub source: String,
    /// How many conversations.
    pub conversations: u32,
    /// How many turns.
    pub turns: u32,
    /// How many customer turns would have had each verdict.
    pub verdicts: VerdictCounts,
    /// What the file says of how they went, most first.
    pub outcomes: Vec<Recorded>,
}

/// Customer turns by verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct VerdictCounts {
    /// The assistant would have gone on.
    #[serde(rename = "continue")]
    pub proceed: u32,
    /// It would have fallen back.
    pub fall_back: u32,
    /// A person would have released its drafts.
    pub review: u32,
    /// A person would have come.
    pub escalate: u32,
}

/// One recorded outcome beside the would-have verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// What was recorded.
    pub label: String,
    /// Its value.
    pub value: String,
    /// How many conversations have it.
    pub n: u32,
    /// For how many of them a person would have come.
    pub escalate: u32,
}

pub(crate) fn of(ledger: &Ledger, query: &Query) -> Dashboard {
    let now = ledger.cohort(query, 0);
    let before = ledger.cohort(query, 1);
    let conversations = count(now.episodes.iter());
    let demo = count(now.episodes.iter().filter(|it| it.class == Class::Demo));
    Dashboard {
        as_of: query.now,
        days: query.days,
        include_demo: query.include_demo,
        demo_share: share(demo, conversations),
        conversations,
        handed_over: metric::handed_over::measure(&now, &before),
        escalation_rate: metric::escalation_rate::measure(&now, &before),
        ai_resolution_rate: metric::ai_resolution_rate::measure(&now, &before),
        context_retention: metric::context_retention::measure(&now, &before),
        csat_after_escalation: metric::csat_after_escalation::measure(&now, &before),
        csat_assistant: metric::csat_assistant::measure(&now, &before),
        aht_after_escalation: metric::handle_time::measure(&now),
        time_to_accept: metric::time_to_accept::measure(&now),
        funnel: metric::funnel::measure(&now),
        outcomes: metric::outcomes::measure(&now),
        by_trigger: metric::by_trigger::measure(&now),
        by_root_cause: metric::by_root_cause::measure(&now),
        by_queue: metric::by_queue::measure(&now),
        weeks: metric::weeks::measure(&now, &query.zone),
        heat: metric::heat::measure(&now, &query.zone),
        wait: metric::abandonment::measure(&now),
        retention_funnel: metric::retention_funnel::measure(&now),
        imported: metric::imported::measure(ledger),
    }
}

/// The last instant that can be written, for anything beyond it.
fn instant(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::MAX)
}

pub(crate) fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&instant(*at).strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
}

fn rfc3339_option<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => rfc3339(at, serializer),
        None => serializer.serialize_none(),
    }
}
