//! Every refusal, provoked.

use segue_floor::{Answer, Command, Due, Refused};
use segue_model::escalation::Disposition;
use segue_model::event::{AssistantKind, Grade, RatedPart, TextRef};
use segue_model::floor::Epoch;
use segue_model::limits::{
    HAND_BACKS_MAX, REOPEN_WINDOW_HOURS, SHORT_TEXT_BYTES_MAX, TURN_TEXT_BYTES_MAX, TURNS_MAX,
};
use segue_model::time::Span;
use segue_model::turn::{NoticeKind, TurnNumber};
use segue_model::verdict::HandoffKind;

use crate::action::{Action, Made, Reply, Says};
use crate::world::{World, agent, opening, say};

pub const CUSTOMER: Action = Action::Customer {
    says: Says::Continue,
    is_cutting: false,
};
pub const REVIEWED: Action = Action::Customer {
    says: Says::Review,
    is_cutting: false,
};
pub const COLD_RISE: Action = Action::Customer {
    says: Says::Rise,
    is_cutting: false,
};
pub const COLD: Action = Action::Customer {
    says: Says::Cold,
    is_cutting: false,
};
pub const ANSWER: Action = Action::Assistant {
    made: Made::Fresh,
    says: Says::Continue,
    reply: Reply::Latest,
    is_more: false,
    has_clarify: false,
};
pub const LATE: Action = Action::Assistant {
    made: Made::Stale,
    says: Says::Continue,
    reply: Reply::Latest,
    is_more: false,
    has_clarify: false,
};
pub const ASK: Action = Action::Ask { is_cutting: false };

pub const fn take(agent: u8) -> Action {
    Action::Take {
        agent,
        is_cutting: false,
    }
}

/// All but the last action are accepted; the last is refused with this.
fn check(actions: &[Action], expected: Refused) {
    let mut world = World::builtin();
    check_in(&mut world, actions, expected);
}

fn check_in(world: &mut World, actions: &[Action], expected: Refused) {
    let (last, before) = actions.split_last().unwrap();
    for action in before {
        let outcome = world.act(*action).unwrap();
        assert!(outcome.is_ok(), "{action:?}: {outcome:?}");
    }
    assert_eq!(world.act(*last).unwrap(), Err(expected), "{actions:?}");
}

fn check_command(world: &mut World, command: Command, expected: Refused) {
    assert_eq!(world.run(command), Err(expected));
}

#[test]
fn unknown() {
    check_in(&mut World::unopened(), &[CUSTOMER], Refused::Unknown);
}

#[test]
fn exists() {
    let open = Command::Open {
        opening: opening(AssistantKind::Builtin),
        welcome: None,
    };
    check_command(&mut World::builtin(), open, Refused::Exists);
}

#[test]
fn stale_epoch() {
    let expected = Refused::StaleEpoch {
        given: Epoch(0),
        actual: Epoch(1),
    };
    check(
        &[
            CUSTOMER,
            take(0),
            Action::AgentTurn {
                agent: 0,
                made: Made::Stale,
            },
        ],
        expected,
    );
}

#[test]
fn not_holder() {
    let held = |holder| Refused::NotHolder { holder };
    check(
        &[
            take(0),
            Action::AgentTurn {
                agent: 1,
                made: Made::Fresh,
            },
        ],
        held("agent"),
    );
    check(&[take(0), Action::HandBack(1)], held("agent"));
    check(
        &[ASK, Action::Resolve(0, Disposition::Solved)],
        held("queue"),
    );
    check(&[COLD, Action::Requeue(0)], held("locked"));
    check(&[CUSTOMER, Action::HandBack(0)], held("assistant"));
    check(&[CUSTOMER, Action::EndReview(0)], held("assistant"));
    check(&[REVIEWED, Action::HandBack(0)], held("review"));
}

#[test]
fn closed() {
    check(&[Action::End, take(0)], Refused::Closed);
    check(&[Action::End, Action::End], Refused::Closed);
    check(
        &[
            Action::End,
            Action::AgentTurn {
                agent: 0,
                made: Made::Fresh,
            },
        ],
        Refused::Closed,
    );
    check(
        &[
            take(0),
            Action::Resolve(0, Disposition::Solved),
            Action::HandBack(0),
        ],
        Refused::Closed,
    );
}

#[test]
fn reopen_window_passed() {
    let mut world = World::builtin();
    world.act(Action::End).unwrap().unwrap();
    let mut in_time = world.clone();
    in_time.wait(Span::hours(REOPEN_WINDOW_HOURS)).now.0 -= 1_000;
    assert!(in_time.act(CUSTOMER).unwrap().is_ok());
    world.wait(Span::hours(REOPEN_WINDOW_HOURS));
    check_in(&mut world, &[CUSTOMER], Refused::ReopenWindowPassed);
    check_in(&mut world, &[ASK], Refused::ReopenWindowPassed);
}

