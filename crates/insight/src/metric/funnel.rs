//! From the conversation to the satisfied customer.

use super::csat_after_escalation::is_good;
use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::Step;
use crate::episode::Handoff;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "funnel",
    name: "Funnel",
    formula: "conversations; handed to a person; accepted by one; answered by one; dealt with (resolved or handed back); rated 4 or 5",
    unit: "conversations",
    population: "live conversations, with or without the assistant; each step is part of the one before",
    window: BEGAN,
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "none",
    source: "design §1",
};

type Holds = fn(&Case<'_>) -> bool;

const STEPS: [(&str, &str, Holds); 6] = [
    ("conversations", "Conversations", |_| true),
    ("escalated", "Handed to a person", |it| any(it, |_| true)),
    ("accepted", "Accepted by an agent", |it| {
        any(it, |it| it.accepted_at.is_some())
    }),
    ("answered", "Answered by an agent", |it| {
        any(it, |it| it.first_reply_at.is_some())
    }),
    ("dealt_with", "Dealt with", |it| {
        any(it, Handoff::is_dealt_with)
    }),
    ("satisfied", "Rated 4 or 5", |it| {
        is_good(it.episode) == Some(true)
    }),
];

fn any(case: &Case<'_>, holds: impl Fn(&Handoff) -> bool) -> bool {
    case.handoffs().any(holds)
}

/// How many came so far, by step.
#[derive(Debug, Default)]
pub(crate) struct Funnel([u32; STEPS.len()]);

impl Funnel {
    pub fn see(&mut self, case: &Case<'_>) {
        for (n, (_, _, holds)) in self.0.iter_mut().zip(STEPS) {
            if !holds(case) {
                return;
            }
            *n += 1;
        }
    }

    pub fn finish(self) -> Vec<Step> {
        let steps = self.0.into_iter().zip(STEPS);
        steps
            .map(|(n, (key, label, _))| Step { key, label, n })
            .collect()
    }
}
