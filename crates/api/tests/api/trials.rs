//! Trials: shadow, canary, halt, promotion; and what a version is held against.

use axum::http::Method;
use segue_ports::directory::{Role, Scope};
use serde_json::{Value, json};

use super::world::{Answer, By, World};

/// A rule before all others, with what follows.
fn with_rule(text: &str, rule: &str) -> String {
    let (before, after) = text.split_once("\nrules:\n").unwrap();
    format!("{before}\nrules:\n{rule}{after}")
}

/// Everything goes to a person.
const EVERYTHING: &str = "
  - id: everything
    stage: turn
    when: {signal: turn_count, at_least: 1}
    then: {verdict: escalate, queue: by_topic, trigger: rule, root_cause: Policy, reason: {en: we look into it, de: wir es ansehen}}
";

/// Whoever names their parrot goes to a person.
const PARROT: &str = "
  - id: parrot
    stage: turn
    when: {signal: topic.parrot, is: true}
    then: {verdict: escalate, queue: by_topic, trigger: rule, root_cause: Policy, reason: {en: it is about birds, de: es um Vögel geht}}
";

struct Trials {
    world: World,
    by: By,
    key: By,
}

impl Trials {
    async fn new() -> Self {
        let world = World::new().await;
        let (_, by) = world.agent("Olga", Role::Owner).await;
        let key = world
            .key(&[Scope::TurnWrite, Scope::ConversationRead])
            .await;
        Self { world, by, key }
    }

    async fn policy(&self) -> Value {
        self.world.get("/v1/policy", &self.by).await.ok()
    }

    async fn text(&self) -> String {
        self.policy().await["text"].as_str().unwrap().to_owned()
    }

    async fn begin(&self, body: Value) -> Answer {
        let path = "/v1/policy/trials";
        self.world.post(path, &self.by, &body).await
    }

    async fn shadow(&self, text: &str) -> Value {
        let body = json!({ "text": text, "mode": "shadow", "reason": "to see" });
        self.begin(body).await.ok()
    }

    async fn canary(&self, text: &str, share: f64) -> Value {
        let body = json!({ "text": text, "mode": "canary", "share": share, "reason": "to see" });
        self.begin(body).await.ok()
    }

    async fn end(&self, trial: &Value, verb: &str) -> Answer {
        let path = format!("/v1/policy/trials/{}/{verb}", trial["id"].as_str().unwrap());
        let body = json!({ "reason": "enough" });
        self.world.post(&path, &self.by, &body).await
    }

    async fn trial(&self, trial: &Value) -> Value {
        let path = format!("/v1/policy/trials/{}", trial["id"].as_str().unwrap());
        self.world.get(&path, &self.by).await.ok()
    }

    async fn put(&self, text: &str, more: Value) -> Answer {
        let mut body = json!({ "text": text, "reason": "to see" });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        let path = "/v1/policy";
        self.world.write(Method::PUT, path, &self.by, &body).await
    }

    /// A conversation of one turn; what the policy said.
    async fn talk(&self, text: &str) -> (String, Value) {
        self.world.clock.advance(segue_model::time::Span(10));
        let (id, _) = self.world.opened(&self.key).await;
        let verdict = self.say(&id, text).await;
        (id, verdict)
    }

    async fn say(&self, id: &str, text: &str) -> Value {
        let body = json!({ "role": "customer", "text": text });
        let path = format!("/v1/conversations/{id}/turns");
        let answer = self.world.post(&path, &self.key, &body).await.ok();
        answer["verdict"].clone()
    }

    async fn audit(&self) -> Vec<(String, Value)> {
        let audit = self.world.get("/v1/audit", &self.by).await.ok();
        let rows = audit["items"].as_array().unwrap().iter();
        rows.map(|row| {
            (
                row["action"].as_str().unwrap().to_owned(),
                row["actor"].clone(),
            )
        })
        .collect()
    }

    /// Halts happen beside the turn that causes them: lets what was begun be done.
    async fn settled(&self) -> Value {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        self.policy().await
    }
}

fn policy_of(verdict: &Value) -> &Value {
    &verdict["trace"]["policy"]
}

