//! Is it about one of the topics that a person should deal with?

use segue_model::signal::SignalName;

use super::figure::{Figure, YesNo};
use super::sets::{Measured, Row, Sets, flag, is_on};

/// The topics that the public set knows.
const TOPICS: &[&str] = &[
    "refund_return",
    "cancel_close",
    "billing_dispute",
    "fraud_security",
    "complaint",
    "privacy_data",
];
/// The topics of our own set.
const OWN_TOPICS: &[&str] = &[
    "refund_return",
    "cancel_close",
    "billing_dispute",
    "fraud_security",
    "complaint",
];
/// An aim holds for topics with so many rows.
const POSITIVES_MIN: usize = 50;

/// Rows judged by topic: any of them, and each.
struct Judged {
    any: YesNo,
    each: Vec<(&'static str, YesNo)>,
}

fn judge<'r>(sets: &Sets, topics: &[&'static str], rows: impl Iterator<Item = &'r Row>) -> Judged {
    let mut any = YesNo::default();
    let mut each: Vec<(&str, YesNo)> = topics
        .iter()
        .map(|topic| (*topic, YesNo::default()))
        .collect();
    for row in rows {
        let signals = sets.single(&row.text);
        let (mut fired_any, mut best) = (false, 0.0_f64);
        for (topic, count) in &mut each {
            let found = flag(&signals, &SignalName::Topic((*topic).into()));
            let is_true = row.topics.iter().any(|known| known == topic);
            count.add(is_true, found, &row.text);
            fired_any |= found.0;
            best = best.max(found.1);
        }
        any.add(!row.topics.is_empty(), (fired_any, best), &row.text);
    }
    Judged { any, each }
}

/// Measures them on the public set.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let Some(rows) = sets.rows("high_stakes")? else {
        return Ok(Measured::default());
    };
    let judged = judge(
        sets,
        TOPICS,
        rows.iter().filter(|row| !is_on(&row.info_only)),
    );
    let mut measured = Measured {
        figures: vec![judged.any.f1("topics", "high_stakes")],
        curves: Vec::new(),
        wrong: vec![("topics", "high_stakes".to_owned(), judged.any.wrong)],
    };
    for (topic, count) in judged.each {
        let name = format!("topic.{topic}");
        let figure = count.f1("topics", &name);
        let note = format!("{} rows of it", count.positives());
        let figure = if count.positives() < POSITIVES_MIN {
            figure.into_part()
        } else {
            measured.curves.push(count.curve("topics", &name));
            figure
        };
        measured.figures.push(figure.with_note(note));
        measured.wrong.push(("topics", name, count.wrong));
    }
    Ok(measured)
}

/// Measures them on our own set.
pub fn measure_own(sets: &Sets) -> anyhow::Result<Measured> {
    let Some(rows) = sets.own("topics")? else {
        return Ok(Measured::default());
    };
    let judged = judge(sets, OWN_TOPICS, rows.iter());
    let mut parts = Vec::new();
    for (topic, count) in &judged.each {
        parts.push(
            count
                .f1("topics", &format!("own topics, {topic}"))
                .into_part(),
        );
    }
    let mut languages: Vec<&str> = rows.iter().map(Row::language).collect();
    languages.sort_unstable();
    languages.dedup();
    for language in languages {
        let of_language = rows.iter().filter(|row| row.language() == language);
        let any = judge(sets, OWN_TOPICS, of_language).any;
        parts.push(
            any.f1("topics", &format!("own topics, {language}"))
                .into_part(),
        );
    }
    let mut figures = vec![
        mean(&rows, &judged.each),
        judged.any.fired("topics", "own topics, near misses"),
    ];
    figures.append(&mut parts);
    Ok(Measured {
        curves: vec![judged.any.curve("topics", "own topics")],
        figures,
        wrong: vec![("topics", "own topics".to_owned(), judged.any.wrong)],
    })
}

/// The mean F1 of the topics.
fn mean(rows: &[Row], each: &[(&'static str, YesNo)]) -> Figure {
    Figure::new("topics", "own topics", "macro_f1", rows.len(), |counts| {
        let parts: Vec<f64> = each
            .iter()
            .filter_map(|(_, count)| count.f1_of(counts))
            .collect();
        (!parts.is_empty()).then(|| parts.iter().sum::<f64>() / parts.len() as f64)
    })
}
