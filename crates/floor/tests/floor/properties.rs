//! Random streams of commands, valid and not, against the auditor.

use proptest::prelude::*;
use proptest::test_runner::Config;
use segue_floor::Due;
use segue_model::escalation::Disposition;
use segue_model::event::{AssistantKind, RatedPart};

use crate::action::{Action, Made, Reply, Says};
use crate::world::World;

fn says() -> impl Strategy<Value = Says> {
    prop_oneof![
        6 => Just(Says::Continue),
        1 => Just(Says::Nothing),
        2 => Just(Says::Widen),
        2 => Just(Says::Clarify),
        3 => Just(Says::Review),
        3 => Just(Says::Warm),
        1 => Just(Says::Cold),
        1 => Just(Says::Takeover),
        1 => Just(Says::Rise),
        1 => Just(Says::RiseUnprepared),
        1 => Just(Says::Unprepared),
    ]
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![5 => Just(Made::Fresh), 1 => Just(Made::Stale), 1 => Just(Made::Ahead)]
}

fn customers() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (says(), any::<bool>())
            .prop_map(|(says, is_cutting)| Action::Customer { says, is_cutting }),
        2 => any::<bool>().prop_map(|is_cutting| Action::Ask { is_cutting }),
        2 => Just(Action::Withdraw),
        2 => Just(Action::LeaveContact),
        1 => any::<bool>().prop_map(|helped| Action::Confirm { helped }),
        1 => Just(Action::End),
        1 => prop_oneof![Just(RatedPart::Assistant), Just(RatedPart::Agent)].prop_map(Action::Rate),
    ]
}

fn assistants() -> impl Strategy<Value = Action> {
    let reply = prop_oneof![
        6 => Just(Reply::Latest),
        1 => Just(Reply::First),
        1 => Just(Reply::None),
        1 => Just(Reply::Bogus),
    ];
    (
        made(),
        says(),
        reply,
        prop::bool::weighted(0.2),
        any::<bool>(),
    )
        .prop_map(
            |(made, says, reply, is_more, has_clarify)| Action::Assistant {
                made,
                says,
                reply,
                is_more,
                has_clarify,
            },
        )
}

fn agents() -> impl Strategy<Value = Action> {
    let disposition = prop_oneof![Just(Disposition::Solved), Just(Disposition::FollowUp)];
    let who = 0..3u8;
    prop_oneof![
        4 => who.clone().prop_map(Action::Offer),
        2 => who.clone().prop_map(Action::Decline),
        4 => who.clone().prop_map(Action::Accept),
        1 => who.clone().prop_map(Action::AcceptBogus),
        2 => (who.clone(), any::<bool>())
            .prop_map(|(agent, is_cutting)| Action::Take { agent, is_cutting }),
        3 => (who.clone(), made()).prop_map(|(agent, made)| Action::AgentTurn { agent, made }),
        1 => who.clone().prop_map(Action::Note),
        1 => who.clone().prop_map(Action::ReadPacket),
        1 => any::<bool>().prop_map(|is_late| Action::Summarize { is_late }),
        2 => who.clone().prop_map(Action::Requeue),
        2 => who.clone().prop_map(Action::HandBack),
        1 => who.clone().prop_map(Action::HandBackSettled),
        1 => (who.clone(), disposition).prop_map(|(who, how)| Action::Resolve(who, how)),
        2 => (who.clone(), any::<bool>())
            .prop_map(|(agent, is_edited)| Action::Release { agent, is_edited }),
        1 => who.clone().prop_map(Action::ReleaseBogus),
        1 => who.clone().prop_map(Action::Reject),
        1 => who.prop_map(Action::EndReview),
    ]
}

fn others() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => any::<bool>().prop_map(|is_moving_on| Action::Ring { is_moving_on }),
        2 => (0..20u8).prop_map(Action::Wait),
        1 => Just(Action::Move),
        1 => prop_oneof![
            Just(Due::AssistantSilent),
            Just(Due::OfferTimedOut),
            Just(Due::WaitPassed),
            Just(Due::Overflow),
            Just(Due::WrapUp),
            Just(Due::Idle),
        ]
        .prop_map(Action::Spurious),
        1 => prop_oneof![
            Just(Action::LearnFacts),
            Just(Action::GrantKey),
            Just(Action::ClearFlag),
            Just(Action::Grade),
        ],
    ]
}

pub fn action() -> impl Strategy<Value = Action> {
    prop_oneof![3 => customers(), 3 => assistants(), 4 => agents(), 2 => others()]
}

fn assistant() -> impl Strategy<Value = AssistantKind> {
    prop_oneof![Just(AssistantKind::Builtin), Just(AssistantKind::External)]
}

proptest! {
    #![proptest_config(Config { cases: 2_000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_append_keeps_the_invariants(
        kind in assistant(),
        actions in prop::collection::vec(action(), 1..80),
    ) {
        let mut world = World::opened(kind);
        for action in actions {
            if let Err(fault) = world.act(action) {
                return Err(TestCaseError::fail(format!("{action:?}: {fault}")));
            }
        }
        prop_assert_eq!(world.replayed(), world.state);
    }
}

/// The streams are only worth something if they get everywhere.
#[test]
fn random_streams_reach_every_event() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use std::collections::BTreeSet;

    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..900 {
        let stream = prop::collection::vec(action(), 80)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let mut world = World::builtin();
        for action in stream {
            world.act(action).unwrap().ok();
        }
        for event in world.log.iter().flat_map(|entry| &entry.events) {
            let name = format!("{event:?}");
            let end = name
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(name.len());
            seen.insert(name[..end].to_owned());
        }
    }
    // All events but the one that only imports write.
    assert_eq!(seen.len(), 36 - 1, "{seen:?}");
}
