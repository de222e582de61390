//! What the assistant fails at again and again: failures that put the same concern,
//! as clusters with a name, examples and what they cost.
//!
//! The texts are handed over for the question and not kept. Clusters are founded in
//! the order of time: a failure joins the cluster it is most like, or founds one. So a
//! cluster is named by its oldest failure, later ones move no earlier one, and the
//! same rows give the same clusters. Clusters that turn out to be one are joined under
//! the older name. What was published for a cluster keeps its name with some of its
//! questions as a [`Seed`], so that it is known again when its oldest failure is gone.

mod group;
mod name;

use std::collections::BTreeMap;

use segue_detect::asks::Ask;
use segue_model::escalation::{RootCause, Trigger};
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;

use group::Groups;

/// How many failures are looked at; of more, the oldest are left out.
pub const FAILURES_MAX: usize = 20_000;
/// How many examples a cluster shows.
pub const EXAMPLES_MAX: usize = 5;
/// Fewer than so many failures are no cluster: one customer's words name no gap.
pub const CLUSTER_MIN: usize = 2;

/// One conversation in which the assistant failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The conversation.
    pub conversation: ConversationId,
    /// When it failed.
    pub at: Timestamp,
    /// The concern in the customer's words; may be empty where it was erased.
    pub text: String,
    /// What agents gave as the reason, where they did.
    pub root_cause: Option<RootCause>,
    /// What handed it over, where anything did.
    pub trigger: Option<Trigger>,
    /// A label of its concern, where it has one.
    pub topic: Option<String>,
    /// Milliseconds that agents worked on it.
    pub agent_ms: u64,
    /// Milliseconds that the customer waited for a person.
    pub wait_ms: u64,
}

/// A cluster that is known already: its name, and questions that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// The name it goes by.
    pub id: ConversationId,
    /// Some of its questions.
    pub texts: Vec<String>,
}

/// Failures that put the same concern.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Its name among clusters: the conversation that founded it.
    pub id: ConversationId,
    /// Its name for people: the phrase that says best what it is about.
    pub name: String,
    /// The question that is most like all others of it.
    pub question: String,
    /// Its failures, oldest first.
    pub members: Vec<Member>,
    /// Milliseconds that agents worked on them.
    pub agent_ms: u64,
    /// Milliseconds that customers waited for a person.
    pub wait_ms: u64,
    /// When the first one happened.
    pub first_at: Timestamp,
    /// When the last one happened.
    pub last_at: Timestamp,
    /// How many there were in the first half of the window and in the second.
    pub halves: [u32; 2],
    /// The reasons agents gave, with how often, most frequent first.
    pub root_causes: Vec<(RootCause, u32)>,
    /// What handed them over, with how often, most frequent first.
    pub triggers: Vec<(Trigger, u32)>,
    /// The commonest label of their concerns.
    pub topic: Option<String>,
    /// The likest to all others, at most [`EXAMPLES_MAX`], as places among the members.
    pub examples: Vec<usize>,
}

/// One failure of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The conversation.
    pub conversation: ConversationId,
    /// When it failed.
    pub at: Timestamp,
    /// The concern in the customer's words.
    pub text: String,
}

impl Cluster {
    /// What it cost, in milliseconds of agents and of waiting customers.
    pub const fn lost_ms(&self) -> u64 {
        self.agent_ms.saturating_add(self.wait_ms)
    }
}

/// All clusters of a window, and what belongs to none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clusters {
    /// What costs most first.
    pub list: Vec<Cluster>,
    /// How many failures are like no other.
    pub single: u32,
    /// How many have no words to compare them by, because they were erased or say nothing.
    pub wordless: u32,
}

/// The clusters among failures that happened between two times.
///
/// **Shape**: clusters of fewer than [`CLUSTER_MIN`] failures are only counted. The
/// order of the rows says nothing; of several rows of one conversation the first counts.
pub fn cluster(
    failures: &[Failure],
    seeds: &[Seed],
    from: Timestamp,
    until: Timestamp,
) -> Clusters {
    let mut rows: Vec<&Failure> = failures
        .iter()
        .filter(|it| it.at >= from && it.at < until)
        .collect();
    rows.sort_by(|a, b| (a.at, a.conversation, &a.text).cmp(&(b.at, b.conversation, &b.text)));
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|it| seen.insert(it.conversation));
    let rows = rows
        .get(rows.len().saturating_sub(FAILURES_MAX)..)
        .unwrap_or_default();
    let mut groups = Groups::default();
    for seed in seeds {
        groups.seed(seed.id, seed.texts.iter().map(|text| Ask::of(text)));
    }
    let mut found = Clusters::default();
    for row in rows {
        let ask = Ask::of(&row.text);
        if ask.has_content() {
            groups.add(row, ask);
        } else {
            found.wordless += 1;
        }
    }
    groups.join();
    let namer = name::Namer::of(&groups);
    let middle = Timestamp(from.0 + (until.0 - from.0) / 2);
    for group in &groups.list {
        if group.rows.len() >= CLUSTER_MIN || (group.is_seeded && !group.rows.is_empty()) {
            found.list.push(described(group, &namer, middle));
        } else {
            found.single += u32::try_from(group.rows.len()).unwrap_or(u32::MAX);
        }
    }
    found.list.sort_by(|a, b| {
        let key = |it: &Cluster| (it.lost_ms(), it.members.len());
        key(b)
            .cmp(&key(a))
            .then(a.first_at.cmp(&b.first_at))
            .then(a.id.cmp(&b.id))
    });
    found
}

fn described(group: &group::Group<'_>, namer: &name::Namer, middle: Timestamp) -> Cluster {
    let order = group.by_likeness();
    let rows: Vec<&Failure> = group.rows.iter().map(|(row, _)| *row).collect();
    let later = rows.iter().filter(|it| it.at >= middle).count();
    let halves = [rows.len() - later, later].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let medoid = order.first().and_then(|at| rows.get(*at));
    Cluster {
        id: group.id,
        name: namer.name(group, &order),
        question: medoid.map(|it| it.text.clone()).unwrap_or_default(),
        agent_ms: rows.iter().map(|it| it.agent_ms).sum(),
        wait_ms: rows.iter().map(|it| it.wait_ms).sum(),
        first_at: rows.first().map(|it| it.at).unwrap_or_default(),
        last_at: rows.last().map(|it| it.at).unwrap_or_default(),
        halves,
        root_causes: counted(rows.iter().filter_map(|it| it.root_cause)),
        triggers: counted(rows.iter().filter_map(|it| it.trigger)),
        topic: counted(rows.iter().filter_map(|it| it.topic.clone()))
            .into_iter()
            .next()
            .map(|(topic, _)| topic),
        examples: order.into_iter().take(EXAMPLES_MAX).collect(),
        members: rows
            .iter()
            .map(|it| Member {
                conversation: it.conversation,
                at: it.at,
                text: it.text.clone(),
            })
            .collect(),
    }
}

/// Each value with how often it is there, most frequent first.
fn counted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<(T, u32)> {
    let mut counts = BTreeMap::<T, u32>::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(T, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
