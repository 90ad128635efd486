//! The same over `ipos` as it is: a host, and a member in another process.

use std::{
    env,
    process::Command,
    time::{Duration, Instant},
};

use ipos::{Builder, Ipos, Waiting};

use crate::{
    figures::{Latency, Measured, Rate},
    line::Result,
};

const PATIENCE: Duration = Duration::from_secs(60);

/// How long a thread looks before it sleeps: longer than anything here takes.
const SPIN: Duration = Duration::from_secs(1);

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Two commits, there and back, each waited for with `wait_until`.
    RoundTrip,
    /// One set a commit, until all are applied.
    Sets,
}

fn builder(spins: bool) -> Builder {
    let waiting = if spins {
        Waiting::Spin(SPIN)
    } else {
        Waiting::Park
    };
    Ipos::builder().waiting(waiting)
}

pub(crate) fn measure((work, spins): (Work, bool), times: usize) -> Result<Measured> {
    let ipos = builder(spins).host()?;
    let ping = ipos.create("ping", 0_usize)?;
    let pong = ipos.create("pong", 0_usize)?;
    let cold = times / 10;
    let last = ipos.create("last", times + cold)?;
    let mut command = Command::new(env::current_exe()?);
    command.args(["session", &format!("{work:?}"), &spins.to_string()]);
    let other = ipos.spawn(&mut command)?;
    // It has begun.
    pong.wait_until(PATIENCE, |pong| *pong == usize::MAX)?;
    let last = *last.read();
    let measured = match work {
        Work::RoundTrip => {
            let mut latency = Latency::new();
            for number in 1..=last {
                let begun = Instant::now();
                ping.set(number)?;
                pong.wait_until(PATIENCE, |pong| *pong == number)?;
                if number > cold {
                    latency.note(begun.elapsed());
                }
            }
            latency.measured()
        }
        Work::Sets => {
            let begun = Instant::now();
            for number in 1..=last {
                ping.set(number)?;
            }
            pong.wait_until(PATIENCE, |pong| *pong == last)?;
            Rate::measured(last, begun.elapsed())
        }
    };
    other.wait()?;
    Ok(measured)
}

/// The other process.
pub(crate) fn other(args: &[String]) -> Result<()> {
    let [work, spins] = args else {
        return Err("a session has a work and a patience".into());
    };
    let ipos = builder(spins.parse()?).join()?;
    let ping = ipos.get::<usize>("ping")?;
    let pong = ipos.get::<usize>("pong")?;
    let last = *ipos.get::<usize>("last")?.read();
    pong.set(usize::MAX)?;
    let first = if *work == format!("{:?}", Work::RoundTrip) {
        1
    } else {
        last
    };
    for number in first..=last {
        ping.wait_until(PATIENCE, |ping| *ping == number)?;
        pong.set(number)?;
    }
    pong.flush(PATIENCE)?;
    Ok(())
}
