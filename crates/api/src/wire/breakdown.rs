//! Figures by dimension, and the conversations behind a number.

use segue_insight::{breakdown as figures, cases};
use segue_model::id::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Instant;

/// By what figures are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BreakdownBy {
    /// The class of the rule that asked for a person; rows of handoffs.
    Trigger,
    /// The rule that asked for a person; rows of handoffs.
    Rule,
    /// The queue it came to last; rows of handoffs.
    Queue,
    /// Who had it last; rows of handoffs.
    Agent,
    /// The version of the policy that judged the conversation first.
    Policy,
    /// The first topic that was found.
    Topic,
    /// The language of the page.
    Language,
    /// Where it took place.
    Channel,
    /// The customer's time zone, where known.
    Zone,
    /// The hour of the beginning, in the workspace's zone.
    Hour,
}

/// Figures by the values of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Breakdown {
    /// The dimension.
    pub by: BreakdownBy,
    /// What is counted in a row: `conversations`, or `handoffs` where the dimension is one
    /// of handoffs.
    pub of: &'static str,
    /// The rows, most first, hours in order; a row of which the value is not known has an
    /// empty key.
    pub rows: Vec<BreakdownRow>,
    /// All rows together, those left out included.
    pub total: BreakdownRow,
    /// How many rows were left out, because there are too many.
    pub left_out: u32,
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BreakdownRow {
    /// The value.
    pub key: String,
    /// The value in words, where there are any; the key otherwise.
    pub label: String,
    /// How many conversations, or conversations with such a handoff.
    pub conversations: u32,
    /// How many handoffs.
    pub handoffs: u32,
    /// The shares; those that say nothing of the dimension are not there.
    pub shares: Vec<BreakdownShare>,
    /// The durations.
    pub durations: Vec<BreakdownDuration>,
}

/// A share of a row.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BreakdownShare {
    /// The figure's id in `docs/METRICS.md`.
    pub metric: &'static str,
    /// Its value, nothing where the denominator is 0.
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
    /// The value drawn towards the whole by 20 cases, to be ranked by: a row of few cases
    /// is first or last by chance.
    #[schema(required)]
    pub shrunk: Option<f64>,
    /// Whether too little was counted to say much.
    pub is_small: bool,
}

/// A duration of a row.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BreakdownDuration {
    /// The figure's id in `docs/METRICS.md`.
    pub metric: &'static str,
    /// The median in seconds.
    #[schema(required)]
    pub p50_s: Option<f64>,
    /// The ninth decile.
    #[schema(required)]
    pub p90_s: Option<f64>,
    /// How many are known to their end.
    pub n: u32,
    /// Whether too little was counted to say much.
    pub is_small: bool,
}

/// Some of the conversations behind a number.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FigureCases {
    /// How many there are.
    pub n: u32,
    /// Some of them, newest first.
    pub items: Vec<FigureCase>,
}

/// One conversation behind a number.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FigureCase {
    /// Which.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// When it began.
    pub started_at: Instant,
    /// `escalated`, `returned`, `resolved`, `unmet` or `ambiguous`; absent where the
    /// assistant had no part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<&'static str>,
    /// How many turns it has.
    pub turns: u32,
    /// The first topic that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The language of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where it took place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The rule of its first handoff that is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The class of that rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<&'static str>,
    /// The queue it came to last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The root cause that the agent named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<&'static str>,
    /// The score for the person's part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated_agent: Option<u8>,
    /// The score for the assistant's part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated_assistant: Option<u8>,
}

impl From<BreakdownBy> for segue_insight::slice::Dimension {
    fn from(by: BreakdownBy) -> Self {
        match by {
            BreakdownBy::Trigger => Self::Trigger,
            BreakdownBy::Rule => Self::Rule,
            BreakdownBy::Queue => Self::Queue,
            BreakdownBy::Agent => Self::Agent,
            BreakdownBy::Policy => Self::Policy,
            BreakdownBy::Topic => Self::Topic,
            BreakdownBy::Language => Self::Language,
            BreakdownBy::Channel => Self::Channel,
            BreakdownBy::Zone => Self::Zone,
            BreakdownBy::Hour => Self::Hour,
        }
    }
}

impl Breakdown {
    /// The figures with a name for each row.
    pub fn named(
        by: BreakdownBy,
        it: figures::Breakdown,
        name: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let named = |row: figures::Row| BreakdownRow {
            label: name(&row.key).unwrap_or_else(|| row.key.clone()),
            ..row.into()
        };
        Self {
            by,
            of: it.of,
            rows: it.rows.into_iter().map(named).collect(),
            total: it.total.into(),
            left_out: it.left_out,
        }
    }
}

impl From<figures::Row> for BreakdownRow {
    fn from(it: figures::Row) -> Self {
        let figures::Row {
            key,
            conversations,
            handoffs,
            shares,
            durations,
        } = it;
        Self {
            label: String::new(),
            key,
            conversations,
            handoffs,
            shares: shares.into_iter().map(Into::into).collect(),
            durations: durations.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<figures::RowShare> for BreakdownShare {
    fn from(it: figures::RowShare) -> Self {
        let figures::RowShare {
            metric,
            value,
            numerator,
            denominator,
            lo,
            hi,
            shrunk,
            is_small,
        } = it;
        Self {
            metric,
            value,
            numerator,
            denominator,
            lo,
            hi,
            shrunk,
            is_small,
        }
    }
}

impl From<figures::RowDuration> for BreakdownDuration {
    fn from(it: figures::RowDuration) -> Self {
        let figures::RowDuration {
            metric,
            p50_s,
            p90_s,
            n,
            is_small,
        } = it;
        Self {
            metric,
            p50_s,
            p90_s,
            n,
            is_small,
        }
    }
}

impl From<cases::Cases> for FigureCases {
    fn from(cases::Cases { n, rows }: cases::Cases) -> Self {
        Self {
            n,
            items: rows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<cases::CaseRow> for FigureCase {
    fn from(it: cases::CaseRow) -> Self {
        let cases::CaseRow {
            conversation,
            started_at,
            outcome,
            turns,
            topic,
            language,
            channel,
            rule,
            trigger,
            queue,
            root_cause,
            rated_agent,
            rated_assistant,
        } = it;
        Self {
            conversation,
            started_at: started_at.into(),
            outcome,
            turns,
            topic,
            language,
            channel,
            rule,
            trigger,
            queue,
            root_cause,
            rated_agent,
            rated_assistant,
        }
    }
}
