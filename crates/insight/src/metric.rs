//! The figures, each in its own file with its one definition. A new one is a
//! file, a line in [`ALL`] and a field of the dashboard.

pub(crate) mod abandonment;
pub(crate) mod ai_resolution_rate;
pub(crate) mod by_queue;
pub(crate) mod by_root_cause;
pub(crate) mod by_trigger;
pub(crate) mod context_retention;
pub(crate) mod csat_after_escalation;
pub(crate) mod csat_assistant;
pub(crate) mod escalation_rate;
pub(crate) mod funnel;
mod group;
pub(crate) mod handed_over;
pub(crate) mod handle_time;
pub(crate) mod heat;
pub(crate) mod imported;
pub(crate) mod outcomes;
mod page;
pub(crate) mod retention_funnel;
mod tally;
pub(crate) mod time_to_accept;
pub(crate) mod weeks;

pub use page::page;

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Definition {
    /// Its name in code and on the wire.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// How it is computed, in words.
    pub formula: &'static str,
    /// What its value counts.
    pub unit: &'static str,
    /// What it is counted over.
    pub population: &'static str,
    /// Over which time, and how far ahead it looks.
    pub window: &'static str,
    /// Where a share is meant to be, 0–1.
    pub target: Option<(f64, f64)>,
    /// Which conversations are shown behind it.
    pub shown: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
}

/// All figures, in the order in which they are documented.
pub const ALL: &[&Definition] = &[
    &handed_over::DEFINITION,
    &escalation_rate::DEFINITION,
    &ai_resolution_rate::DEFINITION,
    &outcomes::DEFINITION,
    &context_retention::DEFINITION,
    &retention_funnel::DEFINITION,
    &csat_after_escalation::DEFINITION,
    &csat_assistant::DEFINITION,
    &handle_time::DEFINITION,
    &time_to_accept::DEFINITION,
    &abandonment::DEFINITION,
    &funnel::DEFINITION,
    &by_trigger::DEFINITION,
    &by_root_cause::DEFINITION,
    &by_queue::DEFINITION,
    &weeks::DEFINITION,
    &heat::DEFINITION,
    &imported::DEFINITION,
];

/// The window of most figures.
const BEGAN: &str = "conversations that began in the window";
