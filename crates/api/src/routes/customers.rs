//! Customers as the workspace knows them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use segue_model::fact::{self, Facts};
use segue_ports::directory::Customer;
use segue_service::identity::settings::Settled;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, json};
use crate::auth::Authorized;
use crate::auth::session::ManageKeys;
use crate::error::ApiError;
use crate::extract::{Csv, Params};
use crate::state::ApiState;
use crate::wire::settings::{CustomerRow, ImportAnswer, LimitParams, List};

/// How many rows, where nobody says otherwise.
const LIMIT_OTHERWISE: u32 = 100;
/// How many rows at most.
const LIMIT_MAX: u32 = 1_000;
/// The fact under which a customer's company stands.
const COMPANY: &str = "company";

fn row(customer: Customer) -> CustomerRow {
    let facts = Facts {
        known: customer.facts,
        lookup_failed: None,
    };
    let text = |name| facts.text(name).map(str::to_owned);
    let email = customer.email.unwrap_or_default();
    let otherwise = || {
        if email.is_empty() {
            customer.account_id
        } else {
            Some(email.clone())
        }
    };
    CustomerRow {
        id: customer.id,
        name: text(fact::name::NAME)
            .or_else(otherwise)
            .unwrap_or_default(),
        tier: text(fact::name::TIER),
        is_vip: facts.flag(fact::name::VIP).unwrap_or_default(),
        company: text(COMPANY),
        account_manager: text(fact::name::ACCOUNT_MANAGER),
        email,
    }
}

/// Reads a limit, between 1 and the most.
pub(super) fn limit(params: LimitParams) -> Result<u32, ApiError> {
    match params.limit.unwrap_or(LIMIT_OTHERWISE) {
        limit @ 1..=LIMIT_MAX => Ok(limit),
        _ => Err(ApiError::invalid("limit", "between 1 and 1000")),
    }
}

/// Customers, by name.
#[utoipa::path(get, operation_id = "list_customers", path = "/v1/customers", tag = "settings", security(("session" = [])), params(LimitParams), responses((status = 200, description = "Customers.", body = List<CustomerRow>), ReadErrors))]
pub async fn list(
    State(api): State<ApiState>,
    by: Authorized<ManageKeys>,
    Params(params): Params<LimitParams>,
) -> Result<Json<List<CustomerRow>>, ApiError> {
    let customers = api
        .service()
        .store()
        .customers(by.who.workspace, limit(params)?)
        .await?;
    Ok(Json(List {
        items: customers.into_iter().map(row).collect(),
    }))
}

/// Reads customers with their facts from a CSV file. All of it, or nothing.
#[utoipa::path(post, operation_id = "import_customers", path = "/v1/customers/import", tag = "settings", security(("session" = [])), request_body(content = String, content_type = "text/csv"), responses((status = 200, description = "Read.", body = ImportAnswer), SettingErrors))]
pub async fn import(
    State(api): State<ApiState>,
    by: Authorized<ManageKeys>,
    Csv(write): Csv,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let settled = api
        .service()
        .import_customers_for(&caller, &write.body, |read| read.to_string())
        .await?;
    let answer = |read: u64, created: u64| ImportAnswer {
        read,
        created,
        updated: read.saturating_sub(created),
    };
    Ok(match settled {
        Settled::Now(done) => Kept::now(StatusCode::OK, &answer(done.read, done.created)),
        Settled::Before(first) => {
            let read = first.answer.parse().unwrap_or(first.created);
            Kept::again(StatusCode::OK, json(&answer(read, first.created)))
        }
    })
}
