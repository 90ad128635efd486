//! A member with its link: what it does, and what it is told.

mod checks;
mod messages;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ipos::{
    PeerId,
    simulation::{Handle, Member, Object, View, Written},
};

use super::{
    counts::Counts,
    deep::Focus,
    ears::Ears,
    model::Model,
    proposals::{Commit, Known, Proposal, Proposals},
    shadow::Shadow,
    step::{Edits, Who},
    values::{self, Kind, Plain},
};

pub struct Seat {
    pub who: Who,
    pub id: PeerId,
    pub member: Member,
    pub to_host: Wire,
    pub to_member: Wire,
    /// What the host has to do with it.
    pub host: HostPart,
    /// It is cut off.
    pub is_cut: bool,
    /// It writes nothing more.
    pub is_leaving: bool,
    /// It has said goodbye.
    pub(super) has_left: bool,
    pub proposals: Proposals,
    /// Verdicts that were told.
    pub(super) known: Vec<Known>,
    /// What was created here, until the host tells when, or what it has instead.
    pub(super) created: BTreeMap<Object, Plain>,
    /// Objects that were created here and refused.
    pub(super) refused: BTreeSet<Object>,
    /// Keys under which the host has an object that it has not told since it refused something.
    pub lacking: BTreeSet<String>,
    /// All objects are being given anew.
    pub(super) is_renewing: bool,
    /// The object that arrives: its key, its place, and how much of it is still to come.
    pub(super) arriving: Option<(Object, String, u64, u64)>,
    /// Commits that are confirmed in a way that is not told, until their objects are.
    pub(super) untold: BTreeMap<Object, Vec<Vec<u8>>>,
    /// Up to where it has applied each object, or need not, as what it has done comes later.
    pub(super) applied: BTreeMap<Object, u64>,
    /// All handles that a program could have.
    handles: Vec<Handle>,
    /// Who listens.
    pub ears: Ears,
    /// It has not been in sync with this host.
    pub is_joining: bool,
    /// What was confirmed under each key when the host went.
    pub bases: BTreeMap<String, Plain>,
    /// The same of objects that no host is known to have.
    pub orphans: BTreeMap<Object, Plain>,
    /// Those of them that were created here, of which no host has heard.
    pub unborn: BTreeMap<String, Object>,
    /// How many commits in orphans were proposed, and how many orphans.
    pub found: (u64, u64),
    /// What was checked last under each key.
    pub(super) checked: BTreeMap<String, (Object, u64, u64)>,
    /// What it has heard to happen.
    pub shadow: Shadow,
}

/// What the host has to do with a member.
#[derive(Default)]
pub struct HostPart {
    /// It gives it objects, and hears nothing of it meanwhile.
    pub is_giving: bool,
    /// Then it tells it that it is live.
    pub must_tell_live: bool,
    /// It has told it so, at least once.
    pub is_live: bool,
    /// It tells it nothing until it asks for what it has missed.
    pub is_away: bool,
    /// The last proposal that has arrived, and the object that it creates.
    pub last: (u64, Option<Object>),
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

impl Seat {
    pub fn new(who: Who, id: PeerId, is_deaf: bool) -> Self {
        Self {
            who,
            id,
            member: Member::new(id),
            to_host: Wire::default(),
            to_member: Wire::default(),
            host: HostPart {
                is_giving: true,
                must_tell_live: true,
                ..HostPart::default()
            },
            is_cut: false,
            is_leaving: false,
            has_left: false,
            proposals: Proposals::default(),
            known: Vec::new(),
            created: BTreeMap::new(),
            refused: BTreeSet::new(),
            lacking: BTreeSet::new(),
            is_renewing: false,
            arriving: None,
            untold: BTreeMap::new(),
            applied: BTreeMap::new(),
            handles: Vec::new(),
            ears: Ears::new(id, is_deaf),
            is_joining: true,
            bases: BTreeMap::new(),
            orphans: BTreeMap::new(),
            unborn: BTreeMap::new(),
            found: (0, 0),
            checked: BTreeMap::new(),
            shadow: Shadow::of(id),
        }
    }

