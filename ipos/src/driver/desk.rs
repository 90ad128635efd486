//! What comes over a link: it is dealt with by the thread that does nothing else, or by one that waits for a state, one
//! at a time.

use std::{
    any::Any,
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, OnceLock},
    time::Instant,
};

use ipos_transport::{FrameReader, Link, Stand};

use super::{Flow, Waiting, front::Front};
use crate::{
    core::Origin,
    deadline::Deadline,
    sync::{Mutex, MutexGuard, thread_local},
};

/// What has come over a link, and who may deal with it: one thread at a time.
#[derive(Debug)]
pub(crate) struct Desk<L> {
    link: Arc<Link>,
    /// Who writes there.
    origin: Origin,
    reading: Mutex<Reading<L>>,
    /// Where the thread that reads sleeps, once somebody has waited at the front.
    stand: OnceLock<Stand>,
}

#[derive(Debug)]
struct Reading<L> {
    frames: FrameReader,
    left: Option<Left<L>>,
    /// Nothing is taken any more.
    is_over: bool,
}

/// What is left to the thread that reads, which deals with it before anything else.
#[derive(Debug)]
enum Left<L> {
    /// A message was taken, and this is still to be done for it.
    Of(L),
    /// A program's code has panicked when it was taken.
    Panic(Box<dyn Any + Send>),
}

/// What a thread that waits could do with a message.
pub(crate) enum Taken<L> {
    /// All that there is to do.
    Wholly,
    /// All but this.
    But(L),
    /// Nothing: it would have to wait.
    Not,
}

impl<L> Desk<L> {
    pub(crate) fn new(link: Arc<Link>, origin: Origin, frames: FrameReader) -> Arc<Self> {
        Arc::new(Self {
            link,
            origin,
            reading: Mutex::new(Reading {
                frames,
                left: None,
                is_over: false,
            }),
            stand: OnceLock::new(),
        })
    }

    pub(super) fn link(&self) -> &Arc<Link> {
        &self.link
    }

    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Where the thread that reads sleeps, if it is watched.
    pub(super) fn stand(&self) -> Option<&Stand> {
        self.stand.get()
    }

    /// From now on the thread that reads sleeps there. To be called by that thread, once.
    pub(super) fn set_stand(&self, stand: Stand) {
        let is_first = self.stand.set(stand).is_ok();
        debug_assert!(is_first, "a desk is watched once");
    }

    /// Whether somebody deals with what has come.
    pub(super) fn is_busy(&self) -> bool {
        self.reading.is_locked()
    }

    /// Has the thread that reads look.
    pub(super) fn nudge(&self) {
        self.stand.get().inspect(|stand| stand.nudge());
    }

    /// Takes what can be taken without waiting for anybody, of what was read and of what one more read gives. What cannot
    /// is left.
    pub(super) fn take_at_once(&self, take: &mut impl FnMut(&Origin, &[u8]) -> Taken<L>) -> Read {
        let Some(mut reading) = self.reading.try_lock() else {
            return Read::Busy;
        };
        let _at_desk = AtDesk::note();
        if reading.is_over || reading.left.is_some() || !reading.take_all(&self.origin, take) {
            return Read::Not;
        }
        match reading.frames.try_fill(&self.link) {
            Ok(Some(true)) => {}
            Ok(None) => return Read::Nothing,
            // The thread that reads sees it as well, and knows what to do.
            Ok(Some(false)) | Err(_) => return Read::Not,
        }
        if !reading.take_all(&self.origin, take) {
            return Read::Not;
        }
        if reading.frames.was_full() {
            Read::Part
        } else {
            Read::All
        }
    }
}

impl<L> Reading<L> {
    /// Takes all messages that are here; `false` when there is something left for the thread that reads.
    fn take_all(
        &mut self,
        origin: &Origin,
        take: &mut impl FnMut(&Origin, &[u8]) -> Taken<L>,
    ) -> bool {
        loop {
            let message = match self.frames.peek_frame() {
                Ok(Some(message)) => message,
                Ok(None) => return true,
                Err(_) => return false,
            };
            match catch_unwind(AssertUnwindSafe(|| take(origin, message))) {
                Ok(Taken::Wholly) => {}
                Ok(Taken::But(rest)) => self.left = Some(Left::Of(rest)),
                Ok(Taken::Not) => return false,
                Err(panic) => self.left = Some(Left::Panic(panic)),
            }
            // It was just seen.
            let _ = self.frames.next_frame();
            if self.left.is_some() {
                return false;
            }
        }
    }
}

