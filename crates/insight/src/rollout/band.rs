//! Whether an escalation rate has left its band.

use serde::{Deserialize, Serialize};

use segue_model::share::wilson;

use crate::interval::share;

/// How far a rate may be from the other one, as a difference of shares: twenty points (F28).
pub const BAND: f64 = 0.20;

/// How many conversations each side needs before anything is said of it.
pub const CONVERSATIONS_MIN: u32 = 20;

/// The standard score of the interval that must exclude chance. A band is looked at after
/// every conversation; at 1.96 two versions that decide alike would leave it by chance in
/// up to 18 of 100 trials of 1,000 conversations, at 3.3 in about one
/// (measured in `crates/insight/tests/insight/rollout.rs`).
const Z: f64 = 3.3;

/// How many conversations there were, and in how many a person was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counted {
    /// Those in which a person was asked for.
    pub escalated: u32,
    /// All.
    pub conversations: u32,
}

impl Counted {
    /// The rate, 0 where there is none.
    pub fn rate(self) -> f64 {
        share(self.escalated, self.conversations)
    }
}

/// Where a rate is beside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// There are too few conversations to say.
    TooFew,
    /// Within the band, or outside by no more than chance may do.
    Within,
    /// It escalates too much.
    Above,
    /// It escalates too little.
    Below,
}

/// Where the second rate is beside the first.
///
/// It has left the band when both sides have [`CONVERSATIONS_MIN`], the rates are more
/// than [`BAND`] apart, and the interval of their difference excludes that they are the
/// same (Newcombe 1998, method 10: from the Wilson intervals of both).
pub fn band(active: Counted, candidate: Counted) -> Band {
    if active.conversations.min(candidate.conversations) < CONVERSATIONS_MIN {
        return Band::TooFew;
    }
    let (before, after) = (active.rate(), candidate.rate());
    let difference = after - before;
    if difference.abs() <= BAND {
        return Band::Within;
    }
    let interval = |counted: Counted| {
        let (part, n) = (counted.escalated, counted.conversations);
        wilson(Z, u64::from(part), u64::from(n))
    };
    let Some(((before_low, before_high), (after_low, after_high))) =
        interval(active).zip(interval(candidate))
    else {
        return Band::TooFew;
    };
    let lowest = difference - (after - after_low).hypot(before_high - before);
    let highest = difference + (after_high - after).hypot(before - before_low);
    if lowest > 0.0 {
        Band::Above
    } else if highest < 0.0 {
        Band::Below
    } else {
        Band::Within
    }
}
