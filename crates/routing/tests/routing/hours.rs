//! Opening hours, above all on the days when the clocks change.

use segue_model::time::{Span, Timestamp};
use segue_routing::hours::{Error, MinuteOfDay, Schedule, Weekly, parse_date};

fn range(text: &str) -> (MinuteOfDay, MinuteOfDay) {
    let (from, to) = text.split_once('-').unwrap();
    (from.parse().unwrap(), to.parse().unwrap())
}

/// The same ranges on every day of the week.
fn daily(zone: &str, ranges: &[&str], holidays: &[&str]) -> Schedule {
    let day: Vec<_> = ranges.iter().map(|text| range(text)).collect();
    let holidays = holidays
        .iter()
        .map(|text| parse_date(text).unwrap())
        .collect();
    Schedule::new(zone, std::array::from_fn(|_| day.clone()), holidays).unwrap()
}

fn office(holidays: &[&str]) -> Schedule {
    let mut weekly = Weekly::default();
    for day in weekly.iter_mut().take(5) {
        *day = vec![range("09:00-12:00"), range("13:00-17:00")];
    }
    let holidays = holidays
        .iter()
        .map(|text| parse_date(text).unwrap())
        .collect();
    Schedule::new("Europe/Berlin", weekly, holidays).unwrap()
}

