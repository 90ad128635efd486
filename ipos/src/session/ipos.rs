//! `Ipos`: one process's end of a session.

mod entering;

use std::{env, sync::Arc, time::Duration};

use super::Session;
use crate::{
    Shared, SharedHandle,
    builder::Builder,
    core::{Origin, Typed, Validator},
    deadline::Deadline,
    error::{Error, Result},
    peers::Peer,
    process::ENDPOINT,
    schema::{Schema, table_of},
    subscribe::{SessionEvent, Subscription},
    tally::Stats,
    value::Value,
    wire::Reader,
};

/// One process's end of a session: it creates objects, finds them, and starts other processes.
///
/// Clones are the same end. When the last one is dropped, this process leaves the session; when it
/// is the host, the session ends, with its threads, its socket and its directory. Handles stay
/// readable. Several ends of several sessions may live in one process.
///
/// ```
/// # fn main() -> ipos::Result<()> {
/// let ipos = ipos::Ipos::host()?;
/// ipos.create("greeting", String::from("hello"))?;
/// assert_eq!(*ipos.get::<String>("greeting")?.read(), "hello");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "the session ends when the last `Ipos` is dropped"]
pub struct Ipos(Arc<Owner>);

/// Leaves the session when it is dropped.
#[derive(Debug)]
struct Owner(Arc<Session>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Ipos {
    /// Begins a session, whose changes this process puts in order.
    ///
    /// A private socket is opened, in a directory that only this user can enter.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when that fails, [`Error::Thread`].
    pub fn host() -> Result<Self> {
        Self::builder().host()
    }

    /// Joins the session that this process was invited into, by [`Ipos::spawn`] or
    /// [`Ipos::invite`] of its host. Returns once this process has every object of the session.
    ///
    /// # Errors
    ///
    /// [`Error::NotInvited`], [`Error::Refused`] when the invitation was used before or the host
    /// has another version of IPOS, [`Error::HostGone`], [`Error::SyncTimeout`].
    pub fn join() -> Result<Self> {
        Self::builder().join()
    }

    /// [`join`](Self::join) in a process that was invited, [`host`](Self::host) in one that was not.
    ///
    /// A process that was invited never becomes a host by mistake: when it cannot join, that is an
    /// error.
    pub fn new() -> Result<Self> {
        if env::var_os(ENDPOINT).is_some() {
            Self::join()
        } else {
            Self::host()
        }
    }

    /// Begins a session as [`host`](Self::host), under a name by which other processes of this user find it: a daemon
    /// and its front ends, an editor and its tools. Processes can also be spawned and invited.
    ///
    /// A name has up to 64 letters, digits, `-`, `_` and `.`. One process at a time serves it; it is free again when
    /// the session has ended, or the process has crashed.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let name = format!("doc-serve-{}", std::process::id());
    /// let daemon = ipos::Ipos::serve(&name)?;
    /// daemon.create("volume", 7u8)?;
    ///
    /// // In another process of the same user:
    /// let front_end = ipos::Ipos::connect(&name)?;
    /// let volume = front_end.get::<u8>("volume")?;
    /// assert_eq!(*volume.read(), 7);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyServed`]; [`Error::Transport`] for a text that is no name, and when no socket can be made;
    /// [`Error::Thread`].
    pub fn serve(name: impl AsRef<str>) -> Result<Self> {
        Self::builder().serve(name)
    }

    /// Joins the session that another process [serves](Self::serve) under a name. Returns once this process has
    /// every object of the session.
    ///
    /// # When the host is gone
    ///
    /// When that process ends, crashes, or the connection to it is lost, this one goes on with what it has, and seeks
    /// the name again until its last `Ipos` is dropped. Meanwhile everything can be read, and written: what is written
    /// counts here, and is proposed later. Whatever needs the host's answer waits, as long as it would wait anyway.
    /// [`events`](Self::events) tells of [`Disconnected`](SessionEvent::Disconnected) and, once this process is in
    /// sync again, of [`Reconnected`](SessionEvent::Reconnected).
    ///
    /// A host that still runs, and that finds this process again within 10 seconds, goes on with it where they were.
    /// Later this process is a new one to it, as to any other host; but what it has ordered it does not order again.
    /// Who waits for the verdict on that is told that nobody knows it any more, as [`Error::Rejected`].
    ///
    /// Any other host knows nothing of this process, and **its state is the truth**: what the one before had confirmed
    /// and the new one does not have is gone. Then:
    ///
    /// - An object of the same key and type takes the place of the old one. Handles and subscriptions go on; a
    ///   subscription is told to begin anew. What was pending is proposed to the new object, once. What was to count
    ///   as a whole, by [`transact`](crate::SharedHandle::transact), is refused.
    /// - An object of another type takes the place of the old one as always: handles answer [`Error::TypeMismatch`].
    /// - An object that the new host does not have is waited for, for as long as
    ///   [`sync_timeout`](Builder::sync_timeout), since a host may serve first and create then. After that it was
    ///   deleted, and what was pending is refused.
    /// - What this process has created and the host has not confirmed is created at the new one, in place of what that
    ///   may have under the key. What it has deleted it has deleted for itself alone: if the new host has an object
    ///   under the key, that is there again.
    ///
    /// So a host that is to be started again saves its objects, and creates them with what was saved. If it ends by
    /// dropping its last `Ipos` and saves what it can read after that, all is there once, but for processes that lag or
    /// are disconnected just then: what they have not heard the verdict on they propose again. If it crashes, what was
    /// confirmed since it has saved is gone, and what is saved and not yet known here to be confirmed is proposed
    /// again. A process may also create an object again when it hears of `Reconnected`.
    ///
    /// The session is over, as [`Error::HostGone`], when the host has removed this process, or has disconnected it for
    /// something that must not be (told with the reason), or when a host does not let it in: one that speaks another
    /// version of the protocol, say, or takes smaller messages than the one before.
    ///
    /// Processes that were spawned or invited do not come again: their host's private socket is gone with it.
    ///
    /// # Errors
    ///
    /// [`Error::NotServed`], [`Error::Refused`] when the host has another version of IPOS, [`Error::HostGone`],
    /// [`Error::SyncTimeout`]; [`Error::Transport`] for a text that is no name, or when another user has made the
    /// directory in which names stand.
    pub fn connect(name: impl AsRef<str>) -> Result<Self> {
        Self::builder().connect(name)
    }

    /// Settings other than the default ones.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Creates an object under a key, in every process of the session.
    ///
    /// A key that exists is overwritten. If the new object has the type of the old one, handles to
    /// the key go on with it; else they answer [`Error::TypeMismatch`] when they are written.
    ///
    /// # Errors
    ///
    /// [`Error::HostGone`], [`Error::Closed`], [`Error::KeyTooLong`], [`Error::Busy`] when this
    /// thread holds the object that is to be overwritten.
    pub fn create<T: Shared>(&self, key: impl AsRef<str>, value: T) -> Result<SharedHandle<T>> {
        let cell = self.session().create(
            key.as_ref(),
            Typed::with_schema(value, table_of::<T>()),
            None,
        )?;
        Ok(SharedHandle::new(self.session().clone(), cell))
    }

    /// Creates an object whose every commit is looked at before it counts, this process's own among
    /// them. Only the host can.
    ///
    /// `validate` is given the value before the commit, the value after it, and who made it. What it
    /// answers with an `Err` is refused as a whole and undone, and its writer told the reason. It runs
    /// while the object is locked, so it should be short; reading the object through a handle inside it
    /// panics, and a panic in it is a refusal. Only the host may overwrite or delete such an object.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// let ipos = ipos::Ipos::host()?;
    /// let stock = ipos.create_with("stock", 3_i64, |before, after, _| {
    ///     if *after < 0 { Err(format!("only {before} are left")) } else { Ok(()) }
    /// })?;
    /// stock.update(|stock| stock.set(0))?;
    /// let refused = stock.update(|stock| stock.set(-1));
    /// assert!(matches!(refused, Err(ipos::Error::Rejected { .. })));
    /// assert_eq!(*stock.read(), 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create), and [`Error::NotTheHost`].
    pub fn create_with<T: Shared>(
        &self,
        key: impl AsRef<str>,
        value: T,
        validate: impl Fn(&T, &T, &Origin) -> Result<(), String> + Send + Sync + 'static,
    ) -> Result<SharedHandle<T>> {
        if !self.is_host() {
            return Err(Error::NotTheHost {
                doing: "give an object a validator",
            });
        }
        let judge = Box::new(Validator::new(value.clone(), validate));
        let session = self.session();
        let cell = session.create(
            key.as_ref(),
            Typed::with_schema(value, table_of::<T>()),
            Some(judge),
        )?;
        Ok(SharedHandle::new(session.clone(), cell))
    }

    /// Waits until every live process of the session has applied all that this process had committed,
    /// created and deleted when it was called. A process that is only about to join is not waited for; it
    /// will be given all that.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] when one did not answer in time, [`Error::HostGone`], [`Error::Closed`],
    /// [`Error::Busy`] when this thread holds an object.
    pub fn barrier(&self, timeout: Duration) -> Result<()> {
        self.session().barrier(timeout)
    }

    /// As [`barrier`](Self::barrier), but as long as it takes, and without holding up the thread. It needs no
    /// runtime, and can be dropped at any time.
    ///
    /// # Errors
    ///
    /// Those of [`barrier`](Self::barrier), but for the timeout.
    pub async fn barrier_async(&self) -> Result<()> {
        self.session().barrier_async().await
    }

    /// A handle to the object under a key.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchObject`], [`Error::Deleted`] when there was one (the last 1024 deleted keys
    /// are remembered), [`Error::TypeMismatch`], [`Error::Unreadable`] when `T` refuses the value that the
    /// object has now, [`Error::Busy`] when this thread is writing it.
    pub fn get<T: Shared>(&self, key: impl AsRef<str>) -> Result<SharedHandle<T>> {
        let key = key.as_ref();
        let cell = self
            .session()
            .named(key)
            .ok_or_else(|| self.session().missing(key))?;
        cell.hold_as::<T>(self.session().me())?;
        Ok(SharedHandle::new(self.session().clone(), cell))
    }

    /// A handle to the object under a key, once it is there.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`], [`Error::TypeMismatch`], [`Error::Unreadable`], and [`Error::HostGone`] or [`Error::Closed`] as
    /// soon as no object can come any more.
    pub fn wait_for<T: Shared>(
        &self,
        key: impl AsRef<str>,
        timeout: Duration,
    ) -> Result<SharedHandle<T>> {
        let key = key.as_ref();
        let deadline = Deadline::after(timeout);
        self.session().must_hold_nothing("wait for an object")?;
        loop {
            let arrival = self.session().arrivals.listen();
            match self.get(key) {
                Err(Error::NoSuchObject { .. } | Error::Deleted { .. }) => {
                    self.session().must_be_open()?;
                    // The object may be the answer to what was just written.
                    self.session().flush();
                }
                result => return result,
            }
            if deadline.has_passed() {
                return Err(Error::Timeout {
                    what: format!("an object `{key}`"),
                    after: timeout,
                });
            }
            deadline.wait(arrival);
        }
    }

    /// As [`wait_for`](Self::wait_for), but as long as it takes, and without holding up the thread. It needs no
    /// runtime, and can be dropped at any time.
    ///
    /// # Errors
    ///
    /// Those of [`wait_for`](Self::wait_for), but for the timeout, and [`Error::Busy`] when this thread holds an
    /// object.
    pub async fn wait_for_async<T: Shared>(&self, key: impl AsRef<str>) -> Result<SharedHandle<T>> {
        let key = key.as_ref();
        loop {
            let arrival = self.session().arrivals.listen();
            match self.get(key) {
                Err(Error::NoSuchObject { .. } | Error::Deleted { .. }) => {
                    self.session().must_be_open()?;
                    // The object may be the answer to what was just written.
                    self.session().flush();
                }
                result => return result,
            }
            let session = self.session();
            session.heard(arrival, "wait for an object").await?;
        }
    }

    /// Deletes the object under a key, in every process of the session. `false` if there is none.
    ///
    /// # Errors
    ///
    /// [`Error::HostGone`], [`Error::Closed`], [`Error::Busy`] when this thread holds the object.
    pub fn delete(&self, key: impl AsRef<str>) -> Result<bool> {
        self.session().delete(key.as_ref())
    }

    /// The keys of all objects, in order.
    pub fn keys(&self) -> Vec<String> {
        self.session().keys()
    }

    /// The form of the object under a key. This process need not know its type.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// let ipos = ipos::Ipos::host()?;
    /// ipos.create("ages", std::collections::BTreeMap::from([(String::from("ada"), 36_u8)]))?;
    /// assert_eq!(ipos.schema("ages")?.to_string(), "BTreeMap<String, u8>");
    /// assert_eq!(ipos.value("ages")?.to_string(), r#"{"ada": 36}"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchObject`], [`Error::Deleted`], [`Error::Busy`] when this thread is writing it.
    pub fn schema(&self, key: impl AsRef<str>) -> Result<Schema> {
        self.session()
            .look(key.as_ref(), |state| (**state.schema()).clone())
    }

    /// The value of the object under a key, as plain data: for tools, which do not know its type. It is
    /// a copy as of now.
    ///
    /// # Errors
    ///
    /// As of [`schema`](Self::schema).
    pub fn value(&self, key: impl AsRef<str>) -> Result<Value> {
        self.session().look(key.as_ref(), |state| {
            let mut bytes = Vec::new();
            state.encode(&mut bytes);
            Value::read(state.schema(), &mut Reader::of_own(&bytes))
                .expect("an object has the form of its schema")
        })
    }

    /// Whether there is an object under a key.
    pub fn contains(&self, key: impl AsRef<str>) -> bool {
        self.session().named(key.as_ref()).is_some()
    }

    /// What happens in the session from now on: processes that join and leave, keys that get objects and lose them,
    /// refusals, and processes that do not read.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// let ipos = ipos::Ipos::host()?;
    /// let events = ipos.events();
    /// let even = |_: &u32, after: &u32, _: &ipos::Origin| match after % 2 {
    ///     0 => Ok(()),
    ///     _ => Err(format!("{after} is odd")),
    /// };
    /// let number = ipos.create_with("number", 0, even)?;
    /// assert!(matches!(events.try_next(), Some(ipos::SessionEvent::Created { .. })));
    /// number.set(1).unwrap_err();
    /// assert!(matches!(events.try_next(), Some(ipos::SessionEvent::Refused { .. })));
    /// # Ok(())
    /// # }
    /// ```
    pub fn events(&self) -> Subscription<SessionEvent> {
        self.session().subscribers().subscribe()
    }

    /// The other processes of the session, in the order in which they have come.
    ///
    /// The host knows of each member how far it has come; a member knows the host, and who the others are.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// let ipos = ipos::Ipos::host()?;
    /// for peer in ipos.peers() {
    ///     println!("{} ({:?}) is {:?}, {:?} bytes wait for it", peer.label, peer.pid, peer.state, peer.queued);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn peers(&self) -> Vec<Peer> {
        self.session().peers()
    }

    /// What this process has done and taken in the session so far, counted: for a status page, or to see what a
    /// program costs. Counting is always on.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// let ipos = ipos::Ipos::host()?;
    /// let numbers = ipos.create("numbers", vec![1, 2])?;
    /// numbers.update(|numbers| {
    ///     numbers.push(3);
    ///     numbers.push(4);
    /// })?;
    /// let stats = ipos.stats();
    /// assert_eq!((stats.sent.commits, stats.sent.patches), (1, 2));
    /// assert_eq!(stats.seq, 2, "the creation and the commit");
    /// # Ok(())
    /// # }
    /// ```
    pub fn stats(&self) -> Stats {
        self.session().stats()
    }

    /// Whether this process is the host of the session.
    pub fn is_host(&self) -> bool {
        self.session().host().is_some()
    }

    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.0.0
    }
}
