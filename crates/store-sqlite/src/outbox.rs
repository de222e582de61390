//! Effects as rows: written and settled with entries, or alone.

use rusqlite::{Connection, params};
use segue_model::event::Version;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::Pending;
use segue_ports::outbox::{Lane, Outbox, OutboxId, OutboxRow};

use crate::fault::Fault;
use crate::store::SqliteStore;
use crate::value::{Id, count, from_json, id, instant, int};

/// How many effects one entry may have: the low bits of an outbox id.
pub(crate) const EFFECTS_MAX: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 6;

/// The id of an entry's effect. Positions are never given twice, so neither is this.
pub(crate) const fn id_of(position: i64, place: i64) -> OutboxId {
    OutboxId((position << PLACE_BITS) | place)
}

/// A row to be written.
pub(crate) struct New<'a> {
    pub(crate) workspace: WorkspaceId,
    pub(crate) conversation: ConversationId,
    pub(crate) version: u64,
    pub(crate) effect: &'a str,
    pub(crate) lane: Option<Lane>,
    pub(crate) at: Timestamp,
}

pub(crate) fn insert(connection: &Connection, id: OutboxId, row: &New<'_>) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO outbox (id, workspace, conversation, version, effect, attempts,
             next_attempt_at, lane)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
    )?;
    let (workspace, conversation) = (row.workspace.bytes(), row.conversation.bytes());
    let values = params![
        id.0,
        workspace,
        conversation,
        int(row.version)?,
        row.effect,
        row.at.0,
        row.lane.map(Lane::word)
    ];
    statement.execute(values)?;
    Ok(())
}

pub(crate) fn settle(connection: &Connection, id: OutboxId) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

fn due(connection: &Connection, now: Timestamp, limit: u32) -> Result<Vec<OutboxRow>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, workspace, conversation, version, effect, attempts, next_attempt_at
         FROM outbox AS here
         WHERE next_attempt_at <= ?1 AND (lane IS NULL OR NOT EXISTS (
             SELECT 1 FROM outbox AS before
             WHERE before.conversation = here.conversation AND before.lane = here.lane
               AND before.id < here.id))
         ORDER BY id LIMIT ?2",
    )?;
    let mut rows = statement.query(params![now.0, limit])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        due.push(OutboxRow {
            id: OutboxId(row.get(0)?),
            workspace: id(row, 1)?,
            conversation: id(row, 2)?,
            version: Version(count(row.get(3)?)?),
            effect: from_json(row.get_ref(4)?.as_str().map_err(Fault::corrupt)?)?,
            attempts: row.get(5)?,
            next_attempt_at: instant(row, 6)?,
        });
    }
    Ok(due)
}

impl Outbox for SqliteStore {
    fn outbox_due(&self, now: Timestamp, limit: u32) -> Pending<'_, Vec<OutboxRow>> {
        self.read("reading the outbox", move |connection| {
            due(connection, now, limit)
        })
    }

    fn outbox_settle(&self, id: OutboxId) -> Pending<'_, ()> {
        self.write("settling an effect", move |connection| {
            settle(connection, id)
        })
    }

    fn outbox_retry(&self, id: OutboxId, next_attempt_at: Timestamp) -> Pending<'_, ()> {
        self.write("putting an effect off", move |connection| {
            let mut statement = connection.prepare_cached(
                "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?2 WHERE id = ?1",
            )?;
            statement.execute(params![id.0, next_attempt_at.0])?;
            Ok(())
        })
    }
}
