//! The log of conversations: one stream of entries each, appended under a
//! version, an epoch and an idempotency key that are checked in the same
//! transaction as the write (D1, D2, D4).

use segue_model::event::{Entry, Origin, TextRef, Version};
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, ConversationId, CustomerId, EscalationId, QueueKey, WorkspaceId};
use segue_model::time::Timestamp;

use crate::Pending;
use crate::outbox::{OutboxEffect, OutboxId};

/// The place of an entry among all entries of a store; greater is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LogPosition(pub i64);

/// One entry with the texts it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEntry {
    /// The entry.
    pub entry: Entry,
    /// The texts that came with it, by their reference; an erased text is missing.
    pub texts: Vec<(TextRef, String)>,
}

/// What lists, filters and timers need of a conversation, kept beside its stream.
/// Derived from the state by the writer of the entry, never edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The current epoch.
    pub epoch: Epoch,
    /// The holder's word: `assistant`, `review`, `queue`, `locked`, `agent`, `closed`.
    pub holder: &'static str,
    /// The queue, where one is concerned.
    pub queue: Option<QueueKey>,
    /// The agent, where one holds the floor.
    pub agent: Option<AgentId>,
    /// The customer, where known.
    pub customer: Option<CustomerId>,
    /// The visitor who opened it by the widget: at most one open conversation each (F15).
    pub visitor: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was last written to.
    pub last_at: Timestamp,
    /// The next instant at which something is due by itself; the durable timer.
    pub due_at: Option<Timestamp>,
    /// Whether supervisors should look.
    pub is_flagged: bool,
    /// Whether drafts wait for a person.
    pub has_drafts: bool,
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadRow {
    /// Which.
    pub conversation: ConversationId,
    /// Its version.
    pub version: Version,
    /// The rest.
    pub head: Head,
}

/// One write to one conversation: all of it or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which stream.
    pub conversation: ConversationId,
    /// The version the decision was made on; 0 if the stream must not exist yet.
    pub expected: Version,
    /// The epoch an utterance was made under; refused if the stored one differs.
    pub made_under: Option<Epoch>,
    /// The new entry; its version is `expected` + 1.
    pub entry: Entry,
    /// The texts it refers to.
    pub texts: Vec<(TextRef, String)>,
    /// The head afterwards.
    pub head: Head,
    /// The caller's key, so that a retry finds its first answer.
    pub idempotency: Option<IdempotencyKey>,
    /// Slots to take; the write is refused if one cannot be had.
    pub claims: Vec<SlotClaim>,
    /// Slots to free, by the escalation that held them, before any is taken.
    /// Freeing twice is no error.
    pub releases: Vec<SlotRelease>,
    /// Effects to do after the commit.
    pub outbox: Vec<OutboxEffect>,
    /// The effect that this write settles.
    pub settles: Option<OutboxId>,
}

/// A caller's key with what it was used for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey {
    /// Who uses it: keys of different callers never meet.
    pub caller: String,
    /// The key.
    pub key: String,
    /// A hash of the request; another one under the same key is refused.
    pub fingerprint: [u8; 32],
}

/// One unit of an agent's capacity. A capacity of N is N rows, so the store
/// itself refuses the N+1st (F8, I7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlotClaim {
    /// Whose.
    pub agent: AgentId,
    /// For what; one slot per agent and escalation: claiming again is no error.
    pub escalation: EscalationId,
    /// Whether the agent must be active and available, with a lease that ends
    /// after the entry's time. Off for a person who acts by themselves (take).
    pub must_be_available: bool,
}

/// Frees the slots that an escalation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlotRelease {
    /// Whose; `None` frees it with every agent.
    pub agent: Option<AgentId>,
    /// For what.
    pub escalation: EscalationId,
}

