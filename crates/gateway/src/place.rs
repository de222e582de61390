//! Whose conversation a request belongs to.
//!
//! Only a name that the client gives joins two requests: the conversation's id, or the
//! client's own name for it. Texts never do: two strangers who begin alike stay apart.

use axum::http::HeaderMap;
use segue_api::{ApiState, CustomerRef, OpenBody, opening_of};
use segue_model::event::Actor;
use segue_model::floor::Holder;
use segue_model::id::ConversationId;
use segue_model::limits::REOPEN_WINDOW_HOURS;
use segue_model::time::Span;
use segue_ports::directory::ApiKey;
use segue_service::{Caller, Failure};
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::request::Asked;
use crate::settings::Unnamed;

/// The header with the id of a conversation.
pub(crate) const CONVERSATION: &str = "segue-conversation";
/// The header with the client's own name for it.
pub(crate) const EXTERNAL_ID: &str = "segue-external-id";
/// The header of a request's own key.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// How often one name may begin anew after it was closed for good.
const LIVES_MAX: u32 = 64;
/// The longest name, in bytes.
const NAME_BYTES_MAX: usize = 512;

/// Where a request belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The conversation; it is there, and the key's.
    pub id: ConversationId,
    /// Whether the client can name it again.
    pub is_named: bool,
}

/// Finds the conversation that the client names, and begins it where it is new.
pub(crate) async fn find(
    api: &ApiState,
    key: &ApiKey,
    (headers, asked): (&HeaderMap, &Asked),
    unnamed: Unnamed,
) -> Result<Place, Refusal> {
    if let Some(id) = asked.told(headers, CONVERSATION, "segue_conversation") {
        let id = id.parse().map_err(|_| Refusal::no_conversation())?;
        let state = api.service().state(key.workspace, id).await?;
        if !state.granted.contains(&key.id) {
            return Err(Refusal::no_conversation());
        }
        return Ok(Place { id, is_named: true });
    }
    let named = asked.told(headers, EXTERNAL_ID, "segue_external_id");
    if let Some(name) = named {
        if name.len() > NAME_BYTES_MAX || name.contains(char::is_control) {
            let reason = "1 to 512 bytes without control characters";
            return Err(Refusal::invalid("Segue-External-Id", reason));
        }
        return thread(api, key, asked, &name).await;
    }
    if unnamed == Unnamed::Refuse {
        return Err(Refusal::unnamed());
    }
    let once = headers.get(IDEMPOTENCY_KEY);
    let id = match once.and_then(|once| once.to_str().ok()) {
        Some(once) => id_of(key, &format!("once\u{0}{once}")),
        None => ConversationId::new(Uuid::now_v7()),
    };
    begin(api, key, asked, (id, asked.user(), None)).await?;
    Ok(Place {
        id,
        is_named: once.is_some(),
    })
}

/// The same name and key give the same conversation, on every node and after a restart.
fn id_of(key: &ApiKey, name: &str) -> ConversationId {
    let name = format!("gateway\u{0}{}\u{0}{name}", key.id);
    ConversationId::new(Uuid::new_v5(&key.workspace.uuid(), name.as_bytes()))
}

/// The conversation of the client's own name; a new one follows where the last is closed
/// for good.
async fn thread(api: &ApiState, key: &ApiKey, asked: &Asked, name: &str) -> Result<Place, Refusal> {
    let mut before = None;
    for life in 0..LIVES_MAX {
        let id = id_of(key, &format!("thread\u{0}{life}\u{0}{name}"));
        match api.service().state(key.workspace, id).await {
            Ok(state) => {
                let closed_at = state.closed_at.unwrap_or(state.last_at);
                let is_over = matches!(state.holder, Holder::Closed { .. })
                    && api.now() > closed_at + Span::hours(REOPEN_WINDOW_HOURS);
                if !is_over {
                    // Opened and not yet granted, if the server ended in between.
                    grant(api, key, id).await?;
                    return Ok(Place { id, is_named: true });
                }
                before = Some(id);
            }
            Err(Failure::Unknown(_)) => {
                begin(api, key, asked, (id, Some(name.to_owned()), before)).await?;
                return Ok(Place { id, is_named: true });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::no_conversation())
}

async fn begin(
    api: &ApiState,
    key: &ApiKey,
    asked: &Asked,
    (id, external_id, follows): (ConversationId, Option<String>, Option<ConversationId>),
) -> Result<(), Refusal> {
    let none = HeaderMap::new();
    let body = OpenBody {
        customer: asked.told(&none, "", "segue_customer").map(customer),
        locale: asked.told(&none, "", "segue_locale"),
        channel: Some("gateway".to_owned()),
        external_id,
        ..OpenBody::default()
    };
    let mut opening = opening_of(api, key.workspace, body).await?;
    opening.follows = follows;
    let caller = Caller::new(key.workspace, Actor::ApiKey(key.id));
    match api.service().open(&caller, id, opening).await {
        Ok(_) => {}
        // Another request of the same name was quicker.
        Err(error) if error.code() == "conversation_exists" => {}
        Err(error) => return Err(error.into()),
    }
    grant(api, key, id).await?;
    if !asked.earlier.is_empty() {
        api.service().recall(&caller, id, &asked.earlier).await?;
    }
    Ok(())
}

/// Who asks, by the address or the account that the client names.
fn customer(named: String) -> CustomerRef {
    let (email, account_id) = if named.contains('@') {
        (Some(named), None)
    } else {
        (None, Some(named))
    };
    CustomerRef { email, account_id }
}

async fn grant(api: &ApiState, key: &ApiKey, id: ConversationId) -> Result<(), Refusal> {
    let caller = Caller::new(key.workspace, Actor::ApiKey(key.id));
    api.service().grant_key(&caller, id, key.id).await?;
    Ok(())
}
