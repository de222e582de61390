//! Satisfaction by who dealt with it, with what those who did not answer could change.

use super::Definition;
use super::csat_after_escalation::{SCORE_GOOD_MIN, SCORE_WINDOW};
use super::tally::{Maturity, Of, Share, Show, Tally};
use crate::cohort::{Case, Cohort};
use crate::dashboard::{CsatSegment, Ratio};
use crate::interval::ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "csat_segments",
    name: "CSAT by segment",
    formula: "scores of 4 or 5 / scores, for conversations of the assistant alone (its part), handed off by it (the person's part), and of a person alone (theirs); beside it scores / conversations of the segment, and the share if all who did not answer were dissatisfied, or all satisfied",
    unit: "share of scores",
    population: "live conversations, the latest score of each; the segments are never pooled, and observed CSAT is rather too high, because the content answer more often",
    window: "conversations that began in the window, and 72 hours after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those with a score of 1 to 3",
    source: "science §1.3 (response rate, worst-case bounds)",
};

const fn segment(of: Of) -> Share {
    Share {
        definition: &DEFINITION,
        maturity: Maturity::After(SCORE_WINDOW),
        show: Show::Misses,
        of,
    }
}

/// The segments, by key.
const SEGMENTS: [(&str, Share); 3] = [
    (
        "assistant_only",
        segment(Of::Conversations(|case| {
            of_segment(case, true, false).then_some(())?;
            case.episode.rated_assistant.map(is_good)
        })),
    ),
    (
        "handed_off",
        segment(Of::Conversations(|case| {
            of_segment(case, true, true).then_some(())?;
            case.episode.rated_agent.map(is_good)
        })),
    ),
    (
        "person_only",
        segment(Of::Conversations(|case| {
            of_segment(case, false, true).then_some(())?;
            case.episode.rated_agent.map(is_good)
        })),
    ),
];
/// Whether the assistant had a part in a segment, and a person.
const PARTS: [(bool, bool); 3] = [(true, false), (true, true), (false, true)];

const fn is_good(score: u8) -> bool {
    score >= SCORE_GOOD_MIN
}

const fn of_segment(case: &Case<'_>, has_assistant: bool, has_person: bool) -> bool {
    case.outcome.is_some() == has_assistant && !case.episode.handoffs.is_empty() == has_person
}

/// The segments, being counted.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    tallies: [Tally; 3],
    all: [u32; 3],
}

impl Segments {
    pub fn see(&mut self, case: &Case<'_>, shown_max: usize) {
        for ((tally, (_, share)), (all, (assistant, person))) in self
            .tallies
            .iter_mut()
            .zip(&SEGMENTS)
            .zip(self.all.iter_mut().zip(PARTS))
        {
            share.see(case, tally, shown_max);
            *all += u32::from(of_segment(case, assistant, person));
        }
    }

    pub fn finish(self, now: &Cohort<'_>, before: &Self) -> Vec<CsatSegment> {
        let before = before.tallies.iter();
        let parts = self.tallies.into_iter().zip(before).zip(self.all);
        parts
            .zip(&SEGMENTS)
            .map(|(((tally, before), all), (key, share))| {
                of_ratio(key, share.ratio(tally, now.now, before), all)
            })
            .collect()
    }
}

fn of_ratio(key: &'static str, csat: Ratio, all: u32) -> CsatSegment {
    let silent = all.saturating_sub(csat.denominator);
    CsatSegment {
        key,
        conversations: all,
        response_rate: ratio(csat.denominator, all),
        worst: ratio(csat.numerator, all),
        best: ratio(csat.numerator + silent, all),
        csat,
    }
}
