//! A share at the mix of cases of the period before: direct standardization (science §1.5).
//!
//! A perfect assistant that takes over the easy questions leaves people the hard ones, and
//! raw satisfaction falls with nobody kept from anything. So each kind of case is compared
//! with itself and weighs what it weighed before; kinds that are new are left out.

use std::collections::BTreeMap;

use super::Counted;

/// The fewest cases of a kind in each period; below, it is pooled with its likes.
const CELL_MIN: u32 = 10;

/// From the finest kind to the coarsest.
pub(crate) const LEVELS: usize = 4;

/// One case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    /// What kind of case it is, each coarser than the one before.
    pub keys: [u64; LEVELS],
    /// Of the later period.
    pub is_after: bool,
    pub is_hit: bool,
}

/// A share before and after at the same mix.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Mix {
    pub before: f64,
    pub after: f64,
    /// The standard score of the difference, 0 where it cannot be told.
    pub z: f64,
    /// How many kinds were compared.
    pub cells: u32,
    /// How many cases of each period were.
    pub n_before: u32,
    pub n_after: u32,
}

/// Compares kind by kind, weighted as before.
pub(crate) fn standardize(cases: &[Case]) -> Mix {
    let mut left: Vec<Case> = cases.to_vec();
    let mut cells: Vec<[Counted; 2]> = Vec::new();
    for level in 0..LEVELS {
        let key = |case: &Case| case.keys.get(level).copied().unwrap_or_default();
        let mut groups: BTreeMap<u64, [Counted; 2]> = BTreeMap::new();
        for case in &left {
            let [before, after] = groups.entry(key(case)).or_default();
            let period = if case.is_after { after } else { before };
            period.add(case.is_hit);
        }
        groups.retain(|_, [before, after]| before.n >= CELL_MIN && after.n >= CELL_MIN);
        left.retain(|case| !groups.contains_key(&key(case)));
        cells.extend(groups.into_values());
    }
    let n_before: u32 = cells.iter().map(|[before, _]| before.n).sum();
    let n_after: u32 = cells.iter().map(|[_, after]| after.n).sum();
    if n_before == 0 {
        return Mix::default();
    }
    let (mut before, mut after, mut variance) = (0.0, 0.0, 0.0);
    for [old, new] in &cells {
        let weight = f64::from(old.n) / f64::from(n_before);
        before += weight * old.share();
        after += weight * new.share();
        variance += weight * weight * (spread(*old) + spread(*new));
    }
    Mix {
        before,
        after,
        z: if variance > 0.0 {
            (after - before) / variance.sqrt()
        } else {
            0.0
        },
        cells: u32::try_from(cells.len()).unwrap_or(u32::MAX),
        n_before,
        n_after,
    }
}

/// The variance of a share; half a hit and half a miss are added, so that a kind in which
/// all went well is not taken for certain.
fn spread(counted: Counted) -> f64 {
    let n = f64::from(counted.n);
    let share = (f64::from(counted.k) + 0.5) / (n + 1.0);
    share * (1.0 - share) / n
}
