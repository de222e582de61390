//! `segue report`: how the last weeks went, and what new reasons made people necessary.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use segue_engine::Ruleset;
use segue_insight::causes::{Causes, name_gaps};
use segue_insight::failures::states_concern;
use segue_insight::report::{Report, ReportQuery, html, markdown};
use segue_insight::{Ledger, Query};
use segue_model::event::{Event, Version};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_model::turn::Author;
use segue_policy::Policy;
use segue_ports::Store;
use segue_ports::clock::Clock;
use segue_ports::log::LogPosition;
use segue_store_sqlite::SqliteStore;
use serde::Serialize;

use super::serve::SystemClock;
use super::traffic::instant;
use crate::lines;

/// How many entries are read at once.
const PAGE: u32 = 1_000;
/// After how many entries progress is told.
const TOLD_EVERY: u64 = 100_000;
/// How many conversations a concern is named from, and how many are shown.
const NAMED_FROM: usize = 200;
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
    #[arg(long, value_parser = instant)]
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
    let store = SqliteStore::open_beside(&arguments.data)
        .with_context(|| format!("cannot open the data in `{}`", arguments.data.display()))?;
    let store: Arc<dyn Store> = Arc::new(store);
    let Some(workspace) = store.workspaces().await?.into_iter().next() else {
        bail!("nobody has claimed this server yet: there is nothing to report");
    };
    let include_demo = workspace.is_demo || arguments.demo;
    let workspace = workspace.id;
    let policy = match store.active_policy(workspace).await? {
        None => Policy::builtin().clone(),
        Some(row) => Policy::parse(&row.text)
            .map_err(|_| anyhow::anyhow!("the policy in force cannot be read"))?,
    };
    let zone = Ruleset::new(policy)?.zone();
    let ledger = read(store.as_ref(), workspace).await?;
    let until = arguments.until.unwrap_or_else(|| SystemClock.now());
    let query = Query {
        zone: zone.clone(),
        shown_max: NAMED_FROM,
        ..Query::window(until, arguments.weeks * 7, include_demo)
    };
    let mut found = ledger.causes(&query);
    name(store.as_ref(), workspace, &mut found).await?;
    let asked = ReportQuery {
        until,
        zone,
        include_demo,
        shown_max: SHOWN,
    };
    let window = Window {
        weeks: found.weeks,
        conversations: found.conversations,
        handed_over: found.handed_over,
    };
    let report = ledger.report_with(&asked, found.causes);
    Ok(Told { window, report })
}

async fn read(store: &dyn Store, workspace: WorkspaceId) -> anyhow::Result<Ledger> {
    let mut ledger = Ledger::default();
    let mut after = LogPosition::default();
    let mut entries = 0_u64;
    loop {
        let page = store.tail(workspace, after, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        for (position, conversation, stored) in page {
            ledger.observe(conversation, &stored.entry, &stored.texts);
            after = position;
            entries += 1;
            if entries.is_multiple_of(TOLD_EVERY) {
                eprintln!("report: {entries} entries read");
            }
        }
        if is_last {
            return Ok(ledger);
        }
    }
}

/// Says in the customers' words what a gap is about; the ledger keeps no words.
async fn name(store: &dyn Store, workspace: WorkspaceId, found: &mut Causes) -> anyhow::Result<()> {
    for finding in &mut found.causes {
        let mut texts = Vec::new();
        for conversation in &finding.examples {
            if let Some(text) = concern(store, workspace, *conversation).await? {
                texts.push((*conversation, text));
            }
        }
        name_gaps(finding, &texts);
        finding.examples.truncate(SHOWN);
    }
    Ok(())
}

/// What the customer first said it is about.
async fn concern(
    store: &dyn Store,
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> anyhow::Result<Option<String>> {
    let entries = store
        .entries(workspace, conversation, Version(0), PAGE)
        .await?;
    for stored in entries {
        for event in &stored.entry.events {
            let Event::TurnAdded {
                author: Author::Customer,
                text,
                ..
            } = event
            else {
                continue;
            };
            let said = stored.texts.iter().find(|(at, _)| at == text);
            if let Some((_, said)) = said.filter(|(_, said)| states_concern(said)) {
                return Ok(Some(said.clone()));
            }
        }
    }
    Ok(None)
}
