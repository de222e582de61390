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
            id: text(row, "id"),
            query: text(row, "query"),
            article: (row["answerable"] == 1).then(|| text(row, "doc_id")),
        })
        .collect();
    Some((docs, questions))
}
