//! A member with its link, and what must hold of it after every step.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
};

use ipos::{
    PeerId,
    simulation::{Asked, Handle, Member, Object, Told, View, Written},
};

use super::{
    counts::Counts,
    deep::Focus,
    model::Model,
    step::{Edits, Who},
    values::{self, Kind, Plain},
};

pub struct Seat {
    pub who: Who,
    pub id: PeerId,
    pub member: Member,
    pub to_host: Wire,
    pub to_member: Wire,
    /// It writes nothing more.
    pub is_leaving: bool,
    /// It has said goodbye.
    pub has_left: bool,
    /// It is still to be given objects.
    pub is_owed: bool,
    proposed: u64,
    /// What has no verdict, the oldest first.
    unsettled: VecDeque<(u64, Proposal)>,
    /// What was created here, until the host tells when.
    created: BTreeMap<Object, Plain>,
    /// All handles that a program could have.
    handles: Vec<Handle>,
    /// What was checked last under each key.
    checked: BTreeMap<String, (Object, u64, u64)>,
}

/// The messages of one direction of a link, in their order.
#[derive(Default)]
pub struct Wire {
    pub messages: VecDeque<Vec<u8>>,
    /// How many were ever sent.
    pub sent: usize,
}

impl Wire {
    pub fn push(&mut self, message: Vec<u8>) {
        self.messages.push_back(message);
        self.sent += 1;
    }
}

enum Proposal {
    Commit(Object, Vec<u8>),
    /// A commit that was proposed again, under another number.
    Void(Object),
    Create(Object),
    Delete,
}

/// What is said of an object, with who has it.
struct At<'a>(&'a str, PeerId);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of {}", self.0, self.1)
    }
}

impl Seat {
    pub fn new(who: Who, id: PeerId) -> Self {
        Self {
            who,
            id,
            member: Member::new(id),
            to_host: Wire::default(),
            to_member: Wire::default(),
            is_leaving: false,
            has_left: false,
            is_owed: true,
            proposed: 0,
            unsettled: VecDeque::new(),
            created: BTreeMap::new(),
            handles: Vec::new(),
            checked: BTreeMap::new(),
        }
    }

    /// Whether it does anything by itself.
    pub fn acts(&self) -> bool {
        self.member.is_live() && !self.is_leaving
    }

    fn view(&self, key: &str) -> Option<(View, Plain)> {
        let view = self.member.named(key)?.view();
        let value = Plain::decode(&view.schema, &view.value);
        Some((view, value))
    }

    /// Changes an object; gives what was written, for people.
    pub fn update(&mut self, key: &str, edits: Edits, model: &mut Model) -> Option<String> {
        let (_, before) = self.view(key)?;
        let written = values::update(&mut self.member, key, edits);
        let (view, after) = self.view(key).expect("an update ends no object");
        let mut told = None;
        let mut expected = before;
        if let Written::Committed(object, patches) = written {
            if edits.focus == Focus::Wholes {
                model.lose_meaning(object);
            }
            let number = self.proposed + 1;
            told = Some(expected.told(&patches));
            let lasting = expected.lasting();
            expected.apply(&patches);
            let left = expected.lasting();
            let removed = lasting.into_iter().filter(|old| !left.contains(old));
            model.removed.extend(removed);
            let youngest = view.pending.last();
            assert!(
                view.object == object && youngest.is_some_and(|last| last.number == number),
                "2: what was committed is pending: {}",
                At(key, self.id)
            );
        }
        assert_eq!(
            after,
            expected,
            "2: own commits are seen at once, and nothing else: {}",
            At(key, self.id)
        );
        self.collect(model);
        told
    }

    pub fn create(&mut self, key: &str, kind: Kind, script: u64, model: &Model) {
        values::create(&mut self.member, key, kind, script);
        let (view, value) = self.view(key).expect("2: what was created is there");
        self.created.insert(view.object, value);
        self.collect(model);
    }

