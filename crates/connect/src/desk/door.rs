//! Where desks send what happens there: `POST /v1/desks/NAME` or `…/NAME/TOKEN`. What it
//! answers is for the desk's own schedule: 200 once it is durable here, 503 if it should
//! come again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use segue_api::error::ApiError;
use segue_service::{Failure, Service};
use serde::Deserialize;

use super::{Came, Inbound, Unheard};

/// The longest request of a desk, in bytes: it repeats parts of the conversation.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// Desks wait five seconds and then try again: better they hear it before.
const HEARD_WITHIN: Duration = Duration::from_secs(4);

#[derive(Clone)]
struct Door {
    service: Service,
    desks: Arc<BTreeMap<String, Arc<dyn Inbound>>>,
}

/// The door for these desks, which stand beside the server's first workspace.
pub fn router(service: Service, desks: BTreeMap<String, Arc<dyn Inbound>>) -> Router {
    let door = Door {
        service,
        desks: Arc::new(desks),
    };
    Router::new()
        .route("/v1/desks/{name}", post(hear))
        .route("/v1/desks/{name}/{token}", post(hear))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(door)
}

#[derive(Deserialize)]
struct Place {
    name: String,
    token: Option<String>,
}

async fn hear(
    State(door): State<Door>,
    Path(place): Path<Place>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let forged = || ApiError::from(Failure::Unauthenticated);
    // Whether there is such a desk is nobody's business who cannot prove to be it.
    let inbound = door.desks.get(&place.name).ok_or_else(forged)?;
    let came = Came {
        token: place.token.as_deref(),
        headers: &headers,
        body: &body,
        at: door.service.now(),
    };
    let heard = match inbound.read(&came) {
        Ok(Some(heard)) => heard,
        Ok(None) => return Ok(StatusCode::OK),
        Err(Unheard::Forged) => return Err(forged()),
        Err(Unheard::Unreadable) => {
            let message = "this is not what the desk's product sends";
            return Err(ApiError::new("malformed_json", message));
        }
    };
    let workspace = door.service.desks().first().map(|desk| desk.workspace.id);
    let not_ready = || ApiError::new("not_ready", "nobody has claimed this server yet");
    let workspace = workspace.ok_or_else(not_ready)?;
    let service = door.service.clone();
    // A task of its own: a desk that hangs up does not leave it half done.
    let hearing = door
        .service
        .tasks()
        .spawn(async move { service.heard(workspace, &place.name, &heard).await });
    match tokio::time::timeout(HEARD_WITHIN, hearing).await {
        Ok(Ok(Ok(()))) => Ok(StatusCode::OK),
        Ok(Ok(Err(failure))) => Err(failure.into()),
        Ok(Err(_)) | Err(_) => Err(Failure::Busy.into()),
    }
}
