//! Is the customer angry, in which mood, and do the words mean what they say?

use std::collections::BTreeMap;

use segue_detect::MoodLabel;
use segue_detect::measure::Classes;
use segue_model::signal::{SignalKind, SignalName};

use super::figure::{Figure, Wrong, YesNo, macro_f1, macro_recall};
use super::sets::{Measured, Row, Sets, any, flag, is_on, kind, number};

/// Classes of a mood, as the sets name them.
const MOODS: [&str; 3] = ["negative", "neutral", "positive"];

/// The signals that say that a customer is angry or stuck.
pub const fn anger() -> [SignalName; 2] {
    [kind(SignalKind::Frustration), kind(SignalKind::Anger)]
}

/// Frustration, by language.
pub fn measure_frustration(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    let Some(rows) = sets.rows("frustration")? else {
        return Ok(measured);
    };
    let mut languages: BTreeMap<&str, YesNo> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.frustrated.is_null()) {
        let found = any(&sets.single(&row.text), &anger());
        let count = languages.entry(row.language()).or_default();
        count.add(is_on(&row.frustrated), found, &row.text);
    }
    for (language, count) in languages {
        let name = format!("frustration, {language}");
        measured.figures.push(count.f1("frustration", &name));
        measured.wrong.push(("frustration", name, count.wrong));
    }
    Ok(measured)
}

/// The mood of tweets and of eight languages.
pub fn measure_sentiment(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    for set in ["airline", "tweeteval_sentiment"] {
        let Some(rows) = sets.rows(set)? else {
            continue;
        };
        let (classes, wrong) = moods(sets, &rows);
        measured
            .figures
            .push(macro_recall("sentiment", set, &classes));
        let negative = Figure::new(
            "sentiment",
            &format!("{set}, negative"),
            "f1",
            classes.len(),
            |counts| classes.f1(0, counts),
        );
        measured.figures.push(if set == "airline" {
            negative
        } else {
            negative.into_part()
        });
        measured.wrong.push(("sentiment", set.to_owned(), wrong));
    }
    if let Some(rows) = sets.rows("umsab")? {
        umsab(sets, &rows, &mut measured);
    }
    Ok(measured)
}

/// The mean over the languages of their macro F1. Resamples draw rows; the
/// languages stay.
fn umsab(sets: &Sets, rows: &[Row], measured: &mut Measured) {
    let mut languages: BTreeMap<&str, Vec<(usize, &Row)>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        languages.entry(row.language()).or_default().push((at, row));
    }
    let mut parts = Vec::new();
    let mut judged: Vec<(Vec<usize>, Classes)> = Vec::new();
    for (language, rows) in &languages {
        let of_language = rows.iter().map(|(_, row)| *row);
        let (classes, wrong) = moods(sets, of_language);
        let name = format!("umsab, {language}");
        parts.push(macro_f1("sentiment", &name, &classes).into_part());
        measured.wrong.push(("sentiment", name, wrong));
        judged.push((rows.iter().map(|(at, _)| *at).collect(), classes));
    }
    let mean = Figure::new("sentiment", "umsab", "macro_f1", rows.len(), |counts| {
        let parts = judged.iter().filter_map(|(places, classes)| {
            let counts: Vec<u32> = places
                .iter()
                .map(|place| counts.get(*place).copied().unwrap_or(0))
                .collect();
            classes.macro_f1(&counts)
        });
        let parts: Vec<f64> = parts.collect();
        (!parts.is_empty()).then(|| parts.iter().sum::<f64>() / parts.len() as f64)
    });
    measured.figures.push(mean);
    measured.figures.append(&mut parts);
}

/// True and given mood of rows; a turn whose mood is not known counts as neutral.
fn moods<'r>(sets: &Sets, rows: impl IntoIterator<Item = &'r Row>) -> (Classes, Vec<Wrong>) {
    let (mut pairs, mut wrong) = (Vec::new(), Vec::new());
    for row in rows {
        let label = row.label.as_str().unwrap_or_default();
        let Some(is) = MOODS.iter().position(|mood| *mood == label) else {
            continue;
        };
        let mood = number(&sets.single(&row.text), SignalKind::Sentiment).unwrap_or(0.0);
        let given = match MoodLabel::of(mood) {
            MoodLabel::Negative => 0,
            MoodLabel::Neutral => 1,
            MoodLabel::Positive => 2,
        };
        pairs.push((is, given));
        if is != given {
            wrong.push(Wrong {
                text: format!("({label}) {}", row.text),
                is_true: is == 0,
                score: (1.0 - mood) / 2.0,
            });
        }
    }
    (Classes::new(MOODS.len(), &pairs), wrong)
}

/// Irony and sarcasm in tweets.
pub fn measure_sarcasm(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    for set in ["tweeteval_irony", "isarcasm_en"] {
        let Some(rows) = sets.rows(set)? else {
            continue;
        };
        let mut all = YesNo::default();
        for row in &rows {
            let is_true = is_on(&row.label) || row.label.as_str() == Some("irony");
            let found = flag(&sets.single(&row.text), &kind(SignalKind::Sarcasm));
            all.add(is_true, found, &row.text);
        }
        measured.figures.push(all.f1("sarcasm", set));
        measured.wrong.push(("sarcasm", set.to_owned(), all.wrong));
    }
    Ok(measured)
}
