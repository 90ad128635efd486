//! A socket between this process and another one of this program.

use std::{
    io,
    os::unix::net::{UnixListener, UnixStream},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tempfile::TempDir;

use crate::{
    Result,
    other::{self, Other},
};

/// Starts another process in a role, and gives a socket to it.
pub(crate) fn pair(role: &str, args: &[&str]) -> Result<(UnixStream, Other)> {
    let directory = TempDir::new()?;
    let path = directory.path().join("socket");
    let listener = UnixListener::bind(&path)?;
    listener.set_nonblocking(true)?;
    let mut other = Other::start(other::command(role)?.arg(&path).args(args))?;
    let socket = other.connection(|| accept(&listener))?;
    Ok((socket, other))
}

/// None if nobody connects for a while.
fn accept(listener: &UnixListener) -> Result<Option<UnixStream>> {
    let time = Timespec::try_from(other::LOOK)?;
    poll(&mut [PollFd::new(listener, PollFlags::IN)], Some(&time))?;
    match listener.accept() {
        Ok((socket, _)) => {
            // Some systems let it inherit that it does not block.
            socket.set_nonblocking(false)?;
            Ok(Some(socket))
        }
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The other end, for who plays the role.
pub(crate) fn connect(args: &[String]) -> Result<UnixStream> {
    let path = args.first().ok_or("a role has a path to connect to")?;
    Ok(UnixStream::connect(path)?)
}
