use segue_model::id::{AgentId, PolicyVersion, ProposalId, TrialId, WorkspaceId};
use segue_ports::Store;
use segue_ports::rollout::{
    Activation, ActivationKind, CasesRow, Decision, PolicyRow, Proposal, ProposalState, Rollouts,
    Step, Trial, TrialEnd, TrialMode, TrialOutcome,
};
use segue_ports::settings::{SettingChange, SettingWrite, SettingWritten, Settings as _};
use uuid::Uuid;

use super::Subject;
use crate::sample::{after_noon, workspace};

const DONE: SettingWritten = SettingWritten::Done { created: 0 };

pub(super) fn policy(version: &str, text: &str, ms: u64) -> PolicyRow {
    PolicyRow {
        text: text.to_owned(),
        activation: Activation {
            version: PolicyVersion(version.into()),
            at: after_noon(ms),
            by: (ms > 0).then(|| AgentId::new(Uuid::from_u128(7))),
            kind: ActivationKind::Activated,
            reason: (ms > 0).then(|| format!("because of {ms}")),
            is_watched: ms > 0,
        },
    }
}

fn proposal(version: &str, ms: u64) -> Proposal {
    Proposal {
        id: ProposalId::new(Uuid::now_v7()),
        version: PolicyVersion(version.into()),
        base: PolicyVersion("p@1".into()),
        author: AgentId::new(Uuid::now_v7()),
        at: after_noon(ms),
        reason: "too early".to_owned(),
        state: ProposalState::Open,
        decision: None,
    }
}

fn trial(mode: TrialMode, version: &str, ms: u64) -> Trial {
    Trial {
        id: TrialId::new(Uuid::now_v7()),
        mode,
        version: PolicyVersion(version.into()),
        base: PolicyVersion("p@1".into()),
        proposal: None,
        started_at: after_noon(ms),
        started_by: AgentId::new(Uuid::now_v7()),
        reason: "to see".to_owned(),
        end: None,
    }
}

fn ended(trial: &Trial, outcome: TrialOutcome) -> Trial {
    Trial {
        end: Some(TrialEnd {
            outcome,
            at: after_noon(99),
            by: None,
            reason: "enough".to_owned(),
            tally: "{}".to_owned(),
        }),
        ..trial.clone()
    }
}

async fn take<S: Store>(store: &S, workspace: WorkspaceId, step: Step) -> SettingWritten {
    let write = SettingWrite {
        workspace,
        change: SettingChange::Rollout(Box::new(step)),
        audit: None,
        request: None,
    };
    store.write_setting(write).await.unwrap()
}

/// A policy's text stands for ever; it may come into force again.
pub async fn policies_never_change<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    assert_eq!(store.active_policy(ws).await.unwrap(), None);
    let (one, two) = (policy("p@1", "one", 0), policy("p@2", "two", 10));
    store.activate_policy(ws, one.clone()).await.unwrap();
    store.activate_policy(ws, two.clone()).await.unwrap();
    assert_eq!(store.active_policy(ws).await.unwrap(), Some(two.clone()));
    let other = store.activate_policy(ws, policy("p@1", "another", 15));
    assert!(other.await.is_err());
    let version = |row: &PolicyRow| row.activation.version.clone();
    assert_eq!(store.policy(ws, version(&one)).await.unwrap(), Some(one));
    assert_eq!(store.active_policy(ws).await.unwrap(), Some(two.clone()));
    // Back in one step, even within the same millisecond.
    let back = policy("p@1", "one", 10);
    store.activate_policy(ws, back.clone()).await.unwrap();
    assert_eq!(store.active_policy(ws).await.unwrap(), Some(back.clone()));
    assert_eq!(
        store.policy(ws, version(&back)).await.unwrap(),
        Some(back.clone())
    );
    let text = |word: &str| store.policy_text(ws, PolicyVersion(word.into()));
    assert_eq!(text("p@2").await.unwrap().as_deref(), Some("two"));
    assert_eq!(text("p@3").await.unwrap(), None);
}

