//! The words of the policy language: each enum value with its spelling, once.

use jiff::civil::Weekday;
use segue_model::escalation::{Priority, RootCause, Trigger};
use segue_model::fact::name;
use segue_model::turn::NoticeKind;
use segue_model::verdict::{FallBackStep, HandoffKind};

use crate::definition::{CustomerDisclosure, RuleStage, StaffDisclosure};
use crate::wording::ReplyKind;

/// A value that a policy writes as one word.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// All values with their words.
    const ALL: &'static [(Self, &'static str)];

    /// The value's word.
    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(value, _)| *value == self)
            .map_or("", |(_, word)| word)
    }
}

macro_rules! words {
    ($type:ty: $($value:expr => $word:literal),* $(,)?) => {
        impl Word for $type {
            const ALL: &'static [(Self, &'static str)] = &[$(($value, $word)),*];
        }
    };
}

words!(HandoffKind:
    HandoffKind::Warm => "warm", HandoffKind::Cold => "cold", HandoffKind::Takeover => "takeover");

words!(ReplyKind:
    ReplyKind::ReplyMachine => "reply_machine", ReplyKind::ReplyThanks => "reply_thanks",
    ReplyKind::ReplyFarewell => "reply_farewell", ReplyKind::ReplyGreeting => "reply_greeting",
    ReplyKind::ReplyUnderstood => "reply_understood", ReplyKind::ClarifyOpen => "clarify_open",
    ReplyKind::ClarifyOne => "clarify_one", ReplyKind::ClarifyTwo => "clarify_two");

words!(FallBackStep: FallBackStep::Widen => "widen", FallBackStep::Clarify => "clarify");

words!(RuleStage: RuleStage::Turn => "turn", RuleStage::Answer => "answer");

words!(Priority:
    Priority::Normal => "normal", Priority::High => "high", Priority::Vip => "vip",
    Priority::Urgent => "urgent");

words!(CustomerDisclosure:
    CustomerDisclosure::Name => "name", CustomerDisclosure::Team => "team",
    CustomerDisclosure::None => "none");

words!(StaffDisclosure:
    StaffDisclosure::Full => "full", StaffDisclosure::NoTrace => "no_trace");

words!(Trigger:
    Trigger::LowConfidence => "low_confidence",
    Trigger::OptOut => "opt_out",
    Trigger::Repeat => "repeat",
    Trigger::Sentiment => "sentiment",
    Trigger::Vip => "vip",
    Trigger::Compliance => "compliance",
    Trigger::Fallback => "fallback",
    Trigger::ToolFailure => "tool_failure",
    Trigger::HighStakes => "high_stakes",
    Trigger::Complexity => "complexity",
    Trigger::Agent => "agent",
    Trigger::Assistant => "assistant",
    Trigger::Unavailable => "unavailable",
    Trigger::Rule => "rule",
);

words!(RootCause:
    RootCause::MissingKnowledge => "AI_Missing_Knowledge",
    RootCause::Looping => "AI_Looping",
    RootCause::ComplexTroubleshooting => "Complex_Troubleshooting",
    RootCause::ToolFailure => "Tool_Failure",
    RootCause::Policy => "Policy",
    RootCause::CustomerRequest => "Customer_Request",
    RootCause::WrongAnswer => "AI_Wrong_Answer",
);

words!(NoticeKind:
    NoticeKind::Welcome => "welcome",
    NoticeKind::HandoffWarm => "handoff_warm",
    NoticeKind::HandoffCold => "handoff_cold",
    NoticeKind::Takeover => "takeover",
    NoticeKind::AfterHours => "after_hours",
    NoticeKind::WaitExtended => "wait_extended",
    NoticeKind::Requeued => "requeued",
    NoticeKind::AgentJoined => "agent_joined",
    NoticeKind::Transferred => "transferred",
    NoticeKind::HandBack => "hand_back",
    NoticeKind::ContactTaken => "contact_taken",
    NoticeKind::Expired => "expired",
    NoticeKind::ReviewStarted => "review_started",
    NoticeKind::Closed => "closed",
);

words!(Weekday:
    Weekday::Monday => "mon", Weekday::Tuesday => "tue", Weekday::Wednesday => "wed",
    Weekday::Thursday => "thu", Weekday::Friday => "fri", Weekday::Saturday => "sat",
    Weekday::Sunday => "sun");

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

/// The facts that conditions may read.
pub(crate) const FACTS: &[(&str, FactUnit)] = &[
    (name::TIER, FactUnit::Tier),
    (name::VIP, FactUnit::Flag),
    (name::AUTHENTICATED, FactUnit::Flag),
    (name::ACCOUNT_OWNER, FactUnit::Flag),
    (name::ACCOUNT_MANAGER, FactUnit::Text),
    (name::DEPUTY, FactUnit::Text),
    (name::NAME, FactUnit::Text),
    (name::EMAIL, FactUnit::Text),
    (name::ACCOUNT_ID, FactUnit::Text),
    (name::PLAN, FactUnit::Text),
];
