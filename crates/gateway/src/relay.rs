//! A stream on its way: as it comes, but for what may become a promise. It stops within
//! one poll of the floor's passing, the upstream's socket first.

use std::time::Duration;

use bytes::Bytes;
use segue_model::turn::ToolCall;
use segue_model::turn::ToolStatus;
use segue_model::verdict::Verdict;
use segue_outbound::Response;
use segue_service::Failure;
use segue_service::speech::Speech;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::answer::{DONE, Stamp};
use crate::ending::{End, Telling, Words, escalates};
use crate::events::{Chunk, Delta, Events, Sureness, data_of};
use crate::hold::{Hold, Next, Piece};
use crate::settings::Gateway;
use crate::upstream::Failed;

/// How long the rest of a stream may take, once its answer is finished.
const TAIL_WAIT: Duration = Duration::from_secs(2);
/// How often at most it is said that the answer goes on.
const BEAT_MIN: Duration = Duration::from_millis(500);

/// What ends the reading of a stream.
enum Stop {
    /// The model has finished.
    Finished,
    /// The floor has passed, or the customer has written.
    Cut,
    /// Nobody reads any more.
    Left,
    /// The model failed, or gave no answer.
    Failed(Failed),
    /// The policy takes it from the assistant.
    Taken,
    /// The store or the conversation failed.
    Broken(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Broken(failure)
    }
}

/// One stream.
pub(crate) struct Relay {
    pub telling: Telling,
    pub speech: Speech,
    pub client: Sender<Bytes>,
    pub stamp: Stamp,
    pub wants_usage: bool,
    /// Whether a call of this tool is ours.
    pub is_ours: Box<dyn Fn(&str) -> bool + Send + Sync>,
    hold: Hold,
    hold_for: Duration,
    idle: Duration,
    held_since: Option<Instant>,
    words: Words,
    sureness: Sureness,
    /// Calls of the client's tools, by name.
    called: Vec<String>,
    /// The arguments of our own tool, once it was called, and its place.
    ours: Option<(u32, String)>,
    /// Why the model finished, and what came from then on.
    finish: Option<String>,
    last: Vec<Bytes>,
    refused: bool,
    beat: Option<Instant>,
}

impl Relay {
    /// A stream that begins.
    pub fn new(
        telling: Telling,
        speech: Speech,
        client: Sender<Bytes>,
        (stamp, wants_usage): (Stamp, bool),
        (gateway, tools): (&Gateway, Vec<ToolCall>),
        is_ours: Box<dyn Fn(&str) -> bool + Send + Sync>,
    ) -> Self {
        let mut words = Words::default();
        words.scores.tool_calls = tools;
        Self {
            telling,
            speech,
            client,
            stamp,
            wants_usage,
            is_ours,
            hold: Hold::new(gateway.hold_back_tokens),
            hold_for: gateway.hold_back,
            idle: gateway.idle,
            held_since: None,
            words,
            sureness: Sureness::default(),
            called: Vec::new(),
            ours: None,
            finish: None,
            last: Vec::new(),
            refused: false,
            beat: None,
        }
    }

    /// Passes it on to its end. `first_by` is when the first token has to be there.
    pub async fn run(mut self, response: Response, first_by: Instant) {
        let stop = match self.read(response, first_by).await {
            Ok(()) => Stop::Finished,
            Err(stop) => stop,
        };
        // The upstream's socket is closed by now: `read` held the response.
        let ended = self.end(stop).await;
        if let Err(error) = ended {
            tracing::error!(conversation.id = %self.telling.conversation, %error, "an answer could not be ended");
            self.broken_off().await;
        }
        self.speech.end();
    }

    async fn read(&mut self, mut response: Response, first_by: Instant) -> Result<(), Stop> {
        let mut events = Events::default();
        let mut by = first_by;
        self.beat = Some(Instant::now() + BEAT_MIN);
        loop {
            let held_until = self.held_since.map(|since| since + self.hold_for);
            let beat = self.beat;
            let cut = self.speech.cut().clone();
            tokio::select! {
                biased;
                () = cut.cancelled() => return Err(Stop::Cut),
                () = self.client.closed() => return Err(Stop::Left),
                () = at(held_until) => self.judge().await?,
                () = at(beat) => self.say_that_it_goes_on().await?,
                chunk = timeout_at(by, response.chunk()) => match chunk {
                    Err(_) if self.finish.is_some() => return Ok(()),
                    Err(_) => return Err(Stop::Failed(Failed::TimedOut(self.idle.as_millis()))),
                    Ok(Err(_)) | Ok(Ok(None)) if self.finish.is_some() => return Ok(()),
                    Ok(Err(error)) => {
                        let error = segue_outbound::OutboundError::from(error);
                        return Err(Stop::Failed(Failed::Broken(error.to_string())));
                    }
                    Ok(Ok(None)) => {
                        let reason = "the stream ended before its answer".to_owned();
                        return Err(Stop::Failed(Failed::Broken(reason)));
                    }
                    Ok(Ok(Some(chunk))) => {
                        let whole = events.push(&chunk).map_err(|error| {
                            Stop::Failed(Failed::Unreadable(error.to_string()))
                        })?;
                        for event in whole {
                            if self.take(event).await? {
                                return Ok(());
                            }
                        }
                        let wait = if self.finish.is_some() { TAIL_WAIT } else { self.idle };
                        by = Instant::now() + wait;
                    }
                },
            }
        }
    }

