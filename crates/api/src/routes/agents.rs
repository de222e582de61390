//! Agents: who they are, inviting and changing them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_model::id::{AgentId, QueueKey, SkillKey};
use segue_model::limits::SHORT_TEXT_BYTES_MAX;
use segue_ports::directory::{Agent, LinkPurpose};
use segue_service::identity::people::CAPACITY_OTHERWISE;
use segue_service::identity::settings::Settled;
use segue_service::{Desk, Failure};
use uuid::Uuid;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, first, json};
use crate::auth::Authorized;
use crate::auth::session::{ManageAgents, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::settings::{AgentChange, AgentRow, InviteBody, Invited, List};

/// The level of a skill that is named without one; in the middle of 1–5.
const SKILL_LEVEL_OTHERWISE: u8 = 3;
/// How many skills an agent has at most.
const SKILLS_MAX: usize = 64;

fn row(api: &ApiState, desk: &Desk, agent: &Agent) -> AgentRow {
    AgentRow {
        id: agent.id,
        name: agent.name.clone(),
        email: agent.email.clone(),
        role: agent.role.into(),
        skills: agent
            .skills
            .iter()
            .map(|(skill, _)| skill.0.clone())
            .collect(),
        queues: agent.queues.iter().map(ToString::to_string).collect(),
        capacity: agent.capacity,
        presence: desk.presence(agent.id, api.now()).into(),
        is_active: agent.is_active,
        // Who signs in by a link has no password; who was ever here has been heard of.
        is_invited: agent.password.is_none() && desk.presence_said(agent.id).is_none(),
    }
}

/// Everybody who works here, by name.
#[utoipa::path(get, operation_id = "list_agents", path = "/v1/agents", tag = "settings", security(("session" = [])), responses((status = 200, description = "Everybody.", body = List<AgentRow>), ReadErrors))]
pub async fn list(State(api): State<ApiState>, by: Authorized<Read>) -> Json<List<AgentRow>> {
    let agents = by.desk.agents();
    Json(List {
        items: agents
            .iter()
            .map(|agent| row(&api, &by.desk, agent))
            .collect(),
    })
}

/// Named skills keep the level they had.
fn skills(named: &[String], before: &[(SkillKey, u8)]) -> Result<Vec<(SkillKey, u8)>, ApiError> {
    let is_fine = |skill: &String| !skill.trim().is_empty() && skill.len() <= SHORT_TEXT_BYTES_MAX;
    if named.len() > SKILLS_MAX || !named.iter().all(is_fine) {
        return Err(ApiError::invalid(
            "skills",
            "at most 64 names with 1 to 512 bytes each",
        ));
    }
    let level = |skill: &String| {
        let known = before.iter().find(|(known, _)| known.0 == *skill);
        known.map_or(SKILL_LEVEL_OTHERWISE, |(_, level)| *level)
    };
    Ok(named
        .iter()
        .map(|skill| (SkillKey(skill.clone()), level(skill)))
        .collect())
}

/// Invites an agent. The link is shown once.
#[utoipa::path(post, operation_id = "invite_agent", path = "/v1/agents", tag = "settings", security(("session" = [])), request_body = InviteBody, responses((status = 201, description = "Invited.", body = Invited), SettingErrors))]
pub async fn invite(
    State(api): State<ApiState>,
    by: Authorized<ManageAgents>,
    write: Write<InviteBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(&api, &caller).await? {
        return invited_before(&api, &by, &first.answer).await;
    }
    let InviteBody {
        name,
        email,
        role,
        skills: named,
        queues,
        capacity,
    } = write.body;
    let agent = Agent {
        id: AgentId::new(Uuid::now_v7()),
        email,
        name: name.trim().to_owned(),
        role: role.into(),
        password: None,
        skills: skills(&named, &[])?,
        queues: queues.into_iter().map(QueueKey).collect(),
        capacity: capacity.unwrap_or(CAPACITY_OTHERWISE),
        is_active: true,
        created_at: api.now(),
    };
    let settled = api
        .service()
        .invite(&caller, by.me(), agent, |agent| agent.id.to_string())
        .await?;
    match settled {
        Settled::Now((agent, secret)) => {
            let invited = invited(&api, &by.desk, &agent, Some(&secret));
            Ok(Kept::now(StatusCode::CREATED, &invited))
        }
        Settled::Before(first) => invited_before(&api, &by, &first.answer).await,
    }
}

fn invited(api: &ApiState, desk: &Desk, agent: &Agent, secret: Option<&str>) -> Invited {
    let link = |secret| format!("{}/#/invitation/{secret}", api.options().console_url);
    Invited {
        agent: row(api, desk, agent),
        invitation_link: secret.map(link),
    }
}

/// Links are kept as hashes only, and whoever asks again has not got theirs: they
/// get another one, as long as nobody has used the invitation.
async fn invited_before(
    api: &ApiState,
    by: &Authorized<ManageAgents>,
    id: &str,
) -> Result<Kept, ApiError> {
    let id = id.parse().ok();
    let agent = id.and_then(|id| by.desk.agent(id));
    let agent = agent.ok_or(Failure::Unknown("agent"))?;
    let secret = if agent.password.is_none() {
        let (workspace, purpose) = (by.who.workspace, LinkPurpose::Invitation);
        Some(api.service().new_link(workspace, agent.id, purpose).await?)
    } else {
        None
    };
    let body = json(&invited(api, &by.desk, &agent, secret.as_deref()));
    Ok(Kept::again(StatusCode::CREATED, body))
}

/// Changes an agent; what is absent stays.
#[utoipa::path(patch, operation_id = "change_agent", path = "/v1/agents/{id}", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The agent.")), request_body = AgentChange, responses((status = 200, description = "Changed.", body = AgentRow), SettingErrors))]
pub async fn change(
    State(api): State<ApiState>,
    by: Authorized<ManageAgents>,
    Place(id): Place<AgentId>,
    write: Write<AgentChange>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let mut agent = by.desk.agent(id).ok_or(Failure::Unknown("agent"))?;
    let AgentChange {
        name,
        email,
        role,
        skills: named,
        queues,
        capacity,
        is_active,
    } = write.body;
    if email.is_some_and(|email| !email.trim().eq_ignore_ascii_case(&agent.email)) {
        return Err(ApiError::invalid(
            "email",
            "the sign-in name cannot be changed",
        ));
    }
    if let Some(name) = name {
        agent.name = name.trim().to_owned();
    }
    if let Some(named) = named {
        agent.skills = skills(&named, &agent.skills)?;
    }
    if let Some(queues) = queues {
        agent.queues = queues.into_iter().map(QueueKey).collect();
    }
    agent.role = role.map_or(agent.role, Into::into);
    agent.capacity = capacity.unwrap_or(agent.capacity);
    agent.is_active = is_active.unwrap_or(agent.is_active);
    let answer = json(&row(&api, &by.desk, &agent));
    let settled = api
        .service()
        .change_agent(&caller, by.me(), agent, |_| answer.clone())
        .await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}
