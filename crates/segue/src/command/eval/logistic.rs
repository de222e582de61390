//! Logistic regression over features that are there or not.

/// How often each row is seen.
const EPOCHS: usize = 10;
/// How fast it learns, and how strongly weights are drawn to zero.
const RATE: f64 = 0.1;
const DECAY: f64 = 0.02;

/// A fitted model.
#[derive(Debug)]
pub struct Logistic {
    base: f64,
    weights: Vec<f64>,
}

impl Logistic {
    /// Fits to rows of `(label, features that are there)` by descent with a
    /// step for each weight of its own (Duchi et al. 2011). The same rows give
    /// the same model.
    pub fn fit(rows: &[(bool, Vec<usize>)], features: usize) -> Self {
        let mut fitted = Self {
            base: 0.0,
            weights: vec![0.0; features],
        };
        let mut squares = vec![1e-6; features];
        let mut square = 1e-6;
        let draw = DECAY / rows.len().max(1) as f64;
        for _ in 0..EPOCHS {
            for (label, present) in rows {
                let error = fitted.likelihood(present) - f64::from(u8::from(*label));
                square += error * error;
                fitted.base -= RATE * error / square.sqrt();
                for feature in present {
                    let weight = fitted.weights.get_mut(*feature);
                    if let Some((weight, square)) = weight.zip(squares.get_mut(*feature)) {
                        let slope = error + draw * *weight;
                        *square += slope * slope;
                        *weight -= RATE * slope / square.sqrt();
                    }
                }
            }
        }
        fitted
    }

    /// How likely the label is.
    pub fn likelihood(&self, present: &[usize]) -> f64 {
        let weights = present
            .iter()
            .filter_map(|feature| self.weights.get(*feature));
        let odds = self.base + weights.sum::<f64>();
        1.0 / (1.0 + (-odds).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::Logistic;

    #[test]
    fn what_goes_with_the_label_is_learned() {
        let rows: Vec<(bool, Vec<usize>)> = (0..200)
            .map(|at| {
                let label = at % 2 == 0;
                (label, vec![usize::from(label), 2 + at % 3])
            })
            .collect();
        let model = Logistic::fit(&rows, 5);
        assert!(model.likelihood(&[1, 2]) > 0.9);
        assert!(model.likelihood(&[0, 2]) < 0.1);
    }
}
