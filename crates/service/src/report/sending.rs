//! News on its way: the weekly report when it is due, and the alarm when it begins to ring.
//! Whom they reached is kept after each one, so that a crash repeats at most the letter in
//! hand, and whoever was not reached is tried again.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan as _;
use segue_insight::alarm::{Gatekeeping, State};
use segue_insight::report::{Report, ReportQuery, WEEKS, html, last_week_end, markdown};
use segue_model::id::WorkspaceId;
use segue_model::time::{Span, Timestamp};
use segue_ports::news::{Attachment, Letter, NewsError, Notice};
use segue_ports::report::{Delivery, Schedule};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{SHOWN, aside};
use crate::desk::Desk;
use crate::failure::Failure;
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
/// How many bytes of an address's hash name its letter.
const NAME_BYTES: usize = 8;

/// When each workspace's alarm was looked at last.
pub type Looked = BTreeMap<WorkspaceId, Timestamp>;

/// Something to be told to everybody.
struct News {
    /// Its name: the same for every attempt.
    id: String,
    /// What it is, as a word.
    kind: &'static str,
    /// What a program is told.
    body: Value,
    subject: String,
    text: String,
    html: String,
    attachments: Vec<Attachment>,
}

impl News {
    fn letter(&self, to: &str, at: Timestamp) -> Letter {
        Letter {
            id: format!("{}-{}", self.id, name_of(to)),
            to: to.to_owned(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: self.html.clone(),
            attachments: self.attachments.clone(),
            at,
        }
    }
}

/// Those of a delivery whom something has reached.
type Reached = fn(&mut Delivery) -> &mut Vec<String>;

impl Service {
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
                tracing::error!(%error, "news could not be sent");
            }
        }
    }

    async fn send_due(&self, desk: &Arc<Desk>, looked: &mut Looked) -> Result<(), Failure> {
        // While the log is being read, the figures are of a part of it.
        if desk.is_rebuilding() {
            return Ok(());
        }
        let mut schedule = self.report_schedule(desk).await?;
        if !schedule.is_on {
            // Programs hear of an alarm also where nobody is sent the report.
            schedule.recipients.clear();
        }
        let mut delivery = self.report_delivery(desk).await?;
        let now = self.now();
        let last = looked.get(&desk.workspace.id);
        if last.is_none_or(|at| *at + ALARM_EVERY <= now) {
            looked.insert(desk.workspace.id, now);
            self.ring_alarm(desk, &schedule, &mut delivery).await?;
        }
        if schedule.is_on {
            self.send_weekly(desk, &schedule, delivery).await?;
        }
        Ok(())
    }

    async fn send_weekly(
        &self,
        desk: &Arc<Desk>,
        schedule: &Schedule,
        mut delivery: Delivery,
    ) -> Result<(), Failure> {
        let now = self.now();
        let zone = desk.ruleset().zone();
        let week_end = last_week_end(now, &zone);
        let due = due_at(week_end, schedule, &zone);
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
        let news = self.news_of(desk, report.await?.as_ref());
        let sending = self.tell_all(desk, schedule, &news, (&mut delivery, |it| &mut it.reached));
        let failed = sending.await?;
        self.close_try(desk, week_end, delivery, failed).await
    }

    /// Tells everybody whom it has not reached; answers what went wrong last.
    async fn tell_all(
        &self,
        desk: &Desk,
        schedule: &Schedule,
        news: &News,
        (delivery, reached): (&mut Delivery, Reached),
    ) -> Result<Option<String>, Failure> {
        let mut failed = None;
        let recipients = schedule.recipients.iter().map(|to| (to.clone(), None));
        let hooks = self.outside().hooks.iter();
        let hooks = hooks.map(|(name, hook)| (format!("hook.{name}"), Some(hook)));
        for (whom, hook) in recipients.chain(hooks) {
            if reached(delivery).contains(&whom) {
                continue;
            }
            let at = self.now();
            let told = match hook {
                None => self.send_letter(news.letter(&whom, at)).await,
                Some(hook) => {
                    let (id, kind, body) = (news.id.clone(), news.kind, news.body.clone());
                    hook.tell(Notice { id, kind, body, at }).await
                }
            };
            match told {
                Ok(()) => {
                    reached(delivery).push(whom);
                    self.keep(desk, delivery).await?;
                }
                Err(error) => failed = Some(format!("{whom}: {error}")),
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

    async fn keep(&self, desk: &Desk, delivery: &Delivery) -> Result<(), Failure> {
        let kept = self
            .store()
            .put_report_delivery(desk.workspace.id, delivery.clone());
        Ok(kept.await?)
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
        if failed.is_none() {
            delivery.sent_at = Some(now);
        } else {
            // Why is on the page: it names addresses, and the log does not.
            let tries = delivery.tries;
            tracing::warn!(tries, is_over, "a report was not sent");
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
        self.keep(desk, &delivery).await
    }

    /// Tells once that people are kept from a person, when that begins to show. Whoever was
    /// not reached is tried again as often as it is looked, while it shows.
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
            weeks: WEEKS,
            shown_max: SHOWN,
        };
        let alarm = aside(desk, move |desk| desk.ledger().gatekeeping(&query.causes()));
        let alarm = alarm.await?;
        if alarm.state != State::Alarm {
            if delivery.alarm_since.take().is_some() {
                delivery.alarm_reached.clear();
                self.keep(desk, delivery).await?;
            }
            return Ok(());
        }
        let since = match delivery.alarm_since {
            Some(since) => since,
            None => {
                let since = self.now();
                delivery.alarm_since = Some(since);
                self.keep(desk, delivery).await?;
                since
            }
        };
        let news = self.news_of_alarm(desk, &alarm, since);
        let telling = self.tell_all(
            desk,
            schedule,
            &news,
            (delivery, |it| &mut it.alarm_reached),
        );
        if telling.await?.is_some() {
            tracing::warn!("the alarm did not reach everybody");
        }
        Ok(())
    }

    fn news_of(&self, desk: &Desk, report: &Report) -> News {
        let [first, last] = &report.days;
        let page = html::render(report, self.console());
        let text = markdown::render(report, self.console());
        News {
            id: format!("report-{}-{last}", desk.workspace.id),
            kind: "report.weekly",
            body: json!({
                "workspace": desk.workspace.name, "report": report, "markdown": text,
            }),
            subject: format!("{}: handoffs, {first} to {last}", desk.workspace.name),
            text,
            html: page.clone(),
            // Many mail programs leave the plots out; the file has them.
            attachments: vec![Attachment {
                name: format!("handoffs-{last}.html"),
                media: "text/html",
                text: page,
            }],
        }
    }

    fn news_of_alarm(&self, desk: &Desk, alarm: &Gatekeeping, since: Timestamp) -> News {
        let subject = format!("{}: people are kept from a person", desk.workspace.name);
        News {
            id: format!("alarm-{}-{}", desk.workspace.id, since.0),
            kind: "alarm.gatekeeping",
            body: json!({ "workspace": desk.workspace.name, "alarm": alarm }),
            text: alarm.reasons.join("\n"),
            html: html::alarm(&subject, &alarm.reasons, self.console()),
            subject,
            attachments: Vec::new(),
        }
    }

    /// The report as a letter to one person, who gets it besides what is sent on schedule.
    pub(super) fn letter_besides(&self, desk: &Desk, report: &Report, to: &str) -> Letter {
        let at = self.now();
        let letter = self.news_of(desk, report).letter(to, at);
        Letter {
            // A copy of its own: it does not take the place of the week's letter.
            id: format!("{}-{}", letter.id, at.0),
            ..letter
        }
    }

    fn console(&self) -> Option<&str> {
        self.options().console_url.as_deref()
    }
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

/// A name for an address that does not say it.
fn name_of(address: &str) -> String {
    let digest = Sha256::digest(address.as_bytes());
    digest
        .iter()
        .take(NAME_BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
