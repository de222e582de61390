//! What Chatwoot sends, and what it means. A message event holds its conversation, a
//! conversation event is one. Fields that are not read here are passed over: the product
//! adds some with every version.

use segue_model::escalation::RootCause;
use segue_ports::desk::{Contact, DeskPerson, DeskTurn, Happening, Heard};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::ROOT_CAUSE;

/// What stands before the name of everything that we bring.
const OURS: &str = "msg_";

#[derive(Deserialize)]
pub(super) struct Payload {
    event: String,
    id: Option<u64>,
    content: Option<String>,
    message_type: Option<Value>,
    #[serde(default)]
    private: bool,
    source_id: Option<String>,
    sender: Option<Sender>,
    #[serde(default)]
    attachments: Option<Vec<Attachment>>,
    content_attributes: Option<Value>,
    conversation: Option<Conversation>,
    account: Option<Account>,
    // Of a conversation's events, which are the conversation themselves.
    account_id: Option<u64>,
    status: Option<String>,
    meta: Option<Meta>,
    custom_attributes: Option<Map<String, Value>>,
    additional_attributes: Option<Value>,
}

#[derive(Deserialize)]
struct Account {
    id: u64,
}

#[derive(Deserialize, Clone)]
struct Conversation {
    id: Option<u64>,
    status: Option<String>,
    meta: Option<Meta>,
    custom_attributes: Option<Map<String, Value>>,
    additional_attributes: Option<Value>,
    messages: Option<Vec<Nested>>,
}

#[derive(Deserialize, Clone)]
struct Nested {
    account_id: Option<u64>,
}

#[derive(Deserialize, Clone)]
struct Meta {
    sender: Option<Sender>,
    assignee: Option<Sender>,
    hmac_verified: Option<bool>,
}

#[derive(Deserialize, Clone)]
struct Sender {
    id: Option<u64>,
    name: Option<String>,
    email: Option<String>,
    identifier: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Attachment {
    file_type: Option<String>,
}

/// Whose message it is, as Chatwoot says.
#[derive(PartialEq)]
enum Direction {
    Incoming,
    Outgoing,
    /// Greetings of the product's own, and lines about what happened.
    Other,
}

pub(super) fn read(body: &[u8]) -> Option<Payload> {
    serde_json::from_slice(body).ok()
}

impl Payload {
    /// The account that it is of.
    pub(super) fn account(&self) -> Option<u64> {
        let own = self
            .account
            .as_ref()
            .map(|account| account.id)
            .or(self.account_id);
        let nested = || {
            let conversation = self.conversation()?;
            conversation.messages?.first()?.account_id
        };
        own.or_else(nested)
    }

    /// The attributes that people set there, with the conversation they are of.
    pub(super) fn attributes(&self) -> Option<(String, Map<String, Value>)> {
        let conversation = self.conversation()?;
        let attributes = conversation.custom_attributes?;
        Some((conversation.id?.to_string(), attributes))
    }

    /// The conversation it is about.
    fn conversation(&self) -> Option<Conversation> {
        if self.event.starts_with("message_") {
            return self.conversation.clone();
        }
        Some(Conversation {
            id: self.id,
            status: self.status.clone(),
            meta: self.meta.clone(),
            custom_attributes: self.custom_attributes.clone(),
            additional_attributes: self.additional_attributes.clone(),
            messages: None,
        })
    }

    /// What happened; `None` for what is none of our business.
    pub(super) fn heard(&self) -> Option<Heard> {
        let conversation = self.conversation()?;
        let turn = conversation.status.as_deref().and_then(turn_of);
        let what = match self.event.as_str() {
            "message_created" => self.message()?,
            "conversation_opened" | "conversation_resolved" | "conversation_status_changed" => {
                let assignee = conversation.meta.as_ref()?.assignee.as_ref();
                Happening::Moved {
                    to: turn?,
                    person: assignee.map(person_of),
                }
            }
            _ => return None,
        };
        let noted = conversation.custom_attributes.as_ref();
        let root_cause = noted.and_then(|noted| noted.get(ROOT_CAUSE)).cloned();
        Some(Heard {
            thread: conversation.id?.to_string(),
            what,
            contact: contact_of(&conversation),
            turn,
            root_cause: root_cause.and_then(|word| serde_json::from_value::<RootCause>(word).ok()),
        })
    }

