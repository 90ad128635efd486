//! A socket between this process and another one of this program.

use std::os::unix::net::{UnixListener, UnixStream};

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
    let other = Other::start(other::command(role)?.arg(&path).args(args))?;
    let (socket, _) = listener.accept()?;
    Ok((socket, other))
}

/// The other end, for who plays the role.
pub(crate) fn connect(args: &[String]) -> Result<UnixStream> {
    let path = args.first().ok_or("a role has a path to connect to")?;
    Ok(UnixStream::connect(path)?)
}
