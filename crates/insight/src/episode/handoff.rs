//! One handoff: from the request to its end, with what retention needs.

use segue_model::escalation::{Disposition, EscalationRequest, RootCause, Trigger};
use segue_model::id::EscalationId;
use segue_model::time::Timestamp;

use super::{Lead, Name};
use segue_detect::reask::{self, SlotSet, Slots};

/// How many of the agent's messages are looked at for asking again (science §1.2).
const WATCHED_MESSAGES: u32 = 3;
/// After how many of the customer's answers the look ends (science §1.2).
const WATCHED_ANSWERS: u32 = 2;
/// The shortest time in which a packet can be read (science §1.2, E2). The part
/// that grows with the packet's length is left out: the log names no length.
const DWELL_MS_MIN: u64 = 3_000;

/// Passed to another queue within so many messages of the agent, it had come to the
/// wrong people (science §1.1).
const MISROUTE_MESSAGES_MAX: u32 = 2;

/// How a handoff ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// An agent dealt with it.
    Resolved(Disposition),
    /// It went back to the assistant.
    HandedBack,
    /// The customer left.
    Abandoned,
    /// The customer no longer wanted a person.
    Withdrawn,
}

/// What a handoff begins with beside its request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Routing {
    pub queue: Name,
    pub rule: Name,
    pub lead: Lead,
    /// Whether there was a customer turn for the packet to speak of.
    pub has_packet: bool,
}

/// One handoff's record.
#[derive(Debug, Clone)]
pub(crate) struct Handoff {
    pub id: EscalationId,
    pub trigger: Trigger,
    pub rule: Name,
    pub queue: Name,
    /// Who has or had it last.
    pub agent: Option<Name>,
    /// What came before it.
    pub lead: Lead,
    pub requested_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub first_reply_at: Option<Timestamp>,
    /// When the customer was told that nobody comes at once; then nobody waits any more.
    pub expired_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub end: Option<End>,
    pub root_cause: Option<RootCause>,
    pub active_ms: Option<u64>,
    /// Whether an agent took the conversation unasked, so that nobody waited.
    pub is_taken: bool,
    /// Whether it was promised for later when it was asked for, so that nobody waits at once.
    pub is_put_off: bool,
    /// Whether an agent passed it on after having written.
    pub is_transferred: bool,
    /// Whether it came to people who could not deal with it.
    pub is_misrouted: bool,
    /// Whether the agent says that the assistant could have dealt with it.
    pub assistant_could: Option<bool>,
    /// Whether there was a customer turn for the packet to speak of.
    pub has_packet: bool,
    /// Whether the packet was opened at all.
    pub is_packet_read: bool,
    /// For how long the packet was in view before the agent's first message.
    dwell_before_ms: Option<u64>,
    agent_messages: u32,
    answers: u32,
    is_generic: bool,
    is_confirmed: bool,
    is_acknowledged: bool,
    /// Whether a message that was to be looked at is erased.
    is_unreadable: bool,
    suspected: SlotSet,
}

impl Handoff {
    pub(super) fn new(request: &EscalationRequest, names: Routing, at: Timestamp) -> Self {
        Self {
            id: request.id,
            trigger: request.trigger,
            rule: names.rule,
            queue: names.queue,
            agent: None,
            lead: names.lead,
            requested_at: at,
            accepted_at: None,
            first_reply_at: None,
            expired_at: None,
            ended_at: None,
            end: None,
            root_cause: None,
            active_ms: None,
            is_taken: false,
            is_put_off: request.due_at.is_some(),
            is_transferred: false,
            is_misrouted: false,
            assistant_could: None,
            has_packet: names.has_packet,
            is_packet_read: false,
            dwell_before_ms: None,
            agent_messages: 0,
            answers: 0,
            is_generic: false,
            is_confirmed: false,
            is_acknowledged: false,
            is_unreadable: false,
            suspected: SlotSet::default(),
        }
    }

    /// An agent has it.
    pub fn accept(&mut self, agent: Name, at: Timestamp) {
        // Taken over from a colleague who had written to the customer.
        self.is_transferred |=
            self.agent.is_some_and(|before| before != agent) && self.agent_messages > 0;
        self.is_taken |= self.accepted_at.is_none() && self.requested_at == at;
        self.accepted_at.get_or_insert(at);
        self.agent = Some(agent);
    }

