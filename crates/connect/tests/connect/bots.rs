use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use segue_connect::bot::BotSection;
use segue_model::escalation::RootCause;
use segue_model::event::{Event, SuppressedReason};
use segue_model::fact::FactValue;
use segue_model::turn::Role;
use segue_ports::bot::Bot;
use segue_service::Outside;
use segue_service::conversations::HandBack;
use serde_json::{Value, json};

use crate::fake::{Came, Fake};
use crate::world::{World, has_asked, has_said};

fn section(text: &str) -> BotSection {
    toml::from_str(text).unwrap()
}

fn plugged(text: &str) -> Arc<dyn Bot> {
    section(text).plug("support").unwrap()
}

fn outside(text: &str) -> Outside {
    Outside {
        bots: [("support".to_owned(), plugged(text))].into(),
        ..Outside::default()
    }
}

fn webhook(fake: &Fake) -> String {
    format!("kind = \"webhook\"\nurl = \"{}/bot\"\n", fake.url)
}

fn is_ask(came: &Came) -> bool {
    came.body["type"] == "turn.asked"
}

fn answer(text: &str) -> Value {
    json!({ "text": text, "confidence": 0.95 })
}

/// A bot that answers every question, and is told the rest.
async fn parrot() -> Fake {
    Fake::new(|came| match came.body["text"].as_str() {
        Some(text) => (200, answer(&format!("You asked: {text}")), false),
        None => (200, json!({}), false),
    })
    .await
}

fn back(line: &str, is_answer_owed: bool) -> HandBack {
    HandBack {
        line: line.to_owned(),
        brief: "Their parcel was found; tell them when it comes.".to_owned(),
        root_cause: RootCause::MissingKnowledge,
        active_ms: 1_000,
        assistant_could: None,
        is_answer_owed,
    }
}

#[tokio::test]
async fn a_bot_is_asked_with_what_it_may_know_and_its_answer_is_said() {
    let fake = parrot().await;
    let facts = "facts = [\"plan\"]\n";
    let world = World::new(outside(&(webhook(&fake) + facts))).await;
    let plan = [
        ("plan", FactValue::Text("pro".to_owned())),
        ("email", FactValue::Text("alex@example.com".to_owned())),
    ];
    let id = world.with_bot("support", &plan).await;
    world.says(id, "How do I add a colleague?").await;
    world.until(id, has_said(Role::Assistant, 1)).await;
    world.says(id, "And how do I remove one?").await;
    world.until(id, has_said(Role::Assistant, 2)).await;
    let asked = fake.came(is_ask, 2).await;
    let first = &asked[0].body;
    assert_eq!(first["conversation"], id.to_string());
    assert_eq!(first["facts"], json!({ "plan": "pro" }));
    assert_eq!(
        (&first["epoch"], &first["history"]),
        (&json!(0), &json!([]))
    );
    assert!(first["answer_within_ms"].as_u64().unwrap() > 10_000);
    let history = &asked[1].body["history"];
    assert_eq!(
        *history,
        json!([
            { "role": "customer", "text": "How do I add a colleague?" },
            { "role": "assistant", "text": "You asked: How do I add a colleague?" },
        ])
    );
    let read = world.read(id).await;
    assert!(read[0].starts_with("Welcome: "), "{read:?}");
    assert_eq!(read[4], "assistant: You asked: And how do I remove one?");
    assert_eq!(world.service.connections()["bot.support"].done, 2);
}

#[tokio::test]
async fn requests_are_signed_as_standard_webhooks_are() {
    let fake = parrot().await;
    let key = STANDARD.encode([7_u8; 32]);
    let file = std::env::temp_dir().join(format!("connect-{}", uuid::Uuid::now_v7()));
    std::fs::write(&file, format!("whsec_{key}\n")).unwrap();
    let key_file = format!("signing_key_file = \"{}\"\n", file.display());
    let world = World::new(outside(&(webhook(&fake) + &key_file))).await;
    std::fs::remove_file(&file).unwrap();
    let id = world.with_bot("support", &[]).await;
    world.says(id, "How do I add a colleague?").await;
    let asked = fake.came(is_ask, 1).await.remove(0);
    let header = |name: &str| asked.headers[name].to_str().unwrap().to_owned();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&[7; 32]).unwrap();
    mac.update(format!("{}.{}.", header("webhook-id"), header("webhook-timestamp")).as_bytes());
    mac.update(&asked.bytes);
    let wanted = STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{wanted}"));
}

#[tokio::test]
async fn a_bot_that_stumbles_is_asked_again_under_the_same_name() {
    let mut failures = 2;
    let fake = Fake::new(move |came| {
        if is_ask(came) && failures > 0 {
            failures -= 1;
            return (503, json!({}), false);
        }
        (200, answer("Under Settings, Team."), false)
    })
    .await;
    let world = World::new(outside(&webhook(&fake))).await;
    let id = world.with_bot("support", &[]).await;
    world.says(id, "How do I add a colleague?").await;
    world.until(id, has_said(Role::Assistant, 1)).await;
    let asked = fake.came(is_ask, 3).await;
    let names: Vec<_> = asked
        .iter()
        .map(|came| &came.headers["webhook-id"])
        .collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| *name == names[0]));
    assert_eq!(world.read(id).await.len(), 3);
    assert_eq!(world.service.connections()["bot.support"].failed, 2);
}

