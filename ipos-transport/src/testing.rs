//! What the tests of several modules share.
#![cfg(not(loom))]

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{Link, Listener};

/// Runs a check over both kinds of link, each within the time of `soon`.
pub(crate) fn over_both(check: impl Fn(Link, Link) + Clone + Send + 'static) {
    let (left, right) = Link::pair();
    let over_memory = check.clone();
    within(move || over_memory(left, right));
    let (left, right) = socket_pair();
    within(move || check(left, right));
}

/// A member's and a host's end of a real socket.
pub(crate) fn socket_pair() -> (Link, Link) {
    let listener = Listener::private().expect("the system lets tests listen");
    let member = Link::connect(listener.endpoint()).expect("the listener was just made");
    let host = listener.accept().expect("the member has just connected");
    (member, host)
}

/// A deadline that only a hang reaches.
pub(crate) fn soon() -> Instant {
    Instant::now() + PATIENCE
}

/// Runs `check` in a thread, so that a hang is a failure that says so.
pub(crate) fn within<T: Send + 'static>(check: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    let thread = thread::spawn(move || {
        let value = check();
        // The receiver is gone only when the test has failed already.
        let _ = done.send(());
        value
    });
    // A panic drops `done`, which is no timeout either: `join` then tells.
    let hangs = wait.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout);
    assert!(!hangs, "still running after {PATIENCE:?}");
    thread
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

const PATIENCE: Duration = Duration::from_secs(30);
