//! The span of a request, for traces: it goes on from the caller's, where the caller names
//! one (W3C Trace Context).

use axum::http::{HeaderMap, Request};
use opentelemetry::propagation::Extractor;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}

/// The span in which a request is answered; nothing where nobody traces.
pub(crate) fn span_of<B>(request: &Request<B>) -> Span {
    // The query may hold what nobody is to keep: only the path is told.
    let span = tracing::debug_span!(
        target: "segue::request",
        "request",
        otel.kind = "server",
        http.request.method = %request.method(),
        url.path = request.uri().path(),
    );
    if !span.is_disabled() {
        let parent = opentelemetry::global::get_text_map_propagator(|propagator| {
            propagator.extract(&Headers(request.headers()))
        });
        // A span that was closed meanwhile has no parent to be given.
        let _ = span.set_parent(parent);
    }
    span
}
