//! Programs with a key: scopes, and only conversations they were granted (S-9, S-10).

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use segue_floor::State;
use segue_model::event::Actor;
use segue_model::id::ConversationId;
use segue_ports::directory::{ApiKey, Scope};
use segue_service::identity::keys::{KEY_PREFIX, require};
use segue_service::{Caller, Desk, Failure};

use super::session::conversation_in;
use super::{bearer, session, unauthenticated};
use crate::error::ApiError;
use crate::extract::Write;
use crate::state::ApiState;

/// What a route needs of a key.
pub trait Scoped: Send + Sync + 'static {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Scoped for $name {
            const SCOPE: Scope = Scope::$name;
        })*
    };
}

scopes! {
    /// Appends customer and assistant turns.
    TurnWrite;
    /// Reads conversations.
    ConversationRead;
    /// Asks for a person.
    Escalate;
}

/// A program whose key has the scope `S`.
pub struct Keyed<S> {
    /// Its key.
    pub key: ApiKey,
    /// Its workspace.
    pub desk: Arc<Desk>,
    scope: PhantomData<S>,
}

impl<S> Keyed<S> {
    /// Who asks, for the service.
    pub fn caller<T>(&self, write: &Write<T>) -> Caller {
        write.caller(self.key.workspace, Actor::ApiKey(self.key.id), &self.key.id)
    }
}

impl<S: Scoped> FromRequestParts<ApiState> for Keyed<S> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let Some(secret) = bearer(&parts.headers).filter(|secret| secret.starts_with(KEY_PREFIX))
        else {
            return Err(no_key(parts, api).await);
        };
        let key = api.service().key(secret).await?;
        require(&key, S::SCOPE)?;
        api.limits().program(&key.id)?;
        let desk = api.desk(key.workspace)?;
        Ok(Self {
            key,
            desk,
            scope: PhantomData,
        })
    }
}

/// A person who is signed in is told that this is for programs.
async fn no_key(parts: &Parts, api: &ApiState) -> ApiError {
    let token = session::cookie(&parts.headers, api.options().is_secure);
    match token {
        Some(token) if api.service().session(token).await.is_ok() => {
            Failure::Forbidden("do without a key what only programs do").into()
        }
        _ => unauthenticated(),
    }
}

/// The same, on a conversation that was granted to it. Any other is unknown to it.
pub struct KeyedOn<S> {
    /// Who.
    pub by: Keyed<S>,
    /// On which conversation.
    pub conversation: ConversationId,
    /// As it is now.
    pub state: Arc<State>,
}

impl<S: Scoped> FromRequestParts<ApiState> for KeyedOn<S> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let by = Keyed::<S>::from_request_parts(parts, api).await?;
        let conversation = conversation_in(parts, api).await?;
        let state = api.service().state(by.key.workspace, conversation).await?;
        if !state.granted.contains(&by.key.id) {
            return Err(ApiError::no_conversation());
        }
        Ok(Self {
            by,
            conversation,
            state,
        })
    }
}
