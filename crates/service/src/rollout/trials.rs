//! A version is tried.

use segue_engine::Ruleset;
use segue_model::id::{ProposalId, QueueKey, TrialId, WorkspaceId};
use segue_policy::Policy;
use segue_ports::rollout::{
    Decision, Proposal, ProposalState, Step, Trial, TrialMode, TrialOutcome,
};
use segue_ports::settings::SettingChange;

use super::propose::{person, refuse_same};
use super::{Refusal, Running, ended};
use crate::boot::policy_failure;
use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::settings::{Act, Settled};
use crate::service::Service;

/// The smallest and the greatest share of conversations that a version is tried on, of a
/// thousand: one in a hundred, and half, so that there is something to hold it against.
pub const PERMILLE: std::ops::RangeInclusive<u16> = 10..=500;

impl Service {
    /// A trial as it is kept when it begins now.
    ///
    /// # Errors
    /// [`Refusal::TrialRunning`], [`Refusal::TrialChangesQueues`], and what is wrong with
    /// the policy.
    pub fn new_trial(
        &self,
        caller: &Caller,
        policy: &Policy,
        (mode, proposal): (TrialMode, Option<ProposalId>),
        reason: String,
    ) -> Result<Running, Failure> {
        let started_by = person(caller)?;
        let desk = self.desk(caller.workspace)?;
        if let Some(running) = desk.trial() {
            let trial = running.trial.id;
            return Err(Refusal::TrialRunning { trial }.into());
        }
        let in_force = desk.ruleset();
        refuse_same(policy, in_force.policy())?;
        if let TrialMode::Canary { permille } = mode {
            if !PERMILLE.contains(&permille) {
                return Err(Failure::Invalid {
                    field: "share",
                    reason: "from 0.01 to 0.5".to_owned(),
                });
            }
            refuse_other_queues(in_force.policy(), policy)?;
        }
        let rules = Ruleset::new(policy.clone()).map_err(policy_failure)?;
        let trial = Trial {
            id: TrialId::new(self.fresh()),
            mode,
            version: policy.version().clone(),
            base: in_force.policy().version().clone(),
            proposal,
            started_at: self.now(),
            started_by,
            reason,
            end: None,
        };
        Ok(Running::new(trial, rules, &in_force))
    }

    /// Begins a trial.
    ///
    /// # Errors
    /// When the caller may not, or the store fails.
    pub async fn begin_trial(
        &self,
        caller: &Caller,
        running: Running,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        let desk = self.desk(caller.workspace)?;
        let text = running.rules.policy().text().to_owned();
        let act = Act {
            subject: running.trial.id.to_string(),
            action: "trial.begun",
            change: SettingChange::Rollout(Box::new(Step {
                begins: Some((running.trial.clone(), text)),
                ..Step::default()
            })),
        };
        let settled = self.settle_act(caller, act, answer).await?;
        if matches!(settled, Settled::Now(_)) {
            desk.set_trial(Some(running));
        }
        Ok(settled.map(|_| ()))
    }

    /// The trial that runs, as it stands once somebody has ended it, with its policy.
    ///
    /// # Errors
    /// [`Refusal::TrialOver`] if it does not run.
    pub async fn trial_end(
        &self,
        caller: &Caller,
        id: TrialId,
        (outcome, reason): (TrialOutcome, String),
    ) -> Result<(Trial, Policy), Failure> {
        let by = person(caller)?;
        let desk = self.desk(caller.workspace)?;
        let running = desk.trial().filter(|running| running.trial.id == id);
        let Some(running) = running else {
            let known = self.store().trial(caller.workspace, id).await?;
            known.ok_or(Failure::Unknown("trial"))?;
            return Err(Refusal::TrialOver.into());
        };
        let figures = desk.trial_figures();
        let when = (self.now(), Some(by));
        let trial = ended(&running.trial, (outcome, reason), when, figures.as_ref());
        Ok((trial, running.rules.policy().clone()))
    }

    /// Ends a trial, and nothing comes of it.
    ///
    /// # Errors
    /// When the caller may not, or the store fails.
    pub async fn stop_trial(
        &self,
        caller: &Caller,
        trial: Trial,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        let desk = self.desk(caller.workspace)?;
        let act = Act {
            subject: trial.id.to_string(),
            action: "trial.stopped",
            change: SettingChange::Rollout(Box::new(Step {
                ends: Some(trial),
                ..Step::default()
            })),
        };
        let settled = self.settle_act(caller, act, answer).await?;
        if matches!(settled, Settled::Now(_)) {
            desk.set_trial(None);
        }
        Ok(settled.map(|_| ()))
    }

    /// The step by which a trial's version comes into force: the trial ends, and the
    /// proposal that it was begun from is approved if it still waits.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn promotion(&self, caller: &Caller, trial: Trial) -> Result<Step, Failure> {
        let decides = match trial.proposal {
            Some(id) => self.store().proposal(caller.workspace, id).await?,
            None => None,
        };
        let end = trial.end.as_ref();
        let decision = person(caller).ok().zip(end).map(|(by, end)| Decision {
            by,
            at: end.at,
            reason: Some(end.reason.clone()),
        });
        let open = decides.filter(|proposal| proposal.state == ProposalState::Open);
        let decides = open.map(|proposal| Proposal {
            state: ProposalState::Approved,
            decision,
            ..proposal
        });
        Ok(Step {
            decides,
            ends: Some(trial),
            ..Step::default()
        })
    }

    /// Finds the trial that ran when the server last ended. One that can no longer be read
    /// does not run; nothing depends on it.
    pub(crate) async fn resume_trial(&self, desk: &Desk) -> Result<(), Failure> {
        let workspace = desk.workspace.id;
        let Some(trial) = self.store().running_trial(workspace).await? else {
            return Ok(());
        };
        match self.rules_of(workspace, &trial).await {
            Ok(rules) => desk.set_trial(Some(Running::new(trial, rules, &desk.ruleset()))),
            Err(error) => tracing::error!(%error, "the trial that ran cannot be read"),
        }
        Ok(())
    }

    async fn rules_of(&self, workspace: WorkspaceId, trial: &Trial) -> Result<Ruleset, Failure> {
        let version = trial.version.clone();
        let text = self.store().policy_text(workspace, version).await?;
        let text = text.ok_or(Failure::Unknown("version"))?;
        Ruleset::parse(&text).map_err(policy_failure)
    }
}

/// Where a canary's conversations wait, agents of the version in force look.
fn refuse_other_queues(in_force: &Policy, policy: &Policy) -> Result<(), Refusal> {
    let lacking = |these: &Policy, those: &Policy| -> Vec<QueueKey> {
        let keys = these.queues().iter().map(|queue| queue.key.clone());
        keys.filter(|key| those.queue(key).is_none()).collect()
    };
    let (added, removed) = (lacking(policy, in_force), lacking(in_force, policy));
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    Err(Refusal::TrialChangesQueues { added, removed })
}
