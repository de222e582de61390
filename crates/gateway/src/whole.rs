//! An answer that comes as a whole: nothing of it is shown before it was judged.

use std::time::Duration;

use segue_model::turn::{ToolCall, ToolStatus};
use segue_outbound::{Response, bounded};
use segue_service::Failure;
use segue_service::speech::Speech;
use tokio::time::Instant;

use crate::ending::{End, Telling, Words};
use crate::events::{Chunk, Sureness};
use crate::upstream::{ANSWER_BYTES_MAX, Failed};

/// How often it is looked whether the deadline comes near.
const BEAT: Duration = Duration::from_secs(3);

/// What came of asking the model.
pub(crate) enum Came {
    /// Its answer, byte by byte.
    Answer(Vec<u8>),
    /// No answer that counts.
    Failed(Failed),
    /// The floor passed meanwhile; the call was dropped.
    Cut,
}

/// Waits for the whole answer, unless the floor passes meanwhile.
pub(crate) async fn wait(
    telling: &Telling,
    speech: &Speech,
    asking: impl Future<Output = Result<Response, Failed>>,
    within: Duration,
) -> Came {
    let by = Instant::now() + within;
    let read = async {
        let response = asking.await?;
        let body = bounded(response, ANSWER_BYTES_MAX).await;
        body.map_err(|error| Failed::Broken(error.to_string()))
    };
    let mut read = std::pin::pin!(read);
    loop {
        tokio::select! {
            biased;
            () = speech.cut().cancelled() => return Came::Cut,
            body = read.as_mut() => return match body {
                Ok(body) => Came::Answer(body.to_vec()),
                Err(failed) => Came::Failed(failed),
            },
            () = tokio::time::sleep_until(by) => return Came::Failed(Failed::TimedOut(within.as_millis())),
            () = tokio::time::sleep(BEAT) => {
                let service = telling.api.service();
                let answer = (telling.epoch, telling.turn);
                let caller = telling.caller();
                let beat = service.still_answering(&caller, telling.conversation, answer);
                if let Err(error) = beat.await {
                    tracing::debug!(%error, "an answer that is on its way was not noted");
                }
            }
        }
    }
}

/// What a whole answer says and does.
pub(crate) async fn end(
    telling: &Telling,
    body: &[u8],
    tools: Vec<ToolCall>,
    is_ours: impl Fn(&str) -> bool,
) -> Result<End, Failure> {
    let mut words = Words::default();
    words.scores.tool_calls = tools;
    let chunk: Chunk = match serde_json::from_slice(body) {
        Ok(chunk) => chunk,
        Err(error) => {
            let failed = Failed::Unreadable(error.to_string());
            return telling.fail(&failed, words).await;
        }
    };
    let Some(choice) = chunk.choices.into_iter().next() else {
        let failed = Failed::Unreadable("it has no `choices`".to_owned());
        return telling.fail(&failed, words).await;
    };
    let mut sureness = Sureness::default();
    sureness.add(choice.logprobs.as_ref());
    words.scores.confidence = sureness.confidence();
    let calls = choice.delta.tool_calls.unwrap_or_default();
    let name = |call: &crate::events::CallDelta| call.function.name.clone().unwrap_or_default();
    if let Some(call) = calls.iter().find(|call| is_ours(&name(call))) {
        let arguments = call.function.arguments.clone().unwrap_or_default();
        return telling.hand_over(&arguments).await;
    }
    words
        .scores
        .tool_calls
        .extend(calls.iter().map(|call| ToolCall {
            name: name(call),
            status: ToolStatus::Ok,
            ms: 0,
        }));
    words.text = choice.delta.content.unwrap_or_default();
    let reason = if choice.delta.refusal.is_some_and(|text| !text.is_empty()) {
        Some("it refused")
    } else if choice.finish_reason.as_deref() == Some("content_filter") {
        Some("its content filter held it back")
    } else if words.text.trim().is_empty() && calls.is_empty() {
        Some("it said nothing")
    } else {
        None
    };
    match reason {
        Some(reason) => telling.fail(&Failed::NoAnswer(reason), words).await,
        None if words.text.trim().is_empty() => Ok(End {
            instead: None,
            standing: telling.after_cut().await?.standing,
        }),
        None => telling.conclude(words).await,
    }
}
