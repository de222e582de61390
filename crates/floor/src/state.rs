//! The state of one conversation, and how events change it.

use std::sync::Arc;

use segue_model::escalation::{EscalationRequest, Offer, OfferEnd};
use segue_model::event::{
    AssistantKind, DeskThread, Entry, Event, Opening, Origin, RatedPart, Version,
};
use segue_model::fact::Facts;
use segue_model::floor::{ClosedOutcome, Epoch, FloorCause, Holder};
use segue_model::id::{AgentId, ApiKeyId, DraftId, QueueKey};
use segue_model::limits::FLOOR_ALTERNATIONS_MAX;
use segue_model::time::Timestamp;
use segue_model::turn::{Author, Role, TurnNumber};
use segue_model::verdict::HandoffKind;

/// How far an escalation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits.
    Queued,
    /// It is proposed to an agent.
    Offered,
    /// An agent has it.
    Accepted,
    /// Nobody came in time; it is owed at `due_at`.
    Expired,
}

/// The open escalation.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    /// What was asked for.
    pub request: EscalationRequest,
    /// How far it has come.
    pub stage: Stage,
    /// Where it waits, or where it was taken from.
    pub queue: QueueKey,
    /// When it was requested.
    pub requested_at: Timestamp,
    /// Since when it is in this queue.
    pub queued_at: Timestamp,
    /// Named agents to try first.
    pub preferred: Vec<AgentId>,
    /// The proposal that is open.
    pub offer: Option<Offer>,
    /// Who said no or did not answer, and when, latest last.
    pub declined_by: Vec<(AgentId, Timestamp)>,
    /// Who has it, and since when.
    pub accepted: Option<(AgentId, Timestamp)>,
    /// Who has read the packet.
    pub packet_read_by: Vec<AgentId>,
    /// The last turn that a model's version of the packet takes account of.
    pub summarized_through: Option<TurnNumber>,
    /// By when the wait was announced to end.
    pub announced_until: Option<Timestamp>,
    /// Whether the wait was announced to be longer; that is said once.
    pub is_extended: bool,
    /// When the wait ends with an overflow or a follow-up.
    pub overflow_at: Timestamp,
    /// When it is owed, once it was put off.
    pub due_at: Option<Timestamp>,
}

impl Escalation {
    /// Whether it is owed even if the customer leaves: security's work is not the
    /// customer's to call off, and a promised follow-up is kept.
    pub const fn outlives_customer(&self) -> bool {
        matches!(self.request.kind, HandoffKind::Cold) || self.due_at.is_some()
    }

    /// How far it is when nothing is put off.
    const fn asked_stage(&self) -> Stage {
        match self.offer {
            Some(_) => Stage::Offered,
            None => Stage::Queued,
        }
    }

    /// How far it is when nobody is asked at the moment.
    fn waiting_stage(&self, at: Timestamp) -> Stage {
        if self.due_at.is_some_and(|due| due > at) {
            Stage::Expired
        } else {
            Stage::Queued
        }
    }
}

/// A draft that waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDraft {
    /// Which.
    pub id: DraftId,
    /// The customer turn it answers.
    pub in_reply_to: TurnNumber,
    /// Where its words stand.
    pub text: segue_model::event::TextRef,
}

/// An answer that is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// To which customer turn.
    pub turn: TurnNumber,
    /// By when.
    pub deadline: Timestamp,
    /// Whether the search is wider than at first.
    pub is_widened: bool,
}

/// The assistant's latest answer that the customer saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastAnswer {
    /// Its turn.
    pub turn: TurnNumber,
    /// Whether it was said to the end and is an answer, not a question back.
    pub is_whole: bool,
}

/// Who has dealt with the customer here, and for which team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The person.
    pub agent: AgentId,
    /// The queue it was taken from.
    pub queue: QueueKey,
}

