//! The words of the policy language: each enum value with its spelling and what it
//! means, once. The reader, the schema and the reference are written from them.

use jiff::civil::Weekday;
use segue_model::escalation::{Priority, RootCause, Trigger};
use segue_model::fact::name;
use segue_model::turn::NoticeKind;
use segue_model::verdict::{FallBackStep, HandoffKind};

use crate::definition::{Autonomy, CustomerDisclosure, RuleStage, StaffDisclosure};
use crate::wording::ReplyKind;

/// A value that a policy writes as one word.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// All values with their words.
    const ALL: &'static [(Self, &'static str)];
    /// What each means, in the order of [`Word::ALL`].
    const ABOUT: &'static [&'static str];

    /// The value's word.
    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(value, _)| *value == self)
            .map_or("", |(_, word)| word)
    }
}

/// Each word of a type with its meaning.
pub(crate) fn meanings<W: Word>() -> Vec<(&'static str, &'static str)> {
    W::ALL
        .iter()
        .zip(W::ABOUT)
        .map(|((_, word), about)| (*word, *about))
        .collect()
}

macro_rules! words {
    ($type:ty: $($value:expr => $word:literal $about:literal),* $(,)?) => {
        impl Word for $type {
            const ALL: &'static [(Self, &'static str)] = &[$(($value, $word)),*];
            const ABOUT: &'static [&'static str] = &[$($about),*];
        }
    };
}

/// A verdict as policies and cases write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictWord {
    /// The assistant goes on.
    Continue,
    /// The assistant may not answer with what it has.
    FallBack,
    /// A person releases the assistant's drafts.
    Review,
    /// A person deals with it.
    Escalate,
}

words!(VerdictWord:
    VerdictWord::Continue => "continue" "the assistant goes on; later rules and the bands are not asked",
    VerdictWord::FallBack => "fall_back" "the assistant may not answer with what it has",
    VerdictWord::Review => "review" "the assistant drafts, a person releases",
    VerdictWord::Escalate => "escalate" "a person deals with it",
);

words!(HandoffKind:
    HandoffKind::Warm => "warm" "with packet and announced expectations",
    HandoffKind::Cold => "cold" "the assistant is cut off at once, no internals are shown",
    HandoffKind::Takeover => "takeover" "the assistant is interrupted while it speaks; otherwise warm",
);

words!(ReplyKind:
    ReplyKind::ReplyMachine => "reply_machine" "to the question whether it is a machine",
    ReplyKind::ReplyThanks => "reply_thanks" "to thanks",
    ReplyKind::ReplyFarewell => "reply_farewell" "to a farewell",
    ReplyKind::ReplyGreeting => "reply_greeting" "to a greeting",
    ReplyKind::ReplyUnderstood => "reply_understood" "to an `ok`",
    ReplyKind::ClarifyOpen => "clarify_open" "asks what was meant, where no article comes near",
    ReplyKind::ClarifyOne => "clarify_one" "asks whether it is about one article",
    ReplyKind::ClarifyTwo => "clarify_two" "asks which of two articles it is about",
);

words!(FallBackStep:
    FallBackStep::Widen => "widen" "search once more, wider",
    FallBackStep::Clarify => "clarify" "ask one clarifying question",
);

words!(RuleStage:
    RuleStage::Turn => "turn" "on the customer's turn, before the assistant is asked",
    RuleStage::Answer => "answer" "on the assistant's answer, before the customer sees it",
);

words!(Autonomy:
    Autonomy::Full => "full" "the assistant answers",
    Autonomy::Draft => "draft" "the assistant drafts, a person releases",
    Autonomy::None => "none" "a person, never the assistant",
);

words!(Priority:
    Priority::Normal => "normal" "no head start",
    Priority::High => "high" "a head start: anger, legal matters",
    Priority::Vip => "vip" "the head start of white-glove customers",
    Priority::Urgent => "urgent" "before all others: fraud, distress",
);

words!(CustomerDisclosure:
    CustomerDisclosure::Name => "name" "the team, and the agent's name once one is known",
    CustomerDisclosure::Team => "team" "the team only",
    CustomerDisclosure::None => "none" "neither: `a colleague`",
);

words!(StaffDisclosure:
    StaffDisclosure::Full => "full" "rule, conditions, values and near misses",
    StaffDisclosure::NoTrace => "no_trace" "the outcome, and the reason that the customer read",
);

