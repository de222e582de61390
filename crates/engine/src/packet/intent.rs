//! What the customer wants: the one sentence of theirs that says most of it.

use std::collections::HashMap;

use segue_model::packet::{CORE_INTENT_WORDS_MAX, Cited, EntityKind};
use segue_model::signal::Evidence;
use segue_model::turn::TurnNumber;

use super::cues;
use super::reading::{Kind, Reading, Said, Sentence};
use super::retell::{Person, retell};
use super::text;

/// What a sentence earns by what it does (`science.md` §8: position within the first
/// two turns, problem verb or error code, rarity of its words, later restatements).
/// The weights order sentences and mean nothing else.
mod weight {
    pub const FIRST_TURN: f64 = 3.0;
    pub const SECOND_TURN: f64 = 1.0;
    pub const PROBLEM: f64 = 2.0;
    pub const REQUEST: f64 = 1.2;
    pub const ERROR_CODE: f64 = 1.5;
    pub const NAMED: f64 = 0.8;
    pub const MASS_MAX: f64 = 1.5;
    pub const RESTATED: f64 = 0.4;
    pub const RESTATED_MAX: f64 = 1.6;
    pub const EVIDENCE: f64 = 2.5;
    pub const REJECTION: f64 = -1.5;
    pub const OWN_STEP: f64 = -1.0;
    pub const SETTLED: f64 = -4.0;
    pub const CONTINUED: f64 = -0.3;
    pub const POINTS_BACK: f64 = -0.8;
    pub const REMEDY: f64 = -0.8;
}
/// The line where the only words are a wish for a person.
pub(super) const PERSON_ONLY: &str = "Customer asks for a person and has not said what about.";
/// The content words of a sentence beyond which it says no more.
const MASS_WORDS: f64 = 8.0;

/// What was found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Intent<'r> {
    /// A sentence says it.
    Known(&'r Said, &'r Sentence),
    /// The only words are a wish for a person.
    PersonOnly(TurnNumber),
    /// There are words, and none of them says what is wanted.
    Unclear(&'r Said, &'r Sentence),
    /// The customer has written nothing that can be read.
    Silent,
}

impl<'r> Intent<'r> {
    /// Whether it is known what the customer wants.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(..))
    }

    /// The sentence, if there is one.
    pub fn sentence(&self) -> Option<(&'r Said, &'r Sentence)> {
        match self {
            Self::Known(said, sentence) | Self::Unclear(said, sentence) => Some((said, sentence)),
            Self::PersonOnly(_) | Self::Silent => None,
        }
    }

    /// Whether the line is a quotation, for want of a way to retell it.
    pub fn is_quoted(&self) -> bool {
        self.sentence()
            .is_some_and(|(_, sentence)| retold(sentence).is_none())
    }

    /// The line that the packet opens with.
    pub fn line(&self) -> Cited {
        let (text, turn) = match self {
            Self::Known(said, sentence) | Self::Unclear(said, sentence) => {
                (told(sentence), said.turn)
            }
            Self::PersonOnly(turn) => (PERSON_ONLY.to_owned(), *turn),
            Self::Silent => (
                "Customer has not written anything yet.".to_owned(),
                TurnNumber::default(),
            ),
        };
        Cited { text, turn }
    }
}

/// A sentence in the third person, else in the customer's own words.
pub(super) fn told(sentence: &Sentence) -> String {
    match retold(sentence) {
        Some(line) => line,
        None => format!("Customer says: {}", text::quote(&sentence.text)),
    }
}

fn retold(sentence: &Sentence) -> Option<String> {
    let retold = sentence
        .is_whole
        .then(|| retell(&sentence.text, Person::Third))
        .flatten();
    retold.filter(|line| text::word_count(line) <= CORE_INTENT_WORDS_MAX)
}

