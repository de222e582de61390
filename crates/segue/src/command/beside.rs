//! A workspace's data, opened by a command beside a running server or without one.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use segue_assist::KnowledgeBase;
use segue_service::{Desk, Options, Outside, Service};
use segue_store_sqlite::SqliteStore;

use super::serve::SystemClock;

/// The service over a folder and its workspace. Nothing runs, nobody is called, and the
/// figures are empty until they are read (`Service::read_figures`).
///
/// # Errors
/// If the folder is no server's data, or nobody has claimed that server yet.
pub async fn open(
    folder: &Path,
    knowledge: Arc<KnowledgeBase>,
) -> anyhow::Result<(Service, Arc<Desk>)> {
    let store = SqliteStore::open_beside(folder)
        .with_context(|| format!("cannot open the data in `{}`", folder.display()))?;
    let service = Service::new(
        Arc::new(store),
        Arc::new(SystemClock),
        Outside::default(),
        Options::default(),
    );
    let Some(workspace) = service.store().workspaces().await?.into_iter().next() else {
        bail!("nobody has claimed this server yet: open its console first");
    };
    let desk = service.open_quietly(workspace, knowledge).await?;
    Ok((service, desk))
}
