//! Keys of programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_model::id::ApiKeyId;
use segue_ports::directory::ApiKey;
use segue_service::identity::keys::KEY_DAYS_OTHERWISE;
use segue_service::identity::settings::Settled;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, json};
use crate::auth::Authorized;
use crate::auth::session::ManageKeys;
use crate::error::ApiError;
use crate::extract::{Nothing, Place, Write};
use crate::state::ApiState;
use crate::wire::settings::{KeyBody, KeyMade, KeyRow, List};

fn row(key: &ApiKey) -> KeyRow {
    KeyRow {
        id: key.id,
        name: key.name.clone(),
        scopes: key.scopes.iter().map(|scope| (*scope).into()).collect(),
        created_at: key.created_at.into(),
        expires_at: key.expires_at.into(),
        last_used_at: key.last_used_at.map(Into::into),
    }
}

/// The keys that are good, newest first.
#[utoipa::path(get, operation_id = "list_keys", path = "/v1/keys", tag = "settings", security(("session" = [])), responses((status = 200, description = "The keys.", body = List<KeyRow>), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<ManageKeys>,
) -> Result<Json<List<KeyRow>>, ApiError> {
    let keys = api.service().store().api_keys(by.who.workspace).await?;
    let good = keys.iter().filter(|key| key.revoked_at.is_none());
    Ok(Json(List {
        items: good.map(row).collect(),
    }))
}

/// Makes a key. Its secret is shown once, and kept nowhere: a retry under the same
/// `Idempotency-Key` is answered without it.
#[utoipa::path(post, operation_id = "create_key", path = "/v1/keys", tag = "settings", security(("session" = [])), request_body = KeyBody, responses((status = 201, description = "Made.", body = KeyMade), SettingErrors))]
pub async fn create(
    State(api): State<ApiState>,
    by: Authorized<ManageKeys>,
    write: Write<KeyBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let KeyBody {
        name,
        scopes,
        expires_days,
    } = write.body;
    let mut scopes: Vec<_> = scopes.into_iter().map(Into::into).collect();
    scopes.sort();
    scopes.dedup();
    let days = expires_days.unwrap_or(KEY_DAYS_OTHERWISE);
    let made = |key: &ApiKey, secret| KeyMade {
        key: row(key),
        secret,
    };
    let settled = api
        .service()
        .create_key(&caller, (&name, scopes), days, |key| json(&made(key, None)))
        .await?;
    Ok(match settled {
        Settled::Now((key, secret)) => Kept::now(StatusCode::CREATED, &made(&key, Some(secret))),
        Settled::Before(first) => Kept::again(StatusCode::CREATED, first.answer),
    })
}

/// Takes a key back, from the next request on.
#[utoipa::path(delete, operation_id = "revoke_key", path = "/v1/keys/{id}", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The key.")), responses((status = 204, description = "Taken back."), SettingErrors))]
pub async fn revoke(
    State(api): State<ApiState>,
    by: Authorized<ManageKeys>,
    Place(id): Place<ApiKeyId>,
    write: Write<Nothing>,
) -> Result<Kept, ApiError> {
    let settled = api.service().revoke_key(&by.caller(&write), id).await?;
    Ok(Kept::of(StatusCode::NO_CONTENT, settled, String::new()))
}
