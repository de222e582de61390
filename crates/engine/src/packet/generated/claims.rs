//! What a sentence says was done, and whether it says that it was or that it was not
//! (`science.md` §8c). Words of outcomes come in groups: one of a group is the ground of
//! another of it, a wish is no ground of a deed, and "not" must be on both sides or none.

use crate::packet::cues;

/// How many words before one say that it was not so, or is only wished.
const REACH_NOT: usize = 4;
const REACH_WISH: usize = 8;

/// Groups of words, folded: deeds as they are told when done.
const GROUPS: &[(&str, &str)] = &[
    (
        "work",
        "worked works working helped helps fixed resolved solved succeeded successful successfully funktioniert geholfen gelost geklappt",
    ),
    (
        "refund",
        "refunded reimbursed credited erstattet gutgeschrieben",
    ),
    ("issue", "issued processed granted approved genehmigt"),
    (
        "cancel",
        "cancelled canceled terminated storniert gekundigt",
    ),
    (
        "deliver",
        "delivered arrived geliefert angekommen zugestellt",
    ),
    (
        "send",
        "sent shipped dispatched mailed emailed versendet verschickt gesendet",
    ),
    (
        "charge",
        "charged billed debited deducted abgebucht belastet berechnet",
    ),
    ("pay", "paid bezahlt gezahlt"),
    ("replace", "replaced exchanged ersetzt"),
    ("confirm", "confirmed verified authenticated bestatigt"),
    (
        "promise",
        "promised guaranteed assured versprochen zugesagt",
    ),
    (
        "enable",
        "activated enabled unlocked reactivated upgraded freigeschaltet aktiviert",
    ),
    (
        "disable",
        "deactivated disabled locked blocked suspended downgraded gesperrt deaktiviert",
    ),
    ("delete", "deleted removed erased geloscht entfernt"),
    ("close", "closed geschlossen"),
    ("restore", "restored recovered wiederhergestellt"),
    ("change", "updated changed replaced geandert aktualisiert"),
    ("escalate", "escalated transferred weitergeleitet"),
    ("steal", "stolen hacked compromised gestohlen gehackt"),
    ("lose", "lost missing verloren"),
    ("agree", "agreed accepted consented zugestimmt akzeptiert"),
    ("able", "can able could manages managed kann konnte"),
];

/// Deeds in the form in which they are wished or promised.
const WISHED: &[(&str, &str)] = &[
    ("charge", "charge charges bill"),
    (
        "refund",
        "refund reimburse credit erstatten erstattung ruckerstattung",
    ),
    ("cancel", "cancel terminate kundigen stornieren"),
    ("replace", "replace exchange replacement ersetzen"),
    ("delete", "delete remove erase loschen"),
    ("pay", "pay compensate compensation zahlen"),
    ("work", "fix resolve solve guarantee"),
    ("send", "send ship dispatch"),
];

/// Words that say that something did not go well, whatever it was.
const FAILED: &[&str] = &[
    "failed",
    "fails",
    "failing",
    "broken",
    "declined",
    "rejected",
    "unsuccessful",
    "refused",
    "denied",
    "fehlgeschlagen",
    "abgelehnt",
    "kaputt",
];

const NOT: &[&str] = &[
    "not", "no", "never", "didnt", "doesnt", "dont", "cant", "cannot", "couldnt", "wont",
    "wouldnt", "hasnt", "havent", "hadnt", "isnt", "wasnt", "werent", "arent", "without", "unable",
    "neither", "nor", "nobody", "nothing", "none", "nicht", "kein", "keine", "keinen", "keiner",
    "nie", "ohne", "niemand", "nichts", "failed", "fails", "refused", "refuses",
];

const WISH: &[&str] = &[
    "want",
    "wants",
    "wanted",
    "wish",
    "wishes",
    "ask",
    "asks",
    "asked",
    "asking",
    "request",
    "requests",
    "requested",
    "need",
    "needs",
    "needed",
    "would",
    "like",
    "please",
    "should",
    "if",
    "whether",
    "hopes",
    "expects",
    "expected",
    "demands",
    "demanded",
    "when",
    "why",
    "how",
    "to",
    "mochte",
    "will",
    "bitte",
    "ob",
    "wann",
    "warum",
    "soll",
    "fragt",
    "going",
    "unless",
    "until",
];

/// Where a clause begins anew: what stands before says nothing about what follows.
const BREAKS: &[&str] = &[
    "but", "and", "then", "because", "aber", "und", "weil", "however", "after",
];

/// One thing that a sentence says was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// The group of its word.
    pub group: &'static str,
    /// Whether it says that it was not done.
    pub is_negated: bool,
    /// Whether it is only wished, asked or supposed.
    pub is_wished: bool,
}

