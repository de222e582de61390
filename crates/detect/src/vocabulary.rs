//! The words that any rule, lexicon or synonym list knows. A word of a turn is
//! looked up once; all else works on small numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The number of a word; 0 is a word nobody knows.
pub(crate) type WordId = u16;

/// A word that nothing refers to.
pub(crate) const UNKNOWN: WordId = 0;
/// Anything with a digit in it: amounts, codes, order numbers.
pub(crate) const NUMBER: WordId = 1;
/// Keywords shorter than this, in letters, are never matched with a typo:
/// too many short words are one letter apart.
pub(crate) const TYPO_LETTERS_MIN: usize = 5;
/// Words longer than this are not looked at for typos.
const TYPO_LETTERS_MAX: usize = 16;
/// The shortest prefix, in bytes, that a list may give (`cancel*`).
const PREFIX_BYTES_MIN: usize = 3;

/// The 32-bit hash of a word, for sketches and models: FNV-1a, whose 64 bits are
/// folded to 32.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Fnv {
    /// Of nothing yet.
    pub const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// With one more byte.
    pub const fn then(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3))
    }

    /// Of what came so far.
    pub const fn finish(self) -> u32 {
        ((self.0 ^ (self.0 >> 32)) & 0xffff_ffff) as u32
    }
}

/// The hash of a whole word.
pub(crate) fn hash32(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(Fnv::new(), |hash, byte| hash.then(*byte))
        .finish()
}

/// The hash of a word in these tables: a polynomial in its bytes, so that the hash
/// of a word less one letter follows from those of its beginnings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Key(u64);

impl Key {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    /// Its powers.
    fn powers() -> [u64; TYPO_LETTERS_MAX] {
        let mut power = 1_u64;
        [(); TYPO_LETTERS_MAX].map(|()| {
            let this = power;
            power = power.wrapping_mul(Self::FACTOR);
            this
        })
    }

    fn of(word: &str) -> Self {
        word.bytes().fold(Self::default(), Self::then)
    }

    const fn then(self, byte: u8) -> Self {
        // No byte counts as nothing.
        let value = byte as u64 + 1;
        Self(self.0.wrapping_mul(Self::FACTOR).wrapping_add(value))
    }

    /// The key of this word without the letter between two of its beginnings; `power` is
    /// that of as many letters as follow.
    const fn without(self, before: Self, after: Self, power: u64) -> Self {
        let change = before.0.wrapping_sub(after.0).wrapping_mul(power);
        Self(self.0.wrapping_add(change))
    }

    /// Its bits, mixed.
    const fn mixed(self) -> u64 {
        let mixed = self.0.wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 32)
    }
}

/// Keys are hashes already.
#[derive(Clone, Copy, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = Key(number).mixed();
    }
}

/// Words by their keys; who finds one compares the word itself.
type Table<V> = HashMap<Key, V, BuildHasherDefault<AsIs>>;

#[derive(Debug, Default, Clone)]
struct Entry {
    text: Box<str>,
    is_prefix: bool,
    valence: Option<f32>,
    concept: Option<u32>,
}

/// Collects words while rules and lists are read.
pub(crate) struct Builder {
    entries: Vec<Entry>,
    exact: Table<WordId>,
    prefix: Table<WordId>,
    typo_words: Vec<WordId>,
}

impl Builder {
    /// Knows nothing but the two reserved numbers.
    pub fn new() -> Self {
        let entries = vec![Entry::default(), Entry::default()];
        Self {
            entries,
            exact: Table::default(),
            prefix: Table::default(),
            typo_words: Vec::new(),
        }
    }

    /// The number of a word as lists write it: `word`, `word*` for all words
    /// that begin so, `~word` for a keyword that is also found with one typo.
    pub fn word(&mut self, written: &str) -> WordId {
        let (written, has_typos) = match written.strip_prefix('~') {
            Some(rest) => (rest, true),
            None => (written, false),
        };
        let (text, is_prefix) = match written.strip_suffix('*') {
            Some(stem) if stem.len() >= PREFIX_BYTES_MIN => (stem, true),
            _ => (written, false),
        };
        let table = if is_prefix {
            &mut self.prefix
        } else {
            &mut self.exact
        };
        let next = WordId::try_from(self.entries.len()).unwrap_or(UNKNOWN);
        let id = *table.entry(Key::of(text)).or_insert(next);
        if id == next {
            self.entries.push(Entry {
                text: text.into(),
                is_prefix,
                ..Entry::default()
            });
        }
        if has_typos && text.len() >= TYPO_LETTERS_MIN {
            self.typo_words.push(id);
        }
        id
    }

    /// Gives a word its mood, −4 to 4.
    pub fn set_valence(&mut self, id: WordId, valence: f32) {
        if let Some(entry) = self.entries.get_mut(usize::from(id)) {
            entry.valence = Some(valence);
        }
    }

