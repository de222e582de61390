//! The guided week: what a manager does on each day, and what the labels of it say.

use segue_model::event::Grade;
use segue_model::time::{Span, Timestamp};
use serde::Serialize;

use super::report::{Direction, Recommendation};
use super::{GradedAnswer, LOWER_MAX, TuneRequest, binomial};

const DAYS: u32 = 7;
/// Where to begin, while nothing is known.
const FIRST_RUN: [f64; 2] = [0.65, 0.70];
const TITLES: [&str; DAYS as usize] = [
    "Begin between 0.65 and 0.70",
    "Check what customers saw",
    "Check what was held back",
    "Wrong answers shown? Raise",
    "Right answers held back?",
    "Fill the gaps",
    "Decide by the certificate",
];

/// One day of the guided week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekDay {
    /// From 1 to 7.
    pub day: u32,
    /// What it is for.
    pub title: String,
    /// Whether it is over and answers were checked on it.
    pub done: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// Answers that customers saw and that were found wrong on it.
    pub wrong_shown: u64,
    /// Answers that were held back and found right on it.
    pub right_withheld: u64,
    /// What to do.
    pub advice: String,
}

/// The week that began with the first answer that was checked in the last seven days; it
/// begins today if none was.
pub(super) fn week(
    rows: &[&GradedAnswer],
    request: &TuneRequest,
    recommendation: &Recommendation,
) -> Vec<WeekDay> {
    let date = |at: Timestamp| {
        let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
        Some(at.to_zoned(request.zone.clone()).date())
    };
    let Some(today) = date(request.now) else {
        return Vec::new();
    };
    let since = request.now - Span::hours(24 * u64::from(DAYS - 1));
    let earliest = date(since).unwrap_or(today);
    let checked = || {
        let labelled = rows.iter().filter(|row| row.grade.is_some());
        labelled.filter_map(|row| Some((date(row.graded_at?)?, *row)))
    };
    let first = checked()
        .map(|(day, _)| day)
        .filter(|day| *day >= earliest && *day <= today);
    let first = first.min().unwrap_or(today);
    let so_far: Vec<&GradedAnswer> = checked()
        .filter(|(day, _)| *day >= first)
        .map(|(_, row)| row)
        .collect();
    let counts = |is_wanted: &dyn Fn(&GradedAnswer) -> bool| {
        so_far.iter().filter(|row| is_wanted(row)).count() as u64
    };
    let sums = Sums {
        shown: counts(&|row| row.was_shown && row.label().is_some()),
        wrong_shown: counts(&is_wrong_shown),
        withheld: counts(&|row| !row.was_shown && row.label().is_some()),
        right_withheld: counts(&is_right_withheld),
    };
    let of = |(index, title): (usize, &&str)| {
        let day = first
            .checked_add(jiff::Span::new().days(index as i64))
            .unwrap_or(first);
        let on_it = || {
            checked()
                .filter(|(other, _)| *other == day)
                .map(|(_, row)| row)
        };
        WeekDay {
            day: index as u32 + 1,
            title: (*title).to_owned(),
            done: day < today && on_it().next().is_some(),
            is_today: day == today,
            wrong_shown: on_it().filter(|row| is_wrong_shown(row)).count() as u64,
            right_withheld: on_it().filter(|row| is_right_withheld(row)).count() as u64,
            advice: sums.advice(index, request, recommendation),
        }
    };
    TITLES.iter().enumerate().map(of).collect()
}

fn is_wrong_shown(row: &GradedAnswer) -> bool {
    row.was_shown && row.grade == Some(Grade::Wrong)
}

fn is_right_withheld(row: &GradedAnswer) -> bool {
    !row.was_shown && row.grade == Some(Grade::Right)
}

/// What the week has shown so far.
struct Sums {
    shown: u64,
    wrong_shown: u64,
    withheld: u64,
    right_withheld: u64,
}

impl Sums {
    fn advice(
        &self,
        index: usize,
        request: &TuneRequest,
        recommendation: &Recommendation,
    ) -> String {
        let accept = request.accept;
        let floor = binomial::floor(request.alpha, request.delta);
        match index {
            0 if !(FIRST_RUN[0] - 1e-9..=FIRST_RUN[1] + 1e-9).contains(&accept) => format!(
                "The threshold is {accept:.2}. Where nothing is known yet, 0.65 to 0.70 is a place to begin; keep yours if you have a reason."
            ),
            0 => format!("The threshold is {accept:.2}. Leave it there until the labels speak."),
            1 => format!(
                "Judge answers that customers saw: {} so far, {} of them wrong. {floor} is the least that can prove anything.",
                self.shown, self.wrong_shown
            ),
            2 => format!(
                "Judge answers that were held back: {} so far, {} of them right. Only these can tell whether to go lower.",
                self.withheld, self.right_withheld
            ),
            3 => self.on_wrong(request),
            4 => self.on_right(request),
            5 => "Judge what is still waiting. Take it in the order in which it comes: picking spoils the sample.".to_owned(),
            _ => match (recommendation.threshold, recommendation.direction) {
                (None, _) => "There is nothing to promise yet. Keep the threshold and go on judging.".to_owned(),
                (Some(threshold), Direction::Keep) => format!("{threshold:.2} is proved. Keep it."),
                (Some(threshold), _) => format!("Propose {threshold:.2}; its certificate goes with it."),
            },
        }
    }

    fn on_wrong(&self, request: &TuneRequest) -> String {
        let allowed = request.alpha * self.shown as f64;
        if self.shown == 0 {
            return "Nothing that customers saw has been judged yet.".to_owned();
        }
        if self.wrong_shown as f64 > allowed {
            let raised = (request.accept + LOWER_MAX).min(0.95);
            return format!(
                "{} of {} were wrong, more than you want. Raise the threshold to {raised:.2}: that is always safe.",
                self.wrong_shown, self.shown
            );
        }
        format!(
            "{} of {} were wrong, no more than you want. Nothing to raise.",
            self.wrong_shown, self.shown
        )
    }

    fn on_right(&self, request: &TuneRequest) -> String {
        let floor = binomial::floor(request.alpha, request.delta);
        if self.withheld < floor {
            return format!(
                "{} of {} held back were right. Wait for {floor} labels of held-back answers before you think of lowering it.",
                self.right_withheld, self.withheld
            );
        }
        let share = self.right_withheld as f64 / self.withheld as f64;
        if share >= 1.0 - request.alpha {
            return "Nearly all that was held back was right. The certificate says how far down you may go, by 0.05 a week at most.".to_owned();
        }
        format!(
            "{} of {} held back were right: holding them back saved {} wrong answers. Lower it only as far as the certificate goes.",
            self.right_withheld,
            self.withheld,
            self.withheld - self.right_withheld
        )
    }
}
