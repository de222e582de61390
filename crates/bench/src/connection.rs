//! The cheapest HTTP/1.1 client that checks its answers: one kept-alive
//! connection, requests as ready bytes, answers read by their length alone.
//! Cheap, because it shares the machine with what it measures.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Room for the largest answer that is looked for.
const BUFFER: usize = 64 * 1024;

/// One connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// Where the latest answer lies in the buffer.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    head: usize,
    end: usize,
}

impl Connection {
    /// Connects.
    pub async fn open(server: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; BUFFER],
            filled: 0,
        })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.write_all(request).await?;
        self.filled = 0;
        loop {
            let room = self
                .buffer
                .get_mut(self.filled..)
                .filter(|room| !room.is_empty());
            let read = self
                .stream
                .read(room.context("an answer too long for the buffer")?)
                .await?;
            ensure!(read > 0, "the server closed the connection");
            self.filled += read;
            if let Some(answer) = whole(self.buffer.get(..self.filled).unwrap_or_default())? {
                return Ok(answer);
            }
        }
    }

    /// Sends a request that must be answered with 2xx.
    pub async fn must(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        let answer = self.send(request).await?;
        if !(200..300).contains(&answer.status) {
            bail!(
                "{}: {}",
                answer.status,
                String::from_utf8_lossy(self.body(answer))
            );
        }
        Ok(answer)
    }

    /// Sends a request that must be answered with 2xx and JSON.
    pub async fn json(&mut self, request: &[u8]) -> anyhow::Result<Value> {
        let answer = self.must(request).await?;
        Ok(serde_json::from_slice(self.body(answer))?)
    }

    /// The head of an answer.
    pub fn head(&self, answer: Answer) -> &[u8] {
        self.buffer.get(..answer.head).unwrap_or_default()
    }

    /// The body of an answer.
    pub fn body(&self, answer: Answer) -> &[u8] {
        self.buffer.get(answer.head..answer.end).unwrap_or_default()
    }
}

fn whole(bytes: &[u8]) -> anyhow::Result<Option<Answer>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = bytes.get(..end).unwrap_or_default();
    let status = head
        .get(9..12)
        .and_then(|digits| std::str::from_utf8(digits).ok());
    let status = status
        .and_then(|digits| digits.parse().ok())
        .context("an answer without a status")?;
    let end = end + 4 + length(head)?;
    let head = head.len() + 4;
    Ok((bytes.len() >= end).then_some(Answer { status, head, end }))
}

fn length(head: &[u8]) -> anyhow::Result<usize> {
    let name = b"content-length:";
    let lines = head.split(|byte| *byte == b'\n');
    let found = lines.filter(|line| line.len() > name.len()).find(|line| {
        line.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    });
    let Some(line) = found else { return Ok(0) };
    let value = std::str::from_utf8(line.get(name.len()..).unwrap_or_default())?;
    Ok(value.trim().parse()?)
}

/// A request with a body as bytes; `headers` are whole lines with their ends.
pub fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

/// A request without a body as bytes.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{headers}\r\n").into_bytes()
}

/// A text of an answer by its name.
pub fn text<'a>(answer: &'a Value, name: &str) -> anyhow::Result<&'a str> {
    let found = answer.get(name).and_then(Value::as_str);
    found.with_context(|| format!("an answer without `{name}`"))
}
