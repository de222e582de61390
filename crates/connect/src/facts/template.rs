//! A text with `{email}` and `{account_id}` in it.

use segue_model::fact::name;
use segue_ports::facts::Who;

/// What may stand in braces.
const NAMES: &[&str] = &[name::EMAIL, name::ACCOUNT_ID];

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// As it stands.
    Text(String),
    /// What is known of somebody under this name.
    Known(&'static str),
}

/// A template that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

impl Template {
    /// Reads a template; every brace has to hold one of the names, and one of them at least.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (inner, after) = after
                .split_once('}')
                .ok_or("has a `{` that nothing closes")?;
            let known = NAMES.iter().find(|name| **name == inner);
            let known = known.ok_or_else(|| {
                format!("may hold `{{email}}` and `{{account_id}}`, not `{{{inner}}}`")
            })?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Known(known));
            rest = after;
        }
        if pieces.is_empty() {
            return Err("needs `{email}` or `{account_id}`".to_owned());
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// Whether everything is known that it asks for.
    pub(super) fn is_known(&self, who: &Who) -> bool {
        let is_known = |piece: &Piece| match piece {
            Piece::Text(_) => true,
            Piece::Known(name) => value_of(who, name).is_some(),
        };
        self.0.iter().all(is_known)
    }

    /// The text with what is known in place, each value as `write` has it.
    pub(super) fn fill(&self, who: &Who, write: impl Fn(&str) -> String) -> String {
        let fill = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Known(name) => write(value_of(who, name).unwrap_or_default()),
        };
        self.0.iter().map(fill).collect()
    }

    /// The text with a place for a parameter instead of each name, and the values in
    /// their order: nothing that a customer wrote becomes part of a query.
    pub(super) fn parameters(&self, place: impl Fn(usize) -> String) -> String {
        let mut count = 0;
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Known(_) => {
                    count += 1;
                    text.push_str(&place(count));
                }
            }
        }
        text
    }

    /// The values of the parameters, in their order.
    pub(super) fn values(&self, who: &Who) -> Vec<String> {
        let known = self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Known(name) => Some(value_of(who, name).unwrap_or_default().to_owned()),
        });
        known.collect()
    }
}

fn value_of<'w>(who: &'w Who, known: &str) -> Option<&'w str> {
    match known {
        name::EMAIL => who.email.as_deref(),
        _ => who.account_id.as_deref(),
    }
}

/// A value as a part of a path or query: everything but letters, digits and `-._~` is
/// written as its bytes.
pub(super) fn percent(value: &str) -> String {
    let write = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    value.bytes().map(write).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;

    fn alex() -> Who {
        Who {
            email: Some("alex+1@example.com".to_owned()),
            account_id: None,
        }
    }

    #[test]
    fn what_a_customer_is_called_stays_a_value() {
        let url = Template::read("https://crm/x?e={email}&f=1").unwrap();
        assert_eq!(
            url.fill(&alex(), percent),
            "https://crm/x?e=alex%2B1%40example.com&f=1"
        );
        let evil = Who {
            email: Some("a/../b?c#d' OR 1".to_owned()),
            account_id: None,
        };
        assert_eq!(
            url.fill(&evil, percent),
            "https://crm/x?e=a%2F..%2Fb%3Fc%23d%27%20OR%201&f=1"
        );
        let query = Template::read("SELECT a FROM t WHERE e = {email} OR e = {email}").unwrap();
        let asked = query.parameters(|number| format!("?{number}"));
        assert_eq!(asked, "SELECT a FROM t WHERE e = ?1 OR e = ?2");
        assert_eq!(query.values(&evil).len(), 2);
    }

    #[test]
    fn what_is_not_known_cannot_be_asked_with() {
        let both = Template::read("{email}/{account_id}").unwrap();
        assert!(!both.is_known(&alex()));
        assert!(Template::read("{email}").unwrap().is_known(&alex()));
        for wrong in ["https://crm", "{name}", "{email", "{}"] {
            assert!(Template::read(wrong).is_err(), "{wrong}");
        }
    }
}
