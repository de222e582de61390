//! Trials.

use rusqlite::{Connection, Row, params};
use segue_model::id::{PolicyVersion, TrialId, WorkspaceId};
use segue_ports::rollout::{Trial, TrialEnd, TrialMode};

use crate::fault::Fault;
use crate::value::{Id, from_word, id, instant, maybe_id, word};

const COLUMNS: &str = "id, permille, version, base, proposal, started_at, started_by, reason, \
                       outcome, ended_at, ended_by, end_reason, tally";

fn trial(row: &Row<'_>) -> Result<Trial, Fault> {
    let mode = match row.get::<_, Option<u16>>(1)? {
        Some(permille) => TrialMode::Canary { permille },
        None => TrialMode::Shadow,
    };
    let end = match row.get::<_, Option<String>>(8)? {
        Some(outcome) => Some(TrialEnd {
            outcome: from_word(outcome)?,
            at: instant(row, 9)?,
            by: maybe_id(row, 10)?,
            reason: row.get(11)?,
            tally: row.get(12)?,
        }),
        None => None,
    };
    Ok(Trial {
        id: id(row, 0)?,
        mode,
        version: PolicyVersion(row.get::<_, String>(2)?.into()),
        base: PolicyVersion(row.get::<_, String>(3)?.into()),
        proposal: maybe_id(row, 4)?,
        started_at: instant(row, 5)?,
        started_by: id(row, 6)?,
        reason: row.get(7)?,
        end,
    })
}

pub(super) fn begin(
    connection: &Connection,
    workspace: WorkspaceId,
    trial: &Trial,
) -> Result<(), Fault> {
    let permille = match trial.mode {
        TrialMode::Shadow => None,
        TrialMode::Canary { permille } => Some(permille),
    };
    let mut statement = connection.prepare_cached(
        "INSERT INTO trial
             (workspace, id, permille, version, base, proposal, started_at, started_by, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    statement.execute(params![
        workspace.bytes(),
        trial.id.bytes(),
        permille,
        &*trial.version.0,
        &*trial.base.0,
        trial.proposal.map(Id::bytes),
        trial.started_at.0,
        trial.started_by.bytes(),
        trial.reason,
    ])?;
    Ok(())
}

pub(super) fn end(
    connection: &Connection,
    workspace: WorkspaceId,
    trial: &Trial,
) -> Result<(), Fault> {
    let Some(end) = &trial.end else {
        return Err(Fault::Refused("a trial that ends without an end"));
    };
    let mut statement = connection.prepare_cached(
        "UPDATE trial SET outcome = ?3, ended_at = ?4, ended_by = ?5, end_reason = ?6, tally = ?7
         WHERE workspace = ?1 AND id = ?2",
    )?;
    statement.execute(params![
        workspace.bytes(),
        trial.id.bytes(),
        word(&end.outcome)?,
        end.at.0,
        end.by.map(Id::bytes),
        end.reason,
        end.tally,
    ])?;
    Ok(())
}

pub(super) fn list(
    connection: &Connection,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<Trial>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM trial WHERE workspace = ?1
         ORDER BY started_at DESC, id DESC LIMIT ?2"
    ))?;
    let mut rows = statement.query(params![workspace.bytes(), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(trial(row)?);
    }
    Ok(found)
}

pub(super) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    id: TrialId,
) -> Result<Option<Trial>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM trial WHERE workspace = ?1 AND id = ?2"
    ))?;
    let mut rows = statement.query(params![workspace.bytes(), id.bytes()])?;
    rows.next()?.map(trial).transpose()
}

pub(super) fn running(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Option<Trial>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM trial WHERE workspace = ?1 AND outcome IS NULL"
    ))?;
    let mut rows = statement.query(params![workspace.bytes()])?;
    rows.next()?.map(trial).transpose()
}
