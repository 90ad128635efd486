//! What one would use without IPOS.

pub(crate) mod automerge;
pub(crate) mod iceoryx2;
pub(crate) mod ipc_channel;
pub(crate) mod node;
pub(crate) mod python;
pub(crate) mod remoc;
pub(crate) mod whole;

use std::process::{Command, Stdio};

/// Whether a program runs here and succeeds; if not, why in words.
fn try_run(command: &mut Command) -> std::result::Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{name} does not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    let why = last.map_or_else(|| output.status.to_string(), str::to_owned);
    Err(format!("{name} fails: {why}"))
}
