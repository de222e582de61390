//! The document that the client libraries are generated from: what a program with a key
//! may ask, cut out of `docs/openapi.json`, so that a library is as thin as its API.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::python::Python;
use crate::repo::Repo;
use crate::web;

/// The whole document.
const WHOLE: &str = "docs/openapi.json";
/// What a program may ask of it.
const CUT: &str = "sdk/openapi.json";
/// What a program receives where staff receive more.
const FOR_PROGRAMS: &[(&str, &str)] = &[(
    "#/components/schemas/ConversationAnswer",
    "#/components/schemas/ProgramConversation",
)];

/// Writes the document for programs, and generates the client libraries from it.
///
/// # Errors
/// When the whole document cannot be read or has no operations for programs, or a
/// generator fails.
pub fn write(repo: &Repo) -> Result<()> {
    let text = cut(repo)?;
    std::fs::write(repo.path(CUT), text)?;
    Python::at(repo)?.write_types(repo)?;
    web::install(repo)?;
    web::npm(repo, &["run", "generate", "-w", "sdk"])
}

/// Checks that the document for programs is the one that the whole document gives.
///
/// # Errors
/// When it is not.
pub fn check(repo: &Repo) -> Result<()> {
    let written = repo.read(CUT).unwrap_or_default();
    ensure!(
        written == cut(repo)?,
        "`{CUT}` is not what `{WHOLE}` gives: run `cargo xtask sdk`"
    );
    Ok(())
}

fn cut(repo: &Repo) -> Result<String> {
    let whole = repo.read(WHOLE)?;
    let mut document: Value = serde_json::from_str(&whole)?;
    let paths = document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .context("the document has no paths")?;
    for operations in paths.values_mut().filter_map(Value::as_object_mut) {
        operations.retain(|_, operation| is_for_programs(operation));
    }
    paths.retain(|_, operations| operations.as_object().is_some_and(|it| !it.is_empty()));
    ensure!(!paths.is_empty(), "no operation takes a key");
    paths.values_mut().for_each(for_programs);
    let mut used = BTreeSet::new();
    collect(&Value::Object(paths.clone()), &document, &mut used);
    used.insert("#/components/securitySchemes/key".to_owned());
    let components = document
        .get_mut("components")
        .and_then(Value::as_object_mut)
        .context("the document has no components")?;
    for (kind, named) in components.iter_mut() {
        let named = named.as_object_mut().context("components have names")?;
        named.retain(|name, _| used.contains(&format!("#/components/{kind}/{name}")));
    }
    components.retain(|_, named| named.as_object().is_some_and(|it| !it.is_empty()));
    drop(document.as_object_mut().and_then(|it| it.remove("tags")));
    Ok(format!("{document:#}\n"))
}

fn is_for_programs(operation: &Value) -> bool {
    let ways = operation.get("security").and_then(Value::as_array);
    ways.is_some_and(|ways| ways.iter().any(|way| way.get("key").is_some()))
}

/// Leaves only what a program sends and receives.
fn for_programs(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(ways) = fields.get_mut("security").and_then(Value::as_array_mut) {
                ways.retain(|way| way.get("key").is_some());
            }
            fields.values_mut().for_each(for_programs);
        }
        Value::Array(items) => items.iter_mut().for_each(for_programs),
        Value::String(text) => {
            if let Some((_, other)) = FOR_PROGRAMS.iter().find(|(one, _)| one == text) {
                *text = (*other).to_owned();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What a value refers to, and what that refers to.
fn collect(value: &Value, document: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(place) = fields.get("$ref").and_then(Value::as_str)
                && used.insert(place.to_owned())
                && let Some(named) = document.pointer(place.trim_start_matches('#'))
            {
                collect(named, document, used);
            }
            fields.values().for_each(|it| collect(it, document, used));
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, document, used)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
