//! Somebody's own assistant, and what its key may not do.

use axum::http::Method;
use segue_model::fact::FactValue;
use segue_model::id::CustomerId;
use segue_ports::directory::{Customer, Role, Scope};
use serde_json::{Value, json};

use super::world::{By, World};

async fn say(world: &World, key: &By, id: &str, body: Value) -> super::world::Answer {
    world
        .post(&format!("/v1/conversations/{id}/turns"), key, &body)
        .await
}

#[tokio::test]
async fn a_conversation_from_question_to_person() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (id, epoch) = world.opened(&key).await;
    let asked = say(
        &world,
        &key,
        &id,
        json!({ "role": "customer", "text": "How do I change my address?" }),
    )
    .await
    .ok();
    assert_eq!(
        (&asked["visible"], &asked["verdict"]["verdict"]),
        (&json!(true), &json!("continue"))
    );
    assert!(asked["verdict"]["trace"]["rules"].is_array());
    let answer = json!({ "role": "assistant", "text": "Open the settings.", "epoch": epoch, "confidence": 0.95 });
    let answered = say(&world, &key, &id, answer).await.ok();
    assert_eq!(
        (&answered["turn"], &answered["visible"]),
        (&json!(2), &json!(true))
    );
    let person = say(
        &world,
        &key,
        &id,
        json!({ "role": "customer", "text": "Let me talk to a human" }),
    )
    .await
    .ok();
    assert_eq!(person["verdict"]["verdict"], "escalate");
    assert!(person["epoch"].as_u64().unwrap() > epoch);
    assert!(!person["notice"]["text"].as_str().unwrap().is_empty());
    let late =
        json!({ "role": "assistant", "text": "Never mind!", "epoch": epoch, "confidence": 0.9 });
    let refused = say(&world, &key, &id, late).await;
    refused.refused(409, "floor_lost");
    assert_eq!(refused.body["error"]["details"]["given"], epoch);
    let whole = world
        .get(&format!("/v1/conversations/{id}"), &key)
        .await
        .ok();
    assert_eq!(whole["floor"]["holder"], "queue");
    let texts: Vec<_> = whole["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| turn["text"].as_str().unwrap())
        .collect();
    assert!(
        !texts.contains(&"Never mind!"),
        "a late word was shown: {texts:?}"
    );
    let packet = world
        .get(&format!("/v1/conversations/{id}/packet"), &key)
        .await
        .ok();
    assert!(packet["core_intent"]["text"].is_string() && packet["metadata"] == json!([]));
}

#[tokio::test]
async fn below_the_band_nothing_is_shown() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (id, epoch) = world.opened(&key).await;
    say(
        &world,
        &key,
        &id,
        json!({ "role": "customer", "text": "How do I change my address?" }),
    )
    .await
    .ok();
    let answer =
        json!({ "role": "assistant", "text": "Maybe so.", "epoch": epoch, "confidence": 0.05 });
    let answered = say(&world, &key, &id, answer).await.ok();
    assert_eq!(answered["visible"], false);
    assert_eq!(answered.get("turn"), None);
    assert_ne!(answered["verdict"]["verdict"], "continue");
}

#[tokio::test]
async fn an_answer_is_given_once() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (id, epoch) = world.opened(&key).await;
    say(
        &world,
        &key,
        &id,
        json!({ "role": "customer", "text": "How do I change my address?" }),
    )
    .await
    .ok();
    let answer = json!({ "role": "assistant", "text": "Open the settings.", "epoch": epoch, "confidence": 0.95 });
    say(&world, &key, &id, answer.clone()).await.ok();
    say(&world, &key, &id, answer)
        .await
        .refused(409, "already_answered");
}

#[tokio::test]
async fn the_developer_asks_for_a_person() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (id, epoch) = world.opened(&key).await;
    let path = format!("/v1/conversations/{id}/handoff");
    let answer = world
        .post(
            &path,
            &key,
            &json!({ "reason": "your order needs a closer look" }),
        )
        .await
        .ok();
    assert!(answer["epoch"].as_u64().unwrap() > epoch);
    assert_eq!(answer["floor"]["holder"], "queue");
    assert!(answer["notice"]["text"].is_string());
    let long = json!({ "reason": "a".repeat(513) });
    world
        .post(&path, &key, &long)
        .await
        .refused(422, "invalid_value");
}

