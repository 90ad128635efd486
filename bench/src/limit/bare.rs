//! Sets of fields told by hand: patches of an enum in postcard, gathered in frames, over a socket.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    time::Instant,
};

use postcard::ser_flavors::Flavor;
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

/// No patch is larger: a variant, 32 bits and 64, each in bytes of seven bits.
const PATCH: usize = 1 + 5 + 10;

/// How many bytes tell how many follow.
const SIZE: usize = 4;

#[derive(Serialize, Deserialize)]
enum Patch {
    Tick(u64),
    Count(u32, u64),
    /// All before it is to be applied, and that to be said.
    End,
}

/// How patches are written.
#[derive(Clone, Copy)]
pub(crate) enum Writes {
    /// By the function that postcard has for it.
    ToSlice,
    /// By an output of postcard's that is made for this loop, and about twice as fast.
    ByFlavor,
}

/// What is sent at once: a size, and patches.
struct Frame {
    bytes: Box<[u8]>,
    filled: usize,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            // The last patch may begin just before it is full.
            bytes: vec![0; FRAME + PATCH].into_boxed_slice(),
            filled: SIZE,
        }
    }
}

impl Flavor for &mut Frame {
    type Output = ();

    #[inline]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        let place = self.bytes.get_mut(self.filled);
        *place.ok_or(postcard::Error::SerializeBufferFull)? = byte;
        self.filled += 1;
        Ok(())
    }

    #[inline]
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        bytes.iter().try_for_each(|&byte| self.try_push(byte))
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

pub(crate) struct Bare {
    writes: Writes,
    state: State,
    frame: Frame,
    socket: UnixStream,
    reader: Other,
}

impl Bare {
    pub(crate) fn start(sets: usize, writes: Writes) -> Result<Self> {
        let (socket, reader) = socket::pair("bare-reader", &[&sets.to_string()])?;
        Ok(Self {
            writes,
            state: State::of(sets),
            frame: Frame::default(),
            socket,
            reader,
        })
    }

    fn tell(&mut self, patch: &Patch) -> Result<()> {
        match self.writes {
            Writes::ToSlice => {
                let Frame { bytes, filled } = &mut self.frame;
                *filled += postcard::to_slice(patch, &mut bytes[*filled..])?.len();
            }
            Writes::ByFlavor => postcard::serialize_with_flavor(patch, &mut self.frame)?,
        }
        if self.frame.filled >= FRAME {
            self.send()?;
        }
        Ok(())
    }

    /// Sends what is gathered, if there is something.
    fn send(&mut self) -> Result<()> {
        let Frame { bytes, filled } = &mut self.frame;
        if *filled == SIZE {
            return Ok(());
        }
        let size = u32::try_from(*filled - SIZE)?;
        bytes[..SIZE].copy_from_slice(&size.to_le_bytes());
        self.socket.write_all(&bytes[..*filled])?;
        *filled = SIZE;
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
    let (mut size, mut frame) = ([0; SIZE], vec![0; FRAME + PATCH]);
    while socket.read_exact(&mut size).is_ok() {
        let patches = &mut frame[..u32::from_le_bytes(size) as usize];
        socket.read_exact(patches)?;
        let mut rest = &*patches;
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
