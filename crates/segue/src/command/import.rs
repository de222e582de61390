//! `segue import`: conversations of files, into a workspace, beside a running
//! server or without one. Importing twice adds nothing.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt};
use segue_model::id::WorkspaceId;
use segue_model::record::ConversationRecord;
use segue_service::Service;
use serde_json::Value;

use super::beside;
use super::serve::no_knowledge;
use crate::lines;

/// How many conversations are written at once, so that they share waits for the disk.
const AT_ONCE_MAX: usize = 64;
/// How often progress is shown.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);

/// Options of `segue import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
    /// Where the conversations come from; each file's own `source`, else its name, otherwise.
    #[arg(long)]
    source: Option<String>,
    /// Files of conversation lines, or folders of them; standard input otherwise.
    files: Vec<PathBuf>,
}

#[derive(Debug, Default)]
struct Tally {
    read: u64,
    added: u64,
    known: u64,
    turns: u64,
    escalations: u64,
}

/// Imports conversations.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let tally = runtime.block_on(import(arguments))?;
    println!(
        "{} conversations read: {} added, {} known already; {} customer turns judged, {} of them to a person",
        tally.read, tally.added, tally.known, tally.turns, tally.escalations
    );
    Ok(ExitCode::SUCCESS)
}

async fn import(arguments: Arguments) -> anyhow::Result<Tally> {
    let (service, desk) = beside::open(&arguments.data, no_knowledge()).await?;
    let id = desk.workspace.id;
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for path in &arguments.files {
        files.extend(
            lines::files(path, &[".jsonl", ".jsonl.gz", ".json"])?
                .into_iter()
                .map(Some),
        );
    }
    if arguments.files.is_empty() {
        files.push(None);
    }
    for file in files {
        let name = file
            .as_deref()
            .map_or_else(|| "input".to_owned(), file_name);
        let records = read(file.as_deref(), arguments.source.as_deref(), &name)?;
        write(&service, id, &name, records, &mut tally).await?;
    }
    Ok(tally)
}

fn file_name(path: &std::path::Path) -> String {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    name.split('.').next().unwrap_or_default().to_owned()
}

struct Recorded {
    record: ConversationRecord,
    source: String,
    labels: BTreeMap<String, String>,
}

fn read(
    file: Option<&std::path::Path>,
    source: Option<&str>,
    name: &str,
) -> anyhow::Result<Vec<Recorded>> {
    let mut records = Vec::new();
    lines::for_each(lines::open(file)?, |value: Value| {
        let labels = value.get("labels").map(labels).unwrap_or_default();
        let record: ConversationRecord =
            serde_json::from_value(value).map_err(|error| lines::InputError {
                line: records.len() as u64 + 1,
                reason: error.to_string(),
            })?;
        let source = source
            .or(record.source.as_deref())
            .unwrap_or(name)
            .to_owned();
        records.push(Recorded {
            record,
            source,
            labels,
        });
        Ok(())
    })?;
    Ok(records)
}

/// The longest value of a label that is kept, in characters; longer ones are texts.
const LABEL_CHARS_MAX: usize = 64;

/// Labels that say how it went: yes and no, numbers, short words.
fn labels(value: &Value) -> BTreeMap<String, String> {
    let Some(map) = value.as_object() else {
        return BTreeMap::new();
    };
    map.iter()
        .filter_map(|(name, value)| {
            let word = match value {
                Value::Bool(flag) => flag.to_string(),
                Value::Number(number) => number.to_string(),
                Value::String(text) => text.clone(),
                Value::Null | Value::Array(_) | Value::Object(_) => return None,
            };
            (word.chars().count() <= LABEL_CHARS_MAX).then(|| (name.clone(), word))
        })
        .collect()
}

async fn write(
    service: &Service,
    workspace: WorkspaceId,
    name: &str,
    records: Vec<Recorded>,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let total = records.len();
    let mut progress = Progress::new(name, total);
    let mut running = FuturesUnordered::new();
    let mut records = records.into_iter();
    loop {
        while running.len() < AT_ONCE_MAX {
            let Some(next) = records.next() else { break };
            let service = service.clone();
            running.push(tokio::spawn(async move {
                service
                    .import(workspace, &next.source, &next.record, next.labels)
                    .await
            }));
        }
        let Some(done) = running.next().await else {
            break;
        };
        let done = done??;
        tally.read += 1;
        tally.added += u64::from(done.is_new);
        tally.known += u64::from(!done.is_new);
        tally.turns += u64::from(done.verdicts);
        tally.escalations += u64::from(done.escalations);
        progress.step();
    }
    progress.end();
    Ok(())
}

/// Shows how far it is, on standard error.
struct Progress<'a> {
    name: &'a str,
    total: usize,
    done: usize,
    shown: Instant,
    is_terminal: bool,
}

impl<'a> Progress<'a> {
    fn new(name: &'a str, total: usize) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self {
            name,
            total,
            done: 0,
            shown: Instant::now(),
            is_terminal,
        }
    }

    fn step(&mut self) {
        self.done += 1;
        if self.shown.elapsed() >= PROGRESS_EVERY {
            self.shown = Instant::now();
            self.show(if self.is_terminal { "\r" } else { "\n" });
        }
    }

    fn show(&self, end: &str) {
        let share = self.done * 100 / self.total.max(1);
        let mut out = std::io::stderr();
        // Progress that cannot be shown is no reason to stop.
        drop(write!(
            out,
            "{}: {} of {} ({share} %){end}",
            self.name, self.done, self.total
        ));
        drop(out.flush());
    }

    fn end(&self) {
        self.show("\n");
    }
}
