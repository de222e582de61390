//! Somebody's own assistant: it opens conversations, brings turns, and asks for a person.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use segue_floor::Said;
use segue_model::escalation::Trigger;
use segue_model::event::{AssistantKind, Event, Opening, Origin};
use segue_model::fact::{self, FactValue, Facts};
use segue_model::floor::Epoch;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::limits::SHORT_TEXT_BYTES_MAX;
use segue_model::turn::{AnswerScores, Author, TurnNumber};
use segue_model::verdict::{Outcome, Verdict};
use segue_ports::directory::{Customer, Scope};
use segue_service::conversations::AssistantWords;
use segue_service::identity::visitors::facts_of;
use segue_service::{Caller, Done};
use uuid::Uuid;

use super::answers::{Answer, ProgramErrors};
use crate::auth::program::{Escalate, TurnWrite};
use crate::auth::{Keyed, KeyedOn};
use crate::error::ApiError;
use crate::extract::Write;
use crate::state::ApiState;
use crate::view::{EXTERNAL_ID, Eyes, View, trace_of};
use crate::wire::conversation::{
    CustomerRef, FactGiven, HandoffAnswer, HandoffBody, NoticeAnswer, OpenBody, Opened,
    SpeakerRole, TurnAnswer, TurnBody, VerdictAnswer,
};

/// The facts that the policy language knows or that say who somebody is. A
/// program cannot give them: they come from the directory, or not at all.
const RESERVED_FACTS: &[&str] = &[
    fact::name::TIER,
    fact::name::VIP,
    fact::name::AUTHENTICATED,
    fact::name::ACCOUNT_OWNER,
    fact::name::ACCOUNT_MANAGER,
    fact::name::DEPUTY,
    fact::name::EMAIL,
    fact::name::ACCOUNT_ID,
    fact::name::PLAN,
    EXTERNAL_ID,
];
/// How many facts a program gives at most.
const FACTS_MAX: usize = 32;
/// The longest name of a fact, channel or locale, in bytes.
const WORD_BYTES_MAX: usize = 64;
/// The longest note to staff, in bytes.
const NOTE_BYTES_MAX: usize = 4_096;
/// The longest address of a page, in bytes.
const PAGE_BYTES_MAX: usize = 2_048;
/// How many documents or tool calls go with one turn at most.
const LIST_MAX: usize = 20;

/// Begins a conversation that the program's own assistant answers. The key may
/// write to it and read it; other keys may not.
#[utoipa::path(post, operation_id = "open_conversation", path = "/v1/conversations", tag = "assistant", security(("key" = ["turn:write"])), request_body = OpenBody, responses((status = 201, description = "Begun.", body = Opened), ProgramErrors))]
pub async fn open(
    State(api): State<ApiState>,
    by: Keyed<TurnWrite>,
    write: Write<OpenBody>,
) -> Result<Answer<Opened>, ApiError> {
    let caller = by.caller(&write);
    let (workspace, key) = (by.key.workspace, by.key.id);
    let opening = opening(&api, workspace, write.body).await?;
    let id = ConversationId::new(Uuid::now_v7());
    let done = api.service().open(&caller, id, opening).await?;
    // Granted in an entry of its own; a retry after a crash in between adds it.
    let plain = Caller::new(workspace, caller.actor);
    let granted = api
        .service()
        .grant_key(&plain, done.conversation, key)
        .await?;
    let view = View::new(
        &by.desk,
        Eyes::Program,
        done.conversation,
        &granted.state,
        api.now(),
    );
    let body = Opened {
        id: done.conversation,
        epoch: granted.state.epoch.0,
        // The grant is the entry after the opening.
        version: done.version().next().0,
        floor: view.floor(),
    };
    Ok(Answer::with(StatusCode::CREATED, &done, body))
}

/// What a conversation is opened with that a program's own assistant answers.
///
/// # Errors
/// `invalid_value` for what is too long or may not be given.
pub async fn opening(
    api: &ApiState,
    workspace: WorkspaceId,
    body: OpenBody,
) -> Result<Opening, ApiError> {
    let OpenBody {
        customer,
        locale,
        page,
        channel,
        external_id,
        facts,
    } = body;
    let locale = short("locale", locale, WORD_BYTES_MAX)?;
    let page = short("page", page, PAGE_BYTES_MAX)?;
    let channel = short("channel", channel, WORD_BYTES_MAX)?.unwrap_or_else(|| "api".to_owned());
    let external_id = short("external_id", external_id, SHORT_TEXT_BYTES_MAX)?;
    let given = read_facts(facts)?;
    let who = customer.unwrap_or_default();
    let found = find_customer(api, workspace, &who).await?;
    let facts = facts_with(found.as_ref(), &who, given, external_id);
    Ok(Opening {
        customer: found.map(|customer| customer.id),
        visitor: None,
        assistant: AssistantKind::External,
        origin: Origin::Live,
        channel,
        locale,
        page,
        browser: None,
        follows: None,
        bot: None,
        desk: None,
        facts,
    })
}

