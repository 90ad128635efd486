//! Sets of fields told by hand: patches of an enum in postcard, gathered in frames, over a socket.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    time::Instant,
};

use serde::{Deserialize, Serialize};

use super::socket;
use crate::{
    Result,
    contest::{Contender, Measured},
    other::{Other, answer},
    state::State,
};

/// So large a frame is sent.
const FRAME: usize = 64 * 1024;

#[derive(Serialize, Deserialize)]
enum Patch {
    Tick(u64),
    Count(u32, u64),
    /// All before it is to be applied, and that to be said.
    End,
}

pub(crate) struct Bare {
    state: State,
    frame: Vec<u8>,
    socket: UnixStream,
    reader: Other,
}

impl Bare {
    pub(crate) fn start(sets: usize) -> Result<Self> {
        let (socket, reader) = socket::pair("bare-reader", &[&sets.to_string()])?;
        Ok(Self {
            state: State::of(sets),
            frame: Vec::new(),
            socket,
            reader,
        })
    }

    fn tell(&mut self, patch: &Patch) -> Result<()> {
        if self.frame.is_empty() {
            self.frame.extend([0; 4]);
        }
        self.frame = postcard::to_extend(patch, std::mem::take(&mut self.frame))?;
        if self.frame.len() >= FRAME {
            self.send()?;
        }
        Ok(())
    }

    fn send(&mut self) -> Result<()> {
        let bytes = u32::try_from(self.frame.len() - 4)?;
        self.frame[..4].copy_from_slice(&bytes.to_le_bytes());
        self.socket.write_all(&self.frame)?;
        self.frame.clear();
        Ok(())
    }
}

impl Contender for Bare {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let (first, sets) = (self.state.tick, self.state.tasks.len());
        let begin = Instant::now();
        for tick in first + 1..=first + amount {
            for task in 1..sets {
                self.state.tasks[task].count = tick;
                self.tell(&Patch::Count(u32::try_from(task)?, tick))?;
            }
            self.state.tick = tick;
            self.tell(&Patch::Tick(tick))?;
        }
        self.tell(&Patch::End)?;
        self.send()?;
        self.reader.hear()?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

pub(crate) fn reader(args: &[String]) -> Result<()> {
    let mut socket = socket::connect(args)?;
    let mut state = State::of(args[1].parse()?);
    let (mut size, mut frame) = ([0; 4], Vec::new());
    while socket.read_exact(&mut size).is_ok() {
        frame.resize(u32::from_le_bytes(size) as usize, 0);
        socket.read_exact(&mut frame)?;
        let mut rest = &frame[..];
        while !rest.is_empty() {
            let patch;
            (patch, rest) = postcard::take_from_bytes(rest)?;
            match patch {
                Patch::Tick(tick) => state.tick = tick,
                Patch::Count(task, count) => state.tasks[task as usize].count = count,
                Patch::End => {
                    std::hint::black_box(&state);
                    answer("ok")?;
                }
            }
        }
    }
    Ok(())
}
