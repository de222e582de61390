use segue_model::event::Version;
use segue_model::id::{AgentId, ConversationId, EscalationId, WorkspaceId};
use segue_ports::Store;
use segue_ports::directory::{Agent, Directory, Presence};
use segue_ports::log::{Append, Appended, SlotClaim, SlotRelease};

use super::{Subject, commit, expect, version_of};
use crate::sample::{
    NOON, after_noon, agent, available, claim, conversation, escalation, opening, turn, workspace,
};

fn claiming(ws: WorkspaceId, claims: Vec<SlotClaim>) -> Append {
    Append {
        claims,
        ..opening(ws, conversation(), NOON)
    }
}

fn releasing(ws: WorkspaceId, agent: Option<AgentId>, escalation: EscalationId) -> Append {
    let releases = vec![SlotRelease { agent, escalation }];
    Append {
        releases,
        ..opening(ws, conversation(), NOON)
    }
}

async fn taken(store: &impl Store, ws: WorkspaceId, agent: AgentId) -> Vec<EscalationId> {
    let rows = store.slots(ws).await.expect("the store works");
    let mut taken: Vec<_> = rows
        .into_iter()
        .filter(|(id, _)| *id == agent)
        .filter_map(|(_, slot)| slot)
        .collect();
    taken.sort();
    taken
}

async fn rows(store: &impl Store, ws: WorkspaceId, agent: AgentId) -> usize {
    store
        .slots(ws)
        .await
        .expect("the store works")
        .iter()
        .filter(|(id, _)| *id == agent)
        .count()
}

async fn with_agent(store: &impl Store, ws: WorkspaceId, capacity: u32) -> Agent {
    let agent = agent("Mia", capacity);
    store
        .create_agent(ws, agent.clone())
        .await
        .expect("the store works");
    agent
}

/// The N+1st claim is refused, and so is any claim of somebody unknown.
pub async fn capacity_is_never_passed<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mia = with_agent(&store, ws, 2).await.id;
    commit(&store, claiming(ws, vec![claim(mia, escalation())])).await;
    commit(&store, claiming(ws, vec![claim(mia, escalation())])).await;
    let third = claiming(ws, vec![claim(mia, escalation())]);
    let conv = third.conversation;
    expect(&store, third, Appended::NoFreeSlot { agent: mia }).await;
    assert_eq!(version_of(&store, ws, conv).await, None);
    assert_eq!(taken(&store, ws, mia).await.len(), 2);
    let nobody = agent("Nobody", 1).id;
    let unknown = claiming(ws, vec![claim(nobody, escalation())]);
    expect(&store, unknown, Appended::NoFreeSlot { agent: nobody }).await;
}

/// A released slot can be claimed again; releasing twice, or nothing, is no error.
pub async fn released_slots_are_free_again<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mia = with_agent(&store, ws, 1).await.id;
    for by in [Some(mia), None] {
        let held = escalation();
        commit(&store, claiming(ws, vec![claim(mia, held)])).await;
        commit(&store, releasing(ws, Some(agent("Other", 1).id), held)).await;
        assert_eq!(taken(&store, ws, mia).await, [held]);
        commit(&store, releasing(ws, by, held)).await;
        commit(&store, releasing(ws, by, held)).await;
        assert_eq!(taken(&store, ws, mia).await, []);
    }
    assert_eq!(rows(&store, ws, mia).await, 1);
}

/// One slot per agent and escalation, however often it is claimed.
pub async fn claiming_twice_takes_one_slot<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mia = with_agent(&store, ws, 2).await.id;
    let held = escalation();
    commit(
        &store,
        claiming(ws, vec![claim(mia, held), claim(mia, held)]),
    )
    .await;
    commit(&store, claiming(ws, vec![claim(mia, held)])).await;
    assert_eq!(taken(&store, ws, mia).await, [held]);
    commit(&store, claiming(ws, vec![claim(mia, escalation())])).await;
    commit(&store, claiming(ws, vec![claim(mia, held)])).await;
}

