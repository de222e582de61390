//! Policies, whose text never changes, and when which came into force.

use rusqlite::{Connection, OptionalExtension, Row, params};
use segue_model::id::{PolicyVersion, WorkspaceId};
use segue_ports::rollout::{Activation, PolicyRow};

use crate::fault::Fault;
use crate::value::{Id, from_word, instant, maybe_id, word};

/// Reads an activation from the first six columns.
fn activation(row: &Row<'_>) -> Result<Activation, Fault> {
    Ok(Activation {
        version: PolicyVersion(row.get::<_, String>(0)?.into()),
        at: instant(row, 1)?,
        by: maybe_id(row, 2)?,
        kind: from_word(row.get(3)?)?,
        reason: row.get(4)?,
        is_watched: row.get(5)?,
    })
}

/// Keeps a text under its version.
pub(super) fn keep(
    connection: &Connection,
    workspace: WorkspaceId,
    version: &PolicyVersion,
    text: &str,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO policy (workspace, version, text) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET text = excluded.text WHERE text = excluded.text",
    )?;
    let rows = statement.execute(params![workspace.bytes(), &*version.0, text])?;
    if rows == 0 {
        return Err(Fault::Refused("another text was kept under this version"));
    }
    Ok(())
}

pub(super) fn activate(
    connection: &Connection,
    workspace: WorkspaceId,
    policy: &PolicyRow,
) -> Result<(), Fault> {
    let Activation {
        version,
        at,
        by,
        kind,
        reason,
        is_watched,
    } = &policy.activation;
    keep(connection, workspace, version, &policy.text)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO activation (workspace, number, version, at, by, kind, reason, is_watched)
         VALUES (?1,
             (SELECT coalesce(max(number), 0) + 1 FROM activation WHERE workspace = ?1),
             ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    statement.execute(params![
        workspace.bytes(),
        &*version.0,
        at.0,
        by.map(Id::bytes),
        word(kind)?,
        reason,
        is_watched,
    ])?;
    Ok(())
}

pub(super) fn active(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Option<PolicyRow>, Fault> {
    let latest = activations(connection, workspace, 1)?.pop();
    let Some(activation) = latest else {
        return Ok(None);
    };
    with_text(connection, workspace, activation)
}

pub(super) fn activations(
    connection: &Connection,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<Activation>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT version, at, by, kind, reason, is_watched FROM activation
         WHERE workspace = ?1 ORDER BY number DESC LIMIT ?2",
    )?;
    let mut rows = statement.query(params![workspace.bytes(), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(activation(row)?);
    }
    Ok(found)
}

pub(super) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    version: &PolicyVersion,
) -> Result<Option<PolicyRow>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT version, at, by, kind, reason, is_watched FROM activation
         WHERE workspace = ?1 AND version = ?2 ORDER BY number DESC LIMIT 1",
    )?;
    let mut rows = statement.query(params![workspace.bytes(), &*version.0])?;
    match rows.next()? {
        Some(row) => with_text(connection, workspace, activation(row)?),
        None => Ok(None),
    }
}

fn with_text(
    connection: &Connection,
    workspace: WorkspaceId,
    activation: Activation,
) -> Result<Option<PolicyRow>, Fault> {
    match text(connection, workspace, &activation.version)? {
        Some(text) => Ok(Some(PolicyRow { text, activation })),
        None => Err(Fault::Corrupt("an activation without its text".to_owned())),
    }
}

pub(super) fn text(
    connection: &Connection,
    workspace: WorkspaceId,
    version: &PolicyVersion,
) -> Result<Option<String>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT text FROM policy WHERE workspace = ?1 AND version = ?2")?;
    Ok(statement
        .query_row(params![workspace.bytes(), &*version.0], |row| row.get(0))
        .optional()?)
}
