//! The weekly report on its way to people: when it is due, to whom it goes, what of it
//! has arrived, and the alarm that does not wait for Monday.
//!
//! The report itself is computed from the log whenever it is asked for
//! (`segue_insight::report`); only the schedule and the progress of the sending are kept.
//! A letter may arrive twice after a crash, under the same name; it is not lost.

mod sending;

use std::sync::Arc;

use segue_insight::causes::{Cause, Causes, Finding, name_gaps};
use segue_insight::report::{Report, ReportQuery, WEEKS, last_week_end};
use segue_model::time::{Span, Timestamp};
use segue_ports::report::{Delivery, Schedule};
use segue_ports::settings::SettingChange;

use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::access::{Action, authorize};
use crate::identity::people::is_address;
use crate::identity::settings::{Act, Settled};
use crate::learning::concern::concern_of;
use crate::service::Service;

/// To how many addresses it goes at most.
pub const RECIPIENTS_MAX: usize = 50;
/// How many conversations lead on from each finding.
const SHOWN: usize = 5;
/// The hour at which the report is sent, where nobody says otherwise.
const HOUR_OTHERWISE: u8 = 8;

/// How long a report is given again without being computed again.
const KEPT: Span = Span::minutes(1);
/// From how many conversations a gap in the knowledge gets its name.
const NAMED_FROM: usize = 100;

pub use sending::Looked;

/// The report that was computed last.
pub(crate) struct LastReport {
    asked: (Timestamp, bool),
    at: Timestamp,
    report: Arc<Report>,
}

impl Service {
    /// The report of the week that ended then; of the last whole one if nobody says which.
    /// It is kept for a minute: pages ask for it again and again, and it looks at weeks.
    ///
    /// # Errors
    /// When the store fails, or the server stops meanwhile.
    pub async fn report(
        &self,
        desk: &Arc<Desk>,
        week_end: Option<Timestamp>,
        include_demo: bool,
    ) -> Result<Arc<Report>, Failure> {
        let zone = desk.ruleset().zone();
        let include_demo = include_demo || desk.workspace.is_demo;
        let now = self.now();
        let until = week_end.unwrap_or_else(|| last_week_end(now, &zone));
        let mut kept = desk.last_report().await;
        if let Some(last) = kept.as_ref().filter(|last| {
            last.asked == (until, include_demo) && last.at + KEPT > now && last.at <= now
        }) {
            return Ok(Arc::clone(&last.report));
        }
        let query = ReportQuery {
            until,
            zone,
            include_demo,
            weeks: WEEKS,
            shown_max: SHOWN,
        };
        let (_, report) = self.compute_report(desk, query).await?;
        let report = Arc::new(report);
        *kept = Some(LastReport {
            asked: (until, include_demo),
            at: now,
            report: Arc::clone(&report),
        });
        Ok(report)
    }

    /// A report as it is asked for, and what its causes were looked for in; the causes
    /// themselves are the report's.
    ///
    /// # Errors
    /// When the store fails, or the server stops meanwhile.
    pub async fn compute_report(
        &self,
        desk: &Arc<Desk>,
        query: ReportQuery,
    ) -> Result<(Causes, Report), Failure> {
        let long = ReportQuery {
            shown_max: NAMED_FROM,
            ..query.clone()
        };
        let mut found = aside(desk, move |desk| desk.ledger().causes(&long.causes())).await?;
        let mut causes = std::mem::take(&mut found.causes);
        for finding in &mut causes {
            if finding.cause == Cause::KnowledgeGap {
                self.name_gap(desk, finding).await?;
            }
            finding.examples.truncate(query.shown_max);
        }
        let report = aside(desk, move |desk| desk.ledger().report(&query, causes));
        Ok((found, report.await?))
    }

    /// Says in the customers' words what a gap is about; the figures hold no words.
    async fn name_gap(&self, desk: &Desk, finding: &mut Finding) -> Result<(), Failure> {
        let mut texts = Vec::new();
        for conversation in &finding.examples {
            let log = self.whole_log(desk.workspace.id, *conversation).await?;
            let said = concern_of(&log);
            if !said.is_empty() {
                texts.push((*conversation, said));
            }
        }
        name_gaps(finding, &texts);
        Ok(())
    }

