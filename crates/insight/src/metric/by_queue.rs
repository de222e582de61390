//! Handoffs by queue.

use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "by_queue",
    name: "Queues",
    formula: "handoffs by the queue they came to last",
    unit: "handoffs",
    population: "handoffs of live conversations; the label is the queue's key, because names belong to the directory",
    window: BEGAN,
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "those of the bar",
    source: "design §6",
};
