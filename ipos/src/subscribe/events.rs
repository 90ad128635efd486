//! What happens in a session.

use std::{
    fmt,
    process::ExitStatus,
    sync::{Arc, Weak},
};

use super::{Item, Journal, Source, Subscription};
use crate::{
    audience::{Closing, Entry, LIMIT, Peers, Queue, join},
    core::{Notice, Origin, PeerId},
    sync::{
        EventListener, Mutex,
        atomic::{AtomicBool, Ordering},
        slips,
    },
};

/// Something that happens in a session; see [`Ipos::events`](crate::Ipos::events).
///
/// Of objects and processes each process hears in the order in which they come and go for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// Another process was let in; it may not be in sync yet. It is told before anything that the process does.
    /// The host hears of all others, and a member of the other members.
    Joined {
        /// The process.
        peer: PeerId,
        /// Its number in the system, if the host knows it.
        pid: Option<u32>,
        /// What it calls itself; see [`Builder::label`](crate::Builder::label).
        label: String,
    },
    /// Another process is connected no more: it has left, was removed, or has ended. One that has
    /// [connected](crate::Ipos::connect) by name and whose connection was lost has left when it has not come again
    /// within 10 seconds, or has ended. It is told after everything that the process did. A member that does not read
    /// for so long that it misses that a process [joined](Self::Joined) and left hears of both later, as far as the
    /// host remembers.
    Left {
        /// The process.
        peer: PeerId,
        /// Its number in the system, if the host knows it.
        pid: Option<u32>,
        /// What it calls itself.
        label: String,
        /// How it has ended. The host alone knows that, of the processes that it has spawned. It waits up to a
        /// second for their end before it tells that they have left, since a process that ends is disconnected a
        /// moment before. `None` for one that goes on: then [`Exited`](Self::Exited) follows.
        status: Option<ExitStatus>,
    },
    /// A process that the host has spawned, and that went on after it had [left](Self::Left), has ended. Only the
    /// host hears of it.
    Exited {
        /// The process.
        peer: PeerId,
        /// Its number in the system.
        pid: Option<u32>,
        /// What it called itself.
        label: String,
        /// How it has ended.
        status: ExitStatus,
    },
    /// A key has got another object, which [`get`](crate::Ipos::get) gives from now on. For the process that
    /// creates it that is at once, and not again when the host has ordered it; see [`Refused`](Self::Refused) for
    /// when it does not.
    Created {
        /// The key.
        key: String,
        /// Who has created it.
        origin: Origin,
    },
    /// There is no object under a key any more: [`get`](crate::Ipos::get) finds none from now on. For the process
    /// that deletes it that is at once. An object in whose place another is created is not deleted.
    Deleted {
        /// The key.
        key: String,
        /// Who has deleted it. `None` on a member when it was not told: because it did not read for so long that
        /// the host does not remember, or because its own creation was refused and there is nothing else.
        origin: Option<Origin>,
    },
    /// A commit, a creation or a deletion was refused and undone. The host hears of all refusals,
    /// a member of its own. When it is about a key, the object that the host has under it follows as
    /// [`Created`](Self::Created), or there is none, which is told as [`Deleted`](Self::Deleted) before. Of its own
    /// a member is told this first, and then those who wait for the verdict are.
    Refused {
        /// The object's key. Empty when the object was gone for so long that the host has forgotten it.
        key: String,
        /// Whose it was.
        origin: Origin,
        /// Why.
        reason: String,
    },
    /// A process does not read: what was queued for it is dropped, and it will be given what it has
    /// missed when it reads again. Only the host hears of it.
    Lagged {
        /// The process.
        peer: PeerId,
    },
    /// The host is gone, or the connection to it was lost. Only a process that has
    /// [connected](crate::Ipos::connect) by name hears of it: it goes on with what it has, and seeks the host again.
    Disconnected {
        /// Why.
        why: String,
    },
    /// This process is in sync again after it was [disconnected](Self::Disconnected).
    Reconnected {
        /// The host does not know this process: it was started again, or has let it go since it was away for so long. Its state is the truth
        /// now; see [`Ipos::connect`](crate::Ipos::connect).
        anew: bool,
    },
    /// A process has said nothing for the time that [`Builder::ping`](crate::Builder::ping) allows, though it was asked. Its
    /// connection is ended. That it has [left](Self::Left) follows: at once, or if it has
    /// [connected](crate::Ipos::connect) by name when it has not come again for a while. Only the host hears of it.
    Silent {
        /// The process.
        peer: PeerId,
    },
    /// This subscription was not read in time, and so many events were dropped.
    Missed {
        /// How many.
        events: usize,
    },
}

