//! How a policy does that is tried beside another, or that has just come into force:
//! folds of the log that need one look at each entry and forget texts at once.
//!
//! [`Trial`] counts the conversations that began while a version was tried,
//! [`Fresh`] those that began after one came into force, and [`band`] says whether an
//! escalation rate has left its band. Only live conversations count, and only those in
//! which the policy was asked or a person was asked for.

mod band;
mod fresh;
mod seen;
mod trial;

use segue_model::id::{ConversationId, TrialId};

pub use band::{BAND, Band, CONVERSATIONS_MIN, Counted, band};
pub use fresh::Fresh;
pub use trial::{Changes, Example, Figures, Mode, Rate, Side, Trial};

/// How many conversations a version that has just come into force is held against, and
/// how many of its own are looked at (F28).
pub const CONVERSATIONS_WATCHED: usize = 200;

/// Whether a trial's version decides a conversation, for so many of a thousand: the same
/// answer whenever and wherever it is asked, and another choice in each trial.
pub fn is_chosen(trial: TrialId, conversation: ConversationId, permille: u16) -> bool {
    let mixed = trial.uuid().as_u128() ^ conversation.uuid().as_u128().rotate_left(64);
    let (high, low) = ((mixed >> 64) as u64, mixed as u64);
    spread(high ^ spread(low)) % 1_000 < u64::from(permille)
}

/// Spreads each bit over all of them: the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
const fn spread(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
