//! What became of the conversations with the assistant.

use segue_model::floor::ClosedOutcome;
use segue_model::time::Timestamp;

use super::ai_resolution_rate::RETURN_WINDOW;
use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::OutcomeShare;
use crate::episode::Episode;
use crate::interval::share;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "outcomes",
    name: "Outcomes",
    formula: "each conversation with the assistant is the first of: escalated (a person was asked for), returned (the customer came back on the concern within 7 days), resolved (the customer's last word is that the answer helped), unmet (they said that it did not, rated it 1–2, ended it themselves without a word, or it closed on \"no answer\"), ambiguous (anything else; silence)",
    unit: "conversations",
    population: "live conversations with the assistant; the five add up to them",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
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
    pub const ALL: [Self; 5] = [
        Self::Escalated,
        Self::Returned,
        Self::Resolved,
        Self::Unmet,
        Self::Ambiguous,
    ];

    /// Its word on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Escalated => "escalated",
            Self::Returned => "returned",
            Self::Resolved => "resolved",
            Self::Unmet => "unmet",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// How many conversations of each, in the order of [`Outcome::ALL`].
#[derive(Debug, Default)]
pub(crate) struct Outcomes([u32; Outcome::ALL.len()]);

impl Outcomes {
    pub fn see(&mut self, case: &Case<'_>) {
        for (n, of) in self.0.iter_mut().zip(Outcome::ALL) {
            *n += u32::from(case.outcome == Some(of));
        }
    }

    pub fn finish(self) -> Vec<OutcomeShare> {
        let all = self.0.iter().sum();
        let outcomes = self.0.into_iter().zip(Outcome::ALL);
        outcomes
            .map(|(n, of)| OutcomeShare {
                key: of.key(),
                n,
                share: share(n, all),
            })
            .collect()
    }
}

/// What became of a conversation, as far as is known.
pub(crate) fn outcome(now: Timestamp, episode: &Episode) -> Outcome {
    if episode.is_escalated() {
        Outcome::Escalated
    } else if has_returned(now, episode) {
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
pub(super) fn has_returned(now: Timestamp, episode: &Episode) -> bool {
    let until = now.min(episode.started_at + RETURN_WINDOW);
    let is_in_time = |at: Option<Timestamp>| at.is_some_and(|at| at <= until);
    is_in_time(episode.reopened_at.get()) || is_in_time(episode.returned_at.get())
}

fn is_unmet(episode: &Episode) -> bool {
    episode.helped == Some(false)
        || episode
            .rated_assistant
            .is_some_and(|score| score <= SCORE_POOR_MAX)
        || episode.closed == Some(ClosedOutcome::EndedByCustomer)
        || (episode.closed.is_some() && episode.is_unanswered)
}
