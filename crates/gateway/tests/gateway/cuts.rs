//! The floor passes while the model speaks.

use std::time::Duration;

use serde_json::json;

use crate::model::Does;
use crate::world::{World, message, read_until, rest};

const ASKS: &str = "How do I change my password?";

/// Waits for the model to notice that nobody reads any more.
async fn noticed(world: &mut World) {
    // It hangs until its caller is gone; how soon that is, `segue bench gateway` measures.
    let closed = tokio::time::timeout(Duration::from_secs(10), world.model.closed.recv());
    closed.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_takeover_closes_the_upstream_and_ends_with_the_notice() {
    let mut world = World::new().await;
    world.model.next(Does::Hangs("Open the settings page and "));
    let name = [("segue-external-id", "a")];
    let mut response = world.send(&name, &message(ASKS, true)).await;
    let id = response.headers()["segue-conversation"].to_str().unwrap();
    let id = id.parse().unwrap();
    let said = read_until(&mut response, "page").await;
    world.take(id).await;
    noticed(&mut world).await;
    let rest = rest(response).await;
    assert!(rest.ends_with("data: [DONE]\n\n"), "{rest}");
    assert!(rest.contains("\"floor\":\"agent\""), "{rest}");
    let log = world.log(id).await;
    assert!(
        log[1].starts_with("assistant: Open the settings page"),
        "{log:#?}"
    );
    assert!(log[1].ends_with(" -"), "{log:#?}");
    let notice = log[2].strip_prefix("system: ").unwrap();
    let notice = json!(format!("\n\n{notice}")).to_string();
    assert!(rest.contains(&notice), "{rest} {said}");
}

#[tokio::test]
async fn a_wish_for_a_person_in_another_request_cuts_the_answer() {
    let mut world = World::new().await;
    world.model.next(Does::Hangs("Open the settings page and "));
    let name = [("segue-external-id", "a")];
    let mut response = world.send(&name, &message(ASKS, true)).await;
    read_until(&mut response, "page").await;
    let second = world.says("a", "I want to talk to a human.", true).await;
    noticed(&mut world).await;
    assert_eq!(second.header("segue-verdict"), "escalate");
    assert_eq!(second.header("segue-floor"), "queue");
    assert_eq!(second.finish(), "stop");
    assert_eq!(second.note()["rule"], "builtin.opt_out");
    assert!(!second.text().is_empty());
    assert!(rest(response).await.ends_with("data: [DONE]\n\n"));
    assert_eq!(
        world.model.asked().len(),
        1,
        "no model is asked once people are"
    );
    let log = world.log(second.conversation()).await;
    assert!(
        log[1].starts_with("assistant: Open") && log[1].ends_with(" -"),
        "{log:#?}"
    );
}

#[tokio::test]
async fn a_client_that_leaves_ends_the_call_and_what_it_saw_stays() {
    let mut world = World::new().await;
    world.model.next(Does::Hangs("Open the settings page and "));
    let name = [("segue-external-id", "a")];
    let mut response = world.send(&name, &message(ASKS, true)).await;
    let id = response.headers()["segue-conversation"].to_str().unwrap();
    let id = id.parse().unwrap();
    read_until(&mut response, "page").await;
    drop(response);
    noticed(&mut world).await;
    world
        .until(id, |log| {
            log.iter()
                .any(|line| line.starts_with("assistant: Open the settings page"))
        })
        .await;
    let log = world.log(id).await;
    assert!(log[1].ends_with(" -"), "{log:#?}");
    assert_eq!(world.floor(id).await, "assistant");
}

#[tokio::test]
async fn a_takeover_before_the_first_token_drops_the_call() {
    for is_stream in [true, false] {
        let mut world = World::with(json!({"first_token_ms": 60_000, "whole_ms": 60_000})).await;
        let id = world
            .says("a", "Hello dear team", false)
            .await
            .conversation();
        world.model.next(Does::Silent);
        {
            let name = [("segue-external-id", "a")];
            let body = message(ASKS, is_stream);
            let ask = world.ask(&name, &body);
            let take = async {
                world.until(id, |log| log.len() == 3).await;
                // The call is made once the model has been asked.
                while world.model.asked().len() < 2 {
                    tokio::task::yield_now().await;
                }
                world.take(id).await;
            };
            let (came, ()) = tokio::join!(ask, take);
            let log = world.log(id).await;
            let notice = log.last().unwrap().strip_prefix("system: ").unwrap();
            assert_eq!(came.text(), notice, "{is_stream}");
            assert_eq!(came.note()["floor"], "agent");
        }
        noticed(&mut world).await;
    }
}

#[tokio::test]
async fn people_who_have_the_floor_answer_instead_of_the_model() {
    let world = World::new().await;
    let first = world
        .says("a", "Let me speak to a person please", false)
        .await;
    let id = first.conversation();
    let notice = first.text();
    let waits = world.says("a", "Is anybody there now", false).await;
    assert_eq!(waits.text(), notice, "what was told last is still true");
    world.take(id).await;
    let agent = world.agent().await;
    let caller =
        segue_service::Caller::new(world.workspace, segue_model::event::Actor::Agent(agent));
    world.service.take(&caller, id, agent, None).await.unwrap();
    let state = world.service.state(world.workspace, id).await.unwrap();
    let by = (agent, state.epoch);
    world
        .service
        .reply(&caller, id, by, "Hello, Sarah here.")
        .await
        .unwrap();
    let came = world.says("a", "Great, thank you so much", true).await;
    assert_eq!(came.text(), "Hello, Sarah here.");
    assert_eq!(came.note()["messages"][0]["by"], "agent");
    assert_eq!(came.header("segue-floor"), "agent");
    let again = world.says("a", "One more thing to ask you", true).await;
    assert_eq!((again.text().as_str(), again.status), ("", 200));
    assert_eq!(world.model.asked().len(), 0);
}
