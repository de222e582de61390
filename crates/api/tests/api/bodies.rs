//! Every class of bad input, with its code; and retries.

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::json;

use super::world::World;

const OPEN: &str = "/v1/conversations";

async fn check(media_type: &str, body: &[u8], status: u16, code: &str) {
    let world = World::new().await;
    let key = world.full_key().await;
    world
        .ask(Method::POST, OPEN, &key)
        .raw(media_type, body)
        .send()
        .await
        .refused(status, code);
}

#[tokio::test]
async fn no_json() {
    check("application/json", b"{\"locale\": ", 400, "malformed_json").await;
    check("application/json", b"locale=en", 400, "malformed_json").await;
    check(
        "application/json",
        &b"[".repeat(1_000),
        400,
        "malformed_json",
    )
    .await;
}

#[tokio::test]
async fn no_utf8() {
    check(
        "application/json",
        b"{\"locale\": \"\xff\"}",
        400,
        "invalid_utf8",
    )
    .await;
}

#[tokio::test]
async fn too_large() {
    let body = format!("{{\"page\": \"{}\"}}", "a".repeat(65 * 1024));
    check("application/json", body.as_bytes(), 413, "body_too_large").await;
}

#[tokio::test]
async fn another_type() {
    check("text/plain", b"{}", 415, "unsupported_media_type").await;
    check(
        "application/x-www-form-urlencoded",
        b"a=b",
        415,
        "unsupported_media_type",
    )
    .await;
}

#[tokio::test]
async fn unknown_keys() {
    check(
        "application/json",
        br#"{"is_admin": true}"#,
        422,
        "unknown_field",
    )
    .await;
    check(
        "application/json",
        br#"{"customer": {"vip": true}}"#,
        422,
        "unknown_field",
    )
    .await;
}

#[tokio::test]
async fn wrong_values() {
    check(
        "application/json",
        br#"{"locale": 5}"#,
        422,
        "invalid_value",
    )
    .await;
    check(
        "application/json",
        br#"{"locale": ""}"#,
        422,
        "invalid_value",
    )
    .await;
    check("application/json", b"[]", 422, "invalid_value").await;
    check(
        "application/json",
        br#"{"locale": "a", "locale": "b"}"#,
        422,
        "invalid_value",
    )
    .await;
}

#[tokio::test]
async fn facts_that_decide_come_from_the_directory() {
    for name in [
        "vip",
        "tier",
        "authenticated",
        "account_manager",
        "email",
        "plan",
    ] {
        let body = json!({ "facts": { name: "x" } });
        check(
            "application/json",
            body.to_string().as_bytes(),
            422,
            "invalid_value",
        )
        .await;
    }
    let body = json!({ "facts": { "No Name": "x" } });
    check(
        "application/json",
        body.to_string().as_bytes(),
        422,
        "invalid_value",
    )
    .await;
}

#[tokio::test]
async fn nothing_at_this_address_and_wrong_method() {
    let world = World::new().await;
    let key = world.full_key().await;
    world
        .get("/v1/nothing", &key)
        .await
        .refused(404, "route_unknown");
    world
        .ask(Method::PATCH, OPEN, &key)
        .send()
        .await
        .refused(405, "method_not_allowed");
    // What belongs to the other listener is not here (S-3).
    world
        .get_widget("/v1/conversations", &key)
        .await
        .refused(404, "route_unknown");
    world
        .get("/v1/widget/conversations/x", &key)
        .await
        .refused(404, "route_unknown");
}

#[tokio::test]
async fn a_turn_keeps_its_limits() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (id, epoch) = world.opened(&key).await;
    let path = format!("/v1/conversations/{id}/turns");
    let say = |body: serde_json::Value| {
        let (world, path, key) = (&world, &path, &key);
        async move { world.post(path, key, &body).await }
    };
    say(json!({ "role": "customer", "text": "  " }))
        .await
        .refused(422, "text_empty");
    let long = "a".repeat(16 * 1024 + 1);
    let answer = say(json!({ "role": "customer", "text": long })).await;
    answer.refused(422, "text_too_long");
    assert_eq!(answer.body["error"]["details"]["max"], 16 * 1024);
    say(json!({ "role": "agent", "text": "hi" }))
        .await
        .refused(422, "invalid_value");
    say(json!({ "role": "assistant", "text": "hi" }))
        .await
        .refused(422, "invalid_value");
    let too_sure = json!({ "role": "assistant", "text": "hi", "epoch": epoch, "confidence": 1.5 });
    say(too_sure).await.refused(422, "invalid_value");
    let many: Vec<_> = (0..21)
        .map(|n| json!({ "id": n.to_string(), "score": 0.5 }))
        .collect();
    let body = json!({ "role": "assistant", "text": "hi", "epoch": epoch, "retrieval": many });
    say(body).await.refused(422, "invalid_value");
}

