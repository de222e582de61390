//! The life of a store: opened, shared, closed, opened again; and who is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use segue_model::event::Version;
use segue_model::turn::TurnNumber;
use segue_ports::StoreErrorKind;
use segue_ports::directory::{Created, Directory};
use segue_ports::log::{Append, Appended, Log, LogPosition};
use segue_ports::outbox::{Outbox, OutboxEffect};
use segue_store_sqlite::{OpenError, Options, SqliteStore};
use segue_testkit::TempFolder;
use segue_testkit::contract::commit;
use segue_testkit::sample::{NOON, agent, conversation, key, opening, turn, workspace};

const ASK: OutboxEffect = OutboxEffect::AskAssistant {
    turn: TurnNumber(1),
    is_widened: false,
};

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, Options::default()).unwrap()
}

/// Everything acknowledged is there after the store was closed and opened, and
/// numbers go on where they were.
#[tokio::test(flavor = "multi_thread")]
async fn a_reopened_store_goes_on() {
    let folder = TempFolder::new();
    let (ws, conv) = (workspace(), conversation());
    let store = open(folder.path());
    let generation = store.generation();
    let first = Append {
        idempotency: Some(key("bot", "k1", 1)),
        outbox: vec![ASK],
        ..opening(ws, conv, NOON)
    };
    let first_position = commit(&store, first).await;
    let effect = store.outbox_due(NOON, 10).await.unwrap()[0].id;
    store.outbox_settle(effect).await.unwrap();
    store.close().await;
    store.close().await;

    let store = open(folder.path());
    assert_eq!(store.generation(), generation);
    let retry = Append {
        idempotency: Some(key("bot", "k1", 1)),
        ..opening(ws, conversation(), NOON)
    };
    let replayed = Appended::Replayed {
        conversation: conv,
        version: Version(1),
    };
    assert_eq!(store.append(retry).await.unwrap(), replayed);
    let second = Append {
        outbox: vec![ASK],
        ..turn(ws, conv, Version(1), NOON, "two")
    };
    assert!(commit(&store, second).await > first_position);
    assert!(store.outbox_due(NOON, 10).await.unwrap()[0].id > effect);
    assert_eq!(store.tail(ws, LogPosition(0), 10).await.unwrap().len(), 2);
}

/// A closed store answers that it is closed.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_store_says_so() {
    let folder = TempFolder::new();
    let store = open(folder.path());
    store.close().await;
    let (ws, conv) = (workspace(), conversation());
    let refused = store.append(opening(ws, conv, NOON)).await.unwrap_err();
    assert_eq!(refused.kind, StoreErrorKind::Closed);
    assert_eq!(
        store.head(ws, conv).await.unwrap_err().kind,
        StoreErrorKind::Closed
    );
    assert!(
        !folder.path().join("segue.db-wal").exists(),
        "the log was brought in"
    );
}

/// Two servers never share a folder; after the first has ended the second gets in.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_is_refused() {
    let folder = TempFolder::new();
    let first = open(folder.path());
    let second = SqliteStore::open(folder.path(), Options::default());
    assert!(matches!(second, Err(OpenError::InUse { .. })));
    first.close().await;
    open(folder.path()).close().await;
}

/// A command line beside a running server: each sees the other's writes at once,
/// also where the server remembers what it wrote last.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_write_in_turn() {
    let folder = TempFolder::new();
    let server = open(folder.path());
    let (ws, conv) = (workspace(), conversation());
    commit(&server, opening(ws, conv, NOON)).await;
    let beside = SqliteStore::open_beside(folder.path()).unwrap();
    assert_eq!(
        beside.create_agent(ws, agent("Mia", 2)).await.unwrap(),
        Created::Done
    );
    assert_eq!(server.agents(ws).await.unwrap().len(), 1);
    let taken = server.create_agent(ws, agent("Mia", 2)).await.unwrap();
    assert_eq!(taken, Created::Exists);

    let theirs = Append {
        idempotency: Some(key("bot", "k1", 1)),
        ..turn(ws, conv, Version(1), NOON, "b")
    };
    commit(&beside, theirs.clone()).await;
    let late = turn(ws, conv, Version(1), NOON, "late");
    let conflict = Appended::Conflict { actual: Version(2) };
    assert_eq!(server.append(late).await.unwrap(), conflict);
    let replayed = Appended::Replayed {
        conversation: conv,
        version: Version(2),
    };
    assert_eq!(server.append(theirs).await.unwrap(), replayed);
    for version in (2..40).step_by(2) {
        commit(&server, turn(ws, conv, Version(version), NOON, "server")).await;
        commit(
            &beside,
            turn(ws, conv, Version(version + 1), NOON, "beside"),
        )
        .await;
    }
    beside.close().await;
    commit(&server, turn(ws, conv, Version(40), NOON, "on")).await;
    assert_eq!(
        server.tail(ws, LogPosition(0), 100).await.unwrap().len(),
        41
    );
}

/// Many waiting appends share a wait for the disk.
#[tokio::test(flavor = "multi_thread")]
async fn waiting_appends_share_commits() {
    let folder = TempFolder::new();
    let store = Arc::new(open(folder.path()));
    let ws = workspace();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let conv = conversation();
                commit(&*store, opening(ws, conv, NOON)).await;
                for version in 1..8 {
                    commit(&*store, turn(ws, conv, Version(version), NOON, "on")).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let stats = store.log_stats();
    assert_eq!(stats.appends, 64 * 8);
    assert!(stats.commits * 4 <= stats.appends, "{stats:?}");
}

fn refused(folder: &Path) -> OpenError {
    SqliteStore::open(folder, Options::default()).unwrap_err()
}

/// Files of the future, of others and of nobody are refused and left as they are.
#[tokio::test(flavor = "multi_thread")]
async fn other_files_are_refused() {
    let folder = TempFolder::new();
    open(folder.path()).close().await;
    let file = folder.path().join("segue.db");
    let set = |sql: &str| {
        rusqlite::Connection::open(&file)
            .unwrap()
            .execute_batch(sql)
            .unwrap()
    };
    set("PRAGMA user_version = 99");
    assert!(matches!(
        refused(folder.path()),
        OpenError::Newer { found: 99, .. }
    ));
    set("PRAGMA user_version = 1; PRAGMA application_id = 7");
    assert!(matches!(refused(folder.path()), OpenError::NotAStore));

    let empty = TempFolder::new();
    let beside = SqliteStore::open_beside(empty.path());
    assert!(matches!(beside, Err(OpenError::Missing { .. })));
    std::fs::write(
        empty.path().join("segue.db"),
        "not a database, but long enough".repeat(40),
    )
    .unwrap();
    assert!(matches!(refused(empty.path()), OpenError::Sql(_)));
}

/// Only the owner can read what people wrote.
#[tokio::test(flavor = "multi_thread")]
async fn files_are_private() {
    let outer = TempFolder::new();
    let folder = outer.path().join("new/data");
    let store = open(&folder);
    commit(&store, opening(workspace(), conversation(), NOON)).await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in ["segue.db", "segue.db-wal", "segue.db-shm", "segue.lock"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    store.backup(&outer.path().join("copy.db")).await.unwrap();
    assert_eq!(mode(&outer.path().join("copy.db")), 0o600);
}
