//! What leaves: redacted, and noted as a hash and a list of fields, never as text (S-24).

use std::fmt::Write;

use segue_detect::redact::{Private, Veil};
use segue_ports::language_model::Ask;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::wire;

/// A question as it leaves, and what lifts the redaction from its answer.
#[derive(Debug)]
pub(crate) struct Outgoing {
    /// The body.
    pub body: String,
    /// What the marks in it stand for.
    pub veil: Veil,
}

impl Outgoing {
    /// Redacts and writes a question.
    pub(crate) fn of(
        ask: &Ask,
        model: &str,
        terms: &[String],
        is_redacted: bool,
        is_streamed: bool,
    ) -> Self {
        let mut data = ask.data.clone();
        let mut veil = Veil::default();
        if is_redacted {
            veil = Veil::over(texts(&data));
            let names = ask.names.iter().map(String::as_str);
            let private = Private::new(names, terms.iter().map(String::as_str));
            each_text(&mut data, &mut |text| veil.cover(text, &private));
        }
        let body = wire::request(
            model,
            &ask.instructions,
            &data.to_string(),
            ask.shape.as_ref(),
            ask.tokens_max,
            is_streamed,
        );
        let outgoing = Self {
            body: body.to_string(),
            veil,
        };
        outgoing.note(ask, model);
        outgoing
    }

    fn note(&self, ask: &Ask, model: &str) {
        let hash =
            Sha256::digest(self.body.as_bytes())
                .iter()
                .fold(String::new(), |mut hex, byte| {
                    let _ = write!(hex, "{byte:02x}");
                    hex
                });
        let fields = ask.data.as_object().map_or_else(String::new, |fields| {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            names.join(",")
        });
        let redacted: Vec<String> = self
            .veil
            .counts()
            .into_iter()
            .map(|(kind, count)| format!("{}:{count}", kind.word().to_lowercase()))
            .collect();
        tracing::info!(
            purpose = ask.purpose.word(),
            model,
            fields,
            redacted = redacted.join(","),
            bytes = self.body.len(),
            sha256 = hash,
            "a question left for the model"
        );
    }

    /// An answer in a shape, with what was redacted put back into its texts.
    pub(crate) fn lift_shape(&self, text: &str) -> Option<String> {
        let mut value: Value = serde_json::from_str(text).ok()?;
        each_text(&mut value, &mut |text| self.veil.lift(text));
        Some(value.to_string())
    }
}

/// Every text in a value, keys apart.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn each_text(value: &mut Value, change: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(values) => values.iter_mut().for_each(|it| each_text(it, change)),
        Value::Object(fields) => fields.values_mut().for_each(|it| each_text(it, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
