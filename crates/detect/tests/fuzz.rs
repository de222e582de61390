//! Whatever is written, reading it ends in bounds: no panic, scores between 0 and 1,
//! evidence that lies in the text, and the same again for the same text.

#![allow(clippy::expect_used, clippy::panic)]

#[path = "support/talk.rs"]
mod talk;

use proptest::prelude::*;
use segue_model::signal::{Reading, Signals};
use talk::Talk;

/// What texts are put together from beside the words that rules look for: what is
/// folded, quoted, negated, joined or cut.
const ODDITIES: &[&str] = &[
    "",
    " ",
    "\n",
    "\n> ",
    "\"",
    "'",
    "`",
    "“",
    "”",
    "’",
    ".",
    "...",
    "?!",
    "!!!!",
    ",",
    ":",
    "(",
    "not",
    "nicht",
    "don't",
    "l'",
    "0",
    "12,50",
    "4,5.6",
    "3. Mai",
    "A",
    "AAAA",
    "aaaaaaaaaaaaaaaa",
    "\u{200B}",
    "\u{0301}",
    "\u{FE0F}",
    "\u{E0041}",
    "\u{202E}",
    "ﷺ",
    "🙄",
    "👩‍👩‍👧",
    "ß",
    "İ",
    "ǅ",
    "人工客服",
    "オペレーター",
    "оператор",
    "مندوب",
    "\u{0}",
    "\u{7f}",
    "=)",
    ":((",
];

/// The words of the rules, as they stand there.
fn rule_words() -> Vec<&'static str> {
    const RULES: &str = include_str!("../data/rules.txt");
    let lines = RULES.lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| line.split(|it: char| !it.is_alphanumeric() && it != '\''));
    words.filter(|word| !word.is_empty()).collect()
}

fn text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        4 => prop::sample::select(rule_words()).prop_map(str::to_owned),
        2 => prop::sample::select(ODDITIES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|it| it.to_string()),
        1 => "[a-zA-Z0-9]{1,20}",
    ];
    let separator = prop::sample::select(&[" ", " ", " ", "", "\n", ". ", ", "][..]);
    let part = (fragment, separator, 1_usize..4);
    let part = part
        .prop_map(|(fragment, separator, times)| format!("{fragment}{separator}").repeat(times));
    let parts = prop_oneof![
        8 => prop::collection::vec(part.clone(), 0..40),
        1 => prop::collection::vec(part, 0..2_000),
    ];
    parts.prop_map(|parts| parts.concat())
}

fn read(texts: &[String]) -> Signals {
    let mut talk = Talk::new();
    for text in texts {
        talk.customer(text).assistant(text);
    }
    talk.signals()
}

proptest! {
    #[test]
    fn any_text_is_read_in_bounds(texts in prop::collection::vec(text(), 1..4)) {
        let signals = read(&texts);
        for (kind, reading) in signals.iter() {
            let Reading::Present(signal) = reading else { continue };
            prop_assert!((0.0..=1.0).contains(&signal.score), "{kind:?} {}", signal.score);
            for place in &signal.evidence {
                let place = place.start as usize..place.end as usize;
                prop_assert!(texts.iter().any(|text| text.get(place.clone()).is_some()));
            }
        }
        prop_assert_eq!(read(&texts), signals);
    }
}
