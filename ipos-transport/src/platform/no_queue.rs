//! Systems that know of no precedence among those who wait for the same descriptor.

use std::{convert::Infallible, io, time::Instant};

use interprocess::local_socket::Stream;

use super::Telling;

/// There is none.
#[derive(Debug)]
pub(crate) struct Queue(Infallible);

impl Queue {
    pub(crate) fn new() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn add(&self, _: &Stream, _: u64, _: Telling) -> io::Result<()> {
        match self.0 {}
    }

    pub(crate) fn change(&self, _: &Stream, _: u64, _: Telling) {
        match self.0 {}
    }

    pub(crate) fn remove(&self, _: &Stream) {
        match self.0 {}
    }

    pub(crate) fn add_bell(&self, _: &Bell, _: u64) -> io::Result<()> {
        match self.0 {}
    }

    pub(crate) fn wait(&self, _: Option<Instant>, _: impl FnMut(u64)) -> io::Result<bool> {
        match self.0 {}
    }
}

/// There is none.
#[derive(Debug)]
pub(crate) struct Bell(Infallible);

impl Bell {
    pub(crate) fn new() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn ring(&self) {
        match self.0 {}
    }

    pub(crate) fn silence(&self) {
        match self.0 {}
    }
}
