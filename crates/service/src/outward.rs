//! What leaves for other people's programs: bots and help desks. Effects of one
//! conversation's lane are done one at a time and in order, each until it is done or
//! given up; a restart goes on where it was, because the outbox is the schedule (D6).

use std::collections::BTreeMap;
use std::time::Duration;

use rand::Rng as _;
use segue_floor::State;
use segue_model::event::{Actor, Entry, Event};
use segue_model::floor::Holder;
use segue_model::time::Span;
use segue_model::turn::{Author, NoticeKind};
use segue_ports::outbox::{DeskNews, OutboxEffect, OutboxRow};

use tracing::Instrument as _;

use crate::service::Service;
use crate::watched::room;

/// How long an effect in hand is not given to anybody else; longer than any call takes.
pub(crate) const LEASE: Span = Span::seconds(45);
/// How long one call may take at most.
pub const CALL_MAX: Span = Span::seconds(30);
/// After how many tries an effect is given up.
const TRIES_MAX: u32 = 12;
/// The store counts a try twice: when it is taken in hand and when it is put off.
const COUNTS_OF_A_TRY: u32 = 2;
/// The first pause after a failed try; each further one is twice as long.
const PAUSE_FIRST: Span = Span(500);
/// The longest pause between two tries.
const PAUSE_MAX: Span = Span::minutes(10);

/// Something was not done.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// To be tried again.
    Again(String),
    /// Trying again changes nothing.
    Never(String),
}

/// How calls to one connection went since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Health {
    /// Calls that did what they should.
    pub done: u64,
    /// Calls that failed and were, or will be, tried again.
    pub failed: u64,
    /// What was given up.
    pub given_up: u64,
}

impl Service {
    /// How the connections are doing, by name: `bot.NAME`, `desk.NAME`.
    pub fn connections(&self) -> BTreeMap<String, Health> {
        self.healths().clone()
    }

    /// Takes an effect of a lane in hand.
    pub(crate) async fn send_outward(&self, row: OutboxRow) {
        let tries = row.attempts / COUNTS_OF_A_TRY;
        // Put off before it is begun: whoever reads the outbox next does not begin it again.
        if let Err(error) = self.store().outbox_retry(row.id, self.now() + LEASE).await {
            tracing::error!(%error, "an effect could not be taken in hand");
            return;
        }
        let service = self.clone();
        self.tasks().spawn(async move {
            let connection = service.connection_of(&row).await;
            let span = room!("connect.send", conversation.id = %row.conversation);
            let sent = service.send(&row).instrument(span).await;
            service.count_call(connection, &sent, tries);
            match sent {
                Ok(()) => service.settle(&row).await,
                Err(NotDone::Never(why)) => {
                    tracing::warn!(conversation.id = %row.conversation, why, "an effect could not be done");
                    service.settle(&row).await;
                }
                Err(NotDone::Again(why)) if tries + 1 >= TRIES_MAX => {
                    tracing::error!(conversation.id = %row.conversation, tries, why, "an effect was given up");
                    service.settle(&row).await;
                }
                Err(NotDone::Again(why)) => {
                    tracing::warn!(conversation.id = %row.conversation, tries, why, "an effect is put off");
                    service.put_off(&row, tries).await;
                }
            }
            // The next of its lane may go.
            service.wake_outbox();
        });
    }

    async fn send(&self, row: &OutboxRow) -> Result<(), NotDone> {
        match row.effect {
            OutboxEffect::AskAssistant { .. } => Ok(()),
            OutboxEffect::AskBot { turn } => self.ask_bot(row, turn).await,
            OutboxEffect::TellBot => self.tell_bot(row).await,
            OutboxEffect::TellDesk { news } => self.tell_desk(row, news).await,
        }
    }

    async fn put_off(&self, row: &OutboxRow, tries: u32) {
        let pause = pause_after(tries);
        let again = self.store().outbox_retry(row.id, self.now() + pause);
        if let Err(error) = again.await {
            tracing::error!(%error, "an effect could not be put off");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(pause.millis())) => {}
            () = self.stopping().cancelled() => {}
        }
    }

    /// Whom an effect is for, for the counters.
    async fn connection_of(&self, row: &OutboxRow) -> Option<String> {
        let state = self.state(row.workspace, row.conversation).await.ok()?;
        let opening = state.opening.as_deref()?;
        match row.effect {
            OutboxEffect::AskAssistant { .. } => None,
            OutboxEffect::AskBot { .. } | OutboxEffect::TellBot => {
                opening.bot.as_ref().map(|name| format!("bot.{name}"))
            }
            OutboxEffect::TellDesk { .. } => {
                let desk = opening.desk.as_ref();
                desk.map(|thread| format!("desk.{}", thread.desk))
            }
        }
    }

    fn count_call(&self, connection: Option<String>, sent: &Result<(), NotDone>, tries: u32) {
        let Some(connection) = connection else { return };
        let mut healths = self.healths();
        let health = healths.entry(connection).or_default();
        match sent {
            Ok(()) => health.done += 1,
            Err(NotDone::Again(_)) if tries + 1 < TRIES_MAX => health.failed += 1,
            Err(_) => health.given_up += 1,
        }
    }
}