#[test]
fn offer_gone() {
    check(&[ASK, Action::Accept(0)], Refused::OfferGone);
    check(
        &[ASK, Action::Offer(0), Action::Accept(1)],
        Refused::OfferGone,
    );
    check(
        &[ASK, Action::Offer(0), Action::AcceptBogus(0)],
        Refused::OfferGone,
    );
    check(
        &[ASK, Action::Offer(0), Action::Decline(0), Action::Accept(0)],
        Refused::OfferGone,
    );
    // Too late, although the timer has not rung yet.
    check(
        &[ASK, Action::Offer(0), Action::Wait(1), Action::Accept(0)],
        Refused::OfferGone,
    );
    check(
        &[
            ASK,
            Action::Offer(0),
            Action::LeaveContact,
            Action::Accept(0),
        ],
        Refused::OfferGone,
    );
}

#[test]
fn already_offered() {
    check(
        &[ASK, Action::Offer(0), Action::Offer(1)],
        Refused::AlreadyOffered,
    );
}

#[test]
fn no_escalation() {
    check(&[CUSTOMER, Action::ReadPacket(0)], Refused::NoEscalation);
    check(
        &[ASK, Action::Withdraw, Action::ReadPacket(0)],
        Refused::NoEscalation,
    );
}

#[test]
fn summary_outdated() {
    let summarize = Action::Summarize { is_late: false };
    let late = Action::Summarize { is_late: true };
    check(&[ASK, summarize, summarize], Refused::SummaryOutdated);
    check(&[ASK, summarize, late], Refused::SummaryOutdated);
    // An older one may come first, and a newer one take its place.
    let mut world = World::external();
    for action in [CUSTOMER, ASK, late, summarize, CUSTOMER, summarize] {
        let before = world.state.clone();
        world.act(action).unwrap().unwrap();
        if matches!(action, Action::Summarize { .. }) {
            assert_eq!(
                (before.holder, before.epoch),
                (world.state.holder.clone(), world.state.epoch)
            );
        }
    }
    check(&[CUSTOMER, summarize], Refused::NoEscalation);
    check(&[ASK, Action::Withdraw, summarize], Refused::NoEscalation);
}

#[test]
fn not_waiting() {
    check(&[CUSTOMER, Action::Withdraw], Refused::NotWaiting);
    check(&[CUSTOMER, Action::LeaveContact], Refused::NotWaiting);
    check(&[CUSTOMER, Action::Offer(0)], Refused::NotWaiting);
    check(&[CUSTOMER, Action::Move], Refused::NotWaiting);
    // Who was slower than a takeover, or than the customer's leaving.
    check(
        &[ASK, Action::Offer(0), take(1), Action::Accept(0)],
        Refused::NotWaiting,
    );
    check(
        &[ASK, Action::Offer(0), Action::End, Action::Accept(0)],
        Refused::NotWaiting,
    );
    // A lock is not the customer's to open.
    check(&[COLD, Action::Withdraw], Refused::NotWaiting);
}

#[test]
fn draft_gone() {
    let release = Action::Release {
        agent: 0,
        is_edited: false,
    };
    check(&[REVIEWED, release], Refused::DraftGone);
    check(&[REVIEWED, ANSWER, release, release], Refused::DraftGone);
    check(
        &[REVIEWED, ANSWER, Action::ReleaseBogus(0)],
        Refused::DraftGone,
    );
    check(&[REVIEWED, ANSWER, REVIEWED, release], Refused::DraftGone);
    check(
        &[REVIEWED, ANSWER, take(0), Action::HandBack(0), release],
        Refused::DraftGone,
    );
    check(
        &[REVIEWED, ANSWER, Action::EndReview(0), Action::Reject(0)],
        Refused::DraftGone,
    );
}

#[test]
fn draft_outdated() {
    let mut world = World::external();
    let older = Action::Assistant {
        made: Made::Fresh,
        says: Says::Continue,
        reply: Reply::First,
        is_more: false,
        has_clarify: false,
    };
    check_in(
        &mut world,
        &[REVIEWED, REVIEWED, older],
        Refused::DraftOutdated,
    );
}

