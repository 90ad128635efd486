//! Which system calls commits make: a host or a member that is traced, and starts the other.
//!
//! `host <commits>` or `member <commits>`: makes so many while the other is stopped, so that nothing but they happens. A
//! system call that nothing here makes otherwise marks where they begin, where they end, and where the other has them.

use std::{
    env,
    error::Error,
    fs,
    io::{BufRead, BufReader, stdin},
    process::{Command, Stdio},
};

use ipos::{Ipos, SharedHandle};
use ipos_tests::{PATIENCE, talk::say};
use rustix::process::{Pid, Signal, getpid, getppid, kill_process};

use crate::{Done, wait};

/// How many commits are made before: a member may make as many more at once.
const WARM_UP: u64 = 5_000;

/// Plays the process that the arguments name.
pub(crate) fn play(arguments: &[String]) -> Done {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["host", commits] => host(commits.parse()?),
        ["member", commits] => member(commits.parse()?),
        ["its-member"] => {
            let ipos = Ipos::join()?;
            let tick = ipos.get::<u64>("tick")?;
            tick.wait_until(PATIENCE, |&tick| tick == u64::MAX)?;
            Ok(())
        }
        ["its-host", name] => {
            let ipos = Ipos::serve(name)?;
            let tick = ipos.create("tick", 0u64)?;
            say("ready")?;
            tick.wait_until(PATIENCE, |&tick| tick == u64::MAX)?;
            Ok(())
        }
        _ => Err("who am I?".into()),
    }
}

/// Waits until it is traced.
fn traced() -> Done {
    say("begun")?;
    stdin().read_line(&mut String::new())?;
    Ok(())
}

fn host(commits: u64) -> Done {
    traced()?;
    let ipos = Ipos::host()?;
    let tick = ipos.create("tick", 0u64)?;
    let mut command = Command::new(env::current_exe()?);
    command.args(["calls", "its-member"]);
    let other = ipos.spawn(command)?;
    count(&ipos, &tick, other.id(), commits)?;
    other.wait()?;
    Ok(())
}

fn member(commits: u64) -> Done {
    traced()?;
    let name = format!("ipos-tests-calls-{}", std::process::id());
    let mut command = Command::new(env::current_exe()?);
    command.args(["calls", "its-host", &name]);
    let mut other = command.stdout(Stdio::piped()).spawn()?;
    let said = other.stdout.take().expect("it has a pipe there");
    BufReader::new(said).read_line(&mut String::new())?;
    let ipos = Ipos::connect(&name)?;
    let tick = ipos.wait_for::<u64>("tick", PATIENCE)?;
    count(&ipos, &tick, other.id(), commits)?;
    other.wait()?;
    Ok(())
}

/// Makes the commits. The last one of all ends the other process.
fn count(ipos: &Ipos, tick: &SharedHandle<u64>, other: u32, commits: u64) -> Done {
    for number in 1..=WARM_UP {
        tick.set(number)?;
    }
    tick.flush(PATIENCE)?;
    ipos.barrier(PATIENCE)?;
    let other = i32::try_from(other).ok().and_then(Pid::from_raw);
    let other = other.ok_or("it has a number")?;
    kill_process(other, Signal::STOP)?;
    let me = getpid();
    wait(|| states(other).is_ok_and(|mut all| all.all(|(_, state)| state == 'T')));
    wait(|| {
        let mine = states(me);
        mine.is_ok_and(|mut all| all.all(|(thread, state)| thread == me || state == 'S'))
    });
    mark();
    for number in 1..=commits {
        tick.set(WARM_UP + number)?;
    }
    mark();
    kill_process(other, Signal::CONT)?;
    tick.flush(PATIENCE)?;
    ipos.barrier(PATIENCE)?;
    mark();
    tick.set(u64::MAX)?;
    tick.flush(PATIENCE)?;
    Ok(())
}

fn mark() {
    let _ = getppid();
}

/// A process's threads, and what each does.
fn states(process: Pid) -> Result<impl Iterator<Item = (Pid, char)>, Box<dyn Error>> {
    let threads = fs::read_dir(format!("/proc/{}/task", process.as_raw_nonzero()))?;
    // One that ends meanwhile does nothing.
    Ok(threads.flatten().filter_map(|thread| {
        let number = thread.file_name().to_str()?.parse().ok()?;
        let told = fs::read_to_string(thread.path().join("stat")).ok()?;
        let (_, behind_its_name) = told.rsplit_once(") ")?;
        Some((Pid::from_raw(number)?, behind_its_name.chars().next()?))
    }))
}
