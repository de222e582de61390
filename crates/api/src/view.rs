//! From the model to the wire, for whoever looks: staff, or the customer.
//!
//! A [`View`] looks at one conversation with one pair of eyes. Everything here
//! is pure: the same state, desk and time give the same bytes. What a customer
//! must not read (internals of a cold handoff, notes, traces, names the policy
//! keeps back) is left out here and nowhere else, so every way out (answers,
//! snapshots, live frames) keeps it back alike.

mod allowed;
mod explained;
mod review;
mod customer;
mod floor;
mod frames;
mod inbox;
mod hint;
pub mod learning;
mod packet;
mod staff;
mod timeline;
mod trace;

use std::sync::Arc;

use segue_engine::Ruleset;
use segue_engine::handoff::locale_of;
use segue_floor::State;
use segue_model::fact;
use segue_model::id::{AgentId, ConversationId, QueueKey};
use segue_model::time::Timestamp;
use segue_policy::definition::{CustomerDisclosure, StaffDisclosure};
use segue_ports::directory::{Agent, Role};
use segue_service::Desk;

pub use allowed::{ACTIONS, general as allowed_general, load_of};
pub use frames::{customer_frame, customer_snapshot, staff_frame, staff_snapshot};
pub use hint::hint;
pub use inbox::{inbox, queue_counts, row};
pub use packet::packet_both;
pub use review::review;
pub use staff::EXTERNAL_ID;
pub use trace::trace_of;

use crate::wire::timeline::Person;

/// What the assistant is called.
pub const ASSISTANT_NAME: &str = "Assistant";
/// What a customer is called of whom nothing is known.
pub const UNKNOWN_CUSTOMER: &str = "Visitor";
/// What stands instead of what somebody may not read.
pub const REDACTED: &str = "[redacted]";

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub enum Eyes<'a> {
    /// Somebody of the workspace. Analysts read everything redacted.
    Staff(&'a Agent),
    /// A program with a key: what customers see, and no names of people.
    Program,
    /// The customer.
    Customer,
}

/// One conversation, looked at by somebody.
pub struct View<'a> {
    desk: &'a Desk,
    rules: Arc<Ruleset>,
    agents: Arc<Vec<Agent>>,
    conversation: ConversationId,
    state: &'a State,
    now: Timestamp,
    eyes: Eyes<'a>,
}

impl<'a> View<'a> {
    /// Looks at a conversation.
    pub fn new(
        desk: &'a Desk,
        eyes: Eyes<'a>,
        conversation: ConversationId,
        state: &'a State,
        now: Timestamp,
    ) -> Self {
        let rules = desk.rules_for(conversation, state.opened_at);
        let agents = desk.agents();
        Self {
            desk,
            rules,
            agents,
            conversation,
            state,
            now,
            eyes,
        }
    }

    /// Whether internals are shown.
    const fn is_staff(&self) -> bool {
        matches!(self.eyes, Eyes::Staff(_))
    }

    /// Whether what people wrote is kept back (S-13: analysts).
    fn is_redacted(&self) -> bool {
        matches!(self.eyes, Eyes::Staff(agent) if agent.role == Role::Analyst)
    }

    fn locale(&self) -> Option<&str> {
        if self.is_staff() {
            None
        } else {
            locale_of(self.state)
        }
    }

    /// What people wrote, for these eyes.
    fn words(&self, text: &str) -> String {
        if self.is_redacted() {
            REDACTED.to_owned()
        } else {
            text.to_owned()
        }
    }

    fn discloses_names(&self) -> bool {
        self.is_staff() || self.rules.policy().disclosure().customer == CustomerDisclosure::Name
    }

    fn discloses_teams(&self) -> bool {
        self.is_staff() || self.rules.policy().disclosure().customer != CustomerDisclosure::None
    }

    fn shows_traces(&self) -> bool {
        self.rules.policy().disclosure().staff == StaffDisclosure::Full
    }

    fn person(&self, id: AgentId) -> Person {
        let name = self
            .agents
            .iter()
            .find(|agent| agent.id == id)
            .map(|agent| agent.name.clone());
        Person {
            id,
            name: name.unwrap_or_default(),
        }
    }

    /// Whether somebody belongs to a queue's team.
    fn serves(&self, id: AgentId, queue: &QueueKey) -> bool {
        let mut agents = self.agents.iter();
        agents.any(|agent| agent.id == id && agent.queues.contains(queue))
    }

    /// An agent's name as these eyes may read it: the person, the team, or nobody in particular.
    fn agent_name(&self, id: AgentId) -> String {
        if self.discloses_names() {
            return self.person(id).name;
        }
        match self
            .state
            .escalation
            .as_ref()
            .filter(|_| self.discloses_teams())
        {
            Some(open) => self.queue_name(&open.queue),
            None => self.unnamed(),
        }
    }

    /// "A colleague", in the customer's language.
    fn unnamed(&self) -> String {
        let nowhere = QueueKey(String::new());
        let text = self.rules.policy().who(&nowhere, None, self.locale());
        let mut chars = text.chars();
        match chars.next() {
            Some(first) => first.to_uppercase().chain(chars).collect(),
            None => text,
        }
    }

    fn queue_name(&self, key: &QueueKey) -> String {
        match self.rules.policy().queue(key) {
            Some(queue) => self
                .rules
                .policy()
                .localized(&queue.name, self.locale())
                .to_string(),
            None => key.to_string(),
        }
    }

    /// The customer's name, as they are addressed.
    fn customer_name(&self) -> String {
        if self.is_redacted() {
            return UNKNOWN_CUSTOMER.to_owned();
        }
        customer_name(self.state).to_owned()
    }
}

/// The customer's name, else their address, else nobody in particular.
pub fn customer_name(state: &State) -> &str {
    let facts = &state.facts;
    let known = facts
        .text(fact::name::NAME)
        .or_else(|| facts.text(fact::name::EMAIL));
    known.unwrap_or(UNKNOWN_CUSTOMER)
}
