//! The pages that are built into the binary.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};

/// The console, as built by `npm run build -w console`.
#[derive(RustEmbed)]
#[folder = "../../web/console/dist/"]
#[allow_missing = true]
struct Console;

/// The widget and the demo site, as built by `npm run build -w widget`.
#[derive(RustEmbed)]
#[folder = "../../web/widget/dist/"]
#[allow_missing = true]
struct Widget;

/// Files whose name carries a hash of their contents never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again.
const ASK_AGAIN: &str = "no-cache";

const NOT_BUILT: &str = "The pages are not built into this binary. Run `make build` (it needs Node) and start it again; the API works without them.\n";

/// The console's pages.
pub fn console() -> Router {
    Router::new()
        .route(
            "/",
            get(|| async { page(Console::get("index.html"), "index.html") }),
        )
        .route(
            "/docs",
            get(|| async { page(Console::get("docs.html"), "docs.html") }),
        )
        .route("/assets/{*file}", get(console_asset))
        .route(
            "/favicon.svg",
            get(|| async { page(Console::get("favicon.svg"), "favicon.svg") }),
        )
}

/// The widget's pages; the demo site's front page only where there is a demo.
pub fn widget(has_site: bool) -> Router {
    let widget = Router::new()
        .route(
            "/widget.js",
            get(|| async { page(Widget::get("widget.js"), "widget.js") }),
        )
        .route(
            "/widget",
            get(|| async { page(Widget::get("widget.html"), "widget.html") }),
        )
        .route("/assets/{*file}", get(widget_asset));
    if !has_site {
        return widget;
    }
    widget
        .route(
            "/",
            get(|| async { page(Widget::get("site/index.html"), "index.html") }),
        )
        .route("/help", get(|| async { help() }))
}

/// The page of the help centre; it reads its article by the address.
pub fn help() -> Response {
    page(Widget::get("site/help.html"), "help.html")
}

async fn console_asset(Path(file): Path<String>) -> Response {
    let path = format!("assets/{file}");
    page(Console::get(&path), &path)
}

async fn widget_asset(Path(file): Path<String>) -> Response {
    let path = format!("assets/{file}");
    page(Widget::get(&path), &path)
}

fn page(file: Option<EmbeddedFile>, path: &str) -> Response {
    let Some(file) = file else {
        let is_page = path.ends_with(".html");
        let text = if is_page {
            NOT_BUILT
        } else {
            "There is no such file.\n"
        };
        let status = if is_page {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::NOT_FOUND
        };
        return (status, text).into_response();
    };
    let kind = HeaderValue::from_str(file.metadata.mimetype())
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let kept = if path.starts_with("assets/") {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    let mut response = Response::new(Body::from(file.data.into_owned()));
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}
