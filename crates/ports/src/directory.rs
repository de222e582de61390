//! People, keys, customers and policies of a workspace.

use std::collections::BTreeMap;

use segue_model::fact::FactValue;
use segue_model::id::{AgentId, ApiKeyId, CustomerId, QueueKey, SkillKey, WorkspaceId};
use segue_model::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Pending;

/// A SHA-256 of a secret; secrets themselves are never stored.
pub type SecretHash = [u8; 32];

/// One workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its identity.
    pub id: WorkspaceId,
    /// The company's name, as customers read it.
    pub name: String,
    /// Whether it is the demo.
    pub is_demo: bool,
    /// When it was claimed.
    pub created_at: Timestamp,
}

/// What a person may do; deny by default (S-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Owner,
    /// Everything but the owner's own matters.
    Admin,
    /// Sees queues, may reassign.
    Supervisor,
    /// Talks with customers.
    Agent,
    /// Reads figures; conversations redacted.
    Analyst,
}

/// One person who works in the console.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// Identity.
    pub id: AgentId,
    /// Sign-in name, folded to lower case; unique in the workspace.
    pub email: String,
    /// As customers read it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id in PHC form; absent until the invitation is used.
    pub password: Option<String>,
    /// What they can handle, with a level 1–5.
    pub skills: Vec<(SkillKey, u8)>,
    /// The queues they serve.
    pub queues: Vec<QueueKey>,
    /// How many conversations at once; that many slot rows.
    pub capacity: u32,
    /// Whether they may sign in.
    pub is_active: bool,
    /// Since when they are there.
    pub created_at: Timestamp,
}

/// Whether an agent can be offered work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Ready.
    Available,
    /// At the desk, no more work please.
    Busy,
    /// Not at the desk.
    Away,
    /// Signed out, or the lease has ended.
    Offline,
}

/// What an agent said of themselves, and until when that holds without a word (a lease).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresenceRow {
    /// Who.
    pub agent: AgentId,
    /// What they said.
    pub presence: Presence,
    /// Until when it holds; renewed by the live socket's ping.
    pub lease_until: Timestamp,
    /// Since when they have said so.
    pub since: Timestamp,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the cookie's value.
    pub hash: SecretHash,
    /// Where.
    pub workspace: WorkspaceId,
    /// Who.
    pub agent: AgentId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// What a single-use link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Signs in once.
    SignIn,
    /// Lets an invited person choose a password.
    Invitation,
    /// Claims a server that nobody owns yet.
    Setup,
}

/// A single-use secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Hash of the secret.
    pub hash: SecretHash,
    /// What for.
    pub purpose: LinkPurpose,
    /// Where; absent for [`LinkPurpose::Setup`].
    pub workspace: Option<WorkspaceId>,
    /// For whom; absent for [`LinkPurpose::Setup`].
    pub agent: Option<AgentId>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Append customer and assistant turns.
    #[serde(rename = "turn:write")]
    TurnWrite,
    /// Read conversations it opened or was granted.
    #[serde(rename = "conv:read")]
    ConversationRead,
    /// Ask for a person.
    #[serde(rename = "escalate")]
    Escalate,
    /// Propose drafts while a person reviews them, beside [`Self::TurnWrite`].
    #[serde(rename = "draft:write")]
    DraftWrite,
}

/// A program's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Identity.
    pub id: ApiKeyId,
    /// Where.
    pub workspace: WorkspaceId,
    /// As people call it.
    pub name: String,
    /// Hash of the secret.
    pub hash: SecretHash,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// A browser in front of the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// An unguessable name, never shown to others.
    pub id: String,
    /// Hash of its token.
    pub hash: SecretHash,
    /// Where.
    pub workspace: WorkspaceId,
    /// Who it is, once proved.
    pub customer: Option<CustomerId>,
    /// When the token ends.
    pub expires_at: Timestamp,
}

/// A customer as the workspace knows them: facts by e-mail or account id.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Identity.
    pub id: CustomerId,
    /// Folded to lower case.
    pub email: Option<String>,
    /// In the workspace's own system.
    pub account_id: Option<String>,
    /// What is known.
    pub facts: BTreeMap<String, FactValue>,
}

/// An action that only leaves a trace: who did what to whom, for the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// Who: an agent; nobody for the operator at the command line and for Segue itself.
    pub actor: Option<AgentId>,
    /// What, as a stable word: `agent.invited`.
    pub action: String,
    /// To what: an id, never content.
    pub subject: String,
}

