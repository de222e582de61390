//! A concern that the knowledge has no answer to.
//!
//! The ledger keeps no words, but a sketch of each concern: the least hashes of its pieces of
//! four letters. Pieces that came up in conversations which then failed for want of an
//! answer, and in hardly any that did not, mark the concern; the conversations that share
//! several of them are its own. A campaign brings more of everything about its topic,
//! answered and not, so it marks nothing; a new product with an article is answered.

use std::collections::{BTreeMap, BTreeSet};

use segue_model::escalation::{RootCause, Trigger};

use super::{Cause, Finding, Found, SHARE_MIN, Touched, Weeks, evidence, is_beyond_chance};
use crate::episode::{Episode, Name};
use crate::shift::{Counted, Rise, rise};

/// The fewest conversations that failed on the concern.
const FAILED_MIN: u32 = 10;
/// The share of a concern's conversations that fail where it has no answer.
const SHARE_FAILED_MIN: f64 = 0.6;
/// How many times as often as before it fails.
const TIMES_MIN: f64 = 3.0;
/// A piece belongs to the concern if so many of its conversations have it.
const PIECE_SHARE_MIN: f64 = 0.25;
/// How many pieces mark a concern, and how many a conversation needs to be on it.
const PIECES_MAX: usize = 24;
const PIECES_SHARED_MIN: usize = 2;
/// How many concerns are looked for, one after the other.
const CONCERNS_MAX: usize = 4;

pub(super) fn find(weeks: &Weeks<'_>) -> Vec<Found> {
    let mut left: Vec<bool> = vec![true; weeks.cases.len()];
    let mut found = Vec::new();
    for _ in 0..CONCERNS_MAX {
        let pieces = pieces(weeks, &left);
        let Some(concern) = clearest(weeks, &left, &pieces) else {
            break;
        };
        let mut is_own: BTreeSet<_> = BTreeSet::new();
        for ((episode, _), left) in weeks.cases.iter().zip(&mut left) {
            if *left && shared(episode, &concern.pieces) >= PIECES_SHARED_MIN {
                *left = false;
                is_own.insert(episode.id);
            }
        }
        found.extend(
            finding(weeks, &is_own, pieces.0.len()).map(|finding| Found {
                finding,
                touched: Touched::Concern(is_own),
            }),
        );
    }
    found
}

/// Whether it failed for want of an answer, and for nothing else that is known.
fn is_failed(episode: &Episode) -> bool {
    let has_tool_failed = episode.tools().iter().any(|tool| tool.failed > 0);
    let is_for_want = episode.handoffs.iter().any(|handoff| {
        matches!(handoff.trigger, Trigger::Fallback | Trigger::LowConfidence)
            || handoff.root_cause == Some(RootCause::MissingKnowledge)
    });
    // Where people are held back from a person, nobody may have asked for one.
    let has_no_answer = episode.answers.as_ref().is_some_and(|answers| {
        !answers.given.is_empty() && answers.given.iter().all(|answer| !answer.was_shown)
    });
    !has_tool_failed && (is_for_want || has_no_answer)
}

/// How each piece did, in the order of the pieces.
struct Pieces(Vec<(u32, Counted)>);

impl Pieces {
    fn get(&self, gram: u32) -> Option<&Counted> {
        let at = self.0.binary_search_by_key(&gram, |(gram, _)| *gram).ok()?;
        self.0.get(at).map(|(_, counted)| counted)
    }
}

/// How each piece did: conversations that failed, of all that have it.
fn pieces(weeks: &Weeks<'_>, left: &[bool]) -> Pieces {
    let cases = weeks.cases.iter().zip(left).filter(|(_, left)| **left);
    let mut seen: Vec<(u32, bool)> = Vec::new();
    for ((episode, _), _) in cases {
        let is_failed = is_failed(episode);
        let grams = episode.sketch.grams().iter();
        seen.extend(grams.map(|gram| (*gram, is_failed)));
    }
    // Sorted rather than put into a map: there are some thirty for each conversation.
    seen.sort_unstable();
    let mut pieces: Vec<(u32, Counted)> = Vec::new();
    for (gram, is_failed) in seen {
        match pieces.last_mut() {
            Some((last, counted)) if *last == gram => counted.add(is_failed),
            _ => pieces.push((
                gram,
                Counted {
                    k: u32::from(is_failed),
                    n: 1,
                },
            )),
        }
    }
    Pieces(pieces)
}

