//! Fits the risk, and what words say of complexity, to labelled conversations. The
//! same conversations in the same order give the same bytes.

use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};

use super::course::{FIELDS, MARGIN, WIDTH};
use super::decayed;
use super::fit::{Loss, Small, Sparse, linear, logistic};
use super::model::{LENGTH_FROM, Model, PLACES, TEXTS, Text, TextSums, Weights};
use crate::complexity::Complexity;
use crate::detector::{Detector, Observed, features_of};
use crate::features::{Feature, Features};
use crate::linear::in_steps;
use crate::memory::Memory;
use crate::table::{RARITY_STEP, rarity};

/// How strongly the weights of words are drawn to nothing.
const RISK_RIDGE: f32 = 1.0;
const ACTIONS_RIDGE: f32 = 10.0;
/// In how many parts the conversations are split to see margins of such as were not
/// learned.
const FOLDS: usize = 5;
/// The space between two turns, as when a file without times is replayed.
const STEP_MS: i64 = 20_000;
/// The customer turns whose words say what will have to be done.
const FIRST_TURNS: usize = 2;

/// A conversation with what is known of it.
#[derive(Debug, Clone)]
pub struct Dialogue {
    /// Its turns: who, what, and whether the assistant called it a fallback.
    pub turns: Vec<(Role, String, bool)>,
    /// Whether the customer got annoyed.
    pub is_annoyed: Option<bool>,
    /// How many different actions it took; none where nobody counted.
    pub actions: Option<usize>,
}

/// What a model says of a conversation, one number for each of the customer's turns.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The risk.
    pub risks: Vec<f64>,
    /// The complexity.
    pub complexities: Vec<f64>,
}

/// Conversations made ready for fitting.
pub struct Prepared {
    talks: Vec<Talk>,
}

struct Talk {
    turns: Vec<Turn>,
    is_annoyed: Option<bool>,
    actions: Option<usize>,
}

/// A customer's turn: the context without its margin, and the words.
struct Turn {
    context: [f32; WIDTH],
    words: Vec<Feature>,
    complexity: Complexity,
}

/// A fit while its weights are whole numbers no more.
struct Words {
    weights: Vec<f32>,
    bias: f32,
}

impl Prepared {
    /// Observes each conversation.
    pub fn new(dialogues: &[Dialogue]) -> Self {
        let detector = Detector::builtin();
        Self {
            talks: dialogues
                .iter()
                .map(|dialogue| observed(&detector, dialogue))
                .collect(),
        }
    }

