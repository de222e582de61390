//! Tier 1 apart: what the assistant is meant to resolve.

use super::Definition;
use super::ai_resolution_rate::RETURN_WINDOW;
use super::handed_over::is_mandatory;
use super::outcomes::Outcome;
use super::tally::{Maturity, Of, Share, Show};
use crate::cohort::Case;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "tier_one",
    name: "Tier 1",
    formula: "AI resolution rate and escalation rate of the conversations that are about nothing but tier-1 topics",
    unit: "share of conversations",
    population: "live conversations with the assistant in which no topic was found that the policy keeps from the assistant (topics with autonomy none, and those a mandatory rule reads), and whose first handoff, if any, was not mandatory",
    window: "conversations that began in the window, and 7 days after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: Some((0.70, 0.80)),
    shown: "those resolved; those with a handoff",
    source: "science §1.1; 70–80 % is meant for these",
};

const ESCALATION: Definition = Definition {
    target: Some((0.20, 0.30)),
    ..DEFINITION
};

/// How their resolution is counted.
pub(crate) const RESOLUTION: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(RETURN_WINDOW),
    show: Show::Hits,
    of: Of::Conversations(|case| {
        let outcome = case.outcome.filter(|_| is_tier_one(case));
        outcome.map(|it| it == Outcome::Resolved)
    }),
};

/// How their handoffs are counted.
pub(crate) const ESCALATED: Share = Share {
    definition: &ESCALATION,
    maturity: Maturity::Settled,
    show: Show::Hits,
    of: Of::Conversations(|case| {
        let outcome = case.outcome.filter(|_| is_tier_one(case));
        outcome.map(|it| it == Outcome::Escalated)
    }),
};

fn is_tier_one(case: &Case<'_>) -> bool {
    case.lens.is_tier_one(case.episode) && !case.episode.handoffs.first().is_some_and(is_mandatory)
}
