//! The policy: read, checked, put in force. One edit at a time, each naming the
//! version it was made on, so that nobody's change is overwritten unseen.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use segue_engine::Ruleset;
use segue_model::id::WorkspaceId;
use segue_policy::Policy;
use segue_ports::directory::PolicyRow;
use segue_service::boot::policy_failure;
use segue_service::{Desk, Failure};

use super::answers::{ReadErrors, SettingErrors};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, Read};
use crate::error::ApiError;
use crate::extract::Write;
use crate::state::ApiState;
use crate::wire::settings::{
    self, LintAnswer, PolicyAnswer, PolicyBody, PolicyNote, PolicyVersionRow,
};

/// How many former versions are listed.
const VERSIONS_MAX: u32 = 50;

async fn answer(api: &ApiState, desk: &Desk) -> Result<PolicyAnswer, ApiError> {
    let rules = desk.ruleset();
    let policy = rules.policy();
    let rows = api
        .service()
        .store()
        .policies(desk.workspace.id, VERSIONS_MAX)
        .await?;
    let by = |row: &PolicyRow| row.activated_by.map(|agent| desk.name_of(agent));
    let current = rows.iter().find(|row| row.version == *policy.version());
    Ok(PolicyAnswer {
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
    })
}

/// The policy in force, with its history.
#[utoipa::path(get, operation_id = "read_policy", path = "/v1/policy", tag = "settings", security(("session" = [])), responses((status = 200, description = "The policy.", body = PolicyAnswer), ReadErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<PolicyAnswer>, ApiError> {
    Ok(Json(answer(&api, &by.desk).await?))
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
) -> Result<Json<PolicyAnswer>, ApiError> {
    let PolicyBody { text, version } = write.body;
    let policy = Policy::parse(&text).map_err(Failure::Policy)?;
    let expected = if_match(&headers).or(version);
    edit(&api, &by, expected.as_deref(), |_| Ok(policy)).await?;
    Ok(Json(answer(&api, &by.desk).await?))
}

/// The version that an edit was made on, if the caller says so.
pub(super) fn if_match(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::IF_MATCH)?.to_str().ok()?;
    Some(given.trim().trim_matches('"').to_owned())
}

/// Edits the policy in force under the lock of all edits.
pub(super) async fn edit(
    api: &ApiState,
    by: &Authorized<EditPolicy>,
    expected: Option<&str>,
    change: impl FnOnce(&Policy) -> Result<Policy, ApiError>,
) -> Result<(), ApiError> {
    let _turn = api.policy_turn().await;
    let before = by.desk.ruleset();
    let version = &before.policy().version().0;
    if expected.is_some_and(|expected| expected != &**version) {
        let message = "somebody else has put another version in force since";
        let details = serde_json::json!({ "version": version });
        return Err(ApiError::new("policy_changed", message).with(details));
    }
    let after = change(before.policy())?;
    let (workspace, agent): (WorkspaceId, _) = (by.who.workspace, by.id());
    let activated = after.version().0.to_string();
    if *activated == **version {
        // The same text again, a retry: there is nothing to do.
        return Ok(());
    }
    api.service()
        .activate_policy(workspace, after, Some(agent))
        .await?;
    api.service()
        .record_act(workspace, Some(agent), "policy.activated", activated)
        .await?;
    Ok(())
}
