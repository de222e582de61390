//! Clusters of failures, as those who work them off see them.

use segue_insight::failures::{
    Clusters, EffectVerdict, Failure, Resolution, Seed, cluster, effect, is_broken, propose,
};
use segue_model::escalation::{RootCause, Trigger};
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use uuid::Uuid;

const DAY: i64 = 86_400_000;

fn id(number: u64) -> ConversationId {
    ConversationId::new(Uuid::from_u64_pair(7, number))
}

fn failure(number: u64, text: &str) -> Failure {
    Failure {
        conversation: id(number),
        at: Timestamp(i64::try_from(number).unwrap() * DAY),
        text: text.into(),
        root_cause: Some(RootCause::MissingKnowledge),
        trigger: Some(Trigger::Fallback),
        topic: None,
        agent_ms: 300_000,
        wait_ms: 60_000,
    }
}

fn some() -> Vec<Failure> {
    let texts = [
        "Hello, can I change the delivery address of my parcel?",
        "The label printer prints only blank pages",
        "I need to change the delivery address, the parcel is on its way",
        "my printer prints a blank page instead of the label",
        "How do I change a delivery address after sending?",
        "What is the weather in Lisbon?",
        "Is it possible to change the address for the delivery",
        "Every label comes out blank on my printer",
    ];
    (1..)
        .zip(texts)
        .map(|(at, text)| failure(at, text))
        .collect()
}

fn of(failures: &[Failure]) -> Clusters {
    cluster(failures, &[], Timestamp(0), Timestamp(10 * DAY))
}

fn members(found: &Clusters, at: usize) -> Vec<ConversationId> {
    let members = found.list[at].members.iter();
    members.map(|it| it.failure.conversation).collect()
}

#[test]
fn what_puts_the_same_concern_is_one_cluster_with_a_name() {
    let found = of(&some());
    assert_eq!(found.list.len(), 2, "{found:#?}");
    assert_eq!(found.single, 1);
    assert_eq!(members(&found, 0), [id(1), id(3), id(5), id(7)]);
    assert_eq!(members(&found, 1), [id(2), id(4), id(8)]);
    let address = &found.list[0];
    assert_eq!(address.id, id(1));
    assert!(
        address.name.to_lowercase().contains("change"),
        "{}",
        address.name
    );
    assert!(
        address.name.to_lowercase().contains("address"),
        "{}",
        address.name
    );
    assert!(!address.name.contains("Hello"), "{}", address.name);
    assert_eq!(
        (address.agent_ms(), address.wait_ms()),
        (1_200_000, 240_000)
    );
    assert_eq!(address.lost_ms(), 1_440_000);
    let late = address.within(Timestamp(4 * DAY), Timestamp(10 * DAY));
    assert_eq!((late.members.len(), &late.name), (2, &address.name));
    assert_eq!(address.root_causes(), [(RootCause::MissingKnowledge, 4)]);
    assert_eq!(address.triggers(), [(Trigger::Fallback, 4)]);
    assert_eq!(address.examples().len(), 4);
    let german = [
        failure(1, "Wie ändere ich die Lieferadresse meines Pakets?"),
        failure(2, "Ich möchte die Lieferadresse ändern"),
        failure(3, "Der Drucker druckt nur leere Seiten"),
        failure(4, "mein Drucker druckt eine leere Seite statt dem Etikett"),
    ];
    let found = of(&german);
    assert_eq!(members(&found, 0), [id(1), id(2)]);
    assert_eq!(members(&found, 1), [id(3), id(4)]);
}

#[test]
fn the_order_of_rows_says_nothing_and_later_rows_move_no_earlier_one() {
    let mut rows = some();
    let before = of(&rows);
    rows.reverse();
    assert_eq!(of(&rows), before);
    rows.extend([
        failure(9, "Printing labels: the paper stays blank"),
        failure(
            9 + 1_000,
            "outside of the window: change the delivery address",
        ),
    ]);
    // The same conversation is one failure, however often it is told.
    rows.push(failure(2, "The label printer prints only blank pages"));
    let after = of(&rows);
    for cluster in &before.list {
        let now = after.list.iter().find(|it| it.id == cluster.id).unwrap();
        for member in &cluster.members {
            let mut there = now.failures();
            assert!(there.any(|it| *it == member.failure), "{member:?} left");
        }
    }
    assert_eq!(
        after.list.iter().map(|it| it.members.len()).sum::<usize>(),
        8
    );
}

#[test]
fn a_seed_keeps_its_name_when_the_oldest_failures_are_gone() {
    let seed = Seed {
        id: id(1),
        texts: vec!["can I change the delivery address of my parcel?".into()],
    };
    let rows: Vec<Failure> = some().split_off(2);
    let found = cluster(&rows, &[seed], Timestamp(0), Timestamp(10 * DAY));
    let known = found.list.iter().find(|it| it.id == id(1)).unwrap();
    assert_eq!(known.members.len(), 3);
    assert!(known.failures().all(|it| it.text.contains("address")));
}

