//! Silent abandonment: the assistant had the last word, and nobody answered.

use super::Definition;
use super::ai_resolution_rate::RETURN_WINDOW;
use super::outcomes::Outcome;
use super::tally::{Maturity, Of, Share, Show};
use crate::episode::Episode;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "silent_abandonment",
    name: "Silent abandonment",
    formula: "conversations with the assistant without a handoff whose last word is an answer of the assistant, without a confirmation, a rating or an end by the customer, and without a return within 7 days / conversations with the assistant",
    unit: "share of conversations",
    population: "live conversations with the assistant; part of the ambiguous outcomes, and never resolved",
    window: "conversations that began in the window, and 7 days after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those abandoned",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(RETURN_WINDOW),
    show: Show::Hits,
    of: Of::Conversations(|case| {
        case.outcome
            .map(|it| it == Outcome::Ambiguous && is_silent(case.episode))
    }),
};

/// Whether the assistant had the last word and nobody said what they thought of it.
pub(super) const fn is_silent(episode: &Episode) -> bool {
    episode.is_last_word_assistant && episode.helped.is_none() && episode.rated_assistant.is_none()
}
