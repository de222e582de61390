//! Chatwoot, in which Segue is an agent bot. What the bot's token may not do (labels)
//! needs an agent's; everything else works without one.

mod payload;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use segue_model::escalation::Priority;
use segue_outbound::{Endpoint, Method, RequestBuilder, Secret};
use segue_ports::desk::{Bring, Brought, Desk, DeskError, DeskSettings, Handed, Heard, Item};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Came, DeskSection, Inbound, Unheard, note};
use crate::bot::secret;
use crate::call::{self, CallError};
use crate::error::{ConnectError, Section};
use crate::sign;

/// How far what is signed may lie in the past or the future, in milliseconds (S-17).
const SIGNED_WITHIN_MS: u64 = 5 * 60 * 1_000;
/// Of how many conversations the attributes that people set there are remembered.
const ATTRIBUTES_MAX: usize = 10_000;
/// The attribute in which people note why the assistant could not.
const ROOT_CAUSE: &str = "segue_root_cause";

/// An account of a Chatwoot.
pub(super) struct Chatwoot {
    endpoint: Endpoint,
    account: u64,
    key: Secret,
    user_key: Option<Secret>,
    token: Option<Secret>,
    signing_key: Option<Secret>,
    teams: BTreeMap<String, u64>,
    labels: Vec<String>,
    settings: DeskSettings,
    seen: Mutex<Seen>,
}

/// The attributes of conversations as they were last seen: setting some of them replaces
/// all, so the others have to be sent along.
#[derive(Default)]
struct Seen {
    of: BTreeMap<String, Map<String, Value>>,
    order: VecDeque<String>,
}

impl Chatwoot {
    pub(super) fn new(section: &Section<'_>, it: DeskSection) -> Result<Self, ConnectError> {
        let key = secret(section, it.key_file, it.key_env)?;
        let token = secret(section, it.token_file, it.token_env)?;
        let signing_key = secret(section, it.signing_key_file, it.signing_key_env)?;
        if token.is_none() && signing_key.is_none() {
            let reason = "or `signing_key_file` is needed: anybody could send us anything";
            return Err(section.key("token_file", reason));
        }
        let user_key = secret(section, it.user_key_file, it.user_key_env)?;
        if user_key.is_none() && !it.labels.is_empty() {
            let reason = "need `user_key_file`: a bot may not set them";
            return Err(section.key("labels", reason));
        }
        let endpoint = Endpoint::new(&it.url, None).map_err(|error| section.address(error))?;
        Ok(Self {
            endpoint,
            account: it.account,
            key: key.ok_or_else(|| section.key("key_file", "is needed"))?,
            user_key,
            token,
            signing_key,
            teams: it.teams,
            labels: it.labels,
            settings: DeskSettings {
                product: "Chatwoot".to_owned(),
                bot: it.bot,
            },
            seen: Mutex::default(),
        })
    }

    fn request(
        &self,
        method: Method,
        (thread, path): (&str, &str),
        key: &Secret,
    ) -> Result<RequestBuilder, CallError> {
        let account = self.account;
        let path = format!("api/v1/accounts/{account}/conversations/{thread}/{path}");
        let request = self.endpoint.request(method, &path)?;
        Ok(request.header("api_access_token", key.expose()))
    }

    async fn post(&self, place: (&str, &str), body: &Value) -> Result<(), CallError> {
        let request = self.request(Method::POST, place, &self.key)?;
        call::send(request.json(body)).await.map(drop)
    }

    async fn say(&self, bring: &Bring, text: &str, is_private: bool) -> Result<(), CallError> {
        let body = json!({
            "content": text,
            "message_type": "outgoing",
            "private": is_private,
            "source_id": bring.id,
        });
        self.post((&bring.thread, "messages"), &body).await
    }

    /// What people see in their list is there before the conversation is.
    async fn hand_over(&self, thread: &str, handed: &Handed) -> Result<(), CallError> {
        self.beside(thread, self.set_attributes(thread, handed).await)?;
        let priority = match handed.priority {
            Priority::Normal => None,
            Priority::High | Priority::Vip => Some("high"),
            Priority::Urgent => Some("urgent"),
        };
        if let Some(priority) = priority {
            let body = json!({ "priority": priority });
            self.beside(thread, self.post((thread, "toggle_priority"), &body).await)?;
        }
        self.beside(thread, self.add_labels(thread).await)?;
        let team = self.teams.get(handed.queue.as_str());
        if let Some(team) = team.filter(|_| !handed.is_taken) {
            let body = json!({ "team_id": team });
            self.beside(thread, self.post((thread, "assignments"), &body).await)?;
        }
        self.post((thread, "toggle_status"), &json!({ "status": "open" }))
            .await
    }

