//! Satisfaction with the assistant's part.

use super::Definition;
use super::csat_after_escalation::{SCORE_GOOD_MIN, SCORE_WINDOW};
use super::tally::{Maturity, Show, Tally};
use crate::cohort::Cohort;
use crate::dashboard::Ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "csat_assistant",
    name: "CSAT of the assistant",
    formula: "scores of 4 or 5 for the assistant's part / scores for the assistant's part",
    unit: "share of scores",
    population: "live conversations with the assistant whose customer rated its part (the latest score of each); never pooled with the person's",
    window: "conversations that began in the window, and 72 hours after each; provisional until then",
    target: None,
    shown: "those with a score of 1 to 3",
    source: "science §1.1, §1.3",
};

pub(crate) fn measure(now: &Cohort<'_>, before: &Cohort<'_>) -> Ratio {
    tally(now).into_ratio(
        &DEFINITION,
        Maturity::After(SCORE_WINDOW),
        now.now,
        &tally(before),
    )
}

fn tally(cohort: &Cohort<'_>) -> Tally {
    let scored = cohort.involved.iter().filter_map(|(it, _)| {
        it.rated_assistant
            .map(|score| (*it, score >= SCORE_GOOD_MIN))
    });
    Tally::of((Show::Misses, cohort.shown_max), scored)
}
