//! Other processes: starting them, inviting them, waiting for them.

use std::{
    borrow::BorrowMut,
    process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus},
    sync::{Arc, Weak},
    time::Duration,
};

use shared_child::SharedChild;

use crate::{
    core::PeerId,
    deadline::Deadline,
    error::{Error, Result},
    seat::Seat,
    session::{Ipos, Session},
};

/// Where the host of the session listens that a process was invited into.
pub(crate) const ENDPOINT: &str = "IPOS_ENDPOINT";

/// The token that its invitation is good by, once.
pub(crate) const TOKEN: &str = "IPOS_TOKEN";

/// A process of the session, as its host sees it.
///
/// Dropping it changes nothing: the process goes on.
#[derive(Clone, Debug)]
pub struct Process {
    session: Weak<Session>,
    seat: Arc<Seat>,
    peer: PeerId,
}

impl Process {
    /// Its number in the system; `None` where the system did not tell that of an invited process.
    pub fn pid(&self) -> Option<u32> {
        self.seat.presence().pid
    }

    /// Its number in the system.
    ///
    /// # Panics
    ///
    /// Where the system does not tell the number of an invited process: ask [`pid`](Self::pid)
    /// there. A spawned process always has one.
    pub fn id(&self) -> u32 {
        self.pid()
            .expect("the system tells who is at the other end of a local socket")
    }

    /// Its number in the session.
    pub fn peer(&self) -> PeerId {
        self.peer
    }

    /// Whether it is connected.
    pub fn is_connected(&self) -> bool {
        !self.seat.presence().left
    }

    /// Waits until it has ended. Its last commits may still be on their way then; they have come when
    /// [`SessionEvent::Left`](crate::SessionEvent::Left) tells that it has left.
    ///
    /// # Errors
    ///
    /// [`Error::NotSpawned`] for a process that this one has not started.
    pub fn wait(&self) -> Result<ExitStatus> {
        let child = self.child("waiting for its end")?;
        child
            .wait()
            .map_err(|source| self.failed("wait for", source))
    }

    /// As [`wait`](Self::wait), without holding up the thread. It needs no runtime, and can be dropped at any time.
    /// The session's own threads tell of the end, so it can be awaited as long as the session goes on.
    ///
    /// # Errors
    ///
    /// Those of [`wait`](Self::wait), and [`Error::Closed`] when the session ends while the process goes on.
    pub async fn wait_async(&self) -> Result<ExitStatus> {
        loop {
            let listener = self.seat.listen();
            // The end of the session comes before those who wait are woken by it.
            let is_closed = self.session.upgrade().map(|session| session.must_be_open());
            if let Some(status) = self.try_wait()? {
                return Ok(status);
            }
            is_closed.unwrap_or(Err(Error::Closed))?;
            listener.await;
        }
    }

    /// How it has ended, if it has.
    ///
    /// # Errors
    ///
    /// [`Error::NotSpawned`] for a process that this one has not started.
    pub fn try_wait(&self) -> Result<Option<ExitStatus>> {
        let child = self.child("asking for its end")?;
        child
            .try_wait()
            .map_err(|source| self.failed("wait for", source))
    }

    /// Ends it, by `SIGKILL` on Unix.
    ///
    /// # Errors
    ///
    /// [`Error::NotSpawned`] for a process that this one has not started.
    pub fn kill(&self) -> Result<()> {
        let child = self.child("ending it")?;
        child.kill().map_err(|source| self.failed("end", source))
    }

    /// The process's standard input, when its command was given a pipe there; the first time only.
    pub fn take_stdin(&self) -> Option<ChildStdin> {
        self.seat.child()?.take_stdin()
    }

    /// The process's standard output, when its command was given a pipe there; the first time only.
    pub fn take_stdout(&self) -> Option<ChildStdout> {
        self.seat.child()?.take_stdout()
    }

    /// The process's standard error, when its command was given a pipe there; the first time only.
    pub fn take_stderr(&self) -> Option<ChildStderr> {
        self.seat.child()?.take_stderr()
    }

    fn child(&self, doing: &'static str) -> Result<&SharedChild> {
        self.seat.child().ok_or_else(|| Error::NotSpawned {
            who: self.seat.name(),
            doing,
        })
    }

    fn failed(&self, doing: &'static str, source: std::io::Error) -> Error {
        Error::Process {
            doing,
            program: self.seat.name(),
            source,
        }
    }
}

/// An invitation into a session, for a process that is started in a way of one's own.
///
/// It is good once, and until it is dropped. A process started by a shell, a service manager or a
/// container gets it through its environment:
///
/// ```no_run
/// # use std::{process::Command, time::Duration};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let ipos = ipos::Ipos::host()?;
/// let invitation = ipos.invite()?;
/// let mut child = Command::new("worker").envs(invitation.envs()).spawn()?;
/// let worker = invitation.wait(Duration::from_secs(5))?;
/// println!("process {} is in sync", worker.id());
/// # child.wait()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an invitation is withdrawn when it is dropped"]
pub struct Invitation {
    session: Arc<Session>,
    seat: Arc<Seat>,
}

impl Invitation {
    /// The environment variables that the process needs. They let whoever has them join once, so
    /// treat them as a password.
    pub fn envs(&self) -> Vec<(String, String)> {
        let (Some(host), Some(token)) = (self.session.host(), self.seat.token()) else {
            return Vec::new();
        };
        vec![
            (ENDPOINT.to_owned(), host.endpoint().to_string()),
            (TOKEN.to_owned(), token.to_hex()),
        ]
    }

