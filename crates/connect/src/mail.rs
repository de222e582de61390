//! Letters by SMTP. The protocol, TLS and the form of a message are lettre's.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use segue_outbound::SecretSource;
use segue_ports::news::{Letter, NewsError, Post, Sent};
use serde::Deserialize;

use crate::error::{ConnectError, Section};

/// How long one letter may take unless told otherwise, in milliseconds.
const TIMEOUT_MS_OTHERWISE: u64 = 20_000;
/// The longest that one letter may take, in milliseconds.
const TIMEOUT_MS_MAX: u64 = 120_000;
const PLACE: &str = "mail";

/// What an operator may write about the mail server: `[mail]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSection {
    /// Its name.
    pub host: String,
    /// Its port: 465 with `tls`, 587 with `starttls`, 25 with `none` unless told otherwise.
    pub port: Option<u16>,
    /// How the connection is kept from others: `tls` unless told otherwise.
    #[serde(default)]
    pub security: Security,
    /// Who writes: `Segue <segue@example.com>`.
    pub from: String,
    /// Who signs in, where the server asks for it.
    pub user: Option<String>,
    /// A file with their password.
    pub password_file: Option<PathBuf>,
    /// A variable with their password.
    pub password_env: Option<String>,
    /// How long one letter may take, in milliseconds; 20,000 unless told otherwise.
    pub timeout_ms: Option<u64>,
}

/// How a connection is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// TLS before anything is said; without it nothing is.
    StartTls,
    /// Readable by whoever is between: only on this machine.
    None,
}

impl MailSection {
    /// Makes the mail server ready to be written to. Nobody is called yet.
    ///
    /// # Errors
    /// [`ConnectError`] if something is missing, not allowed, or cannot be read.
    pub fn plug(self) -> Result<Arc<dyn Post>, ConnectError> {
        let section = Section(PLACE);
        let from: Mailbox = self.from.parse().map_err(|_| {
            section.key("from", "has to be an address: `Segue <segue@example.com>`")
        })?;
        let is_here = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if self.security == Security::None && !is_here {
            return Err(section.key("security", "may be `none` on this machine only"));
        }
        let key = SecretSource {
            file: self.password_file,
            variable: self.password_env,
        };
        let password = key.read().map_err(|source| section.secret(source))?;
        let timeout = section.millis(
            "timeout_ms",
            self.timeout_ms,
            TIMEOUT_MS_OTHERWISE,
            TIMEOUT_MS_MAX,
        )?;
        let refused =
            |error: lettre::transport::smtp::Error| section.key("host", error.to_string());
        let mut builder = match self.security {
            Security::Tls => {
                AsyncSmtpTransport::<Tokio1Executor>::relay(&self.host).map_err(refused)?
            }
            Security::StartTls => {
                AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&self.host).map_err(refused)?
            }
            Security::None => {
                AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(self.host.as_str())
            }
        };
        if let Some(port) = self.port {
            builder = builder.port(port);
        }
        match (self.user, password) {
            (Some(user), Some(password)) => {
                builder = builder.credentials(Credentials::new(user, password.expose().to_owned()));
            }
            (None, None) => {}
            (Some(_), None) => {
                return Err(section.key("password_file", "is missing for this `user`"));
            }
            (None, Some(_)) => return Err(section.key("user", "is missing for this password")),
        }
        let transport = builder
            .timeout(Some(Duration::from_millis(timeout.millis())))
            .build();
        Ok(Arc::new(Smtp { transport, from }))
    }
}

struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    fn message(&self, letter: Letter) -> Result<Message, NewsError> {
        let refused = |error: &dyn std::fmt::Display| NewsError::Refused(error.to_string());
        let to: Mailbox = letter.to.parse().map_err(|error| refused(&error))?;
        let mut parts = MultiPart::mixed()
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html));
        for file in letter.attachments {
            let media = ContentType::parse(&format!("{}; charset=utf-8", file.media))
                .map_err(|error| refused(&error))?;
            parts = parts.singlepart(with_name(file.name, file.text, media));
        }
        let domain = self.from.email.domain();
        // A machine wrote it: nobody's absence is to answer it (RFC 3834).
        let generated = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .date(std::time::UNIX_EPOCH + Duration::from_millis(letter.at.0.max(0).unsigned_abs()))
            .raw_header(generated)
            .multipart(parts)
            .map_err(|error| refused(&error))
    }
}

fn with_name(name: String, text: String, media: ContentType) -> SinglePart {
    Attachment::new(name).body(text, media)
}

impl Post for Smtp {
    fn send(&self, letter: Letter) -> Sent<'_> {
        Box::pin(async move {
            let message = self.message(letter)?;
            match self.transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(NewsError::Refused(error.to_string())),
                Err(error) => Err(NewsError::Unreachable(said(&error))),
            }
        })
    }
}

/// What is wrong, down to its cause: "Connection error" alone helps nobody.
fn said(error: &lettre::transport::smtp::Error) -> String {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    match cause {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
