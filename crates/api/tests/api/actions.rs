//! What agents do, and what refuses them.

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

struct Scene {
    world: World,
    key: By,
    id: String,
    ada: By,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new().await;
        let key = world.full_key().await;
        let id = world.waiting(&key).await;
        let (_, ada) = world.agent("Ada Example", Role::Agent).await;
        Self {
            world,
            key,
            id,
            ada,
        }
    }

    async fn act(&self, by: &By, action: &str, body: Value) -> super::world::Answer {
        self.world
            .post(
                &format!("/v1/conversations/{}/{action}", self.id),
                by,
                &body,
            )
            .await
    }

    async fn read(&self, by: &By) -> Value {
        let path = format!("/v1/conversations/{}", self.id);
        self.world.get(&path, by).await.ok()
    }

    async fn state(&self, by: &By) -> Value {
        self.read(by).await["state"].clone()
    }
}

#[tokio::test]
async fn take_reply_resolve() {
    let scene = Scene::new().await;
    let before = scene.state(&scene.ada).await;
    assert_eq!(before["allowed"]["take"], json!({ "ok": true }));
    assert_eq!(before["allowed"]["resolve"]["code"], "not_floor_holder");
    assert_eq!(
        (
            &before["escalation"]["trigger"],
            &before["escalation"]["packet_read"]
        ),
        (&json!("opt_out"), &json!(false))
    );
    let taken = scene.act(&scene.ada, "take", json!({})).await.ok();
    scene
        .act(&scene.ada, "packet/read", json!({ "dwell_ms": 2_500 }))
        .await
        .ok();
    let reply = json!({ "text": "Hello, I am Ada.", "epoch": taken["epoch"] });
    let said = scene.act(&scene.ada, "replies", reply).await.ok();
    assert!(said["turn"].is_u64());
    scene
        .act(&scene.ada, "notes", json!({ "text": "Calm." }))
        .await
        .ok();
    let held = scene.state(&scene.ada).await;
    assert_eq!(
        (&held["floor"]["holder"], &held["escalation"]["packet_read"]),
        (&json!("agent"), &json!(true))
    );
    assert_eq!(held["allowed"]["take"]["code"], "already_yours");
    let end =
        json!({ "root_cause": "Customer_Request", "disposition": "solved", "active_ms": 60_000 });
    scene.act(&scene.ada, "resolve", end.clone()).await.ok();
    let over = scene.state(&scene.ada).await;
    assert_eq!(
        (&over["floor"]["holder"], &over["floor"]["outcome"]),
        (&json!("closed"), &json!("resolved_by_agent"))
    );
    scene
        .act(&scene.ada, "resolve", end)
        .await
        .refused(409, "conversation_closed");
    scene
        .act(&scene.ada, "take", json!({}))
        .await
        .refused(409, "conversation_closed");
    let whole = scene
        .world
        .get(&format!("/v1/conversations/{}", scene.id), &scene.ada)
        .await
        .ok();
    let kinds: Vec<_> = whole["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["type"].as_str().unwrap())
        .collect();
    for kind in [
        "turn",
        "floor",
        "verdict",
        "escalation",
        "packet_read",
        "note",
    ] {
        assert!(kinds.contains(&kind), "{kind} is missing in {kinds:?}");
    }
}

#[tokio::test]
async fn an_old_epoch_never_speaks() {
    let scene = Scene::new().await;
    let before = scene.state(&scene.ada).await["epoch"].clone();
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let refused = scene
        .act(
            &scene.ada,
            "replies",
            json!({ "text": "late", "epoch": before }),
        )
        .await;
    refused.refused(409, "floor_lost");
    assert_eq!(refused.body["error"]["details"]["given"], before);
}

#[tokio::test]
async fn a_floor_that_has_passed_is_not_taken() {
    let scene = Scene::new().await;
    let (_, lead) = scene.world.agent("Lea", Role::Supervisor).await;
    let seen = scene.state(&lead).await["epoch"].clone();
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let now = scene.state(&lead).await["epoch"].clone();
    let refused = scene.act(&lead, "take", json!({ "epoch": seen })).await;
    refused.refused(409, "floor_lost");
    let details = &refused.body["error"]["details"];
    assert_eq!((&details["given"], &details["epoch"]), (&seen, &now));
    let held = scene.state(&lead).await;
    assert_eq!(
        (&held["floor"]["agent"]["name"], &held["epoch"]),
        (&json!("Ada Example"), &now)
    );
    let taken = scene.act(&lead, "take", json!({ "epoch": now })).await;
    taken.ok();
}

/// Who may pass it on is looked at with the append, so that the answer to a
/// transfer that was done is given again although it waits by now.
#[tokio::test]
async fn a_transfer_is_answered_again() {
    let scene = Scene::new().await;
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let path = format!("/v1/conversations/{}/transfer", scene.id);
    for is_replayed in [false, true] {
        let ask = scene.world.own_page(Method::POST, &path, &scene.ada);
        let ask = ask.header("idempotency-key", "t1");
        let answer = ask.json(&json!({ "queue": "technical" })).send().await;
        assert_eq!(
            (answer.status.as_u16(), answer.is_replayed()),
            (200, is_replayed),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn two_agents_one_floor() {
    let scene = Scene::new().await;
    let (_, bob) = scene.world.agent("Bob", Role::Agent).await;
    let (_, lead) = scene.world.agent("Lea", Role::Supervisor).await;
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let epoch = scene.state(&bob).await["epoch"].clone();
    scene
        .act(&bob, "replies", json!({ "text": "me too", "epoch": epoch }))
        .await
        .refused(409, "not_floor_holder");
    scene
        .act(&bob, "take", json!({}))
        .await
        .refused(403, "forbidden");
    assert_eq!(
        scene.state(&bob).await["allowed"]["take"]["code"],
        "not_floor_holder"
    );
    scene
        .act(
            &bob,
            "resolve",
            json!({ "root_cause": "Policy", "disposition": "solved", "active_ms": 1 }),
        )
        .await
        .refused(409, "not_floor_holder");
    let why = json!({ "note": "Ada is off sick." });
    scene.act(&lead, "take", why).await.ok();
    assert_eq!(scene.state(&bob).await["floor"]["agent"]["name"], "Lea");
    let path = format!("/v1/conversations/{}", scene.id);
    let items = scene.world.get(&path, &scene.ada).await.ok()["items"].clone();
    let note = items
        .as_array()
        .unwrap()
        .iter()
        .rfind(|it| it["type"] == "note");
    assert_eq!(note.unwrap()["text"], "Ada is off sick.");
}

#[tokio::test]
async fn only_the_holder_says_that_they_read_the_packet() {
    let scene = Scene::new().await;
    let (_, bob) = scene.world.agent("Bob", Role::Agent).await;
    let permit = async |by: &By| scene.state(by).await["allowed"]["read_packet"].clone();
    assert_eq!(permit(&scene.ada).await["code"], "not_floor_holder");
    scene.act(&scene.ada, "take", json!({})).await.ok();
    assert_eq!(permit(&scene.ada).await, json!({ "ok": true }));
    assert_eq!(permit(&bob).await["code"], "not_floor_holder");
}

#[tokio::test]
async fn a_draft_shows_how_sure_the_assistant_was_and_that_it_was_edited() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (_, lead) = world.agent("Lea", Role::Supervisor).await;
    let (id, _) = world.opened(&key).await;
    let path = format!("/v1/conversations/{id}");
    let turns = format!("{path}/turns");
    let asked = json!({ "role": "customer", "text": "Could we agree on custom pricing for 40,000 parcels a month?" });
    let epoch = world.post(&turns, &key, &asked).await.ok()["epoch"].clone();
    let answer =
        json!({ "role": "assistant", "text": "We can.", "epoch": epoch, "confidence": 0.83 });
    let staged = world.post(&turns, &key, &answer).await;
    assert_eq!(staged.status, 202, "{}", staged.body);
    let state = world.get(&path, &lead).await.ok()["state"].clone();
    assert_eq!(state["drafts"][0]["confidence"], 0.83);
    let release = format!(
        "{path}/drafts/{}/release",
        state["drafts"][0]["draft_id"].as_str().unwrap()
    );
    let edited = json!({ "text": "We can, from 20,000 on." });
    world.post(&release, &lead, &edited).await.ok();
    let read = world.get(&path, &key).await.ok();
    let said = read["turns"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&said["author"]["kind"], &said["author"]["is_edited"]),
        (&json!("agent_draft"), &json!(true))
    );
}

#[tokio::test]
async fn replying_takes_the_floor() {
    let scene = Scene::new().await;
    let epoch = scene.state(&scene.ada).await["epoch"].clone();
    scene
        .act(
            &scene.ada,
            "replies",
            json!({ "text": "Hello", "epoch": epoch }),
        )
        .await
        .ok();
    assert_eq!(scene.state(&scene.ada).await["floor"]["holder"], "agent");
}

#[tokio::test]
async fn requeue_transfer_and_the_note() {
    let scene = Scene::new().await;
    scene.act(&scene.ada, "take", json!({})).await.ok();
    scene
        .act(&scene.ada, "requeue", json!({ "note": "Needs billing." }))
        .await
        .ok();
    assert_eq!(scene.state(&scene.ada).await["floor"]["holder"], "queue");
    // What waits is moved by those who may reassign.
    scene
        .act(&scene.ada, "transfer", json!({ "queue": "technical" }))
        .await
        .refused(403, "forbidden");
    scene.act(&scene.ada, "take", json!({})).await.ok();
    scene
        .act(&scene.ada, "transfer", json!({ "queue": "nowhere" }))
        .await
        .refused(404, "not_found");
    scene
        .act(&scene.ada, "transfer", json!({}))
        .await
        .refused(422, "invalid_value");
    scene
        .act(&scene.ada, "transfer", json!({ "queue": "technical" }))
        .await
        .ok();
    assert_eq!(scene.state(&scene.ada).await["floor"]["queue"], "technical");
    let whole = scene
        .world
        .get(&format!("/v1/conversations/{}", scene.id), &scene.ada)
        .await
        .ok();
    assert!(whole.to_string().contains("Needs billing."));
}

#[tokio::test]
async fn hand_back_to_the_assistant() {
    let scene = Scene::new().await;
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let back = json!({ "line": "The assistant goes on.", "brief": "Address is verified.", "root_cause": "Customer_Request", "active_ms": 1_000 });
    scene.act(&scene.ada, "hand_back", back.clone()).await.ok();
    let state = scene.state(&scene.ada).await;
    assert_eq!(
        (&state["floor"]["holder"], &state["hand_backs"]),
        (&json!("assistant"), &json!(1))
    );
    scene
        .act(&scene.ada, "hand_back", back)
        .await
        .refused(409, "not_floor_holder");
    let whole = scene.read(&scene.ada).await;
    let items = whole["items"].as_array().unwrap();
    let told = items.iter().find(|item| item["state"] == "handed_back");
    assert_eq!(told.unwrap()["brief"], "Address is verified.");
}

#[tokio::test]
async fn an_outside_assistant_reads_its_brief() {
    let scene = Scene::new().await;
    let given = |owed| json!({ "line": "It is settled.", "brief": "Address is verified.", "root_cause": "Policy", "active_ms": 1, "is_answer_owed": owed });
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let asked = scene.state(&scene.ada).await["open_question"].clone();
    assert!(asked.is_u64(), "{asked}");
    scene.act(&scene.ada, "hand_back", given(true)).await.ok();
    let told = scene.read(&scene.key).await["hand_back"].clone();
    assert_eq!(told["brief"], "Address is verified.");
    assert_eq!(told["awaited_turn"], asked);
    // With people again, the brief is over.
    scene.act(&scene.ada, "take", json!({})).await.ok();
    assert_eq!(scene.read(&scene.key).await["hand_back"], Value::Null);
    let turn = json!({ "role": "customer", "text": "And my invoice?" });
    scene.act(&scene.key, "turns", turn).await.ok();
    scene.act(&scene.ada, "hand_back", given(false)).await.ok();
    let told = scene.read(&scene.key).await["hand_back"].clone();
    assert_eq!(told["awaited_turn"], Value::Null, "the line has answered");
    let turn = json!({ "role": "customer", "text": "And now?" });
    scene.act(&scene.key, "turns", turn).await.ok();
    let told = scene.read(&scene.key).await["hand_back"].clone();
    assert!(told["awaited_turn"].is_u64(), "{told}");
}

#[tokio::test]
async fn drafts_and_flags_that_are_not_there() {
    let scene = Scene::new().await;
    for action in [
        "drafts/drf_0198c0f27d3b7a51b9d50c1a7e5a4d10/release",
        "drafts/x/reject",
    ] {
        scene
            .act(&scene.ada, action, json!({}))
            .await
            .refused(409, "draft_gone");
    }
    scene
        .act(&scene.ada, "end_review", json!({}))
        .await
        .refused(409, "not_floor_holder");
    assert_eq!(
        scene.state(&scene.ada).await["allowed"]["release_draft"]["code"],
        "draft_gone"
    );
}

/// The open offer, once routing has made it.
async fn offer_of(scene: &Scene, by: &By) -> String {
    let mut inbox = scene.world.inbox_changes();
    let made = async {
        loop {
            let state = scene.state(by).await;
            if let Some(offer) = state["escalation"]["offer"]["id"].as_str() {
                return offer.to_owned();
            }
            inbox.changed().await.unwrap();
        }
    };
    let bound = std::time::Duration::from_secs(30);
    tokio::time::timeout(bound, made)
        .await
        .expect("an offer is made")
}

#[tokio::test]
async fn an_offer_is_accepted_once() {
    let scene = Scene::new().await;
    let gone = scene
        .world
        .post(
            "/v1/offers/off_0198c0f27d3b7a51b9d50c1a7e5a4d10/accept",
            &scene.ada,
            &json!({}),
        )
        .await;
    gone.refused(409, "offer_gone");
    scene
        .world
        .post("/v1/offers/nonsense/accept", &scene.ada, &json!({}))
        .await
        .refused(404, "not_found");
    let (cara, by) = scene
        .world
        .agent_of(
            scene.world.workspace,
            "Cara",
            Role::Agent,
            &["customer_care"],
        )
        .await;
    scene.world.available(cara).await;
    let offer = offer_of(&scene, &by).await;
    let path = format!("/v1/offers/{offer}/accept");
    scene
        .world
        .post(&path, &scene.ada, &json!({}))
        .await
        .refused(409, "offer_gone");
    let accept = || {
        scene
            .world
            .own_page(Method::POST, &path, &by)
            .header("idempotency-key", "a1")
            .json(&json!({}))
    };
    let first = accept().send().await;
    assert_eq!(first.body["conversation"], scene.id);
    let again = accept().send().await;
    assert!(again.is_replayed(), "{}", again.body);
    assert_eq!(first.body, again.body);
    let inbox = segue_api::view::inbox(
        &scene.world.desk,
        &scene.world.desk.agent(cara).unwrap(),
        scene.world.service.now(),
    );
    assert_eq!(
        (inbox.mine.len(), inbox.waiting.len(), inbox.me.load),
        (1, 0, 1)
    );
}

#[tokio::test]
async fn lists_page_to_the_end() {
    let world = World::new().await;
    let key = world.full_key().await;
    let (_, by) = world.agent("Olga", Role::Owner).await;
    for _ in 0..5 {
        world.opened(&key).await;
        world.clock.advance(segue_model::time::Span(5));
    }
    world.waiting(&key).await;
    let mut seen = Vec::new();
    let mut path = "/v1/conversations?state=open&limit=2".to_owned();
    loop {
        let page = world.get(&path, &by).await.ok();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["conversation"].to_string()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/v1/conversations?state=open&limit=2&cursor={cursor}");
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((count, seen.len()), (6, 6));
    let waits = world
        .get("/v1/conversations?queue=customer_care", &by)
        .await
        .ok();
    assert_eq!(waits["items"].as_array().unwrap().len(), 1);
    for (query, code) in [
        ("limit=0", "invalid_value"),
        ("limit=101", "invalid_value"),
        ("cursor=x", "invalid_value"),
        ("state=odd", "invalid_value"),
        ("page=2", "unknown_field"),
    ] {
        world
            .get(&format!("/v1/conversations?{query}"), &by)
            .await
            .refused(422, code);
    }
}

#[tokio::test]
async fn entries_after_a_version() {
    let scene = Scene::new().await;
    let path = format!("/v1/conversations/{}/entries", scene.id);
    let all = scene.world.get(&path, &scene.ada).await.ok();
    let version = all["version"].as_u64().unwrap();
    let none = scene
        .world
        .get(&format!("{path}?after={version}"), &scene.ada)
        .await
        .ok();
    assert_eq!(none["items"], json!([]));
    let last = scene
        .world
        .get(&format!("{path}?after={}", version - 1), &scene.ada)
        .await
        .ok();
    assert!(
        last["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["version"] == version)
    );
}

#[tokio::test]
async fn work_that_took_for_ever_counts_as_a_day() {
    let scene = Scene::new().await;
    scene.act(&scene.ada, "take", json!({})).await.ok();
    let end = json!({ "root_cause": "Policy", "disposition": "solved", "active_ms": u64::MAX });
    scene.act(&scene.ada, "resolve", end).await.ok();
    let figures = scene.world.get("/v1/dashboard", &scene.ada).await.ok();
    let longest = figures["aht_after_escalation"]["p90_s"].as_f64();
    assert_eq!(longest, Some(86_400.0), "{figures}");
}

#[tokio::test]
async fn a_reference_finds_its_conversation() {
    let scene = Scene::new().await;
    let find = |reference: String| {
        let (world, by) = (&scene.world, &scene.ada);
        async move {
            let path = format!("/v1/conversations?state=closed&reference={reference}");
            world.get(&path, by).await.ok()["items"].clone()
        }
    };
    let id = scene.state(&scene.ada).await["escalation"]["id"].clone();
    let id: segue_model::id::EscalationId = id.as_str().unwrap().parse().unwrap();
    let reference = segue_service::router::reference(id);
    let found = find(reference.clone()).await;
    assert_eq!(found[0]["conversation"], scene.id, "{found}");
    // As people say it.
    let said = reference.to_lowercase().replace('-', "%20");
    assert_eq!(find(said).await.as_array().unwrap().len(), 1);
    assert_eq!(find("SG-000000".to_owned()).await, json!([]));
    // Nobody finds what they may not see.
    let workspace = scene.world.workspace;
    let of_other = &["trust_safety"];
    let (_, eve) = scene
        .world
        .agent_of(workspace, "Eve", Role::Agent, of_other)
        .await;
    let path = format!("/v1/conversations?reference={reference}");
    assert_eq!(scene.world.get(&path, &eve).await.ok()["items"], json!([]));
}

#[tokio::test]
async fn who_declines_reads_how_long_they_are_not_asked() {
    let scene = Scene::new().await;
    let workspace = scene.world.workspace;
    let queues = &["customer_care"];
    let (cara, by) = scene
        .world
        .agent_of(workspace, "Cara", Role::Agent, queues)
        .await;
    scene.world.available(cara).await;
    let offer = offer_of(&scene, &by).await;
    let path = format!("/v1/offers/{offer}/decline");
    let decline = json!({ "reason": "too_busy" });
    scene.world.post(&path, &by, &decline).await.ok();
    let rows = |agent: segue_ports::directory::Agent| {
        let inbox = segue_api::view::inbox(&scene.world.desk, &agent, scene.world.service.now());
        serde_json::to_value(inbox).unwrap()["waiting"][0]["not_offered_until"].clone()
    };
    let agents = scene.world.desk.agents();
    let of = |name: &str| agents.iter().find(|it| it.name == name).unwrap().clone();
    assert!(rows(of("Cara")).is_string());
    assert_eq!(rows(of("Ada Example")), Value::Null);
}

#[tokio::test]
async fn a_draft_that_asks_again_is_told_what_is_known() {
    let scene = Scene::new().await;
    let asked = |draft: &str| json!({ "draft": draft });
    let said = json!({ "role": "customer", "text": "My order BC-48213 never arrived." });
    let path = format!("/v1/conversations/{}/turns", scene.id);
    scene.world.post(&path, &scene.key, &said).await.ok();
    let before = scene.state(&scene.ada).await;
    let told = scene
        .act(
            &scene.ada,
            "hint",
            asked("Hello, how can I help you today?"),
        )
        .await
        .ok();
    assert_eq!(told["hints"][0]["asked"], "concern", "{told}");
    assert!(told["hints"][0]["turn"].is_u64());
    let number = "What is your order number?";
    let told = scene.act(&scene.ada, "hint", asked(number)).await.ok();
    assert_eq!(told["hints"][0]["value"], "BC-48213", "{told}");
    let told = scene
        .act(&scene.ada, "hint", asked("Hello, I am looking at it."))
        .await
        .ok();
    assert_eq!(told["hints"], json!([]));
    // Asking leaves no trace.
    assert_eq!(scene.state(&scene.ada).await, before);
    let long = "a".repeat(20_000);
    let refused = scene.act(&scene.ada, "hint", asked(&long)).await;
    assert_eq!(refused.status, 422);
}
