//! The weekly report on its way to people: when it is due, to whom it goes, what of it
//! has arrived, and the alarm that does not wait for Monday.
//!
//! The report itself is computed from the log whenever it is asked for
//! (`segue_insight::report`); only the schedule and the progress of the sending are kept.
//! A letter may arrive twice after a crash, under the same name; it is not lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan as _;
use segue_insight::alarm::State;
use segue_insight::causes::{Cause, Finding, name_gaps};
use segue_insight::report::{Report, ReportQuery, html, last_week_end, markdown};
use segue_model::id::WorkspaceId;
use segue_model::time::{Span, Timestamp};
use segue_model::words::is_blank;
use segue_ports::news::{Attachment, Letter, NewsError, Notice};
use segue_ports::report::{Delivery, Schedule};
use segue_ports::settings::SettingChange;
use sha2::{Digest as _, Sha256};

use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::access::{Action, authorize};
use crate::identity::settings::{Act, Settled};
use crate::learning::concern::concern_of;
use crate::service::Service;

/// How often it is looked whether something is due.
const LOOK_EVERY: Span = Span::minutes(1);
/// How often it is looked whether people are kept from a person: the test is over four
/// weeks, so an hour changes nothing in it.
const ALARM_EVERY: Span = Span::hours(1);
/// The first pause after a failed try; each further one is twice as long.
const PAUSE_FIRST: Span = Span::minutes(1);
/// The longest pause between two tries.
const PAUSE_MAX: Span = Span::hours(2);
/// After how many tries a week's report is given up.
const TRIES_MAX: u32 = 12;
/// To how many addresses it goes at most.
pub const RECIPIENTS_MAX: usize = 50;
/// The longest address, in bytes (RFC 5321).
const ADDRESS_BYTES_MAX: usize = 254;
/// How many conversations lead on from each finding.
const SHOWN: usize = 5;
/// The hour at which the report is sent, where nobody says otherwise.
const HOUR_OTHERWISE: u8 = 8;
/// How many bytes of an address's hash name its letter.
const NAME_BYTES: usize = 8;

/// How long a report is given again without being computed again.
const KEPT: Span = Span::minutes(1);
/// From how many conversations a gap in the knowledge gets its name.
const NAMED_FROM: usize = 100;

/// The report that was computed last.
pub(crate) struct LastReport {
    asked: (Timestamp, bool),
    at: Timestamp,
    report: Arc<Report>,
}

