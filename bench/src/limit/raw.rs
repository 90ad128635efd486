//! Writes of 16 bytes, one at a time.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    time::Instant,
};

use super::socket;
use crate::{
    Result,
    contest::{Contender, Measured},
    other::{Other, answer},
};

const BYTES: usize = 16;

pub(crate) struct Raw {
    socket: UnixStream,
    reader: Other,
}

impl Raw {
    pub(crate) fn start() -> Result<Self> {
        let (socket, reader) = socket::pair("raw-reader", &[])?;
        Ok(Self { socket, reader })
    }
}

impl Contender for Raw {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let begin = Instant::now();
        for left in (0..amount).rev() {
            // The first byte says whether it is the last.
            self.socket.write_all(&[u8::from(left == 0); BYTES])?;
        }
        self.reader.hear()?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

pub(crate) fn reader(args: &[String]) -> Result<()> {
    let mut socket = socket::connect(args)?;
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let read = socket.read(&mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        if bytes[read - 1] == 1 {
            answer("ok")?;
        }
    }
}
