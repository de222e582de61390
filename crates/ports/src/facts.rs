//! Sources of facts outside: what the company's own systems know of a customer.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use segue_model::fact::FactValue;

/// What a source says, awaited.
pub type Found<'a> =
    Pin<Box<dyn Future<Output = Result<BTreeMap<String, FactValue>, Unavailable>> + Send + 'a>>;

/// Whom a source is asked about. At least one of both is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Who {
    /// Their e-mail address, in lower case.
    pub email: Option<String>,
    /// Their account in the workspace's own system.
    pub account_id: Option<String>,
}

/// A source did not answer: what it knows is unavailable, which is not the same as not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unavailable(
    /// Why, for staff and the log: the source's name and what was wrong, never an address
    /// or a customer.
    pub String,
);

/// A source of facts. It answers within its own deadline, and cheaply if asked again.
pub trait FactSource: Send + Sync + 'static {
    /// Its name in the operator's file.
    fn name(&self) -> &str;

    /// What is known of somebody; empty if they are not known there.
    fn lookup(&self, who: Who) -> Found<'_>;
}
