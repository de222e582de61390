//! Which request wrote which entry, found again by the caller's key.

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::event::Version;
use segue_model::id::{ConversationId, WorkspaceId};
use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::value::{Id, count, id};

/// 128 bits of a SHA-256 over workspace, caller and key: two different keys
/// meet with a chance of one in 2^64 after 2^32 requests, also on purpose.
pub(crate) type KeyHash = [u8; 16];

/// The hash of a key. Lengths stand before the parts, so that `ab`+`c` and
/// `a`+`bc` differ.
pub(crate) fn hash(workspace: WorkspaceId, caller: &str, key: &str) -> KeyHash {
    let mut hasher = Sha256::new();
    hasher.update(workspace.bytes());
    hasher.update(
        u64::try_from(caller.len())
            .unwrap_or(u64::MAX)
            .to_be_bytes(),
    );
    hasher.update(caller.as_bytes());
    hasher.update(key.as_bytes());
    let digest: [u8; 32] = hasher.finalize().into();
    let mut hash = KeyHash::default();
    for (to, from) in hash.iter_mut().zip(digest) {
        *to = from;
    }
    hash
}

/// What a key's first request wrote, with its fingerprint.
pub(crate) fn find(
    connection: &Connection,
    hash: &KeyHash,
) -> Result<Option<(ConversationId, Version, [u8; 32])>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT stream.conversation, entry.version, request.fingerprint
         FROM request
         JOIN entry ON entry.position = request.position
         JOIN stream ON stream.id = entry.stream
         WHERE request.hash = ?1",
    )?;
    let found = statement
        .query_row([hash], |row| {
            Ok((id(row, 0)?, row.get::<_, i64>(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((conversation, version, fingerprint)) = found else {
        return Ok(None);
    };
    Ok(Some((conversation, Version(count(version)?), fingerprint)))
}

/// Remembers what a request wrote.
pub(crate) fn keep(
    connection: &Connection,
    hash: &KeyHash,
    position: i64,
    fingerprint: &[u8; 32],
) -> Result<(), Fault> {
    let mut statement = connection
        .prepare_cached("INSERT INTO request (hash, position, fingerprint) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![hash, position, fingerprint])?;
    Ok(())
}
