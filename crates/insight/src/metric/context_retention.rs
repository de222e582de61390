//! Context retention: did the person know the story?

use super::Definition;
use super::retention_funnel::judged;
use super::tally::{Maturity, Show, Tally};
use crate::cohort::Cohort;
use crate::dashboard::Ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "context_retention",
    name: "Context retention",
    formula: "handoffs whose packet was opened before the agent's first message (E1) and whose customer was not asked again (E3) / handoffs accepted with at least one agent message",
    unit: "share of handoffs",
    population: "handoffs of live conversations, accepted by a person, with a customer turn before them and a message of the agent whose text is not erased; asked again is a generic question after a stated concern, or a question for a known value that the customer then had to repeat, in the agent's first 3 messages or until the customer's second answer",
    window: "conversations that began in the window; provisional while an agent's first messages are still being watched",
    target: Some((0.95, 1.0)),
    shown: "those in which it was lost",
    source: "science §1.2, tiers 1 and 2",
};

pub(crate) fn measure(now: &Cohort<'_>, before: &Cohort<'_>) -> Ratio {
    let ratio = tally(now).into_ratio(&DEFINITION, Maturity::Settled, now.now, &tally(before));
    Ratio {
        is_provisional: judged(now).any(|(_, it)| it.is_watched()),
        ..ratio
    }
}

fn tally(cohort: &Cohort<'_>) -> Tally {
    let cases = judged(cohort)
        .map(|(episode, it)| (episode, it.is_opened_before() && it.is_free_of_reask()));
    Tally::of((Show::Misses, cohort.shown_max), cases)
}
