//! The OpenAPI document.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use segue_model::limits::IDEMPOTENCY_KEY_BYTES_MAX;
use utoipa::OpenApi;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{RefOr, Required};
use utoipa_axum::router::OpenApiRouter;

use super::{answers, common, console_api, widget_api};
use crate::error::ErrorBody;
use crate::wire::conversation::ListState;
use crate::wire::inbox::Inbox;
use crate::wire::state::{StaffSnapshot, Wait};
use crate::wire::words::Notice;

/// What stands around the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Segue",
        description = "The layer between AI support assistants and human teams. Every error carries a stable code; `/errors/CODE` explains it. Writes to conversations and settings take an `Idempotency-Key`: the same key with the same body gets the first answer again, with `Idempotency-Replayed: true`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(ErrorBody, Inbox, StaffSnapshot, Wait, ListState, Notice)),
    tags(
        (name = "identity", description = "Setup, sign-in, the caller."),
        (name = "conversations", description = "Conversations, read."),
        (name = "offers", description = "What is proposed to an agent."),
        (name = "actions", description = "What agents do."),
        (name = "drafts", description = "Answers that a person releases."),
        (name = "assistant", description = "For programs with a key: somebody's own assistant."),
        (name = "widget", description = "For the widget; on its own listener."),
        (name = "live", description = "The live socket `/v1/live` takes a ticket in its first frame."),
        (name = "settings", description = "Agents, queues, wording, policy, keys, customers, audit."),
        (name = "learning", description = "What the assistant fails at, and what it is taught."),
        (name = "dashboard", description = "Figures."),
        (name = "health", description = "Whether the server lives and can work."),
        (name = "errors", description = "The pages of the error codes."),
    ),
)]
struct Frame;

/// The whole document, of both listeners.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let routers = console_api().merge(widget_api()).merge(common());
    let (_, mut document) = OpenApiRouter::<crate::ApiState>::with_openapi(Frame::openapi())
        .merge(routers)
        .split_for_parts();
    name_the_key(&mut document);
    let components = document.components.get_or_insert_default();
    components.responses.extend(answers::shared());
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(
        "__Host-segue",
        "A person's session; writes also need `X-Segue: 1`. On a plain loopback address the cookie is `segue_session`.",
    ));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    for (name, about) in [
        ("key", "A program's key, `sg_live_…`."),
        ("visitor", "A visitor's token, `sgv_…`."),
    ] {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(about));
        components.add_security_scheme(name, SecurityScheme::Http(scheme.build()));
    }
    document
}

/// Writes that take no key: those that answer with a secret good once, which
/// nobody keeps, and those that only read.
const WITHOUT_KEY: [&str; 9] = [
    "/v1/setup",
    "/v1/session",
    "/v1/session/link",
    "/v1/invitations/accept",
    "/v1/me/presence",
    "/v1/live/ticket",
    "/v1/policy/lint",
    "/v1/widget/session",
    "/v1/widget/ticket",
];

/// Says of every other write that it takes a key for its retries.
fn name_the_key(document: &mut utoipa::openapi::OpenApi) {
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(IDEMPOTENCY_KEY_BYTES_MAX))))
        .build();
    for (path, item) in &mut document.paths.paths {
        if WITHOUT_KEY.contains(&path.as_str()) {
            continue;
        }
        let writes = [
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in writes.into_iter().flatten() {
            operation
                .parameters
                .get_or_insert_default()
                .push(RefOr::T(key.clone()));
        }
    }
}

/// The document, written once.
pub async fn document() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| openapi().to_json().unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}