    fn message(&self) -> Option<Happening> {
        let message = self.id?.to_string();
        let text = self.words();
        match self.direction() {
            Direction::Incoming => Some(Happening::Customer {
                message,
                text: text?,
            }),
            Direction::Outgoing => {
                if let Some(id) = self.source_id.as_ref().filter(|id| id.starts_with(OURS)) {
                    return Some(Happening::Echo { id: id.clone() });
                }
                if self.is_by_machine() {
                    return None;
                }
                let nobody = || DeskPerson {
                    id: String::new(),
                    name: String::new(),
                };
                let person = self.sender.as_ref().map_or_else(nobody, person_of);
                let text = text?;
                Some(if self.private {
                    Happening::Note {
                        message,
                        person,
                        text,
                    }
                } else {
                    Happening::Person {
                        message,
                        person,
                        text,
                    }
                })
            }
            Direction::Other => None,
        }
    }

    fn direction(&self) -> Direction {
        match self.message_type.as_ref() {
            Some(Value::String(word)) if word == "incoming" => Direction::Incoming,
            Some(Value::String(word)) if word == "outgoing" => Direction::Outgoing,
            Some(Value::Number(number)) if number.as_u64() == Some(0) => Direction::Incoming,
            Some(Value::Number(number)) if number.as_u64() == Some(1) => Direction::Outgoing,
            _ => Direction::Other,
        }
    }

    /// Whether a bot, an automation or a campaign wrote it. Whatever says nothing of the
    /// kind is a person's: a reply from a paired telephone has no sender at all.
    fn is_by_machine(&self) -> bool {
        let kind = self
            .sender
            .as_ref()
            .and_then(|sender| sender.kind.as_deref());
        let names = |value: &Option<Value>, key: &str| {
            let value = value.as_ref().and_then(|value| value.get(key));
            value.is_some_and(|value| !value.is_null())
        };
        kind == Some("agent_bot")
            || names(&self.content_attributes, "automation_rule_id")
            || names(&self.additional_attributes, "campaign_id")
    }

    /// Its words; what kinds of files it has, where it has no words.
    fn words(&self) -> Option<String> {
        let content = self.content.as_deref().map(str::trim).unwrap_or_default();
        if !content.is_empty() {
            return Some(content.to_owned());
        }
        let files = self.attachments.iter().flatten();
        let kinds: Vec<String> = files
            .map(|file| format!("[{}]", file.file_type.as_deref().unwrap_or("file")))
            .collect();
        (!kinds.is_empty()).then(|| kinds.join(" "))
    }
}

fn turn_of(status: &str) -> Option<DeskTurn> {
    match status {
        "pending" => Some(DeskTurn::Bot),
        "open" | "snoozed" => Some(DeskTurn::People),
        "resolved" => Some(DeskTurn::Nobody),
        _ => None,
    }
}

fn person_of(sender: &Sender) -> DeskPerson {
    DeskPerson {
        id: sender.id.map(|id| id.to_string()).unwrap_or_default(),
        name: sender.name.clone().unwrap_or_default(),
    }
}

fn contact_of(conversation: &Conversation) -> Contact {
    let meta = conversation.meta.as_ref();
    let sender = meta.and_then(|meta| meta.sender.as_ref());
    let told = |read: fn(&Sender) -> &Option<String>| {
        let value = sender.and_then(|sender| read(sender).clone());
        value.filter(|value| !value.is_empty() && value.len() <= 512)
    };
    let browser = conversation.additional_attributes.as_ref();
    let language = browser
        .and_then(|more| more.pointer("/browser/browser_language"))
        .and_then(Value::as_str)
        .filter(|language| language.len() <= 35);
    Contact {
        name: told(|sender| &sender.name),
        email: told(|sender| &sender.email),
        account_id: told(|sender| &sender.identifier),
        is_proved: meta.and_then(|meta| meta.hmac_verified) == Some(true),
        locale: language.map(str::to_owned),
    }
}