/// What came of an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is durable.
    Committed {
        /// Its place in the log.
        position: LogPosition,
    },
    /// The stream has moved on: load and decide again.
    Conflict {
        /// Where it is now.
        actual: Version,
    },
    /// The floor has moved on.
    StaleEpoch {
        /// The stored epoch.
        actual: Epoch,
    },
    /// This key was used for the same request: the first answer stands.
    Replayed {
        /// The conversation the first one wrote to.
        conversation: ConversationId,
        /// The entry it wrote.
        version: Version,
    },
    /// This key was used for another request.
    KeyReused,
    /// The agent has no free slot.
    NoFreeSlot {
        /// Who.
        agent: AgentId,
    },
    /// The agent is not available, or their lease has ended.
    NotAvailable {
        /// Who.
        agent: AgentId,
    },
    /// The visitor already has an open conversation.
    VisitorHasOpen {
        /// Which.
        conversation: ConversationId,
    },
}

/// Which conversations to list. Empty means all of the workspace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeadFilter {
    /// Only with these holders.
    pub holders: Vec<&'static str>,
    /// Only in these queues.
    pub queues: Vec<QueueKey>,
    /// Only held by this agent.
    pub agent: Option<AgentId>,
    /// Only of this customer.
    pub customer: Option<CustomerId>,
    /// Only of this visitor.
    pub visitor: Option<String>,
    /// Only those that supervisors should look at.
    pub only_flagged: bool,
    /// Only those with drafts.
    pub only_with_drafts: bool,
    /// Only from files, only live or demo; `None` for all.
    pub origin: Option<OriginFilter>,
}

/// A choice of origins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginFilter {
    /// Here and now.
    Live,
    /// The demo's history.
    Demo,
    /// From files.
    Imported,
}

/// Reads and appends conversations.
pub trait Log {
    /// Appends one entry. Durable when it answers `Committed`; any other answer
    /// wrote nothing. Checked in this order: key, version, epoch, visitor, slots.
    ///
    /// # Errors
    /// `Failed` if the entry's version is not `expected` + 1.
    fn append(&self, append: Append) -> Pending<'_, Appended>;

    /// The entries of one conversation after a version, in order, at most `limit`.
    /// Empty if there are none, or no such conversation in this workspace.
    fn entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: Version,
        limit: u32,
    ) -> Pending<'_, Vec<StoredEntry>>;

    /// The head of one conversation.
    fn head(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Pending<'_, Option<HeadRow>>;

    /// Conversations by last change, newest first; `before` is the last row's
    /// (`last_at`, id) of the page before.
    fn heads(
        &self,
        workspace: WorkspaceId,
        filter: HeadFilter,
        before: Option<(Timestamp, ConversationId)>,
        limit: u32,
    ) -> Pending<'_, Vec<HeadRow>>;

    /// Conversations in which something is due by `by`, earliest first, over all workspaces.
    fn due(
        &self,
        by: Timestamp,
        limit: u32,
    ) -> Pending<'_, Vec<(WorkspaceId, ConversationId, Timestamp)>>;

    /// The earliest instant at which anything is due.
    fn next_due(&self) -> Pending<'_, Option<Timestamp>>;

    /// The open conversation of a visitor.
    fn open_of_visitor(
        &self,
        workspace: WorkspaceId,
        visitor: String,
    ) -> Pending<'_, Option<ConversationId>>;

    /// The conversation that a key's first request wrote to, whatever its fingerprint.
    fn find_key(
        &self,
        workspace: WorkspaceId,
        caller: String,
        key: String,
    ) -> Pending<'_, Option<(ConversationId, Version, [u8; 32])>>;

    /// Entries of all conversations of a workspace after a position, in the
    /// order of the log, at most `limit`; for projections.
    fn tail(
        &self,
        workspace: WorkspaceId,
        after: LogPosition,
        limit: u32,
    ) -> Pending<'_, Vec<(LogPosition, ConversationId, StoredEntry)>>;

    /// The last position of the log, of whichever workspace; 0 while it is empty.
    fn end(&self) -> Pending<'_, LogPosition>;

    /// How many slots each agent has taken, and for which escalations.
    fn slots(&self, workspace: WorkspaceId) -> Pending<'_, Vec<(AgentId, Option<EscalationId>)>>;

    /// How the log is doing.
    fn log_stats(&self) -> LogStats;
}

/// Counters since the store was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogStats {
    /// Appends that became durable.
    pub appends: u64,
    /// Transactions that made them so; each is one wait for the disk.
    pub commits: u64,
    /// Whether the disk was found full, and no room was seen since (F29).
    pub is_full: bool,
}
