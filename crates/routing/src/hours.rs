//! Opening hours: a weekly calendar in a named time zone, with holidays.
//!
//! Hours are written as a wall clock shows them and read as instants, so days
//! on which the clocks change are right by construction: a time that the
//! spring change skips stands for the moment of the change, a time that the
//! autumn change repeats stands for its first pass.

use jiff::civil::{self, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use segue_model::time::{Span, Timestamp};

pub use jiff::civil::Date;

/// How far ahead the next opening is looked for, in days: a year of holidays
/// and then some. A team that does not open within it counts as never open.
const SEARCH_DAYS: usize = 400;

const DAY_MINUTES: u16 = 24 * 60;

/// Why hours cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The zone is not in the time zone database.
    #[error("no time zone is named `{zone}`")]
    UnknownZone {
        /// What was asked for.
        zone: String,
    },
    /// A time of day is beyond 24:00.
    #[error("`{text}` is not a time of day such as `09:00`")]
    TimeOfDay {
        /// What was given.
        text: String,
    },
    /// A range ends before it begins; a night shift is written as two ranges.
    #[error("on {weekday} the hours `{from}`–`{to}` end before they begin; split them at midnight")]
    Range {
        /// The day, in English.
        weekday: &'static str,
        /// The opening.
        from: MinuteOfDay,
        /// The closing.
        to: MinuteOfDay,
    },
    /// Two ranges of a day share a minute.
    #[error("on {weekday} two ranges of hours overlap at `{at}`")]
    Overlap {
        /// The day, in English.
        weekday: &'static str,
        /// Where the later one begins.
        at: MinuteOfDay,
    },
    /// A holiday is not a date.
    #[error("`{text}` is not a date such as `2026-12-25`")]
    Date {
        /// What was given.
        text: String,
    },
}

/// A wall-clock time, in minutes after midnight, 0 to 1440 (24:00).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// Midnight at the beginning of the day.
    pub const START: Self = Self(0);
    /// Midnight at its end, 24:00.
    pub const END: Self = Self(DAY_MINUTES);

    /// Reads minutes after midnight; `None` beyond 1440.
    pub const fn new(minutes: u16) -> Option<Self> {
        if minutes <= DAY_MINUTES {
            Some(Self(minutes))
        } else {
            None
        }
    }

    /// The minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl std::fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl std::str::FromStr for MinuteOfDay {
    type Err = Error;

    /// Reads `HH:MM`, `24:00` included.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::TimeOfDay {
            text: text.to_owned(),
        };
        let (hours, minutes) = text.split_once(':').ok_or_else(bad)?;
        let is_plain = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        if !is_plain(hours) || !is_plain(minutes) {
            return Err(bad());
        }
        let hours: u16 = hours.parse().map_err(|_| bad())?;
        let minutes: u16 = minutes.parse().map_err(|_| bad())?;
        if minutes > 59 {
            return Err(bad());
        }
        Self::new(hours * 60 + minutes).ok_or_else(bad)
    }
}

/// The ranges of each weekday, Monday first; a range is open from its first
/// minute until just before its last.
pub type Weekly = [Vec<(MinuteOfDay, MinuteOfDay)>; 7];

/// When a team works.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    zone: TimeZone,
    weekly: Weekly,
    /// Sorted, so that a look-up is a search.
    holidays: Vec<Date>,
    is_always: bool,
}

impl Schedule {
    /// A team that never closes.
    pub fn always() -> Self {
        Self {
            zone: TimeZone::UTC,
            weekly: Weekly::default(),
            holidays: Vec::new(),
            is_always: true,
        }
    }

    /// Reads a weekly calendar.
    ///
    /// `zone` is an IANA name (`Europe/Berlin`). Ranges may come in any order
    /// and may touch. On a holiday the team is closed all day.
    ///
    /// # Errors
    /// An unknown zone, a range that ends before it begins, ranges that overlap.
    pub fn new(zone: &str, mut weekly: Weekly, mut holidays: Vec<Date>) -> Result<Self, Error> {
        let zone = TimeZone::get(zone).map_err(|_| Error::UnknownZone {
            zone: zone.to_owned(),
        })?;
        for (ranges, weekday) in weekly.iter_mut().zip(WEEKDAYS) {
            check_ranges(ranges, weekday)?;
        }
        holidays.sort_unstable();
        holidays.dedup();
        Ok(Self {
            zone,
            weekly,
            holidays,
            is_always: false,
        })
    }

    /// Whether the team never closes.
    pub const fn is_always(&self) -> bool {
        self.is_always
    }

