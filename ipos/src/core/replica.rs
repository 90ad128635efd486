//! One process's copy of one object.

mod acts;
mod host;
mod orphan;
mod pending;
mod telling;
mod typing;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::Arc,
};

pub(crate) use acts::{Acted, Draft};
pub(crate) use host::{Outcome, unreadable};
pub(crate) use pending::Spare;
use pending::{Lent, Pending, Window};
use telling::Refusals;

use super::{
    ObjectId, Parcel, PeerId, Seq, State, Untyped,
    audience::{Audience, Hall, Told},
    commit,
    guarded::Guarded,
    judge::Judge,
    tail::{Bridge, Tail},
};
use crate::{recorder::Recorder, schema::Schema, wire::DecodeError};

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
    /// What was taken in since somebody asked.
    work: Work,
    recorder: Recorder,
    form: Form,
    audience: Hall,

    // On the host:
    /// The last commits, and how far the members have heard of them.
    tail: Tail,
    bridges: BTreeMap<PeerId, Bridge>,
    judge: Option<Box<dyn Judge>>,

    // On a member:
    pending: VecDeque<Pending>,
    buffers: Lent,
    /// How many there may be.
    window: Window,
    /// What the next commit is made on: the last commit or refusal that was heard of.
    base: Seq,
    /// How many commits were made here.
    tickets: u64,
    refusals: Refusals,
    /// The host has told that only it may put another object in place of this one, or delete it.
    is_reserved: bool,
    /// No host is known to have it.
    is_orphan: bool,
}

/// What an object has taken in of what other processes have made.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Work {
    pub(crate) commits: u64,
    /// The single changes in them.
    pub(crate) patches: u64,
    /// How often pending commits were undone and done again; on the host, how many proposals were moved.
    pub(crate) rebases: u64,
}

/// What is to be known of the form of an object's values.
#[derive(Debug)]
struct Form {
    /// The value may nest too deep for a peer to read.
    is_recursive: bool,
    /// The value may hold more elements without bytes than a peer reads.
    has_empty_elements: bool,
    /// Something may happen in the value that leaves nothing behind.
    has_events: bool,
    /// What is for the host alone to write.
    guarded: Option<Guarded>,
}

/// Whether an object can still be written.
#[derive(Clone, Debug)]
pub(crate) enum Life {
    Live,
    /// It was deleted.
    Deleted,
    /// Its key was given to an object of another type.
    Replaced(Arc<Schema>, Maker),
    /// Its value became one that the Rust type refuses, for this reason: the object goes on without it.
    Unreadable(DecodeError),
}

/// Who has made an object, as this process says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Maker {
    /// This process.
    Me,
    Other(PeerId),
}

impl Maker {
    /// Of an object, to the process `me`.
    pub(crate) fn of(object: ObjectId, me: PeerId) -> Self {
        if object.creator == me {
            Self::Me
        } else {
            Self::Other(object.creator)
        }
    }
}

impl fmt::Display for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("in this process's object"),
            Self::Other(PeerId::HOST) => f.write_str("at the host"),
            Self::Other(peer) => write!(f, "in {peer}'s object"),
        }
    }
}

