//! One figure with its interval, and what it is compared with.

use std::collections::BTreeMap;

use segue_detect::measure::{Classes, Confusion, Interval, Ranking, bootstrap};
use segue_model::share::{Z_95, wilson};
use serde::Serialize;

use super::aims::{self, Aim};
use super::curve::{Curve, SCORES};

/// One line of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// The signal that is measured.
    pub signal: &'static str,
    /// The set, and the part of it.
    pub name: String,
    /// Which figure of merit.
    pub measure: &'static str,
    /// Rows, sessions or conversations.
    pub rows: usize,
    /// Its value; none where the rows do not give one.
    pub value: Option<f64>,
    /// The lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// What a plain method reaches.
    pub plain: Option<&'static str>,
    /// What is aimed at.
    pub aim: Option<Aim>,
    /// Whether the aim is met.
    pub is_met: Option<bool>,
    /// What else is known of the same rows.
    pub also: BTreeMap<&'static str, f64>,
    /// What it must be read with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it splits up another figure, by language, source or kind.
    #[serde(skip)]
    pub is_part: bool,
}

impl Figure {
    /// A figure over `units` rows, given how often each of them counts.
    pub fn new(
        signal: &'static str,
        name: &str,
        measure: &'static str,
        units: usize,
        figure: impl Fn(&[u32]) -> Option<f64>,
    ) -> Self {
        let value = figure(&vec![1; units]);
        let interval = value.and_then(|_| bootstrap(units, figure));
        let goal = aims::of(name, measure);
        let aim = goal.and_then(|goal| goal.aim);
        Self {
            signal,
            name: name.to_owned(),
            measure,
            rows: units,
            value,
            low: interval.map(|Interval { low, .. }| low),
            high: interval.map(|Interval { high, .. }| high),
            plain: goal.map(|goal| goal.plain),
            aim,
            is_met: aim.zip(value).map(|(aim, value)| aim.is_met(value)),
            also: BTreeMap::new(),
            note: None,
            is_part: false,
        }
    }

    /// Puts it with the figures that split up others: these have no aims.
    pub fn into_part(mut self) -> Self {
        (self.is_part, self.plain, self.aim, self.is_met) = (true, None, None, None);
        self
    }

    /// Says what it must be read with.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The value and its interval as the tables show them.
    pub fn shown(&self) -> (String, String) {
        let value = self
            .value
            .map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
        let interval = match (self.low, self.high) {
            (Some(low), Some(high)) => format!("{low:.3} to {high:.3}"),
            _ => "–".to_owned(),
        };
        (value, interval)
    }

    /// Whether the aim is met, in a word.
    pub const fn verdict(&self) -> &'static str {
        match self.is_met {
            Some(true) => "met",
            Some(false) => "short",
            None => "",
        }
    }
}

/// A row that was judged wrongly.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// Its text.
    pub text: String,
    /// Whether it should have fired.
    pub is_true: bool,
    /// The score it was given.
    pub score: f64,
}

/// The rows of a yes-or-no question.
#[derive(Debug, Clone, Default)]
pub struct YesNo {
    rows: Vec<(bool, bool, f64)>,
    /// Those that were judged wrongly.
    pub wrong: Vec<Wrong>,
}

impl YesNo {
    /// Counts a row: whether it should fire, and what was found.
    pub fn add(&mut self, is_true: bool, (fired, score): (bool, f64), text: &str) {
        self.rows.push((is_true, fired, score));
        if is_true != fired {
            self.wrong.push(Wrong {
                text: text.to_owned(),
                is_true,
                score,
            });
        }
    }

    /// How many rows should fire.
    pub fn positives(&self) -> usize {
        self.rows.iter().filter(|row| row.0).count()
    }

    fn counted(&self, counts: &[u32]) -> Confusion {
        let mut confusion = Confusion::default();
        for ((is_true, fired, _), count) in self.rows.iter().zip(counts) {
            confusion.add_times(*is_true, *fired, *count);
        }
        confusion
    }

    /// F1 alone, each row counted as often as `counts` says; `None` where
    /// nothing should fire and nothing does.
    pub fn f1_of(&self, counts: &[u32]) -> Option<f64> {
        let confusion = self.counted(counts);
        (confusion.rows() > confusion.true_negatives).then(|| confusion.f1())
    }

