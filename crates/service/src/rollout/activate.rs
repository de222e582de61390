//! A version comes into force.

use segue_engine::Ruleset;
use segue_insight::rollout::{CONVERSATIONS_MIN, CONVERSATIONS_WATCHED, Fresh};
use segue_model::event::Actor;
use segue_model::id::{PolicyVersion, WorkspaceId};
use segue_policy::Policy;
use segue_ports::rollout::{Activation, ActivationKind, PolicyRow, Step, Trial, TrialOutcome};
use segue_ports::settings::SettingChange;

use super::{ACTIVATIONS_READ, Coming, Refusal, ended, step_back};
use crate::boot::policy_failure;
use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::settings::{Act, Settled};
use crate::service::Service;

/// The audit trail's word for it.
const fn action(kind: ActivationKind) -> &'static str {
    match kind {
        ActivationKind::Activated => "policy.activated",
        ActivationKind::Approved => "policy.approved",
        ActivationKind::Promoted => "policy.promoted",
        ActivationKind::RolledBack => "policy.rolled_back",
        ActivationKind::HaltedBack => "policy.halted_back",
    }
}

impl Service {
    /// A policy as it is kept when it comes into force now.
    pub fn policy_row(&self, caller: &Caller, policy: &Policy, coming: Coming) -> PolicyRow {
        let by = match caller.actor {
            Actor::Agent(agent) => Some(agent),
            _ => None,
        };
        PolicyRow {
            text: policy.text().to_owned(),
            activation: Activation {
                version: policy.version().clone(),
                at: self.now(),
                by,
                kind: coming.kind,
                reason: Some(coming.reason),
                is_watched: coming.is_watched,
            },
        }
    }

    /// The policy that one step back leads to, as it was kept.
    ///
    /// # Errors
    /// [`Refusal::NothingToRollBack`], or when the store fails.
    pub async fn policy_before(&self, workspace: WorkspaceId) -> Result<PolicyRow, Failure> {
        let rows = self
            .store()
            .activations(workspace, ACTIVATIONS_READ)
            .await?;
        let to = step_back(&rows).ok_or(Refusal::NothingToRollBack)?;
        let found = self.store().policy(workspace, to.version.clone()).await?;
        found.ok_or(Failure::Unknown("version"))
    }

    /// Refuses what was made on another version than the one in force.
    ///
    /// # Errors
    /// [`Refusal::Changed`].
    pub fn expect_in_force(&self, workspace: WorkspaceId, expected: &str) -> Result<(), Failure> {
        let rules = self.desk(workspace)?.ruleset();
        let version: &PolicyVersion = rules.policy().version();
        if *expected == *version.0 {
            return Ok(());
        }
        let version = version.clone();
        Err(Refusal::Changed { version }.into())
    }

    /// Puts a policy in force, together with the other parts of the step: the turns
    /// that are being judged keep theirs, the next ones name the new version.
    ///
    /// # Errors
    /// What is wrong with it; then the old one stays.
    pub async fn put_in_force(
        &self,
        caller: &Caller,
        (policy, row): (Policy, PolicyRow),
        step: Step,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        let desk = self.desk(caller.workspace)?;
        let ruleset = Ruleset::new(policy).map_err(policy_failure)?;
        let ends = match (step.ends, desk.trial()) {
            (None, Some(running)) => Some(self.overtaken(caller, &desk, &running.trial)),
            (ends, _) => ends,
        };
        // What it is held against is known once the log has been read.
        desk.figures.complete().await;
        let fresh = self.watch_of(&desk, &row.activation);
        let act = Act {
            subject: row.activation.version.0.to_string(),
            action: action(row.activation.kind),
            change: SettingChange::Rollout(Box::new(Step {
                ends,
                activates: Some(row),
                ..step
            })),
        };
        let settled = self.settle_act(caller, act, answer).await?;
        if matches!(settled, Settled::Now(_)) {
            desk.set_ruleset(ruleset, fresh);
        }
        Ok(settled.map(|_| ()))
    }

    /// A trial that ends because what it was held against is no longer in force.
    fn overtaken(&self, caller: &Caller, desk: &Desk, trial: &Trial) -> Trial {
        let by = match caller.actor {
            Actor::Agent(agent) => Some(agent),
            _ => None,
        };
        let end = (
            TrialOutcome::Stopped,
            "Another version was put in force.".to_owned(),
        );
        ended(trial, end, (self.now(), by), desk.trial_figures().as_ref())
    }

    /// What is counted of a version that comes into force, where it is to be watched and
    /// there is something to hold it against.
    pub(crate) fn watch_of(&self, desk: &Desk, activation: &Activation) -> Option<Fresh> {
        if !activation.is_watched {
            return None;
        }
        let before = desk
            .ledger()
            .counted_before(activation.at, CONVERSATIONS_WATCHED);
        let fresh = Fresh::new(activation.version.clone(), activation.at).against(before);
        (before.conversations >= CONVERSATIONS_MIN).then_some(fresh)
    }
}
