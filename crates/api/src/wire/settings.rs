//! Settings: agents, queues, wording, policy, keys, customers, audit.

use std::collections::BTreeMap;

use segue_model::id::{AgentId, ApiKeyId, CustomerId};
use segue_policy::lint::Lint as PolicyLint;
use segue_policy::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Instant;
use super::rollout::Trial;
use super::words::ActivationKind;
use super::words::{Presence, Role, Scope, TextKey};

/// A list that is given whole.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct List<T> {
    /// Its items.
    pub items: Vec<T>,
}

/// One person who works in the console.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AgentRow {
    /// Who.
    #[schema(value_type = String)]
    pub id: AgentId,
    /// As customers read it.
    pub name: String,
    /// The sign-in name.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// What they can handle.
    pub skills: Vec<String>,
    /// The queues they serve.
    pub queues: Vec<String>,
    /// How many conversations at once.
    pub capacity: u32,
    /// Whether they are there.
    pub presence: Presence,
    /// Whether they may sign in.
    pub is_active: bool,
    /// Whether the invitation has not been used yet.
    pub is_invited: bool,
}

/// An agent to invite.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteBody {
    /// As customers read it.
    #[schema(max_length = 512)]
    pub name: String,
    /// The sign-in name.
    #[schema(max_length = 254)]
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// What they can handle.
    #[serde(default)]
    pub skills: Vec<String>,
    /// The queues they serve.
    #[serde(default)]
    pub queues: Vec<String>,
    /// How many conversations at once; 3 if absent.
    #[serde(default)]
    pub capacity: Option<u32>,
}

/// What came of an invitation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Invited {
    /// The agent.
    pub agent: AgentRow,
    /// The link to send them; shown once. Where the same request is answered again
    /// it is another link, good as the first, as long as the invitation is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation_link: Option<String>,
}

/// A change of an agent; what is absent stays.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentChange {
    /// As customers read it.
    #[serde(default)]
    pub name: Option<String>,
    /// The sign-in name; the same as before, it cannot be changed.
    #[serde(default)]
    pub email: Option<String>,
    /// What they may do.
    #[serde(default)]
    pub role: Option<Role>,
    /// What they can handle.
    #[serde(default)]
    pub skills: Option<Vec<String>>,
    /// The queues they serve.
    #[serde(default)]
    pub queues: Option<Vec<String>>,
    /// How many conversations at once.
    #[serde(default)]
    pub capacity: Option<u32>,
    /// Whether they may sign in.
    #[serde(default)]
    pub is_active: Option<bool>,
}

/// Opening hours by day, each a list of (from, to) as `08:00`.
pub type Hours = BTreeMap<String, Vec<(String, String)>>;

/// Where escalations wait.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Queue {
    /// Its short name.
    pub key: String,
    /// Its name, for people.
    pub name: String,
    /// Its name in a sentence to customers: "our billing team".
    pub team: String,
    /// What an agent must be able to handle.
    pub skills: Vec<String>,
    /// The IANA time zone of its hours.
    pub zone: String,
    /// When somebody is there; empty where it is always.
    #[schema(value_type = BTreeMap<String, Vec<Vec<String>>>)]
    pub hours: Hours,
    /// Days without anybody, as `2026-12-24`.
    pub holidays: Vec<String>,
    /// Whether somebody is there day and night.
    pub is_always: bool,
    /// The wait it aims for, in seconds.
    pub target_s: u32,
    /// How long an offer stands, in seconds.
    pub offer_s: u32,
    /// After how long nobody's accepting has a consequence, in seconds.
    pub overflow_after_s: u32,
    /// The queue that takes over then; a follow-up, if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflow_to: Option<String>,
}

/// A queue as it is to be.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueBody {
    /// Its short name; only where it is made.
    #[serde(default)]
    pub key: Option<String>,
    /// Its name, for people.
    pub name: String,
    /// Its name in a sentence to customers.
    pub team: String,
    /// What an agent must be able to handle.
    #[serde(default)]
    pub skills: Vec<String>,
    /// The IANA time zone of its hours.
    pub zone: String,
    /// When somebody is there, by `mon` … `sun`.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Vec<Vec<String>>>)]
    pub hours: Hours,
    /// Days without anybody.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Whether somebody is there day and night; then the hours are not looked at.
    #[serde(default)]
    pub is_always: bool,
    /// The wait it aims for, in seconds.
    pub target_s: u32,
    /// How long an offer stands, in seconds.
    pub offer_s: u32,
    /// After how long nobody's accepting has a consequence, in seconds.
    pub overflow_after_s: u32,
    /// The queue that takes over then; a follow-up, if absent.
    #[serde(default)]
    pub overflow_to: Option<String>,
}

