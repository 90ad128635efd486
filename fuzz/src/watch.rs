//! Looking at an execution from outside: panics, time, memory.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::Once,
    time::Duration,
};

use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};

use crate::{Target, trace::Trace};

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How long an execution may take.
pub const LONGEST: Duration = Duration::from_secs(1);

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

/// Executes one input, and tells what was wrong.
pub fn execute(target: &Target, input: &[u8]) -> Result<Ran, String> {
    keep_panics();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let began = own_time();
    IS_WATCHED.set(true);
    let ran = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    IS_WATCHED.set(false);
    let time = own_time() - began;
    let peak = MEMORY.peak_usage().saturating_sub(before);
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
pub fn peak() -> usize {
    MEMORY.peak_usage()
}
