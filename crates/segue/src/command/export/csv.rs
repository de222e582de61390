//! Tables as CSV.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use segue_insight::open_data::{Cell, Table};

use super::Sink;
use crate::command::partial::Partial;

pub(super) struct Writer {
    writer: ::csv::Writer<BufWriter<File>>,
    partial: Partial,
    rows: u64,
}

impl Writer {
    pub(super) fn new(file: PathBuf, table: Table) -> anyhow::Result<Self> {
        let (partial, file) = Partial::create(file)?;
        let mut writer = ::csv::Writer::from_writer(BufWriter::new(file));
        writer.write_record(table.columns().iter().map(|column| column.name))?;
        Ok(Self {
            writer,
            partial,
            rows: 0,
        })
    }
}

impl Sink for Writer {
    fn push(&mut self, row: Vec<Cell>) -> anyhow::Result<()> {
        self.writer.write_record(row.iter().map(field))?;
        self.rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<u64> {
        self.writer.flush()?;
        let mut buffer = self
            .writer
            .into_inner()
            .map_err(|error| error.into_error())?;
        buffer.flush()?;
        self.partial.complete()?;
        Ok(self.rows)
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Integer(value) => value.to_string(),
        Cell::Number(value) => value.to_string(),
        Cell::Boolean(value) => value.to_string(),
        Cell::Instant(at) => jiff::Timestamp::from_millisecond(at.0)
            .unwrap_or(jiff::Timestamp::MAX)
            .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
            .to_string(),
    }
}

/// A spreadsheet would run what begins like a formula (S-37).
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use segue_model::time::Timestamp;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for text in ["=1+1", "+49 30", "-1", "@sum", "\tx"] {
            let field = field(&Cell::Text(text.to_owned()));
            assert_eq!(field, format!("'{text}"));
        }
        assert_eq!(field(&Cell::Text("a = b".to_owned())), "a = b");
        assert_eq!(field(&Cell::Number(-0.5)), "-0.5");
        assert_eq!(field(&Cell::Absent), "");
    }

    #[test]
    fn a_file_is_there_once_it_is_complete() {
        let folder = std::env::temp_dir().join(format!("segue-csv-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("events.csv");
        let row = || {
            let at = Timestamp(1_000);
            vec![
                Cell::Text("a \"b\", c".to_owned()),
                Cell::Integer(1),
                Cell::Integer(1),
                Cell::Instant(at),
                Cell::Text("turn_added".to_owned()),
                Cell::Text("system".to_owned()),
                Cell::Absent,
            ]
        };
        let mut dropped = Writer::new(file.clone(), Table::Events).unwrap();
        dropped.push(row()).unwrap();
        drop(dropped);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        let mut writer = Box::new(Writer::new(file.clone(), Table::Events).unwrap());
        writer.push(row()).unwrap();
        assert!(!file.exists());
        assert_eq!(writer.finish().unwrap(), 1);
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            written,
            "conversation_id,version,place,at,event,actor,actor_id\n\
             \"a \"\"b\"\", c\",1,1,1970-01-01T00:00:01.000Z,turn_added,system,\n"
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
