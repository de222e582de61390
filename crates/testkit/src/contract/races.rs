use std::sync::Arc;

use segue_model::event::Version;
use segue_ports::Store;
use segue_ports::directory::{Directory, Link, LinkPurpose};
use segue_ports::log::{Append, Appended, Head, Log, LogPosition};

use super::{Subject, commit, version_of};
use crate::sample::{
    NOON, after_noon, agent, claim, conversation, escalation, head, key, opening, turn, workspace,
};

/// How many try at once.
const RUSH: usize = 200;

async fn all_at_once<S: Store>(store: &Arc<S>, appends: Vec<Append>) -> Vec<Appended> {
    let tasks: Vec<_> = appends
        .into_iter()
        .map(|append| {
            let store = Arc::clone(store);
            tokio::spawn(async move { store.append(append).await.expect("the store works") })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("the task ends"));
    }
    answers
}

fn committed(answers: &[Appended]) -> usize {
    answers
        .iter()
        .filter(|answer| matches!(answer, Appended::Committed { .. }))
        .count()
}

/// Of many appends on one version exactly one wins; the others learn the new version.
pub async fn one_append_wins_the_version<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let (ws, conv) = (workspace(), conversation());
    commit(&*store, opening(ws, conv, NOON)).await;
    let appends = (0..RUSH)
        .map(|n| turn(ws, conv, Version(1), NOON, &n.to_string()))
        .collect();
    let answers = all_at_once(&store, appends).await;
    assert_eq!(committed(&answers), 1);
    let lost = Appended::Conflict { actual: Version(2) };
    assert_eq!(
        answers.iter().filter(|answer| **answer == lost).count(),
        RUSH - 1
    );
    assert_eq!(
        store.entries(ws, conv, Version(0), 10).await.unwrap().len(),
        2
    );
}

/// Of many creations of one id exactly one wins.
pub async fn one_create_wins_the_conversation<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let (ws, conv) = (workspace(), conversation());
    let answers = all_at_once(&store, vec![opening(ws, conv, NOON); 100]).await;
    assert_eq!(committed(&answers), 1);
    assert_eq!(version_of(&*store, ws, conv).await, Some(Version(1)));
}

/// Of many creations for one visitor exactly one wins; the others learn its id (F15).
pub async fn one_create_wins_the_visitor<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let ws = workspace();
    let of_visitor = Head {
        visitor: Some("v1".to_owned()),
        ..head(NOON)
    };
    let appends = (0..100)
        .map(|_| Append {
            head: of_visitor.clone(),
            ..opening(ws, conversation(), NOON)
        })
        .collect();
    let answers = all_at_once(&store, appends).await;
    assert_eq!(committed(&answers), 1);
    let open = store
        .open_of_visitor(ws, "v1".to_owned())
        .await
        .unwrap()
        .unwrap();
    let lost = Appended::VisitorHasOpen { conversation: open };
    assert_eq!(answers.iter().filter(|answer| **answer == lost).count(), 99);
    assert_eq!(
        store
            .heads(ws, Default::default(), None, 10)
            .await
            .unwrap()
            .len(),
        1
    );
}

/// Of many tries of one request exactly one writes; all get the same answer (I11).
pub async fn one_append_wins_the_key<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let ws = workspace();
    let appends = (0..RUSH)
        .map(|_| Append {
            idempotency: Some(key("bot", "k1", 1)),
            ..opening(ws, conversation(), NOON)
        })
        .collect();
    let answers = all_at_once(&store, appends).await;
    assert_eq!(committed(&answers), 1);
    let (conversation, version, _) = store
        .find_key(ws, "bot".to_owned(), "k1".to_owned())
        .await
        .unwrap()
        .unwrap();
    let replayed = Appended::Replayed {
        conversation,
        version,
    };
    assert_eq!(
        answers.iter().filter(|answer| **answer == replayed).count(),
        RUSH - 1
    );
}

/// Many claims at once never pass the capacity (I7).
pub async fn claims_in_a_rush_fit_the_capacity<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let ws = workspace();
    let mia = agent("Mia", 5);
    store.create_agent(ws, mia.clone()).await.unwrap();
    let appends = (0..RUSH)
        .map(|_| Append {
            claims: vec![claim(mia.id, escalation())],
            ..opening(ws, conversation(), NOON)
        })
        .collect();
    let answers = all_at_once(&store, appends).await;
    assert_eq!(committed(&answers), 5);
    let full = Appended::NoFreeSlot { agent: mia.id };
    assert_eq!(
        answers.iter().filter(|answer| **answer == full).count(),
        RUSH - 5
    );
    let slots = store.slots(ws).await.unwrap();
    assert_eq!(slots.len(), 5);
    assert!(slots.iter().all(|(_, escalation)| escalation.is_some()));
    assert_eq!(
        store
            .heads(ws, Default::default(), None, 100)
            .await
            .unwrap()
            .len(),
        5
    );
}

/// Eight writers on streams of their own: every acknowledged entry is there once, in order.
pub async fn appends_in_a_rush_are_all_there<S: Subject>(subject: &S) {
    const WRITERS: usize = 8;
    const TURNS: u64 = 50;
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let ws = workspace();
    let tasks: Vec<_> = (0..WRITERS)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let conv = conversation();
                let mut positions = vec![commit(&*store, opening(ws, conv, NOON)).await];
                for version in 1..TURNS {
                    let append = turn(ws, conv, Version(version), after_noon(version), "go");
                    positions.push(commit(&*store, append).await);
                }
                assert!(positions.is_sorted());
                (conv, positions)
            })
        })
        .collect();
    let mut expected = Vec::new();
    for task in tasks {
        let (conv, positions) = task.await.expect("the writer ends");
        let versions = (1..).map(Version);
        expected.extend(
            positions
                .into_iter()
                .zip(versions)
                .map(|(at, v)| (at, conv, v)),
        );
    }
    expected.sort_by_key(|(at, ..)| *at);
    let tail = store.tail(ws, LogPosition(0), 10_000).await.unwrap();
    let seen: Vec<_> = tail
        .iter()
        .map(|(at, conv, stored)| (*at, *conv, stored.entry.version))
        .collect();
    assert_eq!(seen, expected);
}

/// A single-use link is found by exactly one of many.
pub async fn a_link_is_taken_once_in_a_rush<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let link = Link {
        hash: [3; 32],
        purpose: LinkPurpose::Setup,
        workspace: None,
        agent: None,
        expires_at: after_noon(10),
    };
    store.create_link(link.clone()).await.unwrap();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.take_link([3; 32], NOON).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap());
    }
    assert_eq!(taken, [link]);
}
