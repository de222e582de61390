//! All conversations of the weeks, in the order of their beginnings.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use jiff::civil::Weekday;
use segue_engine::{Ruleset, RulesetError};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use uuid::Uuid;

use crate::company::Company;
use crate::concerns::{Concern, all};
use crate::dice::Dice;
use crate::season::{Plan, Plant, Season};
use crate::talk::{Case, Talk};
use crate::tell::Written;

/// Streams of chance below this belong to the season; each conversation has one above.
const FIRST_STREAM: u64 = 1_000;
/// So far above its first conversation lies the stream of a return.
const RETURN_STREAM: u64 = 1 << 40;
/// Of the conversations, those whose customer is known.
const KNOWN: f64 = 0.72;
/// How much of a Monday each day from Monday is.
const DAYS: [f64; 7] = [1.0, 1.0, 0.97, 0.95, 0.9, 0.45, 0.35];
/// How much of the busiest hour each local hour is.
const HOURS: [f64; 24] = [
    0.05, 0.04, 0.03, 0.03, 0.04, 0.08, 0.2, 0.45, 0.75, 0.95, 1.0, 0.95, 0.8, 0.85, 0.9, 0.85,
    0.75, 0.6, 0.5, 0.45, 0.4, 0.3, 0.18, 0.1,
];
/// Of the customers, those who live by another clock, so many hours later.
const OVERSEAS: f64 = 0.2;
const OVERSEAS_HOURS: u64 = 6;
const HOUR_MS: u64 = 3_600 * 1_000;

/// One conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its identity: the same for the same workspace and seed.
    pub id: ConversationId,
    /// Its entries, from the first to the last.
    pub entries: Vec<Written>,
}

/// The conversations of a plan, one by one.
pub struct Traffic<'a> {
    company: &'a Company,
    workspace: WorkspaceId,
    season: Season,
    concerns: Vec<Concern>,
    /// The policy from some week on, where a threshold is planted.
    raised: Option<Arc<Ruleset>>,
    until: Timestamp,
    /// Beginnings that are to come, the earliest first.
    ahead: BinaryHeap<Reverse<Beginning>>,
    known_people: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    at: Timestamp,
    stream: u64,
    /// Who and what, where it is a return.
    again: Option<(usize, usize)>,
}

impl std::fmt::Debug for Traffic<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Traffic")
            .field("season", &self.season)
            .field("ahead", &self.ahead.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Traffic<'a> {
    /// Draws what happens, and when people write.
    ///
    /// # Errors
    /// When the company's policy cannot be read with another threshold.
    pub fn new(
        company: &'a Company,
        workspace: WorkspaceId,
        plan: &Plan,
    ) -> Result<Self, RulesetError> {
        let season = Season::draw(plan);
        let raised = season
            .planted
            .iter()
            .find(|it| it.cause == Plant::HighThreshold)
            .map(|planted| raised(&company.rules, planted.strength))
            .transpose()?;
        let concerns = all(company, &season);
        let ahead = beginnings(company, &season, &concerns, plan);
        Ok(Self {
            company,
            workspace,
            concerns,
            raised,
            until: plan.until,
            ahead,
            season,
            known_people: company.people.len(),
        })
    }

    /// What was drawn for these weeks: for people, never for what looks for causes.
    pub fn season(&self) -> &Season {
        &self.season
    }

    /// The policy that is in force in the end, where it is another than at the beginning.
    pub fn raised(&self) -> Option<&Arc<Ruleset>> {
        self.raised.as_ref()
    }

    /// At least how many conversations are still to come; returns add to them.
    pub fn ahead(&self) -> usize {
        self.ahead.len()
    }

    fn tell(&mut self, beginning: Beginning) -> Option<Told> {
        let Beginning { at, stream, again } = beginning;
        let mut dice = Dice::new(self.season.seed, stream);
        let who = dice.below(self.known_people);
        let is_known = dice.chance(KNOWN);
        let weights = self
            .concerns
            .iter()
            .map(|it| it.weight_at(&self.season, at));
        let what = dice.weighted(weights.collect::<Vec<_>>().into_iter());
        let (who, what) = again.unwrap_or((who, what));
        let name = format!("traffic/{}/{stream}", self.season.seed);
        let case = Case {
            id: ConversationId::new(Uuid::new_v5(&self.workspace.uuid(), name.as_bytes())),
            at,
            person: self.company.people.get(who)?,
            concern: self.concerns.get(what)?,
            is_return: again.is_some(),
            is_known: is_known || again.is_some(),
        };
        let id = case.id;
        let is_raised = self.season.planted(Plant::HighThreshold, at).is_some();
        let raised = self.raised.as_deref().filter(|_| is_raised);
        let rules = raised.unwrap_or(&self.company.rules);
        let comes_back = case.is_known;
        let done = Talk::hold(self.company, &self.season, rules, case, dice);
        if let Some(at) = done.returns_at.filter(|at| comes_back && *at < self.until) {
            let again = Some((who, what));
            let stream = stream + RETURN_STREAM;
            self.ahead.push(Reverse(Beginning { at, stream, again }));
        }
        Some(Told {
            id,
            entries: done.entries,
        })
    }
}

