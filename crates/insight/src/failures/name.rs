//! What a cluster is called: the sentence of its customers that says best and shortest
//! what it is about, or of long ones the telling phrase.

use std::collections::{BTreeMap, BTreeSet};

use segue_detect::asks::{Ask, Word};
use segue_detect::redact::{self, Private};

use super::group::{Group, Groups};

/// The longest phrase, in words.
const WORDS_MAX: usize = 7;
/// How many words a sentence has that is easily read as a name.
const EASY_WORDS: f32 = 7.0;
/// How many failures of a group are read for sentences, the likest first.
const SENTENCES_OF_MAX: usize = 12;
/// How many words a greeting has.
const GREETING_WORDS_MAX: usize = 4;
/// How many failures of a group are read for phrases, the likest first.
const READ_MAX: usize = 40;
/// The longest name, in characters.
const NAME_CHARS_MAX: usize = 60;

/// What each stem tells of a group.
#[derive(Debug)]
pub(super) struct Namer {
    /// In how many failures a stem stands.
    frequencies: BTreeMap<u32, u32>,
    rows: u32,
}

/// A phrase of a text.
struct Phrase<'t> {
    text: &'t str,
    score: f64,
}

impl Namer {
    pub fn of(groups: &Groups<'_>) -> Self {
        let mut frequencies = BTreeMap::new();
        let mut rows = 0;
        for (_, ask) in groups.list.iter().flat_map(|group| &group.rows) {
            rows += 1;
            for stem in all_stems(ask) {
                *frequencies.entry(stem).or_default() += 1;
            }
        }
        Self { frequencies, rows }
    }

    /// A group's name; `order` says which of its failures are likest to all others.
    pub fn name(&self, group: &Group<'_>, order: &[usize]) -> String {
        let read: Vec<_> = order
            .iter()
            .take(READ_MAX)
            .filter_map(|at| group.rows.get(*at))
            .collect();
        let mut inside = BTreeMap::<u32, f64>::new();
        for (_, ask) in &read {
            for stem in all_stems(ask) {
                *inside.entry(stem).or_default() += 1.0;
            }
        }
        if let Some(sentence) = best_sentence(group, order) {
            return shown(sentence);
        }
        let n = read.len() as f64;
        // How much of the group a stem stands for, beyond what it does elsewhere.
        let weights: BTreeMap<u32, f64> = inside
            .into_iter()
            .map(|(stem, count)| {
                let everywhere = self.frequencies.get(&stem).copied().unwrap_or(1);
                let rarity = (f64::from(self.rows + 1) / f64::from(everywhere)).ln();
                (stem, (count / n).powi(2) * (0.2 + rarity))
            })
            .collect();
        let mut best: Option<Phrase<'_>> = None;
        for (row, ask) in &read {
            for phrase in phrases(&row.text, ask, &weights) {
                let is_better = best
                    .as_ref()
                    .is_none_or(|it| phrase.score > it.score + 1e-9);
                if is_better && !is_private(phrase.text) {
                    best = Some(phrase);
                }
            }
        }
        best.map_or_else(String::new, |phrase| shown(phrase.text))
    }
}

/// The sentence that fits the group best, of those that are short enough for a name.
fn best_sentence<'a>(group: &Group<'a>, order: &[usize]) -> Option<&'a str> {
    let read = order.iter().take(SENTENCES_OF_MAX);
    let rows = read.filter_map(|at| group.rows.get(*at));
    let mut best: Option<(&str, f32)> = None;
    for (row, ask) in rows {
        for words in ask.words().chunk_by(|a, b| a.sentence == b.sentence) {
            let Some(text) = sentence_of(&row.text, words) else {
                continue;
            };
            if text.chars().count() > NAME_CHARS_MAX {
                continue;
            }
            let asked = Ask::of(text);
            let telling = asked.words().iter().filter(|it| it.stem.is_some()).count();
            let length = asked.words().len().max(1) as f32;
            // One word is a keyword, and of two sentences that say it the shorter is a name.
            let form = if telling < 2 { 0.7 } else { 1.0 } * (EASY_WORDS / length).min(1.0).sqrt();
            let score = group.fit(&asked, &asked.direction()) * form;
            if best.is_none_or(|(_, most)| score > most + 1e-6) && !is_private(text) {
                best = Some((text, score));
            }
        }
    }
    best.map(|(text, _)| text)
}

/// A sentence as it stands in the text, without a greeting before a comma, with its mark
/// where it asks.
fn sentence_of<'t>(text: &'t str, words: &[Word]) -> Option<&'t str> {
    let starts = words.iter().enumerate().filter(|(_, it)| it.is_after_comma);
    let says_nothing = |at: usize| {
        let before = words.get(..at).unwrap_or_default();
        before.iter().all(|word| word.stem.is_none()) && before.len() <= GREETING_WORDS_MAX
    };
    let first = starts.map(|(at, _)| at).rfind(|at| says_nothing(*at));
    let first = words.get(first.unwrap_or(0))?;
    let end = words.last()?.end as usize;
    let rest = text.get(end..)?.trim_start();
    let mark = usize::from(rest.starts_with('?'));
    let end = if mark > 0 {
        text.len() - rest.len() + mark
    } else {
        end
    };
    text.get(first.start as usize..end)
}

/// Whether a text holds what must not stand in a name that is read in reports: a card, an
/// address, a telephone number.
fn is_private(text: &str) -> bool {
    !redact::find(text, &Private::default()).is_empty()
}

fn all_stems(ask: &Ask) -> BTreeSet<u32> {
    ask.words().iter().filter_map(|word| word.stem).collect()
}

/// The phrases of a text within one sentence that begin and end with a word that says something.
fn phrases<'t>(text: &'t str, ask: &Ask, weights: &BTreeMap<u32, f64>) -> Vec<Phrase<'t>> {
    let words = ask.words();
    let mut found = Vec::new();
    for (first, begin) in words.iter().enumerate() {
        if begin.stem.is_none() {
            continue;
        }
        let mut said = BTreeSet::new();
        let mut sum = 0.0;
        let run = words
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take(WORDS_MAX);
        for (length, word) in run.enumerate() {
            let is_apart = length > 0 && (word.sentence != begin.sentence || word.is_after_comma);
            if is_apart {
                break;
            }
            let Some(stem) = word.stem else { continue };
            if said.insert(stem) {
                sum += weights.get(&stem).copied().unwrap_or(0.0);
            }
            if let Some(text) = text.get(begin.start as usize..word.end as usize) {
                found.push(Phrase {
                    text,
                    score: sum * fullness(said.len(), length + 1),
                });
            }
        }
    }
    found
}

/// What a phrase's form is worth: two or three words that say something are a name, one
/// alone is a keyword, and filler between them makes it a sentence.
fn fullness(telling: usize, words: usize) -> f64 {
    let size = match telling {
        1 => 0.6,
        _ => 1.0,
    };
    size * (telling as f64 / words as f64).powf(0.5)
}

/// A phrase with a capital at its beginning, cut between words where it is too long.
fn shown(phrase: &str) -> String {
    let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric() && c != '?');
    let mut kept = String::new();
    for (at, word) in phrase.split(' ').enumerate() {
        if at > 0 && kept.chars().count() + word.chars().count() >= NAME_CHARS_MAX {
            kept.push('…');
            break;
        }
        if at > 0 {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    let mut letters = kept.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