impl Entry for SessionEvent {
    fn missed(notices: &mut Vec<Self>, _: Self) {
        if let Some(Self::Missed { events }) = notices.first_mut() {
            *events += 1;
        } else {
            notices.push(Self::Missed { events: 1 });
        }
    }
}

impl Item for SessionEvent {
    type Source = Queue<Self>;
}

impl Source<SessionEvent> for Queue<SessionEvent> {
    fn take(&self) -> Option<SessionEvent> {
        self.pop()
    }
    fn is_over(&self) -> bool {
        Self::is_over(self)
    }
    fn listen(&self) -> EventListener {
        Self::listen(self)
    }
}

/// Those who have subscribed to anything in a session: to what happens in it, or to its objects.
pub(crate) struct Subscribers {
    peers: Arc<Peers>,
    events: Mutex<Vec<Weak<Queue<SessionEvent>>>>,
    /// Something was told, and who waits for it is still to be woken.
    is_rung: AtomicBool,
    journal: Journal,
    all: Mutex<All>,
}

#[derive(Default)]
struct All {
    subscribed: Vec<Weak<dyn Closing>>,
    is_over: bool,
}

impl Subscribers {
    /// Those in the process `me`.
    pub(crate) fn of(me: PeerId) -> Arc<Self> {
        Arc::new(Self {
            peers: Peers::new(me),
            events: Mutex::default(),
            is_rung: AtomicBool::new(false),
            journal: Journal::default(),
            all: Mutex::default(),
        })
    }

    /// Where what happens is written down.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The processes of the session.
    pub(crate) fn peers(&self) -> &Arc<Peers> {
        &self.peers
    }

    /// Tells what was just seen to happen. [`wake`](Self::wake) is to follow.
    pub(crate) fn notice(&self, notice: Notice<'_>) {
        let event = match notice {
            Notice::Created { key, by } => SessionEvent::Created {
                key: key.to_owned(),
                origin: self.peers.origin(by),
            },
            Notice::Deleted { key, by } => SessionEvent::Deleted {
                key: key.to_owned(),
                origin: by.map(|by| self.peers.origin(by)),
            },
            Notice::Refused { key, by, reason } => SessionEvent::Refused {
                key: key.to_owned(),
                origin: self.peers.origin(by),
                reason: reason.to_owned(),
            },
            Notice::Joined { peer, profile } => {
                self.peers.joined(peer, profile.pid);
                SessionEvent::Joined {
                    peer,
                    pid: profile.pid,
                    label: profile.label.to_string(),
                }
            }
            Notice::Left { peer, profile } => SessionEvent::Left {
                peer,
                pid: profile.pid,
                label: profile.label.to_string(),
                status: None,
            },
        };
        self.publish(&event);
    }

    /// Somebody more hears what happens in the session.
    pub(crate) fn subscribe(&self) -> Subscription<SessionEvent> {
        let queue = Queue::new(LIMIT);
        join(&mut self.events.lock(), Arc::downgrade(&queue));
        self.join(&queue);
        Subscription::new(queue)
    }

    /// Tells what happens. Waits for nobody. [`wake`](Self::wake) is to follow.
    pub(crate) fn publish(&self, event: &SessionEvent) {
        self.journal.keep(event);
        for queue in &*self.events.lock() {
            if let Some(queue) = queue.upgrade() {
                queue.push(event.clone());
            }
        }
        self.is_rung.store(true, Ordering::Release);
    }

    /// Wakes those who were told something. To be called without locks.
    pub(crate) fn wake(&self) {
        if !self.is_rung.swap(false, Ordering::AcqRel) {
            return;
        }
        let queues: Vec<_> = {
            let events = self.events.lock();
            events.iter().filter_map(Weak::upgrade).collect()
        };
        for queue in queues {
            queue.wake();
        }
        self.journal.write();
        if slips("the session's bell is muted again when all were woken") {
            self.is_rung.store(false, Ordering::Release);
        }
    }

    /// Ends a subscription with the session.
    pub(crate) fn join<Q: Closing + 'static>(&self, queue: &Arc<Q>) {
        let mut all = self.all.lock();
        if all.is_over {
            queue.close();
        } else {
            let queue: Weak<Q> = Arc::downgrade(queue);
            join(&mut all.subscribed, queue);
        }
    }

    /// Nothing will be told any more.
    pub(crate) fn close(&self) {
        let queues: Vec<_> = {
            let mut all = self.all.lock();
            all.is_over = true;
            let queues = all.subscribed.drain(..);
            queues.filter_map(|queue| queue.upgrade()).collect()
        };
        for queue in queues {
            queue.close();
            queue.wake();
        }
    }
}

impl fmt::Debug for Subscribers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscribers").finish_non_exhaustive()
    }
}
