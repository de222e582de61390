//! What shows over several turns.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/talk.rs"]
mod talk;

use segue_detect::{Flow, Memory};
use segue_model::signal::{Reading, SignalKind, SignalName};
use segue_model::turn::{AnswerScores, Retrieved, Role, ToolCall, ToolStatus, TurnNumber};
use talk::{Talk, present};

#[test]
fn mood_is_followed_over_turns() {
    let mut talk = Talk::new();
    talk.customer("Great, I love your service!");
    assert_eq!(talk.number(SignalKind::SentimentTrend), 0.0);
    talk.customer("Hm, this is not good")
        .assistant("Try this.")
        .customer("this is terrible and awful");
    assert!(talk.number(SignalKind::SentimentTrend) <= -0.25);
    assert_eq!(talk.number(SignalKind::NegativeStreak), 2.0);
    talk.customer("I hate this");
    assert_eq!(talk.number(SignalKind::NegativeStreak), 3.0);
    assert_eq!(talk.number(SignalKind::NegativeMinutes), 3.0);
    talk.customer("thank you, perfect");
    assert_eq!(talk.number(SignalKind::NegativeStreak), 0.0);
    assert_eq!(talk.number(SignalKind::NegativeMinutes), 0.0);
}

fn repeats(turns: &str) -> Vec<f64> {
    let mut talk = Talk::new();
    let turns = turns.lines().map(str::trim).filter(|text| !text.is_empty());
    turns
        .map(|text| {
            talk.customer(text)
                .assistant("Let me see what I can find on this.")
                .number(SignalKind::RepeatCount)
        })
        .collect()
}

#[test]
fn the_same_concern_in_other_words_is_counted() {
    let count = |turns: &str, expected: f64| {
        let counts = repeats(turns);
        assert_eq!(
            counts.iter().copied().fold(0.0, f64::max),
            expected,
            "{turns}: {counts:?}"
        );
    };
    count(
        "
        my card keeps getting declined
        the payment with my credit card fails
        still can't pay, card refused
    ",
        3.0,
    );
    count(
        "
        I can't sign in to my account
        login does not work
        it is impossible to log in
    ",
        3.0,
    );
    count(
        "
        where is my parcel?
        my package has not been delivered yet
        when will the delivery of my package arrive
    ",
        3.0,
    );
    count(
        "
        Meine Karte wird abgelehnt
        Die Zahlung mit der Karte funktioniert nicht
        Die Karte funktioniert nicht beim Bezahlen
    ",
        3.0,
    );
    // Other questions in between do not break the chain.
    count(
        "
        how do I export my invoices
        what are your opening hours
        I want to export invoices
        can you ship to Norway
        please explain the export of invoices
    ",
        3.0,
    );
}

#[test]
fn different_questions_are_not_counted() {
    let at_most_two = |turns: &str| {
        let counts = repeats(turns);
        assert!(
            counts.iter().all(|count| *count < 3.0),
            "{turns}: {counts:?}"
        );
    };
    at_most_two(
        "
        how do I change my email address
        where is my parcel
        can I get an invoice for March
    ",
    );
    at_most_two(
        "
        my order is 12345
        it is 12345
        the number is 12345
    ",
    );
    at_most_two("yes\nyes\nyes\nno\nok");
    at_most_two(
        "
        what does the premium plan cost
        does the app run on Linux
        which countries do you deliver to
        how do I invite a colleague
    ",
    );
    // Solved in between: the next attempt begins anew.
    at_most_two(
        "
        my card keeps getting declined
        my card was declined again
        that worked, thanks
        my card keeps getting declined
    ",
    );
}

#[test]
fn a_repeat_names_the_earlier_turns() {
    let mut talk = Talk::new();
    talk.customer("my card was declined")
        .assistant("Please try again.")
        .customer("my card gets declined");
    let signal = present(&talk.signals(), &SignalName::Kind(SignalKind::RepeatCount));
    assert_eq!(
        signal.evidence.iter().map(|it| it.turn).collect::<Vec<_>>(),
        [TurnNumber(1)]
    );
}

