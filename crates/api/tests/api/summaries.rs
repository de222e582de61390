//! A model's version of the packet beside the extracted one: never in the way, never
//! believed without a ground, never more than one event (D7, F20–F22).

use std::sync::Arc;
use std::time::{Duration, Instant};

use segue_assist::{Calibration, KnowledgeBase};
use segue_llm::{Client, Settings};
use segue_model::event::{Event, Version};
use segue_ports::directory::Role;
use segue_service::Outside;
use segue_testkit::ManualClock;
use segue_testkit::model::{Act, ScriptedModel};
use serde_json::{Value, json};

use super::world::{By, World};

/// Short, so that what never answers costs little.
const TIMEOUT_MS: u64 = 400;
const BOUND: Duration = Duration::from_secs(20);

struct Scene {
    world: World,
    model: Option<ScriptedModel>,
    key: By,
    ada: By,
}

impl Scene {
    async fn new(act: Option<Act>) -> Self {
        Self::made(act.map(ScriptedModel::always), TIMEOUT_MS).await
    }

    async fn made(model: Option<ScriptedModel>, timeout_ms: u64) -> Self {
        let clock = Arc::new(ManualClock::default());
        let client = model.as_ref().map(|model| {
            let mut settings = Settings::at(model.url(), "small");
            settings.timeout_ms = timeout_ms;
            Arc::new(Client::new(settings, clock.clone()).unwrap()) as _
        });
        let outside = Outside {
            model: client,
            ..Outside::default()
        };
        let calibration = Calibration::for_documents(&[]);
        let knowledge = Arc::new(KnowledgeBase::build(Vec::new(), calibration));
        let world = World::with_outside(outside, knowledge, clock).await;
        let key = world.full_key().await;
        let (_, ada) = world.agent("Ada Example", Role::Agent).await;
        Self {
            world,
            model,
            key,
            ada,
        }
    }

    async fn says(&self, id: &str, text: &str) -> Value {
        let body = json!({"role": "customer", "text": text});
        let path = format!("/v1/conversations/{id}/turns");
        self.world.post(&path, &self.key, &body).await.ok()
    }

    /// A conversation that an opening question and a wish for a person led to a queue.
    async fn handed_over(&self) -> String {
        let (id, epoch) = self.world.opened(&self.key).await;
        self.says(
            &id,
            "I cannot open the invoice of $49.90 for order #4417, write to mona@example.com",
        )
        .await;
        let body = json!({"role": "assistant", "text": "Please look under Billing.", "epoch": epoch, "confidence": 0.9});
        let path = format!("/v1/conversations/{id}/turns");
        self.world.post(&path, &self.key, &body).await.ok();
        self.says(&id, "I want to talk to a human please").await;
        id
    }

    async fn packet(&self, id: &str) -> Value {
        let path = format!("/v1/conversations/{id}/packet");
        self.world.get(&path, &self.ada).await.ok()
    }

    /// The packet once a model's version is there.
    async fn attached(&self, id: &str) -> Value {
        let begun = Instant::now();
        loop {
            let packet = self.packet(id).await;
            if !packet["generated"].is_null() {
                return packet;
            }
            assert!(begun.elapsed() < BOUND, "nothing was attached");
            tokio::task::yield_now().await;
        }
    }

    /// Waits until the model was asked so often and nothing is in hand any more.
    async fn settled(&self, asked: usize) {
        let begun = Instant::now();
        while self.model.as_ref().unwrap().asked().len() < asked {
            assert!(begun.elapsed() < BOUND, "the model was not asked");
            tokio::task::yield_now().await;
        }
        self.world.service.stop().await;
    }

    async fn log(&self, id: &str) -> Vec<Event> {
        let id = id.parse().unwrap();
        let entries = self
            .world
            .service
            .whole_log(self.world.workspace, id)
            .await
            .unwrap();
        entries
            .into_iter()
            .flat_map(|stored| stored.entry.events)
            .collect()
    }
}

fn version() -> Value {
    let said = |text: &str, turns: &[u32]| json!({"text": text, "turns": turns});
    json!({
        "core_intent": said("The customer cannot open the invoice of $49.90 for order #4417.", &[1]),
        "summary": [
            said("The assistant pointed to Billing.", &[2]),
            said("The customer was refunded $49.90.", &[1]),
            said("The customer wants a human.", &[3]),
        ],
        "attempted_solutions": [{"what": "The assistant pointed to Billing", "outcome": "unknown", "turns": [2]}],
        "open_questions": [said("Which invoice is it, the one for order #4417?", &[1])],
        "suggested_first_line": "Hi, I am looking at order #4417; I will write to [EMAIL_1].",
    })
}

