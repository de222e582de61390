//! Proposed articles, and what publishing one would change.

use std::collections::BTreeMap;

use segue_assist::{Article, Rehearsal, Tried, rehearse};
use segue_engine::packet::generated::{
    ARTICLE_SENTENCES_MAX, Sentences, answer_sentence, article_request,
};
use segue_insight::failures::{Cluster, Proposal, Resolution, is_thanks, propose, questions};
use segue_model::event::{Event, Version};
use segue_model::fact;
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use segue_model::turn::Author;
use segue_ports::knowledge::{Fix, Piece, Source};
use segue_ports::language_model::{Ask, Purpose};

use super::Found;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::knowledge::{Lesson, SOURCES_MAX, checked};
use crate::read::turns_of;
use crate::service::Service;

/// How many conversations are read for what agents said, the latest first.
const RESOLUTIONS_MAX: usize = 20;
/// How many questions an article is tried with.
const TRIED_MAX: usize = 60;
/// How many questions of a cluster are kept with a fix, to know the cluster by.
const SEEDS_MAX: usize = 12;
/// From which share of the questions on an article that is found for them is to be edited
/// rather than a new one written, and with which mean confidence.
const EDIT_SHARE_MIN: f64 = 0.5;
const EDIT_CONFIDENCE_MIN: f64 = 0.4;
/// From which mean confidence on an article has to do with the questions at all.
const NEAR_CONFIDENCE_MIN: f64 = 0.2;
/// The longest slug that is made up, in bytes.
const SLUG_MAX: usize = 60;
/// The most tokens of a model's article.
const TOKENS_MAX: u32 = 600;
/// The category where nothing says another.
const CATEGORY_OTHERWISE: &str = "general";

/// A proposed article or edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// The article's name.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The category.
    pub category: String,
    /// The Markdown; empty where agents said nothing that can be taken over.
    pub body: String,
    /// How customers ask for it.
    pub asked: Vec<String>,
    /// Where its words come from.
    pub sources: Vec<Source>,
    /// How many conversations that an agent dealt with were read.
    pub resolutions: usize,
    /// The model that put it into words, if one did.
    pub model: Option<String>,
    /// The article that it changes, if it is no new one.
    pub edit: Option<Edit>,
    /// The article that is found for these questions now, whether or not it is edited.
    pub nearest: Option<(String, String)>,
}

/// The article that a proposal changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its version; 0 where the server was started with it.
    pub version: u32,
    /// Its text until now.
    pub body: String,
}

/// What publishing an article would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// From which confidence on an answer is given.
    pub accept: f64,
    /// How many of the cluster's questions are answered now and with it.
    pub answered: (usize, usize),
    /// Each question, now and then.
    pub rehearsal: Rehearsal,
}

impl Service {
    /// A proposed article for a cluster; `over` names an article to edit, `Some(None)` asks
    /// for a new one whatever there is.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is no such cluster or article, or when the store fails.
    pub async fn propose_article(
        &self,
        desk: &Desk,
        found: &Found,
        cluster: ConversationId,
        over: Option<Option<String>>,
    ) -> Result<Proposed, Failure> {
        let cluster = found.cluster(cluster).ok_or(Failure::Unknown("cluster"))?;
        let mut resolutions = Vec::new();
        for member in cluster.failures().rev().filter(|it| it.trigger.is_some()) {
            if resolutions.len() >= RESOLUTIONS_MAX {
                break;
            }
            let read = self.resolution(desk, member.conversation, member.at);
            resolutions.extend(read.await?);
        }
        let proposal = propose(cluster, &resolutions);
        let nearest = nearest(desk, cluster).filter(Nearest::is_near);
        let edited = match over {
            Some(wanted) => wanted,
            None => nearest
                .as_ref()
                .filter(|near| near.is_to_be_edited())
                .map(|near| near.slug.clone()),
        };
        let (body, model) = match self.in_a_models_words(desk, cluster, &proposal).await {
            Some((body, model)) => (body, Some(model)),
            None => (proposal.body(), None),
        };
        let sources: Vec<Source> = proposal
            .sources()
            .into_iter()
            .take(SOURCES_MAX)
            .map(|(conversation, turn)| Source { conversation, turn })
            .collect();
        let articles = desk.taught();
        let articles = articles.knowledge.articles();
        let category = |slug: Option<&str>| {
            let found = articles.iter().find(|it| Some(it.slug.as_str()) == slug);
            let known = found.map(|it| it.category.clone());
            known.filter(|it| !it.is_empty())
        };
        let near = nearest.as_ref().map(|near| near.slug.as_str());
        let mut proposed = Proposed {
            slug: new_slug(&proposal.title, articles),
            title: proposal.title,
            category: category(near).unwrap_or_else(|| CATEGORY_OTHERWISE.to_owned()),
            body,
            asked: proposal.asked,
            sources,
            resolutions: proposal.resolutions,
            model,
            edit: None,
            nearest: nearest.map(|near| (near.slug, near.title)),
        };
        if let Some(slug) = edited {
            let old = articles.iter().find(|it| it.slug == slug);
            let old = old.ok_or(Failure::Unknown("article"))?;
            proposed.edit = Some(Edit {
                version: self.latest_version(desk, &slug).await?,
                body: old.body.clone(),
            });
            if !proposed.body.is_empty() {
                proposed.body = format!("{}\n\n{}", old.body.trim_end(), proposed.body);
            } else {
                proposed.body.clone_from(&old.body);
            }
            let mut asked = old.asked.clone();
            asked.extend(
                proposed
                    .asked
                    .into_iter()
                    .filter(|it| !old.asked.contains(it)),
            );
            proposed.asked = asked;
            proposed.slug = slug;
            proposed.title.clone_from(&old.title);
            proposed.category = category(Some(&old.slug)).unwrap_or(proposed.category);
        }
        Ok(proposed)
    }

