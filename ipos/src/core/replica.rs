//! One process's copy of one object.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::{
    ObjectId, Parcel, PeerId, Seq, State, Typed, Untyped,
    commit::{self, Applied},
    tail::{Bridge, Carried, Tail},
    transform::Commit,
};
use crate::{
    Shared,
    breaks::{Break, broken},
    recorder::{Recorder, UndoLog},
    schema::Schema,
    wire::DecodeError,
};

/// One process's copy of an object: the confirmed value with this process's pending commits on top.
///
/// Invariants:
/// 1. Undoing all pending commits, the youngest first, gives the confirmed value at `seq`.
/// 2. The host's replica has no pending commits.
/// 3. The recorder is empty unless a commit is open.
#[derive(Debug)]
pub(crate) struct Replica {
    id: ObjectId,
    state: Box<dyn State>,
    life: Life,
    seq: Seq,
    /// Counts what readers can see change, in this process.
    version: u64,
    pending: VecDeque<Pending>,
    recorder: Recorder,
    /// On the host: the last commits, and how far its members have heard of them.
    tail: Tail,
    bridges: BTreeMap<PeerId, Bridge>,
    /// On a member: how many commits were made here.
    tickets: u64,
    /// The value may nest too deep for a peer to read.
    is_recursive: bool,
    /// The value may hold more elements without bytes than a peer reads.
    has_empty_elements: bool,
}

/// Whether an object can still be written.
#[derive(Clone, Debug)]
pub(crate) enum Life {
    Live,
    /// It was deleted.
    Deleted,
    /// Its key was given to an object of another type.
    Replaced(Arc<Schema>),
}

/// What became of a member's commit.
#[derive(Debug)]
pub(crate) enum Proposed {
    /// It was applied as it was proposed.
    Same,
    /// It was applied as these patches.
    Amended(Vec<u8>),
    /// It was not applied: its member has to carry it over itself.
    Stale,
}

/// A commit that was made here and is not confirmed.
#[derive(Debug)]
struct Pending {
    /// Counts the commits that were made here.
    ticket: u64,
    /// The number that it was proposed by last.
    number: u64,
    /// What was proposed.
    sent: Vec<u8>,
    /// What that is by now, moved over what came in since; `None` as long as it is the same.
    moved: Option<Vec<u8>>,
    /// What of the form could be done on the state as it is now, if that is not all.
    done: Applied,
    undo: UndoLog,
}

impl Pending {
    /// What it is by now.
    fn form(&self) -> &[u8] {
        self.moved.as_ref().unwrap_or(&self.sent)
    }

    fn done(&self) -> &[u8] {
        match &self.done {
            Applied::Whole => self.form(),
            Applied::Rest(rest) => rest,
        }
    }
}

impl Replica {
    pub(crate) fn new(id: ObjectId, seq: Seq, state: Box<dyn State>) -> Self {
        Self {
            id,
            is_recursive: state.schema().is_recursive(),
            has_empty_elements: state.schema().has_empty_elements(),
            state,
            life: Life::Live,
            seq,
            version: 0,
            pending: VecDeque::new(),
            recorder: Recorder::default(),
            tail: Tail::default(),
            bridges: BTreeMap::new(),
            tickets: 0,
        }
    }

    pub(crate) fn id(&self) -> ObjectId {
        self.id
    }

    /// Where in the session's order the last confirmed change of this object stands.
    pub(crate) fn seq(&self) -> Seq {
        self.seq
    }

    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    pub(crate) fn life(&self) -> &Life {
        &self.life
    }

    pub(crate) fn state(&self) -> &dyn State {
        &*self.state
    }

    /// The value and the recorder of the open commit.
    pub(crate) fn parts(&mut self) -> (&mut dyn State, &mut Recorder) {
        (&mut *self.state, &mut self.recorder)
    }

    /// Whether the object could take on a value of another object of its key.
    pub(crate) fn fits(&self, schema: &Schema) -> bool {
        **self.state.schema() == *schema
    }

