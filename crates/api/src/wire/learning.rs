//! What the assistant fails at, proposed articles, and versions of what was taught.

use segue_model::id::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Instant;
use super::words::{RootCause, Trigger};

/// Which failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LearningParams {
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
    /// The window in days, 1 to 182; 28 if absent.
    #[serde(default)]
    pub days: Option<u32>,
}

/// What is to be proposed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProposalParams {
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
    /// The article to edit; empty for a new one. Where absent, the article that is found for
    /// the questions now is edited, and else a new one is begun.
    #[serde(default)]
    pub article: Option<String>,
}

/// What the assistant fails at.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Learning {
    /// Of which moment it is.
    pub at: Instant,
    /// The window in days.
    pub days: u32,
    /// Failures that put the same concern, what costs most first.
    pub clusters: Vec<FailureCluster>,
    /// How many failures of half a year are like no other.
    pub single: u32,
    /// How many have no words to compare them by, because they were erased or say nothing.
    pub wordless: u32,
    /// How well the loop from failure to fix is kept up.
    pub health: LoopHealth,
}

/// How well the loop from failure to fix is kept up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct LoopHealth {
    /// Handoffs of the window that were dealt with.
    pub handoffs: u32,
    /// Those of them with a reason.
    pub tagged: u32,
    /// Clusters of half a year with five failures or more.
    pub clusters: u32,
    /// Those of them against which something was published.
    pub fixed: u32,
    /// Clusters with ten failures within four weeks that nobody has done anything about for
    /// two weeks.
    pub broken: u32,
    /// The median time from the first failure of a cluster to a publication against it, in
    /// seconds; absent where fewer than half have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_publish_s: Option<f64>,
}

/// Failures that put the same concern.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FailureCluster {
    /// Its name among clusters; it stays the same.
    #[schema(value_type = String)]
    pub id: ConversationId,
    /// Its name for people, in a customer's words.
    pub name: String,
    /// How many failures the window holds.
    pub n: u32,
    /// Minutes that agents worked on them.
    pub agent_minutes: f64,
    /// Minutes that customers waited for a person.
    pub wait_minutes: f64,
    /// When the first one happened, also before the window.
    pub first_at: Instant,
    /// When the last one happened.
    pub last_at: Instant,
    /// How many there were in the first half of the window.
    pub n_earlier: u32,
    /// How many there were in the second half.
    pub n_later: u32,
    /// The reasons agents gave, most frequent first.
    pub root_causes: Vec<FailureCause>,
    /// What handed them over, most frequent first.
    pub triggers: Vec<FailureTrigger>,
    /// Whether it comes again and again and nobody has done anything about it.
    pub is_broken: bool,
    /// What was published against it, newest first.
    pub fixes: Vec<FixRow>,
    /// What that has changed so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<FixEffect>,
}

/// A reason with how often it was given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct FailureCause {
    /// The reason.
    pub root_cause: RootCause,
    /// How often.
    pub n: u32,
}

/// A trigger with how often it handed over.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct FailureTrigger {
    /// The trigger.
    pub trigger: Trigger,
    /// How often.
    pub n: u32,
}

/// What was published against a cluster.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FixRow {
    /// The article; absent for the instructions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Its title.
    pub title: String,
    /// The version.
    pub version: u32,
    /// How it came to be.
    pub kind: VersionKind,
    /// When.
    pub at: Instant,
}

/// How a version came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VersionKind {
    /// Somebody wrote it.
    Published,
    /// Somebody went back to an earlier one.
    RolledBack,
    /// Somebody took the piece out of use.
    Withdrawn,
}

/// What may be said of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectVerdict {
    /// Fewer escalations, more than chance would have it.
    Fewer,
    /// More escalations, more than chance would have it.
    More,
    /// It may be chance, or too little time has passed.
    TooEarly,
}

/// What a publication has changed: the escalations of its cluster for each 1,000
/// conversations with the assistant, before and after, over windows of the same length. The
/// week before the publication is left out: what made somebody act falls back by itself.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FixEffect {
    /// When it was published.
    pub published_at: Instant,
    /// The length of both windows in days, at most 56.
    pub days: f64,
    /// Before.
    pub before: EscalationRate,
    /// After.
    pub after: EscalationRate,
    /// By which share it changed; −0.31 is a fall by 31 %. Absent where nothing happened before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<f64>,
    /// The lower end of the interval of the change at 95 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_min: Option<f64>,
    /// Its upper end; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_max: Option<f64>,
    /// What may be said.
    pub verdict: EffectVerdict,
    /// Week by week, from eight weeks before the publication on.
    pub weeks: Vec<EffectWeek>,
}

/// Escalations among conversations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct EscalationRate {
    /// Escalations of the cluster.
    pub escalations: u32,
    /// Conversations with the assistant.
    pub conversations: u32,
    /// Escalations for each 1,000 conversations; absent without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_thousand: Option<f64>,
}

/// One week beside a publication.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct EffectWeek {
    /// When it begins.
    pub from: Instant,
    /// What happened in it.
    pub rate: EscalationRate,
}

