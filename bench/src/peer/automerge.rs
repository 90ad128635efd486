//! The crate `automerge`: a document in each of two processes, kept in step by its sync messages over a socket.
//!
//! After each commit a sync message is sent, without waiting for an answer; answers are taken when they are there.
//! The other process takes all messages that are there before it answers, and is asked for its heads at the end.
//! Each run begins with a document of its own, since the history of a document grows with each commit.

mod link;

use std::{os::unix::net::UnixStream, time::Instant};

use automerge::{AutoCommit, ObjType, ROOT, transaction::Transactable};
use link::Link;

use crate::{
    Result,
    contest::{Contender, Measured},
    limit::socket,
    other::Other,
    trace::Edit,
};

/// Our document, and who has the other one.
struct Pair {
    link: Link,
    _other: Other,
}

impl Pair {
    fn start() -> Result<Self> {
        let (socket, other) = socket::pair("automerge", &[])?;
        Ok(Self {
            link: Link::new(socket),
            _other: other,
        })
    }

    /// New documents, with what is made here, and in step.
    fn begin<T>(&mut self, make: impl FnOnce(&mut AutoCommit) -> Result<T>) -> Result<T> {
        self.link.renew()?;
        let made = make(&mut self.link.document)?;
        self.link.send()?;
        self.link.settle()?;
        Ok(made)
    }

    /// Makes so many commits, each sent at once, and returns when the other one has all.
    fn commit(
        &mut self,
        amount: u64,
        mut change: impl FnMut(&mut AutoCommit, u64) -> Result<()>,
    ) -> Result<Measured> {
        let begin = Instant::now();
        for number in 0..amount {
            change(&mut self.link.document, number)?;
            self.link.document.commit();
            self.link.send()?;
            self.link.receive_ready()?;
        }
        self.link.settle()?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

/// One key of a map is set in each commit.
pub(crate) struct Keys(Pair);

impl Keys {
    pub(crate) fn start() -> Result<Self> {
        Pair::start().map(Self)
    }
}

impl Contender for Keys {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let map = self
            .0
            .begin(|document| Ok(document.put_object(ROOT, "state", ObjType::Map)?))?;
        self.0.commit(amount, |document, number| {
            Ok(document.put(&map, "tick", number)?)
        })
    }
}

/// A text as it was typed: in each commit the edits of one transaction.
pub(crate) struct Typing {
    transactions: Vec<Vec<Edit>>,
    pair: Pair,
}

impl Typing {
    pub(crate) fn start(transactions: Vec<Vec<Edit>>) -> Result<Self> {
        let pair = Pair::start()?;
        Ok(Self { transactions, pair })
    }
}

impl Contender for Typing {
    /// Types all of it.
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        let Self { transactions, pair } = self;
        let text =
            pair.begin(|document| Ok(document.put_object(ROOT, "text", ObjType::Text)?))?;
        let amount = transactions.len().try_into()?;
        let mut transactions = transactions.iter();
        pair.commit(amount, |document, _| {
            for Edit(at, removed, inserted) in transactions.next().ok_or("there is what to type")? {
                let removed = isize::try_from(*removed)?;
                document.splice_text(&text, *at, removed, inserted)?;
            }
            Ok(())
        })
    }
}

pub(crate) fn role(args: &[String]) -> Result<()> {
    let socket: UnixStream = socket::connect(args)?;
    Link::new(socket).follow()
}
