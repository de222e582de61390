//! Redaction against what it must find and what it must leave alone (S-24, S-25).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use proptest::prelude::*;
use segue_detect::redact::{Kind, Lifting, Private, Veil, find};

/// What S-25 asks for.
const RECALL_MIN: f64 = 0.98;
const FALSE_MAX: f64 = 0.01;
const NEGATIVES: usize = 2_400;

fn kind_of(word: &str) -> Kind {
    *Kind::ALL.iter().find(|kind| kind.word() == word).unwrap()
}

#[test]
fn what_is_private_is_found_as_a_whole() {
    let (mut found, mut all, mut missed) = (0, 0, Vec::new());
    for line in include_str!("redact/positives.txt").lines() {
        let line = line.replace('~', "").replace("\\n", "\n");
        let Some((kind, rest)) = line.split_once('\t') else {
            continue;
        };
        let (value, text) = rest.split_once('\t').unwrap();
        all += 1;
        let hit = find(text.trim_end(), &Private::default())
            .into_iter()
            .any(|span| span.kind == kind_of(kind) && text[span.start..span.end].contains(value));
        if hit {
            found += 1
        } else {
            missed.push(text.trim_end().to_owned())
        }
    }
    assert!(all >= 200, "{all}");
    let recall = f64::from(found) / f64::from(all);
    println!("found {found} of {all}");
    assert!(recall >= RECALL_MIN, "recall {recall:.3}: {missed:#?}");
}

/// A sequence of its own: the same lines in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    fn filled(&mut self, form: &str) -> String {
        form.chars()
            .map(|it| match it {
                '9' => char::from_digit(u32::try_from(self.below(10)).unwrap(), 10).unwrap(),
                '8' => char::from_digit(1 + u32::try_from(self.below(9)).unwrap(), 10).unwrap(),
                'X' => char::from(b'A' + u8::try_from(self.below(26)).unwrap()),
                'h' => char::from_digit(u32::try_from(self.below(16)).unwrap(), 16).unwrap(),
                other => other,
            })
            .collect()
    }
}

/// What customers write that only looks private: X a letter, 9 a digit, 8 one that is
/// not zero, h a hexadecimal one.
const FORMS: &[&str] = &[
    "#8999",
    "order 899999",
    "order 89999999",
    "XX-99999",
    "INV-2026-99999",
    "RMA 899999",
    "899-8999999-9999999",
    "tracking 1Z999XX99999999999",
    "00340434899999999999",
    "JJD0009999999999999",
    "89.99 €",
    "$8,999.00",
    "8.999,50 EUR",
    "2026-01-19",
    "19.04.2026",
    "03/28/2026",
    "12:45",
    "at 9:30 pm",
    "8.9.9",
    "v8.99.9",
    "192.168.9.89",
    "10.0.99.8:8080",
    "hhhhhhhh-hhhh-4hhh-8hhh-hhhhhhhhhhhh",
    "commit hhhhhhh",
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh",
    "error 402",
    "HTTP 500",
    "0x8hhhhhhh",
    "E8999",
    "ERR_TIMED_OUT",
    "SKU 899999-XX",
    "article 8999999",
    "XXX999XX9",
    "serial XX99X9999XX",
    "size 89",
    "899 MB",
    "8999 requests",
    "ZIP 89999",
    "89999 Berlin",
    "https://example.com/orders/899999",
    "example.com/a/8999-999-8999",
    "ticket 89999-899",
    "room 899",
    "account 8999999",
    "customer number 89999999",
    "flight XX8999",
    "booking XXX8X9",
    "IMEI 990000862471854",
    "1.8.2026 - 5.8.2026",
    "8999 x 8999",
    "8x 89 mm",
    "+8 points",
    "+89%",
    "08:00-17:00",
    "24/7",
    "2025/2026",
    "89 of 899",
    "ISBN 978-3-16-148410-0",
    "build 20260819.9",
    "port 8443",
    "id 1700000000999",
];
const LINES: &[&str] = &[
    "Where is {}?",
    "My password is wrong since {}",
    "It says {} again",
    "{} never arrived",
    "I was charged for {} twice",
    "The API key does not work, {}",
    "see {} in the list",
    "{}",
    "Ist {} schon da?",
    "token expired at {}",
    "reset my password, {}",
    "the pin does not come, {}",
    "call failed with {}",
    "my phone shows {}",
    "please check {} and write back",
];

