use std::collections::BTreeMap;

use segue_model::fact::{FactValue, name};
use segue_model::id::{AgentId, ApiKeyId, CustomerId, QueueKey, SkillKey};
use segue_ports::directory::{
    ApiKey, AuditRow, Created, Customer, Directory, Link, LinkPurpose, Presence, PresenceRow, Role,
    Scope, Session, Visitor, Workspace,
};
use uuid::Uuid;

use super::Subject;
use crate::sample::{NOON, after_noon, agent, available, workspace};

/// A workspace is made once.
pub async fn workspaces_round_trip<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    assert!(store.workspaces().await.unwrap().is_empty());
    let first = Workspace {
        id: workspace(),
        name: "Acme".to_owned(),
        is_demo: true,
        created_at: NOON,
    };
    assert_eq!(
        store.create_workspace(first.clone()).await.unwrap(),
        Created::Done
    );
    let again = Workspace {
        name: "Other".to_owned(),
        ..first.clone()
    };
    assert_eq!(
        store.create_workspace(again).await.unwrap(),
        Created::Exists
    );
    assert_eq!(store.workspaces().await.unwrap(), [first]);
}

/// Agents are kept whole, listed by name, found by e-mail, one per address.
pub async fn agents_round_trip<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut zoe = agent("Zoe", 3);
    zoe.role = Role::Supervisor;
    zoe.password = Some("$argon2id$…".to_owned());
    zoe.skills = vec![
        (SkillKey("billing".to_owned()), 5),
        (SkillKey("api".to_owned()), 1),
    ];
    zoe.queues = vec![QueueKey::from("b"), QueueKey::from("a")];
    let ada = agent("Ada", 0);
    assert_eq!(
        store.create_agent(ws, zoe.clone()).await.unwrap(),
        Created::Done
    );
    assert_eq!(
        store.create_agent(ws, ada.clone()).await.unwrap(),
        Created::Done
    );
    let taken = segue_ports::directory::Agent {
        email: zoe.email.clone(),
        ..agent("Zed", 1)
    };
    assert_eq!(
        store.create_agent(ws, taken).await.unwrap(),
        Created::Exists
    );
    assert_eq!(store.agents(ws).await.unwrap(), [ada.clone(), zoe.clone()]);
    let found = store.agent_by_email(ws, zoe.email.clone()).await.unwrap();
    assert_eq!(found, Some(zoe.clone()));
    zoe.name = "Aaron".to_owned();
    zoe.is_active = false;
    zoe.password = None;
    assert!(store.update_agent(ws, zoe.clone()).await.unwrap());
    assert_eq!(store.agents(ws).await.unwrap(), [zoe.clone(), ada.clone()]);
    assert!(!store.update_agent(ws, agent("Nobody", 1)).await.unwrap());
    zoe.email = ada.email.clone();
    assert!(store.update_agent(ws, zoe).await.is_err());
}

/// A later word replaces the earlier one.
pub async fn presences_are_replaced<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let id = AgentId::new(Uuid::now_v7());
    store
        .set_presence(ws, available(id, after_noon(5)))
        .await
        .unwrap();
    let away = PresenceRow {
        presence: Presence::Away,
        ..available(id, after_noon(9))
    };
    store.set_presence(ws, away).await.unwrap();
    assert_eq!(store.presences(ws).await.unwrap(), [away]);
}

/// Sessions are found by hash until they are ended, one by one or all of an agent's.
pub async fn sessions_round_trip<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, mia, tom) = (
        workspace(),
        AgentId::new(Uuid::now_v7()),
        AgentId::new(Uuid::now_v7()),
    );
    let session = |hash: u8, agent: AgentId| Session {
        hash: [hash; 32],
        workspace: ws,
        agent,
        created_at: NOON,
        seen_at: NOON,
        expires_at: after_noon(1),
    };
    for (hash, agent) in [(1, mia), (2, mia), (3, tom), (4, mia)] {
        store.create_session(session(hash, agent)).await.unwrap();
    }
    store.touch_session([1; 32], after_noon(7)).await.unwrap();
    let touched = Session {
        seen_at: after_noon(7),
        ..session(1, mia)
    };
    assert_eq!(store.session([1; 32]).await.unwrap(), Some(touched));
    assert_eq!(store.session([9; 32]).await.unwrap(), None);
    store.end_session([1; 32]).await.unwrap();
    store.end_session([1; 32]).await.unwrap();
    assert_eq!(store.session([1; 32]).await.unwrap(), None);
    store.end_sessions_of(workspace(), mia).await.unwrap();
    assert!(store.session([2; 32]).await.unwrap().is_some());
    store.end_sessions_of(ws, mia).await.unwrap();
    assert_eq!(store.session([2; 32]).await.unwrap(), None);
    assert_eq!(store.session([4; 32]).await.unwrap(), None);
    assert_eq!(store.session([3; 32]).await.unwrap(), Some(session(3, tom)));
}

