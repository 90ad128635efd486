//! Seeing that an execution does not end: a loop, a deadlock, memory without end. It is looked at by a thread of
//! its own, since whoever executes is not asked any more.

use std::{
    io::{self, Write as _},
    process,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{files, watch};

/// How often it looks.
const EVERY: Duration = Duration::from_millis(100);

/// How many bytes an execution may have allocated while it goes on. That it had too many is told when it is over;
/// this is what a machine may not have.
const ENDLESS: usize = 4 * watch::LARGEST;

/// What is being executed.
#[derive(Debug, Default)]
struct AtHand {
    target: &'static str,
    input: Vec<u8>,
    /// Since when, and how much was allocated then.
    since: Option<(Instant, usize)>,
    is_over: bool,
}

#[derive(Debug, Default)]
struct Shared {
    at_hand: Mutex<AtHand>,
    ends: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, AtHand> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread that ends the process when an execution does not end.
#[derive(Debug)]
pub(crate) struct Watchdog {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Watchdog {
    pub(crate) fn new(patience: Duration) -> Self {
        let shared = Arc::<Shared>::default();
        let own = shared.clone();
        let thread = thread::spawn(move || look(&own, patience));
        Self {
            shared,
            thread: Some(thread),
        }
    }

    /// An execution begins.
    pub(crate) fn begin(&self, target: &'static str, input: &[u8], allocated: usize) {
        let mut at_hand = self.shared.lock();
        at_hand.target = target;
        at_hand.input.clear();
        at_hand.input.extend(input);
        at_hand.since = Some((Instant::now(), allocated));
    }

    /// It is over.
    pub(crate) fn end(&self) {
        self.shared.lock().since = None;
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.shared.lock().is_over = true;
        self.shared.ends.notify_all();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it does not panic");
        }
    }
}

fn look(shared: &Shared, patience: Duration) {
    let mut at_hand = shared.lock();
    while !at_hand.is_over {
        if let Some((began, before)) = at_hand.since {
            let time = began.elapsed();
            let bytes = watch::allocated().saturating_sub(before);
            if time > patience {
                give_up(&at_hand, &format!("it has not ended after {time:.1?}"));
            }
            if bytes > ENDLESS {
                give_up(&at_hand, &format!("it has allocated {bytes} bytes"));
            }
        }
        let waited = shared.ends.wait_timeout(at_hand, EVERY);
        at_hand = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Ends the process, with the input in a file.
fn give_up(at_hand: &AtHand, why: &str) -> ! {
    let (target, input) = (at_hand.target, &at_hand.input);
    let kept = match files::keep(target, input) {
        Ok(path) => format!("the input is in {}", path.display()),
        Err(error) => format!("no file could be written ({error}); the input is {input:?}"),
    };
    // Not by what tests hold back until they end.
    drop(writeln!(io::stderr(), "{target}: {why}; {kept}"));
    process::abort()
}