struct Concern {
    pieces: BTreeSet<u32>,
}

/// The concern around the piece that marks failures most clearly.
fn clearest(weeks: &Weeks<'_>, left: &[bool], pieces: &Pieces) -> Option<Concern> {
    let all = weeks.cases.iter().zip(left).filter(|(_, left)| **left);
    let mut usual = Counted::default();
    all.for_each(|((episode, _), _)| usual.add(is_failed(episode)));
    let marks = |counted: &Counted| counted.k >= FAILED_MIN && counted.share() >= SHARE_FAILED_MIN;
    let (seed, _) = pieces
        .0
        .iter()
        .filter(|(_, counted)| marks(counted))
        .map(|(gram, counted)| {
            let rest = Counted {
                k: usual.k.saturating_sub(counted.k),
                n: usual.n.saturating_sub(counted.n),
            };
            (*gram, crate::shift::gain(rest, *counted))
        })
        .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
    // What else the conversations with this piece have in common, and others do not.
    let mut beside: BTreeMap<u32, u32> = BTreeMap::new();
    let mut with = 0_u32;
    for ((episode, _), left) in weeks.cases.iter().zip(left) {
        if *left && episode.sketch.grams().binary_search(&seed).is_ok() {
            with += 1;
            for gram in episode.sketch.grams() {
                *beside.entry(*gram).or_default() += 1;
            }
        }
    }
    let is_common = |n: u32| f64::from(n) >= PIECE_SHARE_MIN * f64::from(with);
    let mut common: Vec<(u32, u32)> = beside
        .into_iter()
        .filter(|(gram, n)| is_common(*n) && pieces.get(*gram).is_some_and(marks))
        .collect();
    common.sort_unstable_by_key(|(gram, n)| (std::cmp::Reverse(*n), *gram));
    common.truncate(PIECES_MAX);
    Some(Concern {
        pieces: common.into_iter().map(|(gram, _)| gram).collect(),
    })
}

fn shared(episode: &Episode, pieces: &BTreeSet<u32>) -> usize {
    let grams = episode.sketch.grams().iter();
    grams.filter(|gram| pieces.contains(gram)).count()
}

fn finding(
    weeks: &Weeks<'_>,
    own: &BTreeSet<segue_model::id::ConversationId>,
    looks: usize,
) -> Option<Finding> {
    let is_own_failure = |it: &Episode| own.contains(&it.id) && is_failed(it);
    let rise = rise(&weeks.series(|it| Some(is_own_failure(it))))?;
    let of_concern = weeks.series(|it| own.contains(&it.id).then(|| is_failed(it)));
    let (early, late) = of_concern.split_at(rise.since);
    let (before, after) = (crate::shift::sum(early), crate::shift::sum(late));
    if !is_gap(&rise, after, looks) {
        return None;
    }
    let (share, interval) = weeks.explained(rise.since, is_own_failure);
    (share >= SHARE_MIN).then(|| Finding {
        cause: Cause::KnowledgeGap,
        name: nearest(weeks, own),
        share,
        interval,
        since: weeks.begins(rise.since),
        evidence: vec![
            evidence(
                "conversations on the concern without an answer, of all conversations",
                rise.before,
                rise.after,
            ),
            evidence(
                "conversations on the concern that found no answer",
                before,
                after,
            ),
        ],
        examples: weeks.examples(rise.since, is_own_failure),
    })
}

fn is_gap(rise: &Rise, after: Counted, looks: usize) -> bool {
    rise.after.k >= FAILED_MIN
        && after.share() >= SHARE_FAILED_MIN
        && rise.after.share() >= TIMES_MIN * rise.before.share()
        && is_beyond_chance(rise, looks)
}

/// Where an article is missing, named by the one that its questions found most.
fn nearest(weeks: &Weeks<'_>, own: &BTreeSet<segue_model::id::ConversationId>) -> String {
    let mut articles: BTreeMap<Name, u32> = BTreeMap::new();
    for (episode, _) in weeks.cases.iter().filter(|(it, _)| own.contains(&it.id)) {
        if let Some(article) = episode.kind.article {
            *articles.entry(article).or_default() += 1;
        }
    }
    let most = articles
        .into_iter()
        .max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name)));
    let nearest = most.map(|(name, _)| weeks.ledger.names().text(name));
    nearest.map_or_else(
        || "a concern without an article".to_owned(),
        |article| format!("a concern near `{article}`"),
    )
}
