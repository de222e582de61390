//! What happens to the company in these weeks: the causes that are planted, and what
//! happens in any weeks and is no cause (campaigns, holidays, outages, new products).

use segue_model::time::{Span, Timestamp};
use serde::Serialize;

use crate::dice::Dice;
use crate::words::{GAPS, Gap, PRODUCTS, Product, TOOLS};

/// A cause that can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plant {
    /// People ask for something that no article answers.
    KnowledgeGap,
    /// A tool of the assistant fails or does not answer.
    BrokenTool,
    /// A new version of the policy asks for more certainty than right answers have.
    HighThreshold,
    /// The outside assistant talks people out of a person.
    Gatekeeping,
}

impl Plant {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::KnowledgeGap,
        Self::BrokenTool,
        Self::HighThreshold,
        Self::Gatekeeping,
    ];
}

/// How much traffic, and what is planted in it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many weeks, at least 1.
    pub weeks: u32,
    /// Where chance begins.
    pub seed: u64,
    /// What is planted; the same twice counts once.
    pub plants: Vec<Plant>,
    /// How strong each is, from 0, the weakest that is ever drawn, to 1; drawn where nothing
    /// is said.
    pub strength: Option<f64>,
    /// Conversations in an ordinary week.
    pub per_week: u32,
    /// The end of the last week.
    pub until: Timestamp,
}

/// What was planted: for people who want to check what was found. Nothing else reads it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planted {
    /// Which.
    pub cause: Plant,
    /// The first week of it, from 1.
    pub week: u32,
    /// The beginning of that week.
    #[serde(serialize_with = "rfc3339")]
    pub since: Timestamp,
    /// How strong, in the unit of `what`.
    pub strength: f64,
    /// What it is: the concern, the tool, the threshold, the share of wishes held back.
    pub what: String,
}

/// Something that happens in these weeks and is no cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Happening {
    /// `campaign`, `holiday`, `outage`, `product` or `better_articles`.
    pub what: &'static str,
    /// When it begins.
    #[serde(serialize_with = "rfc3339")]
    pub from: Timestamp,
    /// When it ends.
    #[serde(serialize_with = "rfc3339")]
    pub until: Timestamp,
    /// How strong: how many times the volume, the share of calls that fail.
    pub strength: f64,
}

impl Happening {
    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        at >= self.from && at < self.until
    }
}

/// Everything that was drawn for these weeks.
#[derive(Debug, Clone, Serialize)]
pub struct Season {
    /// The seed.
    pub seed: u64,
    /// The beginning of the first week.
    #[serde(serialize_with = "rfc3339")]
    pub from: Timestamp,
    /// What was planted.
    pub planted: Vec<Planted>,
    /// What else happens.
    pub happenings: Vec<Happening>,
    #[serde(skip)]
    pub(crate) gap: Option<&'static Gap>,
    #[serde(skip)]
    pub(crate) product: Option<&'static Product>,
    /// The category that the campaign is about.
    #[serde(skip)]
    pub(crate) campaign: &'static str,
}

/// The earliest and the latest beginning of a plant, as shares of the weeks; what begins
/// earlier has no before, what begins later has hardly begun.
const BEGINS: (f64, f64) = (0.4, 0.7);

const CATEGORIES: &[&str] = &["shipping", "billing", "account", "integrations", "api"];

impl Season {
    /// Draws what happens.
    pub fn draw(plan: &Plan) -> Self {
        let mut dice = Dice::new(plan.seed, 2);
        let weeks = plan.weeks.max(1);
        let week = Span::hours(24 * 7);
        let from = plan.until - Span(week.0 * u64::from(weeks));
        let mut season = Self {
            seed: plan.seed,
            from,
            planted: Vec::new(),
            happenings: Vec::new(),
            gap: None,
            product: None,
            campaign: dice.pick(CATEGORIES),
        };
        season.happen(&mut dice, weeks);
        // Each in a stream of its own, so that one plant more changes none of the others.
        for (stream, plant) in (10..).zip(Plant::ALL) {
            if plan.plants.contains(&plant) {
                let mut dice = Dice::new(plan.seed, stream);
                season.plant(&mut dice, plant, plan);
            }
        }
        season
    }