#[test]
fn a_rejected_answer_given_again_is_counted() {
    let answer = "You can reset your password on the sign-in page under the link Forgot password.";
    let mut talk = Talk::new();
    talk.customer("how do I get in").assistant(answer);
    assert_eq!(talk.number(SignalKind::AnswerRepeat), 0.0);
    talk.customer("that didn't help").assistant(answer);
    assert_eq!(talk.number(SignalKind::AnswerRepeat), 1.0);
    talk.customer("still the same").assistant(
        "You can reset your password on the sign-in page, under the link Forgot password",
    );
    assert_eq!(talk.number(SignalKind::AnswerRepeat), 2.0);
    talk.customer("thanks, that worked");
    assert_eq!(talk.number(SignalKind::AnswerRepeat), 0.0);

    let mut other = Talk::new();
    other
        .customer("how do I get in")
        .assistant(answer)
        .customer("that didn't help");
    other.assistant("Our shop in Lyon opens at nine and closes at six on weekdays.");
    assert_eq!(other.number(SignalKind::AnswerRepeat), 0.0);
}

#[test]
fn promises_of_a_person_are_seen() {
    let promises = |text: &str| {
        Talk::new()
            .customer("help me please")
            .assistant(text)
            .number(SignalKind::ImpliedPromise)
    };
    for text in [
        "I'll hand you over to a colleague now.",
        "Someone from our team will call you within the hour.",
        "Let me connect you with an agent.",
        "I have created a ticket for you.",
        "Ich verbinde Sie mit einem Mitarbeiter.",
        "Un agente se comunicará con usted, alguien lo llamará pronto.",
    ] {
        assert_eq!(promises(text), 1.0, "{text}");
    }
    for text in [
        "You can reset the password on the sign-in page.",
        "Would you like me to connect you with an agent?",
        "I cannot transfer you to an agent.",
        "You can call us from 9 to 5.",
    ] {
        assert_eq!(promises(text), 0.0, "{text}");
    }
}

#[test]
fn complexity_grows_with_steps_and_systems() {
    let complexity = |text: &str| Talk::new().customer(text).number(SignalKind::Complexity);
    let simple = complexity("how do I reset my password");
    let middle = complexity("cancel my subscription and refund the last invoice");
    let high = complexity(
        "Please migrate our account to the new workspace, update the billing plan, then connect the webhook to \
         Salesforce and delete the old users, except if the invoices 1042 and 1043 are still open",
    );
    assert!(simple < middle && middle < high, "{simple} {middle} {high}");
    assert!(simple < 0.2 && high > 0.6, "{simple} {high}");
    assert_eq!(complexity("hello"), 0.0);
}

#[test]
fn what_nobody_supplied_is_absent() {
    let mut talk = Talk::new();
    assert_eq!(talk.signals().iter().count(), 0);
    talk.customer("where is my parcel");
    for kind in [
        SignalKind::AnswerConfidence,
        SignalKind::RetrievalConfidence,
        SignalKind::QueryDistance,
        SignalKind::OutOfScope,
        SignalKind::ToolFailure,
        SignalKind::ImpliedPromise,
    ] {
        assert_eq!(
            talk.signals().get(kind),
            &Reading::Absent,
            "{}",
            kind.name()
        );
    }
    talk.assistant("It is on its way.");
    assert_eq!(
        talk.signals().get(SignalKind::AnswerConfidence),
        &Reading::Absent
    );
    assert_eq!(
        talk.signals().get(SignalKind::ToolFailure),
        &Reading::Absent
    );
}

#[test]
fn the_assistants_scores_are_read() {
    let found = |id: &str, score| Retrieved {
        version: None,
        id: id.into(),
        score,
        title: None,
    };
    let call = |status| ToolCall {
        name: "orders".into(),
        status,
        ms: 10,
    };
    let scores = AnswerScores {
        confidence: Some(0.7),
        retrieval: vec![found("a", 0.4), found("b", 0.6)],
        query_distance: Some(0.2),
        out_of_scope: Some(0.1),
        tool_calls: vec![call(ToolStatus::Ok), call(ToolStatus::Timeout)],
        is_fallback: false,
        is_courtesy: false,
    };
    let mut talk = Talk::new();
    talk.customer("where is my parcel")
        .turn(Role::Assistant, "It is on its way.", &scores, false);
    assert_eq!(talk.number(SignalKind::AnswerConfidence), 0.7);
    assert_eq!(talk.number(SignalKind::RetrievalConfidence), 0.6);
    assert_eq!(talk.number(SignalKind::QueryDistance), 0.2);
    assert_eq!(talk.number(SignalKind::OutOfScope), 0.1);
    assert_eq!(talk.number(SignalKind::ToolFailure), 1.0);
    // Without a list of what was found, the confidence stands for it.
    let scores = AnswerScores {
        confidence: Some(0.3),
        tool_calls: vec![call(ToolStatus::Ok)],
        ..AnswerScores::default()
    };
    talk.customer("and now?")
        .turn(Role::Assistant, "It is on its way.", &scores, false);
    assert_eq!(talk.number(SignalKind::RetrievalConfidence), 0.3);
    assert_eq!(talk.number(SignalKind::ToolFailure), 0.0);
    // They belong to the customer turn before them.
    talk.customer("thanks");
    assert_eq!(
        talk.signals().get(SignalKind::AnswerConfidence),
        &Reading::Absent
    );
}

