//! Handoffs end to end: where a wish goes, what rises, how it ends.

use std::sync::Arc;

use axum::http::Method;
use segue_assist::{Calibration, Document, KnowledgeBase, parse_article};
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

/// A visitor's conversation and an agent of all queues.
pub(super) struct Scene {
    pub world: World,
    pub visitor: By,
    pub ada: By,
    pub id: String,
}

impl Scene {
    async fn new(locale: &str) -> Self {
        Self::within(World::new().await, locale).await
    }

    pub async fn within(world: World, locale: &str) -> Self {
        let (_, ada) = world.agent("Ada Example", Role::Agent).await;
        Self::of(world, ada, locale).await
    }

    /// Another visitor's conversation beside this one.
    pub async fn next(self, locale: &str) -> Self {
        Self::of(self.world, self.ada, locale).await
    }

    async fn of(world: World, ada: By, locale: &str) -> Self {
        let session = world
            .post_widget("/v1/widget/session", &By::Nobody, &json!({}))
            .await
            .ok();
        let visitor = By::Bearer(session["token"].as_str().unwrap().to_owned());
        let begin = json!({ "locale": locale });
        let begun = world
            .post_widget("/v1/widget/conversations", &visitor, &begin)
            .await
            .ok();
        let id = begun["conversation"].as_str().unwrap().to_owned();
        Self {
            world,
            visitor,
            ada,
            id,
        }
    }

    pub async fn says(&self, text: &str) -> Value {
        let body = json!({ "text": text, "client_id": uuid::Uuid::now_v7().to_string() });
        self.customer("turns", body).await
    }

    /// What the built-in assistant answers to it.
    pub async fn hears(&self, text: &str) -> String {
        let said = self.says(text).await["turn"].clone();
        let path = format!("/v1/widget/conversations/{}", self.id);
        let id = self.id.parse().unwrap();
        let mut frames = self.world.service.cell(self.world.workspace, id).listen();
        let answered = async {
            loop {
                let seen = self.world.get_widget(&path, &self.visitor).await.ok();
                let items = seen["items"].as_array().unwrap();
                let answer = items.iter().find(|item| {
                    let is_later = item["turn"].as_u64() > said.as_u64();
                    is_later && item["author"]["kind"] == "assistant"
                });
                if let Some(answer) = answer {
                    return answer["text"].as_str().unwrap().to_owned();
                }
                frames.recv().await.unwrap();
            }
        };
        let bound = std::time::Duration::from_secs(30);
        tokio::time::timeout(bound, answered)
            .await
            .expect("something is said")
    }

    pub async fn customer(&self, action: &str, body: Value) -> Value {
        let path = format!("/v1/widget/conversations/{}/{action}", self.id);
        self.world
            .post_widget(&path, &self.visitor, &body)
            .await
            .ok()
    }

    pub async fn agent(&self, action: &str, body: Value) -> Value {
        let path = format!("/v1/conversations/{}/{action}", self.id);
        self.world.post(&path, &self.ada, &body).await.ok()
    }

    /// What the customer's page shows.
    async fn seen(&self) -> Value {
        let path = format!("/v1/widget/conversations/{}", self.id);
        self.world.get_widget(&path, &self.visitor).await.ok()["state"].clone()
    }

    /// What the console shows.
    async fn staff(&self) -> Value {
        let path = format!("/v1/conversations/{}", self.id);
        self.world.get(&path, &self.ada).await.ok()["state"].clone()
    }
}

#[tokio::test]
async fn a_takeover_makes_up_no_root_cause() {
    let scene = Scene::new("en").await;
    scene.says("How do I change my email address?").await;
    scene.agent("take", json!({})).await;
    let open = scene.staff().await["escalation"].clone();
    assert_eq!(open["trigger"], "agent");
    assert_eq!(open["suggested_root_cause"], Value::Null, "{open}");
}

#[tokio::test]
async fn a_button_press_is_the_customers_request() {
    let scene = Scene::new("en").await;
    scene.customer("person", json!({})).await;
    let open = scene.staff().await["escalation"].clone();
    assert_eq!(open["suggested_root_cause"], "Customer_Request");
}

#[tokio::test]
async fn who_leaves_an_agent_is_wrapped_up() {
    let scene = Scene::new("en").await;
    scene.says("I want to talk to a human please").await;
    let taken = scene.agent("take", json!({})).await;
    let reply = json!({ "text": "Hello, I am Ada.", "epoch": taken["epoch"] });
    scene.agent("replies", reply).await;
    scene.customer("end", json!({})).await;
    let seen = scene.seen().await;
    assert_eq!(
        (&seen["is_closed"], &seen["floor"]["holder"]),
        (&json!(true), &json!("closed"))
    );
    assert_eq!(seen["rating"]["agent"], "open");
    let staff = scene.staff().await;
    assert_eq!(
        (&staff["has_customer_left"], &staff["floor"]["holder"]),
        (&json!(true), &json!("agent"))
    );
    assert_eq!(staff["allowed"]["resolve"]["ok"], true, "{staff}");
    let end =
        json!({ "root_cause": "Customer_Request", "disposition": "customer_left", "active_ms": 1 });
    scene.agent("resolve", end).await;
    let staff = scene.staff().await;
    assert_eq!(staff["floor"]["outcome"], "ended_by_customer");
    assert_eq!(staff["has_customer_left"], false);
}

