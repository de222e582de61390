//! Handle time after escalation.

use super::timing::{Timing, complete};
use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "aht_after_escalation",
    name: "Handle time after escalation",
    formula: "the agent's active time on the conversation with wrap-up, as median and ninth decile; beside it the medians with the packet opened and not opened",
    unit: "seconds",
    population: "handoffs of live conversations that an agent resolved or handed back; active time, not wall clock, because agents hold several; with and without packet is an association, not a cause",
    window: BEGAN,
    small_sample: super::SMALL_DURATION,
    target: None,
    shown: "none",
    source: "science §1.1; conventions, AHT",
};

/// How it is measured.
pub(crate) const TIMING: Timing = Timing {
    definition: &DEFINITION,
    of: |_, it| it.active_ms.filter(|_| it.is_dealt_with()).map(complete),
};

/// The same where the packet was opened.
pub(crate) const WITH_PACKET: Timing = Timing {
    definition: &DEFINITION,
    of: |case, it| (TIMING.of)(case, it).filter(|_| it.is_packet_read),
};

/// The same where it was not.
pub(crate) const WITHOUT_PACKET: Timing = Timing {
    definition: &DEFINITION,
    of: |case, it| (TIMING.of)(case, it).filter(|_| !it.is_packet_read),
};
