//! Which failures belong together.

use std::collections::BTreeMap;

use segue_detect::asks::{Ask, Direction};
use segue_model::id::ConversationId;

use super::Failure;

/// How many asks of a group a new one is compared with.
const EXEMPLARS_MAX: usize = 24;
/// How many groups are looked at closely for a new ask.
const CANDIDATES_MAX: usize = 12;
/// A stem that stands in more groups than this leads to none of them.
const STEM_GROUPS_MAX: usize = 48;
/// How many of the likest asks of a group count.
const NEAREST: usize = 3;
/// From which fit on an ask belongs to a group.
const FIT_MIN: f32 = 0.57;
/// From which fit on two groups are one.
const JOIN_MIN: f32 = 0.74;
/// What the direction of the whole group counts in the fit, against its likest asks.
const DIRECTION_SHARE: f32 = 0.5;

/// What the likest asks count alone, where directions say nothing because the subject is
/// new to them.
const NEAR_ALONE: f32 = 0.8;

/// Failures that belong together.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub id: ConversationId,
    pub is_seeded: bool,
    /// Its failures, oldest first.
    pub rows: Vec<(&'a Failure, Ask)>,
    /// What new asks are compared with: seeds first, then the oldest failures.
    exemplars: Vec<Ask>,
    direction: Direction,
}

impl Group<'_> {
    /// How well an ask fits the group, 0–1.
    pub fn fit(&self, ask: &Ask, direction: &Direction) -> f32 {
        let mut nearest = [0.0_f32; NEAREST];
        for known in &self.exemplars {
            let mut likeness = known.likeness(ask);
            for kept in &mut nearest {
                if likeness > *kept {
                    std::mem::swap(kept, &mut likeness);
                }
            }
        }
        let counted = NEAREST.min(self.exemplars.len()).max(1);
        let near = nearest.iter().sum::<f32>() / counted as f32;
        let about = self.direction.cosine(direction).max(0.0);
        let both = DIRECTION_SHARE * about + (1.0 - DIRECTION_SHARE) * near;
        both.max(NEAR_ALONE * near)
    }

    fn take(&mut self, ask: &Ask) {
        self.direction.add(ask);
        if self.exemplars.len() < EXEMPLARS_MAX {
            self.exemplars.push(ask.clone());
        }
    }

    /// The places of its failures, those that are likest to all others first.
    pub fn by_likeness(&self) -> Vec<usize> {
        let score = |ask: &Ask| self.fit(ask, &ask.direction());
        let mut scored: Vec<(usize, f32)> = self
            .rows
            .iter()
            .enumerate()
            .map(|(at, (_, ask))| (at, score(ask)))
            .collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.into_iter().map(|(at, _)| at).collect()
    }
}

/// All groups, in the order in which they were founded.
#[derive(Debug, Default)]
pub(super) struct Groups<'a> {
    pub list: Vec<Group<'a>>,
    /// In which groups a stem stands.
    by_stem: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Groups<'a> {
    /// A group that is known by its questions.
    pub fn seed(&mut self, id: ConversationId, asks: impl Iterator<Item = Ask>) {
        let asks: Vec<Ask> = asks.filter(Ask::has_content).take(EXEMPLARS_MAX).collect();
        if asks.is_empty() || self.list.iter().any(|group| group.id == id) {
            return;
        }
        let at = self.list.len();
        self.list.push(Group {
            id,
            is_seeded: true,
            rows: Vec::new(),
            exemplars: Vec::new(),
            direction: Direction::default(),
        });
        for ask in asks {
            self.index(at, &ask);
            if let Some(group) = self.list.get_mut(at) {
                group.take(&ask);
            }
        }
    }

    /// Puts a failure where it belongs.
    pub fn add(&mut self, row: &'a Failure, ask: Ask) {
        let at = match self.best(&ask) {
            Some((at, fit)) if fit >= FIT_MIN => at,
            _ => {
                self.list.push(Group {
                    id: row.conversation,
                    is_seeded: false,
                    rows: Vec::new(),
                    exemplars: Vec::new(),
                    direction: Direction::default(),
                });
                self.list.len() - 1
            }
        };
        self.index(at, &ask);
        if let Some(group) = self.list.get_mut(at) {
            group.take(&ask);
            group.rows.push((row, ask));
        }
    }

    /// Joins groups that turned out to be one, the younger into the older.
    pub fn join(&mut self) {
        let mut joined: Vec<Group<'a>> = Vec::new();
        for group in std::mem::take(&mut self.list) {
            let own = joined.iter_mut().map(|it| {
                let fits = group.exemplars.iter().take(NEAREST * 2);
                let count = fits.len().max(1);
                let fit = match it.direction.cosine(&group.direction) >= JOIN_MIN {
                    true => fits.map(|ask| it.fit(ask, &group.direction)).sum::<f32>(),
                    false => 0.0,
                };
                (fit / count as f32, it)
            });
            let best = own.max_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((fit, older)) if fit >= JOIN_MIN && !group.is_seeded => {
                    for (row, ask) in group.rows {
                        older.take(&ask);
                        older.rows.push((row, ask));
                    }
                    older
                        .rows
                        .sort_by_key(|(row, _)| (row.at, row.conversation));
                }
                _ => joined.push(group),
            }
        }
        self.list = joined;
    }

    fn best(&self, ask: &Ask) -> Option<(usize, f32)> {
        let direction = ask.direction();
        let mut near: Vec<(usize, f32)> = self
            .list
            .iter()
            .enumerate()
            .map(|(at, group)| (at, group.direction.cosine(&direction)))
            .collect();
        let by_cosine =
            |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if near.len() > CANDIDATES_MAX {
            near.select_nth_unstable_by(CANDIDATES_MAX, by_cosine);
            near.truncate(CANDIDATES_MAX);
        }
        let mut candidates: Vec<usize> = near.into_iter().map(|(at, _)| at).collect();
        for stem in stems(ask) {
            let groups = self.by_stem.get(&stem).map(Vec::as_slice);
            let groups = groups.filter(|list| list.len() <= STEM_GROUPS_MAX);
            candidates.extend(groups.unwrap_or_default());
        }
        candidates.sort_unstable();
        candidates.dedup();
        let fits = candidates
            .into_iter()
            .filter_map(|at| Some((at, self.list.get(at)?.fit(ask, &direction))));
        // Of groups that fit alike the older one is taken.
        fits.fold(None, |best, (at, fit)| match best {
            Some((_, most)) if most >= fit => best,
            _ => Some((at, fit)),
        })
    }

    fn index(&mut self, at: usize, ask: &Ask) {
        for stem in stems(ask) {
            let groups = self.by_stem.entry(stem).or_default();
            if groups.last() != Some(&at)
                && !groups.contains(&at)
                && groups.len() <= STEM_GROUPS_MAX
            {
                groups.push(at);
            }
        }
    }
}

/// The stems of an ask that lead to others, each once.
pub(super) fn stems(ask: &Ask) -> Vec<u32> {
    let words = ask.words().iter().filter(|word| !word.is_common);
    let mut stems: Vec<u32> = words.filter_map(|word| word.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
