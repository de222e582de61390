use std::collections::BTreeMap;

use segue_model::time::Timestamp;
use segue_ports::Pending;
use segue_ports::outbox::{Outbox, OutboxId, OutboxRow};

use super::{MemoryStore, limit, ready};

fn is_first_of_lane(rows: &BTreeMap<OutboxId, OutboxRow>, row: &OutboxRow) -> bool {
    let lane = row.effect.lane();
    lane.is_none()
        || !rows
            .range(..row.id)
            .any(|(_, other)| other.conversation == row.conversation && other.effect.lane() == lane)
}

impl Outbox for MemoryStore {
    fn outbox_due(&self, now: Timestamp, count: u32) -> Pending<'_, Vec<OutboxRow>> {
        let state = self.lock();
        let due = state
            .outbox
            .values()
            .filter(|row| row.next_attempt_at <= now)
            .filter(|row| is_first_of_lane(&state.outbox, row));
        ready(due.take(limit(count)).cloned().collect())
    }

    fn outbox_settle(&self, id: OutboxId) -> Pending<'_, ()> {
        self.lock().outbox.remove(&id);
        ready(())
    }

    fn outbox_retry(&self, id: OutboxId, next_attempt_at: Timestamp) -> Pending<'_, ()> {
        if let Some(row) = self.lock().outbox.get_mut(&id) {
            row.attempts += 1;
            row.next_attempt_at = next_attempt_at;
        }
        ready(())
    }
}
