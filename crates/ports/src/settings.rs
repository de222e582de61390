//! Changes of a workspace's settings. Each is one transaction with its line in
//! the audit trail and with the request that asked for it, so that a retry finds
//! its first answer and nothing is done twice (D2).

use segue_model::id::{ApiKeyId, WorkspaceId};
use segue_model::time::{Span, Timestamp};

use crate::Pending;
use crate::directory::{Agent, ApiKey, AuditRow, Customer, Link};
use crate::knowledge::KnowledgeVersion;
use crate::log::IdempotencyKey;
use crate::report::Schedule;
use crate::rollout::{CasesRow, Step};

/// How long a request is remembered: far longer than anybody retries, and short
/// enough that answers do not pile up.
pub const REQUEST_KEPT: Span = Span::hours(30 * 24);

/// What is to be changed.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingChange {
    /// Nothing: what was asked for is so already.
    Nothing,
    /// A new agent with their slot rows, and the link that invites them.
    CreateAgent {
        /// Who.
        agent: Agent,
        /// The link.
        invitation: Link,
    },
    /// Another row for an agent.
    UpdateAgent {
        /// Who.
        agent: Agent,
        /// Whether they are signed out everywhere.
        ends_sessions: bool,
    },
    /// A new key.
    CreateKey(ApiKey),
    /// A key is taken back.
    RevokeKey {
        /// Which.
        id: ApiKeyId,
        /// When.
        at: Timestamp,
    },
    /// Customers by account id or else e-mail.
    PutCustomers(Vec<Customer>),
    /// Other cases for policies to be tried on.
    PutCases(CasesRow),
    /// A version of an article or of the instructions; refused with `Exists` if it does
    /// not follow the latest.
    PutKnowledge(Box<KnowledgeVersion>),
    /// Another schedule of the weekly report.
    PutReportSchedule(Schedule),
    /// A step of a policy's way into force.
    Rollout(Box<Step>),
}

/// The request that asked for a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingRequest {
    /// The caller's key.
    pub key: IdempotencyKey,
    /// What is answered, now and to a retry. It holds no secret: those are kept
    /// as hashes only.
    pub answer: String,
    /// When it was made.
    pub at: Timestamp,
}

/// One change: all of it or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingWrite {
    /// Where.
    pub workspace: WorkspaceId,
    /// What.
    pub change: SettingChange,
    /// Its line in the audit trail.
    pub audit: Option<AuditRow>,
    /// The request, if its caller named it by a key.
    pub request: Option<SettingRequest>,
}

/// What a request was answered the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAnswer {
    /// A hash of the request.
    pub fingerprint: [u8; 32],
    /// The answer.
    pub answer: String,
    /// How many customers were new.
    pub created: u64,
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingWritten {
    /// It is durable.
    Done {
        /// How many customers were new.
        created: u64,
    },
    /// This key was used for the same request: the first answer stands.
    Replayed(FirstAnswer),
    /// This key was used for another request.
    KeyReused,
    /// Another agent has the e-mail, another trial runs, or another version was faster.
    Exists,
    /// There is no such agent, key, open proposal or running trial.
    Unknown,
}

/// Changes settings, and finds what requests were answered.
pub trait Settings {
    /// Makes a change. Anything but `Done` changed nothing. The key is looked at first.
    ///
    /// # Errors
    /// `Failed` if another text was kept under a policy's version, or an agent is
    /// given another's e-mail.
    fn write_setting(&self, write: SettingWrite) -> Pending<'_, SettingWritten>;

    /// What a key's first request was answered, whatever its fingerprint.
    fn find_setting(
        &self,
        workspace: WorkspaceId,
        caller: String,
        key: String,
    ) -> Pending<'_, Option<FirstAnswer>>;
}
