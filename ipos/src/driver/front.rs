//! Where a thread waits for what others do, and reads what comes while it does.
//!
//! To be woken by a thread that was woken costs twice what a wake-up costs. So a thread that waits sits down at the front
//! of its session, if nobody sits there, and the system wakes it when something comes. What it can take without waiting
//! for anybody it takes itself; all else it leaves on the link's [`Desk`] to the thread that reads. That one sleeps
//! meanwhile, and is woken by the system when something comes and nobody sits at the front.

#[cfg(test)]
mod tests;

use std::{
    future::Future as _,
    pin::Pin,
    sync::Arc,
    task::{Context, Waker},
    time::Duration,
};

use ipos_transport::{Lookout, Place, Stand};

use super::{
    Waiting,
    desk::{Desk, Read, Taken},
};
use crate::{
    core::Origin,
    deadline::Deadline,
    sync::{
        EventListener, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

/// Where a thread of a process waits, ahead of those that read.
#[derive(Debug)]
pub(crate) struct Front<L> {
    /// Of the threads that read.
    place: Place,
    /// Somebody has wanted to wait.
    is_wanted: AtomicBool,
    desks: Mutex<Desks<L>>,
    /// For one who waits; with memory for what it is told.
    seat: Mutex<Vec<u64>>,
    /// Somebody does.
    is_taken: AtomicBool,
}

/// The desks that are watched.
#[derive(Debug)]
struct Desks<L> {
    /// There is one as long as it has something to watch.
    lookout: Option<Arc<Lookout>>,
    watched: Vec<(u64, Arc<Desk<L>>)>,
    /// What the last one was called.
    last: u64,
}

impl<L> Desks<L> {
    /// Gives back what the system has lent for watching, when nothing is watched.
    fn leave_if_idle(&mut self) {
        if self.watched.is_empty() {
            self.lookout = None;
        }
    }
}

impl<L> Front<L> {
    pub(crate) fn new(waiting: Waiting) -> Self {
        let place = match waiting {
            Waiting::Park => Place::Behind,
            Waiting::Spin(_) => Place::Beside,
        };
        Self {
            place,
            is_wanted: AtomicBool::new(false),
            desks: Mutex::new(Desks {
                lookout: None,
                watched: Vec::new(),
                last: 0,
            }),
            seat: Mutex::default(),
            is_taken: AtomicBool::new(false),
        }
    }

    /// Watches a desk from now on, if somebody has waited here. To be called by the thread that reads, before it sleeps.
    pub(super) fn watch(&self, desk: &Arc<Desk<L>>) {
        // Models have no sockets.
        if cfg!(loom) || desk.stand().is_some() || !self.is_wanted.load(Ordering::Relaxed) {
            return;
        }
        let desks = &mut *self.desks.lock();
        if desks.watched.len() == Lookout::MOST {
            return;
        }
        if desks.lookout.is_none() {
            desks.lookout = Lookout::new().ok().map(Arc::new);
        }
        let number = desks.last + 1;
        let stand = desks
            .lookout
            .as_ref()
            .map(|it| it.add(desk.link(), number, self.place));
        if let Some(Ok(stand)) = stand {
            desks.last = number;
            desks.watched.push((number, desk.clone()));
            desk.set_stand(stand);
        } else {
            // The system has no such thing, or no descriptors: the thread sleeps where it always did, and who waits next
            // may be luckier.
            self.is_wanted.store(false, Ordering::Relaxed);
        }
        desks.leave_if_idle();
    }

    /// Watches a desk no more, whose thread is about to end.
    pub(super) fn watch_no_more(&self, desk: &Arc<Desk<L>>) {
        let desks = &mut *self.desks.lock();
        desks.watched.retain(|(_, it)| !Arc::ptr_eq(it, desk));
        if let (Some(lookout), Some(_)) = (&desks.lookout, desk.stand()) {
            lookout.remove(desk.link());
        }
        desks.leave_if_idle();
    }

    /// Whether somebody waits here, so that the threads that read need not look again and again.
    pub(super) fn is_taken(&self) -> bool {
        self.is_taken.load(Ordering::Relaxed)
    }

    fn stands(&self, act: impl Fn(&Stand)) {
        if self.place == Place::Behind {
            return;
        }
        let watched = &self.desks.lock().watched;
        for stand in watched.iter().filter_map(|(_, desk)| desk.stand()) {
            act(stand);
        }
    }

    /// Whether there are no more desks than can be looked at again and again.
    fn has_few(&self) -> bool {
        self.is_wanted.store(true, Ordering::Relaxed);
        (1..=FEW).contains(&self.desks.lock().watched.len())
    }

    /// The first of the desks that are watched.
    fn few(&self) -> [Option<Arc<Desk<L>>>; FEW] {
        let watched = &self.desks.lock().watched;
        std::array::from_fn(|at| watched.get(at).map(|(_, desk)| desk.clone()))
    }

    fn desk(&self, number: u64) -> Option<Arc<Desk<L>>> {
        let desks = self.desks.lock();
        let found = desks.watched.iter().find(|(watched, _)| *watched == number);
        found.map(|(_, desk)| desk.clone())
    }

    /// The lookout, if there is anything to see that nobody is looking at.
    fn lookout(&self) -> Option<Arc<Lookout>> {
        let desks = self.desks.lock();
        let mut watched = desks.watched.iter();
        let are_idle = watched.all(|(_, desk)| !desk.is_busy());
        desks.lookout.clone().filter(|_| are_idle)
    }

    /// Waits until the listener hears something or it is too late. What comes meanwhile is given to `take`, which must
    /// not wait, and `rest` is called after each batch.
    pub(crate) fn wait(
        &self,
        mut heard: EventListener,
        deadline: Deadline,
        mut take: impl FnMut(&Origin, &[u8]) -> Taken<L>,
        rest: impl Fn(),
    ) {
        // There the system counts in milliseconds.
        let until = deadline.before(COARSE);
        if until.has_passed() {
            return deadline.wait(heard);
        }
        let Some(mut seat) = Seat::take(self) else {
            return deadline.wait(heard);
        };
        let Some(lookout) = self.lookout() else {
            drop(seat);
            return deadline.wait(heard);
        };
        let waker = Waker::from(lookout.clone());
        let mut context = Context::from_waker(&waker);
        let mut is_heard = || Pin::new(&mut heard).poll(&mut context).is_ready();
        while !until.has_passed() {
            if is_heard() {
                return;
            }
            let told = lookout.wait(&mut seat.told, Some(until.instant()));
            if told.is_err() {
                break;
            }
            while let Some(desk) = seat.told.last().copied().map(|number| self.desk(number)) {
                let read = desk.map_or(Read::All, |desk| desk.take_at_once(&mut take));
                rest();
                match read {
                    Read::Nothing | Read::All => {
                        seat.told.pop();
                    }
                    Read::Part if is_heard() => return,
                    Read::Part if !until.has_passed() => {}
                    Read::Part | Read::Not | Read::Busy => {
                        // The thread that reads goes on before there is anything for this one.
                        drop(seat);
                        return deadline.wait(heard);
                    }
                }
            }
        }
        drop(seat);
        deadline.wait(heard);
    }

    /// Looks again and again, until a time, whether something is there; whether it is. What comes meanwhile is given to
    /// `take`, and `rest` is called after it, as in [`wait`](Self::wait).
    pub(crate) fn spin(
        &self,
        is_there: impl Fn() -> bool,
        until: Deadline,
        mut take: impl FnMut(&Origin, &[u8]) -> Taken<L>,
        rest: impl Fn(),
    ) -> bool {
        let mut seat = self.has_few().then(|| Seat::take(self)).flatten();
        let desks = self.few();
        loop {
            for _ in 0..LOOKS {
                if is_there() {
                    return true;
                }
                if seat.is_none() {
                    break;
                }
                for desk in desks.iter().flatten() {
                    match desk.take_at_once(&mut take) {
                        Read::Nothing | Read::Busy => {}
                        Read::All | Read::Part => rest(),
                        Read::Not => {
                            desk.nudge();
                            seat = None;
                            rest();
                        }
                    }
                }
            }
            if until.has_passed() {
                return is_there();
            }
            // Another thread or process may need this processor.
            std::thread::yield_now();
        }
    }
}

/// What a wait at a lookout may take too long.
const COARSE: Duration = Duration::from_millis(2);

/// How often is looked before others are let to the processor.
const LOOKS: usize = 16;

/// At how many connections a thread looks again and again.
const FEW: usize = 4;

/// Whoever sits at a front.
struct Seat<'a, L> {
    front: &'a Front<L>,
    /// The desks of which it was told that something has come, and which it has not read. They are left to the threads
    /// that read.
    told: MutexGuard<'a, Vec<u64>>,
}

impl<'a, L> Seat<'a, L> {
    fn take(front: &'a Front<L>) -> Option<Self> {
        front.is_wanted.store(true, Ordering::Relaxed);
        let told = front.seat.try_lock()?;
        front.is_taken.store(true, Ordering::Relaxed);
        front.stands(Stand::rest);
        Some(Self { front, told })
    }
}

impl<L> Drop for Seat<'_, L> {
    fn drop(&mut self) {
        self.front.is_taken.store(false, Ordering::Relaxed);
        self.front.stands(Stand::attend);
        for desk in self
            .told
            .drain(..)
            .filter_map(|number| self.front.desk(number))
        {
            desk.nudge();
        }
    }
}
