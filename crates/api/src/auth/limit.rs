//! How much is too much: token buckets per visitor, address and key (S-19).

use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use segue_model::id::ApiKeyId;
use segue_service::Failure;

use crate::error::ApiError;
use crate::state::ApiState;

/// After so many checks the buckets that are full again are dropped.
const SWEEP_EVERY: u32 = 4_096;

/// A bucket: so many at once, refilled over so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many at once.
    pub burst: NonZeroU32,
    /// Over how many seconds an empty bucket fills.
    pub over_s: u32,
}

impl Rate {
    /// A rate; a burst of 0 counts as 1.
    pub const fn new(burst: u32, over_s: u32) -> Self {
        let burst = match NonZeroU32::new(burst) {
            Some(burst) => burst,
            None => NonZeroU32::MIN,
        };
        Self { burst, over_s }
    }

    fn quota(self) -> Option<Quota> {
        let period =
            std::time::Duration::from_secs(u64::from(self.over_s.max(1))) / self.burst.get();
        Some(Quota::with_period(period)?.allow_burst(self.burst))
    }
}

/// The rates; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Messages of one visitor.
    pub messages: Option<Rate>,
    /// Any other request of one visitor.
    pub visitor: Option<Rate>,
    /// Wishes for a person of one visitor. A visitor has at most one open
    /// conversation and that at most one open escalation, so this bounds how
    /// fast they come one after the other.
    pub asks: Option<Rate>,
    /// New visitors from one address.
    pub visits: Option<Rate>,
    /// Sign-ins from one address.
    pub sign_in: Option<Rate>,
    /// Requests of one key.
    pub key: Option<Rate>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            messages: Some(Rate::new(10, 10)),
            visitor: Some(Rate::new(120, 60)),
            asks: Some(Rate::new(3, 60)),
            visits: Some(Rate::new(60, 60)),
            sign_in: Some(Rate::new(20, 60)),
            key: None,
        }
    }
}

struct Buckets<K: Hash + Eq + Clone> {
    limiter: Option<RateLimiter<K, HashMapStateStore<K>, DefaultClock>>,
    clock: DefaultClock,
    checks: AtomicU32,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(rate: Option<Rate>) -> Self {
        let limiter = rate.and_then(Rate::quota).map(RateLimiter::hashmap);
        Self {
            limiter,
            clock: DefaultClock::default(),
            checks: AtomicU32::new(0),
        }
    }

    fn check(&self, key: &K) -> Result<(), ApiError> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            limiter.retain_recent();
        }
        limiter.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            let retry_after_s = wait.as_secs().saturating_add(1);
            Failure::TooMany { retry_after_s }.into()
        })
    }
}

/// The buckets of a server; in memory, because a restart forgives.
pub struct Limits {
    messages: Buckets<String>,
    visitor: Buckets<String>,
    asks: Buckets<String>,
    visits: Buckets<IpAddr>,
    sign_in: Buckets<IpAddr>,
    key: Buckets<ApiKeyId>,
}

impl Limits {
    /// Full buckets.
    pub fn new(rates: Rates) -> Self {
        Self {
            messages: Buckets::new(rates.messages),
            visitor: Buckets::new(rates.visitor),
            asks: Buckets::new(rates.asks),
            visits: Buckets::new(rates.visits),
            sign_in: Buckets::new(rates.sign_in),
            key: Buckets::new(rates.key),
        }
    }

    /// One more message of a visitor.
    ///
    /// # Errors
    /// `too_many_requests`, here and below.
    pub fn message(&self, visitor: &str) -> Result<(), ApiError> {
        self.messages.check(&visitor.to_owned())
    }

    /// One more request of a visitor.
    ///
    /// # Errors
    /// As above.
    pub fn visitor(&self, visitor: &str) -> Result<(), ApiError> {
        self.visitor.check(&visitor.to_owned())
    }

    /// One more wish for a person.
    ///
    /// # Errors
    /// As above.
    pub fn ask(&self, visitor: &str) -> Result<(), ApiError> {
        self.asks.check(&visitor.to_owned())
    }

    /// One more visitor from an address.
    ///
    /// # Errors
    /// As above.
    pub fn visit(&self, from: Address) -> Result<(), ApiError> {
        self.visits.check(&from.0)
    }

    /// One more sign-in from an address.
    ///
    /// # Errors
    /// As above.
    pub fn sign_in(&self, from: Address) -> Result<(), ApiError> {
        self.sign_in.check(&from.0)
    }

    /// One more request of a key.
    ///
    /// # Errors
    /// As above.
    pub fn program(&self, key: &ApiKeyId) -> Result<(), ApiError> {
        self.key.check(key)
    }
}

/// Where a request comes from, as far as buckets go: a /24 or a /56, because
/// one household or office has that many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(IpAddr);

impl Address {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Ipv4Addr::new(a, b, c, 0).into()
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Ipv6Addr::new(a, b, c, d & 0xff00, 0, 0, 0, 0).into()
            }
        })
    }

    /// The network's first address, by which it is known.
    pub const fn network(self) -> IpAddr {
        self.0
    }
}

impl FromRequestParts<ApiState> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        // Without a connection (tests) everybody comes from one place.
        let from = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let peer = from.unwrap_or(Ipv4Addr::UNSPECIFIED.into());
        Ok(Self::of(api.options().proxies.client(peer, &parts.headers)))
    }
}
