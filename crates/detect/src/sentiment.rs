//! The trained part of the mood: what words of many languages feel like, what
//! whole turns feel like, and how both are joined with the lexicon by hand.
//!
//! `models/sentiment.bin` is made by `segue train`; the card beside it says from
//! what. The lexicon by hand (`mood.rs`) keeps its say: the model decides between
//! negative, neutral and positive, and how strongly a mood is felt beyond −0.6 is
//! left to strong words alone, so that a policy's thresholds keep their meaning.

pub mod learn;
mod words;

use std::sync::LazyLock;

use crate::features::{Features, Places, Seen};
use crate::mood::MoodLabel;
use crate::table::{self, Bytes, ModelError, carriers, summed};

pub(crate) use words::Words;

/// The model that ships.
const BUILTIN: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/sentiment.bin"
));
/// What a file of moods begins with: its kind and the version of its form.
const MAGIC: [u8; 4] = *b"SGM1";
/// Columns: how negative, how positive.
const SIDES: usize = 2;
/// Which share of the words must have been seen for whole turns to be believed like
/// those learned from; below it the language is likely another.
const SEEN_SHARE_MIN: f32 = 0.8;
/// How many things are joined, and a constant.
pub(crate) const CLUES: usize = 11;

/// What is joined to one mood.
pub(crate) type Clues = [f32; CLUES];

/// How the clues are joined: log-odds of negative and of positive against neutral.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Joint([[f32; CLUES]; SIDES]);

impl Joint {
    /// Chances of negative, neutral and positive.
    pub fn chances(&self, clues: &Clues) -> [f32; 3] {
        let odds = self.0.map(|weights| {
            let products = weights
                .iter()
                .zip(clues)
                .map(|(weight, clue)| weight * clue);
            products.sum::<f32>().clamp(-30.0, 30.0).exp()
        });
        let [negative, positive] = odds;
        let all = 1.0 + negative + positive;
        [negative / all, 1.0 / all, positive / all]
    }
}

/// A feature's row: its weights, and how much it says, in steps of
/// [`table::RARITY_STEP`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    weights: [i8; SIDES],
    rarity: u8,
}

impl table::Row<SIDES> for Row {
    fn values(&self) -> &[i8; SIDES] {
        &self.weights
    }

    fn rarity(&self) -> u8 {
        self.rarity
    }
}

/// The model of one file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sentiment {
    bits: u32,
    steps: [f32; SIDES],
    bias: [f32; SIDES],
    /// Where most words have been seen, and elsewhere.
    joints: [Joint; 2],
    rows: Vec<Row>,
    /// Which words have been seen.
    seen: Seen,
    /// Words of many languages with their mood.
    pub words: Words,
    /// The wide list of English words.
    pub english: Words,
}

/// The one copy that ships; `None` if the file is damaged, which a test rules out.
pub(crate) static SHIPPED: LazyLock<Option<Sentiment>> =
    LazyLock::new(|| Sentiment::read(BUILTIN).ok());

/// What the trained part says of a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Felt {
    /// How negative and how positive it reads, as margins.
    pub margins: [f32; SIDES],
    /// Whether most of its words have been seen.
    pub is_known: bool,
}

impl Sentiment {
    /// What a turn as a whole feels like.
    pub fn feel(&self, features: &Features) -> Felt {
        let mut sums = [0.0_f32; SIDES];
        for block in [&features.words, &features.pieces] {
            let (part, length) = summed(block, places(self.bits), &self.rows);
            for (sum, part) in sums.iter_mut().zip(part) {
                if length > 0.0 {
                    *sum += part as f32 / length;
                }
            }
        }
        let mut margins = self.bias;
        for ((margin, sum), step) in margins.iter_mut().zip(sums).zip(self.steps) {
            *margin += sum * step;
        }
        Felt {
            margins,
            is_known: knows(&self.seen, features),
        }
    }

    /// The run of neighboring words whose features speak most for a side.
    pub fn carriers(
        &self,
        features: &Features,
        side: usize,
        words: usize,
    ) -> Option<(usize, usize)> {
        carriers(features, places(self.bits), &self.rows, side, words)
    }

