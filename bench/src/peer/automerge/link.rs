//! A document and the socket to its other copy.

use std::{
    io::{Read, Write},
    mem,
    os::unix::net::UnixStream,
};

use automerge::{
    AutoCommit, ChangeHash,
    sync::{Message, State, SyncDoc},
};
use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
    net::{RecvFlags, SendFlags, recv, send},
};

use crate::Result;

/// How much is read at once.
const BYTES: usize = 64 * 1024;

/// Says to begin anew, and that it was done. No sync message begins with it.
const RENEW: u8 = 0;

/// Asks for the heads, and tells them. No sync message begins with it.
const HEADS: u8 = 1;

pub(super) struct Link {
    pub(super) document: AutoCommit,
    state: State,
    socket: UnixStream,
    /// What has come and is not a whole message yet.
    incoming: Vec<u8>,
    /// What is read at once.
    buffer: Box<[u8]>,
    /// Whether it only answers.
    follows: bool,
    /// What the other end has said its heads are.
    heads: Option<Vec<u8>>,
    /// Whether the other end has said that it has begun anew.
    renewed: bool,
}

impl Link {
    pub(super) fn new(socket: UnixStream) -> Self {
        Self {
            document: AutoCommit::new(),
            state: State::new(),
            socket,
            incoming: Vec::new(),
            buffer: vec![0; BYTES].into_boxed_slice(),
            follows: false,
            heads: None,
            renewed: false,
        }
    }

    /// New documents at both ends. What was on its way for the old ones is gone.
    pub(super) fn renew(&mut self) -> Result<()> {
        self.renewed = false;
        self.write(&[RENEW])?;
        while !self.renewed {
            self.receive()?;
        }
        Ok(())
    }

    /// Sends what the other one needs, if there is something.
    pub(super) fn send(&mut self) -> Result<()> {
        let message = self.document.sync().generate_sync_message(&mut self.state);
        message.map_or(Ok(()), |message| self.write(&message.encode()))
    }

    fn write(&mut self, message: &[u8]) -> Result<()> {
        let mut frame = Vec::with_capacity(4 + message.len());
        frame.extend(u32::try_from(message.len())?.to_le_bytes());
        frame.extend(message);
        if self.follows {
            return Ok(self.socket.write_all(&frame)?);
        }
        let mut rest = &frame[..];
        while !rest.is_empty() {
            match send(&self.socket, rest, SendFlags::DONTWAIT) {
                Ok(sent) => rest = &rest[sent..],
                // The other end may wait as well, until its answers are taken.
                Err(Errno::WOULDBLOCK) => {
                    let events = PollFlags::IN | PollFlags::OUT;
                    poll(&mut [PollFd::new(&self.socket, events)], None)?;
                    self.receive_ready()?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Takes the messages that are there, without waiting.
    pub(super) fn receive_ready(&mut self) -> Result<()> {
        match recv(&self.socket, &mut self.buffer[..], RecvFlags::DONTWAIT) {
            Ok((_, read)) => self.take(read),
            Err(Errno::WOULDBLOCK) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Exchanges messages until the other document has the same heads.
    ///
    /// Heads that come with its messages do not do: it tells none if it has heard of the same ones meanwhile.
    pub(super) fn settle(&mut self) -> Result<()> {
        loop {
            self.heads = None;
            self.write(&[HEADS])?;
            let theirs = loop {
                match self.heads.take() {
                    Some(theirs) => break theirs,
                    None => self.receive()?,
                }
            };
            if theirs == bytes(&self.document.get_heads()) {
                return Ok(());
            }
            self.send()?;
        }
    }

    /// Waits for messages and takes them.
    fn receive(&mut self) -> Result<()> {
        let read = self.socket.read(&mut self.buffer)?;
        if read == 0 {
            return Err("the other document is gone".into());
        }
        self.take(read)
    }

    /// Answers what has come at once, until the other one is gone.
    pub(super) fn follow(&mut self) -> Result<()> {
        self.follows = true;
        loop {
            let read = self.socket.read(&mut self.buffer)?;
            if read == 0 {
                return Ok(());
            }
            self.take(read)?;
            self.send()?;
        }
    }

    /// Takes whole messages out of what has come.
    fn take(&mut self, read: usize) -> Result<()> {
        self.incoming.extend_from_slice(&self.buffer[..read]);
        let incoming = mem::take(&mut self.incoming);
        let mut rest = &incoming[..];
        while let Some((size, after)) = rest.split_first_chunk::<4>() {
            let size = u32::from_le_bytes(*size) as usize;
            if after.len() < size {
                break;
            }
            let (message, after) = after.split_at(size);
            rest = after;
            match message {
                [RENEW] => self.begin_anew()?,
                [HEADS, theirs @ ..] => self.tell_or_keep(theirs)?,
                message => {
                    let message = Message::decode(message)?;
                    let mut document = self.document.sync();
                    document.receive_sync_message(&mut self.state, message)?;
                }
            }
        }
        self.incoming = rest.to_vec();
        Ok(())
    }

    fn begin_anew(&mut self) -> Result<()> {
        self.document = AutoCommit::new();
        self.state = State::new();
        self.renewed = true;
        if self.follows {
            self.write(&[RENEW])?;
        }
        Ok(())
    }

    fn tell_or_keep(&mut self, theirs: &[u8]) -> Result<()> {
        if self.follows {
            // What is not answered yet is part of it.
            self.send()?;
            let mut heads = vec![HEADS];
            heads.extend(bytes(&self.document.get_heads()));
            return self.write(&heads);
        }
        self.heads = Some(theirs.to_vec());
        Ok(())
    }
}

fn bytes(heads: &[ChangeHash]) -> Vec<u8> {
    heads.iter().flat_map(|head| head.0).collect()
}
