//! Trying a policy before it is in force.

use std::time::Duration;

use axum::http::Method;
use segue_policy::Policy;
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

/// How long a replay of two conversations may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The policy that ships, with another upper band.
fn stricter() -> String {
    let text = Policy::builtin().text();
    text.replacen("accept: 0.70", "accept: 0.84", 1)
}

async fn manager(world: &World) -> By {
    world.agent("Sam Lead", Role::Supervisor).await.1
}

async fn replayed(world: &World, by: &By, body: &Value) -> Value {
    let begun = world.post("/v1/policy/what-if", by, body).await.ok();
    let path = format!("/v1/policy/what-if/{}", begun["id"].as_str().unwrap());
    let ended = async {
        loop {
            let answer = world.get(&path, by).await.ok();
            if answer["state"] != "running" {
                return answer;
            }
            tokio::task::yield_now().await;
        }
    };
    let ended = tokio::time::timeout(PATIENCE, ended).await;
    ended.expect("the replay ends")
}

#[tokio::test]
async fn a_policy_is_held_against_the_one_in_force() {
    let world = World::new().await;
    let lead = manager(&world).await;
    let schema = world.get("/v1/policy/schema", &lead).await.ok();
    assert!(schema["properties"]["bands"].is_object());
    let body = json!({ "text": stricter() });
    let diff = world.post("/v1/policy/diff", &lead, &body).await.ok();
    let changes = diff["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{diff}");
    assert_eq!(
        (&changes[0]["path"], &changes[0]["what"]),
        (&json!("bands.accept"), &json!("changed"))
    );
    let unknown = json!({ "text": stricter(), "against": "default@00000000" });
    let refused = world.post("/v1/policy/diff", &lead, &unknown).await;
    refused.refused(404, "not_found");
}

#[tokio::test]
async fn cases_are_judged_and_kept() {
    let world = World::new().await;
    let lead = manager(&world).await;
    let shipped = world.get("/v1/policy/cases", &lead).await.ok();
    assert_eq!(shipped["is_default"], true);
    let body = json!({ "text": Policy::builtin().text() });
    let tested = world.post("/v1/policy/test", &lead, &body).await.ok();
    let report = &tested["report"];
    assert_eq!(report["failed"], 0, "{report}");
    assert!(report["passed"].as_u64().unwrap() > 20);

    let own = "cases:\n  - name: a person is asked for\n    each: [get me a human]\n    expect: {verdict: continue}\n";
    let body = json!({ "text": Policy::builtin().text(), "cases": own });
    let tested = world.post("/v1/policy/test", &lead, &body).await.ok();
    assert_eq!(tested["report"]["failed"], 1);
    let turn = &tested["report"]["cases"][0]["turns"][0];
    assert!(turn["got"].as_str().unwrap().contains("escalate"), "{turn}");

    let broken = json!({ "text": Policy::builtin().text(), "cases": "cases: 3" });
    let tested = world.post("/v1/policy/test", &lead, &broken).await.ok();
    assert!(tested["report"].is_null());
    assert_eq!(tested["problems"][0]["line"], 1);

    let put = |text: &str, version: &Value| json!({ "text": text, "version": version });
    let path = "/v1/policy/cases";
    let kept = world
        .write(Method::PUT, path, &lead, &put(own, &shipped["version"]))
        .await
        .ok();
    assert_eq!(
        (&kept["text"], &kept["is_default"]),
        (&json!(own), &json!(false))
    );
    assert_eq!(world.get(path, &lead).await.ok(), kept);
    let back = put(shipped["text"].as_str().unwrap(), &kept["version"]);
    let back = world.write(Method::PUT, path, &lead, &back).await.ok();
    assert_eq!(back, shipped, "the shipped ones again are the shipped ones");
    let again = put(own, &back["version"]);
    let kept = world.write(Method::PUT, path, &lead, &again).await.ok();
    let stale = put(own, &shipped["version"]);
    let refused = world.write(Method::PUT, path, &lead, &stale).await;
    refused.refused(412, "policy_changed");
    let broken = put("cases: 3", &kept["version"]);
    let refused = world.write(Method::PUT, path, &lead, &broken).await;
    refused.refused(422, "policy_invalid");
}

#[tokio::test]
async fn the_last_days_are_decided_again() {
    let world = World::new().await;
    let key = world.full_key().await;
    let lead = manager(&world).await;
    for sure in [0.95, 0.75] {
        let (id, epoch) = world.opened(&key).await;
        let path = format!("/v1/conversations/{id}/turns");
        for _ in 0..2 {
            let asked = json!({ "role": "customer", "text": "How do I change my address?" });
            world.post(&path, &key, &asked).await.ok();
            let told = json!({ "role": "assistant", "text": "Open the settings.", "epoch": epoch, "confidence": sure });
            world.post(&path, &key, &told).await;
        }
    }
    let same = json!({ "text": Policy::builtin().text() });
    let answer = replayed(&world, &lead, &same).await;
    assert_eq!(answer["state"], "done", "{answer}");
    let report = &answer["report"];
    assert_eq!(report["changes"]["same"], 2);
    let again = &report["decided_again"];
    assert_eq!(
        again["turns"], again["same"],
        "what was decided comes out again"
    );
    assert_eq!(report["censored"], 0);

    let answer = replayed(&world, &lead, &json!({ "text": stricter() })).await;
    let report = &answer["report"];
    assert_eq!(report["before"]["conversations"], 2);
    assert!(report["turns_changed"].as_u64().unwrap() > 0, "{report}");
    assert!(!report["limits"].as_array().unwrap().is_empty());

    let odd = json!({ "text": stricter(), "days": 0 });
    let refused = world.post("/v1/policy/what-if", &lead, &odd).await;
    refused.refused(422, "invalid_value");
    let unknown = world.get("/v1/policy/what-if/nothing", &lead).await;
    unknown.refused(404, "not_found");
    let (_, ada) = world.agent("Ada Example", Role::Agent).await;
    let refused = world.post("/v1/policy/what-if", &ada, &same).await;
    refused.refused(403, "forbidden");
}
