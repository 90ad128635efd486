//! A value as it is: encoded by postcard, copied over a socket, decoded.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    time::{Duration, Instant},
};

use super::socket;
use crate::{
    Result,
    contest::{Contender, Measured},
    large::{Large, large},
    memory,
    other::{Other, answer},
};

/// So much is written at once.
const BLOCK: usize = 1024 * 1024;

/// Another process that has a value, and the socket that it came over.
type Given = (UnixStream, Other);

fn give(value: &Large, role: &str) -> Result<Given> {
    let (mut socket, other) = socket::pair(role, &[])?;
    let bytes = postcard::to_stdvec(value)?;
    socket.write_all(&(bytes.len() as u64).to_le_bytes())?;
    for block in bytes.chunks(BLOCK) {
        socket.write_all(block)?;
    }
    Ok((socket, other))
}

fn take(socket: &mut UnixStream) -> Result<Large> {
    let mut size = [0; 8];
    socket.read_exact(&mut size)?;
    let mut bytes = vec![0; usize::try_from(u64::from_le_bytes(size))?];
    socket.read_exact(&mut bytes)?;
    Ok(postcard::from_bytes(&bytes)?)
}

/// How long it takes until another process can read a value.
pub(crate) struct Copy(Large);

impl Copy {
    pub(crate) fn start(entries: u64) -> Self {
        Self(large(entries))
    }
}

impl Contender for Copy {
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        let (_socket, mut other) = give(&self.0, "copy-reader")?;
        let took = other.hear()?;
        Ok(Measured::Took(Duration::from_nanos(took.parse()?)))
    }
}

/// Answers how many nanoseconds it took from the beginning of the connection on.
pub(crate) fn reader(args: &[String]) -> Result<()> {
    let begin = Instant::now();
    let mut socket = socket::connect(args)?;
    let value = take(&mut socket)?;
    let took = begin.elapsed();
    assert!(!value.is_empty(), "it has entries");
    answer(&took.as_nanos().to_string())
}

/// How much memory a value takes in a process that does nothing else with it.
pub(crate) struct Held(Large);

impl Held {
    pub(crate) fn start(entries: u64) -> Self {
        Self(large(entries))
    }
}

impl Contender for Held {
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        let (_socket, mut other) = give(&self.0, "copy-holder")?;
        Ok(Measured::Figure(other.hear()?.parse()?))
    }
}

/// Answers how many bytes more it has when it holds the value.
pub(crate) fn holder(args: &[String]) -> Result<()> {
    let before = memory::resident()?;
    let mut socket = socket::connect(args)?;
    let value = take(&mut socket)?;
    let bytes = memory::resident()? - before;
    assert!(!value.is_empty(), "it has entries");
    answer(&bytes.to_string())
}
