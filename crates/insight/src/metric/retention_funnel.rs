//! The evidence of retention, step by step.

use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::Evidence;
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "retention_funnel",
    name: "Evidence of retention",
    formula: "opened: packet opened before the agent's first message (E1); dwelled: and in view for 3 s or more (E2); no_reask: and nothing asked again (E3); acknowledged: and the first message shows a value from the packet (E4)",
    unit: "handoffs",
    population: "as for context retention; each step is part of the one before, the last is the strict retention",
    window: BEGAN,
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "none",
    source: "science §1.2; the part of E2 that grows with the packet's length is left out",
};

type Holds = fn(&Handoff) -> bool;

const STEPS: [(&str, Holds); 4] = [
    ("opened", Handoff::is_opened_before),
    ("dwelled", Handoff::is_dwelled),
    ("no_reask", Handoff::is_free_of_reask),
    ("acknowledged", Handoff::is_acknowledged),
];

/// How many handoffs came so far, by step.
#[derive(Debug, Default)]
pub(crate) struct RetentionFunnel([u32; STEPS.len()]);

impl RetentionFunnel {
    pub fn see(&mut self, case: &Case<'_>) {
        for handoff in case.handoffs().filter(|it| it.is_judged()) {
            let steps = self.0.iter_mut().zip(STEPS);
            for (n, _) in steps.take_while(|(_, (_, holds))| holds(handoff)) {
                *n += 1;
            }
        }
    }

    pub fn finish(self) -> Vec<Evidence> {
        let steps = self.0.into_iter().zip(STEPS);
        steps.map(|(n, (key, _))| Evidence { key, n }).collect()
    }
}
