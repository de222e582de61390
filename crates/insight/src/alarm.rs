//! The gatekeeping alarm: fewer people reach a person while those who do are less content.
//!
//! Two series are compared over four weeks and the four before, each at the mix of cases of
//! the earlier ones ([`crate::shift`]): the share contained, which must have risen, and the
//! satisfaction with the person's part, which must have fallen, both at 5 % (an
//! intersection–union test, so that its size is at most 5 %; science §1.5). Beside them stand
//! the leading signs: wishes that were not heard, begging, silence after asking, coming back
//! within 72 hours, going in circles, and how long a person took. Both series alone are
//! something to watch; with a sign, or both beyond doubt, they are an alarm. So is either of
//! them where many wishes for a person are seen to be passed over.

mod band;
mod signs;

use segue_model::escalation::Trigger;
use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use serde::Serialize;

use crate::causes::{self, Found, Weeks};
use crate::cohort::counts;
use crate::episode::{Episode, Name};
use crate::ledger::{Ledger, Query};
use crate::metric::csat_after_escalation::is_good;
use crate::shift::{Case, Counted, Mix, normal_above, standardize};

pub use band::Band;
pub use signs::Sign;

/// The length of each of the two periods, in days.
pub const PERIOD_DAYS: u32 = 28;
/// The one-sided 5 % point of the standard normal distribution.
const Z_MIN: f64 = 1.645;
/// From here on a series is beyond doubt without a sign beside it.
const Z_CLEAR_MIN: f64 = 3.0;
/// From which share of wishes that are not heeded on, and below which chance of so clear a
/// rise, the assistant is seen holding on to people.
const IGNORED_MIN: f64 = 0.10;
const IGNORED_P_MAX: f64 = 0.001;
/// The fewest conversations with the assistant in each period.
const CONVERSATIONS_MIN: u32 = 200;
/// The fewest scores for the person's part in each period.
const SCORES_MIN: u32 = 30;

/// What the alarm says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing says that people are kept from a person.
    Quiet,
    /// Something does, and it may be chance or something else.
    Watch,
    /// People are kept from a person.
    Alarm,
    /// There is too little to say it.
    TooFew,
}

/// One share before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Moved {
    /// The share of the earlier period, 0–1.
    pub before: f64,
    /// Of the later one, at the mix of the earlier.
    pub after: f64,
    /// Of the later one as it was, for comparison.
    pub after_raw: f64,
    /// The standard score of the difference.
    pub z: f64,
    /// How many cases of the earlier period were compared.
    pub n_before: u32,
    /// And of the later one.
    pub n_after: u32,
    /// In how many kinds of cases.
    pub cells: u32,
    /// Whether it moved as gatekeeping would move it, at 5 %.
    pub is_moved: bool,
}

/// The alarm with everything that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gatekeeping {
    /// What it says.
    pub state: State,
    /// Why, one sentence each, the weightiest first.
    pub reasons: Vec<String>,
    /// The length of each period in days.
    pub period_days: u32,
    /// Of the conversations with the assistant, those that no person was asked into.
    pub deflection: Moved,
    /// Satisfaction with the person's part.
    pub csat_after_escalation: Moved,
    /// The share of the later conversations that are of kinds the earlier period did not
    /// have; they are compared with nothing.
    pub new_share: f64,
    /// The leading signs, in a fixed order.
    pub signs: Vec<Sign>,
    /// When it probably began; absent while nothing moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub began: Option<Band>,
    /// The newest conversations behind it: those whose wish was not heard first, then
    /// those who were silent after asking, then the dissatisfied.
    pub conversations: Vec<ConversationId>,
}

/// Conversations of both periods.
pub(crate) struct Periods<'a> {
    pub now: Timestamp,
    /// With the assistant, newest first; whether of the later period, and whether of a kind
    /// that the earlier one had.
    pub cases: Vec<(&'a Episode, bool, bool)>,
}

impl Ledger {
    /// Whether people are kept from a person, as of the query's time. The window is the
    /// alarm's own; of the query, time, zone, demo and the number of conversations count.
    ///
    /// What another new cause has to do with is left out of both periods: a broken tool or a
    /// gap in the knowledge brings handoffs, and would hide that others are held back.
    pub fn gatekeeping(&self, query: &Query) -> Gatekeeping {
        let window = Query {
            days: 2 * PERIOD_DAYS,
            ..query.clone()
        };
        let others = causes::others(&Weeks::of(self, &window));
        beside(self, query, &others)
    }
}

