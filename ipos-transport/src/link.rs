//! One connection between two processes.

use std::{
    thread,
    time::{Duration, Instant},
};

use interprocess::{
    ConnectWaitMode,
    local_socket::{ConnectOptions, GenericFilePath, Stream, ToFsName},
};
use rustix::io::Errno;

use crate::{
    Endpoint, Error, PeerIdentity, Result,
    memory::End,
    platform::{self, Wait},
};

/// One connection: a stream of bytes each way, over a socket or in memory.
///
/// Everything takes `&self`, so that one thread can read while another writes; share it as
/// `Arc<Link>`. Two threads that write at once mix their bytes, and two that read at once share
/// them: an [`Outbox`](crate::Outbox) and one [`FrameReader`](crate::FrameReader) are the usual
/// two. Dropping the link closes it: the peer reads what is queued, then the end.
#[derive(Debug)]
pub struct Link {
    kind: Kind,
    peer: PeerIdentity,
}

#[derive(Debug)]
enum Kind {
    Socket(Stream),
    Memory(End),
}

impl Link {
    /// Connects to a host, and checks that it is of our user.
    ///
    /// While the host's backlog is full this waits, for ten seconds at most ([`Error::Timeout`]).
    /// An endpoint whose host is gone is [`Error::Io`].
    pub fn connect(endpoint: &Endpoint) -> Result<Self> {
        Self::connect_within(endpoint, CONNECT_LIMIT)
    }

    /// The same, but while the host's backlog is full this waits for so long at the most.
    pub fn connect_within(endpoint: &Endpoint, limit: Duration) -> Result<Self> {
        let stream = connect(endpoint, limit)?;
        let peer = PeerIdentity::same_user(&stream)?;
        Ok(Self {
            kind: Kind::Socket(stream),
            peer,
        })
    }

    /// The host's end of a connection that was just accepted.
    pub(crate) fn accepted(stream: Stream) -> Result<Self> {
        let peer = PeerIdentity::same_user(&stream)?;
        platform::prepare(&stream)
            .map_err(|error| Error::io("set up an accepted connection", error))?;
        Ok(Self {
            kind: Kind::Socket(stream),
            peer,
        })
    }

    /// Two connected ends in memory, which behave as those of a socket; each holds 208 KiB.
    pub fn pair() -> (Self, Self) {
        let (left, right) = End::pair();
        let link = |end| Self {
            kind: Kind::Memory(end),
            peer: PeerIdentity::own(),
        };
        (link(left), link(right))
    }

    /// Who is at the other end; of a pair in memory, this process.
    pub fn peer(&self) -> PeerIdentity {
        self.peer
    }

    /// What the system knows it by; none if it is in memory.
    pub(crate) fn socket(&self) -> Option<&Stream> {
        match &self.kind {
            Kind::Socket(stream) => Some(stream),
            Kind::Memory(_) => None,
        }
    }

    /// Waits for bytes and reads them into `buffer`; 0 says that the peer closed the connection.
    ///
    /// Bytes that the peer wrote before it closed come first. [`Error::Timeout`] says that the
    /// deadline passed with nothing read. `buffer` must not be empty.
    pub fn read(&self, buffer: &mut [u8], deadline: Option<Instant>) -> Result<usize> {
        debug_assert!(!buffer.is_empty(), "0 bytes would read as the end");
        let stream = match &self.kind {
            Kind::Socket(stream) => stream,
            Kind::Memory(end) => return end.read(buffer, deadline),
        };
        loop {
            // Asleep in `recv` it would be woken, on Linux, also when the peer reads what this end has sent: there is room
            // to write then. With many members that was every third wake-up of all processes.
            if !platform::wait_readable(stream, deadline).map_err(reading)? {
                return Err(Error::timeout("read from the peer"));
            }
            match platform::try_recv(stream, buffer) {
                Err(Errno::AGAIN) => {}
                result => return received(result),
            }
        }
    }

    /// Reads what is there without waiting: `None` if that is nothing, 0 if the peer closed the
    /// connection. `buffer` must not be empty.
    pub fn try_read(&self, buffer: &mut [u8]) -> Result<Option<usize>> {
        debug_assert!(!buffer.is_empty(), "0 bytes would read as the end");
        match &self.kind {
            Kind::Socket(stream) => match platform::try_recv(stream, buffer) {
                Err(Errno::AGAIN) => Ok(None),
                result => received(result).map(Some),
            },
            Kind::Memory(end) => Ok(end.try_read(buffer)),
        }
    }