    /// Whether the value is held by its schema alone.
    pub(crate) fn is_untyped(&self) -> bool {
        self.state.as_any().is::<Untyped>()
    }

    /// Holds the value by the Rust type `T`, whose form it has, instead of by its schema. `false`
    /// when it is held by another Rust type.
    pub(crate) fn retype<T: Shared>(&mut self) -> bool {
        debug_assert!(
            self.fits(&crate::schema::schema_of::<T>()),
            "the caller has asked"
        );
        if self.state.as_any().is::<Untyped>() {
            let mut bytes = Vec::new();
            self.state.encode(&mut bytes);
            let typed = Typed::<T>::from_bytes(&bytes, self.state.schema().clone());
            // Both forms have the same bytes and the same bounds.
            let Ok(typed) = typed else { return false };
            self.state = Box::new(typed);
        }
        self.state.as_any().is::<Typed<T>>()
    }

    /// The patches of the open commit.
    pub(crate) fn recorded(&self) -> &[u8] {
        self.recorder.patches()
    }

    /// Whether other processes will read what the open commit makes of the value. Only types that
    /// can go beyond the bounds are looked at.
    pub(crate) fn check_recorded(&self) -> Result<(), DecodeError> {
        if self.is_recursive {
            self.state.schema().check_patches(self.recorded())?;
        }
        self.check_elements()
    }

    fn check_elements(&self) -> Result<(), DecodeError> {
        if !self.has_empty_elements {
            return Ok(());
        }
        let mut value = Vec::new();
        self.state.encode(&mut value);
        self.state.schema().check(&value)
    }

    /// Drops the open commit's changes.
    pub(crate) fn rollback(&mut self) {
        commit::undo(&mut *self.state, &self.recorder.undo);
        self.recorder.clear();
    }

    // On the host:

    /// Makes the open commit a confirmed one. It is remembered when there may be members that have
    /// not heard of it when they write.
    pub(crate) fn commit_confirmed(&mut self, seq: Seq, remember: bool) {
        if remember {
            self.tail.push(seq, PeerId::HOST, &self.recorder.patches);
        }
        self.recorder.clear();
        self.seq = seq;
        self.version += 1;
    }

    /// Applies a member's commit, moved over what the member had not heard of, and without what has
    /// lost its object. [`confirm_proposal`](Self::confirm_proposal) is to follow unless it is stale.
    pub(crate) fn apply_proposal(
        &mut self,
        from: PeerId,
        base: Seq,
        anew: bool,
        patches: &[u8],
    ) -> Result<Proposed, DecodeError> {
        let (bridge, base) = (self.bridges.entry(from).or_default(), base.min(self.seq));
        let schema = self.state.schema();
        let moved = match bridge.carry(schema, &self.tail, from, base, anew, patches)? {
            Carried::Same => None,
            Carried::Moved(moved) => Some(moved),
            Carried::Stale => return Ok(Proposed::Stale),
        };
        let form = moved.as_deref().unwrap_or(patches);
        let mut applied = commit::apply(&mut *self.state, form, &mut self.recorder.undo)?;
        if self.check_elements().is_err() {
            // Nobody could join any more.
            commit::undo(&mut *self.state, &self.recorder.undo);
            applied = Applied::Rest(Vec::new());
        }
        self.recorder.clear();
        Ok(match (applied, moved) {
            (Applied::Whole, None) => Proposed::Same,
            (Applied::Whole, Some(moved)) => Proposed::Amended(moved),
            (Applied::Rest(rest), _) => Proposed::Amended(rest),
        })
    }

    /// Gives a member's commit, which was just applied as `patches`, its place.
    pub(crate) fn confirm_proposal(&mut self, from: PeerId, seq: Seq, patches: &[u8]) {
        self.tail.push(seq, from, patches);
        self.bridges.entry(from).or_default().ordered(seq);
        self.seq = seq;
        self.version += 1;
    }

