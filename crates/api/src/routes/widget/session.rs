//! A browser comes, gets its token, and begins a conversation.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use segue_floor::Refused;
use segue_model::event::{AssistantKind, Opening, Origin, Version};
use segue_model::id::ConversationId;
use segue_model::limits::REOPEN_WINDOW_HOURS;
use segue_model::time::Span;
use segue_ports::log::HeadFilter;
use segue_service::identity::sessions::Bearer;
use segue_service::identity::visitors::{KnownVisitor, read_identity};
use segue_service::{Desk, Failure};
use uuid::Uuid;

use super::browser;
use crate::auth::Visiting;
use crate::auth::limit::Address;
use crate::error::ApiError;
use crate::extract::{Nothing, Write};
use crate::routes::answers::{Answer, VisitorErrors};
use crate::state::ApiState;
use crate::view::{ASSISTANT_NAME, customer_snapshot};
use crate::wire::identity::Ticket;
use crate::wire::state::CustomerSnapshot;
use crate::wire::widget::{
    AssistantCard, BeginBody, Company, KnownCustomer, SessionBody, WidgetSession,
};

/// The longest locale, in bytes (BCP 47 tags are shorter).
const LOCALE_BYTES_MAX: usize = 35;
/// The longest address of a page, in bytes; what is longer is cut off.
const PAGE_BYTES_MAX: usize = 2_048;
/// How many of a visitor's latest conversations are looked at for one to reopen.
const LATEST_MAX: u32 = 5;

/// A browser comes, or comes back: it gets a token, and learns what it left open.
#[utoipa::path(post, operation_id = "start_widget_session", path = "/v1/widget/session", tag = "widget", request_body = SessionBody, responses((status = 200, description = "The token.", body = WidgetSession), VisitorErrors))]
pub async fn session(
    State(api): State<ApiState>,
    from: Address,
    headers: HeaderMap,
    write: Write<SessionBody>,
) -> Result<Response, ApiError> {
    api.limits().visit(from)?;
    let desk = api.widget_desk()?;
    let workspace = desk.workspace.id;
    let SessionBody {
        identity,
        locale,
        visitor,
    } = write.body;
    let key = &api.options().identity_key;
    let claims = match &identity {
        Some(_) if key.is_empty() => return Err(Failure::Unauthenticated.into()),
        Some(token) => Some(read_identity(key, workspace, api.now(), token)?),
        None => None,
    };
    let (token, known) = api
        .service()
        .visit(workspace, visitor.as_deref(), claims.as_ref())
        .await?;
    let locale = locale_of(locale, &headers);
    let texts_locale = texts_locale(&desk, locale.as_deref());
    let conversation = conversation_of(&api, &known).await?;
    let name = known.facts.text(segue_model::fact::name::NAME);
    let body = WidgetSession {
        token,
        expires_at: known.visitor.expires_at.into(),
        company: Company {
            name: desk.workspace.name.clone(),
        },
        assistant: AssistantCard {
            name: ASSISTANT_NAME.to_owned(),
            is_ai: true,
        },
        customer: name.map(|name| KnownCustomer {
            name: name.to_owned(),
        }),
        conversation,
        texts_locale,
    };
    Ok(Json(body).into_response())
}

/// A page's address without what may carry secrets: query and fragment.
fn shown_page(page: &str) -> String {
    let bare = page.split(['?', '#']).next().unwrap_or_default();
    let mut shown: String = bare.chars().filter(|char| !char.is_control()).collect();
    while shown.len() > PAGE_BYTES_MAX {
        shown.pop();
    }
    shown
}

/// The language that was named, else what the browser accepts.
fn locale_of(named: Option<String>, headers: &HeaderMap) -> Option<String> {
    let locale = named.or_else(|| accepted_language(headers));
    locale.filter(|locale| is_locale(locale))
}

fn accepted_language(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    line.split([',', ';'])
        .next()
        .map(|first| first.trim().to_owned())
}

fn is_locale(text: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '-';
    !text.is_empty() && text.len() <= LOCALE_BYTES_MAX && text.chars().all(is_plain)
}

/// The language that the policy has words in, else its own.
fn texts_locale(desk: &Desk, locale: Option<&str>) -> String {
    let rules = desk.ruleset();
    let definition = rules.policy().definition();
    let language = locale
        .and_then(|locale| locale.split('-').next())
        .map(str::to_ascii_lowercase);
    let known = language.filter(|language| definition.wording.languages.contains_key(language));
    known.unwrap_or_else(|| definition.language.clone())
}