fn short(field: &str, text: Option<String>, max: usize) -> Result<Option<String>, ApiError> {
    match text {
        Some(text) if text.is_empty() || text.len() > max || text.contains(char::is_control) => {
            Err(ApiError::invalid(
                field,
                &format!("1 to {max} bytes without control characters"),
            ))
        }
        text => Ok(text),
    }
}

async fn find_customer(
    api: &ApiState,
    workspace: WorkspaceId,
    who: &CustomerRef,
) -> Result<Option<Customer>, ApiError> {
    let email = who.email.as_ref().map(|email| email.trim().to_lowercase());
    for key in [email, who.account_id.clone()].into_iter().flatten() {
        if key.is_empty() || key.len() > SHORT_TEXT_BYTES_MAX {
            return Err(ApiError::invalid("customer", "1 to 512 bytes"));
        }
        if let Some(found) = api.service().store().find_customer(workspace, key).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What the directory knows, then what the program says beside it. Nobody proved
/// to Segue who they are, so `authenticated` is never set here, whatever is known.
fn facts_with(
    found: Option<&Customer>,
    who: &CustomerRef,
    given: BTreeMap<String, FactValue>,
    external_id: Option<String>,
) -> Facts {
    let mut facts = facts_of(found);
    facts
        .known
        .insert(fact::name::AUTHENTICATED.to_owned(), FactValue::Flag(false));
    let named = [
        (fact::name::EMAIL, &who.email),
        (fact::name::ACCOUNT_ID, &who.account_id),
        (EXTERNAL_ID, &external_id),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            facts
                .known
                .entry(name.to_owned())
                .or_insert_with(|| FactValue::Text(value.clone()));
        }
    }
    for (name, value) in given {
        facts.known.entry(name).or_insert(value);
    }
    facts
}

fn read_facts(given: BTreeMap<String, FactGiven>) -> Result<BTreeMap<String, FactValue>, ApiError> {
    if given.len() > FACTS_MAX {
        return Err(ApiError::invalid(
            "facts",
            &format!("at most {FACTS_MAX} facts"),
        ));
    }
    given.into_iter().map(read_fact).collect()
}

fn read_fact((name, value): (String, FactGiven)) -> Result<(String, FactValue), ApiError> {
    let field = format!("facts.{name}");
    if RESERVED_FACTS.contains(&name.as_str()) {
        let reason = "this fact comes from the directory only; import it there";
        return Err(ApiError::invalid(&field, reason));
    }
    let is_name = |name: &str| {
        let is_plain =
            |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
        !name.is_empty() && name.len() <= WORD_BYTES_MAX && name.chars().all(is_plain)
    };
    if !is_name(&name) {
        return Err(ApiError::invalid(
            &field,
            "a name of lower-case letters, digits and _",
        ));
    }
    let value = match value {
        FactGiven::Flag(flag) => FactValue::Flag(flag),
        FactGiven::Number(number) => FactValue::Number(number),
        FactGiven::Text(text) if text.len() > SHORT_TEXT_BYTES_MAX => {
            return Err(ApiError::invalid(&field, "at most 512 bytes"));
        }
        FactGiven::Text(text) => FactValue::Text(text),
    };
    Ok((name, value))
}

/// Brings one turn, the customer's or the assistant's, and answers what follows.
///
/// An assistant's turn is fenced by the epoch it was made under: once the floor
/// has passed, it is refused with `floor_lost`, kept for staff and never shown.
/// While drafts are reviewed it is proposed, not said, and needs `draft:write` as well.
#[utoipa::path(post, operation_id = "add_turn", path = "/v1/conversations/{id}/turns", tag = "assistant", security(("key" = ["turn:write"])), params(("id" = String, Path, description = "The conversation.")), request_body = TurnBody, responses(
    (status = 200, description = "What follows.", body = TurnAnswer),
    (status = 202, description = "It waits as a draft for a person.", body = TurnAnswer),
    ProgramErrors,
))]
pub async fn turn(
    State(api): State<ApiState>,
    on: KeyedOn<TurnWrite>,
    write: Write<TurnBody>,
) -> Result<Answer<TurnAnswer>, ApiError> {
    let caller = on.by.caller(&write);
    let (service, id) = (api.service(), on.conversation);
    let done = match write.body.role {
        SpeakerRole::Customer => service.customer_turn(&caller, id, &write.body.text).await?,
        SpeakerRole::Assistant => {
            let mut words = words(write.body)?;
            words.may_propose = on.by.key.scopes.contains(&Scope::DraftWrite);
            let given = words.epoch;
            let done = service.assistant_turn(&caller, id, None, words).await?;
            if done.said() == Said::FloorLost {
                let actual = done.state.epoch;
                let lost = segue_floor::Refused::StaleEpoch { given, actual };
                return Err(segue_service::Failure::from(lost).into());
            }
            done
        }
    };
    let (turn, draft) = match done.said() {
        Said::Turn(turn) => (Some(turn.0), None),
        Said::Draft(draft) => (None, Some(draft)),
        Said::BelowBand | Said::FloorLost | Said::Nothing => (None, None),
    };
    let status = if draft.is_some() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    let body = TurnAnswer {
        turn,
        draft,
        version: done.version().0,
        epoch: done.epoch().0,
        visible: turn.is_some(),
        verdict: done.verdict().map(verdict),
        notice: notice(&done),
    };
    Ok(Answer::with(status, &done, body))
}