#[tokio::test]
async fn a_bare_wish_goes_back_to_who_had_it() {
    let scene = Scene::new("en").await;
    scene
        .says("I need a person, there is a wrong charge on my invoice")
        .await;
    let first = scene.staff().await["floor"]["queue"].clone();
    assert_eq!(first, "finance_operations");
    scene.agent("take", json!({})).await;
    let back = json!({ "line": "Our assistant goes on.", "brief": "Invoice is corrected.",
        "root_cause": "Policy", "active_ms": 1_000 });
    scene.agent("hand_back", back).await;
    scene.says("Please connect me with a person again").await;
    let staff = scene.staff().await;
    assert_eq!(staff["floor"]["queue"], "finance_operations", "{staff}");
}

/// The demo company's help centre.
pub(super) fn help_centre() -> Arc<KnowledgeBase> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let slug = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|kind| kind == "md") && slug != "README" {
            let text = std::fs::read_to_string(&path).unwrap();
            documents.push(Document::from(&parse_article(&slug, &text).unwrap()));
        }
    }
    let calibration = Calibration::for_documents(&documents);
    Arc::new(KnowledgeBase::build(documents, calibration))
}

/// What the built-in assistant says to "How do I do that myself?" when an agent has handed
/// the conversation back with this brief.
async fn said_after(brief: &str) -> String {
    let scene = Scene::within(World::knowing(help_centre()).await, "en").await;
    scene
        .says("I need a person, there is a wrong charge on my invoice")
        .await;
    scene.agent("take", json!({})).await;
    let back = json!({ "line": "That is settled.", "brief": brief, "root_cause": "Policy",
        "active_ms": 1_000, "is_answer_owed": false });
    scene.agent("hand_back", back).await;
    scene.hears("How do I do that myself?").await
}

#[tokio::test]
async fn the_assistants_own_words_are_the_policys() {
    let scene = Scene::within(World::knowing(help_centre()).await, "de-AT").await;
    let asked = scene.hears("Wie läuft das nochmal?").await;
    assert!(asked.starts_with("Können Sie mir"), "{asked}");
    let (_, olga) = scene.world.agent("Olga", Role::Owner).await;
    let path = "/v1/wording/de/reply_thanks";
    let before = scene.world.get(path, &olga).await.ok();
    assert_eq!(before["is_default"], true);
    let change = json!({ "text": "Sehr gern!" });
    let write = |path: &'static str, body: Value| {
        let (world, olga) = (&scene.world, &olga);
        async move { world.write(Method::PUT, path, olga, &body).await }
    };
    write(path, change).await.ok();
    assert_eq!(scene.hears("Vielen Dank!").await, "Sehr gern!");
    write("/v1/wording/de/clarify_one", json!({ "text": "Was?" }))
        .await
        .refused(422, "policy_invalid");
    let all = scene.world.get("/v1/wording/de", &olga).await.ok();
    let all = all["items"].as_array().unwrap();
    assert!(all.iter().any(|row| row["notice"] == "clarify_two"));
}

#[tokio::test]
async fn the_built_in_assistant_goes_by_its_brief() {
    let said = said_after("They want to download their invoices and receipts.").await;
    assert!(said.contains("invoices and receipts"), "{said}");
    let said = said_after("They want to turn on two-factor sign-in.").await;
    assert!(said.contains("two-factor"), "{said}");
}

/// What the customer reads when somebody takes over who serves these queues.
async fn joined_by(queues: &[&str]) -> String {
    let scene = Scene::new("en").await;
    scene
        .says("I need a person, there is a wrong charge on my invoice")
        .await;
    let workspace = scene.world.workspace;
    let role = Role::Supervisor;
    let (_, by) = scene.world.agent_of(workspace, "Mira", role, queues).await;
    let path = format!("/v1/conversations/{}/take", scene.id);
    scene.world.post(&path, &by, &json!({})).await.ok();
    let seen = scene.seen().await;
    assert_eq!(seen["speaker"]["name"], "Mira");
    let path = format!("/v1/widget/conversations/{}", scene.id);
    let whole = scene.world.get_widget(&path, &scene.visitor).await.ok();
    let items = whole["items"].as_array().unwrap();
    let told = items
        .iter()
        .rfind(|item| item["author"]["kind"] == "system")
        .unwrap();
    format!("{} / {}", told["text"], seen["speaker"]["note"])
}

#[tokio::test]
async fn who_helps_out_is_not_announced_as_one_of_the_team() {
    let told = joined_by(&["finance_operations"]).await;
    assert!(told.to_lowercase().contains("finance operations"), "{told}");
    let told = joined_by(&["retention"]).await;
    assert!(told.contains("Mira"), "{told}");
    assert!(!told.to_lowercase().contains("finance"), "{told}");
}