    /// The conversation's planted cause, if that is in force at this time.
    pub(crate) fn planted(&self, plant: Plant, at: Timestamp) -> Option<&Planted> {
        let mut planted = self.planted.iter();
        planted.find(|it| it.cause == plant && at >= it.since)
    }

    pub(crate) fn happens(&self, what: &str, at: Timestamp) -> Option<&Happening> {
        let mut happenings = self.happenings.iter();
        happenings.find(|it| it.what == what && it.holds(at))
    }

    fn plant(&mut self, dice: &mut Dice, cause: Plant, plan: &Plan) {
        let weeks = plan.weeks.max(1);
        let (earliest, latest) = BEGINS;
        let share = dice.between(earliest, latest);
        let week = ((share * f64::from(weeks)).round() as u32).min(weeks.saturating_sub(1));
        // Drawn in any case, so that nothing else depends on whether it is said.
        let drawn = dice.unit();
        let part = plan.strength.unwrap_or(drawn).clamp(0.0, 1.0);
        let strength = |least: f64, most: f64| least + (most - least) * part;
        let (strength, what) = match cause {
            Plant::KnowledgeGap => {
                let gap = GAPS.get(dice.below(GAPS.len()));
                self.gap = gap;
                let strength = dice.between(0.05, 0.10);
                (
                    strength,
                    gap.map_or_else(String::new, |gap| gap.name.to_owned()),
                )
            }
            Plant::BrokenTool => (strength(0.35, 0.8), dice.pick(TOOLS).1.to_owned()),
            Plant::HighThreshold => {
                let accept = (strength(0.84, 0.92) * 100.0).round() / 100.0;
                (accept, format!("accept {accept:.2}"))
            }
            Plant::Gatekeeping => (
                strength(0.5, 0.95),
                "the outside assistant keeps the floor after a wish for a person".to_owned(),
            ),
        };
        self.planted.push(Planted {
            cause,
            week: week + 1,
            since: self.from + Span::hours(24 * 7 * u64::from(week)),
            strength,
            what,
        });
    }

    fn happen(&mut self, dice: &mut Dice, weeks: u32) {
        let hours = f64::from(weeks) * 24.0 * 7.0;
        let mut some = |what, chance: f64, length: (f64, f64), strength: (f64, f64)| {
            // Drawn in any case, so that the others do not depend on it.
            let is_there = dice.chance(chance);
            let begins = dice.between(0.1, 0.9) * hours;
            let lasts = dice.between(length.0, length.1);
            let strength = dice.between(strength.0, strength.1);
            let from = self.from + Span::hours(begins as u64);
            is_there.then(|| Happening {
                what,
                from,
                until: from + Span::hours(lasts as u64),
                strength,
            })
        };
        const EVER: (f64, f64) = (24.0 * 3_660.0, 24.0 * 3_661.0);
        let drawn = [
            some("campaign", 0.6, (24.0 * 5.0, 24.0 * 14.0), (1.8, 2.4)),
            some("holiday", 0.5, (24.0 * 3.0, 24.0 * 8.0), (0.45, 0.65)),
            some("outage", 0.5, (3.0, 36.0), (0.5, 0.95)),
            some("product", 0.5, EVER, (0.06, 0.16)),
            some("better_articles", 0.5, EVER, (0.8, 1.4)),
        ];
        self.happenings.extend(drawn.into_iter().flatten());
        self.product = PRODUCTS.get(dice.below(PRODUCTS.len()));
    }
}

pub(crate) fn rfc3339<S: serde::Serializer>(at: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::MAX);
    out.collect_str(&at)
}
