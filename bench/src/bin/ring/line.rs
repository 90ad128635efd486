//! Two processes' ends of a line: a socket, or rings with a socket for wake-ups.

use std::{
    error::Error,
    fs::File,
    hint,
    io::{self, IoSlice, IoSliceMut, Read as _, Write as _},
    mem::MaybeUninit,
    net::Shutdown,
    os::{fd::AsFd as _, unix::net::UnixStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    cmsg_space,
    io::Errno,
    net::{
        RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
        SendAncillaryMessage, SendFlags, recv, recvmsg, send, sendmsg,
    },
};

use crate::{
    region::{Region, Way},
    ring::{Reader, Writer},
};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A stream of bytes each way.
pub(crate) trait Line {
    /// Writes all.
    fn send(&mut self, bytes: &[u8]) -> Result<()>;

    /// Waits for bytes; 0 at the end.
    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize>;
}

/// How an end waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// It looks again and again.
    Spin,
    /// It looks for so long, then sleeps.
    Park(Duration),
}

/// A socket.
pub(crate) struct Socket(UnixStream);

impl Socket {
    pub(crate) fn new(socket: UnixStream, waiting: Waiting) -> io::Result<Self> {
        socket.set_nonblocking(waiting == Waiting::Spin)?;
        Ok(Self(socket))
    }
}

impl Line for Socket {
    fn send(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            match self.0.write(bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => hint::spin_loop(),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => hint::spin_loop(),
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(0),
                read => return Ok(read?),
            }
        }
    }
}

/// A socket that a thread reads, which wakes the one that waits: as `ipos` is built, with nothing in between.
pub(crate) struct Relayed {
    socket: Socket,
    come: Arc<Come>,
}

/// What the thread has read and nobody has taken; `None` at the end.
struct Come {
    bytes: Mutex<Option<Vec<u8>>>,
    more: Condvar,
}

impl Come {
    fn lock(&self) -> MutexGuard<'_, Option<Vec<u8>>> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Relayed {
    pub(crate) fn new(socket: UnixStream, waiting: Waiting) -> io::Result<Self> {
        let mut read = Socket::new(socket.try_clone()?, waiting)?;
        let come = Arc::new(Come {
            bytes: Mutex::new(Some(Vec::new())),
            more: Condvar::new(),
        });
        let there = come.clone();
        // It ends with the line.
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let more = read.receive(&mut buffer).unwrap_or(0);
                let mut bytes = there.lock();
                match &mut *bytes {
                    Some(bytes) if more > 0 => bytes.extend_from_slice(&buffer[..more]),
                    _ => *bytes = None,
                }
                let is_over = bytes.is_none();
                drop(bytes);
                there.more.notify_one();
                if is_over {
                    return;
                }
            }
        });
        let socket = Socket::new(socket, waiting)?;
        Ok(Self { socket, come })
    }
}

impl Drop for Relayed {
    fn drop(&mut self) {
        // The one error is that the other end did so first.
        let _ = self.socket.0.shutdown(Shutdown::Both);
    }
}

impl Line for Relayed {
    fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.socket.send(bytes)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut come = self.come.lock();
        loop {
            match &mut *come {
                None => return Ok(0),
                Some(bytes) if bytes.is_empty() => {
                    let waited = self.come.more.wait(come);
                    come = waited.unwrap_or_else(PoisonError::into_inner);
                }
                Some(bytes) => {
                    let many = bytes.len().min(buffer.len());
                    buffer[..many].copy_from_slice(&bytes[..many]);
                    bytes.drain(..many);
                    return Ok(many);
                }
            }
        }
    }
}

/// How many looks there are between those at the clock, or for the end of the other process.
const LOOKS: u32 = 64;

/// How many looks at the clock there are between those for the end of the other process: a system call each.
const ROUNDS: u32 = 64;

/// A ring each way. Bytes on the socket only say that there is something new; its end is the other process's.
pub(crate) struct Rings {
    writer: Writer<Way>,
    reader: Reader<Way>,
    socket: UnixStream,
    waiting: Waiting,
}

