//! The conversations behind a number: which ones, and what is known of each.

use segue_model::id::ConversationId;
use segue_model::time::Timestamp;

use crate::cohort::Case;
use crate::ledger::{Ledger, Query};
use crate::metric::tally::{Of, Share};
use crate::metric::{
    abandonment, ai_resolution_rate, begging_rate, by_root_cause, by_trigger, contained,
    context_retention, csat_after_escalation, csat_assistant, escalation_rate,
    first_contact_resolution, handed_over, misroute_rate, outcomes::Outcome, repeat_contact,
    silent_abandonment, silent_in_handoff, sla_attainment, transfer_rate,
};

/// The shares whose conversations can be asked for.
const SHARES: [&Share; 16] = [
    &handed_over::SHARE,
    &escalation_rate::SHARE,
    &ai_resolution_rate::SHARE,
    &contained::SHARE,
    &silent_abandonment::SHARE,
    &repeat_contact::SHARE,
    &context_retention::SHARE,
    &csat_after_escalation::SHARE,
    &csat_assistant::SHARE,
    &sla_attainment::SHARE,
    &abandonment::SHARE,
    &silent_in_handoff::SHARE,
    &transfer_rate::SHARE,
    &misroute_rate::SHARE,
    &first_contact_resolution::SHARE,
    &begging_rate::SHARE,
];

/// Which conversations are wanted of those that the query chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// All of them.
    All,
    /// Those that a share counts in its numerator.
    Hits(&'a str),
    /// Those that it counts in its denominator alone.
    Misses(&'a str),
    /// Those of one outcome, by its key.
    Outcome(&'a str),
    /// Those with a handoff of which the agent named this root cause.
    RootCause(&'a str),
}

/// One conversation behind a number. Names are those of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// Which.
    pub conversation: ConversationId,
    /// When it began.
    pub started_at: Timestamp,
    /// `escalated`, `returned`, `resolved`, `unmet` or `ambiguous`; nothing where the
    /// assistant had no part.
    pub outcome: Option<&'static str>,
    /// How many turns it has.
    pub turns: u32,
    /// The first topic that was found.
    pub topic: Option<String>,
    /// The language of the page.
    pub language: Option<String>,
    /// Where it took place.
    pub channel: Option<String>,
    /// The rule of its first handoff that is looked at.
    pub rule: Option<String>,
    /// The class of that rule.
    pub trigger: Option<&'static str>,
    /// The queue it came to last.
    pub queue: Option<String>,
    /// The root cause that the agent named.
    pub root_cause: Option<&'static str>,
    /// The score for the person's part.
    pub rated_agent: Option<u8>,
    /// The score for the assistant's part.
    pub rated_assistant: Option<u8>,
}

/// Some of the conversations behind a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// How many there are.
    pub n: u32,
    /// Some of them, newest first.
    pub rows: Vec<CaseRow>,
}

/// The conversations that are wanted, newest first: so many after so many. Nothing where
/// there is no such figure.
pub(crate) fn of(
    ledger: &Ledger,
    query: &Query,
    wanted: Wanted<'_>,
    (skipped, most): (usize, usize),
) -> Option<Cases> {
    let share = match wanted {
        Wanted::Hits(id) | Wanted::Misses(id) => {
            Some(*SHARES.iter().find(|share| share.definition.id == id)?)
        }
        Wanted::Outcome(key) => {
            Outcome::ALL.iter().find(|it| it.key() == key)?;
            None
        }
        Wanted::All | Wanted::RootCause(_) => None,
    };
    let is_wanted = |case: &Case<'_>| match (wanted, share) {
        (Wanted::Hits(_), Some(share)) => has(share, case, true),
        (Wanted::Misses(_), Some(share)) => has(share, case, false),
        (Wanted::Outcome(key), _) => case.outcome.is_some_and(|it| it.key() == key),
        (Wanted::RootCause(key), _) => case.handoffs().any(|it| {
            let cause = it.root_cause.map(by_root_cause::words);
            cause.is_some_and(|(of, _)| of == key)
        }),
        _ => true,
    };
    let cohort = ledger.cohort(query, 0);
    let mut found = Cases {
        n: 0,
        rows: Vec::new(),
    };
    for case in cohort.cases().filter(is_wanted) {
        found.n += 1;
        if found.n as usize > skipped && found.rows.len() < most {
            found.rows.push(row(ledger, &case));
        }
    }
    Some(found)
}

/// Whether a share counts the conversation, or one of its handoffs, as a hit or as a miss.
fn has(share: &Share, case: &Case<'_>, hit: bool) -> bool {
    match share.of {
        Of::Conversations(is_hit) => is_hit(case) == Some(hit),
        Of::Handoffs(is_hit) => case.handoffs().any(|it| is_hit(case, it) == Some(hit)),
    }
}

fn row(ledger: &Ledger, case: &Case<'_>) -> CaseRow {
    let episode = case.episode;
    let handoff = case.handoffs().next();
    let text = |name| ledger.names().text(name).to_owned();
    CaseRow {
        conversation: episode.id,
        started_at: episode.started_at,
        outcome: case.outcome.map(Outcome::key),
        turns: episode.turns,
        topic: episode.traits.topic.map(text),
        language: episode.traits.language.map(text),
        channel: episode.traits.channel.map(text),
        rule: handoff.map(|it| text(it.rule)),
        trigger: handoff.map(|it| by_trigger::words(it.trigger).0),
        queue: handoff.map(|it| text(it.queue)),
        root_cause: case
            .handoffs()
            .find_map(|it| it.root_cause)
            .map(|it| by_root_cause::words(it).0),
        rated_agent: episode.rated_agent,
        rated_assistant: episode.rated_assistant,
    }
}
