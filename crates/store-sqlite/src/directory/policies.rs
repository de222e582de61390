//! Policies, whose text never changes, and the audit trail.

use rusqlite::{Connection, OptionalExtension, Row, params};
use segue_model::id::{PolicyVersion, WorkspaceId};
use segue_ports::directory::{AuditRow, PolicyRow};

use crate::fault::Fault;
use crate::value::{Id, instant, maybe_id};

fn policy(row: &Row<'_>) -> rusqlite::Result<PolicyRow> {
    Ok(PolicyRow {
        version: PolicyVersion(row.get::<_, String>(0)?.into()),
        text: row.get(1)?,
        activated_at: instant(row, 2)?,
        activated_by: maybe_id(row, 3)?,
    })
}

pub(super) fn activate(
    connection: &Connection,
    workspace: WorkspaceId,
    policy: &PolicyRow,
) -> Result<(), Fault> {
    // Activations are numbered, because two may fall into one millisecond.
    let mut statement = connection.prepare_cached(
        "INSERT INTO policy (workspace, version, text, activated_at, activated_by, activation)
         VALUES (?1, ?2, ?3, ?4, ?5,
             (SELECT coalesce(max(activation), 0) + 1 FROM policy WHERE workspace = ?1))
         ON CONFLICT DO UPDATE SET activated_at = excluded.activated_at,
             activated_by = excluded.activated_by, activation = excluded.activation
         WHERE text = excluded.text",
    )?;
    let rows = statement.execute(params![
        workspace.bytes(),
        &*policy.version.0,
        policy.text,
        policy.activated_at.0,
        policy.activated_by.map(Id::bytes),
    ])?;
    if rows == 0 {
        return Err(Fault::Refused("another text was kept under this version"));
    }
    Ok(())
}

pub(super) fn active(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Option<PolicyRow>, Fault> {
    Ok(list(connection, workspace, 1)?.pop())
}

pub(super) fn list(
    connection: &Connection,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<PolicyRow>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT version, text, activated_at, activated_by FROM policy WHERE workspace = ?1
         ORDER BY activation DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![workspace.bytes(), limit], policy)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    version: &PolicyVersion,
) -> Result<Option<PolicyRow>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT version, text, activated_at, activated_by FROM policy
         WHERE workspace = ?1 AND version = ?2",
    )?;
    Ok(statement
        .query_row(params![workspace.bytes(), &*version.0], policy)
        .optional()?)
}

pub(super) fn audit(
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

pub(super) fn audit_rows(
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
