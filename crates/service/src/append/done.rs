//! What came of a change, read off the entry that was written.

use std::sync::Arc;

use segue_floor::{Said, State};
use segue_model::event::{Event, Version};
use segue_model::floor::Epoch;
use segue_model::id::ConversationId;
use segue_model::turn::Author;
use segue_model::verdict::Verdict;
use segue_ports::log::StoredEntry;

/// What was done.
#[derive(Debug, Clone)]
pub struct Done {
    /// In which conversation.
    pub conversation: ConversationId,
    /// The entry that was written, now or the first time.
    pub entry: Arc<StoredEntry>,
    /// The state after it; after the latest entry, for a replay.
    pub state: Arc<State>,
    /// Whether this is the first answer again.
    pub is_replayed: bool,
}

impl Done {
    /// The version of the entry.
    pub fn version(&self) -> Version {
        self.entry.entry.version
    }

    /// The epoch after the entry.
    pub fn epoch(&self) -> Epoch {
        let changed = self
            .entry
            .entry
            .events
            .iter()
            .rev()
            .find_map(|event| match event {
                Event::FloorChanged { epoch, .. } => Some(*epoch),
                _ => None,
            });
        changed.unwrap_or(self.state.epoch)
    }

    /// What came of the speaker's words, read off the entry, so that a replay
    /// answers as the first time did.
    pub fn said(&self) -> Said {
        let mut said = Said::Nothing;
        for event in &self.entry.entry.events {
            match event {
                Event::TurnAdded {
                    author: Author::System { .. },
                    ..
                } => {}
                Event::TurnAdded {
                    turn,
                    is_cut: false,
                    ..
                } => said = Said::Turn(*turn),
                Event::DraftStaged { draft, .. } => said = Said::Draft(*draft),
                Event::TurnSuppressed { reason, .. } => {
                    said = match reason {
                        segue_model::event::SuppressedReason::FloorLost => Said::FloorLost,
                        segue_model::event::SuppressedReason::BelowBand => Said::BelowBand,
                    };
                }
                _ => {}
            }
        }
        said
    }

    /// The verdict that was reached, if one was.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.entry
            .entry
            .events
            .iter()
            .rev()
            .find_map(|event| match event {
                Event::VerdictReached { verdict, .. } => Some(verdict),
                _ => None,
            })
    }
}
