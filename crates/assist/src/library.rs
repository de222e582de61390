//! Articles over articles: what was taught lies over what the help centre was begun
//! with, and tries whether a new article answers what it is meant to answer.

use std::collections::BTreeMap;

use crate::article::{Article, Document};
use crate::calibration::Calibration;
use crate::knowledge::{KnowledgeBase, Width};

/// What stands between two questions in a file.
const ASKED_SEPARATOR: &str = " | ";

impl Article {
    /// The article as the file that [`crate::parse_article`] reads.
    pub fn to_markdown(&self) -> String {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A pair of quotation marks around the whole would be taken off when it is read.
        let value = |text: &str| {
            let text = line(text);
            match text.len() > 1 && text.starts_with('"') && text.ends_with('"') {
                true => format!("\"{text}\""),
                false => text,
            }
        };
        let mut out = format!(
            "---\ntitle: {}\ncategory: {}\nupdated: {}\n",
            value(&self.title),
            value(&self.category),
            self.updated
        );
        let asked: Vec<String> = self
            .asked
            .iter()
            .map(|question| line(&question.replace('|', "/")))
            .filter(|question| !question.is_empty())
            .collect();
        if !asked.is_empty() {
            out.push_str("asked: ");
            out.push_str(&value(&asked.join(ASKED_SEPARATOR)));
            out.push('\n');
        }
        out.push_str("---\n\n");
        out.push_str(self.body.trim());
        out.push('\n');
        out
    }
}

/// The articles with others laid over them, by slug; `None` takes one out. Those that
/// were there stay in their order, new ones follow.
pub fn overlaid(
    base: &[Article],
    over: impl IntoIterator<Item = (String, Option<Article>)>,
) -> Vec<Article> {
    let mut over: BTreeMap<String, Option<Article>> = over.into_iter().collect();
    let mut articles = Vec::with_capacity(base.len() + over.len());
    for article in base {
        match over.remove(&article.slug) {
            Some(other) => articles.extend(other),
            None => articles.push(article.clone()),
        }
    }
    articles.extend(over.into_values().flatten());
    articles
}

impl KnowledgeBase {
    /// A knowledge base of articles, with the calibration that fits them.
    pub fn of_articles(articles: &[Article]) -> Self {
        let documents: Vec<Document> = articles.iter().map(Document::from).collect();
        let calibration = Calibration::for_documents(&documents);
        Self::build(documents, calibration).with_details(articles)
    }

    /// The same knowledge base of other articles. A calibration of one's own is kept.
    #[must_use]
    pub fn rebuilt(&self, articles: &[Article]) -> Self {
        let documents = |articles: &[Article]| -> Vec<Document> {
            articles.iter().map(Document::from).collect()
        };
        let usual = Calibration::for_documents(&documents(self.articles()));
        match usual == *self.calibration() || self.is_empty() {
            true => Self::of_articles(articles),
            false => {
                Self::build(documents(articles), self.calibration().clone()).with_details(articles)
            }
        }
    }
}

/// What became of one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The question.
    pub question: String,
    /// The article that is found for it; none where nothing fits.
    pub article: Option<String>,
    /// How sure the search is, 0–1.
    pub confidence: f64,
}

impl Tried {
    /// What a knowledge base makes of a question.
    pub fn of(knowledge: &KnowledgeBase, question: &str) -> Self {
        let found = knowledge.search(question, Width::Normal);
        Self {
            question: question.to_owned(),
            article: found.hits.first().map(|hit| hit.id.clone()),
            confidence: found.confidence,
        }
    }
}

/// What an article changes, before anybody sees it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rehearsal {
    /// The questions it is meant to answer, as they are answered without it and with it. It
    /// knows none of them: those that stand in it were left out while they were tried.
    pub wanted: Vec<(Tried, Tried)>,
    /// Questions that another article was found for, and that it would now be found for.
    pub stolen: Vec<(Tried, Tried)>,
    /// How many questions of other articles were tried.
    pub others: usize,
}

impl Rehearsal {
    /// How many of the wanted questions are answered from a threshold on: without the
    /// article by any, with it by itself.
    pub fn answered(&self, slug: &str, accept: f64) -> (usize, usize) {
        let is_answered = |tried: &Tried| tried.confidence >= accept && tried.article.is_some();
        let is_own = |tried: &Tried| is_answered(tried) && tried.article.as_deref() == Some(slug);
        let before = self.wanted.iter().filter(|(it, _)| is_answered(it));
        let after = self.wanted.iter().filter(|(_, it)| is_own(it));
        (before.count(), after.count())
    }
}

/// In how many parts the article's own questions are left out in turn.
const PARTS: usize = 4;

/// Tries an article: whether it answers the questions it is meant to, and whether it is
/// found for those of others.
///
/// A wanted question that stands in the article proves nothing there. It is tried with an
/// article that does not hold it: one of [`PARTS`] parts at a time is left out.
pub fn rehearse(before: &KnowledgeBase, article: &Article, wanted: &[String]) -> Rehearsal {
    let with = |article: &Article| {
        let over = [(article.slug.clone(), Some(article.clone()))];
        before.rebuilt(&overlaid(before.articles(), over))
    };
    let whole = with(article);
    let same = |a: &str, b: &str| folded(a) == folded(b);
    let is_inside = |question: &String| article.asked.iter().any(|own| same(own, question));
    let (inside, held_out): (Vec<&String>, Vec<&String>) =
        wanted.iter().partition(|question| is_inside(question));
    let mut rehearsal = Rehearsal::default();
    for question in held_out {
        let pair = (Tried::of(before, question), Tried::of(&whole, question));
        rehearsal.wanted.push(pair);
    }
    let parts = PARTS.min(inside.len());
    for part in 0..parts {
        let left_out: Vec<&String> = inside.iter().skip(part).step_by(parts).copied().collect();
        let mut without = article.clone();
        without
            .asked
            .retain(|own| !left_out.iter().any(|question| same(own, question)));
        let knowledge = with(&without);
        for question in left_out {
            let pair = (Tried::of(before, question), Tried::of(&knowledge, question));
            rehearsal.wanted.push(pair);
        }
    }
    for other in before
        .articles()
        .iter()
        .filter(|it| it.slug != article.slug)
    {
        for question in &other.asked {
            rehearsal.others += 1;
            let now = Tried::of(&whole, question);
            if now.article.as_deref() == Some(&article.slug) {
                let was = Tried::of(before, question);
                if was.article.as_deref() == Some(&other.slug) {
                    rehearsal.stolen.push((was, now));
                }
            }
        }
    }
    rehearsal
}

fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
