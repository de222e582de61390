//! Changes of settings with the requests that asked for them.

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::id::WorkspaceId;
use segue_ports::directory::Created;
use segue_ports::settings::{
    FirstAnswer, REQUEST_KEPT, SettingChange, SettingRequest, SettingWrite, SettingWritten,
};

use super::{access, agents, audit as trail, customers};
use crate::fault::Fault;
use crate::keys;
use crate::knowledge;
use crate::report;
use crate::rollout;
use crate::value::{count, int};

/// Checks the key, then changes, all in the open transaction.
pub(super) fn write(
    connection: &Connection,
    write: &SettingWrite,
) -> Result<SettingWritten, Fault> {
    let SettingWrite {
        workspace,
        change,
        audit,
        request,
    } = write;
    let hash = request
        .as_ref()
        .map(|SettingRequest { key, .. }| keys::hash(*workspace, &key.caller, &key.key));
    if let (Some(hash), Some(request)) = (hash, request) {
        match by_hash(connection, hash)? {
            Some(first) if first.fingerprint == request.key.fingerprint => {
                return Ok(SettingWritten::Replayed(first));
            }
            Some(_) => return Ok(SettingWritten::KeyReused),
            None => {}
        }
    }
    let created = match apply(connection, *workspace, change)? {
        SettingWritten::Done { created } => created,
        refused => return Ok(refused),
    };
    if let Some(row) = audit {
        trail::add(connection, *workspace, row)?;
    }
    if let (Some(hash), Some(request)) = (hash, request) {
        keep(connection, hash, request, created)?;
    }
    Ok(SettingWritten::Done { created })
}

/// Makes the change; what it refuses, it has not begun to write.
fn apply(
    connection: &Connection,
    workspace: WorkspaceId,
    change: &SettingChange,
) -> Result<SettingWritten, Fault> {
    let done = Ok(SettingWritten::Done { created: 0 });
    match change {
        SettingChange::Nothing => done,
        SettingChange::CreateAgent { agent, invitation } => {
            if agents::create(connection, workspace, agent)? == Created::Exists {
                return Ok(SettingWritten::Exists);
            }
            access::create_link(connection, invitation)?;
            done
        }
        SettingChange::UpdateAgent {
            agent,
            ends_sessions,
        } => {
            if !agents::update(connection, workspace, agent)? {
                return Ok(SettingWritten::Unknown);
            }
            if *ends_sessions {
                access::end_sessions_of(connection, workspace, agent.id)?;
            }
            done
        }
        SettingChange::CreateKey(key) => {
            access::create_api_key(connection, key)?;
            done
        }
        SettingChange::RevokeKey { id, at } => {
            if access::revoke_api_key(connection, workspace, *id, *at)? {
                done
            } else {
                Ok(SettingWritten::Unknown)
            }
        }
        SettingChange::PutCustomers(rows) => Ok(SettingWritten::Done {
            created: customers::put(connection, workspace, rows)?,
        }),
        SettingChange::PutCases(cases) => {
            rollout::put_cases(connection, workspace, cases)?;
            done
        }
        SettingChange::PutReportSchedule(schedule) => {
            report::put_schedule(connection, workspace, schedule)?;
            done
        }
        SettingChange::PutKnowledge(row) => knowledge::put(connection, workspace, row),
        SettingChange::Rollout(step) => rollout::take(connection, workspace, step),
    }
}

fn keep(
    connection: &Connection,
    hash: keys::KeyHash,
    request: &SettingRequest,
    created: u64,
) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM setting_request WHERE at < ?1")?
        .execute([request.at.0 - int(REQUEST_KEPT.millis())?])?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO setting_request (hash, fingerprint, answer, created, at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    statement.execute(params![
        hash,
        request.key.fingerprint,
        request.answer,
        int(created)?,
        request.at.0,
    ])?;
    Ok(())
}

pub(super) fn find(
    connection: &Connection,
    workspace: WorkspaceId,
    caller: &str,
    key: &str,
) -> Result<Option<FirstAnswer>, Fault> {
    by_hash(connection, keys::hash(workspace, caller, key))
}

fn by_hash(connection: &Connection, hash: keys::KeyHash) -> Result<Option<FirstAnswer>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT fingerprint, answer, created FROM setting_request WHERE hash = ?1",
    )?;
    let found = statement
        .query_row([hash], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
        })
        .optional()?;
    let Some((fingerprint, answer, created)) = found else {
        return Ok(None);
    };
    Ok(Some(FirstAnswer {
        fingerprint,
        answer,
        created: count(created)?,
    }))
}
