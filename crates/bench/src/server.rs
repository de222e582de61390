//! The servers that are measured, as processes of their own.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::json;

use crate::connection::{Connection, get, post};

/// How long a server may take to end when asked to.
const END_WAIT: Duration = Duration::from_secs(20);

/// What a browser on the console's own page sends with every write.
const OWN_PAGE: &str = "X-Segue: 1\r\nSec-Fetch-Site: same-origin\r\n";

/// A server in a folder of its own.
pub struct Server {
    child: Child,
    folder: PathBuf,
    /// Where console and API listen.
    pub address: SocketAddr,
    /// Where its counters are read.
    metrics: SocketAddr,
    /// `Authorization` of an assistant's key, as a line.
    pub key: String,
    /// What a signed-in owner sends, as lines.
    pub session: String,
}

/// The counters of a server's log.
#[derive(Debug, Clone, Copy)]
pub struct Counters {
    /// Appends that became durable.
    pub appends: f64,
    /// The waits for the disk that made them so.
    pub commits: f64,
}

impl Server {
    /// Starts the release binary that lies beside this one, claims it and makes a key.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_with(&[]).await
    }

    /// The same with more arguments.
    pub async fn start_with(more: &[&OsStr]) -> anyhow::Result<Self> {
        let binary = std::env::current_exe()?;
        let folder = std::env::temp_dir().join(format!("segue-bench-{}", std::process::id()));
        let metrics = free_address()?;
        let mut child = Command::new(&binary)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--widget-listen",
                "127.0.0.1:0",
                "--metrics-listen",
                &metrics.to_string(),
                "--data",
            ])
            .arg(&folder)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("`{}` cannot be started", binary.display()))?;
        let code = line_with(&mut child.stderr.take(), "within 30 minutes: ")?;
        let console = line_with(&mut child.stdout.take(), "console")?;
        let address = console
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .parse()?;
        let mut server = Self {
            child,
            folder,
            address,
            metrics,
            key: String::new(),
            session: String::new(),
        };
        server.claim(code.trim()).await?;
        server.make_key(&binary)?;
        Ok(server)
    }

    async fn claim(&mut self, code: &str) -> anyhow::Result<()> {
        let mut connection = Connection::open(self.address).await?;
        let claim = json!({
            "code": code, "company": "Bench", "name": "Olive Owner",
            "email": "olive@bench.example", "password": "a long enough password",
        });
        connection
            .must(&post("/v1/setup", OWN_PAGE, &claim.to_string()))
            .await?;
        let credentials =
            json!({"email": "olive@bench.example", "password": "a long enough password"});
        let request = post("/v1/session", OWN_PAGE, &credentials.to_string());
        let answer = connection.must(&request).await?;
        let head = String::from_utf8_lossy(connection.head(answer)).into_owned();
        let cookies = head.lines().filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.split(';').next())?
        });
        let cookies: Vec<_> = cookies.map(str::trim).collect();
        ensure!(!cookies.is_empty(), "no session was given");
        self.session = format!("{OWN_PAGE}Cookie: {}\r\n", cookies.join("; "));
        Ok(())
    }

    fn make_key(&mut self, binary: &Path) -> anyhow::Result<()> {
        let made = Command::new(binary)
            .args(["key", "create", "--name", "bench", "--data"])
            .arg(&self.folder)
            .args(["--scope", "turn:write", "--scope", "conv:read"])
            .output()?;
        ensure!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let key = String::from_utf8(made.stdout)?;
        self.key = format!("Authorization: Bearer {}\r\n", key.trim());
        Ok(())
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The folder of its data.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it has counted so far.
    pub async fn counters(&self) -> anyhow::Result<Counters> {
        let mut connection = Connection::open(self.metrics).await?;
        let answer = connection.must(&get("/metrics", "")).await?;
        let text = String::from_utf8_lossy(connection.body(answer)).into_owned();
        let value = |name: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            let value = line.with_context(|| format!("no metric `{name}`"))?;
            anyhow::Ok(value.trim().parse::<f64>()?)
        };
        Ok(Counters {
            appends: value("segue_log_appends_total")?,
            commits: value("segue_log_commits_total")?,
        })
    }

    /// Ends it as an operator would, so that the file is complete.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        let asked = Command::new("kill").arg(self.id().to_string()).status()?;
        ensure!(asked.success(), "the server could not be asked to end");
        let give_up = Instant::now() + END_WAIT;
        while self.child.try_wait()?.is_none() {
            if Instant::now() > give_up {
                bail!("the server does not end");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended, and the folder may be gone.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// The server that only echoes.
pub struct Echo {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Echo {
    /// Starts it.
    pub fn start() -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["bench", "echo"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let address = line_with(&mut child.stdout.take(), "")?.trim().parse()?;
        Ok(Self { child, address })
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An address that nobody listens on at this moment.
fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// What follows `mark` in the first line that has it. The rest of the output is
/// read by a thread that throws it away, so that the server never waits for it.
fn line_with(
    output: &mut Option<impl std::io::Read + Send + 'static>,
    mark: &str,
) -> anyhow::Result<String> {
    let mut lines = BufReader::new(output.take().context("no output")?).lines();
    let mut seen = Vec::new();
    while let Some(line) = lines.next().transpose()? {
        if let Some((_, rest)) = line.split_once(mark) {
            let rest = rest.to_owned();
            std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
            return Ok(rest);
        }
        seen.push(line);
    }
    bail!("the server ended:\n{}", seen.join("\n"))
}