#[tokio::test]
async fn a_shadow_decides_beside_and_nothing_follows() {
    let trials = Trials::new().await;
    let text = trials.text().await;
    let base = trials.policy().await["version"].clone();
    let (begun_before, _) = trials.talk("hello there").await;
    // Its own topic: found by its own detector, not by that of the version in force.
    let candidate = with_rule(&text, PARROT).replacen(
        "\ntopics:\n",
        "\ntopics:\n  parrot:\n    phrases: [parrot]\n    subject: {en: parrot, de: Papagei}\n    queue: customer_care\n",
        1,
    );
    trials.world.clock.advance(segue_model::time::Span(10));
    let trial = trials.shadow(&candidate).await;
    assert_eq!(
        (
            &trial["state"],
            &trial["mode"],
            &trial["base"],
            &trial["share"]
        ),
        (&json!("running"), &json!("shadow"), &base, &Value::Null)
    );
    let (calm, verdict) = trials.talk("where is my parcel").await;
    assert_eq!(policy_of(&verdict), &base);
    let (bird, verdict) = trials.talk("my parrot is unwell").await;
    assert_eq!(
        (policy_of(&verdict), &verdict["verdict"]),
        (&base, &json!("continue"))
    );
    trials.talk("I want to talk to a human").await;
    trials.say(&begun_before, "my parrot again").await;

    let explain = |id: &str| format!("/v1/conversations/{id}/turns/1/explain");
    let explained = trials.world.get(&explain(&bird), &trials.by).await.ok();
    let item = &explained["items"][0];
    assert_eq!(item["explanation"]["verdict"], "continue");
    assert_eq!(
        item["shadow"],
        json!({ "policy": trial["version"], "verdict": "escalate", "rule": "parrot" })
    );
    let explained = trials.world.get(&explain(&calm), &trials.by).await.ok();
    assert_eq!(explained["items"][0]["shadow"]["verdict"], "continue");

    // What began before the trial is decided beside, and not counted.
    let tally = &trials.trial(&trial).await["tally"];
    let of = |name: &str| tally[name].clone();
    assert_eq!((of("conversations"), of("turns")), (json!(3), json!(3)));
    assert_eq!(
        (of("agree"), of("newly"), of("no_longer"), of("elsewhere")),
        (json!(2), json!(1), json!(0), json!(0))
    );
    assert_eq!(
        (
            &tally["active"]["escalated"],
            &tally["candidate"]["escalated"]
        ),
        (&json!(1), &json!(2))
    );
    assert_eq!(tally["examples"].as_array().unwrap().len(), 1);
    let example = &tally["examples"][0];
    assert_eq!(
        (&example["conversation"], &example["candidate"]["rule"]),
        (&json!(bird), &json!("parrot"))
    );
    assert_eq!(trials.policy().await["trial"]["tally"], *tally);

    let stopped = trials.end(&trial, "stop").await.ok();
    assert_eq!(
        (
            &stopped["state"],
            &stopped["ended_by"],
            &stopped["end_reason"]
        ),
        (&json!("stopped"), &json!("Olga"), &json!("enough"))
    );
    assert_eq!(trials.policy().await["trial"], Value::Null);
    // What was counted is kept, and no more is.
    trials.talk("my parrot is unwell").await;
    assert_eq!(trials.trial(&trial).await["tally"], *tally);
    trials.end(&trial, "stop").await.refused(409, "trial_over");
    let words: Vec<_> = trials.audit().await.into_iter().map(|row| row.0).collect();
    assert_eq!(words[..2], ["trial.stopped", "trial.begun"]);
}

#[tokio::test]
async fn a_canary_decides_its_share_and_each_verdict_says_so() {
    let trials = Trials::new().await;
    let text = trials.text().await;
    let base = trials.policy().await["version"].clone();
    let (begun_before, _) = trials.talk("hello there").await;
    trials.world.clock.advance(segue_model::time::Span(10));
    let trial = trials.canary(&format!("{text}\n# alike\n"), 0.5).await;
    let mut chosen = Vec::new();
    for _ in 0..60 {
        let (id, verdict) = trials.talk("where is my parcel").await;
        let again = trials.say(&id, "are you there").await;
        assert_eq!(policy_of(&verdict), policy_of(&again));
        chosen.push(*policy_of(&verdict) == trial["version"]);
        assert!(chosen.last() == Some(&true) || *policy_of(&verdict) == base);
    }
    let share = chosen.iter().filter(|is_chosen| **is_chosen).count();
    assert!((15..=45).contains(&share), "{share} of 60");
    let tally = &trials.trial(&trial).await["tally"];
    assert_eq!(tally["candidate"]["conversations"], share);
    assert_eq!(tally["active"]["conversations"], 60 - share);
    assert_eq!(
        (&tally["agree"], &tally["turns"]),
        (&Value::Null, &json!(120))
    );
    // No conversation changes its version because a trial begins.
    let verdict = trials.say(&begun_before, "and now?").await;
    assert_eq!(policy_of(&verdict), &base);

    let promoted = trials.end(&trial, "promote").await.ok();
    assert_eq!(promoted, trials.policy().await);
    assert_eq!(
        (
            &promoted["version"],
            &promoted["versions"][0]["kind"],
            &promoted["trial"]
        ),
        (&trial["version"], &json!("promoted"), &Value::Null)
    );
    assert_eq!(trials.trial(&trial).await["state"], "promoted");
    let verdict = trials.say(&begun_before, "hello?").await;
    assert_eq!(policy_of(&verdict), &trial["version"]);
}

