//! The page of the tables, written from them.

use std::fmt::Write as _;

use super::{Kind, Table};

const HEAD: &str = "# Open data

`segue export --data DIR --to FOLDER` writes the log as five tables, one file each, beside a
running server or without one. `--format parquet` (the default) is read by DuckDB, pandas,
Polars and Spark; `--format csv` by everything else. `--table NAME` writes only some,
`--since` and `--until` bound them by when a conversation began, `--texts` adds what people
wrote, which is left out otherwise. `segue export --schema` prints what follows as JSON.
This page is written from the code (`SEGUE_BLESS=1 cargo test -p segue-insight`).

```sh
segue export --data ./.segue-demo --to ./export
duckdb -c \"select trigger, count(*), median(epoch_ms(accepted_at) - epoch_ms(requested_at)) / 1000 as wait_s
           from './export/handoffs.parquet' group by trigger order by 2 desc\"
```

A file is complete when it is there: it is written under another name first. Rows are in the
order of the log within a conversation; conversations in no order. Columns are only added.
Names of people, their addresses and what is known of them are in no table; the ids are those
of the API. In CSV an absent value is empty, instants are RFC 3339 in UTC, booleans `true` and
`false`, and a text that a spreadsheet would take for a formula begins with `'`.

";

/// The page, as Markdown.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for table in Table::ALL {
        // Writing to a string does not fail.
        let _ = write!(
            page,
            "## `{}`\n\n{}\n\n| column | type | says |\n|---|---|---|\n",
            table.name(),
            table.about()
        );
        for column in table.columns() {
            let kind = word(column.kind);
            let _ = writeln!(page, "| `{}` | {kind} | {} |", column.name, column.about);
        }
        page.push('\n');
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Instant => "instant",
    }
}