    /// Makes a word a synonym: words of one concept count as the same word.
    pub fn set_concept(&mut self, id: WordId, concept: u32) {
        if let Some(entry) = self.entries.get_mut(usize::from(id)) {
            entry.concept = Some(concept);
        }
    }

    /// The set of all words that the given entries stand for; a prefix stands
    /// for every known word that begins with it.
    pub fn set_of(&self, ids: &[WordId]) -> WordSet {
        let mut set = WordSet(vec![0; self.entries.len().div_ceil(64)]);
        for id in ids {
            set.insert(*id);
            let Some(entry) = self
                .entries
                .get(usize::from(*id))
                .filter(|entry| entry.is_prefix)
            else {
                continue;
            };
            for (other, candidate) in self.entries.iter().enumerate() {
                if candidate.text.starts_with(&*entry.text) {
                    set.insert(WordId::try_from(other).unwrap_or(UNKNOWN));
                }
            }
        }
        set
    }

    /// No more words: the table that turns are looked up in.
    pub fn finish(mut self) -> Vocabulary {
        self.inherit();
        let mut typos: Table<Vec<WordId>> = Table::default();
        for id in &self.typo_words {
            let Some(entry) = self.entries.get(usize::from(*id)) else {
                continue;
            };
            for variant in deletions(&entry.text).chain([entry.text.to_string()]) {
                let ids = typos.entry(Key::of(&variant)).or_default();
                if !ids.contains(id) {
                    ids.push(*id);
                }
            }
        }
        let prefixes = self.entries.iter().filter(|entry| entry.is_prefix);
        let longest_prefix = prefixes.map(|entry| entry.text.len()).max().unwrap_or(0);
        // The sieve keeps one bit for each length.
        let prefix_bytes_max = longest_prefix.min(u64::BITS as usize - 1);
        let keys = self.exact.keys().chain(self.prefix.keys());
        Vocabulary {
            sieve: Sieve::of(keys.chain(typos.keys())),
            valence: self
                .entries
                .iter()
                .map(|entry| entry.valence.unwrap_or(0.0))
                .collect(),
            concept: self.entries.iter().map(|entry| entry.concept).collect(),
            words: self.entries.into_iter().map(|entry| entry.text).collect(),
            exact: self.exact,
            prefix: self.prefix,
            prefix_bytes_max,
            typos,
        }
    }

    /// A word known from a rule takes mood and concept from the longest prefix
    /// that a list gives for it.
    fn inherit(&mut self) {
        let prefixes: Vec<Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.is_prefix)
            .cloned()
            .collect();
        for entry in &mut self.entries {
            let fits = |prefix: &&Entry| entry.text.starts_with(&*prefix.text);
            if entry.valence.is_none() {
                let best = prefixes.iter().filter(|prefix| prefix.valence.is_some());
                entry.valence = best
                    .filter(fits)
                    .max_by_key(|prefix| prefix.text.len())
                    .and_then(|prefix| prefix.valence);
            }
            if entry.concept.is_none() {
                let best = prefixes.iter().filter(|prefix| prefix.concept.is_some());
                entry.concept = best
                    .filter(fits)
                    .max_by_key(|prefix| prefix.text.len())
                    .and_then(|prefix| prefix.concept);
            }
        }
    }
}

/// A set of words.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSet(Vec<u64>);

impl WordSet {
    fn insert(&mut self, id: WordId) {
        if let Some(block) = self.0.get_mut(usize::from(id) / 64) {
            *block |= 1 << (id % 64);
        }
    }

    /// Whether a word is in the set.
    pub fn contains(&self, id: WordId) -> bool {
        self.0
            .get(usize::from(id) / 64)
            .is_some_and(|block| block & (1 << (id % 64)) != 0)
    }

    /// All words of the set.
    pub fn iter(&self) -> impl Iterator<Item = WordId> + '_ {
        let ids = 0..WordId::try_from(self.0.len() * 64).unwrap_or(WordId::MAX);
        ids.filter(|id| self.contains(*id))
    }
}

/// Which hashes are in a table at all, as a set of bits: most words of a turn are
/// in none, and are turned away before a table is asked.
struct Sieve(Vec<u64>);

impl Sieve {
    /// Bits of the set: 16 KiB, so that it stays in the first cache, and at most
    /// every fifth bit is one.
    const BITS: u64 = 1 << 17;

    fn of<'k>(keys: impl Iterator<Item = &'k Key>) -> Self {
        let mut bits = vec![0; usize::try_from(Self::BITS / 64).unwrap_or_default()];
        for key in keys {
            let (block, bit) = Self::place(*key);
            if let Some(block) = bits.get_mut(block) {
                *block |= bit;
            }
        }
        Self(bits)
    }

    fn lets_through(&self, key: Key) -> bool {
        let (block, bit) = Self::place(key);
        self.0.get(block).is_some_and(|block| block & bit != 0)
    }

    fn place(key: Key) -> (usize, u64) {
        let at = key.mixed() % Self::BITS;
        (usize::try_from(at / 64).unwrap_or_default(), 1 << (at % 64))
    }
}

