//! What another policy would have done with conversations that took place.
//!
//! Every point at which the policy was asked is decided again under two policies. **The
//! principle of the first divergence** (`science.md` §2.6) says what that may claim: a
//! policy's course through a conversation is exact as long as it does what was really
//! done. Once it escalates, turn, rule and queue are exact too. Once it does something
//! else and does not escalate, what the customer would have said next is not known: the
//! conversation is *censored* there, and its rest an estimate.
//!
//! A conversation of the log is traced as it was ([`crate::retrace`]). One of a file, an
//! import or the demo is judged as [`crate::replay`] judges it: as if the assistant had
//! the floor all along.

mod course;
mod report;
mod told;

use std::collections::BTreeMap;

use segue_model::event::{Entry, Event, Opening, Origin, TextRef};
use segue_model::id::PolicyVersion;
use segue_model::record::ConversationRecord;
use segue_model::time::Timestamp;
use segue_model::verdict::Outcome;

pub use report::{
    Change, Changes, Day, DecidedAgain, Decision, Example, Limit, QueueCount, RuleCount, Side,
    TriggerCount, WhatIfReport,
};

use crate::retrace::{Asked, Logged, Point, Retrace};
use crate::ruleset::Ruleset;
use course::{Course, Effect, Ended, Step, effect};
use report::Tally;
use told::Told;

/// Two policies over the same conversations. Cheap to make; several may each take a part
/// of the conversations and be put together with [`WhatIf::merge`].
#[derive(Debug, Clone)]
pub struct WhatIf<'r> {
    before: &'r Ruleset,
    after: &'r Ruleset,
    /// Whether both look for the same topics; then what one found is what the other finds.
    is_same_topics: bool,
    known: Vec<&'r Ruleset>,
    zone: jiff::tz::TimeZone,
    tally: Tally,
}

impl<'r> WhatIf<'r> {
    /// Nothing replayed yet. Days are those of UTC.
    pub fn new(before: &'r Ruleset, after: &'r Ruleset) -> Self {
        Self {
            before,
            after,
            is_same_topics: before.policy().topics() == after.policy().topics(),
            known: vec![before, after],
            zone: jiff::tz::TimeZone::UTC,
            tally: Tally::default(),
        }
    }

    /// With days as they are in a zone.
    #[must_use]
    pub fn in_zone(mut self, zone: jiff::tz::TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// With other policies that the log may name, so that what it says can be decided
    /// again under the version it was decided under.
    #[must_use]
    pub fn knowing(mut self, versions: impl IntoIterator<Item = &'r Ruleset>) -> Self {
        self.known.extend(versions);
        self
    }

    /// Adds a conversation of a file.
    pub fn add_record(&mut self, record: &ConversationRecord) {
        self.add_told(&Told::of_record(record));
    }

    /// Adds a conversation of the log, with the texts that are still there.
    pub fn add_log(&mut self, name: &str, entries: &[(&Entry, &[(TextRef, String)])]) {
        let logged = || {
            let list = entries.iter();
            list.map(|(entry, texts)| Logged { entry, texts })
        };
        let Some(opening) = logged().next().and_then(opening) else {
            return;
        };
        match &opening.origin {
            Origin::Live => self.add_live(name, logged()),
            Origin::Demo => self.add_told(&Told::of_log(name, opening, logged())),
            Origin::Imported { external_id, .. } => {
                let told = Told::of_log(external_id, opening, logged());
                self.decide_import_again(&told, logged());
                self.add_told(&told);
            }
        }
    }

    /// Puts the conversations that another one has seen to these, as if they came later.
    pub fn merge(&mut self, other: WhatIf<'_>) {
        self.tally.merge(other.tally);
    }

    /// How many conversations were added.
    pub const fn conversations(&self) -> u64 {
        self.tally.conversations
    }

    /// What came of it.
    pub fn report(&self) -> WhatIfReport {
        let (before, after) = (
            self.before.policy().version(),
            self.after.policy().version(),
        );
        self.tally.report(before, after)
    }

    fn add_live<'l>(&mut self, name: &str, entries: impl Iterator<Item = Logged<'l>>) {
        let mut retrace = Retrace::new(self.before.detector());
        let mut course = Course::new(name, true);
        let mut again = DecidedAgain::default();
        for logged in entries {
            retrace.step(logged, |point| {
                let (before, after) = self.decide(&mut course, point);
                self.decide_again(point, &before, &mut again);
                let happened = point.logged.map(|verdict| effect(point.asked, verdict));
                course.push(Step {
                    point,
                    before,
                    after,
                    happened: happened.unwrap_or(Effect::Goes),
                });
            });
            course.pass(logged.entry);
        }
        self.tally.add_again(again);
        self.tally.add(course, &self.zone);
    }

