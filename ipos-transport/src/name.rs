//! Well-known names: where they stand, and that each is served by one process at a time.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use crate::{Endpoint, Error, Result, base, platform};

impl Endpoint {
    /// Where the process listens that serves a name; whether one does is found by
    /// [`Link::connect`](crate::Link::connect). It is sought where [`Listener::named`](crate::Listener::named) puts it.
    ///
    /// # Errors
    ///
    /// [`Error::BadName`], [`Error::NotPrivate`] when somebody else has made the directory in which names stand: what
    /// listens there is not to be talked to. [`Error::Io`] when there is none, so nothing is served.
    pub fn named(name: &str) -> Result<Self> {
        Self::named_in(base::of_name(name), name)
    }

    /// The same inside `base`.
    pub fn named_in(base: impl AsRef<Path>, name: &str) -> Result<Self> {
        let place = place(base.as_ref(), name)?;
        platform::check_private(directory(place.path()))?;
        Ok(place)
    }
}

/// How long a name may be.
const LONGEST: usize = 64;

/// The socket of a name, in a directory of all names of this user.
pub(crate) fn place(base: &Path, name: &str) -> Result<Endpoint> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let bad = |why| {
        Err(Error::BadName {
            name: name.to_owned(),
            why,
        })
    };
    if name.is_empty() {
        return bad("is empty");
    }
    if name.len() > LONGEST {
        return bad("is longer than 64 bytes");
    }
    if name.starts_with('.') {
        return bad("begins with a dot");
    }
    if !name.bytes().all(is_plain) {
        return bad("has other characters than letters, digits, `-`, `_` and `.`");
    }
    let base = std::path::absolute(base)
        .map_err(|error| Error::io(format!("find `{}`", base.display()), error))?;
    let names = base.join(format!("ipos-{}", platform::our_user()));
    Endpoint::new(names.join(format!("{name}.sock")))
}

fn directory(socket: &Path) -> &Path {
    socket.parent().expect("a name stands in a directory")
}

fn make_directory(directory: &Path) -> Result<()> {
    platform::make_private(directory).map_err(|error| {
        Error::io(
            format!("make the directory `{}`", directory.display()),
            error,
        )
    })?;
    match platform::check_private(directory) {
        // Whoever has just stopped serving has removed it; then there is no file to lock either.
        Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(()),
        checked => checked,
    }
}

/// The right to serve a name. The system takes it back when the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Somebody may have cleaned up, and another process have the name by now.
        if !platform::stands_at(&self.file, &self.path) {
            return;
        }
        // While it is held: whoever waits for it sees that it is not the one that stands there any more.
        let _ = fs::remove_file(&self.path);
        // If no other name stands there.
        let _ = fs::remove_dir(directory(&self.path));
    }
}

/// How often a lock is tried to be taken that is removed as soon as it is there. Each time another process has had it,
/// so this often it is not by chance.
const TRIES: usize = 10_000;

impl Lock {
    /// Takes the lock that stands beside a socket. It has the directory made if it is not there, which has to be
    /// ours alone.
    pub(crate) fn take(socket: &Path, name: &str) -> Result<Self> {
        Self::take_if(socket, name, platform::stands_at, Self::sign)
    }

    /// Notes who has it.
    fn sign(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        write!(self.file, "{}", std::process::id())
    }

    /// The same, when an open file counts as the one that stands at its path if `stands_at` says so, and it is signed
    /// in this way.
    fn take_if(
        socket: &Path,
        name: &str,
        stands_at: impl Fn(&File, &Path) -> bool,
        sign: impl Fn(&mut Self) -> io::Result<()>,
    ) -> Result<Self> {
        let path = socket.with_extension("lock");
        let locking = |error: io::Error| Error::io(format!("lock `{}`", path.display()), error);
        for _ in 0..TRIES {
            make_directory(directory(socket))?;
            let mut file = match platform::open_private(&path) {
                // Whoever has just stopped serving has removed the directory.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened.map_err(|error| {
                    // If no other name stands there.
                    let _ = fs::remove_dir(directory(socket));
                    locking(error)
                })?,
            };
            if !platform::try_lock(&file).map_err(locking)? {
                let mut text = String::new();
                let read = file.read_to_string(&mut text);
                let pid = read.ok().and_then(|_| text.trim().parse().ok());
                return Err(Error::AlreadyServed {
                    name: name.to_owned(),
                    // Whoever has just taken it may not have said so over the one before, that has ended.
                    pid: pid.filter(|&pid| platform::is_alive(pid)),
                });
            }
            // The one before may have removed it meanwhile, and another one have made a new one.
            if stands_at(&file, &path) {
                // From here on it is removed if it comes to nothing.
                let mut lock = Self { path, file };
                sign(&mut lock).map_err(|error| {
                    Error::io(format!("write to `{}`", lock.path.display()), error)
                })?;
                return Ok(lock);
            }
        }
        Err(locking(io::Error::other(
            "it is gone each time that it is there",
        )))
    }
}

#[cfg(test)]
mod tests;
