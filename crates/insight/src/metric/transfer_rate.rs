//! Transfers from agent to agent.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "transfer_rate",
    name: "Transfer rate",
    formula: "handoffs that an agent who had written passed on, returned to a queue or lost to a colleague / handoffs that an agent answered",
    unit: "share of handoffs",
    population: "handoffs of live conversations with a message of an agent",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those passed on",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::While(Handoff::is_open),
    show: Show::Hits,
    of: Of::Handoffs(|_, it| it.first_reply_at.map(|_| it.is_transferred)),
};
