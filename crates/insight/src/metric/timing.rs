//! How a duration is measured: of which handoffs, and what is known of each.

use super::Definition;
use crate::cohort::Case;
use crate::episode::Handoff;
use crate::interval::{Duration, Durations};

/// A figure that is a duration.
pub(crate) struct Timing {
    pub definition: &'static Definition,
    /// The duration of a handoff, as far as was seen; nothing says that it is not of the
    /// population.
    pub of: fn(&Case<'_>, &Handoff) -> Option<Duration>,
}

impl Timing {
    /// Takes the handoffs of one conversation.
    pub fn see(&self, case: &Case<'_>, durations: &mut Durations) {
        for handoff in case.handoffs() {
            self.see_handoff(case, handoff, durations);
        }
    }

    /// Takes one handoff.
    pub fn see_handoff(&self, case: &Case<'_>, handoff: &Handoff, durations: &mut Durations) {
        if let Some(duration) = (self.of)(case, handoff) {
            durations.push(duration);
        }
    }
}

/// A duration that is known to its end.
pub(super) const fn complete(ms: u64) -> Duration {
    Duration {
        ms,
        is_complete: true,
    }
}