/// One conversation, folded from its events.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// How many entries it is folded from; 0 before the first.
    pub version: Version,
    /// The current epoch.
    pub epoch: Epoch,
    /// Who may speak.
    pub holder: Holder,
    /// What it was opened with; absent before the first entry.
    /// Shared, because a state is copied with every decision and this never changes.
    pub opening: Option<Arc<Opening>>,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was last written to.
    pub last_at: Timestamp,
    /// When the customer last wrote.
    pub last_customer_at: Timestamp,
    /// How many turns there are.
    pub turns: u32,
    /// How many of them are the customer's.
    pub customer_turns: u32,
    /// The customer's latest turn.
    pub last_customer_turn: Option<TurnNumber>,
    /// The role of the latest turn that is not the system's.
    pub last_role: Option<Role>,
    /// The latest customer turn that the assistant has answered, or drafted an answer
    /// to, under this epoch; 0 for a first word unasked.
    pub answered: Option<TurnNumber>,
    /// The assistant's latest answer.
    pub last_answer: Option<LastAnswer>,
    /// Whether the customer's last word on the assistant's answers is that one helped.
    pub is_confirmed: bool,
    /// How many texts there are.
    pub texts: u32,
    /// The open escalation.
    pub escalation: Option<Escalation>,
    /// How many escalations there were, the open one included.
    pub escalations: u32,
    /// Who accepted last, of all escalations.
    pub served: Option<Served>,
    /// When the customer ended it, while an agent had it and has not wrapped it up.
    pub left_at: Option<Timestamp>,
    /// The answer that is expected.
    pub awaited: Option<Awaited>,
    /// Drafts that wait for a person.
    pub drafts: Vec<OpenDraft>,
    /// How often the floor passed between assistant and people since the customer last
    /// wrote or the conversation reopened.
    pub alternations: u32,
    /// How often the conversation was handed back.
    pub hand_backs: u32,
    /// Whether the assistant has missed a deadline since the customer last wrote.
    pub is_assistant_timed_out: bool,
    /// What is known of the customer.
    pub facts: Arc<Facts>,
    /// Keys that may write here.
    pub granted: Vec<ApiKeyId>,
    /// Whether supervisors should look.
    pub is_flagged: bool,
    /// Whether the assistant has spoken.
    pub has_assistant_part: bool,
    /// Whether a person has spoken.
    pub has_agent_part: bool,
    /// Which parts are rated.
    pub rated: Vec<RatedPart>,
    /// Whether an address was left.
    pub has_contact: bool,
    /// When it ended, if it has.
    pub closed_at: Option<Timestamp>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            version: Version::default(),
            epoch: Epoch::default(),
            holder: Holder::Closed {
                outcome: ClosedOutcome::Idle,
            },
            opening: None,
            opened_at: Timestamp::default(),
            last_at: Timestamp::default(),
            last_customer_at: Timestamp::default(),
            turns: 0,
            customer_turns: 0,
            last_customer_turn: None,
            last_role: None,
            answered: None,
            last_answer: None,
            is_confirmed: false,
            texts: 0,
            escalation: None,
            escalations: 0,
            served: None,
            left_at: None,
            awaited: None,
            drafts: Vec::new(),
            alternations: 0,
            hand_backs: 0,
            is_assistant_timed_out: false,
            facts: Arc::default(),
            granted: Vec::new(),
            is_flagged: false,
            has_assistant_part: false,
            has_agent_part: false,
            rated: Vec::new(),
            has_contact: false,
            closed_at: None,
        }
    }
}

impl State {
    /// Whether the built-in assistant answers here.
    pub fn is_builtin(&self) -> bool {
        self.opening
            .as_ref()
            .is_some_and(|opening| opening.assistant == AssistantKind::Builtin)
    }

    /// Whether Segue asks the assistant here: the built-in one, or a bot. Another one
    /// brings its answers by itself.
    pub fn is_assistant_asked(&self) -> bool {
        let has_bot = |opening: &Arc<Opening>| opening.bot.is_some();
        self.is_builtin() || self.opening.as_ref().is_some_and(has_bot)
    }

    /// Whether its customer and its people are at another help desk, so that the wait
    /// for a person is that desk's.
    pub fn is_at_other_desk(&self) -> bool {
        self.other_desk().is_some()
    }

    /// The other help desk that it is at.
    pub fn other_desk(&self) -> Option<&DeskThread> {
        self.opening.as_ref()?.desk.as_ref()
    }

    /// Whether it takes place here and now.
    pub fn is_live(&self) -> bool {
        self.opening
            .as_ref()
            .is_some_and(|opening| opening.origin == Origin::Live)
    }

    /// The agent who has the floor.
    pub const fn holding_agent(&self) -> Option<AgentId> {
        match &self.holder {
            Holder::Agent { agent } => Some(*agent),
            _ => None,
        }
    }

    /// Whether the conversation waits for a person.
    pub const fn is_waiting(&self) -> bool {
        matches!(self.holder, Holder::Queue { .. } | Holder::Locked { .. })
    }

    /// Whether the assistant has answered this turn, or a later one, under this epoch;
    /// `None` stands for a first word unasked.
    pub fn is_answered(&self, turn: Option<TurnNumber>) -> bool {
        self.answered
            .is_some_and(|answered| turn.unwrap_or_default() <= answered)
    }

    /// Whether the floor may go to the assistant: only if it may still come back to
    /// people after that, so that it ends with them (I16, F41).
    pub const fn may_pass_to_assistant(&self) -> bool {
        self.alternations + 2 <= FLOOR_ALTERNATIONS_MAX
    }

