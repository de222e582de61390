//! Conversations, read.

use axum::Json;
use axum::extract::State;
use segue_engine::packet::hint::hints;
use segue_model::event::Version;
use segue_model::id::{ConversationId, QueueKey};
use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_ports::directory::Role;
use segue_ports::log::{HeadFilter, HeadRow, OriginFilter};
use segue_service::Failure;
use segue_service::identity::access;
use segue_service::router::reference;

use super::answers::{ActionErrors, Answer, ConversationErrors, acted};
use crate::auth::session::Read;
use crate::auth::{Authorized, AuthorizedOn, KeyedOn, Reader, program};
use crate::error::ApiError;
use crate::extract::{Params, Place, Write};
use crate::state::ApiState;
use crate::view::{self, Eyes, View, staff_snapshot};
use crate::wire::conversation::{
    Acted, AfterParams, ConversationAnswer, ListParams, ListState, PacketReadBody,
    ProgramConversation, RowPage,
};
use crate::wire::explained::ExplainAnswer;
use crate::wire::hint::{HintAnswer, HintBody};
use crate::wire::inbox::Row;
use crate::wire::packet::Packet;
use crate::wire::state::Entries;
use crate::wire::timeline::Item;

/// How many conversations on a page, where nobody says otherwise.
const PAGE_OTHERWISE: u32 = 50;
/// How many at most.
const PAGE_MAX: u32 = 100;
/// The longest reference number that is looked for, in bytes.
const REFERENCE_BYTES_MAX: usize = 32;
/// The longest time that counts as reading a packet, in milliseconds: a day.
const DWELL_MS_MAX: u64 = 24 * 60 * 60 * 1_000;

/// Conversations, newest first.
#[utoipa::path(get, operation_id = "list_conversations", path = "/v1/conversations", tag = "conversations", security(("session" = [])), params(ListParams), responses((status = 200, description = "A page.", body = RowPage), ConversationErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<Read>,
    Params(params): Params<ListParams>,
) -> Result<Json<RowPage>, ApiError> {
    let limit = params.limit.unwrap_or(PAGE_OTHERWISE);
    if limit == 0 || limit > PAGE_MAX {
        return Err(ApiError::invalid("limit", "between 1 and 100"));
    }
    if let Some(wanted) = &params.reference {
        return by_reference(&api, &by, wanted).await;
    }
    let before = params.cursor.as_deref().map(read_cursor).transpose()?;
    let filter = filter_of(&params);
    let store = api.service().store();
    let heads = store.heads(by.who.workspace, filter, before, limit).await?;
    let is_full = heads.len() == limit as usize;
    let next_cursor = heads.last().filter(|_| is_full).map(cursor);
    let mut items = Vec::with_capacity(heads.len());
    for head in &heads {
        items.extend(row(&api, &by, head.conversation).await?);
    }
    Ok(Json(RowPage { items, next_cursor }))
}

/// The conversations that a reference number stands for; as a rule one. People read it
/// aloud, so case, spaces and the letters before it do not matter.
async fn by_reference(
    api: &ApiState,
    by: &Authorized<Read>,
    wanted: &str,
) -> Result<Json<RowPage>, ApiError> {
    let plain = |text: &str| {
        let text = text.to_ascii_uppercase();
        let text = text.trim().trim_start_matches("SG").to_owned();
        text.replace(['-', ' ', '\u{2013}'], "")
    };
    let wanted = plain(wanted);
    if wanted.is_empty() || wanted.len() > REFERENCE_BYTES_MAX {
        return Err(ApiError::invalid("reference", "a number such as SG-7A18A0"));
    }
    let found = by
        .desk
        .ledger()
        .of_escalations(|id| plain(&reference(id)) == wanted);
    let mut items = Vec::new();
    for id in found {
        items.extend(row(api, by, id).await?);
        if items.len() == PAGE_MAX as usize {
            break;
        }
    }
    Ok(Json(RowPage {
        items,
        next_cursor: None,
    }))
}

async fn row(
    api: &ApiState,
    by: &Authorized<Read>,
    conversation: ConversationId,
) -> Result<Option<Row>, ApiError> {
    let known = api
        .service()
        .overview(by.who.workspace, conversation)
        .await?;
    if !access::may_see(by.me(), &known.state) {
        return Ok(None);
    }
    let of = (
        known.state.as_ref(),
        known.subject.as_ref(),
        known.last_author,
    );
    Ok(Some(view::row(
        &by.desk,
        by.me(),
        conversation,
        of,
        api.now(),
    )))
}

