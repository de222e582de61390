//! Agents and customers: inviting, changing, importing facts.

use segue_model::fact::{FactValue, name};
use segue_model::id::{CustomerId, WorkspaceId};
use segue_model::limits::SHORT_TEXT_BYTES_MAX;
use segue_model::words::is_blank;
use segue_ports::directory::{Agent, Customer, LinkPurpose, Role};
use segue_ports::settings::SettingChange;
use uuid::Uuid;

use super::access;
use super::settings::{Act, Settled};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

/// How many conversations an agent holds at once unless told otherwise.
pub const CAPACITY_OTHERWISE: u32 = 3;
/// How many at most.
pub const CAPACITY_MAX: u32 = 20;
/// What a name has to be.
pub const NAME_NEEDED: &str = "1 to 512 bytes without control characters are needed";

/// Whether a person or a company may be called so.
pub fn is_name(text: &str) -> bool {
    !is_blank(text) && text.len() <= SHORT_TEXT_BYTES_MAX && !text.contains(char::is_control)
}

/// The longest CSV file, in bytes.
pub const CSV_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most rows of a CSV file.
pub const CSV_ROWS_MAX: usize = 50_000;

/// The longest e-mail address, in bytes (RFC 5321).
pub const EMAIL_BYTES_MAX: usize = 254;
/// The longest name of a column, in bytes.
const COLUMN_BYTES_MAX: usize = 64;
/// Facts that name somebody, and so are words whatever they look like.
const NAMES: &[&str] = &[
    name::NAME,
    name::EMAIL,
    name::ACCOUNT_ID,
    name::ACCOUNT_MANAGER,
    name::DEPUTY,
    "company",
];

/// What came of an import of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportedCustomers {
    /// Rows that were read.
    pub read: u64,
    /// Customers that were new.
    pub created: u64,
}

impl Service {
    /// Invites an agent; answers the secret of the invitation's link.
    ///
    /// # Errors
    /// When `by` may not give that role, a value is not allowed, or the name is taken.
    pub async fn invite(
        &self,
        caller: &Caller,
        by: &Agent,
        mut agent: Agent,
        answer: impl FnOnce(&Agent) -> String,
    ) -> Result<Settled<(Agent, String)>, Failure> {
        if !access::may_grant(by, agent.role) {
            return Err(Failure::Forbidden("give this role"));
        }
        let workspace = caller.workspace;
        agent.email = agent.email.trim().to_lowercase();
        self.check_agent(workspace, &agent)?;
        let (invitation, link) = self.fresh_link(workspace, agent.id, LinkPurpose::Invitation);
        let act = Act {
            change: SettingChange::CreateAgent {
                agent: agent.clone(),
                invitation,
            },
            action: "agent.invited",
            subject: agent.id.to_string(),
        };
        let settled = self.settle_act(caller, act, answer(&agent)).await?;
        self.read_agents(workspace).await?;
        Ok(settled.map(|_| (agent, link)))
    }

    /// Changes an agent. Losing the right to sign in ends their sessions.
    ///
    /// # Errors
    /// When `by` may not, a value is not allowed, or it is the last owner.
    pub async fn change_agent(
        &self,
        caller: &Caller,
        by: &Agent,
        changed: Agent,
        answer: impl FnOnce(&Agent) -> String,
    ) -> Result<Settled<Agent>, Failure> {
        let workspace = caller.workspace;
        let desk = self.desk(workspace)?;
        let before = desk.agent(changed.id).ok_or(Failure::Unknown("agent"))?;
        if !access::may_grant(by, before.role) || !access::may_grant(by, changed.role) {
            return Err(Failure::Forbidden("change this agent"));
        }
        self.check_agent(workspace, &changed)?;
        let is_owner = |agent: &Agent| agent.role == Role::Owner && agent.is_active;
        let other_owners = desk
            .agents()
            .iter()
            .filter(|agent| is_owner(agent) && agent.id != changed.id)
            .count();
        if is_owner(&before) && !is_owner(&changed) && other_owners == 0 {
            let reason = "a workspace keeps at least one owner".to_owned();
            return Err(Failure::Invalid {
                field: "role",
                reason,
            });
        }
        let act = Act {
            change: SettingChange::UpdateAgent {
                agent: changed.clone(),
                ends_sessions: !changed.is_active || changed.role != before.role,
            },
            action: "agent.changed",
            subject: changed.id.to_string(),
        };
        let settled = self.settle_act(caller, act, answer(&changed)).await?;
        self.read_agents(workspace).await?;
        Ok(settled.map(|_| changed))
    }

    pub(crate) async fn replace_agent(
        &self,
        workspace: WorkspaceId,
        agent: Agent,
    ) -> Result<(), Failure> {
        if !self.store().update_agent(workspace, agent).await? {
            return Err(Failure::Unknown("agent"));
        }
        self.read_agents(workspace).await
    }

    pub(crate) async fn read_agents(&self, workspace: WorkspaceId) -> Result<(), Failure> {
        let agents = self.store().agents(workspace).await?;
        self.desk(workspace)?.set_agents(agents);
        Ok(())
    }

