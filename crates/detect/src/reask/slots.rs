//! What a customer has already said, as typed slots with normalized values.
//! Only hashes of the values are kept: they can be compared and not read.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::patterns::{pattern, regex, regex_set};

/// The most values that are kept of one conversation; those told first stay,
/// because they are what the packet opens with.
const VALUES_MAX: usize = 24;
/// How much of a text is looked at, in bytes: what people say of themselves
/// stands at its beginning, pasted logs follow.
const TEXT_BYTES_MAX: usize = 4 * 1024;
/// From how many digits on a reference is known by its digits alone, so that
/// `INV-20931` and `20931` are the same.
const REFERENCE_DIGITS_MIN: usize = 4;

/// The kinds of thing that a packet states and an agent might ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// An order, invoice, ticket or tracking reference.
    Reference,
    /// An e-mail address.
    Email,
    /// An error code or status.
    ErrorCode,
    /// A sum of money.
    Amount,
    /// A browser, device or operating system.
    Device,
    /// A step that was tried.
    Tried,
}

impl Slot {
    /// All kinds.
    pub const ALL: [Slot; 6] = [
        Self::Reference,
        Self::Email,
        Self::ErrorCode,
        Self::Amount,
        Self::Device,
        Self::Tried,
    ];

    /// Whether it says who somebody is, so that it may be asked for as a check.
    pub(super) const fn is_identity(self) -> bool {
        matches!(self, Self::Email | Self::Reference)
    }
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SlotSet(u8);

impl SlotSet {
    /// Every kind.
    pub const ALL: Self = Self(u8::MAX);