    /// Takes an event; `true` if it was the last.
    async fn take(&mut self, raw: Bytes) -> Result<bool, Stop> {
        let Some(data) = data_of(&raw) else {
            self.pass(Piece {
                raw,
                text: String::new(),
            })
            .await?;
            return Ok(false);
        };
        if data == b"[DONE]" {
            self.last.push(raw);
            return Ok(true);
        }
        let chunk: Chunk = serde_json::from_slice(&data)
            .map_err(|error| Stop::Failed(Failed::Unreadable(error.to_string())))?;
        if let Some(error) = chunk.error {
            let message = error["message"].as_str().unwrap_or("an error").to_owned();
            return Err(Stop::Failed(Failed::Refused {
                status: 200,
                message,
            }));
        }
        self.stamp.take(&chunk);
        let choice = chunk.choices.into_iter().next().unwrap_or_default();
        self.sureness.add(choice.logprobs.as_ref());
        let is_swallowed = self.note_calls(&choice.delta);
        self.refused |= choice.delta.refusal.is_some_and(|text| !text.is_empty());
        if choice.finish_reason.is_some() {
            self.finish = choice.finish_reason;
        }
        let text = choice.delta.content.unwrap_or_default();
        if self.ours.is_some() || is_swallowed || self.refused {
            // What follows a call for a person is said by the system, not by the model.
            return Ok(false);
        }
        if self.finish.is_some() {
            self.words.text.push_str(&text);
            self.last.push(raw);
            return Ok(false);
        }
        self.pass(Piece { raw, text }).await?;
        Ok(false)
    }

    /// Notes calls of tools; whether the event belongs to ours.
    fn note_calls(&mut self, delta: &Delta) -> bool {
        let mut is_swallowed = false;
        for call in delta.tool_calls.iter().flatten() {
            let name = call
                .function
                .name
                .as_deref()
                .filter(|name| !name.is_empty());
            if let Some(name) = name {
                if (self.is_ours)(name) && self.ours.is_none() {
                    self.ours = Some((call.index, String::new()));
                } else {
                    self.called.push(name.to_owned());
                }
            }
            if let Some((index, arguments)) = &mut self.ours {
                is_swallowed = true;
                if *index == call.index {
                    arguments.push_str(call.function.arguments.as_deref().unwrap_or_default());
                }
            }
        }
        is_swallowed
    }

    async fn pass(&mut self, piece: Piece) -> Result<(), Stop> {
        self.words.text.push_str(&piece.text);
        match self.hold.push(piece) {
            Next::Pass(pieces) => self.show(pieces).await?,
            Next::Judge => return self.judge().await,
        }
        self.note_held();
        Ok(())
    }

    fn note_held(&mut self) {
        let since = self.held_since.or_else(|| Some(Instant::now()));
        self.held_since = since.filter(|_| !self.hold.is_empty());
    }

    /// Has what was said so far judged before more of it is shown.
    async fn judge(&mut self) -> Result<(), Stop> {
        let verdict = self.verdict().await?;
        if escalates(&verdict) {
            return Err(Stop::Taken);
        }
        let pieces = self.hold.settle();
        self.show(pieces).await?;
        self.held_since = None;
        self.note_held();
        Ok(())
    }

    async fn verdict(&self) -> Result<Verdict, Failure> {
        let mut scores = self.words.scores.clone();
        scores.tool_calls.extend(self.calls());
        let telling = &self.telling;
        let (workspace, conversation) = (telling.workspace, telling.conversation);
        let service = telling.api.service();
        service
            .judge_words(workspace, conversation, &self.words.text, (&scores, true))
            .await
    }