/// The finished table.
pub(crate) struct Vocabulary {
    sieve: Sieve,
    words: Vec<Box<str>>,
    exact: Table<WordId>,
    prefix: Table<WordId>,
    prefix_bytes_max: usize,
    /// Keywords by each of their forms that lacks a letter, and by themselves.
    typos: Table<Vec<WordId>>,
    valence: Vec<f32>,
    concept: Vec<Option<u32>>,
}

impl Vocabulary {
    /// The number of a folded word.
    pub fn find(&self, word: &str) -> WordId {
        let mut key = Key::default();
        let mut beginnings = [key; TYPO_LETTERS_MAX + 1];
        let mut has_digit = false;
        // Bit `n` is set if the first `n` bytes may be a prefix of the lists.
        let mut stems = 0_u64;
        for (end, byte) in (1..).zip(word.bytes()) {
            key = key.then(byte);
            if let Some(slot) = beginnings.get_mut(end) {
                *slot = key;
            }
            has_digit |= byte.is_ascii_digit();
            if end < u64::BITS as usize && self.sieve.lets_through(key) {
                stems |= 1 << end;
            }
        }
        if self.sieve.lets_through(key)
            && let Some(id) = self.listed(&self.exact, key, word)
        {
            return id;
        }
        if has_digit {
            return NUMBER;
        }
        let longest = word.len().min(self.prefix_bytes_max);
        for end in (PREFIX_BYTES_MIN..=longest).rev() {
            if stems >> end & 1 == 1
                && let Some(stem) = word.get(..end)
                && let Some(id) = self.listed(&self.prefix, Key::of(stem), stem)
            {
                return id;
            }
        }
        self.find_with_typo(word, &beginnings)
    }

    /// The number that a table has for a word.
    fn listed(&self, table: &Table<WordId>, key: Key, word: &str) -> Option<WordId> {
        let id = *table.get(&key)?;
        let known = self.words.get(usize::from(id))?;
        (**known == *word).then_some(id)
    }

    /// The mood of a word, −4 to 4, 0 if it has none.
    pub fn valence(&self, id: WordId) -> f32 {
        self.valence.get(usize::from(id)).copied().unwrap_or(0.0)
    }

    /// The concept that the word stands for, if it has synonyms.
    pub fn concept(&self, id: WordId) -> Option<u32> {
        self.concept.get(usize::from(id)).copied().flatten()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// A keyword within one insertion, deletion, substitution or swap, found
    /// through common deletions (the idea of SymSpell).
    fn find_with_typo(&self, word: &str, beginnings: &[Key; TYPO_LETTERS_MAX + 1]) -> WordId {
        let length = word.len();
        if !word.is_ascii() || !(TYPO_LETTERS_MIN - 1..=TYPO_LETTERS_MAX).contains(&length) {
            return UNKNOWN;
        }
        let Some(whole) = beginnings.get(length) else {
            return UNKNOWN;
        };
        let powers = Key::powers();
        let powers = powers.iter().take(length).rev();
        let shorter = beginnings.windows(2).zip(powers);
        let shorter = shorter.filter_map(|(ends, power)| match ends {
            [before, after] => Some(whole.without(*before, *after, *power)),
            _ => None,
        });
        let mut keys = std::iter::once(*whole).chain(shorter);
        keys.find_map(|key| self.typo_candidate(key, word))
            .unwrap_or(UNKNOWN)
    }

    fn typo_candidate(&self, key: Key, word: &str) -> Option<WordId> {
        if !self.sieve.lets_through(key) {
            return None;
        }
        let ids = self.typos.get(&key)?;
        let is_close = |id: &&WordId| {
            self.words
                .get(usize::from(**id))
                .is_some_and(|known| is_one_edit_apart(known, word))
        };
        ids.iter().find(is_close).copied()
    }
}

fn deletions(word: &str) -> impl Iterator<Item = String> + '_ {
    (0..word.len()).filter_map(|at| {
        let mut shorter = word.to_owned();
        word.is_ascii().then(|| {
            shorter.remove(at);
            shorter
        })
    })
}

/// Whether one insertion, deletion, substitution or swap of neighbors turns
/// one ASCII word into the other (Damerau distance of at most 1).
fn is_one_edit_apart(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (
        left.get(same..).unwrap_or(&[]),
        right.get(same..).unwrap_or(&[]),
    );
    match (left, right) {
        ([a, b, left @ ..], [c, d, right @ ..]) if a == d && b == c && left == right => true,
        ([_, left_rest @ ..], [_, right_rest @ ..]) => {
            left_rest == right_rest || left_rest == right || left == right_rest
        }
        (rest, []) | ([], rest) => rest.len() <= 1,
    }
}
