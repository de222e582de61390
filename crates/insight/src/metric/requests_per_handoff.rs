//! How often customers ask before a person comes.

use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::Mean;
use crate::interval::mean;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "requests_per_handoff",
    name: "Requests for a person per handoff",
    formula: "customer turns that asked for a person before the handoff, the one that led to it included / handoffs before which the customer asked; 1 is the target and the least",
    unit: "requests per handoff",
    population: "handoffs of live conversations before which the customer asked for a person, in words or by the button",
    window: BEGAN,
    small_sample: super::SMALL_DURATION,
    target: None,
    shown: "none",
    source: "science §1.5",
};

/// The target.
const TARGET: f64 = 1.0;

/// Requests, being counted.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    requests: u64,
    n: u32,
}

impl Requests {
    pub fn see(&mut self, case: &Case<'_>) {
        for handoff in case.handoffs().filter(|it| it.lead.requests > 0) {
            self.requests += u64::from(handoff.lead.requests);
            self.n += 1;
        }
    }

    pub fn finish(self) -> Mean {
        Mean {
            mean: mean(self.requests as f64, self.n),
            target: Some(TARGET),
            n: self.n,
        }
    }
}