#[tokio::test]
async fn an_answer_after_a_takeover_is_kept_and_not_shown_and_the_bot_is_told_in_order() {
    let fake = Fake::new(|came| match came.body["type"].as_str() {
        Some("turn.asked") => (200, answer("Too late."), came.body["epoch"] == 0),
        _ => (200, json!({}), false),
    })
    .await;
    let world = World::new(outside(&webhook(&fake))).await;
    let id = world.with_bot("support", &[]).await;
    world.says(id, "Where is my parcel?").await;
    fake.came(is_ask, 1).await;
    let caller = world.as_agent();
    world
        .service
        .take(&caller, id, world.agent, None)
        .await
        .unwrap();
    let back = back("Our assistant goes on from here.", true);
    world
        .service
        .hand_back(&caller, id, world.agent, &back)
        .await
        .unwrap();
    fake.open_gate();
    world.until(id, has_said(Role::Assistant, 1)).await;
    let suppressed = world
        .events(id)
        .await
        .into_iter()
        .find_map(|event| match event {
            Event::TurnSuppressed { reason, epoch, .. } => Some((reason, epoch.0)),
            _ => None,
        });
    assert_eq!(suppressed, Some((SuppressedReason::FloorLost, 0)));
    let came = fake.came(|_| true, 4).await;
    let told: Vec<_> = came
        .iter()
        .map(|came| {
            (
                came.body["type"].as_str().unwrap(),
                came.body["epoch"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("turn.asked", 0),
            ("floor.taken", 1),
            ("floor.granted", 2),
            ("turn.asked", 2)
        ]
    );
    assert_eq!(came[1].body["reason"], "taken");
    assert_eq!(came[2].body["owes_turn"], came[3].body["turn"]);
    for told in &came[2..] {
        assert_eq!(told.body["brief"], back.brief);
    }
    // Its watchdog is longer than the policy's fifteen seconds.
    assert!(came[3].body["answer_within_ms"].as_u64().unwrap() > 20_000);
}

#[tokio::test]
async fn a_bot_may_ask_for_a_person_and_its_own_words_about_it_are_not_shown() {
    let fake = Fake::new(|_| {
        let handoff = json!({ "reason": "They want to change the address of order A-17." });
        (
            200,
            json!({ "text": "Let me get somebody!", "handoff": handoff }),
            false,
        )
    })
    .await;
    let world = World::new(outside(&webhook(&fake))).await;
    let id = world.with_bot("support", &[]).await;
    world
        .says(id, "Please change the address of order A-17")
        .await;
    world.until(id, has_asked(1)).await;
    let read = world.read(id).await;
    assert_eq!(read.len(), 3, "{read:?}");
    assert!(!read.iter().any(|line| line.contains("Let me get somebody")));
    let packet = world
        .service
        .packet(world.workspace, id)
        .await
        .unwrap()
        .packet;
    assert_eq!(
        packet.trigger.told,
        ["They want to change the address of order A-17."]
    );
}

#[tokio::test]
async fn what_a_bot_says_wrong_brings_a_person_and_shows_nothing_of_it() {
    for (status, wrong) in [
        (
            200,
            json!({ "handof": { "reason": "x" }, "text": "A typo must not be an answer." }),
        ),
        (200, json!({ "text": "   " })),
        (200, json!({})),
        (200, json!({ "text": "Sure?", "confidence": 7 })),
        (400, json!({ "error": "raw internals" })),
    ] {
        let shown = wrong.clone();
        let fake = Fake::new(move |_| (status, shown.clone(), false)).await;
        let world = World::new(outside(&webhook(&fake))).await;
        let id = world.with_bot("support", &[]).await;
        world.says(id, "How do I add a colleague?").await;
        world.until(id, has_asked(1)).await;
        assert_eq!(world.holder(id).await, "queue", "{wrong}");
        assert!(
            world
                .read(id)
                .await
                .iter()
                .all(|line| !line.starts_with("assistant"))
        );
    }
}

#[tokio::test]
async fn what_was_not_asked_before_a_restart_is_asked_after_it() {
    let fake = Fake::new(|_| (200, answer("Under Settings, Team."), false)).await;
    let nowhere = "kind = \"webhook\"\nurl = \"http://127.0.0.1:1\"\n";
    let world = World::new(outside(nowhere)).await;
    let id = world.with_bot("support", &[]).await;
    world.says(id, "How do I add a colleague?").await;
    let world = world.restarted(outside(&webhook(&fake))).await;
    world.until(id, has_said(Role::Assistant, 1)).await;
    assert_eq!(fake.came(is_ask, 1).await.len(), 1);
}

#[tokio::test]
async fn a_bot_of_rasas_is_asked_once_and_paused_while_people_have_the_floor() {
    let fake = Fake::new(|came| {
        let is_tracker = came.path.ends_with("/tracker");
        if is_tracker {
            let intent = json!({ "name": "add_user", "confidence": 0.93 });
            return (200, json!({ "latest_message": { "intent": intent } }), false);
        }
        let id = &came.body["sender"];
        match came.path.as_str() {
            "/webhooks/rest/webhook" => {
                let said = json!([
                    { "recipient_id": id, "text": "Under Settings, Team." },
                    { "recipient_id": id, "text": "Shall I?", "buttons": [{ "title": "Yes", "payload": "/yes" }] },
                ]);
                (200, said, false)
            }
            _ => (200, json!({}), false),
        }
    })
    .await;
    let text = format!("kind = \"rasa\"\nurl = \"{}\"\n", fake.url);
    let world = World::new(outside(&text)).await;
    let id = world.with_bot("support", &[]).await;
    world.says(id, "How do I add a colleague?").await;
    world.until(id, has_said(Role::Assistant, 1)).await;
    let read = world.read(id).await;
    assert_eq!(
        read[2],
        "assistant: Under Settings, Team.\n\nShall I?\n• Yes"
    );
    let caller = world.as_agent();
    world
        .service
        .take(&caller, id, world.agent, None)
        .await
        .unwrap();
    let back = back("Our assistant goes on from here.", false);
    world
        .service
        .hand_back(&caller, id, world.agent, &back)
        .await
        .unwrap();
    let is_event = |came: &Came| came.path.ends_with("/tracker/events");
    let told = fake.came(is_event, 2).await;
    let told: Vec<_> = told.iter().map(|came| came.body.clone()).collect();
    assert_eq!(
        told,
        [json!({ "event": "pause" }), json!({ "event": "resume" })]
    );
    let confidence = world
        .events(id)
        .await
        .into_iter()
        .find_map(|event| match event {
            Event::TurnAdded { scores, .. } => scores.confidence,
            _ => None,
        });
    assert_eq!(confidence, Some(0.93));
}

#[tokio::test]
async fn a_model_behind_chat_completions_answers_refuses_and_asks_for_a_person() {
    let message = |message: Value, reason: &str| json!({ "choices": [{ "index": 0, "message": message, "finish_reason": reason }] });
    let call =
        json!({ "name": "request_human", "arguments": "{\"reason\":\"It is about an order.\"}" });
    let calls = json!([{ "id": "1", "type": "function", "function": call }]);
    let answers = [
        (
            message(
                json!({ "role": "assistant", "content": "Under Settings." }),
                "stop",
            ),
            "assistant",
        ),
        (
            message(
                json!({ "content": null, "tool_calls": calls }),
                "tool_calls",
            ),
            "queue",
        ),
        (
            message(json!({ "content": null, "refusal": "I can't." }), "stop"),
            "queue",
        ),
        (
            message(json!({ "content": "Half" }), "content_filter"),
            "queue",
        ),
        (
            message(json!({ "content": "Half an ans" }), "length"),
            "queue",
        ),
    ];
    for (answer, holder) in answers {
        let fake = Fake::new(move |_| (200, answer.clone(), false)).await;
        let text = format!(
            "kind = \"chat\"\nurl = \"{}/v1\"\nmodel = \"small\"\ninstructions = \"Be brief.\"\n",
            fake.url
        );
        let world = World::new(outside(&text)).await;
        let id = world.with_bot("support", &[]).await;
        world.says(id, "How do I add a colleague?").await;
        if holder == "queue" {
            world.until(id, has_asked(1)).await;
        } else {
            world.until(id, has_said(Role::Assistant, 1)).await;
        }
        assert_eq!(world.holder(id).await, holder);
        let read = world.read(id).await;
        assert!(!read.iter().any(|line| line.contains("Half")), "{read:?}");
        let asked = fake
            .came(|came| came.path == "/v1/chat/completions", 1)
            .await
            .remove(0);
        let said = &asked.body["messages"];
        assert_eq!(said[0], json!({ "role": "system", "content": "Be brief." }));
        assert_eq!(said[1]["content"], "How do I add a colleague?");
    }
}

#[tokio::test]
async fn a_wrong_section_is_refused_with_its_place() {
    let url = "url = \"http://127.0.0.1:1\"\n";
    for (text, wanted) in [
        ("kind = \"chat\"\n", "`bots.support`: `model` is needed"),
        (
            "kind = \"rasa\"\nmodel = \"x\"\n",
            "`bots.support`: `model` belongs to bots of kind `chat` alone",
        ),
        (
            "kind = \"webhook\"\ntimeout_ms = 0\n",
            "`bots.support`: `timeout_ms` has to be between 1 and 30000",
        ),
        (
            "kind = \"webhook\"\nkey_env = \"SEGUE_NO_SUCH\"\n",
            "`bots.support`: the secret's variable `SEGUE_NO_SUCH` is not set",
        ),
    ] {
        let error = section(&format!("{text}{url}"))
            .plug("support")
            .err()
            .unwrap();
        assert_eq!(error.to_string(), wanted);
    }
    assert!(toml::from_str::<BotSection>(&format!("kind = \"rasa\"\nurls = 1\n{url}")).is_err());
}
