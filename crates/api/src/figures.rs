//! The dashboard's figures as they go out. What they are and mean stands in
//! `insight`; here queues and agents get their names.

use std::sync::Arc;

use segue_insight::cases::Wanted;
use segue_insight::slice::{AGENT_MINUTE_COST, Filter, TOKENS_MILLION_COST, Terms};
use segue_insight::{Query, SHOWN};
use segue_model::id::QueueKey;
use segue_model::time::Timestamp;
use segue_policy::Policy;
use segue_service::Desk;

use crate::error::ApiError;
use crate::wire::breakdown::{Breakdown, BreakdownBy, FigureCases};
use crate::wire::dashboard::Dashboard;
use crate::wire::service::RebuildProgress;

/// The window, where nobody says otherwise, in days.
pub const DAYS_OTHERWISE: u32 = 28;
/// The longest window, in days.
pub const DAYS_MAX: u32 = 366;

/// How many conversations lead on from a figure at most.
pub const SHOWN_MAX: u32 = 1_000;

/// Which figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// The window in days; [`DAYS_OTHERWISE`] if absent.
    pub days: Option<u32>,
    /// How many conversations lead on from each; [`segue_insight::SHOWN`] if absent.
    pub shown: Option<u32>,
    /// Which conversations and handoffs.
    pub filter: Filter,
    /// What an agent's active minute costs.
    pub agent_minute_cost: Option<f64>,
    /// What a million tokens cost.
    pub tokens_million_cost: Option<f64>,
}

impl Asked {
    fn query(self, desk: &Desk, now: Timestamp) -> Query {
        let rules = desk.ruleset();
        let days = self.days.unwrap_or(DAYS_OTHERWISE).clamp(1, DAYS_MAX);
        let shown = self.shown.map(|shown| shown.clamp(1, SHOWN_MAX));
        Query {
            now,
            days,
            include_demo: self.include_demo,
            zone: rules.zone(),
            shown_max: shown.map_or(SHOWN, |shown| shown as usize),
            terms: Terms {
                agent_minute_cost: self.agent_minute_cost.unwrap_or(AGENT_MINUTE_COST),
                tokens_million_cost: self.tokens_million_cost.unwrap_or(TOKENS_MILLION_COST),
                ..terms(rules.policy())
            },
            filter: self.filter,
        }
    }
}

/// Which number the conversations stand behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// Everything that the filter chooses.
    All,
    /// The numerator of a share.
    Hits(String),
    /// What is in its denominator alone.
    Misses(String),
    /// One outcome.
    Outcome(String),
    /// One root cause.
    RootCause(String),
}

/// What figures need to know of the policy in force.
fn terms(policy: &Policy) -> Terms {
    let queues = policy.queues().iter();
    let kept = policy.kept_from_assistant();
    Terms {
        targets_s: queues
            .map(|queue| (queue.key.to_string(), queue.target_s))
            .collect(),
        not_tier_one: kept.into_iter().map(ToString::to_string).collect(),
        ..Terms::default()
    }
}

fn queue_name(policy: &Policy, key: &str) -> Option<String> {
    let queue = policy.queue(&QueueKey::from(key))?;
    Some(policy.localized(&queue.name, None).to_string())
}

/// The figures of a workspace now.
///
/// # Errors
/// When the work was broken off, because the server stops.
pub async fn dashboard(
    desk: Arc<Desk>,
    now: Timestamp,
    asked: Asked,
) -> Result<Dashboard, ApiError> {
    aside(move || {
        let query = asked.query(&desk, now);
        let rebuild = desk.figures.rebuild();
        let mut figures = Dashboard::from(desk.ledger().dashboard(&query));
        figures.rebuild = rebuild.map(|it| RebuildProgress {
            read_up_to: it.read_up_to,
            end: it.end,
        });
        let rules = desk.ruleset();
        for group in &mut figures.by_queue {
            if let Some(name) = queue_name(rules.policy(), &group.key) {
                group.label = name;
            }
        }
        figures
    })
    .await
}

/// The figures by dimension.
///
/// # Errors
/// When the work was broken off, because the server stops.
pub async fn breakdown(
    desk: Arc<Desk>,
    now: Timestamp,
    asked: Asked,
    by: BreakdownBy,
) -> Result<Breakdown, ApiError> {
    aside(move || {
        let query = asked.query(&desk, now);
        let figures = desk.ledger().breakdown(&query, by.into());
        let rules = desk.ruleset();
        Breakdown::named(by, figures, |key| match by {
            BreakdownBy::Queue => queue_name(rules.policy(), key),
            BreakdownBy::Agent => key.parse().ok().map(|id| desk.name_of(id)),
            _ => None,
        })
    })
    .await
}

/// The conversations behind a number; nothing where there is no such figure.
///
/// # Errors
/// When the work was broken off, because the server stops.
pub async fn cases(
    desk: Arc<Desk>,
    now: Timestamp,
    asked: Asked,
    behind: Behind,
    (skipped, most): (usize, usize),
) -> Result<Option<FigureCases>, ApiError> {
    aside(move || {
        let query = asked.query(&desk, now);
        let wanted = match &behind {
            Behind::All => Wanted::All,
            Behind::Hits(metric) => Wanted::Hits(metric),
            Behind::Misses(metric) => Wanted::Misses(metric),
            Behind::Outcome(key) => Wanted::Outcome(key),
            Behind::RootCause(key) => Wanted::RootCause(key),
        };
        let found = desk.ledger().cases(&query, wanted, (skipped, most));
        found.map(FigureCases::from)
    })
    .await
}

/// Does work that takes a while beside the threads that serve turns.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| {
        tracing::error!(%error, "figures could not be computed");
        ApiError::new("internal_error", "the figures could not be computed")
    })
}
