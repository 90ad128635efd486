//! Values in a Python `multiprocessing.Manager`.
//!
//! The manager keeps the values in a process of its own. A use of one is a request to that process and returns
//! when it is done, so there is nothing to be waited for at the end, and a read is a request as well. Python
//! measures: what is said between it and this program does not count.

use std::{process::Command, time::Duration};

use super::try_run;
use crate::{
    Result,
    contest::{Contender, Measured, Presence},
    other::Other,
};

const SCRIPT: &str = include_str!("../../peers/python/manager.py");

/// What is done again and again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verb {
    /// Of an item of a `dict`, in turn of ten.
    Set,
    /// To a `list`.
    Append,
    /// Of an item of a `dict`, in turn of ten.
    Read,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Append => "append",
            Self::Read => "read",
        }
    }
}

pub(crate) struct Manager {
    verb: Verb,
    python: Other,
}

impl Manager {
    pub(crate) fn start(verb: Verb) -> Result<Presence> {
        let tried = try_run(Command::new("python3").args(["-c", "import multiprocessing"]));
        if let Err(why) = tried {
            return Ok(Presence::Absent(why));
        }
        let python = Other::start(Command::new("python3").args(["-c", SCRIPT]))?;
        Ok(Presence::Here(Box::new(Self { verb, python })))
    }
}

impl Contender for Manager {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let nanos = self
            .python
            .ask(&format!("{} {amount}", self.verb.name()))?
            .parse()?;
        Ok(Measured::Took(Duration::from_nanos(nanos)))
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        // It ends the manager's process, which would outlive it.
        let _ = self.python.ask("end 0");
    }
}
