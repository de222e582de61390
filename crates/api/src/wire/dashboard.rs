//! The dashboard's figures. What each is and means stands in `insight` and in
//! `docs/METRICS.md`; what cannot be said is `null`.

use segue_insight::dashboard as figures;
use segue_model::id::ConversationId;
use serde::Serialize;
use utoipa::ToSchema;

use super::Instant;
use super::service::{
    CostOf, CsatSegment, MeanOf, RebuildProgress, RepeatContact, RuleTimings, ServiceLevel,
    SignToHandoff, TierOne,
};

/// All figures of one workspace and one window.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Dashboard {
    /// The time of the question.
    pub as_of: Instant,
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
    pub funnel: Vec<FunnelStep>,
    /// What became of the conversations with the assistant; each is in exactly one.
    pub outcomes: Vec<OutcomeShare>,
    /// Handoffs by trigger, most first.
    pub by_trigger: Vec<Group>,
    /// Handoffs by the root cause that the agent named, most first.
    pub by_root_cause: Vec<Group>,
    /// Handoffs by the queue they came to, most first.
    pub by_queue: Vec<Group>,
    /// ISO weeks in the workspace's zone, earliest first; the first and the last may be cut.
    pub weeks: Vec<Week>,
    /// Handoffs by local weekday and hour of their request; empty hours are left out.
    pub heat: Vec<HeatCell>,
    /// Who left while waiting.
    pub wait: Waiting,
    /// The evidence of retention, each step part of the one before.
    pub retention_funnel: Vec<RetentionStep>,
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
    pub sla_attainment: ServiceLevel,
    /// An agent wrote, and the customer was gone.
    pub silent_in_handoff: Ratio,
    /// Passed on by an agent who had written.
    pub transfer_rate: Ratio,
    /// Came to people whose concern it was not.
    pub misroute_rate: Ratio,
    /// Solved by the first person, for good.
    pub first_contact_resolution: Ratio,
    /// How often customers ask before a person comes.
    pub requests_per_handoff: MeanOf,
    /// Those who had to ask more than once.
    pub begging_rate: Ratio,
    /// From the first sign of discontent to the request.
    pub sign_to_handoff: SignToHandoff,
    /// What it costs, and what it saves.
    pub cost: CostOf,
    /// Too early, too late and missed, by rule.
    pub rule_timing: RuleTimings,
    /// How far the log has been read, while the figures are rebuilt from it and hold a part
    /// of it; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebuild: Option<RebuildProgress>,
}

/// Conversations handed to a person, split by the first handoff of each.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandedOver {
    /// Their share of all conversations.
    pub rate: Ratio,
    /// How many of them the assistant had no part in; these are not in the escalation rate.
    pub without_assistant: u32,
    /// `mandatory`, `requested` and `measured`, in this order; they add up to the numerator.
    pub parts: Vec<Group>,
}

/// A share with what is needed to judge it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Ratio {
    /// Numerator over denominator; nothing where the denominator is 0.
    #[schema(required)]
    pub value: Option<f64>,
    /// How many count.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// The lower end of the 95 % Wilson interval.
    #[schema(required)]
    pub lo: Option<f64>,
    /// The upper end.
    #[schema(required)]
    pub hi: Option<f64>,
    /// Where it is meant to be.
    pub target: Target,
    /// Whether it may still change for the conversations counted.
    pub is_provisional: bool,
    /// When it stops changing for them, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matures_at: Option<Instant>,
    /// The value of the period before.
    #[schema(required)]
    pub previous: Option<f64>,
    /// The formula in words.
    pub formula: &'static str,
    /// The newest conversations behind it, at most as many as `shown`
    /// asks for.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// A target band; 0–1 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Target {
    /// The lower end.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

/// Agents' active time per handoff, in seconds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandleTime {
    /// The median.
    #[schema(required)]
    pub p50_s: Option<f64>,
    /// The ninth decile.
    #[schema(required)]
    pub p90_s: Option<f64>,
    /// How many handoffs.
    pub n: u32,
    /// The median where the packet was opened; association, not cause.
    #[schema(required)]
    pub with_packet_p50_s: Option<f64>,
    /// The median where it was not.
    #[schema(required)]
    pub without_packet_p50_s: Option<f64>,
}

