//! Writers that write without a pause, among commits that are refused.

use std::{
    collections::BTreeMap,
    error::Error as AnyError,
    process::{self, Stdio},
    sync::mpsc::sync_channel,
    thread,
};

use ipos::{Error, Ipos, Origin, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use super::system;
use crate::{
    PATIENCE,
    talk::{Talk, obey, say},
};

/// How many processes write, the refused one among them.
const WRITERS: u64 = 4;

/// How many keys of the map are written to; there is one more.
const KEYS: u64 = 10;

/// The mark of what must not be.
const POISON: u64 = u64::MAX;

/// What all write.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Ledger {
    /// Added to by all.
    count: u64,
    /// By each its own numbers, in order.
    list: Vec<(u64, u64)>,
    /// Added to by all, at several keys.
    map: BTreeMap<u64, u64>,
    /// One for each that has ended.
    ended: u64,
}

impl Ledger {
    /// What there is before anybody writes.
    fn new() -> Self {
        Self {
            map: (0..=KEYS).map(|key| (key, 0)).collect(),
            ..Self::default()
        }
    }

    /// Asserts that it is what the commits of these authors make of it, up to these numbers, and nothing
    /// else.
    fn check(&self, commits: &BTreeMap<u64, u64>) {
        assert_eq!(self.count, commits.values().sum::<u64>(), "of {commits:?}");
        let mut map = Self::new().map;
        for number in commits.values().flat_map(|&last| 1..=last) {
            *map.entry(number % KEYS).or_default() += 1;
        }
        assert_eq!(self.map, map, "of {commits:?}");
        let mut last = BTreeMap::new();
        for &(author, number) in &self.list {
            let last = last.entry(author).or_insert(0);
            assert_eq!(number, *last + 1, "of author {author}");
            *last = number;
        }
        assert_eq!(last, *commits);
    }
}

/// What the host allows.
fn allow(_: &Ledger, after: &Ledger, _: &Origin) -> Result<(), String> {
    if after.map.contains_key(&POISON) {
        return Err("it is poisoned".to_owned());
    }
    Ok(())
}

fn write(ledger: &SharedHandle<Ledger>, author: u64, number: u64) -> ipos::Result<()> {
    ledger.update(|l| {
        l.count_mut().add(1);
        l.list_mut().push((author, number));
        if let Some(mut times) = l.map_mut().get_mut(&(number % KEYS)) {
            times.add(1);
        }
    })
}

/// Changes everything, of others too, in a way that is refused.
fn poison(ledger: &SharedHandle<Ledger>, author: u64) -> ipos::Result<()> {
    let transact = ledger.transact(|l| {
        l.count_mut().add(1000);
        if !l.list.is_empty() {
            let last = l.list.len() - 1;
            l.list_mut().remove(0);
            if last > 0 {
                l.list_mut().at(last - 1).set((author, 0));
            }
        }
        l.list_mut().insert(0, (author, POISON));
        l.list_mut().push((author, POISON));
        l.map_mut().remove(&KEYS);
        l.map_mut().insert(POISON, 7);
        if let Some(mut times) = l.map_mut().get_mut(&5) {
            times.add(100);
        }
    });
    match transact {
        Err(Error::Rejected { reason }) if reason == "it is poisoned" => Ok(()),
        Err(error) => Err(error),
        Ok(()) => panic!("it counts"),
    }
}

/// The role of a writer. Asked to `write`, it does so until the ledger says that it is over; asked to
/// `poison`, it makes so many refused commits among others. It tells how many of its commits count.
///
/// # Errors
///
/// When the session fails.
pub fn role(author: u64) -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    let ledger = ipos.get::<Ledger>("ledger")?;
    let mut number = 0;
    obey(|words| {
        match *words {
            ["write"] => {
                while ledger.read().ended == 0 {
                    number += 1;
                    write(&ledger, author, number)?;
                    // As fast as the slowest can follow, with some always on their way.
                    if number % 32 == 0 {
                        ipos.barrier(PATIENCE)?;
                    }
                }
                ledger.flush(PATIENCE)?;
                say(&number.to_string())?;
            }
            ["poison", times] => {
                number = poison_often(&ledger, author, number, times.parse()?)?;
                say(&number.to_string())?;
            }
            ["end"] => ledger.update(|l| l.ended_mut().add(1))?,
            ["digest"] => say(&format!("{:?}", *ledger.read()))?,
            ["held"] => say(&Held::now().tell())?,
            _ => return Err(format!("what is {words:?}?").into()),
        }
        Ok(())
    })
}

