//! Signatures over bodies: Standard Webhooks on the way out, and HMAC-SHA256 compared in
//! constant time on the way in (S-17, S-18).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use segue_outbound::Secret;
use sha2::{Digest, Sha256};

/// What stands before a key of Standard Webhooks.
const PREFIX: &str = "whsec_";
/// The fewest bytes of a key.
const KEY_BYTES_MIN: usize = 24;

/// A key that signs what we send.
#[derive(Clone)]
pub(crate) struct SigningKey(Secret);

impl SigningKey {
    /// A key as it is shared: `whsec_` and base64, at least 24 bytes.
    pub(crate) fn new(secret: Secret) -> Result<Self, String> {
        let bytes = bytes_of(&secret).ok_or("has to be `whsec_` and base64")?;
        if bytes.len() < KEY_BYTES_MIN {
            return Err(format!("has to hold at least {KEY_BYTES_MIN} bytes"));
        }
        Ok(Self(secret))
    }

    /// The value of `webhook-signature`: version 1, over id, seconds since 1970 and body.
    pub(crate) fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let key = bytes_of(&self.0).unwrap_or_default();
        let mac = mac(
            &key,
            &[id.as_bytes(), timestamp.to_string().as_bytes(), body],
        );
        let mac = mac.map(|mac| STANDARD.encode(mac.finalize().into_bytes()));
        format!("v1,{}", mac.unwrap_or_default())
    }
}

fn bytes_of(secret: &Secret) -> Option<Vec<u8>> {
    let text = secret.expose();
    STANDARD.decode(text.strip_prefix(PREFIX)?).ok()
}

/// An HMAC over parts with a dot between them.
fn mac(key: &[u8], parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
    // INVARIANT: HMAC takes keys of any length, so this is always there.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            mac.update(b".");
        }
        mac.update(part);
    }
    Some(mac)
}

/// Whether a signature in hexadecimal digits is that of these parts; compared in
/// constant time.
pub(crate) fn is_signed(secret: &Secret, parts: &[&[u8]], signature: &str) -> bool {
    let Some(given) = from_hex(signature) else {
        return false;
    };
    let mac = mac(secret.expose().as_bytes(), parts);
    mac.is_some_and(|mac| mac.verify_slice(&given).is_ok())
}

/// Whether two secrets are the same; how long that takes says nothing of either.
pub(crate) fn is_same(secret: &Secret, given: &str) -> bool {
    Sha256::digest(secret.expose()) == Sha256::digest(given)
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect();
    let pairs = digits?;
    let is_even = pairs.len().is_multiple_of(2);
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    };
    is_even.then(|| pairs.chunks(2).filter_map(byte).collect())
}