/// A link is good once and before its end.
pub async fn links_end<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    for (hash, purpose, is_bound) in [
        (1, LinkPurpose::SignIn, true),
        (2, LinkPurpose::Invitation, true),
        (3, LinkPurpose::Setup, false),
    ] {
        let link = Link {
            hash: [hash; 32],
            purpose,
            workspace: is_bound.then(workspace),
            agent: is_bound.then(|| AgentId::new(Uuid::now_v7())),
            expires_at: after_noon(10),
        };
        store.create_link(link.clone()).await.unwrap();
        assert_eq!(
            store.take_link([hash; 32], after_noon(9)).await.unwrap(),
            Some(link.clone())
        );
        assert_eq!(
            store.take_link([hash; 32], after_noon(9)).await.unwrap(),
            None
        );
        store.create_link(link).await.unwrap();
        assert_eq!(
            store.take_link([hash; 32], after_noon(10)).await.unwrap(),
            None
        );
        assert_eq!(
            store.take_link([hash; 32], after_noon(9)).await.unwrap(),
            None
        );
    }
}

/// Keys are listed newest first, found by hash, taken back once.
pub async fn api_keys_round_trip<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let all = vec![
        Scope::TurnWrite,
        Scope::ConversationRead,
        Scope::Escalate,
        Scope::DraftWrite,
    ];
    let key = |hash: u8, scopes: Vec<Scope>| ApiKey {
        id: ApiKeyId::new(Uuid::now_v7()),
        workspace: ws,
        name: format!("key {hash}"),
        hash: [hash; 32],
        scopes,
        created_at: after_noon(hash.into()),
        expires_at: after_noon(1_000),
        revoked_at: None,
        last_used_at: None,
    };
    let (old, mut new) = (key(1, all), key(2, Vec::new()));
    store.create_api_key(old.clone()).await.unwrap();
    store.create_api_key(new.clone()).await.unwrap();
    assert_eq!(
        store.api_keys(ws).await.unwrap(),
        [new.clone(), old.clone()]
    );
    store.touch_api_key(new.id, after_noon(60)).await.unwrap();
    assert!(
        store
            .revoke_api_key(ws, new.id, after_noon(70))
            .await
            .unwrap()
    );
    assert!(
        store
            .revoke_api_key(ws, new.id, after_noon(80))
            .await
            .unwrap()
    );
    new.last_used_at = Some(after_noon(60));
    new.revoked_at = Some(after_noon(70));
    assert_eq!(store.api_key([2; 32]).await.unwrap(), Some(new));
    assert_eq!(store.api_key([1; 32]).await.unwrap(), Some(old));
    assert_eq!(store.api_key([7; 32]).await.unwrap(), None);
}

/// A visitor is found by its token, and only by the latest one.
pub async fn visitors_are_replaced<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let first = Visitor {
        id: "v-1".to_owned(),
        hash: [1; 32],
        workspace: workspace(),
        customer: None,
        expires_at: after_noon(1),
    };
    store.put_visitor(first.clone()).await.unwrap();
    assert_eq!(store.visitor([1; 32]).await.unwrap(), Some(first.clone()));
    let proved = Visitor {
        hash: [2; 32],
        customer: Some(CustomerId::new(Uuid::now_v7())),
        ..first
    };
    store.put_visitor(proved.clone()).await.unwrap();
    assert_eq!(store.visitor([1; 32]).await.unwrap(), None);
    assert_eq!(store.visitor([2; 32]).await.unwrap(), Some(proved));
}

fn customer(email: Option<&str>, account: Option<&str>, facts: &[(&str, FactValue)]) -> Customer {
    let facts = facts
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    Customer {
        id: CustomerId::new(Uuid::now_v7()),
        email: email.map(str::to_owned),
        account_id: account.map(str::to_owned),
        facts: facts.collect::<BTreeMap<_, _>>(),
    }
}

