//! The reference in `docs/POLICY.md` is the code's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

const BEGIN: &str =
    "<!-- The reference begins: written by SEGUE_BLESS=1 cargo test -p segue-policy. -->\n";
const END: &str = "<!-- The reference ends. -->\n";

#[test]
fn the_reference_says_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/POLICY.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (head, rest) = page
        .split_once(BEGIN)
        .expect("the reference has a beginning");
    let (written, tail) = rest.split_once(END).expect("the reference has an end");
    let told = format!("\n{}\n", segue_policy::reference());
    if std::env::var_os("SEGUE_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(path, format!("{head}{BEGIN}{told}{END}{tail}")).unwrap();
        return;
    }
    assert!(
        written == told,
        "docs/POLICY.md differs from the language: run SEGUE_BLESS=1 cargo test -p segue-policy"
    );
}

/// A table breaks at a bar, so no cell has one.
#[test]
fn every_table_is_a_table() {
    let page = segue_policy::reference();
    let mut columns = 0;
    for line in page.lines() {
        let bars = line.matches('|').count();
        match line.starts_with('|') {
            true if columns == 0 => columns = bars,
            true => assert_eq!(bars, columns, "{line}"),
            false => columns = 0,
        }
    }
}
