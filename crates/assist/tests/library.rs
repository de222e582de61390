//! Articles over articles, and what a new one would change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_assist::{Article, KnowledgeBase, overlaid, parse_article, rehearse};

fn article(slug: &str, title: &str, body: &str, asked: &[&str]) -> Article {
    Article {
        slug: slug.into(),
        title: title.into(),
        category: "shipping".into(),
        updated: "2026-03-04".into(),
        body: body.into(),
        asked: asked.iter().map(|text| (*text).to_owned()).collect(),
    }
}

fn base() -> Vec<Article> {
    let read = |slug: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        let text = std::fs::read_to_string(folder.join(format!("{slug}.md"))).unwrap();
        parse_article(slug, &text).unwrap()
    };
    [
        "how-refunds-work",
        "void-an-unused-label",
        "set-up-a-label-printer",
    ]
    .map(read)
    .into()
}

#[test]
fn what_is_written_is_read_again() {
    let mut all = base();
    all.push(article(
        "odd",
        "\"Quoted\"  twice",
        "Text.\n\n---\n\n- a list: with a colon",
        &["one | two", "\"three\"", " "],
    ));
    for article in &all {
        let text = article.to_markdown();
        let again = parse_article(&article.slug, &text).unwrap();
        assert_eq!(again.to_markdown(), text);
        assert_eq!(again.body, article.body.trim());
    }
    let odd = parse_article("odd", &all[3].to_markdown()).unwrap();
    assert_eq!(odd.title, "\"Quoted\" twice");
    assert_eq!(odd.asked, ["one / two", "\"three\""]);
}

#[test]
fn what_was_taught_lies_over_what_there_was() {
    let base = base();
    let other = article("how-refunds-work", "Refunds", "Two days.", &[]);
    let fresh = article("batteries", "Batteries", "No.", &[]);
    let over = [
        ("how-refunds-work".to_owned(), Some(other.clone())),
        ("void-an-unused-label".to_owned(), None),
        ("batteries".to_owned(), Some(fresh.clone())),
    ];
    let all = overlaid(&base, over);
    assert_eq!(all, [other, base[2].clone(), fresh]);
}

#[test]
fn a_new_article_is_tried_with_questions_it_does_not_know() {
    let before = KnowledgeBase::of_articles(&base());
    let asked = [
        "can I ship lithium batteries",
        "are lithium batteries allowed in a parcel",
        "may I send batteries made of lithium",
        "sending lithium batteries",
        "is it allowed to post lithium batteries",
    ];
    let wanted: Vec<String> = asked.iter().map(|text| (*text).to_owned()).collect();
    let good = article(
        "batteries",
        "Ship lithium batteries",
        "Lithium batteries may be shipped inside their device.",
        &asked[..4],
    );
    let tried = rehearse(&before, &good, &wanted);
    assert_eq!(tried.wanted.len(), 5);
    let (answered_before, answered_after) = tried.answered("batteries", 0.7);
    assert_eq!(answered_before, 0);
    assert!(answered_after >= 4, "{tried:#?}");
    assert!(tried.stolen.is_empty(), "{tried:#?}");
    assert!(tried.others > 10);
    // One that is about everything takes from others.
    let all: Vec<String> = base().iter().flat_map(|it| it.asked.clone()).collect();
    let greedy = Article {
        asked: all,
        ..article("all", "Refunds, labels, printers", "Ask us.", &[])
    };
    assert!(!rehearse(&before, &greedy, &[]).stolen.is_empty());
}