    /// The harmonic mean of precision and recall, with both and more beside it.
    pub fn f1(&self, signal: &'static str, name: &str) -> Figure {
        let mut figure = Figure::new(signal, name, "f1", self.rows.len(), |counts| {
            self.f1_of(counts)
        });
        let confusion = self.counted(&vec![1; self.rows.len()]);
        figure.also = BTreeMap::from([
            ("precision", confusion.precision()),
            ("recall", confusion.recall()),
            ("false_alarm_rate", confusion.false_alarm_rate()),
        ]);
        let ranked = Ranking::new(&self.scores()).auroc(&vec![1; self.rows.len()]);
        figure.also.extend(ranked.map(|auroc| ("auroc", auroc)));
        figure
    }

    /// The share that fires of the rows that should not.
    pub fn fired(&self, signal: &'static str, name: &str) -> Figure {
        let silent: Vec<bool> = self
            .rows
            .iter()
            .filter(|(is_true, _, _)| !is_true)
            .map(|(_, fired, _)| *fired)
            .collect();
        share(signal, name, "fired", &silent)
    }

    /// The share that fires of the rows that should.
    pub fn recall(&self, signal: &'static str, name: &str) -> Figure {
        let true_rows: Vec<bool> = self
            .rows
            .iter()
            .filter(|(is_true, _, _)| *is_true)
            .map(|(_, fired, _)| *fired)
            .collect();
        share(signal, name, "recall", &true_rows)
    }

    /// What other thresholds of the score would do.
    pub fn curve(&self, signal: &'static str, name: &str) -> Curve {
        Curve::new(signal, name, SCORES, &self.scores())
    }

    fn scores(&self) -> Vec<(bool, f64)> {
        self.rows.iter().map(|row| (row.0, row.2)).collect()
    }
}

/// The share of rows of which something holds, with the numbers in the note.
pub fn share(signal: &'static str, name: &str, measure: &'static str, rows: &[bool]) -> Figure {
    let figure = Figure::new(signal, name, measure, rows.len(), |counts| {
        let all: u32 = counts.iter().sum();
        let held = rows.iter().zip(counts).filter(|(held, _)| **held);
        let held: u32 = held.map(|(_, count)| count).sum();
        (all > 0).then(|| f64::from(held) / f64::from(all))
    });
    let held = rows.iter().filter(|held| **held).count();
    let mut figure = figure.with_note(format!("{held} of {}", rows.len()));
    // Resamples of rows that all agree all agree; none of 38 is not never (Wilson 1927).
    let unseen = wilson(Z_95, 0, rows.len() as u64).map_or(1.0, |(_, high)| high);
    if held == 0 {
        figure.high = figure.high.map(|_| unseen);
    } else if held == rows.len() {
        figure.low = figure.low.map(|_| 1.0 - unseen);
    }
    figure
}

/// The area under the ROC curve of scores.
pub fn ranked(signal: &'static str, name: &str, rows: &[(bool, f64)]) -> Figure {
    let ranking = Ranking::new(rows);
    Figure::new(signal, name, "auroc", rows.len(), |counts| {
        ranking.auroc(counts)
    })
}

/// The mean over classes of their recall.
pub fn macro_recall(signal: &'static str, name: &str, classes: &Classes) -> Figure {
    Figure::new(signal, name, "macro_recall", classes.len(), |counts| {
        classes.macro_recall(counts)
    })
}

/// The mean over classes of their F1.
pub fn macro_f1(signal: &'static str, name: &str, classes: &Classes) -> Figure {
    Figure::new(signal, name, "macro_f1", classes.len(), |counts| {
        classes.macro_f1(counts)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{YesNo, share};

    #[test]
    fn none_of_few_is_not_never() {
        let none = share("opt_out", "a set", "fired", &[false; 38]);
        assert_eq!((none.value, none.low), (Some(0.0), Some(0.0)));
        assert!((none.high.unwrap() - 0.0918).abs() < 1e-3, "{none:?}");
        let all = share("opt_out", "a set", "recall", &[true; 38]);
        assert_eq!((all.value, all.high), (Some(1.0), Some(1.0)));
        assert!((all.low.unwrap() - 0.9082).abs() < 1e-3, "{all:?}");
    }

    #[test]
    fn rows_that_should_not_fire_are_apart_from_those_that_should() {
        let mut count = YesNo::default();
        for (is_true, fired) in [(true, true), (true, false), (false, true), (false, false)] {
            count.add(is_true, (fired, 0.5), "text");
        }
        let fired = count.fired("opt_out", "a set");
        assert_eq!(
            (fired.value, fired.note.unwrap().as_str()),
            (Some(0.5), "1 of 2")
        );
        assert_eq!(count.recall("opt_out", "a set").value, Some(0.5));
        assert_eq!((count.positives(), count.wrong.len()), (2, 2));
        assert_eq!(YesNo::default().f1("opt_out", "a set").value, None);
    }
}
