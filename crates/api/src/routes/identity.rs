//! Setup, sign-in, and the caller.

use axum::Json;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use segue_model::id::{AgentId, WorkspaceId};
use segue_ports::directory::{Agent, Workspace};
use segue_service::identity::sessions::Bearer;
use segue_service::identity::{password, people};
use uuid::Uuid;

use super::answers::{DoorErrors, ReadErrors};
use crate::auth::limit::Address;
use crate::auth::session::{Anybody, Page, Serve, clear_cookie, set_cookie};
use crate::auth::{Authorized, cross_site};
use crate::error::ApiError;
use crate::extract::{Nothing, Write};
use crate::live::PRESENCE_LEASE;
use crate::state::ApiState;
use crate::view::{allowed_general, load_of};
use crate::wire::identity::{
    InvitationBody, LinkBody, Me, MeAgent, MeWorkspace, PresenceBody, SetupAnswer, SetupBody,
    SignInBody, Ticket,
};

/// A write of the console's own page, before anybody is signed in.
pub struct OwnPage;

impl axum::extract::FromRequestParts<ApiState> for OwnPage {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, ApiError> {
        cross_site::check(parts)?;
        Ok(Self)
    }
}

fn me_of(api: &ApiState, desk: &segue_service::Desk, agent: &Agent) -> Me {
    let workspace = &desk.workspace;
    Me {
        agent: MeAgent {
            id: agent.id,
            name: agent.name.clone(),
            email: agent.email.clone(),
            role: agent.role.into(),
        },
        workspace: MeWorkspace {
            id: workspace.id,
            name: workspace.name.clone(),
            is_demo: workspace.is_demo,
        },
        presence: desk.presence(agent.id, api.now()).into(),
        capacity: agent.capacity,
        load: load_of(desk, agent.id),
        allowed: allowed_general(agent),
        widget_url: api.options().widget_url.clone(),
    }
}

fn welcome(
    api: &ApiState,
    (token, who): (String, segue_service::identity::sessions::SignedIn),
) -> Result<Response, ApiError> {
    let desk = api.desk(who.workspace)?;
    let me = me_of(api, &desk, &who.agent);
    let cookie = set_cookie(&token, api.options().is_secure);
    let cookie =
        cookie.ok_or_else(|| ApiError::new("internal_error", "something went wrong here"))?;
    Ok(([(header::SET_COOKIE, cookie)], Json(me)).into_response())
}

/// Whether the server waits to be claimed.
#[utoipa::path(get, operation_id = "read_setup", path = "/v1/setup", tag = "identity", responses((status = 200, description = "Whether it does.", body = SetupAnswer), ReadErrors))]
pub async fn setup_needed(State(api): State<ApiState>) -> Result<Json<SetupAnswer>, ApiError> {
    Ok(Json(SetupAnswer {
        needed: api.service().needs_setup().await?,
    }))
}

/// Claims the server with the code that it printed, and signs its owner in.
#[utoipa::path(post, operation_id = "set_up", path = "/v1/setup", tag = "identity", request_body = SetupBody, responses((status = 200, description = "The owner is signed in.", body = Me), DoorErrors))]
pub async fn set_up(
    State(api): State<ApiState>,
    _: OwnPage,
    from: Address,
    write: Write<SetupBody>,
) -> Result<Response, ApiError> {
    api.limits().sign_in(from)?;
    let SetupBody {
        code,
        company,
        name,
        email,
        password,
    } = write.body;
    for (field, text) in [("company", &company), ("name", &name)] {
        if !people::is_name(text) {
            return Err(ApiError::invalid(field, people::NAME_NEEDED));
        }
    }
    if !people::is_address(&email) {
        return Err(ApiError::invalid("email", "an e-mail address is needed"));
    }
    // What can be refused is refused before the code is used up.
    let hashed = password::hash(&password).await?;
    let service = api.service();
    let claiming = api.claim_turn().await;
    service.take_setup_code(&code).await?;
    let now = api.now();
    let id = WorkspaceId::new(Uuid::now_v7());
    let name_of_company = company.trim().to_owned();
    let workspace = Workspace {
        id,
        name: name_of_company,
        is_demo: false,
        created_at: now,
    };
    let owner = service.owner(AgentId::new(Uuid::now_v7()), &email, &name, hashed);
    service
        .claim(workspace, owner, api.options().knowledge.clone())
        .await?;
    drop(claiming);
    welcome(
        &api,
        service.sign_in(&email, &password, from.network()).await?,
    )
}

