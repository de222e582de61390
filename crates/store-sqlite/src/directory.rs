//! People, keys and customers as the port asks for them.

use segue_model::id::{AgentId, ApiKeyId, CustomerId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::Pending;
use segue_ports::directory::{
    Agent, ApiKey, AuditRow, Created, Customer, Directory, Link, PresenceRow, SecretHash, Session,
    Visitor, Workspace,
};
use segue_ports::settings::{FirstAnswer, SettingWrite, SettingWritten, Settings};

use crate::store::SqliteStore;

mod access;
mod agents;
mod audit;
mod customers;
mod settings;

impl Directory for SqliteStore {
    fn workspaces(&self) -> Pending<'_, Vec<Workspace>> {
        self.read("listing workspaces", agents::workspaces)
    }

    fn create_workspace(&self, workspace: Workspace) -> Pending<'_, Created> {
        self.write("creating a workspace", move |c| {
            agents::create_workspace(c, &workspace)
        })
    }

    fn agents(&self, workspace: WorkspaceId) -> Pending<'_, Vec<Agent>> {
        self.read("listing agents", move |c| agents::list(c, workspace))
    }

    fn agent_by_email(&self, workspace: WorkspaceId, email: String) -> Pending<'_, Option<Agent>> {
        self.read("finding an agent", move |c| {
            agents::by_email(c, workspace, &email)
        })
    }

    fn create_agent(&self, workspace: WorkspaceId, agent: Agent) -> Pending<'_, Created> {
        self.write("creating an agent", move |c| {
            agents::create(c, workspace, &agent)
        })
    }

    fn update_agent(&self, workspace: WorkspaceId, agent: Agent) -> Pending<'_, bool> {
        self.write("updating an agent", move |c| {
            agents::update(c, workspace, &agent)
        })
    }

    fn presences(&self, workspace: WorkspaceId) -> Pending<'_, Vec<PresenceRow>> {
        self.read("reading presences", move |c| {
            agents::presences(c, workspace)
        })
    }

    fn set_presence(&self, workspace: WorkspaceId, row: PresenceRow) -> Pending<'_, ()> {
        self.write("setting a presence", move |c| {
            agents::set_presence(c, workspace, &row)
        })
    }

    fn create_session(&self, session: Session) -> Pending<'_, ()> {
        self.write("creating a session", move |c| {
            access::create_session(c, &session)
        })
    }

    fn session(&self, hash: SecretHash) -> Pending<'_, Option<Session>> {
        self.read("finding a session", move |c| access::session(c, &hash))
    }

    fn touch_session(&self, hash: SecretHash, seen_at: Timestamp) -> Pending<'_, ()> {
        self.write("touching a session", move |c| {
            access::touch_session(c, &hash, seen_at)
        })
    }

    fn end_session(&self, hash: SecretHash) -> Pending<'_, ()> {
        self.write("ending a session", move |c| access::end_session(c, &hash))
    }

    fn end_sessions_of(&self, workspace: WorkspaceId, agent: AgentId) -> Pending<'_, ()> {
        self.write("ending sessions", move |c| {
            access::end_sessions_of(c, workspace, agent)
        })
    }

    fn create_link(&self, link: Link) -> Pending<'_, ()> {
        self.write("creating a link", move |c| access::create_link(c, &link))
    }

    fn take_link(&self, hash: SecretHash, now: Timestamp) -> Pending<'_, Option<Link>> {
        self.write("taking a link", move |c| access::take_link(c, &hash, now))
    }

    fn api_keys(&self, workspace: WorkspaceId) -> Pending<'_, Vec<ApiKey>> {
        self.read("listing keys", move |c| access::api_keys(c, workspace))
    }

    fn create_api_key(&self, key: ApiKey) -> Pending<'_, ()> {
        self.write("creating a key", move |c| access::create_api_key(c, &key))
    }

    fn api_key(&self, hash: SecretHash) -> Pending<'_, Option<ApiKey>> {
        self.read("finding a key", move |c| access::api_key(c, &hash))
    }

    fn revoke_api_key(
        &self,
        workspace: WorkspaceId,
        id: ApiKeyId,
        at: Timestamp,
    ) -> Pending<'_, bool> {
        self.write("revoking a key", move |c| {
            access::revoke_api_key(c, workspace, id, at)
        })
    }

    fn touch_api_key(&self, id: ApiKeyId, at: Timestamp) -> Pending<'_, ()> {
        self.write("touching a key", move |c| access::touch_api_key(c, id, at))
    }

    fn put_visitor(&self, visitor: Visitor) -> Pending<'_, ()> {
        self.write("keeping a visitor", move |c| {
            access::put_visitor(c, &visitor)
        })
    }

    fn visitor(&self, hash: SecretHash) -> Pending<'_, Option<Visitor>> {
        self.read("finding a visitor", move |c| access::visitor(c, &hash))
    }

    fn put_customers(&self, workspace: WorkspaceId, customers: Vec<Customer>) -> Pending<'_, u64> {
        self.write("keeping customers", move |c| {
            customers::put(c, workspace, &customers)
        })
    }

    fn customer(&self, workspace: WorkspaceId, id: CustomerId) -> Pending<'_, Option<Customer>> {
        self.read("reading a customer", move |c| {
            customers::one(c, workspace, id)
        })
    }

    fn find_customer(&self, workspace: WorkspaceId, key: String) -> Pending<'_, Option<Customer>> {
        self.read("finding a customer", move |c| {
            customers::find(c, workspace, &key)
        })
    }

    fn customers(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<Customer>> {
        self.read("listing customers", move |c| {
            customers::list(c, workspace, limit)
        })
    }

    fn audit(&self, workspace: WorkspaceId, row: AuditRow) -> Pending<'_, ()> {
        self.write("writing the audit trail", move |c| {
            audit::add(c, workspace, &row)
        })
    }

    fn audit_rows(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<AuditRow>> {
        self.read("reading the audit trail", move |c| {
            audit::list(c, workspace, limit)
        })
    }
}

impl Settings for SqliteStore {
    fn write_setting(&self, write: SettingWrite) -> Pending<'_, SettingWritten> {
        self.write("changing settings", move |c| settings::write(c, &write))
    }

    fn find_setting(
        &self,
        workspace: WorkspaceId,
        caller: String,
        key: String,
    ) -> Pending<'_, Option<FirstAnswer>> {
        self.read("finding a request", move |c| {
            settings::find(c, workspace, &caller, &key)
        })
    }
}
