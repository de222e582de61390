//! Asking again: one line of an agent against what is known, and the labelled set
//! `challenge/packets/reask.jsonl`: the half that nothing was written for must reach
//! precision .9 and recall .8 (science §1.2).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;

use segue_detect::measure::Confusion;
use serde_json::Value;

use segue_detect::reask::{self, Slot, Slots};

/// What the customer and the assistant said before the handoff.
fn known() -> Slots {
    let mut known = Slots::default();
    known
        .learn("Hi, my order 48213 was charged twice, 49.00 EUR each. My mail is kim@example.com.");
    known.learn("I get error 402 in Firefox, and I already cleared the cache.");
    known
}

#[derive(Debug, PartialEq)]
enum Is {
    /// Nothing is asked again.
    Fine,
    /// Starts from nothing.
    Generic,
    /// Asks for something known.
    Suspected(Slot),
    /// Says the value itself.
    Quoted(Slot),
    /// Checks who it is, and says so.
    Verified(Slot),
}

fn check(line: &str, expected: Is) {
    let heard = reask::hear(line, &known(), true);
    let found = Slot::ALL.into_iter().find_map(|slot| {
        if heard.suspected.contains(slot) {
            Some(Is::Suspected(slot))
        } else if heard.verified.contains(slot) {
            Some(Is::Verified(slot))
        } else if heard.quoted.contains(slot) {
            Some(Is::Quoted(slot))
        } else {
            None
        }
    });
    let found = if heard.is_generic {
        Is::Generic
    } else {
        found.unwrap_or(Is::Fine)
    };
    assert_eq!(found, expected, "{line}");
}

#[test]
fn generic_openings_ask_again() {
    for line in [
        "Hello! How can I help you today?",
        "Hi Kim, how may I assist you?",
        "What's the problem?",
        "What seems to be the issue here?",
        "Please describe the issue.",
        "Could you tell me more about the problem?",
        "Thanks for waiting. Can you explain your issue?",
        "What can I do for you?",
        "Guten Tag, wie kann ich Ihnen helfen?",
        "Hallo Kim! Womit kann ich dir weiterhelfen?",
        "Worum geht es denn?",
        "Was kann ich für Sie tun?",
        "Bitte beschreiben Sie kurz das Problem.",
        "Können Sie mir Ihr Anliegen noch einmal schildern?",
    ] {
        check(line, Is::Generic);
    }
}

#[test]
fn offers_at_the_end_do_not() {
    for line in [
        "Is there anything else I can help you with?",
        "What else can I do for you?",
        "Let me know how I can help further.",
        "I see what the problem is.",
        "I'll refund the second charge right away.",
        "Kann ich sonst noch etwas für Sie tun?",
        "Das Problem ist jetzt behoben.",
        "Your account is active again. Have a good day!",
    ] {
        check(line, Is::Fine);
    }
}

#[test]
fn a_known_value_is_asked_for() {
    check(
        "Can you give me your order number?",
        Is::Suspected(Slot::Reference),
    );
    check("Which order is it?", Is::Suspected(Slot::Reference));
    check(
        "Please send me the invoice number.",
        Is::Suspected(Slot::Reference),
    );
    check("I need your order ID.", Is::Suspected(Slot::Reference));
    check(
        "Sure, could you share your e-mail address?",
        Is::Suspected(Slot::Email),
    );
    check(
        "What error message do you see?",
        Is::Suspected(Slot::ErrorCode),
    );
    check("How much were you charged?", Is::Suspected(Slot::Amount));
    check("Which browser are you using?", Is::Suspected(Slot::Device));
    check("What have you tried so far?", Is::Suspected(Slot::Tried));
    check(
        "Have you tried clearing the cache?",
        Is::Suspected(Slot::Tried),
    );
    check(
        "Wie lautet Ihre Bestellnummer?",
        Is::Suspected(Slot::Reference),
    );
    check(
        "Könnten Sie mir bitte Ihre E-Mail-Adresse nennen",
        Is::Suspected(Slot::Email),
    );
    check(
        "Welche Fehlermeldung erscheint?",
        Is::Suspected(Slot::ErrorCode),
    );
    check("Welchen Browser nutzen Sie?", Is::Suspected(Slot::Device));
    check("Wie viel wurde abgebucht?", Is::Suspected(Slot::Amount));
    check(
        "Haben Sie schon den Cache gelöscht?",
        Is::Suspected(Slot::Tried),
    );
}

#[test]
fn a_quoted_value_is_a_confirmation() {
    check(
        "Is it still order number 48213?",
        Is::Quoted(Slot::Reference),
    );
    check(
        "Is kim@example.com the right e-mail?",
        Is::Quoted(Slot::Email),
    );
    check(
        "Does the error code 402 still show?",
        Is::Quoted(Slot::ErrorCode),
    );
    check(
        "How much was it, the 49 EUR twice?",
        Is::Quoted(Slot::Amount),
    );
    check(
        "What browser version is it, still Firefox?",
        Is::Quoted(Slot::Device),
    );
    check(
        "I see you have already tried the cache, did you try it twice?",
        Is::Quoted(Slot::Tried),
    );
    check(
        "Geht es um die Bestellnummer 48213?",
        Is::Quoted(Slot::Reference),
    );
}

