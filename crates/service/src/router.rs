//! Routing at work: whenever anything changes that it depends on, it looks at
//! everything that waits and offers what can be offered.

use segue_floor::Command;
use segue_model::escalation::Offer;
use segue_model::event::Event;
use segue_model::floor::FloorCause;
use segue_model::id::{AgentId, ConversationId, OfferId};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::NoticeKind;
use segue_ports::directory::{Presence, PresenceRow};
use segue_routing::plan::{Proposal, next_wake, plan, unroutable};
use segue_routing::wait::announce::{Announcement, Update};
use segue_routing::wait::{Asker, estimate};

use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::hub::Frame;
use crate::service::Service;
use crate::watched::room;

/// How long routing sleeps at most; a safety net for whatever forgot to ring.
const SLEEP_MAX: Span = Span::seconds(5);
/// How often customers' estimates are looked at anew.
const WAITS_EVERY: Span = Span::seconds(2);
/// How long an agent whose presence lapsed keeps a conversation, should they
/// come back (F9: sticky, then requeue).
pub const PRESENCE_GRACE: Span = Span::seconds(30);

impl Service {
    /// Runs routing for one workspace until the service stops.
    pub(crate) async fn route(self, desk: std::sync::Arc<Desk>) {
        let mut waits_at = self.now();
        loop {
            self.offer_all(&desk).await;
            self.return_of_absent(&desk).await;
            if self.now() >= waits_at {
                self.update_waits(&desk);
                waits_at = self.now() + WAITS_EVERY;
            }
            let sleep = self.routing_sleep(&desk);
            tokio::select! {
                () = desk.routing_woken() => {}
                () = tokio::time::sleep(sleep) => {}
                () = self.stopping().cancelled() => return,
            }
        }
    }

    fn routing_sleep(&self, desk: &Desk) -> std::time::Duration {
        let now = self.now();
        let world = desk.world(now);
        let wake = next_wake(&world).map_or(SLEEP_MAX, |at| at.since(now));
        let some_wait = !world.waiting.is_empty();
        let most = if some_wait { WAITS_EVERY } else { SLEEP_MAX };
        std::time::Duration::from_millis(wake.min(most).millis().max(10))
    }

    async fn offer_all(&self, desk: &Desk) {
        let world = desk.world(self.now());
        for lost in unroutable(&world) {
            let item = world
                .waiting
                .iter()
                .find(|waiting| waiting.escalation == lost);
            if let Some(item) = item {
                self.move_to_default(desk, item.conversation).await;
            }
        }
        let proposals = {
            let _planning = room!("routing.plan", waiting = world.waiting.len()).entered();
            plan(&world)
        };
        for proposal in proposals {
            if let Err(error) = self.offer(desk, &proposal).await {
                // A slot that was taken meanwhile, a lease that ended: the next
                // round sees it.
                tracing::debug!(conversation.id = %proposal.conversation, %error, "an offer was not made");
            }
        }
    }

    async fn offer(&self, desk: &Desk, proposal: &Proposal) -> Result<(), Failure> {
        let caller = Caller::system(desk.workspace.id);
        let offer = Offer {
            id: OfferId::new(self.fresh()),
            agent: proposal.agent,
            expires_at: proposal.expires_at,
        };
        let made = self
            .change(&caller, proposal.conversation, None, |_| {
                Ok(Command::MakeOffer(offer.clone()))
            })
            .await?;
        tracing::info!(
            conversation.id = %proposal.conversation,
            agent.id = %proposal.agent,
            floor.epoch = made.state.epoch.0,
            "offered"
        );
        Ok(())
    }

    /// A queue that is no more: the work goes where work without a topic goes.
    async fn move_to_default(&self, desk: &Desk, conversation: ConversationId) {
        let caller = Caller::system(desk.workspace.id);
        let moved = self
            .change(&caller, conversation, None, |before| {
                let queue = before.rules.policy().definition().default_queue.clone();
                let to = before.waiting((&queue, Vec::new()), NoticeKind::Requeued);
                Ok(Command::Requeue {
                    agent: None,
                    to: Box::new(to),
                    cause: FloorCause::Overflowed,
                })
            })
            .await;
        if let Err(error) = moved {
            tracing::warn!(conversation.id = %conversation, %error, "work in an unknown queue could not be moved");
        }
    }

    /// Agents whose presence lapsed and did not come back: their conversations
    /// return to people, with a notice.
    async fn return_of_absent(&self, desk: &Desk) {
        let now = self.now();
        let absent: Vec<_> = {
            let presences = desk.presences();
            let is_gone = |row: &&PresenceRow| row.lease_until + PRESENCE_GRACE <= now;
            presences
                .values()
                .filter(is_gone)
                .map(|row| row.agent)
                .collect()
        };
        let held: Vec<_> = {
            let active = desk.active();
            let holder = |known: &crate::desk::Active| known.state.holding_agent();
            active
                .iter()
                // Nobody waits for what the customer has ended; a timer wraps it up.
                .filter(|(_, known)| known.state.left_at.is_none())
                .filter_map(|(id, known)| holder(known).map(|agent| (*id, agent)))
                .filter(|(_, agent)| absent.contains(agent))
                .collect()
        };
        for (conversation, agent) in held {
            let caller = Caller::system(desk.workspace.id);
            let returned = self
                .change(&caller, conversation, None, |before| {
                    let queue = before
                        .loaded
                        .state
                        .escalation
                        .as_ref()
                        .map(|open| open.queue.clone())
                        .ok_or(Failure::Unknown("escalation"))?;
                    // The same person first, should they come back in time.
                    let to = before.waiting((&queue, vec![agent]), NoticeKind::Requeued);
                    let to = Box::new(to);
                    Ok(Command::Requeue {
                        agent: Some(agent),
                        to,
                        cause: FloorCause::PresenceLost,
                    })
                })
                .await;
            match returned {
                Ok(_) => {
                    tracing::info!(conversation.id = %conversation, agent.id = %agent, "presence lost, returned to the queue")
                }
                Err(error) => {
                    tracing::warn!(conversation.id = %conversation, %error, "could not be returned to the queue")
                }
            }
        }
    }

