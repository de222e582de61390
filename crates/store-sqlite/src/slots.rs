//! Capacity as rows: claiming takes one, releasing gives it back (F8, I7).

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::id::{AgentId, EscalationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::log::{Appended, SlotClaim, SlotRelease};

use crate::fault::Fault;
use crate::value::{Id, id, maybe_id};

/// Frees and takes slots, all or nothing. Answers why not, if so; then the
/// rows are as they were.
pub(crate) fn change(
    connection: &Connection,
    workspace: WorkspaceId,
    at: Timestamp,
    releases: &[SlotRelease],
    claims: &[SlotClaim],
) -> Result<Option<Appended>, Fault> {
    if releases.is_empty() && claims.is_empty() {
        return Ok(None);
    }
    connection.prepare_cached("SAVEPOINT slots")?.execute([])?;
    let refused = try_change(connection, workspace, at, releases, claims)?;
    if refused.is_some() {
        connection
            .prepare_cached("ROLLBACK TO slots")?
            .execute([])?;
    }
    connection.prepare_cached("RELEASE slots")?.execute([])?;
    Ok(refused)
}

fn try_change(
    connection: &Connection,
    workspace: WorkspaceId,
    at: Timestamp,
    releases: &[SlotRelease],
    claims: &[SlotClaim],
) -> Result<Option<Appended>, Fault> {
    for release in releases {
        for agent in free(connection, workspace, release)? {
            fit(connection, workspace, agent)?;
        }
    }
    for claim in claims {
        if claim.must_be_available && !is_available(connection, workspace, claim.agent, at)? {
            return Ok(Some(Appended::NotAvailable { agent: claim.agent }));
        }
        if !holds(connection, workspace, claim)? && !take(connection, workspace, claim)? {
            return Ok(Some(Appended::NoFreeSlot { agent: claim.agent }));
        }
    }
    Ok(None)
}

fn free(
    connection: &Connection,
    workspace: WorkspaceId,
    release: &SlotRelease,
) -> Result<Vec<AgentId>, Fault> {
    let mut statement = connection.prepare_cached(
        "UPDATE slot SET escalation = NULL
         WHERE workspace = ?1 AND escalation = ?2 AND (?3 IS NULL OR agent = ?3)
         RETURNING agent",
    )?;
    let agent = release.agent.map(Id::bytes);
    let values = params![workspace.bytes(), release.escalation.bytes(), agent];
    let freed = statement.query_map(values, |row| id(row, 0))?;
    Ok(freed.collect::<rusqlite::Result<_>>()?)
}

fn is_available(
    connection: &Connection,
    workspace: WorkspaceId,
    agent: AgentId,
    at: Timestamp,
) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM presence JOIN agent
             ON agent.workspace = presence.workspace AND agent.id = presence.agent
         WHERE presence.workspace = ?1 AND presence.agent = ?2 AND agent.is_active = 1
             AND presence.presence = 'available' AND presence.lease_until > ?3",
    )?;
    Ok(statement.exists(params![workspace.bytes(), agent.bytes(), at.0])?)
}

fn holds(
    connection: &Connection,
    workspace: WorkspaceId,
    claim: &SlotClaim,
) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM slot WHERE workspace = ?1 AND escalation = ?2 AND agent = ?3",
    )?;
    let values = params![
        workspace.bytes(),
        claim.escalation.bytes(),
        claim.agent.bytes()
    ];
    Ok(statement.exists(values)?)
}

fn take(connection: &Connection, workspace: WorkspaceId, claim: &SlotClaim) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached(
        "UPDATE slot SET escalation = ?3
         WHERE workspace = ?1 AND agent = ?2 AND n = (
             SELECT min(n) FROM slot
             WHERE workspace = ?1 AND agent = ?2 AND escalation IS NULL)",
    )?;
    let values = params![
        workspace.bytes(),
        claim.agent.bytes(),
        claim.escalation.bytes()
    ];
    Ok(statement.execute(values)? == 1)
}

/// Adds or removes free slots until they fit the agent's capacity; taken ones stay.
pub(crate) fn fit(
    connection: &Connection,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<(), Fault> {
    let place = (workspace.bytes(), agent.bytes());
    let capacity: Option<i64> = connection
        .prepare_cached("SELECT capacity FROM agent WHERE workspace = ?1 AND id = ?2")?
        .query_row(place, |row| row.get(0))
        .optional()?;
    let Some(capacity) = capacity else {
        return Ok(());
    };
    let (rows, last): (i64, i64) = connection
        .prepare_cached(
            "SELECT count(*), coalesce(max(n), 0) FROM slot WHERE workspace = ?1 AND agent = ?2",
        )?
        .query_row(place, |row| Ok((row.get(0)?, row.get(1)?)))?;
    if rows > capacity {
        let mut statement = connection.prepare_cached(
            "DELETE FROM slot WHERE workspace = ?1 AND agent = ?2 AND n IN (
                 SELECT n FROM slot
                 WHERE workspace = ?1 AND agent = ?2 AND escalation IS NULL
                 ORDER BY n DESC LIMIT ?3)",
        )?;
        statement.execute(params![place.0, place.1, rows - capacity])?;
    }
    let mut statement =
        connection.prepare_cached("INSERT INTO slot (workspace, agent, n) VALUES (?1, ?2, ?3)")?;
    for step in 1..=(capacity - rows) {
        statement.execute(params![place.0, place.1, last + step])?;
    }
    Ok(())
}

/// Every slot of a workspace with what holds it.
pub(crate) fn all(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<(AgentId, Option<EscalationId>)>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT agent, escalation FROM slot WHERE workspace = ?1 ORDER BY agent, n",
    )?;
    let rows = statement.query_map([workspace.bytes()], |row| {
        Ok((id(row, 0)?, maybe_id(row, 1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
