//! What a manager reads: the table, the curve, the recommendation or the refusal.

use segue_model::event::Grade;
use segue_model::time::Timestamp;
use serde::Serialize;

use super::certify::{Certification, Tested};
use super::curve::{CurvePoint, areas, curve};
use super::monitor::{Alarm, alarm};
use super::week::{WeekDay, week};
use super::{CERTIFICATE_HOLDS, GradedAnswer, LOWER_MAX, TuneRequest, binomial, hash, words};

/// With what chance the labels that are asked for shall be enough.
const POWER: f64 = 0.8;
/// More labels than this are not asked for.
const NEEDED_MAX: u64 = 20_000;
/// Thresholds this near are the same.
const SAME: f64 = 1e-9;

/// Everything that can be said of the threshold. All shares are 0–1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TuneReport {
    /// The greatest share of wrong answers that was wished for.
    pub alpha: f64,
    /// The greatest chance of a broken promise.
    pub delta: f64,
    /// Answers that were checked.
    pub graded: GradedCounts,
    /// Answers on which the threshold decided, checked or not.
    pub answers: u64,
    /// How it went besides: watched, never proof.
    pub outcomes: Vec<OutcomeCount>,
    /// The threshold in force.
    pub accept: f64,
    /// Risk over coverage, from lax to strict.
    pub curve: Vec<CurvePoint>,
    /// The area under it; smaller scores are better. `None` without labels.
    pub aurc: Option<f64>,
    /// What of it the score could still save.
    pub e_aurc: Option<f64>,
    /// The thresholds that were tested, strict to lax.
    pub table: Vec<TableRow>,
    /// Where the tests began.
    pub start: f64,
    /// The threshold that costs the least, where costs were told.
    pub cost_threshold: Option<f64>,
    /// Topics with labels enough for a test of their own; the promise is for all together.
    pub by_topic: Vec<TopicRow>,
    /// What to do.
    pub recommendation: Recommendation,
    /// Why nothing can be promised, if nothing can.
    pub refusal: Option<Refusal>,
    /// Whether the present threshold still keeps its promise.
    pub alarm: Alarm,
    /// The guided week; empty where answers have no times.
    pub week: Vec<WeekDay>,
}

/// How many answers were checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct GradedCounts {
    /// Of those that customers saw.
    pub shown: u64,
    /// Of those that were held back.
    pub withheld: u64,
    /// Of which nobody could tell.
    pub unsure: u64,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeCount {
    /// What.
    pub what: String,
    /// How often.
    pub count: u64,
}

/// One threshold that was tested.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TableRow {
    /// From which score on answers are said.
    pub threshold: f64,
    /// Labels at or above it.
    pub graded: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// The share of wrong ones among what would be said.
    pub wrong_share: Option<f64>,
    /// Its upper bound, too low with a chance of at most `delta`.
    pub upper: f64,
    /// The share of answers that would be said.
    pub answered: f64,
    /// How surprising the labels would be, were the share `alpha` or more.
    pub p: f64,
    /// Whether the promise can be made.
    pub certified: bool,
    /// Chats a day that would go to people instead of being answered, compared with now;
    /// `None` where answers have no times.
    pub more_chats_per_day: Option<f64>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicRow {
    /// Its name.
    pub topic: String,
    /// Its labels.
    pub graded: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// Its certified threshold.
    pub threshold: Option<f64>,
}

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Fewer answers, fewer wrong ones.
    Raise,
    /// More answers.
    Lower,
    /// As it is.
    Keep,
}

/// What to do. A person decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recommendation {
    /// The threshold to set; `None` where nothing can be promised.
    pub threshold: Option<f64>,
    /// Compared with the one in force.
    pub direction: Direction,
    /// What it means, in one sentence.
    pub sentence: String,
    /// The promise.
    pub certificate: Option<Certificate>,
    /// Why it does not go as far as the labels would allow.
    pub held_back: Option<String>,
}

/// A promise with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    /// The greatest share of wrong answers.
    pub alpha: f64,
    /// The greatest chance that the promise is broken.
    pub delta: f64,
    /// The first answer that it rests on, RFC 3339; `None` without times.
    pub from: Option<String>,
    /// The last.
    pub until: Option<String>,
    /// Labels.
    pub graded: u64,
    /// A name for just these labels.
    pub hash: String,
    /// Until when it holds.
    pub expires_at: Option<String>,
}