/// The visitor's open conversation, else their latest that can be reopened, to be
/// rated or gone on with. Never one of another browser, and none of before they
/// proved who they are, or after they stopped to (S-11).
async fn conversation_of(
    api: &ApiState,
    known: &KnownVisitor,
) -> Result<Option<ConversationId>, ApiError> {
    let (store, workspace) = (api.service().store(), known.visitor.workspace);
    let id = known.visitor.id.clone();
    if let Some(open) = store.open_of_visitor(workspace, id.clone()).await? {
        return Ok(Some(open));
    }
    let filter = HeadFilter {
        visitor: Some(id),
        ..HeadFilter::default()
    };
    let heads = store.heads(workspace, filter, None, LATEST_MAX).await?;
    let window = Span::hours(REOPEN_WINDOW_HOURS);
    let found = heads.into_iter().find(|row| {
        row.head.customer == known.visitor.customer && api.now() <= row.head.last_at + window
    });
    Ok(found.map(|row| row.conversation))
}

/// A single-use ticket for a live socket, good for 30 s.
#[utoipa::path(post, operation_id = "create_widget_ticket", path = "/v1/widget/ticket", tag = "widget", security(("visitor" = [])), responses((status = 200, description = "The ticket.", body = Ticket), VisitorErrors))]
pub async fn ticket(
    State(api): State<ApiState>,
    by: Visiting,
    _write: Write<Nothing>,
) -> Json<Ticket> {
    let visitor = by.id().to_owned();
    let bearer = Bearer::Visitor {
        workspace: by.known.visitor.workspace,
        visitor,
        expires_at: by.known.visitor.expires_at,
    };
    let (ticket, expires_at) = api.service().new_ticket(bearer);
    Json(Ticket {
        ticket,
        expires_at: expires_at.into(),
    })
}

/// Begins a conversation, or answers the one that is open.
#[utoipa::path(post, operation_id = "open_widget_conversation", path = "/v1/widget/conversations", tag = "widget", security(("visitor" = [])), request_body = BeginBody, responses(
    (status = 201, description = "Begun.", body = CustomerSnapshot),
    (status = 200, description = "It was open already.", body = CustomerSnapshot),
    VisitorErrors,
))]
pub async fn open(
    State(api): State<ApiState>,
    by: Visiting,
    headers: HeaderMap,
    write: Write<BeginBody>,
) -> Result<Response, ApiError> {
    let caller = by.caller(&write);
    let (store, workspace) = (api.service().store(), by.known.visitor.workspace);
    let open_one = || store.open_of_visitor(workspace, by.id().to_owned());
    if let Some(id) = open_one().await? {
        return Ok(Json(snapshot(&api, &by, id).await?).into_response());
    }
    let id = ConversationId::new(Uuid::now_v7());
    let bot = api.service().widget_bot();
    let opening = opening(&by, write.body, &headers, bot);
    match api.service().open(&caller, id, opening).await {
        Ok(done) => {
            let body = snapshot(&api, &by, done.conversation).await?;
            Ok(Answer::with(StatusCode::CREATED, &done, body).into_response())
        }
        // Another tab was faster.
        Err(Failure::Refused(Refused::Exists)) => {
            let id = open_one().await?.ok_or(Failure::Busy)?;
            Ok(Json(snapshot(&api, &by, id).await?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

fn opening(by: &Visiting, body: BeginBody, headers: &HeaderMap, bot: Option<String>) -> Opening {
    let BeginBody { page, locale } = body;
    let agent = headers.get(header::USER_AGENT);
    let browser = agent.and_then(|line| line.to_str().ok());
    Opening {
        customer: by.known.visitor.customer,
        visitor: Some(by.id().to_owned()),
        assistant: match bot {
            Some(_) => AssistantKind::External,
            None => AssistantKind::Builtin,
        },
        origin: Origin::Live,
        channel: "widget".to_owned(),
        locale: locale_of(locale, headers),
        page: page.map(|page| shown_page(&page)),
        browser: browser.and_then(browser::in_words),
        follows: None,
        bot,
        desk: None,
        facts: by.known.facts.clone(),
    }
}

/// The conversation as its customer reads it.
pub(super) async fn snapshot(
    api: &ApiState,
    by: &Visiting,
    id: ConversationId,
) -> Result<CustomerSnapshot, ApiError> {
    let workspace = by.known.visitor.workspace;
    let (state, entries) = api
        .service()
        .entries_after(workspace, id, Version::default())
        .await?;
    Ok(customer_snapshot(
        &by.desk,
        id,
        (&state, &entries),
        api.now(),
    ))
}
