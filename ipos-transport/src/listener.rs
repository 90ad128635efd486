//! The host's end: a socket in a directory that only its user can enter.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use interprocess::local_socket::{
    GenericFilePath, Listener as Socket, ListenerNonblockingMode, ListenerOptions, ToFsName,
    traits::Listener as _,
};
use tempfile::TempDir;

use crate::{
    Endpoint, Error, Link, Result, base,
    name::{self, Lock},
    platform::{self, Switch},
};

/// Accepts links from processes of the same user.
///
/// Dropping it removes the socket and its directory. Links that were accepted live on.
// The order of the fields is the order of dropping: the socket's file before its directory.
#[derive(Debug)]
pub struct Listener {
    socket: Socket,
    _place: Place,
    endpoint: Endpoint,
    closed: Switch,
}

/// What is given back when nobody listens any more.
#[derive(Debug)]
enum Place {
    Private { _directory: TempDir },
    Named { _lock: Lock },
}

impl Listener {
    /// Listens in a fresh directory of mode 0700.
    ///
    /// It stands in `$XDG_RUNTIME_DIR` if that is an absolute path to a directory of ours, or in `/run/user/UID` if
    /// that is ours alone, else in the directory for temporary files, else in `/tmp`: the first where the socket's
    /// path fits into [`Endpoint::PATH_LIMIT`].
    pub fn private() -> Result<Self> {
        Self::private_in(&base::of_private())
    }

    /// Listens in a fresh directory of mode 0700 inside `base`, which has to exist.
    pub fn private_in(base: &Path) -> Result<Self> {
        let base = std::path::absolute(base)
            .map_err(|error| Error::io(format!("find `{}`", base.display()), error))?;
        // First, so that nothing is left behind when the path is too long.
        Endpoint::new(socket_path(&base.join(LONGEST_NAME)))?;

        let directory = tempfile::Builder::new()
            .prefix(PREFIX)
            .rand_bytes(RANDOM)
            .permissions(platform::private())
            .tempdir_in(&base)
            .map_err(|error| {
                Error::io(format!("make a directory in `{}`", base.display()), error)
            })?;
        platform::check_private(directory.path())?;
        let endpoint = Endpoint::new(socket_path(directory.path()))?;
        let place = Place::Private {
            _directory: directory,
        };
        Self::listen(endpoint, place)
    }

    /// Listens under a name, at which processes of the same user find it by [`Endpoint::named`].
    ///
    /// One listener at a time has a name, until it is dropped or its process has ended, however that came about:
    /// what a process has left behind that was killed is taken over. Of two that come at once, one gets it.
    ///
    /// Names stand in the directory `ipos-UID`, in `$XDG_RUNTIME_DIR` if that is an absolute path to a directory of
    /// ours, or in `/run/user/UID` if that is ours alone, else in `/tmp`: the first where the socket's path fits into
    /// [`Endpoint::PATH_LIMIT`]. Processes with another `XDG_RUNTIME_DIR` have other names; nothing else of the
    /// environment counts.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyServed`], [`Error::BadName`], [`Error::NotPrivate`] when somebody else has made the directory
    /// in which names stand.
    pub fn named(name: &str) -> Result<Self> {
        Self::named_in(base::of_name(name), name)
    }

    /// The same inside `base`, which has to exist.
    pub fn named_in(base: impl AsRef<Path>, name: &str) -> Result<Self> {
        let place = name::place(base.as_ref(), name)?;
        let lock = Lock::take(place.path(), name)?;
        // Whoever has it has the name to itself: what stands there is of one that has died.
        match fs::remove_file(place.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io(
                    format!("remove `{place}`, which nobody serves any more"),
                    error,
                ));
            }
            _ => {}
        }
        Self::listen(place, Place::Named { _lock: lock })
    }

    fn listen(endpoint: Endpoint, place: Place) -> Result<Self> {
        let listening = |error| Error::io(format!("listen at `{endpoint}`"), error);
        let name = endpoint
            .path()
            .to_fs_name::<GenericFilePath>()
            .map_err(listening)?;
        let socket = ListenerOptions::new()
            .name(name)
            .nonblocking(ListenerNonblockingMode::Accept)
            .create_sync()
            .map_err(listening)?;
        let closed = Switch::new().map_err(listening)?;
        Ok(Self {
            socket,
            _place: place,
            endpoint,
            closed,
        })
    }

    /// Where it listens.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Waits for the next process that connects, and checks that it is of our user.
    ///
    /// After any error but [`Error::Closed`] the listener is as good as before: call this again.
    /// [`Error::OtherUser`] says that somebody else's connection was dropped. [`Error::Io`], for
    /// instance when descriptors ran out, is answered after a pause of 100 ms, so a loop around
    /// this needs none.
    pub fn accept(&self) -> Result<Link> {
        loop {
            match platform::wait_for_connection(&self.socket, &self.closed) {
                Ok(true) => {}
                Ok(false) => return Err(Error::Closed),
                Err(error) => return Err(self.after_pause(error)),
            }
            match self.socket.accept() {
                Ok(stream) => return Link::accepted(stream),
                // Another thread was faster, or the one who connected is gone again.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.after_pause(error)),
            }
        }
    }

    /// Ends all calls of `accept`, those that are blocked and those to come, with
    /// [`Error::Closed`].
    ///
    /// From any thread, any number of times. The socket's file goes when the listener is dropped.
    pub fn close(&self) {
        self.closed.throw();
    }

    /// The answer to a failed accept. The connection still waits in the backlog, so without a
    /// pause the next accept would fail at once, and a loop around it would spin.
    fn after_pause(&self, error: io::Error) -> Error {
        match self.closed.wait(PAUSE) {
            Ok(true) => return Error::Closed,
            Ok(false) => {}
            Err(_) => thread::sleep(PAUSE),
        }
        Error::io(format!("accept a connection at `{}`", self.endpoint), error)
    }
}

/// How long a failed accept takes.
const PAUSE: Duration = Duration::from_millis(100);

const PREFIX: &str = "ipos-";
const RANDOM: usize = 6;
/// As long as a name of `PREFIX` and `RANDOM` characters.
const LONGEST_NAME: &str = "ipos-XXXXXX";

fn socket_path(directory: &Path) -> PathBuf {
    directory.join("s")
}

/// Whether the path of a private session's socket in `base` makes an endpoint.
pub(crate) fn has_room(base: &Path) -> bool {
    Endpoint::new(socket_path(&base.join(LONGEST_NAME))).is_ok()
}

#[cfg(test)]
mod tests;