/// Signs in with a password.
#[utoipa::path(post, operation_id = "sign_in", path = "/v1/session", tag = "identity", request_body = SignInBody, responses((status = 200, description = "Signed in; the session is in a cookie.", body = Me), DoorErrors))]
pub async fn sign_in(
    State(api): State<ApiState>,
    _: OwnPage,
    from: Address,
    write: Write<SignInBody>,
) -> Result<Response, ApiError> {
    api.limits().sign_in(from)?;
    let SignInBody { email, password } = write.body;
    let service = api.service();
    welcome(
        &api,
        service.sign_in(&email, &password, from.network()).await?,
    )
}

/// Signs in by a single-use link.
#[utoipa::path(post, operation_id = "sign_in_by_link", path = "/v1/session/link", tag = "identity", request_body = LinkBody, responses((status = 200, description = "Signed in.", body = Me), DoorErrors))]
pub async fn sign_in_by_link(
    State(api): State<ApiState>,
    _: OwnPage,
    from: Address,
    write: Write<LinkBody>,
) -> Result<Response, ApiError> {
    api.limits().sign_in(from)?;
    welcome(
        &api,
        api.service().sign_in_by_link(&write.body.token).await?,
    )
}

/// Chooses a password by an invitation, and signs in.
#[utoipa::path(post, operation_id = "accept_invitation", path = "/v1/invitations/accept", tag = "identity", request_body = InvitationBody, responses((status = 200, description = "Signed in.", body = Me), DoorErrors))]
pub async fn accept_invitation(
    State(api): State<ApiState>,
    _: OwnPage,
    from: Address,
    write: Write<InvitationBody>,
) -> Result<Response, ApiError> {
    api.limits().sign_in(from)?;
    let InvitationBody { token, password } = write.body;
    welcome(
        &api,
        api.service().accept_invitation(&token, &password).await?,
    )
}

/// Signs out.
#[utoipa::path(delete, operation_id = "sign_out", path = "/v1/session", tag = "identity", security(("session" = [])), responses((status = 204, description = "Signed out."), ReadErrors))]
pub async fn sign_out(
    State(api): State<ApiState>,
    by: Authorized<Anybody>,
) -> Result<Response, ApiError> {
    api.service().sign_out(by.who.session).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = clear_cookie(api.options().is_secure) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The caller.
#[utoipa::path(get, operation_id = "read_me", path = "/v1/me", tag = "identity", security(("session" = [])), responses((status = 200, description = "Who is signed in.", body = Me), ReadErrors))]
pub async fn me(State(api): State<ApiState>, by: Authorized<Anybody>) -> Json<Me> {
    Json(me_of(&api, &by.desk, by.me()))
}

/// Says whether the caller takes work; the live socket keeps it so.
#[utoipa::path(put, operation_id = "set_presence", path = "/v1/me/presence", tag = "identity", security(("session" = [])), request_body = PresenceBody, responses((status = 200, description = "Said.", body = Me), DoorErrors))]
pub async fn set_presence(
    State(api): State<ApiState>,
    by: Authorized<Serve>,
    write: Write<PresenceBody>,
) -> Result<Json<Me>, ApiError> {
    let presence = write.body.presence.into();
    api.service()
        .set_presence(&by.desk, by.id(), presence, PRESENCE_LEASE)
        .await?;
    Ok(Json(me_of(&api, &by.desk, by.me())))
}

/// A single-use ticket for a live socket, good for 30 s.
#[utoipa::path(post, operation_id = "create_live_ticket", path = "/v1/live/ticket", tag = "live", security(("session" = [])), responses((status = 200, description = "The ticket.", body = Ticket), DoorErrors))]
pub async fn ticket(
    State(api): State<ApiState>,
    by: Authorized<Page>,
    _write: Write<Nothing>,
) -> Json<Ticket> {
    let bearer = Bearer::Agent {
        workspace: by.who.workspace,
        agent: by.id(),
        session: by.who.session,
    };
    let (ticket, expires_at) = api.service().new_ticket(bearer);
    Json(Ticket {
        ticket,
        expires_at: expires_at.into(),
    })
}
