//! Handoffs by queue.

use super::group::grouped;
use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::Group;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "by_queue",
    name: "Queues",
    formula: "handoffs by the queue they came to last",
    unit: "handoffs",
    population: "handoffs of live conversations; the label is the queue's key, because names belong to the directory",
    window: BEGAN,
    target: None,
    shown: "those of the bar",
    source: "design §6",
};

pub(crate) fn measure(cohort: &Cohort<'_>) -> Vec<Group> {
    grouped(
        cohort,
        |it| Some(it.queue),
        |queue| {
            let key = cohort.ledger.names().text(queue).to_owned();
            (key.clone(), key)
        },
    )
}
