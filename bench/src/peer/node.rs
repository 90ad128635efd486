//! Values that are shared by the Node package `ipos`.
//!
//! Writes are done one after the other in a parent process, with a turn of its event loop now and then, and the
//! child then tells the last value: its messages come in order, so it has applied all. The package tells nobody of
//! a change, so in a round trip both look for it at each turn of their event loops, and are at rest before and
//! after. Node measures: what is said between it and this program does not count.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use super::try_run;
use crate::{
    Result,
    contest::{Contender, Latencies, Measured, Presence},
    other::Other,
};

/// What is needed to install and to run it.
const FILES: [(&str, &str); 4] = [
    (
        "package.json",
        include_str!("../../peers/node/package.json"),
    ),
    (LOCK, include_str!("../../peers/node/package-lock.json")),
    ("parent.js", include_str!("../../peers/node/parent.js")),
    ("child.js", include_str!("../../peers/node/child.js")),
];

const LOCK: &str = "package-lock.json";

/// What was locked when it was installed.
const INSTALLED: &str = "installed.json";

/// What is done again and again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verb {
    /// A field.
    Set,
    /// An element to an array.
    Push,
    /// An entry of a `Map`, in turn of ten.
    Insert,
    /// A field there, and another one back.
    Trip,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Push => "push",
            Self::Insert => "map",
            Self::Trip => "trip",
        }
    }
}

pub(crate) struct Node {
    verb: Verb,
    /// How many are done where the work asks for one.
    each: u64,
    parent: Other,
}

impl Node {
    pub(crate) fn start(verb: Verb, each: usize) -> Result<Presence> {
        static INSTALLATION: OnceLock<std::result::Result<PathBuf, String>> = OnceLock::new();
        let folder = match INSTALLATION.get_or_init(install) {
            Ok(folder) => folder,
            Err(why) => return Ok(Presence::Absent(why.clone())),
        };
        let parent = Other::start(Command::new("node").arg(folder.join("parent.js")))?;
        Ok(Presence::Here(Box::new(Self {
            verb,
            each: u64::try_from(each)?,
            parent,
        })))
    }
}

impl Contender for Node {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let amount = amount * self.each;
        let answer = self.parent.ask(&format!("{} {amount}", self.verb.name()))?;
        if !matches!(self.verb, Verb::Trip) {
            return Ok(Measured::Took(Duration::from_nanos(answer.parse()?)));
        }
        let mut latencies = Latencies::new(3)?;
        for nanos in answer.split(' ') {
            latencies.record(nanos.parse()?)?;
        }
        Ok(Measured::Each(latencies))
    }
}

/// Installs the package where cargo builds, unless it is there, or tells why that cannot be.
fn install() -> std::result::Result<PathBuf, String> {
    try_run(Command::new("node").args(["-e", ""]))?;
    let folder = folder().map_err(|error| format!("there is no place for it: {error}"))?;
    let locked = fs::read_to_string(folder.join(LOCK));
    let installed = fs::read_to_string(folder.join(INSTALLED));
    if installed.is_err() || installed.ok() != locked.ok() {
        // If this comes to half only, nothing is installed any more.
        let _ = fs::remove_file(folder.join(INSTALLED));
        let options = [
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefer-offline",
            "--fetch-retries=0",
            "--fetch-timeout=20000",
        ];
        try_run(
            Command::new("npm")
                .arg("ci")
                .args(options)
                .current_dir(&folder),
        )?;
        fs::copy(folder.join(LOCK), folder.join(INSTALLED)).map_err(|error| error.to_string())?;
    }
    Ok(folder)
}

/// The folder where it is or will be installed, with our files in it.
fn folder() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let beside = program.parent().unwrap_or(Path::new("."));
    let folder = beside.join("ipos-bench-peers").join("node");
    fs::create_dir_all(&folder)?;
    for (name, text) in FILES {
        fs::write(folder.join(name), text)?;
    }
    Ok(folder)
}
