//! The server's counters, in the text form that Prometheus reads; for this
//! machine only.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;

use super::unknown;
use crate::error::ApiError;
use crate::state::ApiState;

/// What a proxy adds to a request that it passes on: such a request does not
/// come from this machine, although its connection does.
const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

/// Counters since the start. To anybody beyond this machine there is no such page.
pub async fn read(
    State(api): State<ApiState>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let is_passed_on = FORWARDED.iter().any(|name| headers.contains_key(*name));
    if !from.ip().is_loopback() || is_passed_on {
        return Err(unknown().await);
    }
    let log = api.service().store().log_stats();
    let text = format!(
        "# HELP segue_log_appends_total Appends that became durable.\n\
         # TYPE segue_log_appends_total counter\n\
         segue_log_appends_total {}\n\
         # HELP segue_log_commits_total Transactions that made them so, each one wait for the disk.\n\
         # TYPE segue_log_commits_total counter\n\
         segue_log_commits_total {}\n",
        log.appends, log.commits
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text))
}
