use std::cmp::Reverse;

use segue_model::id::{PolicyVersion, ProposalId, TrialId, WorkspaceId};
use segue_ports::rollout::{
    Activation, CasesRow, PolicyRow, Proposal, ProposalState, Rollouts, Step, Trial,
};
use segue_ports::settings::SettingWritten;
use segue_ports::{Pending, StoreError, StoreErrorKind};

use super::{MemoryStore, State, limit, ready, settled};

impl State {
    fn keep_policy(
        &mut self,
        workspace: WorkspaceId,
        version: &PolicyVersion,
        text: &str,
    ) -> Result<(), StoreError> {
        let known = self
            .policies
            .entry((workspace, version.clone()))
            .or_insert_with(|| text.to_owned());
        if known != text {
            return Err(StoreError::bare(
                StoreErrorKind::Failed,
                "changing a policy",
            ));
        }
        Ok(())
    }

    fn activate_policy(
        &mut self,
        workspace: WorkspaceId,
        policy: PolicyRow,
    ) -> Result<(), StoreError> {
        self.keep_policy(workspace, &policy.activation.version, &policy.text)?;
        self.activations.push((workspace, policy.activation));
        Ok(())
    }

    fn activations_of(&self, workspace: WorkspaceId) -> impl Iterator<Item = &Activation> {
        let newest = self.activations.iter().rev();
        newest
            .filter(move |(place, _)| *place == workspace)
            .map(|(_, activation)| activation)
    }

    fn policy_row(&self, workspace: WorkspaceId, activation: &Activation) -> PolicyRow {
        let place = (workspace, activation.version.clone());
        PolicyRow {
            text: self.policies.get(&place).cloned().unwrap_or_default(),
            activation: activation.clone(),
        }
    }

    fn running_trial(&self, workspace: WorkspaceId) -> Option<&Trial> {
        let own = |((place, _), trial): &(&(WorkspaceId, TrialId), &Trial)| {
            *place == workspace && trial.end.is_none()
        };
        self.trials.iter().find(own).map(|(_, trial)| trial)
    }

    /// Takes one step; what it refuses, it has not begun to write.
    pub(super) fn take_step(
        &mut self,
        workspace: WorkspaceId,
        step: Step,
    ) -> Result<SettingWritten, StoreError> {
        let is_open = |proposal: &Proposal| {
            let known = self.proposals.get(&(workspace, proposal.id));
            known.is_some_and(|known| known.state == ProposalState::Open)
        };
        if step.decides.as_ref().is_some_and(|it| !is_open(it)) {
            return Ok(SettingWritten::Unknown);
        }
        let running = self.running_trial(workspace).map(|trial| trial.id);
        if step.ends.as_ref().is_some_and(|it| running != Some(it.id)) {
            return Ok(SettingWritten::Unknown);
        }
        if step.begins.is_some() && running.is_some() && step.ends.is_none() {
            return Ok(SettingWritten::Exists);
        }
        if let Some(proposal) = step.decides {
            self.proposals.insert((workspace, proposal.id), proposal);
        }
        if let Some((proposal, text)) = step.proposes {
            self.keep_policy(workspace, &proposal.version, &text)?;
            self.proposals.insert((workspace, proposal.id), proposal);
        }
        if let Some(trial) = step.ends {
            self.trials.insert((workspace, trial.id), trial);
        }
        if let Some((trial, text)) = step.begins {
            self.keep_policy(workspace, &trial.version, &text)?;
            self.trials.insert((workspace, trial.id), trial);
        }
        if let Some(policy) = step.activates {
            self.activate_policy(workspace, policy)?;
        }
        Ok(SettingWritten::Done { created: 0 })
    }
}

/// The rows of a workspace, newest first, at most so many.
fn newest<'a, I: 'a, T: Clone + 'a, K: Ord>(
    rows: impl Iterator<Item = (&'a (WorkspaceId, I), &'a T)>,
    workspace: WorkspaceId,
    count: u32,
    order: impl Fn(&T) -> K,
) -> Vec<T> {
    let own = rows.filter(|((place, _), _)| *place == workspace);
    let mut found: Vec<T> = own.map(|(_, row)| row.clone()).collect();
    found.sort_by_key(|row| Reverse(order(row)));
    found.truncate(limit(count));
    found
}

impl Rollouts for MemoryStore {
    fn active_policy(&self, workspace: WorkspaceId) -> Pending<'_, Option<PolicyRow>> {
        let state = self.lock();
        let latest = state.activations_of(workspace).next();
        ready(latest.map(|activation| state.policy_row(workspace, activation)))
    }

    fn activate_policy(&self, workspace: WorkspaceId, policy: PolicyRow) -> Pending<'_, ()> {
        settled(self.lock().activate_policy(workspace, policy))
    }

    fn activations(&self, workspace: WorkspaceId, count: u32) -> Pending<'_, Vec<Activation>> {
        let state = self.lock();
        let rows = state.activations_of(workspace).take(limit(count));
        ready(rows.cloned().collect())
    }

    fn policy(
        &self,
        workspace: WorkspaceId,
        version: PolicyVersion,
    ) -> Pending<'_, Option<PolicyRow>> {
        let state = self.lock();
        let latest = state
            .activations_of(workspace)
            .find(|activation| activation.version == version);
        ready(latest.map(|activation| state.policy_row(workspace, activation)))
    }

    fn policy_text(
        &self,
        workspace: WorkspaceId,
        version: PolicyVersion,
    ) -> Pending<'_, Option<String>> {
        ready(self.lock().policies.get(&(workspace, version)).cloned())
    }

    fn cases(&self, workspace: WorkspaceId) -> Pending<'_, Option<CasesRow>> {
        ready(self.lock().cases.get(&workspace).cloned())
    }

    fn proposals(&self, workspace: WorkspaceId, count: u32) -> Pending<'_, Vec<Proposal>> {
        let rows = &self.lock().proposals;
        ready(newest(rows.iter(), workspace, count, |row| {
            (row.at, row.id)
        }))
    }

    fn proposal(&self, workspace: WorkspaceId, id: ProposalId) -> Pending<'_, Option<Proposal>> {
        ready(self.lock().proposals.get(&(workspace, id)).cloned())
    }

    fn open_proposals(&self, workspace: WorkspaceId) -> Pending<'_, u64> {
        let state = self.lock();
        let open = state
            .proposals
            .iter()
            .filter(|((place, _), row)| *place == workspace && row.state == ProposalState::Open);
        ready(u64::try_from(open.count()).expect("a count fits"))
    }

    fn trials(&self, workspace: WorkspaceId, count: u32) -> Pending<'_, Vec<Trial>> {
        let rows = &self.lock().trials;
        ready(newest(rows.iter(), workspace, count, |row| {
            (row.started_at, row.id)
        }))
    }

    fn trial(&self, workspace: WorkspaceId, id: TrialId) -> Pending<'_, Option<Trial>> {
        ready(self.lock().trials.get(&(workspace, id)).cloned())
    }

    fn running_trial(&self, workspace: WorkspaceId) -> Pending<'_, Option<Trial>> {
        ready(self.lock().running_trial(workspace).cloned())
    }
}
