//! Proposals.

use rusqlite::{Connection, Row, params};
use segue_model::id::{PolicyVersion, ProposalId, WorkspaceId};
use segue_ports::rollout::{Decision, Proposal};

use crate::fault::Fault;
use crate::value::{Id, count, from_word, id, instant, maybe_id, maybe_instant, word};

const COLUMNS: &str =
    "id, version, base, author, at, reason, state, decided_by, decided_at, decision";

fn proposal(row: &Row<'_>) -> Result<Proposal, Fault> {
    let decided = maybe_id(row, 7)?.zip(maybe_instant(row, 8)?);
    let reason = row.get(9)?;
    Ok(Proposal {
        id: id(row, 0)?,
        version: PolicyVersion(row.get::<_, String>(1)?.into()),
        base: PolicyVersion(row.get::<_, String>(2)?.into()),
        author: id(row, 3)?,
        at: instant(row, 4)?,
        reason: row.get(5)?,
        state: from_word(row.get(6)?)?,
        decision: decided.map(|(by, at)| Decision { by, at, reason }),
    })
}

pub(super) fn add(
    connection: &Connection,
    workspace: WorkspaceId,
    proposal: &Proposal,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO proposal (workspace, id, version, base, author, at, reason, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    statement.execute(params![
        workspace.bytes(),
        proposal.id.bytes(),
        &*proposal.version.0,
        &*proposal.base.0,
        proposal.author.bytes(),
        proposal.at.0,
        proposal.reason,
        word(&proposal.state)?,
    ])?;
    Ok(())
}

pub(super) fn is_open(
    connection: &Connection,
    workspace: WorkspaceId,
    id: ProposalId,
) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM proposal WHERE workspace = ?1 AND id = ?2 AND state = 'open'",
    )?;
    Ok(statement.exists(params![workspace.bytes(), id.bytes()])?)
}

pub(super) fn decide(
    connection: &Connection,
    workspace: WorkspaceId,
    proposal: &Proposal,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "UPDATE proposal SET state = ?3, decided_by = ?4, decided_at = ?5, decision = ?6
         WHERE workspace = ?1 AND id = ?2",
    )?;
    let decision = proposal.decision.as_ref();
    statement.execute(params![
        workspace.bytes(),
        proposal.id.bytes(),
        word(&proposal.state)?,
        decision.map(|decision| decision.by.bytes()),
        decision.map(|decision| decision.at.0),
        decision.and_then(|decision| decision.reason.as_ref()),
    ])?;
    Ok(())
}

pub(super) fn list(
    connection: &Connection,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<Proposal>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM proposal WHERE workspace = ?1 ORDER BY at DESC, id DESC LIMIT ?2"
    ))?;
    let mut rows = statement.query(params![workspace.bytes(), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(proposal(row)?);
    }
    Ok(found)
}

pub(super) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    id: ProposalId,
) -> Result<Option<Proposal>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM proposal WHERE workspace = ?1 AND id = ?2"
    ))?;
    let mut rows = statement.query(params![workspace.bytes(), id.bytes()])?;
    rows.next()?.map(proposal).transpose()
}

pub(super) fn count_open(connection: &Connection, workspace: WorkspaceId) -> Result<u64, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM proposal WHERE workspace = ?1 AND state = 'open'")?;
    count(statement.query_row(params![workspace.bytes()], |row| row.get(0))?)
}
