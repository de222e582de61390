//! Server-sent events, cut out of chunks as they arrive. Only what streams of models
//! use: the data of each event. A comment, an id or a name is passed over.

/// The longest event that is kept, in bytes.
pub const EVENT_BYTES_MAX: usize = 1024 * 1024;

/// An event grew longer than [`EVENT_BYTES_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event is longer than {EVENT_BYTES_MAX} bytes")]
pub struct EventTooLong;

/// Cuts a stream into events; remembers what is not whole yet.
#[derive(Debug, Default)]
pub struct Decoder {
    line: Vec<u8>,
    data: Option<Vec<u8>>,
    after_return: bool,
}

impl Decoder {
    /// Takes a chunk and hands over the data of every event that it completes, in order.
    ///
    /// # Errors
    /// [`EventTooLong`] if what is not whole yet grows too long; the stream is lost then.
    pub fn push(&mut self, chunk: &[u8], mut event: impl FnMut(&[u8])) -> Result<(), EventTooLong> {
        for &byte in chunk {
            // Lines end with CR, LF or both.
            let was_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if was_return => {}
                b'\n' | b'\r' => self.end_line(&mut event),
                _ => self.line.push(byte),
            }
            if self.line.len() + self.data.as_ref().map_or(0, Vec::len) > EVENT_BYTES_MAX {
                return Err(EventTooLong);
            }
        }
        Ok(())
    }

    fn end_line(&mut self, event: &mut impl FnMut(&[u8])) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            if let Some(data) = self.data.take() {
                event(&data);
            }
            return;
        }
        let Some(rest) = line.strip_prefix(b"data") else {
            return;
        };
        let value = match rest {
            [] => rest,
            [b':', b' ', value @ ..] | [b':', value @ ..] => value,
            _ => return,
        };
        match &mut self.data {
            Some(data) => {
                data.push(b'\n');
                data.extend_from_slice(value);
            }
            None => self.data = Some(value.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn events(chunks: &[&[u8]]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for chunk in chunks {
            decoder
                .push(chunk, |data| {
                    events.push(String::from_utf8(data.to_vec()).unwrap());
                })
                .unwrap();
        }
        events
    }

    #[test]
    fn events_are_the_same_wherever_the_stream_is_cut() {
        let stream = "\u{feff}: hi\r\n\r\ndata: {\"a\":1}\n\nid: 3\nevent: x\ndata:b\ndata: c\n\n\
                      data\n\nretry: 5\r\rdata: last ü\r\n\r\ndata: unfinished";
        let whole = events(&[stream.as_bytes()]);
        assert_eq!(whole, ["{\"a\":1}", "b\nc", "", "last ü"]);
        for cut in 0..stream.len() {
            let (one, other) = stream.as_bytes().split_at(cut);
            assert_eq!(events(&[one, other]), whole, "cut at {cut}");
        }
        let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
        assert_eq!(events(&bytes), whole);
    }

    #[test]
    fn an_endless_event_is_given_up() {
        let mut decoder = Decoder::default();
        let chunk = vec![b'a'; EVENT_BYTES_MAX];
        assert_eq!(decoder.push(&chunk, |_| {}), Ok(()));
        assert_eq!(decoder.push(b"aa", |_| {}), Err(EventTooLong));
    }
}
