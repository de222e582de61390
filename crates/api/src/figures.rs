//! The dashboard's figures as they go out. What they are and mean stands in
//! `insight`; here queues get their names.

use jiff::tz::TimeZone;
use segue_insight::Query;
use segue_model::id::QueueKey;
use segue_model::time::Timestamp;
use segue_service::Desk;
use serde_json::Value;

/// The window, where nobody says otherwise, in days.
pub const DAYS_OTHERWISE: u32 = 28;
/// The longest window, in days.
pub const DAYS_MAX: u32 = 366;

/// The figures of a workspace now.
pub fn dashboard(desk: &Desk, now: Timestamp, include_demo: bool, days: Option<u32>) -> Value {
    let rules = desk.ruleset();
    let policy = rules.policy();
    // The day of a workspace is that of its default queue.
    let zone = policy
        .queue(&policy.definition().default_queue)
        .map(|queue| queue.zone.as_str());
    let zone = zone
        .and_then(|zone| TimeZone::get(zone).ok())
        .unwrap_or(TimeZone::UTC);
    let days = days.unwrap_or(DAYS_OTHERWISE).clamp(1, DAYS_MAX);
    let query = Query {
        now,
        days,
        include_demo,
        zone,
    };
    let figures = desk.ledger().dashboard(&query);
    let mut value = serde_json::to_value(&figures).unwrap_or_default();
    let groups = value.get_mut("by_queue").and_then(Value::as_array_mut);
    for group in groups.into_iter().flatten() {
        let key = group.get("key").and_then(Value::as_str).map(QueueKey::from);
        let known = key.and_then(|key| policy.queue(&key));
        if let (Some(queue), Some(group)) = (known, group.as_object_mut()) {
            let name = policy.localized(&queue.name, None);
            group.insert("label".to_owned(), Value::from(name.as_ref()));
        }
    }
    value
}
