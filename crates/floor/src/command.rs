//! What may be asked of a conversation. Whatever needs a lookup, a policy or a
//! roster has been prepared as a value before it gets here.

use segue_model::escalation::{
    DeclineReason, Disposition, EscalationRequest, Offer, Priority, RootCause, Trigger,
};
use segue_model::event::{Grade, Opening, RatedPart, TextRef};
use segue_model::fact::Facts;
use segue_model::floor::{Epoch, FloorCause};
use segue_model::id::{AgentId, ApiKeyId, DraftId, EscalationId, OfferId, QueueKey};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, NoticeKind, TurnNumber};
use segue_model::verdict::{HandoffKind, Verdict};

/// A line that the system says to the customer, ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// What it is for.
    pub notice: NoticeKind,
    /// The words. Never empty: a silent handoff is refused.
    pub text: String,
}

/// A handoff, complete: what is owed, and what the customer reads at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// The obligation.
    pub request: EscalationRequest,
    /// The notice; in the same append as the change of floor.
    pub notice: Say,
}

/// A place in a queue, with what the customer reads about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where.
    pub queue: QueueKey,
    /// Named agents to try first.
    pub preferred: Vec<AgentId>,
    /// By when the wait was announced to end.
    pub announced_until: Option<Timestamp>,
    /// When it ends with an overflow or a follow-up.
    pub overflow_at: Timestamp,
    /// The notice.
    pub notice: Say,
}

/// What a customer's turn makes of an escalation that people deal with already.
#[derive(Debug, Clone, PartialEq)]
pub struct Rise {
    /// The verdict that weighs it so; it is kept with its trace and flags the conversation.
    pub verdict: Verdict,
    /// Its trigger class.
    pub trigger: Trigger,
    /// How it passes from now on.
    pub kind: HandoffKind,
    /// Its class of service from now on.
    pub priority: Priority,
    /// Where it is locked, if it waits and is to be.
    pub lock: Option<Waiting>,
}

/// An assistant's text with its scores and what the policy says to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The text.
    pub text: String,
    /// The epoch it was made under.
    pub epoch: Epoch,
    /// The customer turn it answers; `None` for a first word unasked.
    pub in_reply_to: Option<TurnNumber>,
    /// Whether it goes on from an answer that was given already.
    pub is_more: bool,
    /// The assistant's scores.
    pub scores: AnswerScores,
    /// What the policy says; `None` where nothing is judged (a first word).
    pub verdict: Option<Verdict>,
    /// Prepared when the verdict escalates.
    pub handoff: Option<Box<Handoff>>,
    /// What the assistant asks instead, when it may not answer; the built-in one only.
    pub clarify: Option<String>,
    /// By when a widened search is to answer.
    pub deadline: Timestamp,
    /// What the customer has seen of it already, because it was said as it came. What
    /// was seen is not taken back: it stays, whatever the verdict.
    pub shown: Option<String>,
    /// Whether it breaks off: nobody will hear the rest.
    pub is_cut: bool,
}

/// A turn that took place elsewhere, before the conversation came here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    /// Whether the customer wrote it; the assistant otherwise.
    pub is_customers: bool,
    /// The words.
    pub text: String,
}

