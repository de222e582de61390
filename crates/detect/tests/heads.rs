//! What the heads say where the rules have nothing to say, or too much.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/talk.rs"]
mod talk;

use talk::check;

#[test]
fn one_rude_word_is_enough() {
    check(
        "frustration",
        true,
        r"
        you dimwit
        what a dumb bot
        You are so stupid!
        du bist echt blöd
        Du Vollidiot!
        you are useless
    ",
    );
    check(
        "frustration",
        false,
        r"
        are you a robot?
        Bist du ein Roboter?
        thanks, you are great
        yes please
        Guten Morgen
    ",
    );
}

#[test]
fn a_word_of_law_is_no_threat() {
    check(
        "compliance.legal_threat",
        false,
        r"
        is there a tennis court at the hotel?
        my lawyer needs the invoice for the tax return
        do you know a joke about lawyers?
        Welches Gericht könnt ihr empfehlen?
        justice bank account balance
    ",
    );
    check(
        "compliance.legal_threat",
        true,
        r"
        my lawyer will contact you tomorrow
        I will take you to court over this
        Mein Anwalt wird sich bei Ihnen melden
    ",
    );
}

#[test]
fn danger_is_heard_without_its_words() {
    check(
        "distress",
        true,
        r"
        my mother fell and can't get up, and the alarm button is dead
        wir haben seit zwei tagen keine heizung und ein baby
    ",
    );
}

#[test]
fn what_is_asked_about_or_not_wanted_is_not_found() {
    check(
        "topic.refund_return",
        false,
        r"
        what are your refund rules?
        I don't need a refund
    ",
    );
    check(
        "topic.cancel_close",
        true,
        r"
        I don't know how to cancel my subscription
    ",
    );
}

/// A wish for a person goes to the people of another subject only where the turn says so.
#[test]
fn a_plain_wish_for_a_person_has_no_other_subject() {
    let wishes = r"
        Ich möchte bitte mit einem Menschen sprechen
        Geben Sie mir bitte einen Mitarbeiter
        Kann ich mit einem Mitarbeiter reden?
        I would like to talk to a real person please
    ";
    check("opt_out", true, wishes);
    check("topic.privacy_data", false, wishes);
    check("topic.complaint", false, wishes);
    check(
        "topic.cancel_close",
        true,
        "Get me a person, I want to cancel my account",
    );
}
