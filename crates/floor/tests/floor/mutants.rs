//! The proof that the auditor sees faults: each of these deciders has one planted,
//! and random streams must bring it to light.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use segue_floor::{Command, Context, Decision, Effect, Refused, State, decide};
use segue_model::escalation::OfferEnd;
use segue_model::event::{AssistantKind, Event};
use segue_model::floor::Holder;
use segue_model::turn::Author;
use segue_model::verdict::HandoffKind;

use crate::action::{Action, Says};
use crate::properties::action;
use crate::world::{Decide, World};

type Outcome = Result<Decision, Refused>;

const STREAMS: usize = 400;
const STREAM_LENGTH: usize = 80;

/// The first fault that random streams bring to light.
fn first_fault(decide: Decide) -> Option<String> {
    let mut runner = TestRunner::deterministic();
    let streams = proptest::collection::vec(action(), STREAM_LENGTH);
    (0..STREAMS).find_map(|number| {
        let stream = streams.new_tree(&mut runner).unwrap().current();
        let kinds = [AssistantKind::Builtin, AssistantKind::External];
        let mut world = World::opened(kinds[number % 2]);
        world.decide = decide;
        stream
            .into_iter()
            .find_map(|action| world.act(action).err())
    })
}

fn check(expected: &str, decide: Decide) {
    let fault = first_fault(decide);
    let is_found = fault.as_ref().is_some_and(|fault| fault.contains(expected));
    assert!(is_found, "expected `{expected}`, got {fault:?}");
}

/// Decides on a state that was tampered with.
fn tampered(state: &State, command: Command, ctx: &Context, tamper: fn(&mut State)) -> Outcome {
    let mut state = state.clone();
    tamper(&mut state);
    decide(&state, command, ctx)
}

fn without(outcome: Outcome, is_dropped: fn(&Event) -> bool) -> Outcome {
    outcome.map(|mut decision| {
        decision.events.retain(|event| !is_dropped(event));
        decision
    })
}

#[test]
fn the_real_floor_is_without_fault() {
    assert_eq!(first_fault(decide), None);
}

#[test]
fn an_assistant_without_the_fence() {
    check("I5", |state, mut command, ctx| {
        if let Command::AssistantTurn(answer) = &mut command {
            answer.epoch = state.epoch;
        }
        decide(state, command, ctx)
    });
}

#[test]
fn an_answer_that_stands_under_another_epoch() {
    check("I4", |state, command, ctx| {
        decide(state, command, ctx).map(|mut decision| {
            for event in &mut decision.events {
                if let Event::TurnAdded {
                    author: Author::Assistant,
                    epoch,
                    ..
                } = event
                {
                    *epoch = epoch.next();
                }
            }
            decision
        })
    });
}

#[test]
fn an_agent_without_the_fence() {
    check(
        "an agent spoke under an old epoch",
        |state, mut command, ctx| {
            if let Command::AgentTurn { epoch, .. } = &mut command {
                *epoch = state.epoch;
            }
            decide(state, command, ctx)
        },
    );
}

#[test]
fn an_agent_without_the_floor() {
    check("I4", |state, command, ctx| {
        let mut state = state.clone();
        if let (Command::AgentTurn { agent, .. }, Holder::Agent { .. }) = (&command, &state.holder)
        {
            state.holder = Holder::Agent { agent: *agent };
        }
        decide(&state, command, ctx)
    });
}

#[test]
fn an_epoch_that_stands_still() {
    check("I3", |state, command, ctx| {
        decide(state, command, ctx).map(|mut decision| {
            for event in &mut decision.events {
                if let Event::FloorChanged { epoch, .. } = event {
                    *epoch = state.epoch;
                }
            }
            decision
        })
    });
}

#[test]
fn two_answers_to_one_turn() {
    check("F4", |state, command, ctx| {
        tampered(state, command, ctx, |state| state.answered = None)
    });
}

#[test]
fn a_silent_handoff() {
    check("silent", |state, command, ctx| {
        let outcome = decide(state, command, ctx)?;
        let is_system = |event: &Event| {
            matches!(
                event,
                Event::TurnAdded {
                    author: Author::System { .. },
                    ..
                }
            )
        };
        let is_last_text = outcome.events.iter().rev().find_map(|event| match event {
            Event::TurnAdded { author, .. } => Some(matches!(author, Author::System { .. })),
            _ => None,
        });
        if is_last_text != Some(true) {
            return Ok(outcome);
        }
        let mut outcome = without(Ok(outcome), is_system)?;
        outcome.texts.pop();
        Ok(outcome)
    });
}

#[test]
fn a_slot_that_is_never_released() {
    check("I7", |state, command, ctx| {
        decide(state, command, ctx).map(|mut decision| {
            decision
                .effects
                .retain(|effect| !matches!(effect, Effect::ReleaseSlot { .. }));
            decision
        })
    });
}

