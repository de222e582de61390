//! Containment: ended without a person, whatever the customer thinks of it.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "contained",
    name: "Contained (weak)",
    formula: "conversations with the assistant in which no person was asked for / conversations with the assistant",
    unit: "share of conversations",
    population: "live conversations with the assistant; it counts people who gave up, so it is never a resolution and stands only beside the honest one",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those with a handoff",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::Settled,
    show: Show::Misses,
    of: Of::Conversations(|case| case.outcome.map(|_| !case.episode.is_escalated())),
};
