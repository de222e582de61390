//! Roles × routes: who may ask for what. A row that is missing is a test that fails.

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::json;

use super::world::{By, World};

const ALL: &[Role] = &[
    Role::Owner,
    Role::Admin,
    Role::Supervisor,
    Role::Agent,
    Role::Analyst,
];
const SERVE: &[Role] = &[Role::Owner, Role::Admin, Role::Supervisor, Role::Agent];
const LEAD: &[Role] = &[Role::Owner, Role::Admin, Role::Supervisor];
const ADMIN: &[Role] = &[Role::Owner, Role::Admin];
const AUDIT: &[Role] = &[Role::Owner, Role::Admin, Role::Analyst];

/// Route and who may. `{id}` is a conversation that waits.
const TABLE: &[(&str, &str, &[Role])] = &[
    ("GET", "/v1/me", ALL),
    ("PUT", "/v1/me/presence", SERVE),
    ("POST", "/v1/live/ticket", ALL),
    ("GET", "/v1/conversations", ALL),
    ("GET", "/v1/conversations/{id}", ALL),
    ("GET", "/v1/conversations/{id}/entries", ALL),
    ("GET", "/v1/conversations/{id}/turns/x/explain", ALL),
    ("GET", "/v1/conversations/{id}/packet", SERVE),
    ("POST", "/v1/conversations/{id}/packet/read", SERVE),
    ("POST", "/v1/conversations/{id}/hint", SERVE),
    (
        "POST",
        "/v1/offers/off_0198c0f27d3b7a51b9d50c1a7e5a4d10/accept",
        SERVE,
    ),
    (
        "POST",
        "/v1/offers/off_0198c0f27d3b7a51b9d50c1a7e5a4d10/decline",
        SERVE,
    ),
    ("POST", "/v1/conversations/{id}/replies", SERVE),
    ("POST", "/v1/conversations/{id}/notes", SERVE),
    ("POST", "/v1/conversations/{id}/take", SERVE),
    ("POST", "/v1/conversations/{id}/requeue", SERVE),
    ("POST", "/v1/conversations/{id}/transfer", LEAD),
    ("POST", "/v1/conversations/{id}/hand_back", SERVE),
    ("POST", "/v1/conversations/{id}/resolve", SERVE),
    ("POST", "/v1/conversations/{id}/clear_flag", LEAD),
    ("POST", "/v1/conversations/{id}/drafts/x/release", SERVE),
    ("POST", "/v1/conversations/{id}/drafts/x/reject", SERVE),
    ("POST", "/v1/conversations/{id}/end_review", SERVE),
    ("GET", "/v1/agents", ALL),
    ("POST", "/v1/agents", ADMIN),
    (
        "PATCH",
        "/v1/agents/agt_0198c0f27d3b7a51b9d50c1a7e5a4d10",
        ADMIN,
    ),
    ("GET", "/v1/queues", ALL),
    ("POST", "/v1/queues", ADMIN),
    ("PUT", "/v1/queues/technical", ADMIN),
    ("GET", "/v1/wording/en", ALL),
    ("GET", "/v1/wording/en/welcome", ALL),
    ("PUT", "/v1/wording/en/welcome", ADMIN),
    ("GET", "/v1/learning", ALL),
    ("GET", "/v1/learning/clusters/x", ALL),
    ("GET", "/v1/learning/clusters/x/proposal", ALL),
    ("POST", "/v1/learning/check", ALL),
    ("GET", "/v1/reports/weekly", ALL),
    ("POST", "/v1/reports/weekly/send", LEAD),
    ("GET", "/v1/reports/schedule", ALL),
    ("PUT", "/v1/reports/schedule", LEAD),
    ("GET", "/v1/knowledge", ALL),
    ("GET", "/v1/knowledge/articles/x", ALL),
    ("PUT", "/v1/knowledge/articles/x", LEAD),
    ("POST", "/v1/knowledge/articles/x/roll_back", LEAD),
    ("POST", "/v1/knowledge/articles/x/withdraw", LEAD),
    ("GET", "/v1/knowledge/instructions", ALL),
    ("PUT", "/v1/knowledge/instructions", LEAD),
    ("POST", "/v1/knowledge/instructions/roll_back", LEAD),
    ("POST", "/v1/knowledge/instructions/withdraw", LEAD),
    ("GET", "/v1/policy", ALL),
    ("GET", "/v1/policy/versions/x", ALL),
    ("POST", "/v1/policy/lint", LEAD),
    ("PUT", "/v1/policy", ADMIN),
    ("POST", "/v1/policy/rollback", ADMIN),
    ("GET", "/v1/policy/proposals", ALL),
    ("POST", "/v1/policy/proposals", LEAD),
    ("GET", "/v1/policy/proposals/x", ALL),
    ("POST", "/v1/policy/proposals/x/approve", ADMIN),
    ("POST", "/v1/policy/proposals/x/reject", ADMIN),
    ("POST", "/v1/policy/proposals/x/withdraw", LEAD),
    ("GET", "/v1/policy/trials", ALL),
    ("POST", "/v1/policy/trials", ADMIN),
    ("GET", "/v1/policy/trials/x", ALL),
    ("POST", "/v1/policy/trials/x/stop", ADMIN),
    ("POST", "/v1/policy/trials/x/promote", ADMIN),
    ("GET", "/v1/policy/schema", ALL),
    ("POST", "/v1/policy/diff", ALL),
    ("GET", "/v1/policy/cases", ALL),
    ("PUT", "/v1/policy/cases", LEAD),
    ("POST", "/v1/policy/test", LEAD),
    ("POST", "/v1/policy/what-if", LEAD),
    ("GET", "/v1/policy/what-if/x", LEAD),
    ("POST", "/v1/policy/tune", ALL),
    ("GET", "/v1/review", LEAD),
    ("POST", "/v1/review/grades", LEAD),
    ("GET", "/v1/keys", ADMIN),
    ("POST", "/v1/keys", ADMIN),
    (
        "DELETE",
        "/v1/keys/key_0198c0f27d3b7a51b9d50c1a7e5a4d10",
        ADMIN,
    ),
    ("GET", "/v1/customers", ADMIN),
    ("POST", "/v1/customers/import", ADMIN),
    ("GET", "/v1/audit", AUDIT),
    ("GET", "/v1/dashboard", ALL),
    ("GET", "/v1/metrics/breakdown", ALL),
    ("GET", "/v1/metrics/conversations", ALL),
];