    fn check_agent(&self, workspace: WorkspaceId, agent: &Agent) -> Result<(), Failure> {
        let refuse = |field, reason: &str| {
            Err(Failure::Invalid {
                field,
                reason: reason.to_owned(),
            })
        };
        if !is_name(&agent.name) {
            return refuse("name", NAME_NEEDED);
        }
        if !is_address(&agent.email) {
            return refuse("email", "an e-mail address is needed");
        }
        if agent.capacity == 0 || agent.capacity > CAPACITY_MAX {
            return refuse("capacity", "between 1 and 20 conversations at once");
        }
        if agent
            .skills
            .iter()
            .any(|(_, level)| !(1..=5).contains(level))
        {
            return refuse("skills", "a level between 1 and 5");
        }
        let rules = self.desk(workspace)?.ruleset();
        match agent
            .queues
            .iter()
            .find(|queue| rules.policy().queue(queue).is_none())
        {
            Some(unknown) => refuse("queues", &format!("there is no queue `{unknown}`")),
            None => Ok(()),
        }
    }

    /// Reads facts about customers from a CSV file with a header; each row needs
    /// an `email` or an `account_id`, the other columns are facts by name.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with the line; then nothing of the file is kept.
    pub async fn import_customers(
        &self,
        workspace: WorkspaceId,
        text: &str,
    ) -> Result<ImportedCustomers, Failure> {
        let customers = read_customers(text)?;
        let read = customers.len() as u64;
        let created = self.store().put_customers(workspace, customers).await?;
        Ok(ImportedCustomers { read, created })
    }

    /// The same for somebody who asks for it.
    ///
    /// # Errors
    /// As above.
    pub async fn import_customers_for(
        &self,
        caller: &Caller,
        text: &str,
        answer: impl FnOnce(u64) -> String,
    ) -> Result<Settled<ImportedCustomers>, Failure> {
        let customers = read_customers(text)?;
        let read = customers.len() as u64;
        let act = Act {
            change: SettingChange::PutCustomers(customers),
            action: "customers.imported",
            subject: format!("{read} rows"),
        };
        let settled = self.settle_act(caller, act, answer(read)).await?;
        Ok(settled.map(|created| ImportedCustomers { read, created }))
    }
}

fn invalid(line: u64, reason: impl std::fmt::Display) -> Failure {
    Failure::Invalid {
        field: "csv",
        reason: format!("line {line}: {reason}"),
    }
}

fn read_customers(text: &str) -> Result<Vec<Customer>, Failure> {
    if text.len() > CSV_BYTES_MAX {
        return Err(invalid(
            1,
            format!("a file has at most {CSV_BYTES_MAX} bytes"),
        ));
    }
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| invalid(1, error))?.clone();
    let has = |name: &str| header.iter().any(|column| column == name);
    check_columns(&header)?;
    if !has("email") && !has("account_id") {
        return Err(invalid(1, "a column `email` or `account_id` is needed"));
    }
    let mut customers = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            invalid(line, error)
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        if customers.len() == CSV_ROWS_MAX {
            return Err(invalid(
                line,
                format!("a file has at most {CSV_ROWS_MAX} rows"),
            ));
        }
        customers.push(customer(&header, &row, line)?);
    }
    Ok(customers)
}

/// A column is a fact's name; of two with one name, which one counts?
fn check_columns(header: &csv::StringRecord) -> Result<(), Failure> {
    let mut known = std::collections::BTreeSet::new();
    for column in header {
        if column.is_empty() || column.len() > COLUMN_BYTES_MAX || column.contains(char::is_control)
        {
            let reason = format!(
                "the name of a column has 1 to {COLUMN_BYTES_MAX} bytes without control characters"
            );
            return Err(invalid(1, reason));
        }
        if !known.insert(column) {
            return Err(invalid(1, format!("there are two columns `{column}`")));
        }
    }
    Ok(())
}

fn customer(
    header: &csv::StringRecord,
    row: &csv::StringRecord,
    line: u64,
) -> Result<Customer, Failure> {
    let mut customer = Customer {
        id: CustomerId::new(Uuid::now_v7()),
        email: None,
        account_id: None,
        facts: std::collections::BTreeMap::new(),
    };
    for (name, value) in header
        .iter()
        .zip(row)
        .filter(|(_, value)| !value.is_empty())
    {
        if value.len() > SHORT_TEXT_BYTES_MAX || value.contains(char::is_control) {
            let reason = format!("1 to {SHORT_TEXT_BYTES_MAX} bytes without control characters");
            return Err(invalid(line, reason));
        }
        match name {
            "email" => customer.email = Some(value.to_lowercase()),
            "account_id" => customer.account_id = Some(value.to_owned()),
            _ => {}
        }
        customer.facts.insert(name.to_owned(), fact(name, value));
    }
    if customer.email.is_none() && customer.account_id.is_none() {
        return Err(invalid(line, "an `email` or an `account_id` is needed"));
    }
    Ok(customer)
}

fn fact(name: &str, value: &str) -> FactValue {
    match value {
        // Who somebody is stays words: there are people whose name is `No` or `Nan`.
        _ if NAMES.contains(&name) => FactValue::Text(value.to_owned()),
        "true" | "yes" => FactValue::Flag(true),
        "false" | "no" => FactValue::Flag(false),
        // Identifiers stay words, however numeric they look.
        _ if name.ends_with("id") => FactValue::Text(value.to_owned()),
        // `nan` and `inf` parse as well, but no number of JSON can carry them.
        _ => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => FactValue::Number(number),
            _ => FactValue::Text(value.to_owned()),
        },
    }
}

/// Whether it has the form of an e-mail address; whether somebody is there, only a letter
/// tells. What would end a line or begin another address in a letter's head is none.
pub fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let is_plain = |part: &str| {
        let is_odd = |it: char| it.is_whitespace() || it.is_control() || "@<>,;:\"".contains(it);
        !part.is_empty() && !part.contains(is_odd)
    };
    text.len() <= EMAIL_BYTES_MAX
        && is_plain(name)
        && is_plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
}
