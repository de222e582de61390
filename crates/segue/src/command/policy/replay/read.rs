//! Reads conversations in parts, replays each part on all cores, and puts the parts
//! together in their order.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use segue_engine::Ruleset;
use segue_engine::what_if::{WhatIf, WhatIfReport};
use segue_model::event::{Entry, Event, Origin, TextRef, Version};
use segue_model::id::{ConversationId, PolicyVersion, WorkspaceId};
use segue_model::record::ConversationRecord;
use segue_model::time::{Span, Timestamp};
use segue_policy::Policy;
use segue_ports::Store;
use segue_ports::clock::Clock;
use segue_ports::log::{HeadFilter, HeadRow, StoredEntry};
use segue_store_sqlite::SqliteStore;

use super::{Arguments, Pair};
use crate::command::serve::SystemClock;
use crate::lines;

/// How many conversations are replayed together.
const PART: usize = 512;
/// How many heads or entries are read at once.
const PAGE: u32 = 512;
/// From when on, and how often, progress is shown: on a terminal, and elsewhere.
const PROGRESS_EVERY: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(5)];

/// What came of it.
pub struct Replayed {
    pub report: WhatIfReport,
    /// What the person who asked may want to know besides.
    pub hint: Option<String>,
}

/// Replays a file of conversation lines.
pub fn file(path: &Path, pair: &Pair) -> anyhow::Result<Replayed> {
    let mut whole = WhatIf::new(&pair.before, &pair.after);
    let mut progress = Progress::new(None);
    let mut part: Vec<ConversationRecord> = Vec::with_capacity(PART);
    let mut flush = |part: &mut Vec<ConversationRecord>| {
        whole.merge(side_by_side(pair, &[], part, |what_if, record| {
            what_if.add_record(record)
        }));
        progress.done(part.len());
        part.clear();
    };
    lines::for_each(lines::open(Some(path))?, |record: ConversationRecord| {
        part.push(record);
        if part.len() == PART {
            flush(&mut part);
        }
        Ok(())
    })?;
    flush(&mut part);
    Ok(Replayed {
        report: whole.report(),
        hint: None,
    })
}