/// Routes that ask for no session, or for something else than one.
const OTHERS: &[(&str, &str)] = &[
    ("GET", "/v1/setup"),
    ("POST", "/v1/setup"),
    ("POST", "/v1/session"),
    ("DELETE", "/v1/session"),
    ("POST", "/v1/session/link"),
    ("POST", "/v1/invitations/accept"),
    ("POST", "/v1/conversations"),
    ("POST", "/v1/conversations/{id}/turns"),
    ("POST", "/v1/conversations/{id}/handoff"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/errors/{code}"),
];

/// A body that is let through to the role, whatever comes of it then.
fn body_of(path: &str) -> serde_json::Value {
    let last = path.rsplit('/').next().unwrap();
    match last {
        "presence" => json!({ "presence": "away" }),
        "read" => json!({ "dwell_ms": 1 }),
        "decline" => json!({ "reason": "other" }),
        "replies" => json!({ "text": "hi", "epoch": 0 }),
        "notes" => json!({ "text": "hi" }),
        "transfer" => json!({ "queue": "nowhere" }),
        "hand_back" => json!({ "line": "a", "brief": "b", "root_cause": "Policy", "active_ms": 1 }),
        "resolve" => json!({ "root_cause": "Policy", "disposition": "solved", "active_ms": 1 }),
        "lint" => json!({ "text": "" }),
        _ => json!({}),
    }
}

#[tokio::test]
async fn the_table() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    for role in ALL {
        let (_, by) = world.agent(&format!("{role:?}"), *role).await;
        for (method, path, allowed) in TABLE {
            let path = path.replace("{id}", &id);
            let method: Method = method.parse().unwrap();
            let answer = world
                .write(method.clone(), &path, &by, &body_of(&path))
                .await;
            let is_refused = answer.status == 403;
            assert_eq!(
                is_refused,
                !allowed.contains(role),
                "{role:?} {method} {path}: {}",
                answer.body
            );
            // Taking changes the rest of the table: put it back.
            if path.ends_with("/take") && answer.status == 200 {
                world
                    .post(&format!("/v1/conversations/{id}/requeue"), &by, &json!({}))
                    .await
                    .ok();
            }
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_a_session() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    let stranger = By::Cookie("segue_session=sgs_nothing".to_owned());
    for (method, path, _) in TABLE {
        let path = path.replace("{id}", &id);
        for by in [&By::Nobody, &stranger] {
            let answer = world
                .write(method.parse().unwrap(), &path, by, &body_of(&path))
                .await;
            answer.refused(401, "unauthenticated");
        }
    }
}

#[tokio::test]
async fn the_table_has_every_route() {
    let document = serde_json::to_value(segue_api::openapi()).unwrap();
    let shape = |path: &str| -> String {
        let known = ["off_", "agt_", "key_"];
        path.split('/')
            .map(|part| {
                let is_place = part.starts_with('{')
                    || known.iter().any(|prefix| part.starts_with(prefix))
                    || ["x", "technical", "en", "welcome"].contains(&part);
                if is_place { "*" } else { part }
            })
            .collect::<Vec<_>>()
            .join("/")
    };
    let listed: Vec<_> = TABLE
        .iter()
        .map(|(method, path, _)| (*method, *path))
        .chain(OTHERS.iter().copied())
        .map(|(method, path)| format!("{method} {}", shape(path)))
        .collect();
    for (path, methods) in document["paths"].as_object().unwrap() {
        if path.starts_with("/v1/widget") {
            continue;
        }
        for method in methods.as_object().unwrap().keys() {
            let route = format!("{} {}", method.to_uppercase(), shape(path));
            assert!(listed.contains(&route), "`{route}` stands in no table");
        }
    }
}

#[tokio::test]
async fn analysts_read_redacted() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    let (_, analyst) = world.agent("Ana", Role::Analyst).await;
    let whole = world
        .get(&format!("/v1/conversations/{id}"), &analyst)
        .await
        .ok();
    let text = whole.to_string();
    assert!(!text.contains("talk to a human"), "{text}");
    let rows = world
        .get("/v1/conversations", &analyst)
        .await
        .ok()
        .to_string();
    assert!(!rows.contains("talk to a human"), "{rows}");
}

#[tokio::test]
async fn agents_see_their_queues_only() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    let (_, other) = world
        .agent_of(world.workspace, "Tara", Role::Agent, &["technical"])
        .await;
    let (_, care) = world
        .agent_of(world.workspace, "Cara", Role::Agent, &["customer_care"])
        .await;
    let path = format!("/v1/conversations/{id}");
    world.get(&path, &other).await.refused(403, "forbidden");
    world
        .post(&format!("{path}/take"), &other, &json!({}))
        .await
        .refused(403, "forbidden");
    assert_eq!(
        world.get("/v1/conversations", &other).await.ok()["items"],
        json!([])
    );
    world.get(&path, &care).await.ok();
}