fn group_of(word: &str, table: &'static [(&'static str, &'static str)]) -> Vec<&'static str> {
    let groups = table.iter();
    groups
        .filter(|(_, words)| words.split(' ').any(|known| known == word))
        .map(|(group, _)| *group)
        .collect()
}

/// The claims of a folded sentence. One that asks claims nothing as done.
pub(super) fn claims(flat: &str, is_question: bool) -> Vec<Claim> {
    let words: Vec<&str> = flat.split(' ').filter(|word| !word.is_empty()).collect();
    let mut claims = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let before = words.get(..place).unwrap_or_default();
        let clause = before
            .iter()
            .rposition(|word| BREAKS.contains(word))
            .map_or(before, |at| before.get(at + 1..).unwrap_or_default());
        let near = |reach: usize, list: &[&str]| {
            let from = clause.len().saturating_sub(reach);
            let near = clause.get(from..).unwrap_or_default();
            near.iter().any(|word| list.contains(word))
        };
        let is_cannot = matches!(*word, "cannot" | "cant" | "couldnt" | "unable");
        let mut is_negated = near(REACH_NOT, NOT) || is_cannot;
        let follows = words.get(place + 1);
        is_negated |= *word == "can" && follows == Some(&"not");
        let is_wished = is_question || near(REACH_WISH, WISH);
        let mut groups = group_of(word, GROUPS);
        if FAILED.contains(word) {
            groups.push("work");
            is_negated = !near(REACH_NOT, NOT);
        }
        if is_cannot {
            groups.push("able");
        }
        claims.extend(groups.into_iter().map(|group| Claim {
            group,
            is_negated,
            is_wished,
        }));
    }
    claims
}

/// Whether a folded line promises what it is not the assistant's to promise: "we will
/// refund you". What has been done may be told, if the turns tell it.
pub(super) fn promises(flat: &str) -> bool {
    const WILL: &[&str] = &[
        "will",
        "ill",
        "well",
        "shall",
        "werde",
        "werden",
        "promise",
        "guarantee",
    ];
    let words: Vec<&str> = flat.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(place, word)| {
        let before = words.get(place.saturating_sub(REACH_NOT)..place);
        let is_promised = before
            .unwrap_or_default()
            .iter()
            .any(|it| WILL.contains(it));
        let is_word = matches!(*word, "guarantee" | "garantieren");
        is_word || (is_promised && !group_of(word, WISHED).is_empty())
    })
}

/// A sentence that may be a ground: folded, and whether it asks.
#[derive(Debug)]
pub(super) struct Source {
    flat: String,
    claims: Vec<Claim>,
    is_negative: bool,
    has_not: bool,
}

impl Source {
    pub fn new(flat: String, is_question: bool) -> Self {
        let has_not = flat.split(' ').any(|word| NOT.contains(&word));
        let is_negative = has_not
            || flat.split(' ').any(|word| FAILED.contains(&word))
            || cues::is_problem(&flat)
            || cues::is_rejection(&flat);
        Self {
            claims: claims(&flat, is_question),
            is_negative,
            has_not,
            flat,
        }
    }

    fn supports(&self, claim: Claim) -> bool {
        let said = self.claims.iter().filter(|said| said.group == claim.group);
        let has_same = said
            .clone()
            .any(|said| said.is_negated == claim.is_negated && !said.is_wished);
        match (claim.group, claim.is_negated) {
            // What "did not work" is told in many words.
            ("work" | "able", true) => self.is_negative,
            ("work", false) => {
                (has_same || cues::is_solved(&self.flat)) && !cues::is_rejection(&self.flat)
            }
            (_, true) => has_same || (self.has_not && self.names(claim.group)),
            (_, false) => has_same,
        }
    }

    /// Whether it speaks of a group at all, done or wished.
    fn names(&self, group: &str) -> bool {
        let is_named = |word: &str| group_of(word, WISHED).contains(&group);
        self.claims.iter().any(|said| said.group == group) || self.flat.split(' ').any(is_named)
    }
}

/// The first claim of a folded sentence that no source supports, as a reason.
pub(super) fn unsupported(flat: &str, is_question: bool, sources: &[Source]) -> Option<String> {
    let made = claims(flat, is_question);
    let loose = made.iter().find(|claim| {
        let is_open = claim.is_wished && !claim.is_negated;
        !is_open && !sources.iter().any(|source| source.supports(**claim))
    });
    if let Some(claim) = loose {
        let not = if claim.is_negated { "not " } else { "" };
        return Some(format!(
            "it says that something did {not}happen (`{}`), and the turns it cites do not",
            claim.group
        ));
    }
    let is_negated = made.is_empty() && flat.split(' ').any(|word| NOT.contains(&word));
    (is_negated && !sources.iter().any(|source| source.is_negative))
        .then(|| "it says that something was not so, and the turns it cites do not".to_owned())
}
