//! Queues: part of the policy, edited through it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::civil::{Date, Weekday};
use segue_model::id::{QueueKey, SkillKey};
use segue_policy::Policy;
use segue_policy::definition::{Hours, Interval, Localized, Overflow, OverflowTarget, Queue};
use segue_ports::rollout::{ActivationKind, PolicyRow};
use segue_service::Failure;
use segue_service::rollout::Coming;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, json};
use super::policy::change::{Edit, edit, if_match};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::settings::{self, List, QueueBody};

/// The days as the wire names them, Monday first.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];
/// The minutes of a day.
const DAY_MIN: u16 = 24 * 60;

fn row(policy: &Policy, queue: &Queue) -> settings::Queue {
    let (is_always, hours) = match &queue.hours {
        Hours::Always => (true, BTreeMap::new()),
        Hours::Weekly(intervals) => (false, by_day(intervals)),
    };
    settings::Queue {
        key: queue.key.to_string(),
        name: policy.localized(&queue.name, None).to_string(),
        team: policy.localized(&queue.team, None).to_string(),
        skills: queue.skills.iter().map(|skill| skill.0.clone()).collect(),
        zone: queue.zone.clone(),
        hours,
        holidays: queue.holidays.iter().map(ToString::to_string).collect(),
        is_always,
        target_s: queue.target_s,
        offer_s: queue.offer_s,
        overflow_after_s: queue.overflow.after_s,
        overflow_to: match &queue.overflow.to {
            OverflowTarget::Queue(key) => Some(key.to_string()),
            OverflowTarget::FollowUp => None,
        },
    }
}

fn by_day(intervals: &[Interval]) -> settings::Hours {
    let mut hours = settings::Hours::new();
    for (name, day) in DAYS {
        let mut ranges: Vec<_> = intervals
            .iter()
            .filter(|interval| interval.days.contains(&day))
            .collect();
        ranges.sort_by_key(|interval| interval.from_min);
        let of_day = ranges
            .iter()
            .map(|range| (clock(range.from_min), clock(range.to_min)));
        let of_day: Vec<_> = of_day.collect();
        if !of_day.is_empty() {
            hours.insert(name.to_owned(), of_day);
        }
    }
    hours
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn read_clock(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let is_two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_two(hour) || !is_two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60)
        .then_some(hour * 60 + minute)
        .filter(|at| *at <= DAY_MIN)
}

fn read_hours(body: &QueueBody) -> Result<Hours, ApiError> {
    if body.is_always {
        return Ok(Hours::Always);
    }
    let mut intervals: Vec<Interval> = Vec::new();
    for (name, ranges) in &body.hours {
        let field = format!("hours.{name}");
        let day = DAYS
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, day)| *day);
        let day = day.ok_or_else(|| ApiError::invalid(&field, "one of mon, tue … sun"))?;
        for (from, to) in ranges {
            let times = (read_clock(from), read_clock(to));
            let (Some(from_min), Some(to_min)) = times else {
                return Err(ApiError::invalid(&field, "times as 08:00"));
            };
            let same = |known: &&mut Interval| known.from_min == from_min && known.to_min == to_min;
            match intervals.iter_mut().find(same) {
                Some(known) => known.days.push(day),
                None => intervals.push(Interval {
                    days: vec![day],
                    from_min,
                    to_min,
                }),
            }
        }
    }
    for interval in &mut intervals {
        interval.days.sort_by_key(|day| day.to_monday_zero_offset());
    }
    intervals.sort_by_key(|interval| {
        let first = interval.days.first().map(|day| day.to_monday_zero_offset());
        (first, interval.from_min)
    });
    Ok(Hours::Weekly(intervals))
}

fn read_holidays(body: &QueueBody) -> Result<Vec<Date>, ApiError> {
    let read = |text: &String| {
        text.parse::<Date>()
            .map_err(|_| ApiError::invalid("holidays", "days as 2026-12-24"))
    };
    body.holidays.iter().map(read).collect()
}

/// A text in the policy's own language; what stands in other languages stays.
fn localized(policy: &Policy, before: Option<&Localized>, text: &str) -> Localized {
    let mut texts = before.cloned().unwrap_or_default();
    texts
        .0
        .insert(policy.definition().language.clone(), text.trim().into());
    texts
}

