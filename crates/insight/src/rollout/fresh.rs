//! A version that has just come into force, beside what was before it.

use std::collections::BTreeMap;

use segue_model::event::Entry;
use segue_model::id::{ConversationId, PolicyVersion};
use segue_model::time::{Span, Timestamp};

use super::CONVERSATIONS_WATCHED;
use super::band::{Band, Counted, band};
use super::seen::{Seen, begins_live};

/// After how long without a turn a conversation in which nobody was asked for counts as one
/// that will not ask any more.
const QUIET: Span = Span::minutes(15);

/// The first conversations of a version, against those before it.
///
/// **Bounds, not guesses.** A conversation that has just begun may still ask for a person.
/// Whether the version escalates too much is judged as if none of these did, whether it
/// escalates too little as if all of them did, so neither is said because people are
/// still talking.
#[derive(Debug, Clone)]
pub struct Fresh {
    version: PolicyVersion,
    since: Timestamp,
    before: Counted,
    seen: BTreeMap<ConversationId, Seen>,
    /// How many of them count.
    judged: usize,
}

impl Fresh {
    /// Nothing seen yet of a version that came into force then, beside nothing.
    pub const fn new(version: PolicyVersion, since: Timestamp) -> Self {
        Self {
            version,
            since,
            before: Counted {
                escalated: 0,
                conversations: 0,
            },
            seen: BTreeMap::new(),
            judged: 0,
        }
    }

    /// The same beside what was counted before it, where that is known only later.
    #[must_use]
    pub fn against(mut self, before: Counted) -> Self {
        self.before = before;
        self
    }

    /// The version.
    pub const fn version(&self) -> &PolicyVersion {
        &self.version
    }

    /// What was counted before it.
    pub const fn before(&self) -> Counted {
        self.before
    }

    /// Folds one entry in; `false` if it says nothing of this.
    pub fn observe(&mut self, conversation: ConversationId, entry: &Entry) -> bool {
        if entry.at > self.since && begins_live(entry) && self.judged < CONVERSATIONS_WATCHED {
            self.seen.entry(conversation).or_default();
        }
        let Some(seen) = self.seen.get_mut(&conversation) else {
            return false;
        };
        let was_judged = seen.is_judged;
        let is_new = seen.fold(entry, Some(&self.version));
        self.judged += usize::from(seen.is_judged && !was_judged);
        is_new
    }

    /// The fewest and the most of its conversations in which a person is asked for in the
    /// end, as far as can be said at this time.
    pub fn counted(&self, now: Timestamp) -> (Counted, Counted) {
        let mut least = Counted::default();
        let mut open = 0;
        for seen in self.seen.values().filter(|seen| seen.is_judged) {
            least.conversations += 1;
            least.escalated += u32::from(seen.is_escalated);
            let is_open = !seen.is_escalated && !seen.is_closed && seen.last_at + QUIET > now;
            open += u32::from(is_open);
        }
        let most = Counted {
            escalated: least.escalated + open,
            ..least
        };
        (least, most)
    }

    /// Where its rate is beside the one before.
    pub fn band(&self, now: Timestamp) -> Band {
        let (least, most) = self.counted(now);
        match (band(self.before, least), band(self.before, most)) {
            (Band::Above, _) => Band::Above,
            (_, Band::Below) => Band::Below,
            (Band::TooFew, _) => Band::TooFew,
            _ => Band::Within,
        }
    }

    /// Whether everything has been seen that is looked at.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let (least, most) = self.counted(now);
        self.judged >= CONVERSATIONS_WATCHED && least == most
    }
}
