//! The recipe of the calibrations: fits them, compares with the committed files, and holds the
//! floors. `SEGUE_BLESS=1` writes the files and the tables of `docs/ASSISTANT.md` instead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{faq, help_centre, read, workspace};
use segue_assist::calibrate::{Collection, Report, WidthReport, fit, judge};
use segue_assist::{Calibration, KnowledgeBase, Width};

/// How far a coefficient may differ from the file: mathematical functions differ in the last
/// digit between platforms.
const TOLERANCE: f64 = 2e-3;

fn is_blessing() -> bool {
    std::env::var_os("SEGUE_BLESS").is_some()
}

/// Writes the file when blessing, else compares it with what the recipe gives.
fn check_calibration(file: &str, fitted: &Calibration) {
    let path = workspace().join("models").join(file);
    if is_blessing() {
        std::fs::write(&path, fitted.to_json()).unwrap();
        return;
    }
    let committed = Calibration::parse(&read(&path)).unwrap();
    assert_eq!(
        committed.contents, fitted.contents,
        "{file}: fit again with SEGUE_BLESS=1"
    );
    assert_eq!(
        committed.questions, fitted.questions,
        "{file}: fit again with SEGUE_BLESS=1"
    );
    for (old, new) in [
        (&committed.normal, &fitted.normal),
        (&committed.wide, &fitted.wide),
    ] {
        let pairs = old.weights.iter().zip(&new.weights);
        for (a, b) in pairs.chain([(&old.intercept, &new.intercept)]) {
            assert!(
                (a - b).abs() < TOLERANCE,
                "{file}: {a} became {b}; fit again with SEGUE_BLESS=1"
            );
        }
    }
}

/// Puts the tables between the markers of the document, or compares.
fn check_document(name: &str, table: &str) {
    let path = workspace().join("docs/ASSISTANT.md");
    let text = read(&path);
    let (begin, end) = (
        format!("<!-- {name}: generated -->\n"),
        format!("<!-- /{name} -->"),
    );
    let (before, rest) = text.split_once(&begin).expect("the marker is there");
    let (old, after) = rest.split_once(&end).expect("the closing marker is there");
    if is_blessing() {
        std::fs::write(&path, format!("{before}{begin}\n{table}\n{end}{after}")).unwrap();
    } else {
        assert_eq!(
            old.trim(),
            table.trim(),
            "docs/ASSISTANT.md: write again with SEGUE_BLESS=1"
        );
    }
}

fn show(name: &str, report: &Report) {
    println!("== {name}\n{}", report.to_markdown());
}

/// Blessing writes one document from both tests, so they are one.
#[test]
fn calibrations_follow_from_their_questions_and_hold_the_floors() {
    let (docs, questions) = help_centre();
    let (calibration, report) = fit(&docs, &questions).unwrap();
    show("demo help centre, out of fold", &report);
    check_calibration("assist-calibration.json", &calibration);
    check_document("reliability", &report.to_markdown());
    for (width, figures) in [("normal", &report.normal), ("wide", &report.wide)] {
        check_floors(width, figures);
    }
    let Some((faq_docs, train)) = faq("train", "en") else {
        return;
    };
    let (_, dev) = faq("dev", "en").unwrap();
    let (snippets, _) = fit(&faq_docs, &train).unwrap();
    check_calibration("assist-calibration-snippets.json", &snippets);
    let collection = Collection {
        docs: &faq_docs,
        questions: &dev,
    };
    let on_dev = judge(&snippets, collection).unwrap();
    show("faq_retrieval, dev, fitted on train", &on_dev);
    check_document("snippets", &on_dev.to_markdown());
    let (at_1, auroc) = (on_dev.normal.accuracy_at_1, on_dev.normal.auroc_answerable);
    assert!(
        at_1 >= 0.57 && auroc >= 0.84 && on_dev.normal.ece <= 0.05,
        "{:?}",
        on_dev.normal
    );
    show(
        "faq_retrieval, dev, with the demo's calibration",
        &judge(&calibration, collection).unwrap(),
    );
    let demo = Collection {
        docs: &docs,
        questions: &questions,
    };
    show(
        "demo, with the snippets' calibration",
        &judge(&snippets, demo).unwrap(),
    );
    let (german, asked) = faq("dev", "de").unwrap();
    let collection = Collection {
        docs: &german,
        questions: &asked,
    };
    show(
        "faq_retrieval, German, dev",
        &judge(&snippets, collection).unwrap(),
    );
}

