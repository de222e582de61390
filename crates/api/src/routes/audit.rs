//! The audit trail.

use axum::Json;
use axum::extract::State;

use super::answers::ReadErrors;
use super::customers::limit;
use crate::auth::Authorized;
use crate::auth::session::ReadAudit;
use crate::error::ApiError;
use crate::extract::Params;
use crate::state::ApiState;
use crate::wire::settings::{AuditRow, LimitParams, List};

/// What Segue does by itself. Everything else without an agent is the operator's.
const OWN_ACTIONS: &[&str] = &["trial.halted", "policy.halted_back"];

/// Who did what to whom, newest first.
#[utoipa::path(get, operation_id = "list_audit_trail", path = "/v1/audit", tag = "settings", security(("session" = [])), params(LimitParams), responses((status = 200, description = "The trail.", body = List<AuditRow>), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<ReadAudit>,
    Params(params): Params<LimitParams>,
) -> Result<Json<List<AuditRow>>, ApiError> {
    let rows = api
        .service()
        .store()
        .audit_rows(by.who.workspace, limit(params)?)
        .await?;
    let actor = |row: &segue_ports::directory::AuditRow| match row.actor {
        Some(agent) => Some(by.desk.name_of(agent)),
        None => OWN_ACTIONS
            .contains(&row.action.as_str())
            .then(|| "Segue".to_owned()),
    };
    let rows = rows.into_iter().map(|row| AuditRow {
        at: row.at.into(),
        actor: actor(&row),
        action: row.action,
        subject: row.subject,
    });
    Ok(Json(List {
        items: rows.collect(),
    }))
}
