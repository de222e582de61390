//! What the trained heads look at: words with their neighbors, and pieces of
//! words, each as a hash.
//!
//! Quoted words are left out, because somebody else said them. A negated word
//! is another word than itself, so that "no human" says nothing of "human".

use crate::fold::Folded;
use crate::rules::Rules;
use crate::token::{Token, Tokens};
use crate::vocabulary::{NUMBER, hash32};

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
pub(crate) const WORD_BITS: u32 = 18;

/// Where pieces, words and groups of words begin to count.
const SEED_PIECE: u32 = 0x1b87_3593;
const SEED_WORD: u32 = 0xcc9e_2d51;
const SEED_EDGE: u32 = 0x85eb_ca6b;
/// What a negated word is mixed with.
const NEGATED: u32 = 0x27d4_eb2f;

/// One feature, and the word it was found at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    /// Its hash.
    pub id: u32,
    /// The place of the word in the turn.
    pub token: u32,
}

impl Feature {
    /// Its row in a table of `2^bits` rows.
    pub fn place(self, bits: u32) -> usize {
        (self.id >> (32 - bits)) as usize
    }
}

/// The features of one turn, in two blocks that weigh the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Features {
    /// Words, pairs and triples of words.
    pub words: Vec<Feature>,
    /// Pieces of words.
    pub pieces: Vec<Feature>,
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
            vocabulary: Vec::with_capacity(own.len()),
        };
        let mut two_before = SEED_EDGE;
        let mut before = SEED_EDGE;
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
            let salt = if rules.is_under_negation(&tokens.list, at) {
                NEGATED
            } else {
                0
            };
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            let mut add = |id: u32| {
                features.words.push(Feature { id, token: place });
            };
            let id = mix(SEED_WORD ^ salt, hash);
            add(id);
            let pair = mix(before, id);
            add(pair);
            if before != SEED_EDGE {
                add(mix(two_before, pair));
            }
            features.add_pieces(word, salt, place);
            (two_before, before, last) = (before, id, place);
        }
        if before != SEED_EDGE {
            let end = mix(before, SEED_EDGE);
            for id in [end, mix(two_before, end)] {
                features.words.push(Feature { id, token: last });
            }
        }
        features
    }

    fn add_pieces(&mut self, word: &str, salt: u32, token: u32) {
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
        let mut add = |piece: &[u8]| {
            let id = mix(SEED_PIECE ^ salt, hash32(piece));
            self.pieces.push(Feature { id, token });
        };
        if word.is_ascii() {
            for length in PIECES {
                edged.windows(length).for_each(&mut add);
            }
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
                    add(piece.as_bytes());
                }
            }
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
