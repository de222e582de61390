//! Offers: yes or no.

use axum::extract::State;
use segue_model::id::{ConversationId, OfferId};
use segue_service::Desk;

use super::answers::{ActionErrors, Answer, acted};
use crate::auth::Authorized;
use crate::auth::session::Serve;
use crate::error::ApiError;
use crate::extract::{Nothing, Place, Write};
use crate::state::ApiState;
use crate::wire::conversation::{Accepted, Acted, DeclineBody};

/// The conversation that an open offer to this agent is about.
fn conversation_of(
    desk: &Desk,
    by: &Authorized<Serve>,
    offer: OfferId,
) -> Result<ConversationId, ApiError> {
    let active = desk.active();
    let found = active.iter().find(|(_, known)| {
        let open = known
            .state
            .escalation
            .as_ref()
            .and_then(|open| open.offer.as_ref());
        open.is_some_and(|open| open.id == offer && open.agent == by.id())
    });
    found
        .map(|(id, _)| *id)
        .ok_or_else(|| segue_floor::Refused::OfferGone.into_error())
}

trait IntoError {
    fn into_error(self) -> ApiError;
}

impl IntoError for segue_floor::Refused {
    fn into_error(self) -> ApiError {
        segue_service::Failure::from(self).into()
    }
}

/// Takes what was offered.
#[utoipa::path(post, operation_id = "accept_offer", path = "/v1/offers/{id}/accept", tag = "offers", security(("session" = [])), params(("id" = String, Path, description = "The offer.")), responses((status = 200, description = "It is the caller's.", body = Accepted), ActionErrors))]
pub async fn accept(
    State(api): State<ApiState>,
    by: Authorized<Serve>,
    Place(offer): Place<OfferId>,
    write: Write<Nothing>,
) -> Result<Answer<Accepted>, ApiError> {
    let caller = by.caller(&write);
    let conversation = match conversation_of(&by.desk, &by, offer) {
        Ok(conversation) => conversation,
        // A retry of what was accepted finds its first answer by its key.
        Err(gone) => conversation_of_key(&api, &caller).await?.ok_or(gone)?,
    };
    let done = api
        .service()
        .accept_offer(&caller, conversation, (offer, by.id()))
        .await?;
    let (version, epoch) = (done.version().0, done.epoch().0);
    Ok(Answer::ok(
        &done,
        Accepted {
            conversation,
            version,
            epoch,
        },
    ))
}

async fn conversation_of_key(
    api: &ApiState,
    caller: &segue_service::Caller,
) -> Result<Option<ConversationId>, ApiError> {
    let Some(key) = &caller.idempotency else {
        return Ok(None);
    };
    let store = api.service().store();
    let found = store
        .find_key(caller.workspace, key.caller.clone(), key.key.clone())
        .await?;
    Ok(found.map(|(conversation, _, _)| conversation))
}

/// Says no to what was offered.
#[utoipa::path(post, operation_id = "decline_offer", path = "/v1/offers/{id}/decline", tag = "offers", security(("session" = [])), params(("id" = String, Path, description = "The offer.")), request_body = DeclineBody, responses((status = 200, description = "It goes to somebody else.", body = Acted), ActionErrors))]
pub async fn decline(
    State(api): State<ApiState>,
    by: Authorized<Serve>,
    Place(offer): Place<OfferId>,
    write: Write<DeclineBody>,
) -> Result<Answer<Acted>, ApiError> {
    let caller = by.caller(&write);
    let conversation = match conversation_of(&by.desk, &by, offer) {
        Ok(conversation) => conversation,
        Err(gone) => conversation_of_key(&api, &caller).await?.ok_or(gone)?,
    };
    let (agent, reason) = (by.id(), write.body.reason.into());
    Ok(acted(
        &api.service()
            .decline_offer(&caller, conversation, (offer, agent), reason)
            .await?,
    ))
}
