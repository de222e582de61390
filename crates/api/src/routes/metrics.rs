//! What operators watch, in the text form that Prometheus reads. It has a listener of its
//! own: what watches a server need not reach its console (S-41). Counters and times are
//! counted where they happen (`segue_service::watched`); how the service stands is looked
//! up when it is asked for.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use segue_service::outward::Health;

use crate::state::ApiState;

/// Writes what was counted since the start.
pub type Counted = Arc<dyn Fn() -> String + Send + Sync>;

/// Counters, times and gauges; none says of whom.
pub async fn read(
    State(api): State<ApiState>,
    Extension(counted): Extension<Counted>,
) -> impl IntoResponse {
    let mut text = counted();
    let log = api.service().store().log_stats();
    let standing = api.service().standing();
    let version = env!("CARGO_PKG_VERSION");
    one(
        &mut text,
        "gauge",
        "segue_build_info",
        "Which version runs; always 1.",
        &format!("{{version=\"{version}\"}}"),
        1,
    );
    one(
        &mut text,
        "counter",
        "segue_log_appends_total",
        "Appends that became durable.",
        "",
        log.appends,
    );
    one(
        &mut text,
        "counter",
        "segue_log_commits_total",
        "Transactions that made them so, each one wait for the disk.",
        "",
        log.commits,
    );
    one(
        &mut text,
        "gauge",
        "segue_log_full",
        "Whether the disk was found full, and no room was seen since.",
        "",
        u8::from(log.is_full),
    );
    one(
        &mut text,
        "gauge",
        "segue_workspaces",
        "Workspaces that are served.",
        "",
        standing.workspaces,
    );
    one(
        &mut text,
        "gauge",
        "segue_handoffs_waiting",
        "Handoffs that no agent has accepted.",
        "",
        standing.waiting,
    );
    one(
        &mut text,
        "gauge",
        "segue_handoffs_oldest_wait_seconds",
        "The age of the oldest of them that is due.",
        "",
        standing.oldest_wait_s,
    );
    one(
        &mut text,
        "gauge",
        "segue_agents_available",
        "Agents who are there and take offers.",
        "",
        standing.agents_available,
    );
    one(
        &mut text,
        "gauge",
        "segue_slots_free",
        "Their free slots.",
        "",
        standing.slots_free,
    );
    write_connections(&mut text, &api.service().connections());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// A family with one value.
fn one(text: &mut String, kind: &str, name: &str, about: &str, labels: &str, value: impl Display) {
    // Writing to a text cannot fail.
    let _ = write!(
        text,
        "# HELP {name} {about}\n# TYPE {name} {kind}\n{name}{labels} {value}\n"
    );
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
