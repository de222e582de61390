//! What became of the conversations with the assistant.

use segue_model::floor::ClosedOutcome;
use segue_model::time::Timestamp;

use super::ai_resolution_rate::RETURN_WINDOW;
use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::OutcomeShare;
use crate::episode::Episode;
use crate::interval::{count, share};
use crate::ledger::Ledger;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "outcomes",
    name: "Outcomes",
    formula: "each conversation with the assistant is the first of: escalated (a person was asked for), returned (the customer came back on the concern within 7 days), resolved (the customer's last word is that the answer helped), unmet (they said that it did not, rated it 1–2, ended it themselves without a word, or it closed on \"no answer\"), ambiguous (anything else; silence)",
    unit: "conversations",
    population: "live conversations with the assistant; the five add up to them",
    window: BEGAN,
    target: None,
    shown: "none",
    source: "science §1.1, §1.7",
};

/// A score up to this says that it was not good.
const SCORE_POOR_MAX: u8 = 2;

/// What became of one conversation, by precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Escalated,
    Returned,
    Resolved,
    Unmet,
    Ambiguous,
}

impl Outcome {
    const ALL: [Self; 5] = [
        Self::Escalated,
        Self::Returned,
        Self::Resolved,
        Self::Unmet,
        Self::Ambiguous,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Escalated => "escalated",
            Self::Returned => "returned",
            Self::Resolved => "resolved",
            Self::Unmet => "unmet",
            Self::Ambiguous => "ambiguous",
        }
    }
}

pub(crate) fn measure(cohort: &Cohort<'_>) -> Vec<OutcomeShare> {
    let involved = count(cohort.involved.iter());
    Outcome::ALL
        .iter()
        .map(|wanted| {
            let n = count(cohort.involved.iter().filter(|(_, it)| it == wanted));
            OutcomeShare {
                key: wanted.key(),
                n,
                share: share(n, involved),
            }
        })
        .collect()
}

/// What became of a conversation, as far as is known.
pub(crate) fn outcome(ledger: &Ledger, now: Timestamp, episode: &Episode) -> Outcome {
    if episode.is_escalated() {
        Outcome::Escalated
    } else if has_returned(ledger, now, episode) {
        Outcome::Returned
    } else if episode.helped == Some(true) {
        Outcome::Resolved
    } else if is_unmet(episode) {
        Outcome::Unmet
    } else {
        Outcome::Ambiguous
    }
}

/// Whether the same person came back on the same concern: to this conversation
/// after its end, or in another one that goes on from it, has a label in common
/// or says about the same. Who is not known cannot be seen to come back.
fn has_returned(ledger: &Ledger, now: Timestamp, episode: &Episode) -> bool {
    let until = episode.started_at + RETURN_WINDOW;
    if episode
        .reopened_at
        .is_some_and(|at| at <= until && at <= now)
    {
        return true;
    }
    ledger.later(episode).any(|other| {
        other.class == episode.class
            && other.is_begun()
            && other.started_at <= until
            && other.started_at <= now
            && (other.follows == Some(episode.id) || other.is_same_concern(episode))
    })
}

fn is_unmet(episode: &Episode) -> bool {
    episode.helped == Some(false)
        || episode
            .rated_assistant
            .is_some_and(|score| score <= SCORE_POOR_MAX)
        || episode.closed == Some(ClosedOutcome::EndedByCustomer)
        || (episode.closed.is_some() && episode.is_unanswered)
}
