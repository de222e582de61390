//! Policies, proposals and trials as the port asks for them.

mod cases;
mod policies;
mod proposals;
mod trials;

use rusqlite::Connection;
use segue_model::id::{PolicyVersion, ProposalId, TrialId, WorkspaceId};
use segue_ports::Pending;
use segue_ports::rollout::{Activation, CasesRow, PolicyRow, Proposal, Rollouts, Step, Trial};
use segue_ports::settings::SettingWritten;

use crate::fault::Fault;
use crate::store::SqliteStore;

pub(crate) use cases::put as put_cases;

/// Takes one step; what it refuses, it has not begun to write.
pub(crate) fn take(
    connection: &Connection,
    workspace: WorkspaceId,
    step: &Step,
) -> Result<SettingWritten, Fault> {
    let Step {
        proposes,
        decides,
        begins,
        ends,
        activates,
    } = step;
    if let Some(proposal) = decides
        && !proposals::is_open(connection, workspace, proposal.id)?
    {
        return Ok(SettingWritten::Unknown);
    }
    let running = trials::running(connection, workspace)?.map(|trial| trial.id);
    if let Some(trial) = ends
        && running != Some(trial.id)
    {
        return Ok(SettingWritten::Unknown);
    }
    if begins.is_some() && running.is_some() && ends.is_none() {
        return Ok(SettingWritten::Exists);
    }
    if let Some(proposal) = decides {
        proposals::decide(connection, workspace, proposal)?;
    }
    if let Some((proposal, text)) = proposes {
        policies::keep(connection, workspace, &proposal.version, text)?;
        proposals::add(connection, workspace, proposal)?;
    }
    if let Some(trial) = ends {
        trials::end(connection, workspace, trial)?;
    }
    if let Some((trial, text)) = begins {
        policies::keep(connection, workspace, &trial.version, text)?;
        trials::begin(connection, workspace, trial)?;
    }
    if let Some(policy) = activates {
        policies::activate(connection, workspace, policy)?;
    }
    Ok(SettingWritten::Done { created: 0 })
}

impl Rollouts for SqliteStore {
    fn active_policy(&self, workspace: WorkspaceId) -> Pending<'_, Option<PolicyRow>> {
        self.read("reading the policy", move |c| {
            policies::active(c, workspace)
        })
    }

    fn activate_policy(&self, workspace: WorkspaceId, policy: PolicyRow) -> Pending<'_, ()> {
        self.write("activating a policy", move |c| {
            policies::activate(c, workspace, &policy)
        })
    }

    fn activations(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Activation>> {
        self.read("listing activations", move |c| {
            policies::activations(c, workspace, limit)
        })
    }

    fn policy(
        &self,
        workspace: WorkspaceId,
        version: PolicyVersion,
    ) -> Pending<'_, Option<PolicyRow>> {
        self.read("reading a policy", move |c| {
            policies::one(c, workspace, &version)
        })
    }

    fn policy_text(
        &self,
        workspace: WorkspaceId,
        version: PolicyVersion,
    ) -> Pending<'_, Option<String>> {
        self.read("reading a policy's text", move |c| {
            policies::text(c, workspace, &version)
        })
    }

    fn cases(&self, workspace: WorkspaceId) -> Pending<'_, Option<CasesRow>> {
        self.read("reading the cases", move |c| cases::read(c, workspace))
    }

    fn proposals(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Proposal>> {
        self.read("listing proposals", move |c| {
            proposals::list(c, workspace, limit)
        })
    }

    fn proposal(&self, workspace: WorkspaceId, id: ProposalId) -> Pending<'_, Option<Proposal>> {
        self.read("reading a proposal", move |c| {
            proposals::one(c, workspace, id)
        })
    }

    fn open_proposals(&self, workspace: WorkspaceId) -> Pending<'_, u64> {
        self.read("counting proposals", move |c| {
            proposals::count_open(c, workspace)
        })
    }

    fn trials(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Trial>> {
        self.read("listing trials", move |c| trials::list(c, workspace, limit))
    }

    fn trial(&self, workspace: WorkspaceId, id: TrialId) -> Pending<'_, Option<Trial>> {
        self.read("reading a trial", move |c| trials::one(c, workspace, id))
    }

    fn running_trial(&self, workspace: WorkspaceId) -> Pending<'_, Option<Trial>> {
        self.read("reading the running trial", move |c| {
            trials::running(c, workspace)
        })
    }
}