#[tokio::test]
async fn what_the_assistant_says_of_a_handoff_is_for_staff() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (_, sarah) = world.agent("sarah", Role::Agent).await;
    let (id, _) = world.opened(&key).await;
    let said = json!({ "role": "customer", "text": "Where is order BC-48213?" });
    say(&world, &key, &id, said).await.ok();
    let path = format!("/v1/conversations/{id}/handoff");
    let note = "They ask for order BC-48213. I refunded $900 already.";
    let long = json!({ "note": "a".repeat(4_097) });
    world
        .post(&path, &key, &long)
        .await
        .refused(422, "invalid_value");
    let asked = world.post(&path, &key, &json!({ "note": note })).await.ok();
    assert!(asked["wait"]["reference"].is_string() || asked["wait"]["hi_min"].is_number());
    let told = asked["notice"]["text"].as_str().unwrap();
    assert!(!told.contains("BC-48213"), "{told}");
    assert!(!told.contains("did not answer"), "nothing failed: {told}");

    let read = format!("/v1/conversations/{id}");
    let seen = world.get(&read, &key).await.ok();
    assert!(!seen["turns"].to_string().contains("refunded"));
    assert_eq!(seen["wait"], asked["wait"]);
    let staff = world.get(&read, &sarah).await.ok();
    let items = staff["items"].as_array().unwrap();
    let explained = items
        .iter()
        .find(|item| item["type"] == "handoff_explained")
        .unwrap();
    assert_eq!(explained["text"], note);
    let packet = world.get(&format!("{read}/packet"), &sarah).await.ok();
    let shown = json!(["They ask for order BC-48213."]);
    assert_eq!(packet["trigger"]["told"], shown);
}

#[tokio::test]
async fn facts_come_from_the_directory_and_nobody_is_proved() {
    let world = World::new().await;
    let known = [
        ("tier", FactValue::Text("enterprise".into())),
        ("name", FactValue::Text("Ada Example".into())),
    ];
    let customer = Customer {
        id: CustomerId::new(uuid::Uuid::now_v7()),
        email: Some("ada@example.com".into()),
        account_id: None,
        facts: known.map(|(name, value)| (name.to_owned(), value)).into(),
    };
    world
        .store()
        .put_customers(world.workspace, vec![customer])
        .await
        .unwrap();
    let key = world.full_key().await;
    let body = json!({
        "customer": { "email": "Ada@Example.com" },
        "facts": { "cart": "2 items", "name": "Mallory" },
        "external_id": "T-17",
    });
    let opened = world.post("/v1/conversations", &key, &body).await.ok();
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let path = format!("/v1/conversations/{}", opened["id"].as_str().unwrap());
    let state = world.get(&path, &owner).await.ok()["state"].clone();
    assert_eq!(state["customer"]["name"], "Ada Example");
    let facts = &state["customer"]["facts"];
    assert_eq!(
        (&facts["tier"], &facts["authenticated"]),
        (&json!("enterprise"), &json!(false))
    );
    assert_eq!(
        (&facts["cart"], &state["opening"]["external_id"]),
        (&json!("2 items"), &json!("T-17"))
    );
    assert_eq!(state["opening"]["assistant"], "external");
}

#[tokio::test]
async fn a_key_sees_only_what_it_opened() {
    let world = World::new().await;
    let (mine, other) = (world.full_key().await, world.full_key().await);
    let (id, _) = world.opened(&mine).await;
    let neighbor = world.neighbor().await;
    let foreign = world
        .key_of(
            neighbor,
            &[Scope::TurnWrite, Scope::ConversationRead, Scope::Escalate],
        )
        .await;
    let visitor = world.visitor().await;
    let visited = world.visited(&visitor).await;
    for (key, id) in [(&other, &id), (&foreign, &id), (&mine, &visited)] {
        world
            .get(&format!("/v1/conversations/{id}"), key)
            .await
            .refused(404, "conversation_unknown");
        world
            .get(&format!("/v1/conversations/{id}/packet"), key)
            .await
            .refused(404, "conversation_unknown");
        say(&world, key, id, json!({ "role": "customer", "text": "hi" }))
            .await
            .refused(404, "conversation_unknown");
        world
            .post(&format!("/v1/conversations/{id}/handoff"), key, &json!({}))
            .await
            .refused(404, "conversation_unknown");
    }
    for id in [
        "conv_0198c0f27d3b7a51b9d50c1a7e5a4d10",
        "conv_1",
        "agt_0198c0f27d3b7a51b9d50c1a7e5a4d10",
        "x",
    ] {
        world
            .get(&format!("/v1/conversations/{id}"), &mine)
            .await
            .refused(404, "conversation_unknown");
    }
}

