//! The knowledge base: what is searched, how sure the search is, what is answered.

mod answer;
mod features;
mod index;
mod past;
mod query;
mod rank;

use sha2::{Digest, Sha256};

pub(crate) use features::{FEATURE_NAMES, Features};
pub(crate) use rank::{Candidate, SIGNAL_NAMES, SIGNALS};

use crate::article::{Article, Document};
use crate::calibration::Calibration;
use crate::chitchat;
use crate::text;
use index::Index;
use query::Query;
use rank::Ranking;

/// How many hits a search returns at most.
pub const HITS_MAX: usize = 5;
/// How many characters of a question are read; the rest adds nothing but time.
pub const QUERY_CHARS_MAX: usize = 2_000;

/// A searchable help centre with its calibration. Cheap to share, never changed.
#[derive(Debug)]
pub struct KnowledgeBase {
    index: Index,
    calibration: Calibration,
    version: String,
    articles: Vec<Article>,
}

/// One search, with all that was measured.
#[derive(Debug)]
pub(crate) struct Searched {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) features: Features,
    pub(crate) confidence: f64,
}

/// How far a search reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// The customer's own words: stems, phrases, close spellings and the nearest synonyms.
    Normal,
    /// Widened once: synonyms count almost in full, spelling counts more, earlier turns help.
    Wide,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The best articles, best first, at most [`HITS_MAX`]; empty if nothing shares anything
    /// with the question.
    pub hits: Vec<Hit>,
    /// Calibrated probability that the first hit answers the question, 0–1; 0 without a hit.
    pub confidence: f64,
    /// How far the question lies from everything known, 0–1: the share of its information
    /// (IDF mass) that the nearest article lacks, or 1 − the best spelling similarity if that
    /// is less. Not a probability.
    pub query_distance: f64,
    /// How much of the question is about things no article mentions, 0–1: the share of its IDF
    /// mass no article knows, not even in another spelling or as a synonym. Not a probability.
    pub out_of_scope: f64,
}

/// One article found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place among the documents the knowledge base was built from.
    pub index: usize,
    /// Its slug or `doc_id`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How well it fits, 0–1; comparable within one search only.
    pub score: f64,
}

/// What is said to the customer: sentences of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whole sentences or list items in reading order, each without line breaks; to be streamed
    /// one by one. Empty if the article says nothing but code.
    pub sentences: Vec<String>,
    /// The article's slug or `doc_id`.
    pub article: String,
    /// The article's title.
    pub title: String,
}

impl KnowledgeBase {
    /// Builds the index. Documents with the same id are kept apart; the first one found wins.
    pub fn build(docs: Vec<Document>, calibration: Calibration) -> Self {
        Self::build_with_outside(docs, &[], calibration)
    }

    /// Builds the index with past questions that no document answered: what resembles them is
    /// less likely to have an answer.
    pub fn build_with_outside(
        docs: Vec<Document>,
        outside: &[String],
        calibration: Calibration,
    ) -> Self {
        let mut hash = Sha256::new();
        hash.update(contents_hash(&docs));
        for question in outside {
            hash.update(question.len().to_le_bytes());
            hash.update(question);
        }
        hash.update(calibration.to_json());
        let version = short_hex(&hash.finalize());
        Self {
            index: Index::build(&docs, outside),
            calibration,
            version,
            articles: docs.into_iter().map(plain_article).collect(),
        }
    }

    /// The same with what files say of the articles besides.
    pub(crate) fn with_details(mut self, articles: &[Article]) -> Self {
        self.articles = articles.to_vec();
        self
    }

    /// The articles it was built from, in order. Of documents that were no articles the
    /// category and the date are empty.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    pub(crate) const fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// Searches for the articles that fit a question best.
    pub fn search(&self, query: &str, width: Width) -> Found {
        self.search_in_context(query, width, &[])
    }

    /// Searches with the customer's earlier turns, oldest first. They count only in a
    /// [`Width::Wide`] search, and only for the choice of the article: how sure the search is
    /// rests on what the question itself says.
    pub fn search_in_context(&self, query: &str, width: Width, earlier: &[&str]) -> Found {
        let Searched {
            candidates,
            features,
            confidence,
        } = self.measure(query, width, earlier);
        let score_max = self.calibration.score_max(width);
        let hits = candidates
            .iter()
            .take(HITS_MAX)
            .filter_map(|candidate| {
                let entry = self.index.entries.get(candidate.entry)?;
                Some(Hit {
                    index: candidate.entry,
                    id: entry.id.clone(),
                    title: entry.title.clone(),
                    score: candidate.score / score_max,
                })
            })
            .collect();
        Found {
            hits,
            confidence,
            query_distance: features.query_distance,
            out_of_scope: features.out_of_scope,
        }
    }

