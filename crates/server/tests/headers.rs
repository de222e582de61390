//! The headers that depend on how browsers come (S-2).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::routing::get;
use segue_server::headers::{self, Audience};
use tower::Service;

async fn headers_of(audience: Audience, is_secure: bool) -> HeaderMap {
    let mut router: Router =
        Router::new()
            .route("/", get(|| async { "here" }))
            .layer(axum::middleware::from_fn(move |request, next| {
                headers::add((audience.clone(), is_secure), request, next)
            }));
    let request = Request::builder().uri("/").body(Body::empty()).unwrap();
    router.call(request).await.unwrap().headers().clone()
}

#[tokio::test]
async fn browsers_that_come_by_https_are_told_to_go_on_so() {
    let widget = Audience::Widget {
        frame_ancestors: "'self'".to_owned(),
    };
    for audience in [Audience::Console, widget] {
        let secure = headers_of(audience.clone(), true).await;
        assert_eq!(secure["strict-transport-security"], "max-age=31536000");
        let plain = headers_of(audience, false).await;
        assert!(!plain.contains_key("strict-transport-security"));
    }
}
