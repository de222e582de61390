//! What `docs/CONNECT.md` shows is what is sent and understood.

use std::collections::BTreeSet;

use segue_connect::bot::BotSection;
use segue_model::escalation::RootCause;
use segue_model::fact::FactValue;
use segue_model::turn::Role;
use segue_service::Outside;
use segue_service::conversations::{HandBack, Resolution};
use serde_json::{Value, json};

use crate::fake::{Came, Fake};
use crate::world::{World, has_asked, has_said};

const PAGE: &str = include_str!("../../../../docs/CONNECT.md");

fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let parts = PAGE.split(fence.as_str()).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap())
        .collect()
}

fn examples() -> Vec<Value> {
    let read = |block: &str| serde_json::from_str(block).unwrap();
    blocks("json").into_iter().map(read).collect()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

fn outside(fake: &Fake) -> Outside {
    let text = format!(
        "kind = \"webhook\"\nurl = \"{}\"\nfacts = [\"plan\"]\n",
        fake.url
    );
    let section: BotSection = toml::from_str(&text).unwrap();
    Outside {
        bots: [("support".to_owned(), section.plug("support").unwrap())].into(),
        ..Outside::default()
    }
}

#[tokio::test]
async fn what_is_shown_as_sent_is_sent() {
    let fake = Fake::new(|_| (200, json!({ "text": "Yes." }), false)).await;
    let world = World::new(outside(&fake)).await;
    let plan = FactValue::Text("pro".to_owned());
    let id = world.with_bot("support", &[("plan", plan)]).await;
    let (agent, caller) = (world.agent, world.as_agent());
    world.says(id, "Where is my parcel?").await;
    world.until(id, has_said(Role::Assistant, 1)).await;
    world.service.take(&caller, id, agent, None).await.unwrap();
    world.says(id, "And can my colleague see it, too?").await;
    let back = HandBack {
        line: "Our assistant goes on from here.".to_owned(),
        brief: "Their parcel was found; tell them when it comes.".to_owned(),
        root_cause: RootCause::MissingKnowledge,
        active_ms: 0,
        assistant_could: None,
        is_answer_owed: true,
    };
    world
        .service
        .hand_back(&caller, id, agent, &back)
        .await
        .unwrap();
    world.until(id, has_said(Role::Assistant, 2)).await;
    world.service.take(&caller, id, agent, None).await.unwrap();
    let end = Resolution {
        root_cause: RootCause::MissingKnowledge,
        disposition: segue_model::escalation::Disposition::Solved,
        active_ms: 0,
        assistant_could: None,
        line: None,
    };
    world
        .service
        .resolve(&caller, id, agent, &end)
        .await
        .unwrap();
    let is_end = |came: &Came| came.body["type"] == "conversation.closed";
    fake.came(is_end, 1).await;
    let sent = fake.all();
    let shown = examples()
        .into_iter()
        .filter(|example| example.get("type").is_some());
    let shown: Vec<Value> = shown.collect();
    assert_eq!(shown.len(), 4);
    for example in shown {
        let of_type = sent
            .iter()
            .filter(|came| came.body["type"] == example["type"]);
        let latest = &of_type.last().unwrap().body;
        assert_eq!(keys(latest), keys(&example), "{}", example["type"]);
    }
}

#[tokio::test]
async fn what_is_shown_as_an_answer_is_understood() {
    let answers = examples()
        .into_iter()
        .filter(|example| example.get("type").is_none());
    let answers: Vec<Value> = answers.collect();
    assert_eq!(answers.len(), 3);
    for answer in answers {
        let shown = answer.clone();
        let fake = Fake::new(move |_| (200, shown.clone(), false)).await;
        let world = World::new(outside(&fake)).await;
        let id = world.with_bot("support", &[]).await;
        world.says(id, "Can my colleague see it, too?").await;
        match answer["text"].as_str() {
            Some(text) => {
                world.until(id, has_said(Role::Assistant, 1)).await;
                assert!(world.read(id).await.contains(&format!("assistant: {text}")));
            }
            None => {
                world.until(id, has_asked(1)).await;
                let packet = world
                    .service
                    .packet(world.workspace, id)
                    .await
                    .unwrap()
                    .packet;
                let told: Vec<&str> = packet.trigger.told.iter().map(String::as_str).collect();
                assert_eq!(told, [answer["handoff"]["reason"].as_str().unwrap()]);
            }
        }
    }
}
