//! Whether a message is the workspace's business, on texts made up for it.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use segue_detect::Scope;

const INTENTS: &[(&str, &str)] = &[
    ("parcel", "where is my parcel"),
    ("invoice", "send me the invoice"),
    ("refund", "refund the broken lamp"),
    ("password", "reset the password of my account"),
    ("opening", "when does the shop open"),
    ("color", "does the chair come in another color"),
];
const FRAMES: &[&str] = &[
    "{}",
    "hello, {}",
    "please {}",
    "{} please",
    "can you tell me: {}?",
    "I would like to know {}",
    "{} today",
    "one question, {}",
    "{} thanks",
    "{} as soon as you can",
];
const FOREIGN: &[&str] = &[
    "who won the football match yesterday",
    "write a poem about the sea",
    "what is the capital of Peru",
];

fn examples() -> Vec<(&'static str, String)> {
    let pairs = INTENTS.iter().flat_map(|(intent, text)| {
        FRAMES
            .iter()
            .map(move |frame| (*intent, frame.replace("{}", text)))
    });
    pairs.collect()
}

fn fitted(outside: &[&str]) -> Option<Scope> {
    let examples = examples();
    let examples: Vec<(&str, &str)> = examples
        .iter()
        .map(|(intent, text)| (*intent, text.as_str()))
        .collect();
    Scope::with_outside(&examples, outside)
}

#[test]
fn what_resembles_the_examples_belongs_and_the_rest_does_not() {
    let scope = fitted(&[]).unwrap();
    let known: Vec<f64> = [
        "Hi! Where is my parcel?",
        "reset my password",
        "an invoice please",
    ]
    .iter()
    .map(|text| scope.score(text))
    .collect();
    for text in FOREIGN {
        let foreign = scope.score(text);
        assert!(
            (0.0..=1.0).contains(&foreign) && foreign > 0.5,
            "{text}: {foreign}"
        );
        for known in &known {
            assert!(*known < foreign, "{text}: {foreign} beside {known}");
        }
    }
    assert!(scope.score("hello, can you tell me: where is my parcel?") < 0.5);
    assert!(scope.score("").is_finite());
}

#[test]
fn near_misses_are_told_by_examples_of_them() {
    let near: Vec<String> = FRAMES
        .iter()
        .map(|frame| frame.replace("{}", "send me the parcel of a friend"))
        .collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let (alone, told) = (fitted(&[]).unwrap(), fitted(&near).unwrap());
    let text = "hi, send me the parcel of a friend";
    assert!(told.score(text) > alone.score(text) && told.score(text) > 0.5);
    assert!(told.score("hi, where is my parcel") < 0.5);
}

#[test]
fn the_same_examples_give_the_same_scores() {
    let (first, second) = (fitted(FOREIGN).unwrap(), fitted(FOREIGN).unwrap());
    for text in FOREIGN.iter().chain(&["where is it"]) {
        assert_eq!(first.score(text).to_bits(), second.score(text).to_bits());
    }
}

#[test]
fn too_little_to_compare_with_is_said() {
    assert!(Scope::new(&[("parcel", "where is my parcel")]).is_none());
    let one: Vec<(&str, &str)> = (0..100).map(|_| ("parcel", "where is my parcel")).collect();
    assert!(Scope::new(&one).is_none());
}
