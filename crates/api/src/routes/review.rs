//! Judging what the assistant answered: what a threshold is chosen from.

use axum::Json;
use axum::extract::State;
use segue_model::event::TextRef;
use segue_service::review::{Wish, tuning};

use super::answers::{ActionErrors, Answer, ReadErrors, SettingErrors, written};
use crate::auth::Authorized;
use crate::auth::session::{GradeAnswers, ReadFigures};
use crate::error::ApiError;
use crate::extract::{Params, Write};
use crate::state::ApiState;
use crate::view;
use crate::wire::conversation::Written;
use crate::wire::review::{GradeBody, ReviewAnswer, ReviewParams};
use crate::wire::tuning::{Tune, TuneBody};

/// How many are shown, where nobody says otherwise.
const SHOWN_OTHERWISE: u32 = 20;
/// How many at most.
const SHOWN_MAX: u32 = 50;

/// The bounds of shares that are asked for, and what they are where nobody says.
const SHARE_MIN: f64 = 0.01;
const SHARE_MAX: f64 = 0.5;
const SHARE_OTHERWISE: f64 = 0.1;
/// How many days count, where nobody says otherwise, and at most.
const DAYS_OTHERWISE: u32 = 28;
const DAYS_MAX: u32 = 90;
/// The greatest cost.
const COST_MAX: f64 = 1e9;

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

/// Which threshold to choose, from what people said of the assistant's answers, and what
/// may be promised of it. Changes nothing.
#[utoipa::path(post, operation_id = "tune_policy", path = "/v1/policy/tune", tag = "policy", security(("session" = [])), request_body = TuneBody, responses((status = 200, description = "What is known; `docs/TUNING.md` says how.", body = Tune), SettingErrors))]
pub async fn tune(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    write: Write<TuneBody>,
) -> Result<Json<Tune>, ApiError> {
    let body = write.body;
    let share = |name, told: Option<f64>| {
        let share = told.unwrap_or(SHARE_OTHERWISE);
        match (SHARE_MIN..=SHARE_MAX).contains(&share) {
            true => Ok(share),
            false => Err(ApiError::invalid(name, "between 0.01 and 0.5")),
        }
    };
    let days = body.days.unwrap_or(DAYS_OTHERWISE);
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(ApiError::invalid("days", "between 1 and 90"));
    }
    if let Some(costs) = body.costs {
        let all = [costs.wrong, costs.human, costs.right];
        let is_sound = all.iter().all(|cost| (0.0..=COST_MAX).contains(cost))
            && (0.0..=1.0).contains(&costs.returns);
        if !is_sound {
            return Err(ApiError::invalid(
                "costs",
                "from 0 up, and `returns` from 0 to 1",
            ));
        }
    }
    let wish = Wish {
        alpha: share("alpha", body.alpha)?,
        delta: share("delta", body.delta)?,
        days,
        costs: body.costs.map(Into::into),
    };
    let (desk, now) = (by.desk, api.now());
    // Many answers take some milliseconds.
    let found = tokio::task::spawn_blocking(move || tuning(&desk, now, wish)).await;
    let found = found.map_err(|_| ApiError::new("internal_error", "something went wrong here"))?;
    Ok(Json(found.into()))
}
