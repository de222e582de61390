//! Why a command is refused. A refusal is an expected outcome, not a failure.

use segue_model::floor::Epoch;

/// Why a command is refused; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such conversation.
    #[error("the conversation does not exist")]
    Unknown,
    /// The conversation is there already.
    #[error("the conversation exists already")]
    Exists,
    /// The floor has passed since the caller looked.
    #[error("the floor has passed: the epoch is {actual}, not {given}", actual = actual.0, given = given.0)]
    StaleEpoch {
        /// What the caller gave.
        given: Epoch,
        /// What it is.
        actual: Epoch,
    },
    /// Somebody else holds the floor.
    #[error("the floor is held by `{holder}`")]
    NotHolder {
        /// The holder's word.
        holder: &'static str,
    },
    /// The conversation has ended.
    #[error("the conversation is closed")]
    Closed,
    /// The window in which a closed conversation reopens has passed.
    #[error("the conversation closed too long ago to reopen")]
    ReopenWindowPassed,
    /// There is no such offer any more.
    #[error("the offer is no longer open")]
    OfferGone,
    /// An offer is open already.
    #[error("the escalation is offered already")]
    AlreadyOffered,
    /// There is no escalation to act on.
    #[error("there is no open escalation")]
    NoEscalation,
    /// Nobody waits for a person.
    #[error("the conversation does not wait for a person")]
    NotWaiting,
    /// There is no such draft any more.
    #[error("the draft is no longer open")]
    DraftGone,
    /// The customer wrote after the draft was made (I15).
    #[error("the customer has written since the draft was made")]
    DraftOutdated,
    /// The assistant has answered this turn under this epoch already (F4).
    #[error("this turn has been answered already")]
    AlreadyAnswered,
    /// The floor has alternated often enough between two customer turns (F41).
    #[error("the conversation stays with people until the customer writes")]
    AlternatedTooOften,
    /// The conversation has been handed back as often as it may be (I16).
    #[error("the conversation has been handed back as often as it may be")]
    HandedBackTooOften,
    /// A text is empty where one is needed.
    #[error("a text is needed")]
    EmptyText,
    /// A text is longer than it may be.
    #[error("the text has {bytes} bytes, at most {max} are allowed")]
    TextTooLong {
        /// What it has.
        bytes: usize,
        /// What it may have.
        max: usize,
    },
    /// The conversation has as many turns as it may have.
    #[error("the conversation has as many turns as it may have")]
    TooManyTurns,
    /// A rating is outside 1–5, or its part did not take part.
    #[error("there is nothing of this kind to rate")]
    NothingToRate,
    /// A summary that takes account of as much or more is attached already.
    #[error("a newer summary is attached already")]
    SummaryOutdated,
    /// The timer that rang is not due (any more).
    #[error("nothing of this kind is due")]
    NotDue,
}

impl Refused {
    /// The stable code on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "conversation_unknown",
            Self::Exists => "conversation_exists",
            Self::StaleEpoch { .. } => "floor_lost",
            Self::NotHolder { .. } => "not_floor_holder",
            Self::Closed => "conversation_closed",
            Self::ReopenWindowPassed => "reopen_window_passed",
            Self::OfferGone => "offer_gone",
            Self::AlreadyOffered => "already_offered",
            Self::NoEscalation => "no_escalation",
            Self::NotWaiting => "not_waiting",
            Self::DraftGone => "draft_gone",
            Self::DraftOutdated => "draft_outdated",
            Self::AlreadyAnswered => "already_answered",
            Self::AlternatedTooOften => "alternated_too_often",
            Self::HandedBackTooOften => "handed_back_too_often",
            Self::EmptyText => "text_empty",
            Self::TextTooLong { .. } => "text_too_long",
            Self::TooManyTurns => "too_many_turns",
            Self::NothingToRate => "nothing_to_rate",
            Self::SummaryOutdated => "summary_outdated",
            Self::NotDue => "not_due",
        }
    }
}