/// One text that customers read.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WordingRow {
    /// The language.
    pub locale: String,
    /// What it is for.
    pub notice: TextKey,
    /// The template.
    pub text: String,
    /// Whether it is the one that ships with the program.
    pub is_default: bool,
}

/// A text as it is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordingBody {
    /// The template.
    #[schema(max_length = 2000)]
    pub text: String,
}

/// Something about a policy's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PolicyNote {
    /// The line, from 1; 0 where there is none.
    pub line: u32,
    /// The column, from 1; 0 where there is none.
    pub column: u32,
    /// Where in the tree.
    pub path: String,
    /// What is wrong or odd.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The kind.
    pub code: &'static str,
}

/// A problem on the wire.
pub fn problem(problem: &Problem) -> PolicyNote {
    PolicyNote {
        line: problem.line,
        column: problem.column,
        path: problem.path.clone(),
        message: problem.message.clone(),
        hint: problem.hint.clone(),
        code: problem.code.as_str(),
    }
}

/// A warning on the wire.
pub fn lint(lint: &PolicyLint) -> PolicyNote {
    PolicyNote {
        line: lint.line,
        column: 0,
        path: lint.path.clone(),
        message: lint.message.clone(),
        hint: None,
        code: lint.code.as_str(),
    }
}

/// That a version came into force.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PolicyVersionRow {
    /// Its name.
    pub version: String,
    /// When it came into force.
    pub activated_at: Instant,
    /// Who put it in force; nobody for the one that ships, and where Segue did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How.
    pub kind: ActivationKind,
    /// Why; none for the one that ships.
    pub reason: Option<String>,
}

/// A version with its text, which never changes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PolicyText {
    /// Its name.
    pub version: String,
    /// The file.
    pub text: String,
    /// When it came into force last.
    pub activated_at: Instant,
    /// Who put it in force; nobody for the one that ships.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// The policy in force.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PolicyAnswer {
    /// Its version; give it back in `If-Match` or `version` so that nobody's change is overwritten.
    pub version: String,
    /// The file.
    pub text: String,
    /// When it came into force.
    pub activated_at: Instant,
    /// Who put it in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why; none for the one that ships.
    pub reason: Option<String>,
    /// What is allowed and probably not meant.
    pub lints: Vec<PolicyNote>,
    /// The whole in sentences.
    pub explain: String,
    /// What came into force, newest first: a version as often as it did.
    pub versions: Vec<PolicyVersionRow>,
    /// The trial that runs.
    pub trial: Option<Trial>,
    /// How many proposals wait for a decision.
    pub open_proposals: u64,
    /// The version that one step back leads to.
    pub can_roll_back_to: Option<String>,
}

/// A policy's text, to be checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyBody {
    /// The file.
    pub text: String,
}

/// What is wrong with a policy's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LintAnswer {
    /// What keeps it from being put in force.
    pub problems: Vec<PolicyNote>,
    /// What is allowed and probably not meant.
    pub lints: Vec<PolicyNote>,
}

/// A program's key, without its secret.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct KeyRow {
    /// Which.
    #[schema(value_type = String)]
    pub id: ApiKeyId,
    /// As people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was last used, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Instant>,
}

/// A key to make.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyBody {
    /// As people call it.
    #[schema(max_length = 100)]
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// For how many days it is good; 90 if absent.
    #[serde(default)]
    pub expires_days: Option<u64>,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct KeyMade {
    /// The key.
    pub key: KeyRow,
    /// Its secret, shown once: absent where the same request is answered again. If
    /// the first answer was lost, revoke the key and make another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// A customer as the workspace knows them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CustomerRow {
    /// Who.
    #[schema(value_type = String)]
    pub id: CustomerId,
    /// Their address; empty where only an account id is known.
    pub email: String,
    /// As they are addressed.
    pub name: String,
    /// Their tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Whether they get white-glove care.
    pub is_vip: bool,
    /// Their company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The agent who looks after them, by address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_manager: Option<String>,
}

/// How many at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LimitParams {
    /// 1 to 1000; 100 if absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// What came of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportAnswer {
    /// Rows that were read.
    pub read: u64,
    /// Customers that were new.
    pub created: u64,
    /// Customers who got new facts.
    pub updated: u64,
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AuditRow {
    /// When.
    pub at: Instant,
    /// Who; `Segue` for what it does by itself; the operator at the command line, if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What, as a stable word.
    pub action: String,
    /// To what.
    pub subject: String,
}
