//! What the figures need to know about a text without keeping it: whether it
//! states a concern, whether it only says thanks, and a sketch to compare it by.

use std::cmp::Ordering;

/// How many hashes of a sketch are kept; 32 give the similarity to ± .09.
const SKETCH_LEN: usize = 32;
/// The length of the pieces that a sketch is made of, in characters.
const GRAM_CHARS: usize = 4;
/// From where two texts are about the same. A cosine of .6 over character
/// 4-grams (science §1.2) is a Jaccard index of .6 / (2 − .6) for texts of the same length.
const SIMILARITY_MIN: f64 = 0.43;
/// The most words that mere thanks have.
const THANKS_WORDS_MAX: usize = 8;
/// The shortest word that can state a concern, in characters.
const CONCERN_CHARS_MIN: usize = 4;

/// Words of greeting and of asking for a person; a text of these alone states no concern.
const FILLER: &[&str] = &[
    "hello",
    "good",
    "morning",
    "afternoon",
    "evening",
    "please",
    "want",
    "need",
    "would",
    "like",
    "could",
    "speak",
    "talk",
    "with",
    "human",
    "person",
    "people",
    "agent",
    "someone",
    "somebody",
    "representative",
    "operator",
    "manager",
    "supervisor",
    "real",
    "live",
    "actual",
    "right",
    "this",
    "that",
    "there",
    "here",
    "your",
    "have",
    "help",
    "support",
    "customer",
    "service",
    "connect",
    "transfer",
    "chat",
    "just",
    "anyone",
    "staff",
    "hallo",
    "guten",
    "morgen",
    "abend",
    "bitte",
    "möchte",
    "will",
    "würde",
    "gerne",
    "kann",
    "können",
    "einem",
    "einen",
    "eine",
    "einer",
    "mensch",
    "menschen",
    "mitarbeiter",
    "mitarbeiterin",
    "berater",
    "jemand",
    "jemanden",
    "jemandem",
    "sprechen",
    "reden",
    "echten",
    "echter",
    "richtigen",
    "ihnen",
    "hilfe",
    "kundenservice",
    "kundendienst",
    "verbinden",
    "from",
    "team",
    "brauche",
    "dich",
    "sind",
    "doch",
    "they",
    "them",
];

const THANKS: &[&str] = &[
    "thank",
    "thanks",
    "thankyou",
    "thx",
    "cheers",
    "danke",
    "dankeschön",
    "vielen",
    "merci",
    "gracias",
    "perfect",
    "perfekt",
];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Whether the text says what it is about, beyond a greeting or a wish for a person.
pub(crate) fn states_concern(text: &str) -> bool {
    words(text).any(|word| {
        (word.chars().count() >= CONCERN_CHARS_MIN && !FILLER.contains(&word.as_str()))
            || word.chars().any(|c| c.is_ascii_digit())
            // Scripts without spaces: one "word" is a clause.
            || word.chars().any(|c| u32::from(c) > 0x0E00 && word.chars().count() >= 2)
    })
}

/// Words without which nobody asks for a person, by their beginnings, in the languages that
/// the detector knows.
const PERSON: &[&str] = &[
    "person",
    "people",
    "human",
    "agent",
    "someone",
    "somebody",
    "anyone",
    "operator",
    "represent",
    "manager",
    "supervisor",
    "staff",
    "team",
    "colleague",
    "real",
    "advisor",
    "mensch",
    "mitarbeit",
    "berat",
    "jemand",
    "kolleg",
    "personne",
    "humain",
    "conseiller",
    "quelqu",
    "persona",
    "humano",
    "agente",
    "alguien",
    "asesor",
    "umano",
    "operatore",
    "qualcuno",
    "pessoa",
    "alguém",
    "atendente",
    "medewerker",
    "iemand",
    "mens",
    "osob",
    "konsultant",
    "człowiek",
    "insan",
    "temsilci",
    "yetkili",
];

/// Whether the text has a word in it without which nobody asks for a person; a quick look
/// before a thorough one.
pub(crate) fn may_ask_for_person(text: &str) -> bool {
    // Scripts of other alphabets are looked at thoroughly.
    words(text).any(|word| {
        PERSON.iter().any(|start| word.starts_with(start))
            || word.chars().any(|c| u32::from(c) > 0x0370)
    })
}

/// Whether the text only says thanks, so that it is no new concern.
pub(crate) fn is_thanks(text: &str) -> bool {
    !text.contains('?')
        && words(text).count() <= THANKS_WORDS_MAX
        && words(text).any(|word| THANKS.contains(&word.as_str()))
        && !words(text).any(|word| {
            matches!(
                word.as_str(),
                "but" | "not" | "still" | "aber" | "nicht" | "no"
            )
        })
}

/// The hash of a word or value, the same in every process.
pub(crate) fn hash(text: &str) -> u32 {
    hash_chars(text.chars())
}

fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    // FNV-1a, then the finalizer of splitmix64, because the least of many
    // hashes are taken and FNV alone is not even enough in its high bits.
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for c in chars {
        state = (state ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (state >> 32) as u32
}

/// The least hashes of a text's pieces: a fixed small size, comparable, and not
/// readable back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sketch(Box<[u32]>);

impl Sketch {
    /// The sketch of a text.
    pub fn new(text: &str) -> Self {
        let mut folded: Vec<char> = vec![' '];
        for word in words(text) {
            folded.extend(word.chars());
            folded.push(' ');
        }
        let mut hashes: Vec<u32> = folded
            .windows(GRAM_CHARS)
            .map(|gram| hash_chars(gram.iter().copied()))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SKETCH_LEN);
        Self(hashes.into_boxed_slice())
    }

    /// The hashes that were kept, in order.
    pub fn grams(&self) -> &[u32] {
        &self.0
    }

    /// Whether both texts are there and about the same, by their wording.
    pub fn is_similar(&self, other: &Self) -> bool {
        if self.0.is_empty() || other.0.is_empty() {
            return false;
        }
        // Bottom-k estimate of the Jaccard index (Broder 1997): of the k least
        // hashes of the union, the share that both have. Both lists are in order.
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut both, mut union) = (0_usize, 0_usize);
        while union < SKETCH_LEN {
            let order = match (ours.peek(), theirs.peek()) {
                (Some(our), Some(their)) => our.cmp(their),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            if order != Ordering::Greater {
                ours.next();
            }
            if order != Ordering::Less {
                theirs.next();
            }
            union += 1;
            both += usize::from(order == Ordering::Equal);
        }
        both as f64 / union as f64 >= SIMILARITY_MIN
    }
}
