//! From failures to an article that answers: the loop at the API.

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::handoffs::{Scene, help_centre};
use super::world::{By, World};

/// What customers ask that no article of the help centre answers, each in two wordings.
const ASKED: &[[&str; 2]] = &[
    [
        "Can I send lithium batteries with Brightcrate?",
        "I want to ship lithium batteries, is that allowed?",
    ],
    [
        "Are lithium batteries allowed in a parcel?",
        "Sending lithium batteries: may I?",
    ],
    [
        "Is it allowed to ship batteries made of lithium?",
        "I would like to send lithium batteries",
    ],
    [
        "Do you ship parcels with lithium batteries?",
        "Shipping of lithium batteries, is it possible?",
    ],
];
const TOLD: &str = "Lithium batteries may be shipped inside the device they belong to. \
    Choose the service Dangerous goods when you create the label, and put the battery mark on \
    the parcel. Loose lithium batteries are not carried.";

/// A customer asks, the assistant has no answer, an agent gives one.
async fn fail(mut scene: Scene, [first, second]: [&str; 2], told: &str) -> Scene {
    scene = scene.next("en").await;
    scene.hears(first).await;
    scene.says(second).await;
    let id = scene.id.parse().unwrap();
    let mut frames = scene.world.service.cell(scene.world.workspace, id).listen();
    let path = format!("/v1/conversations/{}", scene.id);
    let with_people = async {
        loop {
            let staff = scene.world.get(&path, &scene.ada).await.ok();
            if staff["state"]["escalation"].is_object() {
                return;
            }
            frames.recv().await.unwrap();
        }
    };
    let bound = std::time::Duration::from_secs(30);
    tokio::time::timeout(bound, with_people)
        .await
        .expect("a person is asked for");
    let taken = scene.agent("take", json!({})).await;
    let reply = json!({ "text": told, "epoch": taken["epoch"] });
    scene.agent("replies", reply).await;
    scene.says("Thank you, that helps!").await;
    let end = json!({ "root_cause": "AI_Missing_Knowledge", "disposition": "solved",
        "active_ms": 120_000 });
    scene.agent("resolve", end).await;
    scene
}

async fn failed() -> (Scene, By) {
    let world = World::knowing(help_centre()).await;
    let (_, supervisor) = world.agent("Lea", Role::Supervisor).await;
    let mut scene = Scene::within(world, "en").await;
    for asked in ASKED {
        scene = fail(scene, *asked, TOLD).await;
    }
    (scene, supervisor)
}

async fn put(world: &World, by: &By, path: &str, body: Value) -> super::world::Answer {
    world.write(Method::PUT, path, by, &body).await
}

#[tokio::test]
async fn a_failure_becomes_an_article_that_answers_at_once() {
    let (scene, lea) = failed().await;
    let world = &scene.world;
    let learning = world.get("/v1/learning", &lea).await.ok();
    let clusters = learning["clusters"].as_array().unwrap();
    assert_eq!(clusters.len(), 1, "{learning:#}");
    let cluster = &clusters[0];
    assert_eq!(cluster["n"], 4, "{learning:#}");
    assert_eq!(cluster["agent_minutes"], 8.0);
    assert!(
        cluster["name"]
            .as_str()
            .unwrap()
            .contains("lithium batteries"),
        "{cluster}"
    );
    assert_eq!(
        cluster["root_causes"][0]["root_cause"],
        "AI_Missing_Knowledge"
    );
    assert_eq!(learning["health"]["tagged"], 4);
    let id = cluster["id"].as_str().unwrap();
    let one = world
        .get(&format!("/v1/learning/clusters/{id}"), &lea)
        .await
        .ok();
    assert_eq!(one["failures"].as_array().unwrap().len(), 4);
    assert_eq!(one["examples"].as_array().unwrap().len(), 4);

    let path = format!("/v1/learning/clusters/{id}/proposal");
    let proposed = world.get(&path, &lea).await.ok();
    assert_eq!(proposed["base"], 0, "{proposed:#}");
    assert_eq!(proposed["body_before"], Value::Null);
    let body = proposed["body"].as_str().unwrap();
    assert!(
        body.contains("Choose the service Dangerous goods"),
        "{body}"
    );
    assert_eq!(proposed["resolutions"], 4);
    assert!(!proposed["sources"].as_array().unwrap().is_empty());
    assert_eq!(proposed["model"], Value::Null);

    let slug = proposed["slug"].as_str().unwrap();
    let draft = json!({ "title": "Send lithium batteries", "category": "shipping", "body": body,
        "asked": proposed["asked"] });
    let with = |more: Value| {
        let mut whole = draft.clone();
        let object = whole.as_object_mut().unwrap();
        object.extend(more.as_object().unwrap().clone());
        whole
    };
    let check = with(json!({ "slug": slug, "cluster": id }));
    let checked = world.post("/v1/learning/check", &lea, &check).await.ok();
    assert_eq!(
        (&checked["n"], &checked["answered_before"]),
        (&json!(4), &json!(0)),
        "{checked:#}"
    );
    assert!(
        checked["answered_after"].as_u64().unwrap() >= 3,
        "{checked:#}"
    );
    assert_eq!(checked["stolen"], json!([]));
    assert!(checked["others"].as_u64().unwrap() > 100);

    let publish = with(
        json!({ "base": 0, "reason": "Customers ask for it", "cluster": id,
        "sources": proposed["sources"] }),
    );
    let article = format!("/v1/knowledge/articles/{slug}");
    put(world, &scene.ada, &article, publish.clone())
        .await
        .refused(403, "forbidden");
    let published = put(world, &lea, &article, publish.clone()).await.ok();
    assert_eq!(
        (&published["version"], &published["author"]),
        (&json!(1), &json!("Lea"))
    );
    // Whoever edited the same article meanwhile is told so.
    put(world, &lea, &article, publish)
        .await
        .refused(412, "knowledge_changed");

    let learning = world.get("/v1/learning", &lea).await.ok();
    let cluster = &learning["clusters"][0];
    assert_eq!(cluster["fixes"][0]["slug"], slug);
    assert_eq!(cluster["effect"]["verdict"], "too_early");
    assert_eq!(cluster["is_broken"], false);

    let scene = scene.next("en").await;
    let said = scene.hears("may I post lithium batteries?").await;
    assert!(said.contains("inside the device"), "{said}");
    let path = format!("/v1/conversations/{}/entries", scene.id);
    let entries = scene.world.get(&path, &lea).await.ok();
    let turn = entries["items"].as_array().unwrap().iter();
    let mut articles = turn.filter_map(|item| item["article"].as_object());
    let rests_on = articles.next().expect("an answer rests on an article");
    assert_eq!(
        (&rests_on["slug"], &rests_on["version"]),
        (&json!(slug), &json!(1))
    );

    // Another process reads the same.
    let again = scene.world.restarted().await;
    let desk = again.service.desk(again.workspace).unwrap();
    assert_eq!(desk.taught().version_of(slug), Some(1));
}

