//! The client against a model that does everything wrong (F20, F23, S-19, S-24).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use segue_llm::{Client, Settings};
use segue_model::id::WorkspaceId;
use segue_model::time::Span;
use segue_ports::language_model::{Ask, LanguageModel, ModelError, Purpose, Shape};
use segue_testkit::ManualClock;
use segue_testkit::model::{Act, ScriptedModel};
use serde_json::json;

/// Short, so that what never answers costs little.
const TIMEOUT_MS: u64 = 300;

struct World {
    model: ScriptedModel,
    clock: Arc<ManualClock>,
    client: Client,
}

fn world(act: Act) -> World {
    world_with(act, |_| {})
}

fn world_with(act: Act, change: impl FnOnce(&mut Settings)) -> World {
    let model = ScriptedModel::always(act);
    let clock = Arc::new(ManualClock::default());
    let mut settings = Settings::at(model.url(), "small");
    settings.timeout_ms = TIMEOUT_MS;
    change(&mut settings);
    let client = Client::new(settings, Arc::clone(&clock) as _).unwrap();
    World {
        model,
        clock,
        client,
    }
}

fn ask(text: &str) -> Ask {
    Ask {
        workspace: WorkspaceId::nil(),
        purpose: Purpose::Summary,
        instructions: "Summarize.".to_owned(),
        data: json!({"turns": [{"number": 1, "text": text}]}),
        shape: None,
        tokens_max: 100,
        names: vec!["Mona Quist".to_owned()],
    }
}

async fn whole(client: &Client, ask: Ask) -> Result<String, ModelError> {
    let mut words = client.stream(ask).await?;
    let mut text = String::new();
    while let Some(piece) = words.next().await? {
        text.push_str(&piece);
    }
    Ok(text)
}

const PRIVATE: &str = "I am Mona, mona.q@example.com, +49 170 5550123, IBAN DE89370400440532013000, \
                       card 4111 1111 1111 1111, password hunter22, order #4417";

#[tokio::test]
async fn what_is_private_never_leaves_and_comes_back() {
    let words = "Mail [EMAIL_1] or [PHONE_1], [NAME_1]; not [CARD_1].";
    let there = world(Act::Say(words.to_owned()));
    let back = "Mail mona.q@example.com or +49 170 5550123, Mona; not [card number].";
    assert_eq!(
        there.client.complete(ask(PRIVATE)).await.unwrap().text,
        back
    );
    assert_eq!(whole(&there.client, ask(PRIVATE)).await.unwrap(), back);
    for asked in there.model.asked() {
        for canary in ["Mona", "mona.q", "5550123", "DE8937", "4111", "hunter22"] {
            assert!(!asked.raw.contains(canary), "{canary} left: {}", asked.raw);
        }
        assert!(asked.raw.contains("#4417"), "what it is about goes along");
        assert_eq!(asked.path, "/v1/chat/completions");
        assert_eq!(asked.body["store"], json!(false));
    }
    assert_eq!(there.model.asked().len(), 2);
}

#[tokio::test]
async fn terms_of_the_workspace_stay_and_redaction_can_be_left_out() {
    let there = world_with(Act::Say("ok".to_owned()), |it| {
        it.terms = vec!["Heron".to_owned()]
    });
    there
        .client
        .complete(ask("the heron launch"))
        .await
        .unwrap();
    assert!(!there.model.asked()[0].raw.contains("heron"));
    let there = world_with(Act::Say("ok".to_owned()), |it| it.redact = false);
    there.client.complete(ask(PRIVATE)).await.unwrap();
    assert!(there.model.asked()[0].raw.contains("hunter22"));
}

