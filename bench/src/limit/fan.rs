//! The same bytes to many sockets, each read by a process of its own.

use std::{io::Write, os::unix::net::UnixStream, time::Instant};

use super::socket;
use crate::{
    Result,
    contest::{Contender, Measured},
    other::Other,
};

pub(crate) struct Fan {
    readers: Vec<(UnixStream, Other)>,
    /// How many bytes one of the amount has.
    bytes: usize,
    /// How many of them one write has.
    gathered: usize,
}

impl Fan {
    pub(crate) fn start(readers: usize, bytes: usize, gathered: usize) -> Result<Self> {
        let readers = (0..readers)
            .map(|_| socket::pair("raw-reader", &[]))
            .collect::<Result<_>>()?;
        Ok(Self {
            readers,
            bytes,
            gathered,
        })
    }
}

impl Contender for Fan {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let mut left = usize::try_from(amount)?;
        let mut block = vec![0; self.bytes * self.gathered];
        let begin = Instant::now();
        while left > 0 {
            let now = left.min(self.gathered);
            left -= now;
            let block = &mut block[..now * self.bytes];
            // The last byte says whether it is the last.
            *block.last_mut().ok_or("a commit has bytes")? = u8::from(left == 0);
            for (socket, _) in &mut self.readers {
                socket.write_all(block)?;
            }
        }
        for (_, reader) in &mut self.readers {
            reader.hear()?;
        }
        Ok(Measured::Took(begin.elapsed()))
    }
}
