//! Copies under load, and the way back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use segue_model::event::Version;
use segue_model::id::WorkspaceId;
use segue_ports::log::{Log, LogPosition};
use segue_store_sqlite::{BackupError, OpenError, Options, SqliteStore, backup, restore};
use segue_testkit::TempFolder;
use segue_testkit::contract::commit;
use segue_testkit::sample::{NOON, conversation, opening, turn, workspace};

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, Options::default()).unwrap()
}

fn copy_in(folder: &TempFolder) -> PathBuf {
    folder.path().join("copy.db")
}

/// The log is whole up to one position: none missing, versions without gaps, texts there.
async fn check_prefix(store: &SqliteStore, ws: WorkspaceId) -> i64 {
    let mut versions = BTreeMap::new();
    let mut after = LogPosition(0);
    loop {
        let page = store.tail(ws, after, 500).await.unwrap();
        if page.is_empty() {
            break;
        }
        for (position, conv, stored) in page {
            assert_eq!(position.0, after.0 + 1);
            after = position;
            let last = versions.entry(conv).or_insert(Version(0));
            *last = last.next();
            assert_eq!(stored.entry.version, *last);
            assert_eq!(stored.texts.len(), 1);
        }
    }
    for (conv, version) in versions {
        assert_eq!(
            store.head(ws, conv).await.unwrap().unwrap().version,
            version
        );
    }
    after.0
}

/// A copy taken while eight write holds everything acknowledged before, and nothing in part.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_under_load_is_a_prefix_of_the_log() {
    let folder = TempFolder::new();
    let store = Arc::new(open(folder.path()));
    let ws = workspace();
    let stop = Arc::new(AtomicBool::new(false));
    let acknowledged = Arc::new(AtomicI64::new(0));
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (store, stop) = (Arc::clone(&store), Arc::clone(&stop));
            let acknowledged = Arc::clone(&acknowledged);
            tokio::spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let conv = conversation();
                    commit(&*store, opening(ws, conv, NOON)).await;
                    for version in 1..6 {
                        let position =
                            commit(&*store, turn(ws, conv, Version(version), NOON, "on")).await;
                        acknowledged.fetch_max(position.0, Ordering::SeqCst);
                    }
                }
            })
        })
        .collect();
    for round in 0..3 {
        while acknowledged.load(Ordering::SeqCst) < (round + 1) * 200 {
            tokio::task::yield_now().await;
        }
        let before = acknowledged.load(Ordering::SeqCst);
        let file = folder.path().join(format!("copy-{round}.db"));
        let copied = store.backup(&file).await.unwrap();
        let elsewhere = TempFolder::new();
        let restored = restore(&file, elsewhere.path(), false).unwrap();
        assert!(copied.position.0 >= before);
        assert_eq!(restored.position, copied.position);
        let copy = open(elsewhere.path());
        assert_eq!(check_prefix(&copy, ws).await, copied.position.0);
        copy.close().await;
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(check_prefix(&store, ws).await > 600);
}

/// A restore refuses to lose entries or to mix stores; forced, it does, and every
/// restore begins a generation that was never there before.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_refuses_to_lose_entries() {
    let folder = TempFolder::new();
    let file = copy_in(&folder);
    let ws = workspace();
    let store = open(folder.path());
    commit(&store, opening(ws, conversation(), NOON)).await;
    store.backup(&file).await.unwrap();
    assert!(matches!(
        store.backup(&file).await,
        Err(BackupError::Exists { .. })
    ));
    commit(&store, opening(ws, conversation(), NOON)).await;
    let running = restore(&file, folder.path(), true);
    assert!(matches!(
        running,
        Err(BackupError::Open(OpenError::InUse { .. }))
    ));
    let first = store.generation();
    store.close().await;

    let older = restore(&file, folder.path(), false);
    assert!(matches!(older, Err(BackupError::Older { .. })), "{older:?}");
    let store = open(folder.path());
    assert_eq!(
        check_prefix(&store, ws).await,
        2,
        "a refused restore changes nothing"
    );
    store.close().await;

    let restored = restore(&file, folder.path(), true).unwrap();
    assert_eq!(
        (restored.generation.number, restored.position),
        (first.number + 1, LogPosition(1))
    );
    let store = open(folder.path());
    assert_eq!(store.generation(), restored.generation);
    assert_eq!(check_prefix(&store, ws).await, 1);
    commit(&store, opening(ws, conversation(), NOON)).await;
    store.close().await;
    let again = restore(&file, folder.path(), false);
    assert!(
        matches!(again, Err(BackupError::Older { .. })),
        "an older generation is older"
    );

    let other = TempFolder::new();
    open(other.path()).close().await;
    assert!(matches!(
        restore(&file, other.path(), false),
        Err(BackupError::Foreign)
    ));
    restore(&file, other.path(), true).unwrap();
}

/// A damaged copy is found before anything is replaced; a copy can be taken
/// beside a running server by another process.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_copy_is_refused() {
    let folder = TempFolder::new();
    let file = copy_in(&folder);
    let ws = workspace();
    let store = open(folder.path());
    for _ in 0..200 {
        commit(&store, opening(ws, conversation(), NOON)).await;
    }
    assert_eq!(
        backup(folder.path(), &file).unwrap().position,
        LogPosition(200)
    );
    store.close().await;
    let mut bytes = std::fs::read(&file).unwrap();
    for byte in &mut bytes[8_192..40_960] {
        *byte = 0x5a;
    }
    std::fs::write(&file, bytes).unwrap();
    assert!(restore(&file, folder.path(), true).is_err());
    let store = open(folder.path());
    assert_eq!(check_prefix(&store, ws).await, 200);
    let missing = restore(&folder.path().join("none.db"), folder.path(), true);
    assert!(matches!(
        missing,
        Err(BackupError::Open(OpenError::Missing { .. }))
    ));
}

/// A file that says to be a copy and brings more than tables and indexes of ours,
/// others, or fewer, is refused before anything is replaced (S-28).
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_with_strange_parts_is_refused() {
    let folder = TempFolder::new();
    let ws = workspace();
    let store = open(folder.path());
    commit(&store, opening(ws, conversation(), NOON)).await;
    let strange = [
        "CREATE TRIGGER t AFTER UPDATE ON life BEGIN DELETE FROM entry; END",
        "CREATE VIEW v AS SELECT * FROM session",
        "CREATE TABLE more (a)",
        "CREATE INDEX more ON session (seen_at)",
        "DROP INDEX agent_email",
        "DROP INDEX agent_email; CREATE INDEX agent_email ON agent (workspace)",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 999",
        "PRAGMA application_id = 1",
    ];
    let elsewhere = TempFolder::new();
    for (number, sql) in strange.into_iter().enumerate() {
        let file = folder.path().join(format!("copy-{number}.db"));
        store.backup(&file).await.unwrap();
        let copy = rusqlite::Connection::open(&file).unwrap();
        copy.execute_batch(sql).unwrap();
        copy.close().unwrap();
        let refused = restore(&file, elsewhere.path(), true);
        assert!(matches!(refused, Err(BackupError::Open(_))), "{sql}");
        assert!(!elsewhere.path().join("segue.db").exists(), "{sql}");
    }
    let file = copy_in(&folder);
    store.backup(&file).await.unwrap();
    restore(&file, elsewhere.path(), false).unwrap();
}