words!(Trigger:
    Trigger::LowConfidence => "low_confidence" "the answer's confidence was too low",
    Trigger::OptOut => "opt_out" "the customer asked for a person",
    Trigger::Repeat => "repeat" "the same concern or answer came back",
    Trigger::Sentiment => "sentiment" "severe or lasting negative mood",
    Trigger::Vip => "vip" "a customer with white-glove care",
    Trigger::Compliance => "compliance" "fraud, legal threat, cancellation, data deletion",
    Trigger::Fallback => "fallback" "too many fallbacks in a row",
    Trigger::ToolFailure => "tool_failure" "a tool failed, or the assistant did not answer",
    Trigger::HighStakes => "high_stakes" "a topic that is never the assistant's alone",
    Trigger::Complexity => "complexity" "several steps over several systems",
    Trigger::Agent => "agent" "an agent passed on a reviewed conversation, or took it",
    Trigger::Assistant => "assistant" "the assistant or its developer asked for a person",
    Trigger::Unavailable => "unavailable" "something failed that a verdict needed",
    Trigger::Rule => "rule" "any other rule",
);

words!(RootCause:
    RootCause::MissingKnowledge => "AI_Missing_Knowledge" "the knowledge base has no answer",
    RootCause::Looping => "AI_Looping" "it went in circles",
    RootCause::ComplexTroubleshooting => "Complex_Troubleshooting" "several steps over several systems",
    RootCause::ToolFailure => "Tool_Failure" "a tool or backend failed",
    RootCause::Policy => "Policy" "it is never the assistant's to do",
    RootCause::CustomerRequest => "Customer_Request" "the customer wanted a person",
    RootCause::WrongAnswer => "AI_Wrong_Answer" "the assistant's answer was wrong",
);

words!(NoticeKind:
    NoticeKind::Welcome => "welcome" "the first line: an AI answers, a person can be asked for",
    NoticeKind::HandoffWarm => "handoff_warm" "who comes, why, about how long, and that the notes are passed on",
    NoticeKind::HandoffCold => "handoff_cold" "one neutral sentence, no internals",
    NoticeKind::Takeover => "takeover" "a person takes over while the assistant speaks",
    NoticeKind::AfterHours => "after_hours" "the team is closed: what happens next, and when",
    NoticeKind::WaitExtended => "wait_extended" "the wait grew past what was announced",
    NoticeKind::Requeued => "requeued" "the conversation is back in line",
    NoticeKind::AgentJoined => "agent_joined" "a person has joined",
    NoticeKind::Transferred => "transferred" "it goes to another team or person",
    NoticeKind::HandBack => "hand_back" "it goes back to the assistant",
    NoticeKind::ContactTaken => "contact_taken" "a contact was left; somebody writes there",
    NoticeKind::Expired => "expired" "nobody could come in time: what happens instead",
    NoticeKind::ReviewStarted => "review_started" "a person now checks answers before they are sent",
    NoticeKind::Closed => "closed" "the conversation has ended",
);

words!(Weekday:
    Weekday::Monday => "mon" "Monday", Weekday::Tuesday => "tue" "Tuesday",
    Weekday::Wednesday => "wed" "Wednesday", Weekday::Thursday => "thu" "Thursday",
    Weekday::Friday => "fri" "Friday", Weekday::Saturday => "sat" "Saturday",
    Weekday::Sunday => "sun" "Sunday",
);

/// What a fact is, which fixes what it may be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactUnit {
    /// Yes or no.
    Flag,
    /// A word.
    Text,
    /// One of the policy's tiers.
    Tier,
}

/// A fact that conditions may read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact {
    pub name: &'static str,
    pub unit: FactUnit,
    pub about: &'static str,
}

const fn fact(name: &'static str, unit: FactUnit, about: &'static str) -> Fact {
    Fact { name, unit, about }
}

/// The facts that conditions may read.
pub(crate) const FACTS: &[Fact] = &[
    fact(name::TIER, FactUnit::Tier, "the customer's tier"),
    fact(name::VIP, FactUnit::Flag, "gets white-glove care"),
    fact(name::AUTHENTICATED, FactUnit::Flag, "proved who they are"),
    fact(
        name::ACCOUNT_OWNER,
        FactUnit::Flag,
        "owns the account they speak of",
    ),
    fact(
        name::ACCOUNT_MANAGER,
        FactUnit::Text,
        "e-mail address of the agent who looks after the customer",
    ),
    fact(
        name::DEPUTY,
        FactUnit::Text,
        "e-mail address of the agent who stands in",
    ),
    fact(name::NAME, FactUnit::Text, "the customer's name"),
    fact(name::EMAIL, FactUnit::Text, "the customer's e-mail address"),
    fact(
        name::ACCOUNT_ID,
        FactUnit::Text,
        "the customer's account in your own system",
    ),
    fact(name::PLAN, FactUnit::Text, "the plan the customer pays for"),
];
