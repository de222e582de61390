//! What agents do with a conversation.

use axum::extract::State;
use axum::http::StatusCode;
use segue_model::floor::Epoch;
use segue_model::id::QueueKey;
use segue_model::words::is_blank;
use segue_service::conversations::{HandBack, Resolution, TransferTo};
use segue_service::{Caller, Failure};

use super::answers::{ActionErrors, Answer, acted, said};
use crate::auth::AuthorizedOn;
use crate::auth::session::{ClearFlag, Serve, Take};
use crate::error::ApiError;
use crate::extract::{Nothing, Write};
use crate::state::ApiState;
use crate::wire::conversation::{
    Acted, HandBackBody, NoteBody, ReplyBody, RequeueBody, ResolveBody, Said, TakeBody,
    TransferBody,
};

/// The longest time that counts as work on a conversation, in milliseconds: a
/// day. The page measures it, and a figure of the dashboard is made of it.
const ACTIVE_MS_MAX: u64 = 24 * 60 * 60 * 1_000;

/// Replies to the customer. Where no agent has the floor, this takes it.
#[utoipa::path(post, operation_id = "reply", path = "/v1/conversations/{id}/replies", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = ReplyBody, responses((status = 200, description = "Said.", body = Said), ActionErrors))]
pub async fn reply(
    State(api): State<ApiState>,
    on: AuthorizedOn<Serve>,
    write: Write<ReplyBody>,
) -> Result<Answer<Said>, ApiError> {
    let caller = on.by.caller(&write);
    let speaker = (on.by.id(), Epoch(write.body.epoch));
    let done = api
        .service()
        .reply(&caller, on.conversation, speaker, &write.body.text)
        .await?;
    said(&done, StatusCode::OK)
}

/// Adds a private note.
#[utoipa::path(post, operation_id = "add_note", path = "/v1/conversations/{id}/notes", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = NoteBody, responses((status = 200, description = "Noted.", body = Acted), ActionErrors))]
pub async fn note(
    State(api): State<ApiState>,
    on: AuthorizedOn<Serve>,
    write: Write<NoteBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let done = api
        .service()
        .note(&caller, on.conversation, on.by.id(), &write.body.text)
        .await?;
    Ok(acted(&done))
}

/// Takes the floor.
#[utoipa::path(post, operation_id = "take", path = "/v1/conversations/{id}/take", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = TakeBody, responses((status = 200, description = "Taken.", body = Acted), ActionErrors))]
pub async fn take(
    State(api): State<ApiState>,
    on: AuthorizedOn<Take>,
    write: Write<TakeBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let seen = write.body.epoch.map(Epoch);
    let done = api
        .service()
        .take(&caller, on.conversation, on.by.id(), seen)
        .await?;
    leave_note(&api, &on, &caller, write.body.note.as_deref()).await?;
    Ok(acted(&done))
}

/// Returns it to its queue.
#[utoipa::path(post, operation_id = "requeue", path = "/v1/conversations/{id}/requeue", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = RequeueBody, responses((status = 200, description = "It waits again.", body = Acted), ActionErrors))]
pub async fn requeue(
    State(api): State<ApiState>,
    on: AuthorizedOn<Serve>,
    write: Write<RequeueBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let done = api
        .service()
        .requeue(&caller, on.conversation, on.by.id())
        .await?;
    leave_note(&api, &on, &caller, write.body.note.as_deref()).await?;
    Ok(acted(&done))
}

/// Passes it to another team or person. What waits is moved by those who may reassign.
#[utoipa::path(post, operation_id = "transfer", path = "/v1/conversations/{id}/transfer", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = TransferBody, responses((status = 200, description = "It waits there.", body = Acted), ActionErrors))]
pub async fn transfer(
    State(api): State<ApiState>,
    on: AuthorizedOn<Serve>,
    write: Write<TransferBody>,
) -> Result<Answer<Acted>, ApiError> {
    let to = match (&write.body.queue, write.body.agent) {
        (Some(queue), None) => TransferTo::Queue(QueueKey::from(queue.as_str())),
        (None, Some(agent)) => match on.by.desk.agent(agent) {
            Some(known) if known.is_active => TransferTo::Agent(agent),
            _ => return Err(Failure::Unknown("agent").into()),
        },
        _ => {
            return Err(ApiError::invalid(
                "queue",
                "either a `queue` or an `agent` is needed",
            ));
        }
    };
    let caller = on.by.caller(&write);
    let done = api
        .service()
        .transfer(&caller, on.conversation, on.by.id(), &to)
        .await?;
    leave_note(&api, &on, &caller, write.body.note.as_deref()).await?;
    Ok(acted(&done))
}

/// A note for whoever comes next, or was there before, once the change is settled. Its
/// own key follows from the request's, so that a retry adds it once.
async fn leave_note<P>(
    api: &ApiState,
    on: &AuthorizedOn<P>,
    caller: &Caller,
    note: Option<&str>,
) -> Result<(), ApiError> {
    let Some(note) = note.filter(|note| !is_blank(note)) else {
        return Ok(());
    };
    let mut caller = caller.clone();
    if let Some(own) = &mut caller.idempotency {
        own.key.push_str(":note");
    }
    api.service()
        .note(&caller, on.conversation, on.by.id(), note)
        .await?;
    Ok(())
}

/// Hands it back to the assistant, with a line to the customer and a brief.
#[utoipa::path(post, operation_id = "hand_back", path = "/v1/conversations/{id}/hand_back", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = HandBackBody, responses((status = 200, description = "The assistant has it.", body = Acted), ActionErrors))]
pub async fn hand_back(
    State(api): State<ApiState>,
    on: AuthorizedOn<Serve>,
    write: Write<HandBackBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let HandBackBody {
        line,
        brief,
        root_cause,
        active_ms,
        assistant_could,
        is_answer_owed,
    } = write.body;
    let back = HandBack {
        line,
        brief,
        root_cause: root_cause.into(),
        active_ms: active_ms.min(ACTIVE_MS_MAX),
        assistant_could,
        is_answer_owed,
    };
    Ok(acted(
        &api.service()
            .hand_back(&caller, on.conversation, on.by.id(), &back)
            .await?,
    ))
}

/// Ends it.
#[utoipa::path(post, operation_id = "resolve", path = "/v1/conversations/{id}/resolve", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = ResolveBody, responses((status = 200, description = "Done.", body = Acted), ActionErrors))]
pub async fn resolve(
    State(api): State<ApiState>,
    on: AuthorizedOn<Serve>,
    write: Write<ResolveBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let ResolveBody {
        root_cause,
        disposition,
        active_ms,
        assistant_could,
        line,
    } = write.body;
    let (root_cause, disposition) = (root_cause.into(), disposition.into());
    let end = Resolution {
        root_cause,
        disposition,
        active_ms: active_ms.min(ACTIVE_MS_MAX),
        assistant_could,
        line,
    };
    Ok(acted(
        &api.service()
            .resolve(&caller, on.conversation, on.by.id(), &end)
            .await?,
    ))
}

/// A supervisor has looked.
#[utoipa::path(post, operation_id = "clear_flag", path = "/v1/conversations/{id}/clear_flag", tag = "actions", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "Cleared.", body = Acted), ActionErrors))]
pub async fn clear_flag(
    State(api): State<ApiState>,
    on: AuthorizedOn<ClearFlag>,
    write: Write<Nothing>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    Ok(acted(
        &api.service()
            .clear_flag(&caller, on.conversation, on.by.id())
            .await?,
    ))
}
