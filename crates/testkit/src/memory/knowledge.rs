use segue_model::id::WorkspaceId;
use segue_ports::Pending;
use segue_ports::knowledge::{Knowledge, KnowledgeVersion, Piece};
use segue_ports::settings::SettingWritten;

use super::{MemoryStore, State, limit, ready};

impl State {
    fn taught(&self, workspace: WorkspaceId) -> impl Iterator<Item = &KnowledgeVersion> {
        let own = move |(place, _): &&(WorkspaceId, KnowledgeVersion)| *place == workspace;
        self.knowledge.iter().filter(own).map(|(_, row)| row)
    }

    pub(super) fn put_knowledge(
        &mut self,
        workspace: WorkspaceId,
        row: KnowledgeVersion,
    ) -> SettingWritten {
        let of_piece = self.taught(workspace).filter(|it| it.piece == row.piece);
        let latest = of_piece.map(|it| it.version).max().unwrap_or(0);
        if row.version != latest + 1 {
            return SettingWritten::Exists;
        }
        self.knowledge.push((workspace, row));
        SettingWritten::Done { created: 0 }
    }
}

impl Knowledge for MemoryStore {
    fn knowledge(&self, workspace: WorkspaceId) -> Pending<'_, Vec<KnowledgeVersion>> {
        let state = self.lock();
        let mut latest = std::collections::BTreeMap::new();
        for row in state.taught(workspace) {
            let key = match &row.piece {
                Piece::Article(slug) => slug.clone(),
                Piece::Instructions => String::new(),
            };
            latest.insert(key, row.clone());
        }
        ready(latest.into_values().collect())
    }

    fn knowledge_history(
        &self,
        workspace: WorkspaceId,
        piece: Piece,
    ) -> Pending<'_, Vec<KnowledgeVersion>> {
        let state = self.lock();
        let own = state.taught(workspace).filter(|it| it.piece == piece);
        let mut found: Vec<KnowledgeVersion> = own.cloned().collect();
        found.reverse();
        ready(found)
    }

    fn fixes(&self, workspace: WorkspaceId, count: u32) -> Pending<'_, Vec<KnowledgeVersion>> {
        let state = self.lock();
        let own = state.taught(workspace).filter(|it| it.fix.is_some());
        let mut found: Vec<KnowledgeVersion> = own.cloned().collect();
        found.sort_by_key(|it| (std::cmp::Reverse(it.at), it.piece.clone()));
        found.truncate(limit(count));
        ready(found)
    }
}
