//! Keys of programs: shown once, kept as a hash, with scopes and an end (S-9).

use segue_model::id::ApiKeyId;
use segue_model::time::Span;
use segue_ports::directory::{ApiKey, Scope};
use segue_ports::settings::SettingChange;

use super::secret;
use super::settings::{Act, Settled};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

/// What every key begins with, so that a leak can be found by a search.
pub const KEY_PREFIX: &str = "sg_live_";
/// How long a key is good unless told otherwise, in days.
pub const KEY_DAYS_OTHERWISE: u64 = 90;
/// How long at most, in days.
pub const KEY_DAYS_MAX: u64 = 730;
/// How often the use of a key is noted.
const TOUCH_EVERY: Span = Span::minutes(1);

impl Service {
    /// Makes a key; answers its secret, which is never shown again.
    ///
    /// # Errors
    /// When a value is not allowed.
    pub async fn create_key(
        &self,
        caller: &Caller,
        (name, scopes): (&str, Vec<Scope>),
        days: u64,
        answer: impl FnOnce(&ApiKey) -> String,
    ) -> Result<Settled<(ApiKey, String)>, Failure> {
        if name.trim().is_empty() || name.len() > 100 {
            let reason = "a name of 1 to 100 bytes is needed".to_owned();
            return Err(Failure::Invalid {
                field: "name",
                reason,
            });
        }
        if scopes.is_empty() {
            let reason = "at least one scope is needed".to_owned();
            return Err(Failure::Invalid {
                field: "scopes",
                reason,
            });
        }
        if days == 0 || days > KEY_DAYS_MAX {
            let reason = format!("between 1 and {KEY_DAYS_MAX} days");
            return Err(Failure::Invalid {
                field: "expires_days",
                reason,
            });
        }
        let shown = secret::new_secret(KEY_PREFIX);
        let key = ApiKey {
            id: ApiKeyId::new(self.fresh()),
            workspace: caller.workspace,
            name: name.trim().to_owned(),
            hash: secret::hash(&shown),
            scopes,
            created_at: self.now(),
            expires_at: self.now() + Span::hours(24 * days),
            revoked_at: None,
            last_used_at: None,
        };
        let act = Act {
            change: SettingChange::CreateKey(key.clone()),
            action: "key.created",
            subject: key.id.to_string(),
        };
        let settled = self.settle_act(caller, act, answer(&key)).await?;
        Ok(settled.map(|_| (key, shown)))
    }

    /// The key of this secret.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] if there is none, it was revoked, or it has ended.
    pub async fn key(&self, shown: &str) -> Result<ApiKey, Failure> {
        let hash = secret::hash(shown);
        let now = self.now();
        let is_good = |key: &ApiKey| key.revoked_at.is_none() && key.expires_at > now;
        if let Some(key) = self.keys_at_hand().get(hash, now) {
            return if is_good(&key) {
                Ok(key)
            } else {
                Err(Failure::Unauthenticated)
            };
        }
        let key = self
            .store()
            .api_key(hash)
            .await?
            .filter(is_good)
            .ok_or(Failure::Unauthenticated)?;
        if key
            .last_used_at
            .is_none_or(|last| last + TOUCH_EVERY <= now)
        {
            self.store().touch_api_key(key.id, now).await?;
        }
        self.keys_at_hand().put(key.clone(), now);
        Ok(key)
    }

    /// Takes a key back; good for nothing from the next request on.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is no such key.
    pub async fn revoke_key(&self, caller: &Caller, id: ApiKeyId) -> Result<Settled<()>, Failure> {
        let act = Act {
            change: SettingChange::RevokeKey { id, at: self.now() },
            action: "key.revoked",
            subject: id.to_string(),
        };
        let settled = self.settle_act(caller, act, String::new()).await?;
        self.keys_at_hand().clear();
        Ok(settled.map(|_| ()))
    }
}

/// Whether a key may do something.
///
/// # Errors
/// [`Failure::Forbidden`] with the scope it lacks.
pub fn require(key: &ApiKey, scope: Scope) -> Result<(), Failure> {
    if key.scopes.contains(&scope) {
        return Ok(());
    }
    Err(lacks(scope))
}

/// A key lacks this scope.
pub(crate) const fn lacks(scope: Scope) -> Failure {
    Failure::Forbidden(match scope {
        Scope::TurnWrite => "write turns with this key (scope `turn:write`)",
        Scope::ConversationRead => "read conversations with this key (scope `conv:read`)",
        Scope::Escalate => "ask for a person with this key (scope `escalate`)",
        Scope::DraftWrite => "propose drafts with this key (scope `draft:write`)",
    })
}

/// Keys that were used lately, so that a turn costs no look-up. A key that is
/// taken back here is forgotten at once; one that another process takes back,
/// within the span.
#[derive(Debug, Default)]
pub struct KeysAtHand(
    std::sync::RwLock<
        std::collections::HashMap<
            segue_ports::directory::SecretHash,
            (ApiKey, segue_model::time::Timestamp),
        >,
    >,
);

/// For how long a key is believed without asking the store.
const AT_HAND: Span = Span::seconds(5);
/// How many keys are kept at hand.
const AT_HAND_MAX: usize = 1_000;

impl KeysAtHand {
    fn get(
        &self,
        hash: segue_ports::directory::SecretHash,
        now: segue_model::time::Timestamp,
    ) -> Option<ApiKey> {
        let keys = self
            .0
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        keys.get(&hash)
            .filter(|(_, read)| *read + AT_HAND > now)
            .map(|(key, _)| key.clone())
    }

    fn put(&self, key: ApiKey, now: segue_model::time::Timestamp) {
        let mut keys = self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if keys.len() >= AT_HAND_MAX {
            keys.clear();
        }
        keys.insert(key.hash, (key, now));
    }

    fn clear(&self) {
        self.0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clear();
    }
}
