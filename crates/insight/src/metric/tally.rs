//! How a share is counted: hits of a population, and which of them are shown.

use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};

use super::Definition;
use crate::dashboard::{Ratio, Target};
use crate::episode::Episode;
use crate::interval::{ratio, wilson};

/// Which conversations lead on from a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    /// Those that count.
    Hits,
    /// Those that do not, where nearly all should.
    Misses,
}

/// When a share stops changing for the conversations it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maturity {
    /// It does not look ahead.
    Settled,
    /// It looks ahead for this long from the beginning of each conversation.
    After(Span),
}

/// A share being counted.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    hits: u32,
    n: u32,
    show: Show,
    shown: Vec<ConversationId>,
    latest: Option<Timestamp>,
}

impl Tally {
    /// Counts cases, newest first, each with whether it is a hit. So many of those that are
    /// to be shown lead on from it.
    pub fn of<'a>(
        (show, shown_max): (Show, usize),
        cases: impl IntoIterator<Item = (&'a Episode, bool)>,
    ) -> Self {
        let mut tally = Self {
            hits: 0,
            n: 0,
            show,
            shown: Vec::new(),
            latest: None,
        };
        for (episode, is_hit) in cases {
            tally.n += 1;
            tally.hits += u32::from(is_hit);
            tally.latest = tally.latest.max(Some(episode.started_at));
            if is_hit == (tally.show == Show::Hits) {
                push_shown(&mut tally.shown, episode.id, shown_max);
            }
        }
        tally
    }

    /// The share beside the one of the period before.
    pub fn into_ratio(
        self,
        definition: &Definition,
        maturity: Maturity,
        now: Timestamp,
        before: &Self,
    ) -> Ratio {
        let interval = wilson(self.hits, self.n);
        let (lo, hi) = definition.target.unwrap_or((0.0, 1.0));
        let matures_at = match maturity {
            Maturity::Settled => None,
            Maturity::After(ahead) => self.latest.map(|at| at + ahead).filter(|at| *at > now),
        };
        Ratio {
            value: ratio(self.hits, self.n),
            numerator: self.hits,
            denominator: self.n,
            lo: interval.map(|(lo, _)| lo),
            hi: interval.map(|(_, hi)| hi),
            target: Target { lo, hi },
            is_provisional: matures_at.is_some(),
            matures_at,
            previous: ratio(before.hits, before.n),
            formula: definition.formula,
            conversations: self.shown,
        }
    }
}

/// Adds a conversation to those shown, unless it is there or there are enough.
pub(super) fn push_shown(shown: &mut Vec<ConversationId>, id: ConversationId, max: usize) {
    if shown.len() < max && !shown.contains(&id) {
        shown.push(id);
    }
}
