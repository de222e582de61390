//! Every conversation of a data folder, one after the other.

use std::path::Path;

use anyhow::{Context, bail};
use segue_insight::open_data::Story;
use segue_model::event::{Entry, TextRef, Version};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::directory::Directory as _;
use segue_ports::log::{HeadFilter, Log as _};
use segue_store_sqlite::SqliteStore;

/// How many conversations or entries are read at once.
const PAGE: u32 = 1_000;
/// After how many conversations the progress is told.
const TOLD_EVERY: u64 = 10_000;

/// Which conversations, and how much of them.
pub(super) struct Wanted {
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) with_texts: bool,
}

impl Wanted {
    fn has(&self, began: Timestamp) -> bool {
        self.since.is_none_or(|since| began >= since)
            && self.until.is_none_or(|until| began < until)
    }
}

/// Hands every wanted conversation on. One that changes meanwhile is read as it is then;
/// each is whole.
pub(super) async fn each(
    folder: &Path,
    wanted: &Wanted,
    mut take: impl FnMut(&Story<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let store = SqliteStore::open_beside(folder)
        .with_context(|| format!("cannot open the data in `{}`", folder.display()))?;
    let workspaces = store.workspaces().await?;
    if workspaces.is_empty() {
        bail!("nobody has claimed this server yet: there are no conversations");
    }
    let mut told = 0;
    for workspace in workspaces {
        for conversation in conversations(&store, workspace.id, wanted).await? {
            let entries = entries(&store, workspace.id, conversation).await?;
            take(&Story {
                conversation,
                entries: &entries,
                with_texts: wanted.with_texts,
            })?;
            told += 1;
            if told % TOLD_EVERY == 0 {
                eprintln!("{told} conversations");
            }
        }
    }
    store.close().await;
    Ok(())
}

/// All first: a list by last change moves while conversations go on, and one that moved
/// past the reader would be missed or come twice.
async fn conversations(
    store: &SqliteStore,
    workspace: WorkspaceId,
    wanted: &Wanted,
) -> anyhow::Result<Vec<ConversationId>> {
    let mut found = std::collections::BTreeSet::new();
    let mut before = None;
    loop {
        let page = store
            .heads(workspace, HeadFilter::default(), before, PAGE)
            .await?;
        let is_last = page.len() < PAGE as usize;
        before = page.last().map(|row| (row.head.last_at, row.conversation));
        for row in page {
            if wanted.has(row.head.opened_at) {
                found.insert((row.head.opened_at, row.conversation));
            }
        }
        if is_last {
            return Ok(found
                .into_iter()
                .map(|(_, conversation)| conversation)
                .collect());
        }
    }
}

async fn entries(
    store: &SqliteStore,
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> anyhow::Result<Vec<(Entry, Vec<(TextRef, String)>)>> {
    let mut entries: Vec<(Entry, Vec<(TextRef, String)>)> = Vec::new();
    loop {
        let after = entries
            .last()
            .map_or(Version(0), |(entry, _)| entry.version);
        let page = store.entries(workspace, conversation, after, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        entries.extend(page.into_iter().map(|stored| (stored.entry, stored.texts)));
        if is_last {
            return Ok(entries);
        }
    }
}
