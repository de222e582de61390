//! What follows from a request: whose turn it is, what the policy says to it, and who
//! answers. The verdict stands before the model is asked anything.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use segue_api::ApiState;
use segue_api::auth::Keyed;
use segue_api::auth::program::TurnWrite;
use segue_api::extract;
use segue_model::event::{Actor, Event};
use segue_model::floor::{Epoch, Holder};
use segue_model::turn::{AnswerScores, Author, Turn, TurnNumber};
use segue_model::verdict::{FallBackStep, Outcome, Verdict};
use segue_outbound::{Method, bounded};
use segue_ports::directory::ApiKey;
use segue_ports::log::IdempotencyKey;
use segue_service::{Caller, Done, Failure};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::answer::{Stamp, Standing, json_response, stream_response, with_note};
use crate::ending::{End, Telling, Words, joined, message, said_in};
use crate::place::{self, IDEMPOTENCY_KEY, Place};
use crate::refusal::Refusal;
use crate::relay::Relay;
use crate::request::{Asked, Sent};
use crate::settings::Gateway;
use crate::upstream::{self, ANSWER_BYTES_MAX, Failed};
use crate::whole::{self, Came};

/// The longest request, in bytes: a conversation with its tools is longer than a turn.
const REQUEST_BYTES_MAX: usize = 1024 * 1024;
/// How many events of a stream wait for a slow client.
const EVENTS_WAITING_MAX: usize = 64;
/// The header by which official clients say that they ask again.
const RETRY_COUNT: &str = "x-stainless-retry-count";

/// The endpoint, beside those of the API.
pub fn router(api: ApiState, gateway: Gateway) -> Router {
    let door = Arc::new(Door { api, gateway });
    Router::new()
        .route("/v1/chat/completions", post(complete))
        .route("/v1/models", get(models))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .with_state(door)
}

struct Door {
    api: ApiState,
    gateway: Gateway,
}

