//! Heads as rows of `stream`: written with the least change, listed with seeks.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use segue_model::event::{Origin, Version};
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, ConversationId, CustomerId, QueueKey, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::log::{Head, HeadFilter, HeadRow, OriginFilter};

use crate::fault::Fault;
use crate::value::{Id, count, id, instant, int, maybe_id, maybe_instant};

/// The holder's word of a conversation that has ended.
pub(crate) const CLOSED: &str = "closed";

/// Every word a holder can have, to give a stored one back as a constant.
const HOLDERS: [&str; 6] = ["assistant", "review", "queue", "locked", "agent", CLOSED];
/// The holders that the index `stream_people` covers.
const WITH_PEOPLE: [&str; 4] = ["review", "queue", "locked", "agent"];

/// The columns of a head, in the order [`raw`] reads them.
macro_rules! columns {
    () => {
        "epoch, holder, queue, agent, customer, visitor, origin, origin_source, \
         origin_external_id, opened_at, last_at, due_at, is_flagged, has_drafts"
    };
}
pub(crate) use columns;

/// A head whose words have not been looked at yet.
pub(crate) struct Raw {
    epoch: u32,
    holder: String,
    queue: Option<String>,
    agent: Option<AgentId>,
    customer: Option<CustomerId>,
    visitor: Option<String>,
    origin: (String, Option<String>, Option<String>),
    opened_at: Timestamp,
    last_at: Timestamp,
    due_at: Option<Timestamp>,
    is_flagged: bool,
    has_drafts: bool,
}

/// Reads the columns of a head, beginning at `first`.
pub(crate) fn raw(row: &Row<'_>, first: usize) -> rusqlite::Result<Raw> {
    Ok(Raw {
        epoch: row.get(first)?,
        holder: row.get(first + 1)?,
        queue: row.get(first + 2)?,
        agent: maybe_id(row, first + 3)?,
        customer: maybe_id(row, first + 4)?,
        visitor: row.get(first + 5)?,
        origin: (
            row.get(first + 6)?,
            row.get(first + 7)?,
            row.get(first + 8)?,
        ),
        opened_at: instant(row, first + 9)?,
        last_at: instant(row, first + 10)?,
        due_at: maybe_instant(row, first + 11)?,
        is_flagged: row.get(first + 12)?,
        has_drafts: row.get(first + 13)?,
    })
}

impl Raw {
    /// The head, if its words are known.
    pub(crate) fn head(self) -> Result<Head, Fault> {
        let unknown = |what: &str, word: &str| Fault::Corrupt(format!("{what} `{word}`"));
        let holder = HOLDERS
            .into_iter()
            .find(|word| *word == self.holder)
            .ok_or_else(|| unknown("an unknown holder", &self.holder))?;
        let origin = match self.origin {
            (word, None, None) if word == "live" => Origin::Live,
            (word, None, None) if word == "demo" => Origin::Demo,
            (word, Some(source), Some(external_id)) if word == "imported" => Origin::Imported {
                source,
                external_id,
            },
            (word, ..) => return Err(unknown("an unknown origin", &word)),
        };
        Ok(Head {
            epoch: Epoch(self.epoch),
            holder,
            queue: self.queue.map(QueueKey),
            agent: self.agent,
            customer: self.customer,
            visitor: self.visitor,
            origin,
            opened_at: self.opened_at,
            last_at: self.last_at,
            due_at: self.due_at,
            is_flagged: self.is_flagged,
            has_drafts: self.has_drafts,
        })
    }
}

fn origin_columns(origin: &Origin) -> (&'static str, Option<&str>, Option<&str>) {
    match origin {
        Origin::Live => ("live", None, None),
        Origin::Demo => ("demo", None, None),
        Origin::Imported {
            source,
            external_id,
        } => (
            "imported",
            Some(source.as_str()),
            Some(external_id.as_str()),
        ),
    }
}

