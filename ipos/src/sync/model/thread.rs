//! Threads that tell whether they have ended.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use loom::thread::Thread;
pub(crate) use loom::thread::current;

pub(crate) struct Builder;

#[derive(Debug)]
pub(crate) struct JoinHandle<T> {
    thread: loom::thread::JoinHandle<T>,
    is_finished: Arc<AtomicBool>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self
    }

    /// Models tell threads apart by what they do.
    pub(crate) fn name(self, _: String) -> Self {
        self
    }

    /// As that of the standard library, but that it does not fail.
    pub(crate) fn spawn<R: Send + 'static>(
        self,
        run: impl FnOnce() -> R + Send + 'static,
    ) -> io::Result<JoinHandle<R>> {
        let is_finished = Arc::new(AtomicBool::new(false));
        let finished = is_finished.clone();
        let thread = ipos_transport::model::spawn(move || {
            let result = run();
            finished.store(true, Ordering::Release);
            result
        });
        Ok(JoinHandle {
            thread,
            is_finished,
        })
    }
}

impl<T> JoinHandle<T> {
    pub(crate) fn join(self) -> std::thread::Result<T> {
        self.thread.join()
    }

    pub(crate) fn thread(&self) -> &Thread {
        self.thread.thread()
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.is_finished.load(Ordering::Acquire)
    }
}
