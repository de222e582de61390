//! What is kept of one conversation.

use segue_model::event::{Entry, Event, Origin, Version};
use segue_model::floor::Holder;
use segue_model::id::PolicyVersion;
use segue_model::time::Timestamp;

/// A conversation that began in time.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The last entry that was folded in.
    version: Version,
    /// Whether the policy was asked, or a person was asked for.
    pub is_judged: bool,
    /// Whether a person was asked for, by whomever.
    pub is_escalated: bool,
    pub is_closed: bool,
    pub last_at: Timestamp,
    /// How often the policy was asked.
    pub turns: u32,
}

impl Seen {
    /// Folds one entry in; `false` if it was known. With a version, only what that one
    /// decided counts as judged.
    pub fn fold(&mut self, entry: &Entry, of: Option<&PolicyVersion>) -> bool {
        if entry.version <= self.version {
            return false;
        }
        self.version = entry.version;
        self.last_at = entry.at;
        for event in &entry.events {
            match event {
                Event::VerdictReached { verdict, .. }
                    if of.is_none_or(|of| *of == verdict.trace.policy) =>
                {
                    self.is_judged = true;
                    self.turns = self.turns.saturating_add(1);
                }
                Event::EscalationRequested(_) => {
                    self.is_judged |= of.is_none();
                    self.is_escalated = true;
                }
                Event::FloorChanged { to, .. } => {
                    self.is_closed = matches!(to, Holder::Closed { .. });
                }
                _ => {}
            }
        }
        true
    }
}

/// Whether a live conversation begins with this entry.
pub(super) fn begins_live(entry: &Entry) -> bool {
    entry.events.iter().any(|event| match event {
        Event::ConversationOpened(opening) => opening.origin == Origin::Live,
        _ => false,
    })
}