    /// The tools that the model calls now: what it says of them is under way.
    fn calls(&self) -> impl Iterator<Item = ToolCall> + '_ {
        self.called.iter().map(|name| ToolCall {
            name: name.clone(),
            status: ToolStatus::Ok,
            ms: 0,
        })
    }

    async fn show(&mut self, pieces: Vec<Piece>) -> Result<(), Stop> {
        for Piece { raw, text } in pieces {
            // Said before it is sent: what was sent and is not on record cannot be kept.
            if !text.is_empty() {
                if !self.speech.say(&text) {
                    return Err(Stop::Cut);
                }
                self.words.shown.push_str(&text);
            }
            self.send(raw).await?;
        }
        Ok(())
    }

    async fn send(&self, raw: Bytes) -> Result<(), Stop> {
        tokio::select! {
            biased;
            sent = self.client.send(raw) => sent.map_err(|_| Stop::Left),
            () = self.speech.cut().cancelled() => Err(Stop::Cut),
        }
    }

    /// Nobody is to take a long answer for silence.
    async fn say_that_it_goes_on(&mut self) -> Result<(), Stop> {
        let telling = &self.telling;
        let service = telling.api.service();
        let answer = (telling.epoch, telling.turn);
        let state = service
            .state(telling.workspace, telling.conversation)
            .await?;
        let Some(awaited) = state.awaited else {
            self.beat = None;
            return Ok(());
        };
        let left = Duration::from_millis(awaited.deadline.since(service.now()).millis());
        if self.words.text.is_empty() && self.called.is_empty() {
            // Until the first token it is silent, and its deadline stands.
            self.beat = Some(Instant::now() + BEAT_MIN);
            return Ok(());
        }
        if left > Duration::from_secs(8) {
            self.beat = Some(Instant::now() + left / 2);
            return Ok(());
        }
        self.beat = Some(Instant::now() + BEAT_MIN.max(left / 2));
        let caller = telling.caller();
        match service
            .still_answering(&caller, telling.conversation, answer)
            .await
        {
            // Whoever took the floor cuts it, too.
            Ok(_) | Err(Failure::Refused(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn end(&mut self, stop: Stop) -> Result<(), Failure> {
        self.words.scores.confidence = self.sureness.confidence();
        let calls: Vec<_> = self.calls().collect();
        self.words.scores.tool_calls.extend(calls);
        let end = match stop {
            Stop::Broken(failure) => return Err(failure),
            Stop::Left => return self.left().await,
            Stop::Cut => self.after_cut().await?,
            Stop::Failed(failed) => {
                let words = self.words.clone();
                self.telling.fail(&failed, words).await?
            }
            Stop::Taken => self.conclude().await?,
            Stop::Finished => self.finished().await?,
        };
        self.say_end(end).await;
        Ok(())
    }

    async fn finished(&mut self) -> Result<End, Failure> {
        if let Some((_, arguments)) = self.ours.take() {
            return self.telling.hand_over(&arguments).await;
        }
        if self.refused || self.finish.as_deref() == Some("content_filter") {
            let reason = if self.refused {
                "it refused"
            } else {
                "its content filter held it back"
            };
            let words = self.words.clone();
            return self.telling.fail(&Failed::NoAnswer(reason), words).await;
        }
        if self.words.text.trim().is_empty() && self.called.is_empty() {
            let words = self.words.clone();
            let failed = Failed::NoAnswer("it said nothing");
            return self.telling.fail(&failed, words).await;
        }
        self.conclude().await
    }

    async fn conclude(&self) -> Result<End, Failure> {
        if self.words.text.trim().is_empty() {
            // It only calls tools; its answer comes with the next request.
            return Ok(End {
                instead: None,
                standing: self.telling.after_cut().await?.standing,
            });
        }
        self.telling.conclude(self.words.clone()).await
    }

    /// What was shown was kept by whoever cut it. A cut for nothing leaves the floor where
    /// it was: then it is kept here.
    async fn after_cut(&self) -> Result<End, Failure> {
        let telling = &self.telling;
        let service = telling.api.service();
        let state = service
            .state(telling.workspace, telling.conversation)
            .await?;
        let is_ours =
            state.epoch == telling.epoch && state.last_customer_turn == Some(telling.turn);
        if is_ours && !state.is_answered(Some(telling.turn)) {
            self.keep_shown().await?;
        }
        telling.after_cut().await
    }

    async fn keep_shown(&self) -> Result<(), Failure> {
        if self.words.shown.trim().is_empty() {
            return Ok(());
        }
        let words = Words {
            text: self.words.shown.clone(),
            is_cut: true,
            ..self.words.clone()
        };
        self.telling.conclude(words).await?;
        Ok(())
    }

    /// The client is gone: what was shown stays. Where nothing was, the customer still
    /// waits, and without a further request the deadline brings a person.
    async fn left(&self) -> Result<(), Failure> {
        if self.finish.is_some() && self.ours.is_none() {
            // The whole answer was on its way.
            self.conclude().await?;
            return Ok(());
        }
        self.keep_shown().await
    }

    async fn say_end(&mut self, end: End) {
        let End { instead, standing } = end;
        let Some(text) = instead else {
            let last = std::mem::take(&mut self.last);
            let pieces = self.hold.all();
            let is_ended = last.iter().any(|event| event.as_ref() == DONE);
            for raw in pieces.into_iter().map(|piece| piece.raw).chain(last) {
                drop(self.client.send(raw).await);
            }
            if self.finish.is_none() {
                for event in self.stamp.ends(&standing, self.wants_usage) {
                    drop(self.client.send(event).await);
                }
            } else if !is_ended {
                drop(self.client.send(Bytes::from_static(DONE)).await);
            }
            return;
        };
        if !text.is_empty() {
            let needs_gap = !self.words.shown.trim_end().is_empty();
            let text = if needs_gap {
                format!("\n\n{text}")
            } else {
                text
            };
            drop(self.client.send(self.stamp.says(&text)).await);
        }
        for event in self.stamp.ends(&standing, self.wants_usage) {
            drop(self.client.send(event).await);
        }
    }

    /// Nothing is certain any more but that the stream has to end.
    async fn broken_off(&self) {
        drop(self.client.send(Bytes::from_static(DONE)).await);
    }
}

/// Rings at a time, or never.
async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
