//! What can be asked for, by resource: one file each. Two routers, one per
//! listener, so that the widget's origin never serves what the console does (S-3).

pub mod answers;
mod kept;
mod health;
pub mod metrics;
mod pages;
mod identity;
mod conversations;
mod actions;
mod drafts;
mod offers;
mod assistant;
mod widget;
mod agents;
mod queues;
mod wording;
mod policy;
mod learning;
mod knowledge;
mod proposals;
mod review;
mod trials;
mod trying;
mod keys;
mod customers;
mod audit;
mod dashboard;
mod reports;
mod document;

pub use assistant::opening as opening_of;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::ApiError;
use crate::extract::BODY_BYTES_MAX;
use crate::live;
use crate::state::ApiState;

pub use document::openapi;

/// The longest policy file, in bytes; its own reader has a limit as well.
const POLICY_BODY_BYTES_MAX: usize = 512 * 1024;
/// The longest file of customers, in bytes.
const CSV_BODY_BYTES_MAX: usize = segue_service::identity::people::CSV_BYTES_MAX;

/// Everything that the console and programs ask for.
pub(crate) fn console_api() -> OpenApiRouter<ApiState> {
    let policies = OpenApiRouter::new()
        .routes(routes!(policy::read, policy::activate))
        .routes(routes!(policy::version))
        .routes(routes!(policy::lint))
        .routes(routes!(policy::rollback))
        .routes(routes!(proposals::list, proposals::propose))
        .routes(routes!(proposals::read))
        .routes(routes!(proposals::approve))
        .routes(routes!(proposals::reject))
        .routes(routes!(proposals::withdraw))
        .routes(routes!(trying::schema))
        .routes(routes!(trying::diff))
        .routes(routes!(trying::read_cases, trying::put_cases))
        .routes(routes!(trials::list, trials::begin))
        .routes(routes!(trials::read))
        .routes(routes!(trials::stop))
        .routes(routes!(trials::promote))
        .routes(routes!(trying::test))
        .routes(routes!(trying::ask_what_if))
        .routes(routes!(trying::what_if))
        .routes(routes!(learning::check))
        .routes(routes!(knowledge::read, knowledge::publish))
        .routes(routes!(knowledge::roll_back))
        .routes(routes!(knowledge::withdraw))
        .routes(routes!(
            knowledge::read_instructions,
            knowledge::publish_instructions
        ))
        .routes(routes!(knowledge::roll_back_instructions))
        .routes(routes!(knowledge::withdraw_instructions))
        .layer(DefaultBodyLimit::max(POLICY_BODY_BYTES_MAX));
    let imports = OpenApiRouter::new()
        .routes(routes!(customers::import))
        .layer(DefaultBodyLimit::max(CSV_BODY_BYTES_MAX));
    OpenApiRouter::new()
        .routes(routes!(identity::setup_needed, identity::set_up))
        .routes(routes!(identity::sign_in, identity::sign_out))
        .routes(routes!(identity::sign_in_by_link))
        .routes(routes!(identity::accept_invitation))
        .routes(routes!(identity::me))
        .routes(routes!(identity::set_presence))
        .routes(routes!(identity::ticket))
        .routes(routes!(conversations::list, assistant::open))
        .routes(routes!(conversations::read))
        .routes(routes!(conversations::entries))
        .routes(routes!(conversations::packet))
        .routes(routes!(conversations::explain))
        .routes(routes!(conversations::packet_read))
        .routes(routes!(conversations::hint))
        .routes(routes!(assistant::turn))
        .routes(routes!(assistant::handoff))
        .routes(routes!(offers::accept))
        .routes(routes!(offers::decline))
        .routes(routes!(actions::reply))
        .routes(routes!(actions::note))
        .routes(routes!(actions::take))
        .routes(routes!(actions::requeue))
        .routes(routes!(actions::transfer))
        .routes(routes!(actions::hand_back))
        .routes(routes!(actions::resolve))
        .routes(routes!(actions::clear_flag))
        .routes(routes!(drafts::release))
        .routes(routes!(drafts::reject))
        .routes(routes!(drafts::end_review))
        .routes(routes!(agents::list, agents::invite))
        .routes(routes!(agents::change))
        .routes(routes!(queues::list, queues::create))
        .routes(routes!(queues::change))
        .routes(routes!(wording::list))
        .routes(routes!(wording::read, wording::change))
        .routes(routes!(keys::list, keys::create))
        .routes(routes!(keys::revoke))
        .routes(routes!(customers::list))
        .routes(routes!(audit::list))
        .routes(routes!(dashboard::read))
        .routes(routes!(reports::weekly))
        .routes(routes!(reports::send_to_me))
        .routes(routes!(reports::read_schedule, reports::put_schedule))
        .routes(routes!(dashboard::breakdown))
        .routes(routes!(dashboard::cases))
        .routes(routes!(learning::read))
        .routes(routes!(learning::cluster))
        .routes(routes!(learning::propose))
        .routes(routes!(knowledge::list))
        .routes(routes!(review::list))
        .routes(routes!(review::grade))
        .routes(routes!(review::tune))
        .merge(policies)
        .merge(imports)
}

/// Everything that the widget asks for.
pub(crate) fn widget_api() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(widget::session::session))
        .routes(routes!(widget::session::ticket))
        .routes(routes!(widget::session::open))
        .routes(routes!(widget::conversation::read))
        .routes(routes!(widget::conversation::message))
        .routes(routes!(widget::conversation::person))
        .routes(routes!(widget::conversation::withdraw))
        .routes(routes!(widget::conversation::contact))
        .routes(routes!(widget::conversation::confirm))
        .routes(routes!(widget::conversation::end))
        .routes(routes!(widget::conversation::rate))
}

/// Liveness and the pages of the error codes; on both listeners.
fn common() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(pages::error_page))
}

/// What the console's listener serves of the API.
pub fn console_router(state: ApiState) -> Router {
    let (api, _) = console_api().merge(common()).split_for_parts();
    let api = api
        .route("/v1/live", get(live::console))
        .route("/openapi.json", get(document::document));
    finish(api, state)
}

/// What the widget's listener serves of the API.
pub fn widget_router(state: ApiState) -> Router {
    let (api, _) = widget_api().merge(common()).split_for_parts();
    finish(api.route("/v1/live", get(live::widget)), state)
}

/// The server's counters, for a listener of their own (S-41).
pub fn metrics_router(state: ApiState, counted: metrics::Counted) -> Router {
    let metrics = Router::new()
        .route("/metrics", get(metrics::read))
        .layer(axum::Extension(counted));
    finish(metrics, state)
}

fn finish(api: Router<ApiState>, state: ApiState) -> Router {
    api.fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(axum::middleware::map_response(no_store))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(axum::middleware::from_fn(crate::watch::time))
        .with_state(state)
}

/// Answers are about people: nothing on the way keeps them (S-2).
async fn no_store(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(header::X_CONTENT_TYPE_OPTIONS)
        .or_insert(HeaderValue::from_static("nosniff"));
    response
}

async fn unknown() -> ApiError {
    ApiError::new("route_unknown", "there is nothing at this address")
}

async fn wrong_method() -> ApiError {
    ApiError::new(
        "method_not_allowed",
        "this address does not take this method",
    )
}