/// What came of creating something with a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It is there now.
    Done,
    /// One of that name was there before; nothing changed.
    Exists,
}

/// Reads and writes people, keys and customers. Every query names the
/// workspace, except those that find it by a secret's hash.
pub trait Directory {
    /// All workspaces.
    fn workspaces(&self) -> Pending<'_, Vec<Workspace>>;
    /// Makes a workspace.
    fn create_workspace(&self, workspace: Workspace) -> Pending<'_, Created>;

    /// All agents of a workspace, by name.
    fn agents(&self, workspace: WorkspaceId) -> Pending<'_, Vec<Agent>>;
    /// One agent by sign-in name.
    fn agent_by_email(&self, workspace: WorkspaceId, email: String) -> Pending<'_, Option<Agent>>;
    /// Makes an agent and their slot rows; `Exists` if the e-mail is taken.
    fn create_agent(&self, workspace: WorkspaceId, agent: Agent) -> Pending<'_, Created>;
    /// Replaces an agent's row; adds or removes free slot rows to fit the capacity
    /// (taken ones stay until they are freed). Answers whether there was such an agent.
    ///
    /// # Errors
    /// `Failed` if another agent has the e-mail.
    fn update_agent(&self, workspace: WorkspaceId, agent: Agent) -> Pending<'_, bool>;

    /// Everybody's presence.
    fn presences(&self, workspace: WorkspaceId) -> Pending<'_, Vec<PresenceRow>>;
    /// Says or renews a presence.
    fn set_presence(&self, workspace: WorkspaceId, row: PresenceRow) -> Pending<'_, ()>;

    /// Keeps a session.
    fn create_session(&self, session: Session) -> Pending<'_, ()>;
    /// Finds a session by its hash, whether or not it has ended.
    fn session(&self, hash: SecretHash) -> Pending<'_, Option<Session>>;
    /// Notes that a session is in use.
    fn touch_session(&self, hash: SecretHash, seen_at: Timestamp) -> Pending<'_, ()>;
    /// Ends one session.
    fn end_session(&self, hash: SecretHash) -> Pending<'_, ()>;
    /// Ends all sessions of an agent.
    fn end_sessions_of(&self, workspace: WorkspaceId, agent: AgentId) -> Pending<'_, ()>;

    /// Keeps a single-use secret.
    fn create_link(&self, link: Link) -> Pending<'_, ()>;
    /// Takes a single-use secret: found once, never again, and only before its end.
    fn take_link(&self, hash: SecretHash, now: Timestamp) -> Pending<'_, Option<Link>>;

    /// All keys of a workspace, newest first.
    fn api_keys(&self, workspace: WorkspaceId) -> Pending<'_, Vec<ApiKey>>;
    /// Makes a key.
    fn create_api_key(&self, key: ApiKey) -> Pending<'_, ()>;
    /// Finds a key by its secret's hash, revoked or not.
    fn api_key(&self, hash: SecretHash) -> Pending<'_, Option<ApiKey>>;
    /// Takes a key back.
    fn revoke_api_key(
        &self,
        workspace: WorkspaceId,
        id: ApiKeyId,
        at: Timestamp,
    ) -> Pending<'_, bool>;
    /// Notes that a key is in use.
    fn touch_api_key(&self, id: ApiKeyId, at: Timestamp) -> Pending<'_, ()>;

    /// Keeps a visitor, replacing one of the same id.
    fn put_visitor(&self, visitor: Visitor) -> Pending<'_, ()>;
    /// Finds a visitor by the token's hash.
    fn visitor(&self, hash: SecretHash) -> Pending<'_, Option<Visitor>>;

    /// Puts customers by e-mail address, or by account id where they have none: known
    /// ones keep their id, and the new facts replace theirs. Several may share an account. Answers how many were new.
    fn put_customers(&self, workspace: WorkspaceId, customers: Vec<Customer>) -> Pending<'_, u64>;
    /// One customer.
    fn customer(&self, workspace: WorkspaceId, id: CustomerId) -> Pending<'_, Option<Customer>>;
    /// One customer by e-mail address, or by account id: the account itself where it is
    /// known without an address, else the first of its people.
    fn find_customer(&self, workspace: WorkspaceId, key: String) -> Pending<'_, Option<Customer>>;
    /// Customers by name, for a list; at most `limit`.
    fn customers(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Customer>>;

    /// Adds to the audit trail.
    fn audit(&self, workspace: WorkspaceId, row: AuditRow) -> Pending<'_, ()>;
    /// The audit trail, newest first.
    fn audit_rows(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<AuditRow>>;
}