/// Why nothing can be promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Which.
    pub code: &'static str,
    /// For people.
    pub sentence: String,
    /// Labels that are still needed at the strictest threshold tested; 0 where more of them
    /// would not help.
    pub needed: u64,
}

/// What was found, before it is put into words.
pub(super) struct Found<'a> {
    pub rows: &'a [&'a GradedAnswer],
    pub request: &'a TuneRequest,
    pub certification: &'a Certification,
    pub cost: Option<f64>,
    pub topics: Vec<TopicRow>,
    pub is_timed: bool,
}

pub(super) fn of(found: &Found<'_>) -> TuneReport {
    let Found { rows, request, .. } = found;
    let table: Vec<TableRow> = found
        .certification
        .tested
        .iter()
        .map(|tested| found.row(tested))
        .collect();
    let recommendation = found.recommendation(&table);
    let refusal = recommendation
        .certificate
        .is_none()
        .then(|| found.refusal())
        .flatten();
    let areas = areas(rows);
    TuneReport {
        alpha: request.alpha,
        delta: request.delta,
        graded: counts(rows),
        answers: rows.len() as u64,
        outcomes: request.outcomes.clone(),
        accept: request.accept,
        curve: curve(rows, request.delta),
        aurc: areas.map(|(own, _)| own),
        e_aurc: areas.map(|(_, above)| above),
        start: found.certification.start,
        cost_threshold: found.cost,
        by_topic: found.topics.clone(),
        refusal,
        alarm: alarm(rows, request.accept, request.alpha),
        week: if found.is_timed {
            week(rows, request, &recommendation)
        } else {
            Vec::new()
        },
        recommendation,
        table,
    }
}

fn counts(rows: &[&GradedAnswer]) -> GradedCounts {
    let mut counts = GradedCounts::default();
    for row in rows {
        match row.grade {
            Some(Grade::Unsure) => counts.unsure += 1,
            Some(_) if row.was_shown => counts.shown += 1,
            Some(_) => counts.withheld += 1,
            None => {}
        }
    }
    counts
}

