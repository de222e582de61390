//! What people taught the assistant: versions of articles and of its instructions, laid
//! over the articles the server was started with.
//!
//! A version is written first and used next, under the workspace's turn
//! ([`Desk::knowledge_turn`](crate::Desk)); an answer that has been begun keeps the
//! knowledge it was begun with. A restart reads the same from the store.

use std::collections::BTreeMap;
use std::sync::Arc;

use segue_assist::{Article, KnowledgeBase, overlaid, parse_article};
use segue_engine::packet::generated::TOLD_CHARS_MAX;
use segue_model::id::AgentId;
use segue_model::time::Timestamp;
use segue_ports::knowledge::{Fix, KnowledgeVersion, Piece, Source, VersionKind};
use segue_ports::settings::SettingChange;

use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::settings::{Act, Settled};
use crate::service::Service;

/// The longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 120;
/// The longest text of an article, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// How many questions an article lists.
pub const ASKED_MAX: usize = 50;
/// The longest of them, in characters.
pub const ASKED_CHARS_MAX: usize = 300;
/// The longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 500;
/// How many sources a version names.
pub const SOURCES_MAX: usize = 50;

/// What the assistant knows and is told at one moment.
#[derive(Debug)]
pub struct Taught {
    /// All articles that are in use.
    pub knowledge: Arc<KnowledgeBase>,
    /// The versions of those that were taught.
    versions: BTreeMap<String, u32>,
    /// What a model is told besides.
    pub instructions: Option<KnowledgeVersion>,
}

impl Taught {
    /// The articles the server was started with, and nothing else.
    pub const fn nothing(base: Arc<KnowledgeBase>) -> Self {
        Self {
            knowledge: base,
            versions: BTreeMap::new(),
            instructions: None,
        }
    }

    /// What is in use once these versions, the latest of each piece, lie over the base.
    pub fn of(base: &Arc<KnowledgeBase>, latest: &[KnowledgeVersion]) -> Self {
        let mut taught = Self::nothing(Arc::clone(base));
        let mut over = Vec::new();
        for row in latest {
            let is_in_use = row.kind != VersionKind::Withdrawn;
            match &row.piece {
                Piece::Instructions if is_in_use => taught.instructions = Some(row.clone()),
                Piece::Instructions => {}
                Piece::Article(slug) => {
                    if is_in_use {
                        taught.versions.insert(slug.clone(), row.version);
                    }
                    over.push((slug.clone(), is_in_use.then(|| article_of(slug, row))));
                }
            }
        }
        if !over.is_empty() {
            let articles = overlaid(base.articles(), over);
            taught.knowledge = Arc::new(base.rebuilt(&articles));
        }
        taught
    }

    /// Which version of an article is in use; none for one the server was started with.
    pub fn version_of(&self, slug: &str) -> Option<u32> {
        self.versions.get(slug).copied()
    }
}

/// A version as the article that it is.
pub fn article_of(slug: &str, row: &KnowledgeVersion) -> Article {
    Article {
        slug: slug.to_owned(),
        title: row.title.clone(),
        category: row.category.clone(),
        updated: date(row.at),
        body: row.body.clone(),
        asked: row.asked.clone(),
    }
}

/// A day in UTC, as articles carry it.
fn date(at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.strftime("%Y-%m-%d").to_string()
}

/// What somebody would like to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Of what.
    pub piece: Piece,
    /// The title; empty for instructions.
    pub title: String,
    /// The category; empty for instructions.
    pub category: String,
    /// The Markdown.
    pub body: String,
    /// How customers ask for it.
    pub asked: Vec<String>,
}

/// Why, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// The version that it was made on; 0 where there was none.
    pub base: u32,
    /// Why, in their words.
    pub reason: String,
    /// Where its words come from.
    pub sources: Vec<Source>,
    /// What it is meant to end.
    pub fix: Option<Fix>,
}

impl Service {
    /// Reads what was taught and puts it in use.
    pub(crate) async fn read_taught(&self, desk: &Desk) -> Result<(), Failure> {
        let latest = self.store().knowledge(desk.workspace.id).await?;
        desk.set_taught(Taught::of(desk.base(), &latest));
        Ok(())
    }

