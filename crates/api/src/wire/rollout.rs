//! How policies come into force: bodies and answers of activation, one step back,
//! proposals and trials.

use segue_model::id::ProposalId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Instant;
use super::words::ProposalState;

/// A policy to put in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateBody {
    /// The file.
    pub text: String,
    /// The version that was edited; refused if another one is in force by now.
    #[serde(default)]
    pub version: Option<String>,
    /// Why, in 1 to 500 characters; kept with the version. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// That it is to be put in force although the escalation rate will leave its band;
    /// then it is not taken back for that either.
    #[serde(default)]
    pub accept_leaving_band: bool,
}

/// Why something is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// In 1 to 500 characters; kept. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// Why a proposal is approved, or a trial promoted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveBody {
    /// In 1 to 500 characters; kept. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// That it is to be put in force although the escalation rate will leave its band;
    /// then it is not taken back for that either.
    #[serde(default)]
    pub accept_leaving_band: bool,
}

/// A policy to propose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalBody {
    /// The file.
    pub text: String,
    /// The version in force that it was made on.
    pub version: String,
    /// Why, in 1 to 500 characters. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// A text that somebody would like to be in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proposal {
    /// Which.
    #[schema(value_type = String)]
    pub id: ProposalId,
    /// The version that its text has.
    pub version: String,
    /// The version in force that it was made on; it is approved only as long as that is.
    pub base: String,
    /// Who proposes it.
    pub author: String,
    /// Whether that is who asks.
    pub is_own: bool,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: ProposalState,
    /// Who decided, once somebody has.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Instant>,
    /// Why.
    pub decision: Option<String>,
}

/// A proposal with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProposalDetail {
    /// The proposal.
    #[serde(flatten)]
    pub proposal: Proposal,
    /// The file that is proposed.
    pub text: String,
    /// The file that it was made on.
    pub base_text: String,
}
