//! Conversations of files: what would have been decided beside how it went.

use std::collections::BTreeMap;

use super::Definition;
use crate::dashboard::{Imported, Recorded, Source, VerdictCounts};
use crate::episode::{Class, Episode, Name};
use crate::ledger::Ledger;

/// How many recorded outcomes of one source are shown, those of most conversations first.
const OUTCOMES_MAX: usize = 50;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "imported",
    name: "Imported conversations",
    formula: "by source: conversations, turns, customer turns by would-have verdict (the strictest of each turn), and for each recorded label and value the conversations that have it and those of them for which a person would have come",
    unit: "conversations and turns",
    population: "conversations read from files; they never count in any other figure",
    window: "all",
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "none",
    source: "science §2.6: a replay claims verdicts, not outcomes after them",
};

#[derive(Default)]
struct Counts {
    conversations: u32,
    turns: u32,
    verdicts: VerdictCounts,
    outcomes: BTreeMap<(Name, Name), (u32, u32)>,
}

impl Counts {
    fn add(&mut self, episode: &Episode) {
        self.conversations += 1;
        self.turns += episode.turns;
        let would_have = &episode.verdicts;
        self.verdicts.proceed += would_have.proceed;
        self.verdicts.fall_back += would_have.fall_back;
        self.verdicts.review += would_have.review;
        self.verdicts.escalate += would_have.escalate;
        for label in episode.labels.iter().flat_map(|labels| &labels.0) {
            let (n, escalate) = self.outcomes.entry(*label).or_default();
            *n += 1;
            *escalate += u32::from(would_have.escalate > 0);
        }
    }
}

pub(crate) fn measure(ledger: &Ledger) -> Option<Imported> {
    let mut sources: BTreeMap<Name, Counts> = BTreeMap::new();
    for episode in ledger.episodes() {
        if let Class::Imported(source) = episode.class {
            sources.entry(source).or_default().add(episode);
        }
    }
    let mut sources: Vec<Source> = sources
        .into_iter()
        .map(|(name, counts)| source(ledger, name, counts))
        .collect();
    sources.sort_by(|a, b| a.source.cmp(&b.source));
    (!sources.is_empty()).then_some(Imported { sources })
}

fn source(ledger: &Ledger, name: Name, counts: Counts) -> Source {
    let text = |name| ledger.names().text(name).to_owned();
    let mut outcomes: Vec<Recorded> = counts
        .outcomes
        .into_iter()
        .map(|((label, value), (n, escalate))| Recorded {
            label: text(label),
            value: text(value),
            n,
            escalate,
        })
        .collect();
    outcomes.sort_by(|a, b| {
        b.n.cmp(&a.n)
            .then_with(|| (&a.label, &a.value).cmp(&(&b.label, &b.value)))
    });
    outcomes.truncate(OUTCOMES_MAX);
    Source {
        source: text(name),
        conversations: counts.conversations,
        turns: counts.turns,
        verdicts: counts.verdicts,
        outcomes,
    }
}
