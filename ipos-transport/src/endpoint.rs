//! Where a host listens.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use crate::{Error, Result};

/// Where a host listens: the absolute path of a socket.
///
/// As text it is the plain path, which fits into an environment variable.
///
/// ```
/// use ipos_transport::Endpoint;
///
/// let endpoint: Endpoint = "/run/user/1000/ipos-x7Qd2k/s".parse()?;
/// assert_eq!(endpoint.to_string(), "/run/user/1000/ipos-x7Qd2k/s");
/// # Ok::<(), ipos_transport::Error>(())
/// ```
// Invariant: absolute, UTF-8, without NUL, at most `PATH_LIMIT` bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    path: String,
}

impl Endpoint {
    /// The longest socket path in bytes that every Unix takes: macOS has 104 with the closing NUL.
    pub const PATH_LIMIT: usize = 103;

    /// The endpoint at this path, which need not exist yet.
    ///
    /// Refuses a path that is relative, because the other process may have another working
    /// directory, that is not UTF-8 or contains NUL ([`Error::BadEndpoint`]), or that is too long
    /// ([`Error::PathTooLong`]).
    pub fn new(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path
            .into()
            .into_os_string()
            .into_string()
            .map_err(|path| bad(&path.to_string_lossy(), "is not UTF-8"))?;
        if !path.starts_with('/') {
            return Err(bad(&path, "is not an absolute path"));
        }
        if path.contains('\0') {
            return Err(bad(&path, "contains a NUL byte"));
        }
        if path.len() > Self::PATH_LIMIT {
            return Err(Error::PathTooLong {
                path: path.into(),
                limit: Self::PATH_LIMIT,
            });
        }
        Ok(Self { path })
    }

    /// The socket's path.
    pub fn path(&self) -> &Path {
        Path::new(&self.path)
    }

    /// What tells it from others, for people: the name that is served there, or that of its own directory.
    ///
    /// ```
    /// use ipos_transport::Endpoint;
    ///
    /// assert_eq!(Endpoint::new("/run/user/1000/ipos-x7Qd2k/s")?.name(), "ipos-x7Qd2k");
    /// assert_eq!(Endpoint::new("/run/user/1000/ipos-1000/editor.sock")?.name(), "editor");
    /// # Ok::<(), ipos_transport::Error>(())
    /// ```
    pub fn name(&self) -> &str {
        let mut parts = self.path.rsplit('/');
        let socket = parts.next().unwrap_or_default();
        match socket.strip_suffix(".sock") {
            Some(name) => name,
            None => parts.next().unwrap_or(socket),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl FromStr for Endpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

fn bad(text: &str, why: &'static str) -> Error {
    Error::BadEndpoint {
        text: text.to_owned(),
        why,
    }
}

#[cfg(test)]
mod tests;
