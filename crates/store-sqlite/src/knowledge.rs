//! What people taught the assistant, as the port asks for it.

use rusqlite::{Connection, Row, ToSql, params};
use segue_model::id::WorkspaceId;
use segue_ports::Pending;
use segue_ports::knowledge::{Knowledge, KnowledgeVersion, Piece};
use segue_ports::settings::SettingWritten;

use crate::fault::Fault;
use crate::store::SqliteStore;
use crate::value::{Id, from_json, from_word, id, instant, json, word};

const COLUMNS: &str =
    "slug, version, kind, title, category, body, asked, author, at, reason, sources, fix";

/// An article's slug is never empty.
fn slug(piece: &Piece) -> &str {
    match piece {
        Piece::Article(slug) => slug,
        Piece::Instructions => "",
    }
}

fn version(row: &Row<'_>) -> Result<KnowledgeVersion, Fault> {
    let slug: String = row.get(0)?;
    let fix: Option<String> = row.get(11)?;
    Ok(KnowledgeVersion {
        piece: match slug.is_empty() {
            true => Piece::Instructions,
            false => Piece::Article(slug),
        },
        version: row.get(1)?,
        kind: from_word(row.get(2)?)?,
        title: row.get(3)?,
        category: row.get(4)?,
        body: row.get(5)?,
        asked: from_json(&row.get::<_, String>(6)?)?,
        author: id(row, 7)?,
        at: instant(row, 8)?,
        reason: row.get(9)?,
        sources: from_json(&row.get::<_, String>(10)?)?,
        fix: fix.map(|text| from_json(&text)).transpose()?,
    })
}

/// Keeps a version that follows the latest; what it refuses, it has not begun to write.
pub(crate) fn put(
    connection: &Connection,
    workspace: WorkspaceId,
    row: &KnowledgeVersion,
) -> Result<SettingWritten, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(max(version), 0) FROM knowledge_version
         WHERE workspace = ?1 AND slug = ?2",
    )?;
    let latest: u32 = statement
        .query_row(params![workspace.bytes(), slug(&row.piece)], |found| {
            found.get(0)
        })?;
    if latest.checked_add(1) != Some(row.version) {
        return Ok(SettingWritten::Exists);
    }
    let mut statement = connection.prepare_cached(&format!(
        "INSERT INTO knowledge_version (workspace, {COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    ))?;
    statement.execute(params![
        workspace.bytes(),
        slug(&row.piece),
        row.version,
        word(&row.kind)?,
        row.title,
        row.category,
        row.body,
        json(&row.asked)?,
        row.author.bytes(),
        row.at.0,
        row.reason,
        json(&row.sources)?,
        row.fix.as_ref().map(json).transpose()?,
    ])?;
    Ok(SettingWritten::Done { created: 0 })
}

fn select(
    connection: &Connection,
    rest: &str,
    values: &[&dyn ToSql],
) -> Result<Vec<KnowledgeVersion>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM knowledge_version AS own {rest}"
    ))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(version(row)?);
    }
    Ok(found)
}

impl Knowledge for SqliteStore {
    fn knowledge(&self, workspace: WorkspaceId) -> Pending<'_, Vec<KnowledgeVersion>> {
        self.read("reading what was taught", move |c| {
            select(
                c,
                "WHERE workspace = ?1 AND version = (SELECT max(version) FROM knowledge_version
                 WHERE workspace = own.workspace AND slug = own.slug) ORDER BY slug",
                &[&workspace.bytes()],
            )
        })
    }

    fn knowledge_history(
        &self,
        workspace: WorkspaceId,
        piece: Piece,
    ) -> Pending<'_, Vec<KnowledgeVersion>> {
        self.read("reading an article's versions", move |c| {
            select(
                c,
                "WHERE workspace = ?1 AND slug = ?2 ORDER BY version DESC",
                &[&workspace.bytes(), &slug(&piece)],
            )
        })
    }

    fn fixes(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<KnowledgeVersion>> {
        self.read("listing fixes", move |c| {
            select(
                c,
                "WHERE workspace = ?1 AND fix IS NOT NULL ORDER BY at DESC, slug LIMIT ?2",
                &[&workspace.bytes(), &limit],
            )
        })
    }
}
