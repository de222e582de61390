//! Before a version comes into force: the last conversations are decided again under it
//! (F28).

use std::sync::Arc;
use std::time::{Duration, Instant};

use segue_engine::Ruleset;
use segue_engine::what_if::WhatIf;
use segue_insight::rollout::{BAND, CONVERSATIONS_MIN, CONVERSATIONS_WATCHED};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_policy::Policy;
use segue_ports::log::{HeadFilter, OriginFilter, StoredEntry};

use super::{Refusal, decides_alike};
use crate::boot::policy_failure;
use crate::failure::Failure;
use crate::service::Service;

/// How long deciding again may take: far less than anybody waits at a button, and enough
/// for the last conversations where each is as long as it may be.
const BUDGET: Duration = Duration::from_secs(2);

impl Service {
    /// Refuses a version under which the last conversations would have escalated far more
    /// often, or far more rarely.
    ///
    /// # Errors
    /// [`Refusal::LeavesBand`], what is wrong with the policy, or when the store fails.
    pub async fn refuse_leaving_band(
        &self,
        workspace: WorkspaceId,
        policy: &Policy,
    ) -> Result<(), Failure> {
        let in_force = self.desk(workspace)?.ruleset();
        if decides_alike(in_force.policy(), policy) {
            return Ok(());
        }
        let candidate = Ruleset::new(policy.clone()).map_err(policy_failure)?;
        let mut read = Vec::new();
        for conversation in self.last_conversations(workspace).await? {
            let entries = self.whole_log(workspace, conversation).await?;
            read.push((conversation, entries));
        }
        // Turns of others are decided meanwhile.
        let decided =
            tokio::task::spawn_blocking(move || decide_again(&in_force, &candidate, &read));
        match decided.await {
            Ok(Some(refusal)) => Err(refusal.into()),
            Ok(None) => Ok(()),
            Err(error) => {
                // Nothing is known against it; what it does is watched once it is in force.
                tracing::error!(%error, "the last conversations could not be decided again");
                Ok(())
            }
        }
    }

    async fn last_conversations(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<ConversationId>, Failure> {
        let live = HeadFilter {
            origin: Some(OriginFilter::Live),
            ..HeadFilter::default()
        };
        let most = u32::try_from(CONVERSATIONS_WATCHED).unwrap_or(u32::MAX);
        let heads = self.store().heads(workspace, live, None, most).await?;
        Ok(heads.into_iter().map(|row| row.conversation).collect())
    }
}

/// Whether the rate leaves its band, of as many conversations as the time allows, newest
/// first.
fn decide_again(
    in_force: &Arc<Ruleset>,
    candidate: &Ruleset,
    read: &[(ConversationId, Vec<StoredEntry>)],
) -> Option<Refusal> {
    let until = Instant::now() + BUDGET;
    let mut what_if = WhatIf::new(in_force, candidate);
    for (conversation, entries) in read {
        if Instant::now() > until {
            break;
        }
        let entries: Vec<_> = entries
            .iter()
            .map(|stored| (&stored.entry, stored.texts.as_slice()))
            .collect();
        what_if.add_log(&conversation.to_string(), &entries);
    }
    let report = what_if.report();
    let (before, after) = report.before.rate.zip(report.after.rate)?;
    let conversations = report.after.conversations;
    let is_enough = conversations >= u64::from(CONVERSATIONS_MIN);
    (is_enough && (after - before).abs() > BAND).then_some(Refusal::LeavesBand {
        before,
        after,
        conversations,
    })
}