    /// What publishing an article would change: whether it answers the questions of a
    /// cluster, and whether it is found for those of other articles.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what no article may hold, [`Failure::Unknown`] if there is no
    /// such cluster.
    pub async fn check_article(
        &self,
        desk: &Desk,
        found: &Found,
        cluster: Option<ConversationId>,
        lesson: Lesson,
    ) -> Result<Checked, Failure> {
        let lesson = checked(lesson, self.now())?;
        let Piece::Article(slug) = lesson.piece else {
            return Err(Failure::Unknown("article"));
        };
        let wanted: Vec<String> = match cluster {
            Some(id) => {
                let cluster = found.cluster(id).ok_or(Failure::Unknown("cluster"))?;
                questions(cluster).into_iter().take(TRIED_MAX).collect()
            }
            None => Vec::new(),
        };
        let article = Article {
            slug,
            title: lesson.title,
            category: lesson.category,
            updated: String::new(),
            body: lesson.body,
            asked: lesson.asked,
        };
        let accept = desk.ruleset().policy().definition().bands.accept;
        let taught = desk.taught();
        let work = tokio::task::spawn_blocking(move || {
            let rehearsal = rehearse(&taught.knowledge, &article, &wanted);
            (rehearsal.answered(&article.slug, accept), rehearsal)
        });
        let (answered, rehearsal) = work.await.map_err(|_| Failure::Busy)?;
        Ok(Checked {
            accept,
            answered,
            rehearsal,
        })
    }

    /// What is kept with a publication of the cluster that it is to end.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is no such cluster.
    pub fn fix_of(&self, found: &Found, cluster: ConversationId) -> Result<Fix, Failure> {
        let cluster = found.cluster(cluster).ok_or(Failure::Unknown("cluster"))?;
        Ok(Fix {
            cluster: cluster.id,
            name: cluster.name.clone(),
            first_at: cluster.first_at(),
            questions: questions(cluster).into_iter().take(SEEDS_MAX).collect(),
        })
    }

    async fn latest_version(&self, desk: &Desk, slug: &str) -> Result<u32, Failure> {
        let piece = Piece::Article(slug.to_owned());
        let history = self.knowledge_history(desk, piece).await?;
        Ok(history.first().map_or(0, |row| row.version))
    }

    /// What the agents said in one conversation; none where they said nothing.
    async fn resolution(
        &self,
        desk: &Desk,
        conversation: ConversationId,
        at: Timestamp,
    ) -> Result<Option<Resolution>, Failure> {
        let read = self.entries_after(desk.workspace.id, conversation, Version::default());
        let (state, entries) = read.await?;
        let mut said = Vec::new();
        let mut is_thanked = false;
        for turn in turns_of(&entries) {
            match turn.author {
                Author::Agent { .. }
                | Author::Draft {
                    is_edited: true, ..
                } => {
                    said.push((turn.number, turn.text));
                }
                Author::Customer if !said.is_empty() => is_thanked |= is_thanks(&turn.text),
                _ => {}
            }
        }
        let helped = entries.iter().flat_map(|stored| &stored.entry.events);
        is_thanked |= helped
            .into_iter()
            .any(|event| matches!(event, Event::AnswerConfirmed { helped: true, .. }));
        let mut names: Vec<String> = desk.agents().iter().map(|it| it.name.clone()).collect();
        if let Some(fact::FactValue::Text(name)) = state.facts.known.get(fact::name::NAME) {
            names.push(name.clone());
        }
        Ok((!said.is_empty()).then_some(Resolution {
            conversation,
            at,
            is_thanked,
            said,
            names,
        }))
    }