#[test]
fn what_was_erased_is_counted_and_what_is_private_names_nothing() {
    let mut rows = some();
    rows.push(failure(9, ""));
    assert_eq!(of(&rows).wordless, 1);
    let private = [
        failure(
            1,
            "change the address of jo.doe@example.com please, the delivery address",
        ),
        failure(2, "jo.doe@example.com wants the delivery address changed"),
    ];
    let found = of(&private);
    assert_eq!(found.list.len(), 1);
    assert!(!found.list[0].name.contains('@'), "{}", found.list[0].name);
    assert!(!found.list[0].name.is_empty());
}

fn resolution(number: u64, is_thanked: bool, said: &[&str]) -> Resolution {
    Resolution {
        conversation: id(number),
        at: Timestamp(i64::try_from(number).unwrap() * DAY),
        is_thanked,
        said: (1..)
            .map(TurnNumber)
            .zip(said.iter().map(|text| (*text).to_owned()))
            .collect(),
        names: vec!["Alex Moreno".into(), "Sarah".into()],
    }
}

#[test]
fn a_proposal_takes_what_agents_say_to_all_and_nothing_of_one_case() {
    let found = of(&some());
    let resolutions = [
        resolution(
            1,
            false,
            &[
                "Hi Alex, this is Sarah. How can I help you?",
                "I've changed it for you now, order 48213377.",
                "Mail me at sarah@example.com about the address.",
            ],
        ),
        resolution(
            3,
            true,
            &[
                "Hello Alex! Let me check that for you.",
                "You can change the delivery address until the parcel leaves the depot. \
                 Open the shipment, choose Change delivery, and enter the new address.",
                "You're welcome!",
            ],
        ),
        resolution(
            5,
            false,
            &[
                "The delivery address can be changed until the parcel leaves the depot. \
                 A change of address costs 2 euros. Is there anything else?",
            ],
        ),
        resolution(7, false, &["Changing the delivery address costs 2 euros."]),
    ];
    let proposal = propose(&found.list[0], &resolutions);
    let body = proposal.body();
    assert_eq!(
        body,
        "You can change the delivery address until the parcel leaves the depot.\n\n\
         Open the shipment, choose Change delivery, and enter the new address. \
         A change of address costs 2 euros."
    );
    assert_eq!(proposal.resolutions, 4);
    let from: Vec<ConversationId> = proposal.sources().iter().map(|it| it.0).collect();
    assert!(from.contains(&id(3)) && from.contains(&id(5)), "{from:?}");
    assert!(!from.contains(&id(1)));
    assert_eq!(proposal.title, found.list[0].name);
    assert_eq!(proposal.asked.len(), 4);
    // Nothing was said that an article could say.
    let nothing = propose(&found.list[0], &resolutions[..1]);
    assert_eq!(nothing.body(), "");
}

#[test]
fn an_effect_is_claimed_only_where_chance_is_not_enough() {
    let week = 7 * DAY;
    let now = Timestamp(40 * week);
    let published_at = Timestamp(32 * week);
    // A hundred conversations a day; the cluster's escalations by week.
    let assisted: Vec<Timestamp> = (0..40 * 700).map(|at| Timestamp(at * week / 700)).collect();
    let cluster_of = |weekly: &dyn Fn(i64) -> i64| {
        let at = (20..40)
            .flat_map(|week_of| (0..weekly(week_of)).map(move |n| week_of * week + n * week / 50));
        let rows: Vec<Failure> = (1..)
            .zip(at)
            .map(|(number, at)| Failure {
                at: Timestamp(at),
                ..failure(number, "how do I change the delivery address")
            })
            .collect();
        let mut found = cluster(&rows, &[], Timestamp(0), now);
        found.list.remove(0)
    };
    let fixed = cluster_of(&|week| if week < 32 { 12 } else { 6 });
    let told = effect(&fixed, published_at, &assisted, now);
    assert_eq!(told.verdict, EffectVerdict::Fewer);
    assert_eq!((told.before.escalations, told.after.escalations), (96, 48));
    assert_eq!(
        (told.before.conversations, told.after.conversations),
        (5_600, 5_600)
    );
    let (low, high) = told.interval.unwrap();
    assert!((told.ratio.unwrap() - 0.5).abs() < 1e-9 && low < 0.5 && high < 0.75);
    assert_eq!(told.weeks.len(), 16);
    // A peak in the week before alone would fall by itself: it is not what is compared with.
    let peak = cluster_of(&|week| if week == 31 { 50 } else { 6 });
    let told = effect(&peak, published_at, &assisted, now);
    assert_eq!(told.before.escalations, 48);
    assert_eq!(told.verdict, EffectVerdict::TooEarly);
    // In the first week nothing is said.
    let soon = effect(
        &fixed,
        published_at,
        &assisted,
        Timestamp(32 * week + 3 * DAY),
    );
    assert_eq!(soon.verdict, EffectVerdict::TooEarly);
    assert!(is_broken(&fixed, now));
    assert!(!is_broken(
        &cluster_of(&|week| i64::from(week % 2 == 0)),
        now
    ));
}
