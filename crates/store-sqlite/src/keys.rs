//! Which request wrote which entry, found again by the caller's key.
//!
//! Keys are random, so an index over them makes every append write a page of
//! its own: measured, that doubled the writer's work per append. Instead the
//! rows lie in the order of the log; the writer remembers the latest ones and
//! moves them, sorted and a few with each group, into an index for the rest of
//! their life. What is remembered can always be read again from the rows.

use std::collections::BTreeMap;
use std::ops::Bound;

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::event::Version;
use segue_model::id::{ConversationId, WorkspaceId};
use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::value::{Id, count, id};

/// 128 bits of a SHA-256 over workspace, caller and key: two different keys
/// meet with a chance of one in 2^64 after 2^32 requests, also on purpose.
pub(crate) type KeyHash = [u8; 16];

/// How many keys are remembered before the sweep into the index begins; about 3 MiB.
const RECENT_MAX: usize = 64 * 1024;
/// How many keys a sweep moves for each new one, so that it ends.
const MOVED_PER_NEW: usize = 2;

/// The hash of a key. The length stands before the caller, so that `ab`+`c` and
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

/// What a key's first request wrote: where, and its fingerprint.
pub(crate) type Found = (ConversationId, Version, [u8; 32]);

/// The keys the writer remembers, and how far the sweep is.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Not yet in the index, by hash, with the position of their entry.
    recent: BTreeMap<KeyHash, i64>,
    /// Every row up to here has been seen.
    seen: i64,
    /// The last key the running sweep moved, and what had been seen when it began.
    sweep: Option<Sweep>,
    /// Keys of the open transaction.
    new: usize,
    is_loaded: bool,
}

#[derive(Debug)]
struct Sweep {
    after: Bound<KeyHash>,
    began: i64,
}

impl Keys {
    /// Forgets everything, because a transaction was undone.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Makes sure that every key is either remembered or in the index. To be
    /// called with the write lock held, after another process may have written.
    pub(crate) fn catch_up(&mut self, connection: &Connection) -> Result<(), Fault> {
        if !self.is_loaded {
            self.seen = connection.query_row("SELECT swept_to FROM sweep", [], |row| row.get(0))?;
        }
        let mut statement =
            connection.prepare_cached("SELECT position, hash FROM request WHERE position > ?1")?;
        let mut rows = statement.query([self.seen])?;
        while let Some(row) = rows.next()? {
            let position = row.get(0)?;
            self.recent.insert(row.get(1)?, position);
            self.seen = self.seen.max(position);
        }
        self.is_loaded = true;
        Ok(())
    }

    /// What a key's first request wrote, with its fingerprint.
    pub(crate) fn find(
        &self,
        connection: &Connection,
        hash: &KeyHash,
    ) -> Result<Option<Found>, Fault> {
        if let Some(position) = self.recent.get(hash) {
            return read(connection, *position, hash);
        }
        let mut statement =
            connection.prepare_cached("SELECT position FROM request_of WHERE prefix = ?1")?;
        let mut rows = statement.query([prefix(hash)])?;
        while let Some(row) = rows.next()? {
            let found = read(connection, row.get(0)?, hash)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Keeps what a request wrote.
    pub(crate) fn keep(
        &mut self,
        connection: &Connection,
        hash: &KeyHash,
        position: i64,
        fingerprint: &[u8; 32],
    ) -> Result<(), Fault> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO request (position, hash, fingerprint) VALUES (?1, ?2, ?3)",
        )?;
        statement.execute(params![position, hash, fingerprint])?;
        self.recent.insert(*hash, position);
        self.seen = self.seen.max(position);
        self.new += 1;
        Ok(())
    }

    /// Moves a few keys into the index, if too many are remembered: neighbors,
    /// so that they fall on few pages. To be called before each commit.
    pub(crate) fn sweep(&mut self, connection: &Connection) -> Result<(), Fault> {
        self.sweep_beyond(connection, RECENT_MAX)
    }