impl Found<'_> {
    fn answered(&self, threshold: f64) -> f64 {
        let above = self.rows.iter().filter(|row| row.score >= threshold - SAME);
        above.count() as f64 / self.rows.len().max(1) as f64
    }

    /// Answers a day.
    fn per_day(&self) -> Option<f64> {
        if !self.is_timed {
            return None;
        }
        let days = f64::from(self.request.days.max(1));
        Some(self.rows.len() as f64 / days)
    }

    fn row(&self, tested: &Tested) -> TableRow {
        let answered = self.answered(tested.threshold);
        let fewer = self.answered(self.request.accept) - answered;
        TableRow {
            threshold: tested.threshold,
            graded: tested.graded,
            wrong: tested.wrong,
            wrong_share: tested.wrong_share,
            upper: tested.upper,
            answered,
            p: tested.p,
            certified: tested.is_certified,
            more_chats_per_day: self.per_day().map(|all| all * fewer),
        }
    }

    fn recommendation(&self, table: &[TableRow]) -> Recommendation {
        let accept = self.request.accept;
        let Some(certified) = self.certification.threshold else {
            return Recommendation {
                threshold: None,
                direction: Direction::Keep,
                sentence: words::kept(accept),
                certificate: None,
                held_back: None,
            };
        };
        let wished = self.cost.map_or(certified, |cost| cost.max(certified));
        let (threshold, held_back) = self.at_most_a_step_lower(wished, certified, table);
        let Some(threshold) = threshold else {
            return Recommendation {
                threshold: None,
                direction: Direction::Keep,
                sentence: words::kept_for_the_step(accept, wished),
                certificate: None,
                held_back,
            };
        };
        let direction = match threshold - accept {
            change if change > SAME => Direction::Raise,
            change if change < -SAME => Direction::Lower,
            _ => Direction::Keep,
        };
        let row = table
            .iter()
            .find(|row| (row.threshold - threshold).abs() < SAME);
        let graded = row.map_or_else(
            || {
                self.rows
                    .iter()
                    .filter(|row| row.label().is_some() && row.score >= threshold - SAME)
                    .count() as u64
            },
            |row| row.graded,
        );
        Recommendation {
            threshold: Some(threshold),
            direction,
            sentence: words::meaning(self.request, threshold, table, self.per_day()),
            certificate: Some(self.certificate(graded)),
            held_back,
        }
    }

    /// Never more than a step lower at once: what follows from it shows in a week.
    fn at_most_a_step_lower(
        &self,
        wished: f64,
        certified: f64,
        table: &[TableRow],
    ) -> (Option<f64>, Option<String>) {
        let accept = self.request.accept;
        if wished >= accept - LOWER_MAX - SAME {
            let by_cost = wished > certified + SAME;
            return (
                Some(wished),
                by_cost.then(|| words::held_by_cost(certified, wished)),
            );
        }
        // The most lax threshold that may be promised and is no more than a step away: a
        // promise for a lower one is none for those above it.
        let near = table
            .iter()
            .filter(|row| row.certified)
            .map(|row| row.threshold)
            .filter(|threshold| *threshold >= accept - LOWER_MAX - SAME)
            .fold(f64::INFINITY, f64::min);
        match near.is_finite() {
            true => (Some(near), Some(words::held_by_step(wished, near))),
            false => (None, None),
        }
    }

    fn certificate(&self, graded: u64) -> Certificate {
        let labelled: Vec<&GradedAnswer> = self
            .rows
            .iter()
            .copied()
            .filter(|row| row.grade.is_some())
            .collect();
        let ends = |pick: fn(Timestamp, Timestamp) -> Timestamp| {
            let times = labelled.iter().map(|row| row.at);
            times.reduce(pick).filter(|_| self.is_timed)
        };
        let until = ends(Ord::max);
        Certificate {
            alpha: self.request.alpha,
            delta: self.request.delta,
            from: ends(Ord::min).and_then(told),
            until: until.and_then(told),
            graded,
            hash: hash(&labelled),
            expires_at: until.and_then(|until| told(until + CERTIFICATE_HOLDS)),
        }
    }

    /// Why not even the strictest threshold can be promised.
    fn refusal(&self) -> Option<Refusal> {
        let Certification { start, floor, .. } = *self.certification;
        let mut tested = self.certification.tested.iter();
        let at = tested.find(|tested| (tested.threshold - start).abs() < SAME)?;
        let TuneRequest { alpha, delta, .. } = *self.request;
        // As if one more had come and been neither right nor wrong.
        let seen = (at.wrong as f64 + 0.5) / (at.graded as f64 + 1.0);
        let labels = self.rows.iter().filter(|row| row.label().is_some()).count() as u64;
        if at.graded < floor {
            // Half the promise is a usual guess where nothing is known yet.
            let guess = if at.graded == 0 {
                alpha / 2.0
            } else {
                seen.min(alpha * 0.75)
            };
            let enough = binomial::needed(guess, alpha, delta, POWER, NEEDED_MAX);
            let needed = enough.unwrap_or(floor).max(floor) - at.graded;
            let code = if labels == 0 {
                "no_labels"
            } else {
                "too_few_labels"
            };
            let sentence = words::too_few(labels, at, needed, floor);
            return Some(Refusal {
                code,
                sentence,
                needed,
            });
        }
        match binomial::needed(seen, alpha, delta, POWER, NEEDED_MAX) {
            Some(enough) if enough > at.graded => Some(Refusal {
                code: "not_yet_sure",
                sentence: words::not_yet(at, alpha, enough - at.graded),
                needed: enough - at.graded,
            }),
            Some(_) => Some(Refusal {
                code: "not_yet_sure",
                sentence: words::not_yet(at, alpha, floor),
                needed: floor,
            }),
            None => Some(Refusal {
                code: "too_many_wrong",
                sentence: words::too_many(at, alpha),
                needed: 0,
            }),
        }
    }
}

fn told(at: Timestamp) -> Option<String> {
    let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
    Some(at.to_string())
}
