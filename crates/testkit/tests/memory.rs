//! The memory store passes the contract.

use segue_model::id::{ConversationId, WorkspaceId};
use segue_testkit::MemoryStore;
use segue_testkit::contract::Subject;

struct Memory;

impl Subject for Memory {
    type Store = MemoryStore;
    type Keep = ();

    async fn open(&self) -> (MemoryStore, ()) {
        (MemoryStore::new(), ())
    }

    async fn erase_texts(
        &self,
        store: &MemoryStore,
        _keep: &(),
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) {
        store.erase_texts(workspace, conversation);
    }
}

segue_testkit::contract_tests!(Memory);
