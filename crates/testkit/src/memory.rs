use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use segue_model::event::{TextRef, Version};
use segue_model::id::{
    AgentId, ApiKeyId, ConversationId, CustomerId, EscalationId, PolicyVersion, ProposalId,
    TrialId, WorkspaceId,
};
use segue_model::time::Timestamp;
use segue_ports::directory::{
    Agent, ApiKey, AuditRow, Customer, Link, PresenceRow, SecretHash, Session, Visitor, Workspace,
};
use segue_ports::knowledge::KnowledgeVersion;
use segue_ports::log::{Head, StoredEntry};
use segue_ports::outbox::{OutboxId, OutboxRow};
use segue_ports::report::{Delivery, Schedule};
use segue_ports::rollout::{Activation, CasesRow, Proposal, Trial};
use segue_ports::settings::FirstAnswer;
use segue_ports::{Pending, StoreError};

mod append;
mod directory;
mod log;
mod outbox;
mod knowledge;
mod report;
mod rollout;
mod settings;

/// A store that forgets: all of the ports behind one lock, in sorted maps.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<State>,
}

type FirstEntry = (ConversationId, Version, [u8; 32]);
type Slots = BTreeMap<(WorkspaceId, AgentId), Vec<Option<EscalationId>>>;
type SettingRequests = BTreeMap<(WorkspaceId, String, String), (Timestamp, FirstAnswer)>;
type Agents = BTreeMap<(WorkspaceId, AgentId), Agent>;

#[derive(Debug, Default)]
struct State {
    streams: BTreeMap<(WorkspaceId, ConversationId), Stream>,
    /// Every entry's stream, in the order of the log; a position is an index plus one.
    order: Vec<(WorkspaceId, ConversationId, Version)>,
    keys: BTreeMap<(WorkspaceId, String, String), FirstEntry>,
    slots: Slots,
    outbox: BTreeMap<OutboxId, OutboxRow>,
    outbox_last: i64,
    workspaces: BTreeMap<WorkspaceId, Workspace>,
    agents: Agents,
    presences: BTreeMap<(WorkspaceId, AgentId), PresenceRow>,
    sessions: BTreeMap<SecretHash, Session>,
    links: BTreeMap<SecretHash, Link>,
    api_keys: BTreeMap<ApiKeyId, ApiKey>,
    visitors: BTreeMap<(WorkspaceId, String), Visitor>,
    customers: BTreeMap<(WorkspaceId, CustomerId), Customer>,
    policies: BTreeMap<(WorkspaceId, PolicyVersion), String>,
    activations: Vec<(WorkspaceId, Activation)>,
    cases: BTreeMap<WorkspaceId, CasesRow>,
    /// In the order in which they were written.
    knowledge: Vec<(WorkspaceId, KnowledgeVersion)>,
    schedules: BTreeMap<WorkspaceId, Schedule>,
    deliveries: BTreeMap<WorkspaceId, Delivery>,
    proposals: BTreeMap<(WorkspaceId, ProposalId), Proposal>,
    trials: BTreeMap<(WorkspaceId, TrialId), Trial>,
    audit: Vec<(WorkspaceId, AuditRow)>,
    setting_requests: SettingRequests,
    is_full: bool,
}

#[derive(Debug)]
struct Stream {
    head: Head,
    entries: Vec<StoredEntry>,
}

impl Stream {
    fn version(&self) -> Version {
        Version(u64::try_from(self.entries.len()).expect("a length fits"))
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Erases the texts of a conversation as an erasure would, leaving the events.
    pub fn erase_texts(&self, workspace: WorkspaceId, conversation: ConversationId) {
        if let Some(stream) = self.lock().streams.get_mut(&(workspace, conversation)) {
            for entry in &mut stream.entries {
                entry.texts = Vec::<(TextRef, String)>::new();
            }
        }
    }

    /// Lets the log be full, as a disk is, or have room again.
    pub fn set_full(&self, is_full: bool) {
        self.lock().is_full = is_full;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ready<'a, T: Send + 'a>(value: T) -> Pending<'a, T> {
    settled(Ok(value))
}

fn settled<'a, T: Send + 'a>(result: Result<T, StoreError>) -> Pending<'a, T> {
    Box::pin(std::future::ready(result))
}

fn limit(limit: u32) -> usize {
    usize::try_from(limit).expect("a limit fits")
}