    fn add_told(&mut self, told: &Told<'_>) {
        let mut course = Course::new(&told.name, told.is_of_log);
        told.walk(self.before.detector(), |point| {
            let (before, after) = self.decide(&mut course, point);
            course.push(Step {
                point,
                before,
                after,
                // The file shows that the assistant went on.
                happened: Effect::Goes,
            });
        });
        self.tally.add(course, &self.zone);
    }

    fn decide(&self, course: &mut Course, point: &Point<'_>) -> (Ended, Ended) {
        let signals = point.signals(self.before.detector());
        let own = (!self.is_same_topics).then(|| point.signals_again(self.after.detector()));
        let before = course.before.decide(self.before, point, &signals);
        let after = course
            .after
            .decide(self.after, point, own.as_ref().unwrap_or(&signals));
        (before, after)
    }

    /// Whether today's detectors, under the version that the log names, say what it says.
    fn decide_again(&self, point: &Point<'_>, before: &Ended, again: &mut DecidedAgain) {
        let Some(logged) = point.logged else { return };
        let Some(rules) = self.version(&logged.trace.policy) else {
            again.unknown += 1;
            return;
        };
        if !point.is_readable {
            again.unreadable += 1;
            return;
        }
        again.turns += 1;
        let is_before = std::ptr::eq(rules, self.before) && !before.is_hypothetical;
        let is_same = if is_before {
            before.verdict == *logged
        } else {
            let signals = point.signals_again(rules.detector());
            point.decide(rules, &signals) == *logged
        };
        again.same += u64::from(is_same);
    }

    fn decide_import_again<'l>(
        &mut self,
        told: &Told<'_>,
        entries: impl Iterator<Item = Logged<'l>>,
    ) {
        let mut again = DecidedAgain::default();
        let verdicts = entries.flat_map(|logged| &logged.entry.events);
        let logged: BTreeMap<_, _> = verdicts
            .filter_map(|event| match event {
                Event::VerdictReached { turn, verdict, .. } => Some((*turn, verdict)),
                _ => None,
            })
            .collect();
        let version = logged.values().next().map(|verdict| &verdict.trace.policy);
        match version.and_then(|version| self.version(version)) {
            Some(rules) => {
                for judged in told.judge(rules) {
                    again.turns += 1;
                    let said = logged.get(&judged.turn);
                    again.same += u64::from(said.is_some_and(|said| **said == judged.verdict));
                }
            }
            None => again.unknown += logged.len() as u64,
        }
        self.tally.add_again(again);
    }

    fn version(&self, version: &PolicyVersion) -> Option<&'r Ruleset> {
        let mut known = self.known.iter().copied();
        known.find(|rules| rules.policy().version() == version)
    }
}

fn opening<'a>(logged: Logged<'a>) -> Option<&'a Opening> {
    logged.entry.events.iter().find_map(|event| match event {
        Event::ConversationOpened(opening) => Some(&**opening),
        _ => None,
    })
}

/// Whether a verdict brings a person.
const fn escalates(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Escalate { .. })
}

/// Whether what is asked is about an answer.
const fn is_answer(asked: Asked) -> bool {
    matches!(asked, Asked::Answer { .. })
}

/// The day of an instant, where the instant is told at all.
fn day_of(at: Timestamp, zone: &jiff::tz::TimeZone) -> Option<String> {
    let instant = jiff::Timestamp::from_millisecond(at.0).ok()?;
    Some(instant.to_zoned(zone.clone()).date().to_string())
}