/// The pause after a number of failed tries, with a share of chance so that many do not
/// come back at once.
fn pause_after(tries: u32) -> Span {
    let factor = 1_u64.checked_shl(tries).unwrap_or(u64::MAX);
    let whole = PAUSE_FIRST.millis().saturating_mul(factor);
    let whole = whole.min(PAUSE_MAX.millis());
    Span(rand::rng().random_range(whole / 2..=whole))
}

/// Whose the right to speak is, as a bot sees it.
#[derive(PartialEq)]
enum Side {
    Assistant,
    People,
    Nobody,
}

fn side(holder: &Holder) -> Side {
    match holder {
        Holder::Assistant | Holder::Review { .. } => Side::Assistant,
        Holder::Queue { .. } | Holder::Locked { .. } | Holder::Agent { .. } => Side::People,
        Holder::Closed { .. } => Side::Nobody,
    }
}

/// What of an entry is for programs outside, before what the floor asks for.
pub(crate) fn news_of(before: &State, after: &State, entry: &Entry) -> Vec<OutboxEffect> {
    let Some(opening) = after.opening.as_deref() else {
        return Vec::new();
    };
    let mut news = Vec::new();
    let has_passed = before.opening.is_some() && side(&before.holder) != side(&after.holder);
    if opening.bot.is_some() && has_passed {
        news.push(OutboxEffect::TellBot);
    }
    if opening.desk.is_some() {
        let events = entry.events.iter();
        let mut for_desk: Vec<DeskNews> = events
            .flat_map(|event| desk_news(event, entry.actor))
            .collect();
        // The customer reads the notice first, and people have the packet before they
        // have the conversation.
        for_desk.sort_by_key(|news| match news {
            DeskNews::Turn { .. } => 0,
            DeskNews::Packet => 1,
            DeskNews::HandOver => 2,
            DeskNews::Closed => 3,
        });
        news.extend(
            for_desk
                .into_iter()
                .map(|news| OutboxEffect::TellDesk { news }),
        );
    }
    news
}

/// What another desk is brought of an event. What its people did there is not brought
/// back: their entries are the system's, while those of our own people name them.
fn desk_news(event: &Event, actor: Actor) -> Vec<DeskNews> {
    let is_ours = matches!(actor, Actor::Agent(_));
    match event {
        Event::TurnAdded { turn, author, .. } => {
            let is_read_there = match author {
                Author::Customer => false,
                Author::Assistant | Author::Draft { .. } => true,
                Author::Agent { .. } => is_ours,
                Author::System { notice } => is_read_at_desk(*notice),
            };
            let turn = DeskNews::Turn { turn: *turn };
            is_read_there.then_some(turn).into_iter().collect()
        }
        // People who took it there need not be given it, but they need the packet.
        Event::EscalationRequested(_) => vec![DeskNews::Packet, DeskNews::HandOver],
        Event::FloorChanged {
            to: Holder::Closed { .. },
            ..
        } => vec![DeskNews::Closed],
        _ => Vec::new(),
    }
}

/// Whether the customer of another desk reads a notice. Who joins, how long the wait is
/// and how it ended is that desk's to say.
const fn is_read_at_desk(notice: NoticeKind) -> bool {
    match notice {
        NoticeKind::Welcome
        | NoticeKind::HandoffWarm
        | NoticeKind::HandoffCold
        | NoticeKind::Takeover
        | NoticeKind::AfterHours
        | NoticeKind::ReviewStarted
        | NoticeKind::HandBack => true,
        NoticeKind::WaitExtended
        | NoticeKind::Requeued
        | NoticeKind::AgentJoined
        | NoticeKind::Transferred
        | NoticeKind::ContactTaken
        | NoticeKind::Expired
        | NoticeKind::Closed => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(missing_docs)]
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_bound() {
        for tries in 0..40 {
            let pause = pause_after(tries);
            assert!(
                pause >= Span(PAUSE_FIRST.0 / 2) && pause <= PAUSE_MAX,
                "{tries}"
            );
        }
        assert!(pause_after(0) <= PAUSE_FIRST);
        assert!(pause_after(30) >= Span(PAUSE_MAX.0 / 2));
    }
}
