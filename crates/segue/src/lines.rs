//! JSON Lines in, JSON Lines out. Input is read tolerantly and may be gzipped,
//! which its first bytes tell; output keeps the order of the input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use segue_model::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A line of the input cannot be read.
#[derive(Debug)]
pub struct InputError {
    /// Which line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for InputError {}

/// The bytes a gzip stream begins with.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A time on the command line.
///
/// # Errors
/// What is wrong with it, for people.
pub fn instant(text: &str) -> Result<Timestamp, String> {
    let at: jiff::Timestamp = text
        .parse()
        .map_err(|_| format!("`{text}` is no time in RFC 3339"))?;
    Ok(Timestamp(at.as_millisecond()))
}

/// Opens a file, or standard input for `-` and for no file at all.
pub fn open(path: Option<&Path>) -> anyhow::Result<Box<dyn BufRead>> {
    let raw: Box<dyn Read> = match path {
        Some(path) if path != Path::new("-") => {
            Box::new(File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?)
        }
        _ => Box::new(io::stdin()),
    };
    let mut reader = BufReader::new(raw);
    if reader.fill_buf()?.starts_with(&GZIP_MAGIC) {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(reader))));
    }
    Ok(Box::new(reader))
}

/// Calls `each` with every line that is not empty.
pub fn for_each<T: DeserializeOwned>(
    input: Box<dyn BufRead>,
    mut each: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let mut count = 0;
    for (index, line) in input.lines().enumerate() {
        let line_number = index as u64 + 1;
        let line = line.map_err(|error| InputError {
            line: line_number,
            reason: error.to_string(),
        })?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let value = serde_json::from_str(line).map_err(|error| InputError {
            line: line_number,
            reason: error.to_string(),
        })?;
        each(value)?;
        count += 1;
    }
    Ok(count)
}

/// Standard output, buffered.
pub fn output() -> BufWriter<io::Stdout> {
    BufWriter::new(io::stdout())
}

/// Writes one line.
pub fn write<T: Serialize>(out: &mut impl Write, value: &T) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The files of a folder with one of these endings, by name; the path itself if it is a file.
pub fn files(path: &Path, endings: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries =
        std::fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    found.retain(|file| {
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        file.is_file() && endings.iter().any(|ending| name.ends_with(ending))
    });
    found.sort();
    Ok(found)
}
