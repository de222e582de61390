//! The figures of a workspace while it is at work: they are read from the log once, kept
//! up with what happens, and asked without holding anybody up.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use segue_insight::Ledger;
use segue_model::id::ConversationId;
use segue_ports::log::StoredEntry;
use tokio::sync::watch;

/// An entry, and of which conversation.
pub type Heard = (ConversationId, Arc<StoredEntry>);

/// How far the reading of the log has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuild {
    /// The place in the log up to which everything is in the figures.
    pub read_up_to: u64,
    /// The last place, as it was when the reading began.
    pub end: u64,
}

/// The ledger, and what has not been put in it yet.
///
/// **Turns never wait for a question.** A turn leaves its entry with those that were heard,
/// and puts them in the ledger only if nobody has it at that moment. Whoever asks puts them
/// in first, so that an answer holds everything that was durable before the question.
#[derive(Default)]
pub struct Figures {
    ledger: Mutex<Ledger>,
    heard: Mutex<Vec<Heard>>,
    /// How far it is, while the log is being read.
    rebuild: watch::Sender<Option<Rebuild>>,
}

impl Figures {
    /// The ledger with everything that was heard. It is held for as long as the question
    /// lasts; other questions wait, turns do not.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        self.put_in(&mut ledger);
        ledger
    }

    /// Takes note of an entry that has become durable.
    pub fn hear(&self, conversation: ConversationId, stored: Arc<StoredEntry>) {
        self.heard().push((conversation, stored));
        match self.ledger.try_lock() {
            Ok(mut ledger) => self.put_in(&mut ledger),
            Err(TryLockError::Poisoned(poisoned)) => self.put_in(&mut poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => {}
        }
    }

    /// How far the reading of the log is, where it has not come to its end.
    pub fn rebuild(&self) -> Option<Rebuild> {
        *self.rebuild.borrow()
    }

    /// Waits until the log has been read to its end.
    pub async fn complete(&self) {
        let mut rebuild = self.rebuild.subscribe();
        // The sender is ours and lives as long.
        drop(rebuild.wait_for(Option::is_none).await);
    }

    /// Says how far the reading of the log is.
    pub(crate) fn reading(&self, rebuild: Rebuild) {
        self.rebuild.send_replace(Some(rebuild));
    }

    /// Folds a page of the log in.
    pub(crate) fn read(&self, page: &[Heard]) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        fold(&mut ledger, page);
    }

    /// The log has been read to its end: what was heard meanwhile goes in, and to
    /// `each`. What was in the log as well is known by its version.
    pub(crate) fn end_reading(&self, each: impl FnMut(&Heard)) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let mut heard = self.heard();
        let last = std::mem::take(&mut *heard);
        fold(&mut ledger, &last);
        last.iter().for_each(each);
        self.rebuild.send_replace(None);
    }

    fn put_in(&self, ledger: &mut Ledger) {
        // While the log is read, what is heard waits for its end, where it is counted too.
        if self.rebuild.borrow().is_some() {
            return;
        }
        let heard = std::mem::take(&mut *self.heard());
        fold(ledger, &heard);
    }

    fn heard(&self) -> MutexGuard<'_, Vec<Heard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fold(ledger: &mut Ledger, heard: &[Heard]) {
    for (conversation, stored) in heard {
        ledger.observe(*conversation, &stored.entry, &stored.texts);
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        missing_docs
    )]
    use segue_insight::Query;
    use segue_model::event::{Actor, Entry, Event, Version};
    use segue_model::time::Timestamp;

    use super::*;

    const NOW: Timestamp = Timestamp(1_772_625_600_000);

    /// The entries of a conversation that an agent took at once.
    fn entries(n: u128) -> Vec<Heard> {
        let id = ConversationId::new(uuid::Uuid::from_u128(n));
        let escalation = format!("esc_{:032x}", n + 1);
        let events = [
            serde_json::json!({
                "type": "conversation_opened", "assistant": "builtin", "channel": "widget",
                "origin": { "origin": "live" },
            }),
            serde_json::json!({
                "type": "escalation_requested", "id": escalation, "kind": "warm",
                "queue": "general", "rule": "r", "trigger": "opt_out", "turn": 1,
                "priority": "normal", "overflow_at": NOW,
            }),
            serde_json::json!({
                "type": "escalation_accepted", "escalation": escalation,
                "agent": "agt_00000000000000000000000000000001",
            }),
        ];
        let entry = |(version, event): (u64, serde_json::Value)| {
            let event: Event = serde_json::from_value(event).expect("an event");
            let entry = Entry {
                version: Version(version),
                at: NOW,
                actor: Actor::System,
                events: vec![event],
            };
            (
                id,
                Arc::new(StoredEntry {
                    entry,
                    texts: Vec::new(),
                }),
            )
        };
        (1..).zip(events).map(entry).collect()
    }

    fn said(figures: &Figures) -> String {
        let query = Query::window(NOW, 28, false);
        format!("{:?}", figures.ledger().dashboard(&query))
    }

    #[test]
    fn a_turn_does_not_wait_for_a_question_and_the_next_one_knows_of_it() {
        let figures = Figures::default();
        let question = figures.ledger();
        for (id, stored) in entries(1) {
            figures.hear(id, stored);
        }
        assert_eq!(
            question.len(),
            0,
            "the question saw what was there when it began"
        );
        drop(question);
        assert_eq!(figures.ledger().len(), 1);
    }

    #[test]
    fn whatever_of_the_log_and_the_present_overlaps_the_figures_are_the_same() {
        let all: Vec<Heard> = (1..4).flat_map(|n| entries(n * 10)).collect();
        let incremental = Figures::default();
        for (id, stored) in &all {
            incremental.hear(*id, Arc::clone(stored));
        }
        for read in 0..=all.len() {
            for heard_from in 0..=read {
                let rebuilt = Figures::default();
                rebuilt.reading(Rebuild::default());
                let (past, heard) = (&all[..read], &all[heard_from..]);
                for (id, stored) in heard {
                    rebuilt.hear(*id, Arc::clone(stored));
                }
                for page in past.chunks(2) {
                    rebuilt.read(page);
                }
                assert!(rebuilt.rebuild().is_some());
                let mut counted = 0;
                rebuilt.end_reading(|_| counted += 1);
                assert_eq!(counted, heard.len(), "each is counted once it is over");
                assert_eq!(rebuilt.rebuild(), None);
                assert_eq!(said(&rebuilt), said(&incremental));
            }
        }
    }
}