fn utc(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn check_open(schedule: &Schedule, now: &str, expected: bool) {
    assert_eq!(schedule.is_open(utc(now)), expected, "{now}");
}

fn check_next(schedule: &Schedule, now: &str, expected: Option<&str>) {
    assert_eq!(schedule.next_opening(utc(now)), expected.map(utc), "{now}");
}

fn check_time(schedule: &Schedule, from: &str, to: &str, minutes: u64) {
    let (from, to) = (utc(from), utc(to));
    assert_eq!(schedule.open_time(from, to), Span::minutes(minutes));
    // Reading the same backwards: after that much open time it is that late,
    // unless the team was closed at the end.
    if minutes > 0 && schedule.is_open(Timestamp(to.0 - 1)) {
        assert_eq!(
            schedule.after_open_time(from, Span::minutes(minutes)),
            Some(to)
        );
    }
}

#[test]
fn an_office_week() {
    let office = office(&["2026-11-05"]);
    // Wednesday, winter: Berlin is one hour ahead.
    check_open(&office, "2026-11-04T07:59:59Z", false);
    check_open(&office, "2026-11-04T08:00:00Z", true);
    check_open(&office, "2026-11-04T11:00:00Z", false);
    check_open(&office, "2026-11-04T12:00:00Z", true);
    check_open(&office, "2026-11-04T15:59:59.999Z", true);
    check_open(&office, "2026-11-04T16:00:00Z", false);
    // Thursday is a holiday, Saturday is free.
    check_open(&office, "2026-11-05T09:00:00Z", false);
    check_open(&office, "2026-11-07T09:00:00Z", false);
    check_next(
        &office,
        "2026-11-04T09:30:00Z",
        Some("2026-11-04T09:30:00Z"),
    );
    check_next(
        &office,
        "2026-11-04T11:30:00Z",
        Some("2026-11-04T12:00:00Z"),
    );
    check_next(
        &office,
        "2026-11-04T20:00:00Z",
        Some("2026-11-06T08:00:00Z"),
    );
    check_next(
        &office,
        "2026-11-06T20:00:00Z",
        Some("2026-11-09T08:00:00Z"),
    );
    // From Wednesday 16:30 in Berlin to Friday 10:00: half an hour and an hour.
    check_time(&office, "2026-11-04T15:30:00Z", "2026-11-06T09:00:00Z", 90);
    check_time(
        &office,
        "2026-11-02T00:00:00Z",
        "2026-11-09T00:00:00Z",
        4 * 7 * 60,
    );
    check_time(&office, "2026-11-06T09:00:00Z", "2026-11-04T09:00:00Z", 0);
}

#[test]
fn the_spring_change_takes_an_hour_away() {
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00Z.
    let night = daily("Europe/Berlin", &["00:00-06:00"], &[]);
    check_time(
        &night,
        "2026-03-28T22:00:00Z",
        "2026-03-29T12:00:00Z",
        5 * 60,
    );
    // An opening that is skipped happens at the change.
    let early = daily("Europe/Berlin", &["02:30-05:00"], &[]);
    check_next(&early, "2026-03-29T00:00:00Z", Some("2026-03-29T01:00:00Z"));
    check_time(
        &early,
        "2026-03-28T22:00:00Z",
        "2026-03-29T12:00:00Z",
        2 * 60,
    );
    // A shift inside of the skipped hour does not happen that day.
    let skipped = daily("Europe/Berlin", &["02:10-02:50"], &[]);
    check_next(
        &skipped,
        "2026-03-29T00:00:00Z",
        Some("2026-03-30T00:10:00Z"),
    );
    // The office opens at nine by the clock on the wall, before and after.
    let office = office(&[]);
    check_next(
        &office,
        "2026-03-27T18:00:00Z",
        Some("2026-03-30T07:00:00Z"),
    );
    check_next(
        &office,
        "2026-03-26T18:00:00Z",
        Some("2026-03-27T08:00:00Z"),
    );
}

#[test]
fn the_autumn_change_gives_an_hour_back() {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00Z.
    let night = daily("Europe/Berlin", &["00:00-06:00"], &[]);
    check_time(
        &night,
        "2026-10-24T20:00:00Z",
        "2026-10-25T12:00:00Z",
        7 * 60,
    );
    // A repeated time is its first pass, for opening and for closing.
    let early = daily("Europe/Berlin", &["02:30-05:00"], &[]);
    check_next(&early, "2026-10-24T23:00:00Z", Some("2026-10-25T00:30:00Z"));
    let late = daily("Europe/Berlin", &["01:00-02:30"], &[]);
    check_open(&late, "2026-10-25T00:29:00Z", true);
    check_open(&late, "2026-10-25T00:31:00Z", false);
    check_open(&late, "2026-10-25T01:15:00Z", false);
}

#[test]
fn around_the_clock_and_midnight() {
    let shifts = daily("America/New_York", &["00:00-06:00", "22:00-24:00"], &[]);
    // 24:00 touches 00:00 of the next day without a gap.
    check_time(
        &shifts,
        "2026-07-02T02:00:00Z",
        "2026-07-02T10:00:00Z",
        8 * 60,
    );
    check_open(&shifts, "2026-07-02T03:59:59.999Z", true);
    check_open(&shifts, "2026-07-02T04:00:00Z", true);
    let whole = daily("Asia/Kolkata", &["00:00-24:00"], &[]);
    check_time(
        &whole,
        "2026-07-02T02:00:00Z",
        "2026-07-09T02:00:00Z",
        7 * 24 * 60,
    );
    // A zone whose spring change skips midnight itself.
    let cairo = daily("Africa/Cairo", &["00:00-24:00"], &[]);
    check_time(
        &cairo,
        "2026-04-23T00:00:00Z",
        "2026-04-25T00:00:00Z",
        48 * 60,
    );
}

#[test]
fn always_and_never() {
    let always = Schedule::always();
    check_next(
        &always,
        "2026-11-04T11:30:00Z",
        Some("2026-11-04T11:30:00Z"),
    );
    check_time(&always, "2026-11-04T11:30:00Z", "2026-11-04T12:30:00Z", 60);
    let never = Schedule::new("UTC", Weekly::default(), Vec::new()).unwrap();
    check_next(&never, "2026-11-04T11:30:00Z", None);
    assert_eq!(
        never.after_open_time(utc("2026-11-04T11:30:00Z"), Span::minutes(1)),
        None
    );
}

fn check_refused(zone: &str, monday: &[&str], expected: Error) {
    let mut weekly = Weekly::default();
    weekly[0] = monday.iter().map(|text| range(text)).collect();
    assert_eq!(Schedule::new(zone, weekly, Vec::new()), Err(expected));
}

#[test]
fn hours_that_make_no_sense_are_refused() {
    let time = |text: &str| text.parse::<MinuteOfDay>().unwrap();
    let unknown = |zone: &str| Error::UnknownZone {
        zone: zone.to_owned(),
    };
    check_refused("Europe/Atlantis", &[], unknown("Europe/Atlantis"));
    check_refused("", &[], unknown(""));
    check_refused(
        "UTC",
        &["22:00-06:00"],
        Error::Range {
            weekday: "Monday",
            from: time("22:00"),
            to: time("06:00"),
        },
    );
    check_refused(
        "UTC",
        &["12:00-15:00", "09:00-12:01"],
        Error::Overlap {
            weekday: "Monday",
            at: time("12:00"),
        },
    );
    for text in ["", "9:00", "09:60", "24:01", "09", "+9:00", "0900", "-1:00"] {
        let refused = Err(Error::TimeOfDay {
            text: text.to_owned(),
        });
        assert_eq!(text.parse::<MinuteOfDay>(), refused, "{text}");
    }
    assert_eq!(
        parse_date("2026-02-30"),
        Err(Error::Date {
            text: "2026-02-30".to_owned()
        })
    );
    assert_eq!(time("24:00").to_string(), "24:00");
}