#[tokio::test]
async fn every_version_can_be_read_gone_back_to_and_withdrawn() {
    let world = World::knowing(help_centre()).await;
    let (_, lea) = world.agent("Lea", Role::Supervisor).await;
    let slug = "how-refunds-work";
    let article = format!("/v1/knowledge/articles/{slug}");
    let before = world.get(&article, &lea).await.ok();
    assert_eq!(before["versions"][0]["version"], 0);
    let text = |body: &str, base: u32| {
        json!({ "base": base, "title": "How refunds work", "category": "billing", "body": body,
            "asked": [], "reason": "New rules" })
    };
    put(&world, &lea, &article, text("Refunds take two days.", 0))
        .await
        .ok();
    put(&world, &lea, &article, text("Refunds take three days.", 1))
        .await
        .ok();
    let back =
        |version: u32, base: u32| json!({ "base": base, "version": version, "reason": "Wrong" });
    let path = format!("{article}/roll_back");
    let third = world.post(&path, &lea, &back(1, 2)).await.ok();
    assert_eq!(
        (&third["version"], &third["kind"]),
        (&json!(3), &json!("rolled_back"))
    );
    assert_eq!(third["body"], "Refunds take two days.");
    // What the server was started with is version 0.
    world.post(&path, &lea, &back(0, 3)).await.ok();
    let now = world.get(&article, &lea).await.ok();
    assert_eq!(now["versions"].as_array().unwrap().len(), 5);
    assert_eq!(now["versions"][0]["body"], before["versions"][0]["body"]);
    world
        .post(&path, &lea, &back(9, 4))
        .await
        .refused(404, "not_found");
    let out = json!({ "base": 4, "reason": "No more" });
    let path = format!("{article}/withdraw");
    world.post(&path, &lea, &out).await.ok();
    let all = world.get("/v1/knowledge", &lea).await.ok();
    let rows = all["items"].as_array().unwrap();
    let row = rows.iter().find(|row| row["slug"] == slug).unwrap();
    assert_eq!(row["kind"], "withdrawn");
    let desk = world.service.desk(world.workspace).unwrap();
    let taught = desk.taught();
    assert!(taught.knowledge.articles().iter().all(|it| it.slug != slug));
    let again = json!({ "base": 5, "reason": "No more" });
    world
        .post(&path, &lea, &again)
        .await
        .refused(404, "not_found");
    let (_, ana) = world.agent("Ana", Role::Analyst).await;
    let trail = world.get("/v1/audit", &ana).await.ok().to_string();
    assert!(
        trail.contains("knowledge.withdrawn") && trail.contains("how-refunds-work@5"),
        "{trail}"
    );
}

#[tokio::test]
async fn what_no_article_may_hold_is_refused_with_its_field() {
    let world = World::knowing(help_centre()).await;
    let (_, lea) = world.agent("Lea", Role::Supervisor).await;
    let good =
        json!({ "base": 0, "title": "T", "category": "billing", "body": "B.", "reason": "R" });
    for (field, value) in [
        ("title", json!("")),
        ("title", json!("x".repeat(121))),
        ("category", json!("two words")),
        ("body", json!("  ")),
        ("reason", json!(" ")),
        ("asked", json!(["q".repeat(301)])),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        let answer = put(&world, &lea, "/v1/knowledge/articles/x", bad).await;
        assert_eq!(
            answer.body["error"]["details"]["field"], field,
            "{}",
            answer.body
        );
    }
    put(
        &world,
        &lea,
        "/v1/knowledge/articles/Not%20Good",
        good.clone(),
    )
    .await
    .refused(422, "invalid_value");
    let instructions = json!({ "base": 0, "body": "Say you, never thou.", "reason": "Our tone" });
    let told = put(&world, &lea, "/v1/knowledge/instructions", instructions)
        .await
        .ok();
    assert_eq!((&told["version"], &told["slug"]), (&json!(1), &Value::Null));
    let desk = world.service.desk(world.workspace).unwrap();
    assert_eq!(
        desk.taught().instructions.as_ref().unwrap().body,
        "Say you, never thou."
    );
    world
        .get("/v1/learning?days=0", &lea)
        .await
        .refused(422, "invalid_value");
    world
        .get("/v1/learning/clusters/x", &lea)
        .await
        .refused(404, "not_found");
}
