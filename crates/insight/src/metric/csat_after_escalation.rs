//! Satisfaction with the person's part.

use segue_model::time::Span;

use super::Definition;
use super::tally::{Maturity, Show, Tally};
use crate::cohort::Cohort;
use crate::dashboard::Ratio;
use crate::episode::Episode;

/// A score from this on is a good one.
pub(super) const SCORE_GOOD_MIN: u8 = 4;
/// How long scores come in (science §1.1).
pub(super) const SCORE_WINDOW: Span = Span::hours(72);

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "csat_after_escalation",
    name: "CSAT after escalation",
    formula: "scores of 4 or 5 for the person's part / scores for the person's part",
    unit: "share of scores",
    population: "live conversations with a handoff whose customer rated the person's part (the latest score of each); who does not answer is often less satisfied, so read it as an upper bound",
    window: "conversations that began in the window, and 72 hours after each; provisional until then",
    target: Some((0.95, 1.0)),
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

/// Whether the score for the person's part is good, where there is one.
pub(crate) fn is_good(episode: &Episode) -> Option<bool> {
    episode
        .rated_agent
        .filter(|_| episode.is_escalated())
        .map(|score| score >= SCORE_GOOD_MIN)
}

fn tally(cohort: &Cohort<'_>) -> Tally {
    let scored = cohort
        .escalated()
        .filter_map(|it| is_good(it).map(|good| (it, good)));
    Tally::of((Show::Misses, cohort.shown_max), scored)
}