    /// Whether the latest word is the customer's and nobody has answered it.
    pub fn has_open_question(&self) -> bool {
        self.last_role == Some(Role::Customer)
    }
}

/// Folds one entry into the state.
pub fn evolve(state: &mut State, entry: &Entry) {
    state.version = entry.version;
    state.last_at = entry.at;
    for event in &entry.events {
        apply(state, event, entry.at);
    }
}

/// Copies one event into the state. Decides nothing.
pub(crate) fn apply(state: &mut State, event: &Event, at: Timestamp) {
    match event {
        Event::ConversationOpened(opening) => {
            state.holder = Holder::Assistant;
            state.facts = Arc::new(opening.facts.clone());
            state.opened_at = at;
            state.opening = Some(Arc::new(Opening::clone(opening)));
        }
        Event::TurnAdded {
            turn,
            author,
            text,
            in_reply_to,
            is_cut,
            scores,
            ..
        } => {
            state.turns = turn.0;
            state.texts = text.0;
            apply_turn(state, *turn, author, *in_reply_to, at);
            if matches!(author, Author::Assistant) && !scores.is_courtesy {
                state.last_answer = Some(LastAnswer {
                    turn: *turn,
                    is_whole: !is_cut && !scores.is_fallback,
                });
            }
        }
        // An answer that is not shown answers nothing: what is awaited stays awaited.
        Event::TurnSuppressed { text, .. } => state.texts = text.0,
        Event::VerdictReached { .. } | Event::ShadowDecided { .. } => {}
        Event::AnswerAwaited {
            turn,
            deadline,
            is_widened,
        } => {
            state.awaited = Some(Awaited {
                turn: *turn,
                deadline: *deadline,
                is_widened: *is_widened,
            });
        }
        Event::FloorChanged { to, epoch, cause } => apply_floor(state, to, *epoch, *cause, at),
        Event::DraftStaged {
            draft,
            text,
            in_reply_to,
            ..
        } => {
            state.texts = text.0;
            state.awaited = None;
            state.answered = state.answered.max(Some(*in_reply_to));
            state.drafts.push(OpenDraft {
                id: *draft,
                in_reply_to: *in_reply_to,
                text: *text,
            });
        }
        Event::DraftRejected { draft, .. } => {
            state.drafts.retain(|open| open.id != *draft);
            // Nobody has answered; another draft may be tried.
            state.answered = None;
        }
        Event::DraftReleased { draft, .. } | Event::DraftOutdated { draft } => {
            state.drafts.retain(|open| open.id != *draft)
        }
        Event::NoteAdded { text, .. } | Event::HandoffExplained { text, .. } => {
            state.texts = text.0;
        }
        Event::ContactLeft { text } => {
            state.texts = text.0;
            state.has_contact = true;
        }
        Event::Rated { part, text, .. } => {
            state.rated.push(*part);
            if let Some(text) = text {
                state.texts = text.0;
            }
        }
        Event::HandedBack {
            brief, is_answered, ..
        } => {
            state.texts = brief.0;
            if *is_answered {
                state.last_role = Some(Role::Agent);
            }
            state.hand_backs += 1;
            state.escalation = None;
        }
        Event::FlaggedForReview { .. } => state.is_flagged = true,
        Event::FlagCleared { .. } => state.is_flagged = false,
        Event::FactsLearned { facts } => state.facts = Arc::new(facts.clone()),
        Event::KeyGranted { key } => state.granted.push(*key),
        Event::AnswerConfirmed { helped, .. } => state.is_confirmed = *helped,
        Event::OutcomeRecorded { .. }
        | Event::AnswerGraded { .. }
        | Event::HandoffJudged { .. } => {}
        Event::CustomerLeft => state.left_at = Some(at),
        Event::EscalationRequested(_)
        | Event::EscalationQueued { .. }
        | Event::EscalationRaised { .. }
        | Event::WaitExtended { .. }
        | Event::OfferMade { .. }
        | Event::OfferEnded { .. }
        | Event::EscalationAccepted { .. }
        | Event::EscalationExpired { .. }
        | Event::EscalationAbandoned { .. }
        | Event::EscalationWithdrawn { .. }
        | Event::EscalationResolved { .. }
        | Event::PacketRead { .. } => apply_escalation(state, event, at),
        Event::SummaryAttached { text, .. } => {
            state.texts = text.0;
            apply_escalation(state, event, at);
        }
    }
}

