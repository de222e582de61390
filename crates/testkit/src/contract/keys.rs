use segue_model::event::Version;
use segue_ports::log::{Appended, Log};

use super::{Subject, commit, expect, version_of};
use crate::sample::{NOON, conversation, key, opening, turn, workspace};

/// The same key with the same request answers as the first time and writes nothing.
pub async fn a_retry_finds_its_first_answer<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    let mut first = opening(ws, conv, NOON);
    first.idempotency = Some(key("bot", "k1", 1));
    commit(&store, first.clone()).await;
    let replayed = Appended::Replayed {
        conversation: conv,
        version: Version(1),
    };
    expect(&store, first.clone(), replayed.clone()).await;
    // A creating request that is retried comes with a new id of its own.
    first.conversation = conversation();
    expect(&store, first.clone(), replayed).await;
    assert_eq!(version_of(&store, ws, first.conversation).await, None);
    assert_eq!(version_of(&store, ws, conv).await, Some(Version(1)));
}

/// The first answer stands, also when the stream is long past it.
pub async fn a_retry_is_found_after_the_stream_moved<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    commit(&store, opening(ws, conv, NOON)).await;
    for version in 1..20_u8 {
        let mut append = turn(ws, conv, Version(version.into()), NOON, "on");
        append.idempotency = Some(key("bot", &format!("k{version}"), version));
        commit(&store, append).await;
    }
    for version in 1..20_u8 {
        let mut retry = turn(ws, conv, Version(20), NOON, "on");
        retry.idempotency = Some(key("bot", &format!("k{version}"), version));
        let first = Version(u64::from(version) + 1);
        expect(
            &store,
            retry,
            Appended::Replayed {
                conversation: conv,
                version: first,
            },
        )
        .await;
    }
}

/// The same key with another request is refused, in this conversation and in any other.
pub async fn a_key_is_not_used_for_two_requests<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv, other) = (workspace(), conversation(), conversation());
    commit(&store, opening(ws, other, NOON)).await;
    let mut first = opening(ws, conv, NOON);
    first.idempotency = Some(key("bot", "k1", 1));
    commit(&store, first).await;
    for target in [conv, other] {
        let mut second = turn(ws, target, Version(1), NOON, "something else");
        second.idempotency = Some(key("bot", "k1", 2));
        expect(&store, second, Appended::KeyReused).await;
    }
}

/// Callers choose keys freely: the same one of another caller, or of the same
/// caller in another workspace, or cut at another place, is another key.
pub async fn keys_of_two_callers_never_meet<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let ws = workspace();
    for (place, caller, word) in [
        (ws, "bot", "k1"),
        (ws, "desk", "k1"),
        (workspace(), "bot", "k1"),
        (ws, "botk", "1"),
    ] {
        let mut append = opening(place, conversation(), NOON);
        append.idempotency = Some(key(caller, word, 1));
        commit(&store, append).await;
    }
}

/// A refused request may be made good under its key.
pub async fn a_refused_append_does_not_use_its_key<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    let mut append = turn(ws, conv, Version(4), NOON, "too early");
    append.idempotency = Some(key("bot", "k1", 1));
    expect(&store, append, Appended::Conflict { actual: Version(0) }).await;
    let mut append = opening(ws, conv, NOON);
    append.idempotency = Some(key("bot", "k1", 1));
    commit(&store, append).await;
}

/// A key is found with what it wrote and the fingerprint to compare.
pub async fn keys_are_found_without_their_fingerprint<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, conv) = (workspace(), conversation());
    let find = |caller: &str, word: &str| store.find_key(ws, caller.to_owned(), word.to_owned());
    assert_eq!(find("bot", "k1").await.unwrap(), None);
    let mut append = opening(ws, conv, NOON);
    append.idempotency = Some(key("bot", "k1", 9));
    commit(&store, append).await;
    assert_eq!(
        find("bot", "k1").await.unwrap(),
        Some((conv, Version(1), [9; 32]))
    );
    assert_eq!(find("desk", "k1").await.unwrap(), None);
    assert_eq!(find("bot", "k2").await.unwrap(), None);
}
