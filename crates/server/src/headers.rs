//! The headers of every answer (S-2). Which ones depends on whose page it is,
//! and that is said where the router is put together.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// Whose answer it is.
#[derive(Debug, Clone)]
pub enum Audience {
    /// The console and the API: nobody frames it.
    Console,
    /// The widget: only these origins frame it.
    Widget {
        /// The value of `frame-ancestors`.
        frame_ancestors: String,
    },
}

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const NO_POWERS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

/// The content policy of a page: nothing from elsewhere, no inline script, text as text.
pub fn content_policy(audience: &Audience) -> String {
    let ancestors = match audience {
        Audience::Console => "'none'",
        Audience::Widget { frame_ancestors } => frame_ancestors,
    };
    // The demo site frames the widget of its own origin.
    let frames = match audience {
        Audience::Console => "",
        Audience::Widget { .. } => " frame-src 'self';",
    };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self';{frames} object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors {ancestors}; require-trusted-types-for 'script'"
    )
}

/// Tells browsers to come by HTTPS only, for a year (S-2).
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers that an answer lacks. `is_secure` says that browsers come by HTTPS.
pub async fn add(
    (audience, is_secure): (Audience, bool),
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = HeaderValue::from_str(&content_policy(&audience))
        .unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(COOP, HeaderValue::from_static("same-origin"));
    headers.insert(PERMISSIONS, HeaderValue::from_static(NO_POWERS));
    if is_secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    let resource = match audience {
        Audience::Console => "same-origin",
        // Other sites embed the loader and the frame.
        Audience::Widget { .. } => "cross-origin",
    };
    headers
        .entry(CORP)
        .or_insert(HeaderValue::from_static(resource));
    // Data is never kept by a cache; pages say otherwise themselves.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