fn apply_turn(
    state: &mut State,
    turn: TurnNumber,
    author: &Author,
    in_reply_to: Option<TurnNumber>,
    at: Timestamp,
) {
    let role = author.role();
    match author {
        Author::Customer => {
            state.customer_turns += 1;
            state.last_customer_turn = Some(turn);
            state.last_customer_at = at;
            state.left_at = None;
            state.alternations = 0;
            state.is_assistant_timed_out = false;
            state.is_confirmed = false;
            state.awaited = None;
        }
        Author::Assistant => {
            let answered = in_reply_to.unwrap_or_default();
            state.has_assistant_part = true;
            // A late answer to an earlier turn leaves the one to the latest owed.
            state.awaited = state.awaited.filter(|awaited| answered < awaited.turn);
            state.answered = state.answered.max(Some(answered));
        }
        Author::Draft { .. } => {
            state.has_agent_part = true;
            state.awaited = None;
        }
        Author::Agent { .. } => state.has_agent_part = true,
        Author::System { .. } => {}
    }
    if role != Role::System {
        state.last_role = Some(role);
    }
}

fn apply_floor(state: &mut State, to: &Holder, epoch: Epoch, cause: FloorCause, at: Timestamp) {
    let crosses = state.holder.is_with_people() != to.is_with_people();
    if crosses && !matches!(cause, FloorCause::Closed | FloorCause::Reopened) {
        state.alternations += 1;
    }
    if cause == FloorCause::AssistantSilent {
        state.is_assistant_timed_out = true;
    }
    state.closed_at = matches!(to, Holder::Closed { .. }).then_some(at);
    if !to.is_with_people() {
        state.left_at = None;
    }
    state.epoch = epoch;
    state.holder = to.clone();
    state.awaited = None;
    // One answer to a turn per epoch (F4): a new holder may answer what the last one left.
    state.answered = None;
    if cause == FloorCause::Reopened {
        state.alternations = 0;
        state.rated.clear();
    }
}

fn apply_escalation(state: &mut State, event: &Event, at: Timestamp) {
    if let Event::EscalationRequested(request) = event {
        state.escalations += 1;
        state.escalation = Some(Escalation {
            stage: Stage::Queued,
            queue: request.queue.clone(),
            requested_at: at,
            queued_at: at,
            preferred: request.preferred.clone(),
            offer: None,
            declined_by: Vec::new(),
            accepted: None,
            packet_read_by: Vec::new(),
            summarized_through: None,
            announced_until: request.announced_until,
            is_extended: false,
            overflow_at: request.overflow_at,
            due_at: request.due_at,
            request: (**request).clone(),
        });
        return;
    }
    let is_over = matches!(
        event,
        Event::EscalationAbandoned { .. }
            | Event::EscalationWithdrawn { .. }
            | Event::EscalationResolved { .. }
    );
    if is_over {
        state.escalation = None;
        return;
    }
    let Some(open) = state.escalation.as_mut() else {
        return;
    };
    match event {
        Event::EscalationQueued {
            queue,
            preferred,
            announced_until,
            overflow_at,
            ..
        } => {
            open.stage = open.waiting_stage(at);
            if open.queue != *queue {
                open.queued_at = at;
            }
            open.queue = queue.clone();
            open.preferred.clone_from(preferred);
            open.offer = None;
            open.accepted = None;
            open.announced_until = *announced_until;
            open.is_extended = false;
            open.overflow_at = *overflow_at;
        }
        Event::EscalationRaised {
            turn,
            rule,
            trigger,
            kind,
            priority,
            ..
        } => {
            open.request.turn = *turn;
            open.request.rule = rule.clone();
            open.request.trigger = *trigger;
            open.request.kind = *kind;
            open.request.priority = *priority;
            // What was promised for later is owed at once when it has become security's.
            if *kind == HandoffKind::Cold && open.accepted.is_none() {
                open.due_at = None;
                open.stage = open.asked_stage();
            }
        }
        Event::WaitExtended { .. } => open.is_extended = true,
        Event::OfferMade { offer, .. } => {
            open.stage = Stage::Offered;
            open.offer = Some(offer.clone());
        }
        Event::OfferEnded { agent, end, .. } => {
            open.offer = None;
            open.stage = open.waiting_stage(at);
            if matches!(end, OfferEnd::Declined | OfferEnd::TimedOut) {
                open.declined_by.retain(|(who, _)| who != agent);
                open.declined_by.push((*agent, at));
            }
        }
        Event::EscalationAccepted { agent, .. } => {
            open.stage = Stage::Accepted;
            open.accepted = Some((*agent, at));
            state.served = Some(Served {
                agent: *agent,
                queue: open.queue.clone(),
            });
            // Somebody has come: nothing is put off any more.
            open.due_at = None;
        }
        Event::EscalationExpired { due_at, .. } => {
            open.stage = Stage::Expired;
            open.due_at = Some(*due_at);
        }
        Event::SummaryAttached { through, .. } => open.summarized_through = Some(*through),
        Event::PacketRead { agent, .. } if !open.packet_read_by.contains(agent) => {
            open.packet_read_by.push(*agent);
        }
        _ => {}
    }
}
