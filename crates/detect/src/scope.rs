//! How likely a message is none of the workspace's business, measured against
//! the workspace's own examples and nothing else: its questions and articles,
//! by intent.
//!
//! Four views of a message, each in deviations from messages that do belong: how
//! sure a linear classifier over words, pairs of words and characters is of one
//! intent; how much of anything it recognizes; how much of the message occurs in
//! examples of that intent; how near its closest examples are. Their mean is
//! made a likelihood on whole intents that are held out while it is fitted, so
//! no example of what is foreign is needed. Where there are some, they are a
//! class of their own, and either reason will do: near misses are told well
//! only by examples of them.

mod known;
mod terms;

use known::Known;

/// Below this there is nothing to measure a message against.
const EXAMPLES_MIN: usize = 50;
/// One intent in so many is held out, so at least so many are needed.
const HELD_OUT: usize = 5;
/// Which of them. Intents are taken by name, examples as they come.
const HELD_OUT_AT: usize = 2;
/// How many steps the two numbers of a calibration are fitted in.
const CALIBRATION_STEPS: usize = 2_000;
/// The views of a message.
const VIEWS: usize = 4;

/// What a workspace knows, ready to be compared with messages.
#[derive(Debug, Clone)]
pub struct Scope {
    known: Known,
    scale: [Scale; VIEWS],
    /// Likelihood by distance from all that is known.
    distant: Calibration,
    /// Likelihood by resemblance to what is known as foreign.
    told: Option<Calibration>,
}

/// What was seen of a message; the higher, the more foreign.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    views: [f64; VIEWS],
    /// Log-odds that it is like the foreign examples, if there are any.
    outside: Option<f64>,
}

/// Mean and deviation of a view over messages that belong.
#[derive(Debug, Clone, Copy)]
struct Scale {
    mean: f64,
    deviation: f64,
}

/// From a measure to a likelihood (Platt 1999).
#[derive(Debug, Clone, Copy)]
struct Calibration {
    base: f64,
    slope: f64,
}

impl Scope {
    /// Fits to examples of what belongs, each `(intent, text)`; in milliseconds
    /// for some hundred, in seconds for ten thousand. `None` below 50 examples
    /// or five intents. The same examples give the same scores.
    pub fn new(examples: &[(&str, &str)]) -> Option<Self> {
        Self::with_outside(examples, &[])
    }

    /// The same with texts that are known not to belong.
    pub fn with_outside(examples: &[(&str, &str)], outside: &[&str]) -> Option<Self> {
        let mut intents: Vec<&str> = examples.iter().map(|(intent, _)| *intent).collect();
        intents.sort_unstable();
        intents.dedup();
        if examples.len() < EXAMPLES_MIN || intents.len() < HELD_OUT {
            return None;
        }
        let inside = examples.iter().filter_map(|(intent, text)| {
            let class = intents.binary_search(intent).ok()?;
            Some((Some(class), *text))
        });
        let foreign = outside.iter().map(|text| (None, *text));
        let all: Vec<(Option<usize>, &str)> = inside.chain(foreign).collect();
        let (held, kept): (Vec<_>, Vec<_>) = all
            .iter()
            .enumerate()
            .partition(|(at, (class, _))| at % HELD_OUT == 0 || class.is_some_and(is_held_out));
        let kept: Vec<(Option<usize>, &str)> = kept.into_iter().map(|(_, row)| *row).collect();
        let trial = Known::fit(&kept, intents.len());
        let seen: Vec<(Option<usize>, Seen)> = held
            .into_iter()
            .map(|(_, (class, text))| (*class, trial.see(text)))
            .collect();
        let is_own = |class: &Option<usize>| class.is_some_and(|class| !is_held_out(class));
        let scale = scales(seen.iter().filter(|row| is_own(&row.0)).map(|row| &row.1));
        let unknown = seen.iter().filter(|(class, _)| class.is_some());
        let unknown: Vec<(bool, f64)> = unknown
            .map(|(class, seen)| (!is_own(class), distance(&scale, seen)))
            .collect();
        let told = seen
            .iter()
            .filter(|(class, _)| class.is_none() || is_own(class));
        let told: Vec<(bool, f64)> = told
            .filter_map(|(class, seen)| Some((class.is_none(), seen.outside?)))
            .collect();
        Some(Self {
            known: Known::fit(&all, intents.len()),
            scale,
            distant: Calibration::fit(&unknown),
            told: (!told.is_empty()).then(|| Calibration::fit(&told)),
        })
    }

    /// How likely a message is none of the workspace's business, 0–1, if it
    /// were as often as not.
    pub fn score(&self, text: &str) -> f64 {
        let seen = self.known.see(text);
        let distant = self.distant.likelihood(distance(&self.scale, &seen));
        let told = self.told.zip(seen.outside);
        let told = told.map_or(0.0, |(told, odds)| told.likelihood(odds));
        1.0 - (1.0 - distant) * (1.0 - told)
    }
}

const fn is_held_out(class: usize) -> bool {
    class % HELD_OUT == HELD_OUT_AT
}

fn distance(scale: &[Scale; VIEWS], seen: &Seen) -> f64 {
    let views = scale.iter().zip(&seen.views);
    let deviations = views.map(|(scale, view)| (view - scale.mean) / scale.deviation);
    deviations.sum::<f64>() / VIEWS as f64
}

fn scales<'s>(own: impl Iterator<Item = &'s Seen>) -> [Scale; VIEWS] {
    let own: Vec<&Seen> = own.collect();
    std::array::from_fn(|view| {
        let values: Vec<f64> = own
            .iter()
            .filter_map(|seen| seen.views.get(view).copied())
            .collect();
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
            / count;
        Scale {
            mean,
            deviation: variance.sqrt().max(1e-6),
        }
    })
}

impl Calibration {
    fn likelihood(self, measure: f64) -> f64 {
        1.0 / (1.0 + (-self.base - self.slope * measure).exp())
    }

    /// Logistic regression by plain descent, both kinds of the same weight.
    fn fit(rows: &[(bool, f64)]) -> Self {
        let mut fitted = Self {
            base: 0.0,
            slope: 1.0,
        };
        let foreign = rows.iter().filter(|row| row.0).count();
        if foreign == 0 || foreign == rows.len() {
            return fitted;
        }
        let spread = rows.iter().map(|row| row.1 * row.1).sum::<f64>() / rows.len() as f64;
        for _ in 0..CALIBRATION_STEPS {
            let (mut base, mut slope) = (0.0, 0.0);
            for (is_foreign, measure) in rows {
                let kind = if *is_foreign {
                    foreign
                } else {
                    rows.len() - foreign
                };
                let error = fitted.likelihood(*measure) - f64::from(u8::from(*is_foreign));
                base += error / (2 * kind) as f64;
                slope += error * measure / (2 * kind) as f64;
            }
            fitted.base -= base;
            fitted.slope -= slope / spread.max(1.0);
        }
        fitted
    }
}
