//! Drafts: release, edit, reject; and the end of the review.

use axum::extract::State;
use segue_model::id::DraftId;

use super::answers::{ActionErrors, Answer, acted};
use crate::auth::AuthorizedOn;
use crate::auth::session::ReviewDrafts;
use crate::error::ApiError;
use crate::extract::{Nothing, Place, Write};
use crate::state::ApiState;
use crate::wire::conversation::{Acted, ReleaseBody};

/// The draft that the path names; one that is none is gone.
fn draft_of(named: &str) -> Result<DraftId, ApiError> {
    let gone = || segue_service::Failure::from(segue_floor::Refused::DraftGone);
    Ok(named.parse().map_err(|_| gone())?)
}

/// Sends a draft, as it is or edited.
#[utoipa::path(post, operation_id = "release_draft", path = "/v1/conversations/{id}/drafts/{draft}/release", tag = "drafts", security(("session" = [])), params(("id" = String, Path, description = "The conversation."), ("draft" = String, Path, description = "The draft.")), request_body = ReleaseBody, responses((status = 200, description = "Sent.", body = Acted), ActionErrors))]
pub async fn release(
    State(api): State<ApiState>,
    on: AuthorizedOn<ReviewDrafts>,
    place: Place<(String, String)>,
    write: Write<ReleaseBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let Place((_, draft)) = place;
    let draft = (draft_of(&draft)?, on.by.id());
    let edited = write.body.text.as_deref();
    Ok(acted(
        &api.service()
            .release_draft(&caller, on.conversation, draft, edited)
            .await?,
    ))
}

/// Turns a draft down.
#[utoipa::path(post, operation_id = "reject_draft", path = "/v1/conversations/{id}/drafts/{draft}/reject", tag = "drafts", security(("session" = [])), params(("id" = String, Path, description = "The conversation."), ("draft" = String, Path, description = "The draft.")), responses((status = 200, description = "Turned down.", body = Acted), ActionErrors))]
pub async fn reject(
    State(api): State<ApiState>,
    on: AuthorizedOn<ReviewDrafts>,
    place: Place<(String, String)>,
    write: Write<Nothing>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    let Place((_, draft)) = place;
    let draft = (draft_of(&draft)?, on.by.id());
    Ok(acted(
        &api.service()
            .reject_draft(&caller, on.conversation, draft)
            .await?,
    ))
}

/// Ends the review: the assistant answers by itself again.
#[utoipa::path(post, operation_id = "end_review", path = "/v1/conversations/{id}/end_review", tag = "drafts", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "Ended.", body = Acted), ActionErrors))]
pub async fn end_review(
    State(api): State<ApiState>,
    on: AuthorizedOn<ReviewDrafts>,
    write: Write<Nothing>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = on.by.caller(&write);
    Ok(acted(
        &api.service()
            .end_review(&caller, on.conversation, on.by.id())
            .await?,
    ))
}
