//! How values of the model lie in columns: ids as 16 bytes, enums as their
//! wire word, lists as JSON.

use rusqlite::Row;
use segue_model::id::{
    AgentId, ApiKeyId, ConversationId, CustomerId, EscalationId, ProposalId, TrialId, WorkspaceId,
};
use segue_model::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::fault::Fault;

/// An id as 16 bytes.
pub(crate) trait Id: Copy {
    fn bytes(self) -> [u8; 16];
    fn of(bytes: [u8; 16]) -> Self;
}

macro_rules! ids {
    ($($id:ty),*) => {
        $(impl Id for $id {
            fn bytes(self) -> [u8; 16] {
                self.uuid().into_bytes()
            }

            fn of(bytes: [u8; 16]) -> Self {
                Self::new(Uuid::from_bytes(bytes))
            }
        })*
    };
}

ids!(
    AgentId,
    ApiKeyId,
    ConversationId,
    CustomerId,
    EscalationId,
    ProposalId,
    TrialId,
    WorkspaceId
);

/// The id in a column.
pub(crate) fn id<T: Id>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get(column).map(T::of)
}

/// The id in a column that may be empty.
pub(crate) fn maybe_id<T: Id>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(T::of))
}

/// The instant in a column.
pub(crate) fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp)
}

/// The instant in a column that may be empty.
pub(crate) fn maybe_instant(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp))
}

/// A count as SQLite keeps it.
pub(crate) fn int(value: u64) -> Result<i64, Fault> {
    i64::try_from(value).map_err(|_| Fault::Refused("a number past what a column holds"))
}

/// A count as it was kept.
pub(crate) fn count(value: i64) -> Result<u64, Fault> {
    u64::try_from(value).map_err(|_| Fault::Corrupt("a negative count".to_owned()))
}

/// The wire word of an enum without fields: `turn:write`.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, Fault> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        _ => Err(Fault::Refused("a value without a word of its own")),
    }
}

/// The enum of a wire word.
pub(crate) fn from_word<T: DeserializeOwned>(word: String) -> Result<T, Fault> {
    serde_json::from_value(Value::String(word)).map_err(Fault::corrupt)
}

/// Anything as JSON.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|_| Fault::Refused("a value that is no JSON"))
}

/// Anything from JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(Fault::corrupt)
}
