//! What streams through, byte by byte.

use serde_json::json;

use crate::model::{Does, chunk, event, words};
use crate::world::{World, message};

#[tokio::test]
async fn a_stream_comes_out_as_it_went_in() {
    let world = World::new().await;
    let mut sent = words("Open the settings page and choose Password. Press Save.");
    let odd = json!({"id": "chatcmpl-1", "future": {"x": [1.50]}, "choices": [{"index": 0, "delta": {"content": " Done"},
        "logprobs": {"content": [{"token": " Done", "logprob": -0.01}]}, "finish_reason": null}]});
    sent.push(odd);
    sent.push(chunk(json!({}), Some("stop")));
    sent.push(json!({"id": "chatcmpl-1", "choices": [], "usage": {"total_tokens": 9}}));
    world.model.next(Does::Sends(sent.clone()));
    let came = world.says("a", "How do I change my password?", true).await;
    let wanted: String = sent.iter().map(event).collect();
    assert_eq!(came.body, format!("{wanted}data: [DONE]\n\n"));
    assert_eq!(came.status, 200);
    assert_eq!(
        came.header("content-type"),
        "text/event-stream; charset=utf-8"
    );
    assert_eq!(came.header("segue-verdict"), "continue");
    let log = world.log(came.conversation()).await;
    assert_eq!(
        log,
        [
            "customer: How do I change my password?",
            "assistant: Open the settings page and choose Password. Press Save. Done",
        ]
    );
}

#[tokio::test]
async fn a_whole_answer_is_the_models_with_a_note() {
    let world = World::new().await;
    world.model.next(Does::Says("Under Settings."));
    let came = world.says("a", "Where is my password?", false).await;
    let body = came.json();
    assert_eq!(body["id"], "chatcmpl-1");
    assert_eq!(body["usage"]["total_tokens"], 3);
    assert_eq!(body["choices"][0]["message"]["content"], "Under Settings.");
    assert_eq!(body["segue"]["verdict"], "continue");
    assert_eq!(body["segue"]["floor"], "assistant");
}

#[tokio::test]
async fn the_model_is_sent_what_the_client_sent() {
    let world = World::with(json!({"model": "real", "first_token_ms": 400})).await;
    let body = json!({"model": "m", "seed": 7, "metadata": {"segue_external_id": "t"}, "messages": [
        {"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi, where is the door?"}]});
    world.ask(&[], &body).await;
    let asked = &world.model.asked()[0];
    assert_eq!(
        (&asked["model"], &asked["seed"]),
        (&json!("real"), &json!(7))
    );
    assert_eq!(asked["messages"], body["messages"]);
    assert_eq!(asked["tools"][0]["function"]["name"], "request_human");
    assert!(asked.get("metadata").is_none());
    assert_eq!(world.model.header("authorization"), None);
}

#[tokio::test]
async fn a_client_may_bring_its_own_key() {
    let world = World::with(json!({"pass_key": true})).await;
    let without = world.says("a", "Hi there, friends", false).await;
    assert_eq!(without.status, 422);
    assert_eq!(without.json()["error"]["param"], "Segue-Upstream-Key");
    let headers = [("segue-upstream-key", "sk-own")];
    world
        .ask(&headers, &message("Hi there, friends", false))
        .await;
    assert_eq!(
        world.model.header("authorization").unwrap(),
        "Bearer sk-own"
    );
    assert_eq!(world.model.header("segue-upstream-key"), None);
}

#[tokio::test]
async fn the_clients_tools_pass_through_and_back() {
    let world = World::new().await;
    let call = json!({"tool_calls": [{"index": 0, "id": "1", "type": "function",
        "function": {"name": "issue_refund", "arguments": "{}"}}]});
    let mut sent = words("");
    sent.push(chunk(call, None));
    sent.push(chunk(json!({}), Some("tool_calls")));
    world.model.next(Does::Sends(sent.clone()));
    let name = [("segue-external-id", "a")];
    let asks = "The blender came broken, what can be done?";
    let first = world.ask(&name, &message(asks, true)).await;
    let wanted: String = sent.iter().map(event).collect();
    assert_eq!(first.body, format!("{wanted}data: [DONE]\n\n"));

    world.model.next(Does::Says("I have refunded your order."));
    let back = json!({"model": "m", "stream": true, "messages": [
        {"role": "user", "content": asks},
        {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "issue_refund", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "1", "content": "{\"ok\":true}"}]});
    let second = world.ask(&name, &back).await;
    assert_eq!(
        second.text(),
        "I have refunded your order.",
        "the tool did so"
    );
    let log = world.log(second.conversation()).await;
    assert_eq!(log.len(), 2, "{log:?}");
}

#[tokio::test]
async fn models_are_those_of_the_upstream() {
    let world = World::new().await;
    let place = world.place();
    let request = place
        .request(segue_outbound::Method::GET, "models")
        .unwrap();
    let answer = request.bearer_auth(&world.key).send().await.unwrap();
    assert_eq!(
        answer.text().await.unwrap(),
        r#"{"object":"list","data":[{"id":"m"}]}"#
    );
    let request = place
        .request(segue_outbound::Method::GET, "models")
        .unwrap();
    assert_eq!(request.send().await.unwrap().status().as_u16(), 401);
}