impl Replica {
    pub(crate) fn new(id: ObjectId, seq: Seq, state: Box<dyn State>) -> Self {
        let schema = state.schema();
        Self {
            id,
            form: Form {
                is_recursive: schema.is_recursive(),
                has_empty_elements: schema.has_empty_elements(),
                has_events: schema.has_events(),
                guarded: Guarded::of(schema),
            },
            state,
            life: Life::Live,
            seq,
            version: 0,
            work: Work::default(),
            recorder: Recorder::default(),
            audience: Hall::default(),
            tail: Tail::default(),
            bridges: BTreeMap::new(),
            judge: None,
            pending: VecDeque::new(),
            buffers: Lent::default(),
            window: Window::default(),
            base: seq,
            tickets: 0,
            refusals: Refusals::default(),
            is_reserved: false,
            is_orphan: false,
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

    pub(crate) fn is_live(&self) -> bool {
        matches!(self.life, Life::Live)
    }

    /// Tells `audience` from now on what comes to be seen here.
    pub(crate) fn tell_to(&mut self, audience: Arc<dyn Audience>) {
        self.audience = Hall::new(audience);
    }

    pub(crate) fn state(&self) -> &dyn State {
        &*self.state
    }

    /// What was taken in since this was asked last.
    pub(crate) fn take_work(&mut self) -> Work {
        std::mem::take(&mut self.work)
    }

    /// The value and the recorder of the open commit.
    pub(crate) fn parts(&mut self) -> (&mut dyn State, &mut Recorder) {
        (&mut *self.state, &mut self.recorder)
    }

    /// Whether the object could take on a value of another object of its key.
    pub(crate) fn fits(&self, schema: &Schema) -> bool {
        **self.state.schema() == *schema
    }

    /// The patches of the open commit.
    pub(crate) fn recorded(&self) -> &[u8] {
        self.recorder.patches()
    }

    /// How many changes the open commit has.
    pub(crate) fn recorded_patches(&self) -> usize {
        self.recorder.undo().patches().len()
    }

    /// Whether other processes will read what the open commit makes of the value. Only types that
    /// can go beyond the bounds are looked at.
    pub(crate) fn check_recorded(&self) -> Result<(), DecodeError> {
        // What is said stands in the patches alone.
        let says_empty = self.form.has_events && self.form.has_empty_elements;
        if self.form.is_recursive || says_empty {
            self.state.schema().check_patches(self.recorded())?;
        }
        self.check_elements()
    }

    fn check_elements(&self) -> Result<(), DecodeError> {
        if !self.form.has_empty_elements {
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

    /// Whether a new object of the same key, with the value `state`, can be held here: it has the
    /// same form, and handles to it need not change their Rust type.
    pub(crate) fn takes(&self, state: &dyn State) -> bool {
        self.fits(state.schema())
            && (state.as_any().type_id() == self.state.as_any().type_id()
                || state.as_any().is::<Untyped>()
                || self.state.as_any().is::<Untyped>())
    }

    /// Holds the object in `parcel`, whose value is `state` as well: a new one of the same key, or
    /// this one as it is by now, or as another host has it. Commits that were pending belong to the old
    /// one, or are done again on the new value. [`tell_anew`](Self::tell_anew) is to follow.
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
        let goes_on = self.is_orphan || self.id == parcel.object;
        if goes_on {
            self.undo_pending();
            if self.is_orphan || parcel.at > self.seq {
                self.lose_pending();
            }
        }
        let result = if state.as_any().is::<Untyped>() {
            self.state.reset(&parcel.value)
        } else {
            self.state = state;
            Ok(())
        };
        if goes_on {
            self.redo_pending();
        } else if result.is_ok() {
            self.drop_history();
            self.id = parcel.object;
            self.base = 0;
        }
        result?;
        self.adopted(parcel.object);
        self.confirm_created(parcel.at);
        self.version += 1;
        Ok(())
    }

    /// Whether only the host may put another object in place of this one, or delete it.
    pub(crate) fn is_reserved(&self) -> bool {
        self.is_reserved || self.judge.is_some() || self.form.guarded.is_some()
    }

    /// Why an object must not be put in place of `current`, or where nothing is, by a member.
    pub(crate) fn forbids(parcel: &Parcel, current: Option<&Self>) -> Option<String> {
        let key = &parcel.key;
        if current.is_some_and(Self::is_reserved) {
            Some(format!(
                "only the host may put another object in place of `{key}`"
            ))
        } else if Guarded::of(&parcel.schema).is_some() {
            Some(format!(
                "only the host may create `{key}`: its type has a field that is for the host alone to \
                 write"
            ))
        } else {
            None
        }
    }

    /// Why a member must not delete the object, if so.
    pub(crate) fn forbids_delete(&self, key: &str) -> Option<String> {
        self.is_reserved()
            .then(|| format!("only the host may delete `{key}`"))
    }

    /// Notes where in the order the object's creation was confirmed, or its value is as of.
    pub(crate) fn confirm_created(&mut self, seq: Seq) {
        self.seq = seq;
        self.base = self.base.max(seq);
    }

    /// Ends the object's life; its last state stays readable.
    pub(crate) fn end(&mut self, life: Life) {
        self.life = life;
        self.is_orphan = false;
        self.drop_history();
        self.version += 1;
        self.audience.tell(Told::Ended);
    }

    /// Forgets what was pending, remembered and asked of the object that was held here.
    fn drop_history(&mut self) {
        self.drop_all_pending();
        (self.tail, self.bridges, self.judge) = Default::default();
    }
}