/// When each workspace's alarm was looked at last.
pub type Looked = BTreeMap<WorkspaceId, Timestamp>;

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
            shown_max: SHOWN,
        };
        let long = ReportQuery {
            shown_max: NAMED_FROM,
            ..query.clone()
        };
        let mut causes = aside(desk, move |desk| desk.ledger().causes(&long.causes())).await?;
        for finding in &mut causes.causes {
            if finding.cause == Cause::KnowledgeGap {
                self.name_gap(desk, finding).await?;
            }
            finding.examples.truncate(SHOWN);
        }
        let report = move |desk: &Desk| desk.ledger().report_with(&query, causes.causes);
        let report = Arc::new(aside(desk, report).await?);
        *kept = Some(LastReport {
            asked: (until, include_demo),
            at: now,
            report: Arc::clone(&report),
        });
        Ok(report)
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
        let mut letter = self.letter_of(&desk, &report, &agent.email);
        // A copy of its own: it does not take the place of the week's letter.
        letter.id = format!("{}-{}", letter.id, self.now().0);
        let sent = post.send(letter).await;
        sent.map_err(|error| Failure::NotSent(error.to_string()))
    }

    /// Sends what is due, until the service stops.
    pub(crate) async fn send_reports(self) {
        let mut looked = Looked::new();
        loop {
            self.send_due_reports(&mut looked).await;
            tokio::select! {
                () = tokio::time::sleep(std::time::Duration::from_millis(LOOK_EVERY.millis())) => {}
                () = self.stopping().cancelled() => return,
            }
        }
    }

    /// Sends what is due now in every workspace.
    pub async fn send_due_reports(&self, looked: &mut Looked) {
        let _alone = self.sending().await;
        for desk in self.desks() {
            if let Err(error) = self.send_due(&desk, looked).await {
                tracing::error!(%error, "the report could not be sent");
            }
        }
    }

    async fn send_due(&self, desk: &Arc<Desk>, looked: &mut Looked) -> Result<(), Failure> {
        let schedule = self.report_schedule(desk).await?;
        // While the log is being read, the figures are of a part of it.
        if !schedule.is_on || desk.is_rebuilding() {
            return Ok(());
        }
        let now = self.now();
        let mut delivery = self.report_delivery(desk).await?;
        if looked
            .get(&desk.workspace.id)
            .is_none_or(|at| *at + ALARM_EVERY <= now)
        {
            looked.insert(desk.workspace.id, now);
            self.ring_alarm(desk, &schedule, &mut delivery).await?;
        }
        let zone = desk.ruleset().zone();
        let week_end = last_week_end(now, &zone);
        let due = due_at(week_end, &schedule, &zone);
        let is_sent = delivery.sent_until.is_some_and(|until| until >= week_end);
        // Who turns it on after its hour gets the next one.
        if is_sent || now < due || schedule.at > due {
            return Ok(());
        }
        if delivery.trying != Some(week_end) {
            delivery = Delivery {
                trying: Some(week_end),
                reached: Vec::new(),
                tries: 0,
                again_at: None,
                error: None,
                ..delivery
            };
        }
        if delivery.again_at.is_some_and(|at| at > now) {
            return Ok(());
        }
        let report = self.report(desk, Some(week_end), schedule.include_demo);
        let report = report.await?;
        let failed = self
            .send_all(desk, &report, &schedule, &mut delivery)
            .await?;
        self.close_try(desk, week_end, delivery, failed).await
    }

    /// Sends to everybody whom it has not reached; answers what went wrong last.
    async fn send_all(
        &self,
        desk: &Desk,
        report: &Report,
        schedule: &Schedule,
        delivery: &mut Delivery,
    ) -> Result<Option<String>, Failure> {
        let mut failed = None;
        for to in &schedule.recipients {
            if delivery.reached.contains(to) {
                continue;
            }
            match self.send_letter(self.letter_of(desk, report, to)).await {
                Ok(()) => self.reached(desk, delivery, to.clone()).await?,
                Err(error) => failed = Some(format!("{to}: {error}")),
            }
        }
        for (name, hook) in &self.outside().hooks {
            let reached = format!("hook.{name}");
            if delivery.reached.contains(&reached) {
                continue;
            }
            let [_, last] = &report.days;
            let notice = Notice {
                id: format!("report-{}-{last}", desk.workspace.id),
                kind: "report.weekly",
                body: serde_json::json!({
                    "workspace": desk.workspace.name,
                    "report": report,
                    "markdown": markdown::render(report, self.console()),
                }),
                at: self.now(),
            };
            match hook.tell(notice).await {
                Ok(()) => self.reached(desk, delivery, reached).await?,
                Err(error) => failed = Some(format!("{name}: {error}")),
            }
        }
        Ok(failed)
    }

    async fn send_letter(&self, letter: Letter) -> Result<(), NewsError> {
        match &self.outside().post {
            Some(post) => post.send(letter).await,
            None => Err(NewsError::Refused("there is no mail server".to_owned())),
        }
    }

    /// Kept at once, so that a crash repeats at most the letter in hand.
    async fn reached(
        &self,
        desk: &Desk,
        delivery: &mut Delivery,
        whom: String,
    ) -> Result<(), Failure> {
        delivery.reached.push(whom);
        let kept = delivery.clone();
        Ok(self
            .store()
            .put_report_delivery(desk.workspace.id, kept)
            .await?)
    }

    async fn close_try(
        &self,
        desk: &Desk,
        week_end: Timestamp,
        mut delivery: Delivery,
        failed: Option<String>,
    ) -> Result<(), Failure> {
        let now = self.now();
        delivery.tries += 1;
        let is_over = failed.is_none() || delivery.tries >= TRIES_MAX;
        match &failed {
            None => delivery.sent_at = Some(now),
            // Why is on the page: it names addresses, and the log does not.
            Some(_) => {
                let tries = delivery.tries;
                tracing::warn!(tries, is_over, "a report was not sent");
            }
        }
        delivery.error = failed;
        if is_over {
            delivery.sent_until = Some(week_end);
            delivery.trying = None;
            delivery.again_at = None;
        } else {
            let doubled = 1_u64.checked_shl(delivery.tries - 1).unwrap_or(u64::MAX);
            let pause = PAUSE_FIRST.millis().saturating_mul(doubled);
            delivery.again_at = Some(now + Span(pause.min(PAUSE_MAX.millis())));
        }
        Ok(self
            .store()
            .put_report_delivery(desk.workspace.id, delivery)
            .await?)
    }

    /// Tells once that people are kept from a person, when that begins to show.
    async fn ring_alarm(
        &self,
        desk: &Arc<Desk>,
        schedule: &Schedule,
        delivery: &mut Delivery,
    ) -> Result<(), Failure> {
        let query = ReportQuery {
            until: self.now(),
            zone: desk.ruleset().zone(),
            include_demo: schedule.include_demo || desk.workspace.is_demo,
            shown_max: SHOWN,
        };
        let alarm = aside(desk, move |desk| desk.ledger().gatekeeping(&query.causes()));
        let alarm = alarm.await?;
        let is_ringing = alarm.state == State::Alarm;
        if is_ringing == delivery.alarm_since.is_some() {
            return Ok(());
        }
        if is_ringing {
            let at = self.now();
            let id = format!("alarm-{}-{}", desk.workspace.id, at.0);
            let told = alarm.reasons.join("\n");
            let subject = format!("{}: people are kept from a person", desk.workspace.name);
            for to in &schedule.recipients {
                let letter = Letter {
                    id: format!("{id}-{}", name_of(to)),
                    to: to.clone(),
                    subject: subject.clone(),
                    text: told.clone(),
                    html: html::alarm(&subject, &alarm.reasons, self.console()),
                    attachments: Vec::new(),
                    at,
                };
                if self.send_letter(letter).await.is_err() {
                    tracing::warn!("the alarm did not reach an address");
                }
            }
            for (name, hook) in &self.outside().hooks {
                let notice = Notice {
                    id: id.clone(),
                    kind: "alarm.gatekeeping",
                    body: serde_json::json!({ "workspace": desk.workspace.name, "alarm": alarm }),
                    at,
                };
                if let Err(error) = hook.tell(notice).await {
                    tracing::warn!(hook = name, %error, "the alarm did not reach a program");
                }
            }
        }
        delivery.alarm_since = is_ringing.then(|| self.now());
        Ok(self
            .store()
            .put_report_delivery(desk.workspace.id, delivery.clone())
            .await?)
    }

    fn letter_of(&self, desk: &Desk, report: &Report, to: &str) -> Letter {
        let [first, last] = &report.days;
        let page = html::render(report, self.console());
        Letter {
            id: format!("report-{}-{last}-{}", desk.workspace.id, name_of(to)),
            to: to.to_owned(),
            subject: format!("{}: handoffs, {first} to {last}", desk.workspace.name),
            text: markdown::render(report, self.console()),
            html: page.clone(),
            // Many mail programs leave the plots out; the file has them.
            attachments: vec![Attachment {
                name: format!("handoffs-{last}.html"),
                media: "text/html",
                text: page,
            }],
            at: self.now(),
        }
    }

    fn console(&self) -> Option<&str> {
        self.options().console_url.as_deref()
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

/// When a week's report is sent.
fn due_at(week_end: Timestamp, schedule: &Schedule, zone: &jiff::tz::TimeZone) -> Timestamp {
    let monday = jiff::Timestamp::from_millisecond(week_end.0).unwrap_or(jiff::Timestamp::MAX);
    let due = monday
        .to_zoned(zone.clone())
        .checked_add(i64::from(schedule.weekday).days())
        .and_then(|day| {
            day.with()
                .hour(i8::try_from(schedule.hour).unwrap_or(0))
                .build()
        });
    // Only at the end of the calendar there is no such hour.
    due.map_or(week_end, |due| Timestamp(due.timestamp().as_millisecond()))
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

/// Whether it has the form of an address; whether somebody is there, the mail server says.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_plain = |it: char| !it.is_whitespace() && !it.is_control() && !"<>,;:\"".contains(it);
    text.len() <= ADDRESS_BYTES_MAX
        && !is_blank(local)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && text.chars().all(is_plain)
}

/// A name for an address that does not say it.
fn name_of(address: &str) -> String {
    let digest = Sha256::digest(address.as_bytes());
    digest
        .iter()
        .take(NAME_BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