    /// Remembers so much of the object's past from now on.
    #[cfg(feature = "simulation")]
    pub(crate) fn limit(&mut self, memory: super::Memory) {
        self.tail.limit(memory);
    }

    /// Forgets how far a member has heard.
    pub(crate) fn forget_member(&mut self, peer: PeerId) {
        self.bridges.remove(&peer);
    }

    // On a member:

    /// Makes the open commit a pending one, under the number that it is proposed by.
    pub(crate) fn commit_pending(&mut self, number: u64) {
        self.tickets += 1;
        self.pending.push_back(Pending {
            ticket: self.tickets,
            number,
            sent: self.recorder.patches.clone(),
            moved: None,
            done: Applied::Whole,
            undo: std::mem::take(&mut self.recorder.undo),
        });
        self.recorder.clear();
        self.version += 1;
    }

    /// Counts the commits that were made here, up to the youngest that is not confirmed.
    pub(crate) fn last_pending(&self) -> Option<u64> {
        self.pending.back().map(|pending| pending.ticket)
    }

    /// Counts the commits that were made here, up to the oldest that is not confirmed.
    pub(crate) fn first_pending(&self) -> Option<u64> {
        self.pending.front().map(|pending| pending.ticket)
    }

    /// The pending commits: their numbers, and what they are by now.
    #[cfg(feature = "simulation")]
    pub(crate) fn pending_forms(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let pending = self.pending.iter();
        pending.map(|pending| (pending.number, pending.form()))
    }

    /// Applies a commit that another process made and the host has confirmed: below the pending
    /// ones. If it touches what they do, they are undone, moved over it and done again.
    ///
    /// # Errors
    ///
    /// When it does not apply, which no commit of an honest host does.
    pub(crate) fn apply_confirmed(&mut self, seq: Seq, patches: &[u8]) -> Result<(), DecodeError> {
        match self.moved_over(patches)? {
            None => self.apply_exactly(patches)?,
            Some(forms) => {
                let forms = forms.into_iter().filter(|_| !broken(Break::StayPut));
                self.undo_pending();
                let result = self.apply_exactly(patches);
                for (pending, form) in self.pending.iter_mut().zip(forms) {
                    pending.moved = Some(form);
                }
                self.redo_pending();
                result?;
            }
        }
        if seq % 7 == 0 && broken(Break::Duplicate) {
            self.apply_exactly(patches)?;
        }
        self.seq = seq;
        self.version += 1;
        Ok(())
    }

    /// What the pending commits are after a confirmed one; `None` when it touches none of them.
    fn moved_over(&self, patches: &[u8]) -> Result<Option<Vec<Vec<u8>>>, DecodeError> {
        if self.pending.is_empty() {
            return Ok(None);
        }
        let schema = self.state.schema();
        let mut theirs = Commit::parse(schema, patches)?;
        let forms = self.pending.iter().map(Pending::form);
        let own: Vec<_> = forms.map(|form| Commit::parse_own(schema, form)).collect();
        if own.iter().all(|own| own.is_apart_from(&theirs)) {
            return Ok(None);
        }
        let mut moved = Vec::with_capacity(own.len());
        for (own, pending) in own.into_iter().zip(&self.pending) {
            let (over, under) = own.cross(theirs);
            moved.push(over.write(pending.form()));
            theirs = under;
        }
        Ok(Some(moved))
    }

    /// The host has not remembered the state that a pending commit was made on. Gives what to propose
    /// in place of it and of all behind it, in the forms that they have by now; `number` is asked for
    /// the numbers. Nothing when that was done already.
    pub(crate) fn propose_again(
        &mut self,
        stale: u64,
        mut propose: impl FnMut(ObjectId, Seq, bool, &[u8]) -> u64,
    ) {
        if self
            .pending
            .front()
            .is_none_or(|oldest| oldest.number != stale)
        {
            return;
        }
        for (i, pending) in self.pending.iter_mut().enumerate() {
            pending.number = propose(self.id, self.seq, i == 0, pending.form());
            if let Some(moved) = pending.moved.take() {
                pending.sent = moved;
            }
        }
    }

