//! What the system says of this process's memory.

use std::fs;

use crate::Result;

/// How many bytes of its own (of no file) this process has in memory.
pub(crate) fn resident() -> Result<u64> {
    const STATUS: &str = "/proc/self/status";
    let status = fs::read_to_string(STATUS).map_err(|error| {
        format!("{STATUS}, where Linux tells what memory a process has, cannot be read: {error}")
    })?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .ok_or_else(|| format!("{STATUS} does not tell RssAnon, as Linux does since 4.5"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024)
}
