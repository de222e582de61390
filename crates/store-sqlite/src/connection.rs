//! Opening connections with the settings that the promises rest on.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::store::OpenError;

/// How long a writer waits for one in another process (`key create` beside a server).
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The writer's page cache, in KiB: the hot end of every index fits.
const WRITER_CACHE_KIB: i64 = 32 * 1024;
/// A reader's page cache, in KiB.
const READER_CACHE_KIB: i64 = 4 * 1024;
/// How many compiled statements a connection keeps; more than this crate has.
const STATEMENTS_MAX: usize = 128;
/// `PRAGMA synchronous` = FULL: every commit waits for the disk (D4).
const SYNCHRONOUS_FULL: i64 = 2;

/// The file of a store within its folder.
pub(crate) fn file(folder: &Path) -> PathBuf {
    folder.join("segue.db")
}

/// A connection that may write, durable or refused.
pub(crate) fn writer(folder: &Path) -> Result<Connection, OpenError> {
    let connection = Connection::open(file(folder))?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    expect("journal_mode", "wal", &mode)?;
    connection.pragma_update(None, "synchronous", SYNCHRONOUS_FULL)?;
    expect_number(&connection, "synchronous", SYNCHRONOUS_FULL)?;
    // Erased text must not lie on in free pages (F48).
    let erases: i64 =
        connection.pragma_update_and_check(None, "secure_delete", 1, |row| row.get(0))?;
    expect("secure_delete", "1", &erases.to_string())?;
    // Checkpoints run beside the writer, not inside a commit somebody waits for.
    let pages: i64 =
        connection.pragma_update_and_check(None, "wal_autocheckpoint", 0, |row| row.get(0))?;
    expect("wal_autocheckpoint", "0", &pages.to_string())?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    harden(&connection)?;
    Ok(connection)
}

/// A connection that can only read.
pub(crate) fn reader(folder: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file(folder), flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "query_only", 1)?;
    connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
    harden(&connection)?;
    Ok(connection)
}

fn harden(connection: &Connection) -> Result<(), OpenError> {
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "trusted_schema", 0)?;
    // A plan that stays: otherwise a statement is compiled anew when the values of a
    // range change, which costs more than any query here.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(())
}

fn expect_number(
    connection: &Connection,
    setting: &'static str,
    wanted: i64,
) -> Result<(), OpenError> {
    let found: i64 = connection.pragma_query_value(None, setting, |row| row.get(0))?;
    expect(setting, &wanted.to_string(), &found.to_string())
}

fn expect(setting: &'static str, wanted: &str, found: &str) -> Result<(), OpenError> {
    if wanted == found {
        return Ok(());
    }
    Err(OpenError::Setting {
        setting,
        found: found.to_owned(),
    })
}
