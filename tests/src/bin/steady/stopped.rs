//! A process that is stopped for a while, so that it takes nothing.

use std::{error::Error, fs};

use rustix::process::{Pid, Signal, kill_process};

use crate::{Done, wait};

/// The process of this number.
pub(crate) fn pid(number: u32) -> Result<Pid, Box<dyn Error>> {
    let number = i32::try_from(number)?;
    Ok(Pid::from_raw(number).ok_or("a process has a number")?)
}

/// Lets a process go on, also when what was waited for has not come.
struct Stopped(Pid);

impl Drop for Stopped {
    fn drop(&mut self) {
        // It may have been ended.
        let _ = kill_process(self.0, Signal::CONT);
    }
}

/// Does something while a process is stopped.
pub(crate) fn while_stopped(process: Pid, act: impl FnOnce() -> Done) -> Done {
    kill_process(process, Signal::STOP)?;
    let _stopped = Stopped(process);
    wait(|| states(process).is_ok_and(|mut all| all.all(|(_, state)| state == 'T')));
    act()
}

/// A process's threads, and what each does.
pub(crate) fn states(process: Pid) -> Result<impl Iterator<Item = (Pid, char)>, Box<dyn Error>> {
    let threads = fs::read_dir(format!("/proc/{}/task", process.as_raw_nonzero()))?;
    // One that ends meanwhile does nothing.
    Ok(threads.flatten().filter_map(|thread| {
        let number = thread.file_name().to_str()?.parse().ok()?;
        let told = fs::read_to_string(thread.path().join("stat")).ok()?;
        let (_, behind_its_name) = told.rsplit_once(") ")?;
        Some((Pid::from_raw(number)?, behind_its_name.chars().next()?))
    }))
}