    /// Tells waiting customers what changed about their wait.
    fn update_waits(&self, desk: &Desk) {
        let world = desk.world(self.now());
        for waiting in &world.waiting {
            let Some(estimate) = estimate(&world, Asker::Waiting(waiting.escalation)) else {
                continue;
            };
            let mut active = desk.active();
            let Some(known) = active.get_mut(&waiting.conversation) else {
                continue;
            };
            let update = match known.announced {
                None => {
                    known.announced = Announcement::first(&estimate);
                    true
                }
                Some(told) => match told.update(&estimate) {
                    Some(Update::Shorter(told) | Update::Longer(told) | Update::Overdue(told)) => {
                        known.announced = Some(told);
                        true
                    }
                    None => false,
                },
            };
            drop(active);
            let cell = self.cell(desk.workspace.id, waiting.conversation);
            if update || cell.is_watched() {
                cell.tell(Frame::Wait);
            }
        }
    }

    /// Says an agent's presence.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_presence(
        &self,
        desk: &Desk,
        agent: AgentId,
        presence: Presence,
        lease: Span,
    ) -> Result<(), Failure> {
        let _turn = desk.presence_turn().await;
        self.write_presence(desk, agent, presence, lease).await
    }

    /// Keeps what an agent said of themselves: away, if nothing yet. Who said that they are
    /// offline stays so.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn renew_presence(
        &self,
        desk: &Desk,
        agent: AgentId,
        lease: Span,
    ) -> Result<(), Failure> {
        // What was said is looked up in its turn: a choice that is just being written would
        // otherwise be overwritten by the one before it.
        let _turn = desk.presence_turn().await;
        match desk.presence_said(agent).unwrap_or(Presence::Away) {
            Presence::Offline => Ok(()),
            said => self.write_presence(desk, agent, said, lease).await,
        }
    }

    async fn write_presence(
        &self,
        desk: &Desk,
        agent: AgentId,
        presence: Presence,
        lease: Span,
    ) -> Result<(), Failure> {
        let now = self.now();
        let before = desk.presences().get(&agent).copied();
        let is_same = before.is_some_and(|row| row.presence == presence && row.lease_until > now);
        let since = before.filter(|_| is_same).map_or(now, |row| row.since);
        let row = PresenceRow {
            agent,
            presence,
            lease_until: now + lease,
            since,
        };
        self.store().set_presence(desk.workspace.id, row).await?;
        desk.set_presence(row);
        Ok(())
    }

    /// Measures what a wait and a service really took, for the next estimates.
    pub(crate) fn measure(
        &self,
        desk: &Desk,
        conversation: ConversationId,
        events: &[Event],
        at: Timestamp,
    ) {
        for event in events {
            match event {
                Event::EscalationAccepted { .. } => self.measure_wait(desk, conversation, at),
                Event::EscalationAbandoned { .. } => {
                    if let Some((queue, since)) = waiting_since(desk, conversation) {
                        desk.record(|stats| stats.record_abandon(&queue, at.since(since)));
                    }
                }
                Event::EscalationResolved { .. } | Event::HandedBack { .. } => {
                    let active = desk.active();
                    let open = active
                        .get(&conversation)
                        .and_then(|known| known.state.escalation.clone());
                    let was_full = active.values().any(|known| known.state.is_waiting());
                    drop(active);
                    if let Some((queue, (_, since))) =
                        open.and_then(|open| open.accepted.map(|at| (open.queue, at)))
                    {
                        desk.record(|stats| {
                            stats.record_service(&queue, at.since(since), was_full)
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn measure_wait(&self, desk: &Desk, conversation: ConversationId, at: Timestamp) {
        let Some((queue, since)) = waiting_since(desk, conversation) else {
            return;
        };
        // What would have been said when the customer began to wait, had it been
        // this moment's load; good enough for the ratio and needs no memory.
        let mut world = desk.world(at);
        world.now = since;
        let asker = Asker::Joining {
            queue: &queue,
            priority: segue_model::escalation::Priority::Normal,
            kind: segue_model::verdict::HandoffKind::Warm,
            preferred: &[],
        };
        if let Some(estimate) = estimate(&world, asker) {
            desk.record(|stats| stats.record_wait(&estimate, at.since(since)));
        }
    }
}

fn waiting_since(
    desk: &Desk,
    conversation: ConversationId,
) -> Option<(segue_model::id::QueueKey, Timestamp)> {
    let active = desk.active();
    let state = &active.get(&conversation)?.state;
    // Whoever leaves an agent, or is taken from one, does not wait.
    let open = state.escalation.as_ref().filter(|_| state.is_waiting())?;
    Some((open.queue.clone(), open.queued_at))
}

/// What the locale of a conversation reads about its wait; for the live card.
pub fn wait_now(
    desk: &Desk,
    now: Timestamp,
    escalation: segue_model::id::EscalationId,
) -> Option<segue_routing::wait::Estimate> {
    estimate(&desk.world(now), Asker::Waiting(escalation))
}

/// The reference that customers and staff can name.
pub fn reference(escalation: segue_model::id::EscalationId) -> String {
    segue_engine::notice::reference(escalation)
}