#[tokio::test]
async fn a_retry_gets_its_first_answer() {
    let world = World::new().await;
    let key = world.full_key().await;
    let open = || {
        world
            .own_page(Method::POST, OPEN, &key)
            .header("idempotency-key", "open-1")
    };
    let first = open().json(&json!({ "locale": "en" })).send().await;
    assert!(!first.is_replayed());
    let again = open().json(&json!({ "locale": "en" })).send().await;
    assert!(again.is_replayed());
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    open()
        .json(&json!({ "locale": "de" }))
        .send()
        .await
        .refused(422, "idempotency_key_reused");

    let id = first.body["id"].as_str().unwrap();
    let path = format!("/v1/conversations/{id}/turns");
    let body = json!({ "role": "customer", "text": "Where is my parcel?" });
    let say = || {
        world
            .own_page(Method::POST, &path, &key)
            .header("idempotency-key", "turn-1")
    };
    let first = say().json(&body).send().await;
    let again = say().json(&body).send().await;
    assert!(again.is_replayed() && !first.is_replayed());
    assert_eq!(first.body, again.body);
    let other = json!({ "role": "customer", "text": "Where is it?" });
    say()
        .json(&other)
        .send()
        .await
        .refused(422, "idempotency_key_reused");
    // The same key at another address is another request.
    let open = open().header("x", "1");
    drop(open);
    let misused = world
        .own_page(Method::POST, OPEN, &key)
        .header("idempotency-key", "turn-1");
    misused
        .json(&body_of_open())
        .send()
        .await
        .refused(422, "idempotency_key_reused");
}

fn body_of_open() -> serde_json::Value {
    json!({ "locale": "en" })
}

#[tokio::test]
async fn a_key_of_a_retry_has_limits() {
    let world = World::new().await;
    let key = world.full_key().await;
    for bad in ["", &"k".repeat(129)] {
        let ask = world
            .ask(Method::POST, OPEN, &key)
            .header("idempotency-key", bad);
        ask.json(&json!({}))
            .send()
            .await
            .refused(422, "invalid_value");
    }
}

#[tokio::test]
async fn keys_of_different_callers_never_meet() {
    let world = World::new().await;
    let (one, other) = (world.full_key().await, world.full_key().await);
    let open = |key| {
        world
            .own_page(Method::POST, OPEN, key)
            .header("idempotency-key", "same")
            .json(&json!({}))
    };
    let (one, other) = (open(&one).send().await, open(&other).send().await);
    assert_eq!(
        (one.status, other.status),
        (201.try_into().unwrap(), 201.try_into().unwrap())
    );
    assert_ne!(one.body["id"], other.body["id"]);
    assert!(!other.is_replayed());
}

/// The clock stands still, so the wait for the rest of the body is over at once.
#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends() {
    let world = World::new().await;
    let key = world.full_key().await;
    let ask = world.ask(Method::POST, "/v1/conversations", &key);
    ask.endless().send().await.refused(408, "request_timeout");
}

/// What steers a terminal or a page is no writing, and what cannot be seen is no text.
#[tokio::test]
async fn control_characters_are_not_kept() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let id = world.visited(&visitor).await;
    let path = format!("/v1/widget/conversations/{id}/turns");
    for text in ["\u{200B}", "\u{0} \u{2060}\u{FEFF}", "\u{202E}", "\u{2800}"] {
        let body = json!({ "text": text, "client_id": "blank" });
        let answer = world.post_widget(&path, &visitor, &body).await;
        answer.refused(422, "text_empty");
    }
    let text = "my\u{0} code\u{1B}[2J is\u{9B}\r\n\u{202E}moc\u{200D}";
    let body = json!({ "text": text, "client_id": "one" });
    world.post_widget(&path, &visitor, &body).await.ok();
    let (_, by) = world.agent("Ada", Role::Supervisor).await;
    let note = json!({ "text": "\u{7}look\u{7F}" });
    let notes = format!("/v1/conversations/{id}/notes");
    world.post(&notes, &by, &note).await.ok();
    let whole = world.get(&format!("/v1/conversations/{id}"), &by).await;
    let items = whole.ok()["items"].to_string();
    for kept in ["my code[2J is\nmoc\u{200D}", "look"] {
        assert!(items.contains(&json!(kept).to_string()), "{items}");
    }
}