fn words(body: TurnBody) -> Result<AssistantWords, ApiError> {
    let Some(epoch) = body.epoch else {
        let reason = "an assistant's turn needs the epoch it was made under";
        return Err(ApiError::invalid("epoch", reason));
    };
    let is_share = |score: f64| (0.0..=1.0).contains(&score);
    if !body.confidence.is_none_or(is_share) {
        return Err(ApiError::invalid("confidence", "between 0 and 1"));
    }
    if !body.retrieval.iter().all(|found| is_share(found.score)) {
        return Err(ApiError::invalid("retrieval", "scores between 0 and 1"));
    }
    let is_short = |text: &str| text.len() <= SHORT_TEXT_BYTES_MAX;
    let is_fine = body.retrieval.len() <= LIST_MAX
        && body.tool_calls.len() <= LIST_MAX
        && body.retrieval.iter().all(|found| is_short(&found.id))
        && body
            .retrieval
            .iter()
            .filter_map(|found| found.title.as_deref())
            .all(is_short)
        && body.tool_calls.iter().all(|call| is_short(&call.name));
    if !is_fine {
        return Err(ApiError::invalid(
            "retrieval",
            "at most 20 entries with at most 512 bytes each",
        ));
    }
    Ok(AssistantWords {
        epoch: Epoch(epoch),
        in_reply_to: body.in_reply_to.map(TurnNumber),
        is_more: body.multi,
        scores: AnswerScores {
            confidence: body.confidence,
            retrieval: body.retrieval.iter().map(Into::into).collect(),
            is_fallback: body.fallback,
            is_courtesy: false,
            tool_calls: body.tool_calls.iter().map(Into::into).collect(),
            query_distance: None,
            out_of_scope: None,
        },
        text: body.text,
        clarify: None,
        may_propose: false,
        shown: None,
        is_cut: false,
    })
}

fn verdict(verdict: &Verdict) -> VerdictAnswer {
    let (kind, queue) = match &verdict.outcome {
        Outcome::Escalate { kind, queue } => (Some((*kind).into()), Some(queue.to_string())),
        Outcome::Review { queue } => (None, Some(queue.to_string())),
        Outcome::Continue | Outcome::FallBack { .. } => (None, None),
    };
    VerdictAnswer {
        verdict: (&verdict.outcome).into(),
        rule: verdict.rule.0.to_string(),
        trace: trace_of(&verdict.trace),
        kind,
        queue,
    }
}

/// What the system said to the customer in the same entry.
fn notice(done: &Done) -> Option<NoticeAnswer> {
    done.entry
        .entry
        .events
        .iter()
        .find_map(|event| match event {
            Event::TurnAdded {
                turn,
                author: Author::System { notice },
                text,
                ..
            } => {
                let words = segue_service::cell::text_of(&done.entry, *text).unwrap_or_default();
                Some(NoticeAnswer {
                    turn: turn.0,
                    notice: (*notice).into(),
                    text: words.to_owned(),
                })
            }
            _ => None,
        })
}

/// Asks for a person without words of the customer's.
#[utoipa::path(post, operation_id = "ask_for_handoff", path = "/v1/conversations/{id}/handoff", tag = "assistant", security(("key" = ["escalate"])), params(("id" = String, Path, description = "The conversation.")), request_body = HandoffBody, responses((status = 200, description = "A person is asked for.", body = HandoffAnswer), ProgramErrors))]
pub async fn handoff(
    State(api): State<ApiState>,
    on: KeyedOn<Escalate>,
    write: Write<HandoffBody>,
) -> Result<Answer<HandoffAnswer>, ApiError> {
    let caller = on.by.caller(&write);
    let HandoffBody { reason, note } = write.body;
    let reason = reason.unwrap_or_default();
    if reason.len() > SHORT_TEXT_BYTES_MAX {
        return Err(ApiError::invalid("reason", "at most 512 bytes"));
    }
    if note
        .as_ref()
        .is_some_and(|note| note.len() > NOTE_BYTES_MAX)
    {
        return Err(ApiError::invalid("note", "at most 4096 bytes"));
    }
    let (service, id) = (api.service(), on.conversation);
    let why = (Trigger::Assistant, reason.as_str());
    let done = service
        .ask_for_person(&caller, id, why, note.as_deref())
        .await?;
    let view = View::new(&on.by.desk, Eyes::Program, id, &done.state, api.now());
    let body = HandoffAnswer {
        version: done.version().0,
        epoch: done.epoch().0,
        floor: view.floor(),
        wait: view.wait(),
        notice: notice(&done),
    };
    Ok(Answer::ok(&done, body))
}
