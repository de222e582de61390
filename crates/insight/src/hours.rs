//! Local hours and weeks of many instants, in order or nearly so.

use jiff::tz::TimeZone;
use segue_model::time::Timestamp;

/// All zones of today differ by whole quarters of an hour, and change at one: within a
/// quarter the local hour stays. Zones of the past with odd seconds are asked each time.
const QUARTER_MS: i64 = 15 * 60 * 1_000;
const QUARTER_S: i32 = 15 * 60;

/// The local weekday, hour and ISO week of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// 0 is Monday.
    pub weekday: u8,
    /// 0–23.
    pub hour: u8,
    /// Year and number of the ISO week.
    pub week: (i16, i8),
}

/// Knows the last quarter of an hour that was asked for, because its neighbor comes next.
#[derive(Debug)]
pub(crate) struct Hours<'a> {
    zone: &'a TimeZone,
    last: Option<(i64, Local)>,
}

impl<'a> Hours<'a> {
    pub const fn new(zone: &'a TimeZone) -> Self {
        Self { zone, last: None }
    }

    /// The local weekday and hour; nothing for what no calendar has.
    pub fn of(&mut self, at: Timestamp) -> Option<(u8, u8)> {
        self.local(at).map(|local| (local.weekday, local.hour))
    }

    /// The local time, as far as figures need it.
    pub fn local(&mut self, at: Timestamp) -> Option<Local> {
        let quarter = at.0.div_euclid(QUARTER_MS);
        if let Some((_, local)) = self.last.filter(|(of, _)| *of == quarter) {
            return Some(local);
        }
        let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
        let offset = self.zone.to_offset(at);
        let local = offset.to_datetime(at);
        let week = local.date().iso_week_date();
        let found = Local {
            weekday: u8::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default(),
            hour: u8::try_from(local.hour()).unwrap_or_default(),
            week: (week.year(), week.week()),
        };
        self.last = (offset.seconds() % QUARTER_S == 0).then_some((quarter, found));
        Some(found)
    }
}
