use segue_model::event::{Origin, Version};
use segue_model::id::{AgentId, ConversationId, CustomerId, QueueKey, WorkspaceId};
use segue_model::time::Timestamp;
use segue_ports::Store;
use segue_ports::log::{Append, Appended, Head, HeadFilter, Log, OriginFilter};
use uuid::Uuid;

use super::{Subject, commit, expect};
use crate::sample::{NOON, after_noon, conversation, head, opening, turn, waiting, workspace};

async fn put(store: &impl Store, ws: WorkspaceId, head: Head) -> ConversationId {
    let conv = conversation();
    commit(
        store,
        Append {
            head,
            ..opening(ws, conv, NOON)
        },
    )
    .await;
    conv
}

/// Filters narrow, and together they narrow together.
pub async fn heads_are_filtered<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let agent = AgentId::new(Uuid::now_v7());
    let customer = CustomerId::new(Uuid::now_v7());
    let imported = Origin::Imported {
        source: "f".to_owned(),
        external_id: "1".to_owned(),
    };
    let at = after_noon;
    let bot = put(&store, ws, head(at(1))).await;
    let billing = put(&store, ws, waiting(at(2), "billing")).await;
    let general = put(
        &store,
        ws,
        Head {
            is_flagged: true,
            ..waiting(at(3), "general")
        },
    )
    .await;
    let held = put(
        &store,
        ws,
        Head {
            holder: "agent",
            agent: Some(agent),
            ..waiting(at(4), "general")
        },
    )
    .await;
    let drafts = put(
        &store,
        ws,
        Head {
            holder: "review",
            has_drafts: true,
            ..waiting(at(5), "billing")
        },
    )
    .await;
    let known = put(
        &store,
        ws,
        Head {
            customer: Some(customer),
            visitor: Some("v1".to_owned()),
            ..head(at(6))
        },
    )
    .await;
    let demo = put(
        &store,
        ws,
        Head {
            origin: Origin::Demo,
            holder: "closed",
            ..head(at(7))
        },
    )
    .await;
    let file = put(
        &store,
        ws,
        Head {
            origin: imported,
            ..head(at(8))
        },
    )
    .await;
    let all = vec![file, demo, known, drafts, held, general, billing, bot];
    let queues = |names: &[&str]| names.iter().map(|name| QueueKey::from(*name)).collect();
    let none = HeadFilter::default;
    let cases: Vec<(HeadFilter, Vec<ConversationId>)> = vec![
        (none(), all),
        (
            HeadFilter {
                holders: vec!["queue"],
                ..none()
            },
            vec![general, billing],
        ),
        (
            HeadFilter {
                holders: vec!["queue", "agent"],
                ..none()
            },
            vec![held, general, billing],
        ),
        (
            HeadFilter {
                holders: vec!["closed"],
                ..none()
            },
            vec![demo],
        ),
        (
            HeadFilter {
                holders: vec!["assistant", "review"],
                ..none()
            },
            vec![file, known, drafts, bot],
        ),
        (
            HeadFilter {
                queues: queues(&["billing"]),
                ..none()
            },
            vec![drafts, billing],
        ),
        (
            HeadFilter {
                holders: vec!["queue"],
                queues: queues(&["general", "x"]),
                ..none()
            },
            vec![general],
        ),
        (
            HeadFilter {
                agent: Some(agent),
                ..none()
            },
            vec![held],
        ),
        (
            HeadFilter {
                customer: Some(customer),
                ..none()
            },
            vec![known],
        ),
        (
            HeadFilter {
                visitor: Some("v1".to_owned()),
                ..none()
            },
            vec![known],
        ),
        (
            HeadFilter {
                visitor: Some("v2".to_owned()),
                ..none()
            },
            vec![],
        ),
        (
            HeadFilter {
                only_flagged: true,
                ..none()
            },
            vec![general],
        ),
        (
            HeadFilter {
                only_with_drafts: true,
                ..none()
            },
            vec![drafts],
        ),
        (
            HeadFilter {
                only_flagged: true,
                only_with_drafts: true,
                ..none()
            },
            vec![],
        ),
        (
            HeadFilter {
                origin: Some(OriginFilter::Demo),
                ..none()
            },
            vec![demo],
        ),
        (
            HeadFilter {
                origin: Some(OriginFilter::Imported),
                ..none()
            },
            vec![file],
        ),
        (
            HeadFilter {
                origin: Some(OriginFilter::Live),
                holders: vec!["assistant"],
                ..none()
            },
            vec![known, bot],
        ),
    ];
    for (filter, expected) in cases {
        let rows = store.heads(ws, filter.clone(), None, 100).await.unwrap();
        let found: Vec<_> = rows.iter().map(|row| row.conversation).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

/// Pages follow the last row of the page before, newest first; a turn brings to the front.
pub async fn heads_are_paged_newest_first<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut expected = Vec::new();
    for ms in 0..7 {
        expected.insert(0, put(&store, ws, head(after_noon(ms))).await);
    }
    let oldest = expected.pop().unwrap();
    commit(
        &store,
        turn(ws, oldest, Version(1), after_noon(50), "still here"),
    )
    .await;
    expected.insert(0, oldest);
    let mut found = Vec::new();
    let mut before: Option<(Timestamp, ConversationId)> = None;
    loop {
        let page = store
            .heads(ws, HeadFilter::default(), before, 2)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.head.last_at, last.conversation));
        found.extend(page.iter().map(|row| row.conversation));
    }
    assert_eq!(found, expected);
}

