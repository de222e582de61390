//! What another policy would have done with the conversations of the last days. Reading
//! and deciding them again takes as long as it takes, so it runs beside everything else
//! and says how far it is.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use segue_engine::Ruleset;
use segue_engine::what_if::{WhatIf, WhatIfReport};
use segue_model::event::{Origin, TextRef};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_ports::log::{HeadFilter, IdempotencyKey, StoredEntry};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::service::Service;

/// How many conversations are listed at a time.
const PAGE: u32 = 500;
/// How many read conversations wait for being decided.
const READ_AHEAD: usize = 16;
/// How many former versions are compiled, so that what the log says can be decided again.
const VERSIONS_MAX: u32 = 20;
/// How many answers are kept for those who asked; the oldest go.
const KEPT_MAX: usize = 32;
/// How many run at once in one process: each takes a core.
const RUNNING_MAX: usize = 2;

/// Which conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// Those that began in so many days until now.
    pub days: u32,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Whether conversations of files count.
    pub include_imported: bool,
}

/// A replay that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What to ask for it by.
    pub id: Uuid,
    /// Whether the same request asked for it before.
    pub is_replayed: bool,
}

/// How far a replay is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Conversations that were decided again.
    pub done: u64,
    /// Of so many; 0 while they are counted.
    pub total: u64,
    /// What came of it; `None` while it runs, the reason if it failed.
    pub outcome: Option<Result<Arc<WhatIfReport>, String>>,
}

/// One replay.
#[derive(Debug)]
struct Job {
    id: Uuid,
    workspace: WorkspaceId,
    by: AgentId,
    /// The request that asked for it, so that a retry finds it.
    asked_by: Option<IdempotencyKey>,
    done: AtomicU64,
    total: AtomicU64,
    outcome: OnceLock<Result<Arc<WhatIfReport>, String>>,
    stop: CancellationToken,
}

/// What came of asking.
enum Begun {
    Now(Arc<Job>),
    /// The same request asked for it before.
    Before(Uuid),
}

/// All replays that were asked for.
#[derive(Debug, Default)]
pub struct Replays {
    jobs: Mutex<Vec<Arc<Job>>>,
}

impl Replays {
    fn begin(
        &self,
        workspace: WorkspaceId,
        by: AgentId,
        asked_by: Option<IdempotencyKey>,
        stop: CancellationToken,
    ) -> Result<Begun, Failure> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |known: &IdempotencyKey, own: &IdempotencyKey| {
            known.caller == own.caller && known.key == own.key
        };
        let known = asked_by.as_ref().and_then(|own| {
            let mut all = jobs.iter().filter(|job| job.workspace == workspace);
            all.find(|job| {
                job.asked_by
                    .as_ref()
                    .is_some_and(|known| is_same(known, own))
            })
        });
        if let Some(job) = known {
            return match job.asked_by == asked_by {
                true => Ok(Begun::Before(job.id)),
                false => Err(Failure::KeyReused),
            };
        }
        // Whoever asks anew no longer waits for what they asked before.
        for own in jobs.iter().filter(|job| job.by == by) {
            own.stop.cancel();
        }
        let is_running = |job: &&Arc<Job>| job.outcome.get().is_none() && !job.stop.is_cancelled();
        if jobs.iter().filter(is_running).count() >= RUNNING_MAX {
            return Err(Failure::TooMany { retry_after_s: 5 });
        }
        let job = Arc::new(Job {
            id: Uuid::now_v7(),
            workspace,
            by,
            asked_by,
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            outcome: OnceLock::new(),
            stop,
        });
        if jobs.len() >= KEPT_MAX {
            jobs.remove(0);
        }
        jobs.push(Arc::clone(&job));
        Ok(Begun::Now(job))
    }

    fn find(&self, workspace: WorkspaceId, id: Uuid) -> Option<Arc<Job>> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let found = jobs
            .iter()
            .find(|job| job.id == id && job.workspace == workspace);
        found.cloned()
    }
}

/// A conversation that was read: its name and its entries.
type Read = (ConversationId, Vec<StoredEntry>);

