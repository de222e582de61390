//! What is known of the customer, in reading order.

use segue_model::event::Opening;
use segue_model::fact::{FactValue, Facts, name};

use super::text;

/// How long one value may be, in characters.
const VALUE_CHARS_MAX: usize = 200;

/// The facts that come first, with their labels.
const LABELS: &[(&str, &str)] = &[
    (name::NAME, "Name"),
    (name::EMAIL, "E-mail"),
    (name::ACCOUNT_ID, "Account"),
    (name::TIER, "Tier"),
    (name::PLAN, "Plan"),
    (name::VIP, "VIP"),
    (name::AUTHENTICATED, "Signed in"),
    (name::ACCOUNT_OWNER, "Account owner"),
    (name::ACCOUNT_MANAGER, "Account manager"),
    (name::DEPUTY, "Deputy"),
];

/// The labels and values, only those that are known.
pub(super) fn collect(opening: &Opening, facts: &Facts) -> Vec<(String, FactValue)> {
    let known = |key: &str| {
        facts
            .known
            .get(key)
            .or_else(|| opening.facts.known.get(key))
    };
    let first = LABELS
        .iter()
        .filter_map(|(key, label)| known(key).map(|value| ((*label).to_owned(), value.clone())));
    let mut others: Vec<&String> = facts
        .known
        .keys()
        .chain(opening.facts.known.keys())
        .collect();
    others.sort();
    others.dedup();
    others.retain(|key| !LABELS.iter().any(|(known, _)| known == key));
    let others = others.into_iter().filter_map(|key| {
        known(key).map(|value| (text::capitalized(&key.replace('_', " ")), value.clone()))
    });
    let place = [
        ("Browser", &opening.browser),
        ("Page", &opening.page),
        ("Language", &opening.locale),
    ];
    let place = place
        .into_iter()
        .filter_map(|(label, value)| Some((label.to_owned(), FactValue::Text(value.clone()?))));
    first
        .chain(others)
        .chain(place)
        .filter_map(|(label, value)| Some((label, tidy(value)?)))
        .collect()
}

/// A value on one line; `None` if nothing is in it.
fn tidy(value: FactValue) -> Option<FactValue> {
    match value {
        FactValue::Text(value) => {
            let line = text::clip_chars(&text::clean(&value), VALUE_CHARS_MAX);
            (!line.is_empty()).then_some(FactValue::Text(line))
        }
        // JSON has no form for these.
        FactValue::Number(number) if !number.is_finite() => None,
        other => Some(other),
    }
}
