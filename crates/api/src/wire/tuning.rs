//! Which threshold to choose, and what may be promised of it.

use segue_insight::tune as insight;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a threshold is to promise.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TuneBody {
    /// The greatest share of wrong answers among those that are said, 0.01–0.5; 0.1 if absent.
    #[serde(default)]
    pub alpha: Option<f64>,
    /// The greatest chance that the promise is broken, 0.01–0.5; 0.1 if absent.
    #[serde(default)]
    pub delta: Option<f64>,
    /// How far back answers count, in days, 1–90; 28 if absent.
    #[serde(default)]
    pub days: Option<u32>,
    /// What answers cost, if that is to count.
    #[serde(default)]
    pub costs: Option<TuneCosts>,
}

/// What answers cost, in one unit of your choice.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TuneCosts {
    /// A wrong answer.
    pub wrong: f64,
    /// A conversation with a person.
    pub human: f64,
    /// A right answer.
    pub right: f64,
    /// The share of wrong answers that come back to a person all the same, 0–1.
    pub returns: f64,
}

impl From<TuneCosts> for insight::Costs {
    fn from(costs: TuneCosts) -> Self {
        Self {
            wrong: costs.wrong,
            human: costs.human,
            right: costs.right,
            returns: costs.returns,
        }
    }
}

/// What is known of the threshold.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Tune {
    /// The greatest share of wrong answers that was asked for.
    pub alpha: f64,
    /// The greatest chance of a broken promise that was asked for.
    pub delta: f64,
    /// What people said of answers.
    pub graded: GradedCounts,
    /// Answers of the window, judged or not.
    pub answers: u64,
    /// What else is known of how it went; shown, never proof.
    pub outcomes: Vec<OutcomeCount>,
    /// The threshold in force.
    pub accept: f64,
    /// What each threshold answers, and what is wrong with that.
    pub curve: Vec<CurvePoint>,
    /// The mean share of wrong answers over all thresholds: compares scores, chooses nothing.
    pub aurc: Option<f64>,
    /// The same beside the best possible score.
    pub e_aurc: Option<f64>,
    /// What was tested, from the strictest on.
    pub table: Vec<TuneRow>,
    /// The threshold from which answering pays, if costs were told.
    pub cost_threshold: Option<f64>,
    /// Topics with enough labels for a test of their own.
    pub by_topic: Vec<TuneTopic>,
    /// What to do.
    pub recommendation: Recommendation,
    /// Why nothing can be promised, where that is so.
    pub refusal: Option<Refusal>,
    /// Whether the answers got worse than promised.
    pub alarm: TuneAlarm,
    /// The guided week.
    pub week: Vec<TuneDay>,
}

/// What people said of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct GradedCounts {
    /// Of those that customers saw.
    pub shown: u64,
    /// Of those that were held back.
    pub withheld: u64,
    /// Of which nobody could tell.
    pub unsure: u64,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeCount {
    /// What, for people.
    pub what: String,
    /// How often.
    pub count: u64,
}

/// One threshold on the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct CurvePoint {
    /// The threshold.
    pub threshold: f64,
    /// The share of questions that would be answered, 0–1.
    pub answered: f64,
    /// The share of wrong ones among the judged.
    pub wrong: Option<f64>,
    /// Its upper bound.
    pub upper: Option<f64>,
    /// How many were judged.
    pub graded: u64,
}

/// One threshold that was tested.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct TuneRow {
    /// The threshold.
    pub threshold: f64,
    /// Judged answers at or above it.
    pub graded: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// Their share.
    pub wrong_share: Option<f64>,
    /// Its upper bound.
    pub upper: f64,
    /// The share of questions that would be answered, 0–1.
    pub answered: f64,
    /// The chance of so few wrong ones if the promise were false.
    pub p: f64,
    /// Whether it may be promised.
    pub certified: bool,
    /// How many more conversations a day would go to people; fewer, if negative.
    pub more_chats_per_day: Option<f64>,
}

/// One topic, tested by itself.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TuneTopic {
    /// Which.
    pub topic: String,
    /// Judged answers.
    pub graded: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// The threshold that may be promised for it.
    pub threshold: Option<f64>,
}

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TuneDirection {
    /// A higher threshold.
    Raise,
    /// A lower one.
    Lower,
    /// As it is.
    Keep,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Recommendation {
    /// The threshold; none where nothing can be promised.
    pub threshold: Option<f64>,
    /// Where to.
    pub direction: TuneDirection,
    /// What it means, in a sentence.
    pub sentence: String,
    /// What is promised, and on what.
    pub certificate: Option<Certificate>,
    /// Why it goes less far than the evidence would bear.
    pub held_back: Option<String>,
}

/// A promise with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Certificate {
    /// The greatest share of wrong answers.
    pub alpha: f64,
    /// The greatest chance that the promise is broken.
    pub delta: f64,
    /// The first answer that it rests on, RFC 3339.
    pub from: Option<String>,
    /// The last.
    pub until: Option<String>,
    /// Judged answers.
    pub graded: u64,
    /// A name for just these judgements.
    pub hash: String,
    /// Until when it holds.
    pub expires_at: Option<String>,
}

