//! What each threshold catches, and what it costs: the ground for the numbers that a
//! policy names.

/// Thresholds of a strength, a confidence or a likelihood.
pub const SCORES: &[f64] = &[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/// Thresholds around those at which answers are given.
pub const CONFIDENCES: &[f64] = &[0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

/// One signal over one set, at several thresholds.
#[derive(Debug, Clone)]
pub struct Curve {
    /// The signal.
    pub signal: &'static str,
    /// The set, and the part of it.
    pub name: String,
    /// From the lowest threshold on.
    pub points: Vec<Point>,
}

/// What one threshold does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// What fires has this value, or more.
    pub threshold: f64,
    /// The share of rows that should fire among those that do; none where nothing fires.
    pub precision: Option<f64>,
    /// The share that fires of the rows that should.
    pub recall: Option<f64>,
    /// The share that fires of the rows that should not.
    pub fired: Option<f64>,
}

impl Curve {
    /// Over rows that should fire or not, each with the value that is held against the
    /// thresholds.
    pub fn new(
        signal: &'static str,
        name: impl Into<String>,
        thresholds: &[f64],
        rows: &[(bool, f64)],
    ) -> Self {
        let point = |threshold: &f64| {
            let count = |is_true: bool, at_least: f64| {
                let rows = rows.iter().filter(|row| row.0 == is_true);
                rows.filter(|row| row.1 >= at_least).count() as f64
            };
            let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
            let (right, wrong) = (count(true, *threshold), count(false, *threshold));
            Point {
                threshold: *threshold,
                precision: share(right, right + wrong),
                recall: share(right, count(true, f64::MIN)),
                fired: share(wrong, count(false, f64::MIN)),
            }
        };
        Self {
            signal,
            name: name.into(),
            points: thresholds.iter().map(point).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Point};

    #[test]
    fn a_threshold_takes_what_lies_on_it() {
        let rows = [(true, 0.9), (true, 0.5), (false, 0.5), (false, 0.1)];
        let curve = Curve::new("opt_out", "a set", &[0.5, 0.6, 0.95], &rows);
        let point = |threshold, precision, recall, fired| Point {
            threshold,
            precision,
            recall: Some(recall),
            fired: Some(fired),
        };
        assert_eq!(
            curve.points,
            [
                point(0.5, Some(2.0 / 3.0), 1.0, 0.5),
                point(0.6, Some(1.0), 0.5, 0.0),
                point(0.95, None, 0.0, 0.0),
            ]
        );
        let empty = Curve::new("opt_out", "a set", &[0.5], &[]);
        assert_eq!(empty.points.first().map(|it| it.recall), Some(None));
    }
}