#[test]
fn fallbacks_and_turns_are_counted() {
    let mut talk = Talk::new();
    talk.customer("first question here")
        .fallback()
        .customer("second question here");
    assert_eq!(talk.number(SignalKind::FallbackStreak), 1.0);
    assert_eq!(talk.number(SignalKind::TurnCount), 2.0);
    talk.turn(
        Role::Assistant,
        "Do you mean A or B?",
        &AnswerScores::default(),
        true,
    );
    // The answer is judged by the streak before it.
    assert_eq!(talk.number(SignalKind::FallbackStreak), 1.0);
    talk.customer("I mean B").assistant("B works like this.");
    assert_eq!(talk.number(SignalKind::FallbackStreak), 2.0);
    talk.customer("what about C");
    assert_eq!(talk.number(SignalKind::FallbackStreak), 0.0);
    talk.fallback().turn(
        Role::Agent,
        "Hello, I take over.",
        &AnswerScores::default(),
        false,
    );
    assert_eq!(talk.number(SignalKind::FallbackStreak), 0.0);
    talk.flow = Flow {
        hand_backs: 2,
        is_assistant_timed_out: true,
    };
    assert_eq!(talk.number(SignalKind::HandBackCount), 2.0);
    assert_eq!(talk.number(SignalKind::AssistantTimeout), 1.0);
}

#[test]
fn risk_rises_with_trouble_and_decays_slowly() {
    let mut talk = Talk::new();
    let calm = talk
        .customer("where is my parcel")
        .number(SignalKind::EscalationRisk);
    let stuck = talk
        .fallback()
        .customer("that didn't help, where is my parcel")
        .fallback()
        .number(SignalKind::EscalationRisk);
    let after = talk
        .customer("ok")
        .assistant("Anything else?")
        .number(SignalKind::EscalationRisk);
    let asked = Talk::new()
        .customer("let me talk to a person")
        .number(SignalKind::EscalationRisk);
    assert!(
        calm < 0.1 && stuck > 0.4 && asked > 2.0 * calm,
        "{calm} {stuck} {asked}"
    );
    assert!(
        after >= 0.7 * stuck - 1e-9 && after <= stuck,
        "{after} after {stuck}"
    );
}

#[test]
fn hostile_texts_are_read_in_bounds() {
    let texts = [
        "\u{200B}".repeat(1_000),
        "\"".repeat(5_001),
        "'a ".repeat(5_000),
        "talk to ".repeat(4_000),
        "are you a human policy talk to an agent fraud ".repeat(350),
        "please ".repeat(2_300),
        "\"agent\" ".repeat(2_000),
        "damn :( ".repeat(2_000),
        "ﷺ".repeat(3_000),
        "🙄".repeat(5_000),
        "a\u{0301}".repeat(9_000),
        "\u{E0041}".repeat(5_000),
        String::new(),
    ];
    for text in &texts {
        let signals = Talk::new()
            .customer(text)
            .assistant(text)
            .customer(text)
            .signals();
        for (_, reading) in signals.iter() {
            let Reading::Present(signal) = reading else {
                panic!("not measured")
            };
            assert!((0.0..=1.0).contains(&signal.score));
            for place in &signal.evidence {
                assert!(text.get(place.start as usize..place.end as usize).is_some());
            }
        }
    }
}

#[test]
fn the_same_turns_give_the_same_signals() {
    let run = || {
        let mut talk = Talk::new();
        talk.customer("my card was declined")
            .fallback()
            .customer("card refused again, I am angry");
        talk.signals()
    };
    assert_eq!(run(), run());
}

#[test]
fn the_memory_is_bounded() {
    let mut talk = Talk::new();
    for number in 0..200 {
        talk.customer(&format!(
            "question number {number} about the export of invoices and the card"
        ));
        talk.assistant("Please look at the export page of the dashboard for this.");
    }
    // What is behind pointers is bounded by the ring sizes; see `Memory`.
    assert!(std::mem::size_of::<Memory>() < 1_024);
    assert!(talk.number(SignalKind::RepeatCount) <= 9.0);
}
