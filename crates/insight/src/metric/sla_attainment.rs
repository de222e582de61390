//! Service level: accepted within what the queue aims for.

use super::abandonment::has_waited;
use super::tally::{Maturity, Of, Share, Show};
use super::time_to_accept::wait;
use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "sla_attainment",
    name: "Service level (SL-A)",
    formula: "SL-A: handoffs accepted within the target of their queue / handoffs that waited, without those whose customer left within 10 s",
    unit: "share of handoffs",
    population: "handoffs of live conversations that waited for somebody at once; a wait that is not over and not past the target is not judged yet; one promised for later is not in it. The target is the queue's target_s in the policy in force, 120 s where the queue is no more",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those missed",
    source: "science §1.1 (SL-A; SL-C, which drops all who left, is not used)",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::While(|it| it.is_open() && it.accepted_at.is_none()),
    show: Show::Misses,
    of: Of::Handoffs(is_in_time),
};

/// The formula's name, as it is printed beside the value.
pub(crate) const FORMULA_ID: &str = "SL-A";
/// Who leaves within this has not waited for anybody.
const SHORT_ABANDON_MS: u64 = 10_000;

fn is_in_time(case: &Case<'_>, handoff: &Handoff) -> Option<bool> {
    let target_ms = case.lens.target_ms(handoff.queue);
    let wait = wait(handoff, case.now);
    let is_short = handoff.is_abandoned_waiting() && wait.ms < SHORT_ABANDON_MS;
    if !has_waited(handoff) || handoff.is_put_off || is_short {
        return None;
    }
    let is_waiting = !wait.is_complete && handoff.is_open() && handoff.expired_at.is_none();
    if is_waiting && wait.ms <= target_ms {
        return None;
    }
    Some(wait.is_complete && wait.ms <= target_ms)
}
