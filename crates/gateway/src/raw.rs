//! A JSON object by its members, each as the bytes that it was sent as. What is not
//! understood here goes on to the model untouched.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Deserializer;

/// An object of JSON, member by member, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Object {
    members: Vec<(String, Vec<u8>)>,
}

/// The bytes are no JSON object.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAnObject {
    /// It is some other JSON, or nothing.
    #[error("an object is needed: `{{ … }}`")]
    Other,
    /// It is no JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl Object {
    /// Cuts an object into its members. A member that stands twice is refused: whoever
    /// reads the first and whoever reads the last would see different requests.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAnObject> {
        serde_json::from_slice::<IgnoredAny>(bytes)?;
        let mut rest = bytes.trim_ascii_start();
        rest = rest.strip_prefix(b"{").ok_or(NotAnObject::Other)?;
        let mut object = Self::default();
        loop {
            rest = rest.trim_ascii_start();
            match rest.first() {
                Some(b'}') => return Ok(object),
                Some(b',') => rest = rest.get(1..).unwrap_or_default().trim_ascii_start(),
                _ => {}
            }
            let (name, after) = one::<String>(rest)?;
            let after = after.trim_ascii_start().strip_prefix(b":");
            let value = after.ok_or(NotAnObject::Other)?.trim_ascii_start();
            let (_, after) = one::<IgnoredAny>(value)?;
            let length = value.len() - after.len();
            let bytes = value.get(..length).unwrap_or_default().to_vec();
            if object.get(&name).is_some() {
                return Err(NotAnObject::Json(serde::de::Error::custom(format!(
                    "`{name}` stands twice"
                ))));
            }
            object.members.push((name, bytes));
            rest = after;
        }
    }

    /// The bytes of a member.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let mut members = self.members.iter();
        members
            .find(|(known, _)| known == name)
            .map(|(_, bytes)| bytes.as_slice())
    }

    /// Puts a member in its place, or behind all others.
    pub fn set(&mut self, name: &str, bytes: Vec<u8>) {
        match self.members.iter_mut().find(|(known, _)| known == name) {
            Some((_, value)) => *value = bytes,
            None => self.members.push((name.to_owned(), bytes)),
        }
    }

    /// Takes a member away.
    pub fn remove(&mut self, name: &str) {
        self.members.retain(|(known, _)| known != name);
    }

    /// Takes away what the test says of its name; answers whether anything is left.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) -> bool {
        self.members.retain(|(name, _)| keep(name));
        !self.members.is_empty()
    }

    /// The object again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![b'{'];
        for (name, value) in &self.members {
            if bytes.len() > 1 {
                bytes.push(b',');
            }
            bytes.extend(serde_json::Value::from(name.as_str()).to_string().bytes());
            bytes.push(b':');
            bytes.extend_from_slice(value);
        }
        bytes.push(b'}');
        bytes
    }
}

/// The elements of a JSON array, each as its bytes; `None` if it is no array.
pub(crate) fn elements(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = bytes.trim_ascii_start().strip_prefix(b"[")?;
    let mut found = Vec::new();
    loop {
        rest = rest.trim_ascii_start();
        match rest.first()? {
            b']' => return Some(found),
            b',' => rest = rest.get(1..)?.trim_ascii_start(),
            _ => {}
        }
        let (_, after) = one::<IgnoredAny>(rest).ok()?;
        found.push(rest.get(..rest.len() - after.len())?);
        rest = after;
    }
}

/// An array of these elements.
pub(crate) fn array(elements: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![b'['];
    bytes.extend(elements.join(&b','));
    bytes.push(b']');
    bytes
}

/// The first value of some bytes, and what follows it.
fn one<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, &[u8]), NotAnObject> {
    let mut values = Deserializer::from_slice(bytes).into_iter::<T>();
    let value = values.next().ok_or(NotAnObject::Other)??;
    let rest = bytes.get(values.byte_offset()..).unwrap_or_default();
    Ok((value, rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_not_touched_stays_byte_by_byte() {
        let sent = r#" { "model" : "m", "seed": 1.50, "x":{"a":[1, 2 ],"é":"\u00e9"} ,"n":null}"#;
        let mut object = Object::read(sent.as_bytes()).unwrap();
        assert_eq!(
            object.get("x").unwrap(),
            r#"{"a":[1, 2 ],"é":"\u00e9"}"#.as_bytes()
        );
        assert_eq!(object.get("seed").unwrap(), b"1.50");
        object.set("model", b"\"other\"".to_vec());
        object.remove("n");
        object.set("tools", b"[]".to_vec());
        let again = String::from_utf8(object.bytes()).unwrap();
        let x = r#"{"a":[1, 2 ],"é":"\u00e9"}"#;
        let wanted = format!(r#"{{"model":"other","seed":1.50,"x":{x},"tools":[]}}"#);
        assert_eq!(again, wanted);
        assert_eq!(Object::read(b"{}").unwrap().bytes(), b"{}");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for wrong in [
            "",
            "[]",
            "1",
            "{",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1}x",
            "{\"a\":1,\"a\":2}",
            "{a:1}",
        ] {
            assert!(Object::read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_array_comes_apart_and_together() {
        let parts = elements(b" [ {\"a\": 1} ,2,[3] ] ").unwrap();
        assert_eq!(parts, [&b"{\"a\": 1}"[..], b"2", b"[3]"]);
        assert_eq!(array(&parts), b"[{\"a\": 1},2,[3]]");
        assert_eq!(elements(b"[]").unwrap(), Vec::<&[u8]>::new());
        assert_eq!(elements(b"{}"), None);
    }
}
