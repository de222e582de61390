use segue_model::event::{Origin, Version};
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, CustomerId, QueueKey};
use segue_model::turn::TurnNumber;
use segue_ports::StoreErrorKind;
use segue_ports::log::{Appended, Head, Log, LogPosition};
use segue_ports::outbox::OutboxEffect;
use uuid::Uuid;

use super::{Subject, commit, expect, version_of};
use crate::sample::{NOON, after_noon, conversation, head, opening, turn, workspace};

/// What was appended is read back, word for word.
pub async fn first_append_is_read_back<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    let append = opening(ws, conv, NOON);
    commit(&store, append.clone()).await;
    let entries = store.entries(ws, conv, Version(0), 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].entry, append.entry);
    assert_eq!(entries[0].texts, append.texts);
    let row = store.head(ws, conv).await.unwrap().unwrap();
    assert_eq!(
        (row.version, row.conversation, row.head),
        (Version(1), conv, append.head)
    );
}

/// Versions are 1, 2, 3 … in the order of the appends.
pub async fn versions_have_no_gaps<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    for version in 1..30 {
        commit(
            &store,
            turn(ws, conv, Version(version), after_noon(version), "and?"),
        )
        .await;
    }
    let entries = store.entries(ws, conv, Version(0), 100).await.unwrap();
    let versions: Vec<_> = entries
        .iter()
        .map(|stored| stored.entry.version.0)
        .collect();
    assert_eq!(versions, (1..=30).collect::<Vec<_>>());
    let times: Vec<_> = entries.iter().map(|stored| stored.entry.at).collect();
    assert!(times.is_sorted());
}

/// Pages follow each other without gap or overlap; past the end there is nothing.
pub async fn entries_are_paged<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    for version in 1..7 {
        commit(&store, turn(ws, conv, Version(version), NOON, "more")).await;
    }
    for (after, count, expected) in [
        (0, 3, vec![1, 2, 3]),
        (3, 3, vec![4, 5, 6]),
        (6, 3, vec![7]),
        (7, 3, vec![]),
        (0, 0, vec![]),
    ] {
        let page = store
            .entries(ws, conv, Version(after), count)
            .await
            .unwrap();
        let versions: Vec<_> = page.iter().map(|stored| stored.entry.version.0).collect();
        assert_eq!(versions, expected, "after {after}");
    }
    assert!(
        store
            .entries(ws, conversation(), Version(0), 10)
            .await
            .unwrap()
            .is_empty()
    );
}

/// A decision made on an older version is refused with the actual one.
pub async fn a_moved_stream_conflicts<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    commit(&store, turn(ws, conv, Version(1), NOON, "one")).await;
    let late = turn(ws, conv, Version(1), NOON, "two");
    expect(&store, late, Appended::Conflict { actual: Version(2) }).await;
    let early = turn(ws, conv, Version(5), NOON, "six");
    expect(&store, early, Appended::Conflict { actual: Version(2) }).await;
}

/// A turn to a conversation that is not there is refused.
pub async fn a_missing_stream_conflicts<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let append = turn(workspace(), conversation(), Version(3), NOON, "hello?");
    expect(&store, append, Appended::Conflict { actual: Version(0) }).await;
}

/// Version 0 means: must not exist yet.
pub async fn an_existing_stream_is_not_created_again<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    expect(
        &store,
        opening(ws, conv, NOON),
        Appended::Conflict { actual: Version(1) },
    )
    .await;
}

/// An entry whose number does not follow `expected` is a programmer's error.
pub async fn an_entry_out_of_place_is_an_error<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let mut append = opening(workspace(), conversation(), NOON);
    append.entry.version = Version(2);
    let error = store.append(append).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Failed);
}

/// An utterance made under an older epoch is refused; one made under none is not asked.
pub async fn an_older_epoch_is_refused<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    let mut taken = turn(ws, conv, Version(1), NOON, "I take over.");
    taken.head.epoch = Epoch(2);
    commit(&store, taken).await;
    let mut late = turn(ws, conv, Version(2), NOON, "The assistant goes on.");
    late.made_under = Some(Epoch(1));
    expect(
        &store,
        late.clone(),
        Appended::StaleEpoch { actual: Epoch(2) },
    )
    .await;
    late.made_under = Some(Epoch(2));
    late.head.epoch = Epoch(2);
    commit(&store, late).await;
    let mut both = turn(ws, conv, Version(2), NOON, "Stale in both ways.");
    both.made_under = Some(Epoch(1));
    expect(&store, both, Appended::Conflict { actual: Version(3) }).await;
}

/// Nothing of a refused append is seen: no entry, no head, no place in the log.
pub async fn a_refused_append_leaves_nothing<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    let before = store.head(ws, conv).await.unwrap();
    let mut refused = turn(ws, conv, Version(9), after_noon(5), "lost");
    refused.head.due_at = Some(after_noon(6));
    refused.outbox = vec![OutboxEffect::AskAssistant {
        turn: TurnNumber(1),
        is_widened: false,
    }];
    store.append(refused).await.unwrap();
    assert_eq!(store.head(ws, conv).await.unwrap(), before);
    assert_eq!(store.tail(ws, LogPosition(0), 10).await.unwrap().len(), 1);
    assert_eq!(store.next_due().await.unwrap(), None);
    use segue_ports::outbox::Outbox;
    assert!(
        store
            .outbox_due(after_noon(100), 10)
            .await
            .unwrap()
            .is_empty()
    );
}

