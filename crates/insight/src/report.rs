//! The weekly report: what changed, why, and what to do about it.
//!
//! A [`Report`] is values alone, computed from the [`Ledger`] for seven days and held
//! against the seven before *as they stood then*, so that both weeks are equally young.
//! What it recommends, it has evidence for: with little evidence there are fewer actions,
//! and the report says so. [`markdown`] and [`html`] say it for people.

mod action;
mod change;
pub mod html;
pub mod markdown;
mod plot;
mod words;

use jiff::ToSpan as _;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use segue_model::time::{Span, Timestamp};
use serde::Serialize;

use crate::alarm::Gatekeeping;
use crate::causes::Finding;
use crate::dashboard::{Week, rfc3339};
use crate::ledger::{Ledger, Query};

pub use action::{Action, Place};
pub use change::{Change, Direction, Reason};

/// The length of the report's window in days.
pub const DAYS: u32 = 7;
/// Over how many weeks causes are looked for and drawn, where nobody says otherwise.
pub const WEEKS: u32 = 8;

/// What a report is asked for.
#[derive(Debug, Clone)]
pub struct ReportQuery {
    /// The end of the seven days.
    pub until: Timestamp,
    /// The workspace's zone.
    pub zone: TimeZone,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Over how many weeks causes are looked for and drawn.
    pub weeks: u32,
    /// How many conversations lead on from each finding at most.
    pub shown_max: usize,
}

impl ReportQuery {
    /// What causes and the alarm are asked for.
    pub fn causes(&self) -> Query {
        self.query(self.until, self.weeks * DAYS)
    }

    fn query(&self, until: Timestamp, days: u32) -> Query {
        Query {
            zone: self.zone.clone(),
            shown_max: self.shown_max,
            ..Query::window(until, days, self.include_demo)
        }
    }
}

/// One week's report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The beginning of the seven days.
    #[serde(serialize_with = "rfc3339")]
    pub from: Timestamp,
    /// Their end.
    #[serde(serialize_with = "rfc3339")]
    pub until: Timestamp,
    /// The same two as days of the workspace's zone: `2026-11-16` to `2026-11-22`.
    pub days: [String; 2],
    /// The ISO week before the one it begins in: `2026-W46`.
    pub week_before: String,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Its part of the conversations, 0–1.
    pub demo_share: f64,
    /// How many conversations of the seven days count.
    pub conversations: u32,
    /// And of the seven before.
    pub conversations_before: u32,
    /// What the headline figures did, in a fixed order.
    pub changes: Vec<Change>,
    /// Why: handoffs by trigger, the greatest change first.
    pub by_trigger: Vec<Reason>,
    /// Why: handoffs by the root cause that agents named, the greatest change first.
    pub by_root_cause: Vec<Reason>,
    /// New causes of the last eight weeks, what explains most first.
    pub causes: Vec<Finding>,
    /// Whether people are kept from a person.
    pub alarm: Gatekeeping,
    /// What to do, the weightiest first; at most three.
    pub actions: Vec<Action>,
    /// The last eight weeks, earliest first.
    pub weeks: Vec<Week>,
}

impl Ledger {
    /// The report of the seven days that end at the query's `until`. The causes were found
    /// before ([`ReportQuery::causes`]), because their names need the customers' words.
    pub fn report(&self, query: &ReportQuery, causes: Vec<Finding>) -> Report {
        let until = query.until;
        let from = until - Span::hours(24 * u64::from(DAYS));
        let now = self.dashboard(&query.query(until, DAYS));
        let before = self.dashboard(&query.query(from, DAYS));
        let long = query.causes();
        let alarm = self.gatekeeping(&long);
        let changes = change::all(&now, &before);
        let by_trigger = change::reasons((&now.by_trigger, &before.by_trigger), (&now, &before));
        let by_root_cause =
            change::reasons((&now.by_root_cause, &before.by_root_cause), (&now, &before));
        let actions = action::choose(&action::Grounds {
            causes: &causes,
            alarm: &alarm,
            changes: &changes,
            by_trigger: &by_trigger,
            now: &now,
        });
        Report {
            from,
            until,
            days: days(from, until, &query.zone),
            week_before: week_before(from, &query.zone),
            include_demo: query.include_demo,
            demo_share: now.demo_share,
            conversations: now.conversations,
            conversations_before: before.conversations,
            changes,
            by_trigger,
            by_root_cause,
            causes,
            alarm,
            actions,
            weeks: self.dashboard(&long).weeks,
        }
    }
}

/// The last Monday's midnight in a zone: where the last whole week ended.
pub fn last_week_end(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = zoned(now, zone);
    let back = i64::from(local.weekday().since(Weekday::Monday));
    let monday = local
        .start_of_day()
        .and_then(|midnight| midnight.checked_sub(back.days()))
        .and_then(|monday| monday.start_of_day());
    // Only at the end of the calendar is there no Monday.
    monday.map_or(now, |monday| Timestamp(monday.timestamp().as_millisecond()))
}

fn days(from: Timestamp, until: Timestamp, zone: &TimeZone) -> [String; 2] {
    let day = |at: Timestamp| zoned(at, zone).strftime("%Y-%m-%d").to_string();
    // The last instant of the window, not the first after it.
    [day(from), day(until - Span(1))]
}

fn week_before(from: Timestamp, zone: &TimeZone) -> String {
    let week = zoned(from - Span::hours(24 * u64::from(DAYS)), zone)
        .date()
        .iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn zoned(at: Timestamp, zone: &TimeZone) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or(jiff::Timestamp::MAX)
        .to_zoned(zone.clone())
}
