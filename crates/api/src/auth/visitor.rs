//! Browsers in front of the widget: a random token, and only their own conversation (S-11, S-12).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use segue_floor::State;
use segue_model::event::Actor;
use segue_model::id::ConversationId;
use segue_service::identity::visitors::KnownVisitor;
use segue_service::{Caller, Desk};

use super::session::conversation_in;
use super::{bearer, unauthenticated};
use crate::error::ApiError;
use crate::extract::Write;
use crate::state::ApiState;

/// What every visitor's token begins with.
const TOKEN_PREFIX: &str = "sgv_";

/// A visitor with a good token.
pub struct Visiting {
    /// Who.
    pub known: KnownVisitor,
    /// Where.
    pub desk: Arc<Desk>,
}

impl Visiting {
    /// The visitor's unguessable name.
    pub fn id(&self) -> &str {
        &self.known.visitor.id
    }

    /// Who asks, for the service.
    pub fn caller<T>(&self, write: &Write<T>) -> Caller {
        write.caller(self.known.visitor.workspace, Actor::Customer, &self.id())
    }
}

impl FromRequestParts<ApiState> for Visiting {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).filter(|token| token.starts_with(TOKEN_PREFIX));
        let known = api
            .service()
            .visitor(token.ok_or_else(unauthenticated)?)
            .await?;
        api.limits().visitor(&known.visitor.id)?;
        let desk = api.desk(known.visitor.workspace)?;
        Ok(Self { known, desk })
    }
}

/// The same, on their own conversation. Any other is unknown to them.
pub struct VisitingOn {
    /// Who.
    pub by: Visiting,
    /// On which conversation.
    pub conversation: ConversationId,
    /// As it is now.
    pub state: Arc<State>,
}

impl FromRequestParts<ApiState> for VisitingOn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let by = Visiting::from_request_parts(parts, api).await?;
        let conversation = conversation_in(parts, api).await?;
        let state = api
            .service()
            .state(by.known.visitor.workspace, conversation)
            .await?;
        if !is_of(&state, by.id()) {
            return Err(ApiError::no_conversation());
        }
        Ok(Self {
            by,
            conversation,
            state,
        })
    }
}

/// Whether a conversation is this visitor's.
pub fn is_of(state: &State, visitor: &str) -> bool {
    let opening = state.opening.as_deref();
    opening.and_then(|opening| opening.visitor.as_deref()) == Some(visitor)
}
