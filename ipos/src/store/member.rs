//! The objects of a member.

mod changing;

use std::sync::Arc;

use super::{
    Outside,
    install::{Directory, Own, Placed, install},
    malformed,
};
use crate::{
    cell::Cell,
    core::{
        Exchange, Life, Member, News, Notice, ObjectId, Parcel, PeerId, Replica, Seq, Settled,
        Spare, ToMember, Violation, message,
    },
    sync::{Mutex, MutexGuard},
    tally::Tally,
};

/// The objects of a member, and what it has proposed.
#[derive(Debug)]
pub(crate) struct MemberStore<P> {
    table: Mutex<Table<P>>,
    /// Commits of others to one object that has pending ones: to be carried under these together. For who takes the
    /// host's messages, one thread at a time.
    gathered: Mutex<Gathered>,
    tally: Tally,
}

#[derive(Debug, Default)]
struct Gathered {
    object: Option<ObjectId>,
    commits: Vec<(Seq, PeerId, Vec<u8>)>,
}

/// What was proposed, and where messages to the host go.
#[derive(Debug)]
pub(crate) struct Table<P> {
    pub(crate) member: Member<Arc<Cell>>,
    pub(crate) post: P,
    /// Memory for what is proposed.
    spare: Spare,
}

/// What a message of the host still asks of the driver.
#[derive(Debug)]
pub(crate) enum Heard {
    /// Nothing more: it was done.
    Done,
    /// An object was put under its key.
    Placed,
    /// This member is in sync.
    Live,
    /// A barrier was passed.
    Passed,
    /// The host lets go of this member; why, and whether it may come again.
    Goodbye { why: String, is_for_good: bool },
}

impl<P: Outside> Directory for Table<P> {
    fn named(&self, key: &str) -> Option<&Arc<Cell>> {
        self.member.named(key)
    }
    fn me(&self) -> PeerId {
        self.member.me()
    }
    fn hides(&mut self, arrived: &Parcel) -> bool {
        self.member.hides(arrived)
    }
    fn placed(&mut self, parcel: &Parcel) {
        let (key, by) = (&*parcel.key, parcel.object.creator);
        self.post.notice(Notice::Created { key, by });
    }
    fn adopted(&mut self, replica: &mut Replica) {
        self.member.adopted(replica, &mut self.post);
    }
    fn is_judge(&self, arrived: bool) -> bool {
        !arrived
    }
    fn has_no_place(&self, _: &str) -> Option<String> {
        None
    }
}

impl<P: Outside> Table<P> {
    /// Proposes the open commit: as far as it has its objects, or as a `whole` or not at all.
    pub(crate) fn commit(&mut self, replica: &mut Replica, whole: bool) {
        self.spare.lend(replica);
        self.member.commit(replica, whole, &mut self.post);
    }

    /// Notes that an object has just lost its key, if it was this key's here.
    pub(super) fn gone(&mut self, object: ObjectId, by: Option<PeerId>) {
        if let Some(cell) = self.member.cell(object) {
            let key = cell.key();
            self.post.notice(Notice::Deleted { key, by });
        }
    }

    /// Notes that something of this member was refused.
    fn refused(&mut self, key: &str, reason: &str) {
        let by = self.member.me();
        self.post.notice(Notice::Refused { key, by, reason });
    }
}

impl<P: Outside> MemberStore<P> {
    /// Nothing is known yet.
    pub(crate) fn new(me: PeerId, exchange: Exchange, post: P) -> Self {
        let member = Member::new(me, exchange);
        Self {
            table: Mutex::new(Table {
                member,
                post,
                spare: Spare::default(),
            }),
            gathered: Mutex::default(),
            tally: Tally::default(),
        }
    }

