//! The dashboard's figures as they go out. What they are and mean stands in
//! `insight`; here queues get their names.

use segue_insight::{Query, SHOWN};
use segue_model::id::QueueKey;
use segue_model::time::Timestamp;
use segue_service::Desk;

use crate::wire::dashboard::Dashboard;

/// The window, where nobody says otherwise, in days.
pub const DAYS_OTHERWISE: u32 = 28;
/// The longest window, in days.
pub const DAYS_MAX: u32 = 366;

/// How many conversations lead on from a figure at most.
pub const SHOWN_MAX: u32 = 1_000;

/// Which figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// The window in days; [`DAYS_OTHERWISE`] if absent.
    pub days: Option<u32>,
    /// How many conversations lead on from each; [`segue_insight::SHOWN`] if absent.
    pub shown: Option<u32>,
}

/// The figures of a workspace now.
pub fn dashboard(desk: &Desk, now: Timestamp, asked: Asked) -> Dashboard {
    let rules = desk.ruleset();
    let policy = rules.policy();
    let days = asked.days.unwrap_or(DAYS_OTHERWISE).clamp(1, DAYS_MAX);
    let shown = asked.shown.map(|shown| shown.clamp(1, SHOWN_MAX));
    let query = Query {
        now,
        days,
        include_demo: asked.include_demo,
        zone: rules.zone(),
        shown_max: shown.map_or(SHOWN, |shown| shown as usize),
    };
    let mut figures = Dashboard::from(desk.ledger().dashboard(&query));
    for group in &mut figures.by_queue {
        if let Some(queue) = policy.queue(&QueueKey::from(group.key.as_str())) {
            group.label = policy.localized(&queue.name, None).to_string();
        }
    }
    figures
}