/// Something asked of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Begin.
    Open {
        /// With what.
        opening: Box<Opening>,
        /// The first line: an AI answers.
        welcome: Option<Say>,
    },
    /// What was said elsewhere until now. Nobody decides on it, and nobody owes an answer.
    Recall {
        /// Oldest first.
        turns: Vec<Recalled>,
    },
    /// The customer says something.
    CustomerTurn {
        /// The words.
        text: String,
        /// What the policy says; `None` while people have the floor.
        verdict: Option<Verdict>,
        /// What the turn makes of it while people have the floor, if it weighs more
        /// than what it was handed over for.
        rise: Option<Box<Rise>>,
        /// Prepared when the verdict escalates.
        handoff: Option<Box<Handoff>>,
        /// Told to the customer when drafts are reviewed from now on.
        review_notice: Option<Say>,
        /// What the assistant had shown of an answer that this turn cuts.
        said_so_far: Option<Answer>,
        /// By when the assistant is to answer.
        answer_by: Timestamp,
    },
    /// The assistant answers.
    AssistantTurn(Box<Answer>),
    /// The assistant is still saying its answer, so that it is not silent.
    AnswerGoesOn {
        /// The epoch it is said under.
        epoch: Epoch,
        /// The customer turn it answers.
        in_reply_to: TurnNumber,
        /// By when it is to be whole, or to be heard of again.
        deadline: Timestamp,
    },
    /// The customer, or the assistant's developer, asks for a person without words.
    AskForPerson {
        /// The handoff.
        handoff: Box<Handoff>,
        /// What the assistant had shown of an answer that this cuts.
        said_so_far: Option<Answer>,
        /// What the assistant says of it to staff, if it is the assistant who asks.
        told: Option<String>,
    },
    /// The customer would rather go on with the assistant.
    Withdraw {
        /// What they read.
        notice: Say,
    },
    /// The customer leaves an address instead of waiting.
    LeaveContact {
        /// The address.
        address: String,
        /// What they read.
        notice: Say,
        /// When somebody is to come back to it.
        due_at: Timestamp,
    },
    /// The customer says whether an answer helped.
    ConfirmAnswer {
        /// The assistant's turn.
        turn: TurnNumber,
        /// Whether it did.
        helped: bool,
    },
    /// The customer ends it.
    End {
        /// What they read.
        notice: Say,
    },
    /// The customer rates one part of the episode.
    Rate {
        /// Which.
        part: RatedPart,
        /// 1–5.
        score: u8,
        /// In their words.
        text: Option<String>,
    },
    /// Routing proposes it to an agent.
    MakeOffer(Offer),
    /// The agent says no.
    DeclineOffer {
        /// Which.
        offer: OfferId,
        /// Who.
        agent: AgentId,
        /// Why.
        reason: DeclineReason,
        /// Told to the customer if a person was named to them.
        notice: Option<Say>,
    },
    /// The agent says yes.
    AcceptOffer {
        /// Which.
        offer: OfferId,
        /// Who.
        agent: AgentId,
        /// What the customer reads.
        joined: Say,
    },
    /// An agent takes the floor unasked.
    Take {
        /// Who.
        agent: AgentId,
        /// Used if no escalation is open.
        handoff: Box<Handoff>,
        /// What the assistant had shown of an answer that this cuts.
        said_so_far: Option<Answer>,
    },
    /// An agent speaks. Where no agent has the floor, this takes it (F5).
    AgentTurn {
        /// Who.
        agent: AgentId,
        /// The epoch they saw.
        epoch: Epoch,
        /// The words.
        text: String,
        /// Used if the reply takes the floor.
        handoff: Box<Handoff>,
        /// What the assistant had shown of an answer that this cuts.
        said_so_far: Option<Answer>,
    },
    /// A private note.
    AddNote {
        /// Who.
        agent: AgentId,
        /// The words.
        text: String,
    },
    /// An agent read the packet.
    ReadPacket {
        /// Who.
        agent: AgentId,
        /// For how long, in milliseconds.
        dwell_ms: u64,
    },
    /// An agent, or the loss of their presence, returns it to people.
    Requeue {
        /// Whose floor it is; `None` for a supervisor who moves what waits.
        agent: Option<AgentId>,
        /// Where it goes.
        to: Box<Waiting>,
        /// Why: passed on, requeued, presence lost, overflowed.
        cause: FloorCause,
    },
    /// An agent hands it back to the assistant.
    HandBack {
        /// Who.
        agent: AgentId,
        /// The line to the customer.
        line: Say,
        /// What the assistant is told.
        brief: String,
        /// Why the assistant could not, before.
        root_cause: RootCause,
        /// The agent's active time, in milliseconds.
        active_ms: u64,
        /// Whether the agent says that the assistant could have dealt with it.
        assistant_could: Option<bool>,
        /// Whether the assistant owes an answer to what the customer wrote last, if nobody
        /// has answered it. Not, if the agent's line did.
        is_answer_owed: bool,
        /// By when the assistant is to answer, if it owes an answer.
        answer_by: Timestamp,
    },
    /// An agent is done.
    Resolve {
        /// Who.
        agent: AgentId,
        /// Why the assistant could not.
        root_cause: RootCause,
        /// How it ended.
        disposition: Disposition,
        /// The agent's active time, in milliseconds.
        active_ms: u64,
        /// Whether the agent says that the assistant could have dealt with it.
        assistant_could: Option<bool>,
        /// What the customer reads.
        notice: Say,
    },
    /// An agent releases a draft.
    ReleaseDraft {
        /// Which.
        draft: DraftId,
        /// Who.
        agent: AgentId,
        /// The words instead, if the agent changed them.
        edited: Option<String>,
        /// The draft's own words.
        text: String,
    },
    /// An agent turns a draft down.
    RejectDraft {
        /// Which.
        draft: DraftId,
        /// Who.
        agent: AgentId,
    },
    /// An agent ends the review: the assistant answers by itself again.
    EndReview {
        /// Who.
        agent: AgentId,
    },
    /// More is known about the customer.
    LearnFacts(Facts),
    /// A key may write here.
    GrantKey(ApiKeyId),
    /// A model's version of the packet, checked already. It says nothing about who may
    /// speak, and nothing it says can change that.
    AttachSummary {
        /// Of which handoff; another than the open one is refused.
        escalation: EscalationId,
        /// The version, as JSON.
        text: String,
        /// The last turn that it takes account of.
        through: TurnNumber,
        /// What the model calls itself.
        model: String,
    },
    /// A supervisor has looked.
    ClearFlag {
        /// Who.
        agent: AgentId,
    },
    /// Somebody judges an answer of the assistant, shown or held back. What is told of the
    /// answer besides stands in the log already; it is looked up, not asked of them.
    GradeAnswer {
        /// Who.
        agent: AgentId,
        /// The customer turn it was to answer.
        turn: TurnNumber,
        /// Its text.
        text: TextRef,
        /// The judgement.
        grade: Grade,
        /// Whether the customer saw it.
        was_shown: bool,
        /// What the bands held against it, 0–1.
        score: f64,
        /// With what probability it was drawn, above 0 and at most 1.
        by_chance: f64,
    },
    /// The assistant has not answered in time.
    AssistantSilent {
        /// The handoff.
        handoff: Box<Handoff>,
        /// What it had shown until then.
        said_so_far: Option<Answer>,
    },
    /// An offer has run out.
    OfferTimedOut {
        /// Told to the customer if a person was named to them.
        notice: Option<Say>,
    },
    /// The wait has passed what was announced.
    WaitPassed {
        /// What the customer reads: the new estimate and a choice.
        notice: Say,
    },
    /// Nobody came in time and there is no further queue.
    Expire {
        /// What the customer reads.
        notice: Say,
        /// When somebody is to come back to it.
        due_at: Timestamp,
    },
    /// The customer has ended it, and nobody has wrapped it up in time.
    WrapUpPassed,
    /// Nothing was said for the idle window.
    GoIdle {
        /// What the customer reads.
        notice: Say,
    },
}

impl Handoff {
    /// The trigger class, for the trace of a takeover.
    pub const fn trigger(&self) -> Trigger {
        self.request.trigger
    }
}
