//! Several descriptors that are waited for at once, with a precedence among those who wait for the same one: Linux's
//! `epoll`.

use std::{io, mem::MaybeUninit, os::fd::OwnedFd, time::Instant};

use interprocess::local_socket::Stream;
use rustix::{
    event::{EventfdFlags, epoll, eventfd},
    io::{read, write},
};

use super::{MOST, Telling, socket, wait_by};

impl Telling {
    fn flags(self) -> epoll::EventFlags {
        use epoll::EventFlags;
        // Of those who are exclusive Linux wakes one, in the order in which they were added; one at whose queue
        // nobody waits does not count.
        match self {
            Self::First => EventFlags::IN | EventFlags::EXCLUSIVE | EventFlags::ET,
            Self::Second => EventFlags::IN | EventFlags::EXCLUSIVE,
            Self::Always => EventFlags::IN,
            Self::Never => EventFlags::empty(),
        }
    }
}

/// What is waited for.
#[derive(Debug)]
pub(crate) struct Queue(OwnedFd);

impl Queue {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self(epoll::create(epoll::CreateFlags::CLOEXEC)?))
    }

    pub(crate) fn add(&self, stream: &Stream, number: u64, telling: Telling) -> io::Result<()> {
        let number = epoll::EventData::new_u64(number);
        Ok(epoll::add(
            &self.0,
            socket(stream),
            number,
            telling.flags(),
        )?)
    }

    /// Changes what is told of a socket: between always and never.
    pub(crate) fn change(&self, stream: &Stream, number: u64, telling: Telling) {
        let number = epoll::EventData::new_u64(number);
        let changed = epoll::modify(&self.0, socket(stream), number, telling.flags());
        debug_assert!(changed.is_ok(), "it needs no memory: {changed:?}");
    }

    pub(crate) fn remove(&self, stream: &Stream) {
        // The one error is that it was not there.
        let _ = epoll::delete(&self.0, socket(stream));
    }

    pub(crate) fn add_bell(&self, bell: &Bell, number: u64) -> io::Result<()> {
        let number = epoll::EventData::new_u64(number);
        Ok(epoll::add(&self.0, &bell.0, number, epoll::EventFlags::IN)?)
    }

    /// Tells of all that has happened, as soon as something has; `false` when the deadline passed before.
    pub(crate) fn wait(
        &self,
        deadline: Option<Instant>,
        mut tell: impl FnMut(u64),
    ) -> io::Result<bool> {
        let mut events = [MaybeUninit::uninit(); MOST + 1];
        wait_by(deadline, |timeout| {
            let (told, _) = epoll::wait(&self.0, &mut events[..], timeout)?;
            for event in &*told {
                tell(event.data.u64());
            }
            Ok(told.len())
        })
    }
}

/// Wakes who waits at a queue.
#[derive(Debug)]
pub(crate) struct Bell(OwnedFd);

impl Bell {
    pub(crate) fn new() -> io::Result<Self> {
        let flags = EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK;
        Ok(Self(eventfd(0, flags)?))
    }

    pub(crate) fn ring(&self) {
        // It fails when it was rung 2^64 times, and then it rings.
        let _ = write(&self.0, &1_u64.to_ne_bytes());
    }

    pub(crate) fn silence(&self) {
        // It fails when it does not ring.
        let _ = read(&self.0, &mut [0; 8]);
    }
}
