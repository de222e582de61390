//! The built-in rules, lexicon and synonyms, read once per process.

use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::rules::{Grammar, Rules, Substring, TargetId, read};
use crate::vocabulary::{Builder, Vocabulary, WordId, WordSet, hash32};

const RULES: &str = include_str!("../data/rules.txt");
const LEXICON: &str = include_str!("../data/lexicon.txt");
const CONCEPTS: &str = include_str!("../data/concepts.txt");
const WORDS: &str = include_str!("../data/words.txt");

macro_rules! targets {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// What a built-in rule can speak for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Target { $($name),* }

        impl Target {
            /// All of them, in order of their numbers.
            pub const ALL: &'static [Target] = &[$(Target::$name),*];

            /// The name in the rule file.
            pub const fn name(self) -> &'static str {
                match self { $(Target::$name => $text),* }
            }
        }
    };
}

targets! {
    OptOut = "opt_out",
    Fraud = "fraud",
    LegalThreat = "legal_threat",
    AccountCancellation = "account_cancellation",
    DataDeletion = "data_deletion",
    Security = "security",
    Distress = "distress",
    Threat = "threat",
    Anger = "anger",
    Frustration = "frustration",
    Sarcasm = "sarcasm",
    Feedback = "feedback",
    Thanks = "thanks",
    Promise = "promise",
    Slot = "slot",
    Mood = "mood",
    Info = "info",
    RefundReturn = "topic.refund_return",
    CancelClose = "topic.cancel_close",
    BillingDispute = "topic.billing_dispute",
    FraudSecurity = "topic.fraud_security",
    Complaint = "topic.complaint",
    PrivacyData = "topic.privacy_data",
    Legal = "topic.legal",
    Billing = "topic.billing",
    Technical = "topic.technical",
    Shipping = "topic.shipping",
    Account = "topic.account",
}

/// How many targets there are.
pub(crate) const TARGETS: usize = Target::ALL.len();

/// The built-in topics: the high-stakes ones, then the routing ones.
pub(crate) const TOPICS: &[(&str, Target)] = &[
    ("refund_return", Target::RefundReturn),
    ("cancel_close", Target::CancelClose),
    ("billing_dispute", Target::BillingDispute),
    ("fraud_security", Target::FraudSecurity),
    ("complaint", Target::Complaint),
    ("privacy_data", Target::PrivacyData),
    ("legal", Target::Legal),
    ("billing", Target::Billing),
    ("technical", Target::Technical),
    ("shipping", Target::Shipping),
    ("account", Target::Account),
];

/// The names of the built-in topics, in the same order.
pub(crate) const TOPIC_NAMES: &[&str] = &[
    "refund_return",
    "cancel_close",
    "billing_dispute",
    "fraud_security",
    "complaint",
    "privacy_data",
    "legal",
    "billing",
    "technical",
    "shipping",
    "account",
];

/// Topics that a question about policy does not raise. Asking what the rules
/// are is what an assistant is for.
pub(crate) const ASKED_ABOUT: &[Target] = &[
    Target::RefundReturn,
    Target::CancelClose,
    Target::BillingDispute,
    Target::AccountCancellation,
    Target::DataDeletion,
    Target::PrivacyData,
    Target::Complaint,
    Target::Legal,
    Target::LegalThreat,
];

/// What is not meant where its words are negated. Of others a negation may be part:
/// "I did not make this payment".
pub(crate) const NEGATED_IS_NOT_MEANT: &[Target] = &[
    Target::OptOut,
    Target::RefundReturn,
    Target::CancelClose,
    Target::PrivacyData,
];

/// Word classes that measurements use directly.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    /// Words that carry no content: articles, pronouns, auxiliaries.
    pub function: WordSet,
    /// Words that frame a request and say nothing of its subject.
    pub frame: WordSet,
    /// Words so common in requests that sharing one means little.
    pub common: WordSet,
    /// "very", "sehr".
    pub boosters: WordSet,
    /// "slightly", "etwas".
    pub dampeners: WordSet,
    /// "but", "aber": what follows counts more.
    pub contrasts: WordSet,
    /// Negations that turn a mood around.
    pub negations: WordSet,
    /// Words with which somebody is turned down: "sorry", "leider".
    pub regrets: WordSet,
    /// Words with which somebody agrees: "okay", "gerne".
    pub consents: WordSet,
    /// Words that a question for information begins with.
    pub askers: WordSet,
    /// Words that may stand before them.
    pub openings: WordSet,
    /// Words that make a question a complaint.
    pub impatience: WordSet,
    /// Words of "how could you", one after the other.
    pub accusers: WordSet,
    /// The one who is accused by them.
    pub accused: WordSet,
    /// Words written in capitals by nature.
    pub acronyms: WordSet,
    /// Verbs that ask for an action.
    pub actions: WordSet,
    /// Systems that an action touches.
    pub systems: WordSet,
    /// Words that say that something went wrong in a system.
    pub faults: WordSet,
    /// Words that make a request depend on something.
    pub conditionals: WordSet,
    /// Actions that cannot be taken back.
    pub irreversible: WordSet,
}

