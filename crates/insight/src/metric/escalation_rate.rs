//! Escalation rate.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "escalation_rate",
    name: "Escalation rate",
    formula: "conversations with the assistant in which a person was asked for at least once / conversations with the assistant",
    unit: "share of conversations",
    population: "live conversations in which the assistant answered, proposed an answer or was asked for one; any trigger counts, also out of hours and when the customer left the queue",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: Some((0.20, 0.30)),
    shown: "those with a handoff",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::Settled,
    show: Show::Hits,
    of: Of::Conversations(|case| case.outcome.map(|_| case.episode.is_escalated())),
};
