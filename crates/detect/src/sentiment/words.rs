//! Words of many languages with a mood, by their hash.

use std::collections::BTreeMap;

use crate::table::{Bytes, ModelError};

/// What one step of a stored mood is: moods reach from −4 to 4.
const STEP: f32 = 1.0 / 16.0;
/// How many places there are for each word: with few neighbors a word that has no mood
/// is turned away at the first look.
const SPARE: usize = 2;
/// The most words a file may hold.
const WORDS_MAX: usize = 1 << 20;

/// Moods by the hash of a folded word, in places that the hash tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// In the order of their hashes, as they are stored.
    list: Vec<(u32, i8)>,
    /// The same by place; 0 steps is no word.
    places: Vec<(u32, i8)>,
}

impl Words {
    /// From moods of −4 to 4; words of the same hash or of next to no mood are left out.
    pub fn new(moods: &BTreeMap<u32, f32>) -> Self {
        let steps = |mood: &f32| (mood / STEP).round().clamp(-127.0, 127.0) as i8;
        let list = moods.iter().map(|(hash, mood)| (*hash, steps(mood)));
        Self::placed(list.filter(|(_, steps)| *steps != 0).collect())
    }

    fn placed(list: Vec<(u32, i8)>) -> Self {
        let size = (list.len() * SPARE).next_power_of_two();
        let mut places = vec![(0, 0); size];
        for word in &list {
            let mut at = word.0 as usize % size;
            while places.get(at).is_some_and(|(_, steps)| *steps != 0) {
                at = (at + 1) % size;
            }
            if let Some(place) = places.get_mut(at) {
                *place = *word;
            }
        }
        Self { list, places }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The mood of a word, −4 to 4; 0 if it has none.
    pub fn mood(&self, hash: u32) -> f32 {
        let size = self.places.len().max(1);
        let mut at = hash as usize % size;
        while let Some((known, steps)) = self.places.get(at).filter(|(_, steps)| *steps != 0) {
            if *known == hash {
                return f32::from(*steps) * STEP;
            }
            at = (at + 1) % size;
        }
        0.0
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let count = u32::from_le_bytes(bytes.array()?) as usize;
        if count > WORDS_MAX {
            return Err(ModelError::Damaged);
        }
        let mut list: Vec<(u32, i8)> = Vec::with_capacity(count);
        for _ in 0..count {
            let hash = u32::from_le_bytes(bytes.array()?);
            let [steps] = bytes.array::<1>()?;
            let is_in_order = list.last().is_none_or(|(before, _)| *before < hash);
            if steps == 0 || !is_in_order {
                return Err(ModelError::Damaged);
            }
            list.push((hash, steps.cast_signed()));
        }
        Ok(Self::placed(list))
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let count = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        out.extend(count.to_le_bytes());
        for (hash, steps) in &self.list {
            out.extend(hash.to_le_bytes());
            out.push(steps.cast_unsigned());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_found_again_and_others_are_not() {
        let moods: BTreeMap<u32, f32> = (1..400_u32)
            .map(|at| {
                (
                    at.wrapping_mul(0x9e37_79b1) % 5_000,
                    f32::from((at % 7) as u8) - 3.0,
                )
            })
            .collect();
        let words = Words::new(&moods);
        for hash in 0..5_000 {
            let expected = moods.get(&hash).copied().unwrap_or(0.0);
            assert!((words.mood(hash) - expected).abs() < STEP, "{hash}");
        }
        let mut bytes = Vec::new();
        words.write(&mut bytes);
        assert_eq!(Words::read(&mut Bytes(&bytes)).unwrap(), words);
        assert_eq!(Words::default().mood(7).to_bits(), 0.0_f32.to_bits());
    }
}
