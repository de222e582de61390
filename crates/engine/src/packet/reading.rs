//! A conversation read once: its customer's sentences with what each does, the
//! things they name, and where the present concern begins.

use segue_model::signal::Evidence;
use segue_model::turn::{Role, Turn, TurnNumber};

use super::concern;
use super::cues::{self, Language};
use super::entities::{self, Found};
use super::text;

/// What one sentence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Greets, thanks, fills.
    Idle,
    /// Asks for a person and says nothing else.
    PersonWish,
    /// Gives orders to a machine.
    Instruction,
    /// Says something.
    Content,
}

/// One sentence of the customer's, or a piece of a long one.
#[derive(Debug)]
pub(super) struct Sentence {
    /// Its bytes in the turn.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// Its words, on one line; what was cut off is marked.
    pub text: String,
    /// The same, folded.
    pub flat: String,
    /// Whether it is a whole sentence.
    pub is_whole: bool,
    /// What it does.
    pub kind: Kind,
}

/// One customer turn.
#[derive(Debug)]
pub(super) struct Said {
    /// Its number.
    pub turn: TurnNumber,
    /// Its place among all turns.
    pub place: usize,
    /// The whole of it, folded.
    pub flat: String,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What it names.
    pub found: Vec<Found>,
}

impl Said {
    /// Whether the policy acted on something in this sentence of it.
    pub fn is_evident(&self, sentence: &Sentence, evidence: &[&Evidence]) -> bool {
        evidence.iter().any(|it| {
            it.turn == self.turn
                && (it.start as usize) < sentence.end
                && (it.end as usize) > sentence.start
        })
    }

    /// Whether it does anything but greet, thank or ask for a person.
    pub fn has_content(&self) -> bool {
        self.sentences
            .iter()
            .any(|sentence| sentence.kind == Kind::Content)
    }
}

/// The conversation, read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// All turns, in order.
    pub turns: Vec<&'a Turn>,
    /// The customer's.
    pub said: Vec<Said>,
    /// The first customer turn (by place in `said`) of the present concern.
    pub concern: usize,
    /// The language the customer writes.
    pub language: Language,
}

impl<'a> Reading<'a> {
    /// Reads a conversation.
    ///
    /// `evidence` are the spans of the high-stakes topics that fired.
    pub fn new(
        turns: impl IntoIterator<Item = &'a Turn>,
        locale: Option<&str>,
        evidence: &[&Evidence],
    ) -> Self {
        let turns: Vec<&Turn> = turns.into_iter().collect();
        let is_customer = |turn: &Turn| turn.author.role() == Role::Customer;
        let addresses = addresses(&turns);
        let mut said: Vec<Said> = turns
            .iter()
            .enumerate()
            .filter(|(_, turn)| is_customer(turn))
            .map(|it| read(it, &addresses))
            .collect();
        for said in &mut said {
            let before = said.place.checked_sub(1).and_then(|at| turns.get(at));
            if let (Some(before), Some(turn)) = (before, turns.get(said.place))
                && !is_customer(before)
                && cues::asks_for_number(&before.text)
            {
                entities::find_asked(text::head(&turn.text), &mut said.found);
            }
        }
        let language = cues::language(said.iter().map(|said| said.flat.as_str()), locale);
        let concern = concern::start(&turns, &said, evidence);
        Self {
            turns,
            said,
            concern,
            language,
        }
    }

    /// The last thing the customer said.
    pub fn last(&self) -> Option<&Said> {
        self.said.last()
    }

    /// The customer turn that follows a place among all turns, and the one before it.
    pub fn around(&self, place: usize) -> (Option<&Said>, Option<&Said>) {
        let next = self.said.partition_point(|said| said.place < place);
        (
            next.checked_sub(1).and_then(|at| self.said.get(at)),
            self.said.get(next),
        )
    }
}