/// Writes the first head of a conversation and answers its small number.
pub(crate) fn insert(
    connection: &Connection,
    workspace: WorkspaceId,
    conversation: ConversationId,
    version: u64,
    head: &Head,
) -> Result<i64, Fault> {
    let (origin, source, external_id) = origin_columns(&head.origin);
    let mut statement = connection.prepare_cached(
        "INSERT INTO stream (version, epoch, last_at, due_at, workspace, conversation, holder,
             queue, agent, customer, visitor, origin, origin_source, origin_external_id,
             opened_at, is_flagged, has_drafts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    Ok(statement.insert(params![
        int(version)?,
        head.epoch.0,
        head.last_at.0,
        head.due_at.map(|at| at.0),
        workspace.bytes(),
        conversation.bytes(),
        head.holder,
        head.queue.as_ref().map(QueueKey::as_str),
        head.agent.map(Id::bytes),
        head.customer.map(Id::bytes),
        head.visitor,
        origin,
        source,
        external_id,
        head.opened_at.0,
        head.is_flagged,
        head.has_drafts,
    ])?)
}

/// Writes what changed of a head. SQLite touches every index of a column that
/// a statement names, so the common append names only what moves.
pub(crate) fn update(
    connection: &Connection,
    stream: i64,
    version: u64,
    old: &Head,
    new: &Head,
) -> Result<(), Fault> {
    let version = int(version)?;
    let due_at = new.due_at.map(|at| at.0);
    if !is_same_but_for_time(old, new) {
        return replace(connection, stream, version, new);
    }
    if old.due_at == new.due_at {
        let mut statement = connection.prepare_cached(
            "UPDATE stream SET version = ?2, epoch = ?3, last_at = ?4 WHERE id = ?1",
        )?;
        statement.execute(params![stream, version, new.epoch.0, new.last_at.0])?;
    } else {
        let mut statement = connection.prepare_cached(
            "UPDATE stream SET version = ?2, epoch = ?3, last_at = ?4, due_at = ?5 WHERE id = ?1",
        )?;
        statement.execute(params![stream, version, new.epoch.0, new.last_at.0, due_at])?;
    }
    Ok(())
}

/// Whether only epoch, last change and timer differ. Takes both heads apart, so
/// that a new field cannot be forgotten here.
fn is_same_but_for_time(old: &Head, new: &Head) -> bool {
    let Head {
        epoch: _,
        last_at: _,
        due_at: _,
        holder,
        queue,
        agent,
        customer,
        visitor,
        origin,
        opened_at,
        is_flagged,
        has_drafts,
    } = old;
    *holder == new.holder
        && *queue == new.queue
        && *agent == new.agent
        && *customer == new.customer
        && *visitor == new.visitor
        && *origin == new.origin
        && *opened_at == new.opened_at
        && *is_flagged == new.is_flagged
        && *has_drafts == new.has_drafts
}

fn replace(connection: &Connection, stream: i64, version: i64, head: &Head) -> Result<(), Fault> {
    let (origin, source, external_id) = origin_columns(&head.origin);
    let mut statement = connection.prepare_cached(
        "UPDATE stream SET version = ?2, epoch = ?3, last_at = ?4, due_at = ?5, holder = ?6,
             queue = ?7, agent = ?8, customer = ?9, visitor = ?10, origin = ?11,
             origin_source = ?12, origin_external_id = ?13, opened_at = ?14, is_flagged = ?15,
             has_drafts = ?16
         WHERE id = ?1",
    )?;
    statement.execute(params![
        stream,
        version,
        head.epoch.0,
        head.last_at.0,
        head.due_at.map(|at| at.0),
        head.holder,
        head.queue.as_ref().map(QueueKey::as_str),
        head.agent.map(Id::bytes),
        head.customer.map(Id::bytes),
        head.visitor,
        origin,
        source,
        external_id,
        head.opened_at.0,
        head.is_flagged,
        head.has_drafts,
    ])?;
    Ok(())
}

fn row(row: &Row<'_>) -> rusqlite::Result<(ConversationId, i64, Raw)> {
    Ok((id(row, 0)?, row.get(1)?, raw(row, 2)?))
}

fn head_row((conversation, version, raw): (ConversationId, i64, Raw)) -> Result<HeadRow, Fault> {
    Ok(HeadRow {
        conversation,
        version: Version(count(version)?),
        head: raw.head()?,
    })
}

/// One head.
pub(crate) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> Result<Option<HeadRow>, Fault> {
    let mut statement = connection.prepare_cached(concat!(
        "SELECT conversation, version, ",
        columns!(),
        " FROM stream WHERE workspace = ?1 AND conversation = ?2"
    ))?;
    let values = params![workspace.bytes(), conversation.bytes()];
    statement
        .query_row(values, row)
        .optional()?
        .map(head_row)
        .transpose()
}

/// The index that reads the fewest rows for a filter, and the condition it wants to hear.
fn index_for(filter: &HeadFilter) -> (&'static str, &'static str) {
    let is_with_people = |holder: &&str| WITH_PEOPLE.contains(holder);
    if filter.only_flagged {
        ("stream_flagged", "is_flagged = 1")
    } else if filter.only_with_drafts {
        ("stream_drafts", "has_drafts = 1")
    } else if filter.agent.is_some() {
        ("stream_agent", "agent IS NOT NULL")
    } else if filter.customer.is_some() {
        ("stream_customer", "customer IS NOT NULL")
    } else if filter.visitor.is_some() {
        ("stream_of_visitor", "visitor IS NOT NULL")
    } else if !filter.holders.is_empty() && filter.holders.iter().all(is_with_people) {
        (
            "stream_people",
            "holder IN ('review', 'queue', 'locked', 'agent')",
        )
    } else {
        ("stream_recent", "TRUE")
    }
}

/// A condition that is being put together with its values.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn is(&mut self, column: &str, value: impl Into<Value>) {
        self.sql.push_str(&format!(" AND {column} = ?"));
        self.values.push(value.into());
    }

    fn is_one_of(&mut self, column: &str, values: impl ExactSizeIterator<Item = String>) {
        if values.len() > 0 {
            let marks = vec!["?"; values.len()].join(", ");
            self.sql.push_str(&format!(" AND {column} IN ({marks})"));
            self.values.extend(values.map(Value::from));
        }
    }
}