/// Known customers keep their id and get the new facts, whichever way they are known.
pub async fn customers_are_put_by_address_or_account<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let tier = |word: &str| (name::TIER, FactValue::Text(word.to_owned()));
    let kim = customer(
        Some("kim@example.com"),
        None,
        &[
            tier("pro"),
            (name::VIP, FactValue::Flag(true)),
            ("seats", FactValue::Number(2.5)),
        ],
    );
    let lee = customer(None, Some("A-2"), &[tier("standard")]);
    assert_eq!(
        store
            .put_customers(ws, vec![kim.clone(), lee.clone()])
            .await
            .unwrap(),
        2
    );
    assert_eq!(store.customer(ws, kim.id).await.unwrap(), Some(kim.clone()));
    let again = customer(Some("kim@example.com"), Some("A-1"), &[tier("business")]);
    let third = customer(Some("new@example.com"), None, &[]);
    let count = store
        .put_customers(ws, vec![again.clone(), third.clone(), third])
        .await
        .unwrap();
    assert_eq!(count, 1);
    let expected = Customer {
        id: kim.id,
        ..again
    };
    for word in ["kim@example.com", "A-1"] {
        let found = store.find_customer(ws, word.to_owned()).await.unwrap();
        assert_eq!(found, Some(expected.clone()));
    }
    let moved = customer(Some("kim@example.com"), Some("A-2"), &[tier("enterprise")]);
    assert_eq!(
        store.put_customers(ws, vec![moved.clone()]).await.unwrap(),
        0
    );
    let found = store
        .find_customer(ws, "A-2".to_owned())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.id, found.email, found.facts),
        (lee.id, None, lee.facts)
    );
    let found = store
        .find_customer(ws, "kim@example.com".to_owned())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, kim.id);
    assert_eq!(
        store.find_customer(ws, "nobody".to_owned()).await.unwrap(),
        None
    );
}

/// Two people of one account are two customers, whichever came first; the account's
/// number alone finds the account itself, else the first of its people.
pub async fn customers_share_an_account<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let named = |word: &str| (name::NAME, FactValue::Text(word.to_owned()));
    let dana = customer(Some("dana@example.com"), Some("A-1"), &[named("Dana")]);
    let henrik = customer(Some("henrik@example.com"), Some("A-1"), &[named("Henrik")]);
    let rows = vec![dana.clone(), henrik.clone()];
    assert_eq!(store.put_customers(ws, rows.clone()).await.unwrap(), 2);
    assert_eq!(store.put_customers(ws, rows).await.unwrap(), 0);
    let find = |word: &str| store.find_customer(ws, word.to_owned());
    assert_eq!(find("dana@example.com").await.unwrap(), Some(dana.clone()));
    assert_eq!(find("henrik@example.com").await.unwrap(), Some(henrik));
    assert_eq!(find("A-1").await.unwrap(), Some(dana));
    // Facts of the account are nobody's own.
    let account = customer(None, Some("A-1"), &[named("Northgoods")]);
    assert_eq!(
        store
            .put_customers(ws, vec![account.clone()])
            .await
            .unwrap(),
        1
    );
    assert_eq!(find("A-1").await.unwrap(), Some(account));
}

/// The list is by name, then address, then account, and is bounded.
pub async fn customers_are_listed_by_name<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let named = |word: &str| (name::NAME, FactValue::Text(word.to_owned()));
    let rows = vec![
        customer(Some("z@example.com"), None, &[named("Bo")]),
        customer(Some("d@example.com"), None, &[]),
        customer(None, Some("c-9"), &[]),
        customer(Some("y@example.com"), None, &[named("Al")]),
    ];
    store.put_customers(ws, rows.clone()).await.unwrap();
    let expected: Vec<_> = [3, 0, 2, 1]
        .iter()
        .map(|index| rows[*index].clone())
        .collect();
    assert_eq!(store.customers(ws, 10).await.unwrap(), expected);
    assert_eq!(store.customers(ws, 2).await.unwrap(), expected[..2]);
}

/// The trail comes newest first, also within one millisecond, and is bounded.
pub async fn the_audit_trail_is_newest_first<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let row = |n: u8| AuditRow {
        at: NOON,
        actor: (n == 2).then(|| AgentId::new(Uuid::nil())),
        action: "agent.invited".to_owned(),
        subject: format!("agt_{n}"),
    };
    for n in 1..=3 {
        store.audit(ws, row(n)).await.unwrap();
    }
    assert_eq!(
        store.audit_rows(ws, 10).await.unwrap(),
        [row(3), row(2), row(1)]
    );
    assert_eq!(store.audit_rows(ws, 1).await.unwrap(), [row(3)]);
}
