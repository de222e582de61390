//! The weekly report, and when it is sent.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;
use segue_insight::report::{Report, html, markdown};
use segue_model::time::Timestamp;
use segue_ports::report::{Delivery, Schedule};
use serde::Deserialize;
use utoipa::IntoParams;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, first, json};
use crate::auth::Authorized;
use crate::auth::session::{ReadFigures, ScheduleReports};
use crate::error::ApiError;
use crate::extract::{Params, Write};
use crate::state::ApiState;
use crate::wire::report::{ReportSchedule, ReportScheduleBody, WeeklyReport};

/// Which report, in which form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// The ISO week; the last whole one if absent.
    #[param(example = "2026-W47")]
    #[serde(default)]
    pub week: Option<String>,
    /// Whether the demo's history counts; it always does in a demo workspace.
    #[serde(default)]
    pub include_demo: bool,
    /// `json` (otherwise), `html` or `markdown`.
    #[param(inline)]
    #[serde(default)]
    pub format: ReportFormat,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    /// Values.
    #[default]
    Json,
    /// A page of its own.
    Html,
    /// Markdown.
    Markdown,
}

/// What one week of handoffs was: what changed, why, and three things to do about it. It is
/// computed from the log as it stands now.
#[utoipa::path(get, operation_id = "read_weekly_report", path = "/v1/reports/weekly", tag = "reports", security(("session" = [])), params(ReportParams), responses((status = 200, description = "The report; as a file with `html` or `markdown`.", body = WeeklyReport), ReadErrors))]
pub async fn weekly(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Params(params): Params<ReportParams>,
) -> Result<Response, ApiError> {
    let zone = by.desk.ruleset().zone();
    let end = match &params.week {
        None => None,
        Some(week) => {
            let end = end_of(week, &zone).ok_or_else(|| {
                ApiError::invalid("week", "an ISO week as `2026-W47`, not after this one")
            })?;
            // A week that is not over has figures so far, one that has not begun has none.
            let week = segue_model::time::Span::hours(24 * 7);
            if end - week > api.now() {
                return Err(ApiError::invalid("week", "not after this one"));
            }
            Some(end.min(api.now()))
        }
    };
    let report = api.service().report(&by.desk, end, params.include_demo);
    let report = report.await?;
    let console = api.options().console_url.as_str();
    Ok(match params.format {
        ReportFormat::Json => Json(WeeklyReport::from(Report::clone(&report))).into_response(),
        ReportFormat::Html => {
            let page = html::render(&report, Some(console));
            file(&report, "html", "text/html; charset=utf-8", page)
        }
        ReportFormat::Markdown => {
            let text = markdown::render(&report, Some(console));
            file(&report, "md", "text/markdown; charset=utf-8", text)
        }
    })
}

/// A page that is not one of ours is saved, never shown under our own address: the content
/// policy of the console would take its style away, and should.
fn file(report: &Report, ending: &str, media: &'static str, body: String) -> Response {
    let [_, last] = &report.days;
    let name = format!("attachment; filename=\"handoffs-{last}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, body).into_response()
}

/// The end of an ISO week: Monday's local midnight after it.
fn end_of(week: &str, zone: &TimeZone) -> Option<Timestamp> {
    let (year, week) = week.split_once("-W")?;
    let monday = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
    let next = Date::from(monday)
        .checked_add(jiff::Span::new().days(7))
        .ok()?;
    let midnight = next.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(midnight.timestamp().as_millisecond()))
}

/// When the report is sent, to whom, and how that goes.
#[utoipa::path(get, operation_id = "read_report_schedule", path = "/v1/reports/schedule", tag = "reports", security(("session" = [])), responses((status = 200, description = "The schedule.", body = ReportSchedule), ReadErrors))]
pub async fn read_schedule(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
) -> Result<Json<ReportSchedule>, ApiError> {
    let schedule = api.service().report_schedule(&by.desk).await?;
    let delivery = api.service().report_delivery(&by.desk).await?;
    Ok(Json(answer(&api, &by.desk, schedule, delivery)))
}

fn answer(
    api: &ApiState,
    desk: &segue_service::Desk,
    schedule: Schedule,
    delivery: Delivery,
) -> ReportSchedule {
    let zone = desk.ruleset().zone();
    let zone = zone.iana_name().unwrap_or("UTC").to_owned();
    ReportSchedule::of(schedule, delivery, zone, api.service().report_ways())
}

/// Sends it at another time, to others, or not at all.
#[utoipa::path(put, operation_id = "put_report_schedule", path = "/v1/reports/schedule", tag = "reports", security(("session" = [])), request_body = ReportScheduleBody, responses((status = 200, description = "Kept.", body = ReportSchedule), SettingErrors))]
pub async fn put_schedule(
    State(api): State<ApiState>,
    by: Authorized<ScheduleReports>,
    write: Write<ReportScheduleBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    if let Some(first) = first(&api, &caller).await? {
        return Ok(Kept::again(StatusCode::OK, first.answer));
    }
    let body = write.body;
    let schedule = Schedule {
        is_on: body.is_on,
        weekday: body.weekday,
        hour: body.hour,
        recipients: body.recipients,
        include_demo: body.include_demo,
        by: Some(by.id()),
        at: api.now(),
    };
    let delivery = api.service().report_delivery(&by.desk).await?;
    let told = json(&answer(&api, &by.desk, schedule.clone(), delivery));
    let settled = api
        .service()
        .put_report_schedule(&caller, schedule, told.clone())
        .await?;
    Ok(Kept::of(StatusCode::OK, settled, told))
}

/// Sends the last whole week's report to the one who asks, as it will be sent to all.
#[utoipa::path(post, operation_id = "send_report_to_me", path = "/v1/reports/weekly/send", tag = "reports", security(("session" = [])), responses((status = 204, description = "The mail server has taken it."), SettingErrors))]
pub async fn send_to_me(
    State(api): State<ApiState>,
    by: Authorized<ScheduleReports>,
    write: Write<()>,
) -> Result<StatusCode, ApiError> {
    let caller = by.caller(&write);
    api.service().send_report_to_me(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
