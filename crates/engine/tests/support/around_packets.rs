//! What is made from packets: the page's examples, and hints while an agent writes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use segue_engine::packet::hint::{Asked, hints};

use super::Case;

/// The examples of `docs/PACKET.md` are cases of this folder, to the letter.
#[test]
fn the_page_shows_these_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("../../docs/PACKET.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut new = String::new();
    let mut rest = page.as_str();
    let mut count = 0;
    while let Some((before, after)) = rest.split_once("<!-- example: ") {
        let (name, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("<!-- /example -->").unwrap();
        let case = fs::read_to_string(root.join(format!("tests/packet/{name}.txt"))).unwrap();
        new += before;
        write!(
            new,
            "<!-- example: {name} -->\n```\n{case}```\n<!-- /example -->"
        )
        .unwrap();
        rest = after;
        count += 1;
    }
    new += rest;
    assert!(count >= 2);
    if std::env::var_os("UPDATE_PACKETS").is_some() {
        fs::write(&path, new).unwrap();
    } else {
        assert!(
            new == page,
            "the examples are old: UPDATE_PACKETS=1 writes them"
        );
    }
}

#[test]
fn a_draft_is_told_what_the_packet_says() {
    let packet = Case::default()
        .says(
            "customer",
            "Order 4471 is late, no wait, order 4417. It says error 503.",
        )
        .says("assistant", "Please restart the app.")
        .says("customer", "Restarted it, same. My mail is kim@example.com")
        .packet();
    let check = |draft: &str, expected: &[(Asked, &str, u32)]| {
        let found = hints(draft, &packet);
        let found: Vec<(Asked, &str, u32)> = found
            .iter()
            .map(|it| (it.asked, it.value.as_str(), it.turn.0))
            .collect();
        assert_eq!(found, expected, "{draft}");
    };
    check(
        "Could you give me your order number?",
        &[(Asked::Reference, "4417", 1)],
    );
    check(
        "What is your e-mail address?",
        &[(Asked::Email, "kim@example.com", 3)],
    );
    check(
        "Which error code do you see",
        &[(Asked::ErrorCode, "503", 1)],
    );
    check(
        "How can I help?",
        &[(
            Asked::Concern,
            &packet.core_intent.text,
            packet.core_intent.turn.0,
        )],
    );
    check("Is it still order 4417?", &[]);
    check("What is your order number? 4417?", &[]);
    check("I am looking at order 4417 now.", &[]);
    check("How much did you pay?", &[]);
    check("", &[]);
    let only_a_wish = Case::default().says("customer", "agent please").packet();
    assert!(hints("How can I help?", &only_a_wish).is_empty());
}