/// An append that releases and claims frees first.
pub async fn a_swap_frees_before_it_takes<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mia = with_agent(&store, ws, 1).await.id;
    let (old, new) = (escalation(), escalation());
    commit(&store, claiming(ws, vec![claim(mia, old)])).await;
    let swap = Append {
        claims: vec![claim(mia, new)],
        ..releasing(ws, None, old)
    };
    commit(&store, swap).await;
    assert_eq!(taken(&store, ws, mia).await, [new]);
}

/// Of two claims and a release none takes effect if one is refused.
pub async fn one_refused_claim_refuses_all<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mia = with_agent(&store, ws, 2).await.id;
    let full = agent("Full", 0);
    store.create_agent(ws, full.clone()).await.unwrap();
    let held = escalation();
    commit(&store, claiming(ws, vec![claim(mia, held)])).await;
    let mut append = releasing(ws, Some(mia), held);
    append.claims = vec![claim(mia, escalation()), claim(full.id, escalation())];
    expect(&store, append, Appended::NoFreeSlot { agent: full.id }).await;
    assert_eq!(taken(&store, ws, mia).await, [held]);
}

/// Who must be available must have said so, under a lease that lives at the entry's time.
pub async fn availability_ends_with_the_lease<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mia = with_agent(&store, ws, 9).await.id;
    let asking = |ms: u64| {
        let mut append = opening(ws, conversation(), after_noon(ms));
        append.claims = vec![SlotClaim {
            must_be_available: true,
            ..claim(mia, escalation())
        }];
        append
    };
    let refused = Appended::NotAvailable { agent: mia };
    expect(&store, asking(0), refused.clone()).await;
    store
        .set_presence(ws, available(mia, after_noon(1_000)))
        .await
        .unwrap();
    commit(&store, asking(999)).await;
    expect(&store, asking(1_000), refused.clone()).await;
    for presence in [Presence::Busy, Presence::Away, Presence::Offline] {
        let mut row = available(mia, after_noon(5_000));
        row.presence = presence;
        store.set_presence(ws, row).await.unwrap();
        expect(&store, asking(10), refused.clone()).await;
    }
    let by_themselves = claiming(ws, vec![claim(mia, escalation())]);
    commit(&store, by_themselves).await;
    assert_eq!(taken(&store, ws, mia).await.len(), 2);
}

/// A deactivated agent is not available, whatever their lease says.
pub async fn an_inactive_agent_is_not_available<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut mia = with_agent(&store, ws, 1).await;
    store
        .set_presence(ws, available(mia.id, after_noon(1_000)))
        .await
        .unwrap();
    mia.is_active = false;
    assert!(store.update_agent(ws, mia.clone()).await.unwrap());
    let must = SlotClaim {
        must_be_available: true,
        ..claim(mia.id, escalation())
    };
    expect(
        &store,
        claiming(ws, vec![must]),
        Appended::NotAvailable { agent: mia.id },
    )
    .await;
}

/// A lowered capacity removes free slots at once and taken ones when they are freed.
pub async fn a_lowered_capacity_waits_for_releases<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    let mut mia = with_agent(&store, ws, 3).await;
    let held = [escalation(), escalation()];
    for one in held {
        commit(&store, claiming(ws, vec![claim(mia.id, one)])).await;
    }
    mia.capacity = 1;
    store.update_agent(ws, mia.clone()).await.unwrap();
    assert_eq!(rows(&store, ws, mia.id).await, 2);
    let swap = Append {
        claims: vec![claim(mia.id, escalation())],
        ..releasing(ws, None, held[0])
    };
    expect(&store, swap, Appended::NoFreeSlot { agent: mia.id }).await;
    commit(&store, releasing(ws, None, held[0])).await;
    assert_eq!(rows(&store, ws, mia.id).await, 1);
    assert_eq!(taken(&store, ws, mia.id).await, [held[1]]);
    mia.capacity = 4;
    store.update_agent(ws, mia.clone()).await.unwrap();
    assert_eq!(rows(&store, ws, mia.id).await, 4);
    let conv: ConversationId = conversation();
    commit(&store, turn(ws, conv, Version(0), NOON, "on")).await;
}
