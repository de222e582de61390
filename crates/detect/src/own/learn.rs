//! Learning a head of one's own from labelled lines.

use super::{OwnHead, Row, SIGNALS, places};
use crate::detector::clues_of;
use crate::features::{Features, Places};
use crate::linear::{DECAY, Example, Weights};
use crate::measure::{Confusion, auroc};
use crate::sentiment::{CLUES, Clues};
use crate::table::{rarity, values};
use crate::vocabulary::hash32;

/// Bits of a feature's number: 65,536 rows of two bytes.
const BITS: u32 = 16;
const PLACES: Places = places(BITS);
/// In how many parts the lines are split to see margins of lines that were not learned.
const FOLDS: u32 = 5;
/// How many lines of each kind are needed at least: below it nothing can be judged.
pub const LINES_MIN: usize = 50;
/// What a clue counts beside the words of a turn.
const CLUE_SIZE: f32 = 0.3;
/// How often all margins are gone through to calibrate them, and the size of a step.
const CALIBRATION_STEPS: u32 = 500;
const CALIBRATION_RATE: f64 = 0.5;

/// A head, ready to be written.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The head.
    pub head: OwnHead,
    /// How it does on lines that it had not seen, in five parts.
    pub unseen: Confusion,
    /// The chance that of two lines it had not seen the right one has the higher score.
    pub auroc: Option<f64>,
}

/// Why nothing can be learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// A signal that has no head of one's own.
    #[error("`{0}` has no head of one's own")]
    Signal(String),
    /// Too few lines.
    #[error("{yes} lines of it and {no} others are too few, {LINES_MIN} of each are needed")]
    TooFew {
        /// Lines of it.
        yes: usize,
        /// Others.
        no: usize,
    },
}

/// Learns a head for a signal from lines and whether they are of its kind. The same
/// lines give the same head.
///
/// # Errors
/// When the signal may have none, or there are too few lines of a kind.
pub fn learn(signal: &str, lines: &[(String, bool)]) -> Result<Trained, LearnError> {
    let target = SIGNALS.iter().find(|target| target.name() == signal);
    let target = *target.ok_or_else(|| LearnError::Signal(signal.to_owned()))?;
    let yes = lines.iter().filter(|(_, label)| *label).count();
    let no = lines.len() - yes;
    if yes.min(no) < LINES_MIN {
        return Err(LearnError::TooFew { yes, no });
    }
    let parts = lines.iter().map(|(text, _)| clues_of(text));
    let (features, clues): (Vec<Features>, Vec<Clues>) = parts.unzip();
    let rarity = rarity(features.iter(), PLACES);
    let all = lines.iter().zip(features.iter().zip(&clues));
    let example = |((_, label), (features, clues)): (&(String, bool), (&Features, &Clues))| {
        let mut values = values(features, &rarity, PLACES);
        let clues = clues.iter().enumerate();
        values.extend(clues.map(|(at, clue)| ((1 << BITS) + at, clue * CLUE_SIZE)));
        Example {
            values,
            labels: [*label],
            weights: [1.0],
        }
    };
    let examples: Vec<Example<1>> = all.map(example).collect();
    let margins = unseen(lines, &examples);
    let scale = calibrated(&margins);
    let scores: Vec<(bool, f64)> = margins
        .iter()
        .map(|(label, margin)| (*label, scale.0 * margin + scale.1))
        .collect();
    let mut confusion = Confusion::default();
    for (label, score) in &scores {
        confusion.add(*label, *score >= 0.0);
    }
    let everything: Vec<&Example<1>> = examples.iter().collect();
    let weights = Weights::fit(&everything, rows(), DECAY);
    let ([step], bytes) = weights.quantized(&rarity);
    let mut of_clues = [0.0; CLUES];
    for (clue, row) in of_clues.iter_mut().zip(weights.rows.iter().skip(1 << BITS)) {
        let [weight] = row;
        *clue = weight * CLUE_SIZE;
    }
    let [bias] = weights.bias;
    let head = OwnHead {
        target,
        bits: BITS,
        step,
        bias,
        scale: (scale.0 as f32, scale.1 as f32),
        clues: of_clues,
        rows: bytes
            .into_iter()
            .zip(rarity)
            .map(|(weight, rarity)| Row { weight, rarity })
            .collect(),
    };
    Ok(Trained {
        head,
        unseen: confusion,
        auroc: auroc(&scores),
    })
}

/// Rows of words, then those of clues.
const fn rows() -> usize {
    (1 << BITS) + CLUES
}

/// The margins of lines by fits that had not seen them. Copies of a line fall into the
/// same part.
fn unseen(lines: &[(String, bool)], examples: &[Example<1>]) -> Vec<(bool, f64)> {
    let part = |line: &(String, bool)| hash32(line.0.to_lowercase().as_bytes()) % FOLDS;
    let parts: Vec<u32> = lines.iter().map(part).collect();
    let mut margins = Vec::with_capacity(lines.len());
    for fold in 0..FOLDS {
        let others = examples
            .iter()
            .zip(&parts)
            .filter(|(_, part)| **part != fold);
        let chosen: Vec<&Example<1>> = others.map(|(example, _)| example).collect();
        let weights = Weights::fit(&chosen, rows(), DECAY);
        let inside = lines.iter().zip(examples).zip(&parts);
        for (((_, label), example), _) in inside.filter(|(_, part)| **part == fold) {
            let [margin] = weights.margins(&example.values);
            margins.push((*label, f64::from(margin)));
        }
    }
    margins
}

/// From margins to log-odds (Platt 1999), moved so that 0 is where the harmonic mean of
/// precision and recall is best.
fn calibrated(margins: &[(bool, f64)]) -> (f64, f64) {
    let (mut factor, mut summand) = (1.0, 0.0);
    let count = margins.len() as f64;
    for _ in 0..CALIBRATION_STEPS {
        let (mut by_factor, mut by_summand) = (0.0, 0.0);
        for (label, margin) in margins {
            let chance = 1.0 / (1.0 + (-(factor * margin + summand)).exp());
            let error = chance - f64::from(u8::from(*label));
            by_factor += error * margin;
            by_summand += error;
        }
        factor -= CALIBRATION_RATE * by_factor / count;
        summand -= CALIBRATION_RATE * by_summand / count;
    }
    // A head that learned nothing must not turn around.
    let factor = factor.max(0.0);
    (factor, -factor * best_cut(margins))
}

/// The margin from which on F1 is best.
fn best_cut(margins: &[(bool, f64)]) -> f64 {
    let mut sorted = margins.to_vec();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let positives = sorted.iter().filter(|(label, _)| *label).count() as f64;
    let (mut best, mut cut, mut found) = (-1.0, 0.0, 0.0);
    for (at, (label, margin)) in sorted.iter().enumerate() {
        found += f64::from(u8::from(*label));
        let f1 = 2.0 * found / (at as f64 + 1.0 + positives);
        if f1 > best {
            // Between this line and the next.
            let next = sorted.get(at + 1).map_or(*margin, |(_, next)| *next);
            (best, cut) = (f1, f64::midpoint(*margin, next));
        }
    }
    cut
}