impl Rings {
    /// Makes the memory and hands it over.
    pub(crate) fn offer(socket: UnixStream, waiting: Waiting) -> Result<Self> {
        let (region, file) = Region::new()?;
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        let fds = [file.as_fd()];
        assert!(
            control.push(SendAncillaryMessage::ScmRights(&fds)),
            "there is space for one"
        );
        sendmsg(
            &socket,
            &[IoSlice::new(&[0])],
            &mut control,
            SendFlags::NOSIGNAL,
        )?;
        let (out, back) = Way::both(&region);
        Ok(Self::new(socket, waiting, out, back))
    }

    /// Takes the memory that the other process has made.
    pub(crate) fn take(socket: UnixStream, waiting: Waiting) -> Result<Self> {
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let mut byte = [0];
        recvmsg(
            &socket,
            &mut [IoSliceMut::new(&mut byte)],
            &mut control,
            RecvFlags::CMSG_CLOEXEC,
        )?;
        let mut fds = control.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut fds) => fds.next(),
            _ => None,
        });
        let file = File::from(fds.next().ok_or("no memory was handed over")?);
        let (out, back) = Way::both(&Region::open(&file)?);
        Ok(Self::new(socket, waiting, back, out))
    }

    fn new(socket: UnixStream, waiting: Waiting, out: Way, back: Way) -> Self {
        Self {
            writer: Writer::new(out),
            reader: Reader::new(back),
            socket,
            waiting,
        }
    }

    fn wake(&self) -> Result<()> {
        match send(
            &self.socket,
            &[0],
            SendFlags::NOSIGNAL | SendFlags::DONTWAIT,
        ) {
            // So many wake-ups are under way that one more says nothing.
            Ok(_) | Err(Errno::AGAIN) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes wake-ups away; `false` when the other process has ended.
    fn slept(&self, flags: RecvFlags) -> Result<bool> {
        match recv(&self.socket, &mut [0; 64], flags) {
            Ok((_, 0)) | Err(Errno::CONNRESET) => Ok(false),
            Ok(_) | Err(Errno::AGAIN | Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Tries until it comes to something; `None` when the other process has ended before.
    fn wait<R>(
        &mut self,
        mut attempt: impl FnMut(&mut Self) -> Result<Option<R>>,
        may_sleep: impl Fn(&mut Self) -> Result<bool>,
        is_awake: impl Fn(&Self),
    ) -> Result<Option<R>> {
        // Who sleeps at once has looked once.
        let looks = match self.waiting {
            Waiting::Park(Duration::ZERO) => 1,
            _ => LOOKS,
        };
        loop {
            let begun = Instant::now();
            let mut round = 0;
            loop {
                for _ in 0..looks {
                    if let Some(result) = attempt(self)? {
                        return Ok(Some(result));
                    }
                    hint::spin_loop();
                }
                round += 1;
                match self.waiting {
                    Waiting::Park(time) if begun.elapsed() >= time => break,
                    Waiting::Spin if round % ROUNDS == 0 && !self.slept(RecvFlags::DONTWAIT)? => {
                        return attempt(self);
                    }
                    _ => {}
                }
            }
            let goes_on = !may_sleep(self)? || self.slept(RecvFlags::empty())?;
            is_awake(self);
            if !goes_on {
                // What it has written before its end counts.
                return attempt(self);
            }
        }
    }
}

impl Line for Rings {
    fn send(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let mut written = self.writer.write(bytes)?;
            if written == 0 {
                // Half of the ring: to be woken for each word would be a system call for each.
                let waited = self.wait(
                    |it| Ok(Some(it.writer.write(bytes)?).filter(|&written| written > 0)),
                    |it| Ok(it.writer.may_sleep(128 * 1024)?),
                    |it| it.writer.is_awake(),
                )?;
                written = waited.ok_or("the other process has ended")?;
            }
            bytes = &bytes[written..];
            if self.writer.wakes_reader() {
                self.wake()?;
            }
        }
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.wait(
            |it| Ok(Some(it.reader.read(buffer)?).filter(|&read| read > 0)),
            |it| Ok(it.reader.may_sleep()?),
            |it| it.reader.is_awake(),
        )?;
        if self.reader.wakes_writer() {
            self.wake()?;
        }
        Ok(read.unwrap_or(0))
    }
}
