//! All that differs, or may come to differ, between operating systems.
//!
//! The rest of the crate knows streams and listeners of `interprocess` and the functions below.

#[cfg(not(unix))]
compile_error!("IPOS runs on Unix today: its links need Unix sockets that can be shut down");

#[cfg_attr(target_os = "linux", path = "platform/queue.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/no_queue.rs")]
mod queue;

use std::{
    fs::{self, File, Permissions},
    io,
    net::Shutdown,
    os::unix::{
        fs::{DirBuilderExt, MetadataExt, PermissionsExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use interprocess::local_socket::{Listener, Stream, traits::StreamCommon};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{FlockOperation, Mode, OFlags, flock, open},
    io::{Errno, retry_on_intr},
    net::{RecvFlags, SendFlags},
    process::{Pid, test_kill_process},
};

pub(crate) use queue::{Bell, Queue};

use crate::{Error, PeerIdentity, Result};

// ---- Users and permissions ----

/// The effective user id of this process.
pub(crate) fn our_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Who is at the other end of a connected stream.
pub(crate) fn peer(stream: &Stream) -> io::Result<PeerIdentity> {
    let credentials = stream.peer_creds()?;
    let uid = credentials.euid().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::Unsupported,
            "this system does not tell a peer's user",
        )
    })?;
    let pid = credentials.pid().and_then(|pid| u32::try_from(pid).ok());
    Ok(PeerIdentity { pid, uid })
}

/// Whether `path` is an existing directory (no link to one) that belongs to us.
pub(crate) fn is_our_directory(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir() && found.uid() == our_user())
}

/// The directory that most systems make for what a user runs, of which no variable need tell.
pub(crate) fn runtime_directory() -> PathBuf {
    format!("/run/user/{}", our_user()).into()
}

/// The permissions of a directory that only its owner enters.
pub(crate) fn private() -> Permissions {
    Permissions::from_mode(PRIVATE)
}

const PRIVATE: u32 = 0o700;

/// Refuses a directory that anyone but us can enter, or that is not ours.
pub(crate) fn check_private(directory: &Path) -> Result<()> {
    let found = fs::symlink_metadata(directory)
        .map_err(|error| Error::io(format!("inspect `{}`", directory.display()), error))?;
    // The bits above these may be inherited from the parent directory and open nothing.
    let mode = found.permissions().mode() & 0o777;
    if found.is_dir() && found.uid() == our_user() && mode == PRIVATE {
        return Ok(());
    }
    Err(Error::NotPrivate {
        path: directory.to_owned(),
        owner: found.uid(),
        ours: our_user(),
        mode,
    })
}

/// Makes a directory that only we enter, unless there is something of its name.
pub(crate) fn make_private(directory: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(PRIVATE).create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

// ---- Locks ----

/// Opens a file that only we read and write, or makes it. No link is followed.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = retry_on_intr(|| open(path, flags, Mode::RUSR | Mode::WUSR));
    Ok(opened?.into())
}

