//! `segue report`: how the last weeks went, and what new reasons made people necessary.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use segue_insight::report::{Report, ReportQuery, html, markdown};
use segue_model::time::Timestamp;
use serde::Serialize;

use super::beside;
use super::serve::no_knowledge;
use crate::lines;

/// How many conversations are shown behind each finding.
const SHOWN: usize = 20;

/// Options of `segue report`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The data folder of a server, which may be running.
    #[arg(long)]
    data: PathBuf,
    /// Over how many weeks new causes are looked for.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(3..=104))]
    weeks: u32,
    /// The end of the last week, in RFC 3339; now otherwise.
    #[arg(long, value_parser = lines::instant)]
    until: Option<Timestamp>,
    /// With the demo's history. A demo's workspace is always told with it.
    #[arg(long)]
    demo: bool,
    /// How to show it.
    #[arg(long, value_enum, default_value = "markdown")]
    format: Format,
}

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, as text.
    Markdown,
    /// For people, as a page.
    Html,
    /// For programs.
    Json,
}

/// The report and the window of the causes beside it.
#[derive(Debug, Serialize)]
struct Told {
    /// The window in which causes were looked for; the causes themselves are the report's.
    window: Window,
    #[serde(flatten)]
    report: Report,
}

#[derive(Debug, Serialize)]
struct Window {
    weeks: u32,
    conversations: u32,
    handed_over: u32,
}

/// Reads, reckons, prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let told = runtime.block_on(tell(arguments))?;
    let mut out = lines::output();
    match arguments.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?,
        Format::Markdown => write!(out, "{}", markdown::render(&told.report, None))?,
        Format::Html => write!(out, "{}", html::render(&told.report, None))?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

async fn tell(arguments: &Arguments) -> anyhow::Result<Told> {
    let (service, desk) = beside::open(&arguments.data, no_knowledge()).await?;
    service.read_figures(&desk).await?;
    let query = ReportQuery {
        until: arguments.until.unwrap_or_else(|| service.now()),
        zone: desk.ruleset().zone(),
        include_demo: desk.workspace.is_demo || arguments.demo,
        weeks: arguments.weeks,
        shown_max: SHOWN,
    };
    let (found, report) = service.compute_report(&desk, query).await?;
    let window = Window {
        weeks: found.weeks,
        conversations: found.conversations,
        handed_over: found.handed_over,
    };
    Ok(Told { window, report })
}