#[tokio::test]
async fn it_stands_beside_the_extracted_one_with_what_was_dropped() {
    let scene = Scene::new(Some(Act::Say(version().to_string()))).await;
    let id = scene.handed_over().await;
    let packet = scene.attached(&id).await;
    let generated = &packet["generated"];
    assert_eq!(generated["model"], "scripted");
    assert_eq!(generated["withheld"], false);
    assert_eq!(generated["core_intent"]["turns"], json!([1]));
    assert_eq!(generated["summary"].as_array().unwrap().len(), 2);
    assert!(
        generated["dropped"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("the company did something"),
        "{generated}"
    );
    assert!(
        generated["suggested_first_line"]
            .as_str()
            .unwrap()
            .ends_with("write to mona@example.com.")
    );
    let extracted = packet["core_intent"]["text"].as_str().unwrap();
    assert!(!extracted.is_empty() && generated["core_intent"]["text"] != extracted);
    // What left holds the conversation, but no address.
    let asked = scene.model.as_ref().unwrap().asked();
    assert!(!asked[0].raw.contains("mona@example.com") && asked[0].raw.contains("#4417"));
    // Staff see that it came; the key's own view has it in the packet as well.
    let seen = scene
        .world
        .get(&format!("/v1/conversations/{id}"), &scene.ada)
        .await
        .ok();
    let items = seen["items"].as_array().unwrap();
    assert!(
        items
            .iter()
            .any(|item| item["type"] == "summary" && item["model"] == "scripted"),
        "{seen}"
    );
}

#[tokio::test]
async fn a_handoff_is_the_same_whatever_the_model_does() {
    let plain = Scene::new(None).await;
    let id = plain.handed_over().await;
    let expected = (shape(&plain.log(&id).await), bare(plain.packet(&id).await));
    let acts = [
        Act::Stall,
        Act::Drip("{}".to_owned(), Duration::from_millis(30)),
        Act::Status(500),
        Act::Status(429),
        Act::HangUp,
        Act::Refuse,
        Act::Raw("{".to_owned()),
        Act::Say("I would rather chat.".to_owned()),
        Act::Say(version().to_string()),
    ];
    for act in acts {
        let scene = Scene::new(Some(act.clone())).await;
        let id = scene.handed_over().await;
        // The customer and the agent have everything before the model has said a word.
        let at_once = (shape(&scene.log(&id).await), bare(scene.packet(&id).await));
        assert_eq!(at_once, expected, "{act:?}");
        scene.settled(1).await;
        let after = (shape(&scene.log(&id).await), bare(scene.packet(&id).await));
        assert_eq!(after, expected, "{act:?}");
    }
}

/// What happened, without identities, times and the one event a model may cause.
fn shape(events: &[Event]) -> Vec<String> {
    let events = events
        .iter()
        .filter(|event| !matches!(event, Event::SummaryAttached { .. }));
    events
        .map(|event| {
            let json = serde_json::to_value(event).unwrap();
            let mut names = vec![json["type"].as_str().unwrap().to_owned()];
            for field in ["turn", "epoch", "cause", "to", "queue", "text"] {
                if let Some(holder) = json[field]["holder"].as_str() {
                    names.push(holder.to_owned());
                } else if json[field].is_u64() || json[field].is_string() {
                    names.push(json[field].to_string());
                }
            }
            names.join(" ")
        })
        .collect()
}

/// The extracted packet alone.
fn bare(mut packet: Value) -> Value {
    let fields = packet.as_object_mut().unwrap();
    fields.remove("generated");
    // It is over the conversation's identity as well.
    fields.remove("content_hash");
    packet
}

#[tokio::test]
async fn it_is_renewed_on_acceptance_if_the_customer_wrote_since() {
    let scene = Scene::new(Some(Act::Say(version().to_string()))).await;
    let id = scene.handed_over().await;
    scene.attached(&id).await;
    // Taken at once: there is nothing new to tell.
    let asked = || scene.model.as_ref().unwrap().asked().len();
    assert_eq!(asked(), 1);
    scene.says(&id, "It is order #4417, are you there?").await;
    let path = format!("/v1/conversations/{id}/take");
    scene.world.post(&path, &scene.ada, &json!({})).await.ok();
    let begun = Instant::now();
    loop {
        let packet = scene.attached(&id).await;
        if packet["generated"]["through"].as_u64().unwrap() > 5 {
            break;
        }
        assert!(begun.elapsed() < BOUND, "{packet}");
        tokio::task::yield_now().await;
    }
    let log = scene.log(&id).await;
    let attached = log
        .iter()
        .filter(|event| matches!(event, Event::SummaryAttached { .. }));
    assert_eq!((attached.count(), asked()), (2, 2));
}

#[tokio::test]
async fn what_comes_too_late_changes_nothing() {
    // It answers when it is let, and that is when everything is over.
    let (let_go, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let asked = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (is_asked, seen) = (Arc::clone(&asked), std::sync::atomic::Ordering::SeqCst);
    let model = ScriptedModel::new(move |_| {
        is_asked.store(true, seen);
        held.lock().unwrap().recv().unwrap();
        Act::Say(version().to_string())
    });
    let scene = Scene::made(Some(model), 20_000).await;
    let id = scene.handed_over().await;
    let begun = Instant::now();
    while !asked.load(seen) {
        assert!(begun.elapsed() < BOUND, "the model was not asked");
        tokio::task::yield_now().await;
    }
    let path = format!("/v1/conversations/{id}/take");
    scene.world.post(&path, &scene.ada, &json!({})).await.ok();
    let resolve =
        json!({"root_cause": "Customer_Request", "disposition": "solved", "active_ms": 1_000});
    let path = format!("/v1/conversations/{id}/resolve");
    scene.world.post(&path, &scene.ada, &resolve).await.ok();
    let before = scene
        .world
        .service
        .state(scene.world.workspace, id.parse().unwrap())
        .await
        .unwrap();
    let_go.send(()).unwrap();
    let begun = Instant::now();
    while scene.model.as_ref().unwrap().answered() == 0 {
        assert!(begun.elapsed() < BOUND, "the model has not answered");
        tokio::task::yield_now().await;
    }
    // What would be written is written now, or never: the log stands still.
    let log = scene.log(&id).await;
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    scene.settled(1).await;
    assert_eq!(scene.log(&id).await, log);
    assert!(
        !log.iter()
            .any(|event| matches!(event, Event::SummaryAttached { .. }))
    );
    let after = scene
        .world
        .service
        .state(scene.world.workspace, id.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(before, after);
    assert_ne!(after.version, Version::default());
}
