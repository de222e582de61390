//! Whose conversation a request belongs to.

use segue_ports::directory::Scope;
use serde_json::json;

use crate::model::Does;
use crate::world::{World, message};

const HI: &str = "Hi, my parcel is late, where is it?";

#[tokio::test]
async fn strangers_who_write_alike_stay_apart() {
    let world = World::new().await;
    let body = message(HI, false);
    let (one, other) = (world.ask(&[], &body).await, world.ask(&[], &body).await);
    assert_ne!(one.conversation(), other.conversation());
    let with_user =
        json!({"model": "m", "user": "u-1", "messages": [{"role": "user", "content": HI}]});
    let (one, other) = (
        world.ask(&[], &with_user).await,
        world.ask(&[], &with_user).await,
    );
    assert_ne!(
        one.conversation(),
        other.conversation(),
        "a user may have two chats"
    );
    let (one, other) = (
        world.says("t-1", HI, false).await,
        world.says("t-2", HI, true).await,
    );
    for came in [one, other] {
        assert_eq!(came.text(), "Hello there.");
        let log = world.log(came.conversation()).await;
        assert_eq!(
            log,
            [
                format!("customer: {HI}"),
                "assistant: Hello there.".to_owned()
            ]
        );
    }
}

#[tokio::test]
async fn a_name_joins_requests_and_the_id_does_too() {
    let world = World::new().await;
    let one = world.says("t-1", HI, false).await;
    let other = world.says("t-2", HI, false).await;
    assert_ne!(one.conversation(), other.conversation());
    let id = one.conversation().to_string();
    let by_id = [("segue-conversation", id.as_str())];
    world
        .ask(&by_id, &message("It has the number 12", false))
        .await;
    let by_metadata = json!({"model": "m", "metadata": {"segue_conversation": id},
        "messages": [{"role": "user", "content": "And it is blue"}]});
    let last = world.ask(&[], &by_metadata).await;
    assert_eq!(last.conversation(), one.conversation());
    let log = world.log(one.conversation()).await;
    let customers = log.iter().filter(|line| line.starts_with("customer"));
    assert_eq!(customers.count(), 3, "{log:#?}");
}

#[tokio::test]
async fn another_key_does_not_find_it() {
    let world = World::new().await;
    let id = world.says("t-1", HI, false).await.conversation();
    let other = format!("Bearer {}", world.new_key(vec![Scope::TurnWrite]).await);
    let id = id.to_string();
    let stranger = [
        ("authorization", other.as_str()),
        ("segue-conversation", &id),
    ];
    let refused = world.ask(&stranger, &message(HI, true)).await;
    assert_eq!(refused.status, 404);
    let error = &refused.json()["error"];
    assert_eq!(error["code"], "conversation_unknown");
    assert_eq!(error["type"], "not_found_error");
    let same_name = [
        ("authorization", other.as_str()),
        ("segue-external-id", "t-1"),
    ];
    let own = world.ask(&same_name, &message(HI, false)).await;
    assert_ne!(own.conversation().to_string(), id);
}

#[tokio::test]
async fn without_a_good_key_nothing_is_asked() {
    let world = World::new().await;
    let escalate = format!("Bearer {}", world.new_key(vec![Scope::Escalate]).await);
    for (key, status, kind) in [
        ("Bearer sk-other", 401, "authentication_error"),
        (escalate.as_str(), 403, "permission_error"),
    ] {
        let came = world
            .ask(&[("authorization", key)], &message(HI, true))
            .await;
        assert_eq!(came.status, status, "{}", came.body);
        let error = &came.json()["error"];
        assert_eq!(error["type"], kind);
        assert!(error["message"].is_string() && error["code"].is_string());
        assert!(error["request_id"].as_str().unwrap().starts_with("req_"));
    }
    assert_eq!(world.model.asked().len(), 0);
}

