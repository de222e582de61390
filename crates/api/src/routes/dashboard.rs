//! The figures.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::answers::ReadErrors;
use crate::auth::Authorized;
use crate::auth::session::ReadFigures;
use crate::error::ApiError;
use crate::extract::Params;
use crate::figures::{self, Asked, DAYS_MAX, SHOWN_MAX};
use crate::state::ApiState;
use crate::wire::dashboard::Dashboard;

/// Which figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DashboardParams {
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
    /// The window in days, 1 to 366; 28 if absent.
    #[serde(default)]
    pub days: Option<u32>,
    /// How many conversations lead on from each figure, 1 to 1,000; 20 if absent.
    #[serde(default)]
    pub shown: Option<u32>,
}

/// The figures of a window that ends now. Each says its formula, and leads to
/// its conversations.
#[utoipa::path(get, operation_id = "read_dashboard", path = "/v1/dashboard", tag = "dashboard", security(("session" = [])), params(DashboardParams), responses((status = 200, description = "The figures; `docs/METRICS.md` defines them.", body = Dashboard), ReadErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Params(params): Params<DashboardParams>,
) -> Result<Json<Dashboard>, ApiError> {
    if !params
        .days
        .is_none_or(|days| (1..=DAYS_MAX).contains(&days))
    {
        return Err(ApiError::invalid("days", "between 1 and 366"));
    }
    if !params
        .shown
        .is_none_or(|shown| (1..=SHOWN_MAX).contains(&shown))
    {
        return Err(ApiError::invalid("shown", "between 1 and 1000"));
    }
    let asked = Asked {
        include_demo: params.include_demo,
        days: params.days,
        shown: params.shown,
    };
    Ok(Json(figures::dashboard(&by.desk, api.now(), asked)))
}