impl Iterator for Traffic<'_> {
    type Item = Told;

    fn next(&mut self) -> Option<Told> {
        while let Some(Reverse(beginning)) = self.ahead.pop() {
            if let Some(told) = self.tell(beginning) {
                return Some(told);
            }
        }
        None
    }
}

/// The same policy with another `accept`: a version of its own.
fn raised(rules: &Ruleset, accept: f64) -> Result<Arc<Ruleset>, RulesetError> {
    let text = rules.policy().text();
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  accept: ") {
            Some(_) => lines.push(format!("  accept: {accept:.2}")),
            None => lines.push(line.to_owned()),
        }
    }
    Ruleset::parse(&(lines.join("\n") + "\n")).map(Arc::new)
}

/// When people write, hour by hour: by weekday and hour of the company's zone, less on
/// holidays, more where a campaign, a product or a gap brings more.
fn beginnings(
    company: &Company,
    season: &Season,
    concerns: &[Concern],
    plan: &Plan,
) -> BinaryHeap<Reverse<Beginning>> {
    let mut dice = Dice::new(plan.seed, 4);
    let per_week: f64 = DAYS.iter().sum::<f64>() * HOURS.iter().sum::<f64>();
    let unit = f64::from(plan.per_week) / per_week;
    let mut ahead = BinaryHeap::new();
    let mut stream = FIRST_STREAM;
    let hours = plan.until.since(season.from).millis() / HOUR_MS;
    for hour in 0..hours {
        let begins = season.from + Span(hour * HOUR_MS);
        let volume: f64 = concerns.iter().map(|it| it.weight_at(season, begins)).sum();
        let holiday = season
            .happens("holiday", begins)
            .map_or(1.0, |it| it.strength);
        let busy = (1.0 - OVERSEAS) * busy(company, begins)
            + OVERSEAS * self::busy(company, begins - Span(OVERSEAS_HOURS * HOUR_MS));
        let mean = unit * busy * volume * holiday;
        for _ in 0..poisson(&mut dice, mean) {
            let at = begins + Span((dice.unit() * HOUR_MS as f64) as u64);
            let again = None;
            ahead.push(Reverse(Beginning { at, stream, again }));
            stream += 1;
        }
    }
    ahead
}

fn busy(company: &Company, at: Timestamp) -> f64 {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let local = company.zone.to_datetime(at);
    let day = match local.weekday() {
        Weekday::Monday => 0,
        other => usize::try_from(other.to_monday_zero_offset()).unwrap_or(0),
    };
    let hour = usize::try_from(local.hour()).unwrap_or(0);
    DAYS.get(day).copied().unwrap_or(0.0) * HOURS.get(hour).copied().unwrap_or(0.0)
}

/// From the Poisson distribution (Knuth); the mean of an hour is small.
fn poisson(dice: &mut Dice, mean: f64) -> u32 {
    // In parts, so that the exponential of a great mean does not vanish.
    const PART: f64 = 30.0;
    let mut left = mean;
    let mut n = 0;
    while left > 0.0 {
        let limit = (-left.min(PART)).exp();
        let mut product = dice.unit();
        while product > limit {
            n += 1;
            product *= dice.unit();
        }
        left -= PART;
    }
    n
}
