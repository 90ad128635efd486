//! A member of a schedule: what the driver does, without sockets and threads.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use parking_lot::Mutex;

use super::{
    Wire,
    host::parcel,
    model::Model,
    random::Random,
    values::{Plain, change_any},
};
use crate::{
    Shared,
    cell::Cell,
    core::{
        self, Life, News, ObjectId, Parcel, PeerId, Post, Replica, Settled, ToMember, Typed,
        message,
    },
    directory::{self, Directory},
    wire::DecodeError,
};

pub(super) struct Member {
    pub(super) id: PeerId,
    pub(super) is_live: bool,
    table: Mutex<Table>,
    proposed: u64,
    /// What has no verdict, the oldest first.
    unsettled: VecDeque<(u64, Proposal)>,
    /// What was created here, until the host tells when.
    created: BTreeMap<ObjectId, Plain>,
    /// All cells that a handle could be of.
    cells: Vec<Arc<Cell>>,
    pub(super) amended: usize,
    pub(super) stale: usize,
}

struct Table {
    member: core::Member<Arc<Cell>>,
    wire: ToHost,
}

struct ToHost(Wire);

enum Proposal {
    Commit(ObjectId, Vec<u8>),
    Other,
}

impl Post for ToHost {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        assert_eq!(to, PeerId::HOST);
        self.0.push_back(message.to_vec());
    }
}

impl Directory for Table {
    fn named(&self, key: &str) -> Option<&Arc<Cell>> {
        self.member.named(key)
    }
    fn hides(&mut self, arrived: &Parcel) -> bool {
        self.member.hides(arrived)
    }
}

impl Member {
    pub(super) fn new(id: PeerId) -> Self {
        let table = Table {
            member: core::Member::new(id),
            wire: ToHost(Wire::new()),
        };
        Self {
            id,
            is_live: false,
            proposed: 0,
            table: Mutex::new(table),
            unsettled: VecDeque::new(),
            created: BTreeMap::new(),
            cells: Vec::new(),
            amended: 0,
            stale: 0,
        }
    }

    /// The next message to the host.
    pub(super) fn sent(&mut self) -> Option<Vec<u8>> {
        self.table.get_mut().wire.0.pop_front()
    }

    pub(super) fn has_sent(&self) -> bool {
        !self.table.lock().wire.0.is_empty()
    }

    fn propose(&mut self, proposal: Proposal) {
        self.proposed += 1;
        self.unsettled.push_back((self.proposed, proposal));
    }

    /// A commit; `true` if it is one.
    pub(super) fn update(&mut self, key: &str, random: &mut Random) -> bool {
        let Some(cell) = self.table.get_mut().named(key).cloned() else {
            return false;
        };
        let mut replica = cell.lock();
        let patches = change_any(&mut replica, random);
        if patches.is_empty() {
            return false;
        }
        if random.percent(10) {
            replica.rollback();
            return false;
        }
        let object = replica.id();
        let Table { member, wire } = self.table.get_mut();
        member.commit(&mut replica, wire);
        self.propose(Proposal::Commit(object, patches));
        true
    }

    pub(super) fn create<T: Shared>(&mut self, key: &str, value: T) {
        let state = Typed::new(value);
        let parcel = parcel(self.table.get_mut().member.next_object(), key, &state);
        let order = |table: &mut Table, cell: &Arc<Cell>| {
            let Table { member, wire } = table;
            member.create(&parcel, cell.clone(), wire);
            0
        };
        directory::install(&self.table, &parcel, Some(Box::new(state)), order)
            .unwrap()
            .expect("what was done last with a key is not hidden");
        self.propose(Proposal::Other);
        let value = Plain::decode(&parcel.schema, &parcel.value);
        self.created.insert(parcel.object, value);
    }

    /// Deletes a key; `true` if there was one.
    pub(super) fn delete(&mut self, key: &str) -> bool {
        let Some(cell) = self.table.get_mut().named(key).cloned() else {
            return false;
        };
        let Table { member, wire } = self.table.get_mut();
        assert!(
            member.delete(key, wire),
            "a key that has an object is deleted"
        );
        cell.lock().end(Life::Deleted);
        self.propose(Proposal::Other);
        true
    }

    pub(super) fn goodbye(&mut self) {
        let Table { member, wire } = self.table.get_mut();
        member.goodbye(wire);
    }