#[test]
fn what_only_looks_private_is_left_alone() {
    let mut dice = Dice(5);
    let mut wrong = Vec::new();
    for _ in 0..NEGATIVES {
        let (form, line) = (dice.of(FORMS), dice.of(LINES));
        let text = line.replace("{}", &dice.filled(form));
        if !find(&text, &Private::default()).is_empty() {
            wrong.push(text);
        }
    }
    println!("{} of {NEGATIVES} are taken for private", wrong.len());
    #[allow(clippy::cast_precision_loss)]
    let share = wrong.len() as f64 / NEGATIVES as f64;
    assert!(share <= FALSE_MAX, "{share:.4}: {wrong:#?}");
}

#[test]
fn names_and_terms_are_words_of_their_own() {
    let private = Private::new(["Anna Lee-Berg", "X"], ["Project Heron", "§7"]);
    let covered = |text: &str| Veil::default().cover(text, &private);
    assert_eq!(covered("I am anna lee-berg."), "I am [NAME_1].");
    assert_eq!(covered("Anna here, ANNA!"), "[NAME_1] here, [NAME_2]!");
    assert_eq!(
        covered("Annabel has a banana, X"),
        "Annabel has a banana, X"
    );
    assert_eq!(
        covered("project heron ships per §7"),
        "[TERM_1] ships per [TERM_2]"
    );
}

#[test]
fn a_mark_that_somebody_wrote_is_never_lifted() {
    let texts = ["show me [EMAIL_1] and [EMAIL_3]", "mine is a@example.com"];
    let mut veil = Veil::over(texts);
    let private = Private::default();
    let covered: Vec<String> = texts
        .iter()
        .map(|text| veil.cover(text, &private))
        .collect();
    assert_eq!(
        covered,
        ["show me [EMAIL_1] and [EMAIL_3]", "mine is [EMAIL_4]"]
    );
    assert_eq!(
        veil.lift("[EMAIL_1] [EMAIL_4] [EMAIL_44] [EMAIL_4"),
        "[EMAIL_1] a@example.com [EMAIL_44] [EMAIL_4"
    );
}

#[test]
fn cards_and_keys_are_named_on_return_and_not_shown() {
    let mut veil = Veil::default();
    let covered = veil.cover("charge 4111 1111 1111 1111, pin 4711", &Private::default());
    assert_eq!(covered, "charge [CARD_1], pin [SECRET_1]");
    assert_eq!(veil.lift(&covered), "charge [card number], pin [secret]");
}

proptest! {
    #[test]
    fn covering_and_lifting_gives_the_text_again(
        words in prop::collection::vec("[a-z]{1,6}|[a-z]{2,5}@example\\.com|\\+49 170 [0-9]{7}|Anna|\\[|\\]|é", 0..20),
        cuts in prop::collection::vec(1_usize..9, 0..40),
    ) {
        let text = words.join(" ");
        let private = Private::new(["Anna"], []);
        let mut veil = Veil::over([text.as_str()]);
        let covered = veil.cover(&text, &private);
        prop_assert!(!covered.contains("@example"));
        prop_assert_eq!(veil.lift(&covered), text.clone());
        // In pieces, wherever it is cut.
        let mut lifting = Lifting::new(veil);
        let mut lifted = String::new();
        let mut rest: Vec<char> = covered.chars().collect();
        for cut in cuts {
            let tail = rest.split_off(cut.min(rest.len()));
            lifted.push_str(&lifting.push(&rest.iter().collect::<String>()));
            rest = tail;
        }
        lifted.push_str(&lifting.push(&rest.iter().collect::<String>()));
        lifted.push_str(&lifting.finish());
        prop_assert_eq!(lifted, text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        let mut veil = Veil::over([text.as_str()]);
        let covered = veil.cover(&text, &Private::new(["ß"], ["a"]));
        let _ = veil.lift(&covered);
    }
}
