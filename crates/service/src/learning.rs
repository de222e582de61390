//! What the assistant fails at and what was done about it: clusters of failures, proposed
//! articles, and what a publication has changed.
//!
//! Which conversations are failures is read off the ledger; their words come from the
//! log and are kept at hand by version. Clusters are found over half a year, so that a
//! cluster has one name whatever window is looked at.

pub(crate) mod concern;
mod proposal;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use segue_insight::failures::{
    Cluster, Effect, FAILURES_MAX, Failed, Failure as Failing, Seed, WrapUps, cluster, effect,
    is_broken,
};
use segue_model::event::Version;
use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use segue_ports::knowledge::{KnowledgeVersion, VersionKind};

use crate::desk::Desk;
use crate::failure::Failure;
use crate::service::Service;

pub use proposal::{Checked, Edit, Proposed};

/// How far back clusters are looked for: what keeps their names the same.
const HISTORY: Span = Span::hours(182 * 24);
/// How many fixes are followed.
const FIXES_MAX: u32 = 200;
/// What was found stands for so many times as long as it took to find it, so that at most
/// a twentieth of a core goes there however often somebody asks.
const STANDS_FOR: u32 = 20;
/// Fewer failures in half a year than this make no cluster that a fix is expected for.
const EXPECTED_MIN: usize = 5;

/// What the assistant fails at, found at one moment.
#[derive(Debug)]
pub struct Found {
    /// When.
    pub at: Timestamp,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// All clusters of half a year, what costs most first.
    pub clusters: Vec<Cluster>,
    /// How many failures are like no other.
    pub single: u32,
    /// How many have no words to compare them by.
    pub wordless: u32,
    /// What was published against failures, newest first.
    pub fixes: Vec<KnowledgeVersion>,
    /// When conversations with the assistant began, oldest first.
    assisted: Vec<Timestamp>,
}

/// What was looked up, to be used again.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    texts: HashMap<ConversationId, (Version, String)>,
    found: BTreeMap<bool, (Arc<Found>, u64, std::time::Instant, std::time::Duration)>,
}

impl Memory {
    /// What was found no longer stands; the words do.
    pub(crate) fn forget(&mut self) {
        self.found.clear();
    }
}

/// How well the loop is kept up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoopHealth {
    /// Handoffs of the window that were dealt with, and those with a reason.
    pub wrap_ups: WrapUps,
    /// The median time from the first failure of a cluster to its fix, in seconds; those
    /// without one count for as long as they have been open. `None` where fewer than half
    /// have one.
    pub to_publish_s: Option<f64>,
    /// How many clusters that count are open or fixed.
    pub clusters: u32,
    /// How many have a fix.
    pub fixed: u32,
    /// How many come again and again without one.
    pub broken: u32,
}

impl Found {
    /// The clusters of the last days, what costs most first; each with its fix, if any.
    pub fn within(&self, from: Timestamp) -> Vec<Cluster> {
        let mut found: Vec<Cluster> = self
            .clusters
            .iter()
            .map(|it| it.within(from, Timestamp(self.at.0 + 1)))
            .filter(|it| !it.members.is_empty())
            .collect();
        found.sort_by(|a, b| {
            let key = |it: &Cluster| (it.lost_ms(), it.members.len());
            key(b).cmp(&key(a)).then(a.id.cmp(&b.id))
        });
        found
    }

    /// A cluster by its name.
    pub fn cluster(&self, id: ConversationId) -> Option<&Cluster> {
        self.clusters.iter().find(|it| it.id == id)
    }

    /// What was published against a cluster, newest first.
    pub fn fixes_of(&self, id: ConversationId) -> impl Iterator<Item = &KnowledgeVersion> {
        let is_of =
            move |row: &&KnowledgeVersion| row.fix.as_ref().is_some_and(|fix| fix.cluster == id);
        self.fixes.iter().filter(is_of)
    }

    /// What the latest publication against a cluster has changed until now.
    pub fn effect_of(&self, cluster: &Cluster) -> Option<Effect> {
        let used = |row: &&KnowledgeVersion| row.kind != VersionKind::Withdrawn;
        // Later versions mend the first one: its day is when the cluster began to be answered.
        let first = self.fixes_of(cluster.id).filter(used).last()?;
        Some(effect(cluster, first.at, &self.assisted, self.at))
    }

    /// Whether a cluster comes again and again and nobody has done anything.
    pub fn is_broken(&self, cluster: &Cluster) -> bool {
        self.fixes_of(cluster.id).next().is_none() && is_broken(cluster, self.at)
    }