    /// What would be good to have and is refused does not hold up the handoff itself.
    fn beside(&self, thread: &str, done: Result<(), CallError>) -> Result<(), CallError> {
        match done {
            Err(CallError::Denied(why) | CallError::Refused(why)) => {
                tracing::warn!(thread, why, "a part of a handoff was refused");
                Ok(())
            }
            done => done,
        }
    }

    async fn set_attributes(&self, thread: &str, handed: &Handed) -> Result<(), CallError> {
        // Without having seen the others we would take them away.
        let Some(mut attributes) = self.seen().of.get(thread).cloned() else {
            return Ok(());
        };
        let conversation = handed.conversation.to_string();
        attributes.insert("segue_conversation".to_owned(), conversation.into());
        attributes.insert("segue_queue".to_owned(), handed.queue.to_string().into());
        attributes.insert("segue_rule".to_owned(), handed.rule.clone().into());
        let body = json!({ "custom_attributes": attributes });
        self.post((thread, "custom_attributes"), &body).await
    }

    /// Setting labels replaces all, so those that are there are read first.
    async fn add_labels(&self, thread: &str) -> Result<(), CallError> {
        #[derive(Deserialize)]
        struct Labels {
            payload: Vec<String>,
        }
        let Some(key) = self.user_key.as_ref().filter(|_| !self.labels.is_empty()) else {
            return Ok(());
        };
        let place = (thread, "labels");
        let read = self.request(Method::GET, place, key)?;
        let mut labels = call::send_for::<Labels>(read).await?.payload;
        for label in &self.labels {
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
        let write = self.request(Method::POST, place, key)?;
        call::send(write.json(&json!({ "labels": labels })))
            .await
            .map(drop)
    }

    async fn do_it(&self, bring: &Bring) -> Result<(), CallError> {
        match &bring.item {
            Item::Say(text) => self.say(bring, text, false).await,
            Item::Packet(packet) => self.say(bring, &note::text_of(packet), true).await,
            Item::HandOver(handed) => self.hand_over(&bring.thread, handed).await,
            Item::Closed => {
                let body = json!({ "status": "resolved" });
                self.post((&bring.thread, "toggle_status"), &body).await
            }
        }
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_genuine(&self, came: &Came<'_>) -> bool {
        let has_token = self
            .token
            .as_ref()
            .is_none_or(|token| came.token.is_some_and(|given| sign::is_same(token, given)));
        let is_signed = self.signing_key.as_ref().is_none_or(|key| {
            let header = |name: &str| came.headers.get(name)?.to_str().ok();
            let signed = header("x-chatwoot-signature")
                .and_then(|line| line.strip_prefix("sha256="))
                .zip(header("x-chatwoot-timestamp"));
            signed.is_some_and(|(signature, seconds)| {
                // The bot and the account's webhook each have a secret, one a line.
                let mut secrets = key.expose().lines().map(Secret::new);
                let parts = [seconds.as_bytes(), came.body];
                is_recent(seconds, came)
                    && secrets.any(|secret| sign::is_signed(&secret, &parts, signature))
            })
        });
        has_token && is_signed
    }
}

fn is_recent(seconds: &str, came: &Came<'_>) -> bool {
    let signed_at = seconds.parse::<i64>().ok();
    signed_at.is_some_and(|at| at.saturating_mul(1_000).abs_diff(came.at.0) <= SIGNED_WITHIN_MS)
}

impl Desk for Chatwoot {
    fn settings(&self) -> &DeskSettings {
        &self.settings
    }

    fn link(&self, thread: &str) -> Option<String> {
        let (base, account) = (self.endpoint.address(), self.account);
        Some(format!(
            "{base}app/accounts/{account}/conversations/{thread}"
        ))
    }

    fn bring(&self, bring: Bring) -> Brought<'_> {
        Box::pin(async move {
            self.do_it(&bring).await.map_err(|error| match error {
                // A wrong key is mended by the operator: until then it waits.
                CallError::Unreachable(why) | CallError::Denied(why) => DeskError::Unreachable(why),
                CallError::Refused(why) => DeskError::Refused(why),
            })
        })
    }
}

impl Inbound for Chatwoot {
    fn read(&self, came: &Came<'_>) -> Result<Option<Heard>, Unheard> {
        if !self.is_genuine(came) {
            return Err(Unheard::Forged);
        }
        let payload = payload::read(came.body).ok_or(Unheard::Unreadable)?;
        if payload.account() != Some(self.account) {
            return Ok(None);
        }
        if let Some((thread, attributes)) = payload.attributes() {
            self.seen().remember(thread, attributes);
        }
        Ok(payload.heard())
    }
}

impl Seen {
    fn remember(&mut self, thread: String, attributes: Map<String, Value>) {
        if self.of.insert(thread.clone(), attributes).is_some() {
            return;
        }
        self.order.push_back(thread);
        if self.order.len() > ATTRIBUTES_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.of.remove(&oldest);
        }
    }
}
