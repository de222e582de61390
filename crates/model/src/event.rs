//! What happened to a conversation. Events are immutable; `evolve` only copies
//! them into the state. Texts stand apart and are named by [`TextRef`], so that
//! they can be erased while order, verdicts and metrics stay.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::escalation::{
    DeclineReason, Disposition, EscalationRequest, Offer, OfferEnd, Priority, RootCause, Trigger,
};
use crate::fact::Facts;
use crate::floor::{Epoch, FloorCause, Holder};
use crate::id::{
    AgentId, ApiKeyId, ConversationId, CustomerId, DraftId, EscalationId, OfferId, PolicyVersion,
    QueueKey, RuleId, TrialId,
};
use crate::time::Timestamp;
use crate::turn::{AnswerScores, Author, TurnNumber};
use crate::verdict::{HandoffKind, Outcome, Verdict};

/// The place of an entry in its conversation's stream, from 1, without gaps.
/// One append makes one entry, so what belongs together is seen together.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u64);

impl Version {
    /// The version after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The place of a text in its conversation, from 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TextRef(pub u32);

/// One append: events that became true together.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place in the stream.
    pub version: Version,
    /// When it was committed.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: Actor,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// Who caused an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// The customer, by the widget.
    Customer,
    /// An assistant that Segue asks: the built-in one, or a bot.
    Assistant,
    /// A program with a key.
    ApiKey(ApiKeyId),
    /// A person in the console.
    Agent(AgentId),
    /// Segue itself: timers, routing.
    System,
}

/// Which assistant answers in a conversation; fixed at its creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssistantKind {
    /// Segue's own knowledge assistant.
    Builtin,
    /// Somebody's program: it speaks by the API, or Segue asks it (`Opening::bot`).
    External,
}

/// Where a conversation comes from. Only live ones count in live metrics.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum Origin {
    /// It takes place here and now.
    Live,
    /// Part of the demo's history.
    Demo,
    /// Read from a file; verdicts are would-have verdicts.
    Imported {
        /// Where the file got it.
        source: String,
        /// Its name there.
        external_id: String,
    },
}

/// What a conversation is opened with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Who asks, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// The browser's own name, for a conversation of the widget; never shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor: Option<String>,
    /// Which assistant answers.
    pub assistant: AssistantKind,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it takes place: `widget`, `api`, `import`.
    pub channel: String,
    /// The language of the page, as BCP 47, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The page it was opened on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The browser, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// The conversation it goes on from, when the reopening window had passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<ConversationId>,
    /// Which bot Segue asks here, by its name in the operator's file; only where the
    /// assistant is external. Without one, an external assistant speaks by the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<String>,
    /// The conversation of another help desk that this one stands beside: the customer
    /// and the people are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskThread>,
    /// What was known then.
    #[serde(default)]
    pub facts: Facts,
}

