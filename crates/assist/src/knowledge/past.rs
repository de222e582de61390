//! Past questions: which of them a new one resembles, and what a linear classifier over all of
//! them says. Where people have asked before, this finds the article that words cannot.

mod linear;

use crate::text;
use linear::{Example, Linear};

/// The word part and the spelling part weigh the same in a vector of length 1.
const PART: f32 = std::f32::consts::FRAC_1_SQRT_2;
/// How many of the nearest questions of an article its mean is taken over.
const NEAREST: usize = 3;

/// Past questions of all articles, and those that no article answered.
#[derive(Debug)]
pub(super) struct Past {
    /// The hashes of all n-grams, sorted; the place is the n-gram's number.
    grams: Vec<u64>,
    /// By number: inverse document frequency, and the questions with the n-gram's weight there.
    postings: Vec<Posting>,
    idf_unknown: f32,
    /// For each question the number of its class.
    class_of: Vec<usize>,
    /// For each class the entry it stands for; `None` for what no article answered.
    classes: Vec<Option<usize>>,
    linear: Linear,
}

#[derive(Debug, Default)]
struct Posting {
    idf: f32,
    questions: Vec<(u32, f32)>,
}

/// How a question relates to the past ones of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    /// Cosine with the nearest past question, 0–1.
    pub(super) best: f64,
    /// The mean over the [`NEAREST`] nearest, 0–1.
    pub(super) mean: f64,
    /// The linear classifier's probability, 0–1.
    pub(super) probability: f64,
}

impl Likeness {
    /// The probability on a logarithmic scale, 0–1: what the ranking, a logistic model itself,
    /// can add up.
    pub(super) fn odds(&self) -> f64 {
        const LEAST: f64 = -8.0;
        (1.0 - self.probability.max(f64::MIN_POSITIVE).ln() / LEAST).clamp(0.0, 1.0)
    }
}

/// What the past says about a question.
#[derive(Debug, Default)]
pub(super) struct Recall {
    /// By entry; shorter or empty where there are no past questions.
    pub(super) of_entry: Vec<Likeness>,
    /// The same for questions that no article answered.
    pub(super) outside: Likeness,
}

impl Recall {
    pub(super) fn of(&self, entry: usize) -> Likeness {
        self.of_entry.get(entry).copied().unwrap_or_default()
    }
}

impl Past {
    /// `asked` holds the questions of each entry in order, `outside` those that none answered.
    pub(super) fn build(asked: &[&[String]], outside: &[String]) -> Option<Self> {
        let mut classes = Vec::new();
        let mut class_of = Vec::new();
        let mut counted = Vec::new();
        let of_entries = asked.iter().enumerate().map(|(at, list)| (Some(at), *list));
        for (entry, questions) in of_entries.chain([(None, outside)]) {
            if questions.is_empty() {
                continue;
            }
            class_of.extend(questions.iter().map(|_| classes.len()));
            classes.push(entry);
            counted.extend(questions.iter().map(|question| text::profile(question)));
        }
        if classes.iter().all(Option::is_none) {
            return None;
        }
        let mut past = Self::over(&counted);
        past.classes = classes;
        past.class_of = class_of;
        let vectors: Vec<Vec<(usize, f32)>> =
            counted.iter().map(|profile| past.vector(profile)).collect();
        for (question, vector) in (0_u32..).zip(&vectors) {
            for (number, weight) in vector {
                if let Some(posting) = past.postings.get_mut(*number) {
                    posting.questions.push((question, *weight));
                }
            }
        }
        let examples: Vec<Example> = vectors
            .iter()
            .zip(&past.class_of)
            .map(|(vector, &class)| Example { vector, class })
            .collect();
        let seen: Vec<usize> = past.postings.iter().map(|p| p.questions.len()).collect();
        past.linear = Linear::train(&examples, &seen, past.classes.len());
        Some(past)
    }

    /// The n-grams with their frequencies, nothing else yet.
    fn over(counted: &[text::Profile]) -> Self {
        let mut all: Vec<u64> = counted
            .iter()
            .flat_map(|profile| profile.words.iter().chain(&profile.spelling))
            .map(|(gram, _)| *gram)
            .collect();
        all.sort_unstable();
        let count = counted.len() as f32;
        let idf = |with: f32| ((1.0 + count) / (1.0 + with)).ln() + 1.0;
        let mut grams = Vec::new();
        let mut postings = Vec::new();
        for same in all.chunk_by(|a, b| a == b) {
            grams.extend(same.first());
            postings.push(Posting {
                idf: idf(same.len() as f32),
                questions: Vec::new(),
            });
        }
        Self {
            grams,
            postings,
            idf_unknown: idf(0.0),
            class_of: Vec::new(),
            classes: Vec::new(),
            linear: Linear::default(),
        }
    }

    /// The known n-grams of a question with their weights; unknown ones only take length.
    fn vector(&self, profile: &text::Profile) -> Vec<(usize, f32)> {
        let mut vector = Vec::with_capacity(profile.words.len() + profile.spelling.len());
        for part in [&profile.words, &profile.spelling] {
            let begin = vector.len();
            let mut square = 0.0_f32;
            for (gram, count) in part {
                let number = self.grams.binary_search(gram).ok();
                let idf = number
                    .and_then(|number| self.postings.get(number))
                    .map_or(self.idf_unknown, |posting| posting.idf);
                let weight = (1.0 + (*count as f32).ln()) * idf;
                square += weight * weight;
                vector.extend(number.map(|number| (number, weight)));
            }
            let scale = PART / square.sqrt().max(f32::MIN_POSITIVE);
            for (_, weight) in vector.iter_mut().skip(begin) {
                *weight *= scale;
            }
        }
        vector
    }

    /// What was asked before that is like this.
    pub(super) fn recall(&self, question: &text::Profile) -> Recall {
        let vector = self.vector(question);
        let mut cosines = vec![0.0_f32; self.class_of.len()];
        for (number, weight) in &vector {
            let questions = self.postings.get(*number).map(|p| p.questions.as_slice());
            for (question, of_question) in questions.unwrap_or_default() {
                if let Some(cosine) = cosines.get_mut(*question as usize) {
                    *cosine += weight * of_question;
                }
            }
        }
        let mut nearest = vec![[0.0_f32; NEAREST]; self.classes.len()];
        for (cosine, &class) in cosines.into_iter().zip(&self.class_of) {
            if let Some(list) = nearest.get_mut(class) {
                insert(list, cosine);
            }
        }
        let probabilities = self.linear.probabilities(&vector);
        let mut recall = Recall::default();
        for ((entry, near), probability) in self.classes.iter().zip(&nearest).zip(probabilities) {
            let likeness = Likeness {
                best: f64::from(near.first().copied().unwrap_or_default()).min(1.0),
                mean: f64::from(near.iter().sum::<f32>() / NEAREST as f32).min(1.0),
                probability: f64::from(probability),
            };
            match entry {
                None => recall.outside = likeness,
                Some(entry) => {
                    recall
                        .of_entry
                        .resize(recall.of_entry.len().max(entry + 1), Likeness::default());
                    if let Some(slot) = recall.of_entry.get_mut(*entry) {
                        *slot = likeness;
                    }
                }
            }
        }
        recall
    }
}

/// Keeps the greatest values, greatest first.
fn insert(list: &mut [f32], mut value: f32) {
    for kept in list {
        if value > *kept {
            std::mem::swap(kept, &mut value);
        }
    }
}
