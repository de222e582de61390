//! The policy: read, checked, put in force. One edit at a time, each naming the
//! version it was made on, so that nobody's change is overwritten unseen.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use segue_engine::Ruleset;
use segue_model::id::PolicyVersion;
use segue_policy::Policy;
use segue_ports::directory::PolicyRow;
use segue_service::boot::policy_failure;
use segue_service::{Caller, Desk, Failure};

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, first, json};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::settings::{
    self, LintAnswer, PolicyAnswer, PolicyBody, PolicyNote, PolicyText, PolicyVersionRow,
};

/// How many former versions are listed.
const VERSIONS_MAX: u32 = 50;

/// A policy with the history that ends with it, newest first.
fn answer(desk: &Desk, policy: &Policy, rows: &[PolicyRow]) -> PolicyAnswer {
    let by = |row: &PolicyRow| row.activated_by.map(|agent| desk.name_of(agent));
    let current = rows.iter().find(|row| row.version == *policy.version());
    PolicyAnswer {
        version: policy.version().0.to_string(),
        text: policy.text().to_owned(),
        activated_at: current
            .map_or(desk.workspace.created_at, |row| row.activated_at)
            .into(),
        by: current.and_then(by),
        lints: policy.lint().iter().map(settings::lint).collect(),
        explain: policy.explain(),
        versions: rows
            .iter()
            .map(|row| PolicyVersionRow {
                version: row.version.0.to_string(),
                activated_at: row.activated_at.into(),
                by: by(row),
            })
            .collect(),
    }
}

async fn history(api: &ApiState, desk: &Desk) -> Result<Vec<PolicyRow>, ApiError> {
    let store = api.service().store();
    Ok(store.policies(desk.workspace.id, VERSIONS_MAX).await?)
}

/// The policy in force, with its history.
#[utoipa::path(get, operation_id = "read_policy", path = "/v1/policy", tag = "settings", security(("session" = [])), responses((status = 200, description = "The policy.", body = PolicyAnswer), ReadErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<PolicyAnswer>, ApiError> {
    let rows = history(&api, &by.desk).await?;
    Ok(Json(answer(&by.desk, by.desk.ruleset().policy(), &rows)))
}

/// A version that is or was in force, with its text. Put in force again, it is the
/// same version: one step back.
#[utoipa::path(get, operation_id = "read_policy_version", path = "/v1/policy/versions/{version}", tag = "settings", security(("session" = [])), params(("version" = String, Path, description = "The version.")), responses((status = 200, description = "The version.", body = PolicyText), ReadErrors, (status = 404, description = "`not_found`: there was no such version.", body = crate::error::ErrorBody)))]
pub async fn version(
    State(api): State<ApiState>,
    by: Authorized<Read>,
    Place(version): Place<String>,
) -> Result<Json<PolicyText>, ApiError> {
    let version = PolicyVersion(version.into());
    let found = api.service().store().policy(by.who.workspace, version);
    let row = found.await?.ok_or(Failure::Unknown("version"))?;
    Ok(Json(PolicyText {
        version: row.version.0.to_string(),
        activated_at: row.activated_at.into(),
        by: row.activated_by.map(|agent| by.desk.name_of(agent)),
        text: row.text,
    }))
}

/// Says what is wrong with a text, and what is odd. Changes nothing.
#[utoipa::path(post, operation_id = "lint_policy", path = "/v1/policy/lint", tag = "settings", security(("session" = [])), request_body = PolicyBody, responses((status = 200, description = "What was found.", body = LintAnswer), SettingErrors))]
pub async fn lint(_by: Authorized<EditPolicy>, write: Write<PolicyBody>) -> Json<LintAnswer> {
    let policy = match Policy::parse(&write.body.text) {
        Ok(policy) => policy,
        Err(problems) => {
            let problems = problems.iter().map(settings::problem).collect();
            return Json(LintAnswer {
                problems,
                lints: Vec::new(),
            });
        }
    };
    let lints = policy.lint().iter().map(settings::lint).collect();
    // What only the detector and the calendar can refuse.
    let problems = match Ruleset::new(policy).map_err(policy_failure) {
        Ok(_) => Vec::new(),
        Err(Failure::Policy(problems)) => problems.iter().map(settings::problem).collect(),
        Err(failure) => vec![PolicyNote {
            line: 0,
            column: 0,
            path: String::new(),
            message: failure.to_string(),
            hint: None,
            code: failure.code(),
        }],
    };
    Json(LintAnswer { problems, lints })
}

