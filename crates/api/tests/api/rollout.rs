//! Policies on their way into force: activation, one step back.

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

async fn owner() -> (World, By) {
    let world = World::new().await;
    let (_, by) = world.agent("Olga", Role::Owner).await;
    (world, by)
}

async fn policy(world: &World, by: &By) -> Value {
    world.get("/v1/policy", by).await.ok()
}

/// The text in force with one more comment: another version that decides the same.
async fn commented(world: &World, by: &By, comment: &str) -> String {
    let text = policy(world, by).await["text"].clone();
    format!("{}\n# {comment}\n", text.as_str().unwrap())
}

async fn activate(world: &World, by: &By, text: &str, reason: &str) -> Value {
    let body = json!({ "text": text, "reason": reason });
    let answer = world.write(Method::PUT, "/v1/policy", by, &body).await;
    answer.ok()
}

/// What a customer's turn is answered, by a program's key.
async fn turn(world: &World, key: &By, text: &str) -> Value {
    let (id, _) = world.opened(key).await;
    say(world, key, &id, text).await
}

async fn say(world: &World, key: &By, id: &str, text: &str) -> Value {
    let body = json!({ "role": "customer", "text": text });
    let path = format!("/v1/conversations/{id}/turns");
    world.post(&path, key, &body).await.ok()
}

fn version_of(answer: &Value) -> &Value {
    &answer["verdict"]["trace"]["policy"]
}

#[tokio::test]
async fn an_activation_has_an_author_and_a_reason() {
    let (world, by) = owner().await;
    let before = policy(&world, &by).await;
    assert_eq!(
        (&before["reason"], &before["can_roll_back_to"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(before["versions"][0]["kind"], "activated");
    let text = commented(&world, &by, "one").await;
    for reason in [json!(null), json!(""), json!(" \u{200b}\n")] {
        let body = json!({ "text": text, "reason": reason });
        let answer = world.write(Method::PUT, "/v1/policy", &by, &body).await;
        answer.refused(422, "reason_missing");
    }
    let body = json!({ "text": text, "reason": "x".repeat(501) });
    let answer = world.write(Method::PUT, "/v1/policy", &by, &body).await;
    answer.refused(422, "invalid_value");
    assert_eq!(policy(&world, &by).await, before);

    let put = activate(&world, &by, &text, "  escalated too early  ").await;
    assert_eq!(put, policy(&world, &by).await);
    assert_eq!(put["reason"], "escalated too early");
    let row = &put["versions"][0];
    assert_eq!(
        (&row["version"], &row["by"], &row["kind"], &row["reason"]),
        (
            &put["version"],
            &json!("Olga"),
            &json!("activated"),
            &json!("escalated too early")
        )
    );
    assert_eq!(put["versions"].as_array().unwrap().len(), 2);
    assert_eq!(put["can_roll_back_to"], before["version"]);
    let audit = world.get("/v1/audit", &by).await.ok();
    let line = &audit["items"][0];
    assert_eq!(
        (&line["action"], &line["subject"], &line["actor"]),
        (&json!("policy.activated"), &put["version"], &json!("Olga"))
    );
}

#[tokio::test]
async fn edits_of_queues_and_words_say_what_they_were() {
    let (world, by) = owner().await;
    let mut queue = world.get("/v1/queues", &by).await.ok()["items"][0].clone();
    let key = queue["key"].as_str().unwrap().to_owned();
    queue["target_s"] = json!(241);
    let path = format!("/v1/queues/{key}");
    world.write(Method::PUT, &path, &by, &queue).await.ok();
    let reason = policy(&world, &by).await["reason"].clone();
    assert_eq!(reason, format!("Queue `{key}` was changed."));
    let path = "/v1/wording/en/closed";
    let body = json!({ "text": "Bye." });
    world.write(Method::PUT, path, &by, &body).await.ok();
    let reason = policy(&world, &by).await["reason"].clone();
    assert_eq!(reason, "The text \"closed\" in `en` was changed.");
}

/// The next turn after a step back is decided under the version of before, also in
/// a conversation that has begun, and well within five seconds.
#[tokio::test]
async fn one_step_back_rules_the_very_next_turn() {
    let (world, by) = owner().await;
    let key = world.full_key().await;
    let first = policy(&world, &by).await["version"].clone();
    let (begun, _) = world.opened(&key).await;
    let text = commented(&world, &by, "a bad day").await;
    let second = activate(&world, &by, &text, "to see").await["version"].clone();
    let answer = say(&world, &key, &begun, "hello there").await;
    assert_eq!(version_of(&answer), &second);

    let before = std::time::Instant::now();
    let body = json!({ "reason": "too many people were asked" });
    let back = world.post("/v1/policy/rollback", &by, &body).await.ok();
    let answer = say(&world, &key, &begun, "are you there?").await;
    assert!(before.elapsed() < std::time::Duration::from_secs(5));
    assert_eq!((version_of(&answer), &back["version"]), (&first, &first));
    assert_eq!(version_of(&turn(&world, &key, "hello").await), &first);
    let row = &back["versions"][0];
    assert_eq!(
        (&row["kind"], &row["reason"]),
        (&json!("rolled_back"), &body["reason"])
    );
    assert_eq!(back["versions"].as_array().unwrap().len(), 3);
    assert_eq!(back, policy(&world, &by).await);
    let audit = world.get("/v1/audit", &by).await.ok();
    assert_eq!(audit["items"][0]["action"], "policy.rolled_back");

    assert_eq!(back["can_roll_back_to"], Value::Null);
    let again = world.post("/v1/policy/rollback", &by, &body).await;
    again.refused(409, "nothing_to_roll_back");
    world
        .post("/v1/policy/rollback", &by, &json!({}))
        .await
        .refused(422, "reason_missing");
    // What somebody has turned away from can be put in force anew.
    let anew = activate(&world, &by, &text, "it was not that").await;
    assert_eq!(
        (&anew["version"], &anew["can_roll_back_to"]),
        (&second, &first)
    );
}

#[tokio::test]
async fn a_step_back_is_taken_once() {
    let (world, by) = owner().await;
    for comment in ["one", "two"] {
        let text = commented(&world, &by, comment).await;
        activate(&world, &by, &text, comment).await;
    }
    let body = json!({ "reason": "back" });
    let send = || {
        world
            .own_page(Method::POST, "/v1/policy/rollback", &by)
            .header("idempotency-key", "k1")
            .json(&body)
            .send()
    };
    let first = send().await;
    let again = send().await;
    assert!(!first.is_replayed() && again.is_replayed());
    assert_eq!(first.ok(), again.ok());
    let now = policy(&world, &by).await;
    assert_eq!(now["versions"].as_array().unwrap().len(), 4);
}
