use segue_model::event::Version;
use segue_model::turn::TurnNumber;
use segue_ports::log::Append;
use segue_ports::outbox::{DeskNews, Outbox, OutboxEffect};

use super::{Subject, commit};
use crate::sample::{NOON, after_noon, conversation, opening, turn, workspace};

const ASK: OutboxEffect = OutboxEffect::AskAssistant {
    turn: TurnNumber(1),
    is_widened: false,
};
const WIDER: OutboxEffect = OutboxEffect::AskAssistant {
    turn: TurnNumber(1),
    is_widened: true,
};

/// Effects are there with their entry, oldest first, with ids of their own.
pub async fn effects_are_written_with_their_entry<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    let outbox = vec![ASK, WIDER];
    commit(
        &store,
        Append {
            outbox,
            ..opening(ws, conv, after_noon(5))
        },
    )
    .await;
    commit(
        &store,
        Append {
            outbox: vec![ASK],
            ..opening(ws, conversation(), NOON)
        },
    )
    .await;
    let rows = store.outbox_due(after_noon(5), 10).await.unwrap();
    let effects: Vec<_> = rows.iter().map(|row| row.effect.clone()).collect();
    assert_eq!(effects, [ASK, WIDER, ASK]);
    assert!(rows.windows(2).all(|pair| pair[0].id < pair[1].id));
    let first = &rows[0];
    assert_eq!(
        (first.workspace, first.conversation, first.version),
        (ws, conv, Version(1))
    );
    assert_eq!((first.attempts, first.next_attempt_at), (0, after_noon(5)));
    assert_eq!(store.outbox_due(after_noon(4), 10).await.unwrap().len(), 1);
    assert_eq!(store.outbox_due(after_noon(5), 2).await.unwrap(), rows[..2]);
}

/// An append may settle an effect; its id is never given again.
pub async fn an_append_settles_an_effect<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(
        &store,
        Append {
            outbox: vec![ASK],
            ..opening(ws, conv, NOON)
        },
    )
    .await;
    let settled = store.outbox_due(NOON, 10).await.unwrap()[0].id;
    let answer = Append {
        settles: Some(settled),
        outbox: vec![WIDER],
        ..turn(ws, conv, Version(1), NOON, "answer")
    };
    commit(&store, answer).await;
    let rows = store.outbox_due(NOON, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].id > settled);
    let again = Append {
        settles: Some(settled),
        ..turn(ws, conv, Version(2), NOON, "again")
    };
    commit(&store, again).await;
    store.outbox_settle(rows[0].id).await.unwrap();
    store.outbox_settle(rows[0].id).await.unwrap();
    assert!(store.outbox_due(NOON, 10).await.unwrap().is_empty());
}

/// A failed attempt is counted and tried again at its time; a settled one never.
pub async fn effects_are_put_off_and_counted<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    commit(
        &store,
        Append {
            outbox: vec![ASK],
            ..opening(ws, conversation(), NOON)
        },
    )
    .await;
    let id = store.outbox_due(NOON, 1).await.unwrap()[0].id;
    store.outbox_retry(id, after_noon(100)).await.unwrap();
    store.outbox_retry(id, after_noon(300)).await.unwrap();
    assert!(
        store
            .outbox_due(after_noon(299), 1)
            .await
            .unwrap()
            .is_empty()
    );
    let row = store
        .outbox_due(after_noon(300), 1)
        .await
        .unwrap()
        .remove(0);
    assert_eq!((row.attempts, row.next_attempt_at), (2, after_noon(300)));
    store.outbox_settle(id).await.unwrap();
    store.outbox_retry(id, NOON).await.unwrap();
    assert!(
        store
            .outbox_due(after_noon(300), 1)
            .await
            .unwrap()
            .is_empty()
    );
}

/// Of a conversation's lane the first effect alone is given, also while it is put off;
/// other lanes, other conversations and effects without a lane do not wait for it.
pub async fn effects_of_a_lane_are_given_in_order<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let desk = OutboxEffect::TellDesk {
        news: DeskNews::Packet,
    };
    let bot = OutboxEffect::AskBot {
        turn: TurnNumber(1),
    };
    let lanes = [
        vec![OutboxEffect::TellBot, bot.clone(), desk.clone(), ASK],
        vec![bot.clone()],
    ];
    for outbox in lanes {
        let append = opening(ws, conversation(), NOON);
        commit(&store, Append { outbox, ..append }).await;
    }
    let given = async |at| {
        let rows = store.outbox_due(at, 10).await.unwrap();
        rows.into_iter()
            .map(|row| (row.id, row.effect))
            .collect::<Vec<_>>()
    };
    let effects = |rows: &[(_, OutboxEffect)]| {
        rows.iter()
            .map(|(_, effect)| effect.clone())
            .collect::<Vec<_>>()
    };
    let first = given(NOON).await;
    let others = [desk, ASK, bot.clone()];
    assert_eq!(effects(&first)[0], OutboxEffect::TellBot);
    assert_eq!(effects(&first)[1..], others);
    store
        .outbox_retry(first[0].0, after_noon(50))
        .await
        .unwrap();
    assert_eq!(effects(&given(NOON).await), others);
    store.outbox_settle(first[0].0).await.unwrap();
    let then = given(NOON).await;
    assert_eq!(effects(&then)[0], bot);
    assert_eq!(effects(&then)[1..], others);
}
