use segue_model::id::WorkspaceId;
use segue_ports::directory::Created;
use segue_ports::settings::{
    FirstAnswer, REQUEST_KEPT, SettingChange, SettingWrite, SettingWritten, Settings,
};
use segue_ports::{Pending, StoreError};

use super::{MemoryStore, State, ready, settled};

impl State {
    fn write_setting(&mut self, write: SettingWrite) -> Result<SettingWritten, StoreError> {
        let SettingWrite {
            workspace,
            change,
            audit,
            request,
        } = write;
        if let Some(request) = &request {
            let place = (
                workspace,
                request.key.caller.clone(),
                request.key.key.clone(),
            );
            if let Some((_, first)) = self.setting_requests.get(&place) {
                return Ok(if first.fingerprint == request.key.fingerprint {
                    SettingWritten::Replayed(first.clone())
                } else {
                    SettingWritten::KeyReused
                });
            }
        }
        let created = match self.change_setting(workspace, change)? {
            SettingWritten::Done { created } => created,
            refused => return Ok(refused),
        };
        self.audit.extend(audit.map(|row| (workspace, row)));
        if let Some(request) = request {
            let kept_from = request.at - REQUEST_KEPT;
            self.setting_requests.retain(|_, (at, _)| *at >= kept_from);
            let first = FirstAnswer {
                fingerprint: request.key.fingerprint,
                answer: request.answer,
                created,
            };
            let place = (workspace, request.key.caller, request.key.key);
            self.setting_requests.insert(place, (request.at, first));
        }
        Ok(SettingWritten::Done { created })
    }

    fn change_setting(
        &mut self,
        workspace: WorkspaceId,
        change: SettingChange,
    ) -> Result<SettingWritten, StoreError> {
        let mut created = 0;
        let is_known = match change {
            SettingChange::Nothing => true,
            SettingChange::CreateAgent { agent, invitation } => {
                if self.create_agent(workspace, agent) == Created::Exists {
                    return Ok(SettingWritten::Exists);
                }
                self.links.insert(invitation.hash, invitation);
                true
            }
            SettingChange::UpdateAgent {
                agent,
                ends_sessions,
            } => {
                let id = agent.id;
                let is_known = self.update_agent(workspace, agent)?;
                if is_known && ends_sessions {
                    self.end_sessions_of(workspace, id);
                }
                is_known
            }
            SettingChange::CreateKey(key) => {
                self.api_keys.insert(key.id, key);
                true
            }
            SettingChange::RevokeKey { id, at } => self.revoke_api_key(workspace, id, at),
            SettingChange::PutCustomers(rows) => {
                created = self.put_customers(workspace, rows);
                true
            }
            SettingChange::PutCases(cases) => {
                self.cases.insert(workspace, cases);
                true
            }
            SettingChange::PutReportSchedule(schedule) => {
                self.schedules.insert(workspace, schedule);
                true
            }
            SettingChange::PutKnowledge(row) => return Ok(self.put_knowledge(workspace, *row)),
            SettingChange::Rollout(step) => return self.take_step(workspace, *step),
        };
        Ok(if is_known {
            SettingWritten::Done { created }
        } else {
            SettingWritten::Unknown
        })
    }
}

impl Settings for MemoryStore {
    fn write_setting(&self, write: SettingWrite) -> Pending<'_, SettingWritten> {
        settled(self.lock().write_setting(write))
    }

    fn find_setting(
        &self,
        workspace: WorkspaceId,
        caller: String,
        key: String,
    ) -> Pending<'_, Option<FirstAnswer>> {
        let state = self.lock();
        let found = state.setting_requests.get(&(workspace, caller, key));
        ready(found.map(|(_, first)| first.clone()))
    }
}
