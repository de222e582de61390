use segue_model::id::{AgentId, EscalationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::directory::Presence;
use segue_ports::log::{Append, Appended, LogPosition, SlotRelease, StoredEntry};
use segue_ports::outbox::{OutboxId, OutboxRow};
use segue_ports::{StoreError, StoreErrorKind};

use super::{Agents, Slots, State, Stream};

/// Checks everything, then writes everything.
pub(super) fn append(state: &mut State, append: Append) -> Result<Appended, StoreError> {
    if state.is_full {
        return Err(StoreError::bare(StoreErrorKind::Full, "appending"));
    }
    if append.entry.version != append.expected.next() {
        return Err(StoreError::bare(
            StoreErrorKind::Failed,
            "numbering an entry",
        ));
    }
    if let Some(refused) = refusal(state, &append) {
        return Ok(refused);
    }
    let mut slots = state.slots.clone();
    for release in &append.releases {
        release_in(&mut slots, append.workspace, *release);
    }
    // A slot beyond a lowered capacity ends with its release and cannot be claimed again.
    fit_slots(&mut slots, &state.agents, append.workspace);
    for claim in &append.claims {
        if claim.must_be_available
            && !is_available(state, append.workspace, claim.agent, append.entry.at)
        {
            return Ok(Appended::NotAvailable { agent: claim.agent });
        }
        let rows = slots.entry((append.workspace, claim.agent)).or_default();
        if !claim_in(rows, claim.escalation) {
            return Ok(Appended::NoFreeSlot { agent: claim.agent });
        }
    }
    state.slots = slots;
    Ok(write(state, append))
}

fn refusal(state: &State, append: &Append) -> Option<Appended> {
    if let Some(key) = &append.idempotency {
        let place = (append.workspace, key.caller.clone(), key.key.clone());
        if let Some((conversation, version, fingerprint)) = state.keys.get(&place) {
            return Some(if *fingerprint == key.fingerprint {
                Appended::Replayed {
                    conversation: *conversation,
                    version: *version,
                }
            } else {
                Appended::KeyReused
            });
        }
    }
    let stream = state.streams.get(&(append.workspace, append.conversation));
    let actual = stream.map(Stream::version).unwrap_or_default();
    if actual != append.expected {
        return Some(Appended::Conflict { actual });
    }
    if let (Some(stream), Some(made_under)) = (stream, append.made_under)
        && stream.head.epoch != made_under
    {
        return Some(Appended::StaleEpoch {
            actual: stream.head.epoch,
        });
    }
    let visitor = append
        .head
        .visitor
        .as_ref()
        .filter(|_| append.head.holder != "closed")?;
    let other = state.open_of_visitor(append.workspace, visitor)?;
    (other != append.conversation).then_some(Appended::VisitorHasOpen {
        conversation: other,
    })
}

fn write(state: &mut State, append: Append) -> Appended {
    let Append {
        workspace,
        conversation,
        entry,
        texts,
        head,
        ..
    } = append;
    let (version, at) = (entry.version, entry.at);
    if let Some(id) = append.settles {
        state.outbox.remove(&id);
    }
    for effect in append.outbox {
        state.outbox_last += 1;
        let id = OutboxId(state.outbox_last);
        let row = OutboxRow {
            id,
            workspace,
            conversation,
            version,
            effect,
            attempts: 0,
            next_attempt_at: at,
        };
        state.outbox.insert(id, row);
    }
    if let Some(key) = append.idempotency {
        let place = (workspace, key.caller, key.key);
        state
            .keys
            .insert(place, (conversation, version, key.fingerprint));
    }
    let stream = state
        .streams
        .entry((workspace, conversation))
        .or_insert_with(|| Stream {
            head: head.clone(),
            entries: Vec::new(),
        });
    stream.head = head;
    stream.entries.push(StoredEntry { entry, texts });
    state.order.push((workspace, conversation, version));
    let position = i64::try_from(state.order.len()).expect("a length fits");
    Appended::Committed {
        position: LogPosition(position),
    }
}

fn is_available(state: &State, workspace: WorkspaceId, agent: AgentId, at: Timestamp) -> bool {
    let place = (workspace, agent);
    state.agents.get(&place).is_some_and(|row| row.is_active)
        && state
            .presences
            .get(&place)
            .is_some_and(|row| row.presence == Presence::Available && row.lease_until > at)
}

fn claim_in(rows: &mut [Option<EscalationId>], escalation: EscalationId) -> bool {
    if rows.contains(&Some(escalation)) {
        return true;
    }
    match rows.iter_mut().find(|row| row.is_none()) {
        Some(row) => {
            *row = Some(escalation);
            true
        }
        None => false,
    }
}

fn release_in(slots: &mut Slots, workspace: WorkspaceId, release: SlotRelease) {
    for ((_, agent), rows) in slots
        .iter_mut()
        .filter(|((place, _), _)| *place == workspace)
    {
        if release.agent.is_none_or(|only| only == *agent) {
            for row in rows
                .iter_mut()
                .filter(|row| **row == Some(release.escalation))
            {
                *row = None;
            }
        }
    }
}

/// Adds or removes free slots until they fit the capacity; taken ones stay.
pub(super) fn fit_slots(slots: &mut Slots, agents: &Agents, workspace: WorkspaceId) {
    for ((_, id), agent) in agents.iter().filter(|((place, _), _)| *place == workspace) {
        let capacity = super::limit(agent.capacity);
        let rows = slots.entry((workspace, *id)).or_default();
        while rows.len() > capacity {
            let Some(free) = rows.iter().rposition(Option::is_none) else {
                break;
            };
            rows.remove(free);
        }
        while rows.len() < capacity {
            rows.push(None);
        }
    }
}
