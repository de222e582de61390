//! Trials: a version that decides beside the one in force, or for a share of the
//! conversations.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_insight::rollout::{BAND, Figures};
use segue_model::id::{ProposalId, TrialId};
use segue_policy::Policy;
use segue_ports::rollout::{self, ActivationKind, TrialOutcome};
use segue_service::rollout::{Coming, Running, kept_figures};
use segue_service::{Caller, Desk, Failure};

use super::answers::{ReadErrors, RolloutErrors};
use super::kept::{Kept, first, json};
use super::policy::change::{History, answer, is_watched, reason_of};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::rollout::{ApproveBody, ReasonBody, Trial, TrialBody, TrialDetail};
use crate::wire::settings::{List, PolicyAnswer};
use crate::wire::words::{TrialMode, TrialState};

/// How many trials are listed.
const TRIALS_MAX: u32 = 50;
/// The share of a canary that names none.
const SHARE: f64 = 0.1;

/// A trial with what has been counted.
pub(super) fn row(desk: &Desk, trial: &rollout::Trial, figures: Option<&Figures>) -> Trial {
    let (mode, share) = match trial.mode {
        rollout::TrialMode::Shadow => (TrialMode::Shadow, None),
        rollout::TrialMode::Canary { permille } => {
            (TrialMode::Canary, Some(f64::from(permille) / 1_000.0))
        }
    };
    let end = trial.end.as_ref();
    Trial {
        id: trial.id,
        mode,
        share,
        version: trial.version.0.to_string(),
        base: trial.base.0.to_string(),
        proposal: trial.proposal,
        started_at: trial.started_at.into(),
        started_by: desk.name_of(trial.started_by),
        reason: trial.reason.clone(),
        state: end.map_or(TrialState::Running, |end| end.outcome.into()),
        ended_at: end.map(|end| end.at.into()),
        ended_by: end.and_then(|end| end.by).map(|by| desk.name_of(by)),
        end_reason: end.map(|end| end.reason.clone()),
        band_points: (BAND * 100.0).round() as u32,
        tally: figures.map(Into::into).unwrap_or_default(),
    }
}

/// A trial as it is kept, with what has been counted until now or until its end.
fn known(desk: &Desk, trial: &rollout::Trial) -> Trial {
    let figures = match &trial.end {
        Some(end) => kept_figures(end),
        None => desk.trial_figures(),
    };
    row(desk, trial, figures.as_ref())
}

/// The trial that runs.
pub(super) fn running(desk: &Desk) -> Option<Trial> {
    let running = desk.trial()?;
    Some(known(desk, &running.trial))
}

fn id_of(text: &str) -> Result<TrialId, ApiError> {
    Ok(text.parse().map_err(|_| Failure::Unknown("trial"))?)
}

/// Trials, newest first.
#[utoipa::path(get, operation_id = "list_policy_trials", path = "/v1/policy/trials", tag = "settings", security(("session" = [])), responses((status = 200, description = "The trials.", body = List<Trial>), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<Read>,
) -> Result<Json<List<Trial>>, ApiError> {
    let store = api.service().store();
    let rows = store.trials(by.who.workspace, TRIALS_MAX).await?;
    let items = rows.iter().map(|trial| known(&by.desk, trial)).collect();
    Ok(Json(List { items }))
}

/// One trial, with the text that is tried.
#[utoipa::path(get, operation_id = "read_policy_trial", path = "/v1/policy/trials/{id}", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The trial.")), responses((status = 200, description = "The trial.", body = TrialDetail), ReadErrors, (status = 404, description = "`not_found`: there is no such trial.", body = crate::error::ErrorBody)))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<Read>,
    Place(id): Place<String>,
) -> Result<Json<TrialDetail>, ApiError> {
    let (store, workspace) = (api.service().store(), by.who.workspace);
    let found = store.trial(workspace, id_of(&id)?).await?;
    let trial = found.ok_or(Failure::Unknown("trial"))?;
    let text = store.policy_text(workspace, trial.version.clone()).await?;
    Ok(Json(TrialDetail {
        trial: known(&by.desk, &trial),
        text: text.unwrap_or_default(),
    }))
}

