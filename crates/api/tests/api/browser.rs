//! Writes with a cookie come from the console's own page (S-5).

use axum::http::Method;
use segue_ports::directory::Role;
use serde_json::json;

use super::world::World;

/// The matrix: headers, and whether the write is let through.
const MATRIX: &[(&[(&str, &str)], bool)] = &[
    (&[], false),
    (&[("x-segue", "1")], false),
    (&[("sec-fetch-site", "same-origin")], false),
    (&[("x-segue", "1"), ("sec-fetch-site", "same-origin")], true),
    (&[("x-segue", "1"), ("sec-fetch-site", "none")], true),
    (&[("x-segue", "1"), ("sec-fetch-site", "same-site")], false),
    (&[("x-segue", "1"), ("sec-fetch-site", "cross-site")], false),
    (
        &[("x-segue", "0"), ("sec-fetch-site", "same-origin")],
        false,
    ),
    (
        &[
            ("x-segue", "1"),
            ("host", "segue.example"),
            ("origin", "https://segue.example"),
        ],
        true,
    ),
    (
        &[
            ("x-segue", "1"),
            ("host", "segue.example"),
            ("origin", "https://evil.example"),
        ],
        false,
    ),
    (
        &[
            ("x-segue", "1"),
            ("host", "segue.example"),
            ("origin", "null"),
        ],
        false,
    ),
    // The browser's word goes before the origin.
    (
        &[
            ("x-segue", "1"),
            ("host", "a.example"),
            ("origin", "https://a.example"),
            ("sec-fetch-site", "cross-site"),
        ],
        false,
    ),
];

#[tokio::test]
async fn the_matrix_of_headers() {
    let world = World::new().await;
    let (_, by) = world.agent("Ada", Role::Agent).await;
    for (headers, is_let_through) in MATRIX {
        for (method, path) in [
            (Method::PUT, "/v1/me/presence"),
            (Method::POST, "/v1/live/ticket"),
        ] {
            let mut ask = world.ask(method, path, &by);
            for (name, value) in *headers {
                ask = ask.header(name, value);
            }
            let body = if path.ends_with("presence") {
                json!({ "presence": "away" })
            } else {
                json!({})
            };
            let answer = ask.json(&body).send().await;
            match is_let_through {
                true => assert_eq!(answer.status, 200, "{headers:?} {}", answer.body),
                false => answer.refused(403, "cross_site"),
            }
        }
    }
}

#[tokio::test]
async fn sign_in_is_guarded_as_well() {
    let world = World::new().await;
    let body = json!({ "email": "a@example.com", "password": "x" });
    for path in [
        "/v1/session",
        "/v1/session/link",
        "/v1/invitations/accept",
        "/v1/setup",
    ] {
        let ask = world.ask(Method::POST, path, &super::world::By::Nobody);
        ask.json(&body).send().await.refused(403, "cross_site");
    }
}

#[tokio::test]
async fn reads_and_programs_need_no_header() {
    let world = World::new().await;
    let (_, by) = world.agent("Ada", Role::Agent).await;
    assert_eq!(world.get("/v1/me", &by).await.status, 200);
    let key = world.full_key().await;
    let ask = world
        .ask(Method::POST, "/v1/conversations", &key)
        .json(&json!({}));
    assert_eq!(ask.send().await.status, 201);
}
