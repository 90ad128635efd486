//! What can go wrong, sorted by who can do something about it.

use std::{io, process::ExitStatus, time::Duration};

/// The result of most calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, with what, and what to do about it.
///
/// The variants stand in three groups: the caller, the other process, the system.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    // The caller:
    /// This process was not invited into a session.
    #[error(
        "this process was not invited into a session: {why}; it must be started by \
         `Ipos::spawn`, or with the variables of `Ipos::invite`, or call `Ipos::host` to have \
         a session of its own"
    )]
    NotInvited {
        /// What was found in place of an invitation.
        why: String,
    },
    /// Only the host of a session can do this.
    #[error("only the host of the session can {doing}; this process is a member")]
    NotTheHost {
        /// What was asked for.
        doing: &'static str,
    },
    /// There is no object under this key.
    #[error("there is no object `{key}`; `create` it, or `wait_for` it if another process does")]
    NoSuchObject {
        /// The key.
        key: String,
    },
    /// The object has another type than the one that was asked for.
    #[error(
        "`{key}` is asked for as {asked}, but it is {found}: {}; build both processes with the same \
         definition, or use another key",
        differences.join("; ")
    )]
    TypeMismatch {
        /// The object's key.
        key: String,
        /// The type that was asked for here.
        asked: String,
        /// The type that the object has.
        found: String,
        /// What differs, each in words and with the way to it from the root type.
        differences: Vec<String>,
    },
    /// The object was deleted. Handles to it can still read its last state.
    #[error("`{key}` was deleted; its handles can still read its last state")]
    Deleted {
        /// The object's key.
        key: String,
    },
    /// This thread holds the object and asked for something that has to wait for it to let go.
    #[error(
        "this thread holds `{key}` by a guard or inside an `update`, and cannot {doing} until it \
         lets go; drop the guard first"
    )]
    Busy {
        /// The key of the object that is held.
        key: String,
        /// What was asked for.
        doing: &'static str,
    },
    /// A commit is larger than a message may be. It was rolled back.
    #[error(
        "a commit to `{key}` takes {bytes} bytes and the limit is {limit}; split it, or raise \
         `frame_limit`"
    )]
    TooLarge {
        /// The object's key.
        key: String,
        /// The size of its patches.
        bytes: usize,
        /// How many a message may have.
        limit: usize,
    },
    /// A value is such that other processes would not read it: too deep, or with too many elements
    /// that take no bytes. The change was rolled back.
    #[error("what was written to `{key}` cannot be sent: {problem}; the change was rolled back")]
    Unsendable {
        /// The object's key.
        key: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A key is longer than keys may be.
    #[error("a key of {bytes} bytes is too long; {limit} is the limit")]
    KeyTooLong {
        /// The key's length.
        bytes: usize,
        /// How many bytes a key may have.
        limit: usize,
    },
    /// This process has ended its part in the session: its last `Ipos` was dropped.
    #[error("this process has left the session: its last `Ipos` was dropped")]
    Closed,

    /// Another process serves this name.
    #[error(
        "`{name}` is served already, by {}; connect to it, end it, or choose another name",
        pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
    )]
    AlreadyServed {
        /// The name.
        name: String,
        /// The process, as far as it has said so.
        pid: Option<u32>,
    },
    /// No process of this user serves this name.
    #[error("nobody serves `{name}`; start the process that calls `Ipos::serve` with it ({why})")]
    NotServed {
        /// The name.
        name: String,
        /// How that showed.
        why: String,
    },

    // The other process:
    /// A commit was refused: by the object's validator, because it writes what is for the host alone to
    /// write, or because something that it changes is gone. It was undone.
    #[error("a commit was refused, and is undone: {reason}")]
    Rejected {
        /// Why, in the words of whoever refused it.
        reason: String,
    },
    /// The object's value, or what is committed to it, has the right form, but the type of this process
    /// refuses it: another process has another definition of it, or another `Deserialize`. Only this object is
    /// concerned, and only here. Handles to it can still read the last state that could be read.
    #[error(
        "`{key}` cannot be read as {asked} in this process: {problem}; another process has written what \
         this one's definition refuses: build both with the same one, `create` the object anew, or \
         `get` it again when it has changed"
    )]
    Unreadable {
        /// The object's key.
        key: String,
        /// The type by which it is, or was, held here.
        asked: String,
        /// Which type refuses what, and why.
        problem: String,
    },
    /// An action has failed at the host, and is undone. [`CallError`](crate::CallError) has what it has failed with.
    #[error("an action has failed, and is undone: {reason}")]
    Failed {
        /// In the words of what it has failed with.
        reason: String,
    },
    /// The host has run an action, and its answer cannot be read here.
    #[error(
        "the host has run the action `{action}`, and its answer cannot be read here; build both processes \
         with the same definition"
    )]
    Answer {
        /// The action.
        action: &'static str,
    },
    /// The host went away, or removed this process. What was read stays readable. A process that has
    /// [connected](crate::Ipos::connect) by name is told so only when it will not be let in again.
    #[error("the host of the session is gone ({why}); what is here can be read but not written")]
    HostGone {
        /// How that showed.
        why: String,
    },
    /// The host did not let this process in.
    #[error("the host refused this process: {why}")]
    Refused {
        /// The host's reason.
        why: String,
    },
    /// A process did not get in sync in time. One that was spawned has been ended.
    #[error(
        "{who} was not in sync after {after:?}; does it call `Ipos::join`? is `sync_timeout` long enough?"
    )]
    SyncTimeout {
        /// The program, or the host.
        who: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// A process ended before it was in sync.
    #[error("`{program}` ended before it was in sync: {status}")]
    ExitedEarly {
        /// The program.
        program: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// A process that was invited came, and left before it was in sync.
    #[error("{who} came, and left before it was in sync; what did its `Ipos::join` answer?")]
    LeftEarly {
        /// The process.
        who: String,
    },
    /// A process was not started by this one, so its end is not for this one to know or bring about.
    #[error("{who} was invited, not spawned: {doing} is for the process that started it")]
    NotSpawned {
        /// The process.
        who: String,
        /// What was asked for.
        doing: &'static str,
    },
    /// What was waited for did not come about in time.
    #[error("{what} did not come about within {after:?}")]
    Timeout {
        /// What was waited for.
        what: String,
        /// How long.
        after: Duration,
    },

    // The system:
    /// A program could not be started, waited for or ended.
    #[error("could not {doing} `{program}`: {source}")]
    Process {
        /// What failed.
        doing: &'static str,
        /// The program.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A thread could not be started.
    #[error("could not start a thread: {0}")]
    Thread(#[source] io::Error),
    /// A socket, or the directory it is in, failed.
    #[error(transparent)]
    Transport(ipos_transport::Error),
}

impl From<ipos_transport::Error> for Error {
    fn from(error: ipos_transport::Error) -> Self {
        match error {
            ipos_transport::Error::AlreadyServed { name, pid } => Self::AlreadyServed { name, pid },
            error => Self::Transport(error),
        }
    }
}
