//! Passwords: Argon2id, at most two at once, the same time for unknown names (S-6).

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::failure::Failure;

/// The least length of a password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// The greatest length, in bytes: longer ones only cost time.
pub const PASSWORD_BYTES_MAX: usize = 512;
/// How many hashes are computed at once.
const AT_ONCE_MAX: usize = 2;
/// Memory of one hash, in KiB; with two passes and one lane as OWASP advises.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Passwords that are tried first everywhere, and so refused.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "password1234",
    "passwordpassword",
    "qwertyuiop12",
    "qwertyuiopas",
    "administrator",
    "letmeinletmein",
    "iloveyou1234",
    "welcome12345",
    "changeme1234",
    "segue1234567",
    "supersecret1",
    "aaaaaaaaaaaa",
    "abcdefghijkl",
];

/// How many wait for their turn; a few seconds of work.
const WAITING_MAX: usize = 64;
/// When to try again if more want to, in seconds.
const RETRY_AFTER_S: u64 = 2;

static HASHES: Semaphore = Semaphore::const_new(AT_ONCE_MAX);
static QUEUE: Semaphore = Semaphore::const_new(AT_ONCE_MAX + WAITING_MAX);

/// The hash of a password that nobody has, so that an unknown name costs as much as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now("a password that nobody has").unwrap_or_default());

fn argon() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Option<String> {
    argon()?
        .hash_password(password.as_bytes())
        .ok()
        .map(|hash| hash.to_string())
}

fn verify_now(password: &str, stored: &str) -> bool {
    let parsed = PasswordHash::new(stored);
    let (Ok(parsed), Some(argon)) = (parsed, argon()) else {
        return false;
    };
    argon.verify_password(password.as_bytes(), &parsed).is_ok()
}

/// Whether a password may be chosen.
///
/// # Errors
/// [`Failure::Invalid`] with what is wrong with it.
pub fn check(password: &str) -> Result<(), Failure> {
    let refuse = |reason: String| {
        Err(Failure::Invalid {
            field: "password",
            reason,
        })
    };
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return refuse(format!(
            "a password needs at least {PASSWORD_CHARS_MIN} characters"
        ));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return refuse(format!("a password has at most {PASSWORD_BYTES_MAX} bytes"));
    }
    let folded = password.to_lowercase();
    if COMMON.contains(&folded.as_str()) {
        return refuse("this password is on every list of common ones".to_owned());
    }
    Ok(())
}

/// A place in the queue, and then a turn.
async fn turn() -> Result<[SemaphorePermit<'static>; 2], Failure> {
    let place = QUEUE.try_acquire().map_err(|_| Failure::TooMany {
        retry_after_s: RETRY_AFTER_S,
    })?;
    let turn = HASHES.acquire().await.map_err(|_| Failure::Busy)?;
    Ok([place, turn])
}

/// The hash of a new password.
///
/// # Errors
/// When the password may not be chosen, or too many wait for theirs.
pub async fn hash(password: &str) -> Result<String, Failure> {
    check(password)?;
    let _turn = turn().await?;
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || hash_now(&password)).await;
    hashed.ok().flatten().ok_or(Failure::Busy)
}

/// Whether this is the password of the stored hash; costs the same without one.
///
/// # Errors
/// When too many wait for their turn; then nobody looked.
pub async fn verify(password: &str, stored: Option<&str>) -> Result<bool, Failure> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Ok(false);
    }
    let _turn = turn().await?;
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    let verified = tokio::task::spawn_blocking(move || match stored {
        Some(stored) => verify_now(&password, &stored),
        None => {
            verify_now(&password, &NOBODY);
            false
        }
    });
    Ok(verified.await.unwrap_or(false))
}