/// One row for each time, newest first, with author, kind and reason; bounded.
pub async fn every_activation_is_listed<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut rows = [
        policy("p@1", "one", 0),
        policy("p@2", "two", 10),
        policy("p@1", "one", 10),
        policy("p@3", "three", 20),
        policy("p@1", "one", 30),
    ];
    rows[2].activation.kind = ActivationKind::RolledBack;
    rows[3].activation.kind = ActivationKind::Approved;
    rows[4].activation.kind = ActivationKind::HaltedBack;
    rows[4].activation.by = None;
    for row in &rows {
        store.activate_policy(ws, row.clone()).await.unwrap();
    }
    let newest: Vec<_> = rows
        .iter()
        .rev()
        .map(|row| row.activation.clone())
        .collect();
    assert_eq!(store.activations(ws, 10).await.unwrap(), newest);
    assert_eq!(store.activations(ws, 2).await.unwrap(), newest[..2]);
}

/// A proposal waits until somebody decides, and is decided once, together with
/// what comes of it.
pub async fn a_proposal_is_decided_once<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let (first, second) = (proposal("p@2", 10), proposal("p@3", 20));
    for (one, text) in [(&first, "two"), (&second, "three")] {
        let step = Step {
            proposes: Some((one.clone(), text.to_owned())),
            ..Step::default()
        };
        assert_eq!(take(&store, ws, step).await, DONE);
    }
    let listed = store.proposals(ws, 10).await.unwrap();
    assert_eq!(listed, [second.clone(), first.clone()]);
    assert_eq!(
        store.proposals(ws, 1).await.unwrap(),
        std::slice::from_ref(&second)
    );
    assert_eq!(store.open_proposals(ws).await.unwrap(), 2);
    let text = store.policy_text(ws, first.version.clone()).await.unwrap();
    assert_eq!(text.as_deref(), Some("two"));
    // A proposed text was never in force.
    let row = store.policy(ws, first.version.clone()).await.unwrap();
    assert_eq!(row, None);
    let approved = Proposal {
        state: ProposalState::Approved,
        decision: Some(Decision {
            by: AgentId::new(Uuid::now_v7()),
            at: after_noon(30),
            reason: Some("right".to_owned()),
        }),
        ..first.clone()
    };
    let decide = || Step {
        decides: Some(approved.clone()),
        activates: Some(policy("p@2", "two", 30)),
        ..Step::default()
    };
    assert_eq!(take(&store, ws, decide()).await, DONE);
    assert_eq!(take(&store, ws, decide()).await, SettingWritten::Unknown);
    assert_eq!(store.proposal(ws, first.id).await.unwrap(), Some(approved));
    assert_eq!(store.open_proposals(ws).await.unwrap(), 1);
    assert_eq!(store.activations(ws, 10).await.unwrap().len(), 1);
    let withdrawn = Proposal {
        state: ProposalState::Withdrawn,
        decision: Some(Decision {
            by: second.author,
            at: after_noon(40),
            reason: None,
        }),
        ..second
    };
    let step = Step {
        decides: Some(withdrawn.clone()),
        ..Step::default()
    };
    assert_eq!(take(&store, ws, step).await, DONE);
    let found = store.proposal(ws, withdrawn.id).await.unwrap();
    assert_eq!(found, Some(withdrawn));
}

