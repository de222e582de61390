//! Trying a policy before it is in force: what it says otherwise, how it does on cases,
//! what it would have done with past conversations. Only the cases are ever kept.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_engine::{CaseFile, Ruleset, cases};
use segue_policy::Policy;
use segue_ports::rollout::CasesRow;
use segue_service::Failure;
use segue_service::boot::policy_failure;
use segue_service::cases::Cases;
use segue_service::what_if::{Over, Progress};
use uuid::Uuid;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, first, json};
use crate::auth::Authorized;
use crate::auth::session::{ProposePolicy, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::settings;
use crate::wire::trying::{CasesAnswer, CasesBody, DiffAnswer, DiffBody, TestAnswer, TestBody};
use crate::wire::what_if::{WhatIfAnswer, WhatIfBegun, WhatIfBody, WhatIfState};

/// How many days a replay goes back, where nobody says otherwise.
const DAYS_OTHERWISE: u32 = 7;
/// How many at most.
const DAYS_MAX: u32 = 90;

fn ruleset(text: &str) -> Result<Ruleset, Failure> {
    Ruleset::new(Policy::parse(text).map_err(Failure::Policy)?).map_err(policy_failure)
}

/// The policy file as JSON Schema 2020-12, for editors.
#[utoipa::path(get, operation_id = "read_policy_schema", path = "/v1/policy/schema", tag = "policy", security(("session" = [])), responses((status = 200, description = "The schema.", body = serde_json::Value), ReadErrors))]
pub async fn schema(_by: Authorized<Read>) -> Json<serde_json::Value> {
    Json(segue_policy::schema())
}

/// What a policy says otherwise than another one, in sentences.
#[utoipa::path(post, operation_id = "diff_policy", path = "/v1/policy/diff", tag = "policy", security(("session" = [])), request_body = DiffBody, responses((status = 200, description = "What differs.", body = DiffAnswer), SettingErrors))]
pub async fn diff(
    State(api): State<ApiState>,
    by: Authorized<Read>,
    write: Write<DiffBody>,
) -> Result<Json<DiffAnswer>, ApiError> {
    let DiffBody { text, against } = write.body;
    let after = Policy::parse(&text).map_err(Failure::Policy)?;
    let rules = by.desk.ruleset();
    let before = match against {
        Some(version) => {
            let version = segue_model::id::PolicyVersion(version.into());
            let text = api.service().store().policy_text(by.who.workspace, version);
            let text = text.await?.ok_or(Failure::Unknown("version"))?;
            Policy::parse(&text).map_err(Failure::Policy)?
        }
        None => rules.policy().clone(),
    };
    let changes = before.diff(&after);
    Ok(Json(DiffAnswer {
        against: before.version().0.to_string(),
        changes: changes.into_iter().map(Into::into).collect(),
    }))
}

fn answer(cases: Cases) -> CasesAnswer {
    CasesAnswer {
        text: cases.text,
        version: cases.version,
        is_default: cases.is_default,
    }
}

/// The cases that policies are tried on; those that ship where the workspace has none.
#[utoipa::path(get, operation_id = "read_cases", path = "/v1/policy/cases", tag = "policy", security(("session" = [])), responses((status = 200, description = "The cases.", body = CasesAnswer), ReadErrors))]
pub async fn read_cases(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<CasesAnswer>, ApiError> {
    Ok(Json(answer(api.service().cases(&by.desk).await?)))
}

/// Keeps other cases. They must be well formed; whether they pass is another question.
#[utoipa::path(put, operation_id = "put_cases", path = "/v1/policy/cases", tag = "policy", security(("session" = [])), request_body = CasesBody, responses((status = 200, description = "Kept.", body = CasesAnswer), SettingErrors))]
pub async fn put_cases(
    State(api): State<ApiState>,
    by: Authorized<ProposePolicy>,
    write: Write<CasesBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let CasesBody { text, version } = write.body;
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let now = api.service().cases(&by.desk).await?;
    if version.is_some_and(|version| version != now.version) {
        let message = "somebody else has changed the cases since";
        let details = serde_json::json!({ "version": now.version });
        return Err(ApiError::new("policy_changed", message).with(details));
    }
    let body = json(&answer(Cases::of(text.clone())));
    let row = CasesRow {
        text,
        at: api.now(),
        by: by.id(),
    };
    let settled = api.service().put_cases(&caller, row, body.clone()).await?;
    Ok(Kept::of(StatusCode::OK, settled, body))
}

/// Judges cases under a policy, as live turns would be.
#[utoipa::path(post, operation_id = "test_policy", path = "/v1/policy/test", tag = "policy", security(("session" = [])), request_body = TestBody, responses((status = 200, description = "How they went.", body = TestAnswer), SettingErrors))]
pub async fn test(
    State(api): State<ApiState>,
    by: Authorized<ProposePolicy>,
    write: Write<TestBody>,
) -> Result<Json<TestAnswer>, ApiError> {
    let TestBody { text, cases } = write.body;
    let rules = ruleset(&text)?;
    let cases = match cases {
        Some(cases) => cases,
        None => api.service().cases(&by.desk).await?.text,
    };
    let cases = match CaseFile::parse(&cases) {
        Ok(cases) => cases,
        Err(problems) => {
            return Ok(Json(TestAnswer {
                problems: problems.iter().map(settings::problem).collect(),
                report: None,
            }));
        }
    };
    // Some milliseconds for a hundred cases: too long for those who wait beside it.
    let report = tokio::task::spawn_blocking(move || cases::run(&rules, &cases)).await;
    let report =
        report.map_err(|_| ApiError::new("internal_error", "something went wrong here"))?;
    Ok(Json(TestAnswer {
        problems: Vec::new(),
        report: Some(report.into()),
    }))
}

/// Begins to decide the conversations of the last days again, under the policy in force and
/// under this one. One at a time for each person: asking anew ends what was asked before.
#[utoipa::path(post, operation_id = "ask_what_if", path = "/v1/policy/what-if", tag = "policy", security(("session" = [])), request_body = WhatIfBody, responses((status = 202, description = "It runs; ask for it by its name.", body = WhatIfBegun), (status = 429, description = "`too_many_requests`: others' run.", body = crate::error::ErrorBody), SettingErrors))]
pub async fn ask_what_if(
    State(api): State<ApiState>,
    by: Authorized<ProposePolicy>,
    write: Write<WhatIfBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let body = write.body;
    let days = body.days.unwrap_or(DAYS_OTHERWISE);
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(ApiError::invalid("days", "between 1 and 90"));
    }
    let over = Over {
        days,
        include_demo: body.include_demo,
        include_imported: body.include_imported,
    };
    let rules = ruleset(&body.text)?;
    let service = api.service();
    let asked = service.ask_what_if(&by.desk, rules, over, &caller, by.id())?;
    let body = WhatIfBegun { id: asked.id };
    Ok(match asked.is_replayed {
        true => Kept::again(StatusCode::ACCEPTED, json(&body)),
        false => Kept::now(StatusCode::ACCEPTED, &body),
    })
}

/// How far a replay is, and what came of it.
#[utoipa::path(get, operation_id = "read_what_if", path = "/v1/policy/what-if/{id}", tag = "policy", security(("session" = [])), params(("id" = String, Path, description = "Its name.")), responses((status = 200, description = "How far it is.", body = WhatIfAnswer), ReadErrors, (status = 404, description = "`not_found`: there is none of this name, or no longer.", body = crate::error::ErrorBody)))]
pub async fn what_if(
    State(api): State<ApiState>,
    by: Authorized<ProposePolicy>,
    place: Place<String>,
) -> Result<Json<WhatIfAnswer>, ApiError> {
    let Place(id) = place;
    let id: Uuid = id.parse().map_err(|_| Failure::Unknown("replay"))?;
    let Progress {
        done,
        total,
        outcome,
    } = api.service().what_if(by.who.workspace, id)?;
    let (state, report, error) = match outcome {
        None => (WhatIfState::Running, None, None),
        Some(Ok(report)) => (WhatIfState::Done, Some(report.as_ref().into()), None),
        Some(Err(error)) => (WhatIfState::Failed, None, Some(error)),
    };
    Ok(Json(WhatIfAnswer {
        id,
        state,
        done,
        total,
        error,
        report,
    }))
}
