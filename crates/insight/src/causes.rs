//! The finder of causes: what new reason made people necessary, from the log alone.
//!
//! Four kinds are looked for over the weeks of the query: a concern that nobody wrote an
//! article for ([`Cause::KnowledgeGap`]), a tool that began to fail ([`Cause::BrokenTool`]),
//! a threshold that withholds right answers ([`Cause::HighThreshold`]) and an assistant that
//! holds on to people ([`Cause::Gatekeeping`]). Each finding names what it is, says since
//! when, and which share of the handoffs it explains, with an interval.
//!
//! Many things are looked at, so chance alone would find some: each family of tests shares
//! [`P_MAX`] among its members (Bonferroni), counts every possible week of beginning as a
//! look of its own, allows for weeks that differ among themselves, and asks for an effect
//! that matters, not only for one that is there.

mod concern;
mod threshold;
mod tool;

use std::collections::BTreeSet;

use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use serde::{Serialize, Serializer};

use crate::alarm::{Gatekeeping, State};
use crate::cohort::counts;
use crate::episode::{Episode, Name};
use crate::failures::{self, Failure};
use crate::ledger::{Ledger, Query};
use crate::shift::{Counted, Rise, difference};

/// The chance of a false finding that each family of tests may have.
const P_MAX: f64 = 0.01;
/// A cause that explains less of the handoffs than this is not worth a finding.
const SHARE_MIN: f64 = 0.02;
/// The fewest weeks in which a beginning can be told.
const WEEKS_MIN: usize = 3;
const WEEK_MS: u64 = 7 * 24 * 3_600 * 1_000;

/// A kind of cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A concern that the knowledge has no answer to.
    KnowledgeGap,
    /// A tool that fails or does not answer.
    BrokenTool,
    /// A threshold that withholds answers which would have been right.
    HighThreshold,
    /// An assistant that holds on to people who need a person.
    Gatekeeping,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::KnowledgeGap,
        Self::BrokenTool,
        Self::HighThreshold,
        Self::Gatekeeping,
    ];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::KnowledgeGap => "knowledge_gap",
            Self::BrokenTool => "broken_tool",
            Self::HighThreshold => "high_threshold",
            Self::Gatekeeping => "gatekeeping",
        }
    }
}

/// One figure that a finding rests on, before and since.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Evidence {
    /// What it counts.
    pub label: &'static str,
    /// The share before, 0–1; absent where there was nothing to count.
    pub before: Option<f64>,
    /// The share since, 0–1.
    pub after: f64,
    /// Of how many before.
    pub n_before: u32,
    /// Of how many since.
    pub n_after: u32,
}

/// One cause that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Which kind.
    pub cause: Cause,
    /// What it is: the tool, the threshold with the policy's version; of a concern the
    /// article that is nearest to it, until [`name_gaps`] says it in the customers' words.
    pub name: String,
    /// The share of the window's handoffs that it explains, 0–1: those beyond what there
    /// would have been at the rate of before.
    pub share: f64,
    /// The 95 % interval of the share.
    pub interval: [f64; 2],
    /// The beginning of the week since when it shows.
    #[serde(serialize_with = "rfc3339")]
    pub since: Timestamp,
    /// What says so.
    pub evidence: Vec<Evidence>,
    /// The newest conversations behind it.
    pub examples: Vec<ConversationId>,
}

/// Says in the customers' words what a gap in the knowledge is about, from what they wrote in
/// the conversations behind it; another finding, and one without words, keeps its name.
pub fn name_gaps(finding: &mut Finding, texts: &[(ConversationId, String)]) {
    if finding.cause != Cause::KnowledgeGap {
        return;
    }
    let failure = |(place, (conversation, text)): (usize, &(ConversationId, String))| Failure {
        conversation: *conversation,
        // In the order in which they are given.
        at: Timestamp(i64::try_from(place).unwrap_or(0)),
        text: text.clone(),
        root_cause: None,
        trigger: None,
        topic: None,
        agent_ms: 0,
        wait_ms: 0,
    };
    let failures: Vec<Failure> = texts.iter().enumerate().map(failure).collect();
    let end = Timestamp(i64::MAX);
    let clusters = failures::cluster(&failures, &[], Timestamp::default(), end);
    let largest = clusters.list.into_iter().max_by_key(|it| it.members.len());
    if let Some(cluster) = largest {
        finding.name = cluster.name;
    }
}

