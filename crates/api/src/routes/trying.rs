//! Trying a policy before it is in force. Nothing here changes anything.

use axum::Json;
use segue_engine::{CaseFile, Ruleset, cases};
use segue_policy::Policy;
use segue_service::Failure;
use segue_service::boot::policy_failure;

use super::answers::SettingErrors;
use crate::auth::Authorized;
use crate::auth::session::ProposePolicy;
use crate::error::ApiError;
use crate::extract::Write;
use crate::wire::settings;
use crate::wire::trying::{TestAnswer, TestBody};

/// Judges cases under a policy, as live turns would be.
#[utoipa::path(post, operation_id = "test_policy", path = "/v1/policy/test", tag = "policy", security(("session" = [])), request_body = TestBody, responses((status = 200, description = "How they went.", body = TestAnswer), SettingErrors))]
pub async fn test(
    _by: Authorized<ProposePolicy>,
    write: Write<TestBody>,
) -> Result<Json<TestAnswer>, ApiError> {
    let TestBody { text, cases } = write.body;
    let rules = Policy::parse(&text).map_err(Failure::Policy)?;
    let rules = Ruleset::new(rules).map_err(policy_failure)?;
    let cases = match CaseFile::parse(&cases.unwrap_or_default()) {
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
