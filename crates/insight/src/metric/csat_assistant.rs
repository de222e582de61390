//! Satisfaction with the assistant's part.

use super::Definition;
use super::csat_after_escalation::{SCORE_GOOD_MIN, SCORE_WINDOW};
use super::tally::{Maturity, Of, Share, Show};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "csat_assistant",
    name: "CSAT of the assistant",
    formula: "scores of 4 or 5 for the assistant's part / scores for the assistant's part",
    unit: "share of scores",
    population: "live conversations with the assistant whose customer rated its part (the latest score of each); never pooled with the person's",
    window: "conversations that began in the window, and 72 hours after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those with a score of 1 to 3",
    source: "science §1.1, §1.3",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(SCORE_WINDOW),
    show: Show::Misses,
    of: Of::Conversations(|case| {
        let score = case
            .episode
            .rated_assistant
            .filter(|_| case.outcome.is_some());
        score.map(|score| score >= SCORE_GOOD_MIN)
    }),
};