/// Begins to try a policy.
#[utoipa::path(post, operation_id = "try_policy", path = "/v1/policy/trials", tag = "settings", security(("session" = [])), request_body = TrialBody, responses((status = 201, description = "It runs.", body = Trial), RolloutErrors))]
pub async fn begin(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    write: Write<TrialBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let body = write.body;
    let reason = reason_of(body.reason.as_deref())?;
    let mode = mode_of(&body)?;
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::CREATED, first.answer));
    }
    let (policy, proposal) = candidate(&api, &caller, &body).await?;
    let service = api.service();
    let running: Running = service.new_trial(&caller, &policy, (mode, proposal), reason)?;
    let answer = json(&row(&by.desk, &running.trial, None));
    let settled = service
        .begin_trial(&caller, running, answer.clone())
        .await?;
    Ok(Kept::of(StatusCode::CREATED, settled, answer))
}

fn mode_of(body: &TrialBody) -> Result<rollout::TrialMode, ApiError> {
    match (body.mode, body.share) {
        (TrialMode::Shadow, None) => Ok(rollout::TrialMode::Shadow),
        (TrialMode::Shadow, Some(_)) => Err(ApiError::invalid(
            "share",
            "a shadow sees all conversations",
        )),
        (TrialMode::Canary, share) => {
            let share = share.unwrap_or(SHARE);
            if !(0.0..=1.0).contains(&share) {
                return Err(ApiError::invalid("share", "from 0.01 to 0.5"));
            }
            Ok(rollout::TrialMode::Canary {
                permille: (share * 1_000.0).round() as u16,
            })
        }
    }
}

/// What is to be tried: a text, or that of a proposal that waits.
async fn candidate(
    api: &ApiState,
    caller: &Caller,
    body: &TrialBody,
) -> Result<(Policy, Option<ProposalId>), ApiError> {
    let service = api.service();
    let parse = |text: &str| Policy::parse(text).map_err(Failure::Policy);
    match (&body.text, &body.proposal) {
        (Some(text), None) => Ok((parse(text)?, None)),
        (None, Some(id)) => {
            let id: ProposalId = id.parse().map_err(|_| Failure::Unknown("proposal"))?;
            let proposal = service.open_proposal(caller.workspace, id).await?;
            service.expect_in_force(caller.workspace, &proposal.base.0)?;
            let text = service
                .store()
                .policy_text(caller.workspace, proposal.version)
                .await?
                .ok_or(Failure::Unknown("version"))?;
            Ok((parse(&text)?, Some(id)))
        }
        _ => Err(ApiError::invalid("text", "either `text` or `proposal`")),
    }
}

/// Ends a trial; nothing comes of it.
#[utoipa::path(post, operation_id = "stop_policy_trial", path = "/v1/policy/trials/{id}/stop", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The trial.")), request_body = ReasonBody, responses((status = 200, description = "Ended.", body = Trial), RolloutErrors))]
pub async fn stop(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    Place(id): Place<String>,
    write: Write<ReasonBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let reason = reason_of(write.body.reason.as_deref())?;
    let _turn = by.desk.policy_turn().await;
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let service = api.service();
    let end = (TrialOutcome::Stopped, reason);
    let (trial, _) = service.trial_end(&caller, id_of(&id)?, end).await?;
    let answer = json(&known(&by.desk, &trial));
    let settled = service.stop_trial(&caller, trial, answer.clone()).await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}

/// Ends a trial and puts its version in force.
#[utoipa::path(post, operation_id = "promote_policy_trial", path = "/v1/policy/trials/{id}/promote", tag = "settings", security(("session" = [])), params(("id" = String, Path, description = "The trial.")), request_body = ApproveBody, responses((status = 200, description = "In force.", body = PolicyAnswer), RolloutErrors))]
pub async fn promote(
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
    let end = (TrialOutcome::Promoted, reason.clone());
    let (trial, policy) = service.trial_end(&caller, id_of(&id)?, end).await?;
    if !body.accept_leaving_band {
        service
            .refuse_leaving_band(caller.workspace, &policy)
            .await?;
    }
    let coming = Coming {
        kind: ActivationKind::Promoted,
        reason,
        is_watched: is_watched(&by.desk, &policy, body.accept_leaving_band),
    };
    let row = service.policy_row(&caller, &policy, coming);
    let step = service.promotion(&caller, trial).await?;
    let history = History::read(&api, &by.desk).await?.after(&row, &step);
    let answer = json(&answer(&by.desk, &policy, &history));
    let settled = service
        .put_in_force(&caller, (policy, row), step, answer.clone())
        .await?;
    Ok(Kept::of(StatusCode::OK, settled, answer))
}
