//! Stories, told as transcripts: what everybody sees, who has the floor, and beside
//! it what only staff see.

use std::fmt::Write;

use segue_floor::{Decision, Effect};
use segue_model::escalation::Disposition;
use segue_model::event::{Event, RatedPart};
use segue_model::floor::Holder;
use segue_model::id::EscalationId;
use segue_model::turn::Author;

use crate::action::{Action, Made, Reply, Says};
use crate::refusals::{ANSWER, ASK, COLD, CUSTOMER, LATE, REVIEWED, take};
use crate::world::{World, agent};

pub const RING: Action = Action::Ring {
    is_moving_on: false,
};
pub const OVERFLOW: Action = Action::Ring { is_moving_on: true };
pub const WARM: Action = Action::Customer {
    says: Says::Warm,
    is_cutting: false,
};

pub const fn speaks(agent: u8) -> Action {
    Action::AgentTurn {
        agent,
        made: Made::Fresh,
    }
}

pub const fn answers(says: Says, has_clarify: bool) -> Action {
    Action::Assistant {
        made: Made::Fresh,
        says,
        reply: Reply::Latest,
        is_more: false,
        has_clarify,
    }
}

fn name(who: segue_model::id::AgentId) -> char {
    (0..3u8)
        .find(|n| agent(*n) == who)
        .map_or('?', |n| char::from(b'A' + n))
}

fn holder(holder: &Holder) -> String {
    match holder {
        Holder::Agent { agent } => format!("agent {}", name(*agent)),
        Holder::Closed { outcome } => format!("closed {outcome:?}"),
        other => other.word().to_owned(),
    }
}

/// An event in a word or two; empty for what is told elsewhere.
fn word(event: &Event) -> String {
    match event {
        Event::TurnAdded { author, is_cut, .. } => {
            let who = match author {
                Author::Customer => "customer".to_owned(),
                Author::Assistant if *is_cut => "assistant…".to_owned(),
                Author::Assistant => "assistant".to_owned(),
                Author::Agent { agent } => name(*agent).to_string(),
                Author::Draft {
                    agent, is_edited, ..
                } => {
                    format!(
                        "draft by {}{}",
                        name(*agent),
                        if *is_edited { " edited" } else { "" }
                    )
                }
                Author::System { notice } => format!("{notice:?}"),
            };
            format!("“{who}”")
        }
        Event::FloorChanged { to, .. } => format!("→ {}", holder(to)),
        Event::TurnSuppressed { reason, .. } => format!("kept back {reason:?}"),
        Event::AnswerAwaited {
            is_widened: true, ..
        } => "awaited wider".to_owned(),
        Event::AnswerAwaited { .. } => "awaited".to_owned(),
        Event::OfferMade { offer, .. } => format!("offered to {}", name(offer.agent)),
        Event::OfferEnded { agent, end, .. } => format!("{end:?} by {}", name(*agent)),
        Event::VerdictReached { .. } => String::new(),
        Event::ConversationOpened(_) => "opened".to_owned(),
        other => {
            let debug = format!("{other:?}");
            let end = debug
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(debug.len());
            debug[..end].to_owned()
        }
    }
}

/// Plays the actions after the opening; gives one line per append.
pub fn play(world: &mut World, actions: &[Action]) -> String {
    let first = world.log.len();
    for action in actions {
        let outcome = world.act(*action).unwrap();
        assert!(outcome.is_ok(), "{action:?}: {outcome:?}");
    }
    let mut story = String::new();
    for entry in &world.log[first..] {
        let words: Vec<_> = entry
            .events
            .iter()
            .map(word)
            .filter(|word| !word.is_empty())
            .collect();
        writeln!(story, "{}", words.join(", ")).unwrap();
    }
    story
}

pub fn check_in(world: &mut World, actions: &[Action], expected: &str) {
    let story = play(world, actions);
    let expected: Vec<_> = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(story.lines().collect::<Vec<_>>(), expected);
}

pub fn check(actions: &[Action], expected: &str) {
    check_in(&mut World::builtin(), actions, expected);
}

#[test]
fn an_answer() {
    check(
        &[
            CUSTOMER,
            ANSWER,
            Action::Confirm { helped: true },
            Action::End,
        ],
        "“customer”, awaited
         “assistant”
         AnswerConfirmed
         “Closed”, → closed ConfirmedByCustomer",
    );
}

#[test]
fn a_warm_handoff() {
    check(
        &[
            WARM,
            Action::Offer(0),
            Action::Decline(0),
            Action::Offer(1),
            Action::Accept(1),
            Action::ReadPacket(1),
            speaks(1),
            CUSTOMER,
            Action::Note(1),
            Action::Resolve(1, Disposition::Solved),
            Action::Rate(RatedPart::Agent),
        ],
        "“customer”, EscalationRequested, “HandoffWarm”, → queue
         offered to A
         Declined by A
         offered to B
         Accepted by B, EscalationAccepted, “AgentJoined”, → agent B
         PacketRead
         “B”
         “customer”
         NoteAdded
         EscalationResolved, “Closed”, → closed ResolvedByAgent
         Rated",
    );
}

#[test]
fn a_cold_handoff_stays_locked_until_a_person_opens_it() {
    check(
        &[
            CUSTOMER,
            COLD,
            LATE,
            CUSTOMER,
            Action::End,
            CUSTOMER,
            Action::Offer(0),
            Action::Accept(0),
            Action::Requeue(0),
            Action::End,
            take(1),
            Action::End,
            Action::HandBack(1),
        ],
        "“customer”, awaited
         “customer”, EscalationRequested, “HandoffCold”, → locked
         kept back FloorLost
         “customer”
         “Closed”
         “customer”
         offered to A
         Accepted by A, EscalationAccepted, “AgentJoined”, → agent A
         EscalationQueued, “Requeued”, → locked
         “Closed”
         EscalationAccepted, “HandoffWarm”, → agent B
         “Closed”, CustomerLeft
         HandedBack, “HandBack”, → assistant, awaited",
    );
}

