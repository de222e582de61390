//! The page of an error code.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::error::{ApiError, find};
use crate::extract::Place;

/// What a code means, what to check, what to do.
#[utoipa::path(get, operation_id = "read_error_page", path = "/errors/{code}", tag = "errors", params(("code" = String, Path, description = "The code.")), responses(
    (status = 200, description = "The page, as Markdown.", body = String),
    (status = 404, description = "`not_found`: there is no such code.", body = crate::error::ErrorBody),
))]
pub async fn error_page(Place(code): Place<String>) -> Result<Response, ApiError> {
    let known = find(&code).ok_or_else(|| ApiError::new("not_found", "there is no such code"))?;
    Ok((
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        known.page,
    )
        .into_response())
}