    /// It waits in a queue, be it passed there by an agent or not.
    pub fn wait_in(&mut self, queue: Name, is_passed: bool) {
        if is_passed && self.accepted_at.is_some() {
            self.is_transferred |= self.agent_messages > 0;
            self.is_misrouted |=
                queue != self.queue && self.agent_messages <= MISROUTE_MESSAGES_MAX;
        }
        self.queue = queue;
    }

    /// Whether the customer said anything after an agent's first message.
    pub const fn is_answered_by_customer(&self) -> bool {
        self.answers > 0
    }

    /// Whether it was solved.
    pub const fn is_solved(&self) -> bool {
        matches!(self.end, Some(End::Resolved(Disposition::Solved)))
    }

    /// Whether it is under way.
    pub const fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether its customer left before anybody came.
    pub const fn is_abandoned_waiting(&self) -> bool {
        matches!(self.end, Some(End::Abandoned)) && self.accepted_at.is_none()
    }

    /// Whether an agent dealt with it to an end.
    pub const fn is_dealt_with(&self) -> bool {
        matches!(self.end, Some(End::Resolved(_) | End::HandedBack))
    }

    /// Whether retention can be judged: accepted, with something in the packet
    /// and a message of the agent whose text is there.
    pub const fn is_judged(&self) -> bool {
        self.accepted_at.is_some()
            && self.has_packet
            && self.first_reply_at.is_some()
            && !self.is_unreadable
    }

    /// E1: the packet was opened before the agent's first message.
    pub const fn is_opened_before(&self) -> bool {
        self.dwell_before_ms.is_some()
    }

    /// E2: and for long enough to be read.
    pub fn is_dwelled(&self) -> bool {
        self.dwell_before_ms.is_some_and(|ms| ms >= DWELL_MS_MIN)
    }

    /// E3: the customer was not asked again.
    pub const fn is_free_of_reask(&self) -> bool {
        !self.is_generic && !self.is_confirmed
    }

    /// E4: the first message shows a value from the packet.
    pub const fn is_acknowledged(&self) -> bool {
        self.is_acknowledged
    }

    /// Whether E3 may still change.
    pub const fn is_watched(&self) -> bool {
        self.is_open() && self.answers < WATCHED_ANSWERS && self.agent_messages <= WATCHED_MESSAGES
    }

    pub fn read_packet(&mut self, dwell_ms: u64) {
        self.is_packet_read = true;
        if self.agent_messages == 0 {
            let before = self.dwell_before_ms.unwrap_or(0);
            self.dwell_before_ms = Some(before.saturating_add(dwell_ms));
        }
    }

    /// The agent speaks; without a text it has been erased.
    pub fn hear_agent(
        &mut self,
        text: Option<&str>,
        at: Timestamp,
        known: &Slots,
        has_concern: bool,
    ) {
        let is_first = self.agent_messages == 0;
        self.agent_messages = self.agent_messages.saturating_add(1);
        self.first_reply_at.get_or_insert(at);
        // The next words of the customer answer this message, not an earlier one.
        self.suspected = SlotSet::default();
        if self.agent_messages > WATCHED_MESSAGES || self.answers >= WATCHED_ANSWERS {
            return;
        }
        let Some(text) = text else {
            self.is_unreadable = true;
            return;
        };
        let heard = reask::hear(text, known, has_concern);
        self.is_generic |= heard.is_generic;
        self.suspected = heard.suspected;
        if is_first {
            self.is_acknowledged = reask::acknowledges(text, known);
        }
    }

    /// The customer answers the agent.
    pub fn hear_customer(&mut self, text: &str, known: &Slots) {
        if self.agent_messages == 0 {
            return;
        }
        self.is_confirmed |= reask::repeats(text, known, self.suspected);
        self.answers = self.answers.saturating_add(1);
    }

    pub fn finish(&mut self, end: End, at: Timestamp) {
        self.end = Some(end);
        self.ended_at = Some(at);
        self.suspected = SlotSet::default();
    }
}
