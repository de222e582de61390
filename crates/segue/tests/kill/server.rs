//! The real server as a process, which can be killed at any moment and started again.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a start may take before the run is given up.
const START_WAIT: Duration = Duration::from_secs(30);
/// How many of its last lines are shown when something went wrong.
const LINES_KEPT: usize = 60;

/// Where the server listens at the moment; nowhere while it is dead.
#[derive(Debug, Clone, Default)]
pub struct Whereabouts(Arc<Mutex<Option<SocketAddr>>>);

impl Whereabouts {
    pub fn get(&self) -> Option<SocketAddr> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, address: Option<SocketAddr>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = address;
    }
}

/// The server, running or dead.
pub struct Server {
    folder: PathBuf,
    /// The fault that a test of the test switches on.
    pub fault: Option<&'static str>,
    child: Option<Child>,
    pub whereabouts: Whereabouts,
    /// The code with which the first one claims it.
    pub setup_code: Option<String>,
    lines: Arc<Mutex<VecDeque<String>>>,
}

impl Server {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            fault: None,
            child: None,
            whereabouts: Whereabouts::default(),
            setup_code: None,
            lines: Arc::default(),
        }
    }

    /// Starts it and waits until it says where it listens.
    pub fn start(&mut self) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segue"));
        command
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--widget-listen",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(&self.folder)
            .env_remove("SEGUE_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        match self.fault {
            Some(fault) => command.env("SEGUE_FAULT", fault),
            None => command.env_remove("SEGUE_FAULT"),
        };
        let mut child = command.spawn().unwrap();
        let (sender, said) = channel();
        self.listen(child.stdout.take().unwrap(), sender.clone());
        self.listen(child.stderr.take().unwrap(), sender);
        self.child = Some(child);
        let address = self.wait_for_address(&said);
        self.whereabouts.set(Some(address));
    }

    fn wait_for_address(&mut self, said: &Receiver<String>) -> SocketAddr {
        let give_up = Instant::now() + START_WAIT;
        let mut address = None;
        loop {
            let left = give_up.saturating_duration_since(Instant::now());
            let Ok(line) = said.recv_timeout(left) else {
                panic!("the server did not start:\n{}", self.last_lines());
            };
            if let Some((_, code)) = line.split_once("within 30 minutes: ") {
                self.setup_code = Some(code.trim().to_owned());
            }
            if let Some(rest) = line.trim().strip_prefix("console") {
                let rest = rest
                    .trim()
                    .trim_start_matches("http://")
                    .trim_end_matches('/');
                address = Some(rest.parse().unwrap());
            }
            if let (Some(address), true) = (address, self.setup_code.is_some()) {
                return address;
            }
        }
    }

    fn listen(&self, from: impl Read + Send + 'static, to: Sender<String>) {
        let lines = Arc::clone(&self.lines);
        std::thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                if lines.len() == LINES_KEPT {
                    lines.pop_front();
                }
                lines.push_back(line.clone());
                // Nobody waits for lines once the address is known.
                let _ = to.send(line);
            }
        });
    }

    /// What it last said.
    pub fn last_lines(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|line| format!("  {line}\n")).collect()
    }

    /// Whether it ended without being killed.
    pub fn has_died(&mut self) -> bool {
        self.child
            .as_mut()
            .is_some_and(|child| child.try_wait().unwrap().is_some())
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        self.whereabouts.set(None);
    }

    /// Makes a key for an assistant while the server runs.
    pub fn create_key(&self) -> String {
        let made = Command::new(env!("CARGO_BIN_EXE_segue"))
            .args(["key", "create", "--name", "kill test", "--data"])
            .arg(&self.folder)
            .args([
                "--scope",
                "turn:write",
                "--scope",
                "conv:read",
                "--scope",
                "escalate",
            ])
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
