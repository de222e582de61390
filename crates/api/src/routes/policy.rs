//! The policy: read, checked, put in force, taken back. One change at a time, each
//! naming the version it was made on, so that nobody's change is overwritten unseen.

pub(super) mod change;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use segue_engine::Ruleset;
use segue_model::id::PolicyVersion;
use segue_policy::Policy;
use segue_ports::rollout::{ActivationKind, PolicyRow, Step};
use segue_service::Failure;
use segue_service::boot::policy_failure;
use segue_service::rollout::Coming;

use self::change::{Edit, History, answer, edit, if_match, is_watched, reason_of};
use super::answers::{ReadErrors, RolloutErrors, SettingErrors};
use super::kept::{Kept, first, json};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, ProposePolicy, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::rollout::{ActivateBody, ReasonBody};
use crate::wire::settings::{self, LintAnswer, PolicyAnswer, PolicyBody, PolicyNote, PolicyText};

/// The policy in force, with its history.
#[utoipa::path(get, operation_id = "read_policy", path = "/v1/policy", tag = "settings", security(("session" = [])), responses((status = 200, description = "The policy.", body = PolicyAnswer), ReadErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<PolicyAnswer>, ApiError> {
    let history = History::read(&api, &by.desk).await?;
    Ok(Json(answer(&by.desk, by.desk.ruleset().policy(), &history)))
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
    let activation = row.activation;
    Ok(Json(PolicyText {
        version: activation.version.0.to_string(),
        activated_at: activation.at.into(),
        by: activation.by.map(|agent| by.desk.name_of(agent)),
        text: row.text,
    }))
}

/// Says what is wrong with a text, and what is odd. Changes nothing.
#[utoipa::path(post, operation_id = "lint_policy", path = "/v1/policy/lint", tag = "settings", security(("session" = [])), request_body = PolicyBody, responses((status = 200, description = "What was found.", body = LintAnswer), SettingErrors))]
pub async fn lint(_by: Authorized<ProposePolicy>, write: Write<PolicyBody>) -> Json<LintAnswer> {
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
#[utoipa::path(put, operation_id = "activate_policy", path = "/v1/policy", tag = "settings", security(("session" = [])), params(("If-Match" = Option<String>, Header, description = "The version that was edited.")), request_body = ActivateBody, responses((status = 200, description = "In force.", body = PolicyAnswer), RolloutErrors))]
pub async fn activate(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    headers: HeaderMap,
    write: Write<ActivateBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let body = write.body;
    let policy = Policy::parse(&body.text).map_err(Failure::Policy)?;
    let history = History::read(&api, &by.desk).await?;
    let change = Edit {
        expected: if_match(&headers).or(body.version),
        coming: Coming {
            kind: ActivationKind::Activated,
            reason: reason_of(body.reason.as_deref())?,
            is_watched: is_watched(&by.desk, &policy, body.accept_leaving_band),
        },
        may_leave_band: body.accept_leaving_band,
        status: StatusCode::OK,
        change: |_: &Policy| Ok(policy),
        answer: |policy: &Policy, row: Option<&PolicyRow>| {
            let history = match row {
                Some(row) => history.after(row, &Step::default()),
                None => history,
            };
            Ok(json(&answer(&by.desk, policy, &history)))
        },
    };
    edit(&api, &by, &caller, change).await
}

/// Goes one step back: to the version that was in force before this one.
#[utoipa::path(post, operation_id = "roll_back_policy", path = "/v1/policy/rollback", tag = "settings", security(("session" = [])), request_body = ReasonBody, responses((status = 200, description = "In force again.", body = PolicyAnswer), RolloutErrors))]
pub async fn rollback(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    write: Write<ReasonBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let reason = reason_of(write.body.reason.as_deref())?;
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let service = api.service();
    let before = service.policy_before(caller.workspace).await?;
    let policy = Policy::parse(&before.text).map_err(Failure::Policy)?;
    let coming = Coming {
        kind: ActivationKind::RolledBack,
        reason,
        is_watched: false,
    };
    let row = service.policy_row(&caller, &policy, coming);
    let history = History::read(&api, &by.desk).await?;
    let history = history.after(&row, &Step::default());
    let body = json(&answer(&by.desk, &policy, &history));
    let settled = service
        .put_in_force(&caller, (policy, row), Step::default(), body.clone())
        .await?;
    Ok(Kept::of(StatusCode::OK, settled, body))
}
