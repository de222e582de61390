//! Judging the assistant's answers, choosing a threshold from that, and why turns were
//! decided so.

use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

/// A conversation with one answer that was said and one that was held back.
async fn answered(world: &World, key: &By) -> String {
    let (id, epoch) = world.opened(key).await;
    let path = format!("/v1/conversations/{id}/turns");
    for (asked, told, sure) in [
        ("How do I change my address?", "Open the settings.", 0.95),
        ("And where do I find the manual?", "On the moon.", 0.2),
    ] {
        let asked = json!({ "role": "customer", "text": asked });
        world.post(&path, key, &asked).await.ok();
        let told = json!({ "role": "assistant", "text": told, "epoch": epoch, "confidence": sure });
        world.post(&path, key, &told).await.ok();
    }
    id
}

async fn queue(world: &World, by: &By) -> Value {
    world.get("/v1/review", by).await.ok()
}

#[tokio::test]
async fn answers_said_and_held_back_are_judged_and_a_later_judgement_stands() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = answered(&world, &key).await;
    let (_, lead) = world.agent("Sam Lead", Role::Supervisor).await;
    let waiting = queue(&world, &lead).await;
    assert_eq!(
        (&waiting["waiting"], &waiting["graded_today"]),
        (&json!(2), &json!(0))
    );
    let items = waiting["items"].as_array().unwrap();
    let of = |was_shown: bool| {
        let found = items.iter().find(|item| item["was_shown"] == was_shown);
        found.unwrap().clone()
    };
    let (shown, held) = (of(true), of(false));
    assert_eq!(
        (
            &shown["asked"],
            &shown["answer"],
            &shown["score"],
            &shown["by_chance"]
        ),
        (
            &json!("How do I change my address?"),
            &json!("Open the settings."),
            &json!(0.95),
            &json!(1.0)
        )
    );
    assert_eq!(
        (&held["answer"], &held["turn"]),
        (&json!("On the moon."), &json!(3))
    );
    let grade = |text_ref: &Value, grade: &str| json!({ "conversation": id, "text_ref": text_ref, "grade": grade });
    for said in ["wrong", "right"] {
        let body = grade(&shown["text_ref"], said);
        world.post("/v1/review/grades", &lead, &body).await.ok();
    }
    let left = queue(&world, &lead).await;
    assert_eq!(
        (&left["waiting"], &left["graded_today"]),
        (&json!(1), &json!(1))
    );
    let wrong = grade(&held["text_ref"], "wrong");
    world.post("/v1/review/grades", &lead, &wrong).await.ok();
    let found = world.post("/v1/policy/tune", &lead, &json!({})).await.ok();
    assert_eq!(
        found["graded"],
        json!({ "shown": 1, "withheld": 1, "unsure": 0 })
    );
    assert_eq!(found["recommendation"]["certificate"], Value::Null);
    assert!(found["refusal"]["needed"].as_u64().unwrap() > 0, "{found}");
    assert_eq!(found["week"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn what_cannot_be_judged_and_who_may_not_judge() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = answered(&world, &key).await;
    let (_, ada) = world.agent("Ada Example", Role::Agent).await;
    world
        .get("/v1/review", &ada)
        .await
        .refused(403, "forbidden");
    let (_, lead) = world.agent("Sam Lead", Role::Supervisor).await;
    let body = json!({ "conversation": id, "text_ref": 1, "grade": "right" });
    let refused = world.post("/v1/review/grades", &lead, &body).await;
    refused.refused(404, "not_found");
    let odd = json!({ "alpha": 0.9 });
    let refused = world.post("/v1/policy/tune", &lead, &odd).await;
    refused.refused(422, "invalid_value");
    let refused = world.get("/v1/review?limit=0", &lead).await;
    refused.refused(422, "invalid_value");
}

#[tokio::test]
async fn a_turn_says_what_fired_and_what_nearly_did() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = answered(&world, &key).await;
    let (_, lead) = world.agent("Sam Lead", Role::Supervisor).await;
    let path = format!("/v1/conversations/{id}/turns/3/explain");
    let explained = world.get(&path, &lead).await.ok();
    let items = explained["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{explained}");
    assert_eq!(items[0]["on_answer"], false);
    let answer = &items[1]["explanation"];
    assert_eq!(
        (&answer["verdict"], &answer["rule"]),
        (&json!("fall_back"), &json!("bands.clarify"))
    );
    assert!(!answer["fired"].as_array().unwrap().is_empty());
    let rests = |signal: &Value| signal["is_reason"] == true;
    assert!(answer["signals"].as_array().unwrap().iter().any(rests));
    let nothing = format!("/v1/conversations/{id}/turns/99/explain");
    world.get(&nothing, &lead).await.refused(404, "not_found");
}
