//! Small worlds.

use std::sync::Arc;

use segue_model::escalation::Priority;
use segue_model::id::{AgentId, EscalationId, QueueKey, SkillKey};
use segue_model::time::{Span, Timestamp};
use segue_model::verdict::HandoffKind;
use segue_routing::{AgentState, Presence, QueueRules, Schedule, Stats, Waiting, World};

/// Wednesday, 4 November 2026, 12:00 UTC.
pub const NOON: Timestamp = Timestamp(1_793_793_600_000);

pub fn at(minutes: i64) -> Timestamp {
    Timestamp(NOON.0 + minutes * 60_000)
}

pub fn agent_id(n: u32) -> AgentId {
    format!("agt_{n:032x}").parse().unwrap()
}

pub fn escalation_id(n: u32) -> EscalationId {
    format!("esc_{n:032x}").parse().unwrap()
}

pub fn skills(names: &[&str]) -> Vec<SkillKey> {
    names
        .iter()
        .map(|name| SkillKey((*name).to_owned()))
        .collect()
}

pub fn queue(key: &str) -> QueueRules {
    QueueRules {
        key: key.into(),
        name: key.to_owned(),
        skills: Vec::new(),
        skill_level_min: 1,
        hours: Schedule::always(),
        target: Span::minutes(6),
        offer: Span::seconds(30),
        affinity: Span::minutes(5),
        relax_after: Vec::new(),
        overflow: Span::minutes(15),
    }
}

/// An agent with nothing to do, three slots, in the queue `general`.
pub fn agent(n: u32) -> AgentState {
    AgentState {
        agent: agent_id(n),
        name: format!("Agent {n}"),
        skills: Vec::new(),
        queues: vec!["general".into()],
        presence: Presence::Available,
        lease_until: at(100_000),
        capacity: 3,
        load: 0,
        vip_load: 0,
        idle_since: at(-60),
        may_reply: true,
    }
}

/// A warm handoff to `general` that has waited for `minutes`.
pub fn waiting(n: u32, minutes: i64) -> Waiting {
    Waiting {
        conversation: format!("conv_{n:032x}").parse().unwrap(),
        escalation: escalation_id(n),
        queue: QueueKey::from("general"),
        kind: HandoffKind::Warm,
        priority: Priority::Normal,
        since: at(-minutes),
        queued_at: at(-minutes),
        preferred: Vec::new(),
        declined_by: Vec::new(),
        has_pending_offer: false,
        due_at: None,
    }
}

pub fn world(waiting: Vec<Waiting>, agents: Vec<AgentState>) -> World {
    World {
        now: NOON,
        waiting,
        agents,
        queues: vec![queue("general")],
        stats: Arc::new(Stats::new()),
    }
}

/// The number an id was made of, so that expectations read well.
pub fn number(id: impl std::fmt::Display) -> u32 {
    let text = id.to_string();
    u32::from_str_radix(text.split_once('_').unwrap().1, 16).unwrap()
}