    fn sweep_beyond(&mut self, connection: &Connection, recent_max: usize) -> Result<(), Fault> {
        let new = std::mem::take(&mut self.new);
        let sweep = match &mut self.sweep {
            Some(sweep) => sweep,
            None if self.recent.len() < recent_max => return Ok(()),
            None => self.sweep.insert(Sweep {
                after: Bound::Unbounded,
                began: self.seen,
            }),
        };
        let rest = self.recent.range((sweep.after, Bound::Unbounded));
        let moved: Vec<_> = rest
            .take(new * MOVED_PER_NEW)
            .map(|(hash, position)| (*hash, *position))
            .collect();
        let is_last = moved.len() < new * MOVED_PER_NEW;
        let mut statement = connection.prepare_cached(
            "INSERT INTO request_of (prefix, position) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        for (hash, position) in moved {
            statement.execute([prefix(&hash), position])?;
            self.recent.remove(&hash);
            sweep.after = Bound::Excluded(hash);
        }
        if is_last {
            // INVARIANT: every key up to `began` was remembered when the sweep
            // began, and the sweep has passed every hash since: all are in the index.
            connection
                .prepare_cached("UPDATE sweep SET swept_to = max(swept_to, ?1)")?
                .execute([sweep.began])?;
            self.sweep = None;
        }
        Ok(())
    }
}

/// The first half of a hash, as SQLite's integer. Two keys may share it; the
/// whole hash stands in the row.
fn prefix(hash: &KeyHash) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = *hash;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

fn read(connection: &Connection, position: i64, hash: &KeyHash) -> Result<Option<Found>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT stream.conversation, entry.version, request.fingerprint
         FROM request
         JOIN entry ON entry.position = request.position
         JOIN stream ON stream.id = entry.stream
         WHERE request.position = ?1 AND request.hash = ?2",
    )?;
    let found = statement
        .query_row(params![position, hash], |row| {
            Ok((id(row, 0)?, row.get::<_, i64>(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((conversation, version, fingerprint)) = found else {
        return Ok(None);
    };
    Ok(Some((conversation, Version(count(version)?), fingerprint)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn database() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(include_str!("schema/0001_first.sql"))
            .unwrap();
        connection
            .execute(
                "INSERT INTO stream VALUES (1, 1, 1, 0, NULL, x'00', zeroblob(16), 'queue', NULL,
                     NULL, NULL, NULL, 'live', NULL, NULL, 0, 0, 0)",
                [],
            )
            .unwrap();
        connection
    }

    fn key(n: i64) -> KeyHash {
        hash(WorkspaceId::nil(), "bot", &n.to_string())
    }

    fn keep(connection: &Connection, keys: &mut Keys, n: i64) {
        connection
            .execute("INSERT INTO entry VALUES (?1, 1, ?1, 0, x'00')", [n])
            .unwrap();
        keys.keep(connection, &key(n), n, &[7; 32]).unwrap();
    }

    fn check(connection: &Connection, keys: &Keys, up_to: i64) {
        for n in 1..=up_to {
            let found = keys.find(connection, &key(n)).unwrap().unwrap();
            assert_eq!(
                (found.1, found.2),
                (Version(n.unsigned_abs()), [7; 32]),
                "{n}"
            );
        }
        assert_eq!(keys.find(connection, &key(up_to + 1)).unwrap(), None);
    }

    /// Sweeps at a small size, forgets at every place, and finds every key each time.
    #[test]
    fn every_key_is_found_wherever_the_sweep_is() {
        let connection = database();
        let mut keys = Keys::default();
        keys.catch_up(&connection).unwrap();
        for n in 1..=600 {
            keep(&connection, &mut keys, n);
            if n % 3 == 0 {
                keys.sweep_beyond(&connection, 40).unwrap();
                assert!(keys.recent.len() < 90, "{}", keys.recent.len());
            }
            if n % 50 == 0 {
                check(&connection, &keys, n);
                let mut fresh = Keys::default();
                fresh.catch_up(&connection).unwrap();
                check(&connection, &fresh, n);
            }
            if n % 70 == 0 {
                keys.forget();
                keys.catch_up(&connection).unwrap();
            }
        }
        let swept: i64 = connection
            .query_row("SELECT swept_to FROM sweep", [], |row| row.get(0))
            .unwrap();
        assert!(swept > 300, "{swept}");
    }

    /// Two processes write in turn; each sweeps what it knows.
    #[test]
    fn two_writers_find_each_others_keys() {
        let connection = database();
        let (mut one, mut two) = (Keys::default(), Keys::default());
        for n in 1..=400 {
            let keys = if (n / 7) % 2 == 0 { &mut one } else { &mut two };
            keys.catch_up(&connection).unwrap();
            keep(&connection, keys, n);
            keys.sweep_beyond(&connection, 30).unwrap();
        }
        for keys in [&mut one, &mut two] {
            keys.catch_up(&connection).unwrap();
            check(&connection, keys, 400);
        }
    }
}
