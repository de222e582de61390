use segue_model::id::WorkspaceId;
use segue_ports::Pending;
use segue_ports::report::{Delivery, Reports, Schedule};

use super::{MemoryStore, ready};

impl Reports for MemoryStore {
    fn report_schedule(&self, workspace: WorkspaceId) -> Pending<'_, Option<Schedule>> {
        ready(self.lock().schedules.get(&workspace).cloned())
    }

    fn report_delivery(&self, workspace: WorkspaceId) -> Pending<'_, Delivery> {
        let found = self.lock().deliveries.get(&workspace).cloned();
        ready(found.unwrap_or_default())
    }

    fn put_report_delivery(&self, workspace: WorkspaceId, delivery: Delivery) -> Pending<'_, ()> {
        self.lock().deliveries.insert(workspace, delivery);
        ready(())
    }
}
