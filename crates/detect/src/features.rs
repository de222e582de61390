//! What trained models look at: words with their neighbors, and pieces of words,
//! each as a hash.
//!
//! Quoted words are left out, because somebody else said them. A feature of a
//! negated word has two hashes: one of its own, so that "no human" says nothing of
//! "human" to who asks what is wanted, and that of the word itself, since "it does
//! not fire" and "nothing fires" are about the same. Beside them stand marks of the
//! turn as a whole.

mod marks;

use crate::fold::Folded;
use crate::memory::Latest;
use crate::rules::Rules;
use crate::table::{Bytes, ModelError};
use crate::token::{Token, Tokens};
use crate::vocabulary::{Fnv, NUMBER, hash32};

/// How many words from the beginning of a turn are looked at.
const FIRST_WORDS_MAX: usize = 192;
/// How many from its end, where a long turn says what it wants.
const LAST_WORDS_MAX: usize = 64;
/// Lengths of pieces of a word, in bytes, its edges counted.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;
/// Lengths of pieces in scripts beyond ASCII, in characters: most write a word
/// in one or two of them, or leave no space between words.
const WIDE_PIECES: std::ops::RangeInclusive<usize> = 1..=3;
/// The longest word that is cut into pieces, in bytes.
const WORD_BYTES_MAX: usize = 48;

/// Bits of the number by which a head remembers which words it has seen.
const WORD_BITS: u32 = 18;

/// Where pieces, words and groups of words begin to count.
const SEED_PIECE: u32 = 0x1b87_3593;
const SEED_WORD: u32 = 0xcc9e_2d51;
const SEED_EDGE: u32 = 0x85eb_ca6b;
/// What a negated word is mixed with.
const NEGATED: u32 = 0x27d4_eb2f;

/// Which words a model has seen while it was learned, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen(Vec<u8>);

impl Seen {
    const BYTES: usize = 1 << (WORD_BITS - 3);

    /// Those of some turns' vocabularies.
    pub fn of<'a>(words: impl Iterator<Item = &'a u32>) -> Self {
        let mut bits = vec![0_u8; Self::BYTES];
        for word in words {
            if let Some(byte) = bits.get_mut((word >> 3) as usize) {
                *byte |= 1 << (word & 7);
            }
        }
        Self(bits)
    }

    /// Whether at least this share of a turn's words are among them.
    pub fn has_most(&self, features: &Features, share: f32) -> bool {
        let is_seen = |word: &&u32| {
            let byte = self.0.get((**word >> 3) as usize).copied().unwrap_or(0);
            byte & (1 << (**word & 7)) != 0
        };
        let seen = features.vocabulary.iter().filter(is_seen).count();
        seen as f32 >= features.vocabulary.len() as f32 * share
    }

    /// Reads them from a file.
    pub fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        Ok(Self(bytes.take(Self::BYTES)?.to_vec()))
    }

    /// As they stand in a file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// One feature, and the word it was found at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Feature {
    /// Its hash.
    pub id: u32,
    /// Its hash without regard to negations.
    pub plain: u32,
    /// The place of the word in the turn.
    pub token: u32,
}

/// Where a table has the row of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Places {
    /// It has `2^bits` rows.
    pub bits: u32,
    /// Whether negations make no difference.
    pub is_plain: bool,
}

impl Places {
    /// The row of a feature.
    pub const fn of(self, feature: Feature) -> usize {
        let id = if self.is_plain {
            feature.plain
        } else {
            feature.id
        };
        (id >> (32 - self.bits)) as usize
    }
}

/// The features of one turn, in blocks that weigh the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Features {
    /// Words, pairs and triples of words.
    pub words: Vec<Feature>,
    /// Pieces of words.
    pub pieces: Vec<Feature>,
    /// What the turn is like beside its words; nothing before [`Features::mark`].
    pub marks: Vec<Feature>,
    /// The words alone, as numbers of [`WORD_BITS`] bits, numbers left out.
    pub vocabulary: Vec<u32>,
}

impl Features {
    /// The features of a turn.
    pub fn new(tokens: &Tokens, folded: &Folded, rules: &Rules) -> Self {
        let own = own_words(&tokens.list);
        let mut features = Self {
            words: Vec::with_capacity(own.len() * 3 + 3),
            pieces: Vec::with_capacity(own.len() * 14),
            marks: Vec::new(),
            vocabulary: Vec::with_capacity(own.len()),
        };
        let mut before = [Id::EDGE; 2];
        let mut last = 0;
        for at in own {
            let Some(token) = tokens.list.get(at) else {
                continue;
            };
            let Some(word) = folded.text.get(token.start as usize..token.end as usize) else {
                continue;
            };
            let is_number = token.word == NUMBER || is_code(word);
            let word = if is_number { "0" } else { word };
            let hash = hash32(word.as_bytes());
            if !is_number {
                features.vocabulary.push(hash >> (32 - WORD_BITS));
            }
            let is_negated = rules.is_under_negation(&tokens.list, at);
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            let id = Id::new(SEED_WORD, hash, is_negated);
            let [second, first] = before;
            let pair = first.then(id);
            features.words.push(id.at(place));
            features.words.push(pair.at(place));
            if first != Id::EDGE {
                features.words.push(second.then(pair).at(place));
            }
            features.add_pieces(word, is_negated, place);
            (before, last) = ([first, id], place);
        }
        let [second, first] = before;
        if first != Id::EDGE {
            let end = first.then(Id::EDGE);
            features
                .words
                .extend([end, second.then(end)].map(|id| id.at(last)));
        }
        features
    }

