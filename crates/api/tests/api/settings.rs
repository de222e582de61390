//! Agents, queues, wording, policy, customers, audit, figures.

use axum::http::Method;
use segue_model::fact::FactValue;
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

async fn owner() -> (World, By) {
    let world = World::new().await;
    let (_, by) = world.agent("Olga", Role::Owner).await;
    (world, by)
}

#[tokio::test]
async fn agents_are_changed_within_bounds() {
    let (world, by) = owner().await;
    let (id, _) = world.agent("Ada", Role::Agent).await;
    let path = format!("/v1/agents/{id}");
    let patch = |body: Value| {
        let (world, by, path) = (&world, &by, &path);
        async move { world.write(Method::PATCH, path, by, &body).await }
    };
    let changed =
        patch(json!({ "skills": ["billing"], "queues": ["finance_operations"], "capacity": 5 }))
            .await
            .ok();
    assert_eq!(
        (&changed["capacity"], &changed["skills"]),
        (&json!(5), &json!(["billing"]))
    );
    patch(json!({ "capacity": 0 }))
        .await
        .refused(422, "invalid_value");
    patch(json!({ "queues": ["nowhere"] }))
        .await
        .refused(422, "invalid_value");
    patch(json!({ "email": "other@example.com" }))
        .await
        .refused(422, "invalid_value");
    patch(json!({ "password": "x" }))
        .await
        .refused(422, "unknown_field");
    let (_, admin) = world.agent("Adi", Role::Admin).await;
    world
        .write(Method::PATCH, &path, &admin, &json!({ "role": "owner" }))
        .await
        .refused(403, "forbidden");
    let body = json!({ "name": "Ada", "email": "ada@brightcrate.example", "role": "agent" });
    world
        .post("/v1/agents", &by, &body)
        .await
        .refused(409, "already_exists");
}

/// A link signs in without a password; who has come by one is not "invited" any more.
#[tokio::test]
async fn who_has_come_is_no_longer_invited() {
    let (world, by) = owner().await;
    let (here, _) = world.agent("Ada", Role::Agent).await;
    let body = json!({ "name": "Eve", "email": "eve@brightcrate.example", "role": "agent" });
    let new = world.post("/v1/agents", &by, &body).await.ok();
    let all = world.get("/v1/agents", &by).await.ok();
    let is_invited = |id: &str| {
        let items = all["items"].as_array().unwrap();
        items.iter().find(|it| it["id"] == id).unwrap()["is_invited"].clone()
    };
    assert_eq!(is_invited(&here.to_string()), false);
    assert_eq!(is_invited(new["agent"]["id"].as_str().unwrap()), true);
}

