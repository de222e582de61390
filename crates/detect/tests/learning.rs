//! Fitting on a handful of rows: the same rows give the same bytes, and what was
//! learned tells the rows apart.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_detect::concerns;
use segue_detect::concerns::learn::Question;
use segue_detect::heads::learn::{LearnError, Row, Task, learn};
use segue_detect::own::OwnHead;
use segue_detect::own::OwnHeadError::{Damaged, Signal, Unknown};
use segue_detect::risk::learn::{Dialogue, Prepared};
use segue_detect::{MoodLabel, own, sentiment};
use segue_model::turn::Role;

const COLORS: &[&str] = &["red", "blue", "green", "yellow", "violet", "brown", "white"];

fn task(name: &'static str) -> Task {
    Task {
        name,
        positive_weight: 1.0,
        say_of_sought: 1.0,
        stands_from: 0.9,
        miss_weight: 1.0,
    }
}

/// Bicycles are complaints, boats are not.
fn rows() -> Vec<Row> {
    let row = |thing: &str, color: &str, label| Row {
        text: format!(
            "the {color} {thing} stands by the door of number {}",
            color.len()
        ),
        source: if color.len().is_multiple_of(2) {
            "even"
        } else {
            "odd"
        }
        .to_owned(),
        is_sought: false,
        labels: vec![(0, label)],
    };
    let both = |color: &&str| [row("bicycle", color, true), row("boat", color, false)];
    COLORS.iter().flat_map(both).collect()
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let tasks = [task("topic.complaint")];
    let (one, two) = (
        learn(&tasks, &rows(), true).unwrap(),
        learn(&tasks, &rows(), true).unwrap(),
    );
    assert_eq!(one.bytes, two.bytes);
    let report = &one.reports[0];
    assert_eq!(report.counts, (7, 14));
    assert_eq!(report.auroc, Some(1.0));
}

#[test]
fn what_cannot_be_learned_is_refused() {
    let one_sided: Vec<Row> = rows().into_iter().filter(|row| row.labels[0].1).collect();
    assert_eq!(
        learn(&[task("topic.complaint")], &one_sided, false).unwrap_err(),
        LearnError::OneSided("topic.complaint".to_owned())
    );
    assert_eq!(
        learn(&[task("topic.bicycles")], &rows(), false).unwrap_err(),
        LearnError::Task("topic.bicycles".to_owned())
    );
}

#[test]
fn the_same_questions_give_the_same_table() {
    let question = |intent: usize, text: &str| Question {
        text: text.to_owned(),
        intent,
    };
    let questions = [
        question(0, "where is my parcel"),
        question(0, "has my package left the depot"),
        question(1, "the card was refused at the till"),
        question(1, "my card does not work in the shop"),
    ];
    assert_eq!(
        concerns::learn::learn(&questions),
        concerns::learn::learn(&questions)
    );
}

/// Whoever asks for a bicycle is put off and gets annoyed; boats are there.
fn dialogues() -> Vec<Dialogue> {
    let said = |role, text: &str| (role, text.to_owned(), false);
    let talk = |color: &str, is_annoyed: bool| Dialogue {
        turns: if is_annoyed {
            vec![
                said(Role::Customer, &format!("I want a {color} bicycle now")),
                said(Role::Assistant, "Sorry, I cannot do that."),
                said(Role::Customer, "no, this is useless"),
            ]
        } else {
            vec![
                said(Role::Customer, &format!("I look for a {color} boat please")),
                said(Role::Assistant, "Here it is."),
                said(Role::Customer, "great, thank you"),
            ]
        },
        is_annoyed: Some(is_annoyed),
        actions: Some(if is_annoyed { 9 } else { 2 }),
    };
    let both = |color: &&str| [talk(color, true), talk(color, false)];
    COLORS.iter().flat_map(both).collect()
}