    /// The proposal in a model's words; none where there is no model, or nothing it wrote
    /// stands in what the agents said.
    async fn in_a_models_words(
        &self,
        desk: &Desk,
        cluster: &Cluster,
        proposal: &Proposal,
    ) -> Option<(String, String)> {
        let model = self.outside().model.as_ref()?;
        if !model.serves(Purpose::Article) || proposal.sentences.is_empty() {
            return None;
        }
        let said: Vec<&str> = proposal
            .sentences
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        let asked: Vec<&str> = proposal.asked.iter().map(String::as_str).collect();
        let fresh = self.fresh().simple().to_string();
        let mark = fresh
            .get(fresh.len().saturating_sub(12)..)
            .unwrap_or(&fresh);
        let request = article_request(&cluster.question, &asked, &said, mark);
        let reply = model.complete(Ask {
            workspace: desk.workspace.id,
            purpose: Purpose::Article,
            instructions: request.instructions,
            data: request.data,
            shape: None,
            tokens_max: TOKENS_MAX,
            names: Vec::new(),
        });
        let reply = reply.await.ok()?;
        let mut sentences = Sentences::default();
        let mut whole = sentences.push(&reply.text).ok()?;
        whole.extend(sentences.finish().ok()?);
        let is_borne_out =
            |sentence: &String| answer_sentence(sentence, &said, &asked, None).is_ok();
        let kept: Vec<String> = whole
            .into_iter()
            .filter(is_borne_out)
            .take(ARTICLE_SENTENCES_MAX)
            .collect();
        let (first, rest) = kept.split_first()?;
        let body = match rest.is_empty() {
            true => first.clone(),
            false => format!("{first}\n\n{}", rest.join(" ")),
        };
        Some((body, reply.model))
    }
}

/// The article that is found for a cluster's questions.
struct Nearest {
    slug: String,
    title: String,
    share: f64,
    confidence: f64,
}

impl Nearest {
    /// Whether it has anything to do with the questions: something is always found.
    fn is_near(&self) -> bool {
        self.confidence >= NEAR_CONFIDENCE_MIN
    }

    fn is_to_be_edited(&self) -> bool {
        self.share >= EDIT_SHARE_MIN && self.confidence >= EDIT_CONFIDENCE_MIN
    }
}

fn nearest(desk: &Desk, cluster: &Cluster) -> Option<Nearest> {
    let taught = desk.taught();
    let questions = questions(cluster);
    let mut counts = BTreeMap::<String, (u32, f64)>::new();
    for question in questions.iter().take(TRIED_MAX) {
        let tried = Tried::of(&taught.knowledge, question);
        if let Some(slug) = tried.article {
            let (n, sum) = counts.entry(slug).or_default();
            *n += 1;
            *sum += tried.confidence;
        }
    }
    let all = questions.len().clamp(1, TRIED_MAX) as f64;
    let best = counts
        .into_iter()
        .max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0)));
    let (slug, (n, sum)) = best?;
    let article = taught
        .knowledge
        .articles()
        .iter()
        .find(|it| it.slug == slug);
    Some(Nearest {
        title: article.map(|it| it.title.clone()).unwrap_or_default(),
        slug,
        share: f64::from(n) / all,
        confidence: sum / f64::from(n),
    })
}

/// A slug of a title that no article has.
fn new_slug(title: &str, articles: &[Article]) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        let plain = match c {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            '\'' | '’' => continue,
            _ if c.is_ascii_alphanumeric() => {
                slug.push(c);
                continue;
            }
            _ => "-",
        };
        if plain != "-" || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push_str(plain);
        }
    }
    slug.truncate(SLUG_MAX);
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { "article" } else { slug };
    let is_free = |slug: &str| articles.iter().all(|it| it.slug != slug);
    if is_free(slug) {
        return slug.to_owned();
    }
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let mut free = numbered.filter(|slug| is_free(slug));
    free.next().unwrap_or_default()
}
