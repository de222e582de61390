use segue_model::event::{Origin, Version};
use segue_model::id::{AgentId, ConversationId, EscalationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::Pending;
use segue_ports::log::{
    Append, Appended, Head, HeadFilter, HeadRow, Log, LogPosition, LogStats, OriginFilter,
    StoredEntry,
};

use super::{MemoryStore, State, append, limit, ready, settled};

impl State {
    pub(super) fn open_of_visitor(
        &self,
        workspace: WorkspaceId,
        visitor: &str,
    ) -> Option<ConversationId> {
        self.streams
            .iter()
            .find(|((place, _), stream)| {
                *place == workspace
                    && stream.head.holder != "closed"
                    && stream.head.visitor.as_deref() == Some(visitor)
            })
            .map(|((_, conversation), _)| *conversation)
    }

    fn rows(&self, workspace: WorkspaceId) -> impl Iterator<Item = HeadRow> {
        self.streams
            .iter()
            .filter(move |((place, _), _)| *place == workspace)
            .map(|((_, conversation), stream)| HeadRow {
                conversation: *conversation,
                version: stream.version(),
                head: stream.head.clone(),
            })
    }

    fn due(&self) -> Vec<(WorkspaceId, ConversationId, Timestamp)> {
        let mut due: Vec<_> = self
            .streams
            .iter()
            .filter_map(|((place, id), stream)| Some((*place, *id, stream.head.due_at?)))
            .collect();
        due.sort_by_key(|(_, conversation, at)| (*at, *conversation));
        due
    }
}

fn passes(filter: &HeadFilter, head: &Head) -> bool {
    let queue_fits = |queue| filter.queues.contains(queue);
    let origin_fits = |wanted: OriginFilter| match wanted {
        OriginFilter::Live => matches!(head.origin, Origin::Live),
        OriginFilter::Demo => matches!(head.origin, Origin::Demo),
        OriginFilter::Imported => matches!(head.origin, Origin::Imported { .. }),
    };
    (filter.holders.is_empty() || filter.holders.contains(&head.holder))
        && (filter.queues.is_empty() || head.queue.as_ref().is_some_and(queue_fits))
        && filter.agent.is_none_or(|agent| head.agent == Some(agent))
        && filter
            .customer
            .is_none_or(|customer| head.customer == Some(customer))
        && (filter.visitor.is_none() || filter.visitor == head.visitor)
        && (!filter.only_flagged || head.is_flagged)
        && (!filter.only_with_drafts || head.has_drafts)
        && filter.origin.is_none_or(origin_fits)
}

impl Log for MemoryStore {
    fn append(&self, append: Append) -> Pending<'_, Appended> {
        settled(append::append(&mut self.lock(), append))
    }

    fn entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: Version,
        count: u32,
    ) -> Pending<'_, Vec<StoredEntry>> {
        let state = self.lock();
        let entries = state.streams.get(&(workspace, conversation)).map(|stream| {
            let later = stream
                .entries
                .iter()
                .filter(|stored| stored.entry.version > after);
            later.take(limit(count)).cloned().collect()
        });
        ready(entries.unwrap_or_default())
    }

    fn head(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Pending<'_, Option<HeadRow>> {
        let row = self
            .lock()
            .rows(workspace)
            .find(|row| row.conversation == conversation);
        ready(row)
    }

    fn heads(
        &self,
        workspace: WorkspaceId,
        filter: HeadFilter,
        before: Option<(Timestamp, ConversationId)>,
        count: u32,
    ) -> Pending<'_, Vec<HeadRow>> {
        let place = |row: &HeadRow| (row.head.last_at, row.conversation);
        let mut rows: Vec<_> = self
            .lock()
            .rows(workspace)
            .filter(|row| passes(&filter, &row.head))
            .filter(|row| before.is_none_or(|before| place(row) < before))
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(place(row)));
        rows.truncate(limit(count));
        ready(rows)
    }

    fn due(
        &self,
        by: Timestamp,
        count: u32,
    ) -> Pending<'_, Vec<(WorkspaceId, ConversationId, Timestamp)>> {
        let mut due = self.lock().due();
        due.retain(|(_, _, at)| *at <= by);
        due.truncate(limit(count));
        ready(due)
    }

    fn next_due(&self) -> Pending<'_, Option<Timestamp>> {
        ready(self.lock().due().first().map(|(_, _, at)| *at))
    }

    fn open_of_visitor(
        &self,
        workspace: WorkspaceId,
        visitor: String,
    ) -> Pending<'_, Option<ConversationId>> {
        ready(self.lock().open_of_visitor(workspace, &visitor))
    }

    fn find_key(
        &self,
        workspace: WorkspaceId,
        caller: String,
        key: String,
    ) -> Pending<'_, Option<(ConversationId, Version, [u8; 32])>> {
        ready(self.lock().keys.get(&(workspace, caller, key)).copied())
    }

    fn tail(
        &self,
        workspace: WorkspaceId,
        after: LogPosition,
        count: u32,
    ) -> Pending<'_, Vec<(LogPosition, ConversationId, StoredEntry)>> {
        let state = self.lock();
        let rows = state.order.iter().zip(1_i64..).filter_map(
            |((place, conversation, version), position)| {
                if *place != workspace || position <= after.0 {
                    return None;
                }
                let stream = state.streams.get(&(*place, *conversation))?;
                let index = usize::try_from(version.0.checked_sub(1)?).ok()?;
                Some((
                    LogPosition(position),
                    *conversation,
                    stream.entries.get(index)?.clone(),
                ))
            },
        );
        ready(rows.take(limit(count)).collect())
    }

    fn end(&self) -> Pending<'_, LogPosition> {
        let end = i64::try_from(self.lock().order.len()).expect("a length fits");
        ready(LogPosition(end))
    }

    fn slots(&self, workspace: WorkspaceId) -> Pending<'_, Vec<(AgentId, Option<EscalationId>)>> {
        let state = self.lock();
        let rows = state
            .slots
            .iter()
            .filter(|((place, _), _)| *place == workspace);
        ready(
            rows.flat_map(|((_, agent), rows)| rows.iter().map(|row| (*agent, *row)))
                .collect(),
        )
    }

    fn log_stats(&self) -> LogStats {
        let state = self.lock();
        let appends = u64::try_from(state.order.len()).expect("a length fits");
        LogStats {
            appends,
            commits: appends,
            is_full: state.is_full,
        }
    }
}
