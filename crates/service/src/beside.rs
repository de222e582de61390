//! Beside another help desk: what happens there becomes commands here, and what follows
//! here is brought there. The customer and the people are at that desk; who may speak is
//! decided here, in the log, and a person's word there takes the floor as one here does.

mod heard;
mod people;

use std::sync::Arc;
use std::time::Duration;

use segue_floor::{Command, State};
use segue_model::event::{Actor, Event, Version};
use segue_model::floor::{Epoch, Holder};
use segue_model::turn::Author;
use segue_ports::desk::{Bring, DeskError, Handed, Item};
use segue_ports::log::StoredEntry;
use segue_ports::outbox::{DeskNews, OutboxRow};

use crate::bots::request_id;
use crate::cell::text_of;
use crate::failure::Failure;
use crate::outward::{CALL_MAX, NotDone};
use crate::service::Service;

impl Service {
    /// Brings a desk one part of what an entry says.
    pub(crate) async fn tell_desk(&self, row: &OutboxRow, news: DeskNews) -> Result<(), NotDone> {
        let state = self
            .state(row.workspace, row.conversation)
            .await
            .map_err(again)?;
        let opening = state.opening.as_deref();
        let Some(place) = opening.and_then(|opening| opening.desk.as_ref()) else {
            return Ok(());
        };
        let Some(desk) = self.outside().desks.get(&place.desk).map(Arc::clone) else {
            let why = format!("there is no desk `{}` any more", place.desk);
            return Err(NotDone::Never(why));
        };
        let before = Version(row.version.0.saturating_sub(1));
        let page = self
            .store()
            .entries(row.workspace, row.conversation, before, 1);
        let page = page
            .await
            .map_err(|error| NotDone::Again(error.to_string()))?;
        let Some(stored) = page.first() else {
            return Ok(());
        };
        let item = match news {
            DeskNews::Turn { turn } => words_for_desk(&state, stored, turn),
            DeskNews::Packet if is_still_asked(&state, stored) => {
                let packet = self.packet(row.workspace, row.conversation).await;
                Some(Item::Packet(Box::new(packet.map_err(again)?.packet)))
            }
            DeskNews::HandOver if is_still_asked(&state, stored) => handed(row, &state),
            DeskNews::Closed if matches!(state.holder, Holder::Closed { .. }) => Some(Item::Closed),
            DeskNews::Packet | DeskNews::HandOver | DeskNews::Closed => None,
        };
        let Some(item) = item else {
            // Overtaken by what happened since.
            return Ok(());
        };
        let bring = Bring {
            id: request_id(row),
            thread: place.thread.clone(),
            item,
        };
        let limit = Duration::from_millis(CALL_MAX.millis());
        match tokio::time::timeout(limit, desk.bring(bring)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(DeskError::Refused(why))) => Err(NotDone::Never(why)),
            Ok(Err(DeskError::Unreachable(why))) => Err(NotDone::Again(why)),
            Err(_) => Err(NotDone::Again("it was too slow".to_owned())),
        }
    }
}

fn again(failure: Failure) -> NotDone {
    NotDone::Again(failure.to_string())
}

/// The words of a turn, unless a person has the floor by now: what the assistant had
/// said before and nobody there has read, is not said over the person.
fn words_for_desk(
    state: &State,
    stored: &StoredEntry,
    number: segue_model::turn::TurnNumber,
) -> Option<Item> {
    let (author, epoch, text) = stored.entry.events.iter().find_map(|event| match event {
        Event::TurnAdded {
            turn,
            author,
            epoch,
            text,
            ..
        } if *turn == number => Some((*author, *epoch, *text)),
        _ => None,
    })?;
    let is_late = is_late(state, epoch) && matches!(author, Author::Assistant);
    let text = text_of(stored, text).filter(|_| !is_late)?;
    Some(Item::Say(text.to_owned()))
}

fn is_late(state: &State, epoch: Epoch) -> bool {
    epoch != state.epoch && matches!(state.holder, Holder::Agent { .. })
}

/// Whether the escalation that an entry asked for is still the open one.
fn is_still_asked(state: &State, stored: &StoredEntry) -> bool {
    let open = state.escalation.as_ref().map(|open| open.request.id);
    let is_it = |event: &Event| matches!(event, Event::EscalationRequested(request) if Some(request.id) == open);
    stored.entry.events.iter().any(is_it)
}

fn handed(row: &OutboxRow, state: &State) -> Option<Item> {
    let open = state.escalation.as_ref()?;
    let request = &open.request;
    Some(Item::HandOver(Handed {
        conversation: row.conversation,
        queue: open.queue.clone(),
        rule: request.rule.0.to_string(),
        priority: request.priority,
        is_taken: state.holding_agent().is_some(),
    }))
}

/// Whether one of our people would speak or move what people of another desk have: the
/// customer is there, and so is whoever answers.
pub(crate) const fn is_for_the_desk(command: &Command, actor: Actor) -> bool {
    let is_ours = matches!(actor, Actor::Agent(_));
    is_ours
        && matches!(
            command,
            Command::Take { .. }
                | Command::AgentTurn { .. }
                | Command::AcceptOffer { .. }
                | Command::Requeue { .. }
                | Command::HandBack { .. }
                | Command::Resolve { .. }
        )
}
