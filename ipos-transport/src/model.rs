//! Models: a few threads on real code, in every order of their steps that `loom` finds to differ.
//!
//! Deadlines never pass in a model, so whoever waits for what does not come is found as a deadlock.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use loom::{model::Builder, thread};

/// A variable that names the mistake which is made.
const SLIP: &str = "IPOS_SLIP";

/// How large a thread's stack is, in words: builds that are not optimized take much.
const STACK: usize = 1 << 16;

/// How many steps a thread may take before it counts as endless.
const STEPS: usize = 50_000;

/// A model, and the mistakes that it has to notice.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// Its test.
    pub path: &'static str,
    /// How often a thread may be interrupted where it need not wait; `None` for any number of times.
    pub interrupted: Option<usize>,
    /// Mistakes that are made on purpose, one at a time: see [`slips`].
    pub slips: &'static [&'static str],
    /// What is run in every order.
    pub run: fn(),
}

impl Model {
    /// Runs all orders, then finds that each mistake fails in one of them.
    ///
    /// A model that fails leaves threads in the middle of their work, so mistakes are made in processes of their own.
    ///
    /// # Panics
    ///
    /// When an order fails, or a mistake does not.
    pub fn check(self) {
        let begun = Instant::now();
        let orders = self.explore();
        let name = self.path;
        say(&format!("{name}: {orders} orders, {:.1?}", begun.elapsed()));
        if env::var_os(SLIP).is_some() {
            return;
        }
        for slip in self.slips {
            let begun = Instant::now();
            let (_, test) = name.split_once("::").expect("a test is in a crate");
            let this = env::current_exe().expect("a test is a program");
            let made = Command::new(this)
                .args(["--exact", test])
                .env(SLIP, slip)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .output();
            let made = made.expect("the program that runs can be run");
            let said = String::from_utf8_lossy(&made.stdout);
            assert!(
                said.contains("running 1 test"),
                "`{test}` was not found: {said}"
            );
            assert!(!made.status.success(), "{name} does not notice that {slip}");
            say(&format!(
                "{name}: notices that {slip}, {:.1?}",
                begun.elapsed()
            ));
        }
    }

    fn explore(self) -> usize {
        let mut builder = Builder::new();
        builder.max_branches = STEPS;
        builder.preemption_bound = builder.preemption_bound.or(self.interrupted);
        let orders = Arc::new(AtomicUsize::new(0));
        let counted = orders.clone();
        builder.check(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            spawn(self.run).join().expect("a failure ends the model");
        });
        orders.load(Ordering::Relaxed)
    }
}

/// A thread of a model. There may be four at a time, those among them that the code under check starts.
///
/// # Panics
///
/// Never: models are not short of threads.
pub fn spawn<R: Send + 'static>(run: impl FnOnce() -> R + Send + 'static) -> thread::JoinHandle<R> {
    let builder = thread::Builder::new().stack_size(STACK);
    builder.spawn(run).expect("models have threads")
}

/// Whether this process makes a mistake, which is told in words.
pub fn slips(mistake: &str) -> bool {
    static MADE: OnceLock<Option<String>> = OnceLock::new();
    let made = MADE.get_or_init(|| env::var(SLIP).ok());
    made.as_deref() == Some(mistake)
}

/// The bound that models have in place of a larger one.
pub const fn bound(_many: usize, few: usize) -> usize {
    few
}

fn say(line: &str) {
    let mut out = io::stderr().lock();
    writeln!(out, "{line}").expect("somebody reads what a test says");
}

/// Declares tests that check models.
#[macro_export]
macro_rules! models {
    ($($(#[$docs:meta])* $name:ident: $interrupted:expr, [$($slip:expr),* $(,)?], $run:expr;)*) => {
        $($(#[$docs])* #[core::prelude::v1::test] fn $name() {
            $crate::model::Model {
                path: concat!(module_path!(), "::", stringify!($name)),
                interrupted: $interrupted,
                slips: &[$($slip),*],
                run: $run,
            }
            .check();
        })*
    };
}
