//! Small, valid values for tests of stores and of what stands on them.

use segue_model::event::{Actor, Entry, Event, Origin, TextRef, Version};
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, ConversationId, EscalationId, QueueKey, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_ports::directory::{Agent, Presence, PresenceRow, Role};
use segue_ports::log::{Append, Head, IdempotencyKey, SlotClaim};
use serde_json::{Value, json};
use uuid::Uuid;

/// Wednesday 2026-03-04, 12:00 UTC.
pub const NOON: Timestamp = Timestamp(1_772_625_600_000);

/// An instant some milliseconds after [`NOON`].
pub fn after_noon(ms: u64) -> Timestamp {
    NOON + Span(ms)
}

/// A workspace nobody else has.
pub fn workspace() -> WorkspaceId {
    WorkspaceId::new(Uuid::now_v7())
}

/// A conversation nobody else has.
pub fn conversation() -> ConversationId {
    ConversationId::new(Uuid::now_v7())
}

/// An escalation nobody else has.
pub fn escalation() -> EscalationId {
    EscalationId::new(Uuid::now_v7())
}

/// The head of a live conversation that the assistant holds.
pub fn head(at: Timestamp) -> Head {
    Head {
        epoch: Epoch(1),
        holder: "assistant",
        queue: None,
        agent: None,
        customer: None,
        visitor: None,
        origin: Origin::Live,
        opened_at: NOON,
        last_at: at,
        due_at: None,
        is_flagged: false,
        has_drafts: false,
    }
}

/// The head of a conversation that waits in a queue.
pub fn waiting(at: Timestamp, queue: &str) -> Head {
    Head {
        holder: "queue",
        queue: Some(QueueKey::from(queue)),
        ..head(at)
    }
}

/// An event from its stored form, so that a field added to the model with a
/// default needs no change here.
pub fn event(json: Value) -> Event {
    serde_json::from_value(json).expect("the sample is an event")
}

/// The first entry of a conversation: opened, and one customer turn.
pub fn opening(workspace: WorkspaceId, conversation: ConversationId, at: Timestamp) -> Append {
    let opened = event(json!({
        "type": "conversation_opened",
        "assistant": "builtin",
        "origin": { "origin": "live" },
        "channel": "widget",
        "locale": "en",
    }));
    let mut append = turn(
        workspace,
        conversation,
        Version(0),
        at,
        "My invoice is wrong.",
    );
    append.entry.events.insert(0, opened);
    append
}

/// One more customer turn after `expected`.
pub fn turn(
    workspace: WorkspaceId,
    conversation: ConversationId,
    expected: Version,
    at: Timestamp,
    text: &str,
) -> Append {
    let place = u32::try_from(expected.next().0).expect("a short stream");
    Append {
        workspace,
        conversation,
        expected,
        made_under: None,
        entry: Entry {
            version: expected.next(),
            at,
            actor: Actor::Customer,
            events: vec![event(json!({
                "type": "turn_added",
                "turn": place,
                "author": { "by": "customer" },
                "text": place,
                "epoch": 1,
            }))],
        },
        texts: vec![(TextRef(place), text.to_owned())],
        head: head(at),
        idempotency: None,
        claims: Vec::new(),
        releases: Vec::new(),
        outbox: Vec::new(),
        settles: None,
    }
}

/// A caller's key for a request; the same `body` gives the same fingerprint.
pub fn key(caller: &str, key: &str, body: u8) -> IdempotencyKey {
    IdempotencyKey {
        caller: caller.to_owned(),
        key: key.to_owned(),
        fingerprint: [body; 32],
    }
}

/// An agent with room for `capacity` conversations.
pub fn agent(name: &str, capacity: u32) -> Agent {
    Agent {
        id: AgentId::new(Uuid::now_v7()),
        email: format!("{}@example.com", name.to_lowercase()),
        name: name.to_owned(),
        role: Role::Agent,
        password: None,
        skills: Vec::new(),
        queues: vec![QueueKey::from("general")],
        capacity,
        is_active: true,
        created_at: NOON,
    }
}

/// The word of an agent who is there until `lease_until`.
pub fn available(agent: AgentId, lease_until: Timestamp) -> PresenceRow {
    PresenceRow {
        agent,
        presence: Presence::Available,
        lease_until,
        since: NOON,
    }
}

/// The claim of a slot by a person who acts by themselves.
pub fn claim(agent: AgentId, escalation: EscalationId) -> SlotClaim {
    SlotClaim {
        agent,
        escalation,
        must_be_available: false,
    }
}
