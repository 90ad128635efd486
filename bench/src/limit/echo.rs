//! Eight bytes there and back.

use std::{
    hint,
    io::{self, Read, Write},
    os::unix::net::UnixStream,
    time::{Duration, Instant},
};

use super::socket;
use crate::{
    Result,
    contest::{Contender, Latencies, Measured},
    other::Other,
};

const BYTES: usize = 8;

/// After so long without a byte nobody spins.
const REST: Duration = Duration::from_millis(2);

pub(crate) struct Echo {
    socket: UnixStream,
    spins: bool,
    _other: Other,
}

impl Echo {
    pub(crate) fn start(spins: bool) -> Result<Self> {
        let (socket, other) = socket::pair("echo", &[if spins { "spin" } else { "park" }])?;
        socket.set_nonblocking(spins)?;
        Ok(Self {
            socket,
            spins,
            _other: other,
        })
    }
}

impl Contender for Echo {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let mut latencies = Latencies::new(3)?;
        let mut bytes = [0; BYTES];
        for _ in 0..amount {
            let begin = Instant::now();
            self.socket.write_all(&bytes)?;
            read(&mut self.socket, &mut bytes, self.spins)?;
            latencies.record(u64::try_from(begin.elapsed().as_nanos())?)?;
        }
        Ok(Measured::Each(latencies))
    }
}

pub(crate) fn role(args: &[String]) -> Result<()> {
    let mut socket = socket::connect(args)?;
    let spins = args.get(1).is_some_and(|how| how == "spin");
    socket.set_nonblocking(spins)?;
    let mut bytes = [0; BYTES];
    while read(&mut socket, &mut bytes, spins)? {
        socket.write_all(&bytes)?;
    }
    Ok(())
}

/// Whether there was something to read.
fn read(socket: &mut UnixStream, bytes: &mut [u8; BYTES], spins: bool) -> Result<bool> {
    let begin = Instant::now();
    while spins && begin.elapsed() < REST {
        match socket.read(bytes) {
            Ok(read) => return Ok(read > 0),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => hint::spin_loop(),
            Err(error) => return Err(error.into()),
        }
    }
    if spins {
        socket.set_nonblocking(false)?;
    }
    let read = socket.read(bytes)?;
    if spins {
        socket.set_nonblocking(true)?;
    }
    Ok(read > 0)
}
