//! What plain extraction reaches on the same dialogues: texts that are copied from the
//! transcript, one by a rule of thumb, one by length, one by similarity.

use segue_model::record::ConversationRecord;
use segue_model::turn::Role;

use super::rouge::Scorer;

/// How many sentences LEAD, LONGEST and LexRank take.
const SENTENCES: usize = 3;
/// The weight of similarity against chance in LexRank (Erkan and Radev 2004).
const DAMPING: f64 = 0.85;
/// How many rounds its weights are passed on.
const ROUNDS: usize = 30;

/// A way to make a summary by copying.
pub type Baseline = fn(&Scorer, &ConversationRecord) -> String;

/// All of them, with the names under which they are shown.
pub const ALL: [(&str, Baseline); 4] = [
    ("first customer turn + last agent turn", first_and_last),
    ("LEAD-3 sentences", lead),
    ("LONGEST-3 sentences", longest),
    ("LexRank-3 sentences", lexrank),
];

fn first_and_last(_: &Scorer, record: &ConversationRecord) -> String {
    let first = record.turns.iter().find(|it| it.role == Role::Customer);
    let is_answer = |role: Role| matches!(role, Role::Agent | Role::Assistant);
    let last = record.turns.iter().rfind(|it| is_answer(it.role));
    let texts = [first, last].into_iter().flatten();
    texts
        .map(|turn| turn.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn sentences(record: &ConversationRecord) -> Vec<&str> {
    let turns = record.turns.iter();
    let pieces = turns.flat_map(|turn| turn.text.split_inclusive(['.', '!', '?', '\n']));
    pieces
        .map(str::trim)
        .filter(|piece| piece.chars().any(char::is_alphanumeric))
        .collect()
}

fn lead(_: &Scorer, record: &ConversationRecord) -> String {
    let sentences = sentences(record);
    let first = sentences.get(..sentences.len().min(SENTENCES));
    first.unwrap_or_default().join(" ")
}

fn longest(scorer: &Scorer, record: &ConversationRecord) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let length = |sentence: &&str| scorer.words(sentence).len() as f64;
    let sentences = sentences(record);
    let weights = sentences.iter().map(length).collect();
    best(&sentences, weights)
}

/// The heaviest sentences, in the order in which they stand.
fn best(sentences: &[&str], weights: Vec<f64>) -> String {
    let mut places: Vec<(usize, f64)> = weights.into_iter().enumerate().collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut kept: Vec<usize> = places.into_iter().take(SENTENCES).map(|it| it.0).collect();
    kept.sort_unstable();
    let texts = kept.into_iter().filter_map(|at| sentences.get(at).copied());
    texts.collect::<Vec<_>>().join(" ")
}

/// Sentences that are like many others, by the share of words.
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn lexrank(scorer: &Scorer, record: &ConversationRecord) -> String {
    let sentences = sentences(record);
    let words: Vec<Vec<String>> = sentences.iter().map(|it| scorer.words(it)).collect();
    let alike = |a: &Vec<String>, b: &Vec<String>| {
        let shared = a.iter().filter(|word| b.contains(word)).count() as f64;
        let size = ((a.len() * b.len()) as f64).sqrt();
        if size > 0.0 { shared / size } else { 0.0 }
    };
    let rows: Vec<Vec<f64>> = words
        .iter()
        .map(|a| {
            let row: Vec<f64> = words.iter().map(|b| alike(a, b)).collect();
            let sum: f64 = row.iter().sum();
            row.into_iter().map(|it| it / sum.max(1e-9)).collect()
        })
        .collect();
    let count = sentences.len().max(1) as f64;
    let mut weights = vec![1.0 / count; sentences.len()];
    for _ in 0..ROUNDS {
        let mut next = vec![(1.0 - DAMPING) / count; sentences.len()];
        for (row, weight) in rows.iter().zip(&weights) {
            for (share, cell) in row.iter().zip(next.iter_mut()) {
                *cell += DAMPING * weight * share;
            }
        }
        weights = next;
    }
    best(&sentences, weights)
}