#[test]
fn already_answered() {
    check(&[CUSTOMER, ANSWER, ANSWER], Refused::AlreadyAnswered);
    check(&[REVIEWED, ANSWER, ANSWER], Refused::AlreadyAnswered);
    let older = Action::Assistant {
        made: Made::Fresh,
        says: Says::Continue,
        reply: Reply::First,
        is_more: false,
        has_clarify: false,
    };
    // The earlier question after the later one.
    check(
        &[CUSTOMER, CUSTOMER, ANSWER, older],
        Refused::AlreadyAnswered,
    );
    // A first word unasked is said once.
    check(&[ANSWER, ANSWER], Refused::AlreadyAnswered);
}

#[test]
fn alternated_too_often() {
    check(
        &[CUSTOMER, ASK, Action::Withdraw, ASK, Action::Withdraw],
        Refused::AlternatedTooOften,
    );
    check(
        &[
            CUSTOMER,
            take(0),
            Action::HandBack(0),
            take(0),
            Action::HandBack(0),
        ],
        Refused::AlternatedTooOften,
    );
    // The customer wrote to the agent: one way back, one return, then it stays.
    check(
        &[
            take(0),
            CUSTOMER,
            Action::HandBack(0),
            take(0),
            Action::HandBack(0),
        ],
        Refused::AlternatedTooOften,
    );
}

#[test]
fn handed_back_too_often() {
    let once = [CUSTOMER, take(0), Action::HandBack(0)];
    let mut world = World::builtin();
    for _ in 0..HAND_BACKS_MAX {
        once.iter()
            .for_each(|action| drop(world.act(*action).unwrap().unwrap()));
    }
    check_in(&mut world, &once, Refused::HandedBackTooOften);
}

#[test]
fn a_policy_may_allow_fewer_hand_backs() {
    let once = [CUSTOMER, take(0), Action::HandBack(0)];
    let mut world = World::builtin();
    world.hand_backs_max = 0;
    check_in(&mut world, &once, Refused::HandedBackTooOften);
}

fn customer_says(world: &mut World, text: &str) -> Command {
    let Command::CustomerTurn {
        verdict,
        handoff,
        review_notice,
        said_so_far,
        answer_by,
        ..
    } = world.command(CUSTOMER)
    else {
        unreachable!()
    };
    let text = text.to_owned();
    Command::CustomerTurn {
        text,
        verdict,
        rise: None,
        handoff,
        review_notice,
        said_so_far,
        answer_by,
    }
}

#[test]
fn empty_text() {
    let mut world = World::builtin();
    let blank = customer_says(&mut world, " \n");
    check_command(&mut world, blank, Refused::EmptyText);
    let note = Command::AddNote {
        agent: agent(0),
        text: String::new(),
    };
    check_command(&mut world, note, Refused::EmptyText);
    let answer = Answer {
        text: String::new(),
        ..world.answer()
    };
    check_command(
        &mut world,
        Command::AssistantTurn(Box::new(answer)),
        Refused::EmptyText,
    );
    // A handoff without a word to the customer.
    let end = Command::End {
        notice: say(NoticeKind::Closed, ""),
    };
    check_command(&mut world, end, Refused::EmptyText);
}

#[test]
fn text_too_long() {
    let mut world = World::builtin();
    let fits = customer_says(&mut world, &"a".repeat(TURN_TEXT_BYTES_MAX));
    assert!(world.run(fits).is_ok());
    let bytes = TURN_TEXT_BYTES_MAX + 1;
    let long = customer_says(&mut world, &"a".repeat(bytes));
    let expected = Refused::TextTooLong {
        bytes,
        max: TURN_TEXT_BYTES_MAX,
    };
    check_command(&mut world, long, expected);
    world.act(ASK).unwrap().unwrap();
    let bytes = SHORT_TEXT_BYTES_MAX + 1;
    let contact = Command::LeaveContact {
        address: "a".repeat(bytes),
        notice: say(NoticeKind::ContactTaken, "We write to you."),
        due_at: world.now,
    };
    let expected = Refused::TextTooLong {
        bytes,
        max: SHORT_TEXT_BYTES_MAX,
    };
    check_command(&mut world, contact, expected);
}

/// A conversation with this many turns less than it may have.
fn nearly_full(left: u32) -> World {
    let mut world = World::external();
    while world.state.turns < TURNS_MAX - left {
        world.act(CUSTOMER).unwrap().unwrap();
        world.log.clear();
        world.texts.clear();
    }
    world
}

