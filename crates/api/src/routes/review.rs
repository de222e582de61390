//! Judging what the assistant answered: what a threshold is chosen from.

use axum::Json;
use axum::extract::State;
use segue_model::event::TextRef;

use super::answers::{ActionErrors, Answer, ReadErrors, written};
use crate::auth::Authorized;
use crate::auth::session::GradeAnswers;
use crate::error::ApiError;
use crate::extract::{Params, Write};
use crate::state::ApiState;
use crate::view;
use crate::wire::conversation::Written;
use crate::wire::review::{GradeBody, ReviewAnswer, ReviewParams};

/// How many are shown, where nobody says otherwise.
const SHOWN_OTHERWISE: u32 = 20;
/// How many at most.
const SHOWN_MAX: u32 = 50;

/// Answers that wait for a judgement, drawn by chance among those on which the bands
/// decided in the last 28 days: said ones, and ones that were held back.
#[utoipa::path(get, operation_id = "list_review", path = "/v1/review", tag = "policy", security(("session" = [])), params(ReviewParams), responses((status = 200, description = "What waits.", body = ReviewAnswer), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<GradeAnswers>,
    Params(params): Params<ReviewParams>,
) -> Result<Json<ReviewAnswer>, ApiError> {
    let limit = params.limit.unwrap_or(SHOWN_OTHERWISE);
    if limit == 0 || limit > SHOWN_MAX {
        return Err(ApiError::invalid("limit", "between 1 and 50"));
    }
    let queue = api.service().review_queue(&by.desk, limit as usize).await?;
    Ok(Json(view::review(queue)))
}

/// Keeps what somebody says of an answer. Said again, the later judgement stands.
#[utoipa::path(post, operation_id = "grade_answer", path = "/v1/review/grades", tag = "policy", security(("session" = [])), request_body = GradeBody, responses((status = 200, description = "Kept.", body = Written), (status = 404, description = "`not_found`: there is no such answer among those on which the bands decided in the last 28 days.", body = crate::error::ErrorBody), ActionErrors))]
pub async fn grade(
    State(api): State<ApiState>,
    by: Authorized<GradeAnswers>,
    write: Write<GradeBody>,
) -> Result<Answer<Written>, ApiError> {
    let caller = by.caller(&write);
    let GradeBody {
        conversation,
        text_ref,
        grade,
    } = write.body;
    let said = (TextRef(text_ref), grade.into());
    let service = api.service();
    let done = service.grade_answer(&caller, conversation, by.id(), said);
    Ok(written(&done.await?))
}