#[tokio::test]
async fn what_was_said_before_is_recalled() {
    let world = World::new().await;
    let body = json!({"model": "m", "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": HI},
        {"role": "assistant", "content": "On its way."},
        {"role": "user", "content": "Since when is it on its way?"}]});
    let came = world.ask(&[], &body).await;
    let log = world.log(came.conversation()).await;
    assert_eq!(
        log,
        [
            format!("customer: {HI}"),
            "assistant: On its way.".to_owned(),
            "customer: Since when is it on its way?".to_owned(),
            "assistant: Hello there.".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_request_that_is_sent_again_adds_nothing() {
    let world = World::new().await;
    let once = [("idempotency-key", "k-1")];
    let (one, again) = (
        world.ask(&once, &message(HI, false)).await,
        world.ask(&once, &message(HI, false)).await,
    );
    assert_eq!(one.conversation(), again.conversation());
    assert_eq!(again.text(), one.text(), "the first answer again");
    assert_eq!(world.log(one.conversation()).await.len(), 2);
    assert_eq!(world.model.asked().len(), 1);

    // The official clients say so in a header of their own.
    let first = world.says("t-1", HI, false).await;
    let retry = [
        ("segue-external-id", "t-1"),
        ("x-stainless-retry-count", "1"),
    ];
    let second = world.ask(&retry, &message(HI, true)).await;
    assert_eq!(second.text(), first.text());
    assert_eq!(world.log(first.conversation()).await.len(), 2);

    // With what was said before in it, the same request is the same turn.
    let body = json!({"model": "m", "metadata": {"segue_external_id": "t-2"}, "messages": [
        {"role": "user", "content": HI}, {"role": "assistant", "content": "On its way."},
        {"role": "user", "content": "Since when?"}]});
    let (first, second) = (world.ask(&[], &body).await, world.ask(&[], &body).await);
    assert_eq!(first.text(), second.text());
    assert_eq!(world.log(first.conversation()).await.len(), 4);
}

#[tokio::test]
async fn the_same_words_said_twice_are_two_turns() {
    let world = World::new().await;
    world.says("t-1", "Yes please do", false).await;
    let came = world.says("t-1", "Yes please do", false).await;
    let log = world.log(came.conversation()).await;
    assert_eq!(
        log.iter()
            .filter(|line| line.starts_with("customer"))
            .count(),
        2,
        "{log:#?}"
    );
}

#[tokio::test]
async fn a_server_may_want_a_name() {
    let world = World::with(json!({"unnamed": "refuse"})).await;
    let refused = world.ask(&[], &message(HI, true)).await;
    assert_eq!(
        (refused.status, refused.json()["error"]["code"].clone()),
        (400, json!("conversation_unnamed"))
    );
    assert_eq!(world.says("t-1", HI, false).await.status, 200);
}

#[tokio::test]
async fn what_an_agent_tells_the_assistant_reaches_the_model() {
    let world = World::new().await;
    let id = world.says("t-1", HI, false).await.conversation();
    let agent = world.agent().await;
    let caller =
        segue_service::Caller::new(world.workspace, segue_model::event::Actor::Agent(agent));
    world.service.take(&caller, id, agent, None).await.unwrap();
    let back = segue_service::conversations::HandBack {
        line: "Our assistant goes on from here.".to_owned(),
        brief: "The parcel was sent again today.".to_owned(),
        root_cause: segue_model::escalation::RootCause::MissingKnowledge,
        active_ms: 1_000,
        assistant_could: None,
        is_answer_owed: false,
    };
    world
        .service
        .hand_back(&caller, id, agent, &back)
        .await
        .unwrap();
    world.model.next(Does::Says("It was sent again."));
    let came = world.says("t-1", "And when will it be here?", true).await;
    assert_eq!(came.text(), "It was sent again.");
    let asked = world.model.asked();
    let told = asked.last().unwrap()["messages"][0]["content"]
        .as_str()
        .unwrap();
    assert!(told.contains("The parcel was sent again today."), "{told}");
}
