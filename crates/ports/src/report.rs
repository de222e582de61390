//! When the weekly report of a workspace is sent, to whom, and how that went.

use segue_model::id::{AgentId, WorkspaceId};
use segue_model::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Pending;

/// When the report is sent, and to whom. The week itself always ends on Monday at
/// midnight in the workspace's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Whether it is sent at all.
    pub is_on: bool,
    /// The day on which it is sent, 0 is Monday.
    pub weekday: u8,
    /// The local hour, 0–23.
    pub hour: u8,
    /// The e-mail addresses it goes to.
    pub recipients: Vec<String>,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// Who said so last; nobody where it is as it was at the beginning.
    pub by: Option<AgentId>,
    /// When.
    pub at: Timestamp,
}

/// How far the sending has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// The end of the last week whose report was sent, or was given up.
    pub sent_until: Option<Timestamp>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// The end of the week that is being sent, while that has not come to an end.
    pub trying: Option<Timestamp>,
    /// To whom of that week it went already: addresses, and `hook.NAME`.
    pub reached: Vec<String>,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried again.
    pub again_at: Option<Timestamp>,
    /// What went wrong last, for people; nothing where nothing did.
    pub error: Option<String>,
    /// Since when the gatekeeping alarm rings, as it was told.
    pub alarm_since: Option<Timestamp>,
    /// To whom that went already.
    #[serde(default)]
    pub alarm_reached: Vec<String>,
}

/// Reads schedules, and keeps how the sending goes. The schedule is written by
/// [`Settings::write_setting`](crate::settings::Settings::write_setting).
pub trait Reports {
    /// The workspace's schedule, if it has one of its own.
    fn report_schedule(&self, workspace: WorkspaceId) -> Pending<'_, Option<Schedule>>;

    /// How far its sending has come.
    fn report_delivery(&self, workspace: WorkspaceId) -> Pending<'_, Delivery>;

    /// Keeps how far it has come.
    fn put_report_delivery(&self, workspace: WorkspaceId, delivery: Delivery) -> Pending<'_, ()>;
}
