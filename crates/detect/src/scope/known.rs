//! The examples of a workspace: a linear classifier over them, and themselves.
//!
//! The classifier also learns to tell the examples from mixtures of words of
//! two of them, so that it is sure of a message as a whole and not of one word.

use super::Seen;
use super::terms::{Sparse, Terms, Vocabulary, normalize};
use crate::dice::Dice;

/// A term of fewer texts tells the classifier nothing about other texts.
const TEXTS_MIN: usize = 2;
/// How often the classifier sees each example, and how fast it learns at first.
const EPOCHS: usize = 5;
const RATE: f32 = 3.0;
const RATE_LAST: f32 = 0.01;
/// The share of the rate with which the base rates of the intents are learned.
const BIAS_SHARE: f32 = 0.1;
/// How many of the nearest examples count.
const NEAREST: usize = 5;
/// The likelihood of an intent beyond which no difference is made.
const SURE: f64 = 0.999;

#[derive(Debug, Clone)]
pub struct Known {
    terms: Vocabulary,
    stems: Vocabulary,
    classifier: Classifier,
    /// For each intent the stems of its examples.
    examples: Vec<Vec<Sparse>>,
    has_outside: bool,
}

impl Known {
    /// Takes examples of `intents` intents; those of no intent are foreign.
    pub fn fit(rows: &[(Option<usize>, &str)], intents: usize) -> Self {
        let split: Vec<Terms> = rows.iter().map(|(_, text)| Terms::of(text)).collect();
        let terms = Vocabulary::new(split.iter().map(|text| text.all.as_slice()), TEXTS_MIN);
        let inside = || {
            rows.iter()
                .zip(&split)
                .filter_map(|((class, _), text)| Some(((*class)?, text)))
        };
        let stems = Vocabulary::new(inside().map(|(_, text)| text.stems.as_slice()), 1);
        let mut examples = vec![Vec::new(); intents];
        for (class, text) in inside() {
            let (mut known, unknown) = stems.weigh(&text.stems);
            normalize(&mut known, unknown);
            if let Some(examples) = examples.get_mut(class) {
                examples.push(known);
            }
        }
        let has_outside = rows.iter().any(|(class, _)| class.is_none());
        let mut labelled: Vec<(usize, Sparse)> = rows
            .iter()
            .zip(&split)
            .map(|((class, _), text)| (class.unwrap_or(intents), weighed(&terms, text)))
            .collect();
        let mixture = intents + usize::from(has_outside);
        labelled.extend(
            mixtures(rows)
                .iter()
                .map(|text| (mixture, weighed(&terms, &Terms::of(text)))),
        );
        Self {
            classifier: Classifier::fit(&labelled, mixture + 1, terms.len()),
            terms,
            stems,
            examples,
            has_outside,
        }
    }

    /// Looks at a message.
    pub fn see(&self, text: &str) -> Seen {
        let text = Terms::of(text);
        let mut odds = self.classifier.odds(&weighed(&self.terms, &text));
        odds.pop();
        let foreign = if self.has_outside { odds.pop() } else { None };
        let (top, highest) = odds
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map_or((0, 0.0), |(class, odds)| (class, f64::from(*odds)));
        let sum: f64 = odds
            .iter()
            .map(|odds| (f64::from(*odds) - highest).exp())
            .sum();
        let likelihood = (1.0 / sum.max(1.0)).min(SURE);
        let energy = highest + sum.max(1.0).ln();
        let (covered, nearness) = self.compare(&text, top);
        Seen {
            views: [
                -(likelihood / (1.0 - likelihood)).ln(),
                -energy,
                -covered,
                -nearness,
            ],
            outside: foreign.map(|foreign| f64::from(foreign) - energy),
        }
    }