/// The tail is all entries of a workspace, in the order they were committed.
pub async fn tail_is_the_order_of_the_log<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, a, b) = (workspace(), conversation(), conversation());
    let mut expected = Vec::new();
    expected.push((commit(&store, opening(ws, a, NOON)).await, a, Version(1)));
    expected.push((commit(&store, opening(ws, b, NOON)).await, b, Version(1)));
    commit(&store, opening(workspace(), conversation(), NOON)).await;
    for version in 1..4 {
        for conv in [b, a] {
            let append = turn(ws, conv, Version(version), NOON, "on");
            expected.push((commit(&store, append).await, conv, Version(version + 1)));
        }
    }
    assert!(expected.is_sorted_by_key(|(position, ..)| *position));
    let mut seen = Vec::new();
    let mut after = LogPosition(0);
    loop {
        let page = store.tail(ws, after, 3).await.unwrap();
        let Some((last, ..)) = page.last() else { break };
        after = *last;
        assert!(page.iter().all(|(_, _, stored)| stored.texts.len() == 1));
        seen.extend(
            page.iter()
                .map(|(at, conv, stored)| (*at, *conv, stored.entry.version)),
        );
    }
    assert_eq!(seen, expected);
}

/// Two thousand entries come back whole, in one page and in many.
pub async fn a_long_stream_is_read_whole<S: Subject>(subject: &S) {
    const ENTRIES: u64 = 2_000;
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    for version in 1..ENTRIES {
        let text = format!("line {version}");
        commit(
            &store,
            turn(ws, conv, Version(version), after_noon(version), &text),
        )
        .await;
    }
    let whole = store.entries(ws, conv, Version(0), 10_000).await.unwrap();
    assert_eq!(whole.len() as u64, ENTRIES);
    assert_eq!(whole[1_999].texts[0].1, "line 1999");
    let mut paged = Vec::new();
    loop {
        let after = paged
            .last()
            .map_or(Version(0), |last: &segue_ports::log::StoredEntry| {
                last.entry.version
            });
        let page = store.entries(ws, conv, after, 333).await.unwrap();
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, whole);
    assert_eq!(version_of(&store, ws, conv).await, Some(Version(ENTRIES)));
}

/// An erased text is missing; order, events and the other conversation's texts stay.
pub async fn erased_texts_are_missing_and_events_stay<S: Subject>(subject: &S) {
    let (store, keep) = subject.open().await;
    let (ws, conv, other) = (workspace(), conversation(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    commit(&store, turn(ws, conv, Version(1), NOON, "my card is 4111")).await;
    commit(&store, opening(ws, other, NOON)).await;
    let before = store.entries(ws, conv, Version(0), 10).await.unwrap();
    subject.erase_texts(&store, &keep, ws, conv).await;
    let after = store.entries(ws, conv, Version(0), 10).await.unwrap();
    assert!(after.iter().all(|stored| stored.texts.is_empty()));
    let events = |entries: &[segue_ports::log::StoredEntry]| -> Vec<_> {
        entries.iter().map(|stored| stored.entry.clone()).collect()
    };
    assert_eq!(events(&after), events(&before));
    assert_eq!(
        store.entries(ws, other, Version(0), 10).await.unwrap()[0]
            .texts
            .len(),
        1
    );
    let tail = store.tail(ws, LogPosition(0), 10).await.unwrap();
    assert_eq!(
        tail.iter()
            .map(|(_, _, stored)| stored.texts.len())
            .sum::<usize>(),
        1
    );
    commit(&store, turn(ws, conv, Version(2), NOON, "still there?")).await;
}

/// The counters count what became durable, and nothing else.
pub async fn stats_count_appends<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    commit(&store, turn(ws, conv, Version(1), NOON, "one")).await;
    store
        .append(turn(ws, conv, Version(1), NOON, "late"))
        .await
        .unwrap();
    let stats = store.log_stats();
    assert_eq!(stats.appends, 2);
    assert!((1..=2).contains(&stats.commits));
}

/// Every field of a head is kept, and every change of it.
pub async fn every_origin_and_field_of_a_head_survives<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let imported = Origin::Imported {
        source: "tickets.jsonl".to_owned(),
        external_id: "t-17".to_owned(),
    };
    for origin in [Origin::Live, Origin::Demo, imported] {
        let conv = conversation();
        let full = Head {
            epoch: Epoch(7),
            holder: "agent",
            queue: Some(QueueKey::from("billing")),
            agent: Some(AgentId::new(Uuid::now_v7())),
            customer: Some(CustomerId::new(Uuid::now_v7())),
            visitor: Some(format!("visitor-{conv}")),
            origin,
            opened_at: NOON,
            last_at: after_noon(3),
            due_at: Some(after_noon(9)),
            is_flagged: true,
            has_drafts: true,
        };
        let bare = Head {
            origin: full.origin.clone(),
            ..head(after_noon(4))
        };
        let mut expected = Version(0);
        for wanted in [&full, &bare, &full] {
            let mut append = turn(ws, conv, expected, wanted.last_at, "x");
            append.head = wanted.clone();
            commit(&store, append).await;
            expected = expected.next();
            assert_eq!(store.head(ws, conv).await.unwrap().unwrap().head, *wanted);
        }
    }
    for holder in ["assistant", "review", "queue", "locked", "agent", "closed"] {
        let mut append = opening(ws, conversation(), NOON);
        append.head.holder = holder;
        let conv = append.conversation;
        commit(&store, append).await;
        assert_eq!(
            store.head(ws, conv).await.unwrap().unwrap().head.holder,
            holder
        );
    }
}
