//! Products by the form of their names: a make with its model ("Pixel 8"), a plan by name
//! ("Family plan"), a name with a capital inside ("AeroPress Go"), and devices and browsers
//! that everybody names alike.

use std::sync::LazyLock;

use regex::Regex;

static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    super::pattern(concat!(
        // A capital inside, and the names that follow: "AeroPress Go", "MacBook Air".
        r"(?-u:\b)(?:[A-Z][a-z]+[A-Z][A-Za-z]*[a-z][A-Za-z]*|i(?:Phone|Pad|Mac|Pod|OS|Cloud))(?: (?:[A-Z][a-z]+|[A-Z]{0,2}[0-9]{1,4}[A-Za-z]?)(?-u:\b))*",
        // A make and its model: "Fritzbox 7590", "Galaxy S23", "Speedport Smart 4".
        r"|(?-u:\b)[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?(?: (?:[A-Z]{1,2}[0-9]{1,4}[A-Za-z]{0,2}|[0-9]{1,4}[A-Za-z]{0,2})(?-u:\b))",
        // A plan: "Family plan", "Premium-Tarif".
        r"|(?-u:\b)[A-Z][a-z]+[ -](?:plan|subscription|membership|tariff|Tarif|Paket|Abo)(?-u:\b)",
        // What everybody names alike.
        r"|(?-u:\b)(?i:firefox|chrome|safari|macbook|android|playstation|xbox|iphone|ipad)(?-u:\b)(?: (?:[A-Z][a-z]+|[0-9]{1,3})(?-u:\b))?",
    ))
});

/// Words with a capital that announce a number and are no make.
const ANNOUNCING: &[&str] = &[
    "order",
    "invoice",
    "ticket",
    "case",
    "error",
    "code",
    "status",
    "version",
    "number",
    "booking",
    "reservation",
    "claim",
    "policy",
    "account",
    "customer",
    "step",
    "line",
    "room",
    "floor",
    "page",
    "section",
    "chapter",
    "day",
    "week",
    "level",
    "coach",
    "seat",
    "gate",
    "flight",
    "train",
    "bus",
    "platform",
    "unit",
    "apartment",
    "building",
    "street",
    "road",
    "lane",
    "house",
    "box",
    "since",
    "after",
    "before",
    "until",
    "about",
    "around",
    "only",
    "just",
    "still",
    "over",
    "under",
    "with",
    "from",
    "for",
    "the",
    "and",
    "but",
    "then",
    "that",
    "this",
    "its",
    "was",
    "paid",
    "charged",
    "bought",
    "ordered",
    "waited",
    "waiting",
    "tried",
    "got",
    "have",
    "has",
    "had",
    "need",
    "want",
    "please",
    "hello",
    "your",
    "our",
    "their",
    "some",
    "all",
    "any",
    "these",
    "those",
    "last",
    "next",
    "first",
    "second",
    "third",
    "response",
    "http",
    "port",
    "item",
    "items",
    "option",
    "question",
    "bestellung",
    "rechnung",
    "vertrag",
    "auftrag",
    "kunde",
    "fehler",
    "zug",
    "wagen",
    "platz",
    "nummer",
    "seite",
    "schritt",
    "version",
    "seit",
    "nach",
    "vor",
    "noch",
    "schon",
    "über",
    "etwa",
    "commande",
    "facture",
    "train",
    "dossier",
    "erreur",
    "pedido",
    "factura",
    "reserva",
    "tren",
    "error",
    "code",
    "level",
    "total",
    "top",
    "part",
    "phase",
    "type",
    "class",
    "model",
    "size",
    "größe",
    "modell",
    "typ",
    "taille",
    "talla",
    "upgrade",
    "cancel",
    "change",
    "plus",
    "minus",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "oct",
    "nov",
    "dec",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mr",
    "mrs",
    "dr",
];
/// Words before "plan" and its like that name none.
const NO_PLAN: &[&str] = &[
    "the", "my", "your", "our", "this", "that", "what", "which", "new", "old", "current", "cancel",
    "change", "no", "a",
];

/// The products that a text names, with their places.
pub(super) fn find(body: &str) -> Vec<(usize, usize)> {
    if !body.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    FORMS
        .find_iter(body)
        .filter(|hit| is_product(hit.as_str()))
        .map(|hit| (hit.start(), hit.end()))
        .collect()
}

fn is_product(name: &str) -> bool {
    let mut words = name.split([' ', '-']);
    let first = words.next().unwrap_or_default().to_lowercase();
    let last = words.next_back().unwrap_or_default();
    let is_plan = last.chars().all(char::is_alphabetic)
        && matches!(
            last.to_lowercase().as_str(),
            "plan" | "subscription" | "membership" | "tariff" | "tarif" | "paket" | "abo"
        );
    if is_plan {
        return !NO_PLAN.contains(&first.as_str());
    }
    !ANNOUNCING.contains(&first.as_str())
        && !words.any(|word| ANNOUNCING.contains(&word.to_lowercase().as_str()))
}