    /// The set of one kind.
    pub const fn of(slot: Slot) -> Self {
        Self(1 << slot as u8)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the kind is in it.
    pub const fn contains(self, slot: Slot) -> bool {
        self.0 & Self::of(slot).0 != 0
    }

    /// Adds a kind.
    pub fn insert(&mut self, slot: Slot) {
        self.0 |= Self::of(slot).0;
    }

    /// Adds all kinds of another set.
    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What is known of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slots {
    values: Vec<(Slot, u32)>,
    filled: SlotSet,
}

impl Slots {
    /// Takes note of what the customer says.
    pub fn learn(&mut self, text: &str) {
        for (slot, value) in values(&normalize(text)) {
            self.add(slot, value);
        }
    }

    /// Takes note of what the assistant says: the steps that it proposes are
    /// attempted solutions of the packet. Its other values are the customer's or its own.
    pub fn learn_proposal(&mut self, text: &str) {
        self.filled.insert(Slot::Tried);
        for (slot, value) in steps(&normalize(text)) {
            self.add(slot, value);
        }
    }

    /// Takes note of a value known from outside.
    pub fn learn_fact(&mut self, slot: Slot, value: &str) {
        let value = normalize(value);
        let value = match slot {
            Slot::Reference => reference(&value),
            Slot::ErrorCode => error_code(&value),
            _ => value,
        };
        self.add(slot, hash(&value));
    }

    /// Takes note of the browser that the page reported.
    pub fn learn_device(&mut self, text: &str) {
        for (slot, value) in devices(&normalize(text)) {
            self.add(slot, value);
        }
    }

    /// Whether anything of the kind is known.
    pub const fn is_filled(&self, slot: Slot) -> bool {
        self.filled.contains(slot)
    }

    /// Whether a normalized text contains a known value of one of the kinds.
    pub(super) fn recurs(&self, text: &str, among: SlotSet) -> bool {
        let known = |value: u32, only: Option<Slot>| {
            self.values.iter().any(|(slot, known)| {
                *known == value && among.contains(*slot) && only.is_none_or(|only| only == *slot)
            })
        };
        values(text)
            .iter()
            .any(|(slot, value)| known(*value, Some(*slot)))
            || text.split_whitespace().any(|word| known(token(word), None))
    }

    fn add(&mut self, slot: Slot, value: u32) {
        self.filled.insert(slot);
        if self.values.len() < VALUES_MAX && !self.values.contains(&(slot, value)) {
            self.values.reserve_exact(1);
            self.values.push((slot, value));
        }
    }
}

/// Lower case, plain quotes, and no more than the part that is looked at.
pub(super) fn normalize(text: &str) -> String {
    let mut end = text.len().min(TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end)
        .unwrap_or_default()
        .to_lowercase()
        .replace(['\u{2019}', '\u{2018}'], "'")
}

/// Whether a normalized sentence names a step.
pub(super) fn names_step(sentence: &str) -> bool {
    !steps(sentence).is_empty()
}

pattern!(
    EMAIL,
    r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
);
pattern!(
    DATE,
    r"\b\d{4}-\d{2}-\d{2}\b" | r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
);
pattern!(
    AMOUNT,
    r"[$€£]\s?\d[\d.,]*"
        | r"\b\d[\d.,]*\s?(?:[$€£]|(?:usd|eur|euros?|gbp|chf|dollars?|pounds?|franken)\b)"
);
pattern!(
    ERROR_CODE,
    r"\b0x[0-9a-f]{2,}\b"
        | r"\berr_[a-z_]+\b"
        | r"\b(?:error|fehler|erreur|errore|erro|code|código|codice|status|http|fehlercode|fehlermeldung)(?: ?(?:code|message|number|nummer|status))?(?: is| ist|:|#| )*\s?[a-z]{0,3}-?\d{2,6}\b"
        | r"\b\d{3}(?:er)?[ -](?:error|fehler|status)\b"
        | r"\be-?\d{2,5}\b"
);
pattern!(
    REFERENCE,
    r"#\s?[a-z]{0,6}-?\d[a-z0-9-]{2,}"
        | r"\b(?:[a-z]{1,6}-)?\d[\d-]{4,}\b"
        | r"\b[a-z]{2,6}-?\d{3,}[a-z0-9-]*\b"
);
pattern!(
    LABELED,
    r"\b(?:order|invoice|ticket|booking|tracking|reference|case|confirmation|transaction|account|customer|commande|facture|dossier|pedido|factura|reserva|ordine|fattura|encomenda|fatura|reserva|bestellung|bestellnummer|auftrag|auftragsnummer|rechnung|rechnungsnummer|buchung|buchungsnummer|vorgang|vorgangsnummer|sendung|sendungsnummer|kundennummer|ticketnummer)(?: ?(?:number|no\.?|nr\.?|nummer|id|code|reference))?(?: is| ist| lautet|:|#|=| )*(?:[a-z]{1,6}-)?\d[a-z0-9-]{2,}\b"
);
pattern!(
    DEVICE,
    r"\b(?:chrome|firefox|safari|edge|opera|brave|windows|macos|mac|macbook|linux|ubuntu|android|ios|iphone|ipad|pixel|galaxy)\b"
);

/// A step by its name, and how people say that they took it.
const STEPS: [(&str, &str); 10] = [
    (
        "restart",
        r"\b(?:restart|reboot|re-start)|\bturn(?:ed|ing)? (?:it |the \w+ )?off and (?:back )?on|\bneu ?(?:ge)?start|\bredémarr|\breinici|\briavvi|\bneuzustarten|\bneustart",
    ),
    (
        "reinstall",
        r"\bre-?install|\bneu ?(?:zu)?(?:ge)?install|\bneu installiert",
    ),
    (
        "clear_cache",
        r"\b(?:clear|empt|delet|remov)\w* (?:the |my |your |all |out )*(?:browser )?(?:cache|cookies)|\b(?:cache|cookies)\b.{0,20}(?:gelöscht|löschen|geleert|leeren)|\bcleared it\b.{0,10}cache|\bvid(?:é|er|ez|e) (?:le |mon |votre )?cache|\b(?:borr|limpi|vaci)\w+ (?:la |su |mi |el |tu )?cach[eé]|\bsvuot\w+ (?:la |sua )?cache|\blimp\w+ (?:o |a |seu |sua )?cache",
    ),
    (
        "sign_in_again",
        r"\b(?:log|sign)(?:ged|ed|ging|ing)? ?(?:out|back in)\b|\bausgeloggt\b|\bab-? ?und (?:wieder )?an(?:gemeldet|zumelden|melden)|\bneu (?:angemeldet|anzumelden|eingeloggt)",
    ),
    (
        "reset_password",
        r"\breset(?:ting)? (?:the |my |your )?password|\bpassword reset|\bpasswor[td].{0,12}zurück",
    ),
    (
        "other_browser",
        r"\b(?:another|different|other|second) browser|\banderen? browser|\bautre navigateur|\botro navegador|\baltro browser|\boutro navegador",
    ),
    (
        "private_window",
        r"\bincognito|\bprivate (?:window|browsing|mode|tab)|\binkognito|\bprivate[ns]? (?:fenster|modus)",
    ),
    (
        "update",
        r"\bupdat(?:e|ed|ing) (?:the |my |your |to )*(?:app|browser|firmware|software|system|latest|version)|\baktualisier",
    ),
    (
        "reconnect",
        r"\b(?:un|re)-?plug|\breconnect|\brouter\b.{0,15}(?:reset|neu)",
    ),
    (
        "other_card",
        r"\b(?:another|different|other|second) (?:credit |debit )?card|\banderen? (?:kredit)?karte",
    ),
];
/// The same, compiled into one automaton: most turns name no step, and are read once.
static STEP_SET: LazyLock<RegexSet> =
    LazyLock::new(|| regex_set(&STEPS.map(|(_, pattern)| pattern)));

/// All values in a normalized text.
fn values(text: &str) -> Vec<(Slot, u32)> {
    let mut found = steps(text);
    found.extend(devices(text));
    // What is one thing is not another: each kind takes its part out of the text.
    let mut rest = text.to_owned();
    if rest.contains('@') {
        take(&mut rest, &EMAIL, |value| {
            found.push((Slot::Email, hash(value)))
        });
    }
    // Whatever follows has a digit in it, or is an error's name.
    if !rest.contains(char::is_numeric) && !rest.contains("err_") {
        return found;
    }
    take(&mut rest, &DATE, |_| {});
    take(&mut rest, &AMOUNT, |value| {
        found.push((Slot::Amount, hash(&amount(value))))
    });
    take(&mut rest, &LABELED, |value| {
        if let Some(last) = value.split([' ', '#', ':', '=']).next_back() {
            found.push((Slot::Reference, hash(&reference(last))));
        }
    });
    take(&mut rest, &ERROR_CODE, |value| {
        found.push((Slot::ErrorCode, hash(&error_code(value))))
    });
    take(&mut rest, &REFERENCE, |value| {
        found.push((Slot::Reference, hash(&reference(value))))
    });
    found
}

fn take(text: &mut String, pattern: &Regex, mut found: impl FnMut(&str)) {
    if !pattern.is_match(text) {
        return;
    }
    *text = pattern
        .replace_all(text, |captures: &regex::Captures<'_>| {
            found(captures.get(0).map_or("", |it| it.as_str()));
            " "
        })
        .into_owned();
}

fn devices(text: &str) -> Vec<(Slot, u32)> {
    DEVICE
        .find_iter(text)
        .map(|it| (Slot::Device, hash(it.as_str())))
        .collect()
}

fn steps(text: &str) -> Vec<(Slot, u32)> {
    let named = STEP_SET.matches(text);
    let names = STEPS.iter().enumerate();
    names
        .filter(|(place, _)| named.matched(*place))
        .map(|(_, (name, _))| (Slot::Tried, hash(name)))
        .collect()
}

/// A word as it would be stored if it were a value by itself: asked for a
/// number, people answer with the bare number.
fn token(word: &str) -> u32 {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.contains('@') {
        hash(word)
    } else {
        hash(&reference(word))
    }
}

/// Enough of a value to know it again, and too little to read it: FNV-1a, then the
/// finalizer of splitmix64, because FNV alone is not even in its high bits.
fn hash(text: &str) -> u32 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for c in text.chars() {
        state = (state ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from(state >> 32).unwrap_or_default()
}

fn plain(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn reference(value: &str) -> String {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= REFERENCE_DIGITS_MIN {
        digits
    } else {
        plain(value)
    }
}

/// The code itself: the words around it are left out.
fn error_code(value: &str) -> String {
    let code = value
        .split([' ', ':', '#'])
        .rfind(|part| part.contains(|c: char| c.is_ascii_digit()) || part.starts_with("err_"))
        .unwrap_or(value);
    reference(code.trim_end_matches("er"))
}

/// `1,299.00`, `1.299,00` and `1299` are the same.
fn amount(value: &str) -> String {
    let number: String = value
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let number = number.trim_matches(['.', ',']);
    let (whole, cents) = match number.rsplit_once(['.', ',']) {
        Some((whole, cents)) if cents.len() <= 2 => (whole, cents),
        _ => (number, ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let cents = cents.trim_end_matches('0');
    if cents.is_empty() {
        whole
    } else {
        format!("{whole}.{cents}")
    }
}
