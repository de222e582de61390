//! First human response.

use super::timing::Timing;
use super::{BEGAN, Definition};
use crate::interval::Duration;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "first_response",
    name: "First human response",
    formula: "first message of an agent − request, as median and ninth decile by the product-limit estimator: who left, withdrew, was told that nobody comes at once, or still waits counts for as long as they waited",
    unit: "seconds",
    population: "handoffs of live conversations, whether they waited or were taken; notices of the system are no response",
    window: BEGAN,
    small_sample: super::SMALL_DURATION,
    target: None,
    shown: "none",
    source: "science §1.0 (censoring), §1.1",
};

/// How it is measured.
pub(crate) const TIMING: Timing = Timing {
    definition: &DEFINITION,
    of: |case, it| {
        let given_up = it.expired_at.or(it.ended_at).unwrap_or(case.now);
        let answered = it.first_reply_at;
        // Who comes back later to somebody who was told so keeps a promise.
        let in_time = answered.filter(|at| it.expired_at.is_none_or(|until| *at <= until));
        Some(Duration {
            ms: in_time.unwrap_or(given_up).since(it.requested_at).millis(),
            is_complete: in_time.is_some(),
        })
    },
};
