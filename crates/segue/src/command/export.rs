//! `segue export`: the log as flat tables, in Parquet or CSV, for other programs.

mod csv;
mod parquet;
mod read;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;
use segue_insight::open_data::{Cell, Column, Table};
use segue_model::time::Timestamp;
use serde::Serialize;

/// Options of `segue export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The server's data folder; it may be running.
    #[arg(long, required_unless_present = "schema")]
    data: Option<PathBuf>,
    /// The folder to write to; made if it is not there. Files of an earlier export are replaced.
    #[arg(long, required_unless_present = "schema")]
    to: Option<PathBuf>,
    /// How the tables are written.
    #[arg(long, value_enum, default_value_t = Format::Parquet)]
    format: Format,
    /// Only this table; may be given several times.
    #[arg(long = "table", value_name = "NAME", value_parser = table)]
    tables: Vec<Table>,
    /// Only conversations that began at this time or later, in RFC 3339 (`2026-03-01T00:00:00Z`).
    #[arg(long, value_parser = crate::lines::instant)]
    since: Option<Timestamp>,
    /// Only conversations that began before this time.
    #[arg(long, value_parser = crate::lines::instant)]
    until: Option<Timestamp>,
    /// With what people wrote. It may hold anything: mind who reads it.
    #[arg(long)]
    texts: bool,
    /// Print what the tables and columns are, as JSON, and write nothing.
    #[arg(long)]
    schema: bool,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Apache Parquet, compressed with Snappy.
    Parquet,
    /// Comma-separated values with a header, RFC 4180.
    Csv,
}

/// A table by its name.
fn table(text: &str) -> Result<Table, String> {
    let found = Table::ALL.into_iter().find(|table| table.name() == text);
    found.ok_or_else(|| {
        let names = Table::ALL.map(Table::name).join(", ");
        format!("the tables are {names}")
    })
}

/// A table on its way to a file.
trait Sink {
    /// Takes one row, with a cell for every column.
    fn push(&mut self, row: Vec<Cell>) -> anyhow::Result<()>;
    /// Writes what is left; the file is complete afterwards.
    fn finish(self: Box<Self>) -> anyhow::Result<u64>;
}

#[derive(Serialize)]
struct Written {
    table: &'static str,
    file: String,
    rows: u64,
}

/// Writes the tables and says what was written, a JSON line for each.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (Some(data), Some(to)) = (&arguments.data, &arguments.to) else {
        println!("{}", serde_json::to_string_pretty(&schema())?);
        return Ok(ExitCode::SUCCESS);
    };
    if arguments.schema {
        println!("{}", serde_json::to_string_pretty(&schema())?);
        return Ok(ExitCode::SUCCESS);
    }
    std::fs::create_dir_all(to).with_context(|| format!("cannot make `{}`", to.display()))?;
    let tables: Vec<Table> = match arguments.tables.as_slice() {
        [] => Table::ALL.to_vec(),
        some => Table::ALL
            .into_iter()
            .filter(|table| some.contains(table))
            .collect(),
    };
    let extension = match arguments.format {
        Format::Parquet => "parquet",
        Format::Csv => "csv",
    };
    let mut sinks: Vec<(Table, Box<dyn Sink>)> = Vec::new();
    for table in tables {
        let file = to.join(format!("{}.{extension}", table.name()));
        let sink: Box<dyn Sink> = match arguments.format {
            Format::Parquet => Box::new(parquet::Writer::new(file, table)?),
            Format::Csv => Box::new(csv::Writer::new(file, table)?),
        };
        sinks.push((table, sink));
    }
    let wanted = read::Wanted {
        since: arguments.since,
        until: arguments.until,
        with_texts: arguments.texts,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(read::each(data, &wanted, |story| {
        for (table, sink) in &mut sinks {
            for row in segue_insight::open_data::rows(*table, story) {
                sink.push(row)?;
            }
        }
        Ok(())
    }))?;
    for (table, sink) in sinks {
        let written = Written {
            table: table.name(),
            file: format!("{}.{extension}", table.name()),
            rows: sink.finish()?,
        };
        println!("{}", serde_json::to_string(&written)?);
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct TableSchema {
    table: &'static str,
    about: &'static str,
    columns: &'static [Column],
}

fn schema() -> Vec<TableSchema> {
    let schema = |table: Table| TableSchema {
        table: table.name(),
        about: table.about(),
        columns: table.columns(),
    };
    Table::ALL.into_iter().map(schema).collect()
}
