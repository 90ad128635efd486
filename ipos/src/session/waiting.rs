//! Waiting for what other processes do: with a thread, or without holding one up.

use std::{
    future::{Future as _, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use super::{Role, Session};
use crate::{
    cell::Cell,
    core::{Life, Replica},
    deadline::Deadline,
    driver::Waiting,
    error::{Error, Result},
    subscribe::Upstream,
    sync::{EventListener, slips},
};

/// How often a thread reads what comes before it leaves that to the thread that does nothing else: if all that did not
/// bring about what it waits for, much comes, and two threads that read are woken more often than one.
const SITTINGS: usize = 8;

const FOR_A_CHANGE: &str = "wait for a change";
const FOR_ROOM: &str = "wait for room";

impl Session {
    /// Waits until an object is as `come` says, which is asked whenever the object changes. An error
    /// when that can not come about any more, or not in time. With `needs_life` it can not when the object
    /// has ended.
    pub(crate) fn wait_on(
        &self,
        cell: &Cell,
        what: &str,
        timeout: Duration,
        needs_life: bool,
        mut come: impl FnMut(&Replica) -> bool,
    ) -> Result<()> {
        self.must_hold_nothing(FOR_A_CHANGE)?;
        let deadline = Deadline::after(timeout);
        let (mut listener, mut is_flushed) = (None, false);
        let mut sittings = 0;
        loop {
            let wakes = cell.wakes();
            if self.look_on(cell, needs_life, &mut come)? {
                return Ok(());
            }
            if !std::mem::replace(&mut is_flushed, true) {
                self.flush();
            }
            if deadline.has_passed() {
                let what = format!("{what} of `{}`", cell.key());
                return Err(Error::Timeout {
                    what,
                    after: timeout,
                });
            }
            if let (Waiting::Spin(time), None) = (self.settings().waiting, &listener) {
                if self.spin(
                    || cell.wakes() != wakes,
                    Deadline::after(time.min(deadline.left())),
                ) {
                    continue;
                }
            }
            // Listening first and looking then leaves no gap for a change to slip through.
            match listener.take() {
                None if slips("who waits for a change listens after it has looked") => {
                    deadline.wait(cell.listen());
                }
                None => listener = Some(cell.listen()),
                Some(heard) if sittings < SITTINGS => {
                    sittings += 1;
                    self.wait_for(heard, deadline);
                }
                Some(heard) => deadline.wait(heard),
            }
        }
    }

    /// Waits until the listener hears something or it is too late. The thread reads what comes from others meanwhile, if
    /// no other one does.
    fn wait_for(&self, heard: EventListener, deadline: Deadline) {
        match &self.role {
            _ if !self.is_at_home() => deadline.wait(heard),
            Role::Host(host) => host.wait(self, heard, deadline),
            Role::Member(member) => member.wait(heard, deadline),
        }
    }

    /// Looks again and again, until a time, whether something is there; whether it is. The thread reads what comes from
    /// others meanwhile, if no other one does.
    fn spin(&self, is_there: impl Fn() -> bool, until: Deadline) -> bool {
        match &self.role {
            _ if !self.is_at_home() => false,
            Role::Host(host) => host.spin(self, is_there, until),
            Role::Member(member) => member.spin(is_there, until),
        }
    }

    /// The same without holding up the thread, as long as it takes.
    pub(crate) async fn wait_on_async(
        &self,
        cell: &Cell,
        needs_life: bool,
        mut come: impl FnMut(&Replica) -> bool,
    ) -> Result<()> {
        loop {
            let listener = cell.listen();
            self.must_hold_nothing(FOR_A_CHANGE)?;
            if self.look_on(cell, needs_life, &mut come)? {
                return Ok(());
            }
            self.flush();
            self.heard(listener, FOR_A_CHANGE).await?;
        }
    }

    /// Waits for room for what is to be proposed, without holding up the thread.
    pub(crate) async fn wait_for_room_async(&self) -> Result<()> {
        while let Some(member) = self.member().filter(|member| member.is_full()) {
            let listener = member.listen_for_room();
            self.must_be_open()?;
            if !member.is_full() {
                break;
            }
            self.flush();
            self.heard(listener, FOR_ROOM).await?;
        }
        Ok(())
    }

    /// Whether an object is as `come` says; an error when that can not come about any more.
    fn look_on(
        &self,
        cell: &Cell,
        needs_life: bool,
        come: &mut impl FnMut(&Replica) -> bool,
    ) -> Result<bool> {
        let (replica, _held) = cell.read();
        if come(&replica) {
            return Ok(true);
        }
        match replica.life() {
            Life::Live => self.must_be_open()?,
            ended @ Life::Unreadable(_) => return Err(cell.ended(&replica, ended)),
            _ if !needs_life => self.must_be_open()?,
            ended => return Err(cell.ended(&replica, ended)),
        }
        Ok(false)
    }

    /// Waits until all that this process has committed to an object is confirmed or refused, its
    /// creation among it.
    pub(crate) fn wait_for_verdicts(&self, cell: &Cell, timeout: Duration) -> Result<()> {
        self.wait_on(cell, "a confirmation", timeout, true, all_settled())
    }

    /// Waits until every live process has applied all that this one has committed.
    pub(super) fn barrier(&self, timeout: Duration) -> Result<()> {
        self.must_be_open()?;
        self.must_hold_nothing(FOR_A_BARRIER)?;
        let deadline = Deadline::after(timeout);
        let mut cells = self.own_cells();
        while let Some(cell) = cells.pop() {
            match self.wait_for_verdicts(&cell, deadline.left()) {
                Err(Error::Unreadable { .. }) => cells = self.own_cells(),
                settled => is_past(settled)?,
            }
        }
        let barrier = Barrier::begin(self);
        self.flush();
        loop {
            let listener = barrier.listen();
            if barrier.has_passed() {
                return self.must_be_open();
            }
            self.must_be_open()?;
            if deadline.has_passed() {
                return Err(Error::Timeout {
                    what: "a barrier".to_owned(),
                    after: timeout,
                });
            }
            deadline.wait(listener);
        }
    }

    /// The same without holding up the thread, as long as it takes.
    pub(super) async fn barrier_async(&self) -> Result<()> {
        self.must_be_open()?;
        let mut cells = self.own_cells();
        while let Some(cell) = cells.pop() {
            match self.wait_on_async(&cell, true, all_settled()).await {
                Err(Error::Unreadable { .. }) => cells = self.own_cells(),
                settled => is_past(settled)?,
            }
        }
        let barrier = Barrier::begin(self);
        self.flush();
        loop {
            let listener = barrier.listen();
            if barrier.has_passed() {
                return self.must_be_open();
            }
            self.must_be_open()?;
            self.heard(listener, FOR_A_BARRIER).await?;
        }
    }

    /// The objects in which something may be without a verdict.
    fn own_cells(&self) -> Vec<Arc<Cell>> {
        match &self.role {
            Role::Host(_) => Vec::new(),
            Role::Member(member) => member.store().cells(),
        }
    }

    /// Hears what is listened for without holding up the thread; an error when it is polled by a thread that holds
    /// something. Each poll may be in another place, and whoever holds something would wait for itself.
    pub(super) async fn heard(
        &self,
        mut listener: EventListener,
        doing: &'static str,
    ) -> Result<()> {
        poll_fn(|context| match self.must_hold_nothing(doing) {
            Ok(()) => Pin::new(&mut listener).poll(context).map(Ok),
            Err(busy) => Poll::Ready(Err(busy)),
        })
        .await
    }
}

impl Upstream for Session {
    fn wait(&self, listener: EventListener, deadline: Deadline) {
        // What is waited for may be an answer to what was left to gather.
        self.flush();
        self.wait_for(listener, deadline);
    }
}

const FOR_A_BARRIER: &str = "wait for a barrier";

/// An object that has ended holds up no barrier. One that has become unreadable goes on in another cell, with what
/// waits for verdicts, which the caller has looked for.
fn is_past(settled: Result<()>) -> Result<()> {
    match settled {
        Ok(()) | Err(Error::Deleted { .. } | Error::TypeMismatch { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A barrier that was asked for. When it is dropped nobody waits for it any more.
struct Barrier<'a> {
    session: &'a Session,
    number: u64,
}

impl<'a> Barrier<'a> {
    fn begin(session: &'a Session) -> Self {
        let number = match &session.role {
            Role::Host(host) => host.begin_barrier(session),
            Role::Member(member) => member.begin_barrier(),
        };
        Self { session, number }
    }

    fn listen(&self) -> EventListener {
        match &self.session.role {
            Role::Host(host) => host.listen_for_barriers(),
            Role::Member(member) => member.listen_for_barriers(),
        }
    }

    fn has_passed(&self) -> bool {
        match &self.session.role {
            Role::Host(host) => host.has_passed(self.number),
            Role::Member(member) => member.has_passed(self.number),
        }
    }
}

impl Drop for Barrier<'_> {
    fn drop(&mut self) {
        match &self.session.role {
            Role::Host(host) => host.give_up(self.number),
            Role::Member(member) => member.give_up(self.number),
        }
    }
}

/// Whether all that was committed to an object when it was first looked at has its verdict.
pub(crate) fn all_settled() -> impl FnMut(&Replica) -> bool {
    let mut last = None;
    let mut first_look = true;
    move |replica| {
        if std::mem::take(&mut first_look) {
            last = replica.last_pending();
        }
        let first = replica.first_pending();
        !replica.is_unreadable()
            && replica.is_created()
            && first.is_none_or(|first| last.is_none_or(|last| last < first))
    }
}
