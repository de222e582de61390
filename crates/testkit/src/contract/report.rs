//! Schedules of reports, and how their sending goes.

use segue_model::id::AgentId;
use segue_ports::report::{Delivery, Reports as _, Schedule};
use segue_ports::settings::{SettingChange, SettingWrite, SettingWritten, Settings as _};
use uuid::Uuid;

use super::Subject;
use crate::sample::{after_noon, workspace};

/// Schedule and delivery are a workspace's own, replaced as a whole, and apart from each other.
pub async fn a_report_has_a_schedule_and_a_delivery<S: Subject>(subject: &S) {
    let (store, _keep) = subject.open().await;
    let (ws, other) = (workspace(), workspace());
    assert_eq!(store.report_schedule(ws).await.unwrap(), None);
    assert_eq!(
        store.report_delivery(ws).await.unwrap(),
        Delivery::default()
    );
    let delivery = Delivery {
        trying: Some(after_noon(5)),
        reached: vec!["a@b.example".to_owned()],
        tries: 2,
        error: Some("nobody answered".to_owned()),
        ..Delivery::default()
    };
    store
        .put_report_delivery(ws, delivery.clone())
        .await
        .unwrap();
    for hour in [8, 9] {
        let schedule = Schedule {
            is_on: true,
            weekday: 0,
            hour,
            recipients: vec!["lead@brightcrate.example".to_owned()],
            include_demo: false,
            by: Some(AgentId::new(Uuid::from_u128(7))),
            at: after_noon(10),
        };
        let write = SettingWrite {
            workspace: ws,
            change: SettingChange::PutReportSchedule(schedule.clone()),
            audit: None,
            request: None,
        };
        assert_eq!(
            store.write_setting(write).await.unwrap(),
            SettingWritten::Done { created: 0 }
        );
        assert_eq!(store.report_schedule(ws).await.unwrap(), Some(schedule));
    }
    assert_eq!(store.report_delivery(ws).await.unwrap(), delivery);
    store
        .put_report_delivery(ws, Delivery::default())
        .await
        .unwrap();
    assert_eq!(
        store.report_delivery(ws).await.unwrap(),
        Delivery::default()
    );
    assert_eq!(store.report_schedule(other).await.unwrap(), None);
}
