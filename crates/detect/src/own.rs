//! Heads of an operator's own: a signal that this project has no data for that it may
//! pass on, learned by an operator from labelled lines of their own (`segue learn`).
//!
//! A file holds one head: linear over the features of a turn and the clues of its
//! mood, calibrated so that 0.5 is where it does best on lines it had not seen. It adds
//! to what the rules find and takes nothing back.

pub mod learn;

use std::sync::OnceLock;

use crate::builtin::Target;
use crate::features::{Feature, Features, Places};
use crate::linear::sigmoid;
use crate::sentiment::{CLUES, Clues};
use crate::table::{self, Bytes, ModelError, carriers, summed};

/// What a file begins with: its kind and the version of its form.
const MAGIC: [u8; 4] = *b"SGO1";

/// Signals that a head of one's own may speak for.
const SIGNALS: &[Target] = &[
    Target::Sarcasm,
    Target::Frustration,
    Target::Anger,
    Target::Distress,
    Target::Threat,
];

/// The names of the signals that a head of one's own may speak for.
pub fn signals() -> impl Iterator<Item = &'static str> {
    SIGNALS.iter().map(|target| target.name())
}

/// A head of an operator's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnHead {
    target: Target,
    bits: u32,
    step: f32,
    bias: f32,
    /// Factor and summand from margin to log-odds.
    scale: (f32, f32),
    clues: Clues,
    rows: Vec<Row>,
}

/// A feature's weight and its rarity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    weight: [i8; 1],
    rarity: u8,
}

impl table::Row<1> for Row {
    fn values(&self) -> &[i8; 1] {
        &self.weight
    }

    fn rarity(&self) -> u8 {
        self.rarity
    }
}

/// Why a file is no head of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OwnHeadError {
    /// It is none, or of another form.
    #[error("this is no head made by `segue learn`, or one of another version")]
    Unknown,
    /// It ends too early, goes on, or holds what is no number.
    #[error("the head is cut off or damaged")]
    Damaged,
    /// It speaks for what it may not.
    #[error("the head speaks for a signal that has none of one's own")]
    Signal,
    /// Two speak for the same signal, or others were put in force before.
    #[error("there is a head for this signal already")]
    Taken,
}

impl From<ModelError> for OwnHeadError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::Unknown => Self::Unknown,
            ModelError::Damaged => Self::Damaged,
        }
    }
}

static IN_FORCE: OnceLock<Vec<OwnHead>> = OnceLock::new();

/// Puts heads in force for all detectors of this process; to be done once, before the
/// first turn is observed.
///
/// # Errors
/// When two speak for the same signal, or others are in force.
pub fn install(heads: Vec<OwnHead>) -> Result<(), OwnHeadError> {
    let is_doubled = |(at, head): (usize, &OwnHead)| {
        heads
            .iter()
            .take(at)
            .any(|other| other.target == head.target)
    };
    if heads.iter().enumerate().any(is_doubled) {
        return Err(OwnHeadError::Taken);
    }
    IN_FORCE.set(heads).map_err(|_| OwnHeadError::Taken)
}

/// The heads in force.
pub(crate) fn in_force() -> &'static [OwnHead] {
    IN_FORCE.get().map(Vec::as_slice).unwrap_or_default()
}

impl OwnHead {
    /// The signal it speaks for.
    pub fn signal(&self) -> &'static str {
        self.target.name()
    }

    pub(crate) const fn target(&self) -> Target {
        self.target
    }

    /// How surely a turn is of its kind, 0–1.
    pub(crate) fn score(&self, features: &Features, clues: &Clues) -> f32 {
        let blocks = [&features.words, &features.pieces];
        let of_words: f32 = blocks.into_iter().map(|block| self.sum(block)).sum();
        let of_clues = self
            .clues
            .iter()
            .zip(clues)
            .map(|(weight, clue)| weight * clue);
        let margin = self.bias + of_words * self.step + of_clues.sum::<f32>();
        sigmoid(self.scale.0 * margin + self.scale.1)
    }

    fn sum(&self, block: &[Feature]) -> f32 {
        let ([sum], length) = summed(block, places(self.bits), &self.rows);
        if length > 0.0 {
            sum as f32 / length
        } else {
            0.0
        }
    }

    /// The run of neighboring words that speak most for it.
    pub(crate) fn carriers(&self, features: &Features, words: usize) -> Option<(usize, usize)> {
        carriers(features, places(self.bits), &self.rows, 0, words)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is none of a known form, damaged, or speaks for a signal that it may not.
    pub fn read(bytes: &[u8]) -> Result<Self, OwnHeadError> {
        let mut bytes = Bytes(bytes);
        if bytes.array::<4>()? != MAGIC {
            return Err(OwnHeadError::Unknown);
        }
        let [bits, length, ..] = bytes.array::<4>()?;
        if !(8..=22).contains(&bits) {
            return Err(OwnHeadError::Damaged);
        }
        let name = bytes.take(usize::from(length))?;
        let mut known = SIGNALS.iter();
        let target = known.find(|target| target.name().as_bytes() == name);
        let target = *target.ok_or(OwnHeadError::Signal)?;
        let (step, bias) = (bytes.number()?, bytes.number()?);
        let scale = (bytes.number()?, bytes.number()?);
        let mut clues = [0.0; CLUES];
        for clue in &mut clues {
            *clue = bytes.number()?;
        }
        let rarity = bytes.take(1 << bits)?;
        let weights = bytes.take(1 << bits)?;
        let row = |(weight, rarity): (&u8, &u8)| Row {
            weight: [weight.cast_signed()],
            rarity: *rarity,
        };
        let head = Self {
            target,
            bits: u32::from(bits),
            step,
            bias,
            scale,
            clues,
            rows: weights.iter().zip(rarity).map(row).collect(),
        };
        if bytes.0.is_empty() {
            Ok(head)
        } else {
            Err(OwnHeadError::Damaged)
        }
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let small = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        let name = self.target.name();
        let mut out = MAGIC.to_vec();
        out.extend([small(self.bits as usize), small(name.len()), 0, 0]);
        out.extend(name.as_bytes());
        let numbers = [self.step, self.bias, self.scale.0, self.scale.1];
        for number in numbers.iter().chain(&self.clues) {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.rows.iter().map(|row| row.rarity));
        let weights = self.rows.iter().flat_map(|row| row.weight);
        out.extend(weights.map(i8::cast_unsigned));
        out
    }
}

/// A negated word says something else.
const fn places(bits: u32) -> Places {
    Places {
        bits,
        is_plain: false,
    }
}
