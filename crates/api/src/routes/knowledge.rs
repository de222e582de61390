//! What the assistant was taught: articles and instructions, and their versions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_model::id::ConversationId;
use segue_model::turn::TurnNumber;
use segue_ports::knowledge::{Fix, Piece, Source};
use segue_service::Failure;
use segue_service::knowledge::{Grounds, Lesson};

use super::answers::{KnowledgeErrors, ReadErrors};
use super::kept::{Kept, first, json};
use crate::auth::Authorized;
use crate::auth::session::{EditKnowledge, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::view::learning::taught;
use crate::wire::learning::{
    ArticleBody, InstructionsBody, RollBackBody, TaughtHistory, TaughtVersion, WithdrawBody,
};
use crate::wire::settings::List;

/// The latest version of every article and of the instructions, what the server was started
/// with included.
#[utoipa::path(get, operation_id = "list_knowledge", path = "/v1/knowledge", tag = "learning", security(("session" = [])), responses((status = 200, description = "What is known; withdrawn ones, too.", body = List<TaughtVersion>), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<List<TaughtVersion>>, ApiError> {
    let rows = api.service().knowledge_now(&by.desk).await?;
    let items = rows.iter().map(|row| taught(&by.desk, row)).collect();
    Ok(Json(List { items }))
}

async fn history(
    api: &ApiState,
    by: &Authorized<Read>,
    piece: Piece,
) -> Result<Json<TaughtHistory>, ApiError> {
    let rows = api.service().knowledge_history(&by.desk, piece).await?;
    let versions = rows.iter().map(|row| taught(&by.desk, row)).collect();
    Ok(Json(TaughtHistory { versions }))
}

/// All versions of an article, newest first; 0 is what the server was started with.
#[utoipa::path(get, operation_id = "read_article", path = "/v1/knowledge/articles/{slug}", tag = "learning", security(("session" = [])), params(("slug" = String, Path, description = "The article.")), responses((status = 200, description = "Its versions.", body = TaughtHistory), ReadErrors, (status = 404, description = "`not_found`: there is no such article.", body = crate::error::ErrorBody)))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<Read>,
    Place(slug): Place<String>,
) -> Result<Json<TaughtHistory>, ApiError> {
    let found = history(&api, &by, Piece::Article(slug)).await?;
    match found.versions.is_empty() {
        true => Err(Failure::Unknown("article").into()),
        false => Ok(found),
    }
}

