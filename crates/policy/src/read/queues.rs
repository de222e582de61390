//! The queues with their hours, targets and overflow.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZoneDatabase;
use segue_model::id::{QueueKey, SkillKey};

use super::cursor::{Cursor, Problems};
use super::{Names, localized, queue_key};
use crate::definition::{Hours, Interval, Overflow, OverflowTarget, Queue};
use crate::grammar;
use crate::problem::{ProblemCode, did_you_mean};
use crate::words::Word;

/// The end of the day, in minutes after midnight.
const DAY_MIN: u16 = 24 * 60;

/// Reads all queues, in order.
pub(super) fn queues(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Vec<Queue> {
    let queues: Vec<Queue> = at
        .entries(problems)
        .into_iter()
        .filter_map(|(_, _, entry)| queue(&entry, names, problems))
        .collect();
    if names.queues.is_empty() {
        at.problem(
            problems,
            ProblemCode::MissingKey,
            "a policy needs a queue".to_owned(),
        )
        .hint("see `queues` of `policies/default.yaml`");
    }
    queues
}

fn queue(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Queue> {
    let key = at.key_name(problems);
    if key
        .as_deref()
        .is_some_and(|key| key == "by_topic" || key == "follow_up")
    {
        let message = "this word has a meaning of its own and names no queue".to_owned();
        at.problem(problems, ProblemCode::Contradiction, message)
            .hint("give the queue another name");
    }
    let fields = at.fields(problems, grammar::queue())?;
    let name = fields
        .need("name", problems)
        .and_then(|it| localized(&it, names, problems));
    let team = fields
        .need("team", problems)
        .and_then(|it| localized(&it, names, problems));
    let skills = fields
        .bounded("skills", problems)
        .map(|it| it.names(problems))
        .unwrap_or_default();
    let zone = fields
        .need("zone", problems)
        .and_then(|it| zone(&it, problems));
    let hours = fields
        .bounded("hours", problems)
        .and_then(|it| hours(&it, problems));
    let holidays = fields
        .bounded("holidays", problems)
        .map(|it| holidays(&it, problems))
        .unwrap_or_default();
    let target_s = fields.whole("target_s", problems);
    let offer_s = fields.whole("offer_s", problems);
    let overflow = fields
        .need("overflow", problems)
        .and_then(|it| overflow(&it, names, problems));
    Some(Queue {
        key: QueueKey(key?),
        name: name?,
        team: team?,
        skills: skills.into_iter().map(SkillKey).collect(),
        zone: zone?,
        hours: hours?,
        holidays,
        target_s: target_s?,
        offer_s: offer_s?,
        overflow: overflow?,
    })
}

fn zone(at: &Cursor<'_>, problems: &mut Problems) -> Option<String> {
    let text = at.text(problems)?;
    // The database is part of the program, so the same file is right everywhere.
    let zones = TimeZoneDatabase::bundled();
    if zones.get(text).is_err() {
        let known: Vec<String> = zones.available().map(|name| name.to_string()).collect();
        let hint = did_you_mean(text, known.iter().map(String::as_str));
        at.problem(
            problems,
            ProblemCode::UnknownName,
            format!("there is no time zone `{text}`"),
        )
        .hint(hint.unwrap_or_else(|| "IANA names such as `Europe/Berlin`".to_owned()));
        return None;
    }
    Some(text.to_owned())
}

fn hours(at: &Cursor<'_>, problems: &mut Problems) -> Option<Hours> {
    if at.raw_text() == Some("always") {
        return Some(Hours::Always);
    }
    if at.is_text() {
        let message = "hours are `always` or a list of intervals".to_owned();
        at.problem(problems, ProblemCode::UnknownWord, message)
            .hint("`hours: always`, or `hours: [{days: mon-fri, from: \"08:00\", to: \"20:00\"}]`");
        return None;
    }
    let items = at.items(problems);
    let read = items
        .iter()
        .filter_map(|item| interval(item, problems))
        .collect();
    Some(Hours::Weekly(read))
}

fn interval(at: &Cursor<'_>, problems: &mut Problems) -> Option<Interval> {
    let fields = at.fields(problems, grammar::interval())?;
    let days = fields
        .need("days", problems)
        .and_then(|it| days(&it, problems));
    let from = fields
        .need("from", problems)
        .and_then(|it| minute(&it, problems));
    let to = fields
        .need("to", problems)
        .and_then(|it| minute(&it, problems));
    let (from_min, to_min) = (from?, to?);
    if from_min >= to_min {
        at.problem(
            problems,
            ProblemCode::Contradiction,
            "`to` must lie after `from`".to_owned(),
        )
        .hint("split a night at midnight: one interval to \"24:00\", one from \"00:00\"");
        return None;
    }
    Some(Interval {
        days: days?,
        from_min,
        to_min,
    })
}

/// `mon`, `mon-fri`, or a list of either.
fn days(at: &Cursor<'_>, problems: &mut Problems) -> Option<Vec<Weekday>> {
    let items = if at.is_text() {
        vec![at.clone()]
    } else {
        at.items(problems)
    };
    let mut read = Vec::new();
    for item in &items {
        let text = item.text(problems)?;
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let place = |word: &str| Weekday::ALL.iter().position(|(_, known)| *known == word);
        match (place(first), place(last)) {
            (Some(first), Some(last)) if first <= last => {
                let range = Weekday::ALL.iter().skip(first).take(last - first + 1);
                read.extend(range.map(|(day, _)| *day));
            }
            _ => {
                let known: Vec<&str> = Weekday::ALL.iter().map(|(_, word)| *word).collect();
                let message = format!("`{text}` is no day and no range of days");
                item.problem(problems, ProblemCode::UnknownWord, message)
                    .hint(format!("{}, or a range as `mon-fri`", known.join(", ")));
                return None;
            }
        }
    }
    Some(read)
}

/// `"08:00"` as minutes after midnight.
fn minute(at: &Cursor<'_>, problems: &mut Problems) -> Option<u16> {
    let text = at.text(problems)?;
    let read = text
        .split_once(':')
        .filter(|(hours, minutes)| is_two_digits(hours) && is_two_digits(minutes))
        .and_then(|(hours, minutes)| {
            Some((hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?))
        })
        .filter(|(_, minutes)| *minutes < 60)
        .map(|(hours, minutes)| hours * 60 + minutes)
        .filter(|minute| *minute <= DAY_MIN);
    if read.is_none() {
        at.problem(
            problems,
            ProblemCode::OutOfRange,
            format!("`{text}` is no time of day"),
        )
        .hint("hours and minutes as \"08:00\", up to \"24:00\"");
    }
    read
}

fn is_two_digits(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn holidays(at: &Cursor<'_>, problems: &mut Problems) -> Vec<Date> {
    let mut read = Vec::new();
    for item in at.items(problems) {
        let Some(text) = item.text(problems) else {
            continue;
        };
        // Other spellings of ISO 8601 would be read too; one is enough.
        match text.parse::<Date>() {
            Ok(date) if date.to_string() == text => read.push(date),
            _ => item
                .problem(
                    problems,
                    ProblemCode::OutOfRange,
                    format!("`{text}` is no date"),
                )
                .hint("year, month and day as \"2026-12-25\""),
        }
    }
    read
}

fn overflow(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Overflow> {
    let fields = at.fields(problems, grammar::overflow())?;
    let after_s = fields.whole("after_s", problems);
    let to = fields
        .need("to", problems)
        .and_then(|it| match it.raw_text() {
            Some("follow_up") => Some(OverflowTarget::FollowUp),
            _ => queue_key(&it, names, problems).map(OverflowTarget::Queue),
        });
    Some(Overflow {
        after_s: after_s?,
        to: to?,
    })
}
