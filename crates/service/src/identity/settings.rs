//! Changes of settings, each once: the change, its line in the audit trail and
//! the request that asked for it are one write of the store.

use segue_model::event::Actor;
use segue_ports::directory::AuditRow;
use segue_ports::log::IdempotencyKey;
use segue_ports::rollout::{Proposal, ProposalState, Step};
use segue_ports::settings::{
    FirstAnswer, SettingChange, SettingRequest, SettingWrite, SettingWritten,
};

use super::access::{self, Action};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

/// What came of a change of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled<T> {
    /// It is done.
    Now(T),
    /// The same request did it before: its first answer.
    Before(FirstAnswer),
}

impl<T> Settled<T> {
    /// What was done now.
    pub fn now(self) -> Option<T> {
        match self {
            Self::Now(done) => Some(done),
            Self::Before(_) => None,
        }
    }

    pub(crate) fn map<U>(self, with: impl FnOnce(T) -> U) -> Settled<U> {
        match self {
            Self::Now(done) => Settled::Now(with(done)),
            Self::Before(first) => Settled::Before(first),
        }
    }
}

/// A change with its line in the audit trail.
pub(crate) struct Act {
    pub(crate) change: SettingChange,
    /// As a stable word: `agent.invited`.
    pub(crate) action: &'static str,
    /// To what: an id, never content.
    pub(crate) subject: String,
}

/// What somebody must be allowed to make a change.
fn right_to(change: &SettingChange) -> Option<Action> {
    match change {
        SettingChange::Nothing => None,
        SettingChange::CreateAgent { .. } | SettingChange::UpdateAgent { .. } => {
            Some(Action::ManageAgents)
        }
        SettingChange::CreateKey(_)
        | SettingChange::RevokeKey { .. }
        | SettingChange::PutCustomers(_) => Some(Action::ManageKeys),
        SettingChange::PutCases(_) => Some(Action::ProposePolicy),
        SettingChange::PutKnowledge(_) => Some(Action::EditKnowledge),
        SettingChange::PutReportSchedule(_) => Some(Action::ScheduleReports),
        SettingChange::Rollout(step) => Some(right_to_step(step)),
    }
}

/// A proposal is made and taken back by those who may propose; the rest is for those
/// who may put a policy in force.
fn right_to_step(step: &Step) -> Action {
    let is_withdrawn = |proposal: &Proposal| proposal.state == ProposalState::Withdrawn;
    let is_proposers = step.activates.is_none()
        && step.begins.is_none()
        && step.ends.is_none()
        && step.decides.as_ref().is_none_or(is_withdrawn);
    if is_proposers {
        Action::ProposePolicy
    } else {
        Action::EditPolicy
    }
}

impl Service {
    /// What this request was answered the first time, if it was made before. To
    /// be asked before anything is decided: what was right then may be refused now.
    ///
    /// # Errors
    /// [`Failure::KeyReused`] if the key was used for another request, also for
    /// one on a conversation.
    pub async fn first_setting(&self, caller: &Caller) -> Result<Option<FirstAnswer>, Failure> {
        let Some(own) = &caller.idempotency else {
            return Ok(None);
        };
        let IdempotencyKey {
            caller: who,
            key,
            fingerprint,
        } = own.clone();
        let found = self
            .store()
            .find_setting(caller.workspace, who, key)
            .await?;
        match found {
            Some(first) if first.fingerprint == fingerprint => Ok(Some(first)),
            Some(_) => Err(Failure::KeyReused),
            None => self.refuse_key_of_turn(caller, own).await.map(|()| None),
        }
    }

    /// The log has keys of its own; one that stands there is not good for a setting.
    async fn refuse_key_of_turn(
        &self,
        caller: &Caller,
        own: &IdempotencyKey,
    ) -> Result<(), Failure> {
        let (who, key) = (own.caller.clone(), own.key.clone());
        match self.store().find_key(caller.workspace, who, key).await? {
            Some(_) => Err(Failure::KeyReused),
            None => Ok(()),
        }
    }

    /// Makes a change; answers how many customers were new. The answer that a
    /// retry gets must hold no secret.
    pub(crate) async fn settle_act(
        &self,
        caller: &Caller,
        act: Act,
        answer: String,
    ) -> Result<Settled<u64>, Failure> {
        let actor = match caller.actor {
            Actor::Agent(agent) => Some(agent),
            _ => None,
        };
        if let Some((agent, needed)) = actor.zip(right_to(&act.change)) {
            // Between a request's head and its body somebody may have been let go.
            let known = self.desk(caller.workspace)?.agent(agent);
            let known = known.ok_or(Failure::Unauthenticated)?;
            access::authorize(&known, needed)?;
        }
        let audit = AuditRow {
            at: self.now(),
            actor,
            action: act.action.to_owned(),
            subject: act.subject,
        };
        self.write_setting(caller, act.change, Some(audit), answer)
            .await
    }

    /// Remembers a request that asked for what is so already.
    ///
    /// # Errors
    /// [`Failure::KeyReused`], or when the store fails.
    pub async fn settle_nothing(
        &self,
        caller: &Caller,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        let written = self.write_setting(caller, SettingChange::Nothing, None, answer);
        Ok(written.await?.map(|_| ()))
    }

    async fn write_setting(
        &self,
        caller: &Caller,
        change: SettingChange,
        audit: Option<AuditRow>,
        answer: String,
    ) -> Result<Settled<u64>, Failure> {
        if let Some(own) = &caller.idempotency {
            self.refuse_key_of_turn(caller, own).await?;
        }
        let what = match change {
            SettingChange::RevokeKey { .. } => "key",
            _ => "agent",
        };
        let exists = match change {
            SettingChange::PutKnowledge(_) => Failure::KnowledgeChanged,
            _ => Failure::Exists("agent"),
        };
        let request = caller.idempotency.clone().map(|key| SettingRequest {
            key,
            answer,
            at: self.now(),
        });
        let write = SettingWrite {
            workspace: caller.workspace,
            change,
            audit,
            request,
        };
        match self.store().write_setting(write).await? {
            SettingWritten::Done { created } => Ok(Settled::Now(created)),
            SettingWritten::Replayed(first) => Ok(Settled::Before(first)),
            SettingWritten::KeyReused => Err(Failure::KeyReused),
            SettingWritten::Exists => Err(exists),
            SettingWritten::Unknown => Err(Failure::Unknown(what)),
        }
    }
}
