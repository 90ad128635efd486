//! What must hold of a member after every step.

use std::fmt;

use ipos::{
    PeerId,
    simulation::{Object, View},
};

use super::Seat;
use crate::session::{model::Model, proposals::Known, values::Plain};

/// What is said of an object, with who has it.
struct At<'a>(&'a str, PeerId);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of {}", self.0, self.1)
    }
}

impl Seat {
    /// This member shows, under each key, what was confirmed with its own pending commits on top.
    pub fn check(&mut self, model: &Model) {
        self.shadow.hear(self.member.take_noticed());
        let mut shown = self.member.keys();
        shown.retain(|key| self.member.named(key).is_some());
        self.shadow.check_keys(shown.iter());
        for key in self.member.keys() {
            let Some(handle) = self.member.named(&key) else {
                let is_to_come = self.lacking.contains(&key);
                assert!(is_to_come, "{} has its object", At(&key, self.id));
                continue;
            };
            if !self.handles.contains(&handle) {
                self.handles.push(handle.clone());
            }
            self.ears.meet(&handle);
            let marks = handle.marks();
            self.note_applied(marks.0, marks.1);
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
        self.ears
            .check(model, |object| self.untold.contains_key(&object));
    }

    fn check_object(&self, key: &str, view: &View, model: &Model) {
        let at = At(key, self.id);
        assert!(view.is_live, "{at} is under its key");
        let mut expected = self.base(view, model);
        for pending in &view.pending {
            expected.apply(&pending.form);
        }
        let value = Plain::decode(&view.schema, &view.value);
        assert_eq!(
            value, expected,
            "1, 2, 3, 8: {at} is what is confirmed with the pending commits on top"
        );
        if view.object.is_orphan() {
            let handle = self.member.named(key).expect("it was just seen");
            let pending = view.pending.iter().map(|pending| pending.ticket);
            let waiting = self.proposals.waiting_in(&handle);
            return assert!(pending.eq(waiting), "2, 8: what is pending in {at}");
        }
        let pending = view.pending.iter().map(|pending| pending.number);
        let pending: Vec<_> = pending.collect();
        let open = self.proposals.commits(view.object);
        assert!(
            pending == open || self.refused.contains(&view.object),
            "2, 8: what is pending in {at} is what has no verdict: {pending:?}, {open:?}",
        );
        if model.keeps_meaning(view.object)
            && !model.was_gone(view.object, view.seq)
            && let Some(fault) = value.fault()
        {
            panic!("7: {fault}: {at}");
        }
    }

    /// What is confirmed of an object, as far as it shows.
    pub(in crate::session) fn base(&self, view: &View, model: &Model) -> Plain {
        let own = self.created.get(&view.object);
        let mut base = match own.or_else(|| self.orphans.get(&view.object)) {
            Some(base) => base.clone(),
            // What has ended may be told to have accepted what came too late.
            None if model.was_gone(view.object, view.seq) => model.latest(view.object).1.clone(),
            None => model.value_at(view.object, view.seq).clone(),
        };
        for form in self.untold.get(&view.object).into_iter().flatten() {
            base.apply(form);
        }
        base
    }

    /// Who waits for a verdict is told the one that there was.
    pub(in crate::session) fn check_verdicts(&self) {
        for known in &self.proposals.verdicts {
            // When its creation was refused, an object waits for the one that the host has.
            if !self.refused.contains(&known.object) {
                self.check_verdict(known);
            }
        }
    }

    fn check_verdict(&self, known: &Known) {
        let told = known.handle.verdict(known.ticket);
        let is_told = match (&told, &known.verdict) {
            (Some(Err(told)), Err(Some(reason))) => told.starts_with(reason),
            (Some(told), verdict) => told.is_ok() == verdict.is_ok(),
            (None, _) => false,
        };
        assert!(
            is_told,
            "8: the verdict on {} was {:?}, and {told:?} is told",
            At(known.handle.key(), self.id),
            known.verdict,
        );
    }

    /// What was confirmed to this member, as far as it shows.
    pub fn confirmed(&self) -> Vec<(Object, u64)> {
        let keys = self.member.keys().into_iter();
        let handles = keys.filter_map(|key| self.member.named(&key));
        let marks = handles.map(|handle| handle.marks());
        let known = marks.filter(|(object, ..)| !object.is_orphan());
        let known = known.filter(|(object, ..)| !self.created.contains_key(object));
        known.map(|(object, seq, _)| (object, seq)).collect()
    }

    /// Whether a change of an object, and all before it, was applied here.
    pub fn has_applied(&self, object: Object, seq: u64, model: &Model) -> bool {
        let applied = self.applied.get(&object);
        applied.is_some_and(|&applied| applied >= seq) || !model.is_there(object)
    }

    /// With nothing on its way, this member is as the host.
    pub fn check_at_rest(&self, model: &Model) {
        assert!(self.member.is_live(), "who joins comes to be in sync");
        assert!(
            self.proposals.are_settled() && self.member.is_settled(),
            "8: every proposal of {} has its verdict",
            self.id
        );
        let created = self.created.keys();
        let unsettled = created.filter(|object| !self.refused.contains(object));
        assert_eq!(unsettled.count(), 0, "8: every creation has its verdict");
        assert!(self.lacking.is_empty(), "8: {:?} follow", self.lacking);
        self.known
            .iter()
            .for_each(|known| self.check_verdict(known));
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
            assert_eq!(view.pending, [], "8: {at} has nothing pending");
            assert_eq!(view.seq, seq, "1: {at} is at the last change");
            assert_eq!(&value, expected, "1: {at} is as the host's");
        }
    }
}