/// From the request to an agent, in seconds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AcceptTime {
    /// The median over all who waited.
    #[schema(required)]
    pub p50_s: Option<f64>,
    /// The ninth decile.
    #[schema(required)]
    pub p90_s: Option<f64>,
    /// How many were accepted.
    pub n: u32,
}

/// One step of the funnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FunnelStep {
    /// Its name.
    pub key: &'static str,
    /// In words.
    pub label: &'static str,
    /// How many conversations came so far.
    pub n: u32,
}

/// One part of the bar of outcomes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OutcomeShare {
    /// `escalated`, `returned`, `resolved`, `unmet` or `ambiguous`.
    pub key: &'static str,
    /// How many conversations.
    pub n: u32,
    /// Their share of those with the assistant, 0 where there are none.
    pub share: f64,
}

/// One bar of a Pareto.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
    /// The minutes that customers waited in them, where these are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_minutes: Option<f64>,
    /// The newest conversations behind it, at most as many as `shown`
    /// asks for.
    #[schema(value_type = Vec<String>)]
    pub conversations: Vec<ConversationId>,
}

/// One dot of the sweet spot.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Week {
    /// The ISO week: `2026-W10`.
    pub week: String,
    /// Share resolved, of those with the assistant.
    #[schema(required)]
    pub resolution: Option<f64>,
    /// Share of 4 and 5, of the scores for the person's part.
    #[schema(required)]
    pub csat_after_escalation: Option<f64>,
    /// How many of those with the assistant for which a person was asked.
    pub n_escalated: u32,
    /// How many conversations with the assistant.
    pub n: u32,
}

/// One cell of the heat map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeatCell {
    /// 0 is Monday.
    pub weekday: u8,
    /// 0–23, local.
    pub hour: u8,
    /// How many handoffs were requested.
    pub n: u32,
}

/// Who waited, and who left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Waiting {
    /// How many handoffs whose customer left before an agent came.
    pub abandoned: u32,
    /// How many handoffs waited.
    pub n: u32,
}

/// One step of the evidence of retention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RetentionStep {
    /// `opened`, `dwelled`, `no_reask` or `acknowledged`.
    pub key: &'static str,
    /// How many handoffs came so far.
    pub n: u32,
}

/// Conversations of files.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Imported {
    /// By source, in order of their names.
    pub sources: Vec<ImportedSource>,
}

/// One source of imported conversations.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImportedSource {
    /// Its name.
    pub source: String,
    /// How many conversations.
    pub conversations: u32,
    /// How many turns.
    pub turns: u32,
    /// How many customer turns would have had each verdict.
    pub verdicts: VerdictCounts,
    /// What the file says of how they went, most first.
    pub outcomes: Vec<RecordedOutcome>,
}

/// Customer turns by verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecordedOutcome {
    /// What was recorded.
    pub label: String,
    /// Its value.
    pub value: String,
    /// How many conversations have it.
    pub n: u32,
    /// For how many of them a person would have come.
    pub escalate: u32,
}

/// Converts what has the same fields on both sides; a new one does not compile
/// until it is named here.
macro_rules! alike {
    ($($from:ident => $to:ident { $($field:ident),* };)*) => {
        $(impl From<segue_insight::dashboard::$from> for $to {
            fn from(segue_insight::dashboard::$from { $($field),* }: segue_insight::dashboard::$from) -> Self {
                Self { $($field),* }
            }
        })*
    };
}
pub(super) use alike;

