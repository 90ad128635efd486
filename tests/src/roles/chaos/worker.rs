//! A member that writes in all ways, until it is told to rest or leave, removed, or killed.

use std::{error::Error as AnyError, io::stdin, path::Path};

use fastrand::Rng;
use ipos::{Change, Error, Ipos, SessionEvent, SharedHandle, Subscription};

use super::{
    digest,
    ledger::{Ledger, Orders, enter},
    notes::Notes,
};
use crate::{PATIENCE, talk::say};

/// The largest value of the object that all overwrite.
const BULK: usize = 4096;

struct Worker {
    ipos: Ipos,
    author: u64,
    random: Rng,
    notes: Notes,
    /// The number of the last commit.
    last: u64,
    ledger: SharedHandle<Ledger>,
    orders: SharedHandle<Orders>,
    bulk: SharedHandle<Vec<u8>>,
    changes: Subscription<Change<Ledger>>,
    /// Made of nothing but what is told of changes.
    copy: Ledger,
    events: Subscription<SessionEvent>,
}

/// The role of an author. It ends well when it is removed, and when it was told to leave and everything that it has
/// written is confirmed.
///
/// # Errors
///
/// When the session fails.
pub(super) fn role(author: u64, seed: u64, notes: &Path) -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let notes = Notes::of(author, notes)?;
    let work = Worker::new(ipos, author, seed, notes).and_then(|mut worker| worker.work());
    match work {
        Err(Error::HostGone { .. }) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

impl Worker {
    fn new(ipos: Ipos, author: u64, seed: u64, notes: Notes) -> ipos::Result<Self> {
        let ledger = ipos.get::<Ledger>("ledger")?;
        let changes = ledger.subscribe();
        Ok(Self {
            author,
            random: Rng::with_seed(seed ^ author),
            notes,
            last: 0,
            copy: changes.snapshot(),
            changes,
            ledger,
            orders: ipos.get("orders")?,
            bulk: ipos.get("bulk")?,
            events: ipos.events(),
            ipos,
        })
    }

    fn work(&mut self) -> ipos::Result<()> {
        loop {
            let orders = self.orders.snapshot();
            if orders.leaving.contains(&self.author) {
                return self.ledger.flush(PATIENCE);
            }
            if orders.resting && !self.rest()? {
                return Ok(());
            }
            self.write()?;
            self.hear();
        }
    }

    /// Writes something.
    fn write(&mut self) -> ipos::Result<()> {
        let author = self.author;
        match self.random.u8(..100) {
            0..30 => {
                let first = self.last + 1;
                for _ in 0..self.random.u64(1..32) {
                    let number = self.next();
                    self.ledger.update(|ledger| enter(ledger, author, number))?;
                }
                self.ledger.flush(PATIENCE)?;
                self.note(first);
            }
            30..55 => {
                let number = self.next();
                let transact = self.ledger.transact(|ledger| enter(ledger, author, number));
                match transact {
                    // It was cut off for so long that nobody can tell what was meant.
                    Err(Error::Rejected { .. }) => {
                        self.notes.strike(number).expect("there is room for notes");
                    }
                    transact => {
                        transact?;
                        self.note(number);
                    }
                }
            }
            55..80 => {
                let number = self.next();
                self.ledger.call(Ledger::enter_action(author, number))?;
                self.note(number);
            }
            80..92 => {
                let bytes = self.random.usize(..BULK);
                self.bulk.set(vec![self.random.u8(..); bytes])?;
            }
            _ => self.write_briefly()?,
        }
        Ok(())
    }

    /// Creates something, and usually deletes it again.
    fn write_briefly(&mut self) -> ipos::Result<()> {
        let key = format!("brief {}", self.author);
        let brief = self.ipos.create(&key, Vec::<u64>::new())?;
        for number in 0..self.random.u64(..8) {
            brief.update(|brief| brief.push(number))?;
        }
        if self.random.u8(..4) > 0 {
            self.ipos.delete(&key)?;
        }
        Ok(())
    }

    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Notes that all from `first` on is confirmed.
    fn note(&mut self, first: u64) {
        self.notes
            .note(first..=self.last)
            .expect("there is room for notes");
    }

    /// Hears of everything that there is to hear of.
    fn hear(&mut self) {
        while self.events.try_next().is_some() {}
        while let Some(change) = self.changes.try_next() {
            if !change.apply_to(&mut self.copy) {
                self.copy = self.changes.snapshot();
            }
        }
    }

    /// Waits for the others, and says what there is then; `false` when this is the end.
    fn rest(&mut self) -> ipos::Result<bool> {
        self.ledger.flush(PATIENCE)?;
        say("resting").expect("the host listens");
        for line in stdin().lines() {
            match line.expect("the pipe works").as_str() {
                "digest" => {
                    self.hear();
                    let is_equal = *self.ledger.read() == self.copy;
                    let told = if is_equal {
                        digest(&self.ipos)?
                    } else {
                        "the copy differs".into()
                    };
                    say(&told).expect("the host listens");
                }
                "go" => return Ok(true),
                other => panic!("what is {other}?"),
            }
        }
        Ok(false)
    }
}
