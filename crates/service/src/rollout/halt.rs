//! What Segue undoes by itself: a canary, or a version that has just come into force,
//! whose escalation rate leaves its band (F28).

use std::sync::Arc;

use segue_insight::rollout::Counted;
use segue_model::event::Entry;
use segue_model::id::{ConversationId, PolicyVersion, TrialId};
use segue_policy::Policy;
use segue_ports::rollout::{ActivationKind, Step, TrialOutcome};
use segue_ports::settings::SettingChange;

use super::running::Alarm;
use super::{Coming, Refusal, ended};
use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::settings::Act;
use crate::service::Service;

impl Service {
    /// Counts an entry that has become durable, and acts where a rate has left its band.
    pub(crate) fn watch(&self, desk: &Desk, conversation: ConversationId, entry: &Entry) {
        desk.count(conversation, entry);
        self.halt_if_needed(desk);
    }

    /// Acts where a rate has left its band. What is in hand goes on: this runs beside it.
    pub(crate) fn halt_if_needed(&self, desk: &Desk) {
        let Some(alarm) = desk.alarm(self.now()) else {
            return;
        };
        let Ok(desk) = self.desk(desk.workspace.id) else {
            return;
        };
        let service = self.clone();
        self.tasks().spawn(async move {
            if let Err(error) = service.halt(&desk, &alarm).await {
                // It is tried again with the next entry.
                tracing::error!(%error, "what left its band could not be ended");
            }
            desk.has_halted();
        });
    }

    async fn halt(&self, desk: &Arc<Desk>, alarm: &Alarm) -> Result<(), Failure> {
        let _turn = desk.policy_turn().await;
        match alarm {
            Alarm::Trial(trial) => self.halt_trial(desk, *trial).await,
            Alarm::Fresh(version) => self.step_back_from(desk, version).await,
        }
    }

    /// Ends a canary; its conversations are decided by the version in force from the next
    /// turn on.
    async fn halt_trial(&self, desk: &Desk, id: TrialId) -> Result<(), Failure> {
        let running = desk.trial().filter(|running| running.trial.id == id);
        let (Some(running), Some(figures)) = (running, desk.trial_figures()) else {
            // Somebody was faster.
            return Ok(());
        };
        let (active, candidate) = (figures.active.into(), Counted::from(figures.candidate));
        let end = (TrialOutcome::Halted, left_band(active, candidate));
        let trial = ended(&running.trial, end, (self.now(), None), Some(&figures));
        let act = Act {
            subject: id.to_string(),
            action: "trial.halted",
            change: SettingChange::Rollout(Box::new(Step {
                ends: Some(trial),
                ..Step::default()
            })),
        };
        let caller = Caller::system(desk.workspace.id);
        self.settle_act(&caller, act, String::new()).await?;
        desk.set_trial(None);
        tracing::warn!(
            policy.version = %running.trial.version.0,
            escalated = candidate.escalated,
            conversations = candidate.conversations,
            "a trial was halted: its escalation rate left its band"
        );
        Ok(())
    }

    /// Takes a version back that has just come into force.
    async fn step_back_from(&self, desk: &Desk, version: &PolicyVersion) -> Result<(), Failure> {
        let counts = desk.fresh_counts(self.now());
        let Some((before, after)) = counts.filter(|_| desk.ruleset().policy().version() == version)
        else {
            return Ok(());
        };
        let caller = Caller::system(desk.workspace.id);
        let row = match self.policy_before(caller.workspace).await {
            Ok(row) => row,
            Err(Failure::Rollout(Refusal::NothingToRollBack)) => {
                desk.set_watch(|watch| watch.fresh = None);
                return Ok(());
            }
            Err(failure) => return Err(failure),
        };
        let policy = Policy::parse(&row.text).map_err(Failure::Policy)?;
        let coming = Coming {
            kind: ActivationKind::HaltedBack,
            reason: left_band(before, after),
            is_watched: false,
        };
        let row = self.policy_row(&caller, &policy, coming);
        self.put_in_force(&caller, (policy, row), Step::default(), String::new())
            .await?;
        tracing::warn!(
            policy.version = %version.0,
            escalated = after.escalated,
            conversations = after.conversations,
            "a policy was taken back: its escalation rate left its band"
        );
        Ok(())
    }
}

/// Why, with the figures, for people.
fn left_band(before: Counted, after: Counted) -> String {
    let percent = |counted: Counted| (counted.rate() * 100.0).round();
    format!(
        "The escalation rate left its band: {} % of {} conversations, where {} % of {} are usual.",
        percent(after),
        after.conversations,
        percent(before),
        before.conversations
    )
}