/// The store itself refuses a second trial beside one that runs.
pub async fn one_trial_runs_at_a_time<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let first = trial(TrialMode::Canary { permille: 250 }, "p@2", 10);
    let second = trial(TrialMode::Shadow, "p@3", 20);
    let begin = |trial: &Trial, text: &str| Step {
        begins: Some((trial.clone(), text.to_owned())),
        ..Step::default()
    };
    let end = |trial: &Trial, outcome| Step {
        ends: Some(ended(trial, outcome)),
        ..Step::default()
    };
    assert_eq!(store.running_trial(ws).await.unwrap(), None);
    assert_eq!(take(&store, ws, begin(&first, "two")).await, DONE);
    let refused = take(&store, ws, begin(&second, "three")).await;
    assert_eq!(refused, SettingWritten::Exists);
    assert_eq!(store.running_trial(ws).await.unwrap(), Some(first.clone()));
    assert_eq!(
        take(&store, ws, end(&second, TrialOutcome::Stopped)).await,
        SettingWritten::Unknown
    );
    assert_eq!(
        take(&store, ws, end(&first, TrialOutcome::Halted)).await,
        DONE
    );
    assert_eq!(
        take(&store, ws, end(&first, TrialOutcome::Stopped)).await,
        SettingWritten::Unknown
    );
    assert_eq!(take(&store, ws, begin(&second, "three")).await, DONE);
    let listed = store.trials(ws, 10).await.unwrap();
    assert_eq!(
        listed,
        [second.clone(), ended(&first, TrialOutcome::Halted)]
    );
    assert_eq!(
        store.trials(ws, 1).await.unwrap(),
        std::slice::from_ref(&second)
    );
    assert_eq!(store.trial(ws, second.id).await.unwrap(), Some(second));
}

/// A step is whole or not at all.
pub async fn a_refused_step_leaves_nothing<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let running = trial(TrialMode::Shadow, "p@2", 10);
    let step = Step {
        begins: Some((running.clone(), "two".to_owned())),
        ..Step::default()
    };
    assert_eq!(take(&store, ws, step).await, DONE);
    let unknown = proposal("p@4", 10);
    let step = Step {
        decides: Some(unknown),
        ends: Some(ended(&running, TrialOutcome::Promoted)),
        activates: Some(policy("p@2", "two", 20)),
        ..Step::default()
    };
    assert_eq!(take(&store, ws, step).await, SettingWritten::Unknown);
    assert_eq!(store.active_policy(ws).await.unwrap(), None);
    assert_eq!(store.running_trial(ws).await.unwrap(), Some(running));
}

/// The cases of a workspace are one file, replaced as a whole.
pub async fn cases_are_replaced<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other) = (workspace(), workspace());
    assert_eq!(store.cases(ws).await.unwrap(), None);
    for text in ["one", "two"] {
        let row = CasesRow {
            text: text.to_owned(),
            at: after_noon(10),
            by: AgentId::new(Uuid::from_u128(7)),
        };
        let write = SettingWrite {
            workspace: ws,
            change: SettingChange::PutCases(row.clone()),
            audit: None,
            request: None,
        };
        assert_eq!(store.write_setting(write).await.unwrap(), DONE);
        assert_eq!(store.cases(ws).await.unwrap(), Some(row));
    }
    assert_eq!(store.cases(other).await.unwrap(), None);
}

/// Every read of a rollout with another workspace's id gives nothing.
pub async fn other_workspaces_see_no_rollout<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other) = (workspace(), workspace());
    let (made, running) = (proposal("p@2", 10), trial(TrialMode::Shadow, "p@3", 10));
    let step = Step {
        proposes: Some((made.clone(), "two".to_owned())),
        begins: Some((running.clone(), "three".to_owned())),
        ..Step::default()
    };
    assert_eq!(take(&store, ws, step).await, DONE);
    assert!(store.proposals(other, 10).await.unwrap().is_empty());
    assert_eq!(store.proposal(other, made.id).await.unwrap(), None);
    assert_eq!(store.open_proposals(other).await.unwrap(), 0);
    assert!(store.trials(other, 10).await.unwrap().is_empty());
    assert_eq!(store.trial(other, running.id).await.unwrap(), None);
    assert_eq!(store.running_trial(other).await.unwrap(), None);
    let text = store.policy_text(other, made.version).await.unwrap();
    assert_eq!(text, None);
}
