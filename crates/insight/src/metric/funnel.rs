//! From the conversation to the satisfied customer.

use super::csat_after_escalation::is_good;
use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::Step;
use crate::episode::{Episode, Handoff};
use crate::interval::count;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "funnel",
    name: "Funnel",
    formula: "conversations; handed to a person; accepted by one; answered by one; dealt with (resolved or handed back); rated 4 or 5",
    unit: "conversations",
    population: "live conversations, with or without the assistant; each step is part of the one before",
    window: BEGAN,
    target: None,
    shown: "none",
    source: "design §1",
};

type Holds = fn(&Episode) -> bool;

const STEPS: [(&str, &str, Holds); 6] = [
    ("conversations", "Conversations", |_| true),
    ("escalated", "Handed to a person", Episode::is_escalated),
    ("accepted", "Accepted by an agent", |it| {
        any(it, |it| it.accepted_at.is_some())
    }),
    ("answered", "Answered by an agent", |it| {
        any(it, |it| it.first_reply_at.is_some())
    }),
    ("dealt_with", "Dealt with", |it| {
        any(it, Handoff::is_dealt_with)
    }),
    ("satisfied", "Rated 4 or 5", |it| is_good(it) == Some(true)),
];

fn any(episode: &Episode, holds: impl Fn(&Handoff) -> bool) -> bool {
    episode.handoffs.iter().any(holds)
}

pub(crate) fn measure(cohort: &Cohort<'_>) -> Vec<Step> {
    let mut left = cohort.episodes.clone();
    STEPS
        .into_iter()
        .map(|(key, label, holds)| {
            left.retain(|it| holds(it));
            Step {
                key,
                label,
                n: count(left.iter()),
            }
        })
        .collect()
}
