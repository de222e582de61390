//! Secrets by their hash: sessions, links, keys, visitors.

use rusqlite::{Connection, OptionalExtension, Row, params};
use segue_model::id::{AgentId, ApiKeyId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::directory::{ApiKey, Link, SecretHash, Session, Visitor};

use crate::fault::Fault;
use crate::value::{Id, from_json, from_word, id, instant, json, maybe_id, maybe_instant, word};

pub(super) fn create_session(connection: &Connection, session: &Session) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO session (hash, workspace, agent, created_at, seen_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        session.hash,
        session.workspace.bytes(),
        session.agent.bytes(),
        session.created_at.0,
        session.seen_at.0,
        session.expires_at.0,
    ])?;
    Ok(())
}

pub(super) fn session(
    connection: &Connection,
    hash: &SecretHash,
) -> Result<Option<Session>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT workspace, agent, created_at, seen_at, expires_at FROM session WHERE hash = ?1",
    )?;
    let found = statement.query_row([hash], |row| {
        Ok(Session {
            hash: *hash,
            workspace: id(row, 0)?,
            agent: id(row, 1)?,
            created_at: instant(row, 2)?,
            seen_at: instant(row, 3)?,
            expires_at: instant(row, 4)?,
        })
    });
    Ok(found.optional()?)
}

pub(super) fn touch_session(
    connection: &Connection,
    hash: &SecretHash,
    seen_at: Timestamp,
) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE session SET seen_at = ?2 WHERE hash = ?1")?
        .execute(params![hash, seen_at.0])?;
    Ok(())
}

pub(super) fn end_session(connection: &Connection, hash: &SecretHash) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM session WHERE hash = ?1")?
        .execute([hash])?;
    Ok(())
}

pub(super) fn end_sessions_of(
    connection: &Connection,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM session WHERE workspace = ?1 AND agent = ?2")?
        .execute([workspace.bytes(), agent.bytes()])?;
    Ok(())
}

pub(super) fn create_link(connection: &Connection, link: &Link) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO link (hash, purpose, workspace, agent, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    statement.execute(params![
        link.hash,
        word(&link.purpose)?,
        link.workspace.map(Id::bytes),
        link.agent.map(Id::bytes),
        link.expires_at.0,
    ])?;
    Ok(())
}

/// Deletes the row in any case: a link that came too late is not good later.
pub(super) fn take_link(
    connection: &Connection,
    hash: &SecretHash,
    now: Timestamp,
) -> Result<Option<Link>, Fault> {
    let mut statement = connection.prepare_cached(
        "DELETE FROM link WHERE hash = ?1 RETURNING purpose, workspace, agent, expires_at",
    )?;
    let mut rows = statement.query([hash])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let link = Link {
        hash: *hash,
        purpose: from_word(row.get(0)?)?,
        workspace: maybe_id(row, 1)?,
        agent: maybe_id(row, 2)?,
        expires_at: instant(row, 3)?,
    };
    Ok((link.expires_at > now).then_some(link))
}

fn key(row: &Row<'_>) -> Result<ApiKey, Fault> {
    Ok(ApiKey {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        name: row.get(2)?,
        hash: row.get(3)?,
        scopes: from_json(row.get_ref(4)?.as_str().map_err(Fault::corrupt)?)?,
        created_at: instant(row, 5)?,
        expires_at: instant(row, 6)?,
        revoked_at: maybe_instant(row, 7)?,
        last_used_at: maybe_instant(row, 8)?,
    })
}

pub(super) fn api_keys(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<ApiKey>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, workspace, name, hash, scopes, created_at, expires_at, revoked_at,
             last_used_at
         FROM api_key WHERE workspace = ?1 ORDER BY created_at DESC, id DESC",
    )?;
    let mut rows = statement.query([workspace.bytes()])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(key(row)?);
    }
    Ok(keys)
}

pub(super) fn create_api_key(connection: &Connection, key: &ApiKey) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO api_key (id, workspace, name, hash, scopes, created_at, expires_at,
             revoked_at, last_used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    statement.execute(params![
        key.id.bytes(),
        key.workspace.bytes(),
        key.name,
        key.hash,
        json(&key.scopes)?,
        key.created_at.0,
        key.expires_at.0,
        key.revoked_at.map(|at| at.0),
        key.last_used_at.map(|at| at.0),
    ])?;
    Ok(())
}

pub(super) fn api_key(connection: &Connection, hash: &SecretHash) -> Result<Option<ApiKey>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, workspace, name, hash, scopes, created_at, expires_at, revoked_at,
             last_used_at
         FROM api_key WHERE hash = ?1",
    )?;
    let mut rows = statement.query([hash])?;
    rows.next()?.map(key).transpose()
}

/// The first revocation stands.
pub(super) fn revoke_api_key(
    connection: &Connection,
    workspace: WorkspaceId,
    id: ApiKeyId,
    at: Timestamp,
) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached(
        "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?3) WHERE id = ?2 AND workspace = ?1",
    )?;
    Ok(statement.execute(params![workspace.bytes(), id.bytes(), at.0])? == 1)
}

pub(super) fn touch_api_key(
    connection: &Connection,
    id: ApiKeyId,
    at: Timestamp,
) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE api_key SET last_used_at = ?2 WHERE id = ?1")?
        .execute(params![id.bytes(), at.0])?;
    Ok(())
}

pub(super) fn put_visitor(connection: &Connection, visitor: &Visitor) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO visitor (workspace, id, hash, customer, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (workspace, id) DO UPDATE SET hash = ?3, customer = ?4, expires_at = ?5",
    )?;
    statement.execute(params![
        visitor.workspace.bytes(),
        visitor.id,
        visitor.hash,
        visitor.customer.map(Id::bytes),
        visitor.expires_at.0,
    ])?;
    Ok(())
}

pub(super) fn visitor(
    connection: &Connection,
    hash: &SecretHash,
) -> Result<Option<Visitor>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, workspace, customer, expires_at FROM visitor WHERE hash = ?1",
    )?;
    let found = statement.query_row([hash], |row| {
        Ok(Visitor {
            id: row.get(0)?,
            hash: *hash,
            workspace: id(row, 1)?,
            customer: maybe_id(row, 2)?,
            expires_at: instant(row, 3)?,
        })
    });
    Ok(found.optional()?)
}
