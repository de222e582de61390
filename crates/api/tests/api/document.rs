//! The OpenAPI document is complete, and the one in `docs` is this one.

use super::world::{By, World};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

#[test]
fn the_document_is_the_one_in_docs() {
    let mut text = segue_api::openapi().to_pretty_json().unwrap();
    text.push('\n');
    if std::env::var_os("SEGUE_BLESS").is_some() {
        std::fs::write(PATH, &text).unwrap();
    }
    let stored = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        stored == text,
        "docs/openapi.json is not what the code says: run with SEGUE_BLESS=1"
    );
}

#[test]
fn every_route_says_who_may_and_what_can_go_wrong() {
    let document = serde_json::to_value(segue_api::openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let open = [
        "/v1/setup",
        "/v1/session",
        "/v1/session/link",
        "/v1/invitations/accept",
        "/v1/widget/session",
        "/healthz",
        "/readyz",
        "/errors/{code}",
    ];
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, route) in methods.as_object().unwrap() {
            let has_security = route["security"]
                .as_array()
                .is_some_and(|list| !list.is_empty());
            assert!(
                has_security || open.contains(&path.as_str()),
                "{method} {path} has no security"
            );
            let answers = route["responses"].as_object().unwrap();
            let has_errors = answers.keys().any(|status| status.starts_with(['4', '5']));
            assert!(
                has_errors || path == "/healthz",
                "{method} {path} has no errors"
            );
            assert!(
                route["summary"].is_string() || route["description"].is_string(),
                "{method} {path}"
            );
        }
    }
    for reference in references(&document) {
        let path = reference.strip_prefix('#').unwrap();
        assert!(
            document.pointer(path).is_some(),
            "`{reference}` is referred to and not there"
        );
    }
}

/// Clients are generated from these names: two of one name are one function.
#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = serde_json::to_value(segue_api::openapi()).unwrap();
    let mut names = std::collections::BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, route) in methods.as_object().unwrap() {
            let here = format!("{method} {path}");
            let name = route["operationId"].as_str().unwrap_or_default();
            assert!(!name.is_empty(), "{here} has no name");
            if let Some(there) = names.insert(name.to_owned(), here.clone()) {
                panic!("{there} and {here} are both `{name}`");
            }
        }
    }
}

/// Schemas are collected by name, and of two that share one the second replaces
/// the first in silence. So the types are asked, not the document.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut names = std::collections::BTreeMap::new();
    for file in sources(std::path::Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src"
    ))) {
        let text = std::fs::read_to_string(&file).unwrap();
        for item in text.split("ToSchema)]").skip(1) {
            let head = item.split('{').next().unwrap_or_default();
            let named = head
                .split("pub struct ")
                .nth(1)
                .or(head.split("pub enum ").nth(1));
            let own = named.and_then(|rest| rest.split(['(', ';', '<', ' ', '\n']).next());
            let other = head.split("schema(as = ").nth(1);
            let other = other.and_then(|rest| rest.split([',', ')']).next());
            let name = other.or(own).unwrap_or_else(|| panic!("no name: {head}"));
            if let Some(there) = names.insert(name.to_owned(), file.clone()) {
                panic!(
                    "`{name}` stands in {} and in {}",
                    there.display(),
                    file.display()
                );
            }
        }
    }
    assert!(names.len() > 100, "only {} were found", names.len());
}

fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn references(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| match value.as_str() {
                Some(text) if key == "$ref" => vec![text.to_owned()],
                _ => references(value),
            })
            .collect(),
        serde_json::Value::Array(list) => list.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn the_document_is_served() {
    let world = World::new().await;
    let served = world.get("/openapi.json", &By::Nobody).await.ok();
    assert_eq!(served, serde_json::to_value(segue_api::openapi()).unwrap());
}

/// Who retries has to know where a key is taken.
#[test]
fn every_write_names_its_key_or_is_known_to_take_none() {
    let document = serde_json::to_value(segue_api::openapi()).unwrap();
    let mut without = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, route) in methods.as_object().unwrap() {
            let parameters = route["parameters"].as_array().cloned().unwrap_or_default();
            let has_key = parameters
                .iter()
                .any(|parameter| parameter["name"] == "Idempotency-Key");
            assert!(!(has_key && method == "get"), "{path}");
            if !has_key && method != "get" {
                without.push(format!("{method} {path}"));
            }
        }
    }
    let known = [
        "post /v1/invitations/accept",
        "post /v1/live/ticket",
        "put /v1/me/presence",
        "post /v1/policy/lint",
        "delete /v1/session",
        "post /v1/session",
        "post /v1/session/link",
        "post /v1/setup",
        "post /v1/widget/session",
        "post /v1/widget/ticket",
    ];
    assert_eq!(without, known);
}