fn filter_of(params: &ListParams) -> HeadFilter {
    let queues = params
        .queue
        .iter()
        .map(|key| QueueKey::from(key.as_str()))
        .collect();
    let filter = HeadFilter {
        queues,
        ..HeadFilter::default()
    };
    match params.state {
        ListState::All => filter,
        ListState::Flagged => HeadFilter {
            only_flagged: true,
            ..filter
        },
        ListState::Imported => HeadFilter {
            origin: Some(OriginFilter::Imported),
            ..filter
        },
        ListState::Closed => HeadFilter {
            holders: vec!["closed"],
            ..filter
        },
        ListState::Open => HeadFilter {
            holders: vec!["assistant", "review", "queue", "locked", "agent"],
            ..filter
        },
    }
}

fn cursor(row: &HeadRow) -> String {
    format!("{}.{}", row.head.last_at.0, row.conversation)
}

fn read_cursor(text: &str) -> Result<(Timestamp, ConversationId), ApiError> {
    let read = || {
        let (at, id) = text.split_once('.')?;
        Some((Timestamp(at.parse().ok()?), id.parse().ok()?))
    };
    read().ok_or_else(|| ApiError::invalid("cursor", "give back what `next_cursor` said"))
}

/// A conversation in full: for staff with everything, for the program that
/// opened it with what everybody in it has seen.
#[utoipa::path(get, operation_id = "read_conversation", path = "/v1/conversations/{id}", tag = "conversations", security(("session" = []), ("key" = ["conv:read"])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "The conversation.", body = ConversationAnswer), ConversationErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Reader,
) -> Result<Json<ConversationAnswer>, ApiError> {
    Ok(Json(match by {
        Reader::Agent(on) => {
            let (workspace, id) = (on.by.who.workspace, on.conversation);
            let whole = api
                .service()
                .entries_after(workspace, id, Version::default())
                .await?;
            let of = (whole.0.as_ref(), whole.1.as_slice());
            let snapshot = staff_snapshot(&on.by.desk, on.by.me(), id, of, api.now());
            ConversationAnswer::Staff(Box::new(snapshot))
        }
        Reader::Program(on) => ConversationAnswer::Program(Box::new(for_program(&api, &on).await?)),
    }))
}

async fn for_program(
    api: &ApiState,
    on: &KeyedOn<program::ConversationRead>,
) -> Result<ProgramConversation, ApiError> {
    let (workspace, id) = (on.by.key.workspace, on.conversation);
    let (state, entries) = api
        .service()
        .entries_after(workspace, id, Version::default())
        .await?;
    let view = View::new(&on.by.desk, Eyes::Program, id, &state, api.now());
    let turns = view
        .items(&entries)
        .into_iter()
        .filter_map(|item| match item {
            Item::Turn(turn) => Some(turn),
            _ => None,
        });
    Ok(ProgramConversation {
        id,
        version: state.version.0,
        epoch: state.epoch.0,
        floor: view.floor(),
        wait: view.wait(),
        turns: turns.collect(),
        hand_back: view.brief(&entries),
    })
}

/// What happened after a version.
#[utoipa::path(get, operation_id = "list_entries", path = "/v1/conversations/{id}/entries", tag = "conversations", security(("session" = [])), params(("id" = String, Path, description = "The conversation."), AfterParams), responses((status = 200, description = "What happened.", body = Entries), ConversationErrors))]
pub async fn entries(
    State(api): State<ApiState>,
    on: AuthorizedOn<Read>,
    Params(params): Params<AfterParams>,
) -> Result<Json<Entries>, ApiError> {
    let after = Version(params.after);
    let (workspace, id) = (on.by.who.workspace, on.conversation);
    let (state, entries) = api.service().entries_after(workspace, id, after).await?;
    let view = View::new(&on.by.desk, Eyes::Staff(on.by.me()), id, &state, api.now());
    let (version, items) = (state.version.0, view.items(&entries));
    Ok(Json(Entries {
        conversation: id,
        from: after.0,
        version,
        items,
    }))
}