/// Finds it. `evidence` are the spans of the high-stakes topics that fired: what the
/// policy acted on is what it is about.
pub(super) fn find<'r>(reading: &'r Reading<'_>, evidence: &[&Evidence]) -> Intent<'r> {
    let words = Words::new(reading);
    let mut best: Option<(f64, &Said, &Sentence)> = None;
    for (at, said) in reading.said.iter().enumerate() {
        for sentence in said.sentences.iter().filter(|it| it.kind == Kind::Content) {
            let score = score(reading, &words, evidence, (at, said, sentence));
            if best.is_none_or(|(top, ..)| score > top) {
                best = Some((score, said, sentence));
            }
        }
    }
    if let Some((_, said, sentence)) = best {
        return Intent::Known(said, sentence);
    }
    let sentences = || {
        reading
            .said
            .iter()
            .flat_map(|said| said.sentences.iter().map(move |it| (said, it)))
    };
    let of_kind = |kind: Kind| sentences().rfind(move |(_, sentence)| sentence.kind == kind);
    match (
        of_kind(Kind::PersonWish),
        of_kind(Kind::Instruction).or(of_kind(Kind::Idle)),
    ) {
        (Some((said, _)), _) => Intent::PersonOnly(said.turn),
        (None, Some((said, sentence))) => Intent::Unclear(said, sentence),
        (None, None) => Intent::Silent,
    }
}

/// What was left unsolved before the present concern: the concern before it, if what was
/// tried did not help or the customer gave it up. The agent may still have to deal with it.
pub(super) fn left_open<'r>(reading: &'r Reading<'_>) -> Option<(&'r Said, &'r Sentence)> {
    let earlier = reading.said.get(..reading.concern)?;
    let begin = earlier.iter().rposition(|said| cues::is_solved(&said.flat));
    let begin = begin.map_or(0, |solved| solved + 1);
    let until_now = reading.said.get(begin..=reading.concern)?;
    let is_unsolved = |(at, said): (usize, &Said)| {
        cues::is_given_up(&said.flat) || (at > 0 && cues::is_rejection(&said.flat))
    };
    if !until_now.iter().enumerate().any(is_unsolved) {
        return None;
    }
    let words = Words::new(reading);
    let sentences = earlier
        .iter()
        .enumerate()
        .skip(begin)
        .flat_map(|(at, said)| {
            let content = said.sentences.iter().filter(|it| it.kind == Kind::Content);
            content.map(move |sentence| (at, said, sentence))
        });
    // The first of the best, as for the intent.
    let mut best: Option<(f64, &Said, &Sentence)> = None;
    for (at, said, sentence) in sentences {
        let score = score(reading, &words, &[], (at, said, sentence));
        if best.is_none_or(|(top, ..)| score > top) {
            best = Some((score, said, sentence));
        }
    }
    best.map(|(_, said, sentence)| (said, sentence))
}

fn score(
    reading: &Reading<'_>,
    words: &Words<'_>,
    evidence: &[&Evidence],
    (at, said, sentence): (usize, &Said, &Sentence),
) -> f64 {
    let flat = sentence.flat.as_str();
    let flag = |is: bool, weight: f64| if is { weight } else { 0.0 };
    let names = |kind: fn(EntityKind) -> bool| {
        said.found
            .iter()
            .any(|it| kind(it.kind) && it.start >= sentence.start && it.end <= sentence.end)
    };
    let place = match at.checked_sub(reading.concern) {
        None => weight::SETTLED,
        Some(0) => weight::FIRST_TURN,
        Some(1) => weight::SECOND_TURN,
        Some(_) => 0.0,
    };
    place
        + flag(cues::is_problem(flat), weight::PROBLEM)
        + flag(cues::is_request(flat), weight::REQUEST)
        + flag(
            names(|kind| kind == EntityKind::ErrorCode),
            weight::ERROR_CODE,
        )
        + flag(names(|kind| kind != EntityKind::ErrorCode), weight::NAMED)
        + flag(said.is_evident(sentence, evidence), weight::EVIDENCE)
        + flag(cues::is_rejection(flat), weight::REJECTION)
        + flag(cues::is_solved(flat), weight::SETTLED)
        + flag(super::attempts::is_own_step(flat), weight::OWN_STEP)
        + flag(
            cues::is_remedy(flat) && at > reading.concern,
            weight::REMEDY,
        )
        + flag(
            cues::points_back(flat) && at > reading.concern,
            weight::POINTS_BACK,
        )
        + flag(
            !sentence.is_whole && sentence.text.starts_with('…'),
            weight::CONTINUED,
        )
        + words.mass(flat)
        + words.restated(at, flat)
}

/// Which customer turns use which word.
struct Words<'r> {
    turns: HashMap<&'r str, Vec<usize>>,
    count: usize,
}