    /// The candidates, what the calibration is fed with, and what it says.
    pub(crate) fn measure(&self, query: &str, width: Width, earlier: &[&str]) -> Searched {
        let asked = clip(query);
        let own = Query::new(&self.index, asked, width, &[]);
        let past = self.index.past.as_ref();
        let profile = text::profile(asked);
        let recall = past.map(|past| past.recall(&profile)).unwrap_or_default();
        let small_talk = chitchat::log_odds(&profile);
        let judge = |query: &Query, ranking: &Ranking| {
            let features = Features::of(&self.index, query, &recall, ranking, small_talk);
            let confidence = match ranking.candidates.is_empty() {
                true => 0.0,
                false => self.calibration.apply(width, &features),
            };
            (features, confidence)
        };
        let rank =
            |query: &Query| rank::rank(&self.index, query, &recall, &self.calibration, width);
        if width == Width::Normal || earlier.is_empty() {
            let ranking = rank(&own);
            let (features, confidence) = judge(&own, &ranking);
            return Searched {
                candidates: ranking.candidates,
                features,
                confidence,
            };
        }
        let wide = Query::new(&self.index, asked, width, earlier);
        let ranking = rank(&wide);
        let (features, confidence) = judge(&wide, &ranking);
        let alone = rank::measured_again(
            &self.index,
            &own,
            &recall,
            &self.calibration,
            width,
            &ranking,
        );
        let (_, confidence_alone) = judge(&own, &alone);
        Searched {
            candidates: ranking.candidates,
            features,
            confidence: confidence.min(confidence_alone),
        }
    }

    /// The answer out of the first hit: its first sentence and those that fit best, 2–4 in all
    /// where the article has as many; `None` without a hit. Whether to give it is the caller's
    /// decision, by `confidence`.
    pub fn answer(&self, query: &str, found: &Found) -> Option<Answer> {
        let hit = found.hits.first()?;
        let entry = self.index.entries.get(hit.index)?;
        let query = Query::new(&self.index, clip(query), Width::Wide, &[]);
        Some(Answer {
            sentences: answer::extract(entry, &query),
            article: hit.id.clone(),
            title: hit.title.clone(),
        })
    }

    /// The text of an article that was found, without its headings and code; `None` if it
    /// was found in another knowledge base.
    pub fn text_of(&self, hit: &Hit) -> Option<String> {
        let entry = self.index.entries.get(hit.index)?;
        let units = entry.units.iter().map(|unit| unit.text.trim());
        Some(units.collect::<Vec<_>>().join("\n"))
    }

    /// The titles of at most two articles for a clarifying question to name, likelier first;
    /// none where nothing fits. How it is asked stands in the policy.
    pub fn clarify<'f>(&self, found: &'f Found) -> Vec<&'f str> {
        answer::named(found)
    }

    /// Sixteen hexadecimal digits over contents and calibration, for traces.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The id of a document by its place.
    pub(crate) fn id_of(&self, index: usize) -> Option<&str> {
        self.index.entries.get(index).map(|entry| entry.id.as_str())
    }

    /// How many documents are searched.
    pub fn len(&self) -> usize {
        self.index.entries.len()
    }

    /// Whether there is nothing to search.
    pub fn is_empty(&self) -> bool {
        self.index.entries.is_empty()
    }
}

fn plain_article(document: Document) -> Article {
    Article {
        slug: document.id,
        title: document.title,
        category: String::new(),
        updated: String::new(),
        body: document.text,
        asked: document.questions,
    }
}

/// Sixteen hexadecimal digits over ids, titles and texts in order: SHA-256, shortened.
pub fn contents_hash(docs: &[Document]) -> String {
    let mut hash = Sha256::new();
    for doc in docs {
        let parts = [&doc.id, &doc.title, &doc.text];
        for part in parts.into_iter().chain(&doc.questions) {
            // The length keeps neighbors apart: "ab","c" is not "a","bc".
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    short_hex(&hash.finalize())
}

fn short_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn clip(text: &str) -> &str {
    text.char_indices()
        .nth(QUERY_CHARS_MAX)
        .and_then(|(at, _)| text.get(..at))
        .unwrap_or(text)
}
