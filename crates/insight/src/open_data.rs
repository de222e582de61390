//! Open data: the log as five flat tables, for other programs to compute with.
//!
//! Each table says what its columns are ([`Table::columns`], printed as
//! `docs/EXPORT.md`), and [`rows`] makes the rows of one conversation from its
//! entries. What people wrote leaves only where it is asked for, in one column
//! of one table; what is known of a customer never does.

mod conversation;
mod event;
mod handoff;
mod page;
mod turn;
mod verdict;

use segue_model::event::{Entry, TextRef};
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use serde::Serialize;

pub use page::page;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// UTF-8.
    Text,
    /// 64 bits, signed.
    Integer,
    /// 64 bits, floating.
    Number,
    /// True or false.
    Boolean,
    /// An instant in milliseconds of UTC.
    Instant,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Unknown, or not said of this row.
    Absent,
    /// Of [`Kind::Text`].
    Text(String),
    /// Of [`Kind::Integer`].
    Integer(i64),
    /// Of [`Kind::Number`].
    Number(f64),
    /// Of [`Kind::Boolean`].
    Boolean(bool),
    /// Of [`Kind::Instant`].
    Instant(Timestamp),
}

impl Cell {
    /// What it holds; nothing where it is absent.
    pub const fn kind(&self) -> Option<Kind> {
        match self {
            Self::Absent => None,
            Self::Text(_) => Some(Kind::Text),
            Self::Integer(_) => Some(Kind::Integer),
            Self::Number(_) => Some(Kind::Number),
            Self::Boolean(_) => Some(Kind::Boolean),
            Self::Instant(_) => Some(Kind::Instant),
        }
    }

    fn text(text: impl std::fmt::Display) -> Self {
        Self::Text(text.to_string())
    }

    fn of<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Absent, cell)
    }

    fn count(count: impl TryInto<i64>) -> Self {
        Self::Integer(count.try_into().unwrap_or(i64::MAX))
    }

    /// The word that stands for a value on the wire.
    fn word(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(word)) => Self::Text(word),
            _ => Self::Absent,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What it says, with its unit.
    pub about: &'static str,
}

const fn column(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, about }
}

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// A row for each conversation.
    Conversations,
    /// A row for each turn, and for each answer that was held back.
    Turns,
    /// A row for each time the policy was asked.
    Verdicts,
    /// A row for each handoff.
    Handoffs,
    /// A row for each event of the log.
    Events,
}

impl Table {
    /// All, in the order in which they are documented.
    pub const ALL: [Self; 5] = [
        Self::Conversations,
        Self::Turns,
        Self::Verdicts,
        Self::Handoffs,
        Self::Events,
    ];

    /// Its name, also of its file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Turns => "turns",
            Self::Verdicts => "verdicts",
            Self::Handoffs => "handoffs",
            Self::Events => "events",
        }
    }

    /// What its rows are.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Conversations => {
                "One row for each conversation, as it stands at the time of the export."
            }
            Self::Turns => {
                "One row for each turn that was seen, and for each answer of the assistant that was held back (`is_shown` is false, `turn` is empty)."
            }
            Self::Verdicts => {
                "One row for each time the policy was asked: on a customer turn, and on an answer to it."
            }
            Self::Handoffs => {
                "One row for each handoff, from the request to its end. One that is still open has no `end`."
            }
            Self::Events => {
                "One row for each event, in the order of the log within a conversation; the events of one `version` became true together."
            }
        }
    }

    /// Its columns, in order.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Conversations => &conversation::COLUMNS,
            Self::Turns => &turn::COLUMNS,
            Self::Verdicts => &verdict::COLUMNS,
            Self::Handoffs => &handoff::COLUMNS,
            Self::Events => &event::COLUMNS,
        }
    }
}

/// A conversation as it was stored: each entry with its texts that are still there.
#[derive(Debug, Clone, Copy)]
pub struct Story<'a> {
    /// Which.
    pub conversation: ConversationId,
    /// All its entries, in order.
    pub entries: &'a [(Entry, Vec<(TextRef, String)>)],
    /// Whether what people wrote is to be among the rows.
    pub with_texts: bool,
}

impl<'a> Story<'a> {
    fn events(&self) -> impl Iterator<Item = (&'a Entry, &'a segue_model::event::Event)> {
        let entries = self.entries.iter();
        entries.flat_map(|(entry, _)| entry.events.iter().map(move |event| (entry, event)))
    }

    fn name(&self) -> Cell {
        Cell::text(self.conversation)
    }
}

/// The rows of one conversation in one table, each with a cell for every column.
pub fn rows(table: Table, story: &Story<'_>) -> Vec<Vec<Cell>> {
    match table {
        Table::Conversations => conversation::row(story)
            .map(Vec::from)
            .into_iter()
            .collect(),
        Table::Turns => turn::rows(story).into_iter().map(Vec::from).collect(),
        Table::Verdicts => verdict::rows(story).into_iter().map(Vec::from).collect(),
        Table::Handoffs => handoff::rows(story).into_iter().map(Vec::from).collect(),
        Table::Events => event::rows(story).into_iter().map(Vec::from).collect(),
    }
}
