//! The log as the port asks for it.

use std::sync::atomic::Ordering;

use rusqlite::{Connection, Row, params};
use segue_model::event::Version;
use segue_model::id::{AgentId, ConversationId, EscalationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::Pending;
use segue_ports::log::{
    Append, Appended, HeadFilter, HeadRow, Log, LogPosition, LogStats, StoredEntry,
};

use crate::append::{self, Prepared};
use crate::fault::Fault;
use crate::store::SqliteStore;
use crate::value::{Id, id, instant, int};
use crate::{codec, heads, keys, slots};

/// Reads `version, at, body, texts` beginning at `first`.
fn stored(row: &Row<'_>, first: usize) -> Result<StoredEntry, Fault> {
    let body = row.get_ref(first + 2)?.as_blob().map_err(Fault::corrupt)?;
    let texts = row
        .get_ref(first + 3)?
        .as_str_or_null()
        .map_err(Fault::corrupt)?;
    codec::decode_stored(row.get(first)?, row.get(first + 1)?, body, texts)
}

fn entries(
    connection: &Connection,
    workspace: WorkspaceId,
    conversation: ConversationId,
    after: Version,
    limit: u32,
) -> Result<Vec<StoredEntry>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT entry.version, entry.at, entry.body, text.body
         FROM entry LEFT JOIN text ON text.position = entry.position
         WHERE entry.stream = (
                 SELECT id FROM stream WHERE workspace = ?1 AND conversation = ?2)
             AND entry.version > ?3
         ORDER BY entry.version LIMIT ?4",
    )?;
    let values = params![
        workspace.bytes(),
        conversation.bytes(),
        int(after.0)?,
        limit
    ];
    let mut rows = statement.query(values)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(stored(row, 0)?);
    }
    Ok(entries)
}

fn tail(
    connection: &Connection,
    workspace: WorkspaceId,
    after: LogPosition,
    limit: u32,
) -> Result<Vec<(LogPosition, ConversationId, StoredEntry)>, Fault> {
    // CROSS JOIN keeps the order of the tables: along the log, never along the streams.
    let mut statement = connection.prepare_cached(
        "SELECT entry.position, stream.conversation, entry.version, entry.at, entry.body,
             text.body
         FROM entry CROSS JOIN stream ON stream.id = entry.stream
             LEFT JOIN text ON text.position = entry.position
         WHERE entry.position > ?1 AND stream.workspace = ?2
         ORDER BY entry.position LIMIT ?3",
    )?;
    let mut rows = statement.query(params![after.0, workspace.bytes(), limit])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push((LogPosition(row.get(0)?), id(row, 1)?, stored(row, 2)?));
    }
    Ok(entries)
}

fn due(
    connection: &Connection,
    by: Timestamp,
    limit: u32,
) -> Result<Vec<(WorkspaceId, ConversationId, Timestamp)>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT workspace, conversation, due_at FROM stream INDEXED BY stream_due
         WHERE due_at <= ?1 ORDER BY due_at, conversation LIMIT ?2",
    )?;
    let rows = statement.query_map(params![by.0, limit], |row| {
        Ok((id(row, 0)?, id(row, 1)?, instant(row, 2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn next_due(connection: &Connection) -> Result<Option<Timestamp>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT min(due_at) FROM stream INDEXED BY stream_due WHERE due_at IS NOT NULL",
    )?;
    let at: Option<i64> = statement.query_row([], |row| row.get(0))?;
    Ok(at.map(Timestamp))
}

impl Log for SqliteStore {
    fn append(&self, append: Append) -> Pending<'_, Appended> {
        let doing = "appending to a conversation";
        match Prepared::new(append) {
            Ok(prepared) => self.write_log(doing, prepared),
            Err(fault) => Box::pin(std::future::ready(Err(fault.while_doing(doing)))),
        }
    }

    fn entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: Version,
        limit: u32,
    ) -> Pending<'_, Vec<StoredEntry>> {
        self.read("reading a conversation", move |connection| {
            entries(connection, workspace, conversation, after, limit)
        })
    }

    fn head(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Pending<'_, Option<HeadRow>> {
        self.read("reading a head", move |connection| {
            heads::one(connection, workspace, conversation)
        })
    }

    fn heads(
        &self,
        workspace: WorkspaceId,
        filter: HeadFilter,
        before: Option<(Timestamp, ConversationId)>,
        limit: u32,
    ) -> Pending<'_, Vec<HeadRow>> {
        self.read("listing conversations", move |connection| {
            heads::list(connection, workspace, &filter, before, limit)
        })
    }

    fn due(
        &self,
        by: Timestamp,
        limit: u32,
    ) -> Pending<'_, Vec<(WorkspaceId, ConversationId, Timestamp)>> {
        self.read("reading timers", move |connection| {
            due(connection, by, limit)
        })
    }

    fn next_due(&self) -> Pending<'_, Option<Timestamp>> {
        self.read("reading the next timer", next_due)
    }

    fn open_of_visitor(
        &self,
        workspace: WorkspaceId,
        visitor: String,
    ) -> Pending<'_, Option<ConversationId>> {
        self.read("finding a visitor's conversation", move |connection| {
            append::open_of_visitor(connection, workspace, &visitor)
        })
    }

    fn find_key(
        &self,
        workspace: WorkspaceId,
        caller: String,
        key: String,
    ) -> Pending<'_, Option<(ConversationId, Version, [u8; 32])>> {
        self.find_key("finding a request", keys::hash(workspace, &caller, &key))
    }

    fn tail(
        &self,
        workspace: WorkspaceId,
        after: LogPosition,
        limit: u32,
    ) -> Pending<'_, Vec<(LogPosition, ConversationId, StoredEntry)>> {
        self.read("reading the log", move |connection| {
            tail(connection, workspace, after, limit)
        })
    }

    fn end(&self) -> Pending<'_, LogPosition> {
        self.read("reading the end of the log", |connection| {
            let mut statement = connection.prepare_cached("SELECT max(position) FROM entry")?;
            let end: Option<i64> = statement.query_row([], |row| row.get(0))?;
            Ok(LogPosition(end.unwrap_or_default()))
        })
    }

    fn slots(&self, workspace: WorkspaceId) -> Pending<'_, Vec<(AgentId, Option<EscalationId>)>> {
        self.read("reading slots", move |connection| {
            slots::all(connection, workspace)
        })
    }

    fn log_stats(&self) -> LogStats {
        let shared = self.shared();
        LogStats {
            appends: shared.appends.load(Ordering::Relaxed),
            commits: shared.commits.load(Ordering::Relaxed),
            is_full: shared.reserve.is_full(),
        }
    }
}