/// Puts a policy in force from the next turn on.
#[utoipa::path(put, operation_id = "activate_policy", path = "/v1/policy", tag = "settings", security(("session" = [])), params(("If-Match" = Option<String>, Header, description = "The version that was edited.")), request_body = PolicyBody, responses((status = 200, description = "In force.", body = PolicyAnswer), SettingErrors))]
pub async fn activate(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    headers: HeaderMap,
    write: Write<PolicyBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let PolicyBody { text, version } = write.body;
    let policy = Policy::parse(&text).map_err(Failure::Policy)?;
    let expected = if_match(&headers).or(version);
    let rows = history(&api, &by.desk).await?;
    let change = Edit {
        expected,
        status: StatusCode::OK,
        change: |_: &Policy| Ok(policy),
        answer: |policy: &Policy, row: Option<&PolicyRow>| {
            let mut rows = rows;
            if let Some(row) = row {
                rows.retain(|former| former.version != row.version);
                rows.insert(0, row.clone());
                rows.truncate(VERSIONS_MAX as usize);
            }
            Ok(json(&answer(&by.desk, policy, &rows)))
        },
    };
    edit(&api, &by, &caller, change).await
}

/// The version that an edit was made on, if the caller says so.
pub(super) fn if_match(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::IF_MATCH)?.to_str().ok()?;
    Some(given.trim().trim_matches('"').to_owned())
}

/// An edit of the policy in force.
pub(super) struct Edit<C, A> {
    /// The version it was made on, if the caller says so.
    pub expected: Option<String>,
    /// The status of its answer.
    pub status: StatusCode,
    /// Makes the new policy of the old one.
    pub change: C,
    /// What is answered, of the new policy and its row; no row where it is in force already.
    pub answer: A,
}

/// Edits the policy in force under the lock of all edits.
pub(super) async fn edit<C, A>(
    api: &ApiState,
    by: &Authorized<EditPolicy>,
    caller: &Caller,
    edit: Edit<C, A>,
) -> Result<Kept, ApiError>
where
    C: FnOnce(&Policy) -> Result<Policy, ApiError>,
    A: FnOnce(&Policy, Option<&PolicyRow>) -> Result<String, ApiError>,
{
    let _turn = api.policy_turn().await;
    let Edit {
        expected,
        status,
        change,
        answer,
    } = edit;
    // First of all: what was made on the version of then is not refused now.
    if let Some(first) = first(api, caller).await? {
        return Ok(Kept::again(status, first.answer));
    }
    let before = by.desk.ruleset();
    let version = &before.policy().version().0;
    if expected.is_some_and(|expected| *expected != **version) {
        let message = "somebody else has put another version in force since";
        let details = serde_json::json!({ "version": version });
        return Err(ApiError::new("policy_changed", message).with(details));
    }
    let after = change(before.policy())?;
    if after.version().0 == *version {
        let body = answer(&after, None)?;
        let settled = api.service().settle_nothing(caller, body.clone()).await?;
        return Ok(Kept::of(status, settled, body));
    }
    let row = api.service().policy_row(&after, by.id());
    let body = answer(&after, Some(&row))?;
    let settled = api
        .service()
        .change_policy(caller, (after, row), body.clone())
        .await?;
    Ok(Kept::of(status, settled, body))
}
