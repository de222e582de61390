//! People of the workspace: the session's cookie, and the role table.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use segue_floor::State;
use segue_model::event::Actor;
use segue_model::id::{AgentId, ConversationId};
use segue_ports::directory::Agent;
use segue_service::identity::access::{self, Action};
use segue_service::identity::sessions::{SESSION_ABSOLUTE, SignedIn};
use segue_service::{Caller, Desk, Failure};

use super::{bearer, cross_site, unauthenticated};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;

/// The cookie over HTTPS: bound to this host, no subdomain can set it.
const SECURE_COOKIE: &str = "__Host-segue";
/// The cookie on a plain loopback address, where browsers refuse the prefix.
const PLAIN_COOKIE: &str = "segue_session";

/// What a route needs of its caller's role.
pub trait Permission: Send + Sync + 'static {
    /// The action of the role table; `None` for what everybody may do who is signed in.
    const ACTION: Option<Action>;
    /// Whether a write is something that the person does, and not their page by itself.
    const IS_OF_PERSON: bool = true;
}

/// Whoever is signed in, where the page asks by itself.
#[derive(Debug)]
pub struct Page;

impl Permission for Page {
    const ACTION: Option<Action> = None;
    const IS_OF_PERSON: bool = false;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $action:expr;)*) => {
        $($(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Permission for $name {
            const ACTION: Option<Action> = $action;
        })*
    };
}

permissions! {
    /// Whoever is signed in.
    Anybody = None;
    /// Reads conversations.
    Read = Some(Action::ReadConversation);
    /// Talks with customers.
    Serve = Some(Action::Serve);
    /// Takes conversations.
    Take = Some(Action::Take);
    /// Releases and rejects drafts.
    ReviewDrafts = Some(Action::ReviewDrafts);
    /// Clears flags.
    ClearFlag = Some(Action::ClearFlag);
    /// Reads figures.
    ReadFigures = Some(Action::ReadFigures);
    /// Proposes policies.
    ProposePolicy = Some(Action::ProposePolicy);
    /// Judges the assistant's answers.
    GradeAnswers = Some(Action::GradeAnswers);
    /// Edits policies, queues and wording.
    EditPolicy = Some(Action::EditPolicy);
    /// Says when the weekly report is sent.
    ScheduleReports = Some(Action::ScheduleReports);
    /// Publishes articles and instructions.
    EditKnowledge = Some(Action::EditKnowledge);
    /// Manages agents.
    ManageAgents = Some(Action::ManageAgents);
    /// Manages keys and customers.
    ManageKeys = Some(Action::ManageKeys);
    /// Reads the audit trail.
    ReadAudit = Some(Action::ReadAudit);
}

/// Somebody who is signed in and may do what `P` names.
pub struct Authorized<P> {
    /// Who, and by which session.
    pub who: SignedIn,
    /// Their workspace.
    pub desk: Arc<Desk>,
    permission: PhantomData<P>,
}

impl<P> Authorized<P> {
    /// The person.
    pub fn me(&self) -> &Agent {
        &self.who.agent
    }

    /// Their id.
    pub fn id(&self) -> AgentId {
        self.who.agent.id
    }

    /// Who asks, for the service.
    pub fn caller<T>(&self, write: &Write<T>) -> Caller {
        let id = self.id();
        write.caller(self.who.workspace, Actor::Agent(id), &id)
    }
}

impl<P: Permission> FromRequestParts<ApiState> for Authorized<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let Some(token) = cookie(&parts.headers, api.options().is_secure) else {
            return Err(no_session(parts, api).await);
        };
        let who = api.service().session(token).await?;
        cross_site::check(parts)?;
        if let Some(action) = P::ACTION {
            access::authorize(&who.agent, action)?;
        }
        let desk = api.desk(who.workspace)?;
        if P::IS_OF_PERSON && !parts.method.is_safe() {
            api.service().session_used(&who).await?;
        }
        Ok(Self {
            who,
            desk,
            permission: PhantomData,
        })
    }
}

/// A program with a good key is told that this is not for programs.
async fn no_session(parts: &Parts, api: &ApiState) -> ApiError {
    match bearer(&parts.headers) {
        Some(secret) if api.service().key(secret).await.is_ok() => {
            Failure::Forbidden("do with a key what only people do").into()
        }
        _ => unauthenticated(),
    }
}

/// The same, on a conversation that they may see.
pub struct AuthorizedOn<P> {
    /// Who.
    pub by: Authorized<P>,
    /// On which conversation.
    pub conversation: ConversationId,
    /// As it is now.
    pub state: Arc<State>,
}

impl<P: Permission> FromRequestParts<ApiState> for AuthorizedOn<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let by = Authorized::<P>::from_request_parts(parts, api).await?;
        let conversation = conversation_in(parts, api).await?;
        let state = api.service().state(by.who.workspace, conversation).await?;
        if !access::may_see(by.me(), &state) {
            return Err(Failure::Forbidden("see this conversation").into());
        }
        Ok(Self {
            by,
            conversation,
            state,
        })
    }
}

/// The conversation that a path names, alone or before a draft.
pub(super) async fn conversation_in(
    parts: &mut Parts,
    api: &ApiState,
) -> Result<ConversationId, ApiError> {
    let Place(named) =
        Place::<std::collections::HashMap<String, String>>::from_request_parts(parts, api).await?;
    let id = named.get("id").and_then(|id| id.parse().ok());
    id.ok_or_else(ApiError::no_conversation)
}

/// The session's token, if a cookie carries one.
pub fn cookie(headers: &HeaderMap, is_secure: bool) -> Option<&str> {
    let wanted = if is_secure {
        SECURE_COOKIE
    } else {
        PLAIN_COOKIE
    };
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| name.trim() == wanted)
        .map(|(_, value)| value.trim())
}

/// The header that gives a browser its session.
pub fn set_cookie(token: &str, is_secure: bool) -> Option<HeaderValue> {
    let seconds = SESSION_ABSOLUTE.millis() / 1_000;
    HeaderValue::from_str(&cookie_line(token, seconds, is_secure)).ok()
}

/// The header that takes a browser's session away.
pub fn clear_cookie(is_secure: bool) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie_line("", 0, is_secure)).ok()
}

fn cookie_line(token: &str, max_age_s: u64, is_secure: bool) -> String {
    let (name, secure) = if is_secure {
        (SECURE_COOKIE, "; Secure")
    } else {
        (PLAIN_COOKIE, "")
    };
    format!("{name}={token}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}")
}
