//! Reading the demo help centre and the public question set, for the tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    dead_code
)]

use std::path::{Path, PathBuf};

use segue_assist::calibrate::{Question, parse_questions};
use segue_assist::{Document, parse_article};

pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The demo help centre in the order of its slugs, with its held-out questions.
pub fn help_centre() -> (Vec<Document>, Vec<Question>) {
    let folder = workspace().join("knowledge");
    let mut articles = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|ext| ext == "md") && stem != "README" {
            let article = parse_article(&stem, &read(&path))
                .unwrap_or_else(|error| panic!("{stem}: {error}"));
            articles.push(article);
        }
    }
    articles.sort_by(|a, b| a.slug.cmp(&b.slug));
    let questions = parse_questions(&read(&folder.join("questions.jsonl"))).unwrap();
    (articles.iter().map(Document::from).collect(), questions)
}

/// Whether the recipes write their files instead of comparing.
pub fn is_blessing() -> bool {
    std::env::var_os("SEGUE_BLESS").is_some()
}

/// The folder of public sets, or `None`, said loudly, where it is absent.
pub fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("SEGUE_DATA")
        .map_or_else(|| workspace().join("../shared/data"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: {} is absent; set SEGUE_DATA to measure",
        folder.display()
    );
    None
}

/// The public FAQ set, where the data folder is.
pub fn faq(split: &str, language: &str) -> Option<(Vec<Document>, Vec<Question>)> {
    let folder = data()?.join("faq_retrieval");
    let lines = |name: String| -> Vec<serde_json::Value> {
        read(&folder.join(name))
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    };
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap().to_owned();
    let docs = lines(format!("kb_{language}.jsonl"))
        .iter()
        .map(|doc| Document::new(text(doc, "doc_id"), text(doc, "text"), None))
        .collect();
    let questions = lines(format!("queries_{language}.{split}.jsonl"))
        .iter()
        .map(|row| Question {
            id: format!("{} {}", text(row, "id"), text(row, "kind")),
            query: text(row, "query"),
            article: (row["answerable"] == 1).then(|| text(row, "doc_id")),
        })
        .collect();
    Some((docs, questions))
}

/// The documents without past questions.
pub fn bare(docs: &[Document]) -> Vec<Document> {
    let without = |doc: &Document| doc.clone().with_questions(Vec::new());
    docs.iter().map(without).collect()
}

/// The documents with past questions, and those questions that none answered.
pub fn with_past(docs: &[Document], past: &[&Question]) -> (Vec<Document>, Vec<String>) {
    let queries = |id: Option<&str>| -> Vec<String> {
        let of_article = past.iter().filter(|q| q.article.as_deref() == id);
        of_article.map(|q| q.query.clone()).collect()
    };
    let docs = docs
        .iter()
        .map(|doc| doc.clone().with_questions(queries(Some(&doc.id))))
        .collect();
    (docs, queries(None))
}

/// Documents with past questions, unanswered ones, and what is asked of them.
pub type State = (Vec<Document>, Vec<String>, Vec<Question>);

/// Each fifth of the questions, with the other four as past questions.
pub fn held_out_by_past(
    docs: &[Document],
    questions: &[Question],
    has_outside: bool,
) -> Vec<State> {
    const PARTS: usize = 5;
    (0..PARTS)
        .map(|part| {
            let others: Vec<&Question> = questions
                .iter()
                .enumerate()
                .filter(|(at, q)| at % PARTS != part && (has_outside || q.article.is_some()))
                .map(|(_, question)| question)
                .collect();
            let (docs, outside) = with_past(docs, &others);
            let asked = questions.iter().skip(part).step_by(PARTS).cloned();
            (docs, outside, asked.collect())
        })
        .collect()
}
