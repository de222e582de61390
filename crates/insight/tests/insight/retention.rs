//! Context retention and its evidence, from the log.

use segue_insight::Dashboard;

use crate::log::{Log, NOON, dashboard};

fn asked() -> Log {
    Log::live(1, NOON)
        .customer("My order 48213 was charged twice")
        .assistant("Please see the article on refunds.")
        .customer("That does not help, a person please")
        .ask("opt_out", "billing")
        .accept()
}

/// `(retained, of, opened, dwelled, no_reask, acknowledged)`
fn check(log: Log, expected: (u32, u32, [u32; 4])) {
    let board = dashboard(&[log]);
    let retention = &board.context_retention;
    let found = (retention.numerator, retention.denominator, steps(&board));
    assert_eq!(found, expected);
}

fn steps(board: &Dashboard) -> [u32; 4] {
    std::array::from_fn(|at| board.retention_funnel[at].n)
}

#[test]
fn read_and_known_is_retained() {
    let log = asked()
        .read(5_000)
        .agent("Hi Kim, I see order 48213 was charged twice. I refund it now.");
    check(log, (1, 1, [1, 1, 1, 1]));
}

#[test]
fn a_packet_opened_after_the_first_words_does_not_count() {
    check(
        asked().agent("One moment.").read(5_000),
        (0, 1, [0, 0, 0, 0]),
    );
}

#[test]
fn a_glance_is_opened_and_not_dwelled_and_glances_add_up() {
    check(
        asked().read(1_000).agent("One moment."),
        (1, 1, [1, 0, 0, 0]),
    );
    check(
        asked().read(1_600).read(1_600).agent("One moment."),
        (1, 1, [1, 1, 1, 0]),
    );
}

#[test]
fn a_generic_question_loses_it() {
    check(
        asked().read(5_000).agent("Hello, how can I help you?"),
        (0, 1, [1, 1, 0, 0]),
    );
    check(
        asked()
            .read(5_000)
            .agent("Hello.")
            .agent("What is the problem?"),
        (0, 1, [1, 1, 0, 0]),
    );
}

#[test]
fn without_a_stated_concern_a_generic_question_is_the_right_one() {
    let log = Log::live(1, NOON)
        .customer("Hello, I want to talk to a human please")
        .ask("opt_out", "general")
        .accept()
        .read(4_000)
        .agent("Hello, how can I help you?");
    check(log, (1, 1, [1, 1, 1, 0]));
}

#[test]
fn a_known_value_counts_once_the_customer_repeats_it() {
    let log = asked().read(5_000).agent("What is your order number?");
    check(log.clone(), (1, 1, [1, 1, 1, 0]));
    check(log.clone().customer("I don't know"), (1, 1, [1, 1, 1, 0]));
    check(log.clone().customer("Again: 48213"), (0, 1, [1, 1, 0, 0]));
    check(
        log.clone().customer("Sure").customer("48213"),
        (0, 1, [1, 1, 0, 0]),
    );
    // The agent went on; the number then answers nothing.
    check(
        log.agent("I found it myself.").customer("48213 it was"),
        (1, 1, [1, 1, 1, 0]),
    );
}

#[test]
fn later_questions_are_not_watched() {
    let log = asked()
        .read(5_000)
        .agent("One moment.")
        .agent("Still looking.")
        .agent("Nearly there.");
    check(log.agent("How can I help you?"), (1, 1, [1, 1, 1, 0]));
    let log = asked()
        .read(5_000)
        .agent("Done.")
        .customer("Thank you")
        .customer("Great work");
    check(log.agent("How can I help you?"), (1, 1, [1, 1, 1, 0]));
}

#[test]
fn only_handoffs_with_an_agents_word_and_a_packet_are_judged() {
    check(asked().read(5_000), (0, 0, [0; 4]));
    let nothing_said = Log::live(1, NOON)
        .ask("opt_out", "general")
        .accept()
        .agent("Hello?");
    check(nothing_said, (0, 0, [0; 4]));
    check(
        asked().read(5_000).agent("How can I help you?").erased(),
        (0, 0, [0; 4]),
    );
}

#[test]
fn what_the_page_and_the_directory_know_is_known() {
    let log = Log::live(1, NOON)
        .with("browser", serde_json::json!("Firefox 148 on Linux"))
        .with(
            "facts",
            serde_json::json!({ "known": { "email": "kim@example.com" } }),
        )
        .customer("The upload fails")
        .ask("repeat", "technical")
        .accept()
        .read(5_000)
        .agent("Which browser are you using, and what is your e-mail?");
    check(log.clone().customer("Firefox"), (0, 1, [1, 1, 0, 0]));
    check(log.customer("kim@example.com"), (0, 1, [1, 1, 0, 0]));
}

#[test]
fn it_is_provisional_while_the_first_words_are_watched() {
    let log = asked().read(5_000).agent("I look at order 48213.");
    assert!(
        dashboard(std::slice::from_ref(&log))
            .context_retention
            .is_provisional
    );
    let done = log.resolve("Policy", 60);
    assert!(!dashboard(&[done]).context_retention.is_provisional);
}

#[test]
fn every_handoff_of_a_conversation_is_judged_by_itself() {
    let log = asked()
        .read(5_000)
        .agent("Order 48213, I see.")
        .hand_back("Policy", 30)
        .customer("And my invoice 77120?")
        .ask("repeat", "billing")
        .accept()
        .agent("Hello, how can I help you?");
    check(log, (1, 2, [1, 1, 1, 1]));
}