    /// Whether it does anything by itself.
    pub fn acts(&self) -> bool {
        self.member.is_live() && !self.is_leaving
    }

    pub(super) fn view(&self, key: &str) -> Option<(View, Plain)> {
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
        let mut expected = before.clone();
        if let Written::Committed(object, patches) = written {
            let seen = (object, view.seq);
            let are_blurred = self.proposals.are_blurred(self.id, seen, model);
            if edits.focus == Focus::Wholes || are_blurred {
                model.lose_meaning(object);
            }
            told = Some(before.told(&patches));
            expected.apply(&patches);
            let youngest = view.pending.last();
            let youngest = youngest.filter(|_| view.object == object);
            let pending = youngest.expect("2: what was committed is pending");
            // What actions remove is for the host to find out.
            let has_acts = edits.focus == Focus::Acts && matches!(after, Plain::Deep(_));
            let removed = match has_acts {
                true => vec![],
                false => before.removed_in(&after),
            };
            model.remove(&removed);
            let commit = Commit {
                object,
                handle: self.member.named(key).expect("it was just seen"),
                ticket: pending.ticket,
                whole: edits.whole,
                touched: before.touched_in(&after),
                removed,
                is_exact: edits.focus == Focus::Takes,
                sent: None,
                acts_on: None,
                is_blurred: false,
            };
            if object.is_orphan() {
                self.proposals.waiting.push(commit);
            } else {
                let number = self.proposals.add(Proposal::Commit(commit));
                assert_eq!(
                    pending.number, number,
                    "8: proposals are numbered without a gap"
                );
            }
        }
        assert_eq!(
            after, expected,
            "2: own commits are seen at once, and nothing else: `{key}` of {}",
            self.id
        );
        self.collect(model);
        told
    }

    /// Puts an object under a key; or tells why it must not.
    pub fn create(
        &mut self,
        key: &str,
        kind: Kind,
        script: u64,
        model: &Model,
    ) -> Result<(), String> {
        let held = self.member.named(key);
        let created = values::create(&mut self.member, key, kind, None, script);
        if created.is_err() {
            assert_eq!(self.member.named(key), held, "8: nothing has happened");
            return created;
        }
        let (view, value) = self.view(key).expect("2: what was created is there");
        self.unborn.remove(key);
        self.created.insert(view.object, value);
        self.proposals.add(Proposal::Create {
            object: view.object,
            key: key.to_owned(),
        });
        self.collect(model);
        Ok(())
    }

    /// Deletes a key; `false` if there was none.
    pub fn delete(&mut self, key: &str, model: &Model, counts: &mut Counts) -> bool {
        let held = self.member.named(key);
        let was_there = held.is_some();
        let Ok(is_deleted) = self.member.delete(key) else {
            assert_eq!(self.member.named(key), held, "8: nothing has happened");
            counts.forbidden += 1;
            return false;
        };
        assert_eq!(is_deleted, was_there, "2: `{key}` of {}", self.id);
        assert_eq!(self.member.named(key), None, "2: a deleted key is gone");
        if is_deleted {
            self.unborn.remove(key);
            let key = key.to_owned();
            self.proposals.add(Proposal::Delete { key });
        }
        self.collect(model);
        was_there
    }

    /// A leaving member says goodbye when nothing of it is open.
    pub fn part(&mut self, model: &Model) {
        if self.is_leaving && !self.has_left && !self.is_cut && self.member.is_settled() {
            self.member.goodbye();
            self.has_left = true;
            self.collect(model);
        }
    }

    /// Its link breaks.
    pub fn cut(&mut self, model: &Model) {
        self.to_host.messages.clear();
        self.to_member.messages.clear();
        self.is_cut = true;
        self.has_left = false;
        self.host.is_away = true;
        (self.host.is_giving, self.host.must_tell_live) = (false, false);
        self.arriving = None;
        self.member.cut_off().expect("what had come was understood");
        self.collect(model);
    }

    /// It is connected again.
    pub fn come_back(&mut self, model: &Model) {
        self.is_cut = false;
        self.member.resume();
        self.collect(model);
    }
}
