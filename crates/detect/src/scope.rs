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
//! class of their own: that is the only way to tell near misses well.

mod known;
mod terms;

use known::Known;

/// Below this there is nothing to measure a message against.
const EXAMPLES_MIN: usize = 50;
/// One intent in so many is held out, so at least so many are needed.
const HELD_OUT: usize = 5;
/// Which of them. Intents are taken by name, examples as they come.
const HELD_OUT_AT: usize = 2;
/// How many steps the three numbers of the calibration are fitted in.
const CALIBRATION_STEPS: usize = 2_000;
/// The views of a message.
const VIEWS: usize = 4;

/// What a workspace knows, ready to be compared with messages.
#[derive(Debug, Clone)]
pub struct Scope {
    known: Known,
    scale: [Scale; VIEWS],
    calibration: Calibration,
}

/// What was seen of a message; the higher, the more foreign.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    views: [f64; VIEWS],
    /// Log-odds that it is like the foreign examples; 0 if there are none.
    outside: f64,
}

/// Mean and deviation of a view over messages that belong.
#[derive(Debug, Clone, Copy)]
struct Scale {
    mean: f64,
    deviation: f64,
}

/// From a distance to a likelihood.
#[derive(Debug, Clone, Copy, Default)]
struct Calibration {
    base: f64,
    distance: f64,
    outside: f64,
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
        let seen: Vec<(bool, Seen)> = held
            .into_iter()
            .map(|(_, (class, text))| (class.is_none_or(is_held_out), trial.see(text)))
            .collect();
        let scale = scales(&seen);
        let distances: Vec<(bool, f64, f64)> = seen
            .iter()
            .map(|(is_foreign, seen)| (*is_foreign, distance(&scale, seen), seen.outside))
            .collect();
        Some(Self {
            known: Known::fit(&all, intents.len()),
            scale,
            calibration: Calibration::fit(&distances),
        })
    }

    /// How likely a message is none of the workspace's business, 0–1, if it
    /// were as often as not.
    pub fn score(&self, text: &str) -> f64 {
        let seen = self.known.see(text);
        let odds = self
            .calibration
            .odds(distance(&self.scale, &seen), seen.outside);
        1.0 / (1.0 + (-odds).exp())
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

fn scales(seen: &[(bool, Seen)]) -> [Scale; VIEWS] {
    let own: Vec<&Seen> = seen
        .iter()
        .filter(|(is_foreign, _)| !is_foreign)
        .map(|(_, seen)| seen)
        .collect();
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
    fn odds(&self, distance: f64, outside: f64) -> f64 {
        self.base + self.distance * distance + self.outside * outside
    }

    /// Logistic regression by plain descent, both kinds of the same weight.
    fn fit(rows: &[(bool, f64, f64)]) -> Self {
        let foreign = rows.iter().filter(|row| row.0).count();
        let mut fitted = Self {
            distance: 1.0,
            ..Self::default()
        };
        if foreign == 0 || foreign == rows.len() {
            return fitted;
        }
        let spread = rows.iter().map(|row| row.2 * row.2).sum::<f64>() / rows.len() as f64;
        let rate = 1.0 / spread.max(1.0);
        for _ in 0..CALIBRATION_STEPS {
            let (mut base, mut near, mut out) = (0.0, 0.0, 0.0);
            for (is_foreign, distance, outside) in rows {
                let likelihood = 1.0 / (1.0 + (-fitted.odds(*distance, *outside)).exp());
                let kind = if *is_foreign {
                    foreign
                } else {
                    rows.len() - foreign
                };
                let error = (likelihood - f64::from(u8::from(*is_foreign))) / (2 * kind) as f64;
                base += error;
                near += error * distance;
                out += error * outside;
            }
            fitted.base -= base;
            fitted.distance -= near;
            fitted.outside -= rate * out;
        }
        fitted
    }
}