async fn complete(State(door): State<Arc<Door>>, request: Request) -> Response {
    match door.complete(request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn models(State(door): State<Arc<Door>>, request: Request) -> Response {
    match door.models(request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

/// A customer's turn that stands in the conversation.
struct Heard {
    turn: TurnNumber,
    epoch: Epoch,
    holder: Holder,
    verdict: Option<Verdict>,
    /// What the system said with it.
    notice: Option<String>,
    /// Whether the assistant has answered it.
    is_answered: bool,
}

/// A request, with whom and whose it is.
struct Session {
    asked: Asked,
    telling: Telling,
    heard: Heard,
    upstream_key: Option<String>,
}

impl Door {
    async fn complete(&self, request: Request) -> Result<Response, Refusal> {
        let (mut parts, body) = request.into_parts();
        let keyed = Keyed::<TurnWrite>::from_request_parts(&mut parts, &self.api).await?;
        let key = keyed.key;
        let headers = parts.headers.clone();
        let upstream_key = upstream::key_of(&self.gateway, &headers)?;
        let body = extract::bytes(Request::from_parts(parts, body), &self.api).await?;
        let asked = Asked::read(&body)?;
        let whose = (&headers, &asked);
        let place = place::find(&self.api, &key, whose, self.gateway.unnamed).await?;
        let heard = self.hear(&key, whose, place).await?;
        let telling = Telling {
            api: self.api.clone(),
            workspace: key.workspace,
            key: key.id,
            conversation: place.id,
            epoch: heard.epoch,
            turn: heard.turn,
            is_more: heard.is_answered,
        };
        let session = Session {
            asked,
            telling,
            heard,
            upstream_key,
        };
        self.answer(session).await
    }

    /// Adds the customer's words, unless they are there already: a request that is sent
    /// again, or that brings what the model's tools gave.
    async fn hear(
        &self,
        key: &ApiKey,
        (headers, asked): (&HeaderMap, &Asked),
        place: Place,
    ) -> Result<Heard, Refusal> {
        let service = self.api.service();
        let state = service.state(key.workspace, place.id).await?;
        let again = headers.get(RETRY_COUNT).and_then(|it| it.to_str().ok());
        let is_again = again.is_some_and(|count| count != "0") || asked.goes_on;
        if let Some(last) = state.last_customer_turn.filter(|_| place.is_named) {
            let is_answered = state.is_answered(Some(last));
            let is_owed = !state.holder.is_with_people() && !is_answered;
            let before = TurnNumber(last.0.saturating_sub(1));
            let (known, _) = service.turns_since(key.workspace, place.id, before).await?;
            let mut known = known.iter();
            let is_same = known.any(|turn| turn.number == last && turn.text == asked.text);
            if is_same && (is_owed || is_again) {
                return Ok(Heard {
                    turn: last,
                    epoch: state.epoch,
                    holder: state.holder.clone(),
                    verdict: None,
                    notice: None,
                    is_answered,
                });
            }
        }
        let idempotency = once(key, place, (headers, asked), state.turns);
        let caller = Caller {
            idempotency: Some(idempotency),
            ..Caller::new(key.workspace, Actor::ApiKey(key.id))
        };
        let done = service
            .customer_turn(&caller, place.id, &asked.text)
            .await?;
        if done.conversation != place.id {
            // What another conversation was told is never an answer here.
            return Err(Failure::KeyReused.into());
        }
        let turn = customers_turn(&done).ok_or(Failure::Busy)?;
        let (_, notice) = said_in(&done);
        Ok(Heard {
            turn,
            epoch: done.state.epoch,
            holder: done.state.holder.clone(),
            verdict: done.verdict().cloned(),
            notice,
            is_answered: done.state.is_answered(Some(turn)),
        })
    }

    async fn answer(&self, session: Session) -> Result<Response, Refusal> {
        let Session { heard, asked, .. } = &session;
        let outcome = heard.verdict.as_ref().map(|verdict| &verdict.outcome);
        let asks_back = matches!(
            outcome,
            Some(Outcome::FallBack {
                step: FallBackStep::Clarify
            })
        );
        match &heard.holder {
            Holder::Assistant if heard.is_answered && !asked.goes_on => {
                self.answered_before(&session).await
            }
            Holder::Assistant if asks_back && !heard.is_answered => self.ask_back(&session).await,
            Holder::Assistant if asked.is_stream => self.stream(session).await,
            Holder::Assistant => self.whole(&session).await,
            Holder::Review { .. } => self.draft(session).await,
            _ => self.with_people(&session).await,
        }
    }

    /// The answer that this turn got the first time.
    async fn answered_before(&self, session: &Session) -> Result<Response, Refusal> {
        let telling = &session.telling;
        let later = self.turns_since(telling, telling.turn).await?;
        let later = later
            .iter()
            .take_while(|turn| turn.author != Author::Customer);
        let text = joined(later.map(|turn| Some(turn.text.clone())));
        Ok(self.say(session, text.unwrap_or_default(), session.standing()))
    }

    /// The policy wants a question back, whatever the model would say.
    async fn ask_back(&self, session: &Session) -> Result<Response, Refusal> {
        let telling = &session.telling;
        let service = self.api.service();
        let text = service
            .question_back(telling.workspace, telling.conversation)
            .await?;
        let words = Words {
            text: text.clone(),
            scores: AnswerScores {
                is_fallback: true,
                ..AnswerScores::default()
            },
            ..Words::default()
        };
        let end = telling.conclude(words).await?;
        let text = end.instead.unwrap_or(text);
        Ok(self.say(session, text, end.standing))
    }

    /// People have the floor: what they have said since the customer last wrote, or else
    /// what the customer was told last. The model is not asked.
    async fn with_people(&self, session: &Session) -> Result<Response, Refusal> {
        let Session { telling, heard, .. } = session;
        let mut standing = session.standing();
        if let Some(notice) = &heard.notice {
            return Ok(self.say(session, notice.clone(), standing));
        }
        let recent = self.turns_since(telling, TurnNumber(0)).await?;
        let before = recent
            .iter()
            .rev()
            .skip_while(|turn| turn.number >= heard.turn);
        let before = before.take_while(|turn| turn.author != Author::Customer);
        let mut said: Vec<&Turn> = before.filter(|turn| message(turn).is_some()).collect();
        said.reverse();
        standing.messages = said.iter().filter_map(|turn| message(turn)).collect();
        let told = joined(said.iter().map(|turn| Some(turn.text.clone())));
        let is_agents = matches!(heard.holder, Holder::Agent { .. });
        let is_notice = |turn: &&Turn| matches!(turn.author, Author::System { .. });
        let notice = recent.iter().rev().find(is_notice).filter(|_| !is_agents);
        let text = told.or_else(|| notice.map(|turn| turn.text.clone()));
        Ok(self.say(session, text.unwrap_or_default(), standing))
    }

    /// A person releases what the assistant says: the model drafts while the customer is
    /// told so.
    async fn draft(&self, session: Session) -> Result<Response, Refusal> {
        let response = self.with_people(&session).await?;
        if session.heard.is_answered {
            return Ok(response);
        }
        let (call, is_given) = self.call(&session, true).await?;
        let within = self.gateway.whole;
        let drafting = async move {
            let Session { asked, telling, .. } = session;
            let read = tokio::time::timeout(within, async {
                let body = bounded(call.await?, ANSWER_BYTES_MAX).await;
                body.map_err(|error| Failed::Broken(error.to_string()))
            });
            let read = read
                .await
                .unwrap_or(Err(Failed::TimedOut(within.as_millis())));
            let tools = asked.tools.clone();
            let ended = match read {
                Ok(body) => {
                    let is_ours = |tool: &str| asked.is_ours(tool, is_given);
                    whole::end(&telling, &body, tools, is_ours).await
                }
                Err(failed) => telling.fail(&failed, Words::default()).await,
            };
            if let Err(error) = ended {
                tracing::warn!(conversation.id = %telling.conversation, %error, "no draft was made");
            }
        };
        self.api.service().tasks().spawn(drafting);
        Ok(response)
    }

    /// The call to the model, not yet made, and whether the model gets the tool to ask for
    /// a person.
    async fn call(
        &self,
        session: &Session,
        is_whole: bool,
    ) -> Result<
        (
            impl Future<Output = Result<segue_outbound::Response, Failed>> + Send + use<>,
            bool,
        ),
        Refusal,
    > {
        let Session {
            asked,
            telling,
            upstream_key,
            ..
        } = session;
        let service = self.api.service();
        let (_, brief) = service
            .turns_since(telling.workspace, telling.conversation, telling.turn)
            .await?;
        let with_request_human = self.gateway.request_human;
        let upstream = self.gateway.upstream(&asked.model).clone();
        let how = Sent {
            is_whole,
            with_request_human,
            brief: brief.as_deref(),
        };
        let body = asked.to_model(upstream.model.as_deref(), how);
        let key = upstream_key.clone();
        let within = if is_whole {
            self.gateway.whole
        } else {
            self.gateway.first_token
        };
        let call = async move { upstream::ask(&upstream, key.as_deref(), body, within).await };
        Ok((call, with_request_human))
    }

    async fn whole(&self, session: &Session) -> Result<Response, Refusal> {
        let Session { asked, telling, .. } = session;
        let service = self.api.service();
        let answer = (telling.epoch, telling.turn);
        let speech = service
            .begin_speech(telling.workspace, telling.conversation, answer)
            .await?;
        let Some(speech) = speech else {
            let end = telling.after_cut().await?;
            return Ok(self.say(session, end.instead.unwrap_or_default(), end.standing));
        };
        let (call, is_given) = self.call(session, true).await?;
        let came = whole::wait(telling, &speech, call, self.gateway.whole).await;
        let tools = asked.tools.clone();
        let mut completion = None;
        let end = match came {
            Came::Answer(body) => {
                let is_ours = |tool: &str| asked.is_ours(tool, is_given);
                let end = whole::end(telling, &body, tools, is_ours).await;
                completion = Some(body);
                end
            }
            Came::Failed(failed) => {
                let mut words = Words::default();
                words.scores.tool_calls = tools;
                telling.fail(&failed, words).await
            }
            Came::Cut => telling.after_cut().await,
        };
        speech.end();
        let End { instead, standing } = end?;
        Ok(match (instead, completion) {
            (None, Some(completion)) => json_response(with_note(&completion, &standing), &standing),
            (instead, _) => self.say(session, instead.unwrap_or_default(), standing),
        })
    }

    async fn stream(&self, session: Session) -> Result<Response, Refusal> {
        let telling = session.telling.clone();
        let service = self.api.service();
        let answer = (telling.epoch, telling.turn);
        let begun = Instant::now();
        let speech = service
            .begin_speech(telling.workspace, telling.conversation, answer)
            .await?;
        let Some(speech) = speech else {
            let end = telling.after_cut().await?;
            return Ok(self.say(&session, end.instead.unwrap_or_default(), end.standing));
        };
        let (call, is_given) = self.call(&session, false).await?;
        let came = tokio::select! {
            biased;
            () = speech.cut().cancelled() => None,
            came = call => Some(came),
        };
        let response = match came {
            Some(Ok(response)) => response,
            failed => {
                let mut words = Words::default();
                words.scores.tool_calls = session.asked.tools.clone();
                let end = match failed {
                    Some(Err(failed)) => telling.fail(&failed, words).await,
                    _ => telling.after_cut().await,
                };
                speech.end();
                let end = end?;
                return Ok(self.say(&session, end.instead.unwrap_or_default(), end.standing));
            }
        };
        let standing = session.standing();
        let stamp = self.stamp(&session.asked);
        let wants_usage = session.asked.wants_usage;
        let tools = session.asked.tools.clone();
        let asked = session.asked;
        let is_ours = Box::new(move |tool: &str| asked.is_ours(tool, is_given));
        let (client, events) = mpsc::channel::<Bytes>(EVENTS_WAITING_MAX);
        let gateway = (&self.gateway, tools);
        let relay = Relay::new(
            telling,
            speech,
            client,
            (stamp, wants_usage),
            gateway,
            is_ours,
        );
        let first_by = begun + self.gateway.first_token;
        service.tasks().spawn(relay.run(response, first_by));
        let events = futures_util::stream::unfold(events, |mut events| async {
            let event = events.recv().await?;
            Some((Ok::<_, std::convert::Infallible>(event), events))
        });
        Ok(stream_response(Body::from_stream(events), &standing))
    }

    /// An answer that no model gave, in the way that the client asked for.
    fn say(&self, session: &Session, text: String, standing: Standing) -> Response {
        let stamp = self.stamp(&session.asked);
        if !session.asked.is_stream {
            let body = stamp.completion(&text, &standing).to_string();
            return json_response(body.into_bytes(), &standing);
        }
        let mut events = vec![stamp.says(&text)];
        events.extend(stamp.ends(&standing, session.asked.wants_usage));
        stream_response(Body::from(events.concat()), &standing)
    }

    fn stamp(&self, asked: &Asked) -> Stamp {
        let now_s = u64::try_from(self.api.now().0 / 1_000).unwrap_or_default();
        Stamp::own(&asked.model, now_s)
    }

    async fn turns_since(&self, telling: &Telling, turn: TurnNumber) -> Result<Vec<Turn>, Failure> {
        let service = self.api.service();
        let (turns, _) = service
            .turns_since(telling.workspace, telling.conversation, turn)
            .await?;
        Ok(turns)
    }

    /// The upstream's models, as it tells them.
    async fn models(&self, request: Request) -> Result<Response, Refusal> {
        let (mut parts, _) = request.into_parts();
        Keyed::<TurnWrite>::from_request_parts(&mut parts, &self.api).await?;
        let key = upstream::key_of(&self.gateway, &parts.headers)?;
        let broken = |error: &dyn std::fmt::Display| Refusal::upstream(&error.to_string());
        let endpoint = &self.gateway.upstream("").endpoint;
        let mut request = endpoint
            .request(Method::GET, "models")
            .map_err(|error| broken(&error))?;
        if let Some(key) = key {
            request = request.bearer_auth(key);
        }
        let read = async {
            let response = request
                .send()
                .await
                .map_err(segue_outbound::OutboundError::from)?;
            let status = response.status();
            Ok::<_, segue_outbound::OutboundError>((
                status,
                bounded(response, ANSWER_BYTES_MAX).await?,
            ))
        };
        let read = tokio::time::timeout(self.gateway.first_token, read).await;
        let Ok(read) = read else {
            return Err(Refusal::upstream("the upstream did not answer in time"));
        };
        let (status, body) = read.map_err(|error| broken(&error))?;
        if !status.is_success() {
            return Err(broken(&format!("the upstream answered with {status}")));
        }
        let mut response = Response::new(Body::from(body));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        Ok(response)
    }
}

impl Session {
    fn standing(&self) -> Standing {
        let standing = Standing {
            conversation: self.telling.conversation,
            epoch: self.heard.epoch,
            verdict: "none",
            rule: None,
            floor: self.heard.holder.word(),
            messages: Vec::new(),
            upstream: None,
        };
        standing.judged(self.heard.verdict.as_ref())
    }
}

/// The customer's turn in an entry.
fn customers_turn(done: &Done) -> Option<TurnNumber> {
    let mut events = done.entry.entry.events.iter();
    events.find_map(|event| match event {
        Event::TurnAdded {
            turn,
            author: Author::Customer,
            ..
        } => Some(*turn),
        _ => None,
    })
}

/// The key under which the same turn is added once. The client's own, where it gives one.
/// Else the messages tell: with what was said before in them, the same messages are the
/// same turn; alone they are so only as long as nothing else was said.
fn once(
    key: &ApiKey,
    place: Place,
    (headers, asked): (&HeaderMap, &Asked),
    turns: u32,
) -> IdempotencyKey {
    let own = headers.get(IDEMPOTENCY_KEY).and_then(|it| it.to_str().ok());
    let fingerprint = asked.fingerprint;
    let key_of_turn = match own {
        Some(own) => format!("gateway:{}:own:{own}", place.id),
        None => {
            let hex: String = fingerprint
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let turn = if asked.has_history { 0 } else { turns + 1 };
            format!("gateway:{}:{turn}:{hex}", place.id)
        }
    };
    IdempotencyKey {
        caller: key.id.to_string(),
        key: key_of_turn,
        fingerprint,
    }
}
