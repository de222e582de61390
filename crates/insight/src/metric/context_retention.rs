//! Context retention: did the person know the story?

use super::Definition;
use super::tally::{Maturity, Of, Share, Show};
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "context_retention",
    name: "Context retention",
    formula: "handoffs whose packet was opened before the agent's first message (E1) and whose customer was not asked again (E3) / handoffs accepted with at least one agent message",
    unit: "share of handoffs",
    population: "handoffs of live conversations, accepted by a person, with a customer turn before them and a message of the agent whose text is not erased; asked again is a generic question after a stated concern, or a question for a known value that the customer then had to repeat, in the agent's first 3 messages or until the customer's second answer",
    window: "conversations that began in the window; provisional while an agent's first messages are still being watched",
    small_sample: super::SMALL_SHARE,
    target: Some((0.95, 1.0)),
    shown: "those in which it was lost",
    source: "science §1.2, tiers 1 and 2",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::While(Handoff::is_watched),
    show: Show::Misses,
    of: Of::Handoffs(|_, it| {
        it.is_judged()
            .then(|| it.is_opened_before() && it.is_free_of_reask())
    }),
};
