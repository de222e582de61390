//! Policies on their way into force: versions, proposals, trials.
//!
//! A version is a text that never changes. An activation says that one came into
//! force, by whom and why; the latest one names the policy that decides. A proposal
//! waits for somebody who may put it in force, and a trial lets a version decide
//! beside the one in force, or for a share of the conversations.

use segue_model::id::{AgentId, PolicyVersion, ProposalId, TrialId, WorkspaceId};
use segue_model::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Pending;

/// How a version came into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivationKind {
    /// Somebody put it in force.
    Activated,
    /// Somebody approved what another had proposed.
    Approved,
    /// It had been tried before.
    Promoted,
    /// Somebody took one step back.
    RolledBack,
    /// Segue took one step back, because the version after it left its band.
    HaltedBack,
}

impl ActivationKind {
    /// Whether it undoes the activation before it.
    pub const fn is_back(self) -> bool {
        matches!(self, Self::RolledBack | Self::HaltedBack)
    }
}

/// That a version came into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// Which.
    pub version: PolicyVersion,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody for the one that ships, and for Segue itself.
    pub by: Option<AgentId>,
    /// How.
    pub kind: ActivationKind,
    /// Why, in their words; none for the one that ships.
    pub reason: Option<String>,
    /// Whether it is taken back should the escalation rate leave its band.
    pub is_watched: bool,
}

/// A policy that was or is in force, with its latest activation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// The file; it never changes.
    pub text: String,
    /// How it came into force last.
    pub activation: Activation,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// Nobody has decided yet.
    Open,
    /// It came into force.
    Approved,
    /// Somebody who may decide said no.
    Rejected,
    /// Its author took it back.
    Withdrawn,
}

/// A decision on a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided.
    pub by: AgentId,
    /// When.
    pub at: Timestamp,
    /// Why, in their words; none where it was withdrawn.
    pub reason: Option<String>,
}

/// A text that somebody would like to be in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Identity.
    pub id: ProposalId,
    /// The version that its text has.
    pub version: PolicyVersion,
    /// The version in force that it was made on.
    pub base: PolicyVersion,
    /// Who.
    pub author: AgentId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: ProposalState,
    /// The decision; present exactly when it is not open.
    pub decision: Option<Decision>,
}

/// How a version is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrialMode {
    /// It decides beside the one in force, and nothing follows from it.
    Shadow,
    /// It decides a share of the conversations.
    Canary {
        /// How many of a thousand, 10 to 500.
        permille: u16,
    },
}

/// How a trial ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrialOutcome {
    /// Segue ended it: the escalation rate left its band.
    Halted,
    /// Somebody ended it.
    Stopped,
    /// The version came into force.
    Promoted,
}

/// The end of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialEnd {
    /// How.
    pub outcome: TrialOutcome,
    /// When.
    pub at: Timestamp,
    /// Who; nobody for Segue itself.
    pub by: Option<AgentId>,
    /// Why.
    pub reason: String,
    /// What had been counted until then, as the service writes it.
    pub tally: String,
}

/// A version that is or was tried. At most one runs in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Identity.
    pub id: TrialId,
    /// How.
    pub mode: TrialMode,
    /// What is tried.
    pub version: PolicyVersion,
    /// The version in force beside it, as long as it runs.
    pub base: PolicyVersion,
    /// The proposal that it was begun from.
    pub proposal: Option<ProposalId>,
    /// When it began.
    pub started_at: Timestamp,
    /// Who began it.
    pub started_by: AgentId,
    /// Why.
    pub reason: String,
    /// Its end, once it has one.
    pub end: Option<TrialEnd>,
}

/// The cases that policies of a workspace are tried on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesRow {
    /// The file.
    pub text: String,
    /// When it was changed last.
    pub at: Timestamp,
    /// Who changed it.
    pub by: AgentId,
}

/// One step of a rollout; its parts become true together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// A proposal that is made, with its text.
    pub proposes: Option<(Proposal, String)>,
    /// A proposal that is decided.
    pub decides: Option<Proposal>,
    /// A trial that begins, with its text.
    pub begins: Option<(Trial, String)>,
    /// A trial that ends.
    pub ends: Option<Trial>,
    /// A policy that comes into force, now or again.
    pub activates: Option<PolicyRow>,
}

/// Reads policies, proposals and trials. They are written by
/// [`Settings::write_setting`](crate::settings::Settings::write_setting).
pub trait Rollouts {
    /// The policy in force.
    fn active_policy(&self, workspace: WorkspaceId) -> Pending<'_, Option<PolicyRow>>;
    /// Keeps a policy and puts it in force, now or again.
    ///
    /// # Errors
    /// `Failed` if another text was kept under this version.
    fn activate_policy(&self, workspace: WorkspaceId, policy: PolicyRow) -> Pending<'_, ()>;
    /// What came into force, newest first: one for each time.
    fn activations(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Activation>>;
    /// One policy that was in force, by version.
    fn policy(
        &self,
        workspace: WorkspaceId,
        version: PolicyVersion,
    ) -> Pending<'_, Option<PolicyRow>>;
    /// The text of a version that was in force, proposed or tried.
    fn policy_text(
        &self,
        workspace: WorkspaceId,
        version: PolicyVersion,
    ) -> Pending<'_, Option<String>>;

    /// The workspace's own cases, if it has any.
    fn cases(&self, workspace: WorkspaceId) -> Pending<'_, Option<CasesRow>>;

    /// Proposals, newest first.
    fn proposals(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Proposal>>;
    /// One proposal.
    fn proposal(&self, workspace: WorkspaceId, id: ProposalId) -> Pending<'_, Option<Proposal>>;
    /// How many proposals wait for a decision.
    fn open_proposals(&self, workspace: WorkspaceId) -> Pending<'_, u64>;

    /// Trials, newest first.
    fn trials(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Trial>>;
    /// One trial.
    fn trial(&self, workspace: WorkspaceId, id: TrialId) -> Pending<'_, Option<Trial>>;
    /// The trial that runs.
    fn running_trial(&self, workspace: WorkspaceId) -> Pending<'_, Option<Trial>>;
}
