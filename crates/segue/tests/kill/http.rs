//! The smallest HTTP/1.1 client that will do: one connection, kept alive, with a
//! bound on every wait. A client of our own, because what is tested is what an
//! outsider sees on the wire, and a broken connection must look like one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// How long an answer may take; after that nobody knows what became of the request.
const WAIT: Duration = Duration::from_secs(10);

/// What came back.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    /// Cookies to keep, as `name=value`.
    pub cookies: Vec<String>,
    pub is_replayed: bool,
    pub body: Value,
}

/// One connection to wherever the server is at the moment.
#[derive(Debug, Default)]
pub struct Client {
    /// `Authorization`, `Cookie` and their like, as whole lines.
    pub headers: Vec<String>,
    connection: Option<(SocketAddr, BufReader<TcpStream>)>,
}

impl Client {
    pub fn with_key(key: &str) -> Self {
        Self {
            headers: vec![format!("Authorization: Bearer {key}")],
            connection: None,
        }
    }

    /// Sends a request and reads the answer. `Err` says that the outcome is unknown.
    pub fn send(
        &mut self,
        server: SocketAddr,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> std::io::Result<Response> {
        let response = self.try_send(server, method, path, key, body);
        if response.is_err() {
            self.connection = None;
        }
        response
    }

    fn try_send(
        &mut self,
        server: SocketAddr,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> std::io::Result<Response> {
        if self.connection.as_ref().is_none_or(|(at, _)| *at != server) {
            let stream = TcpStream::connect_timeout(&server, WAIT)?;
            stream.set_read_timeout(Some(WAIT))?;
            stream.set_write_timeout(Some(WAIT))?;
            stream.set_nodelay(true)?;
            self.connection = Some((server, BufReader::new(stream)));
        }
        let (_, reader) = self.connection.as_mut().unwrap();
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {server}\r\nContent-Length: {}\r\n",
            body.len()
        );
        if !body.is_empty() {
            head.push_str("Content-Type: application/json\r\n");
        }
        if let Some(key) = key {
            head.push_str(&format!("Idempotency-Key: {key}\r\n"));
        }
        for header in &self.headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        head.push_str(&body);
        reader.get_mut().write_all(head.as_bytes())?;
        let (response, closes) = read(reader)?;
        if closes {
            self.connection = None;
        }
        Ok(response)
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> std::io::Result<(Response, bool)> {
    let broken = |what: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned());
    let status = line(reader)?;
    let status = status.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| broken("no status"))?;
    let mut response = Response {
        status,
        cookies: Vec::new(),
        is_replayed: false,
        body: Value::Null,
    };
    let (mut length, mut closes) = (0, false);
    loop {
        let header = line(reader)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(|_| broken("no length"))?,
            "transfer-encoding" => return Err(broken("an answer in chunks")),
            "connection" => closes = value.eq_ignore_ascii_case("close"),
            "idempotency-replayed" => response.is_replayed = value == "true",
            "set-cookie" => {
                response
                    .cookies
                    .push(value.split(';').next().unwrap().to_owned());
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if !body.is_empty() {
        response.body = serde_json::from_slice(&body).map_err(|_| broken("no JSON"))?;
    }
    Ok((response, closes))
}

fn line(reader: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}
