//! What the assistant fails at, and what can be done about it.

use axum::Json;
use axum::extract::State;
use segue_model::id::ConversationId;
use segue_ports::knowledge::Piece;
use segue_service::Failure;
use segue_service::knowledge::Lesson;

use super::answers::{ReadErrors, SettingErrors};
use crate::auth::Authorized;
use crate::auth::session::ReadFigures;
use crate::error::ApiError;
use crate::extract::{Params, Place, Write};
use crate::state::ApiState;
use crate::view::learning as view;
use crate::wire::learning::{
    CheckAnswer, CheckBody, FailureClusterDetail, Learning, LearningParams, ProposalParams,
    ProposedArticle,
};

/// The window in days where nobody says otherwise, and the longest.
const DAYS_OTHERWISE: u32 = 28;
const DAYS_MAX: u32 = 182;

fn days_of(params: &LearningParams) -> Result<u32, ApiError> {
    let days = params.days.unwrap_or(DAYS_OTHERWISE);
    match (1..=DAYS_MAX).contains(&days) {
        true => Ok(days),
        false => Err(ApiError::invalid("days", "between 1 and 182")),
    }
}

fn cluster_of(text: &str) -> Result<ConversationId, ApiError> {
    Ok(text.parse().map_err(|_| Failure::Unknown("cluster"))?)
}

/// What the assistant had no answer to, put together by what customers asked, what costs most
/// minutes first. `docs/LEARNING.md` says how.
#[utoipa::path(get, operation_id = "read_learning", path = "/v1/learning", tag = "learning", security(("session" = [])), params(LearningParams), responses((status = 200, description = "The clusters.", body = Learning), ReadErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Params(params): Params<LearningParams>,
) -> Result<Json<Learning>, ApiError> {
    let days = days_of(&params)?;
    let service = api.service();
    let found = service.failures(&by.desk, params.include_demo).await?;
    let from = found.at - segue_model::time::Span::hours(24 * u64::from(days));
    let health = service.loop_health(&by.desk, &found, from);
    Ok(Json(view::learning(&found, days, health)))
}

/// One cluster, with its failures and what was done about it.
#[utoipa::path(get, operation_id = "read_failure_cluster", path = "/v1/learning/clusters/{id}", tag = "learning", security(("session" = [])), params(("id" = String, Path, description = "The cluster."), LearningParams), responses((status = 200, description = "The cluster.", body = FailureClusterDetail), ReadErrors, (status = 404, description = "`not_found`: there is no such cluster.", body = crate::error::ErrorBody)))]
pub async fn cluster(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Place(id): Place<String>,
    Params(params): Params<LearningParams>,
) -> Result<Json<FailureClusterDetail>, ApiError> {
    let days = days_of(&params)?;
    let found = api
        .service()
        .failures(&by.desk, params.include_demo)
        .await?;
    let cluster = found.cluster(cluster_of(&id)?);
    let cluster = cluster.ok_or(Failure::Unknown("cluster"))?;
    Ok(Json(view::cluster_detail(&found, cluster, days)))
}

/// A proposed article against a cluster, from what agents said in its conversations. Nothing
/// is kept of it: it is there to be read, changed and published.
#[utoipa::path(get, operation_id = "propose_article", path = "/v1/learning/clusters/{id}/proposal", tag = "learning", security(("session" = [])), params(("id" = String, Path, description = "The cluster."), ProposalParams), responses((status = 200, description = "The proposal.", body = ProposedArticle), ReadErrors, (status = 404, description = "`not_found`: there is no such cluster or article.", body = crate::error::ErrorBody)))]
pub async fn propose(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Place(id): Place<String>,
    Params(params): Params<ProposalParams>,
) -> Result<Json<ProposedArticle>, ApiError> {
    let service = api.service();
    let found = service.failures(&by.desk, params.include_demo).await?;
    let over = params
        .article
        .map(|slug| (!slug.is_empty()).then_some(slug));
    let proposed = service.propose_article(&by.desk, &found, cluster_of(&id)?, over);
    Ok(Json(view::proposed(proposed.await?)))
}

/// What publishing an article would change: whether it answers the questions of a cluster,
/// and whether it is found in the place of other articles. Changes nothing.
#[utoipa::path(post, operation_id = "check_article", path = "/v1/learning/check", tag = "learning", security(("session" = [])), request_body = CheckBody, responses((status = 200, description = "What would change.", body = CheckAnswer), SettingErrors))]
pub async fn check(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    write: Write<CheckBody>,
) -> Result<Json<CheckAnswer>, ApiError> {
    let CheckBody {
        slug,
        title,
        category,
        body,
        asked,
        cluster,
        include_demo,
    } = write.body;
    let service = api.service();
    let found = service.failures(&by.desk, include_demo).await?;
    let lesson = Lesson {
        piece: Piece::Article(slug.clone()),
        title,
        category,
        body,
        asked,
    };
    let checked = service.check_article(&by.desk, &found, cluster, lesson);
    Ok(Json(view::checked(&slug, &checked.await?)))
}
