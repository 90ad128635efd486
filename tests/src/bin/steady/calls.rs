//! Which system calls commits make: a host or a member that is traced, and starts the other.
//!
//! `host <commits>` or `member <commits>`: makes so many while the other is stopped, so that nothing but they happens. A
//! system call that nothing here makes otherwise marks where they begin, where they end, and where the other has them.

use std::{
    env,
    io::{BufRead, BufReader, stdin},
    process::{Command, Stdio},
};

use ipos::{Ipos, SharedHandle};
use ipos_tests::{PATIENCE, talk::say};
use rustix::process::{getpid, getppid};

use crate::{
    Done,
    stopped::{pid, states, while_stopped},
    wait,
};

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
    while_stopped(pid(other)?, || {
        let me = getpid();
        wait(|| {
            let mine = states(me);
            mine.is_ok_and(|mut all| all.all(|(thread, state)| thread == me || state == 'S'))
        });
        mark();
        for number in 1..=commits {
            tick.set(WARM_UP + number)?;
        }
        mark();
        Ok(())
    })?;
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
