//! Why a policy does not come into force, or is not tried.

use segue_model::id::{PolicyVersion, QueueKey, TrialId};

/// Why nothing changed. Each has one stable code on the wire.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Whoever puts a policy in force says why.
    #[error("say in a sentence why")]
    ReasonMissing,
    /// Another version is in force than the one it was made on.
    #[error("somebody else has put another version in force since")]
    Changed {
        /// The one in force.
        version: PolicyVersion,
    },
    /// No version was in force before this one.
    #[error("there is no version to go back to")]
    NothingToRollBack,
    /// The proposal was decided or taken back.
    #[error("the proposal has been decided already")]
    ProposalClosed,
    /// Nobody approves what they have proposed, unless nobody else could.
    #[error("somebody else has to approve what you have proposed")]
    OwnProposal,
    /// At most one version is tried at a time.
    #[error("another version is being tried")]
    TrialRunning {
        /// Which trial.
        trial: TrialId,
    },
    /// The trial has ended.
    #[error("the trial has ended")]
    TrialOver,
    /// A canary's conversations wait in the queues of the version in force.
    #[error("a share of the conversations cannot have queues of its own")]
    TrialChangesQueues {
        /// Queues that the version in force lacks.
        added: Vec<QueueKey>,
        /// Queues that only the version in force has.
        removed: Vec<QueueKey>,
    },
    /// Decided again under it, the last conversations would have escalated too often or
    /// too rarely.
    #[error("the escalation rate would leave its band")]
    LeavesBand {
        /// The rate under the version in force, 0–1.
        before: f64,
        /// Under this one, 0–1.
        after: f64,
        /// Of how many conversations.
        conversations: u64,
    },
}

impl Refusal {
    /// The stable code on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ReasonMissing => "reason_missing",
            Self::Changed { .. } => "policy_changed",
            Self::NothingToRollBack => "nothing_to_roll_back",
            Self::ProposalClosed => "proposal_closed",
            Self::OwnProposal => "own_proposal",
            Self::TrialRunning { .. } => "trial_running",
            Self::TrialOver => "trial_over",
            Self::TrialChangesQueues { .. } => "trial_changes_queues",
            Self::LeavesBand { .. } => "policy_leaves_band",
        }
    }
}
