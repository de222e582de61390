//! Learning the trained part of the mood from labelled rows and lists of words.
//!
//! Words with a mood come from lists; whole turns are learned as two linear models,
//! negative and positive against the rest; and what joins them with the lexicon by
//! hand is fitted on turns that the linear models had not seen.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CLUES, Clues, Felt, Joint, Row as Weighted, SHIPPED, SIDES, Sentiment, Words, likeliest,
    with_margins,
};
use crate::builtin::BUILTIN;
use crate::detector::mood_parts;
use crate::features::{Features, Places, Seen};
use crate::fold::Folded;
use crate::linear::{DECAY, Example, Weights};
use crate::measure::Classes;
use crate::mood::MoodLabel;
use crate::table::{rarity, values};
use crate::token::Tokens;
use crate::vocabulary::hash32;

/// Bits of a feature's number: 131,072 rows of three bytes.
const BITS: u32 = 17;
/// In how many parts the rows are split to see margins of rows that were not learned.
const FOLDS: u32 = 5;
/// The shortest word of a list that is taken, in bytes: shorter ones mean something
/// in too many languages.
const WORD_BYTES_MIN: usize = 3;
/// A listed word that stands in so many calm rows of another language is none there.
const CALM_ROWS_MAX: usize = 2;
/// How often the rows are gone through to fit what joins the clues.
const JOINT_STEPS: u32 = 400;
/// How far a joining weight is drawn back to nothing.
const JOINT_DECAY: f64 = 1e-3;
/// How much negative, neutral and positive rows count when clues are joined, where most
/// words have been seen and elsewhere.
const SHARES: [[f64; 3]; 2] = [[1.4, 1.0, 1.1], [1.2, 0.85, 1.2]];
/// The language of most rows.
const ENGLISH: &str = "en";
const PLACES: Places = super::places(BITS);

/// A text whose mood is known.
#[derive(Debug, Clone)]
pub struct Row {
    /// What somebody wrote.
    pub text: String,
    /// Its language (ISO 639-1).
    pub lang: String,
    /// Its mood.
    pub label: MoodLabel,
    /// How much it counts for the linear models, and for what joins the clues.
    pub weights: (f32, f32),
}

/// A word of a list.
#[derive(Debug, Clone)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its language (ISO 639-1).
    pub lang: String,
    /// Its mood, −4 to 4.
    pub mood: f32,
}

/// A model, ready to be written.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many words of the lists were taken, of many languages and of English.
    pub words: (usize, usize),
    /// Rows that were not learned, where most words had been seen and elsewhere: how
    /// many, and the mean recall of the three moods.
    pub recalls: [(usize, Option<f64>); 2],
}

/// Why nothing can be learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rows do not show all three moods")]
pub struct OneSided;

/// Learns all of it; without lists the words of the model that ships are kept.
///
/// # Errors
/// When one of the three moods has no row.
pub fn learn(rows: &[Row], words: Option<&[Word]>) -> Result<Trained, OneSided> {
    let labels = [MoodLabel::Negative, MoodLabel::Neutral, MoodLabel::Positive];
    if labels
        .iter()
        .any(|label| rows.iter().all(|row| row.label != *label))
    {
        return Err(OneSided);
    }
    let kept = || {
        SHIPPED
            .as_ref()
            .map(|it| (it.words.clone(), it.english.clone()))
    };
    let (words, wide) = match words {
        Some(words) => (chosen(words, rows), english_words(words)),
        None => kept().unwrap_or_default(),
    };
    let taken = (words.len(), wide.len());
    let parts = rows
        .iter()
        .map(|row| mood_parts(&row.text, (&words, &wide)));
    let (features, clues): (Vec<Features>, Vec<Clues>) = parts.unzip();
    let rarity = rarity(features.iter(), PLACES);
    let example = |(row, features): (&Row, &Features)| Example {
        values: values(features, &rarity, PLACES),
        labels: [
            row.label == MoodLabel::Negative,
            row.label == MoodLabel::Positive,
        ],
        weights: [row.weights.0; SIDES],
    };
    let examples: Vec<Example<SIDES>> = rows.iter().zip(&features).map(example).collect();
    let felt = unseen(rows, &features, &examples);
    let mut joints = [Joint::default(); 2];
    let mut recalls = [(0, None); 2];
    for (at, (joint, recall)) in joints.iter_mut().zip(&mut recalls).enumerate() {
        let is_known = at == 0;
        let of_it = felt.iter().zip(&clues).zip(rows);
        let points: Vec<(Clues, MoodLabel, f32)> = of_it
            .filter(|((felt, _), _)| felt.is_known == is_known)
            .map(|((felt, clues), row)| (with_margins(*clues, felt), row.label, row.weights.1))
            .collect();
        *joint = fit(&points, SHARES.get(at).copied().unwrap_or([1.0; 3]));
        *recall = (points.len(), judged(*joint, &points));
    }
    let all: Vec<&Example<SIDES>> = examples.iter().collect();
    let weights = Weights::fit(&all, 1 << BITS, DECAY);
    let (steps, bytes) = weights.quantized(&rarity);
    let model = Sentiment {
        bits: BITS,
        steps,
        bias: weights.bias,
        joints,
        rows: bytes
            .into_iter()
            .zip(rarity)
            .map(|(weights, rarity)| Weighted { weights, rarity })
            .collect(),
        seen: seen(english(rows).filter_map(|at| features.get(at))),
        words,
        english: wide,
    };
    Ok(Trained {
        bytes: model.write(),
        words: taken,
        recalls,
    })
}

