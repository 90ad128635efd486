//! Calling actions.

use std::{
    fmt::{self, Display},
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use super::SharedHandle;
use crate::{
    Shared,
    action::{Action, Failing, ReadAnswer, perform, read_own},
    cell::Cell,
    core::{Life, Replica},
    cursor::Cursor,
    error::{Error, Result},
    guard::OpenCommit,
    session::Session,
    sync::{
        EventListener,
        atomic::{AtomicBool, Ordering},
    },
};

/// What an object must not be held for.
const FOR_A_VERDICT: &str = "wait for the host's verdict";

/// Why a [`call`](SharedHandle::call) did not give what the action answers with.
#[derive(Debug, thiserror::Error)]
pub enum CallError<E> {
    /// The action has failed at the host. Nothing of it counts.
    #[error("{0}")]
    Failed(E),
    /// It did not come about, or it is not known what it has come to.
    #[error(transparent)]
    Ipos(#[from] Error),
}

impl<E: Display> From<CallError<E>> for Error {
    fn from(error: CallError<E>) -> Self {
        match error {
            CallError::Failed(why) => Self::Failed {
                reason: why.to_string(),
            },
            CallError::Ipos(error) => error,
        }
    }
}

impl<T: Shared> SharedHandle<T> {
    /// Runs an action on the object, and gives what it has answered at the host.
    ///
    /// It is run here at once, and this process sees what it has changed. The host runs it again when it puts it in
    /// order, on the object as it is then; what that run changes is what counts, for all processes. An
    /// action that fails there is undone here.
    ///
    /// ```
    /// # use ipos::{CallError, Ipos, Shared};
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
    /// struct Account { balance: u64 }
    ///
    /// #[derive(Serialize, Deserialize, Debug, thiserror::Error)]
    /// #[error("{missing} short")]
    /// struct Overdraft { missing: u64 }
    ///
    /// #[ipos::actions]
    /// impl Account {
    ///     fn withdraw(account: &mut AccountMut<'_>, amount: u64) -> Result<u64, Overdraft> {
    ///         let left = account.balance.checked_sub(amount);
    ///         let left = left.ok_or_else(|| Overdraft { missing: amount - account.balance })?;
    ///         account.set_balance(left);
    ///         Ok(left)
    ///     }
    /// }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let ipos = Ipos::host()?;
    /// let account = ipos.create("account", Account { balance: 7 })?;
    /// assert_eq!(account.call(Account::withdraw_action(5))?, 2);
    /// match account.call(Account::withdraw_action(5)) {
    ///     Err(CallError::Failed(Overdraft { missing })) => assert_eq!(missing, 3),
    ///     other => panic!("{other:?}"),
    /// }
    /// assert_eq!(account.read().balance, 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`CallError::Failed`] with what the action fails with at the host. [`Error::Answer`] when serde cannot read
    /// what it has answered there; it counts then. [`Error::Rejected`] when the host's
    /// program does not know the action, cannot read its arguments, or panics in it; when what it has changed
    /// may not be, or the object was overwritten or deleted. [`Error::HostGone`] and [`Error::Closed`] when it is
    /// not known what it has come to. The errors of [`update`](Self::update), and [`Error::Busy`] when this
    /// thread holds any object.
    ///
    /// # Panics
    ///
    /// When the action does here, and when serde cannot write its arguments, or cannot write and read what it has
    /// answered here. Nothing is told then, and nothing is changed.
    pub fn call<R, E>(&self, action: Action<T, R, E>) -> Result<R, CallError<E>> {
        self.session.must_hold_nothing(FOR_A_VERDICT)?;
        self.start(action)?.wait()
    }

    /// Runs an action on the object as [`call`](Self::call) does, and does not wait for the host. Only when many
    /// earlier commits have no verdict it waits for some of them, as every commit does:
    /// [`start_async`](Self::start_async) does not hold up the thread for that.
    ///
    /// ```
    /// # use ipos::{Ipos, Shared};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
    /// # struct Counter { next: u64 }
    /// # #[ipos::actions]
    /// # impl Counter {
    /// #     fn take(counter: &mut CounterMut<'_>) -> u64 {
    /// #         let taken = counter.next;
    /// #         counter.set_next(taken + 1);
    /// #         taken
    /// #     }
    /// # }
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = Ipos::host()?;
    /// # let counter = ipos.create("counter", Counter { next: 0 })?;
    /// let first = counter.start(Counter::take_action())?;
    /// let second = counter.start(Counter::take_action())?;
    /// // What it has answered here; and what counts.
    /// assert_eq!(first.local(), Ok(0));
    /// assert_eq!((first.wait()?, second.wait()?), (0, 1));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update). What the host says is told by the [`Call`].
    ///
    /// # Panics
    ///
    /// As [`call`](Self::call) does.
    pub fn start<R, E>(&self, action: Action<T, R, E>) -> Result<Call<R, E>> {
        let open = OpenCommit::new(&self.session, &self.cell)?;
        self.start_on(open, action)
    }

    pub(super) fn start_on<R, E>(
        &self,
        mut open: OpenCommit<'_>,
        action: Action<T, R, E>,
    ) -> Result<Call<R, E>> {
        let entry = action.entry();
        let Action { args, read, .. } = action;
        let is_host = self.session.host().is_some();
        let failing = if is_host {
            Failing::Forgotten
        } else {
            Failing::Asked
        };
        let (value, recorder) = open.parts::<T>();
        let answer = perform(&mut Cursor::new(value, recorder), entry, args, failing);
        // One that cannot be read panics before anything is told, and not wherever it is asked for.
        let _: Result<R, E> = read_own(&answer.bytes, entry.name, read);
        let committed = open.commit()?;
        self.made(&committed);
        Ok(Call {
            name: entry.name,
            local: answer.bytes,
            read,
            watched: committed.ticket.map(|ticket| Watched {
                session: self.session.clone(),
                cell: self.cell.clone(),
                ticket,
                listener: None,
                is_told: AtomicBool::new(false),
            }),
        })
    }
}

/// An action that was started; see [`SharedHandle::start`].
///
/// As a future it gives what the host has answered, under any runtime or none; [`Error::Busy`] when a thread polls it
/// that holds any object. When it is dropped the action goes on, and nobody is told.
#[must_use = "what the host has answered is told to whoever waits for it"]
pub struct Call<R, E> {
    name: &'static str,
    /// The answer that it had here, in byte form.
    local: Vec<u8>,
    read: ReadAnswer<R, E>,
    /// `None` when what it has answered here is what counts.
    watched: Option<Watched>,
}

/// A commit whose verdict is waited for.
struct Watched {
    session: Arc<Session>,
    cell: Arc<Cell>,
    ticket: u64,
    listener: Option<EventListener>,
    /// Whoever waits has heard the verdict.
    is_told: AtomicBool,
}

/// What the host has said.
enum Verdict {
    /// The action has answered, or failed, so.
    Answer(Vec<u8>),
    /// It was refused.
    Refused(String),
    /// It counts, and it is not known what it has answered.
    Untold,
}

impl<R, E> Call<R, E> {
    /// What the action has answered when it was run here. The host may come to something else.
    ///
    /// # Errors
    ///
    /// What it has failed with here. The host is asked all the same.
    pub fn local(&self) -> Result<R, E> {
        read_own(&self.local, self.name, self.read)
    }

    /// Waits for what the action has answered at the host.
    ///
    /// # Errors
    ///
    /// Those of [`call`](SharedHandle::call).
    pub fn wait(self) -> Result<R, CallError<E>> {
        let Some(watched) = &self.watched else {
            return self.local().map_err(CallError::Failed);
        };
        let mut verdict = None;
        let look = |replica: &Replica| {
            verdict = watched.verdict(replica);
            verdict.is_some()
        };
        watched
            .session
            .wait_on(&watched.cell, "a verdict", Duration::MAX, false, look)?;
        self.ended(verdict.unwrap_or(Verdict::Untold))
    }

    fn ended(&self, verdict: Verdict) -> Result<R, CallError<E>> {
        if let Some(watched) = &self.watched {
            watched.is_told.store(true, Ordering::Relaxed);
        }
        let bytes = match verdict {
            Verdict::Answer(bytes) => bytes,
            Verdict::Refused(reason) => return Err(Error::Rejected { reason }.into()),
            Verdict::Untold => Vec::new(),
        };
        match (self.read)(&bytes) {
            Some(answer) => answer.map_err(CallError::Failed),
            None => Err(Error::Answer { action: self.name }.into()),
        }
    }
}

impl Watched {
    fn verdict(&self, replica: &Replica) -> Option<Verdict> {
        let verdict = replica.verdict(self.ticket)?;
        Some(match (replica.answer(self.ticket), verdict) {
            (Some(answer), _) => Verdict::Answer(answer.to_vec()),
            (None, Err(reason)) => Verdict::Refused(reason),
            (None, Ok(())) => Verdict::Untold,
        })
    }

    /// The verdict, if there is one; an error when there will be none.
    fn look(&self) -> Result<Option<Verdict>> {
        let (replica, _held) = self.cell.read();
        if let Some(verdict) = self.verdict(&replica) {
            return Ok(Some(verdict));
        }
        match replica.life() {
            ended @ Life::Unreadable(_) => Err(self.cell.ended(&replica, ended)),
            _ => self.session.must_be_open().map(|()| None),
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let is_told = self.is_told.load(Ordering::Relaxed);
        self.cell.unwatch(self.ticket, is_told);
    }
}

impl<R, E> Future for Call<R, E> {
    type Output = Result<R, CallError<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            let Some(watched) = &mut self.watched else {
                return Poll::Ready(self.local().map_err(CallError::Failed));
            };
            // As `wait` does; but each poll may be in another place.
            if let Err(busy) = watched.session.must_hold_nothing(FOR_A_VERDICT) {
                return Poll::Ready(Err(busy.into()));
            }
            if let Some(listener) = &mut watched.listener {
                if Pin::new(listener).poll(context).is_pending() {
                    return Poll::Pending;
                }
            }
            // Listening first and looking then leaves no gap for a verdict to slip through.
            watched.listener = Some(watched.cell.listen());
            match watched.look() {
                Ok(None) => watched.session.flush(),
                Ok(Some(verdict)) => return Poll::Ready(self.ended(verdict)),
                Err(error) => return Poll::Ready(Err(error.into())),
            }
        }
    }
}

impl<R, E> fmt::Debug for Call<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("action", &self.name)
            .finish_non_exhaustive()
    }
}
