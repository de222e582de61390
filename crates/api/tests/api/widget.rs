//! The widget: visitors, their own conversation, and what they must not read.

use segue_api::auth::limit::{Rate, Rates};
use segue_model::fact::FactValue;
use segue_model::id::CustomerId;
use segue_model::time::Span;
use segue_ports::directory::{Customer, Role};
use serde_json::{Value, json};

use super::world::{By, World};

async fn act(world: &World, by: &By, id: &str, action: &str, body: Value) -> super::world::Answer {
    world
        .post_widget(
            &format!("/v1/widget/conversations/{id}/{action}"),
            by,
            &body,
        )
        .await
}

async fn write(world: &World, by: &By, id: &str, text: &str) -> Value {
    let body = json!({ "text": text, "client_id": uuid::Uuid::now_v7().to_string() });
    act(world, by, id, "turns", body).await.ok()
}

#[tokio::test]
async fn a_visit_from_welcome_to_person() {
    let world = World::new().await;
    let session = json!({ "locale": "en-GB" });
    let session = world
        .post_widget("/v1/widget/session", &By::Nobody, &session)
        .await
        .ok();
    assert_eq!(
        (&session["assistant"]["is_ai"], &session["company"]["name"]),
        (&json!(true), &json!("Brightcrate"))
    );
    assert_eq!(session["texts_locale"], "en");
    let by = By::Bearer(session["token"].as_str().unwrap().to_owned());
    let page = json!({ "page": "https://shop.example/cart?token=secret#x", "locale": "de-AT" });
    let opened = world
        .post_widget("/v1/widget/conversations", &by, &page)
        .await;
    assert_eq!(opened.status, 201);
    assert_eq!(opened.body["items"][0]["author"]["notice"], "welcome");
    let id = opened.body["conversation"].as_str().unwrap().to_owned();
    let again = world
        .post_widget("/v1/widget/conversations", &by, &json!({}))
        .await;
    assert_eq!(
        (again.status.as_u16(), &again.body["conversation"]),
        (200, &json!(id))
    );
    let said = write(&world, &by, &id, "Where is my parcel?").await;
    assert!(said["turn"].is_u64());
    act(&world, &by, &id, "person", json!({})).await.ok();
    let snapshot = world
        .get_widget(&format!("/v1/widget/conversations/{id}"), &by)
        .await
        .ok();
    let state = &snapshot["state"];
    assert_eq!(state["floor"]["holder"], "queue");
    assert_eq!(
        (
            &state["wait"]["may_withdraw"],
            &state["wait"]["contact_left"]
        ),
        (&json!(true), &json!(false))
    );
    assert!(
        state["wait"]["reference"]
            .as_str()
            .unwrap()
            .starts_with("SG-")
    );
    let kinds: Vec<_> = snapshot["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["type"].clone())
        .collect();
    assert!(
        kinds.iter().all(|kind| kind == "turn" || kind == "floor"),
        "{kinds:?}"
    );
    act(&world, &by, &id, "withdraw", json!({})).await.ok();
    act(&world, &by, &id, "withdraw", json!({}))
        .await
        .refused(409, "not_waiting");
    act(&world, &by, &id, "end", json!({})).await.ok();
    act(&world, &by, &id, "end", json!({}))
        .await
        .refused(409, "conversation_closed");
    // The page's address comes without what may be a secret.
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let staff = world
        .get(&format!("/v1/conversations/{id}"), &owner)
        .await
        .ok();
    let opening = &staff["state"]["opening"];
    assert_eq!(
        (&opening["page"], &opening["locale"]),
        (&json!("https://shop.example/cart"), &json!("de-AT"))
    );
}

/// What a browser closed lately it gets again, to be rated or gone on with; no
/// other browser does, and nobody after the window.
#[tokio::test]
async fn a_closed_conversation_is_offered_again() {
    let world = World::new().await;
    let come = |token: Option<String>| {
        let body = token.map_or(json!({}), |token| json!({ "visitor": token }));
        let world = &world;
        async move {
            let session = world
                .post_widget("/v1/widget/session", &By::Nobody, &body)
                .await
                .ok();
            let token = session["token"].as_str().unwrap().to_owned();
            (token, session["conversation"].clone())
        }
    };
    let (token, none) = come(None).await;
    assert_eq!(none, Value::Null);
    let by = By::Bearer(token.clone());
    let id = world.visited(&by).await;
    write(&world, &by, &id, "Where is my parcel?").await;
    act(&world, &by, &id, "end", json!({})).await.ok();
    let (token, again) = come(Some(token)).await;
    assert_eq!(again, json!(id));
    assert_eq!(come(None).await.1, Value::Null);
    world.clock.advance(Span::hours(73));
    assert_eq!(come(Some(token)).await.1, Value::Null);
}

#[tokio::test]
async fn a_contact_instead_of_a_wait() {
    let world = World::new().await;
    let by = world.visitor().await;
    let id = world.visited(&by).await;
    act(
        &world,
        &by,
        &id,
        "contact",
        json!({ "address": "ada@example.com" }),
    )
    .await
    .refused(409, "not_waiting");
    act(&world, &by, &id, "person", json!({})).await.ok();
    act(&world, &by, &id, "contact", json!({ "address": "nowhere" }))
        .await
        .refused(422, "invalid_value");
    act(
        &world,
        &by,
        &id,
        "contact",
        json!({ "address": "ada@example.com" }),
    )
    .await
    .ok();
    let snapshot = world
        .get_widget(&format!("/v1/widget/conversations/{id}"), &by)
        .await
        .ok();
    assert_eq!(snapshot["state"]["wait"]["contact_left"], true);
    assert!(!snapshot["items"].to_string().contains("\"contact\""));
}

#[tokio::test]
async fn a_cold_handoff_shows_no_internals() {
    let world = World::new().await;
    let by = world.visitor().await;
    let id = world.visited(&by).await;
    write(
        &world,
        &by,
        &id,
        "Somebody hacked my account and made payments I did not make, this is fraud",
    )
    .await;
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let staff = world
        .get(&format!("/v1/conversations/{id}"), &owner)
        .await
        .ok();
    assert_eq!(
        staff["state"]["floor"]["holder"], "locked",
        "{}",
        staff["state"]
    );
    let snapshot = world
        .get_widget(&format!("/v1/widget/conversations/{id}"), &by)
        .await
        .ok();
    let text = snapshot.to_string();
    for word in [
        "locked",
        "trust_safety",
        "Trust",
        "security",
        "cold\"",
        "handoff_cold_reason",
        "rule",
    ] {
        let is_notice = word == "cold\"";
        let found = if is_notice {
            snapshot["state"].to_string().contains(word)
        } else {
            text.contains(word)
        };
        assert!(!found, "`{word}` in {text}");
    }
    assert_eq!(snapshot["state"]["floor"]["holder"], "queue");
    // The reference that the notice named, and nothing else.
    let wait = &snapshot["state"]["wait"];
    let reference = wait["reference"].as_str().unwrap();
    assert!(text_of_last(&snapshot).contains(reference), "{snapshot}");
    assert_eq!((&wait["who"], &wait["reason"]), (&json!(""), &json!("")));
    assert_eq!(
        (&wait["position"], &wait["lo_min"]),
        (&Value::Null, &Value::Null)
    );
}

fn text_of_last(snapshot: &Value) -> String {
    let mut items = snapshot["items"].as_array().unwrap().iter();
    let last = items.rfind(|item| item["type"] == "turn");
    last.unwrap()["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_visitor_reads_nobody_elses_conversation() {
    let world = World::new().await;
    let (a, b) = (world.visitor().await, world.visitor().await);
    let id = world.visited(&a).await;
    world.visited(&b).await;
    let path = format!("/v1/widget/conversations/{id}");
    world
        .get_widget(&path, &b)
        .await
        .refused(404, "conversation_unknown");
    let bodies = [
        ("turns", json!({ "text": "hi", "client_id": "1" })),
        ("person", json!({})),
        ("withdraw", json!({})),
        ("contact", json!({ "address": "a@example.com" })),
        ("confirm", json!({ "turn": 1, "helped": true })),
        ("end", json!({})),
        ("rating", json!({ "part": "assistant", "score": 5 })),
    ];
    for (action, body) in bodies {
        act(&world, &b, &id, action, body.clone())
            .await
            .refused(404, "conversation_unknown");
        act(&world, &By::Nobody, &id, action, body)
            .await
            .refused(401, "unauthenticated");
    }
    // A cookie of the console is nothing here, and a token nothing there.
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    world
        .get_widget(&path, &owner)
        .await
        .refused(401, "unauthenticated");
    world
        .get(&format!("/v1/conversations/{id}"), &a)
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_message_is_added_once() {
    let world = World::new().await;
    let by = world.visitor().await;
    let id = world.visited(&by).await;
    let body = json!({ "text": "Where is my parcel?", "client_id": "m-1" });
    let first = act(&world, &by, &id, "turns", body.clone()).await;
    let again = act(&world, &by, &id, "turns", body).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert!(again.is_replayed());
    assert_eq!(first.body, again.body);
    let other = json!({ "text": "Another text", "client_id": "m-1" });
    act(&world, &by, &id, "turns", other)
        .await
        .refused(422, "idempotency_key_reused");
    act(
        &world,
        &by,
        &id,
        "turns",
        json!({ "text": "x", "client_id": "" }),
    )
    .await
    .refused(422, "invalid_value");
}

#[tokio::test]
async fn who_a_visitor_is_the_site_proves() {
    let world = World::new().await;
    let customer = Customer {
        id: CustomerId::new(uuid::Uuid::now_v7()),
        email: Some("ada@example.com".into()),
        account_id: None,
        facts: [
            ("name".to_owned(), FactValue::Text("Ada Example".into())),
            (
                "email".to_owned(),
                FactValue::Text("ada@example.com".into()),
            ),
        ]
        .into(),
    };
    world
        .store()
        .put_customers(world.workspace, vec![customer])
        .await
        .unwrap();
    let session = |identity: String, former: Option<String>| {
        let world = &world;
        async move {
            let body = json!({ "identity": identity, "visitor": former });
            world
                .post_widget("/v1/widget/session", &By::Nobody, &body)
                .await
        }
    };
    let good = session(world.identity("ada@example.com", 600), None)
        .await
        .ok();
    assert_eq!(good["customer"]["name"], "Ada Example");
    session(world.identity("ada@example.com", -1), None)
        .await
        .refused(401, "unauthenticated");
    session(world.identity("ada@example.com", 3_600), None)
        .await
        .refused(401, "unauthenticated");
    let mut forged = world.identity("ada@example.com", 600);
    forged.replace_range(forged.len() - 4.., "AAAA");
    session(forged, None).await.refused(401, "unauthenticated");
    session("no token".to_owned(), None)
        .await
        .refused(401, "unauthenticated");

    // Whoever is proved need not type their address; of a stranger none is known.
    let known = |by: By| {
        let world = &world;
        async move {
            let id = world.visited(&by).await;
            act(world, &by, &id, "person", json!({})).await.ok();
            let path = format!("/v1/widget/conversations/{id}");
            let seen = world.get_widget(&path, &by).await.ok();
            seen["state"]["wait"]["known_address"].clone()
        }
    };
    let by = By::Bearer(good["token"].as_str().unwrap().to_owned());
    assert_eq!(known(by.clone()).await, "ada@example.com");
    assert_eq!(known(world.visitor().await).await, Value::Null);

    // Another browser with the same identity does not read this one's history.
    let id = world.visited(&by).await;
    let elsewhere = session(world.identity("ada@example.com", 600), None)
        .await
        .ok();
    assert_eq!(elsewhere.get("conversation"), None);
    let former = good["token"].as_str().unwrap().to_owned();
    let renewed = session(world.identity("ada@example.com", 600), Some(former))
        .await
        .ok();
    assert_eq!(renewed["conversation"], json!(id));
    // An identity that was seen by others is good for the browser that used it only.
    let identity = world.identity("ada@example.com", 600);
    let used = session(identity.clone(), None).await.ok();
    session(identity.clone(), None)
        .await
        .refused(401, "unauthenticated");
    let token = used["token"].as_str().unwrap().to_owned();
    session(identity, Some(token)).await.ok();

    // An anonymous tab with the proved one's token is somebody else.
    let token = renewed["token"].as_str().unwrap();
    let anonymous = world
        .post_widget(
            "/v1/widget/session",
            &By::Nobody,
            &json!({ "visitor": token }),
        )
        .await
        .ok();
    assert_eq!(
        (anonymous.get("conversation"), anonymous.get("customer")),
        (None, None)
    );
}

#[tokio::test]
async fn floods_are_slowed_down() {
    let rates = Rates {
        messages: Some(Rate::new(10, 10)),
        asks: Some(Rate::new(3, 60)),
        ..Rates::default()
    };
    let world = World::with_rates(rates).await;
    let (by, other) = (world.visitor().await, world.visitor().await);
    let (id, others) = (world.visited(&by).await, world.visited(&other).await);
    for _ in 0..10 {
        write(&world, &by, &id, "hello").await;
    }
    let body = json!({ "text": "hello", "client_id": "x" });
    let slowed = act(&world, &by, &id, "turns", body).await;
    slowed.refused(429, "too_many_requests");
    assert!(
        slowed.headers["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
            >= 1
    );
    write(&world, &other, &others, "hello").await;
    for _ in 0..3 {
        act(&world, &other, &others, "person", json!({})).await.ok();
    }
    act(&world, &other, &others, "person", json!({}))
        .await
        .refused(429, "too_many_requests");
}

#[tokio::test]
async fn ratings() {
    let world = World::new().await;
    let by = world.visitor().await;
    let id = world.visited(&by).await;
    let rate = |score: Value| {
        act(
            &world,
            &by,
            &id,
            "rating",
            json!({ "part": "agent", "score": score }),
        )
    };
    rate(json!(0)).await.refused(422, "invalid_value");
    rate(json!(6)).await.refused(422, "invalid_value");
    rate(json!(4)).await.refused(409, "nothing_to_rate");
    act(&world, &by, &id, "person", json!({})).await.ok();
    let (_, ada) = world.agent("Ada", Role::Agent).await;
    let path = format!("/v1/conversations/{id}");
    let taken = world
        .post(&format!("{path}/take"), &ada, &json!({}))
        .await
        .ok();
    world
        .post(
            &format!("{path}/replies"),
            &ada,
            &json!({ "text": "Hi", "epoch": taken["epoch"] }),
        )
        .await
        .ok();
    let end = json!({ "root_cause": "Customer_Request", "disposition": "solved", "active_ms": 1 });
    world
        .post(&format!("{path}/resolve"), &ada, &end)
        .await
        .ok();
    let state = world
        .get_widget(&format!("/v1/widget/conversations/{id}"), &by)
        .await
        .ok()["state"]
        .clone();
    assert_eq!(
        state["rating"],
        json!({ "assistant": "none", "agent": "open" })
    );
    assert_eq!(
        (&state["is_closed"], &state["can_write"]),
        (&json!(true), &json!(true))
    );
    rate(json!(5)).await.ok();
    rate(json!(5)).await.refused(409, "nothing_to_rate");
}

#[tokio::test]
async fn whoever_is_being_asked_is_who_comes() {
    let world = World::new().await;
    let by = world.visitor().await;
    let id = world.visited(&by).await;
    let serves = &["customer_care"];
    let (agent, ada) = world
        .agent_of(world.workspace, "Ada", Role::Agent, serves)
        .await;
    world.available(agent).await;
    let mut inbox = world.inbox_changes();
    act(&world, &by, &id, "person", json!({})).await.ok();
    let staff = format!("/v1/conversations/{id}");
    let asked = async {
        while world.get(&staff, &ada).await.ok()["state"]["escalation"]["offer"].is_null() {
            inbox.changed().await.unwrap();
        }
    };
    let bound = std::time::Duration::from_secs(30);
    tokio::time::timeout(bound, asked)
        .await
        .expect("an offer is made");
    let path = format!("/v1/widget/conversations/{id}");
    let wait = world.get_widget(&path, &by).await.ok()["state"]["wait"].clone();
    assert!(wait["who"].as_str().unwrap().starts_with("Ada"), "{wait}");
}

#[tokio::test]
async fn a_speaker_has_a_name_as_far_as_the_policy_tells() {
    let world = World::new().await;
    let by = world.visitor().await;
    let id = world.visited(&by).await;
    let path = format!("/v1/widget/conversations/{id}");
    let speaker = world.get_widget(&path, &by).await.ok()["state"]["speaker"].clone();
    assert_eq!(speaker, json!({ "name": "Assistant", "note": "AI" }));
    act(&world, &by, &id, "person", json!({})).await.ok();
    let (_, ada) = world
        .agent_of(
            world.workspace,
            "Ada Example",
            Role::Agent,
            &["customer_care"],
        )
        .await;
    world
        .post(&format!("/v1/conversations/{id}/take"), &ada, &json!({}))
        .await
        .ok();
    let speaker = world.get_widget(&path, &by).await.ok()["state"]["speaker"].clone();
    assert_eq!(
        speaker,
        json!({ "name": "Ada Example", "note": "Customer care" })
    );
}

#[tokio::test]
async fn a_ticket_for_the_socket() {
    let world = World::new().await;
    let by = world.visitor().await;
    let ticket = world
        .post_widget("/v1/widget/ticket", &by, &json!({}))
        .await
        .ok();
    assert!(
        world
            .service
            .take_ticket(ticket["ticket"].as_str().unwrap())
            .is_ok()
    );
    world
        .post_widget("/v1/widget/ticket", &By::Nobody, &json!({}))
        .await
        .refused(401, "unauthenticated");
}