/// Why nothing can be promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Refusal {
    /// Which.
    pub code: String,
    /// For people.
    pub sentence: String,
    /// Judgements that are still needed; 0 where more of them would not help.
    pub needed: u64,
}

/// Whether the answers got worse than promised.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TuneAlarm {
    /// Whether it did.
    pub fired: bool,
    /// The evidence against the promise; from 1,000 on the alarm fires.
    pub level: f64,
    /// For people.
    pub sentence: String,
}

/// One day of the guided week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TuneDay {
    /// From 1 to 7.
    pub day: u32,
    /// What it is about.
    pub title: String,
    /// Whether it is over.
    pub done: bool,
    /// Whether it is now.
    pub is_today: bool,
    /// Wrong answers that customers saw.
    pub wrong_shown: u64,
    /// Right answers that were held back.
    pub right_withheld: u64,
    /// What to do.
    pub advice: String,
}

impl From<insight::TuneReport> for Tune {
    fn from(report: insight::TuneReport) -> Self {
        let outcome = |row: insight::OutcomeCount| OutcomeCount {
            what: row.what,
            count: row.count,
        };
        let topic = |row: insight::TopicRow| TuneTopic {
            topic: row.topic,
            graded: row.graded,
            wrong: row.wrong,
            threshold: row.threshold,
        };
        Self {
            alpha: report.alpha,
            delta: report.delta,
            graded: GradedCounts {
                shown: report.graded.shown,
                withheld: report.graded.withheld,
                unsure: report.graded.unsure,
            },
            answers: report.answers,
            outcomes: report.outcomes.into_iter().map(outcome).collect(),
            accept: report.accept,
            curve: report.curve.into_iter().map(Into::into).collect(),
            aurc: report.aurc,
            e_aurc: report.e_aurc,
            table: report.table.into_iter().map(Into::into).collect(),
            cost_threshold: report.cost_threshold,
            by_topic: report.by_topic.into_iter().map(topic).collect(),
            recommendation: report.recommendation.into(),
            refusal: report.refusal.map(|refusal| Refusal {
                code: refusal.code.to_owned(),
                sentence: refusal.sentence,
                needed: refusal.needed,
            }),
            alarm: TuneAlarm {
                fired: report.alarm.fired,
                level: report.alarm.level,
                sentence: report.alarm.sentence,
            },
            week: report.week.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<insight::CurvePoint> for CurvePoint {
    fn from(point: insight::CurvePoint) -> Self {
        Self {
            threshold: point.threshold,
            answered: point.answered,
            wrong: point.wrong,
            upper: point.upper,
            graded: point.graded,
        }
    }
}

impl From<insight::TableRow> for TuneRow {
    fn from(row: insight::TableRow) -> Self {
        Self {
            threshold: row.threshold,
            graded: row.graded,
            wrong: row.wrong,
            wrong_share: row.wrong_share,
            upper: row.upper,
            answered: row.answered,
            p: row.p,
            certified: row.certified,
            more_chats_per_day: row.more_chats_per_day,
        }
    }
}

impl From<insight::Recommendation> for Recommendation {
    fn from(found: insight::Recommendation) -> Self {
        let certificate = |found: insight::Certificate| Certificate {
            alpha: found.alpha,
            delta: found.delta,
            from: found.from,
            until: found.until,
            graded: found.graded,
            hash: found.hash,
            expires_at: found.expires_at,
        };
        Self {
            threshold: found.threshold,
            direction: match found.direction {
                insight::Direction::Raise => TuneDirection::Raise,
                insight::Direction::Lower => TuneDirection::Lower,
                insight::Direction::Keep => TuneDirection::Keep,
            },
            sentence: found.sentence,
            certificate: found.certificate.map(certificate),
            held_back: found.held_back,
        }
    }
}

impl From<insight::WeekDay> for TuneDay {
    fn from(day: insight::WeekDay) -> Self {
        Self {
            day: day.day,
            title: day.title,
            done: day.done,
            is_today: day.is_today,
            wrong_shown: day.wrong_shown,
            right_withheld: day.right_withheld,
            advice: day.advice,
        }
    }
}
