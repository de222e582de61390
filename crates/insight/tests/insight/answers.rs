//! The answers on which the bands decided, and their grades.

use segue_insight::answers::AnswerRow;
use segue_model::event::Grade;
use segue_model::signal::SignalKind;
use segue_model::time::Span;
use serde_json::json;

use crate::log::{Log, NOON, ledger, query};

const BOTH: [SignalKind; 2] = [
    SignalKind::RetrievalConfidence,
    SignalKind::AnswerConfidence,
];

fn rows(logs: &[Log]) -> Vec<AnswerRow> {
    ledger(logs).answers(&query())
}

fn asked(n: u32) -> Log {
    Log::live(n, NOON).customer("Where is my parcel?")
}

#[test]
fn answers_come_with_their_scores_and_whether_they_were_shown() {
    let scores = json!({
        "confidence": 0.7,
        "retrieval": [{ "id": "a", "score": 0.4 }, { "id": "b", "score": 0.6 }],
    });
    let log = asked(1).answered("bands.clarify", scores, false).answered(
        "bands.accept",
        json!({ "confidence": 0.7 }),
        true,
    );
    let rows = rows(&[log]);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows.iter()
            .map(|row| (row.was_shown, row.score(&BOTH)))
            .collect::<Vec<_>>(),
        [(true, Some(0.7)), (false, Some(0.6))]
    );
    assert_eq!(rows[1].score(&[SignalKind::AnswerConfidence]), Some(0.7));
    assert_eq!(rows[1].score(&[SignalKind::Complexity]), None);
    assert_eq!(rows[0].topic.as_deref(), Some("shipping"));
    assert_eq!(rows[0].turn.0, 1);
}

#[test]
fn only_answers_that_the_bands_decided_on_count() {
    let sure = json!({ "confidence": 0.9 });
    let logs = [
        asked(1).answered("money", sure.clone(), false),
        asked(2).answered("bands.unscored", json!({}), true),
        asked(3).answered(
            "bands.accept",
            json!({ "confidence": 1.0, "is_courtesy": true }),
            true,
        ),
        asked(4).answered(
            "bands.clarify",
            json!({ "confidence": 0.2, "is_fallback": true }),
            true,
        ),
        Log::imported(5, NOON, "file")
            .customer("Hi")
            .answered("bands.accept", sure.clone(), true),
        Log::demo(6, NOON)
            .customer("Hi")
            .answered("bands.accept", sure.clone(), true),
        Log::live(7, NOON - Span::hours(24 * 40))
            .customer("Hi")
            .answered("bands.accept", sure, true),
    ];
    assert_eq!(rows(&logs), []);
    let mut with_demo = query();
    with_demo.include_demo = true;
    assert_eq!(ledger(&logs).answers(&with_demo).len(), 1);
}

#[test]
fn the_latest_grade_stands_and_keeps_the_chance_it_was_drawn_with() {
    let log = asked(1)
        .answered("bands.clarify", json!({ "confidence": 0.5 }), false)
        .graded("wrong", false, 0.05)
        .graded("right", false, 0.05);
    let rows = ledger(&[
        log,
        asked(2).answered("bands.accept", json!({ "confidence": 0.9 }), true),
    ])
    .graded_answers(&query());
    assert_eq!(rows.len(), 1);
    let graded = rows[0].graded.unwrap();
    assert_eq!((graded.grade, graded.by_chance), (Grade::Right, 0.05));
    assert_eq!(rows[0].score(&BOTH), Some(0.5));
}

#[test]
fn a_grade_of_an_answer_that_is_not_known_stands_for_itself() {
    let log = asked(1)
        .answered("money", json!({ "confidence": 0.9 }), false)
        .graded("wrong", false, 1.0);
    let rows = rows(&[log]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].score(&BOTH), Some(0.5));
    assert_eq!(rows[0].graded.unwrap().grade, Grade::Wrong);
}
