//! The server's counters, in the text form that Prometheus reads. They have a
//! listener of their own: what watches a server need not reach its console (S-41).

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::state::ApiState;

/// Counters since the start; none says of whom.
pub async fn read(State(api): State<ApiState>) -> impl IntoResponse {
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
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
