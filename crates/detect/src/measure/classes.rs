//! Figures over several classes, each row in one.

/// Rows of which each has a true class and a class it was given.
#[derive(Debug, Clone)]
pub struct Classes {
    classes: usize,
    rows: Vec<(usize, usize)>,
}

impl Classes {
    /// Rows of `(true, given)`, classes counted from 0; rows of other classes are left out.
    pub fn new(classes: usize, rows: &[(usize, usize)]) -> Self {
        let known = |row: &&(usize, usize)| row.0 < classes && row.1 < classes;
        Self {
            classes,
            rows: rows.iter().filter(known).copied().collect(),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The mean over the classes of the share of their rows that were given them,
    /// each row counted as often as `counts` says.
    pub fn macro_recall(&self, counts: &[u32]) -> Option<f64> {
        self.mean(counts, |right, is, _| (is > 0.0).then(|| right / is))
    }

    /// The mean over the classes of the harmonic mean of precision and recall.
    pub fn macro_f1(&self, counts: &[u32]) -> Option<f64> {
        self.mean(counts, |right, is, given| {
            (is + given > 0.0).then(|| 2.0 * right / (is + given))
        })
    }

    /// The harmonic mean of precision and recall of one class.
    pub fn f1(&self, class: usize, counts: &[u32]) -> Option<f64> {
        let (right, is, given) = *self.table(counts).get(class)?;
        (is + given > 0.0).then(|| 2.0 * right / (is + given))
    }

    fn mean(&self, counts: &[u32], part: impl Fn(f64, f64, f64) -> Option<f64>) -> Option<f64> {
        let parts: Vec<f64> = self
            .table(counts)
            .into_iter()
            .filter_map(|(right, is, given)| part(right, is, given))
            .collect();
        (!parts.is_empty()).then(|| parts.iter().sum::<f64>() / parts.len() as f64)
    }

    /// For each class how many rows are rightly of it, are of it, and were given it.
    fn table(&self, counts: &[u32]) -> Vec<(f64, f64, f64)> {
        let mut table = vec![(0.0, 0.0, 0.0); self.classes];
        for ((is, given), count) in self.rows.iter().zip(counts) {
            let count = f64::from(*count);
            if let Some(class) = table.get_mut(*is) {
                class.1 += count;
                class.0 += if is == given { count } else { 0.0 };
            }
            if let Some(class) = table.get_mut(*given) {
                class.2 += count;
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::Classes;

    #[test]
    fn classes_count_alike_whatever_their_size() {
        let classes = Classes::new(2, &[(0, 0), (0, 0), (0, 1), (0, 0), (1, 0), (1, 1), (2, 0)]);
        assert_eq!(classes.len(), 6, "a row of another class is left out");
        let once = [1; 6];
        assert_eq!(classes.macro_recall(&once), Some((0.75 + 0.5) / 2.0));
        assert_eq!(classes.f1(0, &once), Some(6.0 / 8.0));
        assert_eq!(classes.macro_f1(&once), Some((6.0 / 8.0 + 2.0 / 4.0) / 2.0));
        assert_eq!(classes.macro_recall(&[1, 0, 0, 0, 0, 1]), Some(1.0));
    }
}
