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
/// The shortest prefix, in bytes, that a list may give (`cancel*`).
const PREFIX_BYTES_MIN: usize = 3;

/// FNV-1a: short keys, no attacker-chosen growth (the table never grows after
/// it is built), and several times faster than the default on words.
#[derive(Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The 32-bit hash of a word, for sketches.
pub(crate) fn hash32(bytes: &[u8]) -> u32 {
    let mut hasher = Fnv::default();
    hasher.write(bytes);
    let wide = hasher.finish();
    u32::try_from((wide ^ (wide >> 32)) & 0xffff_ffff).unwrap_or(0)
}

type Table = HashMap<Box<str>, WordId, BuildHasherDefault<Fnv>>;

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
    exact: Table,
    prefix: Table,
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
        let id = *table.entry(text.into()).or_insert(next);
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
        let mut typos: HashMap<Box<str>, Vec<WordId>, BuildHasherDefault<Fnv>> = HashMap::default();
        for id in &self.typo_words {
            let Some(entry) = self.entries.get(usize::from(*id)) else {
                continue;
            };
            for variant in deletions(&entry.text).chain([entry.text.to_string()]) {
                let ids = typos.entry(variant.into()).or_default();
                if !ids.contains(id) {
                    ids.push(*id);
                }
            }
        }
        let longest_prefix = self.prefix.keys().map(|key| key.len()).max().unwrap_or(0);
        // The sieve keeps one bit for each length.
        let prefix_bytes_max = longest_prefix.min(u64::BITS as usize - 1);
        let keys = self.exact.keys().chain(self.prefix.keys());
        Vocabulary {
            sieve: Sieve::of(keys.chain(typos.keys()).map(|key| &**key)),
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

    fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut bits = vec![0; usize::try_from(Self::BITS / 64).unwrap_or_default()];
        for key in keys {
            let mut hash = Fnv::default();
            hash.write(key.as_bytes());
            let (block, bit) = Self::place(hash);
            if let Some(block) = bits.get_mut(block) {
                *block |= bit;
            }
        }
        Self(bits)
    }

    fn lets_through(&self, hash: Fnv) -> bool {
        let (block, bit) = Self::place(hash);
        self.0.get(block).is_some_and(|block| block & bit != 0)
    }

    fn place(hash: Fnv) -> (usize, u64) {
        // The high half of the hash is the better mixed one.
        let at = (hash.0 ^ (hash.0 >> 32)) % Self::BITS;
        (usize::try_from(at / 64).unwrap_or_default(), 1 << (at % 64))
    }
}

/// The finished table.
pub(crate) struct Vocabulary {
    sieve: Sieve,
    words: Vec<Box<str>>,
    exact: Table,
    prefix: Table,
    prefix_bytes_max: usize,
    typos: HashMap<Box<str>, Vec<WordId>, BuildHasherDefault<Fnv>>,
    valence: Vec<f32>,
    concept: Vec<Option<u32>>,
}

impl Vocabulary {
    /// The number of a folded word.
    pub fn find(&self, word: &str) -> WordId {
        let mut hash = Fnv::default();
        let mut has_digit = false;
        // Bit `n` is set if the first `n` bytes may be a prefix of the lists.
        let mut stems = 0_u64;
        for (end, byte) in (1..).zip(word.bytes()) {
            hash.write(&[byte]);
            has_digit |= byte.is_ascii_digit();
            if end < u64::BITS && self.sieve.lets_through(hash) {
                stems |= 1 << end;
            }
        }
        if self.sieve.lets_through(hash)
            && let Some(id) = self.exact.get(word)
        {
            return *id;
        }
        if has_digit {
            return NUMBER;
        }
        let longest = word.len().min(self.prefix_bytes_max);
        for end in (PREFIX_BYTES_MIN..=longest).rev() {
            if stems >> end & 1 == 1
                && let Some(id) = word.get(..end).and_then(|stem| self.prefix.get(stem))
            {
                return *id;
            }
        }
        self.find_with_typo(word)
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
    fn find_with_typo(&self, word: &str) -> WordId {
        if !word.is_ascii() || !(TYPO_LETTERS_MIN - 1..=16).contains(&word.len()) {
            return UNKNOWN;
        }
        if let Some(id) = self.typo_candidate(word, word) {
            return id;
        }
        let mut shorter = [0_u8; 16];
        for skip in 0..word.len() {
            let kept = word
                .bytes()
                .enumerate()
                .filter(|(at, _)| *at != skip)
                .map(|(_, byte)| byte);
            let mut hash = Fnv::default();
            for (slot, byte) in shorter.iter_mut().zip(kept) {
                *slot = byte;
                hash.write(&[byte]);
            }
            if !self.sieve.lets_through(hash) {
                continue;
            }
            let variant = shorter
                .get(..word.len() - 1)
                .and_then(|bytes| std::str::from_utf8(bytes).ok());
            if let Some(id) = variant.and_then(|variant| self.typo_candidate(variant, word)) {
                return id;
            }
        }
        UNKNOWN
    }

    fn typo_candidate(&self, variant: &str, word: &str) -> Option<WordId> {
        let ids = self.typos.get(variant)?;
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
