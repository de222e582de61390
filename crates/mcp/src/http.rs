//! The tools over HTTP ("streamable HTTP"), each caller with their own key.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use segue_outbound::{Endpoint, Secret};
use tokio_util::sync::CancellationToken;

use crate::{Api, Tools};

/// The longest request, in bytes.
const REQUEST_BYTES_MAX: usize = 64 * 1024;

#[derive(Clone)]
struct Door {
    server: String,
    hosts: Vec<String>,
    stop: CancellationToken,
}

/// The tools at `/mcp`. No session is kept: every request stands alone, with the key of
/// whoever sends it in `Authorization: Bearer`. `hosts` are the names that it may be
/// reached by (against rebinding of names, only those of this machine if it is empty);
/// a browser's page is never let in.
pub fn router(server: String, hosts: Vec<String>, stop: CancellationToken) -> Router {
    let door = Door {
        server,
        hosts,
        stop,
    };
    Router::new()
        .route("/mcp", axum::routing::any(serve))
        .with_state(door)
}

async fn serve(State(door): State<Door>, request: Request<Body>) -> Response {
    let Some(key) = key_of(request.headers()) else {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
        let words = "bring a Segue key: Authorization: Bearer KEY";
        return (StatusCode::UNAUTHORIZED, challenge, words).into_response();
    };
    let Ok(endpoint) = Endpoint::new(&door.server, Some(key)) else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let mut config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_cancellation_token(door.stop.clone())
        .enforce_origin_validation();
    config.max_request_body_bytes = REQUEST_BYTES_MAX;
    if !door.hosts.is_empty() {
        config = config.with_allowed_hosts(door.hosts.clone());
    }
    let api = Api::new(endpoint);
    let service = StreamableHttpService::new(
        move || Ok(Tools::new(api.clone())),
        NeverSessionManager::default().into(),
        config,
    );
    service.handle(request).await.map(Body::new).into_response()
}

fn key_of(headers: &HeaderMap) -> Option<Secret> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = given.split_once(' ')?;
    let is_key = scheme.eq_ignore_ascii_case("bearer") && !key.trim().is_empty();
    is_key.then(|| Secret::new(key.trim()))
}
