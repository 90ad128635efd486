//! Writers that write without a pause, among commits that are refused.

use std::{collections::BTreeMap, error::Error as AnyError, sync::mpsc::sync_channel, thread};

use ipos::{Error, Ipos, Origin, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use super::system;
use crate::{
    PATIENCE,
    talk::{obey, say},
};

/// How many processes write, the refused one among them.
pub const WRITERS: u64 = 4;

/// How many keys of the map are written to; there is one more.
const KEYS: u64 = 10;

/// The mark of what must not be.
const POISON: u64 = u64::MAX;

/// What all write.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Added to by all.
    pub count: u64,
    /// By each its own numbers, in order.
    pub list: Vec<(u64, u64)>,
    /// Added to by all, at several keys.
    pub map: BTreeMap<u64, u64>,
    /// One for each that has ended.
    pub ended: u64,
}

impl Ledger {
    /// What there is before anybody writes.
    #[must_use]
    pub fn new() -> Self {
        Self {
            map: (0..=KEYS).map(|key| (key, 0)).collect(),
            ..Self::default()
        }
    }

    /// Asserts that it is what the commits of these authors make of it, up to these numbers, and nothing
    /// else.
    ///
    /// # Panics
    ///
    /// When it is not.
    pub fn check(&self, commits: &BTreeMap<u64, u64>) {
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
///
/// # Errors
///
/// When it does not.
pub fn allow(_: &Ledger, after: &Ledger, _: &Origin) -> Result<(), String> {
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
                // So many at once, that there are always some on their way.
                while ledger.read().ended == 0 {
                    number += 1;
                    write(&ledger, author, number)?;
                    if number % 16 == 0 {
                        ledger.flush(PATIENCE)?;
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
            ["threads"] => say(&system::threads().join(" "))?,
            ["descriptors"] => say(&system::descriptors().to_string())?,
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
