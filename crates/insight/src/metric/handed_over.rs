//! Who or what had conversations handed to a person.

use segue_model::escalation::Trigger;

use super::tally::{Maturity, Show, Tally, push_shown};
use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::{Group, HandedOver, Ratio};
use crate::episode::{Episode, Handoff};
use crate::interval::{count, share};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "handed_over",
    name: "Handed to a person",
    formula: "conversations in which a person was asked for at least once / all conversations; split by the first handoff of each: mandatory (compliance, high stakes, VIP), requested (the customer asked), measured (every other rule, the assistant, an agent who took over); beside it those that were handed over before the assistant had any part",
    unit: "share of conversations",
    population: "live conversations, with or without the assistant; the escalation rate is the same share of those with the assistant alone",
    window: BEGAN,
    target: None,
    shown: "those with a handoff; those of the part",
    source: "science §1.1 (mandatory, requested and measured are to be reported apart)",
};

/// Whose doing a handoff was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Mandatory,
    Requested,
    Measured,
}

impl Part {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Mandatory, "mandatory", "The policy demands a person"),
        (Self::Requested, "requested", "The customer asked for one"),
        (Self::Measured, "measured", "The assistant could not go on"),
    ];

    const fn of(handoff: &Handoff) -> Self {
        match handoff.trigger {
            Trigger::Compliance | Trigger::HighStakes | Trigger::Vip => Self::Mandatory,
            Trigger::OptOut => Self::Requested,
            Trigger::LowConfidence
            | Trigger::Repeat
            | Trigger::Sentiment
            | Trigger::Fallback
            | Trigger::ToolFailure
            | Trigger::Complexity
            | Trigger::Agent
            | Trigger::Assistant
            | Trigger::Unavailable
            | Trigger::Rule => Self::Measured,
        }
    }
}

pub(crate) fn measure(now: &Cohort<'_>, before: &Cohort<'_>) -> HandedOver {
    HandedOver {
        rate: rate(now, before),
        without_assistant: count(now.escalated().filter(|it| !it.is_involved)),
        parts: parts(now),
    }
}

fn rate(now: &Cohort<'_>, before: &Cohort<'_>) -> Ratio {
    tally(now).into_ratio(&DEFINITION, Maturity::Settled, now.now, &tally(before))
}

fn tally(cohort: &Cohort<'_>) -> Tally {
    let cases = cohort.episodes.iter().map(|it| (*it, it.is_escalated()));
    Tally::of((Show::Hits, cohort.shown_max), cases)
}

fn parts(cohort: &Cohort<'_>) -> Vec<Group> {
    let all = count(cohort.escalated());
    let part = |(wanted, key, label): (Part, &str, &str)| {
        let first = |it: &&Episode| it.handoffs.first().map(Part::of) == Some(wanted);
        let mut conversations = Vec::new();
        for episode in cohort.escalated().filter(first) {
            push_shown(&mut conversations, episode.id, cohort.shown_max);
        }
        let n = count(cohort.escalated().filter(first));
        Group {
            key: key.to_owned(),
            label: label.to_owned(),
            n,
            share: share(n, all),
            conversations,
        }
    };
    Part::ALL.into_iter().map(part).collect()
}
