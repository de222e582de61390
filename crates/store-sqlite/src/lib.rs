//! The log, the directory and the outbox in one SQLite file.
//!
//! One thread writes and takes everything that waits into one transaction
//! (group commit); an answer leaves only after that transaction is durable
//! (D4). Reads run on threads of their own. Statements of SQL stand in this
//! crate and nowhere else; it decides nothing about conversations.
//!
//! Begin with [`SqliteStore`], then `writer` (the group commit), `append` (what
//! is checked and written) and `schema` (where it lies, and why there).

mod append;
mod backup;
mod checkpoint;
mod codec;
mod connection;
mod directory;
mod fault;
mod heads;
mod keys;
mod log;
#[cfg(debug_assertions)]
mod mutant;
mod outbox;
mod reader;
mod reserve;
mod knowledge;
mod report;
mod rollout;
mod schema;
mod slots;
mod store;
mod streams;
mod value;
mod writer;

pub use backup::{BackupError, Copied, backup, rename_durably, restore};
pub use schema::Generation;
pub use store::{OpenError, Options, SqliteStore};