/// The names by which the customer addresses the company on a public channel: handles by
/// their form, and a name that begins at least half of several turns.
fn addresses<'t>(turns: &[&'t Turn]) -> Vec<&'t str> {
    let customers = turns
        .iter()
        .filter(|turn| turn.author.role() == Role::Customer);
    let firsts: Vec<&str> = customers
        .filter_map(|turn| turn.text.split_whitespace().next())
        .collect();
    let is_name = |word: &str| {
        word.chars().all(char::is_alphanumeric)
            && word.starts_with(char::is_uppercase)
            && cues::is_content(text::flat(word).trim())
    };
    let is_frequent = |word: &str| {
        let count = firsts.iter().filter(|other| **other == word).count();
        count > 1 && count * 2 >= firsts.len()
    };
    let is_address = |word: &&str| cues::is_handle(word) || (is_name(word) && is_frequent(word));
    let mut names: Vec<&str> = firsts.iter().copied().filter(is_address).collect();
    names.dedup();
    names
}

fn read((place, turn): (usize, &&Turn), addresses: &[&str]) -> Said {
    let body = text::head(&turn.text);
    let mut sentences = Vec::new();
    let first = body.split_whitespace().next().unwrap_or_default();
    let addressed = addresses.iter().find(|name| **name == first);
    let from = addressed.map_or(0, |name| body.len() - body.trim_start().len() + name.len());
    for piece in text::pieces(body) {
        // What remains of a piece behind the address; nothing remains of "@shop".
        let start = piece.start.max(from.min(piece.end));
        let rest = body.get(start..piece.end).unwrap_or_default();
        let start = start + (rest.len() - rest.trim_start().len());
        if start >= piece.end {
            continue;
        }
        let piece = text::Piece { start, ..piece };
        let whole = sentence(body, piece);
        let parting: Option<Parting> = match whole.kind {
            Kind::Content if cues::names_person(&whole.flat) => Some(cues::is_person_wish),
            Kind::Content if cues::is_given_up(&whole.flat) => Some(cues::is_giving_up),
            _ => None,
        };
        match parting.and_then(|is| apart(body, piece, is)) {
            Some((first, second)) => {
                sentences.extend([sentence(body, first), sentence(body, second)]);
            }
            None => sentences.push(whole),
        }
    }
    Said {
        turn: turn.number,
        place,
        flat: text::flat(body),
        sentences,
        found: entities::find(body),
    }
}

fn sentence(body: &str, piece: text::Piece) -> Sentence {
    let raw = text::clean(body.get(piece.start..piece.end).unwrap_or_default());
    let raw = entities::without_cards(raw);
    let flat = text::flat(&raw);
    let (before, after) = (mark(piece.is_cut_before), mark(piece.is_cut_after));
    Sentence {
        start: piece.start,
        end: piece.end,
        kind: kind(&raw, &flat),
        text: format!("{before}{raw}{after}"),
        flat,
        is_whole: !piece.is_cut_before && !piece.is_cut_after,
    }
}

/// Tells one part of a sentence from the other.
type Parting = fn(&str) -> bool;

/// The marks at which a wish for a person may be joined to what it is about.
const JOINTS: [&str; 8] = [", ", "; ", ": ", " - ", " – ", " and ", " und ", " so "];

/// A sentence and the wish for a person, or the giving up, that is joined to it, apart: the
/// concern is told without it, and it is known for what it is.
fn apart(body: &str, piece: text::Piece, is: Parting) -> Option<(text::Piece, text::Piece)> {
    let whole = body.get(piece.start..piece.end)?;
    let joints = JOINTS.iter().flat_map(|joint| {
        let places = whole.match_indices(joint);
        places.map(|(at, joint)| (at, at + joint.len()))
    });
    let is_it = |part: Option<&str>| part.is_some_and(|part| is(&text::flat(part)));
    let (end, next) = joints
        .into_iter()
        .find(|(end, next)| is_it(whole.get(..*end)) != is_it(whole.get(*next..)))?;
    let first = text::Piece {
        end: piece.start + end,
        is_cut_after: false,
        ..piece
    };
    let second = text::Piece {
        start: piece.start + next,
        is_cut_before: false,
        ..piece
    };
    Some((first, second))
}

fn mark(is_cut: bool) -> &'static str {
    if is_cut { "…" } else { "" }
}

fn kind(raw: &str, flat: &str) -> Kind {
    if cues::is_instruction(raw, flat) {
        Kind::Instruction
    } else if cues::is_idle(flat) || cues::is_giving_up(flat) {
        Kind::Idle
    } else if cues::is_person_wish(flat) {
        Kind::PersonWish
    } else {
        Kind::Content
    }
}
