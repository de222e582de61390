//! How a share is counted: hits of a population, and which of them are shown.

use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};

use super::Definition;
use crate::cohort::Case;
use crate::dashboard::{Ratio, Target};
use crate::episode::{Episode, Handoff};
use crate::interval::{ratio, wilson};

/// A figure that is a share: what it is, when it is settled, and what counts.
pub(crate) struct Share {
    pub definition: &'static Definition,
    pub maturity: Maturity,
    pub show: Show,
    pub of: Of,
}

/// What a share is counted over. Nothing says that the case is not of its population.
pub(crate) enum Of {
    /// Conversations.
    Conversations(fn(&Case<'_>) -> Option<bool>),
    /// Handoffs of the conversations.
    Handoffs(fn(&Case<'_>, &Handoff) -> Option<bool>),
}

/// Which conversations lead on from a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// Those that count.
    Hits,
    /// Those that do not, where nearly all should.
    Misses,
}

/// When a share stops changing for the conversations it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Maturity {
    /// It does not look ahead.
    Settled,
    /// It looks ahead for this long from the beginning of each conversation.
    After(Span),
    /// It may change while this holds for a handoff that counts.
    While(fn(&Handoff) -> bool),
}

impl Share {
    /// Counts one conversation in.
    pub fn see(&self, case: &Case<'_>, tally: &mut Tally, shown_max: usize) {
        match self.of {
            Of::Conversations(is_hit) => {
                if let Some(is_hit) = is_hit(case) {
                    tally.see(self, case.episode, is_hit, shown_max);
                }
            }
            Of::Handoffs(is_hit) => {
                for handoff in case.handoffs() {
                    if let Some(is_hit) = is_hit(case, handoff) {
                        tally.see(self, case.episode, is_hit, shown_max);
                        tally.is_moving |= match self.maturity {
                            Maturity::While(is_moving) => is_moving(handoff),
                            _ => false,
                        };
                    }
                }
            }
        }
    }

    /// The share beside the one of the period before.
    pub fn ratio(&self, tally: Tally, now: Timestamp, before: &Tally) -> Ratio {
        let interval = wilson(tally.hits, tally.n);
        let (lo, hi) = self.definition.target.unwrap_or((0.0, 1.0));
        let matures_at = match self.maturity {
            Maturity::Settled | Maturity::While(_) => None,
            Maturity::After(ahead) => tally.latest.map(|at| at + ahead).filter(|at| *at > now),
        };
        Ratio {
            value: ratio(tally.hits, tally.n),
            numerator: tally.hits,
            denominator: tally.n,
            lo: interval.map(|(lo, _)| lo),
            hi: interval.map(|(_, hi)| hi),
            target: Target { lo, hi },
            is_provisional: matures_at.is_some() || tally.is_moving,
            matures_at,
            previous: ratio(before.hits, before.n),
            formula: self.definition.formula,
            conversations: tally.shown,
        }
    }
}

/// A share being counted, newest conversations first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub hits: u32,
    pub n: u32,
    shown: Vec<ConversationId>,
    latest: Option<Timestamp>,
    is_moving: bool,
}

impl Tally {
    fn see(&mut self, share: &Share, episode: &Episode, is_hit: bool, shown_max: usize) {
        self.n += 1;
        self.hits += u32::from(is_hit);
        self.latest = self.latest.max(Some(episode.started_at));
        if is_hit == (share.show == Show::Hits) {
            push_shown(&mut self.shown, episode.id, shown_max);
        }
    }
}

/// Adds a conversation to those shown, unless it is there or there are enough.
pub(super) fn push_shown(shown: &mut Vec<ConversationId>, id: ConversationId, max: usize) {
    // Those of one conversation come one after the other.
    if shown.len() < max && shown.last() != Some(&id) {
        shown.push(id);
    }
}
