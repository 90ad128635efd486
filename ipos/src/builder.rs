//! Settings of one process's end of a session.

use std::time::Duration;

use crate::{
    core::{LABEL_LIMIT, Limits},
    driver::Waiting,
    error::{Error, Result},
    session::Ipos,
};

/// What can be set before a session is begun or joined; see [`Ipos::builder`].
///
/// ```
/// use std::time::Duration;
///
/// # fn main() -> ipos::Result<()> {
/// let ipos = ipos::Ipos::builder().sync_timeout(Duration::from_secs(30)).host()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `host`, `join`, `serve` or `connect` is called"]
pub struct Builder(Settings);

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) sync_timeout: Duration,
    pub(crate) frame_limit: usize,
    pub(crate) queue_limit: usize,
    pub(crate) limits: Limits,
    pub(crate) waiting: Waiting,
    pub(crate) label: String,
    /// How long a peer may say nothing.
    pub(crate) ping: Option<Duration>,
}

#[cfg(loom)]
impl Builder {
    /// What was set.
    pub(crate) fn settings(self) -> Settings {
        self.0
    }
}

impl Settings {
    /// How many bytes a commit may have. The rest of the message is small beside it.
    pub(crate) fn largest_commit(&self) -> usize {
        self.frame_limit - 64
    }
}

/// The least that [`Builder::frame_limit`] takes: the session's own messages must fit.
pub(crate) const LEAST_FRAME: usize = 128 * 1024;

/// The most that it takes, and that a member lets its host ask for.
pub(crate) const LARGEST_FRAME: usize = 1024 * 1024 * 1024;

/// The least that [`Builder::queue_limit`] takes.
const LEAST_QUEUE: usize = 64 * 1024;

/// The least that [`Builder::ping`] takes.
const LEAST_PING: Duration = Duration::from_millis(100);

impl Default for Builder {
    fn default() -> Self {
        Self(Settings {
            sync_timeout: Duration::from_secs(5),
            frame_limit: 16 * 1024 * 1024,
            queue_limit: 64 * 1024 * 1024,
            limits: Limits::default(),
            waiting: Waiting::Park,
            label: String::new(),
            ping: None,
        })
    }
}

impl Builder {
    /// How long to wait for a process to be in sync, on the host's side and on the member's.
    /// Running out is an error. The default is 5 seconds.
    pub fn sync_timeout(mut self, timeout: Duration) -> Self {
        self.0.sync_timeout = timeout;
        self
    }

    /// How many bytes one message may have, and so one commit; from 128 KiB to
    /// 1 GiB. Objects may be
    /// larger: they travel in pieces. The host's limit counts for the whole session; a member's is
    /// not asked for. The default is 16 MiB.
    pub fn frame_limit(mut self, bytes: usize) -> Self {
        self.0.frame_limit = bytes.clamp(LEAST_FRAME, LARGEST_FRAME);
        self
    }

    /// How many bytes a host queues for a member that does not read, at least 64 KiB. When there are more,
    /// they are dropped, and the member is given what it has missed, or the present state, when it reads
    /// again. What a member is given to be in sync does not count. The default is 64 MiB.
    ///
    /// On a member, how many bytes of what it has proposed may be without the host's verdict: what it creates, deletes
    /// and commits. When there are more, whoever proposes something waits first, for 120 s at the most, and then with
    /// [`Error::Timeout`]; but not a thread that holds an object.
    pub fn queue_limit(mut self, bytes: usize) -> Self {
        self.0.queue_limit = bytes.max(LEAST_QUEUE);
        self
    }

    /// How much members may make a host hold: objects, keys, values and schemas, and how many members there may be.
    /// A member's own limits are not asked for.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.0.limits = limits;
        self
    }

    /// How threads wait for other processes. The default is [`Waiting::Park`].
    pub fn waiting(mut self, waiting: Waiting) -> Self {
        self.0.waiting = waiting;
        self
    }

    /// What this process is called by the others, in [`SessionEvent`](crate::SessionEvent)s and in logs; cut to 256
    /// bytes.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        let mut label = label.into();
        while label.len() > LABEL_LIMIT {
            label.pop();
        }
        self.0.label = label;
        self
    }

    /// How long a process may be silent before the connection to it is given up; at least 100 ms. Off unless it is
    /// set.
    ///
    /// A process that crashes is noticed at once without this. It is for one that hangs while its connection stays
    /// open: stopped, in a debugger, on a machine that swaps. It is asked after half of the time, and everything that
    /// it says counts as an answer, so this costs nothing while there is traffic. The answer comes from the thread that
    /// reads in the other process, so whoever holds an object there for that long (in one
    /// [`update`](crate::SharedHandle::update), action or validator) is silent meanwhile, and so is who takes in something
    /// large, above all the objects of the session when it joins: allow for that. Time in which this process itself is
    /// stopped does not count.
    ///
    /// Each process sets it for itself: on the host it ends the connection to the member, which is told as
    /// [`SessionEvent::Silent`](crate::SessionEvent::Silent); on a member the one to the host.
    pub fn ping(mut self, deadline: Duration) -> Self {
        self.0.ping = Some(deadline.max(LEAST_PING));
        self
    }

    /// Begins a session; see [`Ipos::host`].
    pub fn host(self) -> Result<Ipos> {
        Ipos::begin(self.0, None)
    }

    /// Joins the session that this process was invited into; see [`Ipos::join`].
    pub fn join(self) -> Result<Ipos> {
        Ipos::join_with(self.0)
    }

    /// Begins a session under a name; see [`Ipos::serve`].
    pub fn serve(self, name: impl AsRef<str>) -> Result<Ipos> {
        Ipos::begin(self.0, Some(name.as_ref()))
    }

    /// Joins the session of a name; see [`Ipos::connect`].
    pub fn connect(self, name: impl AsRef<str>) -> Result<Ipos> {
        Ipos::connect_with(self.0, name.as_ref())
    }
}

impl Settings {
    /// The error when `who` was not in sync in time.
    pub(crate) fn timed_out(&self, who: &str) -> Error {
        Error::SyncTimeout {
            who: who.to_owned(),
            after: self.sync_timeout,
        }
    }
}
