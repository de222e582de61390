//! Proposals: who proposes, who decides, and on which version.

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::{Value, json};

use super::world::{By, World};

/// A workspace with an owner, an admin and a supervisor.
struct Team {
    world: World,
    owner: By,
    admin: By,
    supervisor: By,
}

impl Team {
    async fn new() -> Self {
        let world = World::new().await;
        let (_, owner) = world.agent("Olga", Role::Owner).await;
        let (_, admin) = world.agent("Ada", Role::Admin).await;
        let (_, supervisor) = world.agent("Sofia", Role::Supervisor).await;
        Self {
            world,
            owner,
            admin,
            supervisor,
        }
    }

    async fn policy(&self) -> Value {
        self.world.get("/v1/policy", &self.supervisor).await.ok()
    }

    async fn body(&self, comment: &str) -> Value {
        let policy = self.policy().await;
        let text = policy["text"].as_str().unwrap();
        json!({
            "text": format!("{text}\n# {comment}\n"),
            "version": policy["version"],
            "reason": comment,
        })
    }

    async fn propose(&self, by: &By, comment: &str) -> Value {
        let body = self.body(comment).await;
        let answer = self.world.post("/v1/policy/proposals", by, &body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.ok()
    }

    async fn decide(&self, by: &By, proposal: &Value, verb: &str) -> super::world::Answer {
        let path = format!(
            "/v1/policy/proposals/{}/{verb}",
            proposal["id"].as_str().unwrap()
        );
        let body = match verb {
            "withdraw" => json!({}),
            _ => json!({ "reason": "because" }),
        };
        self.world.post(&path, by, &body).await
    }
}

#[tokio::test]
async fn one_proposes_and_another_approves() {
    let team = Team::new().await;
    let before = team.policy().await;
    let made = team.propose(&team.supervisor, "a lower threshold").await;
    assert_eq!(
        (&made["state"], &made["author"], &made["is_own"]),
        (&json!("open"), &json!("Sofia"), &json!(true))
    );
    assert_eq!(
        (&made["base"], &made["reason"]),
        (&before["version"], &json!("a lower threshold"))
    );
    let now = team.policy().await;
    assert_eq!(
        (&now["version"], &now["open_proposals"]),
        (&before["version"], &json!(1))
    );
    let path = format!("/v1/policy/proposals/{}", made["id"].as_str().unwrap());
    let detail = team.world.get(&path, &team.admin).await.ok();
    assert_eq!(detail["base_text"], before["text"]);
    assert!(
        detail["text"]
            .as_str()
            .unwrap()
            .ends_with("# a lower threshold\n")
    );
    assert_eq!(detail["is_own"], false);

    // A supervisor proposes and does not decide; without a reason nobody does.
    team.decide(&team.supervisor, &made, "approve")
        .await
        .refused(403, "forbidden");
    let path = format!("{path}/approve");
    team.world
        .post(&path, &team.admin, &json!({}))
        .await
        .refused(422, "reason_missing");
    let approved = team.decide(&team.admin, &made, "approve").await.ok();
    assert_eq!(approved, team.policy().await);
    assert_eq!(approved["version"], made["version"]);
    let row = &approved["versions"][0];
    assert_eq!(
        (&row["kind"], &row["by"], &row["reason"]),
        (&json!("approved"), &json!("Ada"), &json!("because"))
    );
    assert_eq!(approved["open_proposals"], 0);
    let listed = team
        .world
        .get("/v1/policy/proposals", &team.owner)
        .await
        .ok();
    let row = &listed["items"][0];
    assert_eq!(
        (&row["state"], &row["decided_by"], &row["decision"]),
        (&json!("approved"), &json!("Ada"), &json!("because"))
    );
    for verb in ["approve", "reject"] {
        let again = team.decide(&team.owner, &made, verb).await;
        again.refused(409, "proposal_closed");
    }
    let audit = team.world.get("/v1/audit", &team.owner).await.ok();
    let words: Vec<_> = audit["items"].as_array().unwrap()[..2]
        .iter()
        .map(|line| (&line["action"], &line["subject"]))
        .collect();
    assert_eq!(
        words,
        [
            (&json!("policy.approved"), &made["version"]),
            (&json!("proposal.made"), &made["id"])
        ]
    );
}

#[tokio::test]
async fn nobody_approves_their_own_unless_alone() {
    let team = Team::new().await;
    let made = team.propose(&team.admin, "mine").await;
    let refused = team.decide(&team.admin, &made, "approve").await;
    refused.refused(403, "own_proposal");
    team.decide(&team.owner, &made, "approve").await.ok();

    let world = World::new().await;
    let (_, alone) = world.agent("Olga", Role::Owner).await;
    world.agent("Sofia", Role::Supervisor).await;
    // The test's world makes owners to load its people; nobody of them can sign in.
    let agents = world.get("/v1/agents", &alone).await.ok();
    for agent in agents["items"].as_array().unwrap() {
        if agent["name"] != "Olga" && agent["role"] == "owner" {
            let path = format!("/v1/agents/{}", agent["id"].as_str().unwrap());
            let body = json!({ "is_active": false });
            world.write(Method::PATCH, &path, &alone, &body).await.ok();
        }
    }
    let policy = world.get("/v1/policy", &alone).await.ok();
    let body = json!({
        "text": format!("{}\n# alone\n", policy["text"].as_str().unwrap()),
        "version": policy["version"],
        "reason": "alone",
    });
    let made = world.post("/v1/policy/proposals", &alone, &body).await.ok();
    let path = format!(
        "/v1/policy/proposals/{}/approve",
        made["id"].as_str().unwrap()
    );
    let body = json!({ "reason": "nobody else could" });
    world.post(&path, &alone, &body).await.ok();
}

#[tokio::test]
async fn a_proposal_on_an_older_version_is_not_approved() {
    let team = Team::new().await;
    let (stale, other) = (
        team.propose(&team.supervisor, "one").await,
        team.propose(&team.admin, "two").await,
    );
    team.decide(&team.owner, &other, "approve").await.ok();
    let refused = team.decide(&team.owner, &stale, "approve").await;
    refused.refused(412, "policy_changed");
    assert_eq!(
        refused.body["error"]["details"]["version"],
        other["version"]
    );
    // Nor is one made on an older version than the one in force.
    let mut body = team.body("three").await;
    body["version"] = stale["base"].clone();
    let answer = team
        .world
        .post("/v1/policy/proposals", &team.supervisor, &body)
        .await;
    answer.refused(412, "policy_changed");
    // Its author takes it back; nobody else does that for them.
    team.decide(&team.admin, &stale, "withdraw")
        .await
        .refused(403, "forbidden");
    let withdrawn = team.decide(&team.supervisor, &stale, "withdraw").await.ok();
    assert_eq!(
        (&withdrawn["state"], &withdrawn["decision"]),
        (&json!("withdrawn"), &Value::Null)
    );
    let anew = team.propose(&team.supervisor, "one again").await;
    let rejected = team.decide(&team.admin, &anew, "reject").await.ok();
    assert_eq!(
        (&rejected["state"], &rejected["decided_by"]),
        (&json!("rejected"), &json!("Ada"))
    );
    assert_eq!(team.policy().await["version"], other["version"]);
}

#[tokio::test]
async fn only_what_could_be_put_in_force_is_proposed() {
    let team = Team::new().await;
    let policy = team.policy().await;
    let version = &policy["version"];
    let text = policy["text"].as_str().unwrap();
    let other = format!("{text}\n# other\n");
    let bodies = [
        (
            "policy_invalid",
            json!({ "text": "rules: x", "version": version, "reason": "r" }),
        ),
        (
            "reason_missing",
            json!({ "text": other, "version": version }),
        ),
        (
            "invalid_value",
            json!({ "text": text, "version": version, "reason": "r" }),
        ),
    ];
    for (code, body) in bodies {
        let path = "/v1/policy/proposals";
        let answer = team.world.post(path, &team.supervisor, &body).await;
        answer.refused(422, code);
    }
    assert_eq!(team.policy().await["open_proposals"], 0);
}