#[tokio::test]
async fn a_key_needs_its_scope() {
    let world = World::new().await;
    let reader = world.key(&[Scope::ConversationRead]).await;
    world
        .post("/v1/conversations", &reader, &json!({}))
        .await
        .refused(403, "forbidden");
    let writer = world.key(&[Scope::TurnWrite]).await;
    let (id, _) = world.opened(&writer).await;
    world
        .get(&format!("/v1/conversations/{id}"), &writer)
        .await
        .refused(403, "forbidden");
    world
        .post(
            &format!("/v1/conversations/{id}/handoff"),
            &writer,
            &json!({}),
        )
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn a_draft_needs_its_scope() {
    let world = World::new().await;
    let reviewed = |key: By| {
        let world = &world;
        async move {
            let (id, _) = world.opened(&key).await;
            let text = "Can we agree on custom pricing for next year?";
            let asked = json!({ "role": "customer", "text": text });
            let asked = say(world, &key, &id, asked).await.ok();
            assert_eq!(asked["verdict"]["verdict"], "review");
            let epoch = asked["epoch"].clone();
            let words = json!({
                "role": "assistant", "text": "From 500 parcels on.", "epoch": epoch,
                "confidence": 0.95, "retrieval": [{ "id": "prices", "score": 0.95 }],
            });
            (say(world, &key, &id, words).await, id)
        }
    };
    let scopes = [Scope::TurnWrite, Scope::ConversationRead, Scope::DraftWrite];
    let (drafted, _) = reviewed(world.key(&scopes).await).await;
    assert_eq!(drafted.status, 202, "{}", drafted.body);
    assert!(drafted.body["draft"].is_string());
    let without = world.key(&scopes[..2]).await;
    let (refused, id) = reviewed(without.clone()).await;
    refused.refused(403, "forbidden");
    assert!(
        refused.body["error"]["message"]
            .as_str()
            .unwrap()
            .contains("draft:write")
    );
    // What it wrote under an older epoch is lost in any case, and kept for staff.
    let late = json!({ "role": "assistant", "text": "Hello.", "epoch": 0 });
    say(&world, &without, &id, late)
        .await
        .refused(409, "floor_lost");
}

#[tokio::test]
async fn a_key_cannot_do_what_people_do() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    for (method, path) in [
        (Method::GET, "/v1/me".to_owned()),
        (Method::GET, "/v1/conversations".to_owned()),
        (Method::POST, format!("/v1/conversations/{id}/take")),
        (Method::POST, format!("/v1/conversations/{id}/replies")),
        (Method::POST, "/v1/keys".to_owned()),
        (Method::PUT, "/v1/policy".to_owned()),
        (Method::GET, "/v1/audit".to_owned()),
    ] {
        world
            .write(method, &path, &key, &json!({}))
            .await
            .refused(403, "forbidden");
    }
    let bad = By::Bearer("sg_live_nothing".to_owned());
    world
        .get("/v1/me", &bad)
        .await
        .refused(401, "unauthenticated");
    world
        .post("/v1/conversations", &bad, &json!({}))
        .await
        .refused(401, "unauthenticated");
    // A visitor's token is no key, and a key no visitor's token.
    let visitor = world.visitor().await;
    world
        .post("/v1/conversations", &visitor, &json!({}))
        .await
        .refused(401, "unauthenticated");
    world
        .post_widget("/v1/widget/conversations", &key, &json!({}))
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn people_cannot_do_what_keys_do() {
    let world = World::new().await;
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    world
        .post("/v1/conversations", &owner, &json!({}))
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn a_revoked_key_is_good_for_nothing() {
    let world = World::new().await;
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let made = world
        .post(
            "/v1/keys",
            &owner,
            &json!({ "name": "bot", "scopes": ["turn:write"] }),
        )
        .await
        .ok();
    let key = By::Bearer(made["secret"].as_str().unwrap().to_owned());
    world.opened(&key).await;
    let path = format!("/v1/keys/{}", made["key"]["id"].as_str().unwrap());
    assert_eq!(
        world
            .write(Method::DELETE, &path, &owner, &json!({}))
            .await
            .status,
        204
    );
    world
        .post("/v1/conversations", &key, &json!({}))
        .await
        .refused(401, "unauthenticated");
    assert_eq!(world.get("/v1/keys", &owner).await.ok()["items"], json!([]));
    // Taking it back twice is no error; taking back what never was is one.
    assert_eq!(
        world
            .write(Method::DELETE, &path, &owner, &json!({}))
            .await
            .status,
        204
    );
    let unknown = "/v1/keys/key_0198c0f27d3b7a51b9d50c1a7e5a4d10";
    world
        .write(Method::DELETE, unknown, &owner, &json!({}))
        .await
        .refused(404, "not_found");
}