impl Service {
    /// Begins to decide the conversations of the last days again, under the policy in force
    /// and under another one. Answers the name to ask for it by.
    ///
    /// # Errors
    /// [`Failure::TooMany`] while others' run, [`Failure::KeyReused`] if the caller's key was
    /// used for another one.
    pub fn ask_what_if(
        &self,
        desk: &Arc<Desk>,
        after: Ruleset,
        over: Over,
        caller: &Caller,
        by: AgentId,
    ) -> Result<Asked, Failure> {
        let workspace = desk.workspace.id;
        let stop = self.stopping().child_token();
        let asked_by = caller.idempotency.clone();
        let job = match self.replays().begin(workspace, by, asked_by, stop)? {
            Begun::Now(job) => job,
            Begun::Before(id) => {
                return Ok(Asked {
                    id,
                    is_replayed: true,
                });
            }
        };
        let id = job.id;
        let (service, desk) = (self.clone(), Arc::clone(desk));
        self.tasks().spawn(async move {
            let outcome = service.decide_again(&desk, after, over, &job).await;
            let told = match outcome {
                Ok(report) => Ok(Arc::new(report)),
                Err(failure) => Err(failure.to_string()),
            };
            drop(job.outcome.set(told));
        });
        Ok(Asked {
            id,
            is_replayed: false,
        })
    }

    /// How far a replay is.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is none of this name here, or no longer.
    pub fn what_if(&self, workspace: WorkspaceId, id: Uuid) -> Result<Progress, Failure> {
        let job = self.replays().find(workspace, id);
        let job = job.ok_or(Failure::Unknown("replay"))?;
        Ok(Progress {
            done: job.done.load(Ordering::Relaxed),
            total: job.total.load(Ordering::Relaxed),
            outcome: job.outcome.get().cloned(),
        })
    }

    async fn decide_again(
        &self,
        desk: &Desk,
        after: Ruleset,
        over: Over,
        job: &Arc<Job>,
    ) -> Result<WhatIfReport, Failure> {
        let workspace = desk.workspace.id;
        let from = self.now() - Span::hours(24 * u64::from(over.days));
        let wanted = self.begun_since(workspace, from, over, &job.stop).await?;
        job.total.store(wanted.len() as u64, Ordering::Relaxed);
        let before = desk.ruleset();
        let known = self.known_versions(workspace, &before).await?;
        let (read, mut to_decide) = mpsc::channel::<Read>(READ_AHEAD);
        let counted = Arc::clone(job);
        let decide = tokio::task::spawn_blocking(move || {
            let mut what_if = WhatIf::new(&before, &after)
                .in_zone(before.zone())
                .knowing(known.iter());
            while let Some((conversation, entries)) = to_decide.blocking_recv() {
                let parts: Vec<(_, &[(TextRef, String)])> = entries
                    .iter()
                    .map(|stored| (&stored.entry, stored.texts.as_slice()))
                    .collect();
                what_if.add_log(&conversation.to_string(), &parts);
                counted.done.fetch_add(1, Ordering::Relaxed);
            }
            what_if.report()
        });
        for conversation in wanted {
            if job.stop.is_cancelled() {
                break;
            }
            let entries = self.whole_log(workspace, conversation).await?;
            if read.send((conversation, entries)).await.is_err() {
                break;
            }
        }
        drop(read);
        let report = decide.await.map_err(|_| Failure::Busy)?;
        if job.stop.is_cancelled() {
            return Err(Failure::Invalid {
                field: "what_if",
                reason: "another one was asked for".to_owned(),
            });
        }
        Ok(report)
    }

    /// The conversations that began since then, the earliest last.
    async fn begun_since(
        &self,
        workspace: WorkspaceId,
        from: Timestamp,
        over: Over,
        stop: &CancellationToken,
    ) -> Result<Vec<ConversationId>, Failure> {
        let mut found = Vec::new();
        let mut before = None;
        while !stop.is_cancelled() {
            let filter = HeadFilter::default();
            let page = self.store().heads(workspace, filter, before, PAGE).await?;
            let Some(last) = page.last() else { break };
            // What was written to last before that began before it.
            let is_past = last.head.last_at < from;
            before = Some((last.head.last_at, last.conversation));
            let wanted = page.iter().filter(|row| {
                row.head.opened_at >= from
                    && match &row.head.origin {
                        Origin::Live => true,
                        Origin::Demo => over.include_demo,
                        Origin::Imported { .. } => over.include_imported,
                    }
            });
            found.extend(wanted.map(|row| row.conversation));
            if is_past {
                break;
            }
        }
        Ok(found)
    }

    /// The versions that the log may name besides the one in force.
    async fn known_versions(
        &self,
        workspace: WorkspaceId,
        before: &Ruleset,
    ) -> Result<Vec<Ruleset>, Failure> {
        let activations = self.store().activations(workspace, VERSIONS_MAX).await?;
        let mut seen: BTreeSet<_> = [before.policy().version().clone()].into();
        let mut known = Vec::new();
        for version in activations.into_iter().map(|row| row.version) {
            if !seen.insert(version.clone()) {
                continue;
            }
            let text = self.store().policy_text(workspace, version).await?;
            // One of an older program that can no longer be read is not known, which is told.
            known.extend(text.and_then(|text| Ruleset::parse(&text).ok()));
        }
        Ok(known)
    }
}
