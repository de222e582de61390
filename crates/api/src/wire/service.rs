//! The figures of service and cost, beside those that the dashboard opens with.

use segue_insight::dashboard as figures;
use serde::Serialize;
use utoipa::ToSchema;

use super::dashboard::{Ratio, alike};

/// The topics that are meant for the assistant.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TierOne {
    /// Resolved by evidence, of the conversations about them.
    pub resolution: Ratio,
    /// Handed to a person, of the same.
    pub escalation: Ratio,
}

/// How many came back.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RepeatContact {
    /// Of the resolved conversations of known customers.
    pub rate: Ratio,
    /// How many are resolved, of known customers or not.
    pub resolved: u32,
    /// The share of these of which it is known who asked.
    #[schema(required)]
    pub coverage: Option<f64>,
}

/// Satisfaction of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CsatSegment {
    /// `assistant_only`, `handed_off` or `person_only`.
    pub key: &'static str,
    /// How many conversations are in it.
    pub conversations: u32,
    /// The share of them that was rated.
    #[schema(required)]
    pub response_rate: Option<f64>,
    /// The share of good ones if nobody else was satisfied.
    #[schema(required)]
    pub worst: Option<f64>,
    /// The same if everybody else was.
    #[schema(required)]
    pub best: Option<f64>,
    /// The share of good scores.
    pub csat: Ratio,
}

/// The service level.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceLevel {
    /// The formula's name among those in use: `SL-A`.
    pub formula_id: &'static str,
    /// Its value.
    pub rate: Ratio,
}

/// A mean against its target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct MeanOf {
    /// The mean; nothing where n is 0.
    #[schema(required)]
    pub mean: Option<f64>,
    /// What it is meant to be.
    #[schema(required)]
    pub target: Option<f64>,
    /// Over how many.
    pub n: u32,
}

/// From the first sign of discontent to the request of the handoff.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct SignToHandoff {
    /// The customer's turns in between, the median.
    #[schema(required)]
    pub turns_p50: Option<f64>,
    /// The ninth decile.
    #[schema(required)]
    pub turns_p90: Option<f64>,
    /// The time in between in seconds, the median.
    #[schema(required)]
    pub p50_s: Option<f64>,
    /// The ninth decile.
    #[schema(required)]
    pub p90_s: Option<f64>,
    /// How many handoffs with a sign before them.
    pub n: u32,
}

/// Costs and savings, in the currency of the rates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct CostOf {
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
    #[schema(required)]
    pub per_conversation: Option<f64>,
    /// Both, by conversation that was handed over.
    #[schema(required)]
    pub per_escalated: Option<f64>,
    /// The tokens, by conversation that was not.
    #[schema(required)]
    pub per_assistant_only: Option<f64>,
    /// Minutes that agents would have spent on what the assistant resolved.
    #[schema(required)]
    pub minutes_saved: Option<f64>,
    /// What these would have cost.
    #[schema(required)]
    pub saved: Option<f64>,
    /// That without the cost of the tokens.
    #[schema(required)]
    pub net: Option<f64>,
}

/// How well the rules call a person in.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RuleTimings {
    /// By rule, most handoffs and misses first.
    pub rules: Vec<RuleTiming>,
    /// All of them, and what no rule came near to; its rule has no name.
    pub whole: RuleTiming,
}

/// How well one rule calls a person in.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Estimate {
    /// Its value, nothing where n is 0.
    #[schema(required)]
    pub value: Option<f64>,
    /// The lower end.
    #[schema(required)]
    pub lo: Option<f64>,
    /// The upper end.
    #[schema(required)]
    pub hi: Option<f64>,
    /// Of how many.
    pub n: u32,
    /// Whether too little was counted to say much.
    pub is_small: bool,
}

/// How far the figures have been rebuilt from the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RebuildProgress {
    /// The place in the log up to which everything is in the figures.
    pub read_up_to: u64,
    /// The last place, as it was when the reading began.
    pub end: u64,
}

impl From<figures::RuleTimings> for RuleTimings {
    fn from(figures::RuleTimings { rules, whole }: figures::RuleTimings) -> Self {
        Self {
            rules: rules.into_iter().map(Into::into).collect(),
            whole: whole.into(),
        }
    }
}

impl From<figures::RuleTiming> for RuleTiming {
    fn from(it: figures::RuleTiming) -> Self {
        let figures::RuleTiming {
            rule,
            handoffs,
            early,
            late,
            missed,
            precision,
            recall,
            timeliness,
        } = it;
        Self {
            rule,
            handoffs,
            early,
            late,
            missed,
            precision: precision.into(),
            recall: recall.into(),
            timeliness: timeliness.into(),
        }
    }
}

alike! {
    Estimate => Estimate { value, lo, hi, n, is_small };
    Mean => MeanOf { mean, target, n };
    SignToHandoff => SignToHandoff { turns_p50, turns_p90, p50_s, p90_s, n };
    Cost => CostOf {
        agent_minutes, tokens, agent_minute_cost, tokens_million_cost, agents, model,
        per_conversation, per_escalated, per_assistant_only, minutes_saved, saved, net
    };
}

impl From<figures::TierOne> for TierOne {
    fn from(
        figures::TierOne {
            resolution,
            escalation,
        }: figures::TierOne,
    ) -> Self {
        Self {
            resolution: resolution.into(),
            escalation: escalation.into(),
        }
    }
}

impl From<figures::RepeatContact> for RepeatContact {
    fn from(it: figures::RepeatContact) -> Self {
        let figures::RepeatContact {
            rate,
            resolved,
            coverage,
        } = it;
        Self {
            rate: rate.into(),
            resolved,
            coverage,
        }
    }
}

impl From<figures::CsatSegment> for CsatSegment {
    fn from(it: figures::CsatSegment) -> Self {
        let figures::CsatSegment {
            key,
            conversations,
            response_rate,
            worst,
            best,
            csat,
        } = it;
        Self {
            key,
            conversations,
            response_rate,
            worst,
            best,
            csat: csat.into(),
        }
    }
}

impl From<figures::Sla> for ServiceLevel {
    fn from(figures::Sla { formula_id, rate }: figures::Sla) -> Self {
        Self {
            formula_id,
            rate: rate.into(),
        }
    }
}
