//! Customers by address or account, with their facts.

use rusqlite::{Connection, OptionalExtension, Row, params};
use segue_model::fact::{FactValue, name};
use segue_model::id::{CustomerId, WorkspaceId};
use segue_ports::directory::Customer;

use crate::fault::Fault;
use crate::value::{Id, from_json, id, json};

fn customer(row: &Row<'_>) -> Result<Customer, Fault> {
    Ok(Customer {
        id: id(row, 0)?,
        email: row.get(1)?,
        account_id: row.get(2)?,
        facts: from_json(row.get_ref(3)?.as_str().map_err(Fault::corrupt)?)?,
    })
}

/// The name under which a customer stands in a list.
fn list_name(customer: &Customer) -> &str {
    match customer.facts.get(name::NAME) {
        Some(FactValue::Text(text)) => text,
        _ => customer
            .email
            .as_deref()
            .or(customer.account_id.as_deref())
            .unwrap_or_default(),
    }
}

pub(super) fn put(
    connection: &Connection,
    workspace: WorkspaceId,
    customers: &[Customer],
) -> Result<u64, Fault> {
    let mut new = 0;
    for customer in customers {
        new += u64::from(put_one(connection, workspace, customer)?);
    }
    Ok(new)
}

/// Whether it was new.
fn put_one(connection: &Connection, workspace: WorkspaceId, new: &Customer) -> Result<bool, Fault> {
    let Some(mut known) = known(connection, workspace, new)? else {
        insert(connection, workspace, new)?;
        return Ok(true);
    };
    known.facts.clone_from(&new.facts);
    known.email = known.email.or_else(|| new.email.clone());
    known.account_id = new.account_id.clone().or(known.account_id);
    let mut statement = connection.prepare_cached(
        "UPDATE customer SET email = ?3, account_id = ?4, facts = ?5, list_name = ?6
         WHERE workspace = ?1 AND id = ?2",
    )?;
    statement.execute(params![
        workspace.bytes(),
        known.id.bytes(),
        known.email,
        known.account_id,
        json(&known.facts)?,
        list_name(&known),
    ])?;
    Ok(false)
}

/// Who it is already. An address is one person's; an account may have several people,
/// and a line without an address means the account itself or its only person.
fn known(
    connection: &Connection,
    workspace: WorkspaceId,
    new: &Customer,
) -> Result<Option<Customer>, Fault> {
    if let Some(email) = &new.email
        && let Some(person) = by_email(connection, workspace, email)?
    {
        return Ok(Some(person));
    }
    let Some(account) = &new.account_id else {
        return Ok(None);
    };
    let mut people = of_account(connection, workspace, account)?;
    let is_only = new.email.is_none() && people.len() == 1;
    Ok((!people.is_empty())
        .then(|| people.swap_remove(0))
        .filter(|first| is_only || first.email.is_none()))
}

fn insert(connection: &Connection, workspace: WorkspaceId, new: &Customer) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO customer (workspace, id, email, account_id, facts, list_name)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        workspace.bytes(),
        new.id.bytes(),
        new.email,
        new.account_id,
        json(&new.facts)?,
        list_name(new),
    ])?;
    Ok(())
}

fn by_email(
    connection: &Connection,
    workspace: WorkspaceId,
    email: &str,
) -> Result<Option<Customer>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, account_id, facts FROM customer WHERE workspace = ?1 AND email = ?2",
    )?;
    let mut rows = statement.query(params![workspace.bytes(), email])?;
    rows.next()?.map(customer).transpose()
}

/// Everybody of an account, the account itself first; then as they came.
fn of_account(
    connection: &Connection,
    workspace: WorkspaceId,
    account: &str,
) -> Result<Vec<Customer>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, account_id, facts FROM customer
         WHERE workspace = ?1 AND account_id = ?2 ORDER BY email IS NOT NULL, id LIMIT 2",
    )?;
    let mut rows = statement.query(params![workspace.bytes(), account])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push(customer(row)?);
    }
    Ok(people)
}

pub(super) fn find(
    connection: &Connection,
    workspace: WorkspaceId,
    key: &str,
) -> Result<Option<Customer>, Fault> {
    match by_email(connection, workspace, key)? {
        Some(found) => Ok(Some(found)),
        None => Ok(of_account(connection, workspace, key)?.into_iter().next()),
    }
}

pub(super) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    id: CustomerId,
) -> Result<Option<Customer>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, account_id, facts FROM customer WHERE workspace = ?1 AND id = ?2",
    )?;
    let found = statement.query_row([workspace.bytes(), id.bytes()], |row| Ok(customer(row)));
    found.optional()?.transpose()
}

pub(super) fn list(
    connection: &Connection,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<Customer>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, account_id, facts FROM customer WHERE workspace = ?1
         ORDER BY list_name, id LIMIT ?2",
    )?;
    let mut rows = statement.query(params![workspace.bytes(), limit])?;
    let mut customers = Vec::new();
    while let Some(row) = rows.next()? {
        customers.push(customer(row)?);
    }
    Ok(customers)
}