    /// Fits to all of them and gives the file, with the weights of the context by name.
    pub fn learn(&self) -> (Vec<u8>, Vec<(&'static str, f32)>) {
        let model = self.fit(&(0..self.talks.len()).collect::<Vec<_>>());
        (model.write(), model.named().collect())
    }

    /// What a fit to the conversations of all other parts says of those of each part;
    /// `parts` names the part of each conversation.
    pub fn judged(&self, parts: &[usize]) -> Vec<Judged> {
        let mut judged = vec![Judged::default(); self.talks.len()];
        for part in 0..=parts.iter().copied().max().unwrap_or(0) {
            let others: Vec<usize> = (0..self.talks.len())
                .filter(|at| parts.get(*at) != Some(&part))
                .collect();
            let model = self.fit(&others);
            for ((talk, judged), _) in self
                .talks
                .iter()
                .zip(&mut judged)
                .zip(parts)
                .filter(|(_, of)| **of == part)
            {
                *judged = talk.judged(&model);
            }
        }
        judged
    }

    fn fit(&self, chosen: &[usize]) -> Model {
        let talks: Vec<&Talk> = chosen.iter().filter_map(|at| self.talks.get(*at)).collect();
        let features: Vec<Features> = talks.iter().map(|talk| talk.features()).collect();
        let rarity = rarity(features.iter(), PLACES);
        let of_risk = risk_words(&talks, &rarity);
        let of_actions = action_words(&talks, &rarity);
        let mut rows: Vec<Small<WIDTH>> = Vec::new();
        for part in 0..FOLDS {
            let of = |is_inside: bool| -> Vec<&Talk> {
                let talks = talks.iter().enumerate();
                let of = talks.filter(|(at, _)| (at % FOLDS == part) == is_inside);
                of.map(|(_, talk)| *talk).collect()
            };
            let words = risk_words(&of(false), &rarity);
            for talk in of(true) {
                talk.add_rows(&words, &rarity, &mut rows);
            }
        }
        let mut priors = [0.0; WIDTH];
        let mut holds = [0.0; WIDTH];
        for ((prior, hold), field) in priors.iter_mut().zip(&mut holds).zip(FIELDS) {
            (*prior, *hold) = (field.prior, field.hold);
        }
        quantized(
            [of_risk, of_actions],
            logistic(&rows, &priors, &holds).map(|weight| weight as f32),
            &rarity,
        )
    }
}

fn observed(detector: &Detector, dialogue: &Dialogue) -> Talk {
    let mut memory = Memory::default();
    let mut turns = Vec::new();
    for (index, (role, text, is_fallback)) in dialogue.turns.iter().enumerate() {
        let scores = AnswerScores {
            is_fallback: *is_fallback,
            ..AnswerScores::default()
        };
        let at = i64::try_from(index).unwrap_or(0);
        detector.observe(
            &mut memory,
            &Observed {
                number: TurnNumber(u32::try_from(index + 1).unwrap_or(u32::MAX)),
                role: *role,
                text,
                at: Timestamp(at * STEP_MS),
                scores: &scores,
                is_clarifying: *is_fallback,
            },
        );
        if *role == Role::Customer
            && let Some(latest) = &memory.latest
        {
            turns.push(Turn {
                context: memory.course.context(&memory, 0.0),
                words: features_of(text).words,
                complexity: latest.complexity,
            });
        }
    }
    Talk {
        turns,
        is_annoyed: dialogue.is_annoyed,
        actions: dialogue.actions.filter(|actions| *actions > 0),
    }
}

impl Talk {
    fn features(&self) -> Features {
        let words = self
            .turns
            .iter()
            .flat_map(|turn| turn.words.iter().copied());
        Features {
            words: words.collect(),
            ..Features::default()
        }
    }

    /// A row for each customer turn, all of them as much as one conversation, later ones
    /// more than early ones, which say little.
    fn add_rows(&self, words: &Words, rarity: &[u8], rows: &mut Vec<Small<WIDTH>>) {
        let Some(label) = self.is_annoyed else {
            return;
        };
        let (mut sum, mut square) = (0.0, 0.0);
        let count = self.turns.len() as f64;
        for (place, turn) in self.turns.iter().enumerate() {
            for (at, rare) in rare(&turn.words, rarity) {
                sum += words.weights.get(at).copied().unwrap_or(0.0) * rare;
                square += rare * rare;
            }
            let mut context = turn.context;
            if let Some(margin) = context.get_mut(MARGIN) {
                *margin = words.bias + sum / (square + LENGTH_FROM).sqrt();
            }
            let counts = 2.0 * (place + 1) as f64 / (count * count);
            rows.push((context, label, counts));
        }
    }