    /// Chances of negative, neutral and positive.
    pub fn chances(&self, clues: &Clues, is_known: bool) -> [f32; 3] {
        let [known, other] = &self.joints;
        if is_known { known } else { other }.chances(clues)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is none of a known form, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut bytes = Bytes(bytes);
        if bytes.array::<4>()? != MAGIC {
            return Err(ModelError::Unknown);
        }
        let [bits, ..] = bytes.array::<4>()?;
        if !(8..=22).contains(&bits) {
            return Err(ModelError::Damaged);
        }
        let mut model = Self {
            bits: u32::from(bits),
            steps: [0.0; SIDES],
            bias: [0.0; SIDES],
            joints: [Joint::default(); 2],
            rows: Vec::new(),
            seen: Seen::of(std::iter::empty()),
            words: Words::default(),
            english: Words::default(),
        };
        let joints = model
            .joints
            .iter_mut()
            .flat_map(|joint| joint.0.as_flattened_mut());
        for number in model.steps.iter_mut().chain(&mut model.bias).chain(joints) {
            *number = bytes.number()?;
        }
        let body = bytes.take((SIDES + 1) << bits)?;
        let row = |row: &[u8; SIDES + 1]| {
            let [negative, positive, rarity] = *row;
            Row {
                weights: [negative.cast_signed(), positive.cast_signed()],
                rarity,
            }
        };
        model.rows = body.as_chunks().0.iter().map(row).collect();
        model.seen = Seen::read(&mut bytes)?;
        model.words = Words::read(&mut bytes)?;
        model.english = Words::read(&mut bytes)?;
        if !bytes.0.is_empty() {
            return Err(ModelError::Damaged);
        }
        Ok(model)
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend([u8::try_from(self.bits).unwrap_or(u8::MAX), 0, 0, 0]);
        let joints = self.joints.iter().flat_map(|joint| joint.0.as_flattened());
        for number in self.steps.iter().chain(&self.bias).chain(joints) {
            out.extend(number.to_le_bytes());
        }
        for row in &self.rows {
            out.extend(row.weights.map(i8::cast_unsigned));
            out.push(row.rarity);
        }
        out.extend(self.seen.bytes());
        self.words.write(&mut out);
        self.english.write(&mut out);
        out
    }
}

/// A negated word feels otherwise.
const fn places(bits: u32) -> Places {
    Places {
        bits,
        is_plain: false,
    }
}

/// Whether most of the words have been seen.
fn knows(seen: &Seen, features: &Features) -> bool {
    !features.vocabulary.is_empty() && seen.has_most(features, SEEN_SHARE_MIN)
}

/// The clues of a turn with what the linear models say of it.
pub(crate) fn with_margins(mut clues: Clues, felt: &Felt) -> Clues {
    let [_, _, _, negative, positive, ..] = &mut clues;
    [*negative, *positive] = felt.margins;
    clues
}

/// The mood with the best chance.
pub(crate) fn likeliest([negative, neutral, positive]: [f32; 3]) -> MoodLabel {
    if negative > neutral && negative > positive {
        MoodLabel::Negative
    } else if positive > neutral {
        MoodLabel::Positive
    } else {
        MoodLabel::Neutral
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_ships_is_read_and_written_alike() {
        let model = Sentiment::read(BUILTIN).unwrap();
        assert_eq!(model.write(), BUILTIN);
    }

    #[test]
    fn a_damaged_file_is_no_model() {
        let full = BUILTIN.len();
        for length in [0, 3, 7, 8, 40, full / 2, full - 1] {
            assert!(Sentiment::read(&BUILTIN[..length]).is_err(), "{length}");
        }
        let longer = [BUILTIN, &[0]].concat();
        assert_eq!(Sentiment::read(&longer), Err(ModelError::Damaged));
        let mut other = BUILTIN.to_vec();
        other[0] = b'X';
        assert_eq!(Sentiment::read(&other), Err(ModelError::Unknown));
        // The number of bits, then the first step: no number.
        other[0] = BUILTIN[0];
        other[4] = 60;
        assert_eq!(Sentiment::read(&other), Err(ModelError::Damaged));
        let mut broken = BUILTIN.to_vec();
        broken[8..12].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Sentiment::read(&broken), Err(ModelError::Damaged));
    }
}
