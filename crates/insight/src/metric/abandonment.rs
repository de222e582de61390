//! Abandonment while waiting.

use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::Wait;
use crate::episode::Handoff;
use crate::interval::count;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "wait",
    name: "Abandonment while waiting",
    formula: "handoffs whose customer left before an agent accepted / handoffs that waited",
    unit: "handoffs",
    population: "handoffs of live conversations that waited; accepted, abandoned, withdrawn and still waiting add up to them; a contact left for later is not abandonment",
    window: BEGAN,
    target: None,
    shown: "none",
    source: "science §1.1",
};

/// The handoffs in which somebody waited for an agent.
pub(super) fn waited<'a>(cohort: &Cohort<'a>) -> impl Iterator<Item = &'a Handoff> {
    cohort
        .handoffs()
        .map(|(_, it)| it)
        .filter(|it| !it.is_taken)
}

pub(crate) fn measure(cohort: &Cohort<'_>) -> Wait {
    Wait {
        abandoned: count(waited(cohort).filter(|it| it.is_abandoned_waiting())),
        n: count(waited(cohort)),
    }
}
