use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::turn::TurnNumber;
use segue_ports::Store;
use segue_ports::directory::AuditRow;
use segue_ports::knowledge::{Fix, Knowledge, KnowledgeVersion, Piece, Source, VersionKind};
use segue_ports::settings::{SettingChange, SettingWrite, SettingWritten};
use uuid::Uuid;

use super::Subject;
use crate::sample::{after_noon, workspace};

fn version(piece: Piece, number: u32, ms: u64) -> KnowledgeVersion {
    KnowledgeVersion {
        piece,
        version: number,
        kind: VersionKind::Published,
        title: format!("Title {number}"),
        category: "billing".to_owned(),
        body: "First sentence.\n\n1. A step".to_owned(),
        asked: vec!["how do I".to_owned(), "wie \"geht\" das".to_owned()],
        author: AgentId::new(Uuid::from_u128(7)),
        at: after_noon(ms),
        reason: "customers ask".to_owned(),
        sources: vec![Source {
            conversation: ConversationId::new(Uuid::from_u128(8)),
            turn: TurnNumber(4),
        }],
        fix: None,
    }
}

fn article(slug: &str, number: u32, ms: u64) -> KnowledgeVersion {
    version(Piece::Article(slug.to_owned()), number, ms)
}

async fn put<S: Store>(
    store: &S,
    workspace: WorkspaceId,
    row: &KnowledgeVersion,
) -> SettingWritten {
    let write = SettingWrite {
        workspace,
        change: SettingChange::PutKnowledge(Box::new(row.clone())),
        audit: Some(AuditRow {
            at: row.at,
            actor: Some(row.author),
            action: "knowledge.published".to_owned(),
            subject: format!("{}", row.version),
        }),
        request: None,
    };
    store.write_setting(write).await.unwrap()
}

/// Versions follow each other without gaps, never change, and the latest is used.
pub async fn what_is_taught_has_versions<S: Subject>(subject: &S) {
    const DONE: SettingWritten = SettingWritten::Done { created: 0 };
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    assert_eq!(store.knowledge(ws).await.unwrap(), []);
    let (one, other) = (article("refunds", 1, 10), article("labels", 1, 20));
    let mut two = article("refunds", 2, 30);
    two.kind = VersionKind::Withdrawn;
    two.fix = Some(Fix {
        cluster: ConversationId::new(Uuid::from_u128(9)),
        name: "Where is my refund?".to_owned(),
        first_at: after_noon(1),
        questions: vec!["where is it".to_owned()],
    });
    let mut told = version(Piece::Instructions, 1, 40);
    told.fix = Some(Fix {
        questions: Vec::new(),
        ..two.fix.clone().unwrap()
    });
    for row in [&one, &other, &two, &told] {
        assert_eq!(put(&store, ws, row).await, DONE);
    }
    // Whoever made theirs on an older version is refused, and so is a gap; both leave nothing.
    let late = article("refunds", 2, 50);
    assert_eq!(put(&store, ws, &late).await, SettingWritten::Exists);
    let gap = article("labels", 3, 50);
    assert_eq!(put(&store, ws, &gap).await, SettingWritten::Exists);
    let latest = store.knowledge(ws).await.unwrap();
    assert_eq!(latest, [told.clone(), other.clone(), two.clone()]);
    let history = store
        .knowledge_history(ws, one.piece.clone())
        .await
        .unwrap();
    assert_eq!(history, [two.clone(), one]);
    let history = store.knowledge_history(ws, Piece::Instructions).await;
    assert_eq!(history.unwrap(), std::slice::from_ref(&told));
    assert_eq!(store.fixes(ws, 10).await.unwrap(), [told.clone(), two]);
    assert_eq!(store.fixes(ws, 1).await.unwrap(), [told]);
    let elsewhere = WorkspaceId::new(Uuid::from_u128(77));
    assert_eq!(store.knowledge(elsewhere).await.unwrap(), []);
    assert_eq!(store.fixes(elsewhere, 10).await.unwrap(), []);
    let history = store.knowledge_history(elsewhere, other.piece).await;
    assert_eq!(history.unwrap(), []);
}
