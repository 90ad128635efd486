//! What commits allocate: a host that starts a writer and a reader.
//!
//! `host <edit> <who writes> <batch> <warm-up> <commits>`: each process says how often it has allocated while so many
//! commits were made, each batch of them when the one before was answered, after so many others.

use std::{env, error::Error, process::Command};

use ipos::{Ipos, Shared, SharedHandle};
use ipos_tests::PATIENCE;
use rustix::process::{Pid, getppid};
use serde::{Deserialize, Serialize};

use crate::{
    Done, HEAP,
    stopped::{pid, while_stopped},
    wait,
};

/// What the processes share.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Steady {
    /// How many commits the writer has made.
    tick: u64,
    /// How many of them the reader has answered.
    answered: u64,
    sum: u64,
    cells: Vec<u64>,
    named: std::collections::BTreeMap<u32, u64>,
    text: String,
    /// How many processes are through.
    through: u32,
}

/// How many cells and names there are.
const CELLS: usize = 16;

/// What one run is about.
struct Run {
    edit: String,
    writer: String,
    /// How many commits are made at once.
    batch: u64,
    warm_up: u64,
    commits: u64,
}

impl Run {
    fn of(arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let [edit, writer, batch, warm_up, commits] = arguments else {
            return Err("a run has five arguments".into());
        };
        Ok(Self {
            edit: edit.clone(),
            writer: writer.clone(),
            batch: batch.parse()?,
            warm_up: warm_up.parse()?,
            commits: commits.parse()?,
        })
    }

    fn last(&self) -> u64 {
        self.warm_up + self.commits
    }

    /// One commit.
    fn commit(&self, steady: &SharedHandle<Steady>, tick: u64) -> ipos::Result<()> {
        let at = usize::try_from(tick).expect("this many are made") % CELLS;
        steady.update(|steady| {
            steady.set_tick(tick);
            match &*self.edit {
                "field" => {}
                "sum" => steady.sum_mut().add(1),
                "element" => steady.cells_mut().at(at).set(tick),
                "entry" => {
                    let name = u32::try_from(at).expect("there are few");
                    steady.named_mut().insert(name, tick);
                }
                "text" => steady.set_text(format!("{tick:08}")),
                other => panic!("there is no edit {other}"),
            }
        })
    }

    /// Plays one process, and says what it has allocated; `other` hears of its commits.
    fn play(&self, who: &str, other: Pid, steady: &SharedHandle<Steady>) -> Done {
        let mut before = HEAP.stats();
        for batch in 1..=self.last() / self.batch {
            let last = batch * self.batch;
            let is_warm = last >= self.warm_up;
            if who == self.writer {
                let commits = || -> Done {
                    for tick in last - self.batch + 1..=last {
                        self.commit(steady, tick)?;
                    }
                    Ok(())
                };
                if last == self.warm_up {
                    // As many wait for their verdicts at once as ever will.
                    wait(|| steady.is_confirmed());
                    while_stopped(other, commits)?;
                } else {
                    commits()?;
                }
                // What is made at once makes queues as long as they come to be.
                until(steady, |steady| !is_warm || steady.answered == last);
            } else if who == "reader" {
                until(steady, |steady| steady.tick >= last);
                steady.update(|steady| steady.set_answered(last))?;
                wait(|| steady.is_confirmed());
            } else {
                until(steady, |steady| {
                    steady.tick >= last && (!is_warm || steady.answered >= last)
                });
            }
            if last == self.warm_up {
                before = HEAP.stats();
            }
        }
        until(steady, |steady| steady.answered == self.last());
        let after = HEAP.stats();
        let allocated = after.allocations + after.reallocations;
        let before = before.allocations + before.reallocations;
        println!("{who} {}", allocated - before);
        steady.update(|steady| steady.through_mut().add(1))?;
        Ok(())
    }
}

/// Looks until it is so: who waits otherwise allocates for that.
fn until(steady: &SharedHandle<Steady>, is_so: impl Fn(&Steady) -> bool) {
    wait(|| is_so(&steady.read()));
}

fn host(run: &Run, arguments: &[String]) -> Done {
    let ipos = Ipos::host()?;
    let start = Steady {
        cells: vec![0; CELLS],
        named: (0..).map(|name| (name, 0)).take(CELLS).collect(),
        ..Steady::default()
    };
    let steady = ipos.create("steady", start)?;
    let mut others = vec!["reader"];
    if run.writer != "host" {
        others.push(&run.writer);
    }
    let expected = others.len() + 1;
    let start = |who: &&str| {
        let mut command = Command::new(env::current_exe()?);
        command.args(["allocations", who]).args(arguments);
        Ok(ipos.spawn(command)?)
    };
    let others: Vec<_> = others
        .iter()
        .map(start)
        .collect::<Result<_, Box<dyn Error>>>()?;
    run.play("host", pid(others[0].id())?, &steady)?;
    steady.wait_until(PATIENCE, |steady| {
        usize::try_from(steady.through).is_ok_and(|through| through == expected)
    })?;
    drop(others);
    Ok(())
}

/// Plays the process that the arguments name.
pub(crate) fn play(arguments: &[String]) -> Done {
    let (who, arguments) = arguments.split_first().ok_or("who am I?")?;
    let run = Run::of(arguments)?;
    if who == "host" {
        return host(&run, arguments);
    }
    let ipos = Ipos::join()?;
    let steady = ipos.get::<Steady>("steady")?;
    run.play(who, getppid().ok_or("the host runs")?, &steady)?;
    steady.flush(PATIENCE)?;
    Ok(())
}
