//! Changes of settings are made once per key, whatever was answered on the way.

use axum::http::{Method, StatusCode};
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{Answer, By, World};

async fn owner() -> (World, By) {
    let world = World::new().await;
    let (_, by) = world.agent("Olga", Role::Owner).await;
    (world, by)
}

/// A request that can be sent again.
struct Request<'w> {
    world: &'w World,
    by: &'w By,
    method: Method,
    path: String,
}

impl<'w> Request<'w> {
    fn new((world, by): (&'w World, &'w By), method: Method, path: &str) -> Self {
        let path = path.to_owned();
        Self {
            world,
            by,
            method,
            path,
        }
    }

    async fn send(&self, key: &str, body: &Value) -> Answer {
        let ask = self
            .world
            .own_page(self.method.clone(), &self.path, self.by);
        ask.header("idempotency-key", key).json(body).send().await
    }
}

/// The first answer comes again and is marked, another body is refused, and the
/// trail has one line.
#[track_caller]
fn expect_again(first: &Answer, again: &Answer) {
    assert!(!first.is_replayed() && again.is_replayed());
    assert_eq!((first.status, &first.body), (again.status, &again.body));
}

async fn acts(world: &World, by: &By, action: &str) -> usize {
    let rows = world.get("/v1/audit?limit=1000", by).await.ok();
    let rows = rows["items"].as_array().unwrap();
    rows.iter().filter(|row| row["action"] == action).count()
}

#[tokio::test]
async fn a_key_is_made_once_and_its_secret_shown_once() {
    let (world, by) = owner().await;
    let make = Request::new((&world, &by), Method::POST, "/v1/keys");
    let body = json!({ "name": "bot", "scopes": ["turn:write"] });
    let first = make.send("k1", &body).await;
    let again = make.send("k1", &body).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert!(first.body["secret"].is_string() && again.is_replayed());
    assert_eq!(again.body, json!({ "key": first.body["key"] }));
    let other = json!({ "name": "other", "scopes": ["turn:write"] });
    make.send("k1", &other)
        .await
        .refused(422, "idempotency_key_reused");
    let keys = world.get("/v1/keys", &by).await.ok();
    assert_eq!(keys["items"].as_array().unwrap().len(), 1);
    assert_eq!(acts(&world, &by, "key.created").await, 1);
    let id = first.body["key"]["id"].as_str().unwrap();
    let revoke = Request::new((&world, &by), Method::DELETE, &format!("/v1/keys/{id}"));
    for is_replayed in [false, true] {
        let answer = revoke.send("k2", &json!({})).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(answer.is_replayed(), is_replayed);
    }
    assert_eq!(acts(&world, &by, "key.revoked").await, 1);
    // A key of a conversation is not good for a setting.
    let program = world.full_key().await;
    let conversation = world.waiting(&program).await;
    let note = format!("/v1/conversations/{conversation}/notes");
    let note = Request::new((&world, &by), Method::POST, &note);
    note.send("k3", &json!({ "text": "mind" })).await.ok();
    make.send("k3", &body)
        .await
        .refused(422, "idempotency_key_reused");
}

