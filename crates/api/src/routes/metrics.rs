//! The server's counters, in the text form that Prometheus reads. They have a
//! listener of their own: what watches a server need not reach its console (S-41).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use segue_service::outward::Health;

use crate::state::ApiState;

/// Counters since the start; none says of whom.
pub async fn read(State(api): State<ApiState>) -> impl IntoResponse {
    let log = api.service().store().log_stats();
    let mut text = format!(
        "# HELP segue_log_appends_total Appends that became durable.\n\
         # TYPE segue_log_appends_total counter\n\
         segue_log_appends_total {}\n\
         # HELP segue_log_commits_total Transactions that made them so, each one wait for the disk.\n\
         # TYPE segue_log_commits_total counter\n\
         segue_log_commits_total {}\n",
        log.appends, log.commits
    );
    write_connections(&mut text, &api.service().connections());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// Calls to other people's programs, by connection and how they went.
fn write_connections(text: &mut String, connections: &BTreeMap<String, Health>) {
    if connections.is_empty() {
        return;
    }
    text.push_str(
        "# HELP segue_connection_calls_total Calls to a connection, by what came of them.\n\
         # TYPE segue_connection_calls_total counter\n",
    );
    for (name, health) in connections {
        let results = [
            ("done", health.done),
            ("failed", health.failed),
            ("given_up", health.given_up),
        ];
        for (result, count) in results {
            // Writing to a text cannot fail.
            let _ = writeln!(
                text,
                "segue_connection_calls_total{{connection=\"{name}\",result=\"{result}\"}} {count}"
            );
        }
    }
}
