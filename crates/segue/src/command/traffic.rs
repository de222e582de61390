//! `segue traffic`: weeks of synthetic history for the demo's workspace, with causes planted
//! in it. The same seed again adds nothing.

mod company;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use futures_util::stream::{FuturesUnordered, StreamExt};
use segue_model::id::WorkspaceId;
use segue_model::time::Timestamp;
use segue_ports::clock::Clock;
use segue_ports::directory::Workspace;
use segue_service::history::Past;
use segue_service::{Options, Outside, Service};
use segue_store_sqlite::SqliteStore;
use segue_traffic::{Plan, Plant, Season, Told, Traffic};
use serde_json::json;

use segue_assist::KnowledgeBase;

use super::serve::SystemClock;
use crate::demo;

pub(super) use company::articles;

/// How many conversations are written at once, so that they share waits for the disk.
const AT_ONCE_MAX: usize = 64;
/// How often progress is shown.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);
/// What the program exits with when the data is not a demo's.
const REFUSED: u8 = 3;

/// Options of `segue traffic`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Writes DIR/traffic-SEED.json with what was planted and what else happened, for \
                        people who want to check what `segue report` finds; nothing reads it.\n\n\
                        A folder that is not there becomes a demo's, as `segue serve --demo` makes \
                        it. Exits 3 when the data is of a live workspace: synthetic history never \
                        goes there."
)]
pub struct Arguments {
    /// How many weeks, up to now.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=104))]
    weeks: u32,
    /// Where chance begins: the same seed tells the same.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A cause to plant; may be given several times.
    #[arg(long = "plant", value_enum, value_name = "CAUSE", num_args = 1..)]
    plants: Vec<Cause>,
    /// Conversations in an ordinary week.
    #[arg(long, default_value_t = 700, value_parser = clap::value_parser!(u32).range(10..=20_000))]
    per_week: u32,
    /// How strong what is planted is, from 0, the weakest that is ever drawn, to 1; drawn from
    /// the seed otherwise.
    #[arg(long, value_parser = strength)]
    strength: Option<f64>,
    /// The end of the last week, in RFC 3339; now otherwise.
    #[arg(long, value_parser = crate::lines::instant)]
    until: Option<Timestamp>,
    /// The data folder of a demo; made if it is not there.
    #[arg(long)]
    data: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
enum Cause {
    /// People ask for something that no article answers.
    KnowledgeGap,
    /// A tool of the assistant fails or does not answer.
    BrokenTool,
    /// A policy that asks for more certainty than right answers have.
    HighThreshold,
    /// An assistant that talks people out of a person.
    Gatekeeping,
}

impl From<Cause> for Plant {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::KnowledgeGap => Self::KnowledgeGap,
            Cause::BrokenTool => Self::BrokenTool,
            Cause::HighThreshold => Self::HighThreshold,
            Cause::Gatekeeping => Self::Gatekeeping,
        }
    }
}

fn strength(text: &str) -> Result<f64, String> {
    let strength: f64 = text.parse().map_err(|_| "a number".to_owned())?;
    match (0.0..=1.0).contains(&strength) {
        true => Ok(strength),
        false => Err("from 0 to 1".to_owned()),
    }
}

/// Makes the history and says what is in it.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(write(arguments))
}

#[derive(Debug, Default)]
struct Tally {
    added: u64,
    known: u64,
    entries: u64,
}

