//! The demo site's own data: help articles, and the customers one can sign in as.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

/// One article as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct HelpArticle {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it belongs to.
    pub category: String,
    /// When it was last changed, as a date.
    pub updated: String,
    /// Its text, in Markdown.
    pub body: String,
}

/// A customer whom a visitor of the demo can be.
#[derive(Debug, Clone, Serialize)]
pub struct DemoCustomer {
    /// The sign-in name.
    pub email: String,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: String,
    /// Whether they get white-glove care.
    pub is_vip: bool,
    /// Where they work.
    pub company: String,
}

/// Signs who a customer is; nothing where that cannot be done.
pub type Signer = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Gives the articles that are in use.
pub type Library = Box<dyn Fn() -> Vec<HelpArticle> + Send + Sync>;

/// What the site shows.
pub struct Site {
    /// The help centre as it is now, by title.
    pub articles: Library,
    /// Whom a visitor can be; empty without the demo.
    pub customers: Vec<DemoCustomer>,
    /// Signs an identity, as the company's own backend would.
    pub sign: Signer,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityRequest {
    email: String,
}

/// The site's data under its addresses.
pub fn router(site: Arc<Site>) -> Router {
    let has_customers = !site.customers.is_empty();
    let mut router = Router::new()
        .route("/help/index.json", get(index))
        .route("/help/{file}", get(article));
    if has_customers {
        router = router
            .route(
                "/demo/customers",
                get(|State(site): State<Arc<Site>>| async move { Json(site.customers.clone()) }),
            )
            .route("/demo/identity", post(identity));
    }
    router.with_state(site)
}

async fn index(State(site): State<Arc<Site>>) -> Response {
    let entry = |article: &HelpArticle| {
        serde_json::json!({
            "slug": article.slug, "title": article.title, "category": article.category,
        })
    };
    Json((site.articles)().iter().map(entry).collect::<Vec<_>>()).into_response()
}

async fn article(State(site): State<Arc<Site>>, Path(file): Path<String>) -> Response {
    let Some(slug) = file.strip_suffix(".json") else {
        return crate::pages::help();
    };
    let articles = (site.articles)();
    match articles.into_iter().find(|article| article.slug == slug) {
        Some(article) => Json(article).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn identity(State(site): State<Arc<Site>>, Json(request): Json<IdentityRequest>) -> Response {
    let is_known = site
        .customers
        .iter()
        .any(|customer| customer.email == request.email);
    match is_known.then(|| (site.sign)(&request.email)).flatten() {
        Some(identity) => Json(serde_json::json!({ "identity": identity })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
