//! The log as a separate reader finds it: the rows of the file and their JSON,
//! by a decoder of its own, so that the product's reading cannot hide what its
//! writing did. Whatever cannot be read is an error, never an empty log (D11).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// Everything in the file, by conversation.
pub type Log = BTreeMap<String, Vec<LogEntry>>;

/// One entry of a conversation.
#[derive(Debug, Clone)]
pub struct LogEntry {
    pub position: i64,
    pub version: u64,
    pub at_ms: i64,
    pub events: Vec<LogEvent>,
}

/// What the checkers look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogEvent {
    Opened,
    Turn {
        turn: u64,
        author: Author,
        epoch: u64,
        text: String,
    },
    /// Words of an assistant that nobody is shown.
    Suppressed {
        epoch: u64,
        text: String,
    },
    Floor {
        to: Holder,
        epoch: u64,
    },
    Other,
}

/// Who wrote a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    Customer,
    Assistant,
    /// A person, by id.
    Agent(String),
    /// A draft that a person released.
    Draft,
    System,
}

/// Who has the floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    Assistant,
    Review,
    /// Nobody yet: `queue` or `locked`.
    Waiting,
    /// A person, by id.
    Agent(String),
    Closed,
}

/// Reads the file of a server that is not running.
pub fn read(folder: &Path) -> anyhow::Result<Log> {
    let file = folder.join("segue.db");
    let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .context("the file of the log cannot be opened")?;
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(verdict == "ok", "the file is damaged: {verdict}");
    let mut statement = connection.prepare(
        "SELECT lower(hex(stream.conversation)), entry.position, entry.version, entry.at,
                entry.body, text.body
         FROM entry JOIN stream ON stream.id = entry.stream
         LEFT JOIN text ON text.position = entry.position
         ORDER BY stream.id, entry.version",
    )?;
    let mut rows = statement.query([])?;
    let mut log = Log::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(4)?;
        let texts: Option<String> = row.get(5)?;
        let entry = LogEntry {
            position: row.get(1)?,
            version: u64::try_from(row.get::<_, i64>(2)?)?,
            at_ms: row.get(3)?,
            events: events(&body, texts.as_deref())?,
        };
        log.entry(format!("conv_{}", row.get::<_, String>(0)?))
            .or_default()
            .push(entry);
    }
    let heads: i64 = connection.query_row("SELECT count(*) FROM stream", [], |row| row.get(0))?;
    ensure!(
        usize::try_from(heads)? == log.len(),
        "{heads} heads, {} with entries",
        log.len()
    );
    let entries: i64 = connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?;
    let read: usize = log.values().map(Vec::len).sum();
    ensure!(
        usize::try_from(entries)? == read,
        "{entries} entries, {read} of them in a stream"
    );
    Ok(log)
}

fn events(body: &[u8], texts: Option<&str>) -> anyhow::Result<Vec<LogEvent>> {
    let body: Value = serde_json::from_slice(body)?;
    ensure!(body["v"] == 1, "an entry of an unknown form");
    let texts: Vec<(u64, String)> = texts.map_or_else(|| Ok(Vec::new()), serde_json::from_str)?;
    let events = body["events"]
        .as_array()
        .context("an entry without events")?;
    ensure!(!events.is_empty(), "an entry without events");
    events
        .iter()
        .map(|event| self::event(event, &texts))
        .collect()
}

fn event(event: &Value, texts: &[(u64, String)]) -> anyhow::Result<LogEvent> {
    let number = |name: &str| {
        event[name]
            .as_u64()
            .with_context(|| format!("an event without `{name}`"))
    };
    let text = || {
        let reference = number("text")?;
        let found = texts.iter().find(|(text, _)| *text == reference);
        let (_, words) = found.with_context(|| format!("text {reference} is missing"))?;
        anyhow::Ok(words.clone())
    };
    Ok(
        match event["type"].as_str().context("an event without a type")? {
            "conversation_opened" => LogEvent::Opened,
            "turn_added" => LogEvent::Turn {
                turn: number("turn")?,
                author: author(&event["author"])?,
                epoch: number("epoch")?,
                text: text()?,
            },
            "turn_suppressed" => LogEvent::Suppressed {
                epoch: number("epoch")?,
                text: text()?,
            },
            "floor_changed" => LogEvent::Floor {
                to: holder(&event["to"])?,
                epoch: number("epoch")?,
            },
            _ => LogEvent::Other,
        },
    )
}

fn author(author: &Value) -> anyhow::Result<Author> {
    Ok(match author["by"].as_str().unwrap_or_default() {
        "customer" => Author::Customer,
        "assistant" => Author::Assistant,
        "agent" => Author::Agent(name(&author["agent"])?),
        "draft" => Author::Draft,
        "system" => Author::System,
        other => bail!("an author `{other}`"),
    })
}

fn holder(holder: &Value) -> anyhow::Result<Holder> {
    Ok(match holder["holder"].as_str().unwrap_or_default() {
        "assistant" => Holder::Assistant,
        "review" => Holder::Review,
        "queue" | "locked" => Holder::Waiting,
        "agent" => Holder::Agent(name(&holder["agent"])?),
        "closed" => Holder::Closed,
        other => bail!("a holder `{other}`"),
    })
}

fn name(value: &Value) -> anyhow::Result<String> {
    Ok(value
        .as_str()
        .context("an agent without a name")?
        .to_owned())
}