/// Makes refused commits, each beside two of another thread that count; gives the number of the last of
/// those.
fn poison_often(
    ledger: &SharedHandle<Ledger>,
    author: u64,
    first: u64,
    times: u64,
) -> ipos::Result<u64> {
    let last = first + 2 * times;
    let (go, begun) = sync_channel(0);
    thread::scope(|scope| {
        // What it writes may come before a refused commit, or stand upon one.
        let beside = scope.spawn(|| {
            begun.into_iter().try_for_each(|number| {
                write(ledger, author, number)?;
                write(ledger, author, number + 1)
            })
        });
        let poisoned = (first + 1..last).step_by(2).try_for_each(|number| {
            // It listens unless it has failed, which is told below.
            go.send(number).map_or(Ok(()), |()| poison(ledger, author))
        });
        drop(go);
        poisoned.and(beside.join().expect("it does not panic"))
    })?;
    ledger.flush(PATIENCE)?;
    Ok(last)
}

/// What the system has lent to a process.
#[derive(Debug)]
struct Held {
    threads: usize,
    descriptors: usize,
    /// In KiB.
    memory: u64,
}

/// How much memory may be more after so many more commits.
const MORE_MEMORY: u64 = 32 * 1024;

impl Held {
    fn now() -> Self {
        let threads = system::threads();
        Self {
            // Those that write are started when they are needed.
            threads: threads.iter().filter(|name| *name != "ipos-writer").count(),
            descriptors: system::descriptors(),
            memory: system::resident_memory(process::id()),
        }
    }

    fn tell(&self) -> String {
        format!("{} {} {}", self.threads, self.descriptors, self.memory)
    }

    fn parse(line: &str) -> Self {
        let numbers: Vec<u64> = line.split(' ').flat_map(str::parse).collect();
        let count = |at: usize| usize::try_from(numbers[at]).expect("it is small");
        Self {
            threads: count(0),
            descriptors: count(1),
            memory: numbers[2],
        }
    }

    /// Asserts that it is no more than `before`, but for what the commits take.
    fn check(&self, before: &Self) {
        let same = |held: &Self| (held.threads, held.descriptors);
        assert_eq!(same(self), same(before));
        assert!(
            self.memory < before.memory + MORE_MEMORY,
            "{self:?} after {before:?}"
        );
    }
}

/// Asks a writer for something and hears what it is.
fn ask(talk: &mut Talk, what: &str) -> String {
    let answer = talk.ask(what);
    assert_eq!(talk.hear().as_deref(), Some("ok"), "when asked {what}");
    answer
}

/// The role of the host, which sees to it that refused commits are as if they had not been.
///
/// # Errors
///
/// When the session fails.
///
/// # Panics
///
/// When they are not.
pub fn host() -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::host()?;
    let ledger = ipos.create_with("ledger", Ledger::new(), allow)?;
    let mut writers = Vec::new();
    for author in 1..=WRITERS {
        let mut command = process::Command::new("/proc/self/exe");
        command.args(["life/load", &author.to_string()]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        writers.push(Talk::with(&ipos.spawn(command)?));
    }
    // The first time is for what is kept for good.
    let first = play(&ipos, &ledger, &mut writers, 50)?;
    let then = play(&ipos, &ledger, &mut writers, 1000)?;
    for (then, first) in then.iter().zip(&first) {
        then.check(first);
    }
    Ok(())
}

/// One of the writers makes so many refused commits, and all others. Gives what each process holds then.
fn play(
    ipos: &Ipos,
    ledger: &SharedHandle<Ledger>,
    writers: &mut [Talk],
    times: u64,
) -> Result<Vec<Held>, Box<dyn AnyError>> {
    ledger.update(|l| l.ended_mut().set(0))?;
    ipos.barrier(PATIENCE)?;
    let (refused, others) = writers.split_first_mut().ok_or("there are some")?;
    for talk in &mut *others {
        talk.say("write");
    }
    let mut commits = BTreeMap::new();
    let poisoned = ask(refused, &format!("poison {times}"));
    commits.insert(1, poisoned.parse()?);
    refused.order("end");
    for (talk, author) in others.iter_mut().zip(2..) {
        commits.insert(author, talk.hear().ok_or("it has ended")?.parse()?);
        assert_eq!(talk.hear().as_deref(), Some("ok"));
    }
    ipos.barrier(PATIENCE)?;
    ledger.read().check(&commits);
    let end = format!("{:?}", *ledger.read());
    let mut held = vec![Held::now()];
    for talk in writers {
        assert!(ask(talk, "digest") == end, "all have the same");
        held.push(Held::parse(&ask(talk, "held")));
    }
    Ok(held)
}