#[tokio::test]
async fn a_shape_is_asked_for_strictly_and_lifted_text_by_text() {
    let there = world(Act::Say(r#"{"a":"[NAME_1] \"x\""}"#.to_owned()));
    let mut shaped = ask("call me \"Mona Quist\"");
    shaped.shape = Some(Shape {
        name: "packet",
        schema: json!({"type": "object"}),
    });
    let reply = there.client.complete(shaped).await.unwrap();
    assert_eq!(reply.text, r#"{"a":"Mona Quist \"x\""}"#);
    assert_eq!((reply.model.as_str(), reply.tokens), ("scripted", 64));
    let format = &there.model.asked()[0].body["response_format"];
    assert_eq!(format["type"], "json_schema");
    assert_eq!(format["json_schema"]["strict"], json!(true));
}

#[tokio::test]
async fn whatever_the_model_does_wrong_has_a_name_and_an_end() {
    let pause = Duration::from_millis(40);
    let cases = [
        (Act::Stall, "timeout", "timeout"),
        (Act::Drip("hello".to_owned(), pause), "timeout", "timeout"),
        (
            Act::SaySlowly("a ".repeat(400), pause),
            "timeout",
            "timeout",
        ),
        (Act::Status(500), "status", "status"),
        (Act::Status(429), "status", "status"),
        (Act::HangUp, "failed", "failed"),
        (Act::Refuse, "refused", "cut"),
        (Act::Filter, "refused", "cut"),
        (Act::Raw("{}".to_owned()), "unreadable", "cut"),
        (Act::Raw("<html>".to_owned()), "unreadable", "cut"),
        (Act::Raw("a".repeat(1 << 20)), "unreadable", "cut"),
        (
            Act::BreakOff("one two three".to_owned(), 2),
            "unreadable",
            "cut",
        ),
    ];
    for (act, complete, stream) in cases {
        let there = world(act.clone());
        let begun = Instant::now();
        let error = there.client.complete(ask("hi")).await.unwrap_err();
        assert_eq!(error.word(), complete, "{act:?}: {error}");
        let error = whole(&there.client, ask("hi")).await.unwrap_err();
        assert_eq!(error.word(), stream, "{act:?}: {error}");
        // Twice the deadline and room for a slow machine; a drip alone would take longer.
        assert!(
            begun.elapsed() < Duration::from_millis(TIMEOUT_MS * 10),
            "{act:?}"
        );
    }
    // A refusal or an error within a stream, as their events say it.
    for (event, word) in [
        (r#"{"choices":[{"delta":{"refusal":"no"}}]}"#, "refused"),
        (
            r#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#,
            "refused",
        ),
        (
            r#"{"choices":[{"delta":{"content":"x"},"finish_reason":"length"}]}"#,
            "cut",
        ),
        (r#"{"error":{"message":"overloaded"}}"#, "failed"),
        ("{", "unreadable"),
    ] {
        let there = world(Act::Raw(format!("data: {event}\n\n")));
        let error = whole(&there.client, ask("hi")).await.unwrap_err();
        assert_eq!(error.word(), word, "{event}");
    }
}

#[tokio::test]
async fn a_model_that_keeps_failing_is_left_alone_and_tried_again() {
    let there = world(Act::Status(503));
    for _ in 0..5 {
        assert_eq!(
            there.client.complete(ask("hi")).await,
            Err(ModelError::Status(503))
        );
    }
    assert_eq!(
        there.client.complete(ask("hi")).await,
        Err(ModelError::BreakerOpen)
    );
    assert_eq!(there.model.asked().len(), 5, "nobody was called");
    there.clock.advance(Span::seconds(31));
    assert_eq!(
        there.client.complete(ask("hi")).await,
        Err(ModelError::Status(503))
    );
    assert_eq!(
        there.client.complete(ask("hi")).await,
        Err(ModelError::BreakerOpen)
    );
}

#[tokio::test]
async fn the_budget_of_a_day_is_kept_before_anything_leaves() {
    let there = world_with(Act::Say("ok".to_owned()), |it| it.tokens_per_day = 1_000);
    let mut calls = 0;
    while there.client.complete(ask("hi")).await.is_ok() {
        calls += 1;
        assert!(calls < 100);
    }
    assert_eq!(
        there.client.complete(ask("hi")).await,
        Err(ModelError::Budget { limit: 1_000 })
    );
    assert_eq!(there.model.asked().len(), calls);
    // 64 tokens a call, and what one may cost at most has to fit.
    assert!((8..=15).contains(&calls), "{calls}");
    there.clock.advance(Span::hours(24));
    assert!(there.client.complete(ask("hi")).await.is_ok());
}

#[tokio::test]
async fn dropping_a_stream_ends_the_call() {
    let there = world_with(
        Act::SaySlowly("word ".repeat(500), Duration::from_millis(5)),
        |it| it.timeout_ms = 10_000,
    );
    let mut words = there.client.stream(ask("hi")).await.unwrap();
    assert!(words.next().await.unwrap().is_some());
    let cut = Instant::now();
    drop(words);
    while there.model.left().is_empty() {
        assert!(cut.elapsed() < Duration::from_secs(5));
        tokio::task::yield_now().await;
    }
    let took = there.model.left()[0].duration_since(cut);
    println!("the model learned of the cut after {took:?}");
    // It says nothing about the model: the next call goes out.
    assert!(there.client.stream(ask("hi")).await.is_ok());
}

#[tokio::test]
async fn the_key_goes_along_and_a_wrong_setting_is_told() {
    let model = ScriptedModel::always(Act::Say("ok".to_owned()));
    let folder = segue_testkit::TempFolder::new();
    let file = folder.path().join("key");
    std::fs::write(&file, "sk-0000\n").unwrap();
    let mut settings = Settings::at(model.url(), "small");
    settings.key_file = Some(file);
    let clock = || Arc::new(ManualClock::default()) as _;
    let client = Client::new(settings.clone(), clock()).unwrap();
    client.complete(ask("hi")).await.unwrap();
    assert_eq!(
        model.asked()[0].authorization.as_deref(),
        Some("Bearer sk-0000")
    );
    assert!(!format!("{client:?}").contains("sk-0000"));
    for wrong in [
        Settings {
            timeout_ms: 0,
            ..settings.clone()
        },
        Settings {
            name: " ".to_owned(),
            ..settings.clone()
        },
        Settings {
            url: "ftp://x".to_owned(),
            ..settings.clone()
        },
        Settings {
            key_env: Some("X".to_owned()),
            ..settings.clone()
        },
    ] {
        assert!(Client::new(wrong, clock()).is_err());
    }
}
