//! Who or what had conversations handed to a person.

use segue_model::escalation::Trigger;
use segue_model::id::ConversationId;

use super::tally::{Maturity, Of, Share, Show, push_shown};
use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::{Group, HandedOver, Ratio};
use crate::episode::Handoff;
use crate::interval::share;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "handed_over",
    name: "Handed to a person",
    formula: "conversations in which a person was asked for at least once / all conversations; split by the first handoff of each: mandatory (compliance, high stakes, VIP), requested (the customer asked), measured (every other rule, the assistant, an agent who took over); beside it those that were handed over before the assistant had any part",
    unit: "share of conversations",
    population: "live conversations, with or without the assistant; the escalation rate is the same share of those with the assistant alone",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those with a handoff; those of the part",
    source: "science §1.1 (mandatory, requested and measured are to be reported apart)",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::Settled,
    show: Show::Hits,
    of: Of::Conversations(|case| Some(case.episode.is_escalated())),
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

/// Whether the policy demands a person, whatever the assistant could do.
pub(super) fn is_mandatory(handoff: &Handoff) -> bool {
    Part::of(handoff) == Part::Mandatory
}

/// The split, being counted.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    without_assistant: u32,
    parts: [(u32, Vec<ConversationId>); 3],
}

impl Parts {
    pub fn see(&mut self, case: &Case<'_>, shown_max: usize) {
        let Some(first) = case.handoffs().next() else {
            return;
        };
        self.without_assistant += u32::from(!case.episode.is_involved);
        let part = Part::of(first);
        for ((n, shown), (of, _, _)) in self.parts.iter_mut().zip(Part::ALL) {
            if of == part {
                *n += 1;
                push_shown(shown, case.episode.id, shown_max);
            }
        }
    }

    pub fn finish(self, rate: Ratio) -> HandedOver {
        let all = self.parts.iter().map(|(n, _)| *n).sum();
        let parts = self.parts.into_iter().zip(Part::ALL);
        let parts = parts.map(|((n, conversations), (_, key, label))| Group {
            key: key.to_owned(),
            label: label.to_owned(),
            n,
            share: share(n, all),
            agent_minutes: None,
            wait_minutes: None,
            conversations,
        });
        HandedOver {
            rate,
            without_assistant: self.without_assistant,
            parts: parts.collect(),
        }
    }
}
