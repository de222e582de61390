//! A world in which the truth is known, to see whether promises are kept: `science.md`
//! §2.3. Random numbers come from a seed, so that the same seed gives the same world.

use super::certify::GRID;
use super::{GradedAnswer, TuneRequest, certified};
use segue_model::event::Grade;
use segue_model::time::Timestamp;

/// Answers from which the true shares are taken.
const TRUTH: usize = 1_000_000;

/// A source of numbers: `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct Source(u64);

impl Source {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, never 0.
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.unit()).cos()
    }

    /// One answer of an assistant that is too sure of itself: its score, and whether it is
    /// wrong. 29 % of all are.
    pub fn answer(&mut self) -> (f64, bool) {
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        let ease = 0.9 + 1.25 * self.normal();
        let is_right = self.unit() < sigmoid(1.6 * ease);
        let score = sigmoid(1.1 * ease + 0.55 + 0.8 * self.normal());
        (score, !is_right)
    }
}

/// The true share of wrong answers and of answers said, for each threshold of the grid.
#[derive(Debug, Clone)]
pub struct Truth {
    rows: Vec<(f64, f64, f64)>,
}

impl Truth {
    /// From very many answers.
    pub fn new(seed: u64) -> Self {
        let mut source = Source::new(seed);
        let mut said = [0_u32; GRID.len()];
        let mut wrong = [0_u32; GRID.len()];
        for _ in 0..TRUTH {
            let (score, is_wrong) = source.answer();
            for ((threshold, said), wrong) in GRID.iter().zip(&mut said).zip(&mut wrong) {
                if score >= *threshold {
                    *said += 1;
                    *wrong += u32::from(is_wrong);
                }
            }
        }
        let rows = GRID.iter().zip(said.iter().zip(&wrong));
        let rows = rows.map(|(threshold, (said, wrong))| {
            let share = f64::from(*wrong) / f64::from((*said).max(1));
            (*threshold, share, f64::from(*said) / TRUTH as f64)
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// The threshold, the share of wrong ones among what is said, and the share said.
    pub fn rows(&self) -> &[(f64, f64, f64)] {
        &self.rows
    }

    fn of(&self, threshold: f64) -> (f64, f64) {
        let mut rows = self.rows.iter();
        let found = rows.find(|(known, ..)| (known - threshold).abs() < 1e-9);
        found.map_or((0.0, 0.0), |(_, wrong, said)| (*wrong, *said))
    }
}

/// What came of many logs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcome {
    /// Share of logs in which the threshold breaks its promise.
    pub broken: f64,
    /// The mean share of answers that are said with it; without a threshold none is.
    pub answered: f64,
    /// Share of logs without a threshold.
    pub none: f64,
}

/// The certified threshold and the naive one over `logs` logs of `n` labels each.
pub fn run(truth: &Truth, logs: u32, n: usize, promise: (f64, f64), seed: u64) -> [Outcome; 2] {
    let (alpha, delta) = promise;
    let mut source = Source::new(seed);
    let mut outcomes = [Outcome::default(); 2];
    for _ in 0..logs {
        // The period before: as many scores, whose labels nobody looks at.
        let earlier: Vec<f64> = (0..n).map(|_| source.answer().0).collect();
        let rows: Vec<GradedAnswer> = (0..n).map(|_| audited(source.answer())).collect();
        let request = TuneRequest::new(alpha, delta).started_from(earlier, 1.0);
        let chosen = [certified(&rows, &request), naive(&rows, alpha)];
        for (outcome, threshold) in outcomes.iter_mut().zip(chosen) {
            let Some(threshold) = threshold else {
                outcome.none += 1.0;
                continue;
            };
            let (wrong, said) = truth.of(threshold);
            outcome.broken += f64::from(u8::from(wrong > alpha));
            outcome.answered += said;
        }
    }
    outcomes.map(|it| Outcome {
        broken: it.broken / f64::from(logs),
        answered: it.answered / f64::from(logs),
        none: it.none / f64::from(logs),
    })
}

fn audited((score, is_wrong): (f64, bool)) -> GradedAnswer {
    GradedAnswer {
        score,
        grade: Some(if is_wrong { Grade::Wrong } else { Grade::Right }),
        was_shown: true,
        by_chance: 1.0,
        at: Timestamp::default(),
        graded_at: None,
        conversation: None,
        topic: None,
    }
}

/// What "watch it for a while and adjust" comes to: the lowest threshold at which the
/// share of wrong ones in the log is no more than wished.
fn naive(rows: &[GradedAnswer], alpha: f64) -> Option<f64> {
    let holds = |threshold: &&f64| {
        let said = rows.iter().filter(|row| row.score >= **threshold);
        let wrong = said.clone().filter(|row| row.grade == Some(Grade::Wrong));
        let (said, wrong) = (said.count(), wrong.count());
        said > 0 && wrong as f64 <= alpha * said as f64
    };
    GRID.iter().rev().find(holds).copied()
}
