//! How many connections a door holds at once, in all and per address (S-19, S-20).
//!
//! The place a connection takes up travels with its bytes: a live socket outlasts
//! the request that it began as, and gives its place back when it is closed.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The connections of one door.
#[derive(Debug, Clone, Default)]
pub(crate) struct Crowd(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// How many a door holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) in_all: usize,
    /// From one address; `None` where many come from one on purpose.
    pub(crate) of_one: Option<usize>,
}

impl Crowd {
    /// A place for one more, if there is one.
    pub(crate) fn admit(&self, from: IpAddr, room: Room) -> Option<Place> {
        let from = whose(from);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.all >= room.in_all {
            return None;
        }
        let of_one = counts.by_address.entry(from).or_default();
        if room.of_one.is_some_and(|max| *of_one >= max) {
            // An entry that was only looked at does not stay.
            if *of_one == 0 {
                counts.by_address.remove(&from);
            }
            return None;
        }
        *of_one += 1;
        counts.all += 1;
        Some(Place {
            crowd: self.clone(),
            from,
        })
    }
}

/// The address that counts as one: a /64 is one machine's to choose from.
fn whose(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

/// A place that is taken up until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    crowd: Crowd,
    from: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all = counts.all.saturating_sub(1);
        if let Some(of_one) = counts.by_address.get_mut(&self.from) {
            *of_one = of_one.saturating_sub(1);
            if *of_one == 0 {
                counts.by_address.remove(&self.from);
            }
        }
    }
}

/// Bytes with the place that they take up.
#[derive(Debug)]
pub(crate) struct Counted<S> {
    stream: S,
    _place: Place,
}

impl<S> Counted<S> {
    pub(crate) const fn new(stream: S, place: Place) -> Self {
        Self {
            stream,
            _place: place,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, from)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    #[test]
    fn one_address_does_not_take_up_everything() -> Result<(), &'static str> {
        let (crowd, room) = (
            Crowd::default(),
            Room {
                in_all: 3,
                of_one: Some(1),
            },
        );
        let from = |text| address(text).ok_or("an address");
        let one = crowd.admit(from("2001:db8::1")?, room);
        assert!(one.is_some());
        // Another address of the same /64.
        assert!(crowd.admit(from("2001:db8::2")?, room).is_none());
        let other = crowd.admit(from("192.0.2.1")?, room);
        assert!(other.is_some());
        assert!(crowd.admit(from("::ffff:192.0.2.1")?, room).is_none());
        drop(one);
        let again = crowd.admit(from("2001:db8::2")?, room);
        assert!(again.is_some());
        drop((other, again));
        let counts = crowd.0.lock().map_err(|_| "poisoned")?;
        assert_eq!((counts.all, counts.by_address.len()), (0, 0));
        Ok(())
    }
}
