//! What is known from outside about a customer and the hour.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One fact's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactValue {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
}

/// The names that the policy language knows; others may be present and are shown, not judged.
pub mod name {
    /// The customer's tier: `standard`, `pro`, `business`, `enterprise`.
    pub const TIER: &str = "tier";
    /// Whether the customer gets white-glove care.
    pub const VIP: &str = "vip";
    /// Whether the customer proved who they are.
    pub const AUTHENTICATED: &str = "authenticated";
    /// Whether the customer owns the account they speak of.
    pub const ACCOUNT_OWNER: &str = "account_owner";
    /// The e-mail address of the agent who looks after this customer.
    pub const ACCOUNT_MANAGER: &str = "account_manager";
    /// The e-mail address of the agent who stands in.
    pub const DEPUTY: &str = "deputy";
    /// The customer's name as they are addressed.
    pub const NAME: &str = "name";
    /// The customer's e-mail address.
    pub const EMAIL: &str = "email";
    /// The customer's account in the workspace's own system.
    pub const ACCOUNT_ID: &str = "account_id";
    /// The plan the customer pays for.
    pub const PLAN: &str = "plan";
    /// The customer's IANA time zone.
    pub const TIME_ZONE: &str = "time_zone";
}

/// Facts by name, or the reason why the lookup failed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// What is known.
    #[serde(default)]
    pub known: BTreeMap<String, FactValue>,
    /// Why the lookup failed; then every fact that is not known is unavailable
    /// rather than absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup_failed: Option<String>,
}

impl Facts {
    /// The fact as text, if it is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.known.get(name) {
            Some(FactValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The fact as yes or no, if it is one.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.known.get(name) {
            Some(FactValue::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }
}