async fn write(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let service = Service::new(
        Arc::new(open(&arguments.data)?),
        Arc::new(SystemClock),
        Outside::default(),
        Options::default(),
    );
    let Some(workspace) = workspace(&service).await? else {
        eprintln!(
            "segue: `{}` is the data of a live workspace: synthetic history goes into a demo's only",
            arguments.data.display()
        );
        return Ok(ExitCode::from(REFUSED));
    };
    let until = arguments.until.unwrap_or_else(|| SystemClock.now());
    let plan = Plan {
        weeks: arguments.weeks,
        seed: arguments.seed,
        plants: arguments.plants.iter().map(|it| (*it).into()).collect(),
        strength: arguments.strength,
        per_week: arguments.per_week,
        until,
    };
    let company = company::of(&service, workspace, plan.seed).await?;
    let mut traffic = Traffic::new(&company, workspace, &plan)?;
    record(&arguments.data, traffic.season())?;
    let tally = tell(&service, workspace, &mut traffic).await?;
    // What withholds answers is in force, so that whoever finds it can mend it.
    if let Some(raised) = traffic.raised() {
        let policy = raised.policy().clone();
        service.activate_policy(workspace, policy, None).await?;
    }
    let season = traffic.season();
    let said = json!({
        "weeks": arguments.weeks,
        "seed": arguments.seed,
        "conversations": tally.added,
        "known_already": tally.known,
        "entries": tally.entries,
        "planted": season.planted,
        "happenings": season.happenings,
    });
    println!("{said:#}");
    Ok(ExitCode::SUCCESS)
}

/// Beside a server that runs, or alone; a new folder becomes a demo's.
fn open(folder: &Path) -> anyhow::Result<SqliteStore> {
    let opened = match SqliteStore::open_beside(folder) {
        Err(segue_store_sqlite::OpenError::Missing { .. }) => {
            SqliteStore::open(folder, segue_store_sqlite::Options::default())
        }
        opened => opened,
    };
    opened.with_context(|| format!("cannot open the data in `{}`", folder.display()))
}

/// The demo's workspace; `None` where there are others and none of a demo.
async fn workspace(service: &Service) -> anyhow::Result<Option<WorkspaceId>> {
    let known: Vec<Workspace> = service.store().workspaces().await?;
    if let Some(demo) = known.iter().find(|it| it.is_demo) {
        let articles = Arc::new(KnowledgeBase::of_articles(&demo::articles()?));
        service.open_quietly(demo.clone(), articles).await?;
        return Ok(Some(demo.id));
    }
    match known.is_empty() {
        true => {
            let articles = Arc::new(KnowledgeBase::of_articles(&demo::articles()?));
            Ok(Some(demo::bring(service, articles).await?))
        }
        false => Ok(None),
    }
}

/// What was planted, for people.
fn record(folder: &Path, season: &Season) -> anyhow::Result<()> {
    let path = folder.join(format!("traffic-{}.json", season.seed));
    let text = serde_json::to_string_pretty(season)?;
    std::fs::write(&path, text + "\n").with_context(|| format!("cannot write `{}`", path.display()))
}

async fn tell(
    service: &Service,
    workspace: WorkspaceId,
    traffic: &mut Traffic<'_>,
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let mut running = FuturesUnordered::new();
    let mut shown = Instant::now();
    loop {
        while running.len() < AT_ONCE_MAX {
            let Some(told) = traffic.next() else { break };
            let service = service.clone();
            running.push(tokio::spawn(async move {
                let entries = told.entries.len() as u64;
                let is_new = one(&service, workspace, told).await?;
                Ok::<_, anyhow::Error>((is_new, entries))
            }));
        }
        let Some(done) = running.next().await else {
            break;
        };
        let (is_new, entries) = done??;
        if is_new {
            tally.added += 1;
            tally.entries += entries;
        } else {
            tally.known += 1;
        }
        if shown.elapsed() >= PROGRESS_EVERY {
            shown = Instant::now();
            progress(&tally, traffic.ahead());
        }
    }
    progress(&tally, 0);
    Ok(tally)
}

fn progress(tally: &Tally, ahead: usize) {
    let done = tally.added + tally.known;
    let all = done + ahead as u64;
    // Progress that cannot be shown is no reason to stop.
    drop(writeln!(
        std::io::stderr(),
        "traffic: {done} of {all} conversations ({} %)",
        done * 100 / all.max(1)
    ));
}

/// One conversation; whether it was new.
async fn one(service: &Service, workspace: WorkspaceId, told: Told) -> anyhow::Result<bool> {
    if told.entries.is_empty() {
        bail!("a conversation without an entry");
    }
    let mut past = Past::new(service, workspace, told.id);
    for written in told.entries {
        let entry = written.entry;
        let is_new = past
            .write(entry.at, entry.actor, entry.events, written.texts)
            .await?;
        if !is_new {
            return Ok(false);
        }
    }
    Ok(true)
}