    /// Deletes a key; `false` if there was none.
    pub fn delete(&mut self, key: &str, model: &Model) -> bool {
        let was_there = self.member.named(key).is_some();
        assert_eq!(
            self.member.delete(key),
            Ok(was_there),
            "2: {}",
            At(key, self.id)
        );
        assert_eq!(self.member.named(key), None, "2: a deleted key is gone");
        self.collect(model);
        was_there
    }

    /// A leaving member says goodbye when nothing of it is open.
    pub fn part(&mut self, model: &Model) {
        if self.is_leaving && !self.has_left && self.member.is_settled() {
            self.member.goodbye();
            self.has_left = true;
            self.collect(model);
        }
    }

    /// Takes a message of the host.
    pub fn take(&mut self, message: &[u8], model: &Model, counts: &mut Counts) {
        match Told::read(message).expect("5: the host writes what can be read") {
            Told::Accepted { seq, number } => self.settle(seq, number, None, model),
            Told::Amended {
                seq,
                number,
                patches,
            } => {
                counts.amended += 1;
                self.settle(seq, number, Some(&patches), model);
            }
            Told::Stale { number } => {
                counts.stale += 1;
                let (stale, proposal) = self.oldest();
                assert_eq!(stale, number, "1: one verdict each, in order");
                let is_commit = matches!(proposal, Proposal::Commit(..) | Proposal::Void(_));
                assert!(is_commit, "only a commit is stale");
            }
            _ => {}
        }
        let received = self.member.receive(message);
        received.unwrap_or_else(|error| panic!("5: {} does not take a message: {error}", self.id));
        self.collect(model);
    }

    fn oldest(&mut self) -> (u64, Proposal) {
        let oldest = self.unsettled.pop_front();
        oldest.unwrap_or_else(|| panic!("1: a verdict on no proposal of {}", self.id))
    }

    /// The verdict is on the oldest proposal, and is what everybody heard.
    fn settle(&mut self, seq: u64, number: u64, amended: Option<&[u8]>, model: &Model) {
        let (oldest, proposal) = self.oldest();
        assert_eq!(oldest, number, "1: one verdict each, in order, {}", self.id);
        let (object, sent) = match proposal {
            Proposal::Commit(object, sent) => (object, sent),
            Proposal::Void(object) => {
                let had_ended = model.had_ended(object, seq);
                return assert!(had_ended, "4: {number} of {} counts twice", self.id);
            }
            Proposal::Create(object) => {
                assert_eq!(amended, None, "only a commit is amended");
                self.created.remove(&object);
                return;
            }
            Proposal::Delete => return assert_eq!(amended, None, "only a commit is amended"),
        };
        let confirmed = model.commit_at(seq);
        let is_own =
            |commit: &&super::model::Confirmed| commit.origin == self.id && commit.object == object;
        let Some(commit) = confirmed.filter(is_own) else {
            assert_eq!(amended, None, "1: what is not confirmed is not amended");
            assert!(
                model.had_ended(object, seq),
                "4: commit {number} of {} is lost",
                self.id
            );
            return;
        };
        assert_eq!(
            commit.patches,
            amended.unwrap_or(&sent),
            "1: the verdict on {number} of {} is what all others hear",
            self.id
        );
        assert_ne!(amended, Some(&sent[..]), "what is whole is accepted");
    }

    /// All commits to an object that have no verdict are proposed again.
    fn void(&mut self, object: Object) {
        for (_, proposal) in &mut self.unsettled {
            if matches!(proposal, Proposal::Commit(of, _) if *of == object) {
                *proposal = Proposal::Void(object);
            }
        }
    }