    /// When the workspace's report is sent: to nobody, until somebody says otherwise.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn report_schedule(&self, desk: &Desk) -> Result<Schedule, Failure> {
        let own = self.store().report_schedule(desk.workspace.id).await?;
        Ok(own.unwrap_or_else(|| Schedule {
            is_on: false,
            weekday: 0,
            hour: HOUR_OTHERWISE,
            recipients: Vec::new(),
            include_demo: desk.workspace.is_demo,
            by: None,
            at: Timestamp::default(),
        }))
    }

    /// How far the sending has come.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn report_delivery(&self, desk: &Desk) -> Result<Delivery, Failure> {
        Ok(self.store().report_delivery(desk.workspace.id).await?)
    }

    /// Keeps another schedule.
    ///
    /// # Errors
    /// [`Failure::Invalid`] where a day, an hour or an address is none,
    /// [`Failure::Forbidden`], or when the store fails.
    pub async fn put_report_schedule(
        &self,
        caller: &Caller,
        schedule: Schedule,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        check(&schedule)?;
        let act = Act {
            subject: if schedule.is_on { "on" } else { "off" }.to_owned(),
            change: SettingChange::PutReportSchedule(schedule),
            action: "report.schedule_changed",
        };
        Ok(self.settle_act(caller, act, answer).await?.map(|_| ()))
    }

    /// Whether letters can be sent at all, and which programs hear of it.
    pub fn report_ways(&self) -> (bool, Vec<String>) {
        let outside = self.outside();
        (
            outside.post.is_some(),
            outside.hooks.keys().cloned().collect(),
        )
    }

    /// Sends the last whole week's report to the one who asks, as it will be sent to all.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::NotConnected`] where there is no mail server, and
    /// [`Failure::NotSent`] with what that said.
    pub async fn send_report_to_me(&self, caller: &Caller) -> Result<(), Failure> {
        let desk = self.desk(caller.workspace)?;
        let agent = caller.agent().and_then(|id| desk.agent(id));
        let agent = agent.ok_or(Failure::Forbidden(Action::ScheduleReports.words()))?;
        authorize(&agent, Action::ScheduleReports)?;
        let post = self.outside().post.as_ref().map(Arc::clone);
        let post = post.ok_or(Failure::NotConnected("a mail server"))?;
        let schedule = self.report_schedule(&desk).await?;
        let report = self.report(&desk, None, schedule.include_demo).await?;
        let letter = self.letter_besides(&desk, &report, &agent.email);
        let sent = post.send(letter).await;
        sent.map_err(|error| Failure::NotSent(error.to_string()))
    }
}

/// Computes beside the turns: figures of weeks take longer than a turn may wait.
async fn aside<T: Send + 'static>(
    desk: &Arc<Desk>,
    compute: impl FnOnce(&Desk) -> T + Send + 'static,
) -> Result<T, Failure> {
    let desk = Arc::clone(desk);
    let computed = tokio::task::spawn_blocking(move || compute(&desk)).await;
    computed.map_err(|_| Failure::Busy)
}

fn check(schedule: &Schedule) -> Result<(), Failure> {
    const DAYS: u8 = 7;
    const HOURS: u8 = 24;
    if schedule.weekday >= DAYS {
        return Err(invalid("weekday", "has to be 0 (Monday) to 6"));
    }
    if schedule.hour >= HOURS {
        return Err(invalid("hour", "has to be 0 to 23"));
    }
    if schedule.recipients.len() > RECIPIENTS_MAX {
        return Err(invalid(
            "recipients",
            format!("there may be {RECIPIENTS_MAX} at most"),
        ));
    }
    match schedule.recipients.iter().find(|to| !is_address(to)) {
        Some(wrong) => Err(invalid(
            "recipients",
            format!("`{wrong}` is no e-mail address"),
        )),
        None => Ok(()),
    }
}

fn invalid(field: &'static str, reason: impl Into<String>) -> Failure {
    Failure::Invalid {
        field,
        reason: reason.into(),
    }
}
