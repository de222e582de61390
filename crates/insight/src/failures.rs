//! What the assistant fails at again and again: failures that put the same concern,
//! as clusters with a name, examples and what they cost.
//!
//! The texts are handed over for the question and not kept. Clusters are founded in
//! the order of time: a failure joins the cluster it is most like, or founds one. So a
//! cluster is named by its oldest failure, later ones move no earlier one, and the
//! same rows give the same clusters. Clusters that turn out to be one are joined under
//! the older name. What was published for a cluster keeps its name with some of its
//! questions as a [`Seed`], so that it is known again when its oldest failure is gone.

mod effect;
mod find;
mod group;
mod name;
mod proposal;

use std::collections::BTreeMap;

use segue_detect::asks::Ask;
use segue_model::escalation::{RootCause, Trigger};
use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};

use crate::interval::{Duration, Durations};

pub use effect::{Effect, EffectVerdict, Rate, WEEKS_FOLLOWED, Week, effect, is_broken};
pub use find::{Failed, WrapUps, is_thanks, states_concern};
use group::Groups;
pub use proposal::{Proposal, Resolution, Sentence, propose, questions};

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
    /// Its name for people: the sentence that says best what it is about.
    pub name: String,
    /// The question that is most like all others of it.
    pub question: String,
    /// Its failures, oldest first.
    pub members: Vec<Member>,
}

/// One failure of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The failure itself.
    pub failure: Failure,
    /// Its place among all members of the cluster by how like it is to the others, from 0.
    pub rank: u32,
}

impl Cluster {
    /// What it cost, in milliseconds of agents and of waiting customers.
    pub fn lost_ms(&self) -> u64 {
        self.agent_ms().saturating_add(self.wait_ms())
    }

    /// Milliseconds that agents worked on its failures.
    pub fn agent_ms(&self) -> u64 {
        self.failures().map(|it| it.agent_ms).sum()
    }

    /// Milliseconds that customers waited for a person.
    pub fn wait_ms(&self) -> u64 {
        self.failures().map(|it| it.wait_ms).sum()
    }

    /// Its failures, oldest first.
    pub fn failures(&self) -> impl DoubleEndedIterator<Item = &Failure> {
        self.members.iter().map(|member| &member.failure)
    }

    /// When the first one happened.
    pub fn first_at(&self) -> Timestamp {
        self.failures().next().map(|it| it.at).unwrap_or_default()
    }

    /// When the last one happened.
    pub fn last_at(&self) -> Timestamp {
        self.failures()
            .next_back()
            .map(|it| it.at)
            .unwrap_or_default()
    }

    /// The reasons agents gave, with how often, most frequent first.
    pub fn root_causes(&self) -> Vec<(RootCause, u32)> {
        counted(self.failures().filter_map(|it| it.root_cause))
    }

    /// What handed them over, with how often, most frequent first.
    pub fn triggers(&self) -> Vec<(Trigger, u32)> {
        counted(self.failures().filter_map(|it| it.trigger))
    }

    /// The commonest label of their concerns.
    pub fn topic(&self) -> Option<String> {
        let topics = counted(self.failures().filter_map(|it| it.topic.clone()));
        topics.into_iter().next().map(|(topic, _)| topic)
    }

    /// The failures that are likest to all others, at most [`EXAMPLES_MAX`].
    pub fn examples(&self) -> Vec<&Failure> {
        let mut members: Vec<&Member> = self.members.iter().collect();
        members.sort_by_key(|member| member.rank);
        let examples = members.into_iter().take(EXAMPLES_MAX);
        examples.map(|member| &member.failure).collect()
    }

    /// The cluster as it was between two times, under the same name.
    #[must_use]
    pub fn within(&self, from: Timestamp, until: Timestamp) -> Self {
        let mut narrowed = self.clone();
        let is_inside = |at: Timestamp| at >= from && at < until;
        narrowed.members.retain(|it| is_inside(it.failure.at));
        narrowed
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
    for group in &groups.list {
        if group.rows.len() >= CLUSTER_MIN || (group.is_seeded && !group.rows.is_empty()) {
            found.list.push(described(group, &namer));
        } else {
            found.single += u32::try_from(group.rows.len()).unwrap_or(u32::MAX);
        }
    }
    found.list.sort_by(|a, b| {
        let key = |it: &Cluster| (it.lost_ms(), it.members.len());
        key(b)
            .cmp(&key(a))
            .then(a.first_at().cmp(&b.first_at()))
            .then(a.id.cmp(&b.id))
    });
    found
}

fn described(group: &group::Group<'_>, namer: &name::Namer) -> Cluster {
    let order = group.by_likeness();
    let mut members: Vec<Member> = group
        .rows
        .iter()
        .map(|(row, _)| Member {
            failure: (*row).clone(),
            rank: 0,
        })
        .collect();
    for (rank, at) in (0..).zip(&order) {
        if let Some(member) = members.get_mut(*at) {
            member.rank = rank;
        }
    }
    let medoid = order.first().and_then(|at| members.get(*at));
    Cluster {
        id: group.id,
        name: namer.name(group, &order),
        question: medoid.map(|it| it.failure.text.clone()).unwrap_or_default(),
        members,
    }
}

/// The median, in seconds, of how long something took or, where it has not happened, has
/// lasted; `None` where it has happened to fewer than half (Kaplan and Meier 1958).
pub fn median_s(spans: &[(Span, bool)]) -> Option<f64> {
    let mut durations = Durations::default();
    for (span, is_complete) in spans {
        durations.push(Duration {
            ms: span.millis(),
            is_complete: *is_complete,
        });
    }
    let [median] = durations.quantiles_s([0.5]);
    median
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
