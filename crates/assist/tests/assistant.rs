//! The room at its interface, on a small help centre of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_assist::calibrate::{FitError, Question, fit, parse_questions};
use segue_assist::{
    ArticleError, Calibration, Document, Found, KnowledgeBase, Width, parse_article,
};

const GOOD: &str =
    "---\ntitle: Wash the tent\ncategory: care\nupdated: 2026-03-01\n---\n\nUse soap.\n";

#[test]
fn an_article_is_read_strictly() {
    let check = |slug: &str, text: &str, expected: Result<(), ArticleError>| {
        assert_eq!(parse_article(slug, text).map(|_| ()), expected, "{text:?}");
    };
    check("wash-the-tent", GOOD, Ok(()));
    check("wash-the-tent", &GOOD.replace('\n', "\r\n"), Ok(()));
    check("Wash", GOOD, Err(ArticleError::Slug("Wash".into())));
    check("", GOOD, Err(ArticleError::Slug(String::new())));
    let asked = GOOD.replace("\n---\n\n", "\nasked: how? | is it dirty? |\n---\n\n");
    let read = parse_article("wash-the-tent", &asked).unwrap();
    assert_eq!(read.asked, ["how?", "is it dirty?"]);
    check("a", "Use soap.", Err(ArticleError::NoFrontMatter));
    check(
        "a",
        "---\ntitle: x\nUse soap.",
        Err(ArticleError::NoFrontMatter),
    );
    let with = |from: &str, to: &str| GOOD.replace(from, to);
    check(
        "a",
        &with("category: care\n", ""),
        Err(ArticleError::Missing("category")),
    );
    check(
        "a",
        &with("Wash the tent", ""),
        Err(ArticleError::Missing("title")),
    );
    check(
        "a",
        &with("category", "topic"),
        Err(ArticleError::UnknownKey {
            key: "topic".into(),
            line: 3,
        }),
    );
    check(
        "a",
        &with("category", "title"),
        Err(ArticleError::Duplicate {
            key: "title".into(),
            line: 3,
        }),
    );
    check(
        "a",
        &with("category: care", "category"),
        Err(ArticleError::NotAPair { line: 3 }),
    );
    for date in ["2026-13-01", "2026-3-1", "yesterday", "2026-03-01-02"] {
        check(
            "a",
            &with("2026-03-01", date),
            Err(ArticleError::Date(date.into())),
        );
    }
    check("a", &with("Use soap.\n", " \n"), Err(ArticleError::NoBody));
    check(
        "a",
        &"x".repeat(300_000),
        Err(ArticleError::TooLong(300_000)),
    );
}

const TENT: &str = "A tent is washed by hand with cold water and mild soap, e.g. soft soap. \
Never use a machine. Version 2.5 of the coating stands up to 30 °C.

## Steps

1. Set the tent up.
2. Sponge the outside.
3. Rinse it.

## Stains

- Resin comes off with a warm spoon.
- Mildew needs vinegar; see [Care kit](care-kit).

```
wash --cold
```

For stoves, see [Light the stove](light-the-stove).";

fn camp() -> KnowledgeBase {
    let doc = |id: &str, title: &str, text: &str| Document::new(id, text, Some(title.to_owned()));
    let docs = vec![
        doc("wash-the-tent", "Wash the tent", TENT),
        doc(
            "light-the-stove",
            "Light the stove",
            "The stove is lit with the red button while the valve is half open. Wait ten seconds \
             if it goes out. Error 17 means that the gas bottle is empty.",
        ),
        doc(
            "error-18",
            "Stove shows error 18",
            "Error 18 means that the hose leaks. Close the valve at once. Bring the stove to a shop.",
        ),
        doc(
            "return-a-rental",
            "Return a rental",
            "A rental is returned at the shop until noon. Later costs one more day. Bring: \
             the receipt and your id.",
        ),
        doc(
            "pay-a-deposit",
            "Pay a deposit",
            "A deposit is paid by card. It is released after the return.",
        ),
    ];
    KnowledgeBase::build(docs.clone(), Calibration::for_documents(&docs))
}

fn first(query: &str, width: Width) -> Option<String> {
    camp()
        .search(query, width)
        .hits
        .first()
        .map(|hit| hit.id.clone())
}

#[test]
fn the_right_article_comes_first() {
    let check = |query: &str, expected: &str| {
        for width in [Width::Normal, Width::Wide] {
            assert_eq!(
                first(query, width).as_deref(),
                Some(expected),
                "{query:?} {width:?}"
            );
        }
    };
    check("how do I wash my tent?", "wash-the-tent");
    check("washing tents", "wash-the-tent");
    check("lighting the stvoe", "light-the-stove");
    check("what is error 18", "error-18");
    check("what is error 17", "light-the-stove");
    check("how is the deposit payed", "pay-a-deposit");
    check("giving back a rental", "return-a-rental");
}

#[test]
fn nothing_is_found_for_nothing() {
    for query in ["", "   ", "?!", "the of and", "🙂", "日本語"] {
        let found = camp().search(query, Width::Normal);
        assert_eq!((found.hits.len(), found.confidence), (0, 0.0), "{query:?}");
        assert_eq!(
            (found.query_distance, found.out_of_scope),
            (1.0, 1.0),
            "{query:?}"
        );
        assert_eq!(camp().answer(query, &found), None);
    }
    let empty = KnowledgeBase::build(Vec::new(), Calibration::for_documents(&[]));
    assert!(empty.is_empty() && empty.search("tent", Width::Wide).hits.is_empty());
}