/// Heads by last change, newest first.
pub(crate) fn list(
    connection: &Connection,
    workspace: WorkspaceId,
    filter: &HeadFilter,
    before: Option<(Timestamp, ConversationId)>,
    limit: u32,
) -> Result<Vec<HeadRow>, Fault> {
    let (index, condition) = index_for(filter);
    let columns = columns!();
    let mut query = Conditions {
        sql: format!(
            "SELECT conversation, version, {columns} FROM stream INDEXED BY {index}
             WHERE {condition}"
        ),
        values: Vec::new(),
    };
    query.is("workspace", workspace.bytes().to_vec());
    query.is_one_of(
        "holder",
        filter.holders.iter().map(|word| (*word).to_owned()),
    );
    query.is_one_of("queue", filter.queues.iter().map(|queue| queue.0.clone()));
    if let Some(agent) = filter.agent {
        query.is("agent", agent.bytes().to_vec());
    }
    if let Some(customer) = filter.customer {
        query.is("customer", customer.bytes().to_vec());
    }
    if let Some(visitor) = &filter.visitor {
        query.is("visitor", visitor.clone());
    }
    if filter.only_flagged {
        query.is("is_flagged", 1_i64);
    }
    if filter.only_with_drafts {
        query.is("has_drafts", 1_i64);
    }
    if let Some(origin) = filter.origin {
        query.is("origin", origin_word(origin).to_owned());
    }
    if let Some((last_at, conversation)) = before {
        query.sql.push_str(" AND (last_at, conversation) < (?, ?)");
        query.values.extend([
            Value::from(last_at.0),
            Value::from(conversation.bytes().to_vec()),
        ]);
    }
    query
        .sql
        .push_str(" ORDER BY last_at DESC, conversation DESC LIMIT ?");
    query.values.push(Value::from(i64::from(limit)));
    let mut statement = connection.prepare_cached(&query.sql)?;
    let rows = statement.query_map(params_from_iter(query.values), row)?;
    rows.map(|found| head_row(found?)).collect()
}

const fn origin_word(origin: OriginFilter) -> &'static str {
    match origin {
        OriginFilter::Live => "live",
        OriginFilter::Demo => "demo",
        OriginFilter::Imported => "imported",
    }
}
