use std::cmp::Reverse;

use segue_model::fact::{FactValue, name};
use segue_model::id::{AgentId, ApiKeyId, CustomerId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::directory::{
    Agent, ApiKey, AuditRow, Created, Customer, Directory, Link, PresenceRow, SecretHash, Session,
    Visitor, Workspace,
};
use segue_ports::{Pending, StoreError, StoreErrorKind};

use super::append::fit_slots;
use super::{MemoryStore, State, limit, ready, settled};

impl State {
    fn has_email(&self, workspace: WorkspaceId, email: &str, but: AgentId) -> bool {
        self.agents
            .iter()
            .any(|((place, id), row)| *place == workspace && *id != but && row.email == email)
    }

    fn customer_by(
        &self,
        workspace: WorkspaceId,
        found: impl Fn(&Customer) -> bool,
    ) -> Option<CustomerId> {
        self.customers
            .iter()
            .find(|((place, _), row)| *place == workspace && found(row))
            .map(|((_, id), _)| *id)
    }

    /// Everybody of an account, the account itself first; then as they came.
    fn of_account(&self, workspace: WorkspaceId, account: &str) -> Vec<CustomerId> {
        let mut people: Vec<_> = self
            .customers
            .iter()
            .filter(|((place, _), row)| {
                *place == workspace && row.account_id.as_deref() == Some(account)
            })
            .map(|((_, id), row)| (row.email.is_some(), *id))
            .collect();
        people.sort();
        people.into_iter().map(|(_, id)| id).collect()
    }

    /// Who it is already. An address is one person's; an account may have several people,
    /// and a line without an address means the account itself or its only person.
    fn known_customer(&self, workspace: WorkspaceId, new: &Customer) -> Option<CustomerId> {
        let by_email = new
            .email
            .as_ref()
            .and_then(|email| self.customer_by(workspace, |row| row.email.as_ref() == Some(email)));
        by_email.or_else(|| {
            let people = self.of_account(workspace, new.account_id.as_deref()?);
            let first = *people.first()?;
            let is_only = new.email.is_none() && people.len() == 1;
            let has_address = self.customers.get(&(workspace, first))?.email.is_some();
            (is_only || !has_address).then_some(first)
        })
    }

    fn put_customer(&mut self, workspace: WorkspaceId, new: Customer) -> u64 {
        let Some(id) = self.known_customer(workspace, &new) else {
            self.customers.insert((workspace, new.id), new);
            return 1;
        };
        let row = self
            .customers
            .get_mut(&(workspace, id))
            .expect("it was just found");
        row.facts = new.facts;
        row.email = row.email.take().or(new.email);
        row.account_id = new.account_id.or(row.account_id.take());
        0
    }

    pub(super) fn create_agent(&mut self, workspace: WorkspaceId, agent: Agent) -> Created {
        let id = agent.id;
        if self.agents.contains_key(&(workspace, id)) || self.has_email(workspace, &agent.email, id)
        {
            return Created::Exists;
        }
        self.agents.insert((workspace, id), agent);
        let State { slots, agents, .. } = self;
        fit_slots(slots, agents, workspace);
        Created::Done
    }

    pub(super) fn update_agent(
        &mut self,
        workspace: WorkspaceId,
        agent: Agent,
    ) -> Result<bool, StoreError> {
        let id = agent.id;
        if !self.agents.contains_key(&(workspace, id)) {
            return Ok(false);
        }
        if self.has_email(workspace, &agent.email, id) {
            return Err(StoreError::bare(
                StoreErrorKind::Failed,
                "updating an agent",
            ));
        }
        self.agents.insert((workspace, id), agent);
        let State { slots, agents, .. } = self;
        fit_slots(slots, agents, workspace);
        Ok(true)
    }

    pub(super) fn end_sessions_of(&mut self, workspace: WorkspaceId, agent: AgentId) {
        self.sessions
            .retain(|_, row| row.workspace != workspace || row.agent != agent);
    }

    pub(super) fn revoke_api_key(
        &mut self,
        workspace: WorkspaceId,
        id: ApiKeyId,
        at: Timestamp,
    ) -> bool {
        let row = self.api_keys.get_mut(&id);
        let Some(row) = row.filter(|row| row.workspace == workspace) else {
            return false;
        };
        row.revoked_at.get_or_insert(at);
        true
    }

    pub(super) fn put_customers(
        &mut self,
        workspace: WorkspaceId,
        customers: Vec<Customer>,
    ) -> u64 {
        let new = customers
            .into_iter()
            .map(|new| self.put_customer(workspace, new));
        new.sum()
    }
}

/// The name under which a customer stands in a list.
fn list_name(customer: &Customer) -> String {
    match customer.facts.get(name::NAME) {
        Some(FactValue::Text(text)) => text.clone(),
        _ => customer
            .email
            .clone()
            .or_else(|| customer.account_id.clone())
            .unwrap_or_default(),
    }
}

impl Directory for MemoryStore {
    fn workspaces(&self) -> Pending<'_, Vec<Workspace>> {
        ready(self.lock().workspaces.values().cloned().collect())
    }

    fn create_workspace(&self, workspace: Workspace) -> Pending<'_, Created> {
        let mut state = self.lock();
        if state.workspaces.contains_key(&workspace.id) {
            return ready(Created::Exists);
        }
        state.workspaces.insert(workspace.id, workspace);
        ready(Created::Done)
    }

    fn agents(&self, workspace: WorkspaceId) -> Pending<'_, Vec<Agent>> {
        let state = self.lock();
        let rows = state
            .agents
            .iter()
            .filter(|((place, _), _)| *place == workspace);
        let mut rows: Vec<_> = rows.map(|(_, row)| row.clone()).collect();
        rows.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        ready(rows)
    }

    fn agent_by_email(&self, workspace: WorkspaceId, email: String) -> Pending<'_, Option<Agent>> {
        let state = self.lock();
        let found = state
            .agents
            .iter()
            .find(|((place, _), row)| *place == workspace && row.email == email);
        ready(found.map(|(_, row)| row.clone()))
    }

    fn create_agent(&self, workspace: WorkspaceId, agent: Agent) -> Pending<'_, Created> {
        ready(self.lock().create_agent(workspace, agent))
    }

    fn update_agent(&self, workspace: WorkspaceId, agent: Agent) -> Pending<'_, bool> {
        settled(self.lock().update_agent(workspace, agent))
    }

    fn presences(&self, workspace: WorkspaceId) -> Pending<'_, Vec<PresenceRow>> {
        let state = self.lock();
        let rows = state
            .presences
            .iter()
            .filter(|((place, _), _)| *place == workspace);
        ready(rows.map(|(_, row)| *row).collect())
    }

    fn set_presence(&self, workspace: WorkspaceId, row: PresenceRow) -> Pending<'_, ()> {
        self.lock().presences.insert((workspace, row.agent), row);
        ready(())
    }

    fn create_session(&self, session: Session) -> Pending<'_, ()> {
        self.lock().sessions.insert(session.hash, session);
        ready(())
    }

    fn session(&self, hash: SecretHash) -> Pending<'_, Option<Session>> {
        ready(self.lock().sessions.get(&hash).cloned())
    }

    fn touch_session(&self, hash: SecretHash, seen_at: Timestamp) -> Pending<'_, ()> {
        if let Some(session) = self.lock().sessions.get_mut(&hash) {
            session.seen_at = seen_at;
        }
        ready(())
    }

    fn end_session(&self, hash: SecretHash) -> Pending<'_, ()> {
        self.lock().sessions.remove(&hash);
        ready(())
    }

    fn end_sessions_of(&self, workspace: WorkspaceId, agent: AgentId) -> Pending<'_, ()> {
        self.lock().end_sessions_of(workspace, agent);
        ready(())
    }

    fn create_link(&self, link: Link) -> Pending<'_, ()> {
        self.lock().links.insert(link.hash, link);
        ready(())
    }

    fn take_link(&self, hash: SecretHash, now: Timestamp) -> Pending<'_, Option<Link>> {
        ready(
            self.lock()
                .links
                .remove(&hash)
                .filter(|link| link.expires_at > now),
        )
    }

    fn api_keys(&self, workspace: WorkspaceId) -> Pending<'_, Vec<ApiKey>> {
        let state = self.lock();
        let mut rows: Vec<_> = state
            .api_keys
            .values()
            .filter(|row| row.workspace == workspace)
            .cloned()
            .collect();
        rows.sort_by_key(|row| Reverse((row.created_at, row.id)));
        ready(rows)
    }

    fn create_api_key(&self, key: ApiKey) -> Pending<'_, ()> {
        self.lock().api_keys.insert(key.id, key);
        ready(())
    }

    fn api_key(&self, hash: SecretHash) -> Pending<'_, Option<ApiKey>> {
        ready(
            self.lock()
                .api_keys
                .values()
                .find(|row| row.hash == hash)
                .cloned(),
        )
    }

    fn revoke_api_key(
        &self,
        workspace: WorkspaceId,
        id: ApiKeyId,
        at: Timestamp,
    ) -> Pending<'_, bool> {
        ready(self.lock().revoke_api_key(workspace, id, at))
    }

    fn touch_api_key(&self, id: ApiKeyId, at: Timestamp) -> Pending<'_, ()> {
        if let Some(row) = self.lock().api_keys.get_mut(&id) {
            row.last_used_at = Some(at);
        }
        ready(())
    }

    fn put_visitor(&self, visitor: Visitor) -> Pending<'_, ()> {
        self.lock()
            .visitors
            .insert((visitor.workspace, visitor.id.clone()), visitor);
        ready(())
    }

    fn visitor(&self, hash: SecretHash) -> Pending<'_, Option<Visitor>> {
        ready(
            self.lock()
                .visitors
                .values()
                .find(|row| row.hash == hash)
                .cloned(),
        )
    }

    fn put_customers(&self, workspace: WorkspaceId, customers: Vec<Customer>) -> Pending<'_, u64> {
        ready(self.lock().put_customers(workspace, customers))
    }

    fn customer(&self, workspace: WorkspaceId, id: CustomerId) -> Pending<'_, Option<Customer>> {
        ready(self.lock().customers.get(&(workspace, id)).cloned())
    }

    fn find_customer(&self, workspace: WorkspaceId, key: String) -> Pending<'_, Option<Customer>> {
        let state = self.lock();
        let id = state
            .customer_by(workspace, |row| row.email.as_ref() == Some(&key))
            .or_else(|| state.of_account(workspace, &key).first().copied());
        ready(id.and_then(|id| state.customers.get(&(workspace, id)).cloned()))
    }

    fn customers(&self, workspace: WorkspaceId, count: u32) -> Pending<'_, Vec<Customer>> {
        let state = self.lock();
        let rows = state
            .customers
            .iter()
            .filter(|((place, _), _)| *place == workspace);
        let mut rows: Vec<_> = rows.map(|(_, row)| row.clone()).collect();
        rows.sort_by_key(|row| (list_name(row), row.id));
        rows.truncate(limit(count));
        ready(rows)
    }

    fn audit(&self, workspace: WorkspaceId, row: AuditRow) -> Pending<'_, ()> {
        self.lock().audit.push((workspace, row));
        ready(())
    }

    fn audit_rows(&self, workspace: WorkspaceId, count: u32) -> Pending<'_, Vec<AuditRow>> {
        let state = self.lock();
        let rows = state
            .audit
            .iter()
            .rev()
            .filter(|(place, _)| *place == workspace);
        ready(
            rows.take(limit(count))
                .map(|(_, row)| row.clone())
                .collect(),
        )
    }
}
