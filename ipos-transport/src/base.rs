//! In which directory sockets stand.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{Error, listener, name, platform};

/// Where names stand: the same for all processes of this user, so that they meet. `XDG_RUNTIME_DIR` alone of the
/// environment counts, since others differ from one process to the next.
pub(crate) fn of_name(name: &str) -> PathBuf {
    let (variable, standing) = (variable(), platform::runtime_directory());
    first_for_name(runtime(variable, standing), name)
}

/// Where the directory of a private session is made.
pub(crate) fn of_private() -> PathBuf {
    let (variable, standing) = (variable(), platform::runtime_directory());
    first_for_private(runtime(variable, standing), env::temp_dir())
}

fn variable() -> Option<PathBuf> {
    env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from)
}

/// The directory for the sockets of this user: the one that a variable names, if it is ours, else the one that
/// most systems make for a user who has logged in, if it is there and ours alone.
fn runtime(variable: Option<PathBuf>, standing: PathBuf) -> Option<PathBuf> {
    let is_given = |path: &PathBuf| path.is_absolute() && platform::is_our_directory(path);
    let is_standing = |path: &PathBuf| platform::check_private(path).is_ok();
    variable
        .filter(is_given)
        .or_else(|| Some(standing).filter(is_standing))
}

fn first_for_name(runtime: Option<PathBuf>, name: &str) -> PathBuf {
    let is_short = |base: &Path| !matches!(name::place(base, name), Err(Error::PathTooLong { .. }));
    first(runtime.into_iter(), is_short)
}

fn first_for_private(runtime: Option<PathBuf>, temporary: PathBuf) -> PathBuf {
    let is_short = |base: &Path| listener::has_room(base);
    first(runtime.into_iter().chain([temporary]), is_short)
}

/// The first in which a socket's path is short enough; in `/tmp` it is.
fn first(bases: impl Iterator<Item = PathBuf>, is_short: impl Fn(&Path) -> bool) -> PathBuf {
    let mut bases = bases;
    let found = bases.find(|base| is_short(base));
    found.unwrap_or_else(|| PathBuf::from("/tmp"))
}

#[cfg(test)]
mod tests;
