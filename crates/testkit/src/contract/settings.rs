use std::sync::Arc;

use segue_model::id::{ApiKeyId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_ports::directory::{ApiKey, AuditRow, Directory, Link, LinkPurpose, Scope, Session};
use segue_ports::settings::{
    FirstAnswer, REQUEST_KEPT, SettingChange, SettingRequest, SettingWrite, SettingWritten,
    Settings,
};
use uuid::Uuid;

use super::Subject;
use crate::sample::{NOON, after_noon, agent, key, workspace};

/// How many try at once.
const RUSH: u8 = 64;
const DONE: SettingWritten = SettingWritten::Done { created: 0 };

fn act(action: &str) -> Option<AuditRow> {
    Some(AuditRow {
        at: NOON,
        actor: None,
        action: action.to_owned(),
        subject: "it".to_owned(),
    })
}

fn asked(word: &str, body: u8, answer: &str, at: Timestamp) -> Option<SettingRequest> {
    Some(SettingRequest {
        key: key("olga", word, body),
        answer: answer.to_owned(),
        at,
    })
}

fn api_key(workspace: WorkspaceId, hash: u8) -> ApiKey {
    ApiKey {
        id: ApiKeyId::new(Uuid::now_v7()),
        workspace,
        name: "bot".to_owned(),
        hash: [hash; 32],
        scopes: vec![Scope::TurnWrite],
        created_at: NOON,
        expires_at: after_noon(1_000),
        revoked_at: None,
        last_used_at: None,
    }
}

fn new_key(workspace: WorkspaceId, hash: u8, request: Option<SettingRequest>) -> SettingWrite {
    SettingWrite {
        workspace,
        change: SettingChange::CreateKey(api_key(workspace, hash)),
        audit: act("key.created"),
        request,
    }
}

/// The same request again changes nothing and finds its first answer; another
/// one under its key is refused.
pub async fn a_setting_is_changed_once<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let first = new_key(ws, 1, asked("k1", 1, "first", NOON));
    assert_eq!(store.write_setting(first).await.unwrap(), DONE);
    let answer = FirstAnswer {
        fingerprint: key("olga", "k1", 1).fingerprint,
        answer: "first".to_owned(),
        created: 0,
    };
    let again = new_key(ws, 2, asked("k1", 1, "second", NOON));
    assert_eq!(
        store.write_setting(again).await.unwrap(),
        SettingWritten::Replayed(answer.clone())
    );
    let other = new_key(ws, 3, asked("k1", 2, "third", NOON));
    assert_eq!(
        store.write_setting(other).await.unwrap(),
        SettingWritten::KeyReused
    );
    assert_eq!(store.api_keys(ws).await.unwrap().len(), 1);
    assert_eq!(store.audit_rows(ws, 10).await.unwrap().len(), 1);
    let find = |ws, caller: &str| store.find_setting(ws, caller.to_owned(), "k1".to_owned());
    assert_eq!(find(ws, "olga").await.unwrap(), Some(answer));
    assert_eq!(find(ws, "omar").await.unwrap(), None);
    assert_eq!(find(workspace(), "olga").await.unwrap(), None);
    // Without a key of the caller's nothing is remembered, and all is done.
    let free = new_key(ws, 4, None);
    assert_eq!(store.write_setting(free).await.unwrap(), DONE);
    assert_eq!(store.api_keys(ws).await.unwrap().len(), 2);
}

/// What is refused leaves no trace, and its key is free.
pub async fn a_refused_setting_leaves_nothing<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let invited = |name: &str| {
        let agent = agent(name, 2);
        let invitation = Link {
            hash: [7; 32],
            purpose: LinkPurpose::Invitation,
            workspace: Some(ws),
            agent: Some(agent.id),
            expires_at: after_noon(1_000),
        };
        SettingWrite {
            workspace: ws,
            change: SettingChange::CreateAgent { agent, invitation },
            audit: act("agent.invited"),
            request: asked(name, 1, "", NOON),
        }
    };
    store.create_agent(ws, agent("Mia", 1)).await.unwrap();
    assert_eq!(
        store.write_setting(invited("Mia")).await.unwrap(),
        SettingWritten::Exists
    );
    assert_eq!(store.take_link([7; 32], NOON).await.unwrap(), None);
    let unknown = |change| SettingWrite {
        workspace: ws,
        change,
        audit: act("x"),
        request: asked("Mia", 1, "", NOON),
    };
    let nobody = SettingChange::UpdateAgent {
        agent: agent("Nobody", 1),
        ends_sessions: true,
    };
    let no_key = SettingChange::RevokeKey {
        id: ApiKeyId::new(Uuid::now_v7()),
        at: NOON,
    };
    for change in [nobody, no_key] {
        assert_eq!(
            store.write_setting(unknown(change)).await.unwrap(),
            SettingWritten::Unknown
        );
    }
    assert!(store.audit_rows(ws, 10).await.unwrap().is_empty());
    let found = store.find_setting(ws, "olga".to_owned(), "Mia".to_owned());
    assert_eq!(found.await.unwrap(), None);
    assert_eq!(store.write_setting(invited("Ada")).await.unwrap(), DONE);
    assert!(store.take_link([7; 32], NOON).await.unwrap().is_some());
    assert_eq!(store.agents(ws).await.unwrap().len(), 2);
}

/// Losing the right to sign in and the end of the sessions are one change.
pub async fn an_agent_is_changed_and_signed_out<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut mia = agent("Mia", 1);
    store.create_agent(ws, mia.clone()).await.unwrap();
    let session = Session {
        hash: [5; 32],
        workspace: ws,
        agent: mia.id,
        created_at: NOON,
        seen_at: NOON,
        expires_at: after_noon(1_000),
    };
    store.create_session(session).await.unwrap();
    mia.is_active = false;
    let change = SettingChange::UpdateAgent {
        agent: mia.clone(),
        ends_sessions: true,
    };
    let write = SettingWrite {
        workspace: ws,
        change,
        audit: None,
        request: None,
    };
    assert_eq!(store.write_setting(write).await.unwrap(), DONE);
    assert_eq!(store.agents(ws).await.unwrap(), [mia]);
    assert_eq!(store.session([5; 32]).await.unwrap(), None);
}

/// Requests are forgotten after a while, so that their answers do not pile up.
pub async fn old_requests_are_forgotten<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let old = new_key(ws, 1, asked("k1", 1, "first", NOON));
    assert_eq!(store.write_setting(old).await.unwrap(), DONE);
    let find = || store.find_setting(ws, "olga".to_owned(), "k1".to_owned());
    for (late, is_known) in [(Span::default(), true), (Span::minutes(1), false)] {
        let at = NOON + REQUEST_KEPT + late;
        let word = format!("later {is_known}");
        let next = new_key(ws, 2 + u8::from(is_known), asked(&word, 1, "", at));
        assert_eq!(store.write_setting(next).await.unwrap(), DONE);
        assert_eq!(find().await.unwrap().is_some(), is_known);
    }
}

/// Of the same request many times at once, one is done.
pub async fn one_setting_wins_the_key<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let store = Arc::new(store);
    let ws = workspace();
    let tasks: Vec<_> = (0..RUSH)
        .map(|n| {
            let store = Arc::clone(&store);
            let write = new_key(ws, n, asked("k1", 1, "", NOON));
            tokio::spawn(async move { store.write_setting(write).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += u32::from(task.await.unwrap() == DONE);
    }
    assert_eq!(done, 1);
    assert_eq!(store.api_keys(ws).await.unwrap().len(), 1);
}