/// The alarm beside other causes that were found in the same weeks.
pub(crate) fn beside(ledger: &Ledger, query: &Query, others: &[Found]) -> Gatekeeping {
    let periods = Periods::of(ledger, query, others);
    let deflection = moved(&periods.deflection(), &periods.raw(is_contained), 1.0);
    let csat = moved(&periods.satisfaction(), &periods.raw_scores(), -1.0);
    let signs = signs::all(&periods, query.shown_max);
    let state = state(&deflection, &csat, &signs);
    let began = (state == State::Watch || state == State::Alarm)
        .then(|| band::of(&periods))
        .flatten();
    let new = periods.cases.iter().filter(|(_, is_after, _)| *is_after);
    let mut fresh = Counted::default();
    new.for_each(|(_, _, is_known)| fresh.add(!is_known));
    Gatekeeping {
        reasons: reasons(state, &deflection, &csat, &signs),
        state,
        period_days: PERIOD_DAYS,
        deflection,
        csat_after_escalation: csat,
        new_share: fresh.share(),
        conversations: match state {
            State::Watch | State::Alarm => periods.behind(query.shown_max),
            State::Quiet | State::TooFew => Vec::new(),
        },
        signs,
        began,
    }
}

impl<'a> Periods<'a> {
    fn of(ledger: &'a Ledger, query: &Query, others: &[Found]) -> Self {
        let period = Span::hours(24 * u64::from(PERIOD_DAYS));
        let middle = query.now - period;
        let from = middle - period;
        let mut episodes: Vec<&Episode> = ledger
            .episodes()
            .iter()
            .filter(|it| it.is_involved && counts(it, query.include_demo))
            .filter(|it| it.started_at > from && it.started_at <= query.now)
            .filter(|it| !others.iter().any(|other| other.touches(it)))
            .collect();
        episodes.sort_unstable_by_key(|it| (std::cmp::Reverse(it.started_at), it.id));
        let known: std::collections::BTreeSet<Option<Name>> = episodes
            .iter()
            .filter(|it| it.started_at <= middle)
            .map(|it| it.kind.article)
            .collect();
        let cases = episodes
            .into_iter()
            .map(|it| (it, it.started_at > middle, known.contains(&it.kind.article)))
            .collect();
        Self {
            now: query.now,
            cases,
        }
    }

    /// Those of kinds that both periods may have.
    pub fn known(&self) -> impl Iterator<Item = (&'a Episode, bool)> {
        let known = self.cases.iter().filter(|(_, _, is_known)| *is_known);
        known.map(|(episode, is_after, _)| (*episode, *is_after))
    }

    fn deflection(&self) -> Mix {
        let case = |(episode, is_after): (&Episode, bool)| Case {
            keys: keys(episode, 0),
            is_after,
            is_hit: is_contained(episode),
        };
        standardize(&self.known().map(case).collect::<Vec<_>>())
    }

    fn satisfaction(&self) -> Mix {
        let case = |(episode, is_after): (&Episode, bool)| {
            is_good(episode).map(|is_hit| Case {
                keys: keys(episode, 1 + class(episode)),
                is_after,
                is_hit,
            })
        };
        standardize(&self.known().filter_map(case).collect::<Vec<_>>())
    }

    fn raw(&self, is_hit: impl Fn(&Episode) -> bool) -> Counted {
        let mut counted = Counted::default();
        let after = self.cases.iter().filter(|(_, is_after, _)| *is_after);
        after.for_each(|(episode, ..)| counted.add(is_hit(episode)));
        counted
    }

    fn raw_scores(&self) -> Counted {
        let mut counted = Counted::default();
        let after = self.cases.iter().filter(|(_, is_after, _)| *is_after);
        let scores = after.filter_map(|(episode, ..)| is_good(episode));
        scores.for_each(|is_hit| counted.add(is_hit));
        counted
    }

    fn behind(&self, max: usize) -> Vec<ConversationId> {
        let after = || self.cases.iter().filter(|(_, is_after, _)| *is_after);
        let ignored = after().filter(|(it, ..)| it.ignored_wishes() > 0);
        let poor = after().filter(|(it, ..)| is_good(it) == Some(false));
        let mut shown: Vec<ConversationId> = Vec::new();
        for (episode, ..) in ignored.chain(poor) {
            if shown.len() >= max {
                break;
            }
            if !shown.contains(&episode.id) {
                shown.push(episode.id);
            }
        }
        shown
    }
}

