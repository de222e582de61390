//! What must not leave: numbers of cards and accounts, addresses, keys, names. It is
//! found by form and check digits (S-24, S-25), never guessed by a model, and a
//! [`Veil`] puts marks in its place that can be lifted again when an answer returns.
//!
//! It finds what has a form. A secret without one – a street, a medical condition, a
//! name that nobody told it – passes.

mod digits;
mod find;

use std::collections::{BTreeMap, HashMap};

pub use find::{Private, Span, find};

/// The most marks of one kind in one text; whatever comes after is replaced by a mark
/// that cannot be lifted.
const MARKS_MAX: u32 = 10_000;
/// The longest mark, in bytes: how much of a stream is held back at an open bracket.
const MARK_BYTES_MAX: usize = 24;

/// What kind of thing is private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The number of a payment card.
    Card,
    /// A key, token or password.
    Secret,
    /// The number of a bank account.
    Iban,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A customer's name.
    Name,
    /// A word that the workspace calls private.
    Term,
}

impl Kind {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Card,
        Self::Secret,
        Self::Iban,
        Self::Email,
        Self::Phone,
        Self::Name,
        Self::Term,
    ];

    /// Its word in a mark.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Card => "CARD",
            Self::Secret => "SECRET",
            Self::Iban => "IBAN",
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::Name => "NAME",
            Self::Term => "TERM",
        }
    }

    /// What stands in its place for good, for what is not to be spread even to staff:
    /// it is in the transcript already.
    const fn stays(self) -> Option<&'static str> {
        match self {
            Self::Card => Some("[card number]"),
            Self::Secret => Some("[secret]"),
            _ => None,
        }
    }
}

/// Marks in the place of what is private, and what they stand for. One veil serves
/// one exchange: the same thing has the same mark in every text of it.
#[derive(Default, Clone)]
pub struct Veil {
    marks: HashMap<(Kind, String), String>,
    lifted: Vec<(String, String)>,
    next: BTreeMap<Kind, u32>,
}

impl std::fmt::Debug for Veil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What it hides is not printed either.
        f.debug_struct("Veil")
            .field("marks", &self.lifted.len())
            .finish_non_exhaustive()
    }
}

impl Veil {
    /// A veil for these texts: its marks occur in none of them, so that nobody can
    /// write one and have it lifted to somebody else's number.
    pub fn over<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut veil = Self::default();
        for text in texts {
            for (kind, number) in find::marks(text) {
                let next = veil.next.entry(kind).or_default();
                *next = (*next).max(number);
            }
        }
        veil
    }

    /// The text with marks in the place of what is private.
    pub fn cover(&mut self, text: &str, private: &Private) -> String {
        let spans = find(text, private);
        if spans.is_empty() {
            return text.to_owned();
        }
        let mut covered = String::with_capacity(text.len());
        let mut from = 0;
        for span in spans {
            covered.push_str(text.get(from..span.start).unwrap_or_default());
            let hidden = text.get(span.start..span.end).unwrap_or_default();
            covered.push_str(&self.mark(span.kind, hidden));
            from = span.end;
        }
        covered.push_str(text.get(from..).unwrap_or_default());
        covered
    }

    fn mark(&mut self, kind: Kind, hidden: &str) -> String {
        if let Some(known) = self.marks.get(&(kind, hidden.to_owned())) {
            return known.clone();
        }
        let next = self.next.entry(kind).or_default();
        if *next >= MARKS_MAX {
            return format!("[{}]", kind.word());
        }
        *next += 1;
        let mark = format!("[{}_{next}]", kind.word());
        let lifted = kind.stays().unwrap_or(hidden);
        self.lifted.push((mark.clone(), lifted.to_owned()));
        self.marks.insert((kind, hidden.to_owned()), mark.clone());
        mark
    }

    /// The text with what the marks stand for. Cards and secrets are named, not shown;
    /// a mark that is not of this veil stays as it is.
    pub fn lift(&self, text: &str) -> String {
        if self.lifted.is_empty() || !text.contains('[') {
            return text.to_owned();
        }
        let mut rest = text;
        let mut lifted = String::with_capacity(text.len());
        while let Some(open) = rest.find('[') {
            let (before, from) = rest.split_at(open);
            lifted.push_str(before);
            let known = self.lifted.iter().find(|(mark, _)| from.starts_with(mark));
            let taken = match known {
                Some((mark, hidden)) => {
                    lifted.push_str(hidden);
                    mark.len()
                }
                None => {
                    lifted.push('[');
                    1
                }
            };
            rest = from.get(taken..).unwrap_or_default();
        }
        lifted.push_str(rest);
        lifted
    }

    /// How many things of each kind it hides.
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for (kind, _) in self.marks.keys() {
            *counts.entry(*kind).or_default() += 1;
        }
        counts
    }
}

/// Lifts a veil from a text that arrives in pieces: what may be the beginning of a mark
/// is held back until it is one or is not.
#[derive(Debug)]
pub struct Lifting {
    veil: Veil,
    held: String,
}

impl Lifting {
    /// Of this veil.
    pub const fn new(veil: Veil) -> Self {
        Self {
            veil,
            held: String::new(),
        }
    }

    /// Takes a piece and gives what can be read by now.
    pub fn push(&mut self, piece: &str) -> String {
        self.held.push_str(piece);
        let open = self.held.rfind('[').filter(|open| {
            let tail = self.held.get(*open..).unwrap_or_default();
            !tail.contains(']') && tail.len() < MARK_BYTES_MAX
        });
        let rest = match open {
            Some(open) => self.held.split_off(open),
            None => String::new(),
        };
        self.veil.lift(&std::mem::replace(&mut self.held, rest))
    }

    /// What was held back, once no more comes.
    pub fn finish(self) -> String {
        self.veil.lift(&self.held)
    }
}
