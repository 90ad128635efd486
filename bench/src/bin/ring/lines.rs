//! What is measured on a line: round trips, and messages one way.

use std::{
    env,
    io::stdin,
    os::{
        fd::{AsFd as _, OwnedFd},
        unix::net::UnixStream,
    },
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use ipos_transport::frame;

use crate::{
    figures::{Latency, Measured, Rate},
    frames::Frames,
    line::{Line, Relayed, Result, Rings, Socket, Waiting},
};

/// A line of some kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Socket,
    Relayed,
    Rings,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Socket, Self::Relayed, Self::Rings];
}

/// What goes over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// 8 bytes there and back, in a frame.
    RoundTrip,
    /// Frames of 16 bytes, each sent by itself.
    Single,
    /// The same, 64 KiB at a time.
    Gathered,
}

/// How many bytes a message has that goes one way, with its header.
pub(crate) const MESSAGE: usize = 16;

/// How many of them are gathered.
const GATHERED: usize = 64 * 1024 / MESSAGE;

/// How long an end looks before it sleeps.
const SPIN: Duration = Duration::from_micros(50);

/// How an end waits, as the other process is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    Spin,
    SpinThenPark,
    Park,
}

impl Patience {
    fn waiting(self) -> Waiting {
        match self {
            Self::Spin => Waiting::Spin,
            Self::SpinThenPark => Waiting::Park(SPIN),
            Self::Park => Waiting::Park(Duration::ZERO),
        }
    }

    const ALL: [Self; 3] = [Self::Spin, Self::SpinThenPark, Self::Park];
}

/// Measures in two processes: this one, and one that is started.
pub(crate) fn measure(
    (kind, patience, work): (Kind, Patience, Work),
    times: usize,
) -> Result<Measured> {
    let (here, there) = UnixStream::pair()?;
    let mut other = Command::new(env::current_exe()?)
        .args(["line", &format!("{kind:?}"), &format!("{patience:?}")])
        .arg(format!("{work:?}"))
        .stdin(Stdio::from(OwnedFd::from(there)))
        .spawn()?;
    let waiting = patience.waiting();
    let measured = match kind {
        Kind::Socket => ask(Socket::new(here, waiting)?, work, times),
        Kind::Relayed => ask(Relayed::new(here, waiting)?, work, times),
        Kind::Rings => ask(Rings::offer(here, waiting)?, work, times),
    };
    other.wait()?;
    measured
}

/// The other process.
pub(crate) fn other(args: &[String]) -> Result<()> {
    let [kind, patience, work] = args else {
        return Err("a line has a kind, a patience and a work".into());
    };
    let patience = Patience::ALL
        .into_iter()
        .find(|it| format!("{it:?}") == *patience);
    let waiting = patience.ok_or("nobody waits like that")?.waiting();
    let socket = UnixStream::from(stdin().as_fd().try_clone_to_owned()?);
    let is_round_trip = *work == format!("{:?}", Work::RoundTrip);
    let kind = Kind::ALL.into_iter().find(|it| format!("{it:?}") == *kind);
    match kind.ok_or("there is no such line")? {
        Kind::Socket => answer(Socket::new(socket, waiting)?, is_round_trip),
        Kind::Relayed => answer(Relayed::new(socket, waiting)?, is_round_trip),
        Kind::Rings => answer(Rings::take(socket, waiting)?, is_round_trip),
    }
}

fn ask(mut line: impl Line, work: Work, times: usize) -> Result<Measured> {
    let mut frames = Frames::new();
    match work {
        Work::RoundTrip => {
            let mut latency = Latency::new();
            let mut message = Vec::new();
            // The first ones find nothing in any cache.
            let cold = times / 10;
            for number in 0..times + cold {
                let begun = Instant::now();
                message.clear();
                frame::append(&mut message, |out| out.extend(number.to_le_bytes()));
                line.send(&message)?;
                let back = frames.next(&mut line)?;
                let taken = begun.elapsed();
                if back != Some(&number.to_le_bytes()) {
                    return Err("something else came back".into());
                }
                if number >= cold {
                    latency.note(taken);
                }
            }
            Ok(latency.measured())
        }
        Work::Single | Work::Gathered => {
            let many = if work == Work::Single { 1 } else { GATHERED };
            let mut block = Vec::new();
            for _ in 0..many {
                frame::append(&mut block, |out| out.extend([7; MESSAGE - frame::HEADER]));
            }
            let times = times / many;
            let begun = Instant::now();
            for _ in 0..times {
                line.send(&block)?;
            }
            // One that is shorter is the last.
            line.send(&frame::header(0))?;
            frames.next(&mut line)?.ok_or("nobody has answered")?;
            Ok(Rate::measured(times * many, begun.elapsed()))
        }
    }
}

fn answer(mut line: impl Line, is_round_trip: bool) -> Result<()> {
    let mut frames = Frames::new();
    let mut message = Vec::new();
    if is_round_trip {
        while let Some(payload) = frames.next(&mut line)? {
            message.clear();
            frame::append(&mut message, |out| out.extend_from_slice(payload));
            line.send(&message)?;
        }
        return Ok(());
    }
    while !frames.until_empty(&mut line)? {}
    line.send(&frame::header(0))?;
    // Until the other has heard it.
    frames.next(&mut line)?;
    Ok(())
}
