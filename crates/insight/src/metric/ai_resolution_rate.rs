//! AI resolution rate: the honest one.

use segue_model::time::Span;

use super::Definition;
use super::outcomes::Outcome;
use super::tally::{Maturity, Of, Share, Show};

/// How long a return counts, from the beginning of the conversation (science §1.1).
pub(crate) const RETURN_WINDOW: Span = Span::hours(7 * 24);

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "ai_resolution_rate",
    name: "AI resolution rate",
    formula: "conversations without a handoff whose customer confirmed the answer as their last word on it and did not come back on the concern within 7 days / conversations with the assistant",
    unit: "share of conversations",
    population: "live conversations with the assistant; silence is never counted as resolved",
    window: "conversations that began in the window, and 7 days after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: Some((0.70, 0.80)),
    shown: "those resolved",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(RETURN_WINDOW),
    show: Show::Hits,
    of: Of::Conversations(|case| case.outcome.map(|it| it == Outcome::Resolved)),
};