alike! {
    Target => Target { lo, hi };
    HandleTime => HandleTime { p50_s, p90_s, n, with_packet_p50_s, without_packet_p50_s };
    AcceptTime => AcceptTime { p50_s, p90_s, n };
    Step => FunnelStep { key, label, n };
    OutcomeShare => OutcomeShare { key, n, share };
    Group => Group { key, label, n, share, agent_minutes, wait_minutes, conversations };
    Week => Week { week, resolution, csat_after_escalation, n_escalated, n };
    HeatCell => HeatCell { weekday, hour, n };
    Wait => Waiting { abandoned, n };
    Evidence => RetentionStep { key, n };
    VerdictCounts => VerdictCounts { proceed, fall_back, review, escalate };
    Recorded => RecordedOutcome { label, value, n, escalate };
}

fn each<From, To: std::convert::From<From>>(list: Vec<From>) -> Vec<To> {
    list.into_iter().map(Into::into).collect()
}

impl From<figures::Ratio> for Ratio {
    fn from(it: figures::Ratio) -> Self {
        let figures::Ratio {
            value,
            numerator,
            denominator,
            lo,
            hi,
            target,
            is_provisional,
            matures_at,
            previous,
            formula,
            conversations,
        } = it;
        Self {
            value,
            numerator,
            denominator,
            lo,
            hi,
            target: target.into(),
            is_provisional,
            matures_at: matures_at.map(Into::into),
            previous,
            formula,
            conversations,
        }
    }
}

impl From<figures::HandedOver> for HandedOver {
    fn from(it: figures::HandedOver) -> Self {
        let figures::HandedOver {
            rate,
            without_assistant,
            parts,
        } = it;
        Self {
            rate: rate.into(),
            without_assistant,
            parts: each(parts),
        }
    }
}

impl From<figures::Imported> for Imported {
    fn from(figures::Imported { sources }: figures::Imported) -> Self {
        Self {
            sources: each(sources),
        }
    }
}

impl From<figures::Source> for ImportedSource {
    fn from(it: figures::Source) -> Self {
        let figures::Source {
            source,
            conversations,
            turns,
            verdicts,
            outcomes,
        } = it;
        Self {
            source,
            conversations,
            turns,
            verdicts: verdicts.into(),
            outcomes: each(outcomes),
        }
    }
}

impl From<figures::Dashboard> for Dashboard {
    fn from(it: figures::Dashboard) -> Self {
        Self {
            as_of: it.as_of.into(),
            days: it.days,
            include_demo: it.include_demo,
            demo_share: it.demo_share,
            conversations: it.conversations,
            handed_over: it.handed_over.into(),
            escalation_rate: it.escalation_rate.into(),
            ai_resolution_rate: it.ai_resolution_rate.into(),
            context_retention: it.context_retention.into(),
            csat_after_escalation: it.csat_after_escalation.into(),
            csat_assistant: it.csat_assistant.into(),
            aht_after_escalation: it.aht_after_escalation.into(),
            time_to_accept: it.time_to_accept.into(),
            funnel: each(it.funnel),
            outcomes: each(it.outcomes),
            by_trigger: each(it.by_trigger),
            by_root_cause: each(it.by_root_cause),
            by_queue: each(it.by_queue),
            weeks: each(it.weeks),
            heat: each(it.heat),
            wait: it.wait.into(),
            retention_funnel: each(it.retention_funnel),
            imported: it.imported.map(Into::into),
            tier_one: it.tier_one.into(),
            contained: it.contained.into(),
            silent_abandonment: it.silent_abandonment.into(),
            repeat_contact: it.repeat_contact.into(),
            csat_segments: each(it.csat_segments),
            first_response: it.first_response.into(),
            sla_attainment: it.sla_attainment.into(),
            silent_in_handoff: it.silent_in_handoff.into(),
            transfer_rate: it.transfer_rate.into(),
            misroute_rate: it.misroute_rate.into(),
            first_contact_resolution: it.first_contact_resolution.into(),
            requests_per_handoff: it.requests_per_handoff.into(),
            begging_rate: it.begging_rate.into(),
            sign_to_handoff: it.sign_to_handoff.into(),
            cost: it.cost.into(),
            rule_timing: it.rule_timing.into(),
            rebuild: None,
        }
    }
}
