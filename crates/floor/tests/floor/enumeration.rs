//! Every sequence of up to six floor actions, completely. Sequences that lead to the
//! same situation are followed once: two situations are the same if neither the
//! state, seen from its own time and turn, nor the auditor's books tell them apart.

use std::collections::HashMap;
use std::time::Instant;

use segue_floor::State;
use segue_model::escalation::Disposition;
use segue_model::event::AssistantKind;
use segue_model::time::Timestamp;

use crate::action::{Action, Made, Reply, Says};
use crate::world::World;

const DEPTH: usize = 6;

const fn customer(says: Says) -> Action {
    Action::Customer {
        says,
        is_cutting: false,
    }
}

const fn assistant(made: Made) -> Action {
    let says = Says::Continue;
    Action::Assistant {
        made,
        says,
        reply: Reply::Latest,
        is_more: false,
        has_clarify: false,
    }
}

const ALPHABET: [Action; 29] = [
    customer(Says::Continue),
    customer(Says::Warm),
    customer(Says::Cold),
    customer(Says::Rise),
    customer(Says::Review),
    customer(Says::Unprepared),
    assistant(Made::Fresh),
    assistant(Made::Stale),
    Action::Assistant {
        made: Made::Fresh,
        says: Says::Widen,
        reply: Reply::First,
        is_more: false,
        has_clarify: false,
    },
    Action::Ask { is_cutting: true },
    Action::Withdraw,
    Action::LeaveContact,
    Action::End,
    Action::Offer(0),
    Action::Accept(0),
    Action::Decline(0),
    Action::Take {
        agent: 0,
        is_cutting: false,
    },
    Action::Take {
        agent: 1,
        is_cutting: false,
    },
    Action::AgentTurn {
        agent: 0,
        made: Made::Fresh,
    },
    Action::AgentTurn {
        agent: 0,
        made: Made::Stale,
    },
    Action::Move,
    Action::Requeue(0),
    Action::HandBack(0),
    Action::Resolve(0, Disposition::Solved),
    Action::Release {
        agent: 0,
        is_edited: false,
    },
    Action::Reject(0),
    Action::EndReview(0),
    Action::Ring {
        is_moving_on: false,
    },
    Action::Ring { is_moving_on: true },
];

/// What of a state decides what can happen next. Destructured, so that a new field
/// cannot be forgotten; what is left out is only ever copied or counted.
fn key(world: &World) -> String {
    let State {
        version: _,
        epoch: _,
        holder,
        opening: _,
        opened_at: _,
        last_at,
        last_customer_at: _,
        turns: _,
        customer_turns,
        last_customer_turn,
        last_role,
        answered,
        last_answer: _,
        is_confirmed,
        texts: _,
        escalation,
        escalations: _,
        // Who it was matters to where the next one is sent, not to what may happen here.
        served: _,
        left_at,
        awaited,
        drafts,
        alternations,
        hand_backs,
        is_assistant_timed_out: _,
        facts: _,
        granted: _,
        is_flagged,
        has_assistant_part,
        has_agent_part,
        rated,
        has_contact: _,
        closed_at,
    } = &world.state;
    let age = |at: Timestamp| world.now.0 - at.0;
    let latest = last_customer_turn.unwrap_or_default();
    let behind = |turn: segue_model::turn::TurnNumber| latest.0.cmp(&turn.0);
    let holder = match holder {
        segue_model::floor::Holder::Agent { agent } => agent.to_string(),
        other => other.word().to_owned(),
    };
    let escalation = escalation.as_ref().map(|open| {
        (
            (open.request.kind, open.stage, open.is_extended),
            open.offer
                .as_ref()
                .map(|offer| (offer.agent, age(offer.expires_at))),
            (
                open.announced_until.map(age),
                age(open.overflow_at),
                open.due_at.map(age),
            ),
        )
    });
    format!(
        "{holder} {} {} {last_role:?} {:?} {is_confirmed} {escalation:?} {:?} {:?} {alternations} \
         {hand_backs} {is_flagged} {has_assistant_part} {has_agent_part} {rated:?} {:?} {} {}",
        age(*last_at),
        *customer_turns > 0,
        answered.map(behind),
        awaited.map(|awaited| (
            behind(awaited.turn),
            age(awaited.deadline),
            awaited.is_widened
        )),
        drafts
            .iter()
            .map(|open| behind(open.in_reply_to))
            .collect::<Vec<_>>(),
        closed_at.map(age),
        left_at.is_some(),
        world.auditor.key(),
    )
}

#[derive(Debug, Default)]
struct Counts {
    states: usize,
    sequences: u64,
    accepted: u64,
    refused: u64,
}

fn enumerate(kind: AssistantKind) -> Counts {
    let mut counts = Counts::default();
    // Each situation with the number of sequences that lead to it.
    let mut layer = HashMap::from([(String::new(), (World::opened(kind), 1_u64))]);
    for depth in 1..=DEPTH {
        let mut next: HashMap<String, (World, u64)> = HashMap::new();
        for (world, sequences) in layer.into_values() {
            for action in ALPHABET {
                let mut after = world.light();
                let outcome = after.act(action).unwrap_or_else(|fault| {
                    panic!(
                        "at depth {depth}, {action:?}: {fault}\nin {:#?}",
                        world.state
                    )
                });
                if outcome.is_err() {
                    counts.refused += 1;
                    continue;
                }
                counts.accepted += 1;
                counts.sequences += sequences;
                // The last layer is judged and not gone on from.
                if depth == DEPTH {
                    continue;
                }
                let place = next.entry(key(&after));
                place.or_insert_with(|| (after, 0)).1 += sequences;
            }
        }
        counts.states += next.len();
        layer = next;
    }
    counts
}

fn check(kind: AssistantKind) {
    let started = Instant::now();
    let counts = enumerate(kind);
    eprintln!("{kind:?}: {counts:?} in {:?}", started.elapsed());
    // The figures of the document; a change of the floor that prunes much shows here.
    assert!(counts.sequences > 1_000_000, "{counts:?}");
    assert!(counts.states > 1_000, "{counts:?}");
}

#[test]
fn every_sequence_with_the_builtin_assistant() {
    check(AssistantKind::Builtin);
}

#[test]
fn every_sequence_with_an_external_assistant() {
    check(AssistantKind::External);
}
