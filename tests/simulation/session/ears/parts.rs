//! Who listens to a part of an object: a copy of the part, made of nothing but what is told of it.

use std::fmt::Debug;

use ipos::{
    __private::Reader,
    Change, Patch, PeerId, Shared, Subscription,
    simulation::{Handle, Me, View},
};

use super::super::{
    deep::{Deep, DeepPatch},
    model::Confirmed,
};

/// What a step has done to an object.
pub struct Step<'a> {
    pub me: PeerId,
    pub view: &'a View,
    pub value: &'a Deep,
    /// What was told of the whole, if that was one thing: its place, by whom, and the commit that has the place.
    pub only: Option<(u64, PeerId, Option<&'a Confirmed>)>,
}

/// One who listens to a part, with a copy.
pub trait Listens {
    /// The copy is as the part, and what was told is about the part.
    fn check(&mut self, step: &Step<'_>);
    /// Nothing was told.
    fn check_silence(&self);
}

struct Part<P: Shared> {
    told: Subscription<Change<P>>,
    copy: P,
    part: fn(&Deep) -> &P,
    is_of_part: fn(&DeepPatch) -> bool,
    /// What was pending of it.
    pending: Vec<u8>,
}

/// Listeners to parts of an object, from now on.
pub fn listen(handle: &Handle, me: &Me) -> Vec<Box<dyn Listens>> {
    let rows = |patch: &DeepPatch| matches!(patch, DeepPatch::Rows(_));
    let log = |patch: &DeepPatch| matches!(patch, DeepPatch::Log(_));
    vec![
        Part::begin(handle, me, |deep: &Deep| &deep.rows, rows),
        Part::begin(handle, me, |deep: &Deep| &deep.log, log),
    ]
}

impl<P: Shared + PartialEq + Debug> Part<P> {
    fn begin(
        handle: &Handle,
        me: &Me,
        part: fn(&Deep) -> &P,
        is_of_part: fn(&DeepPatch) -> bool,
    ) -> Box<dyn Listens> {
        let told = handle.hear_part(me, part);
        let copy = told.snapshot();
        let mut begun = Self {
            told,
            copy,
            part,
            is_of_part,
            pending: Vec::new(),
        };
        begun.pending = begun.pending(&handle.view());
        Box::new(begun)
    }

    /// What is pending of the part.
    fn pending(&self, view: &View) -> Vec<u8> {
        let forms = view.pending.iter();
        forms.flat_map(|own| self.of_part(&own.form)).collect()
    }

    /// The patches of the part.
    fn of_part(&self, mut patches: &[u8]) -> Vec<u8> {
        let mut of_part = Vec::new();
        while !patches.is_empty() {
            let mut reader = Reader::new(patches);
            let patch = DeepPatch::decode(&mut reader).expect("1: a commit can be read");
            let (read, rest) = patches.split_at(reader.position());
            if (self.is_of_part)(&patch) {
                of_part.extend_from_slice(read);
            }
            patches = rest;
        }
        of_part
    }
}

impl<P: Shared + PartialEq + Debug> Listens for Part<P> {
    fn check(&mut self, step: &Step<'_>) {
        let after = self.pending(step.view);
        let before = std::mem::replace(&mut self.pending, after);
        let mut places = Vec::new();
        let mut is_other = false;
        while let Some(change) = self.told.try_next() {
            let is_applied = change.apply_to(&mut self.copy);
            match change {
                Change::Patched {
                    seq,
                    origin,
                    patches,
                } => {
                    assert!(is_applied, "3: a part's copy was as the part: {patches:?}");
                    assert!(!patches.is_empty(), "3: what is told of a part changes it");
                    places.push((seq, origin.peer()));
                }
                Change::Reset { .. } => {
                    is_other = true;
                    self.copy = self.told.snapshot();
                }
                Change::Deleted => is_other = true,
            }
        }
        assert_eq!(
            &self.copy,
            (self.part)(step.value),
            "3: a part is as a copy that has heard {places:?}"
        );
        let Some((seq, from, commit)) = step.only.filter(|_| !is_other) else {
            return;
        };
        // What the host makes of an own commit is a change only where it was another one.
        let is_own = commit.is_none_or(|commit| commit.origin == step.me);
        let commit = commit.map_or_else(Vec::new, |commit| self.of_part(&commit.patches));
        let is_same = before == [&commit[..], &self.pending].concat();
        let is_silent = is_same && (is_own || commit.is_empty());
        // What others have done to the part may be so already, by what is pending.
        let is_told = places == [(seq, from)] && !is_silent;
        assert!(
            is_told || places.is_empty(),
            "3: a part is told {places:?} of {seq}"
        );
    }

    fn check_silence(&self) {
        let told = self.told.try_next();
        assert!(told.is_none(), "3: a part is told {told:?} alone");
    }
}