/// F28: the candidate that sends everybody to people is halted after twenty of its
/// conversations, by Segue itself, and the very next turn is decided without it.
#[tokio::test]
async fn a_canary_that_escalates_everything_is_halted() {
    let trials = Trials::new().await;
    let text = trials.text().await;
    let base = trials.policy().await["version"].clone();
    let trial = trials.canary(&with_rule(&text, EVERYTHING), 0.5).await;
    let mut last = String::new();
    for _ in 0..200 {
        let (id, verdict) = trials.talk("where is my parcel").await;
        if *policy_of(&verdict) == trial["version"] {
            assert_eq!(verdict["verdict"], "escalate");
            last = id;
        }
        if trials.settled().await["trial"].is_null() {
            break;
        }
    }
    let halted = trials.trial(&trial).await;
    assert_eq!(
        (&halted["state"], &halted["ended_by"]),
        (&json!("halted"), &Value::Null)
    );
    let candidate = halted["tally"]["candidate"]["conversations"]
        .as_u64()
        .unwrap();
    let active = halted["tally"]["active"]["conversations"].as_u64().unwrap();
    assert_eq!(candidate.min(active), 20, "{halted}");
    assert!(
        halted["end_reason"].as_str().unwrap().contains("100 %"),
        "{halted}"
    );
    let policy = trials.policy().await;
    assert_eq!(
        (&policy["version"], &policy["trial"]),
        (&base, &Value::Null)
    );
    assert!(!last.is_empty());
    for _ in 0..10 {
        let (_, verdict) = trials.talk("where is my parcel").await;
        assert_eq!(policy_of(&verdict), &base);
    }
    assert_eq!(
        trials.audit().await[0],
        ("trial.halted".to_owned(), json!("Segue"))
    );
    trials
        .end(&trial, "promote")
        .await
        .refused(409, "trial_over");
}

/// F28: a version that escalates everything and went live by consent of nobody is taken
/// back by itself.
#[tokio::test]
async fn a_version_that_leaves_its_band_is_taken_back() {
    let trials = Trials::new().await;
    let text = trials.text().await;
    let base = trials.policy().await["version"].clone();
    for _ in 0..25 {
        trials.talk("where is my parcel").await;
    }
    let bad = with_rule(&text, EVERYTHING);
    // Decided again under it, the last conversations say so beforehand.
    let refused = trials.put(&bad, json!({})).await;
    refused.refused(409, "policy_leaves_band");
    let details = &refused.body["error"]["details"];
    assert_eq!(
        (
            &details["before"],
            &details["after"],
            &details["conversations"],
            &details["band_points"]
        ),
        (&json!(0.0), &json!(1.0), &json!(25), &json!(20.0))
    );
    assert_eq!(trials.policy().await["version"], base);
    // Whoever accepts that is not corrected.
    let accepted = trials
        .put(&bad, json!({ "accept_leaving_band": true }))
        .await
        .ok();
    for _ in 0..25 {
        trials.talk("where is my parcel").await;
    }
    assert_eq!(trials.settled().await["version"], accepted["version"]);
    let body = json!({ "reason": "back" });
    trials
        .world
        .post("/v1/policy/rollback", &trials.by, &body)
        .await
        .ok();

    // What past conversations could not tell shows in the new ones.
    let sly = with_rule(
        &text,
        &EVERYTHING.replace("turn_count, at_least: 1", "shouting, is: true"),
    );
    let put = trials.put(&sly, json!({})).await.ok();
    assert_eq!(put["trial"], Value::Null);
    let mut taken_back = 0;
    for n in 1..=60 {
        trials.talk("WHERE IS MY PARCEL RIGHT NOW").await;
        if trials.settled().await["version"] != put["version"] {
            taken_back = n;
            break;
        }
    }
    assert!((20..=40).contains(&taken_back), "{taken_back}");
    let policy = trials.policy().await;
    assert_eq!(policy["version"], base);
    let row = &policy["versions"][0];
    assert_eq!(
        (&row["kind"], &row["by"]),
        (&json!("halted_back"), &Value::Null)
    );
    assert!(
        row["reason"]
            .as_str()
            .unwrap()
            .starts_with("The escalation rate left its band")
    );
    assert_eq!(
        trials.audit().await[0],
        ("policy.halted_back".to_owned(), json!("Segue"))
    );
}

