//! Fits the weights of the ranking: conditional logistic regression (McFadden 1974), the
//! probability that the right article is chosen among the candidates of a question. Weights
//! never fall below 0, since a measure that speaks against an article it fits is an accident of
//! the questions at hand.

use super::regression::solve;
use crate::knowledge::SIGNALS;

/// Ridge penalty.
const RIDGE: f64 = 1.0;
/// Newton converges in about eight steps; this is a bound, not a tuning.
const STEPS_MAX: usize = 30;
/// Converged when no weight moves more than this.
const STEP_MIN: f64 = 1e-9;

/// The candidates of one question and which of them is right.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) signals: Vec<[f64; SIGNALS]>,
    pub(crate) right: usize,
}

/// Fits one weight per signal.
pub(super) fn fit(choices: &[Choice]) -> Vec<f64> {
    let mut allowed = [true; SIGNALS];
    loop {
        let weights = newton(choices, &allowed);
        // One at a time, the worst first: its twin may recover.
        let worst = weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight < 0.0)
            .min_by(|a, b| a.1.total_cmp(b.1));
        match worst.and_then(|(at, _)| allowed.get_mut(at)) {
            Some(slot) => *slot = false,
            None => return weights,
        }
    }
}

fn newton(choices: &[Choice], allowed: &[bool; SIGNALS]) -> Vec<f64> {
    let mut weights = vec![0.0; SIGNALS];
    for _ in 0..STEPS_MAX {
        let mut gradient = vec![0.0; SIGNALS];
        let mut hessian = vec![vec![0.0; SIGNALS]; SIGNALS];
        for choice in choices {
            add(choice, &weights, &mut gradient, &mut hessian);
        }
        for (at, (slope, line)) in gradient.iter_mut().zip(&mut hessian).enumerate() {
            let is_allowed = allowed.get(at).copied().unwrap_or(false);
            *slope = if is_allowed {
                *slope - RIDGE * weights.get(at).copied().unwrap_or_default()
            } else {
                0.0
            };
            for (other, cell) in line.iter_mut().enumerate() {
                let is_free = is_allowed && allowed.get(other).copied().unwrap_or(false);
                if !is_free {
                    *cell = 0.0;
                }
                if other == at {
                    *cell += RIDGE;
                }
            }
        }
        let step = solve(hessian, gradient);
        for (weight, change) in weights.iter_mut().zip(&step) {
            *weight += change;
        }
        if step.iter().all(|change| change.abs() < STEP_MIN) {
            break;
        }
    }
    weights
}

fn add(choice: &Choice, weights: &[f64], gradient: &mut [f64], hessian: &mut [Vec<f64>]) {
    let scores: Vec<f64> = choice
        .signals
        .iter()
        .map(|signals| signals.iter().zip(weights).map(|(a, b)| a * b).sum())
        .collect();
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|score| (score - most).exp()).sum();
    let mut mean = [0.0; SIGNALS];
    let mut shares = Vec::with_capacity(scores.len());
    for (score, signals) in scores.iter().zip(&choice.signals) {
        let share = (score - most).exp() / sum;
        shares.push(share);
        for (slot, signal) in mean.iter_mut().zip(signals) {
            *slot += share * signal;
        }
    }
    let right = choice.signals.get(choice.right).unwrap_or(&mean);
    for ((slope, signal), expected) in gradient.iter_mut().zip(right).zip(&mean) {
        *slope += signal - expected;
    }
    for (share, signals) in shares.iter().zip(&choice.signals) {
        let centered: Vec<f64> = signals.iter().zip(&mean).map(|(a, b)| a - b).collect();
        for (line, a) in hessian.iter_mut().zip(&centered) {
            for (cell, b) in line.iter_mut().zip(&centered) {
                *cell += share * a * b;
            }
        }
    }
}
