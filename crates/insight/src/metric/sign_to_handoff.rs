//! From the first sign of discontent to the handoff.

use super::timing::{Timing, complete};
use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "sign_to_handoff",
    name: "From the first sign to the handoff",
    formula: "from the first negative turn or request for a person to the request of the handoff: customer turns after it, and minutes, each as median and ninth decile",
    unit: "customer turns; minutes",
    population: "handoffs of live conversations before which the customer asked for a person, or was negative, angry, frustrated, threatening or in distress, or said that the answer did not help",
    window: BEGAN,
    small_sample: super::SMALL_DURATION,
    target: None,
    shown: "none",
    source: "science §1.5 (median turns to a person after the first signal: at most 1)",
};

/// Milliseconds of a second.
const SECOND_MS: u64 = 1_000;

/// How its turns are measured; a turn stands for a second.
pub(crate) const TURNS: Timing = Timing {
    definition: &DEFINITION,
    of: |_, it| {
        let turns = it.lead.unhappy.map(|(turns, _)| u64::from(turns));
        turns.map(|turns| complete(turns * SECOND_MS))
    },
};

/// How its time is measured.
pub(crate) const TIME: Timing = Timing {
    definition: &DEFINITION,
    of: |_, it| {
        let seconds = it.lead.unhappy.map(|(_, seconds)| u64::from(seconds));
        seconds.map(|seconds| complete(seconds * SECOND_MS))
    },
};
