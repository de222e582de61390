//! Past questions, earlier turns and the forms of words, on small help centres of the tests' own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::help_centre;
use segue_assist::{Calibration, Document, Found, KnowledgeBase, Width};

fn doc(id: &str, text: &str, questions: &[&str]) -> Document {
    let questions = questions.iter().map(ToString::to_string).collect();
    Document::new(id, text, None).with_questions(questions)
}

fn library() -> Vec<Document> {
    vec![
        doc(
            "opening_hours",
            "The reading room is open from nine to eight on working days.",
            &["when do you close tonight", "are you there on Sundays"],
        ),
        doc(
            "loan_period",
            "Books are lent for four weeks and can be renewed twice.",
            &["how long may I keep it", "can I have it a bit longer"],
        ),
        doc(
            "fees",
            "Late returns cost thirty cents a day.",
            &["what if I bring it back too late", "do I owe you something"],
        ),
    ]
}

fn base(docs: Vec<Document>, outside: &[&str]) -> KnowledgeBase {
    let outside: Vec<String> = outside.iter().map(ToString::to_string).collect();
    let calibration = Calibration::for_documents_and_outside(&docs, &outside);
    KnowledgeBase::build_with_outside(docs, &outside, calibration)
}

fn first(found: &Found) -> Option<&str> {
    found.hits.first().map(|hit| hit.id.as_str())
}

#[test]
fn a_past_question_finds_what_the_words_of_an_article_cannot() {
    let with = base(library(), &[]);
    for (asked, expected) in [
        ("do you close at night", "opening_hours"),
        ("may I keep it any longer", "loan_period"),
        ("do I owe anything", "fees"),
    ] {
        let found = with.search(asked, Width::Normal);
        assert_eq!(first(&found), Some(expected), "{asked}");
    }
    let without: Vec<Document> = library()
        .into_iter()
        .map(|doc| doc.with_questions(Vec::new()))
        .collect();
    let found = base(without, &[]).search("may I keep it any longer", Width::Normal);
    assert!(found.confidence < 0.5, "{found:?}");
}

#[test]
fn what_no_article_answered_before_is_not_answered_now() {
    let asked = "do you have a coffee machine";
    let outside = ["is there a coffee machine", "where is the coffee machine"];
    let with = base(library(), &outside).search(asked, Width::Normal);
    assert!(with.confidence < 0.1, "{with:?}");
}

#[test]
fn the_same_questions_give_the_same_base() {
    let once = base(library(), &["is it warm"]);
    let again = base(library(), &["is it warm"]);
    assert_eq!(once.version(), again.version());
    let asked = "can I keep it longer";
    assert_eq!(
        once.search(asked, Width::Wide),
        again.search(asked, Width::Wide)
    );
    assert_ne!(once.version(), base(library(), &[]).version());
}

#[test]
fn initials_and_their_words_are_one() {
    let docs = vec![
        doc(
            "shelf_cms",
            "Pages are kept in a C M S that editors share.",
            &[],
        ),
        doc("shelf_erp", "Stock is counted in an ERP every night.", &[]),
        doc("shelf_tea", "Tea is served at five.", &[]),
    ];
    let base = base(docs, &[]);
    for (asked, expected) in [
        ("content management system", "shelf_cms"),
        ("enterprise resource planning", "shelf_erp"),
        ("cms", "shelf_cms"),
    ] {
        let found = base.search(asked, Width::Normal);
        assert_eq!(first(&found), Some(expected), "{asked}");
    }
}

#[test]
fn german_is_stemmed_and_compounds_are_opened() {
    let docs = vec![
        doc(
            "adresse",
            "Die Anschrift auf der Rechnung wird unter den Einstellungen geändert.",
            &[],
        ),
        doc(
            "passwort",
            "Ein vergessenes Kennwort wird über einen Link in der E-Mail neu gesetzt.",
            &[],
        ),
        doc(
            "versand",
            "Pakete werden am nächsten Tag abgeholt und zugestellt.",
            &[],
        ),
    ];
    let base = base(docs, &[]);
    for (asked, expected) in [
        ("Wie ändere ich die Rechnungsanschrift?", "adresse"),
        ("Passwörter vergessen", "passwort"),
        ("Wann wird mein Paket zugestellt?", "versand"),
    ] {
        let found = base.search(asked, Width::Normal);
        assert_eq!(first(&found), Some(expected), "{asked}");
    }
}

fn demo() -> KnowledgeBase {
    base(help_centre().0, &[])
}

/// A verb alone does not make the subject: what is deleted or cancelled is a label here.
#[test]
fn the_object_of_a_question_counts() {
    let base = demo();
    for asked in [
        "how do I delete a label",
        "cancel a label",
        "can I delete this label again",
    ] {
        let found = base.search(asked, Width::Normal);
        assert_eq!(first(&found), Some("void-an-unused-label"), "{asked}");
    }
    for (asked, expected) in [
        ("cancel my plan please", "cancel-a-subscription"),
        ("delete my whole account", "delete-an-account-and-its-data"),
    ] {
        let found = base.search(asked, Width::Normal);
        assert_eq!(first(&found), Some(expected), "{asked}");
    }
}

/// Earlier turns choose among articles; they never make a search sure of an answer to a question
/// that itself says nothing.
#[test]
fn earlier_turns_alone_make_no_search_sure() {
    let base = demo();
    for earlier in [
        "where can I download my invoices",
        "download the recovery codes for two-factor sign-in",
        "cancel my subscription",
    ] {
        for asked in ["How do I do that myself?", "and then?", "can you show me"] {
            let found = base.search_in_context(asked, Width::Wide, &[earlier]);
            assert!(
                found.confidence < 0.65,
                "{earlier} / {asked}: {} {:?}",
                found.confidence,
                first(&found)
            );
        }
    }
    let found = base.search_in_context(
        "and which sizes can it print?",
        Width::Wide,
        &["how do I set up my label printer"],
    );
    let titles: Vec<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert!(titles.contains(&"set-up-a-label-printer"), "{titles:?}");
}

#[test]
fn small_talk_is_not_answered_from_an_article() {
    let base = demo();
    for said in [
        "do you like music",
        "tell me a joke about cats",
        "are you married",
    ] {
        let found = base.search(said, Width::Normal);
        assert!(found.confidence < 0.3, "{said}: {found:?}");
    }
}