/// All versions of the instructions that a model is given beside the articles, newest first.
#[utoipa::path(get, operation_id = "read_instructions", path = "/v1/knowledge/instructions", tag = "learning", security(("session" = [])), responses((status = 200, description = "Their versions.", body = TaughtHistory), ReadErrors))]
pub async fn read_instructions(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<TaughtHistory>, ApiError> {
    history(&api, &by, Piece::Instructions).await
}

async fn fix(
    api: &ApiState,
    by: &Authorized<EditKnowledge>,
    cluster: Option<ConversationId>,
    include_demo: bool,
) -> Result<Option<Fix>, ApiError> {
    let Some(cluster) = cluster else {
        return Ok(None);
    };
    let found = api.service().failures(&by.desk, include_demo).await?;
    Ok(Some(api.service().fix_of(&found, cluster)?))
}

/// Publishes a version of an article. The assistant answers from it at once.
#[utoipa::path(put, operation_id = "publish_article", path = "/v1/knowledge/articles/{slug}", tag = "learning", security(("session" = [])), params(("slug" = String, Path, description = "The article: lower-case letters, digits and hyphens.")), request_body = ArticleBody, responses((status = 200, description = "In use.", body = TaughtVersion), KnowledgeErrors))]
pub async fn publish(
    State(api): State<ApiState>,
    by: Authorized<EditKnowledge>,
    Place(slug): Place<String>,
    write: Write<ArticleBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let body = write.body;
    let source = |it: &crate::wire::learning::ArticleSource| Source {
        conversation: it.conversation,
        turn: TurnNumber(it.turn),
    };
    let grounds = Grounds {
        base: body.base,
        reason: body.reason,
        sources: body.sources.iter().map(source).collect(),
        fix: fix(&api, &by, body.cluster, body.include_demo).await?,
    };
    let lesson = Lesson {
        piece: Piece::Article(slug),
        title: body.title,
        category: body.category,
        body: body.body,
        asked: body.asked,
    };
    let mut answer = String::new();
    let service = api.service();
    let settled = service.teach(&caller, by.id(), lesson, grounds, |row| {
        answer = json(&taught(&by.desk, row));
        answer.clone()
    });
    let settled = settled.await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}

/// Publishes a version of the instructions. A model is given them with its next question.
#[utoipa::path(put, operation_id = "publish_instructions", path = "/v1/knowledge/instructions", tag = "learning", security(("session" = [])), request_body = InstructionsBody, responses((status = 200, description = "In use.", body = TaughtVersion), KnowledgeErrors))]
pub async fn publish_instructions(
    State(api): State<ApiState>,
    by: Authorized<EditKnowledge>,
    write: Write<InstructionsBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let body = write.body;
    let grounds = Grounds {
        base: body.base,
        reason: body.reason,
        sources: Vec::new(),
        fix: fix(&api, &by, body.cluster, body.include_demo).await?,
    };
    let lesson = Lesson {
        piece: Piece::Instructions,
        title: String::new(),
        category: String::new(),
        body: body.body,
        asked: Vec::new(),
    };
    let mut answer = String::new();
    let service = api.service();
    let settled = service.teach(&caller, by.id(), lesson, grounds, |row| {
        answer = json(&taught(&by.desk, row));
        answer.clone()
    });
    let settled = settled.await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}

async fn go_back(
    api: &ApiState,
    by: &Authorized<EditKnowledge>,
    piece: Piece,
    write: Write<RollBackBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let RollBackBody {
        base,
        version,
        reason,
    } = write.body;
    let to = (piece, version);
    let mut answer = String::new();
    let service = api.service();
    let settled = service.teach_again(&caller, by.id(), to, grounds(base, reason), |row| {
        answer = json(&taught(&by.desk, row));
        answer.clone()
    });
    let settled = settled.await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}

async fn take_out(
    api: &ApiState,
    by: &Authorized<EditKnowledge>,
    piece: Piece,
    write: Write<WithdrawBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let WithdrawBody { base, reason } = write.body;
    let mut answer = String::new();
    let service = api.service();
    let settled = service.unteach(&caller, by.id(), piece, grounds(base, reason), |row| {
        answer = json(&taught(&by.desk, row));
        answer.clone()
    });
    let settled = settled.await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}

const fn grounds(base: u32, reason: String) -> Grounds {
    Grounds {
        base,
        reason,
        sources: Vec::new(),
        fix: None,
    }
}

/// Goes back to an earlier version of an article, as a new one.
#[utoipa::path(post, operation_id = "roll_back_article", path = "/v1/knowledge/articles/{slug}/roll_back", tag = "learning", security(("session" = [])), params(("slug" = String, Path, description = "The article.")), request_body = RollBackBody, responses((status = 200, description = "In use.", body = TaughtVersion), KnowledgeErrors))]
pub async fn roll_back(
    State(api): State<ApiState>,
    by: Authorized<EditKnowledge>,
    Place(slug): Place<String>,
    write: Write<RollBackBody>,
) -> Result<Kept, ApiError> {
    go_back(&api, &by, Piece::Article(slug), write).await
}

/// Goes back to an earlier version of the instructions, as a new one.
#[utoipa::path(post, operation_id = "roll_back_instructions", path = "/v1/knowledge/instructions/roll_back", tag = "learning", security(("session" = [])), request_body = RollBackBody, responses((status = 200, description = "In use.", body = TaughtVersion), KnowledgeErrors))]
pub async fn roll_back_instructions(
    State(api): State<ApiState>,
    by: Authorized<EditKnowledge>,
    write: Write<RollBackBody>,
) -> Result<Kept, ApiError> {
    go_back(&api, &by, Piece::Instructions, write).await
}

/// Takes an article out of use; its text stays to be read, and it can be put in use again.
#[utoipa::path(post, operation_id = "withdraw_article", path = "/v1/knowledge/articles/{slug}/withdraw", tag = "learning", security(("session" = [])), params(("slug" = String, Path, description = "The article.")), request_body = WithdrawBody, responses((status = 200, description = "Out of use.", body = TaughtVersion), KnowledgeErrors))]
pub async fn withdraw(
    State(api): State<ApiState>,
    by: Authorized<EditKnowledge>,
    Place(slug): Place<String>,
    write: Write<WithdrawBody>,
) -> Result<Kept, ApiError> {
    take_out(&api, &by, Piece::Article(slug), write).await
}

/// Takes the instructions out of use.
#[utoipa::path(post, operation_id = "withdraw_instructions", path = "/v1/knowledge/instructions/withdraw", tag = "learning", security(("session" = [])), request_body = WithdrawBody, responses((status = 200, description = "Out of use.", body = TaughtVersion), KnowledgeErrors))]
pub async fn withdraw_instructions(
    State(api): State<ApiState>,
    by: Authorized<EditKnowledge>,
    write: Write<WithdrawBody>,
) -> Result<Kept, ApiError> {
    take_out(&api, &by, Piece::Instructions, write).await
}