#[test]
fn questions_from_elsewhere_score_lower() {
    let base = camp();
    let inside = base.search("how do I wash the tent", Width::Normal);
    let outside = base.search("who won the football match in Lisbon", Width::Normal);
    assert!(inside.confidence > outside.confidence);
    assert!(inside.query_distance < outside.query_distance);
    assert!(inside.out_of_scope < 0.1 && outside.out_of_scope > 0.9);
}

#[test]
fn earlier_turns_help_a_wide_search_only() {
    let base = camp();
    let earlier = ["the stove goes out again and again"];
    let vague = "it still says the bottle is empty, what now";
    let id = |width| base.search_in_context(vague, width, &earlier).hits[0].score;
    assert_eq!(
        id(Width::Normal),
        base.search(vague, Width::Normal).hits[0].score
    );
    assert_ne!(
        id(Width::Wide),
        base.search(vague, Width::Wide).hits[0].score
    );
    let alone = base.search("and then?", Width::Wide);
    assert!(alone.hits.is_empty());
    let known = base.search_in_context("and then?", Width::Wide, &["washing the tent"]);
    assert_eq!(known.hits[0].id, "wash-the-tent");
}

fn sentences(query: &str) -> Vec<String> {
    let base = camp();
    let found = base.search(query, Width::Normal);
    base.answer(query, &found).unwrap().sentences
}

#[test]
fn an_answer_is_made_of_whole_sentences() {
    let lead = "A tent is washed by hand with cold water and mild soap, e.g. soft soap.";
    let stain = sentences("resin stains on the tent when washing");
    assert_eq!(stain[0], lead);
    assert!(
        stain.contains(&"Resin comes off with a warm spoon.".to_owned()),
        "{stain:?}"
    );
    let said = sentences("which coating version of the tent is washed");
    assert!(
        said.contains(&"Version 2.5 of the coating stands up to 30 °C.".to_owned()),
        "{said:?}"
    );
    for query in [
        "wash tent",
        "tent resin",
        "sponge tent outside rinse",
        "tent soap machine",
    ] {
        let said = sentences(query);
        assert!((2..=7).contains(&said.len()), "{said:?}");
        let steps = said.iter().filter(|s| {
            ["Set the", "Sponge", "Rinse"]
                .iter()
                .any(|w| s.starts_with(w))
        });
        assert!(
            [0, 3].contains(&steps.count()),
            "a list is said whole or not at all: {said:?}"
        );
        assert!(
            !said
                .iter()
                .any(|s| s.contains("--cold") || s.contains("see Light")),
            "{said:?}"
        );
    }
}

#[test]
fn a_clarifying_question_names_what_is_near() {
    let base = camp();
    let named = |query: &str, confidence: f64| {
        let found = Found {
            confidence,
            ..base.search(query, Width::Normal)
        };
        base.clarify(&found).join("|")
    };
    assert_eq!(
        named("stove error", 0.5),
        "Stove shows error 18|Light the stove"
    );
    assert!(!named("wash the tent", 0.5).contains('|'));
    assert_eq!(named("stove error", 0.0), "");
    assert_eq!(named("zzz", 0.0), "");
}

#[test]
fn the_version_follows_contents_and_calibration() {
    let docs = vec![Document::new("a", "One text.", None)];
    let version = |docs: &[Document], calibration: Calibration| {
        KnowledgeBase::build(docs.to_vec(), calibration)
            .version()
            .to_owned()
    };
    let known = Calibration::for_documents(&docs);
    let mut other = known.clone();
    other.normal.intercept += 0.1;
    assert_eq!(version(&docs, known.clone()), version(&docs, known.clone()));
    assert_ne!(version(&docs, known.clone()), version(&docs, other));
    assert_ne!(version(&docs, known.clone()), version(&[], known));
}

#[test]
fn a_document_without_title_is_named_after_its_id() {
    let check = |id: &str, title: Option<&str>, expected: &str| {
        assert_eq!(
            Document::new(id, "x", title.map(str::to_owned)).title,
            expected
        );
    };
    check("opening_hours", None, "Opening hours");
    check("opening-hours", Some(" "), "Opening hours");
    check("7", None, "7");
    check("a", Some("Hours"), "Hours");
}

#[test]
fn a_fit_refuses_what_it_cannot_use() {
    let docs = [Document::new("a", "One text about boats.", None)];
    let question = |article: Option<&str>| Question {
        id: "q".into(),
        query: "boats".into(),
        article: article.map(str::to_owned),
    };
    assert!(matches!(
        fit(&docs, &[question(Some("b"))]),
        Err(FitError::UnknownArticle { .. })
    ));
    assert!(matches!(
        fit(&docs, &[question(Some("a"))]),
        Err(FitError::TooFew { right: 1, wrong: 0 })
    ));
    assert!(matches!(
        parse_questions("\n{}"),
        Err(FitError::Malformed { line: 2, .. })
    ));
    for json in [
        "{",
        "{}",
        &Calibration::for_documents(&[])
            .to_json()
            .replace("margin", "gap"),
    ] {
        assert!(Calibration::parse(json).is_err(), "{json}");
    }
}

#[test]
fn any_text_is_survived() {
    let base = camp();
    let odd = [
        "`",
        "[a](b",
        "1. ",
        "…",
        "a.b.c",
        "\u{0}",
        "''''",
        &"tent ".repeat(5000),
    ];
    for text in odd {
        let found = base.search(text, Width::Wide);
        assert!((0.0..=1.0).contains(&found.confidence));
        let docs = vec![
            Document::new("x", text, None),
            Document::new("y", "```\nopen", None),
        ];
        let base = KnowledgeBase::build(docs, Calibration::for_documents(&[]));
        let found = base.search("tent x y a b", Width::Normal);
        base.answer("tent", &found);
    }
}