    /// Takes a message of the host.
    pub(super) fn take(&mut self, bytes: &[u8], model: &Model) {
        let message: ToMember<'_> = message::read(bytes).expect("the host writes what can be read");
        match &message {
            ToMember::Accepted { seq, number } => self.settle(*seq, *number, None, model),
            ToMember::Amended {
                seq,
                number,
                patches,
            } => {
                self.settle(*seq, *number, Some(patches), model);
            }
            ToMember::Stale { number } => {
                let (stale, _) = self
                    .unsettled
                    .pop_front()
                    .expect("a verdict is on a proposal");
                assert_eq!(stale, *number);
                self.stale += 1;
            }
            _ => {}
        }
        let news = self.table.get_mut().member.receive(message);
        match news.expect("the host keeps to the protocol") {
            News::Commit {
                seq,
                object,
                patches,
            } => {
                self.change(object, |replica| replica.apply_confirmed(seq, patches));
            }
            News::Settled(Settled::Commit {
                seq,
                number,
                object,
                amended,
            }) => {
                self.change(object, |replica| {
                    let own = replica.confirm_own(seq, number, amended)?;
                    assert!(own, "a verdict is on the oldest pending commit");
                    Ok(())
                });
            }
            News::Settled(Settled::Stale { number, object }) => {
                let Some(cell) = self.table.get_mut().member.cell(object).cloned() else {
                    return;
                };
                let mut replica = cell.lock();
                let Table { member, wire } = self.table.get_mut();
                let before = wire.0.len();
                member.propose_again(number, &mut replica, wire);
                let again = wire.0.len() - before;
                let forms: Vec<_> = replica.pending_forms().map(<[u8]>::to_vec).collect();
                for form in forms.into_iter().take(again) {
                    self.propose(Proposal::Commit(object, form));
                }
            }
            News::Settled(Settled::Created { seq, object }) => {
                self.change(object, |replica| {
                    replica.confirm_created(seq);
                    Ok(())
                });
                self.created.remove(&object);
            }
            News::Settled(Settled::Deleted) | News::Incomplete => {}
            News::Object(parcel) => {
                let order = |table: &mut Table, cell: &Arc<Cell>| {
                    table.member.place(&parcel, cell.clone());
                    parcel.at
                };
                directory::install(&self.table, &parcel, None, order)
                    .expect("the host writes values that can be read");
            }
            News::Deleted { object } => {
                self.change(object, |replica| {
                    replica.end(Life::Deleted);
                    Ok(())
                });
                self.table.get_mut().member.forget(object);
            }
            News::Live => {
                self.is_live = true;
                let Table { member, wire } = self.table.get_mut();
                member.ready(wire);
            }
            News::Goodbye => panic!("the host stays"),
        }
    }

    fn change(
        &mut self,
        object: ObjectId,
        change: impl FnOnce(&mut Replica) -> Result<(), DecodeError>,
    ) {
        let Some(cell) = self.table.get_mut().member.cell(object).cloned() else {
            return;
        };
        let mut replica = cell.lock();
        if replica.id() == object {
            change(&mut replica).expect("what the host confirmed applies");
        }
    }

    /// The verdict is on the oldest proposal, and is what everybody heard.
    fn settle(&mut self, seq: u64, number: u64, amended: Option<&[u8]>, model: &Model) {
        let (_, proposal) = self
            .unsettled
            .pop_front()
            .expect("a verdict is on a proposal");
        let Proposal::Commit(object, sent) = proposal else {
            assert_eq!(amended, None, "only a commit is amended");
            return;
        };
        let confirmed = model.commits.get(&seq);
        let confirmed =
            confirmed.filter(|commit| commit.origin == self.id && commit.object == object);
        let Some(commit) = confirmed else {
            assert_eq!(amended, None);
            assert!(model.had_ended(object, seq), "commit {number} is lost");
            return;
        };
        assert_eq!(
            commit.patches,
            amended.unwrap_or(&sent),
            "verdict on {number}"
        );
        if let Some(amended) = amended {
            assert_ne!(amended, sent, "what is whole is accepted");
            self.amended += 1;
        }
    }

    /// This member shows, under each key, what was confirmed with its own pending commits on top.
    pub(super) fn check(&mut self, model: &Model) {
        let table = self.table.get_mut();
        let keys: Vec<Arc<str>> = table.member.keys().cloned().collect();
        for key in &keys {
            let cell = table.named(key).expect("a key has its object");
            if !self.cells.iter().any(|known| Arc::ptr_eq(known, cell)) {
                self.cells.push(cell.clone());
            }
            let replica = cell.look();
            assert!(matches!(replica.life(), Life::Live), "{key} of {}", self.id);
            let mut expected = match self.created.get(&replica.id()) {
                Some(created) => created.clone(),
                None => model.value_at(replica.id(), replica.seq()).clone(),
            };
            for form in replica.pending_forms() {
                expected = expected.after(form).0;
            }
            assert_eq!(Plain::shown_by(&replica), expected, "{key} of {}", self.id);
        }
        for cell in &self.cells {
            let now = table.named(cell.key());
            let is_named = now.is_some_and(|now| Arc::ptr_eq(now, cell));
            let is_live = matches!(cell.look().life(), Life::Live);
            assert_eq!(
                is_live,
                is_named,
                "an old handle to {} of {}",
                cell.key(),
                self.id
            );
        }
    }

    /// With nothing on its way, this member is as the host.
    pub(super) fn check_at_rest(&mut self, model: &Model) {
        self.check(model);
        assert!(self.unsettled.is_empty(), "every proposal has its verdict");
        assert!(self.created.is_empty(), "every creation is confirmed");
        let table = self.table.get_mut();
        let keys = table.member.keys().map(|key| &**key);
        assert!(
            model.names.keys().map(|key| &**key).eq(keys),
            "the keys of {}",
            self.id
        );
        for (key, &object) in &model.names {
            let replica = table.named(key).expect("a key has its object").look();
            assert_eq!(replica.id(), object, "{key} of {}", self.id);
            assert_eq!(replica.first_pending(), None, "{key} of {}", self.id);
            assert_eq!(
                replica.seq(),
                model.latest(object).0,
                "{key} of {}",
                self.id
            );
        }
    }
}
