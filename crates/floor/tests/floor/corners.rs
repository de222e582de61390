//! Corners: late texts, two questions at once, waits that are put off, ends.

use segue_floor::{Command, Decision, Effect, Refused, Said, next_deadline};
use segue_model::escalation::Disposition;
use segue_model::event::{AssistantKind, Origin};
use segue_model::floor::{ClosedOutcome, Holder};
use segue_model::time::Span;
use segue_model::turn::TurnNumber;
use segue_model::verdict::HandoffKind;

use crate::action::{Action, Made, Reply, Says};
use crate::refusals::{ANSWER, ASK, CUSTOMER, LATE, REVIEWED, take};
use crate::transcripts::{OVERFLOW, RING, answers, check, check_in, play};
use crate::world::{SETTINGS, World, opening};

const RISE: Action = Action::Customer {
    says: Says::Rise,
    is_cutting: false,
};

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
        rise: None,
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
}

#[test]
fn who_leaves_an_agent_is_wrapped_up() {
    let left = Action::Resolve(0, Disposition::CustomerLeft);
    check(
        &[take(0), Action::End, left],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “Closed”, CustomerLeft
         EscalationResolved, → closed EndedByCustomer",
    );
    // Nobody wraps it up: the slot is free all the same, and no root cause is made up.
    check(
        &[take(0), Action::End, RING],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “Closed”, CustomerLeft
         EscalationAbandoned, → closed EndedByCustomer",
    );
    // A word of theirs, and they are there again.
    check(
        &[
            take(0),
            Action::End,
            CUSTOMER,
            Action::Resolve(0, Disposition::Solved),
        ],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “Closed”, CustomerLeft
         “customer”
         EscalationResolved, “Closed”, → closed ResolvedByAgent",
    );
}

#[test]
fn the_slot_of_a_wrap_up_is_held_until_its_end() {
    let mut world = World::builtin();
    play(&mut world, &[take(0), Action::End]);
    let slots = |world: &World| world.auditor.slots_held();
    assert_eq!(slots(&world), 1);
    play(&mut world, &[RING]);
    assert_eq!(slots(&world), 0);
}

#[test]
fn a_note_gives_the_wrap_up_more_time() {
    let mut world = World::builtin();
    play(
        &mut world,
        &[take(0), Action::End, Action::Wait(9), Action::Note(0)],
    );
    let limit = Span::minutes(segue_model::limits::WRAP_UP_MINUTES_MAX);
    assert_eq!(
        next_deadline(&world.state, &SETTINGS),
        Some(world.now + limit)
    );
}

#[test]
fn the_stakes_rise_in_a_queue() {
    check(
        &[ASK, Action::Offer(0), RISE, Action::Offer(1)],
        "EscalationRequested, “HandoffWarm”, → queue
         offered to A
         “customer”, FlaggedForReview, EscalationRaised, Rescinded by A, EscalationQueued, “Requeued”, → locked
         offered to B",
    );
    // What was put off is owed at once.
    check(
        &[ASK, Action::LeaveContact, RISE],
        "EscalationRequested, “HandoffWarm”, → queue
         ContactLeft, EscalationExpired, “ContactTaken”
         “customer”, FlaggedForReview, EscalationRaised, EscalationQueued, “Requeued”, → locked",
    );
}

#[test]
fn the_stakes_rise_with_an_agent() {
    check(
        &[take(0), RISE, Action::Requeue(0)],
        "EscalationRequested, EscalationAccepted, “HandoffWarm”, → agent A
         “customer”, FlaggedForReview, EscalationRaised
         EscalationQueued, “Requeued”, → locked",
    );
    let mut world = World::builtin();
    play(&mut world, &[take(0), RISE]);
    let request = &world.state.escalation.as_ref().unwrap().request;
    assert_eq!(request.kind, HandoffKind::Cold);
    assert_eq!(request.priority, segue_model::escalation::Priority::Urgent);
    assert!(world.state.is_flagged);
}

#[test]
fn a_lock_that_nobody_prepared_leaves_it_where_it_waits() {
    let unprepared = Action::Customer {
        says: Says::RiseUnprepared,
        is_cutting: false,
    };
    check(
        &[ASK, unprepared],
        "EscalationRequested, “HandoffWarm”, → queue
         “customer”, FlaggedForReview, EscalationRaised",
    );
}

#[test]
fn who_dealt_with_it_is_remembered() {
    let mut world = World::builtin();
    let story = [CUSTOMER, take(1), Action::HandBack(1)];
    play(&mut world, &story);
    let served = world.state.served.as_ref().unwrap();
    assert_eq!(served.agent, crate::world::agent(1));
    assert_eq!(served.queue.as_str(), "general");
}

#[test]
fn the_state_knows_which_answer_can_be_confirmed() {
    let last = |actions: &[Action]| {
        let mut world = World::builtin();
        play(&mut world, actions);
        world.state.last_answer.unwrap()
    };
    let whole = last(&[CUSTOMER, ANSWER]);
    assert!(whole.is_whole && whole.turn == TurnNumber(3));
    // A question back is no answer, nor is what was cut.
    assert!(!last(&[CUSTOMER, answers(Says::Clarify, true)]).is_whole);
    let cutting = Action::Ask { is_cutting: true };
    assert!(!last(&[CUSTOMER, cutting]).is_whole);
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
            told: None,
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

#[test]
fn going_on_about_an_earlier_turn_does_not_open_the_later_one() {
    let more = Action::Assistant {
        made: Made::Fresh,
        says: Says::Continue,
        reply: Reply::First,
        is_more: true,
        has_clarify: false,
    };
    let mut world = World::external();
    play(&mut world, &[CUSTOMER, CUSTOMER, ANSWER, more]);
    assert_eq!(world.act(ANSWER).unwrap(), Err(Refused::AlreadyAnswered));
}

#[test]
fn an_earlier_turn_below_the_band_leaves_the_later_one_awaited() {
    let first = |says| Action::Assistant {
        made: Made::Fresh,
        says,
        reply: Reply::First,
        is_more: false,
        has_clarify: true,
    };
    check(
        &[
            CUSTOMER,
            CUSTOMER,
            first(Says::Widen),
            first(Says::Unprepared),
            RING,
        ],
        "“customer”, awaited
         “customer”, awaited
         kept back BelowBand
         kept back BelowBand, awaited
         EscalationRequested, “HandoffWarm”, → queue",
    );
}

#[test]
fn reopening_begins_the_count_of_passes_anew() {
    check(
        &[
            ASK,
            Action::Withdraw,
            ASK,
            Action::End,
            ASK,
            Action::Withdraw,
        ],
        "EscalationRequested, “HandoffWarm”, → queue
         EscalationWithdrawn, “HandBack”, → assistant
         EscalationRequested, “HandoffWarm”, → queue
         EscalationAbandoned, “Closed”, → closed EndedByCustomer
         → assistant, EscalationRequested, “HandoffWarm”, → queue
         EscalationWithdrawn, “HandBack”, → assistant",
    );
}

#[test]
fn what_was_put_off_is_not_announced_again_after_its_due_time() {
    let mut world = World::builtin();
    let story = [
        ASK,
        Action::LeaveContact,
        Action::Wait(250),
        Action::Offer(0),
        Action::Decline(0),
    ];
    play(&mut world, &story);
    assert_eq!(next_deadline(&world.state, &SETTINGS), None);
}