    /// Publishes a version; the assistant uses it from its next answer on.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what no article may hold, [`Failure::KnowledgeChanged`] if
    /// somebody was faster.
    pub async fn teach(
        &self,
        caller: &Caller,
        by: AgentId,
        lesson: Lesson,
        grounds: Grounds,
        answer: impl FnOnce(&KnowledgeVersion) -> String,
    ) -> Result<Settled<KnowledgeVersion>, Failure> {
        let lesson = checked(lesson, self.now())?;
        let row = self.row(by, VersionKind::Published, lesson, grounds)?;
        self.put_in_use(caller, row, "knowledge.published", answer)
            .await
    }

    /// Goes back to an earlier version, as a new one; 0 is what the server was started with.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is no such version, [`Failure::KnowledgeChanged`] if
    /// somebody was faster.
    pub async fn teach_again(
        &self,
        caller: &Caller,
        by: AgentId,
        (piece, version): (Piece, u32),
        grounds: Grounds,
        answer: impl FnOnce(&KnowledgeVersion) -> String,
    ) -> Result<Settled<KnowledgeVersion>, Failure> {
        let desk = self.desk(caller.workspace)?;
        let history = self.knowledge_history(&desk, piece.clone()).await?;
        let wanted = history.into_iter().find(|row| row.version == version);
        let wanted = wanted.ok_or(Failure::Unknown("version"))?;
        if wanted.kind == VersionKind::Withdrawn {
            return Err(Failure::Invalid {
                field: "version",
                reason: "this one was withdrawn: go back to one that was in use".to_owned(),
            });
        }
        let lesson = Lesson {
            piece,
            title: wanted.title,
            category: wanted.category,
            body: wanted.body,
            asked: wanted.asked,
        };
        let row = self.row(by, VersionKind::RolledBack, lesson, grounds)?;
        self.put_in_use(caller, row, "knowledge.rolled_back", answer)
            .await
    }

    /// Takes a piece out of use, as a new version; its text stays to be read.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if it is not in use, [`Failure::KnowledgeChanged`] if somebody
    /// was faster.
    pub async fn unteach(
        &self,
        caller: &Caller,
        by: AgentId,
        piece: Piece,
        grounds: Grounds,
        answer: impl FnOnce(&KnowledgeVersion) -> String,
    ) -> Result<Settled<KnowledgeVersion>, Failure> {
        let desk = self.desk(caller.workspace)?;
        let history = self.knowledge_history(&desk, piece.clone()).await?;
        let latest = history.into_iter().next();
        let latest = latest.filter(|row| row.kind != VersionKind::Withdrawn);
        let latest = latest.ok_or(Failure::Unknown("article"))?;
        let lesson = Lesson {
            piece,
            title: latest.title,
            category: latest.category,
            body: latest.body,
            asked: latest.asked,
        };
        let row = self.row(by, VersionKind::Withdrawn, lesson, grounds)?;
        self.put_in_use(caller, row, "knowledge.withdrawn", answer)
            .await
    }

    /// All versions of a piece, newest first, with what the server was started with last, as
    /// version 0. Empty if there is no such piece.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn knowledge_history(
        &self,
        desk: &Desk,
        piece: Piece,
    ) -> Result<Vec<KnowledgeVersion>, Failure> {
        let workspace = desk.workspace.id;
        let mut history = self
            .store()
            .knowledge_history(workspace, piece.clone())
            .await?;
        if let Piece::Article(slug) = &piece {
            let base = desk.base().articles().iter().find(|it| it.slug == *slug);
            history.extend(base.map(|article| started_with(&piece, article)));
        }
        Ok(history)
    }

    /// The latest version of every piece, the articles the server was started with included.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn knowledge_now(&self, desk: &Desk) -> Result<Vec<KnowledgeVersion>, Failure> {
        let mut latest = self.store().knowledge(desk.workspace.id).await?;
        for article in desk.base().articles() {
            let piece = Piece::Article(article.slug.clone());
            if !latest.iter().any(|row| row.piece == piece) {
                latest.push(started_with(&piece, article));
            }
        }
        latest.sort_by(|a, b| a.piece.cmp(&b.piece));
        Ok(latest)
    }

    fn row(
        &self,
        author: AgentId,
        kind: VersionKind,
        lesson: Lesson,
        grounds: Grounds,
    ) -> Result<KnowledgeVersion, Failure> {
        let reason = grounds.reason.trim().to_owned();
        bounded("reason", &reason, 1, REASON_CHARS_MAX)?;
        if grounds.sources.len() > SOURCES_MAX {
            return Err(invalid("sources", format!("at most {SOURCES_MAX}")));
        }
        Ok(KnowledgeVersion {
            piece: lesson.piece,
            version: grounds.base.saturating_add(1),
            kind,
            title: lesson.title,
            category: lesson.category,
            body: lesson.body,
            asked: lesson.asked,
            author,
            at: self.now(),
            reason,
            sources: grounds.sources,
            fix: grounds.fix,
        })
    }

    async fn put_in_use(
        &self,
        caller: &Caller,
        row: KnowledgeVersion,
        action: &'static str,
        answer: impl FnOnce(&KnowledgeVersion) -> String,
    ) -> Result<Settled<KnowledgeVersion>, Failure> {
        let desk = self.desk(caller.workspace)?;
        let _turn = desk.knowledge_turn().await;
        let name = match &row.piece {
            Piece::Article(slug) => slug.as_str(),
            Piece::Instructions => "instructions",
        };
        let act = Act {
            subject: format!("{name}@{}", row.version),
            change: SettingChange::PutKnowledge(Box::new(row.clone())),
            action,
        };
        let settled = self.settle_act(caller, act, answer(&row)).await?;
        if matches!(settled, Settled::Now(_)) {
            self.read_taught(&desk).await?;
            desk.learned();
        }
        Ok(settled.map(|_| row))
    }
}