    /// How well the loop is kept up.
    pub fn health(&self, wrap_ups: WrapUps) -> LoopHealth {
        let counted = |it: &&Cluster| it.members.len() >= EXPECTED_MIN;
        let expected: Vec<&Cluster> = self.clusters.iter().filter(counted).collect();
        let mut fixed = 0;
        let mut spans = Vec::new();
        for cluster in &expected {
            let fix = self.fixes_of(cluster.id).last();
            fixed += u32::from(fix.is_some());
            let until = fix.map_or(self.at, |row| row.at);
            spans.push((until.since(cluster.first_at()), fix.is_some()));
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let broken = expected.iter().filter(|it| self.is_broken(it)).count();
        LoopHealth {
            wrap_ups,
            to_publish_s: segue_insight::failures::median_s(&spans),
            clusters: count(expected.len()),
            fixed,
            broken: count(broken),
        }
    }
}

impl Service {
    /// What the assistant fails at.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn failures(&self, desk: &Desk, include_demo: bool) -> Result<Arc<Found>, Failure> {
        let seen = desk.figures_seen();
        if let Some((found, at, when, took)) = memory(desk).found.get(&include_demo) {
            let is_fresh = *at == seen || when.elapsed() < *took * STANDS_FOR;
            // Another day is another window, whether or not anything happened.
            let is_today = self.now().since(found.at) < Span::hours(1);
            if is_fresh && is_today {
                return Ok(Arc::clone(found));
            }
        }
        let _turn = desk.learning_turn().await;
        let begun = std::time::Instant::now();
        let found = Arc::new(self.find_failures(desk, include_demo).await?);
        let kept = (Arc::clone(&found), seen, begun, begun.elapsed());
        memory(desk).found.insert(include_demo, kept);
        Ok(found)
    }

    async fn find_failures(&self, desk: &Desk, include_demo: bool) -> Result<Found, Failure> {
        let now = self.now();
        let (from, until) = (now - HISTORY, Timestamp(now.0 + 1));
        let (mut failed, assisted) = {
            let ledger = desk.ledger();
            let failed = ledger.failed(from, until, include_demo);
            (failed, ledger.assisted(from, until, include_demo))
        };
        failed.drain(..failed.len().saturating_sub(FAILURES_MAX));
        let mut failing = Vec::with_capacity(failed.len());
        for one in &failed {
            failing.push(self.in_words(desk, one).await?);
        }
        let fixes = self.store().fixes(desk.workspace.id, FIXES_MAX).await?;
        let mut seeds: Vec<Seed> = Vec::new();
        for fix in fixes.iter().rev().filter_map(|row| row.fix.as_ref()) {
            if !seeds.iter().any(|seed| seed.id == fix.cluster) {
                seeds.push(Seed {
                    id: fix.cluster,
                    texts: fix.questions.clone(),
                });
            }
        }
        let work = tokio::task::spawn_blocking(move || cluster(&failing, &seeds, from, until));
        let mut found = work.await.map_err(|_| Failure::Busy)?;
        for cluster in &mut found.list {
            // A cluster goes by the name under which something was published against it.
            let named = fixes.iter().filter_map(|row| row.fix.as_ref());
            if let Some(fix) = named.rev().find(|fix| fix.cluster == cluster.id) {
                cluster.name.clone_from(&fix.name);
            }
        }
        Ok(Found {
            at: now,
            include_demo,
            clusters: found.list,
            single: found.single,
            wordless: found.wordless,
            fixes,
            assisted,
        })
    }

    /// How well the loop is kept up in the last days.
    ///
    /// # Errors
    /// When the store fails.
    pub fn loop_health(&self, desk: &Desk, found: &Found, from: Timestamp) -> LoopHealth {
        let until = Timestamp(found.at.0 + 1);
        let wrap_ups = desk.ledger().wrap_ups(from, until, found.include_demo);
        found.health(wrap_ups)
    }

    async fn in_words(&self, desk: &Desk, failed: &Failed) -> Result<Failing, Failure> {
        let of = failed.conversation;
        let known = memory(desk)
            .texts
            .get(&of)
            .filter(|(version, _)| *version == failed.version)
            .map(|(_, text)| text.clone());
        let text = match known {
            Some(text) => text,
            None => {
                let entries = self.whole_log(desk.workspace.id, of).await?;
                let text = concern::concern_of(&entries);
                let kept = (failed.version, text.clone());
                memory(desk).texts.insert(of, kept);
                text
            }
        };
        Ok(Failing {
            conversation: of,
            at: failed.at,
            text,
            root_cause: failed.root_cause,
            trigger: failed.trigger,
            topic: None,
            agent_ms: failed.agent_ms,
            wait_ms: failed.wait_ms,
        })
    }
}

fn memory(desk: &Desk) -> MutexGuard<'_, Memory> {
    let memory: &Mutex<Memory> = desk.learning();
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}