impl<'r> Words<'r> {
    fn new(reading: &'r Reading<'_>) -> Self {
        let mut turns: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, said) in reading.said.iter().enumerate() {
            for stem in stems(&said.flat) {
                let places = turns.entry(stem).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        Self {
            turns,
            count: reading.said.len(),
        }
    }

    /// How much a sentence says: its rare words count more, and length ends to count.
    #[expect(clippy::cast_precision_loss, reason = "counts of turns are small")]
    fn mass(&self, flat: &str) -> f64 {
        let whole = (self.count as f64 + 1.0).ln();
        let rarity = |stem: &str| {
            let uses = self.turns.get(stem).map_or(1, Vec::len);
            ((self.count as f64 + 1.0) / uses as f64).ln() / whole
        };
        let mass: f64 = stems(flat).map(rarity).sum();
        mass.min(MASS_WORDS) / MASS_WORDS * weight::MASS_MAX
    }

    /// How many later turns say it again: two of its words, or half of a short one's.
    #[expect(clippy::cast_precision_loss, reason = "counts of turns are small")]
    fn restated(&self, at: usize, flat: &str) -> f64 {
        let mut hits = vec![0usize; self.count];
        let mut count: usize = 0;
        for places in stems(flat).filter_map(|stem| self.turns.get(stem)) {
            count += 1;
            let later = places.partition_point(|place| *place <= at);
            for place in places.iter().skip(later) {
                if let Some(hit) = hits.get_mut(*place) {
                    *hit += 1;
                }
            }
        }
        let needed = if count <= 3 {
            count.div_ceil(2).max(1)
        } else {
            2
        };
        let turns = hits.iter().filter(|shared| **shared >= needed).count();
        (turns as f64 * weight::RESTATED).min(weight::RESTATED_MAX)
    }
}

/// The content words of a folded text, without their endings.
pub(super) fn stems(flat: &str) -> impl Iterator<Item = &str> {
    flat.split(' ')
        .filter(|word| word.len() > 1 && cues::is_content(word))
        .map(text::stem)
}

/// The beginnings that say who wants, not what.
const LEADS: &str = "there is|there's|there are|i am trying to|im trying to|i'm trying to|\
     i tried to|i want to|i need to|\
     i would like to|i'd like to|i need help with|i have a problem with|\
     i have a question about|how do i|how can i|can you please|could you please|can you|\
     could you|can i|i keep getting a|i keep getting an|i keep getting the|\
     i keep getting|i'm getting a|i'm getting an|i am getting a|i'm getting|i am getting|\
     i get a|i get an|i get the|i get|i got a|i got an|i got|i see a|i see an|i want a|\
     i need a|i want|i need|we need to|we want to|we are trying to|we're trying to|\
     we would like to|we need|we get|but|and then|and|also|because|then|now|hi|hello|hey|\
     hallo|guten tag|bonjour|hola|salut|there|please|so|well|ok|ich möchte|ich will|\
     ich bekomme|bitte|another question|one more question|next question|noch eine frage";

/// The customer's words of a sentence, short enough for a list.
pub(super) fn short(sentence: &Sentence, chars_max: usize) -> String {
    let mut words = sentence.text.trim_start_matches('…');
    let mut is_led = false;
    while let Some(rest) = LEADS.split('|').find_map(|lead| without(words, lead)) {
        (words, is_led) = (rest, true);
    }
    if is_led {
        // "a refund" is "refund" in a list.
        words = ["a", "an", "the"]
            .into_iter()
            .find_map(|it| without(words, it))
            .unwrap_or(words);
    }
    let words = words.trim_end_matches(['.', '!', ' ', ',']);
    let words = words.strip_suffix(" please").unwrap_or(words);
    text::clip_chars(&text::capitalized(words), chars_max)
}

fn without<'a>(words: &'a str, lead: &str) -> Option<&'a str> {
    let head = words.get(..lead.len())?;
    let rest = words.get(lead.len()..)?;
    let is_lead = head.eq_ignore_ascii_case(lead) && rest.starts_with([' ', ',', '!', '.', ':']);
    let rest = rest.trim_start_matches([' ', ',', '!', '.', ':']);
    (is_lead && rest.chars().filter(|it| it.is_alphanumeric()).count() >= 3).then_some(rest)
}