    /// Waits until the process is in sync.
    ///
    /// # Errors
    ///
    /// [`Error::SyncTimeout`]; the invitation is still good then, if the process has not come.
    /// [`Error::LeftEarly`] when it came and left, [`Error::Closed`], [`Error::Busy`] when this
    /// thread holds an object.
    pub fn wait(&self, timeout: Duration) -> Result<Process> {
        self.session.must_hold_nothing("wait for a process")?;
        let deadline = Deadline::after(timeout);
        let outcome = self.seat.wait(deadline, |presence| {
            if let Some(peer) = presence.peer.filter(|_| presence.ready) {
                let (session, seat) = (Arc::downgrade(&self.session), self.seat.clone());
                return Some(Ok(Process {
                    session,
                    seat,
                    peer,
                }));
            }
            let is_between = presence.peer.is_some() && !presence.left;
            if !is_between {
                // Its end says more than the clock.
                if let Some(status) = self.seat.exit_status() {
                    let program = self.seat.program().to_owned();
                    return Some(Err(Error::ExitedEarly { program, status }));
                }
            }
            if presence.left && self.seat.child().is_none() {
                return Some(Err(Error::LeftEarly {
                    who: self.seat.name(),
                }));
            }
            self.session.must_be_open().err().map(Err)
        });
        let too_late = || Error::SyncTimeout {
            who: self.seat.name(),
            after: timeout,
        };
        outcome.unwrap_or_else(|| Err(too_late()))
    }
}

impl Drop for Invitation {
    fn drop(&mut self) {
        if let Some(host) = self.session.host() {
            host.withdraw(&self.seat);
        }
    }
}

impl Ipos {
    /// Starts a program as a process of the session, and waits until it is in sync: until its
    /// [`Ipos::join`] has returned.
    ///
    /// The command is started as it is, with two environment variables more.
    ///
    /// # Errors
    ///
    /// [`Error::Process`] when the program cannot be started. [`Error::ExitedEarly`] when it ends
    /// without having been in sync. [`Error::SyncTimeout`] when it is not in sync after
    /// `sync_timeout`: then it is ended, since nothing else could. [`Error::NotTheHost`] on a
    /// member, [`Error::Busy`] when this thread holds an object.
    pub fn spawn(&self, mut command: impl BorrowMut<Command>) -> Result<Process> {
        self.session().must_hold_nothing("wait for a process")?;
        let command = command.borrow_mut();
        let program = command.get_program().to_string_lossy().into_owned();
        let invitation = self.invite()?;
        let envs = invitation.envs();
        command.envs(envs.iter().map(|(name, value)| (name, value)));
        let started = SharedChild::spawn(command);
        // Whoever starts the command again must not pass on a token that is used up.
        for (name, _) in &envs {
            command.env_remove(name);
        }
        let child = started.map_err(|source| Error::Process {
            doing: "start",
            program: program.clone(),
            source,
        })?;
        tracing::debug!(%program, pid = child.id(), "a process was started");
        invitation.seat.started(program, child);
        let timeout = self.session().settings().sync_timeout;
        let process = invitation.wait(timeout);
        if process.is_err() {
            end(self.session(), &invitation.seat);
        }
        process
    }

    /// An invitation for a process that is started in another way than by [`Ipos::spawn`].
    ///
    /// # Errors
    ///
    /// [`Error::NotTheHost`] on a member, [`Error::Closed`].
    pub fn invite(&self) -> Result<Invitation> {
        let session = self.session();
        session.must_be_open()?;
        let Some(host) = session.host() else {
            return Err(Error::NotTheHost {
                doing: "invite processes",
            });
        };
        let seat = Arc::new(Seat::invited()?);
        host.invite(&seat);
        Ok(Invitation {
            session: session.clone(),
            seat,
        })
    }

    /// Disconnects a process; its reads go on to work and its writes answer [`Error::HostGone`].
    /// `false` if it was not connected to this session.
    ///
    /// A process that exits is removed by itself.
    pub fn remove_process(&self, process: &Process) -> bool {
        let is_ours = Weak::ptr_eq(&process.session, &Arc::downgrade(self.session()));
        is_ours && process.is_connected() && self.remove_peer(process.peer())
    }

    /// As [`remove_process`](Self::remove_process), for any process of the session: one that has
    /// [connected](Self::connect) by name does not come back, also if the connection to it is lost at the moment.
    /// `false` if there is no such process, and on a member.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let name = format!("doc-remove-{}", std::process::id());
    /// let daemon = ipos::Ipos::serve(&name)?;
    /// let front_end = ipos::Ipos::connect(&name)?;
    /// for peer in daemon.peers() {
    ///     assert!(daemon.remove_peer(peer.id));
    /// }
    /// assert!(daemon.peers().is_empty());
    /// # drop(front_end);
    /// # Ok(())
    /// # }
    /// ```
    pub fn remove_peer(&self, peer: PeerId) -> bool {
        let session = self.session();
        session
            .host()
            .is_some_and(|host| host.remove(session, peer))
    }
}

/// Ends a process that could not be brought in sync, and waits for its end.
fn end(session: &Session, seat: &Arc<Seat>) {
    if let Some(child) = seat.child() {
        if let Err(error) = child.kill().and_then(|()| child.wait()) {
            tracing::warn!(%error, pid = child.id(), "a process could not be ended");
        }
    }
    if let Some(host) = session.host() {
        host.withdraw(seat);
        if let Some(peer) = seat.presence().peer {
            host.remove(session, peer);
        }
    }
}