#[test]
fn a_takeover_that_claims_no_slot() {
    check("I7", |state, command, ctx| {
        let is_take = matches!(command, Command::Take { .. });
        decide(state, command, ctx).map(|mut decision| {
            decision
                .effects
                .retain(|e| !is_take || !matches!(e, Effect::ClaimSlot { .. }));
            decision
        })
    });
}

#[test]
fn an_offer_that_outlives_its_escalation() {
    check("I6", |state, command, ctx| {
        without(decide(state, command, ctx), |event| {
            matches!(
                event,
                Event::OfferEnded {
                    end: OfferEnd::Rescinded,
                    ..
                }
            )
        })
    });
}

#[test]
fn two_offers_at_once() {
    check("I6", |state, command, ctx| {
        tampered(state, command, ctx, |state| {
            if let Some(open) = state.escalation.as_mut() {
                open.offer = None;
            }
        })
    });
}

#[test]
fn a_draft_released_after_the_customer_moved_on() {
    check("draft", |state, command, ctx| {
        let mut state = state.clone();
        let latest = state.last_customer_turn.unwrap_or_default();
        state
            .drafts
            .iter_mut()
            .for_each(|open| open.in_reply_to = latest);
        let outcome = decide(&state, command, ctx);
        without(outcome, |event| {
            matches!(event, Event::DraftOutdated { .. })
        })
    });
}

#[test]
fn a_floor_that_passes_for_ever() {
    check("I16", |state, command, ctx| {
        tampered(state, command, ctx, |state| state.alternations = 0)
    });
}

#[test]
fn hand_backs_without_end() {
    // Random streams are too short for this one.
    let mut world = World::external();
    world.decide = |state, command, ctx| tampered(state, command, ctx, |s| s.hand_backs = 0);
    let story = [
        Action::Customer {
            says: Says::Continue,
            is_cutting: false,
        },
        Action::Take {
            agent: 0,
            is_cutting: false,
        },
        Action::HandBack(0),
    ];
    let stream = story.into_iter().cycle().take(3 * 6);
    let fault = stream
        .into_iter()
        .find_map(|action| world.act(action).err());
    assert_eq!(fault.as_deref(), Some("I16: handed back too often"));
}

#[test]
fn a_customer_who_is_not_heard() {
    check("a customer's turn was lost", |state, command, ctx| {
        let is_customer = matches!(command, Command::CustomerTurn { .. });
        if is_customer && state.holding_agent().is_some() {
            return Err(Refused::NotHolder { holder: "agent" });
        }
        decide(state, command, ctx)
    });
}

#[test]
fn a_wish_for_a_person_that_is_refused() {
    check("a person was refused", |state, command, ctx| {
        if matches!(command, Command::AskForPerson { .. }) && state.alternations > 1 {
            return Err(Refused::AlternatedTooOften);
        }
        decide(state, command, ctx)
    });
}

#[test]
fn a_question_that_nobody_owes_an_answer() {
    check("forgotten", |state, command, ctx| {
        without(decide(state, command, ctx), |event| {
            matches!(event, Event::AnswerAwaited { .. })
        })
    });
}

#[test]
fn a_timer_that_rings_for_ever() {
    check("rings for ever", |state, command, ctx| {
        without(decide(state, command, ctx), |event| {
            matches!(event, Event::WaitExtended { .. })
        })
    });
}

#[test]
fn a_lock_that_waiting_opens() {
    check("a lock was lost", |state, command, ctx| {
        let is_requeue = matches!(command, Command::Requeue { .. });
        decide(state, command, ctx).map(|mut decision| {
            for event in &mut decision.events {
                if let Event::FloorChanged { to, .. } = event
                    && let Holder::Locked { queue, since } = to.clone()
                    && is_requeue
                {
                    *to = Holder::Queue {
                        queue,
                        kind: HandoffKind::Cold,
                        since,
                    };
                }
            }
            decision
        })
    });
}

#[test]
fn a_customer_who_calls_security_off() {
    check("called off a cold handoff", |state, command, ctx| {
        let mut state = state.clone();
        if let (Command::End { .. }, Some(open)) = (&command, state.escalation.as_mut()) {
            open.request.kind = HandoffKind::Warm;
        }
        decide(&state, command, ctx)
    });
}

#[test]
fn a_promise_that_ends_with_the_conversation() {
    check("a promise was dropped", |state, command, ctx| {
        let mut state = state.clone();
        if let (Command::End { .. }, Some(open)) = (&command, state.escalation.as_mut()) {
            open.due_at = None;
        }
        decide(&state, command, ctx)
    });
}
