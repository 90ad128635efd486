//! What can go wrong between two processes, in words that say what to do.

use std::{io, path::PathBuf};

use rustix::io::Errno;

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Why bytes could not be moved, or an endpoint not be made or reached.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused.
    #[error("could not {doing}: {source}")]
    Io {
        /// What was tried, to be read after "could not".
        doing: String,
        /// What the system answered.
        source: io::Error,
    },

    /// The process at the other end belongs to another user.
    #[error(
        "the process at the other end runs as user {theirs}, this one as user {ours}: \
         start both as the same user"
    )]
    OtherUser {
        /// The effective user id of the peer.
        theirs: u32,
        /// Our own effective user id.
        ours: u32,
    },

    /// The directory for a socket is not ours alone.
    #[error(
        "the directory `{}` belongs to user {owner} with mode {mode:o}, not to user {ours} \
         with mode 700: nothing is put there or sought there; put it on a file system that keeps owners and \
         modes, check the umask, and remove the directory if somebody else has made it",
        path.display()
    )]
    NotPrivate {
        /// The directory.
        path: PathBuf,
        /// Who owns it.
        owner: u32,
        /// Our own effective user id.
        ours: u32,
        /// Its permission bits.
        mode: u32,
    },

    /// A frame is longer than the reader takes.
    #[error(
        "the peer announced a frame of {bytes} bytes, and {limit} is the limit here: \
         end the connection, or raise the limit if such frames are meant to be"
    )]
    FrameTooLarge {
        /// The payload's length that the header claims.
        bytes: u64,
        /// The reader's limit.
        limit: usize,
    },

    /// The deadline passed.
    #[error("could not {doing} in time: the process at the other end is stopped or very busy")]
    Timeout {
        /// What was tried, to be read after "could not".
        doing: String,
    },

    /// The peer closed the connection, or it was shut down on this side; or the listener was closed.
    #[error("the connection is closed: connect again if the other process still runs")]
    Closed,

    /// The stream of bytes ended in the middle of a frame.
    #[error("the connection ended in the middle of a frame: the process at the other end died")]
    Truncated,

    /// A socket's path does not fit into a socket address.
    #[error(
        "the socket path `{}` is longer than {limit} bytes: choose a shorter directory",
        path.display()
    )]
    PathTooLong {
        /// The path.
        path: PathBuf,
        /// The longest that works on every system, in bytes.
        limit: usize,
    },

    /// Another process serves this name.
    #[error(
        "`{name}` is served already, by {}: connect to it, end it, or choose another name",
        pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
    )]
    AlreadyServed {
        /// The name.
        name: String,
        /// The process, as far as it has said so.
        pid: Option<u32>,
    },

    /// A text that names no session.
    #[error("`{name}` is no name for a session, because it {why}")]
    BadName {
        /// The text.
        name: String,
        /// What is wrong with it, to be read after "because it".
        why: &'static str,
    },

    /// A text or path that names no endpoint.
    #[error("`{text}` is not an endpoint, because it {why}: pass on what the host printed, as is")]
    BadEndpoint {
        /// The text; what is not UTF-8 in it is replaced.
        text: String,
        /// What is wrong with it, to be read after "because it".
        why: &'static str,
    },

    /// A text that is no token. The text is left out: it may be most of a secret.
    #[error(
        "that is not a token: a token is 64 hexadecimal digits, pass it on as the host gave it"
    )]
    BadToken,
}

impl Error {
    /// Whether it says nothing of the other end: this process, or the system, has no more descriptors or memory.
    pub fn is_shortage(&self) -> bool {
        let Self::Io { source, .. } = self else {
            return false;
        };
        let shortages = [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM];
        Errno::from_io_error(source).is_some_and(|error| shortages.contains(&error))
    }

    pub(crate) fn io(doing: impl Into<String>, source: impl Into<io::Error>) -> Self {
        Self::Io {
            doing: doing.into(),
            source: source.into(),
        }
    }

    pub(crate) fn timeout(doing: impl Into<String>) -> Self {
        Self::Timeout {
            doing: doing.into(),
        }
    }
}
