//! Starting: workspaces are read, what is open is found again, the loops run.

use std::sync::Arc;

use segue_assist::KnowledgeBase;
use segue_engine::{Ruleset, RulesetError};
use segue_insight::rollout::Fresh;
use segue_model::id::AgentId;
use segue_model::time::Timestamp;
use segue_policy::Policy;
use segue_ports::directory::Workspace;
use segue_ports::log::HeadFilter;
use segue_ports::rollout::{Activation, ActivationKind, PolicyRow};

use crate::desk::Desk;
use crate::failure::Failure;
use crate::service::Service;

/// How many rows are read at a time.
const PAGE: u32 = 1_000;

impl Service {
    /// Reads all workspaces and starts the loops. What was in hand when the
    /// service last ended is found in the log and goes on.
    ///
    /// # Errors
    /// When the store cannot be read or a stored policy not be compiled.
    pub async fn start(&self, knowledge: Arc<KnowledgeBase>) -> Result<(), Failure> {
        for workspace in self.store().workspaces().await? {
            self.open_workspace(workspace, Arc::clone(&knowledge))
                .await?;
        }
        let tasks = self.tasks();
        tasks.spawn(self.clone().ring());
        tasks.spawn(self.clone().work_outbox());
        tasks.spawn(self.clone().send_reports());
        Ok(())
    }

    /// Reads one workspace and starts routing in it.
    ///
    /// # Errors
    /// When the store cannot be read or the stored policy not be compiled.
    pub async fn open_workspace(
        &self,
        workspace: Workspace,
        knowledge: Arc<KnowledgeBase>,
    ) -> Result<Arc<Desk>, Failure> {
        let id = workspace.id;
        let ruleset = self.stored_rules(id).await?;
        let activation = self.store().activations(id, 1).await?.pop();
        let agents = self.store().agents(id).await?;
        let presences = self.store().presences(id).await?;
        let desk = self.add_desk(Desk::new(workspace, knowledge, ruleset, agents, presences));
        self.read_taught(&desk).await?;
        self.resume_trial(&desk).await?;
        let watched = activation.filter(|activation| activation.is_watched);
        if let Some(activation) = &watched {
            let fresh = Fresh::new(activation.version.clone(), activation.at);
            desk.set_watch(|watch| watch.fresh = Some(fresh));
        }
        self.rebuild(&desk, watched).await?;
        self.read_active(&desk).await?;
        self.tasks().spawn(self.clone().route(Arc::clone(&desk)));
        Ok(desk)
    }

    /// Reads one workspace for a command beside a running server: nothing runs.
    ///
    /// # Errors
    /// When the store cannot be read or the stored policy not be compiled.
    pub async fn open_quietly(
        &self,
        workspace: Workspace,
        knowledge: Arc<KnowledgeBase>,
    ) -> Result<Arc<Desk>, Failure> {
        let ruleset = self.stored_rules(workspace.id).await?;
        let agents = self.store().agents(workspace.id).await?;
        let desk = self.add_desk(Desk::new(workspace, knowledge, ruleset, agents, Vec::new()));
        self.read_taught(&desk).await?;
        Ok(desk)
    }

    async fn stored_rules(
        &self,
        workspace: segue_model::id::WorkspaceId,
    ) -> Result<Ruleset, Failure> {
        let stored = self.store().active_policy(workspace).await?;
        let Some(row) = stored else {
            let policy = Policy::builtin().clone();
            let row = self.plain_row(&policy, None);
            self.store().activate_policy(workspace, row).await?;
            return Ruleset::new(policy).map_err(policy_failure);
        };
        Ruleset::parse(&row.text).map_err(policy_failure)
    }

    /// The row of a policy that comes into force without anybody saying why: the one
    /// that ships.
    fn plain_row(&self, policy: &Policy, by: Option<AgentId>) -> PolicyRow {
        PolicyRow {
            text: policy.text().to_owned(),
            activation: Activation {
                version: policy.version().clone(),
                at: self.now(),
                by,
                kind: ActivationKind::Activated,
                reason: None,
                is_watched: false,
            },
        }
    }

    async fn read_active(&self, desk: &Desk) -> Result<(), Failure> {
        let with_people = HeadFilter {
            holders: vec!["review", "queue", "locked", "agent"],
            ..HeadFilter::default()
        };
        let flagged = HeadFilter {
            only_flagged: true,
            ..HeadFilter::default()
        };
        for filter in [with_people, flagged] {
            let mut before: Option<(Timestamp, segue_model::id::ConversationId)> = None;
            loop {
                let page = self
                    .store()
                    .heads(desk.workspace.id, filter.clone(), before, PAGE)
                    .await?;
                let Some(last) = page.last() else { break };
                before = Some((last.head.last_at, last.conversation));
                for row in &page {
                    self.look(desk.workspace.id, row.conversation, |loaded| {
                        desk.note_active(loaded);
                    })
                    .await?;
                }
            }
        }
        Ok(())
    }

    /// Puts a policy in force: the turns that are being judged keep theirs, the
    /// next ones name the new version.
    ///
    /// # Errors
    /// What is wrong with it; then the old one stays.
    pub async fn activate_policy(
        &self,
        workspace: segue_model::id::WorkspaceId,
        policy: Policy,
        by: Option<AgentId>,
    ) -> Result<(), Failure> {
        let desk = self.desk(workspace)?;
        let row = self.plain_row(&policy, by);
        let ruleset = Ruleset::new(policy).map_err(policy_failure)?;
        self.store().activate_policy(workspace, row).await?;
        desk.set_ruleset(ruleset, None);
        Ok(())
    }
}

/// A policy that cannot be put in force, as the caller reads it.
pub fn policy_failure(error: RulesetError) -> Failure {
    match error {
        RulesetError::Policy(problems) => Failure::Policy(problems),
        other => {
            let reason = match std::error::Error::source(&other) {
                Some(source) => format!("{other}: {source}"),
                None => other.to_string(),
            };
            Failure::Invalid {
                field: "policy",
                reason,
            }
        }
    }
}
