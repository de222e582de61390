//! Learns the table of concerns from questions with their intents: the direction
//! of a question is drawn to that of its own intent and away from all others
//! (softmax over cosines). Every time some features are left out, so that none
//! alone carries a concern.

use super::{DIMENSIONS, Direction, Table, places};
use crate::detector::features_of;
use crate::dice::Dice;
use crate::features::Features;
use crate::table::{rarity, values};

/// Bits of a feature's place: 65,536 vectors, 3.1 MiB.
const BITS: u32 = 16;
/// How often the questions are gone through.
const EPOCHS: u32 = 12;
/// How sharply cosines tell intents apart.
const SHARPNESS: f32 = 12.0;
/// Share of a question's features that is left out each time.
const LEFT_OUT: f32 = 0.3;
/// The size of a first step.
const RATE: f32 = 0.3;
/// What the last step is of the first.
const LAST_STEP: f32 = 0.1;
/// Steps of an intent's direction beside those of a feature's.
const INTENT_PACE: f32 = 0.3;
/// Slopes that are too small to matter.
const SLOPE_MIN: f32 = 1e-4;
/// Seeds the choices, so that each run makes the same ones.
const SEED: u64 = 7;

/// A vector while it is learned.
type Vector = [f32; DIMENSIONS];

/// A question with the number of its intent.
#[derive(Debug, Clone)]
pub struct Question {
    /// What somebody asked.
    pub text: String,
    /// Its intent, from 0 without gaps.
    pub intent: usize,
}

/// Learns a table; gives the bytes of its file.
pub fn learn(questions: &[Question]) -> Vec<u8> {
    let found: Vec<Features> = questions.iter().map(|it| features_of(&it.text)).collect();
    let rarity = rarity(found.iter(), places(BITS));
    let rows: Vec<Vec<(usize, f32)>> = found
        .iter()
        .map(|it| values(it, &rarity, places(BITS)))
        .collect();
    let intents = questions.iter().map(|it| it.intent + 1).max().unwrap_or(0);
    let mut fit = Fit::new(intents);
    let mut order: Vec<usize> = (0..questions.len()).collect();
    for epoch in 0..EPOCHS {
        fit.dice.shuffle(&mut order);
        let rate = RATE * (1.0 - (1.0 - LAST_STEP) * epoch as f32 / EPOCHS as f32);
        for at in &order {
            if let (Some(row), Some(question)) = (rows.get(*at), questions.get(*at)) {
                fit.learn_one(row, question.intent, rate);
            }
        }
    }
    quantized(&fit.vectors, &rarity).write()
}

struct Fit {
    vectors: Vec<Vector>,
    intents: Vec<Vector>,
    vector_squares: Vec<f32>,
    intent_squares: Vec<f32>,
    dice: Dice,
}

impl Fit {
    fn new(intents: usize) -> Self {
        let mut dice = Dice(SEED);
        let mut any = |size: f32| {
            let mut vector = [0.0; DIMENSIONS];
            for value in &mut vector {
                *value = (dice.share() - 0.5) * size;
            }
            vector
        };
        Self {
            vectors: (0..1_usize << BITS).map(|_| any(0.2)).collect(),
            intents: (0..intents).map(|_| direction(&any(1.0)).0).collect(),
            vector_squares: vec![1e-6; 1 << BITS],
            intent_squares: vec![1e-6; intents],
            dice,
        }
    }

    fn learn_one(&mut self, row: &[(usize, f32)], intent: usize, rate: f32) {
        let dice = &mut self.dice;
        let kept: Vec<(usize, f32)> = row
            .iter()
            .filter(|_| dice.share() >= LEFT_OUT)
            .copied()
            .collect();
        if kept.is_empty() {
            return;
        }
        let mut sum = [0.0; DIMENSIONS];
        for (at, value) in &kept {
            if let Some(vector) = self.vectors.get(*at) {
                add(&mut sum, vector, *value);
            }
        }
        let (toward, length) = direction(&sum);
        let slope = self.draw_intents(&toward, intent, rate);
        // Only what turns the direction counts, not what lengthens the sum.
        let along = dot(&slope, &toward);
        let mut turn = slope;
        for (value, toward) in turn.iter_mut().zip(toward) {
            *value = (*value - along * toward) / length;
        }
        let square = dot(&turn, &turn) / DIMENSIONS as f32;
        for (at, value) in &kept {
            if let (Some(vector), Some(seen)) =
                (self.vectors.get_mut(*at), self.vector_squares.get_mut(*at))
            {
                *seen += square * value * value;
                add(vector, &turn, -rate * value / seen.sqrt());
            }
        }
    }

    /// Moves the intents; gives the slope of the loss by the question's direction.
    fn draw_intents(&mut self, toward: &Vector, intent: usize, rate: f32) -> Vector {
        let mut chances: Vec<f32> = self
            .intents
            .iter()
            .map(|it| SHARPNESS * dot(it, toward))
            .collect();
        let largest = chances.iter().copied().fold(f32::MIN, f32::max);
        for chance in &mut chances {
            *chance = (*chance - largest).exp();
        }
        let whole: f32 = chances.iter().sum();
        let mut slope = [0.0; DIMENSIONS];
        let all = self
            .intents
            .iter_mut()
            .zip(&mut self.intent_squares)
            .zip(&chances);
        for (at, ((vector, seen), chance)) in all.enumerate() {
            let own = if at == intent { 1.0 } else { 0.0 };
            let error = SHARPNESS * (chance / whole - own);
            if error.abs() < SLOPE_MIN {
                continue;
            }
            add(&mut slope, vector, error);
            *seen += error * error;
            add(vector, toward, -rate * INTENT_PACE * error / seen.sqrt());
            *vector = direction(vector).0;
        }
        slope
    }
}

fn add(to: &mut Vector, what: &Vector, times: f32) {
    for (value, what) in to.iter_mut().zip(what) {
        *value += what * times;
    }
}

fn dot(one: &Vector, other: &Vector) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// A vector of length one, and the length it had.
fn direction(vector: &Vector) -> (Vector, f32) {
    let length = dot(vector, vector).sqrt().max(1e-6);
    (vector.map(|value| value / length), length)
}

/// All vectors in one unit, the few largest numbers cut.
fn quantized(vectors: &[Vector], rarity: &[u8]) -> Table {
    /// Share of the numbers that are cut.
    const CUT_SHARE: f64 = 0.000_5;
    let weighed = |(vector, rarity): (&Vector, &u8)| vector.map(|it| it * f32::from(*rarity));
    let vectors: Vec<Vector> = vectors.iter().zip(rarity).map(weighed).collect();
    let mut sizes: Vec<f32> = vectors.iter().flatten().map(|value| value.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let cut = (sizes.len() as f64 * (1.0 - CUT_SHARE)) as usize;
    let largest = sizes.get(cut).copied().unwrap_or(1.0).max(1e-6);
    let byte = |value: f32| (value / largest * 127.0).round().clamp(-127.0, 127.0) as i8;
    Table {
        places: places(BITS),
        rows: vectors
            .iter()
            .zip(rarity)
            .map(|(vector, rarity)| Direction {
                values: vector.map(byte),
                rarity: *rarity,
            })
            .collect(),
    }
}
