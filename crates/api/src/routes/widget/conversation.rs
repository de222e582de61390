//! What a visitor does in their conversation.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_model::escalation::Trigger;
use segue_model::event::Actor;
use segue_model::limits::IDEMPOTENCY_KEY_BYTES_MAX;
use segue_model::turn::TurnNumber;

use super::session::snapshot;
use crate::auth::VisitingOn;
use crate::error::ApiError;
use crate::extract::{Nothing, Write};
use crate::routes::answers::{Answer, VisitorErrors, said, written};
use crate::state::ApiState;
use crate::wire::conversation::{Said, Written};
use crate::wire::state::CustomerSnapshot;
use crate::wire::widget::{ConfirmBody, ContactBody, MessageBody, RatingBody};

/// The conversation.
#[utoipa::path(get, operation_id = "read_widget_conversation", path = "/v1/widget/conversations/{id}", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "The conversation.", body = CustomerSnapshot), VisitorErrors))]
pub async fn read(
    State(api): State<ApiState>,
    on: VisitingOn,
) -> Result<Json<CustomerSnapshot>, ApiError> {
    Ok(Json(snapshot(&api, &on.by, on.conversation).await?))
}

/// Writes a message. The same `client_id` adds it once.
#[utoipa::path(post, operation_id = "add_message", path = "/v1/widget/conversations/{id}/turns", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = MessageBody, responses((status = 201, description = "Written.", body = Said), VisitorErrors))]
pub async fn message(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<MessageBody>,
) -> Result<Answer<Said>, ApiError> {
    let name = &write.body.client_id;
    if name.is_empty() || name.len() > IDEMPOTENCY_KEY_BYTES_MAX {
        return Err(ApiError::invalid("client_id", "1 to 128 bytes"));
    }
    api.limits().message(on.by.id())?;
    let as_customer = (on.by.known.visitor.workspace, Actor::Customer);
    let caller = write.caller_with_key(as_customer, &on.by.id(), name);
    let done = api
        .service()
        .customer_turn(&caller, on.conversation, &write.body.text)
        .await?;
    said(&done, StatusCode::CREATED)
}

/// Asks for a person.
#[utoipa::path(post, operation_id = "ask_for_person", path = "/v1/widget/conversations/{id}/person", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "Asked for.", body = Written), VisitorErrors))]
pub async fn person(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<Nothing>,
) -> Result<Answer<Written>, ApiError> {
    api.limits().ask(on.by.id())?;
    let caller = on.by.caller(&write);
    let id = on.conversation;
    Ok(written(
        &api.service()
            .ask_for_person(&caller, id, (Trigger::OptOut, ""), None)
            .await?,
    ))
}

/// Would rather go on with the assistant.
#[utoipa::path(post, operation_id = "withdraw_request", path = "/v1/widget/conversations/{id}/withdraw", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "The assistant has it.", body = Written), VisitorErrors))]
pub async fn withdraw(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<Nothing>,
) -> Result<Answer<Written>, ApiError> {
    let caller = on.by.caller(&write);
    Ok(written(
        &api.service().withdraw(&caller, on.conversation).await?,
    ))
}

/// Leaves an address instead of waiting.
#[utoipa::path(post, operation_id = "leave_contact", path = "/v1/widget/conversations/{id}/contact", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = ContactBody, responses((status = 200, description = "Left.", body = Written), VisitorErrors))]
pub async fn contact(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<ContactBody>,
) -> Result<Answer<Written>, ApiError> {
    let caller = on.by.caller(&write);
    let (id, address) = (on.conversation, &write.body.address);
    Ok(written(
        &api.service().leave_contact(&caller, id, address).await?,
    ))
}

/// Says whether an answer helped.
#[utoipa::path(post, operation_id = "confirm_answer", path = "/v1/widget/conversations/{id}/confirm", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = ConfirmBody, responses((status = 200, description = "Noted.", body = Written), VisitorErrors))]
pub async fn confirm(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<ConfirmBody>,
) -> Result<Answer<Written>, ApiError> {
    let caller = on.by.caller(&write);
    let ConfirmBody { turn, helped } = write.body;
    let (id, turn) = (on.conversation, TurnNumber(turn));
    Ok(written(
        &api.service()
            .confirm_answer(&caller, id, turn, helped)
            .await?,
    ))
}

/// Ends the conversation.
#[utoipa::path(post, operation_id = "end_conversation", path = "/v1/widget/conversations/{id}/end", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "Ended.", body = Written), VisitorErrors))]
pub async fn end(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<Nothing>,
) -> Result<Answer<Written>, ApiError> {
    let caller = on.by.caller(&write);
    Ok(written(&api.service().end(&caller, on.conversation).await?))
}

/// Rates one part of the episode.
#[utoipa::path(post, operation_id = "rate_conversation", path = "/v1/widget/conversations/{id}/rating", tag = "widget", security(("visitor" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = RatingBody, responses((status = 200, description = "Noted.", body = Written), VisitorErrors))]
pub async fn rate(
    State(api): State<ApiState>,
    on: VisitingOn,
    write: Write<RatingBody>,
) -> Result<Answer<Written>, ApiError> {
    let caller = on.by.caller(&write);
    let RatingBody { part, score, text } = write.body;
    if !(1..=5).contains(&score) {
        return Err(ApiError::invalid("score", "between 1 and 5"));
    }
    let of = (part.into(), score);
    Ok(written(
        &api.service()
            .rate(&caller, on.conversation, of, text.as_deref())
            .await?,
    ))
}
