//! The table of events.

use segue_model::event::{Actor, Event};

use super::{Cell, Column, Kind, Story, column};

const WIDTH: usize = 7;

pub(super) const COLUMNS: [Column; WIDTH] = [
    column("conversation_id", Kind::Text, "the conversation"),
    column("version", Kind::Integer, "the entry it came with, from 1"),
    column("place", Kind::Integer, "its place in the entry, from 1"),
    column("at", Kind::Instant, "when it became durable"),
    column("event", Kind::Text, "its type"),
    column(
        "actor",
        Kind::Text,
        "who caused it: `customer`, `assistant`, `api_key`, `agent` or `system`",
    ),
    column("actor_id", Kind::Text, "which key or agent"),
];

pub(super) fn rows(story: &Story<'_>) -> Vec<[Cell; WIDTH]> {
    let mut rows = Vec::new();
    for (entry, _) in story.entries {
        let (actor, actor_id) = match entry.actor {
            Actor::Customer => ("customer", Cell::Absent),
            Actor::Assistant => ("assistant", Cell::Absent),
            Actor::ApiKey(key) => ("api_key", Cell::text(key)),
            Actor::Agent(agent) => ("agent", Cell::text(agent)),
            Actor::System => ("system", Cell::Absent),
        };
        for (place, event) in entry.events.iter().enumerate() {
            rows.push([
                story.name(),
                Cell::count(entry.version.0),
                Cell::count(place.saturating_add(1)),
                Cell::Instant(entry.at),
                type_of(event),
                Cell::text(actor),
                actor_id.clone(),
            ]);
        }
    }
    rows
}

/// The name under which the log keeps an event.
fn type_of(event: &Event) -> Cell {
    let written = serde_json::to_value(event).ok();
    let name = written.as_ref().and_then(|it| it.get("type")?.as_str());
    Cell::of(name, Cell::text)
}