/// What was found, and in what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Causes {
    /// The beginning of the window.
    #[serde(serialize_with = "rfc3339")]
    pub from: Timestamp,
    /// Its end, the time of the question.
    #[serde(serialize_with = "rfc3339")]
    pub until: Timestamp,
    /// How many whole weeks were looked at.
    pub weeks: u32,
    /// How many conversations with the assistant.
    pub conversations: u32,
    /// For how many of them a person was asked.
    pub handed_over: u32,
    /// What was found, what explains most first; empty where nothing was.
    pub causes: Vec<Finding>,
}

/// The conversations of the window by week.
pub(crate) struct Weeks<'a> {
    pub ledger: &'a Ledger,
    pub from: Timestamp,
    pub weeks: usize,
    /// With the assistant, newest first, each with its week from 0.
    pub cases: Vec<(&'a Episode, usize)>,
    pub handed_over: u32,
    pub shown_max: usize,
}

/// A finding, and which conversations it touches: handed over or not, before it and since,
/// so that leaving them out is fair to both.
pub(crate) struct Found {
    finding: Finding,
    touched: Touched,
}

/// The conversations that a cause has to do with.
enum Touched {
    /// Those on the concern.
    Concern(BTreeSet<ConversationId>),
    /// Those in which the tool ran.
    Tool(Name),
    /// Those with an answer between two thresholds, shown or withheld.
    Between(f32, f32),
}

impl Found {
    /// Whether the cause has to do with a conversation.
    pub fn touches(&self, episode: &Episode) -> bool {
        match &self.touched {
            Touched::Concern(own) => own.contains(&episode.id),
            Touched::Tool(name) => episode.tools().iter().any(|tool| tool.name == *name),
            Touched::Between(least, most) => threshold::has_between(episode, *least, *most),
        }
    }
}

/// What is found besides gatekeeping, in the query's window.
pub(crate) fn others(weeks: &Weeks<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    if weeks.weeks >= WEEKS_MIN {
        found.extend(concern::find(weeks));
        found.extend(tool::find(weeks));
        found.extend(threshold::find(weeks));
    }
    found
}

impl Ledger {
    /// What new reasons made people necessary in the query's window.
    pub fn causes(&self, query: &Query) -> Causes {
        let weeks = Weeks::of(self, query);
        let others = others(&weeks);
        let is_the_alarms = query.days == 2 * crate::alarm::PERIOD_DAYS;
        let alarm = match is_the_alarms {
            true => crate::alarm::beside(self, query, &others),
            false => self.gatekeeping(query),
        };
        let mut causes: Vec<Finding> = others.into_iter().map(|it| it.finding).collect();
        causes.extend(gatekeeping(&weeks, &alarm));
        causes.sort_by(|a, b| {
            b.share
                .total_cmp(&a.share)
                .then_with(|| a.name.cmp(&b.name))
        });
        Causes {
            from: weeks.from,
            until: query.now,
            weeks: u32::try_from(weeks.weeks).unwrap_or(u32::MAX),
            conversations: u32::try_from(weeks.cases.len()).unwrap_or(u32::MAX),
            handed_over: weeks.handed_over,
            causes,
        }
    }
}

impl<'a> Weeks<'a> {
    pub fn of(ledger: &'a Ledger, query: &Query) -> Self {
        let weeks = (query.days / 7).max(1);
        let from = query.now - Span(u64::from(weeks) * WEEK_MS);
        let last = usize::try_from(weeks).unwrap_or(usize::MAX);
        let mut cases: Vec<(&Episode, usize)> = ledger
            .episodes()
            .iter()
            .filter(|it| it.is_involved && counts(it, query.include_demo))
            .filter(|it| it.started_at > from && it.started_at <= query.now)
            .filter_map(|it| {
                let week = it.started_at.since(from).millis() / WEEK_MS;
                Some((it, usize::try_from(week).ok()?.min(last - 1)))
            })
            .collect();
        cases.sort_unstable_by_key(|(it, _)| (std::cmp::Reverse(it.started_at), it.id));
        // What is older than the first conversation is no week without failures.
        let oldest = cases.last().map_or(0, |(_, week)| *week);
        if oldest > 0 {
            for (_, week) in &mut cases {
                *week -= oldest;
            }
        }
        let handed_over = cases.iter().filter(|(it, _)| it.is_escalated());
        Self {
            ledger,
            from: from + Span(oldest as u64 * WEEK_MS),
            weeks: last - oldest,
            handed_over: crate::interval::count(handed_over),
            cases,
            shown_max: query.shown_max,
        }
    }

    /// The beginning of a week.
    pub fn begins(&self, week: usize) -> Timestamp {
        self.from + Span(week as u64 * WEEK_MS)
    }

