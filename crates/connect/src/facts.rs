//! Sources of facts, and how an operator names one. Whatever a source is, it answers
//! through [`guard`], which bounds what asking it can cost.

mod guard;
mod http;
mod postgres;
mod sqlite;
mod template;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use segue_model::fact::{FactValue, name};
use segue_model::time::Span;
use segue_ports::facts::{FactSource, Found};
use serde::Deserialize;
use serde_json::Value;

use crate::error::{ConnectError, Section};

/// How long a look-up may take unless told otherwise, in milliseconds.
const TIMEOUT_MS_OTHERWISE: u64 = 800;
/// The longest look-up, in milliseconds: a customer waits for it.
const TIMEOUT_MS_MAX: u64 = 5_000;
/// How long an answer is good unless told otherwise, in seconds.
const TTL_S_OTHERWISE: u64 = 300;
/// The longest time for which an answer is good, in seconds.
const TTL_S_MAX: u64 = 86_400;
/// The longest text of a fact, in bytes.
const TEXT_BYTES_MAX: usize = 512;
/// How many facts one source gives at most.
const FACTS_MAX: usize = 64;
/// Facts that no source may give: who somebody is, and whether that is proved, is known
/// before it is asked.
const RESERVED: &[&str] = &[name::AUTHENTICATED, name::EMAIL, name::ACCOUNT_ID];

/// What an operator may write about a source of facts: `[facts.NAME]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactsSection {
    /// What it is.
    pub kind: FactsKind,
    /// Where it is, with `{email}` or `{account_id}` in it (`http`), or the address of
    /// the database (`postgres`).
    pub url: Option<String>,
    /// A file with the key to it (`http`), or the password (`postgres`).
    pub key_file: Option<PathBuf>,
    /// A variable with the same.
    pub key_env: Option<String>,
    /// Which part of the answer is which fact, as JSON pointers (`http`).
    pub pointers: Option<BTreeMap<String, String>>,
    /// The file of the database (`sqlite`); it is only read.
    pub file: Option<PathBuf>,
    /// One query with `{email}` or `{account_id}` in it (`sqlite`, `postgres`). Each
    /// column of its first row is the fact of that name.
    pub query: Option<String>,
    /// Whether the database may be beyond this machine although nothing encrypts what is
    /// said to it (`postgres`).
    #[serde(default)]
    pub plain_text: bool,
    /// How long a look-up may take, in milliseconds; 800 unless told otherwise.
    pub timeout_ms: Option<u64>,
    /// How long an answer is good, in seconds; 300 unless told otherwise.
    pub ttl_s: Option<u64>,
}

/// The kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactsKind {
    /// A JSON document by HTTP.
    Http,
    /// A query to a SQLite file.
    Sqlite,
    /// A query to PostgreSQL.
    Postgres,
}

impl FactsSection {
    /// Makes the source ready to be asked. Nobody is called yet.
    ///
    /// # Errors
    /// [`ConnectError`] if something is missing, not allowed, or cannot be read.
    pub fn plug(self, name: &str) -> Result<Arc<dyn FactSource>, ConnectError> {
        let place = format!("facts.{name}");
        let section = Section(&place);
        self.check(&section)?;
        let bounds = guard::Bounds {
            timeout: section.millis(
                "timeout_ms",
                self.timeout_ms,
                TIMEOUT_MS_OTHERWISE,
                TIMEOUT_MS_MAX,
            )?,
            ttl: Span::seconds(self.ttl_s.unwrap_or(TTL_S_OTHERWISE)),
        };
        if bounds.ttl == Span(0) || bounds.ttl > Span::seconds(TTL_S_MAX) {
            return Err(section.key("ttl_s", format!("has to be between 1 and {TTL_S_MAX}")));
        }
        let inner: Arc<dyn Lookup> = match self.kind {
            FactsKind::Http => Arc::new(http::Http::new(&section, self)?),
            FactsKind::Sqlite => Arc::new(sqlite::Sqlite::new(&section, self)?),
            FactsKind::Postgres => Arc::new(postgres::Postgres::new(&section, self)?),
        };
        Ok(Arc::new(guard::Guarded::new(name, inner, bounds)))
    }

    /// A key that has no meaning for its kind is a mistake, not a wish to be passed over.
    fn check(&self, section: &Section<'_>) -> Result<(), ConnectError> {
        let has_secret = self.key_file.is_some() || self.key_env.is_some();
        let is_for = |kinds: &[FactsKind]| kinds.contains(&self.kind);
        use FactsKind::{Http, Postgres, Sqlite};
        let strangers = [
            ("url", self.url.is_some(), is_for(&[Http, Postgres])),
            ("key", has_secret, is_for(&[Http, Postgres])),
            ("pointers", self.pointers.is_some(), is_for(&[Http])),
            ("file", self.file.is_some(), is_for(&[Sqlite])),
            ("query", self.query.is_some(), is_for(&[Sqlite, Postgres])),
            ("plain_text", self.plain_text, is_for(&[Postgres])),
        ];
        let stranger = strangers
            .iter()
            .find(|(_, is_there, fits)| *is_there && !fits);
        match stranger {
            Some((key, ..)) => Err(section.key(key, "does not belong to this kind of source")),
            None => Ok(()),
        }
    }
}

/// One look-up, unguarded.
pub(crate) trait Lookup: Send + Sync + 'static {
    /// Whether anything that is known of somebody lets it be asked.
    fn can_ask(&self, who: &segue_ports::facts::Who) -> bool;

    /// Asks.
    fn lookup(&self, who: segue_ports::facts::Who) -> Found<'_>;
}

/// Checks the name of a fact that an operator wants read.
fn check_fact(section: &Section<'_>, key: &'static str, fact: &str) -> Result<(), ConnectError> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if fact.is_empty() || fact.len() > 64 || !fact.bytes().all(is_plain) {
        let reason = format!("names `{fact}`: lower-case letters, digits and _ are allowed");
        return Err(section.key(key, reason));
    }
    if RESERVED.contains(&fact) {
        let reason = format!("names `{fact}`, which no source may give");
        return Err(section.key(key, reason));
    }
    Ok(())
}

/// A value as a fact; `None` for null and for what is no single value.
fn fact_of(value: &Value) -> Option<FactValue> {
    match value {
        Value::Bool(flag) => Some(FactValue::Flag(*flag)),
        Value::Number(number) => number.as_f64().map(FactValue::Number),
        Value::String(text) if text.len() <= TEXT_BYTES_MAX => Some(FactValue::Text(text.clone())),
        Value::String(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The facts of one row: a column that no source may give, or that is no fact's name, is
/// passed over.
fn facts_of_row(row: impl IntoIterator<Item = (String, Value)>) -> BTreeMap<String, FactValue> {
    row.into_iter()
        .filter(|(name, _)| !RESERVED.contains(&name.as_str()))
        .filter_map(|(name, value)| Some((name.to_lowercase(), fact_of(&value)?)))
        .take(FACTS_MAX)
        .collect()
}