#[tokio::test]
async fn another_topic_goes_to_its_own_people() {
    let scene = Scene::new("en").await;
    scene
        .says("I need a person, there is a wrong charge on my invoice")
        .await;
    scene.agent("take", json!({})).await;
    let back = json!({ "line": "Our assistant goes on.", "brief": "Invoice is corrected.",
        "root_cause": "Policy", "active_ms": 1_000 });
    scene.agent("hand_back", back).await;
    scene
        .says("I want to speak to a person about the API webhook error 500")
        .await;
    assert_eq!(scene.staff().await["floor"]["queue"], "technical");
}

#[tokio::test]
async fn fraud_is_locked_while_it_waits() {
    let scene = Scene::new("en").await;
    scene.says("I want to talk to a human please").await;
    scene
        .says("Somebody hacked my account and made payments I did not authorize")
        .await;
    let staff = scene.staff().await;
    assert_eq!(
        (&staff["floor"]["holder"], &staff["floor"]["queue"]),
        (&json!("locked"), &json!("trust_safety")),
        "{staff}"
    );
    assert_eq!(staff["is_flagged"], true);
    assert_eq!(staff["escalation"]["rule"], "security");
    let path = format!("/v1/conversations/{}", scene.id);
    let whole = scene.world.get(&path, &scene.ada).await.ok();
    let items = whole["items"].as_array().unwrap();
    let mut steps = items.iter().filter(|item| item["type"] == "escalation");
    let raised = steps.find(|item| item["state"] == "raised");
    assert_eq!(raised.unwrap()["trigger"], "compliance", "{items:?}");
    let seen = scene.seen().await;
    let wait = &seen["wait"];
    assert!(wait["reference"].as_str().unwrap().starts_with("SG-"));
    assert_eq!((&wait["who"], &wait["reason"]), (&json!(""), &json!("")));
    assert!(!seen.to_string().contains("security"), "{seen}");
}

#[tokio::test]
async fn fraud_is_flagged_while_an_agent_has_it() {
    let scene = Scene::new("en").await;
    scene.says("I want to talk to a human please").await;
    scene.agent("take", json!({})).await;
    scene.says("thanks for helping").await;
    assert_eq!(scene.staff().await["is_flagged"], false);
    scene
        .says("Somebody hacked my account and made payments I did not authorize")
        .await;
    let staff = scene.staff().await;
    assert_eq!(
        (&staff["floor"]["holder"], &staff["is_flagged"]),
        (&json!("agent"), &json!(true))
    );
    assert_eq!(staff["escalation"]["kind"], "cold");
    let path = format!("/v1/conversations/{}/packet", scene.id);
    let packet = scene.world.get(&path, &scene.ada).await.ok();
    assert!(
        packet.to_string().contains("\"rule\":\"security\""),
        "{packet}"
    );
}

#[tokio::test]
async fn what_the_right_people_have_is_not_flagged() {
    let scene = Scene::new("en").await;
    scene
        .says("I need a person, there is a wrong charge on my invoice")
        .await;
    scene.says("I was charged twice and want a refund").await;
    let staff = scene.staff().await;
    assert_eq!(
        (&staff["floor"]["holder"], &staff["is_flagged"]),
        (&json!("queue"), &json!(false))
    );
}

#[tokio::test]
async fn the_reason_is_a_sentence() {
    for (locale, text, reason) in [
        (
            "en",
            "I want to talk to a human please",
            "You asked for a person.",
        ),
        (
            "de",
            "Ich möchte bitte mit einem Menschen sprechen",
            "Sie werden verbunden, weil Sie nach einem Menschen gefragt haben.",
        ),
    ] {
        let scene = Scene::new(locale).await;
        scene.says(text).await;
        assert_eq!(scene.seen().await["wait"]["reason"], reason);
    }
}

#[tokio::test]
async fn lists_and_thread_say_what_the_handoff_is_about() {
    let scene = Scene::new("en").await;
    scene
        .says("What is a 402 error when I add my card, and how do I fix it?")
        .await;
    scene
        .says("Please refund the label that I never ordered on Friday")
        .await;
    let listed = scene.world.get("/v1/conversations", &scene.ada).await.ok();
    let subject = listed["items"][0]["subject"].as_str().unwrap_or_default();
    assert!(subject.contains("label"), "{listed}");
    let path = format!("/v1/conversations/{}", scene.id);
    let whole = scene.world.get(&path, &scene.ada).await.ok();
    let items = whole["items"].as_array().unwrap();
    let escalated = items.iter().find(|item| item["verdict"] == "escalate");
    let signals = &escalated.unwrap()["trace"]["signals"];
    let signals = signals.as_array().unwrap();
    let is_reason = |name: &str| {
        let found = signals.iter().find(|signal| signal["signal"] == name);
        found.map(|signal| signal["is_reason"] == true)
    };
    assert_eq!(is_reason("topic.refund_return"), Some(true), "{signals:?}");
    assert_eq!(is_reason("turn_count"), Some(false), "{signals:?}");
}
