//! Looking at an execution from outside: panics, time, memory.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::{Mutex, MutexGuard, Once, PoisonError},
    time::Duration,
};

use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};

use crate::{Target, trace::Trace, watchdog::Watchdog};

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How long an execution may take.
pub const LONGEST: Duration = Duration::from_secs(1);

/// How long one may take by the clock on the wall, on a machine with other work. Then it has hung.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many bytes the process may have allocated during one.
pub const LARGEST: usize = 512 << 20;

/// What an execution took.
#[derive(Clone, Copy, Debug)]
pub struct Ran {
    pub trace: Trace,
    pub time: Duration,
}

thread_local! {
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics are told by whoever catches them: the actions of a subject panic as well, and are to.
fn keep_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if IS_WATCHED.get() {
                SAID.with_borrow_mut(|said| *said = info.to_string());
            } else {
                before(info);
            }
        }));
    });
}

thread_local! {
    static IS_WATCHED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// How long this thread has run: on a machine with other work an execution is not slow for having waited.
fn own_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).expect("it has run forwards");
    let nanos = u32::try_from(time.tv_nsec).expect("it is less than a second");
    Duration::new(seconds, nanos)
}

/// Only one thing is executed at a time: what is allocated is known of the whole process.
static ALONE: Mutex<()> = Mutex::new(());

/// What looks at executions, one at a time, while it is held.
#[derive(Debug)]
pub struct Watch {
    dog: Watchdog,
    _alone: MutexGuard<'static, ()>,
}

impl Watch {
    /// Waits for the one that is held.
    pub fn new() -> Self {
        Self::with_patience(PATIENCE)
    }

    /// The same, with another time after which an execution has hung.
    pub fn with_patience(patience: Duration) -> Self {
        keep_panics();
        // What has failed elsewhere has said so.
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        Self {
            dog: Watchdog::new(patience),
            _alone: alone,
        }
    }

    /// Executes one input, and tells what was wrong. When it does not end, the process does.
    pub fn execute(&self, target: &Target, input: &[u8]) -> Result<Ran, String> {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        self.dog.begin(target.name, input, before);
        let began = own_time();
        IS_WATCHED.set(true);
        let ran = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
        IS_WATCHED.set(false);
        let time = own_time() - began;
        let peak = MEMORY.peak_usage().saturating_sub(before);
        self.dog.end();
        let trace = ran.map_err(|_| SAID.take())?;
        if time > LONGEST {
            return Err(format!("it took {time:?}"));
        }
        if peak > LARGEST {
            return Err(format!("it allocated {peak} bytes"));
        }
        Ok(Ran { trace, time })
    }

    /// The most that was allocated since the last execution began.
    pub fn peak(&self) -> usize {
        MEMORY.peak_usage()
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

/// How many bytes are allocated now.
pub(crate) fn allocated() -> usize {
    MEMORY.current_usage()
}
