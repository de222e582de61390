//! The words of the wire: one enum for each of the model's, converted by hand,
//! so that a renamed variant in the core never changes the API by itself.

use segue_model::{escalation, event, floor, packet, turn, verdict};
use segue_ports::{directory, rollout};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $model:path { $($(#[$attr:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the variants are the model's words")]
        pub enum $name { $($(#[$attr])* $variant),* }

        impl From<$model> for $name {
            fn from(model: $model) -> Self {
                use $model as Model;
                match model { $(Model::$variant => Self::$variant),* }
            }
        }

        impl From<$name> for $model {
            fn from(wire: $name) -> Self {
                use $model as Model;
                match wire { $($name::$variant => Model::$variant),* }
            }
        }
    };
}

words! {
    /// How a conversation ended.
    ClosedOutcome = floor::ClosedOutcome {
        ResolvedByAgent, ConfirmedByCustomer, EndedByCustomer, Idle, FollowUp,
    }
}
words! {
    /// Why the floor changed.
    FloorCause = floor::FloorCause {
        Verdict, Asked, Accepted, Taken, Passed, Requeued, HandedBack, PresenceLost, Overflowed,
        Closed, Reopened, AssistantSilent,
    }
}
words! {
    /// What the assistant does instead of answering.
    FallBackStep = verdict::FallBackStep { Widen, Clarify }
}
words! {
    /// What a person who knows says of an answer.
    Grade = event::Grade { Right, Wrong, Unsure }
}
words! {
    /// How a conversation passes to people.
    HandoffKind = verdict::HandoffKind { Warm, Cold, Takeover }
}
words! {
    /// What a system turn tells the customer.
    Notice = turn::NoticeKind {
        Welcome, HandoffWarm, HandoffCold, Takeover, AfterHours, WaitExtended, Requeued,
        AgentJoined, Transferred, HandBack, ContactTaken, Expired, ReviewStarted, Closed,
    }
}
words! {
    /// What the built-in assistant says in its own words.
    Reply = segue_policy::wording::ReplyKind {
        ReplyMachine, ReplyThanks, ReplyFarewell, ReplyGreeting, ReplyUnderstood, ClarifyOpen,
        ClarifyOne, ClarifyTwo,
    }
}

/// A text of the policy that customers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum TextKey {
    /// A line of the system's.
    Notice(Notice),
    /// A line of the built-in assistant's.
    Reply(Reply),
}

words! {
    /// How a version came into force.
    ActivationKind = rollout::ActivationKind { Activated, Approved, Promoted, RolledBack, HaltedBack }
}
/// How a version is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrialMode {
    /// It decides beside the one in force, and nothing follows from it.
    Shadow,
    /// It decides a share of the conversations.
    Canary,
}

/// What became of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrialState {
    /// It runs.
    Running,
    /// Segue ended it: the escalation rate had left its band.
    Halted,
    /// Somebody ended it, or put another version in force.
    Stopped,
    /// Its version came into force.
    Promoted,
}

impl From<rollout::TrialOutcome> for TrialState {
    fn from(outcome: rollout::TrialOutcome) -> Self {
        match outcome {
            rollout::TrialOutcome::Halted => Self::Halted,
            rollout::TrialOutcome::Stopped => Self::Stopped,
            rollout::TrialOutcome::Promoted => Self::Promoted,
        }
    }
}

words! {
    /// What became of a proposal.
    ProposalState = rollout::ProposalState { Open, Approved, Rejected, Withdrawn }
}
words! {
    /// Why an assistant's text is not shown.
    SuppressedReason = event::SuppressedReason { FloorLost, BelowBand }
}
words! {
    /// Whose part of an episode is rated.
    RatedPart = event::RatedPart { Assistant, Agent }
}
words! {
    /// Why the assistant could not.
    RootCause = escalation::RootCause {
        #[serde(rename = "AI_Missing_Knowledge")] MissingKnowledge,
        #[serde(rename = "AI_Looping")] Looping,
        #[serde(rename = "Complex_Troubleshooting")] ComplexTroubleshooting,
        #[serde(rename = "Tool_Failure")] ToolFailure,
        #[serde(rename = "Policy")] Policy,
        #[serde(rename = "Customer_Request")] CustomerRequest,
        #[serde(rename = "AI_Wrong_Answer")] WrongAnswer,
    }
}
words! {
    /// How it ended, chosen at wrap-up.
    Disposition = escalation::Disposition { Solved, FollowUp, CustomerLeft, NotForUs, NoAction }
}
words! {
    /// Why an agent says no.
    DeclineReason = escalation::DeclineReason { NotMine, TooBusy, MissingSkill, Other }
}
words! {
    /// The classes of trigger.
    Trigger = escalation::Trigger {
        LowConfidence, OptOut, Repeat, Sentiment, Vip, Compliance, Fallback, ToolFailure,
        HighStakes, Complexity, Agent, Assistant, Unavailable, Rule,
    }
}
words! {
    /// The head start in the queue.
    Priority = escalation::Priority { Normal, High, Vip, Urgent }
}
words! {
    /// Which assistant answers.
    AssistantKind = event::AssistantKind { Builtin, External }
}
words! {
    /// How an attempt went, as far as the customer said.
    AttemptOutcome = packet::AttemptOutcome { Rejected, Confirmed, Failed, Unknown }
}
words! {
    /// The kinds of entity that are looked for.
    EntityKind = packet::EntityKind { Reference, Amount, ErrorCode, Date, Email, Url, Product }
}
words! {
    /// How a tool call ended.
    ToolStatus = turn::ToolStatus { Ok, Error, Timeout }
}
words! {
    /// What a person may do.
    Role = directory::Role { Owner, Admin, Supervisor, Agent, Analyst }
}
words! {
    /// Whether an agent can be offered work.
    Presence = directory::Presence { Available, Busy, Away, Offline }
}
words! {
    /// What a key may do.
    Scope = directory::Scope {
        #[serde(rename = "turn:write")] TurnWrite,
        #[serde(rename = "conv:read")] ConversationRead,
        #[serde(rename = "escalate")] Escalate,
        #[serde(rename = "draft:write")] DraftWrite,
    }
}

/// What follows for one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// The assistant may go on.
    Continue,
    /// The assistant may not answer with what it has.
    FallBack,
    /// The assistant drafts, a person releases.
    Review,
    /// A person deals with it.
    Escalate,
}

