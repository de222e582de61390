//! Abandonment in handoff that nobody announced: an agent wrote, and no answer came.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};
use crate::episode::{End, Handoff};
use segue_model::escalation::Disposition;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "silent_in_handoff",
    name: "Gone when the agent came",
    formula: "handoffs that an agent answered and whose customer wrote nothing after it, wrapped up as customer left / handoffs that an agent answered and dealt with",
    unit: "share of handoffs",
    population: "handoffs of live conversations that an agent answered and that are dealt with; beside the explicit abandonment while waiting",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those abandoned",
    source: "science §1.1 (explicit and silent abandonment apart)",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::While(Handoff::is_open),
    show: Show::Hits,
    of: Of::Handoffs(|_, it| {
        let is_judged = it.first_reply_at.is_some() && it.is_dealt_with();
        is_judged.then(|| has_left(it) && !it.is_answered_by_customer())
    }),
};

/// Whether the agent found the customer gone.
const fn has_left(handoff: &Handoff) -> bool {
    matches!(handoff.end, Some(End::Resolved(Disposition::CustomerLeft)))
}
