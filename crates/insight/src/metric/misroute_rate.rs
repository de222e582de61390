//! Misrouted handoffs: they came to people whose concern it was not.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "misroute_rate",
    name: "Misroute rate",
    formula: "handoffs that were passed to another queue within the first 2 messages of the agent, or declined as not this team's concern / handoffs that were accepted or declined so",
    unit: "share of handoffs",
    population: "handoffs of live conversations",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those misrouted",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::While(Handoff::is_open),
    show: Show::Hits,
    of: Of::Handoffs(|_, it| {
        let is_judged = it.accepted_at.is_some() || it.is_misrouted;
        is_judged.then_some(it.is_misrouted)
    }),
};
