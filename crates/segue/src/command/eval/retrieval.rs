//! Does the assistant find the right article, and does it know when it has not?

use std::collections::BTreeMap;

use segue_assist::{Calibration, Document, KnowledgeBase, Width};
use serde::Deserialize;

use super::curve::{CONFIDENCES, Curve};
use super::figure::{Figure, Wrong, ranked, share};
use super::sets::{Measured, Sets};

const SIGNAL: &str = "retrieval_confidence";
/// Bins of the calibration error (Naeini et al. 2015).
const BINS: usize = 10;

#[derive(Debug, Deserialize)]
struct Article {
    doc_id: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Question {
    query: String,
    doc_id: Option<String>,
    #[serde(default)]
    answerable: u8,
    #[serde(default)]
    kind: String,
}

impl Question {
    /// The article that answers it.
    fn article(&self) -> Option<&str> {
        self.doc_id.as_deref().filter(|_| self.answerable == 1)
    }
}

/// What was found for a question.
struct Found<'q> {
    question: &'q Question,
    is_right: bool,
    confidence: f64,
}

/// What a knowledge base holds beside its articles.
const STATES: [(&str, bool, bool); 3] = [
    ("articles only", false, false),
    ("with past questions", true, false),
    ("with unanswered questions too", true, true),
];

/// Measures what `segue ask` finds, in both languages of the set: by the
/// articles alone, with the questions of the training split to them, and with
/// those that none of them answers.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    for language in ["en", "de"] {
        let file = |split: &str| {
            sets.file::<Question>(&format!("faq_retrieval/queries_{language}.{split}"))
        };
        let articles = sets.file::<Article>(&format!("faq_retrieval/kb_{language}"))?;
        let (Some(articles), Some(questions)) = (articles, file(&sets.split)?) else {
            continue;
        };
        let past = file("train")?.unwrap_or_default();
        for (state, has_past, has_outside) in STATES {
            let known: &[Question] = if has_past { &past } else { &[] };
            let asked = |article: Option<&str>| -> Vec<String> {
                let known = known.iter().filter(|past| past.article() == article);
                known.map(|past| past.query.clone()).collect()
            };
            let documents: Vec<Document> = articles
                .iter()
                .map(|article| {
                    Document::new(&article.doc_id, &article.text, article.title.clone())
                        .with_questions(asked(Some(&article.doc_id)))
                })
                .collect();
            let outside = if has_outside { asked(None) } else { Vec::new() };
            let calibration = Calibration::for_documents_and_outside(&documents, &outside);
            let knowledge = KnowledgeBase::build_with_outside(documents, &outside, calibration);
            let is_part = language != "en";
            let of_language = if is_part {
                format!(", {language}")
            } else {
                String::new()
            };
            let name = format!("faq_retrieval, {state}{of_language}");
            judge(&name, is_part, &ask(&knowledge, &questions), &mut measured);
        }
    }
    Ok(measured)
}

fn ask<'q>(knowledge: &KnowledgeBase, questions: &'q [Question]) -> Vec<Found<'q>> {
    let found = questions.iter().map(|question| {
        let found = knowledge.search(&question.query, Width::Normal);
        let first = found.hits.first().map(|hit| hit.id.as_str());
        Found {
            question,
            is_right: first.is_some() && first == question.article(),
            confidence: found.confidence,
        }
    });
    found.collect()
}

fn judge(name: &str, is_part: bool, found: &[Found], measured: &mut Measured) {
    let answerable = |found: &&Found| found.question.article().is_some();
    let right: Vec<bool> = found
        .iter()
        .filter(answerable)
        .map(|found| found.is_right)
        .collect();
    let scores = |keep: &dyn Fn(&Found) -> bool| -> Vec<(bool, f64)> {
        let kept = found.iter().filter(|found| keep(found));
        kept.map(|found| (found.question.article().is_some(), found.confidence))
            .collect()
    };
    let removed = |found: &Found| {
        found.question.article().is_some() || found.question.kind == "article_removed"
    };
    let mut figures = vec![
        share(SIGNAL, name, "accuracy_at_1", &right),
        ranked(SIGNAL, name, &scores(&|_| true)),
        calibration_error(name, found),
        ranked(
            SIGNAL,
            &format!("{name}, article removed"),
            &scores(&removed),
        )
        .into_part(),
    ];
    // A threshold answers: rightly, or not.
    let answered: Vec<(bool, f64)> = found
        .iter()
        .map(|it| (it.is_right, it.confidence))
        .collect();
    measured
        .curves
        .push(Curve::new(SIGNAL, name, CONFIDENCES, &answered));
    if is_part {
        figures = figures.into_iter().map(Figure::into_part).collect();
    }
    measured.figures.append(&mut figures);
    let wrong = found
        .iter()
        .filter(|found| found.is_right != (found.confidence >= 0.5));
    let wrong = wrong.map(|found| Wrong {
        text: found.question.query.clone(),
        is_true: found.is_right,
        score: found.confidence,
    });
    measured
        .wrong
        .push((SIGNAL, name.to_owned(), wrong.collect()));
}

/// The mean distance, over bins of the confidence, between it and the share of
/// first hits that are right.
fn calibration_error(name: &str, found: &[Found]) -> Figure {
    Figure::new(SIGNAL, name, "calibration_error", found.len(), |counts| {
        let mut bins: BTreeMap<usize, f64> = BTreeMap::new();
        let mut all = 0.0;
        for (found, count) in found.iter().zip(counts) {
            let bin = ((found.confidence * BINS as f64) as usize).min(BINS - 1);
            let count = f64::from(*count);
            let right = f64::from(u8::from(found.is_right));
            *bins.entry(bin).or_default() += count * (found.confidence - right);
            all += count;
        }
        (all > 0.0).then(|| bins.values().map(|gap| gap.abs()).sum::<f64>() / all)
    })
}
