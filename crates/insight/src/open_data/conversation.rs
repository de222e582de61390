//! The table of conversations.

use segue_model::event::{Event, Opening, Origin, RatedPart};
use segue_model::floor::Holder;
use segue_model::time::Timestamp;
use segue_model::turn::Role;

use super::{Cell, Column, Kind, Story, column};

const WIDTH: usize = 24;

pub(super) const COLUMNS: [Column; WIDTH] = [
    column("conversation_id", Kind::Text, "the conversation"),
    column(
        "origin",
        Kind::Text,
        "`live`, `demo` or `imported`; figures count the live ones",
    ),
    column(
        "source",
        Kind::Text,
        "of an imported one: the file's source",
    ),
    column(
        "channel",
        Kind::Text,
        "where it took place: `widget`, `api`, `import` …",
    ),
    column("locale", Kind::Text, "the language of the page, BCP 47"),
    column("assistant", Kind::Text, "`builtin` or `external`"),
    column(
        "bot",
        Kind::Text,
        "the bot that Segue asks here, by its name in the operator's file",
    ),
    column(
        "desk",
        Kind::Text,
        "the help desk it stands beside, by its name there",
    ),
    column(
        "customer_id",
        Kind::Text,
        "the customer, where known; the name is not exported",
    ),
    column("follows", Kind::Text, "the conversation it goes on from"),
    column("started_at", Kind::Instant, "its first entry"),
    column("last_at", Kind::Instant, "its last entry"),
    column("closed_at", Kind::Instant, "when it was closed, if it is"),
    column(
        "floor",
        Kind::Text,
        "who may speak: `assistant`, `review`, `queue`, `locked`, `agent`, `closed`",
    ),
    column(
        "outcome",
        Kind::Text,
        "of a closed one: `resolved_by_agent`, `confirmed_by_customer`, `ended_by_customer`, `idle`, `follow_up`",
    ),
    column("customer_turns", Kind::Integer, "turns of the customer"),
    column(
        "assistant_turns",
        Kind::Integer,
        "turns of the assistant that were shown, released drafts excepted",
    ),
    column(
        "agent_turns",
        Kind::Integer,
        "turns of agents, released drafts included",
    ),
    column(
        "suppressed",
        Kind::Integer,
        "answers of the assistant that were held back",
    ),
    column(
        "handoffs",
        Kind::Integer,
        "how often a person was asked for",
    ),
    column(
        "helped",
        Kind::Boolean,
        "the customer's last word on whether an answer helped",
    ),
    column("csat_assistant", Kind::Integer, "1–5, the assistant's part"),
    column("csat_agent", Kind::Integer, "1–5, the person's part"),
    column(
        "recorded",
        Kind::Text,
        "of an imported one: what its file says of how it went, as JSON",
    ),
];

#[derive(Default)]
struct Seen<'a> {
    closed_at: Option<Timestamp>,
    floor: Option<&'a Holder>,
    customer_turns: u32,
    assistant_turns: u32,
    agent_turns: u32,
    suppressed: u32,
    handoffs: u32,
    helped: Option<bool>,
    csat_assistant: Option<u8>,
    csat_agent: Option<u8>,
    recorded: Cell,
}

impl Default for Cell {
    fn default() -> Self {
        Self::Absent
    }
}

pub(super) fn row(story: &Story<'_>) -> Option<[Cell; WIDTH]> {
    let opening = story.events().find_map(|(_, event)| match event {
        Event::ConversationOpened(opening) => Some(opening.as_ref()),
        _ => None,
    })?;
    let started_at = story.entries.first()?.0.at;
    let last_at = story.entries.last()?.0.at;
    let mut seen = Seen::default();
    for (entry, event) in story.events() {
        see(&mut seen, entry.at, event);
    }
    let (origin, source) = origin_of(opening);
    let outcome = match seen.floor {
        Some(Holder::Closed { outcome, .. }) => Cell::word(outcome),
        _ => Cell::Absent,
    };
    Some([
        story.name(),
        Cell::text(origin),
        Cell::of(source, Cell::text),
        Cell::text(&opening.channel),
        Cell::of(opening.locale.as_ref(), Cell::text),
        Cell::word(&opening.assistant),
        Cell::of(opening.bot.as_ref(), Cell::text),
        Cell::of(opening.desk.as_ref(), |desk| Cell::text(&desk.desk)),
        Cell::of(opening.customer, Cell::text),
        Cell::of(opening.follows, Cell::text),
        Cell::Instant(started_at),
        Cell::Instant(last_at),
        Cell::of(seen.closed_at, Cell::Instant),
        Cell::text(seen.floor.map_or("assistant", Holder::word)),
        outcome,
        Cell::count(seen.customer_turns),
        Cell::count(seen.assistant_turns),
        Cell::count(seen.agent_turns),
        Cell::count(seen.suppressed),
        Cell::count(seen.handoffs),
        Cell::of(seen.helped, Cell::Boolean),
        Cell::of(seen.csat_assistant, Cell::count),
        Cell::of(seen.csat_agent, Cell::count),
        seen.recorded,
    ])
}

fn origin_of(opening: &Opening) -> (&'static str, Option<&str>) {
    match &opening.origin {
        Origin::Live => ("live", None),
        Origin::Demo => ("demo", None),
        Origin::Imported { source, .. } => ("imported", Some(source)),
    }
}

fn see<'a>(seen: &mut Seen<'a>, at: Timestamp, event: &'a Event) {
    match event {
        Event::TurnAdded { author, .. } => match author.role() {
            Role::Customer => seen.customer_turns += 1,
            Role::Assistant => seen.assistant_turns += 1,
            Role::Agent => seen.agent_turns += 1,
            Role::System => {}
        },
        Event::TurnSuppressed { .. } => seen.suppressed += 1,
        Event::EscalationRequested(_) => seen.handoffs += 1,
        Event::FloorChanged { to, .. } => {
            seen.closed_at = matches!(to, Holder::Closed { .. }).then_some(at);
            seen.floor = Some(to);
        }
        Event::Rated { part, score, .. } => {
            let slot = match part {
                RatedPart::Assistant => &mut seen.csat_assistant,
                RatedPart::Agent => &mut seen.csat_agent,
            };
            *slot = Some(*score);
        }
        Event::AnswerConfirmed { helped, .. } => seen.helped = Some(*helped),
        Event::OutcomeRecorded { labels } => {
            seen.recorded = Cell::of(serde_json::to_string(labels).ok(), Cell::Text);
        }
        _ => {}
    }
}
