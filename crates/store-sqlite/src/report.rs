//! Schedules of reports and how their sending goes, as the port asks for them.

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::id::WorkspaceId;
use segue_ports::Pending;
use segue_ports::report::{Delivery, Reports, Schedule};

use crate::fault::Fault;
use crate::store::SqliteStore;
use crate::value::{Id, from_json, json};

pub(crate) fn put_schedule(
    connection: &Connection,
    workspace: WorkspaceId,
    schedule: &Schedule,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO report_schedule (workspace, schedule) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET schedule = excluded.schedule",
    )?;
    statement.execute(params![workspace.bytes(), json(schedule)?])?;
    Ok(())
}

fn text(
    connection: &Connection,
    query: &str,
    workspace: WorkspaceId,
) -> Result<Option<String>, Fault> {
    let mut statement = connection.prepare_cached(query)?;
    let row = statement.query_row([workspace.bytes()], |row| row.get(0));
    Ok(row.optional()?)
}

impl Reports for SqliteStore {
    fn report_schedule(&self, workspace: WorkspaceId) -> Pending<'_, Option<Schedule>> {
        self.read("reading the report's schedule", move |connection| {
            let query = "SELECT schedule FROM report_schedule WHERE workspace = ?1";
            let found = text(connection, query, workspace)?;
            found.map(|found| from_json(&found)).transpose()
        })
    }

    fn report_delivery(&self, workspace: WorkspaceId) -> Pending<'_, Delivery> {
        self.read("reading the report's delivery", move |connection| {
            let query = "SELECT delivery FROM report_delivery WHERE workspace = ?1";
            let found = text(connection, query, workspace)?;
            let found = found.map(|found| from_json(&found)).transpose()?;
            Ok(found.unwrap_or_default())
        })
    }

    fn put_report_delivery(&self, workspace: WorkspaceId, delivery: Delivery) -> Pending<'_, ()> {
        self.write("keeping the report's delivery", move |connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO report_delivery (workspace, delivery) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET delivery = excluded.delivery",
            )?;
            statement.execute(params![workspace.bytes(), json(&delivery)?])?;
            Ok(())
        })
    }
}
