//! Workspaces, the people in them, and their presence.

use rusqlite::{Connection, Row, params};
use segue_model::id::{AgentId, WorkspaceId};
use segue_ports::directory::{Agent, Created, PresenceRow, Workspace};

use crate::fault::Fault;
use crate::slots;
use crate::value::{Id, from_json, from_word, id, instant, json, word};

pub(super) fn workspaces(connection: &Connection) -> Result<Vec<Workspace>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT id, name, is_demo, created_at FROM workspace ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(Workspace {
            id: id(row, 0)?,
            name: row.get(1)?,
            is_demo: row.get(2)?,
            created_at: instant(row, 3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn create_workspace(
    connection: &Connection,
    workspace: &Workspace,
) -> Result<Created, Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO workspace (id, name, is_demo, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
    )?;
    let Workspace {
        id,
        name,
        is_demo,
        created_at,
    } = workspace;
    let rows = statement.execute(params![id.bytes(), name, is_demo, created_at.0])?;
    Ok(if rows == 1 {
        Created::Done
    } else {
        Created::Exists
    })
}

fn agent(row: &Row<'_>) -> Result<Agent, Fault> {
    Ok(Agent {
        id: id(row, 0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        role: from_word(row.get(3)?)?,
        password: row.get(4)?,
        skills: from_json(row.get_ref(5)?.as_str().map_err(Fault::corrupt)?)?,
        queues: from_json(row.get_ref(6)?.as_str().map_err(Fault::corrupt)?)?,
        capacity: row.get(7)?,
        is_active: row.get(8)?,
        created_at: instant(row, 9)?,
    })
}

pub(super) fn list(connection: &Connection, workspace: WorkspaceId) -> Result<Vec<Agent>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, name, role, password, skills, queues, capacity, is_active, created_at
         FROM agent WHERE workspace = ?1 ORDER BY name, id",
    )?;
    let mut rows = statement.query([workspace.bytes()])?;
    let mut agents = Vec::new();
    while let Some(row) = rows.next()? {
        agents.push(agent(row)?);
    }
    Ok(agents)
}

pub(super) fn by_email(
    connection: &Connection,
    workspace: WorkspaceId,
    email: &str,
) -> Result<Option<Agent>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, name, role, password, skills, queues, capacity, is_active, created_at
         FROM agent WHERE workspace = ?1 AND email = ?2",
    )?;
    let mut rows = statement.query(params![workspace.bytes(), email])?;
    rows.next()?.map(agent).transpose()
}

/// Whether another agent of the workspace has this address.
fn is_taken(connection: &Connection, workspace: WorkspaceId, agent: &Agent) -> Result<bool, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM agent WHERE workspace = ?1 AND email = ?2 AND id <> ?3")?;
    Ok(statement.exists(params![workspace.bytes(), agent.email, agent.id.bytes()])?)
}

pub(super) fn create(
    connection: &Connection,
    workspace: WorkspaceId,
    agent: &Agent,
) -> Result<Created, Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO agent (workspace, id, email, name, role, password, skills, queues, capacity,
             is_active, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING",
    )?;
    let rows = statement.execute(params![
        workspace.bytes(),
        agent.id.bytes(),
        agent.email,
        agent.name,
        word(&agent.role)?,
        agent.password,
        json(&agent.skills)?,
        json(&agent.queues)?,
        agent.capacity,
        agent.is_active,
        agent.created_at.0,
    ])?;
    if rows == 0 {
        return Ok(Created::Exists);
    }
    slots::fit(connection, workspace, agent.id)?;
    Ok(Created::Done)
}

pub(super) fn update(
    connection: &Connection,
    workspace: WorkspaceId,
    agent: &Agent,
) -> Result<bool, Fault> {
    if is_taken(connection, workspace, agent)? {
        return Err(Fault::Refused("another agent has this address"));
    }
    let mut statement = connection.prepare_cached(
        "UPDATE agent SET email = ?3, name = ?4, role = ?5, password = ?6, skills = ?7,
             queues = ?8, capacity = ?9, is_active = ?10, created_at = ?11
         WHERE workspace = ?1 AND id = ?2",
    )?;
    let rows = statement.execute(params![
        workspace.bytes(),
        agent.id.bytes(),
        agent.email,
        agent.name,
        word(&agent.role)?,
        agent.password,
        json(&agent.skills)?,
        json(&agent.queues)?,
        agent.capacity,
        agent.is_active,
        agent.created_at.0,
    ])?;
    slots::fit(connection, workspace, agent.id)?;
    Ok(rows == 1)
}

pub(super) fn presences(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<PresenceRow>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT agent, presence, lease_until, since FROM presence WHERE workspace = ?1
         ORDER BY agent",
    )?;
    let mut rows = statement.query([workspace.bytes()])?;
    let mut presences = Vec::new();
    while let Some(row) = rows.next()? {
        presences.push(PresenceRow {
            agent: id(row, 0)?,
            presence: from_word(row.get(1)?)?,
            lease_until: instant(row, 2)?,
            since: instant(row, 3)?,
        });
    }
    Ok(presences)
}

pub(super) fn set_presence(
    connection: &Connection,
    workspace: WorkspaceId,
    row: &PresenceRow,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO presence (workspace, agent, presence, lease_until, since)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET presence = ?3, lease_until = ?4, since = ?5",
    )?;
    let agent: AgentId = row.agent;
    let presence = word(&row.presence)?;
    let values = params![
        workspace.bytes(),
        agent.bytes(),
        presence,
        row.lease_until.0,
        row.since.0
    ];
    statement.execute(values)?;
    Ok(())
}
