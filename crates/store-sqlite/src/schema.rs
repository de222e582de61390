//! Where everything lies, and the way from older layouts.
//!
//! The list of migrations is our own: SQLite keeps the number of the last one
//! in its header (`user_version`), each step is one batch of SQL in one
//! transaction, and a newer file is refused. A migration crate would add a
//! table, a proc macro and a pin on the SQLite bindings for these thirty lines.

use std::collections::BTreeSet;
use std::fmt;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::store::OpenError;

/// Marks the file as ours, in its header: `SEGU`.
const APPLICATION_ID: i32 = 0x5345_4755;

/// Every layout there has been; the number of a step is its index plus one.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/0001_first.sql"),
    include_str!("schema/0002_requests_and_visitors.sql"),
    include_str!("schema/0003_people_of_an_account.sql"),
    include_str!("schema/0004_rollouts.sql"),
    include_str!("schema/0005_cases.sql"),
    include_str!("schema/0006_lanes.sql"),
    include_str!("schema/0007_knowledge.sql"),
    include_str!("schema/0008_reports.sql"),
];

/// Which life of the store this is. It grows with every restore, so that
/// cursors and epochs of a life that was undone are recognised (F53).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation {
    /// From 1; a restore makes it greater than both sides had.
    pub number: u64,
    /// A random name, because two restores of one copy have the same number.
    pub id: [u8; 16],
}

impl fmt::Display for Generation {
    /// As it stands in a cursor: the number, a dash, eight hex digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.id;
        write!(
            f,
            "{}-{:08x}",
            self.number,
            u32::from_be_bytes([a, b, c, d])
        )
    }
}

/// The layout this program writes.
pub(crate) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings the file to the current layout; refuses one that is not ours or newer.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = layout(&tx)?;
    let steps = usize::try_from(found).unwrap_or(usize::MAX);
    for step in MIGRATIONS.iter().skip(steps) {
        tx.execute_batch(step)?;
    }
    if found == 0 {
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.execute(
            "INSERT INTO life (number, id, store) VALUES (1, randomblob(16), randomblob(16))",
            [],
        )?;
    }
    tx.pragma_update(None, "user_version", known())?;
    tx.commit()?;
    Ok(())
}

/// The layout of a file, 0 for an empty one.
pub(crate) fn layout(connection: &Connection) -> Result<i64, OpenError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, found) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != i64::from(APPLICATION_ID) {
        return Err(OpenError::NotAStore);
    }
    if found > known() {
        return Err(OpenError::Newer {
            found,
            known: known(),
        });
    }
    Ok(found)
}

/// What a file says that it consists of: kind, name, table, text.
type Part = (String, String, String, Option<String>);

/// Checks that a file from elsewhere consists of our tables and indexes, word by
/// word, and of nothing else: a trigger or a view in it would run as ours (S-28).
pub(crate) fn check_parts(connection: &Connection) -> Result<(), OpenError> {
    let layout = usize::try_from(layout(connection)?).unwrap_or(usize::MAX);
    let model = Connection::open_in_memory()?;
    for step in MIGRATIONS.iter().take(layout) {
        model.execute_batch(step)?;
    }
    let (wanted, found) = (parts(&model)?, parts(connection)?);
    let stranger = found.difference(&wanted).next();
    match stranger.or_else(|| wanted.difference(&found).next()) {
        None => Ok(()),
        Some((kind, name, ..)) => Err(OpenError::Part {
            part: format!("{kind} {name}"),
        }),
    }
}

fn parts(connection: &Connection) -> rusqlite::Result<BTreeSet<Part>> {
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    rows.collect()
}

/// Which life it is, and of which store.
pub(crate) fn generation(connection: &Connection) -> Result<(Generation, [u8; 16]), OpenError> {
    let row = connection
        .query_row("SELECT number, id, store FROM life", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let (number, id, store) = row.ok_or(OpenError::NotAStore)?;
    let number = u64::try_from(number).map_err(|_| OpenError::NotAStore)?;
    Ok((Generation { number, id }, store))
}

/// Begins another life of the store.
pub(crate) fn begin_generation(connection: &Connection, number: u64) -> Result<(), OpenError> {
    let number = i64::try_from(number).map_err(|_| OpenError::NotAStore)?;
    connection.execute("UPDATE life SET number = ?1, id = randomblob(16)", [number])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A file of each former layout comes to the one that a new file gets, and
    /// keeps what it had.
    #[test]
    fn every_former_layout_is_brought_up_to_date() {
        let tables = |connection: &Connection| {
            let mut statement = connection
                .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
                .unwrap();
            let rows = statement.query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
            });
            rows.unwrap().map(Result::unwrap).collect::<Vec<_>>()
        };
        let mut new = Connection::open_in_memory().unwrap();
        migrate(&mut new).unwrap();
        for steps in 1..MIGRATIONS.len() {
            let mut old = Connection::open_in_memory().unwrap();
            for step in MIGRATIONS.iter().take(steps) {
                old.execute_batch(step).unwrap();
            }
            let layout = i64::try_from(steps).unwrap();
            old.pragma_update(None, "application_id", APPLICATION_ID)
                .unwrap();
            old.pragma_update(None, "user_version", layout).unwrap();
            old.execute("INSERT INTO life VALUES (3, x'01', x'02')", [])
                .unwrap();
            migrate(&mut old).unwrap();
            assert_eq!(super::layout(&old).unwrap(), known());
            assert_eq!(tables(&old), tables(&new));
            let life: i64 = old
                .query_row("SELECT number FROM life", [], |row| row.get(0))
                .unwrap();
            assert_eq!(life, 3);
        }
    }
}
