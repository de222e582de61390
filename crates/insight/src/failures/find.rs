//! Which conversations are failures for want of an answer.

use segue_model::escalation::{RootCause, Trigger};
use segue_model::event::Version;
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;

use crate::cohort::counts;
use crate::episode::{Episode, Handoff};
use crate::ledger::Ledger;
use crate::metric::outcomes::{Outcome, outcome};
use crate::words;

/// A failure as the log tells it; its words are read apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed {
    /// The conversation.
    pub conversation: ConversationId,
    /// Its last entry that was counted.
    pub version: Version,
    /// When it failed: when a person was asked for, or when it began.
    pub at: Timestamp,
    /// What the agent gave as the reason.
    pub root_cause: Option<RootCause>,
    /// What handed it over; none where nobody was asked for.
    pub trigger: Option<Trigger>,
    /// Milliseconds that agents worked on it.
    pub agent_ms: u64,
    /// Milliseconds that the customer waited for a person.
    pub wait_ms: u64,
}

/// How many handoffs have been dealt with, and for how many a reason was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrapUps {
    /// Handoffs that were dealt with.
    pub ended: u32,
    /// Those with a reason.
    pub tagged: u32,
}

/// Whether a text says what it is about, beyond a greeting or a wish for a person.
pub fn states_concern(text: &str) -> bool {
    words::states_concern(text)
}

/// Whether a text only says thanks.
pub fn is_thanks(text: &str) -> bool {
    words::is_thanks(text)
}

impl Ledger {
    /// The conversations between two times in which the assistant had no answer, oldest
    /// first: handed over for low confidence, fallbacks or a repeat, or with an agent's word
    /// that knowledge was missing, wrong or going in circles; unmet; or come back.
    ///
    /// What an agent says outweighs what handed it over: with a broken tool or a matter of
    /// policy as the reason it is no want of an answer.
    pub fn failed(&self, from: Timestamp, until: Timestamp, include_demo: bool) -> Vec<Failed> {
        let is_inside = |at: Timestamp| at >= from && at < until;
        let counted = self.episodes().iter().filter(|it| counts(it, include_demo));
        let mut found: Vec<Failed> = counted
            .filter_map(|episode| self.failure(episode, until))
            .filter(|it| is_inside(it.at))
            .collect();
        found.sort_unstable_by_key(|it| (it.at, it.conversation));
        found
    }

    /// When the conversations began in which the assistant had a part, oldest first.
    pub fn assisted(
        &self,
        from: Timestamp,
        until: Timestamp,
        include_demo: bool,
    ) -> Vec<Timestamp> {
        let counted = self.episodes().iter().filter(|it| counts(it, include_demo));
        let mut found: Vec<Timestamp> = counted
            .filter(|it| it.is_involved || it.is_escalated())
            .map(|it| it.started_at)
            .filter(|at| *at >= from && *at < until)
            .collect();
        found.sort_unstable();
        found
    }

    /// How many of the handoffs that people dealt with between two times have a reason.
    pub fn wrap_ups(&self, from: Timestamp, until: Timestamp, include_demo: bool) -> WrapUps {
        let counted = self.episodes().iter().filter(|it| counts(it, include_demo));
        let mut found = WrapUps::default();
        for handoff in counted.flat_map(|it| &it.handoffs) {
            let is_inside = handoff.ended_at.is_some_and(|at| at >= from && at < until);
            if is_inside && handoff.is_dealt_with() {
                found.ended += 1;
                found.tagged += u32::from(handoff.root_cause.is_some());
            }
        }
        found
    }

    fn failure(&self, episode: &Episode, now: Timestamp) -> Option<Failed> {
        if let Some(handoff) = episode.handoffs.iter().find(|it| is_for_want(it)) {
            return Some(Failed {
                conversation: episode.id,
                version: episode.version,
                at: handoff.requested_at,
                root_cause: handoff.root_cause,
                trigger: Some(handoff.trigger),
                agent_ms: handoff.active_ms.unwrap_or(0),
                wait_ms: wait_ms(handoff),
            });
        }
        if !episode.is_involved || episode.is_escalated() {
            return None;
        }
        match outcome(now, episode) {
            Outcome::Unmet | Outcome::Returned => Some(Failed {
                conversation: episode.id,
                version: episode.version,
                at: episode.started_at,
                root_cause: None,
                trigger: None,
                agent_ms: 0,
                wait_ms: 0,
            }),
            _ => None,
        }
    }
}

/// Whether a person was asked for because there was no good answer.
fn is_for_want(handoff: &Handoff) -> bool {
    match handoff.root_cause {
        Some(cause) => matches!(
            cause,
            RootCause::MissingKnowledge | RootCause::Looping | RootCause::WrongAnswer
        ),
        None => matches!(
            handoff.trigger,
            Trigger::LowConfidence | Trigger::Fallback | Trigger::Repeat
        ),
    }
}

/// How long the customer waited for a person; what nobody took counts until its end.
fn wait_ms(handoff: &Handoff) -> u64 {
    let came_at = handoff.accepted_at.or(handoff.expired_at);
    let waited_until = came_at.or(handoff.ended_at);
    waited_until.map_or(0, |at| at.since(handoff.requested_at).millis())
}