#[test]
fn too_many_turns() {
    let mut world = nearly_full(1);
    check_in(&mut world, &[CUSTOMER, CUSTOMER], Refused::TooManyTurns);
    check_in(&mut world, &[ANSWER], Refused::TooManyTurns);
    // It can still be handed over, also while the assistant speaks, and be ended.
    let handoff = world.handoff(HandoffKind::Warm);
    let said_so_far = Some(world.answer());
    assert!(
        world
            .run(Command::AskForPerson {
                handoff,
                said_so_far,
                told: None
            })
            .is_ok()
    );
    assert!(world.act(take(0)).unwrap().is_ok());
    check_in(
        &mut world,
        &[Action::AgentTurn {
            agent: 0,
            made: Made::Fresh,
        }],
        Refused::TooManyTurns,
    );
    assert!(
        world
            .act(Action::Resolve(0, Disposition::Solved))
            .unwrap()
            .is_ok()
    );
}

#[test]
fn nothing_to_rate() {
    let rate = Action::Rate(RatedPart::Assistant);
    check(&[CUSTOMER, rate], Refused::NothingToRate);
    check(&[CUSTOMER, ANSWER, rate, rate], Refused::NothingToRate);
    check(
        &[CUSTOMER, ANSWER, Action::Rate(RatedPart::Agent)],
        Refused::NothingToRate,
    );
    check(
        &[CUSTOMER, Action::Confirm { helped: true }],
        Refused::NothingToRate,
    );
    let mut world = World::builtin();
    world.act(CUSTOMER).unwrap().unwrap();
    world.act(ANSWER).unwrap().unwrap();
    for score in [0, 6] {
        let rate = Command::Rate {
            part: RatedPart::Assistant,
            score,
            text: None,
        };
        check_command(&mut world, rate, Refused::NothingToRate);
    }
    let beyond = Command::ConfirmAnswer {
        turn: TurnNumber(99),
        helped: true,
    };
    check_command(&mut world, beyond, Refused::NothingToRate);
    let grade = |turn, text, score, by_chance| Command::GradeAnswer {
        agent: agent(0),
        turn: TurnNumber(turn),
        text: TextRef(text),
        grade: Grade::Right,
        was_shown: true,
        score,
        by_chance,
    };
    let unknown = [
        grade(0, 1, 0.5, 1.0),
        grade(99, 1, 0.5, 1.0),
        grade(1, 0, 0.5, 1.0),
        grade(1, 99, 0.5, 1.0),
        grade(1, 2, 1.5, 1.0),
        grade(1, 2, f64::NAN, 1.0),
        grade(1, 2, 0.5, 0.0),
        grade(1, 2, 0.5, f64::INFINITY),
    ];
    for command in unknown {
        check_command(&mut world, command, Refused::NothingToRate);
    }
    world.run(grade(1, 2, 0.5, 1.0)).unwrap();
}

#[test]
fn not_due() {
    let early = |due| Action::Spurious(due);
    check(&[CUSTOMER, early(Due::AssistantSilent)], Refused::NotDue);
    check(
        &[
            CUSTOMER,
            ANSWER,
            Action::Wait(5),
            early(Due::AssistantSilent),
        ],
        Refused::NotDue,
    );
    check(&[ASK, early(Due::OfferTimedOut)], Refused::NotDue);
    check(
        &[ASK, Action::Offer(0), early(Due::OfferTimedOut)],
        Refused::NotDue,
    );
    check(&[ASK, early(Due::WaitPassed)], Refused::NotDue);
    check(
        &[
            ASK,
            Action::Wait(6),
            Action::Offer(0),
            early(Due::WaitPassed),
        ],
        Refused::NotDue,
    );
    check(
        &[
            ASK,
            Action::LeaveContact,
            Action::Wait(6),
            early(Due::WaitPassed),
        ],
        Refused::NotDue,
    );
    check(&[ASK, early(Due::Overflow)], Refused::NotDue);
    check(
        &[
            ASK,
            Action::LeaveContact,
            Action::Wait(20),
            early(Due::Overflow),
        ],
        Refused::NotDue,
    );
    // The customer wrote just before the idle timer was acted on.
    check(
        &[
            CUSTOMER,
            ANSWER,
            Action::Wait(40),
            CUSTOMER,
            early(Due::Idle),
        ],
        Refused::NotDue,
    );
    check(
        &[REVIEWED, ANSWER, Action::Wait(40), early(Due::Idle)],
        Refused::NotDue,
    );
    check(&[take(0), early(Due::WrapUp)], Refused::NotDue);
    check(&[take(0), Action::End, early(Due::WrapUp)], Refused::NotDue);
    check(
        &[
            take(0),
            COLD_RISE,
            Action::End,
            Action::Wait(20),
            early(Due::WrapUp),
        ],
        Refused::NotDue,
    );
    check(&[ASK, early(Due::Idle)], Refused::NotDue);
}
