//! Which address a request comes from when proxies stand before the server.
//!
//! `X-Forwarded-For` is what anybody may write, so it is believed only as far as
//! the addresses go that the operator named: each proxy appends whom it heard,
//! and the right-most address that is no proxy of ours is the client (S-31).

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use axum::http::HeaderMap;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies that are believed; none by default.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Arc<[IpNet]>);

/// A network of proxies: `10.0.0.0/8`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

impl FromStr for Network {
    type Err = ipnet::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse::<IpAddr>() {
            Ok(one) => Ok(Self(one.into())),
            Err(_) => text.parse().map(Self),
        }
    }
}

impl FromIterator<Network> for Proxies {
    fn from_iter<I: IntoIterator<Item = Network>>(networks: I) -> Self {
        Self(networks.into_iter().map(|network| network.0).collect())
    }
}

impl Proxies {
    /// Whether an address is that of a proxy.
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whose request it is that came from `peer`.
    ///
    /// A word that is no address ends the way: what stands left of it was
    /// appended by nobody whom we know.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).into_iter().rev();
        let words = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
        for word in words {
            if !self.contain(client) {
                break;
            }
            let Some(before) = address(word.trim()) else {
                break;
            };
            client = before;
        }
        client
    }
}

/// An address, as some proxies write it also with a port.
fn address(word: &str) -> Option<IpAddr> {
    let bare = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'));
    let one = bare.unwrap_or(word).parse::<IpAddr>().ok();
    let address = one.or_else(|| word.parse::<SocketAddr>().ok().map(|at| at.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[track_caller]
    fn check(trusted: &[&str], peer: &str, lines: &[&str], expected: &str) {
        let proxies: Proxies = trusted
            .iter()
            .map(|text| text.parse::<Network>().unwrap())
            .collect();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let client = proxies.client(peer.parse().unwrap(), &headers);
        assert_eq!(client.to_string(), expected);
    }

    #[test]
    fn nobody_is_believed_by_default() {
        check(&[], "127.0.0.1", &["203.0.113.9"], "127.0.0.1");
    }

    #[test]
    fn a_stranger_is_not_believed() {
        check(
            &["10.0.0.0/8"],
            "198.51.100.7",
            &["203.0.113.9"],
            "198.51.100.7",
        );
    }

    #[test]
    fn the_right_most_that_is_no_proxy_is_the_client() {
        let forged = "192.0.2.1, 203.0.113.9, 10.0.0.2";
        check(&["10.0.0.0/8"], "10.0.0.1", &[forged], "203.0.113.9");
        check(
            &["10.0.0.0/8"],
            "10.0.0.1",
            &["192.0.2.1, 203.0.113.9", "10.0.0.2"],
            "203.0.113.9",
        );
    }

    #[test]
    fn one_address_is_a_network() {
        check(&["127.0.0.1"], "127.0.0.1", &["203.0.113.9"], "203.0.113.9");
        check(&["::1"], "::1", &["2001:db8::9"], "2001:db8::9");
    }

    #[test]
    fn mapped_addresses_are_the_ones_they_map() {
        check(
            &["10.0.0.0/8"],
            "::ffff:10.0.0.1",
            &["::ffff:203.0.113.9"],
            "203.0.113.9",
        );
    }

    #[test]
    fn a_port_is_left_aside() {
        check(
            &["10.0.0.0/8"],
            "10.0.0.1",
            &["203.0.113.9:4711"],
            "203.0.113.9",
        );
        check(
            &["10.0.0.0/8"],
            "10.0.0.1",
            &["[2001:db8::9]:4711"],
            "2001:db8::9",
        );
        check(
            &["10.0.0.0/8"],
            "10.0.0.1",
            &["[2001:db8::9]"],
            "2001:db8::9",
        );
    }

    #[test]
    fn what_is_no_address_ends_the_way() {
        for line in ["203.0.113.9, unknown", "", "203.0.113.9,"] {
            check(&["10.0.0.0/8"], "10.0.0.1", &[line], "10.0.0.1");
        }
    }

    #[test]
    fn a_client_among_the_proxies_is_the_left_most() {
        check(
            &["10.0.0.0/8"],
            "10.0.0.1",
            &["10.0.0.3, 10.0.0.2"],
            "10.0.0.3",
        );
    }
}