    /// Adds what the turn is like, once the rules have been asked.
    pub fn mark(&mut self, tokens: &Tokens, latest: &Latest) {
        self.marks = marks::of(tokens, latest);
    }

    /// Its blocks.
    pub fn blocks(&self) -> [&[Feature]; 3] {
        [&self.words, &self.pieces, &self.marks]
    }

    fn add_pieces(&mut self, word: &str, is_negated: bool, token: u32) {
        let mut end = word.len().min(WORD_BYTES_MAX);
        while !word.is_char_boundary(end) {
            end -= 1;
        }
        let word = word.get(..end).unwrap_or_default();
        // The word with a space at either edge.
        let mut edged = [b' '; WORD_BYTES_MAX + 2];
        if let Some(inside) = edged.get_mut(1..=end) {
            inside.copy_from_slice(word.as_bytes());
        }
        let edged = edged.get(..end + 2).unwrap_or_default();
        if word.is_ascii() {
            self.add_plain_pieces(edged, is_negated, token);
            return;
        }
        let Ok(edged) = std::str::from_utf8(edged) else {
            return;
        };
        let starts: Vec<usize> = edged
            .char_indices()
            .map(|(at, _)| at)
            .chain([edged.len()])
            .collect();
        for length in WIDE_PIECES {
            for ends in starts.windows(length + 1) {
                if let (Some(from), Some(to)) = (ends.first(), ends.last())
                    && let Some(piece) = edged.get(*from..*to)
                    && piece != " "
                {
                    let id = Id::new(SEED_PIECE, hash32(piece.as_bytes()), is_negated);
                    self.pieces.push(id.at(token));
                }
            }
        }
    }

    /// The pieces of a word of ASCII with a space at either edge, the shortest first.
    /// Those that begin alike are hashed at once.
    fn add_plain_pieces(&mut self, edged: &[u8], is_negated: bool, token: u32) {
        let [shortest, longest] = [*PIECES.start(), *PIECES.end()];
        let from = self.pieces.len();
        // How many pieces of a length there are.
        let count = |length: usize| (edged.len() + 1).saturating_sub(length);
        let all = PIECES.map(count).sum::<usize>();
        self.pieces.resize(from + all, Feature::default());
        for start in 0..count(shortest) {
            let mut hash = Fnv::new();
            let mut place = from + start;
            let letters = edged.iter().skip(start).take(longest);
            for (length, byte) in (1..).zip(letters) {
                hash = hash.then(*byte);
                if length < shortest {
                    continue;
                }
                let id = Id::new(SEED_PIECE, hash.finish(), is_negated);
                if let Some(slot) = self.pieces.get_mut(place) {
                    *slot = id.at(token);
                }
                place += count(length);
            }
        }
    }
}

/// Both hashes of a feature while it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Id {
    id: u32,
    plain: u32,
}

impl Id {
    /// The edge of a turn.
    const EDGE: Self = Self {
        id: SEED_EDGE,
        plain: SEED_EDGE,
    };

    const fn new(seed: u32, hash: u32, is_negated: bool) -> Self {
        let plain = mix(seed, hash);
        let id = if is_negated {
            mix(seed ^ NEGATED, hash)
        } else {
            plain
        };
        Self { id, plain }
    }

    /// This and then the other.
    const fn then(self, other: Self) -> Self {
        Self {
            id: mix(self.id, other.id),
            plain: mix(self.plain, other.plain),
        }
    }

    const fn at(self, token: u32) -> Feature {
        Feature {
            id: self.id,
            plain: self.plain,
            token,
        }
    }
}

/// Whether a word is the name of one thing: an order, a parcel, a card.
fn is_code(word: &str) -> bool {
    /// From how many digits on; fewer stand in names of products and errors.
    const DIGITS_MIN: usize = 4;
    word.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_MIN
}

/// The places of the words that are the customer's own.
fn own_words(tokens: &[Token]) -> Vec<usize> {
    let mut own: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(|token| !token.is_quoted))
        .collect();
    if own.len() > FIRST_WORDS_MAX + LAST_WORDS_MAX {
        own.drain(FIRST_WORDS_MAX..own.len() - LAST_WORDS_MAX);
    }
    own
}

/// Two numbers to one, in order.
const fn mix(first: u32, second: u32) -> u32 {
    let mixed = (first.rotate_left(5) ^ second).wrapping_mul(0x9e37_79b1);
    mixed ^ (mixed >> 15)
}
