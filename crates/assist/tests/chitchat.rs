//! The recipe of the small-talk model: fits it on the train splits of public sets and compares
//! with `models/assist-chitchat.bin`. `SEGUE_BLESS=1` writes the file instead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use common::{data, is_blessing, workspace};
use segue_assist::calibrate::fit_chitchat;
use segue_assist::chitchat;
use serde_json::Value;

/// Most rows taken of one set, so that none drowns the others.
const ROWS_MAX: usize = 2_500;
/// How far a weight may differ from the file, in 1/127 of the greatest: mathematical functions
/// differ in the last digit between platforms.
const TOLERANCE: u8 = 1;

fn rows(folder: &Path, file: &str) -> Vec<Value> {
    let plain = folder.join(format!("{file}.jsonl"));
    let text = if plain.exists() {
        std::fs::read_to_string(plain).unwrap()
    } else {
        let packed = std::fs::File::open(folder.join(format!("{file}.jsonl.gz"))).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed)
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn texts(rows: &[Value], is_wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    rows.iter()
        .filter(|row| is_wanted(row))
        .filter_map(|row| row.get("text").or_else(|| row.get("query"))?.as_str())
        .map(str::to_owned)
        .collect()
}

/// Evenly spread over the set, which is sorted by intent.
fn at_most(texts: Vec<String>) -> Vec<String> {
    let step = texts.len().div_ceil(ROWS_MAX).max(1);
    texts.into_iter().step_by(step).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// What people say for fun, and what they ask companies.
fn corpus(data: &Path) -> (Vec<String>, Vec<String>) {
    let is_off_topic = |row: &Value| row["kind"] == "off_topic";
    let faq = |language: &str| {
        rows(
            &data.join("faq_retrieval"),
            &format!("queries_{language}.train"),
        )
    };
    let mut small_talk = texts(&faq("en"), is_off_topic);
    small_talk.extend(texts(&faq("de"), is_off_topic));
    let clinc = rows(&data.join("clinc150"), "train");
    small_talk.extend(texts(&clinc, |row| {
        row["domain"] == "small_talk" || row["intent"] == "oos"
    }));
    // Of the English questions to the company of `faq_retrieval` none is taken: the model knows
    // what small talk is, not what that company's articles are about. There is no other German
    // set; its questions are taken without the words they share with the English articles, which
    // are the names of products.
    let articles = texts(&rows(&data.join("faq_retrieval"), "kb_en"), |_| true).join(" ");
    let names: BTreeSet<String> = words(&articles).collect();
    let mut business: Vec<String> = texts(&faq("de"), |row| !is_off_topic(row))
        .iter()
        .map(|text| {
            let kept: Vec<String> = words(text).filter(|word| !names.contains(word)).collect();
            kept.join(" ")
        })
        .collect();
    for set in ["banking77", "bitext", "natcs", "abcd_intents", "nlupp"] {
        business.extend(at_most(texts(&rows(&data.join(set), "train"), |_| true)));
    }
    (small_talk, business)
}

#[test]
fn the_model_follows_from_its_sets() {
    let Some(data) = data() else { return };
    let (small_talk, business) = corpus(&data);
    println!(
        "{} texts of small talk, {} of business",
        small_talk.len(),
        business.len()
    );
    let fitted = fit_chitchat(&small_talk, &business);
    let path = workspace().join("models/assist-chitchat.bin");
    if is_blessing() {
        std::fs::write(&path, &fitted).unwrap();
        return;
    }
    let committed = std::fs::read(&path).unwrap();
    assert_eq!(committed.len(), fitted.len());
    for (old, new) in committed.iter().zip(&fitted).skip(8) {
        let apart = old.cast_signed().abs_diff(new.cast_signed());
        assert!(apart <= TOLERANCE, "fit again with SEGUE_BLESS=1");
    }
}

#[test]
fn small_talk_is_told_from_business() {
    for said in [
        "do you like pizza or pasta more?",
        "who would win, a bear or a shark",
        "are you married?",
        "sing something for me",
        "magst du Katzen?",
    ] {
        assert!(chitchat(said) > 0.5, "{said}: {}", chitchat(said));
    }
    for said in [
        "where is my parcel",
        "the invoice shows the wrong address",
        "how do I reset my password?",
        "my card was declined",
        "",
    ] {
        assert!(chitchat(said) < 0.5, "{said}: {}", chitchat(said));
    }
}

/// On questions nobody has fitted on: the dev rows.
#[test]
fn it_orders_unseen_questions() {
    let Some(data) = data() else { return };
    for (language, least) in [("en", 0.93), ("de", 0.97)] {
        let dev = rows(
            &data.join("faq_retrieval"),
            &format!("queries_{language}.dev"),
        );
        let scores = |kind: &str| -> Vec<f64> {
            texts(&dev, |row| row["kind"] == kind)
                .iter()
                .map(|text| chitchat(text))
                .collect()
        };
        let (off, on) = (scores("off_topic"), scores("in_kb"));
        let won: f64 = off
            .iter()
            .flat_map(|a| on.iter().map(move |b| f64::from(u8::from(a > b))))
            .sum();
        let auroc = won / (off.len() * on.len()) as f64;
        println!("{language}: AUROC off_topic against in_kb {auroc:.4}");
        assert!(auroc >= least);
    }
}