thread_local! {
    /// This thread deals with what has come over a link.
    static AT_DESK: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread waits for something, and deals with what has come: no thread that reads ends before it is done.
pub(super) fn is_at_desk() -> bool {
    AT_DESK.with(Cell::get)
}

/// A note that this thread does so, and whether it did before, at the desk of another session.
struct AtDesk(bool);

impl AtDesk {
    fn note() -> Self {
        Self(AT_DESK.with(|at_desk| at_desk.replace(true)))
    }
}

impl Drop for AtDesk {
    fn drop(&mut self) {
        AT_DESK.with(|at_desk| at_desk.set(self.0));
    }
}

/// How much of what was there was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// There was nothing.
    Nothing,
    All,
    /// As much as one read gives. There may be more.
    Part,
    /// The thread that reads has to go on.
    Not,
    /// It is going on.
    Busy,
}

/// The thread that reads, with the desk while it is awake.
struct Turn<'a, L> {
    desk: &'a Arc<Desk<L>>,
    front: &'a Front<L>,
    reading: Option<MutexGuard<'a, Reading<L>>>,
}

impl<L> Turn<'_, L> {
    fn reading(&mut self) -> &mut Reading<L> {
        let desk = self.desk;
        self.reading.get_or_insert_with(|| desk.reading.lock())
    }

    /// Waits until there is something to do, at the latest until a deadline; `false` at the end of the stream.
    fn fill(
        &mut self,
        waiting: Waiting,
        deadline: Option<Instant>,
    ) -> ipos_transport::Result<bool> {
        let (desk, front) = (self.desk, self.front);
        front.watch(desk);
        if let Waiting::Spin(spin) = waiting {
            let until = Deadline::after(spin);
            while !until.has_passed() && !front.is_taken() {
                if let Some(more) = self.reading().frames.try_fill(&desk.link)? {
                    return Ok(more);
                }
                // One who waits for what is read may need this processor.
                std::thread::yield_now();
            }
        }
        let Some(stand) = desk.stand() else {
            return self.reading().frames.fill(&desk.link, deadline);
        };
        // It is told only of what comes when nobody waits at the front: what another thread has left must not stay.
        let frames = &mut self.reading().frames;
        if frames.was_full() {
            if let Some(more) = frames.try_fill(&desk.link)? {
                return Ok(more);
            }
        }
        self.reading = None;
        stand.wait(deadline)?;
        let reading = self.reading();
        if reading.left.is_some() {
            return Ok(true);
        }
        Ok(reading.frames.try_fill(&desk.link)?.unwrap_or(true))
    }
}

impl<L> Drop for Turn<'_, L> {
    fn drop(&mut self) {
        self.reading().is_over = true;
        self.reading = None;
        self.front.watch_no_more(self.desk);
    }
}

/// Hands the frames of a link to `take` until it says stop or the stream ends, and to `finish` what others have left.
/// Calls `rest` after each batch, and at the time that that has given. A batch is what had arrived when the thread
/// looked. Gives `Stop` if it was told to, and `Continue` at the end of the stream.
pub(crate) fn pump<L, E: From<ipos_transport::Error>>(
    desk: &Arc<Desk<L>>,
    front: &Front<L>,
    waiting: Waiting,
    mut finish: impl FnMut(L) -> Result<Flow, E>,
    mut take: impl FnMut(&[u8]) -> Result<Flow, E>,
    mut rest: impl FnMut() -> Result<Option<Instant>, E>,
) -> Result<Flow, E> {
    let reading = None;
    let mut turn = Turn {
        desk,
        front,
        reading,
    };
    loop {
        let reading = turn.reading();
        let mut flow = match reading.left.take() {
            None => Flow::Continue,
            Some(Left::Of(rest)) => finish(rest)?,
            Some(Left::Panic(panic)) => resume_unwind(panic),
        };
        while matches!(flow, Flow::Continue) {
            match reading.frames.next_frame()? {
                Some(frame) => flow = take(frame)?,
                None => break,
            }
        }
        let deadline = rest()?;
        if matches!(flow, Flow::Stop) {
            return Ok(Flow::Stop);
        }
        match turn.fill(waiting, deadline) {
            Ok(true) | Err(ipos_transport::Error::Timeout { .. }) => {}
            Ok(false) => return Ok(Flow::Continue),
            Err(error) => return Err(error.into()),
        }
    }
}