/// What one team has dealt with is not the other's to read, also when it is over (S-39).
#[tokio::test]
async fn agents_see_what_their_team_dealt_with() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    let of = |name: &'static str, role: Role, queues: &'static [&'static str]| {
        world.agent_of(world.workspace, name, role, queues)
    };
    let (_, tara) = of("Tara", Role::Agent, &["technical"]).await;
    let (_, cara) = of("Cara", Role::Agent, &["customer_care"]).await;
    let (_, cleo) = of("Cleo", Role::Agent, &["customer_care"]).await;
    let (_, lead) = of("Lea", Role::Supervisor, &["technical"]).await;
    let path = format!("/v1/conversations/{id}");
    let take = format!("{path}/take");
    world.post(&take, &cara, &json!({})).await.ok();
    let end = json!({ "root_cause": "Policy", "disposition": "solved", "active_ms": 1 });
    let resolve = format!("{path}/resolve");
    world.post(&resolve, &cara, &end).await.ok();
    world.get(&path, &tara).await.refused(403, "forbidden");
    for part in ["entries", "packet"] {
        let answer = world.get(&format!("{path}/{part}"), &tara).await;
        answer.refused(403, "forbidden");
    }
    for by in [&cara, &cleo, &lead] {
        world.get(&path, by).await.ok();
        let rows = world.get("/v1/conversations?state=closed", by).await.ok();
        assert_eq!(rows["items"][0]["conversation"], id.as_str(), "{rows}");
    }
    let rows = world.get("/v1/conversations?state=closed", &tara).await;
    assert_eq!(rows.ok()["items"], json!([]));
}

/// What the assistant has may be taken by anybody who serves; what it ended is no team's.
#[tokio::test]
async fn agents_see_what_the_assistant_has_until_it_is_over() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let id = world.visited(&visitor).await;
    let (_, tara) = world
        .agent_of(world.workspace, "Tara", Role::Agent, &["technical"])
        .await;
    let path = format!("/v1/conversations/{id}");
    world.get(&path, &tara).await.ok();
    let end = format!("/v1/widget/conversations/{id}/end");
    world.post_widget(&end, &visitor, &json!({})).await.ok();
    world.get(&path, &tara).await.refused(403, "forbidden");
}

#[tokio::test]
async fn another_workspace_is_another_world() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    let neighbor = world.neighbor().await;
    let (_, owner) = world.agent_of(neighbor, "Nora", Role::Owner, &[]).await;
    for (method, path, _) in TABLE.iter().filter(|(_, path, _)| path.contains("{id}")) {
        let path = path.replace("{id}", &id);
        let answer = world
            .write(method.parse().unwrap(), &path, &owner, &body_of(&path))
            .await;
        answer.refused(404, "conversation_unknown");
    }
    assert_eq!(
        world.get("/v1/conversations", &owner).await.ok()["items"],
        json!([])
    );
}
