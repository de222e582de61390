//! What routing is told: the work that waits, the people who are there, the
//! rules of the queues, what was measured, and the time.

use std::sync::Arc;

use segue_model::escalation::Priority;
use segue_model::id::{AgentId, ConversationId, EscalationId, QueueKey, SkillKey};
use segue_model::time::{Span, Timestamp};
use segue_model::verdict::HandoffKind;

use crate::hours::Schedule;
use crate::wait::stats::Stats;

/// Everything one decision of routing depends on.
#[derive(Debug, Clone)]
pub struct World {
    /// The time of the decision.
    pub now: Timestamp,
    /// Every escalation that nobody has accepted, in any order.
    pub waiting: Vec<Waiting>,
    /// Every agent of the workspace, in any order, present or not.
    pub agents: Vec<AgentState>,
    /// The rules of every queue.
    pub queues: Vec<QueueRules>,
    /// What was measured; shared, because it is large and rarely changes.
    pub stats: Arc<Stats>,
}

/// One escalation that nobody has accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Its identity, unique in the world.
    pub escalation: EscalationId,
    /// Where it waits.
    pub queue: QueueKey,
    /// How it was handed over; cold work never relaxes its skill.
    pub kind: HandoffKind,
    /// Its class.
    pub priority: Priority,
    /// Since when the customer waits; kept through requeue and transfer.
    pub since: Timestamp,
    /// Since when it is in this queue: equal to `since` unless it was moved
    /// to another queue. The timers of affinity and skills run from here.
    pub queued_at: Timestamp,
    /// Named agents to try first, by preference.
    pub preferred: Vec<AgentId>,
    /// Who declined it or let it time out, and when.
    pub declined_by: Vec<(AgentId, Timestamp)>,
    /// Whether it is proposed to somebody right now.
    pub has_pending_offer: bool,
    /// The instant a follow-up was promised for; it is not offered before, and
    /// its age counts from then.
    pub due_at: Option<Timestamp>,
}

impl Waiting {
    /// Whether it goes before all others and through closed doors: cold
    /// handoffs and the urgent class.
    pub fn is_urgent(&self) -> bool {
        self.priority == Priority::Urgent || self.kind == HandoffKind::Cold
    }

    /// Whether it may be offered at `now` as far as a promised time goes.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_none_or(|due| due <= now)
    }

    /// When its age begins: with the customer's wait, or when a follow-up
    /// falls due. So a night's follow-ups go before those who come after the
    /// opening and do not outrank a morning's customers by twelve hours.
    pub fn arrival(&self) -> Timestamp {
        self.due_at.map_or(self.since, |due| due.max(self.since))
    }

    /// When the timers of its queue begin.
    pub(crate) fn entered(&self) -> Timestamp {
        self.queued_at.max(self.arrival())
    }
}

/// One agent, as routing sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentState {
    /// Who.
    pub agent: AgentId,
    /// Their name, for people.
    pub name: String,
    /// What they can handle, with level (1 and up).
    pub skills: Vec<(SkillKey, u8)>,
    /// The queues they work in.
    pub queues: Vec<QueueKey>,
    /// What they say about themselves.
    pub presence: Presence,
    /// Until when their presence counts; renewed by their client (F9, F40).
    pub lease_until: Timestamp,
    /// How many conversations at once.
    pub capacity: u32,
    /// How many slots are taken, pending offers included.
    pub load: u32,
    /// How many of the taken slots serve the VIP class (F37).
    pub vip_load: u32,
    /// Since when they have nothing to do, or took their last conversation.
    pub idle_since: Timestamp,
    /// Whether their role lets them answer customers (F40).
    pub may_reply: bool,
}

/// What an agent says about being there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Takes offers.
    Available,
    /// There, but takes no new work.
    Busy,
    /// Not at the desk.
    Away,
    /// Not signed in.
    Offline,
}

/// The rules of one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueRules {
    /// Its key.
    pub key: QueueKey,
    /// Its name, for people.
    pub name: String,
    /// The skills its work asks for; empty means that anybody in it will do.
    pub skills: Vec<SkillKey>,
    /// The level each of these skills must have at first.
    pub skill_level_min: u8,
    /// When it is open.
    pub hours: Schedule,
    /// Within which time somebody should accept.
    pub target: Span,
    /// How long an offer stands.
    pub offer: Span,
    /// How long work is held for a preferred agent who is there but full, at most.
    pub affinity: Span,
    /// When the skills relax, counted from the entry into the queue: the first
    /// timer to any one of the skills, the second to anybody in the queue.
    /// Empty: they never do.
    pub relax_after: Vec<Span>,
    /// After how much open time without an accept the overflow rule applies.
    pub overflow: Span,
}
