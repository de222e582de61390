//! The threshold that is worth it: where an answer costs less than a person, wrong ones
//! included. It needs probabilities, so scores are calibrated on the labels first; that is
//! for this and for display, the guarantee does not rest on it (`science.md` §2.1).

use super::GradedAnswer;
use super::certify::GRID;

/// From so many labels on the calibration is free of a form (isotonic), below it has two
/// parameters (Platt).
const ISOTONIC_MIN: usize = 1_000;
/// Steps of Newton's method; it settles in fewer than ten.
const STEPS: u32 = 50;
/// Keeps the fit finite where scores part right from wrong altogether.
const RIDGE: f64 = 1e-3;

/// What answers cost, in any one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Costs {
    /// A wrong answer, by itself.
    pub wrong: f64,
    /// A conversation with a person.
    pub human: f64,
    /// A right answer.
    pub right: f64,
    /// With what chance a wrong answer ends with a person anyway.
    pub returns: f64,
}

impl Costs {
    /// From which probability of being right on an answer is worth it:
    /// (c_w + ρ c_h − c_h) / (c_w + ρ c_h − c_r). `None` where a wrong answer costs no
    /// more than a right one.
    pub fn worth_from(&self) -> Option<f64> {
        let of_wrong = self.wrong + self.returns * self.human;
        let stake = of_wrong - self.right;
        (stake > 0.0).then(|| ((of_wrong - self.human) / stake).clamp(0.0, 1.0))
    }
}

/// The most lax threshold from which on every answer is worth it; nothing without labels of
/// both kinds, or where no threshold is strict enough.
pub fn threshold(rows: &[&GradedAnswer], costs: &Costs) -> Option<f64> {
    let worth = costs.worth_from()?;
    let mut labelled: Vec<(f64, f64, f64)> = rows
        .iter()
        .filter_map(|row| {
            let wrong = row.label()?;
            Some((row.score, f64::from(u8::from(!wrong)), 1.0 / row.by_chance))
        })
        .collect();
    let right: f64 = labelled.iter().map(|(_, right, _)| right).sum();
    if right < 0.5 || right > labelled.len() as f64 - 0.5 {
        return None;
    }
    let grid = GRID.iter().rev().copied();
    if labelled.len() < ISOTONIC_MIN {
        let (slope, offset) = platt(&labelled);
        let p = |score: f64| 1.0 / (1.0 + (-(slope * score + offset)).exp());
        return grid.clone().find(|score| p(*score) >= worth);
    }
    labelled.sort_by(|a, b| a.0.total_cmp(&b.0));
    let steps = isotonic(&labelled);
    let p = |score: f64| {
        let below = steps.iter().rev().find(|(from, _)| *from <= score);
        below.map_or(0.0, |(_, p)| *p)
    };
    grid.clone().find(|score| p(*score) >= worth)
}

/// Pool-adjacent-violators: scores from which on, and the share of right answers there.
fn isotonic(sorted: &[(f64, f64, f64)]) -> Vec<(f64, f64)> {
    let mut blocks: Vec<(f64, f64, f64)> = Vec::new();
    for (score, right, weight) in sorted {
        let mut block = (*score, right * weight, *weight);
        while let Some(last) = blocks.last() {
            if last.1 / last.2 < block.1 / block.2 {
                break;
            }
            block = (last.0, last.1 + block.1, last.2 + block.2);
            blocks.pop();
        }
        blocks.push(block);
    }
    let steps = blocks.into_iter();
    steps
        .map(|(from, right, all)| (from, right / all))
        .collect()
}

/// Logistic regression on the score alone, by Newton's method.
fn platt(rows: &[(f64, f64, f64)]) -> (f64, f64) {
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..STEPS {
        let (mut g0, mut g1) = (-RIDGE * slope, 0.0);
        let (mut h00, mut h01, mut h11) = (RIDGE, 0.0, RIDGE);
        for (score, right, weight) in rows {
            let p = 1.0 / (1.0 + (-(slope * score + offset)).exp());
            let (error, spread) = (weight * (right - p), weight * p * (1.0 - p));
            g0 += error * score;
            g1 += error;
            h00 += spread * score * score;
            h01 += spread * score;
            h11 += spread;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < f64::EPSILON {
            break;
        }
        slope += (h11 * g0 - h01 * g1) / determinant;
        offset += (h00 * g1 - h01 * g0) / determinant;
    }
    (slope, offset)
}
