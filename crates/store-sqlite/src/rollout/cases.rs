//! The cases that policies are tried on.

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::id::WorkspaceId;
use segue_ports::rollout::CasesRow;

use crate::fault::Fault;
use crate::value::{Id, id, instant};

pub(crate) fn put(
    connection: &Connection,
    workspace: WorkspaceId,
    cases: &CasesRow,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO policy_cases (workspace, text, at, by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, by = excluded.by",
    )?;
    statement.execute(params![
        workspace.bytes(),
        cases.text,
        cases.at.0,
        cases.by.bytes()
    ])?;
    Ok(())
}

pub(super) fn read(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Option<CasesRow>, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT text, at, by FROM policy_cases WHERE workspace = ?1")?;
    let row = statement.query_row([workspace.bytes()], |row| {
        Ok(CasesRow {
            text: row.get(0)?,
            at: instant(row, 1)?,
            by: id(row, 2)?,
        })
    });
    Ok(row.optional()?)
}
