//! Running a target: its corpus, then inputs that are changed at random. What leads to something new is
//! changed further.

use std::{collections::BTreeSet, time::Duration};

use fastrand::Rng;

use crate::{
    Target,
    mutate::{LONGEST, mutate},
    trace::Trace,
    watch::{Ran, Watch},
};

/// How many inputs are kept to be changed.
const KEPT: usize = 20_000;

/// What a run has come to.
#[derive(Debug)]
pub struct Report {
    pub executions: u64,
    /// How many inputs of which something was accepted.
    pub accepted: u64,
    /// How many inputs it has ended with.
    pub corpus: usize,
    pub slowest: Duration,
    pub slowest_input: Vec<u8>,
    /// The most that was allocated, with what the run itself keeps.
    pub peak: usize,
}

/// An input that does what must not be.
#[derive(Debug)]
pub struct Failure {
    pub input: Vec<u8>,
    pub why: String,
    /// How many executions came before.
    pub at: u64,
}

/// A run of a target.
#[derive(Debug)]
pub struct Engine<'a> {
    target: &'a Target,
    watch: Watch,
    rng: Rng,
    corpus: Vec<Vec<u8>>,
    traces: BTreeSet<Trace>,
    report: Report,
}

impl<'a> Engine<'a> {
    /// Waits until no other one is running in this process.
    pub fn new(target: &'a Target, seed: u64) -> Self {
        Self {
            target,
            watch: Watch::new(),
            rng: Rng::with_seed(seed),
            corpus: vec![],
            traces: BTreeSet::new(),
            report: Report {
                executions: 0,
                accepted: 0,
                corpus: 0,
                slowest: Duration::ZERO,
                slowest_input: vec![],
                peak: 0,
            },
        }
    }

    /// Executes an input, and keeps it if what became of it is new.
    pub fn execute(&mut self, input: Vec<u8>) -> Result<bool, Failure> {
        let at = self.report.executions;
        let ran = self.watch.execute(self.target, &input);
        self.report.executions += 1;
        self.report.peak = self.report.peak.max(self.watch.peak());
        let Ran { trace, time } = match ran {
            Ok(ran) => ran,
            Err(why) => return Err(Failure { input, why, at }),
        };
        if time > self.report.slowest {
            self.report.slowest = time;
            self.report.slowest_input.clone_from(&input);
        }
        self.report.accepted += u64::from(trace.is_accepted());
        let is_new = self.corpus.len() < KEPT && self.traces.insert(trace);
        if is_new {
            self.corpus.push(input);
        }
        Ok(is_new)
    }

    /// The next input: drawn anew, or one that is kept, changed.
    pub fn next_input(&mut self) -> Vec<u8> {
        let rng = &mut self.rng;
        if self.corpus.is_empty() || rng.u8(..16) == 0 {
            let mut input = (self.target.make)(rng);
            input.truncate(LONGEST);
            return input;
        }
        // One of the last ones in half of the cases, which are what is newest.
        let count = self.corpus.len();
        let mut draw = || match rng.bool() {
            true => rng.usize(..count),
            false => count - 1 - rng.usize(..count.min(64)),
        };
        // The shorter one of two: executions are many, and what matters is near the beginning.
        let at = std::cmp::min_by_key(draw(), draw(), |&at| self.corpus[at].len());
        let other = rng.usize(..count);
        mutate(&self.corpus[at], &self.corpus[other], rng)
    }

    /// So far.
    pub fn report(&mut self) -> &Report {
        self.report.corpus = self.corpus.len();
        &self.report
    }

    /// The inputs that are kept.
    pub fn corpus(&self) -> &[Vec<u8>] {
        &self.corpus
    }

    /// What executes its inputs.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Makes a failing input as short as it gets in a number of executions, and fail all the same.
    pub fn shrink(&self, input: &[u8]) -> Vec<u8> {
        let mut left = 4000;
        shrink(input, |input| {
            left -= 1;
            (left >= 0).then(|| self.watch.execute(self.target, input).is_err())
        })
    }
}

/// An input is made shorter until it is not known any more whether it `fails`.
fn shrink(input: &[u8], mut fails: impl FnMut(&[u8]) -> Option<bool>) -> Vec<u8> {
    let mut shortest = input.to_vec();
    // Whole records first.
    loop {
        let records: Vec<Vec<u8>> = crate::records::split(&shortest)
            .into_iter()
            .map(<[u8]>::to_vec)
            .collect();
        let mut is_shorter = false;
        for at in (0..records.len()).rev() {
            let mut fewer = records.clone();
            fewer.remove(at);
            let input = crate::records::join(&fewer);
            if input.len() < shortest.len() && fails(&input) == Some(true) {
                shortest = input;
                is_shorter = true;
                break;
            }
        }
        if !is_shorter {
            break;
        }
    }
    // Then bytes inside of them.
    let count = crate::records::split(&shortest).len();
    for record in 0..count {
        for size in [256, 64, 16, 4, 1] {
            let mut at = 0;
            loop {
                let mut records: Vec<Vec<u8>> = crate::records::split(&shortest)
                    .into_iter()
                    .map(<[u8]>::to_vec)
                    .collect();
                let Some(bytes) = records.get_mut(record) else {
                    break;
                };
                if at >= bytes.len() {
                    break;
                }
                let end = (at + size).min(bytes.len());
                bytes.drain(at..end);
                let input = crate::records::join(&records);
                match fails(&input) {
                    Some(true) => shortest = input,
                    Some(false) => at += size,
                    None => return shortest,
                }
            }
        }
    }
    shortest
}
