//! One append: everything is checked by reading, then everything is written,
//! in the writer's transaction. What can be computed before is computed on the
//! caller's thread.

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::event::Version;
use segue_model::floor::Epoch;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::log::{Append, Appended, Head, LogPosition, SlotClaim, SlotRelease};
use segue_ports::outbox::{Lane, OutboxId};

use crate::fault::Fault;
use crate::heads;
use crate::keys::{self, KeyHash, Keys};
use crate::slots;
use crate::streams::{Stream, Streams};
use crate::value::{Id, id, int, json};
use crate::{codec, outbox};

/// An append as the writer binds it.
#[derive(Debug)]
pub(crate) struct Prepared {
    workspace: WorkspaceId,
    conversation: ConversationId,
    expected: u64,
    made_under: Option<Epoch>,
    at: Timestamp,
    body: Vec<u8>,
    texts: Option<String>,
    head: Head,
    key: Option<(KeyHash, [u8; 32])>,
    claims: Vec<SlotClaim>,
    releases: Vec<SlotRelease>,
    effects: Vec<(String, Option<Lane>)>,
    settles: Option<OutboxId>,
}

impl Prepared {
    /// Encodes an append; refuses one that could never be right.
    pub(crate) fn new(append: Append) -> Result<Self, Fault> {
        if append.entry.version != append.expected.next() {
            return Err(Fault::Refused("an entry whose version does not follow"));
        }
        if append.outbox.len() > outbox::EFFECTS_MAX {
            return Err(Fault::Refused("too many effects of one entry"));
        }
        let key = append.idempotency.map(|key| {
            (
                keys::hash(append.workspace, &key.caller, &key.key),
                key.fingerprint,
            )
        });
        Ok(Self {
            workspace: append.workspace,
            conversation: append.conversation,
            expected: append.expected.0,
            made_under: append.made_under,
            at: append.entry.at,
            body: codec::encode(&append.entry)?,
            texts: codec::encode_texts(&append.texts)?,
            head: append.head,
            key,
            claims: append.claims,
            releases: append.releases,
            effects: append
                .outbox
                .iter()
                .map(|effect| Ok((json(effect)?, effect.lane())))
                .collect::<Result<_, Fault>>()?,
            settles: append.settles,
        })
    }
}

/// Checks and writes one append within the open transaction.
pub(crate) fn append(
    connection: &Connection,
    streams: &mut Streams,
    keys: &mut Keys,
    append: &Prepared,
) -> Result<Appended, Fault> {
    if let Some(answer) = replay(connection, keys, append)? {
        return Ok(answer);
    }
    let stream = streams.take(connection, append.workspace, append.conversation)?;
    if let Some(refused) = refusal(connection, stream.as_ref(), append)? {
        if let Some(stream) = stream {
            streams.put(append.workspace, append.conversation, stream);
        }
        return Ok(refused);
    }
    let (position, stream) = write(connection, keys, stream, append)?;
    streams.put(append.workspace, append.conversation, stream);
    Ok(Appended::Committed {
        position: LogPosition(position),
    })
}

fn replay(
    connection: &Connection,
    keys: &Keys,
    append: &Prepared,
) -> Result<Option<Appended>, Fault> {
    let Some((hash, fingerprint)) = &append.key else {
        return Ok(None);
    };
    let Some((conversation, version, first)) = keys.find(connection, hash)? else {
        return Ok(None);
    };
    Ok(Some(if first == *fingerprint {
        Appended::Replayed {
            conversation,
            version,
        }
    } else {
        Appended::KeyReused
    }))
}

fn refusal(
    connection: &Connection,
    stream: Option<&Stream>,
    append: &Prepared,
) -> Result<Option<Appended>, Fault> {
    let actual = stream.map_or(0, |stream| stream.version);
    if actual != append.expected {
        return Ok(Some(Appended::Conflict {
            actual: Version(actual),
        }));
    }
    if let (Some(stream), Some(made_under)) = (stream, append.made_under)
        && stream.head.epoch != made_under
    {
        return Ok(Some(Appended::StaleEpoch {
            actual: stream.head.epoch,
        }));
    }
    if let Some(other) = other_open(connection, stream, append)? {
        return Ok(Some(Appended::VisitorHasOpen {
            conversation: other,
        }));
    }
    let Prepared {
        workspace,
        at,
        releases,
        claims,
        ..
    } = append;
    slots::change(connection, *workspace, *at, releases, claims)
}

/// Another open conversation of the visitor. Not asked while the conversation
/// stays open with the same visitor: then it is the one.
fn other_open(
    connection: &Connection,
    stream: Option<&Stream>,
    append: &Prepared,
) -> Result<Option<ConversationId>, Fault> {
    let is_open = |head: &Head| head.holder != heads::CLOSED;
    let Some(visitor) = append
        .head
        .visitor
        .as_ref()
        .filter(|_| is_open(&append.head))
    else {
        return Ok(None);
    };
    let was_the_one =
        |stream: &Stream| is_open(&stream.head) && stream.head.visitor.as_ref() == Some(visitor);
    if stream.is_some_and(was_the_one) {
        return Ok(None);
    }
    open_of_visitor(connection, append.workspace, visitor)
}

/// The open conversation of a visitor.
pub(crate) fn open_of_visitor(
    connection: &Connection,
    workspace: WorkspaceId,
    visitor: &str,
) -> Result<Option<ConversationId>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT conversation FROM stream INDEXED BY stream_visitor
         WHERE workspace = ?1 AND visitor = ?2 AND holder <> 'closed'",
    )?;
    let values = params![workspace.bytes(), visitor];
    Ok(statement.query_row(values, |row| id(row, 0)).optional()?)
}

fn write(
    connection: &Connection,
    keys: &mut Keys,
    stream: Option<Stream>,
    append: &Prepared,
) -> Result<(i64, Stream), Fault> {
    let version = append.expected + 1;
    let (workspace, conversation) = (append.workspace, append.conversation);
    let stream = match stream {
        None => {
            let id = heads::insert(connection, workspace, conversation, version, &append.head)?;
            Stream {
                id,
                version,
                head: append.head.clone(),
            }
        }
        Some(Stream { id, head, .. }) => {
            heads::update(connection, id, version, &head, &append.head)?;
            Stream {
                id,
                version,
                head: append.head.clone(),
            }
        }
    };
    let mut entry = connection
        .prepare_cached("INSERT INTO entry (stream, version, at, body) VALUES (?1, ?2, ?3, ?4)")?;
    let position = entry.insert(params![stream.id, int(version)?, append.at.0, append.body])?;
    if let Some(texts) = &append.texts {
        let mut statement =
            connection.prepare_cached("INSERT INTO text (position, body) VALUES (?1, ?2)")?;
        statement.execute(params![position, texts])?;
    }
    if let Some((hash, fingerprint)) = &append.key {
        keys.keep(connection, hash, position, fingerprint)?;
    }
    if let Some(settled) = append.settles {
        outbox::settle(connection, settled)?;
    }
    for (place, (effect, lane)) in (0..).zip(&append.effects) {
        let row = outbox::New {
            workspace,
            conversation,
            version,
            effect,
            lane: *lane,
            at: append.at,
        };
        outbox::insert(connection, outbox::id_of(position, place), &row)?;
    }
    Ok((position, stream))
}