    /// Writes all of `bytes`, waiting for room where it must.
    ///
    /// [`Error::Closed`] says that the peer is gone. After [`Error::Timeout`] any part of the
    /// bytes may have been written: the stream is of no more use then, unless it has no frames.
    pub fn write_all(&self, mut bytes: &[u8], deadline: Option<Instant>) -> Result<()> {
        while !bytes.is_empty() {
            let written = match &self.kind {
                Kind::Memory(end) => end.write(bytes, deadline)?,
                Kind::Socket(stream) => send(stream, bytes, deadline)?,
            };
            bytes = &bytes[written..];
        }
        Ok(())
    }

    /// Writes as many of `bytes` as fit without waiting, and returns how many; fewer than all say
    /// that the connection is full.
    ///
    /// [`Error::Closed`] says that the peer is gone.
    pub fn try_write(&self, bytes: &[u8]) -> Result<usize> {
        match &self.kind {
            Kind::Socket(stream) => match platform::send(stream, bytes, Wait::Never) {
                Err(Errno::AGAIN) => Ok(0),
                result => sent(result),
            },
            Kind::Memory(end) => end.try_write(bytes),
        }
    }

    /// Ends the connection in both directions, from any thread, any number of times.
    ///
    /// Blocked reads and writes of both ends return. The peer can still read what is queued for
    /// it; whether this end can is up to the system.
    pub fn shutdown(&self) {
        match &self.kind {
            Kind::Socket(stream) => platform::shutdown(stream),
            Kind::Memory(end) => end.shutdown(),
        }
    }
}

/// How long a host may leave its backlog full.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// A stream that really is connected.
///
/// A blocking connect would wait for a stopped host without end. One with a time limit, on Linux,
/// meets a full backlog with a stream that has no peer: it is thrown away, and another one tried.
fn connect(endpoint: &Endpoint, limit: Duration) -> Result<Stream> {
    let connecting = |error| {
        let doing = format!("connect to `{endpoint}` (does its host still run?)");
        Error::io(doing, error)
    };
    let name = endpoint
        .path()
        .to_fs_name::<GenericFilePath>()
        .map_err(connecting)?;
    let options = ConnectOptions::new()
        .name(name)
        .wait_mode(ConnectWaitMode::Timeout(limit));
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        let stream = options.connect_sync().map_err(connecting)?;
        if platform::is_connected(&stream).map_err(connecting)? {
            platform::prepare(&stream).map_err(connecting)?;
            return Ok(stream);
        }
        if Instant::now() >= deadline {
            return Err(Error::timeout(format!("connect to `{endpoint}`")));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

fn send(stream: &Stream, bytes: &[u8], deadline: Option<Instant>) -> Result<usize> {
    let Some(deadline) = deadline else {
        return sent(platform::send(stream, bytes, Wait::Block));
    };
    loop {
        match platform::send(stream, bytes, Wait::Never) {
            Err(Errno::AGAIN) => {}
            result => return sent(result),
        }
        if !platform::wait_writable(stream, deadline).map_err(writing)? {
            return Err(Error::timeout("write to the peer"));
        }
    }
}

/// A peer that closed with bytes unread resets the connection. The system tells so after the bytes
/// that it wrote itself, so to a reader this is the end as any other.
fn received(result: std::result::Result<usize, Errno>) -> Result<usize> {
    match result {
        Ok(bytes) => Ok(bytes),
        Err(Errno::CONNRESET) => Ok(0),
        Err(error) => Err(reading(error.into())),
    }
}

fn sent(result: std::result::Result<usize, Errno>) -> Result<usize> {
    match result {
        Ok(bytes) => Ok(bytes),
        Err(Errno::PIPE | Errno::CONNRESET | Errno::NOTCONN) => Err(Error::Closed),
        Err(error) => Err(writing(error.into())),
    }
}

fn reading(error: std::io::Error) -> Error {
    Error::io("read from the peer", error)
}

fn writing(error: std::io::Error) -> Error {
    Error::io("write to the peer", error)
}

#[cfg(test)]
mod tests;
