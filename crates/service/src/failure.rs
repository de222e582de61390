//! Why the service did not do what was asked.

use segue_floor::Refused;
use segue_model::id::AgentId;
use segue_ports::{StoreError, StoreErrorKind};

use crate::rollout::Refusal;

/// Why a request was not done. Each kind has one stable code on the wire.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The floor refused; nothing changed.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no such thing in this workspace, or the caller may not know of it.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// Nobody is signed in, or the key is not good.
    #[error("sign in first")]
    Unauthenticated,
    /// The caller may not do this.
    #[error("you may not do this: {0}")]
    Forbidden(&'static str),
    /// The agent's slots are all taken.
    #[error("all slots of this agent are taken")]
    CapacityFull {
        /// Whose.
        agent: AgentId,
    },
    /// The agent is not available.
    #[error("the agent is not available")]
    NotAvailable {
        /// Who.
        agent: AgentId,
    },
    /// The conversation is at another help desk, and so is whoever answers it.
    #[error("{product} has this conversation: it is answered there")]
    AtOtherDesk {
        /// Which, as people call it.
        product: String,
    },
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Others wrote to the conversation again and again.
    #[error("the conversation is busy, try again")]
    Busy,
    /// A value is not allowed.
    #[error("`{field}`: {reason}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong with it, for people.
        reason: String,
    },
    /// Something of that name is there already.
    #[error("there is already a {0} of that name")]
    Exists(&'static str),
    /// Somebody else published a version of this first.
    #[error("somebody else has published a version of this meanwhile")]
    KnowledgeChanged,
    /// A policy cannot be read; the problems say where.
    #[error("the policy has {} problem(s)", .0.len())]
    Policy(Vec<segue_policy::Problem>),
    /// The rollout of policies refused; nothing changed.
    #[error(transparent)]
    Rollout(#[from] Refusal),
    /// Nothing of this kind is connected.
    #[error("{0} is not connected")]
    NotConnected(&'static str),
    /// It was not taken where it was sent to.
    #[error("it was not sent: {0}")]
    NotSent(String),
    /// Too many requests of this kind.
    #[error("too many requests, try again in {retry_after_s} s")]
    TooMany {
        /// When to try again, in seconds.
        retry_after_s: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure {
    /// The stable code on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code(),
            Self::Unknown("conversation") => "conversation_unknown",
            Self::Unknown(_) => "not_found",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden(_) => "forbidden",
            Self::CapacityFull { .. } => "capacity_full",
            Self::NotAvailable { .. } => "agent_not_available",
            Self::AtOtherDesk { .. } => "at_other_desk",
            Self::KeyReused => "idempotency_key_reused",
            Self::Busy => "conversation_busy",
            Self::Invalid { .. } => "invalid_value",
            Self::Exists(_) => "already_exists",
            Self::KnowledgeChanged => "knowledge_changed",
            Self::Policy(_) => "policy_invalid",
            Self::Rollout(refusal) => refusal.code(),
            Self::NotConnected(_) => "not_connected",
            Self::NotSent(_) => "not_sent",
            Self::TooMany { .. } => "too_many_requests",
            Self::Store(error) if error.kind == StoreErrorKind::Full => "storage_full",
            Self::Store(_) => "storage_failed",
        }
    }
}
