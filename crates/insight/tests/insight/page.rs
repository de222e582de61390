//! The page of definitions is the code's.

use segue_insight::metric;

#[test]
fn the_page_says_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/METRICS.md");
    let page = metric::page();
    if std::env::var_os("SEGUE_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "docs/METRICS.md differs from the definitions: run SEGUE_BLESS=1 cargo test -p segue-insight"
    );
}

#[test]
fn every_definition_is_complete_and_its_name_is_its_own() {
    for (at, definition) in metric::ALL.iter().enumerate() {
        let parts = [
            definition.id,
            definition.name,
            definition.formula,
            definition.unit,
            definition.population,
            definition.window,
            definition.shown,
            definition.small_sample,
            definition.source,
        ];
        for part in parts {
            assert!(!part.is_empty(), "{}", definition.id);
            assert!(
                !part.contains(['|', '\n']),
                "{} would break the table",
                definition.id
            );
        }
        assert!(
            metric::ALL[..at]
                .iter()
                .all(|other| other.id != definition.id)
        );
    }
}

/// Every figure of the wire has a definition of the same name.
#[test]
fn every_figure_has_a_definition() {
    let board =
        crate::log::dashboard(&[crate::log::Log::imported(1, crate::log::NOON, "s").opened()]);
    let json = serde_json::to_value(&board).unwrap();
    let plain = [
        "as_of",
        "days",
        "include_demo",
        "demo_share",
        "conversations",
    ];
    for field in json.as_object().unwrap().keys() {
        let is_defined = metric::ALL.iter().any(|definition| definition.id == field);
        assert!(
            is_defined || plain.contains(&field.as_str()),
            "{field} has no definition"
        );
    }
}

#[test]
fn the_page_of_open_data_says_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/EXPORT.md");
    let page = segue_insight::open_data::page();
    if std::env::var_os("SEGUE_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "docs/EXPORT.md differs from the tables: run SEGUE_BLESS=1 cargo test -p segue-insight"
    );
}
