//! Escalation rate.

use super::tally::{Maturity, Show, Tally};
use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::Ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "escalation_rate",
    name: "Escalation rate",
    formula: "conversations with the assistant in which a person was asked for at least once / conversations with the assistant",
    unit: "share of conversations",
    population: "live conversations in which the assistant answered, proposed an answer or was asked for one; any trigger counts, also out of hours and when the customer left the queue",
    window: BEGAN,
    target: Some((0.20, 0.30)),
    shown: "those with a handoff",
    source: "science §1.1",
};

pub(crate) fn measure(now: &Cohort<'_>, before: &Cohort<'_>) -> Ratio {
    tally(now).into_ratio(&DEFINITION, Maturity::Settled, now.now, &tally(before))
}

fn tally(cohort: &Cohort<'_>) -> Tally {
    Tally::of(
        (Show::Hits, cohort.shown_max),
        cohort
            .involved
            .iter()
            .map(|(it, _)| (*it, it.is_escalated())),
    )
}
