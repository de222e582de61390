//! Browsers in front of the widget. An anonymous visitor has a random token; who
//! a visitor is, the workspace's own site proves by a signed, short-lived word
//! (S-11). An identity never reveals another browser's history.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use segue_model::fact::{self, FactValue, Facts};
use segue_model::id::WorkspaceId;
use segue_model::time::{Span, Timestamp};
use segue_ports::directory::{Customer, SecretHash, Visitor};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::secret;
use crate::failure::Failure;
use crate::service::Service;

/// How long a visitor's token is good; renewed while the widget is open.
pub const VISITOR_TOKEN: Span = Span::hours(24);
/// The longest life of a signed identity (S-11).
pub const IDENTITY_MAX: Span = Span::minutes(15);

/// The claims of a signed identity; a JSON Web Token with HS256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The customer's e-mail address or account id.
    pub sub: String,
    /// The workspace it is for.
    pub aud: String,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// The token's own name: one that has it is good for one browser only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
}

/// Which browser used which named identity; in memory, because they live for minutes.
#[derive(Debug, Default)]
pub struct Proofs(Mutex<HashMap<SecretHash, (String, Timestamp)>>);

impl Proofs {
    /// Lets a browser use an identity, unless another one did (S-11).
    fn take(
        &self,
        workspace: WorkspaceId,
        claims: &Claims,
        visitor: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(jti) = &claims.jti else {
            return Ok(());
        };
        let name = secret::hash(&format!("{workspace} {jti}"));
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|_, (_, until)| *until > now);
        let until = now + IDENTITY_MAX;
        let (of, _) = taken
            .entry(name)
            .or_insert_with(|| (visitor.to_owned(), until));
        if of == visitor {
            return Ok(());
        }
        Err(Failure::Unauthenticated)
    }
}

type HmacSha256 = Hmac<Sha256>;

fn signature(key: &[u8], signed: &str) -> Option<HmacSha256> {
    let mut mac = HmacSha256::new_from_slice(key).ok()?;
    mac.update(signed.as_bytes());
    Some(mac)
}

/// Signs an identity, as a site's own backend would.
pub fn sign_identity(key: &[u8], claims: &Claims) -> Option<String> {
    let header = URL_SAFE_NO_PAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
    let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).ok()?);
    let signed = format!("{header}.{body}");
    let mac = signature(key, &signed)?.finalize().into_bytes();
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac)))
}

/// Reads a signed identity.
///
/// # Errors
/// [`Failure::Unauthenticated`] for a wrong signature, audience, algorithm, or
/// one that has ended or lives longer than [`IDENTITY_MAX`].
pub fn read_identity(
    key: &[u8],
    workspace: WorkspaceId,
    now: Timestamp,
    token: &str,
) -> Result<Claims, Failure> {
    let refused = || Failure::Unauthenticated;
    let (signed, given) = token.rsplit_once('.').ok_or_else(refused)?;
    let (header, body) = signed.split_once('.').ok_or_else(refused)?;
    let given = URL_SAFE_NO_PAD.decode(given).map_err(|_| refused())?;
    let mac = signature(key, signed).ok_or_else(refused)?;
    mac.verify_slice(&given).map_err(|_| refused())?;
    #[derive(Deserialize)]
    struct Header {
        alg: String,
    }
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| refused())?;
    let header: Header = serde_json::from_slice(&header).map_err(|_| refused())?;
    let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| refused())?;
    let claims: Claims = serde_json::from_slice(&body).map_err(|_| refused())?;
    let ends_at = Timestamp(claims.exp.saturating_mul(1_000));
    let is_good = header.alg == "HS256"
        && claims.aud == workspace.to_string()
        && ends_at > now
        && ends_at <= now + IDENTITY_MAX;
    if is_good { Ok(claims) } else { Err(refused()) }
}

/// A visitor with what is known about them.
#[derive(Debug, Clone)]
pub struct KnownVisitor {
    /// The browser.
    pub visitor: Visitor,
    /// Who it is, once proved.
    pub customer: Option<Customer>,
    /// The facts a conversation opens with.
    pub facts: Facts,
}

impl Service {
    /// Gives a browser its token: a new one, or a renewed one for a browser that
    /// has one. A proved identity that differs from the browser's makes a new
    /// visitor, so that nobody inherits somebody else's conversation.
    ///
    /// # Errors
    /// When the identity is not good, another browser has used it, or the store fails.
    pub async fn visit(
        &self,
        workspace: WorkspaceId,
        former: Option<&str>,
        identity: Option<&Claims>,
    ) -> Result<(String, KnownVisitor), Failure> {
        let customer = match identity {
            Some(claims) => {
                let found = self
                    .store()
                    .find_customer(workspace, claims.sub.to_lowercase())
                    .await?;
                Some(found.ok_or(Failure::Unknown("customer"))?)
            }
            None => None,
        };
        let wanted = customer.as_ref().map(|customer| customer.id);
        let known = match former {
            Some(token) => self.store().visitor(secret::hash(token)).await?,
            None => None,
        };
        let known = known.filter(|known| {
            known.workspace == workspace
                && known.customer == wanted
                && known.expires_at > self.now()
        });
        let token = secret::new_secret("sgv_");
        let id = known.map_or_else(|| secret::new_secret("v_"), |known| known.id);
        if let Some(claims) = identity {
            self.proofs().take(workspace, claims, &id, self.now())?;
        }
        let visitor = Visitor {
            id,
            hash: secret::hash(&token),
            workspace,
            customer: wanted,
            expires_at: self.now() + VISITOR_TOKEN,
        };
        self.store().put_visitor(visitor.clone()).await?;
        let facts = facts_of(customer.as_ref());
        Ok((
            token,
            KnownVisitor {
                visitor,
                customer,
                facts,
            },
        ))
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] if it is not good (any more).
    pub async fn visitor(&self, token: &str) -> Result<KnownVisitor, Failure> {
        let visitor = self.store().visitor(secret::hash(token)).await?;
        let visitor = visitor
            .filter(|known| known.expires_at > self.now())
            .ok_or(Failure::Unauthenticated)?;
        let customer = match visitor.customer {
            Some(id) => self.store().customer(visitor.workspace, id).await?,
            None => None,
        };
        let facts = facts_of(customer.as_ref());
        Ok(KnownVisitor {
            visitor,
            customer,
            facts,
        })
    }
}

/// What a conversation of this customer opens with.
pub fn facts_of(customer: Option<&Customer>) -> Facts {
    let mut known = customer
        .map(|customer| customer.facts.clone())
        .unwrap_or_default();
    let is_proved = customer.is_some();
    known.insert(
        fact::name::AUTHENTICATED.to_owned(),
        FactValue::Flag(is_proved),
    );
    Facts {
        known,
        lookup_failed: None,
    }
}