/// What whoever takes over needs to know.
#[utoipa::path(get, operation_id = "read_packet", path = "/v1/conversations/{id}/packet", tag = "conversations", security(("session" = []), ("key" = ["conv:read"])), params(("id" = String, Path, description = "The conversation.")), responses((status = 200, description = "The packet.", body = Packet), ConversationErrors))]
pub async fn packet(State(api): State<ApiState>, by: Reader) -> Result<Json<Packet>, ApiError> {
    let (workspace, id, version, is_for_staff) = match &by {
        Reader::Agent(on) if on.by.me().role == Role::Analyst => {
            // A packet is what people wrote, in short; analysts read it redacted.
            return Err(Failure::Forbidden("read packets").into());
        }
        Reader::Agent(on) => (on.by.who.workspace, on.conversation, on.state.version, true),
        Reader::Program(on) => (
            on.by.key.workspace,
            on.conversation,
            on.state.version,
            false,
        ),
    };
    let packet = api.packet(workspace, id, version).await?;
    Ok(Json(view::packet_both(&packet, is_for_staff)))
}

/// Why a turn was decided so: what fired, what nearly fired and by how much, what failed.
#[utoipa::path(get, operation_id = "explain_turn", path = "/v1/conversations/{id}/turns/{turn}/explain", tag = "conversations", security(("session" = [])), params(("id" = String, Path, description = "The conversation."), ("turn" = u32, Path, description = "The customer's turn.")), responses((status = 200, description = "Everything that was decided on it; nothing where the policy was not asked.", body = ExplainAnswer), ConversationErrors))]
pub async fn explain(
    State(api): State<ApiState>,
    on: AuthorizedOn<Read>,
    place: Place<(String, u32)>,
) -> Result<Json<ExplainAnswer>, ApiError> {
    let Place((_, turn)) = place;
    let (workspace, id) = (on.by.who.workspace, on.conversation);
    let (state, entries) = api
        .service()
        .entries_after(workspace, id, Version::default())
        .await?;
    if !(1..=state.turns).contains(&turn) {
        return Err(Failure::Unknown("turn").into());
    }
    let view = View::new(&on.by.desk, Eyes::Staff(on.by.me()), id, &state, api.now());
    Ok(Json(view.explain(&entries, TurnNumber(turn))))
}

/// The caller read the packet.
#[utoipa::path(post, operation_id = "mark_packet_read", path = "/v1/conversations/{id}/packet/read", tag = "conversations", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = PacketReadBody, responses((status = 200, description = "Noted.", body = Acted), ActionErrors))]
pub async fn packet_read(
    State(api): State<ApiState>,
    on: AuthorizedOn<crate::auth::session::Serve>,
    write: Write<PacketReadBody>,
) -> Result<Answer<Acted>, ApiError> {
    let dwell_ms = write.body.dwell_ms.min(DWELL_MS_MAX);
    let caller = on.by.caller(&write);
    let of = (on.by.id(), dwell_ms);
    Ok(acted(
        &api.service()
            .packet_read(&caller, on.conversation, of)
            .await?,
    ))
}

/// What a draft asks that the customer has said already. The draft is neither kept nor
/// logged, and nothing about it changes anything: an agent may send it all the same.
#[utoipa::path(post, operation_id = "hint_draft", path = "/v1/conversations/{id}/hint", tag = "conversations", security(("session" = [])), params(("id" = String, Path, description = "The conversation.")), request_body = HintBody, responses((status = 200, description = "What need not be asked.", body = HintAnswer), ActionErrors))]
pub async fn hint(
    State(api): State<ApiState>,
    on: AuthorizedOn<crate::auth::session::Serve>,
    write: Write<HintBody>,
) -> Result<Json<HintAnswer>, ApiError> {
    let (workspace, version) = (on.by.who.workspace, on.state.version);
    if write.body.draft.len() > TURN_TEXT_BYTES_MAX {
        return Err(ApiError::invalid("draft", "at most 16384 bytes"));
    }
    let packet = api.packet(workspace, on.conversation, version).await?;
    let hints = hints(&write.body.draft, &packet.packet).into_iter();
    Ok(Json(HintAnswer {
        hints: hints.map(view::hint).collect(),
    }))
}
