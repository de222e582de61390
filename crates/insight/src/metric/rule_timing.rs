//! Too early, too late, missed: how well each rule calls a person in.

use std::collections::BTreeMap;

use super::Definition;
use super::ai_resolution_rate::RETURN_WINDOW;
use super::handed_over::is_mandatory;
use super::outcomes::has_returned;
use super::silent_abandonment::is_silent;
use crate::cohort::Case;
use crate::dashboard::{Estimate, RuleTiming, RuleTimings};
use crate::episode::{Handoff, Name, Names};
use crate::interval::{ratio, wilson};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "rule_timing",
    name: "Too early, too late, missed",
    formula: "precision = 1 − too early / judged, where an agent judged at wrap-up and neither the policy nor the customer demanded a person, and too early is the agent's mark that the assistant could have dealt with it; timeliness = needed and not too late / needed, where needed is every handoff but those marked so, and too late is 2 customer turns or 2 minutes or more after the first sign that a person was due (a request, a second fallback, a third turn with the same concern, a tool failure, a compliance word), or two requests; recall = needed / (needed + missed), where missed is a conversation without a handoff whose customer came back on the concern within 7 days, rated it 1 or 2, or went silent after a negative turn",
    unit: "share of handoffs",
    population: "handoffs of live conversations that an agent dealt with, by the rule that asked for them; a missed conversation belongs to the rule that came nearest to firing at its last verdict, and counts in the whole alone where none came near",
    window: "conversations that began in the window, and 7 days after each",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "none",
    source: "science §1.4; what the knowledge base held at the time of the handoff is not in the log, so that too early rests on the agent's mark alone",
};

/// How many customer turns after the first sign are too many (science §1.4).
const LATE_TURNS_MIN: u16 = 2;
/// How many seconds after it are.
const LATE_S_MIN: u32 = 120;
/// How many requests are one too many.
const LATE_REQUESTS_MIN: u8 = 2;
/// A score up to this says that it was not good.
const SCORE_POOR_MAX: u8 = 2;

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    handoffs: u32,
    judged: u32,
    early: u32,
    needed: u32,
    late: u32,
    missed: u32,
}

impl Counts {
    fn add(&mut self, handoff: &Handoff) {
        self.handoffs += 1;
        let is_demanded = is_mandatory(handoff) || handoff.lead.requests > 0;
        let is_early = handoff.assistant_could == Some(true) && !is_demanded;
        self.judged += u32::from(handoff.assistant_could.is_some() && !is_demanded);
        self.early += u32::from(is_early);
        self.needed += u32::from(!is_early);
        self.late += u32::from(!is_early && is_late(handoff));
    }

    fn timing(self, rule: String) -> RuleTiming {
        RuleTiming {
            rule,
            handoffs: self.handoffs,
            early: self.early,
            late: self.late,
            missed: self.missed,
            precision: estimate(self.judged - self.early, self.judged),
            recall: estimate(self.needed, self.needed + self.missed),
            timeliness: estimate(self.needed - self.late, self.needed),
        }
    }
}

fn estimate(hits: u32, n: u32) -> Estimate {
    let interval = wilson(hits, n);
    Estimate {
        value: ratio(hits, n),
        lo: interval.map(|(lo, _)| lo),
        hi: interval.map(|(_, hi)| hi),
        n,
        is_small: n < super::SMALL_N,
    }
}

fn is_late(handoff: &Handoff) -> bool {
    let lead = handoff.lead;
    lead.requests >= LATE_REQUESTS_MIN
        || lead
            .due
            .is_some_and(|(turns, seconds)| turns >= LATE_TURNS_MIN || seconds >= LATE_S_MIN)
}

/// Whether a person should have come and did not.
fn is_missed(case: &Case<'_>) -> bool {
    let episode = case.episode;
    let is_poor = episode
        .rated_assistant
        .is_some_and(|score| score <= SCORE_POOR_MAX);
    let is_left = episode.signs.is_negative
        && is_silent(episode)
        && case.now.since(episode.started_at) >= RETURN_WINDOW;
    case.outcome.is_some()
        && !episode.is_escalated()
        && (is_poor || is_left || has_returned(case.now, episode))
}

/// The rules, being judged.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    rules: BTreeMap<Name, Counts>,
    whole: Counts,
}

impl Rules {
    pub fn see(&mut self, case: &Case<'_>) {
        for handoff in case.handoffs().filter(|it| it.is_dealt_with()) {
            self.rules.entry(handoff.rule).or_default().add(handoff);
            self.whole.add(handoff);
        }
        if is_missed(case) {
            self.whole.missed += 1;
            if let Some(near) = case.episode.traits.near {
                self.rules.entry(near).or_default().missed += 1;
            }
        }
    }

    pub fn finish(self, names: &Names) -> RuleTimings {
        let rules = self.rules.into_iter();
        let mut rules: Vec<RuleTiming> = rules
            .map(|(rule, counts)| counts.timing(names.text(rule).to_owned()))
            .collect();
        rules.sort_by(|a, b| {
            let size = |it: &RuleTiming| it.handoffs + it.missed;
            size(b).cmp(&size(a)).then_with(|| a.rule.cmp(&b.rule))
        });
        RuleTimings {
            rules,
            whole: self.whole.timing(String::new()),
        }
    }
}