impl From<&verdict::Outcome> for VerdictWord {
    fn from(outcome: &verdict::Outcome) -> Self {
        match outcome {
            verdict::Outcome::Continue => Self::Continue,
            verdict::Outcome::FallBack { .. } => Self::FallBack,
            verdict::Outcome::Review { .. } => Self::Review,
            verdict::Outcome::Escalate { .. } => Self::Escalate,
        }
    }
}

/// Who holds the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HolderWord {
    /// The assistant answers.
    Assistant,
    /// The assistant drafts, an agent releases.
    Review,
    /// It waits for a person.
    Queue,
    /// It waits, and the assistant is cut off; staff only.
    Locked,
    /// One agent speaks.
    Agent,
    /// Nobody.
    Closed,
}

/// The kind of author of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// The person asking for help.
    Customer,
    /// The AI, unreviewed.
    Assistant,
    /// An agent's own words.
    Agent,
    /// The assistant's draft, released by an agent.
    AgentDraft,
    /// Segue itself.
    System,
}

impl From<turn::Role> for AuthorKind {
    fn from(role: turn::Role) -> Self {
        match role {
            turn::Role::Customer => Self::Customer,
            turn::Role::Assistant => Self::Assistant,
            turn::Role::Agent => Self::Agent,
            turn::Role::System => Self::System,
        }
    }
}

/// What becomes of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// It stands.
    Pending,
    /// The agent took it.
    Accepted,
    /// The agent said no.
    Declined,
    /// The agent did not answer in time.
    TimedOut,
    /// It was withdrawn.
    Rescinded,
}

impl From<escalation::OfferEnd> for OfferState {
    fn from(end: escalation::OfferEnd) -> Self {
        match end {
            escalation::OfferEnd::Accepted => Self::Accepted,
            escalation::OfferEnd::Declined => Self::Declined,
            escalation::OfferEnd::TimedOut => Self::TimedOut,
            escalation::OfferEnd::Rescinded => Self::Rescinded,
        }
    }
}

/// What becomes of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// It waits for a person.
    Staged,
    /// It was sent as it was.
    Released,
    /// It was changed and sent.
    Edited,
    /// It was turned down.
    Rejected,
    /// The customer wrote again, or the floor moved.
    Outdated,
}

/// How far an escalation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationState {
    /// A person is to deal with it.
    Requested,
    /// It waits.
    Queued,
    /// It weighs more than it did: something in it is of higher stakes.
    Raised,
    /// An agent has it.
    Accepted,
    /// Nobody came in time; it is owed later.
    Expired,
    /// The customer left.
    Abandoned,
    /// The customer no longer wants a person.
    Withdrawn,
    /// It is dealt with.
    Resolved,
    /// It went back to the assistant.
    HandedBack,
}

/// Whether supervisors should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlagState {
    /// They should.
    Raised,
    /// They have.
    Cleared,
}

/// Whether one part of an episode can be rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RatingState {
    /// It can.
    Open,
    /// It has been.
    Done,
    /// There is nothing to rate, or not yet.
    None,
}
