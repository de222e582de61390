//! Abandonment while waiting.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "wait",
    name: "Abandonment while waiting",
    formula: "handoffs whose customer left before an agent accepted / handoffs that waited",
    unit: "handoffs",
    population: "handoffs of live conversations that waited; accepted, abandoned, withdrawn and still waiting add up to them; a contact left for later is not abandonment",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "none",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::While(|it| it.is_open() && it.accepted_at.is_none()),
    show: Show::Hits,
    of: Of::Handoffs(|_, it| has_waited(it).then(|| it.is_abandoned_waiting())),
};

/// Whether somebody waited for an agent.
pub(super) const fn has_waited(handoff: &Handoff) -> bool {
    !handoff.is_taken
}
