//! The figures, each in its own file with its one definition. A new one is a
//! file, a line in [`ALL`] and a field of the dashboard.

pub(crate) mod abandonment;
pub(crate) mod ai_resolution_rate;
pub(crate) mod begging_rate;
pub(crate) mod by_queue;
pub(crate) mod by_root_cause;
pub(crate) mod by_trigger;
pub(crate) mod contained;
pub(crate) mod context_retention;
pub(crate) mod cost;
pub(crate) mod csat_after_escalation;
pub(crate) mod csat_assistant;
pub(crate) mod csat_segments;
pub(crate) mod escalation_rate;
pub(crate) mod first_contact_resolution;
pub(crate) mod first_response;
pub(crate) mod funnel;
pub(crate) mod group;
pub(crate) mod handed_over;
pub(crate) mod handle_time;
pub(crate) mod heat;
pub(crate) mod imported;
pub(crate) mod misroute_rate;
pub(crate) mod outcomes;
mod page;
pub(crate) mod repeat_contact;
pub(crate) mod requests_per_handoff;
pub(crate) mod retention_funnel;
pub(crate) mod sign_to_handoff;
pub(crate) mod rule_timing;
pub(crate) mod silent_abandonment;
pub(crate) mod silent_in_handoff;
pub(crate) mod sla_attainment;
pub(crate) mod tally;
pub(crate) mod tier_one;
pub(crate) mod time_to_accept;
pub(crate) mod timing;
pub(crate) mod transfer_rate;
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
    /// What is said of it where little was counted.
    pub small_sample: &'static str,
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
    &tier_one::DEFINITION,
    &contained::DEFINITION,
    &silent_abandonment::DEFINITION,
    &outcomes::DEFINITION,
    &repeat_contact::DEFINITION,
    &context_retention::DEFINITION,
    &retention_funnel::DEFINITION,
    &csat_after_escalation::DEFINITION,
    &csat_assistant::DEFINITION,
    &csat_segments::DEFINITION,
    &time_to_accept::DEFINITION,
    &first_response::DEFINITION,
    &sla_attainment::DEFINITION,
    &abandonment::DEFINITION,
    &silent_in_handoff::DEFINITION,
    &handle_time::DEFINITION,
    &transfer_rate::DEFINITION,
    &misroute_rate::DEFINITION,
    &first_contact_resolution::DEFINITION,
    &requests_per_handoff::DEFINITION,
    &begging_rate::DEFINITION,
    &sign_to_handoff::DEFINITION,
    &rule_timing::DEFINITION,
    &cost::DEFINITION,
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
/// From how many cases on a share is said without reserve (science §1.0).
pub const SMALL_N: u32 = 30;
const SMALL_SHARE: &str = "n and the 95 % Wilson interval are always said; below n = 30 grey, without color and rank; values per agent and topic are drawn towards the whole by 20 cases";
const SMALL_DURATION: &str = "n is always said; below n = 30 grey, without color and rank";
const SMALL_COUNT: &str = "counts are said as they are; no sentence over the plot below 5";