/// Splits a part among the cores.
fn side_by_side<'p, T: Sync>(
    pair: &'p Pair,
    known: &[Arc<Ruleset>],
    part: &[T],
    add: impl Fn(&mut WhatIf<'_>, &T) + Sync,
) -> WhatIf<'p> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let size = part.len().div_ceil(cores).max(1);
    let mut whole = WhatIf::new(&pair.before, &pair.after);
    let one = |share: &[T]| {
        let mut what_if =
            WhatIf::new(&pair.before, &pair.after).knowing(known.iter().map(|it| &**it));
        share.iter().for_each(|item| add(&mut what_if, item));
        what_if
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = part
            .chunks(size)
            .map(|share| scope.spawn(|| one(share)))
            .collect();
        for one in running {
            match one.join() {
                Ok(what_if) => whole.merge(what_if),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    whole
}

/// Replays what is in a data folder. It only reads; a server may go on writing.
pub fn log(
    arguments: &Arguments,
    base: Option<Policy>,
    after: Arc<Ruleset>,
) -> anyhow::Result<Replayed> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(Reader::open(arguments)?.replay(arguments, base, after))
}

struct Reader {
    store: Arc<dyn Store>,
    /// Other versions that the log names, `None` for one whose text is not there.
    versions: HashMap<PolicyVersion, Option<Arc<Ruleset>>>,
}

impl Reader {
    fn open(arguments: &Arguments) -> anyhow::Result<Self> {
        let folder = &arguments.against;
        let store = SqliteStore::open_beside(folder)
            .with_context(|| format!("cannot open the data in `{}`", folder.display()))?;
        Ok(Self {
            store: Arc::new(store),
            versions: HashMap::new(),
        })
    }

    async fn replay(
        mut self,
        arguments: &Arguments,
        base: Option<Policy>,
        after: Arc<Ruleset>,
    ) -> anyhow::Result<Replayed> {
        let Some(workspace) = self.store.workspaces().await?.into_iter().next() else {
            bail!("nobody has claimed this server yet: there are no conversations");
        };
        let workspace = workspace.id;
        let base = match base {
            Some(policy) => policy,
            None => self.in_force(workspace).await?,
        };
        let pair = Pair {
            before: Arc::new(Ruleset::new(base)?),
            after,
        };
        let (wanted, left_out) = self.conversations(workspace, arguments).await?;
        let mut progress = Progress::new(Some(wanted.len()));
        let mut whole = WhatIf::new(&pair.before, &pair.after);
        for part in wanted.chunks(PART) {
            let mut read = Vec::with_capacity(part.len());
            for conversation in part {
                let entries = self.entries(workspace, *conversation).await?;
                self.learn_versions(workspace, &entries, &pair).await?;
                read.push((conversation.to_string(), entries));
            }
            let known: Vec<_> = self.versions.values().flatten().cloned().collect();
            whole.merge(side_by_side(
                &pair,
                &known,
                &read,
                |what_if, (name, entries)| {
                    let entries: Vec<(&Entry, &[(TextRef, String)])> = entries
                        .iter()
                        .map(|stored| (&stored.entry, stored.texts.as_slice()))
                        .collect();
                    what_if.add_log(name, &entries);
                },
            ));
            progress.done(part.len());
        }
        Ok(Replayed {
            report: whole.report(),
            hint: left_out.hint(whole.conversations()),
        })
    }

    async fn in_force(&self, workspace: WorkspaceId) -> anyhow::Result<Policy> {
        let Some(row) = self.store.active_policy(workspace).await? else {
            return Ok(Policy::builtin().clone());
        };
        Policy::parse(&row.text).map_err(|_| {
            anyhow::anyhow!(
                "the policy in force, `{}`, cannot be read",
                row.activation.version.0
            )
        })
    }

    /// The conversations that count, oldest first, and how many do not.
    async fn conversations(
        &self,
        workspace: WorkspaceId,
        arguments: &Arguments,
    ) -> anyhow::Result<(Vec<ConversationId>, LeftOut)> {
        let now = SystemClock.now();
        let from = arguments.days.map_or(Timestamp(i64::MIN), |days| {
            now - Span::hours(24 * u64::from(days))
        });
        let mut wanted: Vec<(Timestamp, ConversationId)> = Vec::new();
        let mut left_out = LeftOut::default();
        let mut before: Option<(Timestamp, ConversationId)> = None;
        loop {
            let filter = HeadFilter::default();
            let page = self.store.heads(workspace, filter, before, PAGE).await?;
            let Some(last) = page.last() else { break };
            before = Some((last.head.last_at, last.conversation));
            for HeadRow {
                conversation, head, ..
            } in page
            {
                let is_wanted = match head.origin {
                    Origin::Live => true,
                    Origin::Demo => arguments.demo || left_out.demo(),
                    Origin::Imported { .. } => arguments.imported || left_out.imported(),
                };
                if is_wanted && head.opened_at > from {
                    wanted.push((head.opened_at, conversation));
                }
            }
        }
        wanted.sort_unstable();
        let wanted = wanted.into_iter().map(|(_, conversation)| conversation);
        Ok((wanted.collect(), left_out))
    }

    async fn entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> anyhow::Result<Vec<StoredEntry>> {
        let mut entries: Vec<StoredEntry> = Vec::new();
        loop {
            let after = entries.last().map_or(Version(0), |last| last.entry.version);
            let page = self
                .store
                .entries(workspace, conversation, after, PAGE)
                .await?;
            let is_last = page.len() < PAGE as usize;
            entries.extend(page);
            if is_last {
                return Ok(entries);
            }
        }
    }

    /// Compiles the versions that these entries name, each once.
    async fn learn_versions(
        &mut self,
        workspace: WorkspaceId,
        entries: &[StoredEntry],
        pair: &Pair,
    ) -> anyhow::Result<()> {
        let named = entries.iter().flat_map(|stored| &stored.entry.events);
        for event in named {
            let Event::VerdictReached { verdict, .. } = event else {
                continue;
            };
            let version = &verdict.trace.policy;
            let is_known = [&pair.before, &pair.after]
                .iter()
                .any(|rules| rules.policy().version() == version);
            if is_known || self.versions.contains_key(version) {
                continue;
            }
            let text = self.store.policy_text(workspace, version.clone()).await?;
            // A version that today's program cannot read any more is as good as lost; the
            // report says how many verdicts name it.
            let rules = text.and_then(|text| Ruleset::parse(&text).ok());
            self.versions.insert(version.clone(), rules.map(Arc::new));
        }
        Ok(())
    }
}

/// Conversations that nobody asked for.
#[derive(Debug, Default)]
struct LeftOut {
    demo: u64,
    imported: u64,
}

impl LeftOut {
    fn demo(&mut self) -> bool {
        self.demo += 1;
        false
    }

    fn imported(&mut self) -> bool {
        self.imported += 1;
        false
    }

    /// Where next to nothing was replayed, what could have been.
    fn hint(&self, replayed: u64) -> Option<String> {
        if replayed > 0 || self.demo + self.imported == 0 {
            return None;
        }
        Some(format!(
            "no conversation has taken place here yet; --demo adds {} of the demo, --imported {} from files",
            self.demo, self.imported
        ))
    }
}

/// Shows how far it has come, once it takes longer than one would wait without a word.
struct Progress {
    total: Option<usize>,
    done: usize,
    told: Instant,
    has_told: bool,
    is_terminal: bool,
}

impl Progress {
    fn new(total: Option<usize>) -> Self {
        Self {
            total,
            done: 0,
            told: Instant::now(),
            has_told: false,
            is_terminal: std::io::stderr().is_terminal(),
        }
    }

    fn done(&mut self, more: usize) {
        self.done += more;
        let [on_terminal, elsewhere] = PROGRESS_EVERY;
        let every = if self.is_terminal {
            on_terminal
        } else {
            elsewhere
        };
        if self.told.elapsed() < every {
            return;
        }
        self.told = Instant::now();
        self.has_told = true;
        let of = self
            .total
            .map_or_else(String::new, |total| format!(" of {total}"));
        let (begin, end) = if self.is_terminal {
            ("\r", "")
        } else {
            ("", "\n")
        };
        let mut err = std::io::stderr();
        // Progress that cannot be shown is no reason to stop.
        drop(write!(
            err,
            "{begin}{}{of} conversations replayed{end}",
            self.done
        ));
        drop(err.flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.has_told && self.is_terminal {
            eprint!("\r\u{1b}[K");
        }
    }
}
