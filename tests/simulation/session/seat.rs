//! A member with its link: what it does, and what it is told.

mod checks;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ipos::{
    PeerId,
    simulation::{Asked, Handle, Member, Object, Told, View, Written},
};

use super::{
    counts::Counts,
    deep::Focus,
    ears::{Due, Ears},
    model::Model,
    proposals::{Commit, Known, Proposal, Proposals, Verdict},
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
    has_left: bool,
    pub proposals: Proposals,
    /// Verdicts that were told.
    known: Vec<Known>,
    /// What was created here, until the host tells when, or what it has instead.
    created: BTreeMap<Object, Plain>,
    /// Objects that were created here and refused.
    refused: BTreeSet<Object>,
    /// Keys under which the host has an object that it has not told since it refused something.
    pub lacking: BTreeSet<String>,
    /// All objects are being given anew.
    is_renewing: bool,
    /// The object that arrives: its key, its place, and how much of it is still to come.
    arriving: Option<(Object, String, u64, u64)>,
    /// Commits that are confirmed in a way that is not told, until their objects are.
    untold: BTreeMap<Object, Vec<Vec<u8>>>,
    /// Up to where it has applied each object, or need not, as what it has done comes later.
    applied: BTreeMap<Object, u64>,
    /// All handles that a program could have.
    handles: Vec<Handle>,
    /// Who listens.
    pub ears: Ears,
    /// What was checked last under each key.
    checked: BTreeMap<String, (Object, u64, u64)>,
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
            checked: BTreeMap::new(),
            shadow: Shadow::default(),
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
        let mut expected = before.clone();
        if let Written::Committed(object, patches) = written {
            if edits.focus == Focus::Wholes {
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
            let number = self.proposals.add(Proposal::Commit(Commit {
                object,
                handle: self.member.named(key).expect("it was just seen"),
                ticket: pending.ticket,
                whole: edits.whole,
                touched: before.touched_in(&after),
                removed,
                is_exact: edits.focus == Focus::Takes,
                sent: None,
            }));
            assert_eq!(
                pending.number, number,
                "8: proposals are numbered without a gap"
            );
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
        self.member.cut_off();
        self.collect(model);
    }

    /// It is connected again.
    pub fn come_back(&mut self, model: &Model) {
        self.is_cut = false;
        self.member.resume();
        self.collect(model);
    }

    /// Takes a message of the host, when there may be `more`.
    pub fn take(&mut self, message: &[u8], more: bool, model: &mut Model, counts: &mut Counts) {
        let told = Told::read(message).expect("5: the host writes what can be read");
        let mut stale = None;
        let due = self.due(&told);
        let is_exact = !self.is_renewing;
        match &told {
            &Told::Accepted { seq, number } => {
                self.keep_untold(seq, number, model);
                self.settle((seq, number), Verdict::Accepted, model);
            }
            Told::Amended {
                seq,
                number,
                patches,
            } => {
                counts.amended += 1;
                self.settle((*seq, *number), Verdict::Amended(patches), model);
            }
            Told::Acted {
                seq,
                number,
                patches,
                ..
            } => {
                counts.acted += 1;
                self.keep_untold(*seq, *number, model);
                let patches = patches.as_deref();
                self.settle((*seq, *number), Verdict::Acted(patches), model);
            }
            Told::Rejected {
                seq,
                number,
                reason,
            }
            | Told::Failed {
                seq,
                number,
                reason,
                ..
            } => {
                counts.refusals_heard += 1;
                self.settle((*seq, *number), Verdict::Rejected(reason), model);
            }
            &Told::Stale { number } => {
                counts.stale += 1;
                stale = Some((number, self.pending_with(number)));
            }
            &Told::Resumed { taken, anew } => {
                self.proposals.arrived(taken);
                self.is_renewing = anew;
                match anew {
                    true => counts.resyncs_anew += 1,
                    false => counts.resyncs_by_log += 1,
                }
            }
            Told::Live { .. } => {
                if self.is_renewing {
                    self.lacking.clear();
                }
                self.is_renewing = false;
                self.untold.clear();
            }
            Told::Resync => self.arriving = None,
            Told::Object {
                seq,
                object,
                key,
                length,
                ..
            } => {
                self.arriving = Some((*object, key.clone(), *seq, *length));
                self.arrive(0, model);
            }
            Told::Chunk(bytes) => self.arrive(bytes.len() as u64, model),
            &Told::Commit { seq, object, .. } if self.is_hidden(object, model) => {
                self.note_applied(object, seq);
            }
            Told::Deleted { key, .. } => drop(self.lacking.remove(key)),
            _ => {}
        }
        let received = match more {
            true => self.member.gather(message),
            false => self.member.receive(message),
        };
        received.unwrap_or_else(|error| panic!("5: {} does not take a message: {error}", self.id));
        if let Some((number, pending)) = stale {
            self.renew(number, pending, model);
        }
        self.check_verdicts();
        self.known.append(&mut self.proposals.verdicts);
        self.collect(model);
        if let Some(due) = due {
            self.ears.check_verdict(&due, is_exact);
        }
    }

    /// The verdict that a message says.
    fn due(&self, told: &Told) -> Option<Due> {
        let (number, verdict) = match told {
            &Told::Accepted { seq, number } | &Told::Amended { seq, number, .. } => {
                (number, Ok(seq))
            }
            Told::Rejected { number, reason, .. } => (*number, Err(reason.clone())),
            _ => return None,
        };
        let (handle, view) = self.pending_with(number)?;
        if self.refused.contains(&view.object) {
            // It waits for the object that the host has, and what is pending with it.
            return None;
        }
        let mut pending = view.pending.into_iter();
        let pending = pending.find(|pending| pending.number == number)?;
        Some((handle, pending.ticket, verdict))
    }

    /// Is done with what it has taken.
    pub fn rest(&mut self, model: &Model) {
        let rested = self.member.rest();
        rested.unwrap_or_else(|error| panic!("5: {} does not take it: {error}", self.id));
        self.collect(model);
    }

    /// The object that is held here with a pending commit of this number.
    fn pending_with(&self, number: u64) -> Option<(Handle, View)> {
        let keys = self.member.keys().into_iter();
        let mut handles = keys.filter_map(|key| self.member.named(&key));
        handles.find_map(|handle| {
            let view = handle.view();
            let has = view.pending.iter().any(|pending| pending.number == number);
            has.then_some((handle, view))
        })
    }

    /// A commit is stale: with those that were made after it, it is proposed again.
    fn renew(&mut self, stale: u64, pending: Option<(Handle, View)>, model: &mut Model) {
        let again = pending.map(|(handle, before)| {
            let now = handle.view().pending;
            let again = before.pending.iter().map(|old| {
                let mut now = now.iter();
                let new = now.find(|new| new.ticket == old.ticket);
                let new = new.expect("8: what is stale is pending");
                (old.number, new.number)
            });
            again.collect()
        });
        self.proposals.renew(self.id, stale, again, model);
    }

    /// While all objects are given anew it is not told how a commit was amended. It is shown as it was
    /// until its object is given. What came too late for an object is shown until the next one is given.
    fn keep_untold(&mut self, seq: u64, number: u64, model: &Model) {
        let Some((_, view)) = self.pending_with(number) else {
            return;
        };
        if self.is_renewing || model.was_gone(view.object, seq) {
            let form = view.pending.into_iter().next();
            let form = form.expect("it is pending").form;
            self.untold.entry(view.object).or_default().push(form);
        }
    }

    /// More of an object arrives.
    fn arrive(&mut self, bytes: u64, model: &mut Model) {
        let Some((.., missing)) = &mut self.arriving else {
            return;
        };
        *missing -= bytes;
        if *missing > 0 {
            return;
        }
        let Some((object, key, seq, _)) = self.arriving.take() else {
            unreachable!("it was just seen");
        };
        self.lacking.remove(&key);
        if self.proposals.hide(&key) {
            self.note_applied(object, seq);
        }
        self.untold.remove(&object);
        let held = self.member.named(&key).map(|handle| handle.view());
        let held = held.filter(|held| held.object == object && !held.pending.is_empty());
        // What is pending is done again on the new value as it is.
        if held.is_some_and(|held| model.was_changed(object, (held.seq, seq), self.id)) {
            model.lose_meaning(object);
        }
    }

    /// The verdict is on the oldest proposal, and is what everybody heard.
    fn settle(&mut self, place: (u64, u64), verdict: Verdict<'_>, model: &mut Model) {
        let untold = self.is_renewing;
        let settled = self
            .proposals
            .settle(self.id, place, verdict, untold, model);
        if let Proposal::Commit(Commit { object, .. }) | Proposal::Create { object, .. } = &settled
        {
            self.note_applied(*object, place.0);
        }
        match (settled, verdict) {
            (Proposal::Create { object, key }, Verdict::Rejected(_)) => {
                self.refused.insert(object);
                self.lack(place, key, model);
            }
            (Proposal::Create { object, key }, _) => {
                self.created.remove(&object);
                // What the host had before need not follow.
                self.lacking.remove(&key);
            }
            (Proposal::Delete { key }, Verdict::Rejected(_)) => self.lack(place, key, model),
            (Proposal::Delete { key }, _) => drop(self.lacking.remove(&key)),
            _ => {}
        }
    }

    fn note_applied(&mut self, object: Object, seq: u64) {
        let applied = self.applied.entry(object).or_default();
        *applied = seq.max(*applied);
    }

    /// Whether something was done here with the key of an object that comes later.
    fn is_hidden(&self, object: Object, model: &Model) -> bool {
        self.proposals.hide(model.key(object))
    }

    /// What was done with a key was refused.
    fn lack(&mut self, (seq, _): (u64, u64), key: String, model: &Model) {
        let refusal = model.refusal_at(seq);
        if refusal.is_some_and(|refusal| refusal.follows) {
            self.lacking.insert(key);
        }
    }

    /// Takes what the member has posted to its link.
    pub fn collect(&mut self, model: &Model) {
        for message in self.member.take_outgoing() {
            match Asked::read(&message).expect("5: members write what can be read") {
                Asked::Commit {
                    number, patches, ..
                } => self.proposals.tell(number, Some(patches)),
                Asked::Create { number, .. } | Asked::Delete { number, .. } => {
                    self.proposals.tell(number, None);
                }
                _ => {}
            }
            if !self.is_cut {
                self.to_host.push(message);
            }
        }
        self.check(model);
    }
}
