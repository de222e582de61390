//! Whether the server lives, and whether it can work.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::state::ApiState;

/// How the server is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Health {
    /// `ok` or `ready`.
    status: &'static str,
}

/// The process lives.
#[utoipa::path(get, operation_id = "check_alive", path = "/healthz", tag = "health", responses((status = 200, description = "It lives.", body = Health)))]
pub async fn live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// The server can work: its store answers.
#[utoipa::path(get, operation_id = "check_ready", path = "/readyz", tag = "health", responses(
    (status = 200, description = "It can.", body = Health),
    (status = 503, description = "`not_ready`: the store does not answer, its disk is full, or the server is ending.", body = crate::error::ErrorBody),
))]
pub async fn ready(State(api): State<ApiState>) -> Result<Json<Health>, ApiError> {
    if api.service().stopping().is_cancelled() {
        return Err(ApiError::new("not_ready", "the server is ending"));
    }
    if api.service().store().log_stats().is_full {
        return Err(ApiError::new("not_ready", "the disk is full"));
    }
    match api.service().store().next_due().await {
        Ok(_) => Ok(Json(Health { status: "ready" })),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            Err(ApiError::new("not_ready", "the store does not answer"))
        }
    }
}
