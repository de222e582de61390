//! The audit trail.

use rusqlite::{Connection, params};
use segue_model::id::WorkspaceId;
use segue_ports::directory::AuditRow;

use crate::fault::Fault;
use crate::value::{Id, instant, maybe_id};

pub(super) fn add(
    connection: &Connection,
    workspace: WorkspaceId,
    row: &AuditRow,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO audit (workspace, at, actor, action, subject) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let actor = row.actor.map(Id::bytes);
    statement.execute(params![
        workspace.bytes(),
        row.at.0,
        actor,
        row.action,
        row.subject
    ])?;
    Ok(())
}

pub(super) fn list(
    connection: &Connection,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<AuditRow>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT at, actor, action, subject FROM audit WHERE workspace = ?1
         ORDER BY id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![workspace.bytes(), limit], |row| {
        Ok(AuditRow {
            at: instant(row, 0)?,
            actor: maybe_id(row, 1)?,
            action: row.get(2)?,
            subject: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
