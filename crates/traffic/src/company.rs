//! The company in which it takes place: what the generator is told of it.

use std::sync::Arc;

use jiff::tz::TimeZone;
use segue_engine::Ruleset;
use segue_model::fact::{FactValue, Facts, name};
use segue_model::id::{AgentId, CustomerId, QueueKey};
use uuid::Uuid;

use crate::dice::Dice;
use crate::words;

/// An article of its help centre.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its name in the knowledge.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// `billing`, `account`, `api`, `shipping`, `returns`, `integrations`, `privacy`.
    pub category: String,
    /// Questions that it answers, in customers' words.
    pub questions: Vec<String>,
    /// The sentences that the assistant answers with.
    pub answer: String,
}

/// Somebody who asks.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their identity in the workspace.
    pub id: CustomerId,
    /// What is known of them; the e-mail address is always there.
    pub facts: Facts,
    /// The language they write in.
    pub language: &'static str,
}

/// Somebody who answers.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Their identity.
    pub id: AgentId,
    /// The queues they work on.
    pub queues: Vec<QueueKey>,
}

/// The company.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its help centre.
    pub articles: Vec<Article>,
    /// Its customers.
    pub people: Vec<Person>,
    /// Its agents.
    pub colleagues: Vec<Colleague>,
    /// The policy in force when the history begins.
    pub rules: Arc<Ruleset>,
    /// Where its day begins.
    pub zone: TimeZone,
}

/// Of the four tiers, how many of a hundred customers.
const TIERS: [(&str, f64); 4] = [
    ("standard", 46.0),
    ("pro", 34.0),
    ("business", 16.0),
    ("enterprise", 4.0),
];
/// Of the languages, how many of a hundred customers.
const LANGUAGES: [(&str, f64); 4] = [("en", 78.0), ("de", 14.0), ("fr", 4.0), ("es", 4.0)];

/// Makes up customers; the same seed makes up the same ones.
pub fn people(seed: u64, n: usize) -> Vec<Person> {
    let mut dice = Dice::new(seed, 1);
    (0..n).map(|index| person(&mut dice, index)).collect()
}

fn person(dice: &mut Dice, index: usize) -> Person {
    let (first, last) = (dice.pick(words::FIRST_NAMES), dice.pick(words::LAST_NAMES));
    let shop = format!("{} {}", dice.pick(words::SHOPS), dice.pick(words::TRADES));
    let host = shop.to_lowercase().replace(' ', "");
    let email = format!(
        "{}.{}{index}@{host}.example",
        first.to_lowercase(),
        last.to_lowercase()
    );
    let tier = TIERS.get(dice.weighted(TIERS.iter().map(|(_, weight)| *weight)));
    let tier = tier.map_or("standard", |(tier, _)| *tier);
    let language = LANGUAGES.get(dice.weighted(LANGUAGES.iter().map(|(_, weight)| *weight)));
    let text = |value: String| FactValue::Text(value);
    let mut facts = Facts::default();
    let mut know = |name: &str, value| {
        facts.known.insert(name.to_owned(), value);
    };
    know(name::EMAIL, text(email.clone()));
    know(name::NAME, text(format!("{first} {last}")));
    know(name::TIER, text(tier.to_owned()));
    know(name::ACCOUNT_ID, text(format!("BC-{}", 30_000 + index)));
    know(name::ACCOUNT_OWNER, FactValue::Flag(dice.chance(0.7)));
    know(
        name::VIP,
        FactValue::Flag(tier == "enterprise" && dice.chance(0.5)),
    );
    know("company", text(shop));
    Person {
        id: CustomerId::new(Uuid::new_v5(&Uuid::NAMESPACE_URL, email.as_bytes())),
        facts,
        language: language.map_or("en", |(language, _)| *language),
    }
}