    /// What this process does and takes, counted.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Holds the table. Nothing must be waited for meanwhile.
    pub(crate) fn table(&self) -> MutexGuard<'_, Table<P>> {
        self.table.lock()
    }

    /// Does something with what was proposed, and what it posts to.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut Member<Arc<Cell>>, &mut P) -> R) -> R {
        let mut table = self.table();
        let Table { member, post, .. } = &mut *table;
        act(member, post)
    }

    /// The object under a key.
    pub(crate) fn named(&self, key: &str) -> Option<Arc<Cell>> {
        self.table().member.named(key).cloned()
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        let table = self.table();
        table.member.keys().map(ToString::to_string).collect()
    }

    pub(crate) fn cells(&self) -> Vec<Arc<Cell>> {
        self.table().member.cells().cloned().collect()
    }

    /// Puts an object of this member under its key; or tells why it must not.
    pub(crate) fn create(&self, key: &str, mut own: Own) -> Result<Arc<Cell>, String> {
        loop {
            let parcel = Arc::new(own.parcel(key, self.table().member.next_object()));
            let order = |Table { member, post, .. }: &mut Table<P>, cell: &Arc<Cell>| {
                member.create(&parcel, cell.clone(), post);
                0
            };
            match install(&self.table, &parcel, Some(own), order) {
                Ok(Placed::Here(cell)) => return Ok(cell),
                Ok(Placed::Forbidden(reason)) => return Err(reason),
                // It has come to another host since.
                Ok(Placed::Outdated(again)) => own = again,
                _ => unreachable!("what this process does last with a key is not hidden from it"),
            }
        }
    }

    /// Deletes the object under a key, and tells whether there was one; or why this member must not.
    pub(crate) fn delete(&self, key: &str) -> Result<bool, String> {
        loop {
            let Some(cell) = self.named(key) else {
                return Ok(false);
            };
            let mut replica = cell.lock();
            let mut table = self.table();
            let Table { member, post, .. } = &mut *table;
            if member.named(key).is_some_and(|now| Arc::ptr_eq(now, &cell)) {
                if let Some(reason) = replica.forbids_delete(key) {
                    return Err(reason);
                }
                member.delete(key, post);
                let by = Some(member.me());
                post.notice(Notice::Deleted { key, by });
                replica.leave_pending();
                replica.end(Life::Deleted);
                drop(table);
                drop(replica);
                cell.notify_all();
                return Ok(true);
            }
        }
    }

    /// Does what a message of the host says. Commits of others may wait for [`rest`](Self::rest), or for
    /// any other message.
    pub(crate) fn take(&self, message: &[u8]) -> Result<Heard, Violation> {
        let message: ToMember<'_> = message::read(message)?;
        if !matches!(message, ToMember::Commit { .. }) {
            self.rest()?;
        }
        let mut table = self.table();
        let Table { member, post, .. } = &mut *table;
        match member.receive(message)? {
            News::Ping { ping } => member.pong(ping, post),
            News::Resync => member.resume(post),
            News::Passed => {
                member.ask_for_barrier(post);
                return Ok(Heard::Passed);
            }
            News::Goodbye { why } => {
                let (why, is_for_good) = why.told();
                return Ok(Heard::Goodbye { why, is_for_good });
            }
            News::Incomplete | News::Resumed => {}
            News::Joined { peer, profile } => {
                let profile = &profile;
                post.notice(Notice::Joined { peer, profile });
            }
            News::Left(left) => {
                for (peer, profile) in left {
                    let profile = &profile;
                    post.notice(Notice::Left { peer, profile });
                }
            }
            News::Commit {
                seq,
                origin,
                object,
                patches,
            } => {
                drop(table);
                self.gather(object, (seq, origin, patches))?;
            }
            News::Settled(settled) => {
                if let Settled::CreationRefused {
                    object,
                    is_gone: true,
                    ..
                } = settled
                {
                    table.gone(object, None);
                }
                drop(table);
                return self.settle(settled);
            }
            News::Object(parcel) => {
                drop(table);
                let order = |Table { member, .. }: &mut Table<P>, cell: &Arc<Cell>| {
                    member.place(&parcel, cell.clone());
                    parcel.at
                };
                let placed = install(&self.table, &parcel, None, order);
                placed.map_err(|problem| malformed("value", &parcel.key, problem))?;
                return Ok(Heard::Placed);
            }
            News::Deleted { object, origin } => {
                if let Some(object) = object {
                    table.gone(object, Some(origin));
                    drop(table);
                    self.end(object);
                }
            }
            News::Live { gone } => {
                for &object in &gone {
                    table.gone(object, None);
                }
                drop(table);
                for object in gone {
                    self.end(object);
                }
                self.send_again();
                return Ok(Heard::Live);
            }
        }
        Ok(Heard::Done)
    }

    /// Applies a commit of another process, or keeps it for those that may come right after it.
    fn gather(
        &self,
        object: ObjectId,
        commit @ (seq, origin, patches): (Seq, PeerId, &[u8]),
    ) -> Result<(), Violation> {
        if self.gathered.lock().object != Some(object) {
            self.rest()?;
            let mut is_applied = true;
            self.change(object, "changes", |replica| {
                is_applied = replica.first_pending().is_none();
                if is_applied {
                    replica.apply_confirmed([commit])?;
                }
                Ok(is_applied)
            })?;
            if is_applied {
                return Ok(());
            }
        }
        let mut gathered = self.gathered.lock();
        gathered.object = Some(object);
        gathered.commits.push((seq, origin, patches.to_vec()));
        Ok(())
    }

    /// Applies the commits that were kept. To be called when no message is at hand.
    pub(crate) fn rest(&self) -> Result<(), Violation> {
        let Gathered { object, commits } = std::mem::take(&mut *self.gathered.lock());
        let Some(object) = object else { return Ok(()) };
        self.change(object, "changes", |replica| {
            let commits = commits
                .iter()
                .map(|(seq, origin, patches)| (*seq, *origin, &patches[..]));
            replica.apply_confirmed(commits).map(|()| true)
        })?;
        Ok(())
    }

    /// Does what a verdict says.
    fn settle(&self, settled: Settled<'_>) -> Result<Heard, Violation> {
        let answer = settled.answer().map(<[u8]>::to_vec);
        let of_commit = settled.of_commit();
        let of_commit = of_commit.map(|(object, number, verdict)| {
            let verdict = verdict.map_err(str::to_owned);
            (object, number, verdict)
        });
        let heard = self.settle_held(settled)?;
        // This process may have put another object under the key, just now even: then what waits for the verdict is
        // with that one.
        if let Some((object, number, verdict)) = of_commit {
            let hidden = self.table().member.hidden(object).cloned();
            if let Some(cell) = hidden {
                let mut replica = cell.lock();
                if let Some(answer) = &answer {
                    replica.hear_answer(object, number, answer);
                }
                replica.settle_left(
                    object,
                    number,
                    verdict.as_ref().copied().map_err(|why| &**why),
                );
                drop(replica);
                cell.notify();
            }
        }
        Ok(heard)
    }

    /// Does what a verdict says to the object that is held.
    fn settle_held(&self, settled: Settled<'_>) -> Result<Heard, Violation> {
        if let (Some((object, number, _)), Some(answer)) = (settled.of_commit(), settled.answer()) {
            self.change(object, "answer", |replica| {
                replica.hear_answer(object, number, answer);
                Ok(false)
            })?;
        }
        match settled {
            Settled::Commit {
                seq,
                number,
                object,
                amended,
                ..
            } => {
                self.change(object, "amended changes", |replica| {
                    replica.confirm_own(seq, number, amended)
                })?;
            }
            Settled::Untold { number, object, .. } => {
                self.change(object, "verdict", |replica| {
                    replica.confirm_untold(number);
                    Ok(true)
                })?;
            }
            Settled::Stale { number, object } => {
                self.change(object, "state", |replica| {
                    self.with(|member, post| member.propose_again(number, replica, post));
                    Ok(false)
                })?;
                self.table().member.proposed_again();
            }
            Settled::Refused {
                seq,
                number,
                object,
                reason,
                ..
            } => {
                self.change(object, "refusal", |replica| {
                    let is_held = replica.refuse_own(seq, number, reason);
                    if is_held {
                        self.tell_refused(object, reason);
                    }
                    Ok(is_held)
                })?;
            }
            Settled::Created { seq, object } => {
                self.change(object, "creation", |replica| {
                    replica.confirm_created(seq);
                    Ok(true)
                })?;
            }
            Settled::CreationRefused {
                object,
                is_gone,
                reason,
            } => {
                self.change(object, "creation", |replica| {
                    replica.refuse_created(reason);
                    if is_gone {
                        replica.end(Life::Deleted);
                    }
                    self.tell_refused(object, reason);
                    Ok(true)
                })?;
                self.table().member.forget(object);
            }
            Settled::DeletionRefused { key, reason } => {
                self.tally.refused();
                self.table().refused(&key, reason);
            }
            Settled::Deleted => {}
        }
        Ok(Heard::Done)
    }

    /// Tells those who listen that what this process did with an object was refused. To be called with the object held,
    /// so that who hears of the verdict has been told this before.
    fn tell_refused(&self, object: ObjectId, reason: &str) {
        self.tally.refused();
        let mut table = self.table();
        if let Some(cell) = table.member.cell(object).cloned() {
            table.refused(cell.key(), reason);
        }
    }

    /// Ends an object, or the refused one that waits for it.
    fn end(&self, object: ObjectId) {
        let Some(cell) = self.table().member.cell(object).cloned() else {
            return;
        };
        let mut replica = cell.lock();
        let mut table = self.table();
        // Something may have been done here with the key since the cell was looked up.
        let now = table.member.cell(object);
        if now.is_some_and(|now| Arc::ptr_eq(now, &cell)) {
            replica.end(Life::Deleted);
            table.member.forget(object);
        }
        drop((table, replica));
        cell.notify_all();
    }
}
