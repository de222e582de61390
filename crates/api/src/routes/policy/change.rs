//! The ways in which a policy comes into force: each on top of the version it was
//! made on, with a reason, and answered with the policy and its history.

use axum::http::{HeaderMap, StatusCode, header};
use segue_model::words::{as_written, is_blank};
use segue_policy::Policy;
use segue_ports::rollout::{Activation, PolicyRow, Step};
use segue_service::rollout::{ACTIVATIONS_READ, Coming, Refusal, decides_alike, step_back};
use segue_service::{Caller, Desk, Failure};

use crate::auth::Authorized;
use crate::error::ApiError;
use crate::routes::kept::{Kept, first};
use crate::routes::trials;
use crate::state::ApiState;
use crate::wire::rollout::Trial;
use crate::wire::settings::{self, PolicyAnswer, PolicyVersionRow};

/// How many former activations are listed.
const VERSIONS_MAX: usize = 50;
/// The longest reason, in characters.
pub(in crate::routes) const REASON_CHARS_MAX: usize = 500;

/// What is told beside a policy.
#[derive(Debug, Clone)]
pub(in crate::routes) struct History {
    /// What came into force, newest first.
    pub rows: Vec<Activation>,
    /// How many proposals wait.
    pub open_proposals: u64,
    /// The trial that runs.
    pub trial: Option<Trial>,
}

impl History {
    /// As it is now.
    pub async fn read(api: &ApiState, desk: &Desk) -> Result<Self, ApiError> {
        let (store, workspace) = (api.service().store(), desk.workspace.id);
        Ok(Self {
            rows: store.activations(workspace, ACTIVATIONS_READ).await?,
            open_proposals: store.open_proposals(workspace).await?,
            trial: trials::running(desk),
        })
    }

    /// As it will be once a step has been taken. Whatever comes into force ends a trial.
    #[must_use]
    pub fn after(mut self, row: &PolicyRow, step: &Step) -> Self {
        self.rows.insert(0, row.activation.clone());
        self.trial = None;
        self.open_proposals -= u64::from(step.decides.is_some()).min(self.open_proposals);
        self
    }
}

/// A policy with its history.
pub(in crate::routes) fn answer(desk: &Desk, policy: &Policy, history: &History) -> PolicyAnswer {
    let rows = &history.rows;
    let by = |row: &Activation| row.by.map(|agent| desk.name_of(agent));
    let current = rows.first().filter(|row| row.version == *policy.version());
    let version_row = |row: &Activation| PolicyVersionRow {
        version: row.version.0.to_string(),
        activated_at: row.at.into(),
        by: by(row),
        kind: row.kind.into(),
        reason: row.reason.clone(),
    };
    PolicyAnswer {
        version: policy.version().0.to_string(),
        text: policy.text().to_owned(),
        activated_at: current
            .map_or(desk.workspace.created_at, |row| row.at)
            .into(),
        by: current.and_then(by),
        reason: current.and_then(|row| row.reason.clone()),
        lints: policy.lint().iter().map(settings::lint).collect(),
        explain: policy.explain(),
        versions: rows.iter().take(VERSIONS_MAX).map(version_row).collect(),
        trial: history.trial.clone(),
        open_proposals: history.open_proposals,
        can_roll_back_to: step_back(rows).map(|to| to.version.0.to_string()),
    }
}

/// Whether a policy is taken back should its escalation rate leave its band: not where
/// somebody has accepted that it does, and not where it decides as the one in force.
pub(in crate::routes) fn is_watched(desk: &Desk, policy: &Policy, may_leave_band: bool) -> bool {
    !may_leave_band && !decides_alike(desk.ruleset().policy(), policy)
}

/// The reason that a body gives.
pub(in crate::routes) fn reason_of(given: Option<&str>) -> Result<String, ApiError> {
    let reason = given.unwrap_or_default().trim();
    if is_blank(reason) {
        return Err(Failure::from(Refusal::ReasonMissing).into());
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(ApiError::invalid("reason", "at most 500 characters"));
    }
    Ok(as_written(reason.to_owned()))
}

/// The version that an edit was made on, if the caller says so.
pub(in crate::routes) fn if_match(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::IF_MATCH)?.to_str().ok()?;
    Some(given.trim().trim_matches('"').to_owned())
}

/// An edit of the policy in force.
pub(in crate::routes) struct Edit<C, A> {
    /// The version it was made on, if the caller says so.
    pub expected: Option<String>,
    /// How and why it comes into force.
    pub coming: Coming,
    /// Whether it may come into force although the escalation rate will leave its band.
    pub may_leave_band: bool,
    /// The status of its answer.
    pub status: StatusCode,
    /// Makes the new policy of the old one.
    pub change: C,
    /// What is answered, of the new policy and its row; no row where it is in force already.
    pub answer: A,
}

/// Edits the policy in force under the lock of all edits.
pub(in crate::routes) async fn edit<P, C, A>(
    api: &ApiState,
    by: &Authorized<P>,
    caller: &Caller,
    edit: Edit<C, A>,
) -> Result<Kept, ApiError>
where
    C: FnOnce(&Policy) -> Result<Policy, ApiError>,
    A: FnOnce(&Policy, Option<&PolicyRow>) -> Result<String, ApiError>,
{
    let _turn = by.desk.policy_turn().await;
    let Edit {
        expected,
        coming,
        may_leave_band,
        status,
        change,
        answer,
    } = edit;
    // First of all: what was made on the version of then is not refused now.
    if let Some(first) = first(api, caller).await? {
        return Ok(Kept::again(status, first.answer));
    }
    let service = api.service();
    if let Some(expected) = expected {
        service.expect_in_force(caller.workspace, &expected)?;
    }
    let before = by.desk.ruleset();
    let after = change(before.policy())?;
    if after.version() == before.policy().version() {
        let body = answer(&after, None)?;
        let settled = service.settle_nothing(caller, body.clone()).await?;
        return Ok(Kept::of(status, settled, body));
    }
    if !may_leave_band {
        service
            .refuse_leaving_band(caller.workspace, &after)
            .await?;
    }
    let row = service.policy_row(caller, &after, coming);
    let body = answer(&after, Some(&row))?;
    let settled = service
        .put_in_force(caller, (after, row), Step::default(), body.clone())
        .await?;
    Ok(Kept::of(status, settled, body))
}
