//! Entries as bytes: compact JSON under a leading version of the form, with
//! one place where older forms are read.

use segue_model::event::{Actor, Entry, Event, TextRef, Version};
use segue_model::time::Timestamp;
use segue_ports::log::StoredEntry;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// The form that is written.
const FORM: u32 = 1;

/// Room for the entry of a turn with its verdict, which is what most entries are.
const BODY_BYTES_USUAL: usize = 2_048;

#[derive(Serialize)]
struct Written<'a> {
    v: u32,
    actor: &'a Actor,
    events: &'a [Event],
}

#[derive(Deserialize)]
struct Form {
    v: u32,
}

#[derive(Deserialize)]
struct FormOne {
    actor: Actor,
    events: Vec<Event>,
}

/// What happened, without place and time, which have columns of their own.
pub(crate) fn encode(entry: &Entry) -> Result<Vec<u8>, Fault> {
    let written = Written {
        v: FORM,
        actor: &entry.actor,
        events: &entry.events,
    };
    let mut body = Vec::with_capacity(BODY_BYTES_USUAL);
    serde_json::to_writer(&mut body, &written)
        .map_err(|_| Fault::Refused("an entry that is no JSON"))?;
    Ok(body)
}

/// Reads any form ever written. An older form is brought to the current types
/// here and nowhere else; the log itself is never rewritten.
pub(crate) fn decode(version: Version, at: Timestamp, body: &[u8]) -> Result<Entry, Fault> {
    let form: Form = serde_json::from_slice(body).map_err(Fault::corrupt)?;
    match form.v {
        FORM => {
            let FormOne { actor, events } = serde_json::from_slice(body).map_err(Fault::corrupt)?;
            Ok(Entry {
                version,
                at,
                actor,
                events,
            })
        }
        newer => Err(Fault::Corrupt(format!(
            "an entry of form {newer}, which is not known"
        ))),
    }
}

/// Texts as they lie beside the entry; nothing if there are none.
pub(crate) fn encode_texts(texts: &[(TextRef, String)]) -> Result<Option<String>, Fault> {
    if texts.is_empty() {
        return Ok(None);
    }
    crate::value::json(&texts).map(Some)
}

/// The entry with its texts; an erased row of texts is none.
pub(crate) fn decode_stored(
    version: i64,
    at: i64,
    body: &[u8],
    texts: Option<&str>,
) -> Result<StoredEntry, Fault> {
    let entry = decode(Version(crate::value::count(version)?), Timestamp(at), body)?;
    let texts = texts.map_or_else(|| Ok(Vec::new()), crate::value::from_json)?;
    Ok(StoredEntry { entry, texts })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Entries as the first form wrote them. Never edit a line: a store somewhere has it.
    const FORM_ONE: &str = include_str!("../tests/fixtures/entries_v1.jsonl");

    #[test]
    fn the_first_form_is_read_for_ever() {
        for line in FORM_ONE.lines() {
            let entry = decode(Version(3), Timestamp(5), line.as_bytes()).unwrap();
            assert_eq!((entry.version, entry.at), (Version(3), Timestamp(5)));
            assert!(!entry.events.is_empty());
            let again = encode(&entry).unwrap();
            assert_eq!(decode(Version(3), Timestamp(5), &again).unwrap(), entry);
        }
    }

    #[test]
    fn unknown_forms_and_broken_bodies_are_corrupt() {
        let bodies = [
            "",
            "{",
            r#"{"actor":{"kind":"system"},"events":[]}"#,
            r#"{"v":2}"#,
        ];
        for body in bodies {
            let fault = decode(Version(1), Timestamp(0), body.as_bytes()).unwrap_err();
            assert!(matches!(fault, Fault::Corrupt(_)), "{body}");
        }
    }
}
