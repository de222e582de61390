//! Bars by a key, most first.

use std::collections::BTreeMap;

use segue_model::id::ConversationId;

use super::tally::push_shown;
use crate::cohort::Cohort;
use crate::dashboard::Group;
use crate::episode::Handoff;
use crate::interval::share;

/// Groups the handoffs of a cohort by what `key` says; those without are left out.
pub(super) fn grouped<K: Ord>(
    cohort: &Cohort<'_>,
    key: impl Fn(&Handoff) -> Option<K>,
    words: impl Fn(K) -> (String, String),
) -> Vec<Group> {
    let mut groups: BTreeMap<K, (u32, Vec<ConversationId>)> = BTreeMap::new();
    let mut all = 0_u32;
    for (episode, handoff) in cohort.handoffs() {
        let Some(key) = key(handoff) else { continue };
        all += 1;
        let (n, shown) = groups.entry(key).or_default();
        *n += 1;
        push_shown(shown, episode.id, cohort.shown_max);
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|(of, (n, conversations))| {
            let (key, label) = words(of);
            Group {
                key,
                label,
                n,
                share: share(n, all),
                conversations,
            }
        })
        .collect();
    groups.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
    groups
}
