//! Proposals: a text that somebody would like to be in force, and the decision.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_model::id::ProposalId;
use segue_policy::Policy;
use segue_ports::rollout::{self, ActivationKind, Step};
use segue_service::rollout::{Coming, Declined};
use segue_service::{Caller, Desk, Failure};

use super::answers::{ReadErrors, RolloutErrors};
use super::kept::{Kept, first, json};
use super::policy::change::{History, answer, is_watched, reason_of};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, ProposePolicy, Read};
use crate::error::ApiError;
use crate::extract::{Nothing, Place, Write};
use crate::state::ApiState;
use crate::wire::rollout::{ApproveBody, Proposal, ProposalBody, ProposalDetail, ReasonBody};
use crate::wire::settings::{List, PolicyAnswer};

/// How many proposals are listed.
const PROPOSALS_MAX: u32 = 100;

fn row<P>(by: &Authorized<P>, proposal: &rollout::Proposal) -> Proposal {
    let desk: &Desk = &by.desk;
    let decision = proposal.decision.as_ref();
    Proposal {
        id: proposal.id,
        version: proposal.version.0.to_string(),
        base: proposal.base.0.to_string(),
        author: desk.name_of(proposal.author),
        is_own: proposal.author == by.id(),
        at: proposal.at.into(),
        reason: proposal.reason.clone(),
        state: proposal.state.into(),
        decided_by: decision.map(|decision| desk.name_of(decision.by)),
        decided_at: decision.map(|decision| decision.at.into()),
        decision: decision.and_then(|decision| decision.reason.clone()),
    }
}

fn id_of(text: &str) -> Result<ProposalId, ApiError> {
    Ok(text.parse().map_err(|_| Failure::Unknown("proposal"))?)
}

/// Proposals, newest first.
#[utoipa::path(get, operation_id = "list_policy_proposals", path = "/v1/policy/proposals", tag = "settings", security(("session" = [])), responses((status = 200, description = "The proposals.", body = List<Proposal>), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<List<Proposal>>, ApiError> {
    let store = api.service().store();
    let rows = store.proposals(by.who.workspace, PROPOSALS_MAX).await?;
    let items = rows.iter().map(|proposal| row(&by, proposal)).collect();
    Ok(Json(List { items }))
}

/// One proposal, with its text and the one it was made on.
#[utoipa::path(get, operation_id = "read_policy_proposal", path = "/v1/policy/proposals/{id}", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The proposal.")), responses((status = 200, description = "The proposal.", body = ProposalDetail), ReadErrors, (status = 404, description = "`not_found`: there is no such proposal.", body = crate::error::ErrorBody)))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<Read>,
    Place(id): Place<String>,
) -> Result<Json<ProposalDetail>, ApiError> {
    let (store, workspace) = (api.service().store(), by.who.workspace);
    let found = store.proposal(workspace, id_of(&id)?).await?;
    let proposal = found.ok_or(Failure::Unknown("proposal"))?;
    let text = store.policy_text(workspace, proposal.version.clone());
    let text = text.await?.unwrap_or_default();
    let base_text = store.policy_text(workspace, proposal.base.clone());
    let base_text = base_text.await?.unwrap_or_default();
    Ok(Json(ProposalDetail {
        proposal: row(&by, &proposal),
        text,
        base_text,
    }))
}

/// Proposes a policy to those who may put it in force.
#[utoipa::path(post, operation_id = "propose_policy", path = "/v1/policy/proposals", tag = "settings", security(("session" = [])), request_body = ProposalBody, responses((status = 201, description = "Proposed.", body = Proposal), RolloutErrors))]
pub async fn propose(
    State(api): State<ApiState>,
    by: Authorized<ProposePolicy>,
    write: Write<ProposalBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let body = write.body;
    let policy = Policy::parse(&body.text).map_err(Failure::Policy)?;
    let reason = reason_of(body.reason.as_deref())?;
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::CREATED, first.answer));
    }
    let service = api.service();
    let proposal = service.new_proposal(&caller, &policy, &body.version, reason)?;
    let answer = json(&row(&by, &proposal));
    let settled = service
        .propose(&caller, (proposal, &policy), answer.clone())
        .await?;
    Ok(Kept::of(StatusCode::CREATED, settled, answer))
}

/// Puts a proposal in force.
#[utoipa::path(post, operation_id = "approve_policy_proposal", path = "/v1/policy/proposals/{id}/approve", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The proposal.")), request_body = ApproveBody, responses((status = 200, description = "In force.", body = PolicyAnswer), RolloutErrors))]
pub async fn approve(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    Place(id): Place<String>,
    write: Write<ApproveBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let body = write.body;
    let reason = reason_of(body.reason.as_deref())?;
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let service = api.service();
    let (proposal, policy) = service.approval(&caller, id_of(&id)?, &reason).await?;
    if !body.accept_leaving_band {
        service
            .refuse_leaving_band(caller.workspace, &policy)
            .await?;
    }
    let coming = Coming {
        kind: ActivationKind::Approved,
        reason,
        is_watched: is_watched(&by.desk, &policy, body.accept_leaving_band),
    };
    let row = service.policy_row(&caller, &policy, coming);
    let step = Step {
        decides: Some(proposal),
        ..Step::default()
    };
    let history = History::read(&api, &by.desk).await?.after(&row, &step);
    let body = json(&answer(&by.desk, &policy, &history));
    let settled = service
        .put_in_force(&caller, (policy, row), step, body.clone())
        .await?;
    Ok(Kept::of(StatusCode::OK, settled, body))
}

/// Says no to a proposal.
#[utoipa::path(post, operation_id = "reject_policy_proposal", path = "/v1/policy/proposals/{id}/reject", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The proposal.")), request_body = ReasonBody, responses((status = 200, description = "Rejected.", body = Proposal), RolloutErrors))]
pub async fn reject(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    Place(id): Place<String>,
    write: Write<ReasonBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let reason = reason_of(write.body.reason.as_deref())?;
    decline(&api, &by, &caller, (&id, Declined::Rejected(reason))).await
}

/// Takes one's own proposal back.
#[utoipa::path(post, operation_id = "withdraw_policy_proposal", path = "/v1/policy/proposals/{id}/withdraw", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The proposal.")), request_body = Nothing, responses((status = 200, description = "Withdrawn.", body = Proposal), RolloutErrors))]
pub async fn withdraw(
    State(api): State<ApiState>,
    by: Authorized<ProposePolicy>,
    Place(id): Place<String>,
    write: Write<Nothing>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    decline(&api, &by, &caller, (&id, Declined::Withdrawn)).await
}

async fn decline<P>(
    api: &ApiState,
    by: &Authorized<P>,
    caller: &Caller,
    (id, how): (&str, Declined),
) -> Result<Kept, ApiError> {
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(api, caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let service = api.service();
    let proposal = service.declined(caller, id_of(id)?, how).await?;
    let answer = json(&row(by, &proposal));
    let settled = service.decline(caller, proposal, answer.clone()).await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}
