//! The topics of a workspace: matching and limits.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/talk.rs"]
mod talk;

use segue_detect::{Detector, Flow, Memory, Observed, TopicError, builtin_topics};
use segue_model::signal::{Reading, SignalName, SignalValue, Signals};
use segue_model::time::Timestamp;
use segue_model::topic::{TopicDefinition, TopicKey};
use segue_model::turn::{AnswerScores, Role, TurnNumber};
use talk::{Talk, present};

fn topic(phrases: &[&str], patterns: &[&str], except: &[&str]) -> TopicDefinition {
    let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
    TopicDefinition {
        phrases: owned(phrases),
        patterns: owned(patterns),
        except: owned(except),
        is_builtin_included: false,
    }
}

fn fires_own(definition: TopicDefinition, text: &str) -> bool {
    let key = TopicKey::from("own");
    let detector = Detector::new(&[(key.clone(), definition)]).expect("a topic within limits");
    let signals = Talk::with(detector).customer(text).signals();
    present(&signals, &SignalName::Topic(key)).value == SignalValue::Flag(true)
}

#[test]
fn a_workspace_has_its_own_topics() {
    let bikes = || {
        topic(
            &["cargo bike", "Lastenrad", "Größe"],
            &[r"\bwheel(s|chair)?\b", r"fr[aä]me\s+size"],
            &["toy"],
        )
    };
    for text in [
        "Do you repair a CARGO BIKE?",
        "mein lastenrad ist da",
        "Welche GROSSE?",
        "Welche Größe?",
        "my wheels squeak",
        "what Frame  size fits",
    ] {
        assert!(fires_own(bikes(), text), "{text}");
    }
    for text in [
        "cargo bikes2",
        "I don't want a cargo bike",
        "a cargo bike as a toy",
        "it says \"cargo bike\" on the label",
        "hello",
    ] {
        assert!(!fires_own(bikes(), text), "{text}");
    }
    assert!(!fires_own(
        topic(&["refund"], &[], &[]),
        "what is your refund policy?"
    ));
    assert!(fires_own(
        topic(&["refund policy"], &[], &[]),
        "what is your refund policy?"
    ));
    assert!(fires_own(topic(&["refund"], &[], &[]), "I need a refund"));
}

#[test]
fn a_definition_may_build_on_a_builtin_topic() {
    let key = TopicKey::from("refund_return");
    let read = |is_builtin_included| {
        let definition = TopicDefinition {
            is_builtin_included,
            phrases: vec!["store credit".into()],
            ..TopicDefinition::default()
        };
        let detector = Detector::new(&[(key.clone(), definition)]).expect("a topic within limits");
        let mut talk = Talk::with(detector);
        let refund = talk.customer("I want my money back").signals();
        let own = talk.customer("can I have store credit").signals();
        let is_set = |signals: &Signals| {
            present(signals, &SignalName::Topic(key.clone())).value == SignalValue::Flag(true)
        };
        (is_set(&refund), is_set(&own))
    };
    assert_eq!(read(true), (true, true));
    assert_eq!(read(false), (false, true));
    assert_eq!(builtin_topics().len(), 11);
    assert_eq!(
        Talk::new()
            .customer("hi")
            .signals()
            .read(&SignalName::Topic("own".into())),
        &Reading::Absent
    );
}

#[test]
fn topics_keep_their_limits() {
    let error =
        |definition: TopicDefinition| match Detector::new(&[(TopicKey::from("own"), definition)]) {
            Ok(_) => panic!("should not compile"),
            Err(error) => error,
        };
    let long = "a".repeat(513);
    assert!(matches!(
        error(topic(&[], &[&long], &[])),
        TopicError::TooLong { chars: 513, .. }
    ));
    assert!(matches!(
        error(topic(&[&long], &[], &[])),
        TopicError::TooLong { .. }
    ));
    assert!(matches!(
        error(topic(&[], &["(a{500}){500}"], &[])),
        TopicError::TooLarge { .. }
    ));
    assert!(matches!(
        error(topic(&[], &[r"(a)\1"], &[])),
        TopicError::Unreadable { .. }
    ));
    assert!(matches!(
        error(topic(&[], &["(unclosed"], &[])),
        TopicError::Unreadable { .. }
    ));
    assert!(matches!(
        error(topic(&[], &["a*"], &[])),
        TopicError::Empty { .. }
    ));
    assert!(matches!(
        error(topic(&[" "], &[], &[])),
        TopicError::Empty { .. }
    ));
    let many: Vec<String> = (0..201).map(|number| format!("word{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(matches!(
        error(topic(&[], &many, &[])),
        TopicError::TooMany { .. }
    ));
    let text = error(topic(&[], &["(unclosed"], &[])).to_string();
    assert_eq!(text, "topic `own`: pattern `(unclosed` cannot be read");
}

#[test]
fn topics_are_found_again_as_if_their_own_detector_had_read_the_turn() {
    let detector = |phrases: &[&str]| {
        let own = TopicKey::from("own");
        let shared = TopicKey::from("shared");
        let topics = [
            (own, topic(phrases, &[], &["toy"])),
            (shared, topic(&["invoice"], &[], &[])),
        ];
        Detector::new(&topics).expect("topics within limits")
    };
    let (bikes, wheels) = (
        detector(&["cargo bike"]),
        detector(&["wheel", "front wheel"]),
    );
    let texts = [
        "My cargo bike lost a wheel, here is the invoice",
        "a toy cargo bike with a wheel",
        "I don't want a wheel, I want a cargo bike",
        "Größe des \"wheel\"?",
        "hello",
        "",
    ];
    let scores = AnswerScores::default();
    let (mut shared, mut apart) = (Memory::default(), Memory::default());
    for (n, text) in texts.iter().enumerate() {
        let turn = Observed {
            number: TurnNumber(n as u32 + 1),
            role: Role::Customer,
            text,
            at: Timestamp(n as i64 * 20_000),
            scores: &scores,
            is_clarifying: false,
        };
        bikes.observe(&mut shared, &turn);
        wheels.observe(&mut apart, &turn);
        let before = bikes.signals(&shared, &Flow::default());
        let mut again = shared.clone();
        wheels.find_topics_again(&mut again, text);
        let flow = Flow::default();
        assert_eq!(
            wheels.signals(&again, &flow),
            wheels.signals(&apart, &flow),
            "{text}"
        );
        bikes.find_topics_again(&mut again, text);
        assert_eq!(bikes.signals(&again, &flow), before, "{text}");
    }
    let mut nothing = Memory::default();
    wheels.find_topics_again(&mut nothing, "a wheel");
    assert_eq!(wheels.signals(&nothing, &Flow::default()), Signals::new());
}
