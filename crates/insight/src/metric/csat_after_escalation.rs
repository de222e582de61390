//! Satisfaction with the person's part.

use segue_model::time::Span;

use super::Definition;
use super::tally::{Maturity, Of, Share, Show};
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
    small_sample: super::SMALL_SHARE,
    target: Some((0.95, 1.0)),
    shown: "those with a score of 1 to 3",
    source: "science §1.1, §1.3",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(SCORE_WINDOW),
    show: Show::Misses,
    of: Of::Conversations(|case| is_good(case.episode)),
};

/// Whether the score for the person's part is good, where there is one.
pub(crate) fn is_good(episode: &Episode) -> Option<bool> {
    episode
        .rated_agent
        .filter(|_| episode.is_escalated())
        .map(|score| score >= SCORE_GOOD_MIN)
}