/// Everything built in.
pub(crate) struct Builtin {
    /// The words.
    pub vocabulary: Vocabulary,
    /// The rules.
    pub rules: Rules,
    /// The classes.
    pub classes: Classes,
    /// Finds all substrings at once.
    pub substrings: Option<AhoCorasick>,
    /// What each substring means, in the automaton's order.
    pub substring_meanings: Vec<Substring>,
}

/// The one copy.
pub(crate) static BUILTIN: LazyLock<Arc<Builtin>> = LazyLock::new(|| Arc::new(build().0));

/// Reads the files. Lines that cannot be read are left out and named,
/// `file:line reason`; a test sees to it that there are none.
fn build() -> (Builtin, Vec<String>) {
    let mut words = Builder::new();
    let target = |name: &str| {
        let at = Target::ALL
            .iter()
            .position(|target| target.name() == name)?;
        TargetId::try_from(at).ok()
    };
    let rules = read(RULES, &mut words, &target);
    let lists = read(WORDS, &mut words, &target);
    let mut problems: Vec<String> = Vec::new();
    for (file, source) in [("rules", &rules), ("words", &lists)] {
        problems.extend(
            source
                .problems
                .iter()
                .map(|it| format!("{file}:{} {}", it.line, it.reason)),
        );
    }
    read_lexicon(&mut words, &mut problems);
    read_concepts(&mut words, &mut problems);

    let class = |name: &str| {
        let ids = lists
            .class(name)
            .or_else(|| rules.class(name))
            .unwrap_or(&[]);
        words.set_of(ids)
    };
    let classes = Classes {
        function: class("function"),
        frame: class("frame"),
        common: class("common"),
        boosters: class("boosters"),
        dampeners: class("dampeners"),
        contrasts: class("contrasts"),
        negations: class("negation"),
        regrets: class("regrets"),
        consents: class("consents"),
        askers: class("askers"),
        openings: class("openings"),
        impatience: class("impatience"),
        accusers: class("accusers"),
        accused: class("accused"),
        acronyms: class("acronyms"),
        actions: class("actions"),
        systems: class("systems"),
        faults: class("faults"),
        conditionals: class("conditionals"),
        irreversible: class("irreversible"),
    };
    let grammar = Grammar {
        negations: class("refusal"),
        bridges: class("bridge"),
        fillers: class("filler"),
    };
    let list = rules.rules(&words);
    let substring_meanings = rules.substrings;
    let substrings = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(
            substring_meanings
                .iter()
                .map(|substring| substring.text.as_bytes()),
        )
        .ok();
    let vocabulary = words.finish();
    let rules = Rules::new(list, grammar, &vocabulary);
    let builtin = Builtin {
        vocabulary,
        rules,
        classes,
        substrings,
        substring_meanings,
    };
    (builtin, problems)
}

fn read_lexicon(words: &mut Builder, problems: &mut Vec<String>) {
    let mut seen: Vec<WordId> = Vec::new();
    for (number, line) in content_lines(LEXICON) {
        let mut fields = line.split_whitespace();
        let Some(valence) = fields.next().and_then(|field| field.parse::<f32>().ok()) else {
            problems.push(format!("lexicon:{number} no number"));
            continue;
        };
        for word in fields {
            let id = words.word(word);
            // The first line that names a word decides.
            if !seen.contains(&id) {
                words.set_valence(id, valence);
                seen.push(id);
            }
        }
    }
}

fn read_concepts(words: &mut Builder, problems: &mut Vec<String>) {
    for (number, line) in content_lines(CONCEPTS) {
        let Some((name, members)) = line.split_once(": ") else {
            problems.push(format!("concepts:{number} no name"));
            continue;
        };
        let concept = hash32(name.as_bytes());
        for word in members.split_whitespace() {
            let id = words.word(word);
            words.set_concept(id, concept);
        }
    }
}

fn content_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        missing_docs
    )]

    use super::*;

    #[test]
    fn every_line_of_the_files_is_read() {
        let (builtin, problems) = build();
        assert_eq!(problems, Vec::<String>::new());
        assert!(builtin.substrings.is_some());
    }

    #[test]
    fn topics_and_names_agree() {
        let names: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, TOPIC_NAMES);
    }
}