fn started_with(piece: &Piece, article: &Article) -> KnowledgeVersion {
    let day = article.updated.parse::<jiff::civil::Date>().ok();
    let at = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok());
    KnowledgeVersion {
        piece: piece.clone(),
        version: 0,
        kind: VersionKind::Published,
        title: article.title.clone(),
        category: article.category.clone(),
        body: article.body.clone(),
        asked: article.asked.clone(),
        author: AgentId::nil(),
        at: at.map_or_else(Timestamp::default, |at| {
            Timestamp(at.timestamp().as_millisecond())
        }),
        reason: String::new(),
        sources: Vec::new(),
        fix: None,
    }
}

/// The lesson in its final form, if it may be published.
pub(crate) fn checked(mut lesson: Lesson, now: Timestamp) -> Result<Lesson, Failure> {
    let body = lesson.body.trim().replace("\r\n", "\n");
    lesson.body = body;
    let Piece::Article(slug) = &lesson.piece else {
        bounded("body", &lesson.body, 1, TOLD_CHARS_MAX)?;
        return Ok(Lesson {
            title: String::new(),
            category: String::new(),
            asked: Vec::new(),
            ..lesson
        });
    };
    lesson.title = one_line(&lesson.title);
    lesson.category = one_line(&lesson.category);
    bounded("title", &lesson.title, 1, TITLE_CHARS_MAX)?;
    if lesson.category.is_empty() || lesson.category.contains(' ') {
        return Err(invalid("category", "one word".to_owned()));
    }
    if lesson.body.is_empty() || lesson.body.len() > BODY_BYTES_MAX {
        return Err(invalid("body", format!("1 to {BODY_BYTES_MAX} bytes")));
    }
    lesson.asked = lesson.asked.iter().map(|it| one_line(it)).collect();
    lesson.asked.retain(|question| !question.is_empty());
    lesson.asked.dedup();
    if lesson.asked.len() > ASKED_MAX {
        return Err(invalid("asked", format!("at most {ASKED_MAX} questions")));
    }
    for question in &lesson.asked {
        bounded("asked", question, 1, ASKED_CHARS_MAX)?;
    }
    // What is published must be what a file of it would be read as.
    let article = Article {
        slug: slug.clone(),
        title: lesson.title.clone(),
        category: lesson.category.clone(),
        updated: date(now),
        body: lesson.body.clone(),
        asked: lesson.asked.clone(),
    };
    let read = parse_article(slug, &article.to_markdown());
    let read = read.map_err(|error| invalid("slug", error.to_string()))?;
    Ok(Lesson {
        asked: read.asked,
        ..lesson
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bounded(field: &'static str, text: &str, min: usize, max: usize) -> Result<(), Failure> {
    match (min..=max).contains(&text.chars().count()) {
        true => Ok(()),
        false => Err(invalid(field, format!("{min} to {max} characters"))),
    }
}

const fn invalid(field: &'static str, reason: String) -> Failure {
    Failure::Invalid { field, reason }
}