/// Conversations with the same instant are told apart by id: none twice, none lost.
pub async fn heads_with_one_instant_are_paged_by_id<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut expected = Vec::new();
    for _ in 0..5 {
        expected.push(put(&store, ws, waiting(NOON, "general")).await);
    }
    expected.sort();
    expected.reverse();
    let filter = HeadFilter {
        holders: vec!["queue"],
        ..HeadFilter::default()
    };
    let first = store.heads(ws, filter.clone(), None, 3).await.unwrap();
    let before = first.last().map(|row| (row.head.last_at, row.conversation));
    let second = store.heads(ws, filter, before, 3).await.unwrap();
    let found: Vec<_> = first
        .iter()
        .chain(&second)
        .map(|row| row.conversation)
        .collect();
    assert_eq!(found, expected);
}

/// What is due comes earliest first, over all workspaces, up to the instant asked.
pub async fn due_conversations_come_earliest_first<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other) = (workspace(), workspace());
    let due = |ms: u64| Head {
        due_at: Some(after_noon(ms)),
        ..head(NOON)
    };
    assert_eq!(store.next_due().await.unwrap(), None);
    let late = put(&store, ws, due(30)).await;
    let early = put(&store, other, due(10)).await;
    let middle = put(&store, ws, due(20)).await;
    put(&store, ws, head(NOON)).await;
    assert_eq!(store.next_due().await.unwrap(), Some(after_noon(10)));
    let rows = store.due(after_noon(20), 10).await.unwrap();
    assert_eq!(
        rows,
        [(other, early, after_noon(10)), (ws, middle, after_noon(20))]
    );
    assert_eq!(store.due(after_noon(99), 1).await.unwrap().len(), 1);
    assert_eq!(store.due(after_noon(99), 9).await.unwrap()[2].1, late);
    assert!(store.due(after_noon(9), 10).await.unwrap().is_empty());
}

/// A timer moves and ends with the head that says so.
pub async fn due_follows_every_change<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    let changes = [
        Some(15_000),
        None,
        Some(3_000),
        Some(3_000),
        Some(9_000),
        None,
        None,
    ];
    for (version, due) in (1..).zip(changes) {
        let mut append = turn(ws, conv, Version(version), after_noon(version), "tick");
        append.head.due_at = due.map(after_noon);
        commit(&store, append).await;
        assert_eq!(store.next_due().await.unwrap(), due.map(after_noon));
        let rows = store.due(after_noon(60_000), 10).await.unwrap();
        assert_eq!(rows.len(), usize::from(due.is_some()));
    }
}

fn of_visitor(ws: WorkspaceId, visitor: &str) -> Append {
    let head = Head {
        visitor: Some(visitor.to_owned()),
        ..head(NOON)
    };
    Append {
        head,
        ..opening(ws, conversation(), NOON)
    }
}

/// A second open conversation of a visitor is refused with the first one's id.
pub async fn a_visitor_has_one_open_conversation<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let first = of_visitor(ws, "v1");
    let conv = first.conversation;
    commit(&store, first).await;
    expect(
        &store,
        of_visitor(ws, "v1"),
        Appended::VisitorHasOpen { conversation: conv },
    )
    .await;
    commit(&store, of_visitor(ws, "v2")).await;
    commit(&store, of_visitor(workspace(), "v1")).await;
    let found = store.open_of_visitor(ws, "v1".to_owned()).await.unwrap();
    assert_eq!(found, Some(conv));
    assert_eq!(
        store.open_of_visitor(ws, "v3".to_owned()).await.unwrap(),
        None
    );
    let mut more = turn(ws, conv, Version(1), NOON, "more");
    more.head.visitor = Some("v1".to_owned());
    commit(&store, more).await;
}

/// After its conversation has closed, a visitor may open another.
pub async fn a_closed_conversation_frees_its_visitor<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let first = of_visitor(ws, "v1");
    let mut end = turn(ws, first.conversation, Version(1), NOON, "bye");
    end.head = Head {
        holder: "closed",
        ..first.head.clone()
    };
    commit(&store, first).await;
    commit(&store, end).await;
    assert_eq!(
        store.open_of_visitor(ws, "v1".to_owned()).await.unwrap(),
        None
    );
    let second = of_visitor(ws, "v1");
    let conv = second.conversation;
    commit(&store, second).await;
    assert_eq!(
        store.open_of_visitor(ws, "v1".to_owned()).await.unwrap(),
        Some(conv)
    );
}

/// A closed conversation does not reopen while its visitor has another open one.
pub async fn reopening_beside_an_open_one_is_refused<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let first = of_visitor(ws, "v1");
    let mut end = turn(ws, first.conversation, Version(1), NOON, "bye");
    end.head = Head {
        holder: "closed",
        ..first.head.clone()
    };
    let mut again = turn(ws, first.conversation, Version(2), NOON, "one more thing");
    again.head = first.head.clone();
    commit(&store, first).await;
    commit(&store, end).await;
    let second = of_visitor(ws, "v1");
    let open = second.conversation;
    commit(&store, second).await;
    expect(
        &store,
        again,
        Appended::VisitorHasOpen { conversation: open },
    )
    .await;
}
