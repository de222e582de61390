//! Which threshold to choose, from what people who know said of the assistant's answers,
//! and what may be promised of it.
//!
//! [`tune`] is a pure function of answers and a [`TuneRequest`]. It never promises what
//! the labels do not bear: it refuses and says how many are still needed. What no one has
//! checked is not taken to be right, and what was held back is only judged by labels of
//! what was held back. Sources: `science.md` §2; what it means for people who run a
//! support team: `docs/TUNING.md`.

pub mod betting;
pub mod binomial;
mod certify;
pub mod cost;
mod curve;
mod monitor;
mod report;
pub mod simulate;
mod week;
mod words;

use segue_model::event::Grade;
use segue_model::time::{Span, Timestamp};
use sha2::{Digest, Sha256};

pub use certify::{Certification, GRID, Tested};
pub use cost::Costs;
pub use curve::CurvePoint;
pub use monitor::Alarm;
pub use report::{
    Certificate, Direction, GradedCounts, OutcomeCount, Recommendation, Refusal, TableRow,
    TopicRow, TuneReport,
};
pub use week::WeekDay;

use certify::certify;
use report::Found;

/// How much lower the threshold may be set in a week.
pub const LOWER_MAX: f64 = 0.05;
/// For how long a certificate holds.
const CERTIFICATE_HOLDS: Span = Span::hours(24 * 28);
/// How many standard deviations off a draw may fall out by chance.
const CHANCE_MAX: f64 = 3.0;
/// Sums this near are the same.
const SAME: f64 = 1e-9;
/// A topic has a test of its own with so many times the fewest labels.
const TOPIC_TIMES: u64 = 4;

/// One answer, checked or not.
#[derive(Debug, Clone, PartialEq)]
pub struct GradedAnswer {
    /// What the bands held against it, 0–1.
    pub score: f64,
    /// What somebody said of it; `None` if nobody has checked it.
    pub grade: Option<Grade>,
    /// Whether the customer saw it.
    pub was_shown: bool,
    /// With what chance answers like it are checked, above 0 and at most 1.
    pub by_chance: f64,
    /// When it was given; the epoch if nobody knows.
    pub at: Timestamp,
    /// When it was checked.
    pub graded_at: Option<Timestamp>,
    /// By which conversation it goes together with others.
    pub conversation: Option<u64>,
    /// What it is about.
    pub topic: Option<String>,
}

impl GradedAnswer {
    /// Whether it was wrong, where somebody could tell.
    pub fn label(&self) -> Option<bool> {
        match self.grade? {
            Grade::Right => Some(false),
            Grade::Wrong => Some(true),
            Grade::Unsure => None,
        }
    }

    fn is_wrong(&self) -> bool {
        self.label() == Some(true)
    }

    /// A number by which answers are put into an order that has nothing to do with their
    /// labels.
    fn lot(&self) -> u64 {
        let of = self.conversation.unwrap_or_default();
        mixed(of ^ mixed(self.at.0.unsigned_abs() ^ mixed(self.score.to_bits())))
    }
}

