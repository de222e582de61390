//! How often a password may be tried (S-6).
//!
//! Counted by account *and* address, so that a stranger who guesses somebody's
//! password locks out nobody but themselves; and, much more patiently, by account
//! alone, so that many addresses are no way around it. Where somebody has signed in
//! before, only their own tries count: they are not to pay for a crowd's.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

use segue_model::time::{Span, Timestamp};

/// How many wrong passwords in a row an account takes from one address before that is slowed down.
const OF_ONE_MAX: u32 = 5;
/// How much longer each further one has to wait.
const OF_ONE_STEP: Span = Span::seconds(15);
/// The longest it has to wait.
const OF_ONE_WAIT_MAX: Span = Span::minutes(15);
/// How many an account takes from all addresses together.
const OF_ALL_MAX: u32 = 50;
/// How much longer each further one has to wait.
const OF_ALL_STEP: Span = Span::seconds(1);
/// The longest it has to wait: who signs in from a new place while a crowd guesses
/// still gets a turn.
const OF_ALL_WAIT_MAX: Span = Span::minutes(1);
/// After so long without a wrong one they are forgotten.
const FORGOTTEN_AFTER: Span = Span::hours(1);
/// For how long a place where the password was right is remembered.
const KNOWN_FOR: Span = Span::hours(30 * 24);
/// How many entries each of the tables has at most; the oldest go first.
const ENTRIES_MAX: usize = 10_000;

/// How many wrong ones in a row, and when the last was.
#[derive(Debug, Clone, Copy)]
struct Wrong {
    count: u32,
    last: Timestamp,
}

/// How patient a count is.
struct Patience {
    free: u32,
    step: Span,
    wait_max: Span,
}

const OF_ONE: Patience = Patience {
    free: OF_ONE_MAX,
    step: OF_ONE_STEP,
    wait_max: OF_ONE_WAIT_MAX,
};
const OF_ALL: Patience = Patience {
    free: OF_ALL_MAX,
    step: OF_ALL_STEP,
    wait_max: OF_ALL_WAIT_MAX,
};

impl Patience {
    /// How many seconds the next try has to wait.
    fn wait_s(&self, wrong: Wrong, now: Timestamp) -> Option<u64> {
        let over = u64::from(wrong.count.saturating_sub(self.free.saturating_sub(1)));
        let wait = Span(self.step.millis().saturating_mul(over)).min(self.wait_max);
        let until = wrong.last + wait;
        (over > 0 && until > now).then(|| until.since(now).millis().div_ceil(1_000))
    }
}

type Place = (String, IpAddr);

/// The tries of all accounts; in memory, because a restart forgives.
#[derive(Debug, Default)]
pub(super) struct Tries {
    of_one: HashMap<Place, Wrong>,
    of_all: HashMap<String, Wrong>,
    /// Where a password was right, and when.
    known: HashMap<Place, Timestamp>,
}

impl Tries {
    /// Counts a try as wrong until it has proved right, so that those made at the
    /// same time are counted too; or says how many seconds it has to wait.
    pub(super) fn admit(&mut self, name: &str, from: IpAddr, now: Timestamp) -> Result<(), u64> {
        let place = (name.to_owned(), from);
        if let Some(wait_s) = wait_in(&self.of_one, &place, &OF_ONE, now) {
            return Err(wait_s);
        }
        if !self.is_known(&place, now) {
            if let Some(wait_s) = wait_in(&self.of_all, &place.0, &OF_ALL, now) {
                return Err(wait_s);
            }
            count(&mut self.of_all, place.0.clone(), now);
        }
        count(&mut self.of_one, place, now);
        Ok(())
    }

    /// It was right.
    pub(super) fn was_right(&mut self, name: &str, from: IpAddr, now: Timestamp) {
        let place = (name.to_owned(), from);
        self.of_one.remove(&place);
        if !self.is_known(&place, now) {
            uncount(&mut self.of_all, &place.0);
        }
        make_room(&mut self.known, |since| *since);
        self.known.insert(place, now);
    }

    /// Nobody looked whether it was right.
    pub(super) fn take_back(&mut self, name: &str, from: IpAddr, now: Timestamp) {
        let place = (name.to_owned(), from);
        uncount(&mut self.of_one, &place);
        if !self.is_known(&place, now) {
            uncount(&mut self.of_all, &place.0);
        }
    }