#[test]
fn the_same_conversations_give_the_same_bytes_and_others_are_told_apart() {
    let dialogues = dialogues();
    let (one, two) = (Prepared::new(&dialogues), Prepared::new(&dialogues));
    assert_eq!(one.learn().0, two.learn().0);
    let parts: Vec<usize> = (0..dialogues.len()).map(|at| at / 2 % 2).collect();
    let judged = one.judged(&parts);
    let last = |at: usize| *judged[at].risks.last().unwrap();
    let first = |at: usize| judged[at].complexities[0];
    for pair in (0..dialogues.len()).step_by(2) {
        assert!(last(pair) > last(pair + 1), "{pair} {judged:?}");
        assert!(first(pair) > first(pair + 1), "{pair} {judged:?}");
    }
}

fn moods() -> Vec<sentiment::learn::Row> {
    let row = |text: String, label| sentiment::learn::Row {
        text,
        lang: "en".to_owned(),
        label,
        weights: (1.0, 1.0),
    };
    let of_color = |color: &&str| {
        [
            row(format!("the {color} box is zorb"), MoodLabel::Negative),
            row(format!("the {color} box is here"), MoodLabel::Neutral),
            row(format!("the {color} box is plim"), MoodLabel::Positive),
        ]
    };
    COLORS.iter().flat_map(of_color).collect()
}

#[test]
fn the_same_moods_give_the_same_bytes() {
    let word = |text: &str, lang: &str, mood| sentiment::learn::Word {
        text: text.to_owned(),
        lang: lang.to_owned(),
        mood,
    };
    let words = [
        word("affreux", "fr", -3.0),
        word("plim", "en", 2.0),
        // Good in one language and bad in another; more than one word; harmless elsewhere.
        word("zorbo", "it", 2.0),
        word("zorbo", "es", -2.0),
        word("a voir", "fr", 1.0),
        word("box", "de", -2.0),
    ];
    let learn = |rows: &[_]| sentiment::learn::learn(rows, Some(&words));
    let (one, two) = (learn(&moods()).unwrap(), learn(&moods()).unwrap());
    assert_eq!(one.bytes, two.bytes);
    assert_eq!(one.words, (1, 1));
    let one_sided: Vec<_> = moods().into_iter().step_by(3).collect();
    learn(&one_sided).unwrap_err();
}

#[test]
fn a_head_of_ones_own_tells_its_lines_apart() {
    let lines = |count: usize| -> Vec<(String, bool)> {
        let line = |at: usize| {
            let word = if at.is_multiple_of(2) { "zorb" } else { "plim" };
            (
                format!("the box {word} came on day {at}"),
                at.is_multiple_of(2),
            )
        };
        (0..count).map(line).collect()
    };
    let trained = own::learn::learn("sarcasm", &lines(200)).unwrap();
    assert!(trained.unseen.f1() > 0.99, "{}", trained.unseen.f1());
    let bytes = trained.head.write();
    assert_eq!(OwnHead::read(&bytes).unwrap(), trained.head);
    let other = own::learn::learn("sarcasm", &lines(200)).unwrap();
    assert_eq!(other.head.write(), bytes);

    let damaged = |bytes: &[u8]| OwnHead::read(bytes).unwrap_err();
    for length in [4, 12, 20, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(damaged(&bytes[..length]), Damaged, "{length}");
    }
    assert_eq!(damaged(&[&bytes[..], &[0]].concat()), Damaged);
    assert_eq!(damaged(b"{\"text\": 1}"), Unknown);
    let renamed: Vec<u8> = bytes
        .iter()
        .enumerate()
        .map(|(at, byte)| if at == 8 { b'x' } else { *byte })
        .collect();
    assert_eq!(damaged(&renamed), Signal);

    let refused = |signal: &str, count| own::learn::learn(signal, &lines(count)).unwrap_err();
    assert_eq!(
        refused("opt_out", 200),
        own::learn::LearnError::Signal("opt_out".to_owned())
    );
    assert_eq!(
        refused("sarcasm", 20),
        own::learn::LearnError::TooFew { yes: 10, no: 10 }
    );
}
