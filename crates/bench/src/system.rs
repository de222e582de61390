//! What the system says of a process and its disk.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::figures;

/// How long the disk is asked.
const PROBE: Duration = Duration::from_secs(2);
/// What is written between two syncs, in bytes.
const BLOCK: usize = 4_096;
/// How many blocks the file of the probe has.
const BLOCKS: u64 = 4_096;
/// Ticks of processor time per second, as the system reports them.
const TICKS_PER_S: f64 = 100.0;
/// Bytes of a page of memory.
const PAGE: f64 = 4_096.0;

/// How fast a block becomes durable: half of the time it takes at least so
/// long, in microseconds. Blocks of a file that is there already, one at a time.
pub fn fdatasync_p50_us(folder: &Path) -> anyhow::Result<f64> {
    let path = folder.join("probe");
    let mut file = File::create(&path)?;
    let block = [7_u8; BLOCK];
    for _ in 0..BLOCKS {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    let began = Instant::now();
    let mut times = Vec::new();
    let mut place = 0;
    while began.elapsed() < PROBE {
        let asked = Instant::now();
        file.seek(SeekFrom::Start(place * 4_096))?;
        file.write_all(&block)?;
        file.sync_data()?;
        times.push(figures::micros(asked.elapsed()));
        place = (place + 1) % BLOCKS;
    }
    std::fs::remove_file(path)?;
    Ok(figures::median(&mut times))
}

/// The processor time that a process has had, in microseconds.
pub fn cpu_us(process: u32) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").context("no process state")?;
    let mut fields = fields.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    let (user, system) = (ticks(), ticks());
    let ticks = user.zip(system).map(|(user, system)| user + system);
    Ok(ticks.context("no processor time")? * 1e6 / TICKS_PER_S)
}

/// Whether a process has ended, waited for or not.
pub fn has_ended(process: u32) -> anyhow::Result<bool> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").context("no process state")?;
    Ok(fields.starts_with(['Z', 'X']))
}

/// The memory that a process has in use, in bytes.
pub fn resident_bytes(process: u32) -> anyhow::Result<f64> {
    let statm = std::fs::read_to_string(format!("/proc/{process}/statm"))?;
    let pages: f64 = statm
        .split(' ')
        .nth(1)
        .context("no memory figures")?
        .parse()?;
    Ok(pages * PAGE)
}
