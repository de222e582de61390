//! Secrets: 256 random bits, shown once, kept as a hash.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use segue_ports::directory::SecretHash;
use sha2::{Digest, Sha256};

/// The random bytes of a secret.
const SECRET_BYTES: usize = 32;
/// The letters of a setup code: no look-alikes.
const CODE_LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// How many of them a setup code has; 31^16 is more than 2^79.
const CODE_LENGTH: usize = 16;

/// A new secret with a prefix that tells what it is good for: `sg_live_…`.
pub fn new_secret(prefix: &str) -> String {
    let mut bytes = [0_u8; SECRET_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// A new code that a person can type: `ABCD-EFGH-JKMN-PQRS`.
pub fn new_code() -> String {
    let mut bytes = [0_u8; CODE_LENGTH * 2];
    rand::rng().fill_bytes(&mut bytes);
    let mut code = String::with_capacity(CODE_LENGTH + CODE_LENGTH / 4);
    for (index, pair) in bytes.chunks_exact(2).enumerate() {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        let number = pair
            .iter()
            .fold(0_usize, |sum, byte| sum * 256 + usize::from(*byte));
        let letter = CODE_LETTERS
            .get(number % CODE_LETTERS.len())
            .copied()
            .unwrap_or(b'A');
        code.push(char::from(letter));
    }
    code
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// A code as typed by a person: case and dashes do not matter.
pub fn fold_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_uppercase())
        .collect()
}