#[test]
fn hybrid() {
    let edited = Action::Release {
        agent: 0,
        is_edited: true,
    };
    let as_is = Action::Release {
        agent: 0,
        is_edited: false,
    };
    check(
        &[
            REVIEWED, ANSWER, as_is, REVIEWED, ANSWER, edited, REVIEWED, ANSWER, REVIEWED, ANSWER,
        ],
        "“customer”, “ReviewStarted”, → review, awaited
         DraftStaged, awaited
         DraftReleased, “draft by A”
         “customer”, awaited
         DraftStaged, awaited
         DraftReleased, “draft by A edited”
         “customer”, awaited
         DraftStaged, awaited
         DraftOutdated, “customer”, awaited
         DraftStaged, awaited",
    );
}

#[test]
fn a_rejected_draft_ends_with_another_or_with_a_person() {
    check(
        &[
            REVIEWED,
            ANSWER,
            Action::Reject(0),
            ANSWER,
            Action::Reject(0),
            RING,
        ],
        "“customer”, “ReviewStarted”, → review, awaited
         DraftStaged, awaited
         DraftRejected, awaited
         DraftStaged, awaited
         DraftRejected, awaited
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_review_that_ends_leaves_no_question_open() {
    check(
        &[REVIEWED, ANSWER, Action::EndReview(0), ANSWER],
        "“customer”, “ReviewStarted”, → review, awaited
         DraftStaged, awaited
         DraftOutdated, → assistant, awaited
         “assistant”",
    );
    // The draft was still being written.
    check(
        &[REVIEWED, Action::EndReview(0), LATE, RING],
        "“customer”, “ReviewStarted”, → review, awaited
         → assistant, awaited
         kept back FloorLost
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_review_that_escalates_outdates_its_drafts() {
    check(
        &[REVIEWED, ANSWER, WARM],
        "“customer”, “ReviewStarted”, → review, awaited
         DraftStaged, awaited
         DraftOutdated, “customer”, EscalationRequested, “HandoffWarm”, → queue",
    );
    check(
        &[REVIEWED, answers(Says::Warm, false)],
        "“customer”, “ReviewStarted”, → review, awaited
         kept back BelowBand, EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_review_that_a_verdict_on_the_answer_begins() {
    check(
        &[CUSTOMER, answers(Says::Review, false)],
        "“customer”, awaited
         → review, DraftStaged, awaited",
    );
}

#[test]
fn a_hand_back_with_an_open_question_is_answered_or_a_person_comes() {
    check(
        &[CUSTOMER, take(0), CUSTOMER, Action::HandBack(0), ANSWER],
        "“customer”, awaited
         EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “customer”
         HandedBack, “HandBack”, → assistant, awaited
         “assistant”",
    );
    check(
        &[take(0), CUSTOMER, Action::HandBack(0), LATE, RING],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “customer”
         HandedBack, “HandBack”, → assistant, awaited
         kept back FloorLost
         EscalationRequested, “HandoffWarm”, → queue",
    );
    // A draft to that question had been staged before the agent came.
    check(
        &[REVIEWED, ANSWER, take(0), Action::HandBack(0), ANSWER],
        "“customer”, “ReviewStarted”, → review, awaited
         DraftStaged, awaited
         DraftOutdated, EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         HandedBack, “HandBack”, → assistant, awaited
         “assistant”",
    );
}

#[test]
fn a_hand_back_without_an_open_question_waits_for_the_customer() {
    check(
        &[take(0), CUSTOMER, speaks(0), Action::HandBack(0)],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “customer”
         “A”
         HandedBack, “HandBack”, → assistant",
    );
}

#[test]
fn a_hand_back_whose_line_answers_leaves_nothing_owed() {
    check(
        &[
            CUSTOMER,
            take(0),
            CUSTOMER,
            Action::HandBackSettled(0),
            CUSTOMER,
        ],
        "“customer”, awaited
         EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “customer”
         HandedBack, “HandBack”, → assistant
         “customer”, awaited",
    );
}

#[test]
fn replying_takes_the_floor() {
    check(
        &[CUSTOMER, speaks(0)],
        "“customer”, awaited
         EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A, “A”",
    );
    check(
        &[ASK, Action::Offer(0), speaks(1)],
        "EscalationRequested, “HandoffWarm”, → queue
         offered to A
         Rescinded by A, EscalationAccepted, “HandoffWarm”, → agent B, “B”",
    );
}

#[test]
fn taking_what_is_offered_to_oneself_swaps_the_slot() {
    let mut world = World::builtin();
    play(&mut world, &[ASK, Action::Offer(0)]);
    let Decision { effects, .. } = world.act(take(0)).unwrap().unwrap();
    let escalation: EscalationId = world.state.escalation.as_ref().unwrap().request.id;
    let slots: Vec<_> = effects
        .into_iter()
        .filter(|e| matches!(e, Effect::ClaimSlot { .. } | Effect::ReleaseSlot { .. }))
        .collect();
    let agent = agent(0);
    assert_eq!(
        slots,
        [
            Effect::ReleaseSlot { agent, escalation },
            Effect::ClaimSlot {
                agent,
                escalation,
                must_be_available: false
            },
        ]
    );
}