fn queue_of(policy: &Policy, key: QueueKey, body: &QueueBody) -> Result<Queue, ApiError> {
    let before = policy.queue(&key);
    let to = match &body.overflow_to {
        Some(queue) => OverflowTarget::Queue(QueueKey::from(queue.as_str())),
        None => OverflowTarget::FollowUp,
    };
    Ok(Queue {
        name: localized(policy, before.map(|queue| &queue.name), &body.name),
        team: localized(policy, before.map(|queue| &queue.team), &body.team),
        skills: body.skills.iter().cloned().map(SkillKey).collect(),
        zone: body.zone.clone(),
        hours: read_hours(body)?,
        holidays: read_holidays(body)?,
        target_s: body.target_s,
        offer_s: body.offer_s,
        overflow: Overflow {
            after_s: body.overflow_after_s,
            to,
        },
        key,
    })
}

fn kept(policy: &Policy, key: &QueueKey) -> Result<String, ApiError> {
    let queue = policy.queue(key).ok_or(Failure::Unknown("queue"))?;
    Ok(json(&row(policy, queue)))
}

/// An edit on the page of queues. It decides no turn otherwise, so its rate is not watched.
const fn edited(reason: String) -> Coming {
    Coming {
        kind: ActivationKind::Activated,
        reason,
        is_watched: false,
    }
}

/// The queues.
#[utoipa::path(get, operation_id = "list_queues", path = "/v1/queues", tag = "settings", security(("session" = [])), responses((status = 200, description = "The queues.", body = List<settings::Queue>), ReadErrors))]
pub async fn list(by: Authorized<Read>) -> Json<List<settings::Queue>> {
    let rules = by.desk.ruleset();
    let policy = rules.policy();
    Json(List {
        items: policy
            .queues()
            .iter()
            .map(|queue| row(policy, queue))
            .collect(),
    })
}

/// Makes a queue. Its key is its natural key: making it again is refused.
#[utoipa::path(post, operation_id = "create_queue", path = "/v1/queues", tag = "settings", security(("session" = [])), request_body = QueueBody, responses((status = 201, description = "Made.", body = settings::Queue), SettingErrors))]
pub async fn create(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    headers: HeaderMap,
    write: Write<QueueBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let body = write.body;
    let key = body
        .key
        .as_deref()
        .ok_or_else(|| ApiError::invalid("key", "a short name is needed"))?;
    let key = QueueKey::from(key);
    let add = |policy: &Policy| {
        if policy.queue(&key).is_some() {
            return Err(Failure::Exists("queue").into());
        }
        let mut queues = policy.queues().to_vec();
        queues.push(queue_of(policy, key.clone(), &body)?);
        Ok(policy
            .clone()
            .with_queues(queues)
            .map_err(Failure::Policy)?)
    };
    let change = Edit {
        expected: if_match(&headers),
        coming: edited(format!("Queue `{key}` was added.")),
        may_leave_band: false,
        status: StatusCode::CREATED,
        change: add,
        answer: |policy: &Policy, _: Option<&PolicyRow>| kept(policy, &key),
    };
    edit(&api, &by, &caller, change).await
}

/// Changes a queue.
#[utoipa::path(put, operation_id = "change_queue", path = "/v1/queues/{key}", tag = "settings", security(("session" = [])), params(("key" = String, Path, description = "The queue.")), request_body = QueueBody, responses((status = 200, description = "Changed.", body = settings::Queue), SettingErrors))]
pub async fn change(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    Place(key): Place<String>,
    headers: HeaderMap,
    write: Write<QueueBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let (key, body) = (QueueKey(key), write.body);
    if body
        .key
        .as_deref()
        .is_some_and(|given| given != key.as_str())
    {
        return Err(ApiError::invalid(
            "key",
            "the key of a queue cannot be changed",
        ));
    }
    let replace = |policy: &Policy| {
        let mut queues = policy.queues().to_vec();
        let changed = queue_of(policy, key.clone(), &body)?;
        let before = queues.iter_mut().find(|queue| queue.key == key);
        *before.ok_or(Failure::Unknown("queue"))? = changed;
        Ok(policy
            .clone()
            .with_queues(queues)
            .map_err(Failure::Policy)?)
    };
    let change = Edit {
        expected: if_match(&headers),
        coming: edited(format!("Queue `{key}` was changed.")),
        may_leave_band: false,
        status: StatusCode::OK,
        change: replace,
        answer: |policy: &Policy, _: Option<&PolicyRow>| kept(policy, &key),
    };
    edit(&api, &by, &caller, change).await
}
