//! Somebody proposes a policy, somebody else decides.

use segue_engine::Ruleset;
use segue_model::event::Actor;
use segue_model::id::{AgentId, ProposalId, WorkspaceId};
use segue_policy::Policy;
use segue_ports::rollout::{Decision, Proposal, ProposalState, Step};
use segue_ports::settings::SettingChange;

use super::Refusal;
use crate::boot::policy_failure;
use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::access::{self, Action};
use crate::identity::settings::{Act, Settled};
use crate::service::Service;

/// What becomes of a proposal that does not come into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declined {
    /// Somebody who may decide says no, and why.
    Rejected(String),
    /// Its author takes it back.
    Withdrawn,
}

impl Service {
    /// A proposal as it is kept when it is made now, on the version in force.
    ///
    /// # Errors
    /// [`Refusal::Changed`] if another version is in force, [`Failure::Invalid`] if
    /// this one is, and what is wrong with the policy.
    pub fn new_proposal(
        &self,
        caller: &Caller,
        policy: &Policy,
        base: &str,
        reason: String,
    ) -> Result<Proposal, Failure> {
        let author = person(caller)?;
        self.expect_in_force(caller.workspace, base)?;
        let rules = self.desk(caller.workspace)?.ruleset();
        let base = rules.policy().version().clone();
        refuse_same(policy, rules.policy())?;
        // What only the detector and the calendar can refuse is refused now, and not
        // to whoever approves it.
        Ruleset::new(policy.clone()).map_err(policy_failure)?;
        Ok(Proposal {
            id: ProposalId::new(self.fresh()),
            version: policy.version().clone(),
            base,
            author,
            at: self.now(),
            reason,
            state: ProposalState::Open,
            decision: None,
        })
    }

    /// Keeps a proposal.
    ///
    /// # Errors
    /// When the caller may not propose, or the store fails.
    pub async fn propose(
        &self,
        caller: &Caller,
        (proposal, policy): (Proposal, &Policy),
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        let act = Act {
            subject: proposal.id.to_string(),
            action: "proposal.made",
            change: SettingChange::Rollout(Box::new(Step {
                proposes: Some((proposal, policy.text().to_owned())),
                ..Step::default()
            })),
        };
        Ok(self.settle_act(caller, act, answer).await?.map(|_| ()))
    }

    /// A proposal that waits for a decision.
    ///
    /// # Errors
    /// [`Refusal::ProposalClosed`] if it waits no more.
    pub async fn open_proposal(
        &self,
        workspace: WorkspaceId,
        id: ProposalId,
    ) -> Result<Proposal, Failure> {
        let found = self.store().proposal(workspace, id).await?;
        let proposal = found.ok_or(Failure::Unknown("proposal"))?;
        if proposal.state != ProposalState::Open {
            return Err(Refusal::ProposalClosed.into());
        }
        Ok(proposal)
    }

    /// A proposal as it stands once somebody has approved it, with its policy. That
    /// it is not their own, and made on the version in force, is seen to here.
    ///
    /// # Errors
    /// [`Refusal::ProposalClosed`], [`Refusal::OwnProposal`], [`Refusal::Changed`].
    pub async fn approval(
        &self,
        caller: &Caller,
        id: ProposalId,
        reason: &str,
    ) -> Result<(Proposal, Policy), Failure> {
        let by = person(caller)?;
        let desk = self.desk(caller.workspace)?;
        let proposal = self.open_proposal(caller.workspace, id).await?;
        if proposal.author == by && has_other_editor(&desk, by) {
            return Err(Refusal::OwnProposal.into());
        }
        self.expect_in_force(caller.workspace, &proposal.base.0)?;
        let version = proposal.version.clone();
        let text = self.store().policy_text(caller.workspace, version).await?;
        let text = text.ok_or(Failure::Unknown("version"))?;
        let policy = Policy::parse(&text).map_err(Failure::Policy)?;
        let decision = (ProposalState::Approved, Some(reason.to_owned()));
        Ok((self.decided(proposal, by, decision), policy))
    }

    /// A proposal as it stands once it was declined.
    ///
    /// # Errors
    /// [`Refusal::ProposalClosed`]; [`Failure::Forbidden`] for taking back another's.
    pub async fn declined(
        &self,
        caller: &Caller,
        id: ProposalId,
        how: Declined,
    ) -> Result<Proposal, Failure> {
        let by = person(caller)?;
        let proposal = self.open_proposal(caller.workspace, id).await?;
        let decision = match how {
            Declined::Rejected(reason) => (ProposalState::Rejected, Some(reason)),
            Declined::Withdrawn if proposal.author != by => {
                return Err(Failure::Forbidden("take back another's proposal"));
            }
            Declined::Withdrawn => (ProposalState::Withdrawn, None),
        };
        Ok(self.decided(proposal, by, decision))
    }

    fn decided(
        &self,
        proposal: Proposal,
        by: AgentId,
        (state, reason): (ProposalState, Option<String>),
    ) -> Proposal {
        let at = self.now();
        Proposal {
            state,
            decision: Some(Decision { by, at, reason }),
            ..proposal
        }
    }

    /// Keeps that a proposal was declined.
    ///
    /// # Errors
    /// [`Refusal::ProposalClosed`] if somebody else was faster.
    pub async fn decline(
        &self,
        caller: &Caller,
        proposal: Proposal,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        let act = Act {
            subject: proposal.id.to_string(),
            action: match proposal.state {
                ProposalState::Withdrawn => "proposal.withdrawn",
                _ => "proposal.rejected",
            },
            change: SettingChange::Rollout(Box::new(Step {
                decides: Some(proposal),
                ..Step::default()
            })),
        };
        Ok(self.settle_act(caller, act, answer).await?.map(|_| ()))
    }
}

/// Refuses a policy that is in force already.
pub(super) fn refuse_same(policy: &Policy, in_force: &Policy) -> Result<(), Failure> {
    if policy.version() != in_force.version() {
        return Ok(());
    }
    Err(Failure::Invalid {
        field: "text",
        reason: "this version is in force already".to_owned(),
    })
}

/// The person who asks.
pub(super) fn person(caller: &Caller) -> Result<AgentId, Failure> {
    match caller.actor {
        Actor::Agent(agent) => Ok(agent),
        _ => Err(Failure::Unauthenticated),
    }
}

/// Whether anybody else could put a policy in force.
fn has_other_editor(desk: &Desk, but: AgentId) -> bool {
    let agents = desk.agents();
    let mut others = agents.iter().filter(|agent| agent.id != but);
    others.any(|agent| access::authorize(agent, Action::EditPolicy).is_ok())
}