/// The words of the lists that can be taken: no word by hand, no word that means something
/// harmless in another language, none that is good in one language and bad in another.
fn chosen(words: &[Word], rows: &[Row]) -> Words {
    let calm = calm_words(rows);
    let mut moods: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
    let mut listed: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for word in words.iter().filter(|word| word.lang != ENGLISH) {
        let Some(hash) = single(&word.text) else {
            continue;
        };
        moods.entry(hash).or_default().push(word.mood);
        listed.entry(hash).or_default().insert(&word.lang);
    }
    let is_harmless = |hash: &u32| {
        let Some(languages) = calm.get(hash) else {
            return false;
        };
        let own = listed.get(hash);
        languages.iter().any(|(lang, count)| {
            *count > CALM_ROWS_MAX && own.is_none_or(|own| !own.contains(lang))
        })
    };
    let mut taken = BTreeMap::new();
    for (hash, list) in &moods {
        let is_mixed = list.iter().any(|it| *it > 0.0) && list.iter().any(|it| *it < 0.0);
        if !is_mixed && !is_harmless(hash) {
            taken.insert(*hash, list.iter().sum::<f32>() / list.len() as f32);
        }
    }
    Words::new(&taken)
}

/// The English words of the lists.
fn english_words(words: &[Word]) -> Words {
    let english = words.iter().filter(|word| word.lang == ENGLISH);
    Words::new(
        &english
            .filter_map(|word| Some((single(&word.text)?, word.mood)))
            .collect(),
    )
}

/// In how many calm rows of each language a word stands.
fn calm_words(rows: &[Row]) -> BTreeMap<u32, BTreeMap<&str, usize>> {
    let mut counts: BTreeMap<u32, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.label == MoodLabel::Neutral) {
        for hash in hashes(&row.text).into_iter().collect::<BTreeSet<u32>>() {
            *counts
                .entry(hash)
                .or_default()
                .entry(&row.lang)
                .or_default() += 1;
        }
    }
    counts
}

/// The hashes of a text's words.
fn hashes(text: &str) -> Vec<u32> {
    let folded = Folded::new(text);
    let tokens = Tokens::new(&folded, text, &BUILTIN.vocabulary);
    let word = |token: &crate::token::Token| {
        let word = folded.text.get(token.start as usize..token.end as usize)?;
        (word.len() >= WORD_BYTES_MIN).then(|| hash32(word.as_bytes()))
    };
    tokens.list.iter().filter_map(word).collect()
}

/// The hash of an entry that is one word.
fn single(entry: &str) -> Option<u32> {
    let folded = Folded::new(entry);
    let tokens = Tokens::new(&folded, entry, &BUILTIN.vocabulary);
    match (tokens.list.as_slice(), hashes(entry).as_slice()) {
        ([_], [hash]) => Some(*hash),
        _ => None,
    }
}

