//! Writes of a browser come from the console's own page (S-5): a header that
//! only a script of this origin can set, and the browser's own word for where
//! the request comes from.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::error::ApiError;

/// The header that a cross-site form cannot set.
const OWN_HEADER: &str = "x-segue";

/// Refuses a write that did not come from the console's own page.
///
/// # Errors
/// `cross_site`, with what is missing.
pub fn check(parts: &Parts) -> Result<(), ApiError> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let headers = &parts.headers;
    let has_own = headers
        .get(OWN_HEADER)
        .is_some_and(|value| value.as_bytes() == b"1");
    if !has_own {
        return Err(ApiError::cross_site());
    }
    if is_same_site(headers) {
        return Ok(());
    }
    Err(ApiError::cross_site())
}

/// The browser's word first; where it says nothing, the origin has to be the host.
pub fn is_same_site(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    match (origin, text(header::HOST)) {
        (Some((_, origin)), Some(host)) => origin.eq_ignore_ascii_case(host),
        _ => false,
    }
}