#[tokio::test]
async fn an_agent_is_invited_and_changed_once() {
    let (world, by) = owner().await;
    let invite = Request::new((&world, &by), Method::POST, "/v1/agents");
    let body = json!({ "name": "Mia", "email": "mia@brightcrate.example", "role": "agent" });
    let before = acts(&world, &by, "agent.invited").await;
    let first = invite.send("k1", &body).await;
    let again = invite.send("k1", &body).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert!(again.is_replayed());
    assert_eq!(first.body["agent"], again.body["agent"]);
    // Links are kept as hashes: the retry gets another one, and it works.
    let link = again.body["invitation_link"].as_str().unwrap();
    assert_ne!(first.body["invitation_link"], link);
    let token = link.rsplit('/').next().unwrap();
    let accept = json!({ "token": token, "password": "a quiet rainy day" });
    world
        .post("/v1/invitations/accept", &By::Nobody, &accept)
        .await
        .ok();
    let used = invite.send("k1", &body).await;
    assert_eq!(used.body["invitation_link"], Value::Null);
    assert_eq!(acts(&world, &by, "agent.invited").await, before + 1);
    let id = first.body["agent"]["id"].as_str().unwrap();
    let change = Request::new((&world, &by), Method::PATCH, &format!("/v1/agents/{id}"));
    let first = change.send("k2", &json!({ "capacity": 5 })).await;
    change.send("k3", &json!({ "capacity": 7 })).await.ok();
    expect_again(&first, &change.send("k2", &json!({ "capacity": 5 })).await);
    let agents = world.get("/v1/agents", &by).await.ok();
    let mia = agents["items"].as_array().unwrap();
    let mia = mia.iter().find(|agent| agent["id"] == id).unwrap();
    assert_eq!(mia["capacity"], 7);
    change
        .send("k2", &json!({ "capacity": 6 }))
        .await
        .refused(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_policy_is_put_in_force_once() {
    let (world, by) = owner().await;
    let policy = world.get("/v1/policy", &by).await.ok();
    let (version, text) = (&policy["version"], policy["text"].as_str().unwrap());
    let put = Request::new((&world, &by), Method::PUT, "/v1/policy");
    let one = json!({ "text": format!("{text}\n# one\n"), "version": version, "reason": "one" });
    let first = put.send("k1", &one).await;
    let two = json!({ "text": format!("{text}\n# two\n"), "reason": "two" });
    let second = put.send("k2", &two).await.ok();
    // Without the key this would be `policy_changed`, and the older text be back.
    expect_again(&first, &put.send("k1", &one).await);
    let now = world.get("/v1/policy", &by).await.ok();
    assert_eq!(now, second);
    put.send("k1", &two)
        .await
        .refused(422, "idempotency_key_reused");
    // What is in force already is remembered as well.
    let same = put.send("k3", &two).await;
    expect_again(&same, &put.send("k3", &two).await);
    put.send("k3", &one)
        .await
        .refused(422, "idempotency_key_reused");
    assert_eq!(acts(&world, &by, "policy.activated").await, 2);
}

#[tokio::test]
async fn queues_and_words_are_changed_once() {
    let (world, by) = owner().await;
    let queues = world.get("/v1/queues", &by).await.ok();
    let mut queue = queues["items"][0].clone();
    queue["key"] = json!("night_shift");
    let make = Request::new((&world, &by), Method::POST, "/v1/queues");
    let first = make.send("k1", &queue).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let again = make.send("k1", &queue).await;
    expect_again(&first, &again);
    make.send("k2", &queue).await.refused(409, "already_exists");
    let change = Request::new((&world, &by), Method::PUT, "/v1/queues/night_shift");
    queue["target_s"] = json!(777);
    let first = change.send("k3", &queue).await;
    expect_again(&first, &change.send("k3", &queue).await);
    queue["target_s"] = json!(778);
    change
        .send("k3", &queue)
        .await
        .refused(422, "idempotency_key_reused");
    let words = Request::new((&world, &by), Method::PUT, "/v1/wording/en/welcome");
    let first = words
        .send("k4", &json!({ "text": "Hello, an AI here." }))
        .await;
    words.send("k5", &json!({ "text": "Good day." })).await.ok();
    let again = words
        .send("k4", &json!({ "text": "Hello, an AI here." }))
        .await;
    expect_again(&first, &again);
    let now = world.get("/v1/wording/en/welcome", &by).await.ok();
    assert_eq!(now["text"], "Good day.");
}

#[tokio::test]
async fn customers_are_read_once() {
    let (world, by) = owner().await;
    let import = |key: &'static str, text: &'static str| {
        let ask = world.own_page(Method::POST, "/v1/customers/import", &by);
        let ask = ask.header("idempotency-key", key);
        ask.raw("text/csv", text.as_bytes()).send()
    };
    let first = import("k1", "email,tier\nada@example.com,pro\n").await;
    import("k2", "email,tier\nada@example.com,basic\n")
        .await
        .ok();
    let again = import("k1", "email,tier\nada@example.com,pro\n").await;
    expect_again(&first, &again);
    assert_eq!(again.body["created"], 1);
    let rows = world.get("/v1/customers", &by).await.ok();
    assert_eq!(rows["items"][0]["tier"], "basic");
    import("k1", "email\nbob@example.com\n")
        .await
        .refused(422, "idempotency_key_reused");
}

/// Two admins with one key are two callers.
#[tokio::test]
async fn keys_of_two_people_never_meet() {
    let (world, by) = owner().await;
    let (_, other) = world.agent("Adi", Role::Admin).await;
    let body = json!({ "name": "bot", "scopes": ["turn:write"] });
    for by in [&by, &other] {
        let make = Request::new((&world, by), Method::POST, "/v1/keys");
        assert!(!make.send("k1", &body).await.is_replayed());
    }
}
