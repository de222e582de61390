//! Who asks, and whether they may (S-13).
//!
//! A handler gets its caller only through one of these extractors, and each of
//! them names what is to be allowed in its type, so that no handler can be
//! written that forgets to ask.

pub mod session;
pub mod program;
pub mod visitor;
pub mod cross_site;
pub mod limit;
pub mod proxy;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::error::ApiError;
use crate::state::ApiState;

pub use program::{Keyed, KeyedOn};
pub use session::{Authorized, AuthorizedOn};
pub use visitor::{Visiting, VisitingOn};

/// The secret of an `Authorization: Bearer …` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = given.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// Nobody is signed in, or the key is not good.
pub(crate) fn unauthenticated() -> ApiError {
    segue_service::Failure::Unauthenticated.into()
}

/// Whoever may read conversations: a person of the workspace, or a program.
pub enum Reader {
    /// A person.
    Agent(Box<AuthorizedOn<session::Read>>),
    /// A program.
    Program(Box<KeyedOn<program::ConversationRead>>),
}

impl FromRequestParts<ApiState> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        if bearer(&parts.headers).is_some() {
            let program = KeyedOn::from_request_parts(parts, api).await?;
            return Ok(Self::Program(Box::new(program)));
        }
        let agent = AuthorizedOn::from_request_parts(parts, api).await?;
        Ok(Self::Agent(Box::new(agent)))
    }
}
