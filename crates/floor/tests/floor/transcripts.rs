//! Stories, told as transcripts: what everybody sees, who has the floor, and beside
//! it what only staff see.

use std::fmt::Write;

use segue_floor::{Command, Decision, Effect, Said, next_deadline};
use segue_model::escalation::Disposition;
use segue_model::event::{AssistantKind, Event, Origin, RatedPart};
use segue_model::floor::{ClosedOutcome, Holder};
use segue_model::id::EscalationId;
use segue_model::time::Span;
use segue_model::turn::{Author, TurnNumber};
use segue_model::verdict::HandoffKind;

use crate::action::{Action, Made, Reply, Says};
use crate::refusals::{ANSWER, ASK, COLD, CUSTOMER, LATE, REVIEWED, take};
use crate::world::{SETTINGS, World, agent, opening};

const RING: Action = Action::Ring {
    is_moving_on: false,
};
const OVERFLOW: Action = Action::Ring { is_moving_on: true };
const WARM: Action = Action::Customer {
    says: Says::Warm,
    is_cutting: false,
};

const fn speaks(agent: u8) -> Action {
    Action::AgentTurn {
        agent,
        made: Made::Fresh,
    }
}

const fn answers(says: Says, has_clarify: bool) -> Action {
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
fn play(world: &mut World, actions: &[Action]) -> String {
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

fn check_in(world: &mut World, actions: &[Action], expected: &str) {
    let story = play(world, actions);
    let expected: Vec<_> = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(story.lines().collect::<Vec<_>>(), expected);
}

fn check(actions: &[Action], expected: &str) {
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
         “Closed”
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
         DraftStaged
         DraftReleased, “draft by A”
         “customer”, awaited
         DraftStaged
         DraftReleased, “draft by A edited”
         “customer”, awaited
         DraftStaged
         DraftOutdated, “customer”, awaited
         DraftStaged",
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
         DraftStaged
         DraftRejected, awaited
         DraftStaged
         DraftRejected, awaited
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_review_that_ends_leaves_no_question_open() {
    check(
        &[REVIEWED, ANSWER, Action::EndReview(0), ANSWER],
        "“customer”, “ReviewStarted”, → review, awaited
         DraftStaged
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
         DraftStaged
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
         → review, DraftStaged",
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
         DraftStaged
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

#[test]
fn an_interrupted_answer_stands_before_what_cut_it() {
    check(
        &[
            CUSTOMER,
            Action::Customer {
                says: Says::Takeover,
                is_cutting: true,
            },
            CUSTOMER,
        ],
        "“customer”, awaited
         “assistant…”, “customer”, EscalationRequested, “HandoffWarm”, → queue
         “customer”",
    );
    // The whole answer was committed a moment before: it is not said again.
    check(
        &[
            CUSTOMER,
            ANSWER,
            Action::Customer {
                says: Says::Continue,
                is_cutting: true,
            },
        ],
        "“customer”, awaited
         “assistant”
         “customer”, awaited",
    );
}

#[test]
fn an_overlong_interrupted_answer_loses_no_customer() {
    let mut world = World::builtin();
    play(&mut world, &[CUSTOMER]);
    let Command::CustomerTurn {
        text,
        verdict,
        handoff,
        review_notice,
        answer_by,
        ..
    } = world.command(CUSTOMER)
    else {
        unreachable!()
    };
    let mut said = world.answer();
    said.text = "é".repeat(10_000);
    let said_so_far = Some(said);
    let command = Command::CustomerTurn {
        text,
        verdict,
        handoff,
        review_notice,
        said_so_far,
        answer_by,
    };
    assert!(world.run(command).is_ok());
}

#[test]
fn a_late_text_does_not_stop_the_clock() {
    check(
        &[ASK, Action::Withdraw, CUSTOMER, LATE, RING],
        "EscalationRequested, “HandoffWarm”, → queue
         EscalationWithdrawn, “HandBack”, → assistant
         “customer”, awaited
         kept back FloorLost
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn an_answer_to_the_earlier_of_two_questions_leaves_the_later_owed() {
    let first = Action::Assistant {
        made: Made::Fresh,
        says: Says::Continue,
        reply: Reply::First,
        is_more: false,
        has_clarify: false,
    };
    check(
        &[CUSTOMER, CUSTOMER, first, RING],
        "“customer”, awaited
         “customer”, awaited
         “assistant”
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn an_answer_to_no_turn_answers_the_latest() {
    let bogus = Action::Assistant {
        made: Made::Fresh,
        says: Says::Continue,
        reply: Reply::Bogus,
        is_more: false,
        has_clarify: false,
    };
    check(
        &[CUSTOMER, bogus, CUSTOMER, ANSWER],
        "“customer”, awaited
         “assistant”
         “customer”, awaited
         “assistant”",
    );
}

#[test]
fn below_the_band() {
    // The built-in one searches wider once, then asks.
    check(
        &[
            CUSTOMER,
            answers(Says::Widen, true),
            answers(Says::Widen, true),
        ],
        "“customer”, awaited
         kept back BelowBand, awaited wider
         kept back BelowBand, “assistant”",
    );
    // It has nothing to ask: a person comes, and it does not search for ever.
    check(
        &[
            CUSTOMER,
            answers(Says::Widen, false),
            answers(Says::Widen, false),
            RING,
        ],
        "“customer”, awaited
         kept back BelowBand, awaited wider
         kept back BelowBand, awaited wider
         EscalationRequested, “HandoffWarm”, → queue",
    );
    // An external one is told, and asks its own question.
    check_in(
        &mut World::external(),
        &[
            CUSTOMER,
            answers(Says::Clarify, false),
            answers(Says::Continue, false),
        ],
        "“customer”, awaited
         kept back BelowBand, awaited
         “assistant”",
    );
}

#[test]
fn the_builtin_assistant_is_asked_again_only_to_search_wider() {
    let mut world = World::builtin();
    play(&mut world, &[CUSTOMER]);
    let asked = |world: &mut World| {
        let decision = world.act(answers(Says::Widen, false)).unwrap().unwrap();
        decision
            .effects
            .iter()
            .any(|e| matches!(e, Effect::AskAssistant { .. }))
    };
    assert!(asked(&mut world));
    assert!(!asked(&mut world));
}

#[test]
fn an_escalation_that_nobody_prepared_still_brings_a_person() {
    let unprepared = Action::Customer {
        says: Says::Unprepared,
        is_cutting: false,
    };
    check(
        &[unprepared, RING],
        "“customer”, awaited
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_turn_that_nobody_judged_is_owed_an_answer() {
    check(
        &[
            Action::Customer {
                says: Says::Nothing,
                is_cutting: false,
            },
            RING,
        ],
        "“customer”, awaited
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_wait() {
    check(
        &[
            ASK,
            Action::Offer(0),
            RING,
            RING,
            RING,
            Action::Offer(1),
            Action::Accept(1),
        ],
        "EscalationRequested, “HandoffWarm”, → queue
         offered to A
         TimedOut by A
         WaitExtended, “WaitExtended”
         EscalationExpired, “Expired”
         offered to B
         Accepted by B, EscalationAccepted, “AgentJoined”, → agent B",
    );
    check(
        &[ASK, RING, OVERFLOW, RING],
        "EscalationRequested, “HandoffWarm”, → queue
         WaitExtended, “WaitExtended”
         EscalationQueued, “Requeued”, → queue
         WaitExtended, “WaitExtended”",
    );
}

#[test]
fn who_leaves_an_address_is_still_owed_when_they_go() {
    check(
        &[
            ASK,
            Action::Offer(0),
            Action::LeaveContact,
            Action::End,
            Action::Offer(1),
            Action::Accept(1),
        ],
        "EscalationRequested, “HandoffWarm”, → queue
         offered to A
         Rescinded by A, ContactLeft, EscalationExpired, “ContactTaken”
         “Closed”
         offered to B
         Accepted by B, EscalationAccepted, “AgentJoined”, → agent B",
    );
}

#[test]
fn what_was_put_off_and_came_back_has_a_bound_again() {
    let mut world = World::builtin();
    let story = [ASK, Action::LeaveContact, take(0), Action::Requeue(0)];
    play(&mut world, &story);
    check_in(
        &mut world,
        &[RING, RING],
        "WaitExtended, “WaitExtended”
         EscalationExpired, “Expired”",
    );
}

#[test]
fn who_leaves_while_waiting_abandons() {
    check(
        &[ASK, Action::Offer(0), Action::End],
        "EscalationRequested, “HandoffWarm”, → queue
         offered to A
         Rescinded by A, EscalationAbandoned, “Closed”, → closed EndedByCustomer",
    );
    check(
        &[take(0), Action::End],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         EscalationAbandoned, “Closed”, → closed EndedByCustomer",
    );
}

#[test]
fn a_closed_conversation_reopens() {
    check(
        &[CUSTOMER, ANSWER, RING, CUSTOMER, ANSWER, Action::End, ASK],
        "“customer”, awaited
         “assistant”
         “Closed”, → closed Idle
         → assistant, “customer”, awaited
         “assistant”
         “Closed”, → closed EndedByCustomer
         → assistant, EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn a_follow_up_closes_as_one() {
    let mut world = World::builtin();
    play(
        &mut world,
        &[take(0), Action::Resolve(0, Disposition::FollowUp)],
    );
    assert_eq!(
        world.state.holder,
        Holder::Closed {
            outcome: ClosedOutcome::FollowUp
        }
    );
}

#[test]
fn asking_again_changes_nothing() {
    let mut world = World::builtin();
    play(&mut world, &[ASK]);
    assert_eq!(world.act(ASK).unwrap().unwrap(), Decision::default());
    play(&mut world, &[take(0)]);
    assert_eq!(world.act(take(0)).unwrap().unwrap(), Decision::default());
}

#[test]
fn what_is_said_is_told() {
    let mut world = World::builtin();
    let mut said = |action| world.act(action).unwrap().unwrap().said;
    assert_eq!(said(CUSTOMER), Said::Turn(TurnNumber(2)));
    assert_eq!(said(answers(Says::Widen, true)), Said::BelowBand);
    assert_eq!(said(ANSWER), Said::Turn(TurnNumber(3)));
    assert_eq!(said(REVIEWED), Said::Turn(TurnNumber(4)));
    assert!(matches!(said(ANSWER), Said::Draft(_)));
    assert_eq!(said(LATE), Said::FloorLost);
    assert_eq!(said(Action::Note(0)), Said::Nothing);
}

#[test]
fn a_key_is_granted_once() {
    let mut world = World::builtin();
    play(&mut world, &[Action::GrantKey]);
    assert_eq!(
        world.act(Action::GrantKey).unwrap().unwrap(),
        Decision::default()
    );
}

#[test]
fn after_hours_the_promise_is_a_due_time() {
    let mut world = World::builtin();
    let mut handoff = world.handoff(HandoffKind::Warm);
    handoff.request.due_at = Some(world.now + Span::hours(12));
    handoff.request.announced_until = None;
    world
        .run(Command::AskForPerson {
            handoff,
            said_so_far: None,
        })
        .unwrap();
    assert_eq!(next_deadline(&world.state, &SETTINGS), None);
    check_in(
        &mut world,
        &[
            Action::End,
            Action::Offer(0),
            Action::Decline(0),
            Action::Offer(1),
            Action::Accept(1),
        ],
        "“Closed”
         offered to A
         Declined by A
         offered to B
         Accepted by B, EscalationAccepted, “AgentJoined”, → agent B",
    );
}

#[test]
fn an_imported_conversation_never_ends_by_itself() {
    let mut world = World::unopened();
    let mut opening = opening(AssistantKind::External);
    opening.origin = Origin::Imported {
        source: "file".to_owned(),
        external_id: "1".to_owned(),
    };
    world
        .run(Command::Open {
            opening,
            welcome: None,
        })
        .unwrap();
    assert_eq!(next_deadline(&world.state, &SETTINGS), None);
}

#[test]
fn what_is_learned_and_looked_at() {
    let mut world = World::builtin();
    let flagged = {
        let mut command = world.command(CUSTOMER);
        if let Command::CustomerTurn {
            verdict: Some(verdict),
            ..
        } = &mut command
        {
            verdict.is_flagged = true;
        }
        command
    };
    world.run(flagged).unwrap();
    assert!(world.state.is_flagged);
    check_in(
        &mut world,
        &[Action::ClearFlag, Action::LearnFacts],
        "FlagCleared\nFactsLearned",
    );
    assert!(!world.state.is_flagged);
}
