//! Roles of the test of chaos: a host that brings trouble over its members, and members that write all the
//! while and note what was confirmed to them.

mod conductor;
pub mod ledger;
mod many;
pub mod notes;
mod worker;

use std::{
    error::Error,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    process::{Command, Stdio},
};

use ipos::{Ipos, Process};
use peak_alloc::PeakAlloc;

use crate::talk::Talk;

/// Plays a role of this family.
///
/// # Errors
///
/// What the role ends with.
pub fn play(role: &str, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match (role, &arguments[..]) {
        ("host", [seed, seconds, notes]) => {
            conductor::role(seed.parse()?, seconds.parse()?, Path::new(notes))
        }
        ("worker", [author, seed, notes]) => {
            worker::role(author.parse()?, seed.parse()?, Path::new(notes))
        }
        ("many-host", [members]) => many::host(members.parse()?),
        ("many", []) => many::member(),
        _ => Err(format!("there is no role {role} with arguments {arguments:?}").into()),
    }
}

/// How much this process has allocated and not freed, in KiB.
fn heap() -> usize {
    PeakAlloc.current_usage() / 1024
}

/// Starts this program again as a member of the session, in another role.
fn bring(ipos: &Ipos, role: &str, arguments: &[&str]) -> ipos::Result<(Process, Talk)> {
    let mut command = Command::new("/proc/self/exe");
    command.arg(role).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let process = ipos.spawn(command)?;
    let talk = Talk::with(&process);
    Ok((process, talk))
}

/// What is the same for equal values under equal keys, in words.
fn digest(ipos: &Ipos) -> ipos::Result<String> {
    let mut words = Vec::new();
    for key in ipos.keys() {
        let mut hasher = DefaultHasher::new();
        format!("{:?}", ipos.value(&key)?).hash(&mut hasher);
        words.push(format!("{key}={:x}", hasher.finish()));
    }
    Ok(words.join(" "))
}