/// Floors a little below what stands in docs/ASSISTANT.md: they catch a change for the worse.
fn check_floors(width: &str, figures: &WidthReport) {
    let wrong = figures
        .bands
        .iter()
        .find(|band| band.threshold == 0.70)
        .unwrap()
        .wrong;
    assert!(
        figures.accuracy_at_1 >= ACCURACY_MIN,
        "{width}: accuracy {}",
        figures.accuracy_at_1
    );
    assert!(
        figures.accuracy_at_3 >= 0.88,
        "{width}: in three {}",
        figures.accuracy_at_3
    );
    assert!(
        figures.auroc_answerable >= 0.90,
        "{width}: AUROC {}",
        figures.auroc_answerable
    );
    assert!(figures.ece <= 0.06, "{width}: ECE {}", figures.ece);
    assert!(wrong <= WRONG_MAX, "{width}: wrong among answered {wrong}");
}

/// FIXME: the aim is 0.80. Words, stems, spelling and synonyms alone do not reach it on
/// questions in customers' own words; a trained model behind the same interface may.
const ACCURACY_MIN: f64 = 0.70;
/// Wrong among those answered at confidence 0.70 or more.
const WRONG_MAX: f64 = 0.135;

#[test]
fn the_embedded_calibration_of_the_demo_is_the_one_that_is_used() {
    let (docs, questions) = help_centre();
    let calibration = Calibration::for_documents(&docs);
    if !is_blessing() {
        assert!(calibration.is_fitted_on(&docs));
    }
    let base = KnowledgeBase::build(docs, calibration);
    for question in &questions {
        for width in [Width::Normal, Width::Wide] {
            let found = base.search(&question.query, width);
            for value in [found.confidence, found.query_distance, found.out_of_scope] {
                assert!((0.0..=1.0).contains(&value), "{}: {found:?}", question.id);
            }
            assert!(
                found
                    .hits
                    .windows(2)
                    .all(|pair| pair[0].score >= pair[1].score)
            );
        }
        let found = base.search(&question.query, Width::Normal);
        if let Some(answer) = base.answer(&question.query, &found) {
            let count = answer.sentences.len();
            assert!(
                (2..=7).contains(&count),
                "{}: {:?}",
                question.id,
                answer.sentences
            );
            assert!(
                answer
                    .sentences
                    .iter()
                    .all(|s| !s.ends_with(':') || count > 2),
                "{answer:?}"
            );
        }
        assert!(base.clarify(&found).len() <= 2);
    }
}

/// The questions at odd places of the file were never looked at while the search was written,
/// those at even places were: the difference is how much it was made to fit (docs/ASSISTANT.md).
#[test]
fn accuracy_on_questions_seen_and_unseen() {
    let (docs, questions) = help_centre();
    let base = KnowledgeBase::build(docs.clone(), Calibration::for_documents(&docs));
    let accuracy = |from: usize, width: Width| {
        let known: Vec<_> = questions
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|q| q.article.is_some())
            .collect();
        let right = known.iter().filter(|question| {
            base.search(&question.query, width)
                .hits
                .first()
                .map(|hit| &hit.id)
                == question.article.as_ref()
        });
        right.count() as f64 / known.len() as f64
    };
    for (name, from) in [("even places, seen", 0), ("odd places, unseen", 1)] {
        let (normal, wide) = (accuracy(from, Width::Normal), accuracy(from, Width::Wide));
        println!("{name}: accuracy@1 {normal:.3}, wide {wide:.3}");
        assert!(normal >= 0.62 && wide >= 0.62);
    }
    let unseen: Vec<_> = questions.iter().skip(1).step_by(2).cloned().collect();
    show(
        "odd places alone, out of fold",
        &fit(&docs, &unseen).unwrap().1,
    );
    let all = Calibration::for_documents(&docs);
    let collection = Collection {
        docs: &docs,
        questions: &unseen,
    };
    show(
        "odd places, with the calibration of all",
        &judge(&all, collection).unwrap(),
    );
}

/// Prints the mean time of a search; `cargo test --release -p segue-assist -- --nocapture time`.
/// Asserted is a ratio only: a wide search costs at most four times a normal one.
#[test]
fn time_of_a_search() {
    let (docs, questions) = help_centre();
    let base = KnowledgeBase::build(docs.clone(), Calibration::for_documents(&docs));
    let time = |width| {
        let start = std::time::Instant::now();
        for question in &questions {
            std::hint::black_box(base.search(&question.query, width));
        }
        start.elapsed().as_secs_f64() * 1e6 / questions.len() as f64
    };
    time(Width::Normal);
    let (normal, wide) = (time(Width::Normal), time(Width::Wide));
    println!(
        "{} articles: {normal:.0} µs a search, {wide:.0} µs a wide one",
        docs.len()
    );
    assert!(wide < 4.0 * normal + 50.0);
}
