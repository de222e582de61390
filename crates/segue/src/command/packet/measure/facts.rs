//! Fact coverage: which of the facts that were labelled stand in the packet, each in the
//! part where an agent looks for it (`challenge/packets/README.md`).

use segue_model::packet::{AttemptOutcome, EntityKind, Packet};
use serde::Deserialize;

/// One labelled fact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// What kind of fact.
    pub fact: Kind,
    /// Its value, where it is one thing.
    #[serde(default)]
    pub value: String,
    /// What must be said: of each group one.
    #[serde(default)]
    pub says: Vec<Vec<String>>,
    /// How it went, where something was tried.
    #[serde(default)]
    pub outcome: Vec<AttemptOutcome>,
}

/// The kinds, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Intent,
    Ask,
    Id,
    Code,
    Amount,
    Date,
    Product,
    Email,
    Superseded,
    Tried,
    Deadline,
    Open,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Intent,
        Self::Ask,
        Self::Id,
        Self::Code,
        Self::Amount,
        Self::Date,
        Self::Product,
        Self::Email,
        Self::Superseded,
        Self::Tried,
        Self::Deadline,
        Self::Open,
    ];

    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Ask => "ask",
            Self::Id => "id",
            Self::Code => "code",
            Self::Amount => "amount",
            Self::Date => "date",
            Self::Product => "product",
            Self::Email => "e-mail",
            Self::Superseded => "taken back",
            Self::Tried => "tried, with outcome",
            Self::Deadline => "deadline",
            Self::Open => "open question",
        }
    }

    /// Whether a single one missed is one too many: values that are acted on.
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Id | Self::Code | Self::Amount)
    }
}

/// Whether a packet holds a fact.
pub fn holds(packet: &Packet, required: &Required) -> bool {
    let intent = packet.core_intent.text.as_str();
    let summary = || packet.summary.iter().map(|it| it.text.as_str());
    let entity = |kind: EntityKind| {
        let of_kind = packet.entities.iter().filter(move |it| it.kind == kind);
        of_kind
            .into_iter()
            .any(|it| same(kind, &it.value, &required.value))
    };
    match required.fact {
        Kind::Intent => says([intent], &required.says),
        Kind::Ask | Kind::Deadline => says(summary().chain([intent]), &required.says),
        Kind::Open => {
            let questions = packet.open_questions.iter().map(String::as_str);
            says(summary().chain([intent]).chain(questions), &required.says)
        }
        Kind::Id => entity(EntityKind::Reference),
        Kind::Code => entity(EntityKind::ErrorCode),
        Kind::Amount => entity(EntityKind::Amount),
        Kind::Date => entity(EntityKind::Date),
        Kind::Product => entity(EntityKind::Product),
        Kind::Email => entity(EntityKind::Email),
        Kind::Superseded => packet
            .entities
            .iter()
            .any(|it| it.replaced_by.is_some() && same(it.kind, &it.value, &required.value)),
        Kind::Tried => packet.attempted_solutions.iter().any(|it| {
            says([it.what.as_str()], &required.says) && required.outcome.contains(&it.outcome)
        }),
    }
}

fn says<'a>(texts: impl IntoIterator<Item = &'a str>, groups: &[Vec<String>]) -> bool {
    let told = folded(&texts.into_iter().collect::<Vec<_>>().join(" "));
    groups
        .iter()
        .all(|group| group.iter().any(|word| told.contains(&folded(word))))
}

/// Lower case, without accents and typographic marks.
fn folded(text: &str) -> String {
    text.to_lowercase()
        .replace('’', "'")
        .chars()
        .map(|it| match it {
            'à' | 'á' | 'â' | 'ä' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}

/// Whether two writings are the same thing.
fn same(kind: EntityKind, found: &str, expected: &str) -> bool {
    match kind {
        EntityKind::Amount => amount(found) == amount(expected),
        // A date may be named more closely than it was labelled.
        EntityKind::Date | EntityKind::Product => {
            let expected = folded(expected);
            let (found, expected) = (folded(found), expected.trim_end_matches('.'));
            found.contains(expected)
        }
        EntityKind::ErrorCode => bare(found).trim_start_matches("http") == bare(expected),
        _ => bare(found) == bare(expected),
    }
}

fn bare(text: &str) -> String {
    let kept = text.chars().filter(|it| !it.is_whitespace() && *it != '#');
    kept.flat_map(char::to_lowercase).collect()
}

/// The currency and the number of a sum, however it is written.
fn amount(text: &str) -> (&'static str, String) {
    let lower = text.to_lowercase();
    let currency = [
        ("EUR", ["€", "eur"]),
        ("USD", ["$", "usd"]),
        ("GBP", ["£", "gbp"]),
        ("CHF", ["chf", "franken"]),
        ("USD", ["dollar", "bucks"]),
        ("GBP", ["pound", "quid"]),
    ]
    .into_iter()
    .find(|(_, signs)| signs.iter().any(|sign| lower.contains(sign)))
    .map_or("", |(code, _)| code);
    let number: String = lower
        .chars()
        .filter(|it| it.is_ascii_digit() || matches!(it, '.' | ','))
        .collect();
    let number = number.trim_matches(['.', ',']);
    let decimal = number
        .rfind(['.', ','])
        .filter(|at| number.len() - at - 1 != 3);
    let digits = |text: &str| text.replace(['.', ','], "");
    let (whole, part) = match decimal {
        Some(at) => (
            digits(number.get(..at).unwrap_or_default()),
            digits(number.get(at..).unwrap_or_default()),
        ),
        None => (digits(number), String::new()),
    };
    let part = part.trim_end_matches('0');
    (currency, format!("{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_the_same_however_they_are_written() {
        let check = |a: &str, b: &str| assert_eq!(amount(a), amount(b), "{a} / {b}");
        check("49,90 €", "49.90 EUR");
        check("$1,250.00", "1250 USD");
        check("2.400 CHF", "2400 CHF");
        check("86 pounds", "86 GBP");
        assert_ne!(amount("49.90 EUR"), amount("49.90 USD"));
        assert_ne!(amount("4.99 EUR"), amount("49.9 EUR"));
    }

    #[test]
    fn each_group_needs_one() {
        let groups = |text: &[&[&str]]| -> Vec<Vec<String>> {
            let group = |it: &&[&str]| it.iter().map(|it| (*it).to_owned()).collect();
            text.iter().map(group).collect()
        };
        let told = ["Customer wants a refund for order 88213."];
        assert!(says(told, &groups(&[&["refund", "money"], &["88213"]])));
        assert!(!says(told, &groups(&[&["refund"], &["twice"]])));
    }
}
