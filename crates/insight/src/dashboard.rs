//! What the dashboard shows: plain values in the shape of the wire. Instants are
//! RFC 3339 with `Z`, shares 0–1, durations seconds; what cannot be said is `null`.

use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use serde::{Serialize, Serializer};

use crate::ledger::{Ledger, Query};
mod measure;

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
    /// Resolution and escalation of the topics that are meant for the assistant.
    pub tier_one: TierOne,
    /// Ended without a person, whatever came of it; never a resolution.
    pub contained: Ratio,
    /// The assistant had the last word, and nobody answered.
    pub silent_abandonment: Ratio,
    /// Resolved, and back within seven days.
    pub repeat_contact: RepeatContact,
    /// Satisfaction by who dealt with it: `assistant_only`, `handed_off`, `person_only`.
    pub csat_segments: Vec<CsatSegment>,
    /// From the request to the first message of an agent.
    pub first_response: AcceptTime,
    /// Accepted within what the queue aims for.
    pub sla_attainment: Sla,
    /// An agent wrote, and the customer was gone.
    pub silent_in_handoff: Ratio,
    /// Passed on by an agent who had written.
    pub transfer_rate: Ratio,
    /// Came to people whose concern it was not.
    pub misroute_rate: Ratio,
    /// Solved by the first person, for good.
    pub first_contact_resolution: Ratio,
    /// How often customers ask before a person comes.
    pub requests_per_handoff: Mean,
    /// Those who had to ask more than once.
    pub begging_rate: Ratio,
    /// From the first sign of discontent to the request.
    pub sign_to_handoff: SignToHandoff,
    /// What it costs, and what it saves.
    pub cost: Cost,
    /// Too early, too late and missed, by rule.
    pub rule_timing: RuleTimings,
}

/// How well the rules call a person in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTimings {
    /// By rule, most handoffs and misses first.
    pub rules: Vec<RuleTiming>,
    /// All of them, and what no rule came near to; its rule has no name.
    pub whole: RuleTiming,
}

/// How well one rule calls a person in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTiming {
    /// Its name.
    pub rule: String,
    /// How many of its handoffs an agent dealt with.
    pub handoffs: u32,
    /// How many were too early.
    pub early: u32,
    /// How many were too late.
    pub late: u32,
    /// How many conversations it came nearest to, of those that a person should have had.
    pub missed: u32,
    /// The share that was not too early, of those that agents judged.
    pub precision: Estimate,
    /// The share that was called in, of those that needed a person.
    pub recall: Estimate,
    /// The share that was in time, of those that needed a person and got one.
    pub timeliness: Estimate,
}

/// A share with its 95 % Wilson interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Its value, nothing where n is 0.
    pub value: Option<f64>,
    /// The lower end.
    pub lo: Option<f64>,
    /// The upper end.
    pub hi: Option<f64>,
    /// Of how many.
    pub n: u32,
    /// Whether too little was counted to say much.
    pub is_small: bool,
}

/// The topics that are meant for the assistant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TierOne {
    /// Resolved by evidence, of the conversations about them.
    pub resolution: Ratio,
    /// Handed to a person, of the same.
    pub escalation: Ratio,
}

/// How many came back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RepeatContact {
    /// Of the resolved conversations of known customers.
    pub rate: Ratio,
    /// How many are resolved, of known customers or not.
    pub resolved: u32,
    /// The share of these of which it is known who asked.
    pub coverage: Option<f64>,
}

/// Satisfaction of one segment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CsatSegment {
    /// Its name.
    pub key: &'static str,
    /// How many conversations are in it.
    pub conversations: u32,
    /// The share of them that was rated.
    pub response_rate: Option<f64>,
    /// The share of good ones if nobody else was satisfied.
    pub worst: Option<f64>,
    /// The same if everybody else was.
    pub best: Option<f64>,
    /// The share of good scores.
    pub csat: Ratio,
}

/// The service level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sla {
    /// The formula's name among those in use: `SL-A`.
    pub formula_id: &'static str,
    /// Its value.
    pub rate: Ratio,
}

/// A mean against its target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// The mean; nothing where n is 0.
    pub mean: Option<f64>,
    /// What it is meant to be.
    pub target: Option<f64>,
    /// Over how many.
    pub n: u32,
}

/// From the first sign of discontent to the request of the handoff.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SignToHandoff {
    /// The customer's turns in between, the median.
    pub turns_p50: Option<f64>,
    /// The ninth decile.
    pub turns_p90: Option<f64>,
    /// The time in between in seconds, the median.
    pub p50_s: Option<f64>,
    /// The ninth decile.
    pub p90_s: Option<f64>,
    /// How many handoffs with a sign before them.
    pub n: u32,
}

/// Costs and savings, in the currency of the rates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// Agents' active minutes.
    pub agent_minutes: f64,
    /// Tokens of the model, guessed from the text.
    pub tokens: u64,
    /// What a minute of an agent costs.
    pub agent_minute_cost: f64,
    /// What a million tokens cost.
    pub tokens_million_cost: f64,
    /// What the agents' time cost.
    pub agents: f64,
    /// What the tokens cost.
    pub model: f64,
    /// Both, by conversation.
    pub per_conversation: Option<f64>,
    /// Both, by conversation that was handed over.
    pub per_escalated: Option<f64>,
    /// The tokens, by conversation that was not.
    pub per_assistant_only: Option<f64>,
    /// Minutes that agents would have spent on what the assistant resolved.
    pub minutes_saved: Option<f64>,
    /// What these would have cost.
    pub saved: Option<f64>,
    /// That without the cost of the tokens.
    pub net: Option<f64>,
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
    /// The agents' active minutes on them, where these are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_minutes: Option<f64>,
    /// The minutes that customers waited in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_minutes: Option<f64>,
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
    measure::dashboard(ledger, query)
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