    /// Counts a share week by week, over those conversations that are asked.
    pub fn series(&self, ask: impl Fn(&Episode) -> Option<bool>) -> Vec<Counted> {
        let mut series = vec![Counted::default(); self.weeks];
        for (episode, week) in &self.cases {
            if let (Some(is_hit), Some(counted)) = (ask(episode), series.get_mut(*week)) {
                counted.add(is_hit);
            }
        }
        series
    }

    /// The newest conversations since a week that are meant, as many as are asked for.
    pub fn examples(
        &self,
        since: usize,
        is_meant: impl Fn(&Episode) -> bool,
    ) -> Vec<ConversationId> {
        let since = self.cases.iter().filter(|(_, week)| *week >= since);
        let meant = since.filter(|(it, _)| is_meant(it));
        meant.take(self.shown_max).map(|(it, _)| it.id).collect()
    }

    /// The share of the window's handoffs beyond those of the rate before, with its interval:
    /// of handoffs that the cause may be behind, per conversation with the assistant.
    pub fn explained(&self, since: usize, is_behind: impl Fn(&Episode) -> bool) -> (f64, [f64; 2]) {
        let mut sides = [Counted::default(); 2];
        let [before, after] = &mut sides;
        for (episode, week) in &self.cases {
            let side = if *week >= since {
                &mut *after
            } else {
                &mut *before
            };
            side.add(episode.is_escalated() && is_behind(episode));
        }
        let per = f64::from(after.n) / f64::from(self.handed_over.max(1));
        let (lo, hi) = difference(*before, *after);
        let bounded = |difference: f64| (difference * per).clamp(0.0, 1.0);
        let share = bounded(after.share() - before.share());
        (share, [bounded(lo), bounded(hi)])
    }
}

/// A figure of a finding, from its rise.
fn evidence(label: &'static str, before: Counted, after: Counted) -> Evidence {
    Evidence {
        label,
        before: (before.n > 0).then(|| before.share()),
        after: after.share(),
        n_before: before.n,
        n_after: after.n,
    }
}

/// Whether a rise is beyond chance, among so many that were looked at.
fn is_beyond_chance(rise: &Rise, looks: usize) -> bool {
    rise.p * looks.max(1) as f64 <= P_MAX
}

/// The alarm as a cause: which share of those who wanted a person were held back.
fn gatekeeping(weeks: &Weeks<'_>, alarm: &Gatekeeping) -> Option<Finding> {
    if alarm.state != State::Alarm || weeks.weeks < WEEKS_MIN {
        return None;
    }
    let asked = weeks.series(|it| {
        let is_held = it.ignored_wishes() > 0;
        (it.is_escalated() || is_held).then_some(is_held)
    });
    let began = alarm.began.map_or(weeks.begins(0), |band| band.from);
    let week = usize::try_from(began.since(weeks.from).millis() / WEEK_MS).unwrap_or(0);
    let (early, late) = asked.split_at(week.min(asked.len()));
    let (before, after) = (crate::shift::sum(early), crate::shift::sum(late));
    let (lo, hi) = difference(before, after);
    let all = before.plus(after);
    let per = f64::from(after.n) / f64::from(all.n.max(1));
    let bounded = |difference: f64| (difference * per).clamp(0.0, 1.0);
    let moved = |label, moved: &crate::alarm::Moved| Evidence {
        label,
        before: Some(moved.before),
        after: moved.after,
        n_before: moved.n_before,
        n_after: moved.n_after,
    };
    let mut evidence = vec![
        moved(
            "conversations without a person, same mix of cases",
            &alarm.deflection,
        ),
        moved(
            "content with the person's part, same mix of cases",
            &alarm.csat_after_escalation,
        ),
    ];
    let worse = alarm.signs.iter().filter(|sign| sign.is_worse);
    evidence.extend(worse.map(|sign| {
        let counted = |k, n| Counted { k, n };
        self::evidence(
            sign.label,
            counted(sign.before, sign.n_before),
            counted(sign.after, sign.n_after),
        )
    }));
    Some(Finding {
        cause: Cause::Gatekeeping,
        name: "The assistant holds on to people who need a person".to_owned(),
        share: bounded(after.share() - before.share()),
        interval: [bounded(lo), bounded(hi)],
        since: weeks.begins(week.min(weeks.weeks.saturating_sub(1))),
        evidence,
        examples: alarm.conversations.clone(),
    })
}

fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    crate::dashboard::rfc3339(at, serializer)
}
