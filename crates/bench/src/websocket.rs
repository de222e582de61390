//! The client's side of a WebSocket, as small as the benches need it: text
//! frames of up to 64 KiB, no fragments, no compression.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::connection;

const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const MASKED: u8 = 0x80;
/// Lengths up to here stand in the second byte.
const SHORT_MAX: usize = 125;
/// Says that the length follows in two bytes.
const IN_TWO: u8 = 126;
/// Says that the length follows in eight bytes.
const IN_EIGHT: u8 = 127;

/// One socket that has said hello.
pub struct Socket(TcpStream);

impl Socket {
    /// Connects to the live endpoint with a ticket.
    pub async fn open(server: SocketAddr, ticket: &str) -> anyhow::Result<Self> {
        let mut stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        // Any 16 bytes will do: nobody between us and the server caches.
        let request = format!(
            "GET /v1/live HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: c2VndWUtYmVuY2gtMDAwMQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        let head = String::from_utf8_lossy(&head);
        ensure!(head.starts_with("HTTP/1.1 101"), "no socket: {head}");
        let mut socket = Self(stream);
        socket
            .send(&json!({"type": "hello", "ticket": ticket}))
            .await?;
        let mut frame = Vec::new();
        socket.receive(&mut frame).await?;
        let welcome: Value = serde_json::from_slice(&frame)?;
        ensure!(
            connection::text(&welcome, "type")? == "welcome",
            "no welcome: {welcome}"
        );
        Ok(socket)
    }

    /// Sends a text frame.
    pub async fn send(&mut self, value: &Value) -> anyhow::Result<()> {
        let text = value.to_string();
        let mut frame = vec![TEXT];
        let length = text.len();
        if length <= SHORT_MAX {
            frame.push(MASKED | u8::try_from(length)?);
        } else {
            frame.push(MASKED | IN_TWO);
            frame.extend(u16::try_from(length)?.to_be_bytes());
        }
        // A mask of zeros leaves the bytes as they are.
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        Ok(self.0.write_all(&frame).await?)
    }

    /// Reads the next text frame into the buffer.
    pub async fn receive(&mut self, into: &mut Vec<u8>) -> anyhow::Result<()> {
        loop {
            let kind = self.0.read_u8().await?;
            let length = match self.0.read_u8().await? {
                IN_TWO => usize::from(self.0.read_u16().await?),
                IN_EIGHT => usize::try_from(self.0.read_u64().await?)?,
                length => usize::from(length),
            };
            into.resize(length, 0);
            self.0.read_exact(into).await?;
            match kind {
                TEXT => return Ok(()),
                CLOSE => {
                    let reason = into
                        .get(2..)
                        .map(String::from_utf8_lossy)
                        .context("closed")?;
                    bail!("the server closed the socket: {reason}");
                }
                _ => {}
            }
        }
    }
}