#[test]
fn a_check_of_identity_is_no_reask() {
    check(
        "For your security, could you confirm your e-mail address?",
        Is::Verified(Slot::Email),
    );
    check(
        "To verify your account I need your e-mail.",
        Is::Verified(Slot::Email),
    );
    check(
        "Zur Sicherheit: Wie lautet Ihre E-Mail-Adresse?",
        Is::Verified(Slot::Email),
    );
}

#[test]
fn near_misses_are_fine() {
    for line in [
        // Not a question.
        "I have your order number and the error code in front of me.",
        "I looked at your e-mail address: it is correct.",
        // A new step is a new question.
        "Have you tried another browser?",
        "Haben Sie schon einen anderen Browser probiert?",
        // Something that is not known.
        "What is your date of birth?",
        "Could you send me a screenshot?",
        "Shall I cancel the order?",
    ] {
        check(line, Is::Fine);
    }
}

#[test]
fn nothing_known_nothing_asked_again() {
    let heard = reask::hear("What is your order number?", &Slots::default(), false);
    assert_eq!(heard, reask::Heard::default());
    let heard = reask::hear("How can I help you?", &Slots::default(), false);
    assert!(!heard.is_generic);
}

fn check_repeat(question: &str, answer: &str, expected: bool) {
    let suspected = reask::hear(question, &known(), true).suspected;
    assert!(!suspected.is_empty(), "{question}");
    assert_eq!(
        reask::repeats(answer, &known(), suspected),
        expected,
        "{answer}"
    );
}

#[test]
fn the_answer_confirms() {
    let order = "What is your order number?";
    check_repeat(order, "48213", true);
    check_repeat(order, "It's #48213, as I said", true);
    check_repeat(order, "ORD-48213.", true);
    check_repeat(order, "It is another one, 99120", false);
    check_repeat(order, "I do not have it here", false);
    // Another known value is no answer to this question.
    check_repeat(order, "kim@example.com", false);
    check_repeat("What is your e-mail?", "Kim@Example.com", true);
    check_repeat("What is your e-mail?", "now it is lee@example.com", false);
    check_repeat("Which error code?", "still 402", true);
    check_repeat("Which error code?", "now 500", false);
    check_repeat("How much were you charged?", "€49,00 twice", true);
    check_repeat("How much were you charged?", "49 euros", true);
    check_repeat("Which browser are you using?", "Firefox, on a laptop", true);
    check_repeat(
        "What have you tried so far?",
        "I cleared my cache like I told the bot",
        true,
    );
    check_repeat("What have you tried so far?", "nothing more", false);
    check_repeat(
        "Wie lautet Ihre Bestellnummer?",
        "Die 48213 natürlich",
        true,
    );
}

#[test]
fn a_first_line_acknowledges() {
    assert!(reask::acknowledges(
        "Hi Kim, I see order 48213 was charged twice.",
        &known()
    ));
    assert!(reask::acknowledges("Let us look at that 402.", &known()));
    assert!(!reask::acknowledges("Hi Kim, one moment please.", &known()));
}

#[test]
fn values_are_the_same_however_they_are_written() {
    let same = |first: &str, second: &str, slot: Slot| {
        let mut known = Slots::default();
        known.learn(first);
        let mut suspected = reask::SlotSet::default();
        suspected.insert(slot);
        assert!(known.is_filled(slot), "{first}");
        assert!(
            reask::repeats(second, &known, suspected),
            "{first} / {second}"
        );
    };
    same(
        "Invoice INV-20931 is wrong",
        "invoice number 20931",
        Slot::Reference,
    );
    same(
        "Rechnung Nr. 88-1234 stimmt nicht",
        "88-1234",
        Slot::Reference,
    );
    same("the code is 0x80070005", "0x80070005!", Slot::ErrorCode);
    same(
        "ERR_CONNECTION_RESET all the time",
        "err_connection_reset",
        Slot::ErrorCode,
    );
    same("a 402er Fehler kommt", "Fehler 402", Slot::ErrorCode);
    same("you took $1,299.00 from me", "1299 dollars", Slot::Amount);
    same("Es wurden 1.299,50 € abgebucht", "1299,5 EUR", Slot::Amount);
    same(
        "ich habe neu gestartet",
        "ein Neustart hilft nicht",
        Slot::Tried,
    );
}

fn labelled(split: &str) -> Vec<(Value, bool)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../challenge/packets/reask.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let rows = rows.filter(|row: &Value| row["split"] == split);
    rows.map(|row| {
        let mut known = Slots::default();
        for said in row["before"].as_array().unwrap() {
            known.learn(said.as_str().unwrap());
        }
        let heard = reask::hear(row["text"].as_str().unwrap(), &known, true);
        (row, heard.is_generic || !heard.suspected.is_empty())
    })
    .collect()
}

#[test]
fn the_labelled_set() {
    for split in ["train", "test"] {
        let mut all = Confusion::default();
        let mut wrong = String::new();
        for (row, is_reask) in labelled(split) {
            let expected = row["label"] == 1;
            all.add(expected, is_reask);
            if expected != is_reask && split == "train" {
                wrong += &format!("{} {}: {}\n", row["lang"], row["kind"], row["text"]);
            }
        }
        println!(
            "{split}: P {:.3} R {:.3}\n{wrong}",
            all.precision(),
            all.recall()
        );
        assert!(
            all.precision() >= 0.9,
            "{split}: precision {:.3}",
            all.precision()
        );
        assert!(all.recall() >= 0.8, "{split}: recall {:.3}", all.recall());
    }
}