/// Whether no person was asked into it.
pub(crate) fn is_contained(episode: &Episode) -> bool {
    !episode.is_escalated()
}

/// What kind of case it is: by article, topic, tier and class of trigger, ever coarser.
fn keys(episode: &Episode, class: u64) -> [u64; 4] {
    let part = |name: Option<Name>| name.map_or(0, |name| u64::from(name.place()));
    let topic = episode.topics.first().map_or(0, |it| u64::from(*it) + 1);
    let (article, tier) = (part(episode.kind.article), part(episode.kind.tier));
    let mix = |parts: [u64; 4]| {
        parts.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, part| {
            (hash ^ part)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(23)
        })
    };
    [
        mix([1, article, tier, class]),
        mix([2, article, 0, class]),
        mix([3, topic, 0, class]),
        mix([4, 0, 0, class]),
    ]
}

/// Why the first handoff was: the customer's wish, what the policy demands, what was measured.
fn class(episode: &Episode) -> u64 {
    match episode.handoffs.first().map(|it| it.trigger) {
        Some(Trigger::OptOut) => 1,
        Some(Trigger::Vip | Trigger::Compliance | Trigger::HighStakes) => 2,
        _ => 3,
    }
}

fn moved(mix: &Mix, raw: &Counted, direction: f64) -> Moved {
    Moved {
        before: mix.before,
        after: mix.after,
        after_raw: raw.share(),
        z: mix.z,
        n_before: mix.n_before,
        n_after: mix.n_after,
        cells: mix.cells,
        is_moved: mix.z * direction > Z_MIN,
    }
}

fn state(deflection: &Moved, csat: &Moved, signs: &[Sign]) -> State {
    let has = |moved: &Moved, least: u32| moved.n_before >= least && moved.n_after >= least;
    let is_worse = signs.iter().any(|sign| sign.is_worse);
    if !has(deflection, CONVERSATIONS_MIN) || !has(csat, SCORES_MIN) {
        return State::TooFew;
    }
    let is_clear = deflection.z >= Z_CLEAR_MIN && csat.z <= -Z_CLEAR_MIN;
    // That no wish for a person is passed over is a hard goal: where many are, one of the two
    // series is enough beside it.
    if (deflection.is_moved || csat.is_moved) && signs.iter().any(is_holding_on) {
        return State::Alarm;
    }
    match (deflection.is_moved && csat.is_moved, is_worse) {
        (true, true) => State::Alarm,
        (true, false) if is_clear => State::Alarm,
        (true, false) | (false, true) => State::Watch,
        (false, false) => State::Quiet,
    }
}

fn is_holding_on(sign: &Sign) -> bool {
    let share = crate::interval::share(sign.after, sign.n_after);
    sign.key == signs::IGNORED && sign.is_worse && sign.p < IGNORED_P_MAX && share >= IGNORED_MIN
}

/// A chance as people write it.
fn chance(p: f64) -> String {
    const SMALLEST: f64 = 0.001;
    if p < SMALLEST {
        format!("p < {SMALLEST}")
    } else {
        format!("p = {p:.3}")
    }
}

fn reasons(state: State, deflection: &Moved, csat: &Moved, signs: &[Sign]) -> Vec<String> {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let mut reasons = Vec::new();
    if state == State::TooFew {
        reasons.push(format!(
            "Each period needs {CONVERSATIONS_MIN} conversations with the assistant and {SCORES_MIN} scores for the person's part; there are {} and {}, {} and {}.",
            deflection.n_before, deflection.n_after, csat.n_before, csat.n_after
        ));
    }
    if deflection.is_moved {
        reasons.push(format!(
            "At the same mix of cases, {} of the conversations stay without a person, {} before ({}).",
            percent(deflection.after),
            percent(deflection.before),
            chance(normal_above(deflection.z))
        ));
    }
    if csat.is_moved {
        reasons.push(format!(
            "At the same mix of cases, {} of those who reach a person and say so are content, {} before ({}).",
            percent(csat.after),
            percent(csat.before),
            chance(normal_above(-csat.z))
        ));
    }
    let worse = signs.iter().filter(|sign| sign.is_worse);
    reasons.extend(worse.map(|sign| {
        format!(
            "{}: {} of {}, {} of {} before.",
            sign.label, sign.after, sign.n_after, sign.before, sign.n_before
        )
    }));
    if reasons.is_empty() {
        reasons.push("Neither series has moved, and no sign is worse than before.".to_owned());
    }
    reasons
}