/// Bits that look like chance (the last step of `SplitMix64`).
pub(crate) const fn mixed(bits: u64) -> u64 {
    let mut z = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What is wished for.
#[derive(Debug, Clone)]
pub struct TuneRequest {
    /// The greatest share of wrong answers among those that are said, 0.01–0.5.
    pub alpha: f64,
    /// The greatest chance that the promise is broken, 0.01–0.5.
    pub delta: f64,
    /// The threshold in force.
    pub accept: f64,
    /// The time of the question; the epoch where answers have no times.
    pub now: Timestamp,
    /// How far back answers count, in days of 24 h; the same span before it says where to
    /// begin.
    pub days: u32,
    /// Scores of an earlier period, and the share of answers that is checked. Otherwise
    /// they are taken from the answers before the window, else from the window itself.
    pub earlier: Option<(Vec<f64>, f64)>,
    /// What answers cost, if that is to count.
    pub costs: Option<Costs>,
    /// What else is known of how it went; shown, never proof.
    pub outcomes: Vec<OutcomeCount>,
    /// Where days begin.
    pub zone: jiff::tz::TimeZone,
}

impl TuneRequest {
    /// With a threshold of 0.70 in force, over 28 days, in UTC, without times.
    pub fn new(alpha: f64, delta: f64) -> Self {
        Self {
            alpha,
            delta,
            accept: 0.70,
            now: Timestamp::default(),
            days: 28,
            earlier: None,
            costs: None,
            outcomes: Vec::new(),
            zone: jiff::tz::TimeZone::UTC,
        }
    }

    /// With scores of an earlier period, and the share of answers that is checked.
    #[must_use]
    pub fn started_from(mut self, scores: Vec<f64>, audit_rate: f64) -> Self {
        self.earlier = Some((scores, audit_rate));
        self
    }

    fn from(&self) -> Timestamp {
        self.now - Span::hours(24 * u64::from(self.days.max(1)))
    }
}

/// The certified threshold alone, of all answers given.
pub fn certified(rows: &[GradedAnswer], request: &TuneRequest) -> Option<f64> {
    let rows: Vec<&GradedAnswer> = rows.iter().collect();
    certify(&rows, request, request.delta).threshold
}

/// Everything that can be said of the threshold, from these answers, in any order.
pub fn tune(rows: &[GradedAnswer], request: &TuneRequest) -> TuneReport {
    let from = request.from();
    let is_timed = rows.iter().any(|row| row.at.0 > 0);
    let is_current = |row: &&GradedAnswer| !is_timed || (row.at > from && row.at <= request.now);
    let current: Vec<GradedAnswer> = rows.iter().filter(is_current).cloned().collect();
    let current = as_often_as_judged(current);
    let current: Vec<&GradedAnswer> = current.iter().collect();
    let request = &with_earlier(rows, request, is_timed);
    let certification = certify(&current, request, request.delta);
    let topics = topics(&current, request, certification.floor);
    let cost = request
        .costs
        .and_then(|costs| cost::threshold(&current, &costs));
    let found = Found {
        rows: &current,
        request,
        certification: &certification,
        cost,
        topics,
        is_timed,
    };
    report::of(&found)
}

/// What was drawn and is not judged yet is missing: among what customers saw, and among
/// what was held back, those that were judged stand for all. A draw that fell out as it
/// does by chance is left alone.
fn as_often_as_judged(mut rows: Vec<GradedAnswer>) -> Vec<GradedAnswer> {
    for was_shown in [true, false] {
        let of_kind = || rows.iter().filter(|row| row.was_shown == was_shown);
        let all = of_kind().count() as f64;
        let judged = of_kind().filter(|row| row.grade.is_some());
        let (total, spread) = judged.fold((0.0, 0.0), |(total, spread), row| {
            let weight = 1.0 / row.by_chance;
            (
                total + weight,
                spread + (1.0 - row.by_chance) * weight * weight,
            )
        });
        let is_chance = (total - all).abs() <= CHANCE_MAX * spread.sqrt() + SAME;
        if total > 0.0 && !is_chance && total < all {
            let kind = rows.iter_mut().filter(|row| row.was_shown == was_shown);
            kind.for_each(|row| row.by_chance *= total / all);
        }
    }
    rows
}

/// Answers of the span before the window, as scores without labels.
fn with_earlier(rows: &[GradedAnswer], request: &TuneRequest, is_timed: bool) -> TuneRequest {
    let mut request = request.clone();
    if request.earlier.is_some() || !is_timed {
        return request;
    }
    let until = request.from();
    let from = until - Span::hours(24 * u64::from(request.days.max(1)));
    let before = rows.iter().filter(|row| row.at > from && row.at <= until);
    let checked = before.clone().filter(|row| row.grade.is_some()).count();
    let scores: Vec<f64> = before.map(|row| row.score).collect();
    if checked > 0 {
        let rate = checked as f64 / scores.len() as f64;
        request.earlier = Some((scores, rate));
    }
    request
}

/// Each topic with enough labels, tested by itself. The chance of a broken promise is
/// divided among them, so that it holds for all of them together.
fn topics(rows: &[&GradedAnswer], request: &TuneRequest, floor: u64) -> Vec<TopicRow> {
    let mut names: Vec<&str> = rows.iter().filter_map(|row| row.topic.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &str| -> Vec<&GradedAnswer> {
        let own = rows.iter().filter(|row| row.topic.as_deref() == Some(name));
        own.copied().collect()
    };
    let labels = |rows: &[&GradedAnswer]| {
        let labelled = rows.iter().filter(|row| row.label().is_some());
        labelled.count() as u64
    };
    names.retain(|name| labels(&of(name)) >= TOPIC_TIMES * floor);
    let delta = request.delta / (names.len().max(1) as f64);
    let own = TuneRequest {
        earlier: None,
        ..request.clone()
    };
    let row = |name: &&str| {
        let rows = of(name);
        let certification = certify(&rows, &own, delta);
        TopicRow {
            topic: (*name).to_owned(),
            graded: labels(&rows),
            wrong: rows.iter().filter(|row| row.is_wrong()).count() as u64,
            threshold: certification.threshold,
        }
    };
    names.iter().map(row).collect()
}

/// A name for just these rows, whatever their order.
fn hash(rows: &[&GradedAnswer]) -> String {
    let mut lines: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let grade = row.grade?.word();
            let (score, chance) = (row.score, row.by_chance);
            Some(format!(
                "{} {score} {grade} {} {chance}\n",
                row.at.0, row.was_shown
            ))
        })
        .collect();
    lines.sort_unstable();
    let mut hasher = Sha256::new();
    for line in &lines {
        hasher.update(line.as_bytes());
    }
    let bytes = hasher.finalize();
    bytes
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
