//! Why a policy does not come into force, or is not tried.

use segue_model::id::PolicyVersion;

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
        }
    }
}
