//! The evidence of retention, step by step.

use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::Evidence;
use crate::episode::{Episode, Handoff};
use crate::interval::count;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "retention_funnel",
    name: "Evidence of retention",
    formula: "opened: packet opened before the agent's first message (E1); dwelled: and in view for 3 s or more (E2); no_reask: and nothing asked again (E3); acknowledged: and the first message shows a value from the packet (E4)",
    unit: "handoffs",
    population: "as for context retention; each step is part of the one before, the last is the strict retention",
    window: BEGAN,
    target: None,
    shown: "none",
    source: "science §1.2; the part of E2 that grows with the packet's length is left out",
};

/// The handoffs in which retention can be judged.
pub(super) fn judged<'a>(cohort: &Cohort<'a>) -> impl Iterator<Item = (&'a Episode, &'a Handoff)> {
    cohort.handoffs().filter(|(_, it)| it.is_judged())
}

type Holds = fn(&Handoff) -> bool;

pub(crate) fn measure(cohort: &Cohort<'_>) -> Vec<Evidence> {
    let steps: [(&'static str, Holds); 4] = [
        ("opened", Handoff::is_opened_before),
        ("dwelled", Handoff::is_dwelled),
        ("no_reask", Handoff::is_free_of_reask),
        ("acknowledged", Handoff::is_acknowledged),
    ];
    let mut left: Vec<&Handoff> = judged(cohort).map(|(_, it)| it).collect();
    steps
        .into_iter()
        .map(|(key, holds)| {
            left.retain(|it| holds(it));
            Evidence {
                key,
                n: count(left.iter()),
            }
        })
        .collect()
}