    /// Takes what the member has posted to its link.
    fn collect(&mut self, model: &Model) {
        for message in self.member.take_outgoing() {
            let asked = Asked::read(&message).expect("5: members write what can be read");
            let (number, proposal) = match asked {
                Asked::Commit {
                    number,
                    object,
                    patches,
                    anew,
                    ..
                } => {
                    if anew {
                        self.void(object);
                    }
                    (number, Proposal::Commit(object, patches))
                }
                Asked::Create { number, object, .. } => (number, Proposal::Create(object)),
                Asked::Delete { number, .. } => (number, Proposal::Delete),
                Asked::Chunk(_)
                | Asked::Ready
                | Asked::Barrier { .. }
                | Asked::Pong { .. }
                | Asked::Lacks { .. }
                | Asked::Resume { .. }
                | Asked::Goodbye => {
                    self.to_host.push(message);
                    continue;
                }
            };
            self.proposed += 1;
            assert_eq!(
                number, self.proposed,
                "proposals are numbered without a gap"
            );
            self.unsettled.push_back((number, proposal));
            self.to_host.push(message);
        }
        self.check(model);
    }

    /// This member shows, under each key, what was confirmed with its own pending commits on top.
    fn check(&mut self, model: &Model) {
        for key in self.member.keys() {
            let handle = self.member.named(&key).expect("a key has its object");
            if !self.handles.contains(&handle) {
                self.handles.push(handle.clone());
            }
            let marks = handle.marks();
            if self.checked.get(&key) != Some(&marks) {
                self.check_object(&key, &handle.view(), model);
                self.checked.insert(key, marks);
            }
        }
        for handle in &self.handles {
            assert_eq!(
                handle.is_live(),
                self.member.named(handle.key()).as_ref() == Some(handle),
                "an old handle to {}",
                At(handle.key(), self.id)
            );
        }
    }

    fn check_object(&self, key: &str, view: &View, model: &Model) {
        let at = At(key, self.id);
        assert!(view.is_live, "{at} is under its key");
        let mut expected = match self.created.get(&view.object) {
            Some(created) => created.clone(),
            None => model.value_at(view.object, view.seq).clone(),
        };
        for pending in &view.pending {
            expected.apply(&pending.form);
        }
        let value = Plain::decode(&view.schema, &view.value);
        assert_eq!(
            value, expected,
            "1, 2, 3: {at} is what is confirmed with the pending commits on top"
        );
        let unsettled = self.unsettled.iter().filter_map(|(number, proposal)| {
            let is_commit =
                matches!(proposal, Proposal::Commit(object, _) if *object == view.object);
            is_commit.then_some(*number)
        });
        let pending = view.pending.iter().map(|pending| pending.number);
        assert!(
            pending.clone().eq(unsettled.clone()),
            "2, 4: what is pending in {at} is what has no verdict: {:?}, {:?}",
            pending.collect::<Vec<_>>(),
            unsettled.collect::<Vec<_>>()
        );
        if model.keeps_meaning(view.object)
            && let Some(fault) = value.fault()
        {
            panic!("7: {fault}: {at}");
        }
    }

    /// With nothing on its way, this member is as the host.
    pub fn check_at_rest(&self, model: &Model) {
        assert!(self.member.is_live(), "who joins comes to be in sync");
        assert!(
            self.unsettled.is_empty() && self.member.is_settled(),
            "4: every proposal of {} has its verdict",
            self.id
        );
        assert!(self.created.is_empty(), "4: every creation is confirmed");
        let keys = self.member.keys();
        assert!(
            model.names.keys().eq(keys.iter()),
            "1: the keys of {} are {keys:?}",
            self.id
        );
        for (key, &object) in &model.names {
            let (view, value) = self.view(key).expect("a key has its object");
            let at = At(key, self.id);
            let (seq, expected) = model.latest(object);
            assert_eq!(view.object, object, "1: {at}");
            assert_eq!(view.pending, [], "4: {at} has nothing pending");
            assert_eq!(view.seq, seq, "1: {at} is at the last change");
            assert_eq!(&value, expected, "1: {at} is as the host's");
        }
    }
}
