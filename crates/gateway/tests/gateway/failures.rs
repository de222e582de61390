//! The model fails: the policy says what follows, and the customer never reads why.

use serde_json::json;

use crate::model::{Does, chunk, words};
use crate::world::World;

const ASKS: &str = "How do I change my password?";

#[tokio::test]
async fn whatever_fails_becomes_a_signal_and_not_an_error() {
    let refused = json!({"error": {"message": "secret stack trace of the vendor"}});
    let no_json = json!("not a completion");
    let cases = [
        (Does::Answers(500, refused.clone()), "refused", true),
        (Does::Answers(429, refused.clone()), "refused", true),
        (Does::Answers(401, refused), "refused", true),
        (Does::Answers(200, no_json), "unreadable", false),
        (Does::Silent, "timed_out", true),
        (Does::Hangs(""), "timed_out", true),
        (Does::BreaksOff(""), "broken", true),
    ];
    for (does, outcome, both) in cases {
        for is_stream in [true, false] {
            if !is_stream && matches!(does, Does::Hangs(_) | Does::BreaksOff(_))
                || is_stream && !both
            {
                continue;
            }
            let world = World::new().await;
            world.model.next(does.clone());
            let came = world.says("a", ASKS, is_stream).await;
            assert_eq!(came.status, 200, "{does:?}");
            assert_eq!(came.finish(), "stop", "{does:?}");
            let note = came.note();
            assert_eq!(note["upstream"]["outcome"], outcome, "{does:?} {note}");
            assert_eq!(note["floor"], "queue", "{does:?} {note}");
            assert!(!came.text().contains("secret"), "{does:?}");
            let log = world.log(came.conversation()).await;
            let notice = log.last().unwrap().strip_prefix("system: ").unwrap();
            assert_eq!(came.text(), notice, "{does:?}");
        }
    }
}

#[tokio::test]
async fn what_was_shown_before_it_broke_off_stays() {
    let world = World::new().await;
    world
        .model
        .next(Does::BreaksOff("Open the settings page and then "));
    let came = world.says("a", ASKS, true).await;
    let text = came.text();
    assert!(
        text.starts_with("Open the settings page and then \n\n"),
        "{text}"
    );
    let log = world.log(came.conversation()).await;
    assert_eq!(log[1], "assistant: Open the settings page and then  -");
    assert!(log.last().unwrap().starts_with("system: "), "{log:#?}");
}

#[tokio::test]
async fn a_refusal_is_a_fallback_and_the_second_one_a_person() {
    let world = World::new().await;
    let filtered = vec![chunk(json!({}), Some("content_filter"))];
    let refusal = vec![
        chunk(json!({"refusal": "I will not answer."}), None),
        chunk(json!({}), Some("stop")),
    ];
    world.model.next(Does::Sends(filtered));
    let first = world.says("a", ASKS, true).await;
    assert_eq!(first.note()["floor"], "assistant");
    assert_eq!(first.note()["upstream"]["outcome"], "no_answer");
    let log = world.log(first.conversation()).await;
    assert_eq!(log[1], format!("assistant: {}", first.text()));
    world.model.next(Does::Sends(refusal));
    let second = world
        .says("a", "I mean the sign-in at the counter", true)
        .await;
    assert_eq!(second.note()["floor"], "queue", "{}", second.body);
    assert!(!second.text().contains("I will not answer"));
}

#[tokio::test]
async fn an_answer_of_no_words_is_not_silence() {
    let world = World::new().await;
    world
        .model
        .next(Does::Sends(vec![chunk(json!({}), Some("stop"))]));
    let came = world.says("a", ASKS, true).await;
    assert!(!came.text().is_empty());
}

#[tokio::test]
async fn a_sure_answer_is_said_and_an_unsure_one_is_not() {
    let world = World::new().await;
    let scored = |logprob: f64| {
        let message = json!({"role": "assistant", "content": "Under Settings."});
        json!({"id": "1", "choices": [{"index": 0, "message": message, "finish_reason": "stop",
            "logprobs": {"content": [{"token": "Under", "logprob": logprob}]}}]})
    };
    world.model.next(Does::Answers(200, scored(-0.05)));
    let sure = world.says("a", ASKS, false).await;
    assert_eq!(sure.text(), "Under Settings.");
    world.model.next(Does::Answers(200, scored(-2.0)));
    let unsure = world.says("b", ASKS, false).await;
    assert_ne!(unsure.text(), "Under Settings.");
    let log = world.log(unsure.conversation()).await;
    let withheld = "[assistant: Under Settings.]".to_owned();
    assert!(log.contains(&withheld), "{log:#?} {unsure:?}");
}

#[tokio::test]
async fn a_model_that_asks_for_a_person_gets_one() {
    let arguments = json!({"reason": "cannot help", "urgency": "high"}).to_string();
    let mut sent = words("Let me see. ");
    let begin = json!({"tool_calls": [{"index": 0, "id": "1", "type": "function", "function": {"name": "request_human", "arguments": ""}}]});
    sent.push(chunk(begin, None));
    for part in [arguments.get(..9).unwrap(), arguments.get(9..).unwrap()] {
        sent.push(chunk(
            json!({"tool_calls": [{"index": 0, "function": {"arguments": part}}]}),
            None,
        ));
    }
    sent.push(chunk(json!({}), Some("tool_calls")));
    let world = World::new().await;
    world.model.next(Does::Sends(sent));
    let came = world.says("a", ASKS, true).await;
    assert!(!came.body.contains("request_human"), "{}", came.body);
    assert_eq!(came.finish(), "stop");
    assert_eq!(came.note()["floor"], "queue");
    let log = world.log(came.conversation()).await;
    let notice = log.last().unwrap().strip_prefix("system: ").unwrap();
    assert_eq!(came.text(), format!("Let me see. \n\n{notice}"));
    assert_eq!(log[1], "assistant: Let me see.  -");

    let call = json!({"id": "1", "type": "function", "function": {"name": "request_human", "arguments": "{}"}});
    let message = json!({"role": "assistant", "content": null, "tool_calls": [call]});
    let whole = json!({"id": "1", "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}]});
    world.model.next(Does::Answers(200, whole));
    let came = world.says("b", ASKS, false).await;
    assert_eq!(
        (came.finish(), came.note()["floor"].clone()),
        (json!("stop"), json!("queue"))
    );
    assert!(!came.body.contains("request_human"), "{}", came.body);
}