    fn judged(&self, model: &Model) -> Judged {
        let mut judged = Judged::default();
        let mut text = TextSums::default();
        let mut before = 0.0;
        for turn in &self.turns {
            let sums = model.sums(&turn.words);
            text.add(sums);
            let mut context = turn.context;
            if let Some(margin) = context.get_mut(MARGIN) {
                *margin = model.margin(&text);
            }
            before = decayed(model.risk(&context), before);
            judged.risks.push(before);
            let mut complexity = turn.complexity;
            complexity.learn(model.actions(&sums));
            judged.complexities.push(complexity.value());
        }
        judged
    }
}

/// The features of some words with their rarity.
fn rare<'a>(words: &'a [Feature], rarity: &'a [u8]) -> impl Iterator<Item = (usize, f32)> + 'a {
    words.iter().map(|feature| {
        let at = PLACES.of(*feature);
        let steps = rarity.get(at).copied().unwrap_or(0);
        (at, f32::from(steps) * RARITY_STEP)
    })
}

/// A row of words, over its length.
fn row<'a>(words: impl Iterator<Item = &'a Feature>, rarity: &[u8]) -> Sparse {
    let words: Vec<Feature> = words.copied().collect();
    let square: f32 = rare(&words, rarity).map(|(_, rare)| rare * rare).sum();
    let length = (square + LENGTH_FROM).sqrt();
    let mut row: Sparse = rare(&words, rarity)
        .map(|(at, rare)| (at, rare / length))
        .collect();
    row.sort_unstable_by_key(|(at, _)| *at);
    row.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    row
}

/// Words of whole conversations against their label.
fn risk_words(talks: &[&Talk], rarity: &[u8]) -> Words {
    let rows: Vec<(Sparse, f32)> = talks
        .iter()
        .filter_map(|talk| {
            let label = f32::from(u8::from(talk.is_annoyed?));
            let words = talk.turns.iter().flat_map(|turn| &turn.words);
            Some((row(words, rarity), label))
        })
        .collect();
    // Where no word speaks, the context does.
    Words {
        bias: 0.0,
        ..words(&rows, rarity.len(), Loss::Logistic, RISK_RIDGE)
    }
}

/// Words of first requests against the number of actions, in deviations from the mean
/// of its logarithm.
fn action_words(talks: &[&Talk], rarity: &[u8]) -> Words {
    let counts = talks.iter().filter_map(|talk| talk.actions);
    let logs: Vec<f32> = counts.map(|count| (count as f32).ln()).collect();
    let total = logs.len().max(1) as f32;
    let mean = logs.iter().sum::<f32>() / total;
    let spread = logs.iter().map(|log| (log - mean).powi(2)).sum::<f32>() / total;
    let deviation = spread.sqrt().max(f32::MIN_POSITIVE);
    let mut rows = Vec::new();
    for talk in talks {
        let Some(actions) = talk.actions else {
            continue;
        };
        let target = ((actions as f32).ln() - mean) / deviation;
        let first = talk.turns.iter().take(FIRST_TURNS);
        for turn in first.filter(|turn| turn.complexity.is_ask) {
            rows.push((row(turn.words.iter(), rarity), target));
        }
    }
    words(&rows, rarity.len(), Loss::Squared, ACTIONS_RIDGE)
}

fn words(rows: &[(Sparse, f32)], width: usize, loss: Loss, ridge: f32) -> Words {
    let rows: Vec<(&Sparse, f32)> = rows.iter().map(|(row, target)| (row, *target)).collect();
    let (weights, bias) = linear(&rows, width, loss, ridge);
    Words { weights, bias }
}

/// Weights as bytes: a feature's rarity is multiplied in.
fn quantized(words: [Words; TEXTS], context: [f32; WIDTH], rarity: &[u8]) -> Model {
    let mut texts = [Text::default(); TEXTS];
    let weightless = |rarity: &u8| Weights {
        rarity: *rarity,
        ..Weights::default()
    };
    let mut rows: Vec<Weights> = rarity.iter().map(weightless).collect();
    for (column, (words, text)) in words.iter().zip(&mut texts).enumerate() {
        text.bias = words.bias;
        let bytes;
        (text.step, bytes) = in_steps(words.weights.iter().copied(), rarity);
        for (row, byte) in rows.iter_mut().zip(bytes) {
            if let Some(weight) = row.columns.get_mut(column) {
                *weight = byte;
            }
        }
    }
    Model {
        texts,
        context,
        rows,
    }
}
