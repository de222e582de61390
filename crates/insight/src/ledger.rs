//! The ledger: one record for each conversation, kept up with the log.

use std::collections::BTreeMap;

use segue_model::event::{Entry, TextRef, Version};
use segue_model::id::{ConversationId, EscalationId};
use segue_model::time::Timestamp;

use crate::breakdown::{self, Breakdown};
use crate::cases::{self, Cases, Wanted};
use crate::cohort::Cohort;
use crate::dashboard::{self, Dashboard};
use crate::episode::{Class, Context, Episode, Names, Who, Words};
use crate::interval::count;
use crate::order::{Key, Order};
use crate::rollout::Counted;
use crate::slice::{Dimension, Filter, Terms};

/// How many later conversations of one customer are looked at for a repeat, so
/// that somebody with thousands of them costs no more than others.
const LATER_MAX: usize = 32;

/// The list of records grows by this part of itself, and by so many at least.
const GROWTH_PART: usize = 8;
const GROWTH_MIN: usize = 64;

/// How many conversations lead on from a figure, where nobody asks for more.
pub const SHOWN: usize = 20;

/// What is asked of the ledger.
#[derive(Debug, Clone)]
pub struct Query {
    /// The time of the question; what starts later is not there.
    pub now: Timestamp,
    /// The length of the window in days of 24 h, ending now. The period before it
    /// is as long.
    pub days: u32,
    /// Whether the demo's history counts.
    pub include_demo: bool,
    /// The workspace's zone: weeks and hours of the day are cut there, totals do not depend on it.
    pub zone: jiff::tz::TimeZone,
    /// How many conversations lead on from each figure at most, [`SHOWN`] where nobody asks
    /// for more.
    pub shown_max: usize,
    /// Which conversations and handoffs are wanted.
    pub filter: Filter,
    /// Targets, topics and rates.
    pub terms: Terms,
}

impl Query {
    /// A window that ends now, with days cut at UTC and no conversations listed: for
    /// questions about single answers rather than figures.
    pub fn window(now: Timestamp, days: u32, include_demo: bool) -> Self {
        Self {
            now,
            days,
            include_demo,
            zone: jiff::tz::TimeZone::UTC,
            shown_max: 0,
            filter: Filter::default(),
            terms: Terms::default(),
        }
    }
}

/// The record of a workspace's conversations.
///
/// **Folding** is incremental and costs the same however long a conversation is.
/// An entry that was seen is ignored; one that comes before its predecessor waits
/// for it, so that reading the past and hearing the present may overlap.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    episodes: Vec<Episode>,
    places: BTreeMap<ConversationId, Place>,
    /// All of them by when they began.
    order: Order,
    /// The conversations of one person, earliest first.
    by_who: BTreeMap<Who, Vec<Place>>,
    /// The conversations that go on from another, by that one.
    followers: BTreeMap<ConversationId, Vec<Place>>,
    names: Names,
    /// What came before its predecessor.
    early: BTreeMap<(ConversationId, Version), Early>,
}

/// A place in the list of records; four bytes, because there are several of each.
#[derive(Debug, Clone, Copy)]
struct Place(u32);

impl Place {
    const fn index(self) -> usize {
        self.0 as usize
    }
}

type Early = (Entry, Vec<(TextRef, String)>);

impl Ledger {
    /// Folds one entry in, with those of its texts that are still there.
    pub fn observe(
        &mut self,
        conversation: ConversationId,
        entry: &Entry,
        texts: &[(TextRef, String)],
    ) {
        let place = self.place(conversation);
        let Some(seen) = self.episodes.get(place.index()).map(|it| it.version) else {
            return;
        };
        if entry.version <= seen {
            return;
        }
        if entry.version > seen.next() {
            self.early
                .entry((conversation, entry.version))
                .or_insert_with(|| (entry.clone(), texts.to_vec()));
            return;
        }
        self.fold(place, entry, texts);
        let mut next = entry.version.next();
        while let Some((entry, texts)) = self.early.remove(&(conversation, next)) {
            self.fold(place, &entry, &texts);
            next = next.next();
        }
    }