#[tokio::test]
async fn one_trial_at_a_time_and_only_sound_ones() {
    let trials = Trials::new().await;
    let text = trials.text().await;
    let other = format!("{text}\n# other\n");
    let begin = |more: Value| {
        let mut body = json!({ "text": other, "mode": "canary", "reason": "to see" });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        trials.begin(body)
    };
    let refused = [
        (json!({ "reason": "" }), "reason_missing"),
        (json!({ "share": 0.005 }), "invalid_value"),
        (json!({ "share": 0.51 }), "invalid_value"),
        (json!({ "share": -1 }), "invalid_value"),
        (json!({ "mode": "shadow", "share": 0.2 }), "invalid_value"),
        (json!({ "text": null }), "invalid_value"),
        (json!({ "proposal": "prp_x" }), "invalid_value"),
        (json!({ "text": text }), "invalid_value"),
        (json!({ "text": "rules: x" }), "policy_invalid"),
    ];
    for (more, code) in refused {
        begin(more).await.refused(422, code);
    }
    // A canary's customers wait where the agents look.
    let queues = text.replacen("\nqueues:\n", "\nqueues:\n  aviary:\n    name: {en: Aviary, de: Voliere}\n    team: {en: our aviary, de: unsere Voliere}\n    skills: []\n    zone: UTC\n    hours: always\n    target_s: 60\n    overflow: {after_s: 600, to: follow_up}\n", 1);
    let refused = begin(json!({ "text": queues })).await;
    refused.refused(422, "trial_changes_queues");
    assert_eq!(
        refused.body["error"]["details"],
        json!({ "added": ["aviary"], "removed": [] })
    );
    let body = json!({ "text": queues, "mode": "shadow", "reason": "queues" });
    let shadow = trials.begin(body).await.ok();
    let refused = begin(json!({})).await;
    refused.refused(409, "trial_running");
    assert_eq!(refused.body["error"]["details"]["trial"], shadow["id"]);
    // Whatever comes into force ends what was held against the version before.
    trials
        .put(&format!("{text}\n# in between\n"), json!({}))
        .await
        .ok();
    let ended = trials.trial(&shadow).await;
    assert_eq!(
        (&ended["state"], &ended["end_reason"]),
        (
            &json!("stopped"),
            &json!("Another version was put in force.")
        )
    );
    begin(json!({})).await.ok();
    let listed = trials.world.get("/v1/policy/trials", &trials.by).await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    let default = &listed["items"][0];
    assert_eq!(
        (&default["share"], &default["state"]),
        (&json!(0.1), &json!("running"))
    );
}

/// A trial of a proposal that goes well approves the proposal.
#[tokio::test]
async fn a_proposal_is_tried_and_promoted() {
    let trials = Trials::new().await;
    let (_, supervisor) = trials.world.agent("Sofia", Role::Supervisor).await;
    let policy = trials.policy().await;
    let body = json!({
        "text": format!("{}\n# proposed\n", policy["text"].as_str().unwrap()),
        "version": policy["version"],
        "reason": "better",
    });
    let path = "/v1/policy/proposals";
    let made = trials.world.post(path, &supervisor, &body).await.ok();
    let body = json!({ "proposal": made["id"], "mode": "shadow", "reason": "to see" });
    let refused = trials
        .world
        .post("/v1/policy/trials", &supervisor, &body)
        .await;
    refused.refused(403, "forbidden");
    let trial = trials.begin(body).await.ok();
    assert_eq!(
        (&trial["version"], &trial["proposal"]),
        (&made["version"], &made["id"])
    );
    let promoted = trials.end(&trial, "promote").await.ok();
    assert_eq!(
        (&promoted["version"], &promoted["open_proposals"]),
        (&made["version"], &json!(0))
    );
    let listed = trials.world.get(path, &trials.by).await.ok();
    assert_eq!(listed["items"][0]["state"], "approved");
}

/// What runs and what was counted is found again in the log.
#[tokio::test]
async fn a_trial_survives_a_restart() {
    let trials = Trials::new().await;
    let text = trials.text().await;
    let trial = trials.canary(&format!("{text}\n# alike\n"), 0.5).await;
    for _ in 0..12 {
        trials.talk("where is my parcel").await;
    }
    let before = trials.trial(&trial).await;
    let again = trials.world.restarted().await;
    let trials = Trials {
        world: again,
        ..trials
    };
    assert_eq!(trials.trial(&trial).await, before);
    assert_eq!(before["tally"]["conversations"], 12);
    let mut versions = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let (_, verdict) = trials.talk("where is my parcel").await;
        versions.insert(policy_of(&verdict).as_str().unwrap().to_owned());
    }
    assert_eq!(versions.len(), 2);
    assert_eq!(trials.trial(&trial).await["tally"]["conversations"], 32);
}
