//! Running a schedule, and cutting down one that fails.

use std::{
    cell::{Cell, RefCell},
    fmt::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};

use ipos::simulation::Memory;

use super::{counts::Counts, schedule::Schedule, step::Step, world::World};

/// How often a failing trace is run again to find a shorter one.
const ATTEMPTS: usize = 3_000;

thread_local! {
    /// A panic in this thread is noted instead of printed.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
    static NOTED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A trace that breaks a promise.
pub struct Failure {
    seed: u64,
    memory: Memory,
    pub steps: Vec<Step>,
    pub what: String,
}

/// Runs something that may panic; gives what the panic said.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if IS_QUIET.get() {
                NOTED.set(info.to_string());
            } else {
                loud(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    IS_QUIET.set(false);
    result.map_err(|_| NOTED.take())
}

/// Runs the schedule of a seed.
pub fn run(seed: u64) -> Result<Counts, Failure> {
    let before = Counts::read_the_core();
    let mut schedule = Schedule::new(seed);
    let memory = Memory {
        commits: schedule.nature.memory,
        changes: schedule.nature.log,
    };
    let mut steps = vec![];
    let result = guarded(|| {
        let mut world = World::new(memory);
        while let Some(step) = schedule.next(&world) {
            steps.push(step);
            world.run(&step);
        }
        steps.push(Step::Rest);
        world.run(&Step::Rest);
        world.counts
    });
    match result {
        Ok(mut counts) => {
            counts.seeds = 1;
            counts += Counts::read_the_core().since(&before);
            Ok(counts)
        }
        Err(what) => Err(Failure {
            seed,
            memory,
            steps,
            what,
        }),
    }
}

/// Runs the steps of a trace with a host that remembers so much, and tells what happens in words.
pub fn replay(memory: Memory, steps: &[Step], story: &mut Vec<String>) -> Result<(), String> {
    let mut world = World::new(memory);
    world.story = Some(vec![]);
    let result = guarded(|| steps.iter().for_each(|step| world.run(step)));
    story.extend(world.story.take().into_iter().flatten());
    result
}

impl Failure {
    /// A shortest trace that fails as well: nothing can be left out of it. Halves are left out first,
    /// then ever smaller parts, then single steps; what is left is made smaller itself.
    pub fn shrink(mut self) -> Self {
        let mut attempts = ATTEMPTS;
        let mut size = self.steps.len().div_ceil(2);
        loop {
            let mut start = 0;
            let before = self.steps.len();
            while start < self.steps.len() && attempts > 0 {
                attempts -= 1;
                let end = (start + size).min(self.steps.len());
                let mut fewer = self.steps.clone();
                fewer.drain(start..end);
                match fails(self.memory, &fewer) {
                    Some(what) => (self.steps, self.what) = (fewer, what),
                    None => start = end,
                }
            }
            // A step may need another one that stands behind it and is gone by now.
            if attempts == 0 || (size == 1 && self.steps.len() == before) {
                break;
            }
            size = size.div_ceil(2);
        }
        for at in 0..self.steps.len() {
            for smaller in self.steps[at].smaller() {
                let mut steps = self.steps.clone();
                steps[at] = smaller;
                if let Some(what) = fails(self.memory, &steps) {
                    (self.steps, self.what) = (steps, what);
                    break;
                }
            }
        }
        self
    }

    /// The trace, its story and what came of it.
    pub fn report(&self) -> String {
        let Self {
            seed,
            memory,
            steps,
            what,
        } = self;
        let mut report = format!("seed {seed} fails: {what}\n\nthe host remembers {memory:?}\n");
        for step in steps {
            let _ = writeln!(report, "    {step:?}");
        }
        let mut story = vec![];
        let again = replay(*memory, steps, &mut story);
        report += "\nin words:\n";
        for line in story {
            let _ = writeln!(report, "    {line}");
        }
        let _ = writeln!(report, "    then {}", again.err().unwrap_or_default());
        let _ = writeln!(
            report,
            "to see it again: IPOS_SIM_SEED={seed} IPOS_SIM_SEEDS=1"
        );
        report
    }
}

/// What comes of a trace, if it fails.
fn fails(memory: Memory, steps: &[Step]) -> Option<String> {
    let run = || {
        let mut world = World::new(memory);
        steps.iter().for_each(|step| world.run(step));
    };
    guarded(run).err()
}
