//! Multinomial logistic regression over n-grams, fitted while the knowledge base is built:
//! stochastic gradient descent in an order that is always the same.

/// Passes over the questions.
const PASSES: usize = 14;
/// First step; vectors have length 1, so that this is a bold one.
const RATE: f32 = 6.0;
/// By the last step the rate has fallen to this share.
const RATE_LAST: f32 = 0.05;
/// An n-gram of one question alone teaches nothing the nearest question does not say.
const SEEN_MIN: usize = 2;
/// Most weights: 32 MiB. Beyond, rarer n-grams are left out.
const WEIGHTS_MAX: usize = 8 * 1024 * 1024;

/// The classifier.
#[derive(Debug, Default)]
pub(super) struct Linear {
    classes: usize,
    /// By n-gram number: where its weights begin, or `None` if it has none.
    begins: Vec<Option<usize>>,
    /// One weight per class for each n-gram that has weights.
    weights: Vec<f32>,
}

/// A past question on its way into the classifier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Example<'a> {
    pub(super) vector: &'a [(usize, f32)],
    pub(super) class: usize,
}

impl Linear {
    /// `seen` says by n-gram number in how many questions it stands.
    pub(super) fn train(examples: &[Example], seen: &[usize], classes: usize) -> Self {
        let mut linear = Self::blank(seen, classes);
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let steps = (PASSES * examples.len()).max(1) as f32;
        let mut step = 0.0_f32;
        let mut state = 1_u64;
        for _ in 0..PASSES {
            shuffle(&mut order, &mut state);
            for example in order.iter().filter_map(|&at| examples.get(at)) {
                let rate = RATE * (1.0 - (1.0 - RATE_LAST) * step / steps);
                linear.learn(*example, rate);
                step += 1.0;
            }
        }
        linear
    }

    fn blank(seen: &[usize], classes: usize) -> Self {
        let most = WEIGHTS_MAX / classes.max(1);
        let mut seen_min = SEEN_MIN;
        while seen.iter().filter(|&&n| n >= seen_min).count() > most {
            seen_min += 1;
        }
        let mut end = 0;
        let begins = seen
            .iter()
            .map(|&questions| {
                (questions >= seen_min).then(|| {
                    end += classes;
                    end - classes
                })
            })
            .collect();
        Self {
            classes,
            begins,
            weights: vec![0.0; end],
        }
    }

    fn learn(&mut self, example: Example, rate: f32) {
        let mut errors = self.probabilities(example.vector);
        for error in &mut errors {
            *error = -*error;
        }
        if let Some(own) = errors.get_mut(example.class) {
            *own += 1.0;
        }
        for (number, value) in example.vector {
            let begin = self.begins.get(*number).copied().flatten();
            let Some(begin) = begin else { continue };
            if let Some(weights) = self.weights.get_mut(begin..begin + self.classes) {
                let step = rate * value;
                for (weight, error) in weights.iter_mut().zip(&errors) {
                    *weight += step * error;
                }
            }
        }
    }

    /// One probability per class.
    pub(super) fn probabilities(&self, vector: &[(usize, f32)]) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.classes];
        for (number, value) in vector {
            let begin = self.begins.get(*number).copied().flatten();
            let weights = begin.and_then(|begin| self.weights.get(begin..begin + self.classes));
            for (score, weight) in scores.iter_mut().zip(weights.unwrap_or_default()) {
                *score += value * weight;
            }
        }
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sum = 0.0;
        for score in &mut scores {
            *score = (*score - most).exp();
            sum += *score;
        }
        scores.iter_mut().for_each(|score| *score /= sum);
        scores
    }
}

/// Fisher and Yates with a linear congruential generator (Knuth's constants): any fixed order
/// that mixes the classes will do.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for at in (1..order.len()).rev() {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = (*state >> 33) as usize % (at + 1);
        order.swap(at, other);
    }
}
