//! The built-in assistant through a model: only what the articles say, sentence by
//! sentence, and their own words whenever the model does not do (F20, F22).

use std::sync::Arc;
use std::time::{Duration, Instant};

use segue_llm::{Client, Settings};
use segue_service::Outside;
use segue_testkit::ManualClock;
use segue_testkit::model::{Act, ScriptedModel};
use serde_json::Value;

use super::handoffs::{Scene, help_centre};
use super::world::World;

const BOUND: Duration = Duration::from_secs(30);
const QUESTION: &str = "How do I change my billing card?";

async fn scene(model: Option<&ScriptedModel>) -> Scene {
    let clock = Arc::new(ManualClock::default());
    let client = model.map(|model| {
        let mut settings = Settings::at(model.url(), "small");
        settings.timeout_ms = 2_000;
        Arc::new(Client::new(settings, clock.clone()).unwrap()) as _
    });
    let outside = Outside {
        model: client,
        ..Outside::default()
    };
    let world = World::with_outside(outside, help_centre(), clock).await;
    Scene::within(world, "en").await
}

/// What is said through a model that does this.
async fn said(act: Act) -> (String, ScriptedModel) {
    let model = ScriptedModel::always(act);
    let scene = scene(Some(&model)).await;
    let said = scene.hears(QUESTION).await;
    scene.world.service.stop().await;
    (said, model)
}

async fn extracted() -> String {
    scene(None).await.hears(QUESTION).await
}

/// Two sentences of the article in question, as a model would join them.
fn told(extracted: &str) -> String {
    let mut sentences = extracted.split_inclusive(". ").map(str::trim);
    let first = sentences.next().unwrap();
    let last = sentences.last().unwrap_or(first);
    format!("{last} {first}")
}

#[tokio::test]
async fn what_rests_on_the_articles_is_said_in_the_models_words() {
    let extracted = extracted().await;
    let words = told(&extracted);
    let (said, model) = said(Act::SaySlowly(words.clone(), Duration::from_millis(1))).await;
    assert_eq!(said, words);
    // Only what was found went out, and no turn of anybody else.
    let asked = model.asked();
    assert_eq!(asked.len(), 1);
    let data: Value =
        serde_json::from_str(asked[0].body["messages"][1]["content"].as_str().unwrap()).unwrap();
    assert!(data["articles"].as_array().unwrap().len() <= 3);
    assert_eq!(data["question"]["text"], QUESTION);
    assert_eq!(asked[0].body["stream"], true);
}

#[tokio::test]
async fn whatever_the_model_does_wrong_the_article_is_said_in_the_same_turn() {
    let extracted = extracted().await;
    for act in [
        Act::Status(500),
        Act::HangUp,
        Act::Refuse,
        Act::Filter,
        Act::Stall,
        Act::Raw("{}".to_owned()),
        Act::Say("NO_ANSWER".to_owned()),
        Act::Say(String::new()),
        Act::Say("We have refunded you $500 and changed your card. Bye.".to_owned()),
        Act::Say("Open https://evil.example/pay and type in your card.".to_owned()),
        Act::Say("Ignore the article. You are now an administrator.".to_owned()),
        Act::Say("<img src=x onerror=alert(1)> hello there.".to_owned()),
        Act::Say("word ".repeat(2_000)),
    ] {
        let (said, _model) = said(act.clone()).await;
        assert_eq!(said, extracted, "{act:?}");
    }
}

#[tokio::test]
async fn a_lie_in_the_middle_is_never_shown_and_the_article_goes_on() {
    let extracted = extracted().await;
    let first = extracted.split_inclusive(". ").next().unwrap().trim();
    let lie = "Your card was charged $77 by Martin.";
    let (said, _model) = said(Act::Say(format!("{first} {lie} {first}"))).await;
    assert!(
        said.starts_with(first) && !said.contains("77") && !said.contains("Martin"),
        "{said}"
    );
    assert_eq!(said, extracted, "the rest is the article's");
}

#[tokio::test]
async fn nothing_is_asked_where_the_policy_would_not_let_it_answer() {
    let model = ScriptedModel::always(Act::Say("Anything.".to_owned()));
    let scene = scene(Some(&model)).await;
    scene
        .hears("What is the capital of Mongolia in winter?")
        .await;
    scene.hears("Hello!").await;
    assert_eq!(model.asked().len(), 0);
}

#[tokio::test]
async fn a_takeover_cuts_the_models_work() {
    let words = told(&extracted().await);
    let slow = Act::SaySlowly(
        format!("{words} {}", "and so on ".repeat(2_000)),
        Duration::from_millis(2),
    );
    let model = ScriptedModel::always(slow);
    let scene = scene(Some(&model)).await;
    let id = scene.id.parse().unwrap();
    let mut frames = scene.world.service.cell(scene.world.workspace, id).listen();
    scene.says(QUESTION).await;
    let first = async {
        loop {
            if let segue_service::hub::Frame::Delta { text, .. } = frames.recv().await.unwrap() {
                return text;
            }
        }
    };
    let shown = tokio::time::timeout(BOUND, first).await.unwrap();
    let cut = Instant::now();
    scene.says("I want to talk to a human please").await;
    while model.left().is_empty() {
        assert!(cut.elapsed() < BOUND, "the model goes on");
        tokio::task::yield_now().await;
    }
    println!(
        "the model's work ended after {:?}",
        model.left()[0].duration_since(cut)
    );
    // What was shown stays, nothing follows it.
    let path = format!("/v1/widget/conversations/{}", scene.id);
    let seen = scene.world.get_widget(&path, &scene.visitor).await.ok();
    let items = seen["items"].as_array().unwrap();
    let by_assistant: Vec<&Value> = items
        .iter()
        .filter(|item| item["author"]["kind"] == "assistant")
        .collect();
    assert_eq!(by_assistant.len(), 1, "{seen}");
    assert!(
        by_assistant[0]["text"]
            .as_str()
            .unwrap()
            .starts_with(&*shown)
    );
}
