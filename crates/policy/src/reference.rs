//! The reference of the language, written from the tables that the reader checks by.

use std::fmt::Write as _;

use segue_model::signal::{SignalKind, Unit};

use crate::grammar::{self, Section, Words};
use crate::lint::LintCode;
use crate::problem::ProblemCode;
use crate::read::conditions::LeafUnit;
use crate::words::{FACTS, meanings};

/// The reference as Markdown, for `docs/POLICY.md`.
pub fn reference() -> String {
    let mut page = String::new();
    // Writing to a string cannot fail, here and below.
    for section in grammar::sections() {
        keys(&mut page, section);
    }
    for (title, words) in WORDS {
        let _ = write!(page, "### {title}\n\n| word | meaning |\n|---|---|\n");
        for (word, about) in words() {
            let _ = writeln!(page, "| `{word}` | {about} |");
        }
        page.push('\n');
    }
    signals(&mut page);
    let _ = write!(
        page,
        "### facts\n\n| fact | comparisons | meaning |\n|---|---|---|\n"
    );
    for fact in FACTS {
        let tests = tests(LeafUnit::Fact(fact.unit));
        let _ = writeln!(page, "| `{}` | {tests} | {} |", fact.name, fact.about);
    }
    limits(&mut page);
    let _ = write!(
        page,
        "\n### errors\n\nA policy with one of these is not loaded.\n\n| code | meaning |\n|---|---|\n"
    );
    for code in ProblemCode::ALL {
        let _ = writeln!(page, "| `{}` | {} |", code.as_str(), code.about());
    }
    let _ = write!(page, "\n### warnings\n\n| code | meaning |\n|---|---|\n");
    for code in LintCode::ALL {
        let _ = writeln!(page, "| `{}` | {} |", code.as_str(), code.about());
    }
    page
}

/// The words with meanings worth a table.
const WORDS: &[(&str, Words)] = &[
    ("verdicts", meanings::<crate::words::VerdictWord>),
    (
        "kinds of handoff",
        meanings::<segue_model::verdict::HandoffKind>,
    ),
    ("triggers", meanings::<segue_model::escalation::Trigger>),
    ("priorities", meanings::<segue_model::escalation::Priority>),
    (
        "root causes",
        meanings::<segue_model::escalation::RootCause>,
    ),
    (
        "degrees of autonomy",
        meanings::<crate::definition::Autonomy>,
    ),
    (
        "disclosure to customers",
        meanings::<crate::definition::CustomerDisclosure>,
    ),
    (
        "disclosure to staff",
        meanings::<crate::definition::StaffDisclosure>,
    ),
];

fn keys(page: &mut String, section: &Section) {
    let _ = write!(
        page,
        "### {}\n\n*{}.* {}\n\n| key | takes | left out | meaning |\n|---|---|---|---|\n",
        section.name, section.place, section.about
    );
    for entry in &section.keys {
        let otherwise = match (entry.is_needed, entry.otherwise) {
            (true, _) => "an error",
            (false, Some(otherwise)) => otherwise,
            (false, None) => "–",
        };
        let _ = writeln!(
            page,
            "| `{}` | {} | {otherwise} | {} |",
            entry.key, entry.shape, entry.about
        );
    }
    page.push('\n');
}

fn signals(page: &mut String) {
    let _ = write!(
        page,
        "### signals\n\nBesides these, every topic is a flag `topic.NAME`.\n\n| signal | unit | comparisons | meaning |\n|---|---|---|---|\n"
    );
    for unit in [Unit::Flag, Unit::Count, Unit::Score, Unit::Polarity] {
        let leaf = LeafUnit::Signal(unit);
        for kind in SignalKind::ALL.iter().filter(|kind| kind.unit() == unit) {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} |",
                kind.name(),
                leaf.name(),
                tests(leaf),
                kind.about()
            );
        }
    }
    page.push('\n');
}

fn tests(unit: LeafUnit) -> String {
    let tests: Vec<String> = unit
        .tests()
        .iter()
        .map(|test| format!("`{test}`"))
        .collect();
    tests.join(", ")
}

fn limits(page: &mut String) {
    let limits = [
        ("bytes of the file", crate::tree::TEXT_BYTES_MAX),
        (
            "values in the file, what aliases stand for included",
            crate::tree::NODES_MAX,
        ),
        ("nesting of the file", crate::tree::DEPTH_MAX),
        ("aliases", crate::tree::ALIASES_MAX),
        ("rules", grammar::RULES_MAX),
        ("comparisons in one rule", grammar::LEAVES_MAX),
        ("nesting of a condition", grammar::DEPTH_MAX),
        ("topics", grammar::TOPICS_MAX),
        ("patterns in all topics", grammar::PATTERNS_MAX),
        ("phrases of one topic", grammar::PHRASES_MAX),
        (
            "characters of a pattern",
            segue_model::limits::SHORT_TEXT_BYTES_MAX,
        ),
        ("queues", grammar::QUEUES_MAX),
        ("languages", grammar::LANGUAGES_MAX),
        ("bytes of a notice", crate::wording::TEMPLATE_BYTES_MAX),
    ];
    let _ = write!(page, "\n### limits\n\n| of | at most |\n|---|---|\n");
    for (what, most) in limits {
        let _ = writeln!(page, "| {what} | {most} |");
    }
}