    /// Whether the team works at this instant.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.is_always
            || self
                .windows(self.date_of(now))
                .any(|window| window.opens <= now && now < window.closes)
    }

    /// The first instant from `now` on at which the team works: `now` itself
    /// while it is open, `None` if it does not open within about a year.
    pub fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        if self.is_always {
            return Some(now);
        }
        self.days_from(now)
            .take(SEARCH_DAYS)
            .flat_map(|date| self.windows(date))
            .find(|window| window.closes > now)
            .map(|window| window.opens.max(now))
    }

    /// How much of the time from `from` to `to` the team works; zero if `to`
    /// lies before `from`.
    pub fn open_time(&self, from: Timestamp, to: Timestamp) -> Span {
        if self.is_always || to <= from {
            return to.since(from);
        }
        let last = self.date_of(to);
        let worked = self
            .days_from(from)
            .take_while(|date| *date <= last)
            .flat_map(|date| self.windows(date))
            .map(|window| window.closes.min(to).since(window.opens.max(from)).millis())
            .sum();
        Span(worked)
    }

    /// The instant at which the team has worked for `span` since `from`;
    /// `None` if it does not work that much within about a year.
    pub fn after_open_time(&self, from: Timestamp, span: Span) -> Option<Timestamp> {
        if self.is_always {
            return Some(from + span);
        }
        let mut left = span.millis();
        let windows = self
            .days_from(from)
            .take(SEARCH_DAYS)
            .flat_map(|date| self.windows(date));
        for window in windows.filter(|window| window.closes > from) {
            let opens = window.opens.max(from);
            let length = window.closes.since(opens).millis();
            if left <= length {
                return Some(opens + Span(left));
            }
            left -= length;
        }
        None
    }

    fn date_of(&self, now: Timestamp) -> Date {
        self.zone.to_datetime(to_jiff(now)).date()
    }

    fn days_from(&self, now: Timestamp) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.date_of(now)), |date| date.tomorrow().ok())
    }

    /// The opening windows of one date as instants, in order. All of them lie
    /// within the date, because ranges do not cross midnight.
    fn windows(&self, date: Date) -> impl Iterator<Item = Window> {
        let ranges = if self.holidays.binary_search(&date).is_ok() {
            &[]
        } else {
            let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
            self.weekly.get(weekday).map_or(&[][..], Vec::as_slice)
        };
        ranges
            .iter()
            .filter_map(move |(from, to)| {
                let (opens, closes) = (self.instant(date, *from)?, self.instant(date, *to)?);
                Some(Window { opens, closes })
            })
            // A range inside the hour that the spring change skips is empty.
            .filter(|window| window.opens < window.closes)
    }

    /// The instant a wall clock in the zone shows this time.
    fn instant(&self, date: Date, minute: MinuteOfDay) -> Option<Timestamp> {
        let local = wall_clock(date, minute)?;
        let at = match self.zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok()?,
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok()?,
            AmbiguousOffset::Gap { after, .. } => {
                // Read with the offset after the change, a skipped time lies
                // before the change; the next transition is the change itself.
                let before_change = after.to_timestamp(local).ok()?;
                self.zone.following(before_change).next()?.timestamp()
            }
        };
        Some(Timestamp(at.as_millisecond()))
    }
}

/// Reads a holiday: `2026-12-25`.
///
/// # Errors
/// The text is not a calendar date.
pub fn parse_date(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| Error::Date {
        text: text.to_owned(),
    })
}

struct Window {
    opens: Timestamp,
    closes: Timestamp,
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn check_ranges(
    ranges: &mut [(MinuteOfDay, MinuteOfDay)],
    weekday: &'static str,
) -> Result<(), Error> {
    ranges.sort_unstable();
    let mut end = MinuteOfDay::START;
    for &(from, to) in ranges.iter() {
        if to <= from {
            return Err(Error::Range { weekday, from, to });
        }
        if from < end {
            return Err(Error::Overlap { weekday, at: from });
        }
        end = to;
    }
    Ok(())
}

fn wall_clock(date: Date, minute: MinuteOfDay) -> Option<DateTime> {
    if minute == MinuteOfDay::END {
        return Some(date.tomorrow().ok()?.to_datetime(civil::Time::midnight()));
    }
    let hour = i8::try_from(minute.minutes() / 60).ok()?;
    let minute = i8::try_from(minute.minutes() % 60).ok()?;
    Some(date.to_datetime(civil::Time::new(hour, minute, 0, 0).ok()?))
}

fn to_jiff(at: Timestamp) -> jiff::Timestamp {
    let edge = if at.0 < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    };
    jiff::Timestamp::from_millisecond(at.0).unwrap_or(edge)
}
