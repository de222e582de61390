use segue_model::event::Version;
use segue_model::id::{ApiKeyId, CustomerId};
use segue_ports::directory::{ApiKey, AuditRow, Created, Customer, Directory};
use segue_ports::log::{Append, Appended, Head, Log, LogPosition, SlotRelease};
use segue_ports::rollout::Rollouts;
use uuid::Uuid;

use super::{Subject, commit, expect, rollout, version_of};
use crate::sample::{
    NOON, after_noon, agent, available, claim, conversation, escalation, head, key, opening, turn,
    workspace,
};

/// Every read of conversations with another workspace's id gives nothing (I10).
pub async fn other_workspaces_see_no_conversation<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other, conv) = (workspace(), workspace(), conversation());
    let append = Append {
        head: Head {
            visitor: Some("v1".to_owned()),
            ..head(NOON)
        },
        idempotency: Some(key("bot", "k1", 1)),
        ..opening(ws, conv, NOON)
    };
    commit(&store, append).await;
    assert!(
        store
            .entries(other, conv, Version(0), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(store.head(other, conv).await.unwrap(), None);
    assert!(
        store
            .heads(other, Default::default(), None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .tail(other, LogPosition(0), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        store.open_of_visitor(other, "v1".to_owned()).await.unwrap(),
        None
    );
    assert_eq!(
        store
            .find_key(other, "bot".to_owned(), "k1".to_owned())
            .await
            .unwrap(),
        None
    );
    let write = turn(other, conv, Version(1), NOON, "let me in");
    expect(&store, write, Appended::Conflict { actual: Version(0) }).await;
    assert_eq!(version_of(&store, ws, conv).await, Some(Version(1)));
}

/// Every read of people, customers and policies with another workspace's id gives nothing.
pub async fn other_workspaces_see_no_people<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other) = (workspace(), workspace());
    let mut mia = agent("Mia", 2);
    store.create_agent(ws, mia.clone()).await.unwrap();
    store
        .set_presence(ws, available(mia.id, after_noon(9)))
        .await
        .unwrap();
    let customer = Customer {
        id: CustomerId::new(Uuid::now_v7()),
        email: Some("kim@example.com".to_owned()),
        account_id: Some("A-1".to_owned()),
        facts: Default::default(),
    };
    store
        .put_customers(ws, vec![customer.clone()])
        .await
        .unwrap();
    let policy = rollout::policy("default@1", "x", 0);
    store.activate_policy(ws, policy.clone()).await.unwrap();
    let audit = AuditRow {
        at: NOON,
        actor: None,
        action: "a.b".to_owned(),
        subject: "s".to_owned(),
    };
    store.audit(ws, audit).await.unwrap();
    let api_key = ApiKey {
        id: ApiKeyId::new(Uuid::now_v7()),
        workspace: ws,
        name: "bot".to_owned(),
        hash: [8; 32],
        scopes: Vec::new(),
        created_at: NOON,
        expires_at: after_noon(9),
        revoked_at: None,
        last_used_at: None,
    };
    store.create_api_key(api_key.clone()).await.unwrap();

    assert!(store.agents(other).await.unwrap().is_empty());
    assert_eq!(
        store
            .agent_by_email(other, mia.email.clone())
            .await
            .unwrap(),
        None
    );
    assert!(store.presences(other).await.unwrap().is_empty());
    assert!(store.slots(other).await.unwrap().is_empty());
    assert_eq!(store.customer(other, customer.id).await.unwrap(), None);
    for word in ["kim@example.com", "A-1"] {
        assert_eq!(
            store.find_customer(other, word.to_owned()).await.unwrap(),
            None
        );
    }
    assert!(store.customers(other, 10).await.unwrap().is_empty());
    assert_eq!(store.active_policy(other).await.unwrap(), None);
    assert!(store.activations(other, 10).await.unwrap().is_empty());
    assert_eq!(
        store
            .policy(other, policy.activation.version)
            .await
            .unwrap(),
        None
    );
    assert!(store.audit_rows(other, 10).await.unwrap().is_empty());
    assert!(store.api_keys(other).await.unwrap().is_empty());
    assert!(!store.revoke_api_key(other, api_key.id, NOON).await.unwrap());
    assert_eq!(
        store.api_key([8; 32]).await.unwrap().unwrap().revoked_at,
        None
    );
    mia.name = "Changed".to_owned();
    assert!(!store.update_agent(other, mia.clone()).await.unwrap());
    assert_eq!(store.agents(ws).await.unwrap()[0].name, "Mia");
    let same_address = agent("Mia", 1);
    assert_eq!(
        store.create_agent(other, same_address).await.unwrap(),
        Created::Done
    );
}

/// The same id in two workspaces is two conversations.
pub async fn one_id_in_two_workspaces_is_two_streams<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other, conv) = (workspace(), workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    commit(&store, opening(other, conv, NOON)).await;
    commit(&store, turn(ws, conv, Version(1), NOON, "mine")).await;
    assert_eq!(version_of(&store, ws, conv).await, Some(Version(2)));
    assert_eq!(version_of(&store, other, conv).await, Some(Version(1)));
    assert_eq!(
        store
            .entries(other, conv, Version(0), 10)
            .await
            .unwrap()
            .len(),
        1
    );
}

/// Neither a claim nor a release reaches into another workspace.
pub async fn slots_of_another_workspace_are_not_touched<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other) = (workspace(), workspace());
    let mia = agent("Mia", 1);
    store.create_agent(ws, mia.clone()).await.unwrap();
    let held = escalation();
    let from_outside = Append {
        claims: vec![claim(mia.id, held)],
        ..opening(other, conversation(), NOON)
    };
    expect(&store, from_outside, Appended::NoFreeSlot { agent: mia.id }).await;
    let claiming = Append {
        claims: vec![claim(mia.id, held)],
        ..opening(ws, conversation(), NOON)
    };
    commit(&store, claiming).await;
    for agent in [None, Some(mia.id)] {
        let releases = vec![SlotRelease {
            agent,
            escalation: held,
        }];
        commit(
            &store,
            Append {
                releases,
                ..opening(other, conversation(), NOON)
            },
        )
        .await;
    }
    assert_eq!(store.slots(ws).await.unwrap(), [(mia.id, Some(held))]);
}
