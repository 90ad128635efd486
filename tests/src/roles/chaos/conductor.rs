//! The host of the test of chaos, which brings trouble over its members.

use std::{
    error::Error as AnyError,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use fastrand::Rng;
use ipos::{Ipos, Process, SessionEvent, SharedHandle, Subscription};
use rustix::process::{Pid, Signal, kill_process};

use super::{
    bring, digest, heap,
    ledger::{Ledger, Orders},
    notes,
};
use crate::{
    PATIENCE,
    roles::life::system::{eventually, is_stopped},
    talk::{self, Talk},
};

/// How many members there are when nothing has just happened.
const MEMBERS: usize = 8;

/// How many of them may be stopped at a time.
const STOPPED: usize = 2;

/// How often something happens before all rest.
const TROUBLES: usize = 16;

/// How many commits there may be before all rest: what is looked at then takes memory by them.
const COMMITS: u64 = 10_000;

/// Between two troubles the members make up to so many commits.
const PROGRESS: u64 = 100;

/// So little that a member which does not read is soon cut off.
const QUEUE: usize = 64 * 1024;

/// What is written while a member is stopped: more than its queue and its socket hold.
const FLOOD: (usize, usize) = (64, 16 * 1024);

/// How often the test is told how it stands.
const ROW: Duration = Duration::from_secs(30);

struct Worker {
    author: u64,
    process: Process,
    talk: Talk,
    is_stopped: bool,
}

#[derive(Default)]
struct Tally {
    rounds: u64,
    commits: u64,
    kills: u64,
    stops: u64,
    joins: u64,
    removals: u64,
    leaves: u64,
    resyncs: u64,
}

struct Conductor {
    seed: u64,
    random: Rng,
    notes: PathBuf,
    ipos: Ipos,
    ledger: SharedHandle<Ledger>,
    orders: SharedHandle<Orders>,
    bulk: SharedHandle<Vec<u8>>,
    events: Subscription<SessionEvent>,
    workers: Vec<Worker>,
    tally: Tally,
}

/// The role of the host: rounds of trouble, for so many seconds. At the end of each round all rest, and it asserts
/// that nothing is lost and all are equal.
///
/// # Errors
///
/// When the session fails.
///
/// # Panics
///
/// When something is lost, or somebody is not equal.
pub(super) fn role(seed: u64, seconds: u64, notes: &Path) -> Result<(), Box<dyn AnyError>> {
    let begin = Instant::now();
    talk::ask("measure before");
    let mut conductor = Conductor::new(seed, notes)?;
    talk::ask(&format!("measure open {}", heap()));
    let mut last_row = None;
    loop {
        conductor.round()?;
        conductor.empty()?;
        let is_over = begin.elapsed() >= Duration::from_secs(seconds);
        if is_over || last_row.is_none_or(|last: Instant| last.elapsed() >= ROW) {
            last_row = Some(Instant::now());
            conductor.tell(begin);
        } else {
            talk::ask("go on");
        }
        if is_over {
            break;
        }
        conductor.go_on();
    }
    conductor.end()?;
    talk::ask("measure closed");
    Ok(())
}

impl Conductor {
    fn new(seed: u64, notes: &Path) -> ipos::Result<Self> {
        let builder = Ipos::builder().queue_limit(QUEUE).sync_timeout(PATIENCE);
        let ipos = builder.host()?;
        Ok(Self {
            seed,
            random: Rng::with_seed(seed),
            notes: notes.to_owned(),
            ledger: ipos.create("ledger", Ledger::default())?,
            orders: ipos.create("orders", Orders::default())?,
            bulk: ipos.create("bulk", Vec::new())?,
            events: ipos.events(),
            ipos,
            workers: Vec::new(),
            tally: Tally::default(),
        })
    }

    /// Has this process measured, when it holds nothing that was written.
    fn tell(&self, begin: Instant) {
        let (tally, seconds) = (&self.tally, begin.elapsed().as_secs());
        talk::ask(&format!(
            "row {seconds} {} {} {} {} {} {} {} {} {}",
            tally.rounds,
            tally.commits,
            tally.kills,
            tally.stops,
            tally.joins,
            tally.removals,
            tally.leaves,
            tally.resyncs,
            heap()
        ));
    }

    /// Trouble, and then rest.
    fn round(&mut self) -> Result<(), Box<dyn AnyError>> {
        self.refill()?;
        for _ in 0..TROUBLES {
            let target = self.ledger.read().count + self.random.u64(..PROGRESS);
            self.ledger
                .wait_until(PATIENCE, |ledger| ledger.count >= target)?;
            self.trouble()?;
            self.refill()?;
            self.hear();
            if self.ledger.read().count > COMMITS {
                break;
            }
        }
        self.rest()
    }

    fn trouble(&mut self) -> Result<(), Box<dyn AnyError>> {
        let at = self.random.usize(..self.workers.len());
        let stopped = self
            .workers
            .iter()
            .filter(|worker| worker.is_stopped)
            .count();
        match self.random.u8(..100) {
            0..50 => {
                let worker = self.workers.swap_remove(at);
                worker.process.kill()?;
                assert_eq!(worker.process.wait()?.signal(), Some(9));
                self.tally.kills += 1;
            }
            50..65 if stopped < STOPPED => self.stop(at),
            50..65 => self.resume_all(),
            65..80 => {
                self.stop(at);
                let (times, bytes) = FLOOD;
                for _ in 0..times {
                    self.bulk.set(vec![self.random.u8(..); bytes])?;
                }
                self.resume_all();
            }
            80..90 => {
                // One that is stopped would be waited for.
                self.resume_all();
                let worker = self.workers.swap_remove(at);
                assert!(self.ipos.remove_process(&worker.process));
                assert_eq!(worker.process.wait()?.code(), Some(0));
                self.tally.removals += 1;
            }
            _ => {
                self.resume_all();
                let worker = self.workers.swap_remove(at);
                self.orders.update(|orders| {
                    orders.leaving_mut().insert(worker.author);
                })?;
                assert_eq!(worker.process.wait()?.code(), Some(0));
                self.tally.leaves += 1;
            }
        }
        Ok(())
    }

    /// Starts as many members as are missing, and sometimes one more.
    fn refill(&mut self) -> Result<(), Box<dyn AnyError>> {
        let members = MEMBERS + usize::from(self.random.u8(..8) == 0);
        while self.workers.len() < members {
            self.tally.joins += 1;
            let author = self.tally.joins;
            let notes = self.notes.to_str().ok_or("its path is text")?;
            let arguments = [&author.to_string(), &self.seed.to_string(), notes];
            let (process, talk) = bring(&self.ipos, "chaos/worker", &arguments)?;
            self.workers.push(Worker {
                author,
                process,
                talk,
                is_stopped: false,
            });
        }
        Ok(())
    }

    fn stop(&mut self, at: usize) {
        let worker = &mut self.workers[at];
        if !worker.is_stopped {
            worker.signal(Signal::STOP);
            eventually("it is stopped", || is_stopped(worker.process.id()));
            worker.is_stopped = true;
            self.tally.stops += 1;
        }
    }

    fn resume_all(&mut self) {
        for worker in self.workers.iter_mut().filter(|worker| worker.is_stopped) {
            worker.signal(Signal::CONT);
            worker.is_stopped = false;
        }
    }

    /// Counts those who were cut off.
    fn hear(&mut self) {
        while let Some(event) = self.events.try_next() {
            self.tally.resyncs += u64::from(matches!(event, SessionEvent::Lagged { .. }));
        }
    }

    /// Has all rest, and asserts that nothing is lost and all are equal.
    fn rest(&mut self) -> Result<(), Box<dyn AnyError>> {
        self.resume_all();
        self.orders.update(|orders| orders.set_resting(true))?;
        for worker in &mut self.workers {
            let said = worker.talk.hear();
            assert_eq!(said.as_deref(), Some("resting"), "author {}", worker.author);
        }
        self.ipos.barrier(PATIENCE)?;
        let own = digest(&self.ipos)?;
        for worker in &mut self.workers {
            assert_eq!(worker.talk.ask("digest"), own, "author {}", worker.author);
        }
        self.ledger.read().check(&notes::take_all(&self.notes)?);
        self.hear();
        self.tally.rounds += 1;
        self.tally.commits += self.ledger.read().count;
        Ok(())
    }

    /// Begins anew with what there is to write to, so that it does not grow for ever.
    fn empty(&mut self) -> ipos::Result<()> {
        self.ledger.set(Ledger::default())?;
        self.bulk.set(Vec::new())?;
        self.orders.set(Orders::default())?;
        for key in self.ipos.keys() {
            if key.starts_with("brief") {
                self.ipos.delete(key)?;
            }
        }
        self.ipos.barrier(PATIENCE)
    }

    fn go_on(&mut self) {
        for worker in &mut self.workers {
            worker.talk.say("go");
        }
    }

    /// Everybody leaves, and then the session ends.
    fn end(mut self) -> Result<(), Box<dyn AnyError>> {
        for Worker { process, talk, .. } in self.workers.drain(..) {
            // Its input ends, and so does it.
            drop(talk);
            assert_eq!(process.wait()?.code(), Some(0));
        }
        talk::ask(&format!("measure left {}", heap()));
        Ok(())
    }
}

impl Worker {
    /// Sends a signal. Its number in the system is its own: it was not waited for.
    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.process.id())
            .ok()
            .and_then(Pid::from_raw);
        let sent = kill_process(pid.expect("it has a number"), signal);
        sent.expect("it is there");
    }
}
