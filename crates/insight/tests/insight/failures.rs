//! Clusters of failures, as those who work them off see them.

use segue_insight::failures::{Clusters, Failure, Seed, cluster};
use segue_model::escalation::{RootCause, Trigger};
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
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
    members.map(|it| it.conversation).collect()
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
    assert_eq!((address.agent_ms, address.wait_ms), (1_200_000, 240_000));
    assert_eq!(address.lost_ms(), 1_440_000);
    assert_eq!(address.halves, [2, 2]);
    assert_eq!(address.root_causes, [(RootCause::MissingKnowledge, 4)]);
    assert_eq!(address.triggers, [(Trigger::Fallback, 4)]);
    assert_eq!(address.examples.len(), 4);
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
            assert!(now.members.contains(member), "{member:?} left {}", now.name);
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
    assert!(known.members.iter().all(|it| it.text.contains("address")));
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
