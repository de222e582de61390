//! The examples of `examples/`, run as their reader would run them: against a
//! server with the demo, with a key of their own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::python::Python;
use crate::repo::Repo;
use crate::stages::succeed;

/// How long the server may take until it says where it is.
const READY_MAX: Duration = Duration::from_secs(60);
/// How long one example may take.
const EXAMPLE_MAX: Duration = Duration::from_secs(60);
/// How long the server may take to end.
const STOP_MAX: Duration = Duration::from_secs(20);
/// What an example of an assistant shows, unless it says otherwise: it is told to go on,
/// and later not to.
const SHOWS: &str = "continue, escalate";
/// How an example says otherwise.
const SHOWS_SIGN: &str = "# It shows: ";
/// Where the examples are.
const FOLDERS: &[&str] = &["examples", "web/sdk/examples"];
/// What plays the other parts in them.
const SUPPORT: &str = "examples/support/";
/// The customer whose conversation somebody takes and hands back.
const CUSTOMER: &str = "graph@shop.example";
/// What an assistant's key may do.
const SCOPES: &[&str] = &["turn:write", "conv:read", "escalate"];

/// The binary of the test build.
///
/// # Errors
/// When cargo cannot say where it builds, or the build fails.
pub fn binary(repo: &Repo) -> Result<PathBuf> {
    // `--tests` selects what the tests were built with, so that nothing is compiled anew.
    succeed(repo.cargo().args([
        "build",
        "--locked",
        "--workspace",
        "--bins",
        "--tests",
        "--quiet",
    ]))?;
    let arguments = [
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ];
    let told = repo.cargo().args(arguments).output()?.stdout;
    let metadata: serde_json::Value = serde_json::from_slice(&told)?;
    let target = metadata
        .get("target_directory")
        .and_then(serde_json::Value::as_str);
    let binary =
        Path::new(target.context("cargo does not say where it builds")?).join("debug/segue");
    ensure!(binary.is_file(), "`{}` was not built", binary.display());
    Ok(binary)
}

/// Runs every example; the last line says how many passed.
///
/// # Errors
/// When the server does not start or an example fails.
pub fn run(repo: &Repo, binary: &Path) -> Result<()> {
    let data = std::env::temp_dir().join(format!("segue-examples-{}", std::process::id()));
    let result = run_in(repo, binary, &data);
    let _ = std::fs::remove_dir_all(&data);
    result
}

fn run_in(repo: &Repo, binary: &Path, data: &Path) -> Result<()> {
    let python = Python::at(repo)?;
    let model = Model::start(repo, &python)?;
    let connections = data.with_extension("toml");
    std::fs::write(
        &connections,
        format!("[gateway]\nurl = \"{}\"\n", model.url),
    )?;
    let server = Server::start(binary, data, &connections);
    std::fs::remove_file(&connections)?;
    let mut server = server?;
    let mut create = Command::new(binary);
    create
        .args(["key", "create", "--name", "examples", "--data"])
        .arg(data);
    SCOPES.iter().for_each(|scope| {
        create.args(["--scope", scope]);
    });
    let told = create.output()?;
    ensure!(
        told.status.success(),
        "no key could be made: {}",
        String::from_utf8_lossy(&told.stderr)
    );
    let key = String::from_utf8(told.stdout)?.trim().to_owned();
    python.check_library(repo)?;
    let mut agent = python.command("python");
    agent.arg(repo.path("examples/support/agent.py"));
    let mut agent = agent
        .env("SEGUE", &server.url)
        .env("LINK", &server.link)
        .env("CUSTOMER", CUSTOMER)
        .spawn()?;
    let (mut passed, mut failed) = (0, 0);
    let files: Result<Vec<_>> = FOLDERS.iter().map(|folder| repo.texts(folder)).collect();
    for file in files?.into_iter().flatten() {
        let Some(mut example) = interpreter(repo, &python, &file.path) else {
            continue;
        };
        example
            .arg(repo.path(&file.path))
            .env("SEGUE", &server.url)
            .env("SEGUE_BIN", binary)
            .env("DATA", data)
            .env("CUSTOMER", CUSTOMER)
            .env("KEY", &key);
        let shows = file
            .text
            .lines()
            .find_map(|line| line.strip_prefix(SHOWS_SIGN));
        let shows = shows.unwrap_or(SHOWS).trim_end_matches(['"', ' ']);
        match finish(&mut example, shows) {
            Ok(()) => {
                println!("ok      {}", file.path);
                passed += 1;
            }
            Err(error) => {
                println!("FAILED  {}: {error:#}", file.path);
                failed += 1;
            }
        }
    }
    drop(agent.kill());
    agent.wait()?;
    server.stop()?;
    println!("examples: {passed} passed, {failed} failed");
    ensure!(passed > 0, "no example was found in `examples`");
    ensure!(failed == 0, "{failed} example(s) failed");
    Ok(())
}

