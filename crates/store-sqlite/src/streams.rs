//! What the writer remembers of the conversations it wrote to last, so that an
//! append to one of them reads nothing.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_ports::log::Head;

use crate::fault::Fault;
use crate::heads;
use crate::value::Id;

/// How many are remembered in each of the two halves; about 0.5 KiB each.
const HALF_MAX: usize = 16 * 1024;

/// A conversation as the writer last left it.
#[derive(Debug)]
pub(crate) struct Stream {
    /// Its small number.
    pub(crate) id: i64,
    /// Its version.
    pub(crate) version: u64,
    /// Its head, to see what an append changes.
    pub(crate) head: Head,
}

/// Streams by their name, in two halves: what is used moves to the young half,
/// and when that is full the old half is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    young: HashMap<(WorkspaceId, ConversationId), Stream>,
    old: HashMap<(WorkspaceId, ConversationId), Stream>,
}

impl Streams {
    /// Forgets everything: another process wrote, or a transaction was undone.
    pub(crate) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }

    /// Takes a stream out, to be put back as it is after the append.
    pub(crate) fn take(
        &mut self,
        connection: &Connection,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<Stream>, Fault> {
        let place = (workspace, conversation);
        match self
            .young
            .remove(&place)
            .or_else(|| self.old.remove(&place))
        {
            Some(stream) => Ok(Some(stream)),
            None => read(connection, workspace, conversation),
        }
    }

    /// Remembers a stream.
    pub(crate) fn put(
        &mut self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        stream: Stream,
    ) {
        if self.young.len() >= HALF_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert((workspace, conversation), stream);
    }
}

fn read(
    connection: &Connection,
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> Result<Option<Stream>, Fault> {
    let mut statement = connection.prepare_cached(concat!(
        "SELECT id, version, ",
        heads::columns!(),
        " FROM stream WHERE workspace = ?1 AND conversation = ?2"
    ))?;
    let found = statement
        .query_row(params![workspace.bytes(), conversation.bytes()], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?, heads::raw(row, 2)?))
        })
        .optional()?;
    let Some((id, version, raw)) = found else {
        return Ok(None);
    };
    Ok(Some(Stream {
        id,
        version: crate::value::count(version)?,
        head: raw.head()?,
    }))
}