/// What linear models say of rows that they have not learned.
fn unseen(rows: &[Row], features: &[Features], examples: &[Example<SIDES>]) -> Vec<Felt> {
    let part = |row: &Row| hash32(row.text.to_lowercase().as_bytes()) % FOLDS;
    let parts: Vec<u32> = rows.iter().map(part).collect();
    let mut felt = vec![
        Felt {
            margins: [0.0; SIDES],
            is_known: false
        };
        rows.len()
    ];
    for fold in 0..FOLDS {
        let others = || parts.iter().enumerate().filter(|(_, part)| **part != fold);
        let chosen: Vec<&Example<SIDES>> =
            others().filter_map(|(at, _)| examples.get(at)).collect();
        let weights = Weights::fit(&chosen, 1 << BITS, DECAY);
        let seen = seen(
            english(rows)
                .filter(|at| parts.get(*at).is_some_and(|part| *part != fold))
                .filter_map(|at| features.get(at)),
        );
        let all = felt.iter_mut().zip(features).zip(examples).zip(&parts);
        for (((felt, features), example), _) in all.filter(|(_, part)| **part == fold) {
            *felt = Felt {
                margins: weights.margins(&example.values),
                is_known: super::knows(&seen, features),
            };
        }
    }
    felt
}

/// The places of the English rows: what is known is known of English, since of no other
/// language there are enough rows.
fn english(rows: &[Row]) -> impl Iterator<Item = usize> {
    let is_english = |(_, row): &(usize, &Row)| row.lang == ENGLISH;
    rows.iter().enumerate().filter(is_english).map(|(at, _)| at)
}

fn seen<'a>(rows: impl Iterator<Item = &'a Features>) -> Seen {
    Seen::of(rows.flat_map(|features| &features.vocabulary))
}

/// Fits what joins the clues: multinomial logistic regression, all three moods counting
/// alike, by steps down the gradient with a pace for each weight.
fn fit(points: &[(Clues, MoodLabel, f32)], wanted: [f64; 3]) -> Joint {
    let side = |label: &MoodLabel| match label {
        MoodLabel::Negative => 0,
        MoodLabel::Neutral => 1,
        MoodLabel::Positive => 2,
    };
    let mut shares = [0.0_f64; 3];
    for (_, label, weight) in points {
        if let Some(share) = shares.get_mut(side(label)) {
            *share += f64::from(*weight);
        }
    }
    for (share, wanted) in shares.iter_mut().zip(wanted) {
        *share /= wanted;
    }
    let mut joint = [[0.0_f64; CLUES]; SIDES];
    let mut squares = [[1e-8_f64; CLUES]; SIDES];
    for _ in 0..JOINT_STEPS {
        let mut slopes = [[0.0_f64; CLUES]; SIDES];
        let current = Joint(joint.map(|side| side.map(|weight| weight as f32)));
        for (clues, label, weight) in points {
            let [negative, _, positive] = current.chances(clues).map(f64::from);
            let share = shares.get(side(label)).copied().unwrap_or(1.0);
            let errors = [
                negative - f64::from(u8::from(*label == MoodLabel::Negative)),
                positive - f64::from(u8::from(*label == MoodLabel::Positive)),
            ];
            for (slope, error) in slopes.iter_mut().zip(errors) {
                for (slope, clue) in slope.iter_mut().zip(clues) {
                    *slope += error * f64::from(*weight) / share / 3.0 * f64::from(*clue);
                }
            }
        }
        let all = joint.as_flattened_mut().iter_mut();
        let moved = all
            .zip(squares.as_flattened_mut())
            .zip(slopes.as_flattened());
        for ((weight, square), slope) in moved {
            let change = slope + JOINT_DECAY * *weight;
            *square += change * change;
            *weight -= 0.5 * change / square.sqrt();
        }
    }
    Joint(joint.map(|side| side.map(|weight| weight as f32)))
}

/// The mean recall of the three moods.
fn judged(joint: Joint, points: &[(Clues, MoodLabel, f32)]) -> Option<f64> {
    let number = |label: MoodLabel| match label {
        MoodLabel::Negative => 0,
        MoodLabel::Neutral => 1,
        MoodLabel::Positive => 2,
    };
    let pairs: Vec<(usize, usize)> = points
        .iter()
        .map(|(clues, label, _)| (number(*label), number(likeliest(joint.chances(clues)))))
        .collect();
    let classes = Classes::new(3, &pairs);
    classes.macro_recall(&vec![1; pairs.len()])
}