fn interpreter(repo: &Repo, python: &Python, path: &str) -> Option<Command> {
    if path.starts_with(SUPPORT) {
        return None;
    }
    match Path::new(path).extension()?.to_str()? {
        "sh" => Some(repo.command("bash")),
        "py" => Some(python.command("python")),
        "mjs" => Some(repo.command("node")),
        _ => None,
    }
}

/// Runs an example to its end; what it printed is shown if it fails or shows too little.
fn finish(example: &mut Command, shows: &str) -> Result<()> {
    let mut child = example
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let out = drain(child.stdout.take());
    let err = drain(child.stderr.take());
    let status = wait(&mut child, EXAMPLE_MAX)?;
    let (out, err) = (
        out.recv().unwrap_or_default(),
        err.recv().unwrap_or_default(),
    );
    let Some(status) = status else {
        bail!("not done after {} s\n{out}{err}", EXAMPLE_MAX.as_secs());
    };
    ensure!(status.success(), "{status}\n{out}{err}");
    let unseen: Vec<_> = shows
        .split(", ")
        .filter(|shown| !out.contains(shown))
        .collect();
    ensure!(unseen.is_empty(), "it does not show {unseen:?}\n{out}{err}");
    Ok(())
}

/// Reads a pipe to its end beside us, so that its writer never waits for us.
fn drain(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut text);
        }
        sender.send(String::from_utf8_lossy(&text).into_owned())
    });
    receiver
}

/// Waits for a process, at most so long; then it is ended.
fn wait(child: &mut Child, at_most: Duration) -> Result<Option<std::process::ExitStatus>> {
    /// How often it is looked at.
    const LOOK_EVERY: Duration = Duration::from_millis(20);
    let started = Instant::now();
    while started.elapsed() < at_most {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(LOOK_EVERY);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// A model for the gateway; it ends with this value.
struct Model {
    child: Child,
    url: String,
}

impl Model {
    fn start(repo: &Repo, python: &Python) -> Result<Self> {
        let mut command = python.command("python");
        command.arg(repo.path("examples/support/model.py"));
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut port = String::new();
        let out = child.stdout.take().context("the model has no output")?;
        BufReader::new(out).read_line(&mut port)?;
        let url = format!("http://127.0.0.1:{}/v1", port.trim());
        Ok(Self { child, url })
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server with the demo; it ends with this value.
struct Server {
    child: Child,
    url: String,
    /// Signs the owner in, once.
    link: String,
}

impl Server {
    fn start(binary: &Path, data: &Path, connections: &Path) -> Result<Self> {
        let mut command = Command::new(binary);
        command
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .arg("--connections")
            .arg(connections);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let (sender, lines) = mpsc::channel();
        let out = child.stdout.take().context("the server has no output")?;
        std::thread::spawn(move || {
            // Read to the end, so that the server never waits for a full pipe.
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut server = Self {
            child,
            url: String::new(),
            link: String::new(),
        };
        server.url = after(&lines, |line| {
            let mut words = line.split_whitespace();
            (words.next() == Some("console")).then(|| words.next())?
        })?;
        server.link = after(&lines, |line| Some(line.split_once("/#/link/")?.1))?;
        Ok(server)
    }

    fn stop(&mut self) -> Result<()> {
        succeed(Command::new("kill").args(["-TERM", &self.child.id().to_string()]))?;
        match wait(&mut self.child, STOP_MAX)? {
            Some(status) if status.success() => Ok(()),
            Some(status) => bail!("the server ended with {status}"),
            None => bail!("the server did not end within {} s", STOP_MAX.as_secs()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is looked for in the lines that the server prints, from the first that has it.
fn after(lines: &mpsc::Receiver<String>, find: fn(&str) -> Option<&str>) -> Result<String> {
    let started = Instant::now();
    loop {
        let left = READY_MAX.saturating_sub(started.elapsed());
        let line = lines
            .recv_timeout(left)
            .context("the server did not become ready")?;
        if let Some(found) = find(&line) {
            return Ok(found.trim().trim_end_matches('/').to_owned());
        }
    }
}