/// One cluster with its failures.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FailureClusterDetail {
    /// The cluster.
    pub cluster: FailureCluster,
    /// The failures that are likest to all others.
    pub examples: Vec<FailureRow>,
    /// The latest failures, newest first, at most 100.
    pub failures: Vec<FailureRow>,
}

/// One failure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FailureRow {
    /// The conversation.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// When it failed.
    pub at: Instant,
    /// The concern in the customer's words.
    pub text: String,
    /// The reason the agent gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<RootCause>,
    /// What handed it over; absent where nobody was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Trigger>,
}

/// Where a part of a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleSource {
    /// The conversation.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The turn.
    pub turn: u32,
}

/// A proposed article or edit, to be read and changed before it is published.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProposedArticle {
    /// The article's name.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The category.
    pub category: String,
    /// The Markdown; empty where agents said nothing that can be taken over.
    pub body: String,
    /// How customers ask for it, in their words.
    pub asked: Vec<String>,
    /// Where its words come from.
    pub sources: Vec<ArticleSource>,
    /// How many conversations that an agent dealt with were read for it.
    pub resolutions: usize,
    /// The model that put it into words; absent where they are the agents' own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The version that it changes; 0 for a new article and for one the server was started with.
    pub base: u32,
    /// The text that it changes; absent for a new article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_before: Option<String>,
    /// The article that is found for these questions now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<NearestArticle>,
}

/// An article that is found for questions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearestArticle {
    /// Its name.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// An article to be tried before it is published.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckBody {
    /// The article's name: lower-case letters, digits and hyphens.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The category, one word.
    pub category: String,
    /// The Markdown.
    pub body: String,
    /// How customers ask for it.
    #[serde(default)]
    pub asked: Vec<String>,
    /// The cluster whose questions it is to answer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub cluster: Option<ConversationId>,
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
}

/// What publishing an article would change.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckAnswer {
    /// From which confidence on an answer is given.
    pub accept: f64,
    /// How many of the cluster's questions were tried; none of them is known to the article
    /// while it is tried with it.
    pub n: usize,
    /// How many of them are answered now.
    pub answered_before: usize,
    /// How many would be answered by the article.
    pub answered_after: usize,
    /// Each of them.
    pub tried: Vec<TriedQuestion>,
    /// Questions of other articles that it would be found for in their place.
    pub stolen: Vec<StolenQuestion>,
    /// How many questions of other articles were tried.
    pub others: usize,
}

/// A question, now and with the article.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TriedQuestion {
    /// The question.
    pub question: String,
    /// How sure the search is now, 0–1.
    pub confidence_before: f64,
    /// How sure it would be, 0–1.
    pub confidence_after: f64,
    /// Whether the article is found for it.
    pub is_found: bool,
    /// Whether it would be answered by the article.
    pub is_answered: bool,
}

/// A question that another article would lose.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StolenQuestion {
    /// The question.
    pub question: String,
    /// The article that is found for it now.
    pub article: String,
}

/// An article to be published.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleBody {
    /// The version that it was made on; 0 for a new article and for one the server was
    /// started with.
    pub base: u32,
    /// The title.
    pub title: String,
    /// The category, one word.
    pub category: String,
    /// The Markdown.
    pub body: String,
    /// How customers ask for it.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where its words come from.
    #[serde(default)]
    pub sources: Vec<ArticleSource>,
    /// The cluster that it is to end.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub cluster: Option<ConversationId>,
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
}

/// The instructions to be published.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstructionsBody {
    /// The version that they were made on; 0 if there were none.
    pub base: u32,
    /// What a model is told beside the articles, at most 4,000 characters.
    pub body: String,
    /// Why.
    pub reason: String,
    /// The cluster that they are to end.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub cluster: Option<ConversationId>,
    /// Whether the demo's history counts.
    #[serde(default)]
    pub include_demo: bool,
}

/// A way back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollBackBody {
    /// The latest version, as the caller knows it.
    pub base: u32,
    /// The version to go back to; 0 is what the server was started with.
    pub version: u32,
    /// Why.
    pub reason: String,
}

/// A withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawBody {
    /// The latest version, as the caller knows it.
    pub base: u32,
    /// Why.
    pub reason: String,
}

/// One version of an article or of the instructions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TaughtVersion {
    /// The article; absent for the instructions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// From 1; 0 is what the server was started with.
    pub version: u32,
    /// How it came to be.
    pub kind: VersionKind,
    /// The title; empty for instructions.
    pub title: String,
    /// The category; empty for instructions.
    pub category: String,
    /// The Markdown.
    pub body: String,
    /// How customers ask for it.
    pub asked: Vec<String>,
    /// Who; absent for what the server was started with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
    /// Where its words come from.
    pub sources: Vec<ArticleSource>,
    /// The cluster that it is to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<FixedCluster>,
}

/// The cluster that a version is to end.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FixedCluster {
    /// The cluster.
    #[schema(value_type = String)]
    pub id: ConversationId,
    /// Its name then.
    pub name: String,
}

/// All versions of one piece.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TaughtHistory {
    /// Newest first; empty if there are none.
    pub versions: Vec<TaughtVersion>,
}
