//! Time to accept.

use super::abandonment::has_waited;
use super::timing::Timing;
use super::{BEGAN, Definition};
use crate::episode::Handoff;
use crate::interval::Duration;
use segue_model::time::Timestamp;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "time_to_accept",
    name: "Time to accept",
    formula: "first acceptance − request, as median and ninth decile by the product-limit estimator: who left, withdrew, was told that nobody comes at once, or still waits counts for as long as they waited",
    unit: "seconds",
    population: "handoffs of live conversations that waited; one that an agent took unasked did not wait",
    window: BEGAN,
    small_sample: super::SMALL_DURATION,
    target: None,
    shown: "none",
    source: "science §1.0 (censoring), §1.1",
};

/// How it is measured.
pub(crate) const TIMING: Timing = Timing {
    definition: &DEFINITION,
    of: |case, it| has_waited(it).then(|| wait(it, case.now)),
};

/// How long somebody waited for an agent, as far as was seen.
pub(super) fn wait(handoff: &Handoff, now: Timestamp) -> Duration {
    // Told that nobody comes at once, the customer waits no longer; who comes
    // back to them later keeps a promise and does not end a wait.
    let given_up = handoff.expired_at.or(handoff.ended_at).unwrap_or(now);
    let accepted = handoff
        .accepted_at
        .filter(|at| handoff.expired_at.is_none_or(|until| *at <= until));
    let until = accepted.unwrap_or(given_up);
    Duration {
        ms: until.since(handoff.requested_at).millis(),
        is_complete: accepted.is_some(),
    }
}
