//! The texts the assistant answers from: help-centre articles and plain documents.

use serde::{Deserialize, Serialize};

/// Longest accepted article, bytes.
pub const ARTICLE_BYTES_MAX: usize = 256 * 1024;

/// One article of a help centre, as it stands in `knowledge/SLUG.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The file's name without `.md`: lower case letters, digits and hyphens.
    pub slug: String,
    /// The title, one line.
    pub title: String,
    /// The category, one word.
    pub category: String,
    /// When it was last revised, `YYYY-MM-DD`.
    pub updated: String,
    /// The Markdown after the front matter; its first sentence is a direct answer.
    pub body: String,
    /// How customers ask for it: past questions that it answered. May be empty.
    #[serde(default)]
    pub asked: Vec<String>,
}

/// Why a file is not an article. Lines count from 1.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ArticleError {
    /// The slug is empty or holds other characters.
    #[error("the slug `{0}` may hold only lower-case letters, digits and hyphens")]
    Slug(String),
    /// The file is larger than [`ARTICLE_BYTES_MAX`].
    #[error("the article has {0} bytes, more than {ARTICLE_BYTES_MAX}")]
    TooLong(usize),
    /// The file does not begin with `---`, or the closing `---` is missing.
    #[error("the front matter does not stand between two lines `---`")]
    NoFrontMatter,
    /// A line of the front matter is not `key: value`.
    #[error("line {line} of the front matter is not `key: value`")]
    NotAPair {
        /// The line in the file.
        line: usize,
    },
    /// A key that no article has.
    #[error("unknown key `{key}` on line {line}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The line in the file.
        line: usize,
    },
    /// A key stands twice.
    #[error("key `{key}` on line {line} stands there twice")]
    Duplicate {
        /// The key.
        key: String,
        /// The line in the file.
        line: usize,
    },
    /// A key is missing or empty.
    #[error("key `{0}` is missing")]
    Missing(&'static str),
    /// The date is not `YYYY-MM-DD`.
    #[error("`{0}` is not a date of the form YYYY-MM-DD")]
    Date(String),
    /// There is nothing after the front matter.
    #[error("the article has no body")]
    NoBody,
}

/// What stands between two questions of the key `asked`.
const ASKED_SEPARATOR: char = '|';

/// Reads one article. Strict: every key exactly once (`asked` may be missing), no others.
///
/// # Errors
/// The first thing that is wrong, with its line where it has one.
pub fn parse_article(slug: &str, text: &str) -> Result<Article, ArticleError> {
    check_slug(slug)?;
    if text.len() > ARTICLE_BYTES_MAX {
        return Err(ArticleError::TooLong(text.len()));
    }
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    let rest = text
        .strip_prefix("---\n")
        .ok_or(ArticleError::NoFrontMatter)?;
    let (front, body) = rest
        .split_once("\n---\n")
        .ok_or(ArticleError::NoFrontMatter)?;
    let mut fields = FrontMatter::default();
    for (index, line) in front.lines().enumerate() {
        fields.read(line, index + 2)?;
    }
    let body = body.trim();
    if body.is_empty() {
        return Err(ArticleError::NoBody);
    }
    let updated = fields.updated.ok_or(ArticleError::Missing("updated"))?;
    if !is_date(&updated) {
        return Err(ArticleError::Date(updated));
    }
    Ok(Article {
        slug: slug.to_owned(),
        title: fields.title.ok_or(ArticleError::Missing("title"))?,
        category: fields.category.ok_or(ArticleError::Missing("category"))?,
        updated,
        body: body.to_owned(),
        asked: fields
            .asked
            .as_deref()
            .map(questions_of)
            .unwrap_or_default(),
    })
}

fn questions_of(line: &str) -> Vec<String> {
    line.split(ASKED_SEPARATOR)
        .map(|question| question.trim().to_owned())
        .filter(|question| !question.is_empty())
        .collect()
}

#[derive(Default)]
struct FrontMatter {
    asked: Option<String>,
    title: Option<String>,
    category: Option<String>,
    updated: Option<String>,
}

impl FrontMatter {
    fn read(&mut self, line: &str, number: usize) -> Result<(), ArticleError> {
        let (key, value) = line
            .split_once(':')
            .ok_or(ArticleError::NotAPair { line: number })?;
        let slot = match key {
            "title" => &mut self.title,
            "category" => &mut self.category,
            "updated" => &mut self.updated,
            "asked" => &mut self.asked,
            _ => {
                return Err(ArticleError::UnknownKey {
                    key: key.to_owned(),
                    line: number,
                });
            }
        };
        if slot.is_some() {
            return Err(ArticleError::Duplicate {
                key: key.to_owned(),
                line: number,
            });
        }
        let value = unquote(value.trim());
        // An empty value counts as missing and is reported as such at the end.
        if !value.is_empty() {
            *slot = Some(value.to_owned());
        }
        Ok(())
    }
}

fn unquote(value: &str) -> &str {
    value
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(value)
}

fn check_slug(slug: &str) -> Result<(), ArticleError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || !slug.chars().all(allowed) {
        return Err(ArticleError::Slug(slug.to_owned()));
    }
    Ok(())
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |digits: usize, max: u32| {
        parts.next().is_some_and(|part| {
            part.len() == digits
                && part.bytes().all(|b| b.is_ascii_digit())
                && part
                    .parse::<u32>()
                    .is_ok_and(|value| (1..=max).contains(&value))
        })
    };
    part(4, 9999) && part(2, 12) && part(2, 31) && parts.next().is_none()
}

/// One text to search in, whatever it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name answers are given under: the slug, or `doc_id`.
    pub id: String,
    /// The text: Markdown or plain.
    pub text: String,
    /// The title, shown to people and weighted in the search.
    pub title: String,
    /// Past questions that it answered, in customers' own words. May be empty.
    pub questions: Vec<String>,
}

impl Document {
    /// A document whose title may be missing. Then the words of the id stand in for it
    /// (`opening_hours` → `Opening hours`), since people name files after what they are about.
    pub fn new(id: impl Into<String>, text: impl Into<String>, title: Option<String>) -> Self {
        let id = id.into();
        let title = title
            .filter(|t| !t.trim().is_empty())
            .unwrap_or_else(|| words_of_id(&id));
        Self {
            id,
            text: text.into(),
            title,
            questions: Vec::new(),
        }
    }

    /// The same document with past questions that it answered.
    #[must_use]
    pub fn with_questions(mut self, questions: Vec<String>) -> Self {
        self.questions = questions;
        self
    }
}

impl From<&Article> for Document {
    fn from(article: &Article) -> Self {
        Self {
            id: article.slug.clone(),
            text: article.body.clone(),
            title: article.title.clone(),
            questions: article.asked.clone(),
        }
    }
}

fn words_of_id(id: &str) -> String {
    let spaced: String = id
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let spaced = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => id.to_owned(),
    }
}
