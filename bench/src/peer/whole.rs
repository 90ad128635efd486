//! By hand: the whole value over a socket after every change, in postcard or as JSON.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    time::Instant,
};

use crate::{
    Result,
    contest::{Contender, Measured},
    limit::socket,
    other::{Other, answer},
    state::State,
    work::FEW,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    Postcard,
    Json,
}

impl Codec {
    fn name(self) -> &'static str {
        match self {
            Self::Postcard => "postcard",
            Self::Json => "json",
        }
    }

    fn write(self, state: &State, bytes: Vec<u8>) -> Result<Vec<u8>> {
        match self {
            Self::Postcard => Ok(postcard::to_extend(state, bytes)?),
            Self::Json => {
                let mut bytes = bytes;
                serde_json::to_writer(&mut bytes, state)?;
                Ok(bytes)
            }
        }
    }

    fn read(self, bytes: &[u8]) -> Result<State> {
        match self {
            Self::Postcard => Ok(postcard::from_bytes(bytes)?),
            Self::Json => Ok(serde_json::from_slice(bytes)?),
        }
    }
}

pub(crate) struct Whole {
    codec: Codec,
    sets: usize,
    state: State,
    frame: Vec<u8>,
    socket: UnixStream,
    reader: Other,
}

impl Whole {
    /// `sets` fields change before it is sent.
    pub(crate) fn start(codec: Codec, sets: usize) -> Result<Self> {
        let (socket, reader) = socket::pair("whole-reader", &[codec.name()])?;
        Ok(Self {
            codec,
            sets,
            state: State::of(sets.max(FEW)),
            frame: Vec::new(),
            socket,
            reader,
        })
    }
}

impl Contender for Whole {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let first = self.state.tick;
        let begin = Instant::now();
        self.reader.say(&(first + amount).to_string())?;
        for tick in first + 1..=first + amount {
            for task in 1..self.sets {
                self.state.tasks[task].count = tick;
            }
            self.state.tick = tick;
            self.frame.clear();
            self.frame.extend([0; 4]);
            self.frame = self
                .codec
                .write(&self.state, std::mem::take(&mut self.frame))?;
            let bytes = u32::try_from(self.frame.len() - 4)?;
            self.frame[..4].copy_from_slice(&bytes.to_le_bytes());
            self.socket.write_all(&self.frame)?;
        }
        self.reader.hear()?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

pub(crate) fn reader(args: &[String]) -> Result<()> {
    let mut socket = socket::connect(args)?;
    let codec = match args[1].as_str() {
        "json" => Codec::Json,
        _ => Codec::Postcard,
    };
    let (mut size, mut frame) = ([0; 4], Vec::new());
    let mut state = State::default();
    while let Some(wanted) = crate::other::next()? {
        let wanted: u64 = wanted.parse()?;
        while state.tick < wanted {
            socket.read_exact(&mut size)?;
            frame.resize(u32::from_le_bytes(size) as usize, 0);
            socket.read_exact(&mut frame)?;
            state = codec.read(&frame)?;
        }
        answer("ok")?;
    }
    Ok(())
}
