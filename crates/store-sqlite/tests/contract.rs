//! The SQLite store passes the contract.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use segue_model::id::{ConversationId, WorkspaceId};
use segue_store_sqlite::{Options, SqliteStore};
use segue_testkit::TempFolder;
use segue_testkit::contract::Subject;

struct Sqlite;

impl Subject for Sqlite {
    type Store = SqliteStore;
    type Keep = TempFolder;

    async fn open(&self) -> (SqliteStore, TempFolder) {
        let folder = TempFolder::new();
        (
            SqliteStore::open(folder.path(), Options::default()).unwrap(),
            folder,
        )
    }

    async fn erase_texts(
        &self,
        _store: &SqliteStore,
        folder: &TempFolder,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) {
        let file = folder.path().join("segue.db");
        let connection = rusqlite::Connection::open(file).unwrap();
        connection
            .execute(
                "DELETE FROM text WHERE position IN (
                     SELECT position FROM entry JOIN stream ON stream.id = entry.stream
                     WHERE workspace = ?1 AND conversation = ?2)",
                [workspace.uuid().as_bytes(), conversation.uuid().as_bytes()],
            )
            .unwrap();
    }
}

segue_testkit::contract_tests!(Sqlite);
