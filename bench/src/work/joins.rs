//! P5: joining while there is a large object, and what the others notice of it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use ipos::{Ipos, SharedHandle};

use super::{
    entry, here,
    session::{PATIENCE, start},
};
use crate::{
    Result,
    contest::{
        Conditions, Contender,
        Goal::{AtMost, NeverMore},
        Measured, Unit, Work,
    },
    large::{Large, large},
    limit::copy::Copy,
    other::{Other, answer, command, next},
};

/// How long those who write wait between two writes, so that they are not what takes the time.
const PAUSE: Duration = Duration::from_micros(500);

/// For how long it is looked at what a write takes without a join.
const IDLE: Duration = Duration::from_millis(300);

const COPY: &str = "encode, copy and decode";

pub(super) fn works(quick: bool) -> Vec<Work> {
    let name = if quick {
        "a join with 50,000 map entries"
    } else {
        "a join with 1,000,000 map entries"
    };
    let watch = move |who, name| Work {
        id: "P5",
        name,
        unit: Unit::Millis,
        each: 1,
        most: 1,
        ours: entry(
            "ipos",
            Box::new(move |told| here(Watched::start(entries(told), who, true)?)),
        ),
        others: vec![entry(
            "ipos, nobody joins",
            Box::new(move |told| here(Watched::start(entries(told), who, false)?)),
        )],
        goals: vec![NeverMore(20.0)],
    };
    vec![
        Work {
            id: "P5",
            name,
            unit: Unit::Millis,
            each: 1,
            most: 1,
            ours: entry("ipos", Box::new(|told| here(Joins::start(entries(told))?))),
            others: vec![entry(
                COPY,
                Box::new(|told| here(Copy::start(entries(told)))),
            )],
            // 0.7 of its speed.
            goals: vec![AtMost(COPY, 1.43)],
        },
        watch(
            Who::Host,
            "the host's slowest write to another object during that join",
        ),
        watch(
            Who::Member,
            "a member's slowest confirmed write to another object during that join",
        ),
    ]
}

/// How many entries the large object has.
fn entries(told: &Conditions) -> u64 {
    if told.quick { 50_000 } else { 1_000_000 }
}

fn host(entries: u64) -> Result<Ipos> {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).host()?;
    ipos.create("large", large(entries))?;
    ipos.create("mine", 0u64)?;
    ipos.create("theirs", 0u64)?;
    Ok(ipos)
}

/// How long a member takes to be in sync.
struct Joins(Ipos);

impl Joins {
    fn start(entries: u64) -> Result<Self> {
        Ok(Self(host(entries)?))
    }
}

impl Contender for Joins {
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        Ok(Measured::Took(join(&self.0)?))
    }
}

fn join(ipos: &Ipos) -> Result<Duration> {
    let took = start(ipos, &mut command("joiner")?)?.hear()?;
    Ok(Duration::from_nanos(took.parse()?))
}

/// Answers how many nanoseconds it took from the beginning of the connection on until it could read.
pub(super) fn joiner(_args: &[String]) -> Result<()> {
    let begin = Instant::now();
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let large = ipos.get::<Large>("large")?;
    assert!(!large.read().is_empty(), "it has entries");
    answer(&begin.elapsed().as_nanos().to_string())
}

#[derive(Clone, Copy)]
enum Who {
    Host,
    Member,
}

/// The slowest write while somebody joins.
struct Watched {
    ipos: Ipos,
    mine: SharedHandle<u64>,
    witness: Other,
    who: Who,
    joins: bool,
}

impl Watched {
    fn start(entries: u64, who: Who, joins: bool) -> Result<Self> {
        let ipos = host(entries)?;
        Ok(Self {
            mine: ipos.get("mine")?,
            witness: start(&ipos, &mut command("witness")?)?,
            ipos,
            who,
            joins,
        })
    }

    fn during(&self) -> Result<()> {
        if self.joins {
            join(&self.ipos)?;
        } else {
            thread::sleep(IDLE);
        }
        Ok(())
    }
}

impl Contender for Watched {
    #[expect(clippy::cast_precision_loss, reason = "no time is that long")]
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        let nanos = match self.who {
            Who::Host => {
                let writing = Writing::begin(self.mine.clone(), false);
                let during = self.during();
                let nanos = writing.end()?;
                during?;
                nanos
            }
            Who::Member => {
                self.witness.ask("begin")?;
                self.during()?;
                self.witness.ask("end")?.parse()?
            }
        };
        Ok(Measured::Figure(nanos as f64))
    }
}

/// Writes between `begin` and `end`, and answers how many nanoseconds the slowest write took.
pub(super) fn witness() -> Result<()> {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let theirs = ipos.get::<u64>("theirs")?;
    while next()?.is_some() {
        let writing = Writing::begin(theirs.clone(), true);
        answer("ok")?;
        next()?;
        answer(&writing.end()?.to_string())?;
    }
    Ok(())
}

/// A thread that writes, and notes how long the slowest write took.
struct Writing {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<Result<u128>>,
}

impl Writing {
    fn begin(object: SharedHandle<u64>, confirmed: bool) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let over = is_over.clone();
        let thread = thread::spawn(move || {
            let mut longest = 0;
            while !over.load(Ordering::Relaxed) {
                let begin = Instant::now();
                object.update(|object| object.add(1))?;
                if confirmed {
                    object.flush(PATIENCE)?;
                }
                longest = longest.max(begin.elapsed().as_nanos());
                thread::sleep(PAUSE);
            }
            Ok(longest)
        });
        Self { is_over, thread }
    }

    fn end(self) -> Result<u128> {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| "who writes has panicked")?
    }
}