    /// Whether the password was right there within the span.
    fn is_known(&self, place: &Place, now: Timestamp) -> bool {
        let since = self.known.get(place);
        since.is_some_and(|since| *since + KNOWN_FOR > now)
    }
}

fn wait_in<K: Eq + Hash>(
    table: &HashMap<K, Wrong>,
    key: &K,
    patience: &Patience,
    now: Timestamp,
) -> Option<u64> {
    let wrong = table.get(key)?;
    patience.wait_s(*wrong, now)
}

fn count<K: Eq + Hash + Clone>(table: &mut HashMap<K, Wrong>, key: K, now: Timestamp) {
    if !table.contains_key(&key) {
        make_room(table, |wrong| wrong.last);
    }
    let wrong = table.entry(key).or_insert(Wrong {
        count: 0,
        last: now,
    });
    if wrong.last + FORGOTTEN_AFTER <= now {
        wrong.count = 0;
    }
    *wrong = Wrong {
        count: wrong.count.saturating_add(1),
        last: now,
    };
}

fn uncount<K: Eq + Hash>(table: &mut HashMap<K, Wrong>, key: &K) {
    if let Some(wrong) = table.get_mut(key) {
        wrong.count = wrong.count.saturating_sub(1);
    }
}

/// Drops the older half of a table that is full.
fn make_room<K: Eq + Hash, V>(table: &mut HashMap<K, V>, at: impl Fn(&V) -> Timestamp) {
    if table.len() < ENTRIES_MAX {
        return;
    }
    let mut times: Vec<Timestamp> = table.values().map(&at).collect();
    let (_, median, _) = times.select_nth_unstable(ENTRIES_MAX / 2);
    let median = *median;
    table.retain(|_, value| at(value) > median);
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_800_000_000_000);

    fn address(n: u32) -> IpAddr {
        IpAddr::V4(n.into())
    }

    fn crowd(tries: &mut Tries, size: u32) -> usize {
        let taken = (0..size).filter(|n| tries.admit("ada", address(100 + n), START).is_ok());
        taken.count()
    }

    #[test]
    fn one_place_is_slowed_down_and_no_other() {
        let mut tries = Tries::default();
        for _ in 0..OF_ONE_MAX {
            assert_eq!(tries.admit("ada", address(1), START), Ok(()));
        }
        assert_eq!(tries.admit("ada", address(1), START), Err(15));
        assert_eq!(tries.admit("ada", address(2), START), Ok(()));
        assert_eq!(tries.admit("ivo", address(1), START), Ok(()));
        let later = START + Span::seconds(15);
        assert_eq!(tries.admit("ada", address(1), later), Ok(()));
        assert_eq!(tries.admit("ada", address(1), later), Err(30));
    }

    #[test]
    fn a_crowd_is_slowed_down_and_who_was_there_before_is_not() {
        let mut tries = Tries::default();
        assert_eq!(tries.admit("ada", address(1), START), Ok(()));
        tries.was_right("ada", address(1), START);
        assert_eq!(crowd(&mut tries, 200), 50);
        assert_eq!(tries.admit("ada", address(1), START), Ok(()));
        // Elsewhere the person gets a turn within a minute.
        let wait_s = tries.admit("ada", address(2), START);
        assert!(wait_s.is_err_and(|wait_s| wait_s <= 60));
    }

    #[test]
    fn what_is_long_ago_is_forgotten() {
        let mut tries = Tries::default();
        for _ in 0..OF_ONE_MAX {
            assert_eq!(tries.admit("ada", address(1), START), Ok(()));
        }
        let later = START + FORGOTTEN_AFTER;
        for _ in 0..OF_ONE_MAX {
            assert_eq!(tries.admit("ada", address(1), later), Ok(()));
        }
        assert!(tries.admit("ada", address(1), later).is_err());
    }

    #[test]
    fn many_names_take_no_more_room() {
        let mut tries = Tries::default();
        for n in 0..25_000_u32 {
            let at = START + Span(u64::from(n));
            assert_eq!(tries.admit(&format!("name {n}"), address(n), at), Ok(()));
        }
        assert!(tries.of_one.len() <= ENTRIES_MAX && tries.of_all.len() <= ENTRIES_MAX);
        assert!(tries.of_all.contains_key("name 24999"));
    }
}
