//! Live frames and snapshots, for each audience.

use segue_floor::State;
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use segue_ports::directory::Agent;
use segue_ports::log::StoredEntry;
use segue_service::Desk;
use segue_service::hub::Frame;

use super::{Eyes, View};
use crate::wire::live::{ServerFrame, StateFor, TypingWho};
use crate::wire::state::{CustomerSnapshot, StaffSnapshot};

/// A conversation in full, for staff.
pub fn staff_snapshot(
    desk: &Desk,
    me: &Agent,
    conversation: ConversationId,
    (state, entries): (&State, &[StoredEntry]),
    now: Timestamp,
) -> StaffSnapshot {
    let view = View::new(desk, Eyes::Staff(me), conversation, state, now);
    let version = state.version.0;
    StaffSnapshot {
        conversation,
        version,
        items: view.items(entries),
        state: view.staff_state(me),
    }
}

/// A conversation in full, for its customer.
pub fn customer_snapshot(
    desk: &Desk,
    conversation: ConversationId,
    (state, entries): (&State, &[StoredEntry]),
    now: Timestamp,
) -> CustomerSnapshot {
    let view = View::new(desk, Eyes::Customer, conversation, state, now);
    let version = state.version.0;
    let (items, state) = (view.items(entries), view.customer_state());
    CustomerSnapshot {
        conversation,
        version,
        items,
        state,
    }
}

/// What a member of staff is told of something that happened. Nothing of what
/// concerns the customer's own page only.
pub fn staff_frame(
    desk: &Desk,
    me: &Agent,
    conversation: ConversationId,
    frame: &Frame,
    now: Timestamp,
) -> Option<ServerFrame> {
    if let Frame::Entry { entry, state } = frame {
        let view = View::new(desk, Eyes::Staff(me), conversation, state, now);
        return Some(ServerFrame::Entry {
            conversation,
            version: entry.entry.version.0,
            items: view.items([entry.as_ref()]),
            state: StateFor::Staff(Box::new(view.staff_state(me))),
        });
    }
    let is_redacted = me.role == segue_ports::directory::Role::Analyst;
    passing(conversation, frame)
        .filter(|frame| !(is_redacted && matches!(frame, ServerFrame::Delta { .. })))
}

/// What the customer is told of something that happened. `state` is the latest
/// they were told, for the wait.
pub fn customer_frame(
    desk: &Desk,
    conversation: ConversationId,
    frame: &Frame,
    state: &State,
    now: Timestamp,
) -> Option<ServerFrame> {
    match frame {
        Frame::Entry { entry, state } => {
            let view = View::new(desk, Eyes::Customer, conversation, state, now);
            let items = view.items([entry.as_ref()]);
            let state = StateFor::Customer(Box::new(view.customer_state()));
            Some(ServerFrame::Entry {
                conversation,
                version: entry.entry.version.0,
                items,
                state,
            })
        }
        Frame::Wait => {
            let view = View::new(desk, Eyes::Customer, conversation, state, now);
            view.wait()
                .map(|wait| ServerFrame::Wait { conversation, wait })
        }
        // Their own typing is no news to them.
        Frame::Typing {
            who: segue_model::turn::Role::Customer,
            ..
        } => None,
        Frame::Typing {
            who: segue_model::turn::Role::Agent,
            ..
        } => {
            let view = View::new(desk, Eyes::Customer, conversation, state, now);
            let name = state.holding_agent().map(|agent| view.agent_name(agent));
            // Only who has the floor is seen to write.
            let name = Some(name?);
            Some(ServerFrame::Typing {
                conversation,
                who: TypingWho::Agent,
                name,
            })
        }
        Frame::Delta { .. } | Frame::Typing { .. } => passing(conversation, frame),
    }
}

/// Frames that are the same for everybody.
fn passing(conversation: ConversationId, frame: &Frame) -> Option<ServerFrame> {
    match frame {
        Frame::Delta {
            epoch,
            in_reply_to,
            seq,
            text,
        } => Some(ServerFrame::Delta {
            conversation,
            epoch: epoch.0,
            in_reply_to: in_reply_to.0,
            seq: *seq,
            text: text.to_string(),
        }),
        Frame::Typing { who, name } => Some(ServerFrame::Typing {
            conversation,
            who: TypingWho::of(*who)?,
            name: name.as_deref().map(str::to_owned),
        }),
        Frame::Entry { .. } | Frame::Wait => None,
    }
}