    /// The conversations of the escalations that are wanted, newest first.
    pub fn of_escalations(&self, is_wanted: impl Fn(EscalationId) -> bool) -> Vec<ConversationId> {
        let has = |it: &&Episode| it.handoffs.iter().any(|handoff| is_wanted(handoff.id));
        let mut found: Vec<&Episode> = self.episodes.iter().filter(has).collect();
        found.sort_unstable_by_key(|it| (std::cmp::Reverse(it.started_at), it.id));
        found.into_iter().map(|it| it.id).collect()
    }

    /// In how many of the live conversations that began last before a time a person was
    /// asked for: of those in which the policy was asked or a person was, at most so many.
    pub fn counted_before(&self, at: Timestamp, most: usize) -> Counted {
        let counts = |it: &&Episode| {
            it.class == Class::Live
                && it.started_at < at
                && (it.is_escalated() || it.verdicts != Words::default())
        };
        let mut found: Vec<&Episode> = self.episodes.iter().filter(counts).collect();
        found.sort_unstable_by_key(|it| (std::cmp::Reverse(it.started_at), it.id));
        let last = found.get(..most).unwrap_or(&found);
        Counted {
            escalated: count(last.iter().filter(|it| it.is_escalated())),
            conversations: count(last.iter()),
        }
    }

    /// What the dashboard shows.
    pub fn dashboard(&self, query: &Query) -> Dashboard {
        dashboard::of(self, query)
    }

    /// The figures by the values of a dimension. The filter of the query holds, too; it
    /// leads to no conversations.
    pub fn breakdown(&self, query: &Query, by: Dimension) -> Breakdown {
        breakdown::of(self, query, by)
    }

    /// The conversations behind a number, newest first: so many after so many. Nothing
    /// where there is no such figure.
    pub fn cases(
        &self,
        query: &Query,
        wanted: Wanted<'_>,
        (skipped, most): (usize, usize),
    ) -> Option<Cases> {
        cases::of(self, query, wanted, (skipped, most))
    }

    /// How many conversations there are, imported ones included.
    pub fn len(&self) -> usize {
        self.episodes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.episodes.is_empty()
    }

    pub(crate) fn episodes(&self) -> &[Episode] {
        &self.episodes
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// The records of the conversations that began after `from` and not after `until`,
    /// latest first.
    pub(crate) fn started_within(&self, from: Timestamp, until: Timestamp) -> Vec<&Episode> {
        let places = self
            .order
            .within(from, until, |it| key_of(&self.episodes, it));
        let at = |place: u32| self.episodes.get(Place(place).index());
        places.into_iter().filter_map(at).collect()
    }

    pub(crate) fn cohort(&self, query: &Query, periods_back: u32) -> Cohort<'_> {
        Cohort::of(self, query, periods_back)
    }

    fn place(&mut self, conversation: ConversationId) -> Place {
        *self.places.entry(conversation).or_insert_with(|| {
            if self.episodes.len() == self.episodes.capacity() {
                // Doubling would leave half of the memory unused.
                self.episodes
                    .reserve_exact(self.episodes.len() / GROWTH_PART + GROWTH_MIN);
            }
            let place = Place(u32::try_from(self.episodes.len()).unwrap_or(u32::MAX));
            self.episodes.push(Episode::new(conversation));
            place
        })
    }

    fn fold(&mut self, place: Place, entry: &Entry, texts: &[(TextRef, String)]) {
        let Some(episode) = self.episodes.get_mut(place.index()) else {
            return;
        };
        let is_first = episode.version == Version(0);
        let before = episode.concern();
        episode.fold(
            entry,
            &mut Context {
                texts,
                names: &mut self.names,
            },
        );
        let concern = episode.concern();
        if is_first {
            self.enter(place);
        }
        if is_first || concern != before {
            self.link_later(place);
            self.link_earlier(place);
        }
    }