    /// The host has confirmed the oldest pending commit: as it was proposed, or as `amended`.
    ///
    /// `false` when `number` is not that commit, which then belongs to an earlier object of this
    /// key.
    ///
    /// # Errors
    ///
    /// When the amended form does not apply, which no form of an honest host does.
    pub(crate) fn confirm_own(
        &mut self,
        seq: Seq,
        number: u64,
        amended: Option<&[u8]>,
    ) -> Result<bool, DecodeError> {
        let Some(oldest) = self
            .pending
            .front()
            .filter(|oldest| oldest.number == number)
        else {
            return Ok(false);
        };
        if amended.unwrap_or(&oldest.sent) == oldest.done() {
            self.pending.pop_front();
        } else {
            self.undo_pending();
            let own = self.pending.pop_front().expect("the oldest was just seen");
            let result = self.apply_exactly(amended.unwrap_or(&own.sent));
            self.redo_pending();
            result?;
            self.version += 1;
        }
        if !broken(Break::ForgetOwnSeq) {
            self.seq = seq;
        }
        Ok(true)
    }

    /// Whether a new object of the same key, with the value `state`, can be held here: it has the
    /// same form, and handles to it need not change their Rust type.
    pub(crate) fn takes(&self, state: &dyn State) -> bool {
        self.fits(state.schema())
            && (state.as_any().type_id() == self.state.as_any().type_id()
                || state.as_any().is::<Untyped>()
                || self.state.as_any().is::<Untyped>())
    }

    /// Holds a new object of the same key, whose value is `state`, and the same in bytes in
    /// `parcel`. Commits that were pending belong to the old one.
    ///
    /// # Errors
    ///
    /// When the value cannot be read; then nothing is changed.
    pub(crate) fn rebind(
        &mut self,
        parcel: &Parcel,
        state: Box<dyn State>,
    ) -> Result<(), DecodeError> {
        debug_assert!(self.takes(&*state), "the caller has asked");
        if state.as_any().is::<Untyped>() {
            self.state.reset(&parcel.value)?;
        } else {
            self.state = state;
        }
        self.pending.clear();
        (self.tail, self.bridges) = Default::default();
        self.id = parcel.object;
        self.seq = parcel.at;
        self.version += 1;
        Ok(())
    }

    /// Notes where in the order the object's creation was confirmed.
    pub(crate) fn confirm_created(&mut self, seq: Seq) {
        self.seq = seq;
    }

    /// Ends the object's life; its last state stays readable.
    pub(crate) fn end(&mut self, life: Life) {
        self.life = life;
        self.pending.clear();
        (self.tail, self.bridges) = Default::default();
        self.version += 1;
    }

    fn undo_pending(&mut self) {
        let last = self.pending.len();
        for i in 0..last {
            let at = if broken(Break::UndoForwards) {
                i
            } else {
                last - 1 - i
            };
            let pending = &mut self.pending[at];
            if !broken(Break::SkipUndo) {
                commit::undo(&mut *self.state, &pending.undo);
            }
            pending.undo.clear();
        }
    }

    fn redo_pending(&mut self) {
        for pending in &mut self.pending {
            if broken(Break::SkipRedo) {
                continue;
            }
            let form = pending.moved.as_ref().unwrap_or(&pending.sent);
            pending.done = commit::redo(&mut *self.state, form, &mut pending.undo);
        }
    }

    /// Applies a confirmed commit in the form in which the host applied it.
    fn apply_exactly(&mut self, patches: &[u8]) -> Result<(), DecodeError> {
        let applied = commit::apply(&mut *self.state, patches, &mut self.recorder.undo)?;
        self.recorder.clear();
        match applied {
            Applied::Whole => Ok(()),
            Applied::Rest(rest) => Err(DecodeError {
                at: rest.len(),
                problem: crate::wire::Problem::OutOfStep,
            }),
        }
    }
}
