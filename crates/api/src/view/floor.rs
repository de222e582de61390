//! Who may speak, as each audience reads it.

use segue_model::floor::{ClosedOutcome, Epoch, Holder};
use segue_model::id::QueueKey;
use segue_model::time::Timestamp;
use segue_model::verdict::HandoffKind;

use super::View;
use crate::wire::timeline::Floor;
use crate::wire::words::HolderWord;

impl View<'_> {
    /// The floor now.
    pub fn floor(&self) -> Floor {
        let has_left = self.state.left_at.is_some() && !self.is_staff();
        let closed = Holder::Closed {
            outcome: ClosedOutcome::EndedByCustomer,
        };
        // For whoever has ended it, it has ended, though an agent still wraps it up.
        let holder = if has_left {
            &closed
        } else {
            &self.state.holder
        };
        self.floor_of(holder, self.state.epoch)
    }

    /// The floor as it was given to `holder`.
    pub(super) fn floor_of(&self, holder: &Holder, epoch: Epoch) -> Floor {
        let mut floor = Floor {
            holder: HolderWord::Assistant,
            epoch: epoch.0,
            queue: None,
            queue_name: None,
            kind: None,
            since: None,
            agent: None,
            outcome: None,
        };
        match holder {
            Holder::Assistant => {}
            Holder::Review { queue } => {
                floor.holder = HolderWord::Review;
                if self.is_staff() {
                    self.name_queue(&mut floor, queue);
                }
            }
            Holder::Queue { queue, kind, since } => {
                floor.holder = HolderWord::Queue;
                floor.kind = Some((*kind).into());
                floor.since = Some((*since).into());
                if self.discloses_teams() {
                    self.name_queue(&mut floor, queue);
                }
            }
            Holder::Locked { queue, since } => self.locked(&mut floor, queue, *since),
            Holder::Agent { agent } => {
                floor.holder = HolderWord::Agent;
                floor.agent = self.discloses_names().then(|| self.person(*agent));
                if let Some(open) = self.state.escalation.as_ref().filter(|_| self.is_staff()) {
                    self.name_queue(&mut floor, &open.queue);
                    floor.kind = Some(open.request.kind.into());
                }
            }
            Holder::Closed { outcome } => {
                floor.holder = HolderWord::Closed;
                floor.outcome = Some((*outcome).into());
            }
        }
        floor
    }

    /// A cold handoff: the customer reads that it waits, and nothing about why or for whom.
    fn locked(&self, floor: &mut Floor, queue: &QueueKey, since: Timestamp) {
        floor.since = Some(since.into());
        if !self.is_staff() {
            floor.holder = HolderWord::Queue;
            return;
        }
        floor.holder = HolderWord::Locked;
        floor.kind = Some(HandoffKind::Cold.into());
        self.name_queue(floor, queue);
    }

    fn name_queue(&self, floor: &mut Floor, queue: &QueueKey) {
        floor.queue = Some(queue.to_string());
        floor.queue_name = Some(self.queue_name(queue));
    }
}