    /// Puts a conversation that has just been opened in its places.
    fn enter(&mut self, place: Place) {
        let Some(episode) = self.episodes.get(place.index()) else {
            return;
        };
        let key = episode.key();
        let episodes = &self.episodes;
        self.order.insert(place.0, |it| key_of(episodes, it));
        if let Some(who) = episode.who {
            let episodes = &self.episodes;
            let places = self.by_who.entry(who).or_default();
            let at = places.partition_point(|other| {
                let other = episodes.get(other.index());
                other.is_some_and(|other| other.key() <= key)
            });
            let is_last = at == places.len();
            places.insert(at, place);
            if !is_last {
                // Those before it may look at others now.
                for other in neighbors(places, at.saturating_sub(LATER_MAX), at) {
                    self.link_later(other);
                }
            }
        }
        let Some(episode) = self.episodes.get(place.index()) else {
            return;
        };
        if let Some(follows) = episode.follows {
            self.followers.entry(follows).or_default().push(place);
        }
    }

    /// Finds anew when the customer of a conversation came back, among those that began
    /// after it.
    fn link_later(&mut self, place: Place) {
        let Some(episode) = self.episodes.get(place.index()) else {
            return;
        };
        let followers = self.followers.get(&episode.id).into_iter().flatten();
        let own = episode.who.and_then(|who| self.by_who.get(&who));
        let own = own.map_or(&[][..], |places| {
            let at = self.position(places, episode) + 1;
            places.get(at..).unwrap_or_default()
        });
        let later = followers.chain(own.iter().take(LATER_MAX));
        let found = later
            .filter_map(|other| self.episodes.get(other.index()))
            .filter(|other| other.is_return_of(episode))
            .map(|other| other.started_at)
            .min();
        if let Some(episode) = self.episodes.get_mut(place.index()) {
            episode.returned_at.set(found);
        }
    }

    /// Tells the conversations before this one that it may be a return to them. Concerns
    /// only grow, so that what was a return stays one.
    fn link_earlier(&mut self, place: Place) {
        let Some(episode) = self.episodes.get(place.index()) else {
            return;
        };
        let own = episode.who.and_then(|who| self.by_who.get(&who));
        let own = own.map(|places| {
            let at = self.position(places, episode);
            neighbors(places, at.saturating_sub(LATER_MAX), at)
        });
        let followed = episode.follows.and_then(|it| self.places.get(&it)).copied();
        let earlier: Vec<Place> = own.into_iter().flatten().chain(followed).collect();
        let started_at = episode.started_at;
        let returned: Vec<Place> = earlier
            .into_iter()
            .filter(|earlier| {
                let earlier = self.episodes.get(earlier.index());
                earlier.is_some_and(|earlier| episode.is_return_of(earlier))
            })
            .collect();
        for earlier in returned {
            if let Some(earlier) = self.episodes.get_mut(earlier.index()) {
                let before = earlier.returned_at.get().unwrap_or(started_at);
                earlier.returned_at.set(Some(before.min(started_at)));
            }
        }
    }

    /// Where a conversation stands among those of its customer.
    fn position(&self, places: &[Place], episode: &Episode) -> usize {
        let key = episode.key();
        places.partition_point(|other| {
            let other = self.episodes.get(other.index());
            other.is_some_and(|other| other.key() < key)
        })
    }
}

fn key_of(episodes: &[Episode], place: u32) -> Key {
    let found = episodes.get(Place(place).index());
    found.map_or((Timestamp::default(), ConversationId::nil()), Episode::key)
}

fn neighbors(places: &[Place], from: usize, until: usize) -> Vec<Place> {
    places.get(from..until).unwrap_or_default().to_vec()
}