/// Locks a file until it is closed; `false` if another process has.
pub(crate) fn try_lock(file: &File) -> io::Result<bool> {
    match retry_on_intr(|| flock(file, FlockOperation::NonBlockingLockExclusive)) {
        Ok(()) => Ok(true),
        Err(Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether there is a process of this number.
pub(crate) fn is_alive(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

/// Whether an open file is the one that stands at `path`.
pub(crate) fn stands_at(file: &File, path: &Path) -> bool {
    let same = |open: fs::Metadata, found: fs::Metadata| {
        (open.dev(), open.ino()) == (found.dev(), found.ino())
    };
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(found)) => same(open, found),
        _ => false,
    }
}

// ---- Streams ----

/// Whether a `send` may sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Until there is something to do.
    Block,
    /// Not at all: `Errno::AGAIN` says that it would have slept.
    Never,
}

/// Prepares a stream that was just connected or accepted.
pub(crate) fn prepare(stream: &Stream) -> io::Result<()> {
    // BSD hands a listener's non-blocking flag down to the streams that it accepts.
    socket(stream).set_nonblocking(false)?;
    #[cfg(target_vendor = "apple")]
    rustix::net::sockopt::set_socket_nosigpipe(socket(stream), true)?;
    Ok(())
}

/// Whether the stream has a peer: a connect that ran into a full backlog may pretend so.
pub(crate) fn is_connected(stream: &Stream) -> io::Result<bool> {
    match rustix::net::getpeername(socket(stream)) {
        Ok(_) => Ok(true),
        Err(Errno::NOTCONN) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// One `recv` that does not sleep: `Errno::AGAIN` says that there is nothing.
pub(crate) fn try_recv(stream: &Stream, buffer: &mut [u8]) -> std::result::Result<usize, Errno> {
    let flags = RecvFlags::DONTWAIT;
    retry_on_intr(|| rustix::net::recv(socket(stream), &mut *buffer, flags))
        .map(|(_, received)| received)
}

/// One `send`, which never raises a signal.
pub(crate) fn send(stream: &Stream, bytes: &[u8], wait: Wait) -> std::result::Result<usize, Errno> {
    // Apple's systems know no such flag: there `prepare` sets it on the socket.
    #[cfg(target_vendor = "apple")]
    let quiet = SendFlags::empty();
    #[cfg(not(target_vendor = "apple"))]
    let quiet = SendFlags::NOSIGNAL;
    let flags = match wait {
        Wait::Block => quiet,
        Wait::Never => quiet | SendFlags::DONTWAIT,
    };
    retry_on_intr(|| rustix::net::send(socket(stream), bytes, flags))
}

/// Shuts both directions down, which wakes all who are blocked in them.
pub(crate) fn shutdown(stream: &Stream) {
    // The one error is that the peer did so first.
    let _ = socket(stream).shutdown(Shutdown::Both);
}

/// Sleeps until the stream may be read, or the deadline passed (false).
pub(crate) fn wait_readable(stream: &Stream, deadline: Option<Instant>) -> io::Result<bool> {
    let fd = PollFd::new(socket(stream), PollFlags::IN);
    wait(&mut [fd], deadline)
}

/// Sleeps until the stream may be written, or the deadline passed (false).
pub(crate) fn wait_writable(stream: &Stream, deadline: Instant) -> io::Result<bool> {
    let fd = PollFd::new(socket(stream), PollFlags::OUT);
    wait(&mut [fd], Some(deadline))
}

// ---- Queues, at which several sockets are waited for: `queue` ----

/// How many sockets one takes at the most: it tells of all that there are at once.
pub(crate) const MOST: usize = 16;

/// When a queue tells of a socket that another one has as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Once of what arrives. It was given the socket first, and comes first.
    First,
    /// As long as there are bytes, if nobody waits at the first queue when they arrive.
    Second,
    /// As long as there are bytes, whoever waits elsewhere.
    Always,
    /// Of no bytes.
    Never,
}

// ---- Listeners ----

/// A switch that is thrown once and for all, and that a thread asleep in `poll` sees.
///
/// Throwing it needs no memory, no descriptor and no room in a backlog, so it cannot fail.
#[derive(Debug)]
pub(crate) struct Switch {
    thrown: UnixStream,
    seen: UnixStream,
}

impl Switch {
    pub(crate) fn new() -> io::Result<Self> {
        let (thrown, seen) = UnixStream::pair()?;
        Ok(Self { thrown, seen })
    }

    /// From now on `seen` is at its end, which `poll` reports for ever.
    pub(crate) fn throw(&self) {
        let _ = self.thrown.shutdown(Shutdown::Both);
    }

    /// Sleeps until the switch is thrown (true) or the time is over (false).
    pub(crate) fn wait(&self, time: Duration) -> io::Result<bool> {
        wait(
            &mut [PollFd::new(&self.seen, PollFlags::IN)],
            Some(Instant::now() + time),
        )
    }
}

/// Sleeps until someone may be connecting (true) or the switch is thrown (false).
pub(crate) fn wait_for_connection(listener: &Listener, switch: &Switch) -> io::Result<bool> {
    let Listener::UdSocket(listener) = listener;
    let mut fds = [
        PollFd::new(&switch.seen, PollFlags::IN),
        PollFd::new(listener, PollFlags::IN),
    ];
    wait(&mut fds, None)?;
    Ok(fds[0].revents().is_empty())
}

// ---- Processes ----

/// A process, until it has ended.
#[cfg(target_os = "linux")]
pub(crate) type Alive = std::os::fd::OwnedFd;
#[cfg(not(target_os = "linux"))]
pub(crate) type Alive = UnixStream;

/// The process of this number; `None` when it has ended, or its end cannot be told here.
pub(crate) fn alive(pid: u32) -> io::Result<Option<Alive>> {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Pid, PidfdFlags, pidfd_open};
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
            return Ok(None);
        };
        match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(process) => Ok(Some(process)),
            Err(Errno::SRCH) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = pid;
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Sleeps until a process has ended (true), or the switch is thrown or the time is over (false).
pub(crate) fn wait_for_end(
    process: Option<&Alive>,
    switch: &Switch,
    deadline: Instant,
) -> io::Result<bool> {
    let seen = PollFd::new(&switch.seen, PollFlags::IN);
    let Some(process) = process else {
        wait(&mut [seen], Some(deadline))?;
        return Ok(false);
    };
    let mut fds = [seen, PollFd::new(process, PollFlags::IN)];
    wait(&mut fds, Some(deadline))?;
    Ok(!fds[1].revents().is_empty())
}

// ---- Below them ----

fn socket(stream: &Stream) -> &UnixStream {
    let Stream::UdSocket(stream) = stream;
    stream.inner()
}

/// Polls until one of `fds` has something to tell (true) or the deadline passed (false).
fn wait(fds: &mut [PollFd<'_>], deadline: Option<Instant>) -> io::Result<bool> {
    wait_by(deadline, |timeout| poll(fds, timeout))
}

/// Waits by a call that tells how much has happened within a time, until something has (true) or the deadline passed
/// (false).
fn wait_by(
    deadline: Option<Instant>,
    mut call: impl FnMut(Option<&Timespec>) -> std::result::Result<usize, Errno>,
) -> io::Result<bool> {
    // Some systems take no more milliseconds than an int holds.
    const LONGEST: Duration = Duration::from_secs(3600);
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let timeout = left.map(|left| {
            Timespec::try_from(left.min(LONGEST)).expect("an hour of seconds fits into a Timespec")
        });
        match call(timeout.as_ref()) {
            Ok(0) if left.is_some_and(|left| left <= LONGEST) => return Ok(false),
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests;