#[tokio::test]
async fn a_queue_is_edited_in_the_policy() {
    let (world, by) = owner().await;
    let queues = world.get("/v1/queues", &by).await.ok();
    let find = |key: &str| {
        queues["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|queue| queue["key"] == key)
            .cloned()
            .unwrap()
    };
    let mut queue = find("technical");
    assert_eq!(queue["hours"]["mon"], json!([["08:00", "20:00"]]));
    let key = queue.as_object_mut().unwrap().remove("key").unwrap();
    assert_eq!(key, "technical");
    queue["target_s"] = json!(240);
    queue["hours"]["sat"] = json!([["09:00", "12:00"], ["13:00", "24:00"]]);
    let changed = world
        .write(Method::PUT, "/v1/queues/technical", &by, &queue)
        .await
        .ok();
    assert_eq!(
        (&changed["target_s"], &changed["hours"]),
        (&json!(240), &queue["hours"])
    );
    assert_eq!(world.get("/v1/policy", &by).await.ok()["by"], "Olga");
    queue["hours"]["sat"] = json!([["25:00", "26:00"]]);
    world
        .write(Method::PUT, "/v1/queues/technical", &by, &queue)
        .await
        .refused(422, "invalid_value");
    queue["hours"] = json!({});
    queue["zone"] = json!("Nowhere/Land");
    let refused = world
        .write(Method::PUT, "/v1/queues/technical", &by, &queue)
        .await;
    refused.refused(422, "policy_invalid");
    assert!(refused.body["error"]["details"]["problems"][0]["message"].is_string());
    queue["zone"] = json!("UTC");
    world
        .write(Method::PUT, "/v1/queues/nowhere", &by, &queue)
        .await
        .refused(404, "not_found");
    queue["key"] = json!("night_shift");
    queue["is_always"] = json!(true);
    assert_eq!(world.post("/v1/queues", &by, &queue).await.status, 201);
    world
        .post("/v1/queues", &by, &queue)
        .await
        .refused(409, "already_exists");
}

#[tokio::test]
async fn two_editors_do_not_overwrite_each_other() {
    let (world, by) = owner().await;
    let policy = world.get("/v1/policy", &by).await.ok();
    let (version, text) = (
        policy["version"].clone(),
        policy["text"].as_str().unwrap().to_owned(),
    );
    let first =
        json!({ "text": format!("{text}\n# one\n"), "version": version, "reason": "to try" });
    let answer = world
        .write(Method::PUT, "/v1/policy", &by, &first)
        .await
        .ok();
    assert_ne!(answer["version"], version);
    assert_eq!(answer["versions"].as_array().unwrap().len(), 2);
    let second =
        json!({ "text": format!("{text}\n# two\n"), "version": version, "reason": "to try" });
    let refused = world.write(Method::PUT, "/v1/policy", &by, &second).await;
    refused.refused(412, "policy_changed");
    assert_eq!(
        refused.body["error"]["details"]["version"],
        answer["version"]
    );
    // A retry of what is in force changes nothing, and If-Match says the same as the field.
    let again = json!({ "text": format!("{text}\n# one\n"), "reason": "again" });
    world
        .write(Method::PUT, "/v1/policy", &by, &again)
        .await
        .ok();
    let ask = world
        .own_page(Method::PUT, "/v1/policy", &by)
        .header("if-match", "\"default@00000000\"");
    ask.json(&again).send().await.refused(412, "policy_changed");
}

/// Editing a queue writes the file anew and loses its comments; the version
/// before is still there, word for word, and can be put in force again.
#[tokio::test]
async fn a_former_version_comes_back_whole() {
    let (world, by) = owner().await;
    let policy = world.get("/v1/policy", &by).await.ok();
    let commented = format!(
        "{}\n# mind the holidays\n",
        policy["text"].as_str().unwrap()
    );
    let body = json!({ "text": commented, "reason": "a comment" });
    let before = world
        .write(Method::PUT, "/v1/policy", &by, &body)
        .await
        .ok();
    let mut queue = world.get("/v1/queues", &by).await.ok()["items"][0].clone();
    let key = queue["key"].as_str().unwrap().to_owned();
    queue["target_s"] = json!(241);
    let path = format!("/v1/queues/{key}");
    world.write(Method::PUT, &path, &by, &queue).await.ok();
    let version = before["version"].as_str().unwrap();
    let path = format!("/v1/policy/versions/{version}");
    let former = world.get(&path, &by).await.ok();
    assert_eq!(
        (&former["text"], &former["by"]),
        (&json!(commented), &json!("Olga"))
    );
    let body = json!({ "text": former["text"], "reason": "back" });
    let again = world
        .write(Method::PUT, "/v1/policy", &by, &body)
        .await
        .ok();
    assert_eq!(
        (&again["version"], &again["text"]),
        (&before["version"], &json!(commented))
    );
    world
        .get("/v1/policy/versions/none@0", &by)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_policy_with_problems_stays_out() {
    let (world, by) = owner().await;
    let before = world.get("/v1/policy", &by).await.ok()["version"].clone();
    let body = json!({ "text": "rules: nonsense" });
    let lint = world.post("/v1/policy/lint", &by, &body).await.ok();
    assert!(lint["problems"][0]["line"].is_u64() && lint["problems"][0]["code"].is_string());
    world
        .write(Method::PUT, "/v1/policy", &by, &body)
        .await
        .refused(422, "policy_invalid");
    assert_eq!(world.get("/v1/policy", &by).await.ok()["version"], before);
}

#[tokio::test]
async fn words_are_edited_in_the_policy() {
    let (world, by) = owner().await;
    let path = "/v1/wording/en/welcome";
    let before = world.get(path, &by).await.ok();
    assert_eq!(before["is_default"], true);
    let body = json!({ "text": "Hello! An AI answers here; ask for a person at any time." });
    let after = world.write(Method::PUT, path, &by, &body).await.ok();
    assert_eq!(
        (&after["text"], &after["is_default"]),
        (&body["text"], &json!(false))
    );
    world
        .write(Method::PUT, path, &by, &json!({ "text": "{" }))
        .await
        .refused(422, "invalid_value");
    world
        .get("/v1/wording/xx", &by)
        .await
        .refused(404, "not_found");
    world
        .get("/v1/wording/en/nonsense", &by)
        .await
        .refused(404, "not_found");
    assert!(
        world.get("/v1/wording/en", &by).await.ok()["items"]
            .as_array()
            .unwrap()
            .len()
            > 10
    );
    let visitor = world.visitor().await;
    let opened = world
        .post_widget("/v1/widget/conversations", &visitor, &json!({}))
        .await
        .ok();
    assert_eq!(opened["items"][0]["text"], body["text"]);
}

#[tokio::test]
async fn customers_come_from_a_file() {
    let (world, by) = owner().await;
    let import = |text: &str| {
        let ask = world.own_page(Method::POST, "/v1/customers/import", &by);
        ask.raw("text/csv", text.as_bytes()).send()
    };
    let answer = import(
        "email,name,tier,vip\nada@example.com,Ada,pro,no\nbob@example.com,Bob,standard,no\n",
    )
    .await
    .ok();
    assert_eq!(answer, json!({ "read": 2, "created": 2, "updated": 0 }));
    let answer = import("email,tier,vip\nada@example.com,enterprise,yes\n")
        .await
        .ok();
    assert_eq!(answer, json!({ "read": 1, "created": 0, "updated": 1 }));
    let rows = world.get("/v1/customers?limit=10", &by).await.ok();
    let ada = rows["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["email"] == "ada@example.com")
        .unwrap()
        .clone();
    assert_eq!(
        (&ada["tier"], &ada["is_vip"]),
        (&json!("enterprise"), &json!(true))
    );
    import("name\nAda\n").await.refused(422, "invalid_value");
    let ask = world.own_page(Method::POST, "/v1/customers/import", &by);
    ask.json(&json!({}))
        .send()
        .await
        .refused(415, "unsupported_media_type");
}

#[tokio::test]
async fn a_value_that_only_looks_like_a_number_stays_a_word() {
    let (world, by) = owner().await;
    let file = "email,name,deputy,big,orders\nnan@example.com,Nan,No,1e999,12\n";
    let ask = world.own_page(Method::POST, "/v1/customers/import", &by);
    ask.raw("text/csv", file.as_bytes()).send().await.ok();
    let rows = world.get("/v1/customers", &by).await.ok();
    assert_eq!(rows["items"][0]["name"], "Nan");
    let key = "nan@example.com".to_owned();
    let found = world.store().find_customer(world.workspace, key).await;
    let facts = found.unwrap().unwrap().facts;
    let text = |name: &str| FactValue::Text(name.to_owned());
    assert_eq!(
        [&facts["deputy"], &facts["big"], &facts["orders"]],
        [&text("No"), &text("1e999"), &FactValue::Number(12.0)]
    );
}

#[tokio::test]
async fn a_file_of_customers_has_bounds() {
    let (world, by) = owner().await;
    let long = "a".repeat(513);
    for file in [
        "email,,name\na@example.com,b,c\n".to_owned(),
        "email,name,name\na@example.com,b,c\n".to_owned(),
        format!("email,{long}\na@example.com,b\n"),
        format!("email,name\na@example.com,{long}\n"),
        "email,name\na@example.com,b\u{1b}c\n".to_owned(),
    ] {
        let ask = world.own_page(Method::POST, "/v1/customers/import", &by);
        let answer = ask.raw("text/csv", file.as_bytes()).send().await;
        answer.refused(422, "invalid_value");
    }
}

#[tokio::test]
async fn the_trail_says_who_did_what() {
    let (world, by) = owner().await;
    world
        .post(
            "/v1/keys",
            &by,
            &json!({ "name": "bot", "scopes": ["turn:write"] }),
        )
        .await
        .ok();
    let rows = world.get("/v1/audit?limit=1", &by).await.ok();
    assert_eq!(
        (&rows["items"][0]["action"], &rows["items"][0]["actor"]),
        (&json!("key.created"), &json!("Olga"))
    );
    world
        .post("/v1/keys", &by, &json!({ "name": "bot", "scopes": [] }))
        .await
        .refused(422, "invalid_value");
    world
        .post(
            "/v1/keys",
            &by,
            &json!({ "name": "bot", "scopes": ["root"] }),
        )
        .await
        .refused(422, "invalid_value");
}

#[tokio::test]
async fn figures_are_there() {
    let (world, by) = owner().await;
    let key = world.full_key().await;
    world.waiting(&key).await;
    let figures = world
        .get("/v1/dashboard?include_demo=true&days=28", &by)
        .await
        .ok();
    assert_eq!(
        (&figures["days"], &figures["conversations"]),
        (&json!(28), &json!(1))
    );
    let split = &figures["handed_over"];
    assert_eq!(
        (&split["rate"]["numerator"], &split["parts"][1]["n"]),
        (&json!(1), &json!(1))
    );
    world
        .get("/v1/dashboard?shown=0", &by)
        .await
        .refused(422, "invalid_value");
    world
        .get("/v1/dashboard?days=0", &by)
        .await
        .refused(422, "invalid_value");
}

#[tokio::test]
async fn figures_are_broken_down_and_lead_to_their_conversations() {
    let (world, by) = owner().await;
    let key = world.full_key().await;
    world.waiting(&key).await;
    let figures = async |of: &str| world.get(&format!("/v1/metrics/{of}"), &by).await;
    let by_queue = figures("breakdown?by=queue").await.ok();
    let row = &by_queue["rows"][0];
    assert_eq!(
        (&by_queue["of"], &row["handoffs"], &row["key"]),
        (&json!("handoffs"), &json!(1), &json!("customer_care"))
    );
    assert_ne!(row["label"], row["key"], "queues have names");
    let key = row["key"].as_str().unwrap();
    let board = format!("/v1/dashboard?queue={key}");
    let board = world.get(&board, &by).await.ok();
    assert_eq!(board["handed_over"]["rate"]["numerator"], json!(1));
    let nobody = world.get("/v1/dashboard?queue=nobody", &by).await.ok();
    assert_eq!(nobody["conversations"], json!(0));
    let hits = figures("conversations?hits=handed_over").await.ok();
    let item = &hits["items"][0];
    assert_eq!(
        (&hits["n"], &item["trigger"]),
        (&json!(1), &json!("opt_out"))
    );
    let misses = figures("conversations?misses=handed_over").await.ok();
    assert_eq!((&misses["n"], &misses["items"]), (&json!(0), &json!([])));
    for wrong in [
        "breakdown?by=weather",
        "breakdown?by=hour&hour=24",
        "conversations?hits=luck",
        "conversations?hits=handed_over&outcome=escalated",
        "conversations?limit=0",
    ] {
        figures(wrong).await.refused(422, "invalid_value");
    }
}

#[tokio::test]
async fn the_server_lives() {
    let (world, _) = owner().await;
    assert_eq!(world.get("/healthz", &By::Nobody).await.status, 200);
    assert_eq!(world.get("/readyz", &By::Nobody).await.status, 200);
    assert_eq!(world.get_widget("/healthz", &By::Nobody).await.status, 200);
}

#[tokio::test]
async fn a_full_disk_is_said_where_readiness_is_asked() {
    let (world, _) = owner().await;
    let visitor = world.visitor().await;
    let id = world.visited(&visitor).await;
    let turns = format!("/v1/widget/conversations/{id}/turns");
    let body = json!({ "text": "hello", "client_id": "one" });
    world.memory.set_full(true);
    let refused = world.post_widget(&turns, &visitor, &body).await;
    refused.refused(507, "storage_full");
    let ready = world.get("/readyz", &By::Nobody).await;
    ready.refused(503, "not_ready");
    assert_eq!(ready.body["error"]["message"], "the disk is full");
    assert_eq!(world.get("/healthz", &By::Nobody).await.status, 200);
    world.memory.set_full(false);
    assert_eq!(world.get("/readyz", &By::Nobody).await.status, 200);
    world.post_widget(&turns, &visitor, &body).await.ok();
}
