//! What operators see of the service: counters, times, and the rooms that a turn goes
//! through. Nothing here says of whom: no conversation, customer, queue or agent is a label
//! (S-41). Where nobody listens, all of it costs a branch.
//!
//! Counters are read off the entries that became durable, in one place, so that they
//! cannot differ from the log. The names are documented in `docs/OPERATIONS.md`.

use std::time::Instant;

use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};
use segue_floor::State;
use segue_model::escalation::OfferEnd;
use segue_model::event::{Entry, Event};
use segue_model::time::Timestamp;
use segue_model::turn::Author;
use segue_routing::world::Presence;

use crate::service::Service;

/// A span of one room, for traces; fields follow the room's name.
macro_rules! room {
    ($name:literal $(, $($field:tt)*)?) => {
        tracing::debug_span!(target: "segue::room", $name $(, $($field)*)?)
    };
}
pub(crate) use room;

/// Says once what is counted, for whoever reads the counters.
pub fn describe() {
    let count = |name: &'static str, about: &'static str| {
        describe_counter!(name, Unit::Count, about);
    };
    count(
        "segue_turns_total",
        "Turns that became durable, by who wrote them.",
    );
    count(
        "segue_verdicts_total",
        "Verdicts of the policy, by their word.",
    );
    count(
        "segue_handoffs_total",
        "Handoffs asked for, by trigger and kind.",
    );
    count("segue_handoffs_ended_total", "Handoffs that ended, by how.");
    count(
        "segue_offers_ended_total",
        "Offers to agents that ended, by how.",
    );
    count(
        "segue_answers_suppressed_total",
        "Answers that were not shown, by why.",
    );
    count(
        "segue_changes_refused_total",
        "Changes that were refused, by code.",
    );
    count(
        "segue_changes_conflicts_total",
        "Decisions made anew because others had written in between.",
    );
    let seconds = |name: &'static str, about: &'static str| {
        describe_histogram!(name, Unit::Seconds, about);
    };
    seconds(
        "segue_decide_seconds",
        "Detectors, policy, routing and floor for one change.",
    );
    seconds(
        "segue_append_seconds",
        "From the append to its being durable.",
    );
    seconds(
        "segue_wait_seconds",
        "From the request for a person to an agent.",
    );
    seconds("segue_timer_late_seconds", "How late a timer rang.");
    seconds(
        "segue_http_request_seconds",
        "Requests, by route, method and class of status.",
    );
}

/// Counts what an entry says, once it is durable. The state is that after it.
pub(crate) fn count(entry: &Entry, before: &State) {
    for event in &entry.events {
        match event {
            Event::TurnAdded { author, .. } => {
                counter!("segue_turns_total", "author" => author_word(author)).increment(1);
            }
            Event::VerdictReached { verdict, .. } => {
                let word = verdict.outcome.word();
                counter!("segue_verdicts_total", "verdict" => word).increment(1);
            }
            Event::TurnSuppressed { reason, .. } => {
                let reason = word_of(reason);
                counter!("segue_answers_suppressed_total", "reason" => reason).increment(1);
            }
            Event::EscalationRequested(request) => {
                let (trigger, kind) = (word_of(&request.trigger), word_of(&request.kind));
                counter!("segue_handoffs_total", "trigger" => trigger, "kind" => kind).increment(1);
            }
            Event::EscalationAccepted { .. } => {
                if let Some(since) = waiting_since(before) {
                    histogram!("segue_wait_seconds").record(seconds(since, entry.at));
                }
            }
            Event::EscalationResolved { .. } => ended("resolved"),
            Event::HandedBack { .. } => ended("handed_back"),
            Event::EscalationAbandoned { .. } => ended("abandoned"),
            Event::EscalationWithdrawn { .. } => ended("withdrawn"),
            Event::EscalationExpired { .. } => ended("expired"),
            Event::OfferEnded { end, .. } => {
                let end = match end {
                    OfferEnd::Accepted => "accepted",
                    OfferEnd::Declined => "declined",
                    OfferEnd::TimedOut => "timed_out",
                    OfferEnd::Rescinded => "rescinded",
                };
                counter!("segue_offers_ended_total", "end" => end).increment(1);
            }
            _ => {}
        }
    }
}

fn ended(end: &'static str) {
    counter!("segue_handoffs_ended_total", "end" => end).increment(1);
}

fn waiting_since(state: &State) -> Option<Timestamp> {
    state.escalation.as_ref().map(|open| open.requested_at)
}

const fn author_word(author: &Author) -> &'static str {
    match author {
        Author::Customer => "customer",
        Author::Assistant => "assistant",
        Author::Agent { .. } => "agent",
        Author::Draft { .. } => "draft",
        Author::System { .. } => "system",
    }
}

/// The word under which the log keeps a value.
fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Seconds between two instants of the log.
pub(crate) fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.since(from).millis() as f64 / 1_000.0
}

/// How long something took.
pub(crate) fn timed(name: &'static str, began: Instant) {
    histogram!(name).record(began.elapsed().as_secs_f64());
}

/// How the service stands now, over all workspaces.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// Escalations that nobody has accepted.
    pub waiting: u64,
    /// The age of the oldest of them that is due, in seconds.
    pub oldest_wait_s: f64,
    /// Agents who are there and may take one.
    pub agents_available: u64,
    /// Their free slots.
    pub slots_free: u64,
    /// Workspaces.
    pub workspaces: u64,
}

impl Service {
    /// How it stands now.
    pub fn standing(&self) -> Standing {
        let now = self.now();
        let mut standing = Standing::default();
        for desk in self.desks() {
            let world = desk.world(now);
            standing.workspaces += 1;
            standing.waiting += world.waiting.len() as u64;
            let due = world
                .waiting
                .iter()
                .filter(|it| it.due_at.is_none_or(|at| at <= now));
            let oldest = due.map(|it| seconds(it.since, now)).fold(0.0, f64::max);
            standing.oldest_wait_s = standing.oldest_wait_s.max(oldest);
            let there = world.agents.iter().filter(|it| {
                it.may_reply && it.presence == Presence::Available && it.lease_until > now
            });
            for agent in there {
                standing.agents_available += 1;
                standing.slots_free += u64::from(agent.capacity.saturating_sub(agent.load));
            }
        }
        standing
    }
}
