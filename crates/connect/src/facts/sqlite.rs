//! Facts from a SQLite file of the company's own, which is only read. The file is opened
//! for each look-up: it may be replaced while the server runs, and look-ups are few
//! because answers are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use segue_model::fact::FactValue;
use segue_ports::facts::{Found, Unavailable, Who};
use serde_json::Value;

use super::template::Template;
use super::{FactsSection, Lookup, facts_of_row};
use crate::error::{ConnectError, Section};

/// A source that is a file.
pub(super) struct Sqlite {
    file: PathBuf,
    query: Template,
    text: String,
}

impl Sqlite {
    pub(super) fn new(section: &Section<'_>, it: FactsSection) -> Result<Self, ConnectError> {
        let file = it.file.ok_or_else(|| section.key("file", "is needed"))?;
        let query = it.query.ok_or_else(|| section.key("query", "is needed"))?;
        let query = Template::read(&query).map_err(|reason| section.key("query", reason))?;
        let text = query.parameters(|number| format!("?{number}"));
        let source = Self { file, query, text };
        // A query that the file does not understand is found at the start.
        let connection = source.open();
        let connection = connection.map_err(|error| section.key("file", error.to_string()))?;
        let statement = connection.prepare(&source.text);
        let statement = statement.map_err(|error| section.key("query", error.to_string()))?;
        if !statement.readonly() {
            return Err(section.key("query", "may only read"));
        }
        drop(statement);
        Ok(source)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(&self.file, flags)
    }
}

fn first_row(
    connection: &Connection,
    query: &str,
    values: &[String],
) -> rusqlite::Result<BTreeMap<String, FactValue>> {
    let mut statement = connection.prepare(query)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query(params_from_iter(values))?;
    let Some(row) = rows.next()? else {
        return Ok(BTreeMap::new());
    };
    let mut found = Vec::new();
    for (place, column) in columns.into_iter().enumerate() {
        let value = match row.get_ref(place)? {
            ValueRef::Null | ValueRef::Blob(_) => Value::Null,
            ValueRef::Integer(number) => Value::from(number),
            ValueRef::Real(number) => Value::from(number),
            ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text).into_owned()),
        };
        found.push((column, value));
    }
    Ok(facts_of_row(found))
}

impl Lookup for Sqlite {
    fn can_ask(&self, who: &Who) -> bool {
        self.query.is_known(who)
    }

    fn lookup(&self, who: Who) -> Found<'_> {
        let (opened, text) = (self.open(), self.text.clone());
        let values = self.query.values(&who);
        Box::pin(async move {
            let failed = |_| Unavailable("the database did not answer".to_owned());
            let connection = opened.map_err(failed)?;
            // Whoever waits no longer interrupts it: it may hold a thread no longer than that.
            let interrupt = Interrupt(connection.get_interrupt_handle());
            let asked = tokio::task::spawn_blocking(move || first_row(&connection, &text, &values));
            let found = asked.await;
            drop(interrupt);
            found
                .map_err(|_| Unavailable("the database did not answer".to_owned()))?
                .map_err(failed)
        })
    }
}

/// Ends a query that nobody waits for any more.
struct Interrupt(rusqlite::InterruptHandle);

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.0.interrupt();
    }
}
