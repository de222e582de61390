//! The records by when their conversations began.

use segue_model::id::ConversationId;
use segue_model::time::Timestamp;

/// How many may stand apart, because they came out of order, before they are put in.
/// A search looks at all of them.
const APART_MIN: usize = 1_024;
/// The part of all that may stand apart.
const APART_PART: usize = 64;

/// By what places are put in order.
pub(crate) type Key = (Timestamp, ConversationId);

/// Places in the order of beginning. Most come in order and are put at the end; others
/// stand apart until there are enough of them to be worth a sort. The keys stay with the
/// records: a place is four bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    sorted: Vec<u32>,
    apart: Vec<u32>,
}

impl Order {
    /// Takes one in.
    pub fn insert(&mut self, place: u32, key: impl Fn(u32) -> Key) {
        if self
            .sorted
            .last()
            .is_none_or(|last| key(*last) < key(place))
        {
            self.sorted.push(place);
            return;
        }
        self.apart.push(place);
        if self.apart.len() >= APART_MIN.max(self.sorted.len() / APART_PART) {
            self.sorted.append(&mut self.apart);
            // A long run and a short rest: the stable sort keeps the run.
            self.sorted.sort_by_key(|it| key(*it));
        }
    }

    /// The places of those that began after `from` and not after `until`, latest first.
    pub fn within(&self, from: Timestamp, until: Timestamp, key: impl Fn(u32) -> Key) -> Vec<u32> {
        let first = self.sorted.partition_point(|it| key(*it).0 <= from);
        let last = self.sorted.partition_point(|it| key(*it).0 <= until);
        let sorted = self.sorted.get(first..last).unwrap_or_default();
        let apart = self.apart.iter().copied().filter(|it| {
            let (at, _) = key(*it);
            at > from && at <= until
        });
        let mut found: Vec<u32> = sorted.iter().rev().copied().collect();
        let in_order = found.len();
        found.extend(apart);
        if found.len() > in_order {
            found.sort_by_key(|it| std::cmp::Reverse(key(*it)));
        }
        found
    }
}
