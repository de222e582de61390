//! Setup, sign-in, sessions, tickets, rates.

use axum::http::{Method, header};
use segue_api::auth::limit::{Rate, Rates};
use segue_model::event::Actor;
use segue_model::floor::Epoch;
use segue_model::time::Span;
use segue_ports::directory::{Presence, Role, Scope};
use segue_service::{Caller, Failure};
use serde_json::json;

use super::world::{By, World};

#[tokio::test]
async fn the_cookie_is_kept_from_scripts() {
    let world = World::new().await;
    let (id, _) = world.agent("Ada", Role::Agent).await;
    let token = world
        .service
        .new_link(
            world.workspace,
            id,
            segue_ports::directory::LinkPurpose::SignIn,
        )
        .await
        .unwrap();
    let body = json!({ "token": token });
    let answer = world.post("/v1/session/link", &By::Nobody, &body).await;
    let cookie = answer.headers[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .to_owned();
    for part in [
        "segue_session=sgs_",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let again = world.post("/v1/session/link", &By::Nobody, &body).await;
    again.refused(401, "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let world = World::new().await;
    let (_, by) = world.agent("Ada", Role::Agent).await;
    assert_eq!(
        world
            .write(Method::DELETE, "/v1/session", &by, &json!({}))
            .await
            .status,
        204
    );
    world
        .get("/v1/me", &by)
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let world = World::new().await;
    let (_, by) = world.agent("Ada", Role::Agent).await;
    world.clock.advance(Span::minutes(29));
    assert_eq!(world.get("/v1/me", &by).await.status, 200);
    let here = json!({ "presence": "available" });
    let said = world.write(Method::PUT, "/v1/me/presence", &by, &here);
    said.await.ok();
    world.clock.advance(Span::minutes(29));
    // Reading is what a page also does by itself.
    assert_eq!(world.get("/v1/me", &by).await.status, 200);
    world.clock.advance(Span::minutes(1));
    world
        .get("/v1/me", &by)
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_wrong_password_says_nothing_about_which() {
    let world = World::new().await;
    world.agent("Ada", Role::Agent).await;
    for email in ["ada@brightcrate.example", "nobody@brightcrate.example"] {
        let body = json!({ "email": email, "password": "not the right one" });
        world
            .post("/v1/session", &By::Nobody, &body)
            .await
            .refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn an_invitation_is_used_once() {
    let world = World::new().await;
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let body = json!({ "name": "Ivo Example", "email": "ivo@example.com", "role": "agent", "skills": ["billing"], "queues": ["finance_operations"], "capacity": 2 });
    let invited = world.post("/v1/agents", &owner, &body).await.ok();
    let link = invited["invitation_link"].as_str().unwrap();
    let token = link
        .strip_prefix("http://localhost:8080/#/invitation/")
        .unwrap();
    let short = json!({ "token": token, "password": "short" });
    world
        .post("/v1/invitations/accept", &By::Nobody, &short)
        .await
        .refused(422, "invalid_value");
    let body = json!({ "token": token, "password": "correct horse battery" });
    let me = world
        .post("/v1/invitations/accept", &By::Nobody, &body)
        .await
        .ok();
    assert_eq!(
        (&me["agent"]["name"], &me["capacity"]),
        (&json!("Ivo Example"), &json!(2))
    );
    world
        .post("/v1/invitations/accept", &By::Nobody, &body)
        .await
        .refused(401, "unauthenticated");
    let body = json!({ "email": "Ivo@Example.com", "password": "correct horse battery" });
    assert_eq!(
        world.post("/v1/session", &By::Nobody, &body).await.ok()["agent"]["role"],
        "agent"
    );
}

#[tokio::test]
async fn a_claimed_server_is_not_claimed_again() {
    let world = World::new().await;
    assert_eq!(
        world.get("/v1/setup", &By::Nobody).await.ok()["needed"],
        false
    );
    let code = world.service.new_setup_code().await.unwrap();
    let body = json!({ "code": code, "company": "Other", "name": "Eve", "email": "eve@example.com", "password": "correct horse battery" });
    world
        .post("/v1/setup", &By::Nobody, &body)
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn me_says_what_the_role_allows() {
    let world = World::new().await;
    let (id, by) = world.agent("Ada", Role::Agent).await;
    let presence = json!({ "presence": "available" });
    world
        .write(Method::PUT, "/v1/me/presence", &by, &presence)
        .await
        .ok();
    let me = world.get("/v1/me", &by).await.ok();
    assert_eq!(me["agent"]["id"], id.to_string());
    assert_eq!(
        (&me["presence"], &me["load"]),
        (&json!("available"), &json!(0))
    );
    assert_eq!(me["allowed"]["serve"], json!({ "ok": true }));
    assert_eq!(me["allowed"]["edit_policy"]["code"], "forbidden");
    world.clock.advance(Span::seconds(31));
    assert_eq!(world.get("/v1/me", &by).await.ok()["presence"], "offline");
}

#[tokio::test]
async fn a_ticket_is_good_once() {
    let world = World::new().await;
    let (_, by) = world.agent("Ada", Role::Agent).await;
    let ticket = world.post("/v1/live/ticket", &by, &json!({})).await.ok();
    let ticket = ticket["ticket"].as_str().unwrap();
    assert!(world.service.take_ticket(ticket).is_ok());
    assert!(world.service.take_ticket(ticket).is_err());
}

#[tokio::test]
async fn sign_ins_from_one_place_are_slowed_down() {
    let rates = Rates {
        sign_in: Some(Rate::new(3, 600)),
        ..Rates::default()
    };
    let world = World::with_rates(rates).await;
    let body = json!({ "token": "sgl_none" });
    for _ in 0..3 {
        world
            .post("/v1/session/link", &By::Nobody, &body)
            .await
            .refused(401, "unauthenticated");
    }
    let slowed = world.post("/v1/session/link", &By::Nobody, &body).await;
    slowed.refused(429, "too_many_requests");
    assert!(slowed.headers.contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn behind_a_proxy_each_client_is_counted_apart() {
    let rates = Rates {
        visits: Some(Rate::new(1, 600)),
        ..Rates::default()
    };
    let world = World::behind(&["10.0.0.0/8"], rates).await;
    let visit = |peer: &'static str, client: &'static str| {
        world
            .ask_widget(Method::POST, "/v1/widget/session", &By::Nobody)
            .from(peer)
            .header("x-forwarded-for", client)
            .json(&json!({}))
            .send()
    };
    visit("10.0.0.1", "203.0.113.9").await.ok();
    visit("10.0.0.1", "198.51.100.9").await.ok();
    let again = visit("10.0.0.1", "192.0.2.1, 203.0.113.9").await;
    again.refused(429, "too_many_requests");
    // Who is no proxy of ours counts as themselves, whatever they say.
    visit("192.0.2.77", "203.0.113.50").await.ok();
    let again = visit("192.0.2.77", "203.0.113.51").await;
    again.refused(429, "too_many_requests");
}

#[tokio::test]
async fn tries_made_at_the_same_time_are_counted() {
    let world = World::new().await;
    let body = json!({ "email": "ada@brightcrate.example", "password": "a wrong password" });
    let attempt = || world.post("/v1/session", &By::Nobody, &body);
    let (a, b, c, d, e, f, g) = tokio::join!(
        attempt(),
        attempt(),
        attempt(),
        attempt(),
        attempt(),
        attempt(),
        attempt(),
    );
    let tries = [a, b, c, d, e, f, g];
    let looked_at = tries.iter().filter(|answer| answer.status == 401);
    assert_eq!(looked_at.count(), 5);
}

#[tokio::test]
async fn who_guesses_elsewhere_does_not_lock_the_owner_out() {
    let world = World::behind(&[], Rates::default()).await;
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let body = json!({ "name": "Ivo", "email": "ivo@example.com", "role": "agent" });
    let invited = world.post("/v1/agents", &owner, &body).await.ok();
    let link = invited["invitation_link"].as_str().unwrap();
    let token = link.rsplit('/').next().unwrap();
    let body = json!({ "token": token, "password": "correct horse battery" });
    let chosen = world.post("/v1/invitations/accept", &By::Nobody, &body);
    chosen.await.ok();
    let attempt = |from: &'static str, password: &'static str| {
        world
            .own_page(Method::POST, "/v1/session", &By::Nobody)
            .from(from)
            .json(&json!({ "email": "ivo@example.com", "password": password }))
            .send()
    };
    for _ in 0..5 {
        let wrong = attempt("203.0.113.9", "a wrong password").await;
        wrong.refused(401, "unauthenticated");
    }
    let slowed = attempt("203.0.113.9", "a wrong password").await;
    slowed.refused(429, "too_many_requests");
    attempt("198.51.100.9", "correct horse battery").await.ok();
}

#[tokio::test]
async fn a_name_that_nobody_can_have_is_not_kept() {
    let world = World::new().await;
    let email = format!("{}@brightcrate.example", "a".repeat(300));
    let body = json!({ "email": email, "password": "a wrong password" });
    for _ in 0..8 {
        let answer = world.post("/v1/session", &By::Nobody, &body).await;
        answer.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn who_was_let_go_meanwhile_does_nothing_more() {
    let world = World::new().await;
    let key = world.full_key().await;
    let id = world.waiting(&key).await;
    let (ada, by) = world.agent("Ada", Role::Agent).await;
    let (_, owner) = world.agent("Olga", Role::Owner).await;
    let take = format!("/v1/conversations/{id}/take");
    let taken = world.post(&take, &by, &json!({})).await.ok();
    let change = json!({ "is_active": false });
    let path = format!("/v1/agents/{ada}");
    let answer = world.write(Method::PATCH, &path, &owner, &change).await;
    answer.ok();
    // As a request goes on whose head came before and whose body comes now.
    let caller = Caller::new(world.workspace, Actor::Agent(ada));
    let epoch = taken["epoch"].as_u64().unwrap();
    let epoch = Epoch(epoch.try_into().unwrap());
    let conversation = id.parse().unwrap();
    let said = world
        .service
        .reply(&caller, conversation, (ada, epoch), "Still here.")
        .await;
    assert!(matches!(said, Err(Failure::Forbidden(_))));
    let key = world
        .service
        .create_key(&caller, ("late", vec![Scope::TurnWrite]), 1, |_| {
            String::new()
        })
        .await;
    assert!(matches!(key, Err(Failure::Forbidden(_))));
}

/// The page's ping keeps what was said last, also where that is just being written.
#[tokio::test]
async fn a_choice_of_presence_is_not_overtaken_by_a_ping() {
    let world = World::new().await;
    let (ada, _) = world.agent("Ada Example", Role::Agent).await;
    let (service, desk) = (&world.service, &world.desk);
    let lease = Span::seconds(30);
    let away = service.set_presence(desk, ada, Presence::Away, lease);
    away.await.unwrap();
    let turn = desk.presence_turn().await;
    let chosen = service.set_presence(desk, ada, Presence::Available, lease);
    let renewed = service.renew_presence(desk, ada, lease);
    let (chosen, renewed, ()) = tokio::join!(chosen, renewed, async { drop(turn) });
    chosen.unwrap();
    renewed.unwrap();
    assert_eq!(desk.presence_said(ada), Some(Presence::Available));
}
