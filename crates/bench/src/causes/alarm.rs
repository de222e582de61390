//! The gatekeeping alarm, asked at the end of every week.

use segue_insight::alarm::{Gatekeeping, PERIOD_DAYS, State};
use segue_insight::{Ledger, Query};
use segue_model::time::{Span, Timestamp};
use segue_traffic::{Company, Plan, Plant};
use serde_json::{Value, json};

use super::{Ground, PER_WEEK, UNTIL, history, over, plan, share};

/// How many weeks a history has here, and from which week's end on the alarm is asked.
const WEEKS: u32 = 16;
const FIRST: u32 = 2 * PERIOD_DAYS / 7;
/// How many weeks after its beginning a shift is looked for.
const AFTER: u32 = 6;
/// Conversations a week, and of how many seeds one is taken: larger ones take longer.
const VOLUMES: [(u32, u64); 3] = [(200, 1), (800, 1), (3_000, 4)];

pub(super) fn run(company: &Company, ground: &Ground) -> anyhow::Result<Value> {
    let quiet = over(ground, |seed| {
        let (ledger, _, _) = history(company, &plan(seed, &[], WEEKS, PER_WEEK))?;
        let asked = (FIRST..=WEEKS).map(|week| ask(company, &ledger, end_of(week)));
        Ok(asked.map(|it| it.state).collect::<Vec<_>>())
    })?;
    let asked: Vec<State> = quiet.into_iter().flatten().collect();
    let count = |state: State| asked.iter().filter(|it| **it == state).count() as u64;
    let all = asked.len() as u64;
    let mut by_volume = Vec::new();
    for (per_week, part) in VOLUMES {
        let some = Ground {
            seeds: ground.seeds.div_ceil(part),
            ..ground.clone()
        };
        let found = over(&some, |seed| shift(company, seed, per_week))?;
        by_volume.push(told(per_week, &found));
        eprintln!(
            "causes: alarm: {}",
            by_volume.last().unwrap_or(&Value::Null)
        );
    }
    Ok(json!({
        "quiet_weeks": all,
        "alarms": share(count(State::Alarm), all),
        "watches": share(count(State::Watch), all),
        "shifts": by_volume,
    }))
}

fn end_of(week: u32) -> Timestamp {
    UNTIL - Span::hours(24 * 7 * u64::from(WEEKS - week))
}

fn ask(company: &Company, ledger: &Ledger, now: Timestamp) -> Gatekeeping {
    let query = Query {
        zone: company.zone.clone(),
        ..Query::window(now, 2 * PERIOD_DAYS, true)
    };
    ledger.gatekeeping(&query)
}

/// One weakest shift, week by week after it began.
struct Shift {
    /// Whether it is an alarm so many weeks later, from 1.
    alarms: Vec<bool>,
    /// Whether both series alone say so.
    series: Vec<bool>,
    /// By how much the two series moved four weeks after it began.
    moved: [f64; 2],
}

fn shift(company: &Company, seed: u64, per_week: u32) -> anyhow::Result<Shift> {
    let plan = Plan {
        // The weakest that is ever drawn: about ten points of satisfaction.
        strength: Some(0.0),
        ..plan(seed, &[Plant::Gatekeeping], WEEKS, per_week)
    };
    let (ledger, season, _) = history(company, &plan)?;
    let since = season.planted.first().map_or(UNTIL, |it| it.since);
    let week = Span::hours(24 * 7);
    let mut found = Shift {
        alarms: Vec::new(),
        series: Vec::new(),
        moved: [0.0; 2],
    };
    for after in 1..=AFTER {
        let now = since + Span(week.0 * u64::from(after));
        if now > UNTIL {
            break;
        }
        let alarm = ask(company, &ledger, now);
        found.alarms.push(alarm.state == State::Alarm);
        let (deflection, csat) = (alarm.deflection, alarm.csat_after_escalation);
        found.series.push(deflection.is_moved && csat.is_moved);
        if after == PERIOD_DAYS / 7 {
            found.moved = [
                deflection.after - deflection.before,
                csat.after - csat.before,
            ];
        }
    }
    Ok(found)
}

fn told(per_week: u32, found: &[Shift]) -> Value {
    let by = |week: usize, of: fn(&Shift) -> &Vec<bool>| {
        let within = |shift: &&Shift| of(shift).iter().take(week).any(|it| *it);
        found.iter().filter(within).count() as u64
    };
    let n = found.len() as u64;
    let mean = |which: usize| {
        let sum: f64 = found.iter().filter_map(|it| it.moved.get(which)).sum();
        (sum / n.max(1) as f64 * 1_000.0).round() / 1_000.0
    };
    let weeks = 1..=AFTER as usize;
    json!({
        "conversations_a_week": per_week,
        "deflection_moved": mean(0),
        "csat_moved": mean(1),
        "found_within_weeks": weeks.clone().map(|week| share(by(week, |it| &it.alarms), n)).collect::<Vec<_>>(),
        "by_the_two_series_alone": weeks.map(|week| share(by(week, |it| &it.series), n)).collect::<Vec<_>>(),
    })
}
