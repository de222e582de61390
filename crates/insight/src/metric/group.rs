//! Bars by a key, most first.

use std::collections::BTreeMap;

use segue_model::id::ConversationId;

use super::abandonment::has_waited;
use super::tally::push_shown;
use super::time_to_accept::wait;
use crate::cohort::Case;
use crate::dashboard::Group;
use crate::episode::Handoff;
use crate::interval::share;

/// Milliseconds of a minute.
const MINUTE_MS: f64 = 60_000.0;

/// Handoffs by a key, being counted.
#[derive(Debug)]
pub(crate) struct Groups<K> {
    groups: BTreeMap<K, Bar>,
    all: u32,
}

#[derive(Debug, Default)]
struct Bar {
    n: u32,
    agent_ms: u64,
    wait_ms: u64,
    shown: Vec<ConversationId>,
}

impl<K> Default for Groups<K> {
    fn default() -> Self {
        Self {
            groups: BTreeMap::new(),
            all: 0,
        }
    }
}

impl<K: Ord> Groups<K> {
    /// Counts the handoffs of one conversation by what `key` says; those without are left out.
    pub fn see(&mut self, case: &Case<'_>, shown_max: usize, key: impl Fn(&Handoff) -> Option<K>) {
        for handoff in case.handoffs() {
            let Some(key) = key(handoff) else { continue };
            self.all += 1;
            let bar = self.groups.entry(key).or_default();
            bar.n += 1;
            bar.agent_ms += handoff.active_ms.unwrap_or(0);
            if has_waited(handoff) {
                bar.wait_ms += wait(handoff, case.now).ms;
            }
            push_shown(&mut bar.shown, case.episode.id, shown_max);
        }
    }

    /// The bars; `words` gives the key and the name for people.
    pub fn finish(self, words: impl Fn(K) -> (String, String)) -> Vec<Group> {
        let all = self.all;
        let groups = self.groups.into_iter().map(|(of, bar)| {
            let (key, label) = words(of);
            Group {
                key,
                label,
                n: bar.n,
                share: share(bar.n, all),
                agent_minutes: Some(bar.agent_ms as f64 / MINUTE_MS),
                wait_minutes: Some(bar.wait_ms as f64 / MINUTE_MS),
                conversations: bar.shown,
            }
        });
        let mut groups: Vec<Group> = groups.collect();
        groups.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
        groups
    }
}