/// A conversation of another help desk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeskThread {
    /// The desk, by its name in the operator's file.
    pub desk: String,
    /// The conversation's name there, as the desk's adapter writes it.
    pub thread: String,
    /// What the desk is called among people: `Chatwoot`.
    pub product: String,
    /// Where people find the conversation there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The conversation began.
    ConversationOpened(Box<Opening>),
    /// Somebody said something that everybody in the conversation sees.
    TurnAdded {
        /// Its place.
        turn: TurnNumber,
        /// Who wrote it.
        author: Author,
        /// Its text.
        text: TextRef,
        /// The epoch it was made under.
        epoch: Epoch,
        /// The customer turn it answers, for an assistant's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        in_reply_to: Option<TurnNumber>,
        /// Whether it was cut while it was being said: the text is what was shown until then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_cut: bool,
        /// The assistant's scores.
        #[serde(default, skip_serializing_if = "is_default")]
        scores: AnswerScores,
        /// When its source says it was written, where that differs (imports).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_at: Option<Timestamp>,
    },
    /// An assistant's text that is never shown to the customer: late, or below the band.
    TurnSuppressed {
        /// Its text.
        text: TextRef,
        /// The epoch it was made under.
        epoch: Epoch,
        /// Why it is not shown.
        reason: SuppressedReason,
        /// The assistant's scores.
        #[serde(default, skip_serializing_if = "is_default")]
        scores: AnswerScores,
    },
    /// The policy was asked about a customer turn or an answer to it.
    VerdictReached {
        /// The customer turn.
        turn: TurnNumber,
        /// Whether an answer was judged, rather than the turn alone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        on_answer: bool,
        /// What followed.
        verdict: Verdict,
    },
    /// What a version that is tried said beside the one in force; nothing follows from it.
    ShadowDecided {
        /// In which trial.
        trial: TrialId,
        /// The customer turn.
        turn: TurnNumber,
        /// Whether an answer was judged, rather than the turn alone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        on_answer: bool,
        /// The version that was tried.
        policy: PolicyVersion,
        /// What would have followed.
        outcome: Outcome,
        /// The rule that decided.
        rule: RuleId,
    },
    /// The built-in assistant was asked for an answer, or an external one is expected to give one.
    AnswerAwaited {
        /// The customer turn to answer.
        turn: TurnNumber,
        /// By when; then a person comes.
        deadline: Timestamp,
        /// Whether the search is to be wider than at first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_widened: bool,
    },
    /// The right to speak passed.
    FloorChanged {
        /// Who has it now.
        to: Holder,
        /// The new epoch.
        epoch: Epoch,
        /// Why.
        cause: FloorCause,
    },
    /// A person is to deal with it.
    EscalationRequested(Box<EscalationRequest>),
    /// It waits in another queue, or again in the same one.
    EscalationQueued {
        /// Which.
        escalation: EscalationId,
        /// Where.
        queue: QueueKey,
        /// Named agents to try first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        preferred: Vec<AgentId>,
        /// By when the wait was announced to end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        announced_until: Option<Timestamp>,
        /// When the wait ends with an overflow or a follow-up.
        overflow_at: Timestamp,
    },
    /// The stakes rose while people had it: the customer said something that weighs
    /// more than what it was handed over for.
    EscalationRaised {
        /// Which.
        escalation: EscalationId,
        /// The customer turn that did it.
        turn: TurnNumber,
        /// The rule that weighs it so.
        rule: RuleId,
        /// That rule's trigger class.
        trigger: Trigger,
        /// How it passes from now on.
        kind: HandoffKind,
        /// Its class of service from now on.
        priority: Priority,
    },
    /// The customer was told, with a choice, that the wait grew past what was announced.
    WaitExtended {
        /// Which escalation.
        escalation: EscalationId,
    },
    /// It was proposed to an agent.
    OfferMade {
        /// Which escalation.
        escalation: EscalationId,
        /// The proposal.
        offer: Offer,
    },
    /// The proposal ended.
    OfferEnded {
        /// Which.
        offer: OfferId,
        /// To whom it was made.
        agent: AgentId,
        /// How.
        end: OfferEnd,
        /// Why it was declined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<DeclineReason>,
    },
    /// An agent has it.
    EscalationAccepted {
        /// Which.
        escalation: EscalationId,
        /// Who.
        agent: AgentId,
    },
    /// Nobody came in time: the customer was told, the obligation stays with a due time.
    EscalationExpired {
        /// Which.
        escalation: EscalationId,
        /// When somebody is to come back to it.
        due_at: Timestamp,
    },
    /// The customer left while waiting.
    EscalationAbandoned {
        /// Which.
        escalation: EscalationId,
    },
    /// The customer ended it while an agent had it; the agent wraps it up.
    CustomerLeft,
    /// The customer no longer wants a person.
    EscalationWithdrawn {
        /// Which.
        escalation: EscalationId,
    },
    /// It is dealt with.
    EscalationResolved {
        /// Which.
        escalation: EscalationId,
        /// Who.
        agent: AgentId,
        /// Why the assistant could not.
        root_cause: RootCause,
        /// How it ended.
        disposition: Disposition,
        /// The agent's active time, in milliseconds.
        active_ms: u64,
    },
    /// The conversation went back to the assistant.
    HandedBack {
        /// Which escalation ended by it.
        escalation: EscalationId,
        /// By whom.
        agent: AgentId,
        /// What the assistant is told.
        brief: TextRef,
        /// Why the assistant could not, before.
        root_cause: RootCause,
        /// The agent's active time, in milliseconds.
        active_ms: u64,
        /// Whether the agent's line has answered what the customer wrote last.
        #[serde(default, skip_serializing_if = "is_default")]
        is_answered: bool,
    },
    /// At wrap-up the agent said whether the assistant could have dealt with it; in the
    /// entry that ends the handoff.
    HandoffJudged {
        /// Which.
        escalation: EscalationId,
        /// Who.
        agent: AgentId,
        /// Whether a person was called in too early.
        assistant_could: bool,
    },
    /// The assistant proposed a text.
    DraftStaged {
        /// Its identity.
        draft: DraftId,
        /// Its text.
        text: TextRef,
        /// The customer turn it answers; newer ones make it outdated (I15).
        in_reply_to: TurnNumber,
        /// The assistant's scores.
        #[serde(default, skip_serializing_if = "is_default")]
        scores: AnswerScores,
    },
    /// An agent sent it, as it was or edited; the turn follows in the same entry.
    DraftReleased {
        /// Which.
        draft: DraftId,
        /// Who.
        agent: AgentId,
        /// Whether it was changed first.
        is_edited: bool,
    },
    /// An agent turned it down.
    DraftRejected {
        /// Which.
        draft: DraftId,
        /// Who.
        agent: AgentId,
    },
    /// The customer wrote again, or the floor moved.
    DraftOutdated {
        /// Which.
        draft: DraftId,
    },
    /// A private note among staff.
    NoteAdded {
        /// Who.
        agent: AgentId,
        /// Its text.
        text: TextRef,
    },
    /// What the assistant says to staff of the handoff that it asked for. A program's
    /// words: nothing follows from them, and the customer never reads them.
    HandoffExplained {
        /// Which handoff.
        escalation: EscalationId,
        /// Its text.
        text: TextRef,
    },
    /// An agent opened the packet.
    PacketRead {
        /// Which handoff.
        escalation: EscalationId,
        /// Who.
        agent: AgentId,
        /// For how long it was in view, in milliseconds.
        dwell_ms: u64,
    },
    /// A model's version of the packet, checked, beside the extracted one. It changes
    /// nothing but what staff can read (F22).
    SummaryAttached {
        /// Of which handoff.
        escalation: EscalationId,
        /// The version, as the JSON of a [`crate::packet::Generated`]; apart, so that it
        /// can be erased.
        text: TextRef,
        /// The last turn that it takes account of.
        through: TurnNumber,
        /// What the model calls itself.
        model: String,
    },
    /// The customer left an address.
    ContactLeft {
        /// The address's text.
        text: TextRef,
    },
    /// The customer judged.
    Rated {
        /// Whose part.
        part: RatedPart,
        /// 1–5.
        score: u8,
        /// A line in their own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
    },
    /// The customer said that the answer helped, or that it did not.
    AnswerConfirmed {
        /// The assistant turn.
        turn: TurnNumber,
        /// Whether it helped.
        helped: bool,
    },
    /// Somebody among staff read an answer of the assistant and judged it, be it one that
    /// the customer saw or one that was held back. Judged again, the later judgement stands.
    AnswerGraded {
        /// The customer turn it was to answer.
        turn: TurnNumber,
        /// The answer's text.
        text: TextRef,
        /// Who.
        by: AgentId,
        /// The judgement.
        grade: Grade,
        /// Whether the customer saw it; one that was held back is a shadow of what the
        /// assistant would have said.
        was_shown: bool,
        /// What the bands held against it, 0–1.
        score: f64,
        /// With what probability it was drawn for judging, above 0 and at most 1.
        by_chance: f64,
    },
    /// Supervisors should look.
    FlaggedForReview {
        /// The customer turn.
        turn: TurnNumber,
    },
    /// A supervisor looked.
    FlagCleared {
        /// Who.
        agent: AgentId,
    },
    /// What is known of the customer changed.
    FactsLearned {
        /// What is known now.
        facts: Facts,
    },
    /// A key was allowed to write here.
    KeyGranted {
        /// Which.
        key: ApiKeyId,
    },
    /// How a conversation of a file really went, beside our verdicts.
    OutcomeRecorded {
        /// Label and value.
        labels: BTreeMap<String, String>,
    },
}

/// Why an assistant's text is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressedReason {
    /// The floor had passed when it arrived.
    FloorLost,
    /// Its scores were below the band.
    BelowBand,
}

/// What a person who knows says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// It is true and answers what was asked.
    Right,
    /// It is not, or it misleads.
    Wrong,
    /// It cannot be told from what there is.
    Unsure,
}

impl Grade {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Unsure => "unsure",
        }
    }
}

/// Whose part of an episode is rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatedPart {
    /// The assistant's.
    Assistant,
    /// The person's.
    Agent,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
