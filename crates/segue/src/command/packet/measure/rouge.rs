//! ROUGE-1, -2 and -L as the field's usual scorer counts them (`rouge_score`, with
//! stemming, ROUGE-L over the whole text): F1 of shared words, of shared pairs of words,
//! and of the longest common subsequence.

use std::collections::HashMap;
use std::ops::AddAssign;

use rust_stemmers::{Algorithm, Stemmer};

/// The shortest word that is stemmed, in characters.
const STEMMED_CHARS_MIN: usize = 4;

/// One text against another, 0–1 each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rouge {
    /// Words.
    pub one: f64,
    /// Pairs of words.
    pub two: f64,
    /// The longest common subsequence.
    pub longest: f64,
}

impl AddAssign for Rouge {
    fn add_assign(&mut self, other: Self) {
        self.one += other.one;
        self.two += other.two;
        self.longest += other.longest;
    }
}

impl Rouge {
    /// The mean of a sum over so many.
    #[expect(clippy::cast_precision_loss, reason = "counts of dialogues are small")]
    pub fn over(self, count: usize) -> Self {
        let count = count.max(1) as f64;
        Self {
            one: self.one / count,
            two: self.two / count,
            longest: self.longest / count,
        }
    }
}

/// Scores texts; a stemmer is built once.
pub struct Scorer(Option<Stemmer>);

impl Scorer {
    /// Compares stems.
    pub fn stemming() -> Self {
        Self(Some(Stemmer::create(Algorithm::English)))
    }

    /// Compares words as they stand.
    pub fn plain() -> Self {
        Self(None)
    }

    /// The words that are compared: ASCII letters and digits, lower case.
    pub fn words(&self, text: &str) -> Vec<String> {
        text.to_lowercase()
            .split(|it: char| !it.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| match &self.0 {
                Some(stemmer) if word.len() >= STEMMED_CHARS_MIN => stemmer.stem(word).into_owned(),
                _ => word.to_owned(),
            })
            .collect()
    }

    /// One text against one reference.
    pub fn score(&self, text: &str, reference: &str) -> Rouge {
        let (text, reference) = (self.words(text), self.words(reference));
        let pairs = |words: &[String]| -> Vec<(String, String)> {
            let next = words.iter().skip(1);
            words.iter().cloned().zip(next.cloned()).collect()
        };
        Rouge {
            one: f1(shared(&text, &reference), text.len(), reference.len()),
            two: f1(
                shared(&pairs(&text), &pairs(&reference)),
                text.len().saturating_sub(1),
                reference.len().saturating_sub(1),
            ),
            longest: f1(subsequence(&text, &reference), text.len(), reference.len()),
        }
    }

    /// The mean against several references.
    pub fn mean(&self, text: &str, references: &[String]) -> Rouge {
        let mut sum = Rouge::default();
        for reference in references {
            sum += self.score(text, reference);
        }
        sum.over(references.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn f1(shared: usize, text: usize, reference: usize) -> f64 {
    match text + reference {
        0 => 0.0,
        both => 2.0 * shared as f64 / both as f64,
    }
}

/// How many things two lists share, each as often as both have it.
fn shared<T: std::hash::Hash + Eq>(text: &[T], reference: &[T]) -> usize {
    let mut left: HashMap<&T, usize> = HashMap::new();
    for thing in reference {
        *left.entry(thing).or_default() += 1;
    }
    text.iter()
        .filter(|thing| match left.get_mut(thing) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}

/// The length of the longest common subsequence.
fn subsequence(text: &[String], reference: &[String]) -> usize {
    let mut row = vec![0usize; reference.len() + 1];
    for word in text {
        let mut diagonal = 0;
        let mut left = 0;
        for (cell, other) in row.iter_mut().skip(1).zip(reference) {
            let above = *cell;
            *cell = match word == other {
                true => diagonal + 1,
                false => above.max(left),
            };
            (diagonal, left) = (above, *cell);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, reference: &str, expected: [f64; 3]) {
        let Rouge { one, two, longest } = Scorer::stemming().score(text, reference);
        for (found, expected) in [one, two, longest].into_iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-9,
                "{text} / {reference}: {one} {two} {longest}"
            );
        }
    }

    #[test]
    fn known_scores() {
        check("the cat sat", "the cat sat", [1.0, 1.0, 1.0]);
        check("", "the cat", [0.0, 0.0, 0.0]);
        // Two of three and two of two words; one pair; in order.
        check("the cat sat", "the cat", [0.8, 2.0 / 3.0, 0.8]);
        // The same words in another order: one of two in sequence.
        check("cat the", "the cat", [1.0, 0.0, 0.5]);
        // A word counts as often as both have it.
        check("the the the", "the cat", [0.4, 0.0, 0.4]);
        // Stems, case and marks make no difference.
        check("Charged, twice!", "charges twice", [1.0, 1.0, 1.0]);
    }
}