    /// How much of a message occurs in the examples of an intent, and how near
    /// the nearest of them are, each 0–1.
    fn compare(&self, text: &Terms, class: usize) -> (f64, f64) {
        let (mut own, unknown) = self.stems.weigh(&text.stems);
        normalize(&mut own, unknown);
        let mut occurs = vec![0_u32; own.len()];
        let examples = self.examples.get(class).map_or(&[][..], Vec::as_slice);
        let mut near: Vec<f32> = examples
            .iter()
            .map(|example| shared(&own, example, &mut occurs))
            .collect();
        near.sort_by(|a, b| b.total_cmp(a));
        near.truncate(NEAREST);
        let nearness = near.iter().sum::<f32>() / near.len().max(1) as f32;
        let (mut covered, mut all) = (0.0, f64::from(unknown));
        for ((number, _), occurs) in own.iter().zip(&occurs) {
            let weight = f64::from(self.stems.telling(*number)).powi(2);
            let occurs = f64::from(*occurs);
            covered += weight * occurs / (occurs + 1.0);
            all += weight;
        }
        (covered / all.max(1e-6), f64::from(nearness))
    }
}

/// As many mixtures as rows: of two examples of different intents, about half
/// the words each.
fn mixtures(rows: &[(Option<usize>, &str)]) -> Vec<String> {
    let mut dice = Dice(7);
    let mut mixed = Vec::new();
    for (class, text) in rows.iter().filter(|(class, _)| class.is_some()) {
        let Some((other, second)) = rows.get(dice.below(rows.len())) else {
            continue;
        };
        if other.is_none() || other == class {
            continue;
        }
        let words = text.split_whitespace().chain(second.split_whitespace());
        let words: Vec<&str> = words.filter(|_| dice.below(2) == 0).collect();
        mixed.push(words.join(" "));
    }
    mixed
}

fn weighed(terms: &Vocabulary, text: &Terms) -> Sparse {
    let (mut known, _) = terms.weigh(&text.all);
    normalize(&mut known, 0.0);
    known
}

/// The cosine of two texts; counts the terms of the first that the second has.
fn shared(own: &Sparse, example: &Sparse, occurs: &mut [u32]) -> f32 {
    let mut rest = example.iter().peekable();
    let mut sum = 0.0;
    for ((number, weight), occurs) in own.iter().zip(occurs) {
        while rest.next_if(|(other, _)| other < number).is_some() {}
        if let Some((_, other)) = rest.next_if(|(other, _)| other == number) {
            sum += weight * other;
            *occurs += 1;
        }
    }
    sum
}

/// Multinomial logistic regression, fitted by stochastic descent.
#[derive(Debug, Clone)]
struct Classifier {
    /// For each term a weight for each class.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Classifier {
    fn fit(rows: &[(usize, Sparse)], classes: usize, terms: usize) -> Self {
        let mut fitted = Self {
            weights: vec![0.0; classes * terms],
            bias: vec![0.0; classes],
        };
        let mut order: Vec<&(usize, Sparse)> = rows.iter().collect();
        let mut dice = Dice(1);
        let steps = (EPOCHS * rows.len()).max(1) as f32;
        let mut step = 0.0;
        for _ in 0..EPOCHS {
            dice.shuffle(&mut order);
            for (class, text) in &order {
                fitted.learn(*class, text, RATE * (1.0 - step / steps) + RATE_LAST);
                step += 1.0;
            }
        }
        fitted
    }

    fn odds(&self, text: &Sparse) -> Vec<f32> {
        let mut odds = self.bias.clone();
        for (term, weight) in text {
            let row = span(*term, odds.len());
            for (odds, of_class) in odds.iter_mut().zip(self.weights.get(row).unwrap_or(&[])) {
                *odds += weight * of_class;
            }
        }
        odds
    }

    fn learn(&mut self, class: usize, text: &Sparse, rate: f32) {
        let mut errors = self.odds(text);
        let highest = errors.iter().copied().fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for odds in &mut errors {
            *odds = (*odds - highest).exp();
            sum += *odds;
        }
        for likelihood in &mut errors {
            *likelihood /= sum;
        }
        if let Some(likelihood) = errors.get_mut(class) {
            *likelihood -= 1.0;
        }
        for (bias, error) in self.bias.iter_mut().zip(&errors) {
            *bias -= BIAS_SHARE * rate * error;
        }
        for (term, weight) in text {
            let row = self.weights.get_mut(span(*term, errors.len()));
            for (of_class, error) in row.unwrap_or(&mut []).iter_mut().zip(&errors) {
                *of_class -= rate * weight * error;
            }
        }
    }
}

fn span(term: u32, classes: usize) -> std::ops::Range<usize> {
    let start = usize::try_from(term)
        .unwrap_or(usize::MAX)
        .saturating_mul(classes);
    start..start.saturating_add(classes)
}
