//! The host's part.

use super::{Handle, Memory, Noticed, Written};
use crate::{
    PeerId, Shared,
    core::{
        Exchange, Judge, Notice, Origin, Post, PostValue, Profile, Typed, Validator, Violation,
    },
    cursor::Finish,
    schema::table_of,
    store::{self, HostStore, Outside, Own},
};

/// The host of a session.
#[derive(Debug)]
pub struct Host(HostStore<Posted>);

#[derive(Debug, Default)]
struct Posted {
    messages: Vec<(PeerId, Vec<u8>)>,
    noticed: Vec<Noticed>,
}

impl Post for Posted {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        self.messages.push((to, message.to_vec()));
    }
}

impl PostValue for Posted {
    type Chunks = Vec<Vec<u8>>;

    fn post_value(&mut self, to: PeerId, chunks: Vec<Vec<u8>>) {
        let messages = chunks.into_iter().map(|chunk| (to, chunk));
        self.messages.extend(messages);
    }
}

impl Outside for Posted {
    fn notice(&mut self, notice: Notice<'_>) {
        self.noticed.push(notice.into());
    }
}

/// What a member's message asks of whoever runs the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Nothing more.
    Done,
    /// What it asked for was refused. When that was a key, it is to be given what it is owed.
    Refused {
        /// The key.
        key: String,
        /// Why.
        reason: String,
    },
    /// It was told what it has missed. It is to be given what it is owed, then to be told that it is live.
    Resumed,
    /// It has left.
    Goodbye,
}

impl Host {
    /// A host without members that remembers so much.
    pub fn new(memory: Memory) -> Self {
        Self(HostStore::new(memory.into(), usize::MAX, Posted::default()))
    }

    /// What was posted since it was last asked, in that order.
    pub fn take_outgoing(&mut self) -> Vec<(PeerId, Vec<u8>)> {
        std::mem::take(&mut self.0.table().post.messages)
    }

    /// What its process was told since it was last asked, in that order.
    pub fn take_noticed(&mut self) -> Vec<Noticed> {
        std::mem::take(&mut self.0.table().post.noticed)
    }

    /// The keys of all objects.
    pub fn keys(&self) -> Vec<String> {
        self.0.keys()
    }

    /// The object under a key.
    pub fn named(&self, key: &str) -> Option<Handle> {
        self.0.named(key).map(Handle)
    }

    /// Lets a member in; see [`give_next`](Self::give_next).
    pub fn admit(&mut self) -> PeerId {
        self.0.with(|sequencer, post| {
            let peer = sequencer.admit(Exchange::default(), Profile::default());
            sequencer.introduce(peer, post);
            peer
        })
    }

    /// Lets a member go.
    pub fn dismiss(&mut self, peer: PeerId) {
        self.0.dismiss(peer);
        self.0.forget(peer);
    }

    /// Notes that a member is cut off, and may come back.
    pub fn cut_off(&mut self, peer: PeerId) {
        self.0.with(|sequencer, post| sequencer.cut_off(peer, post));
    }

    /// Notes that a member that was cut off is connected again.
    pub fn come_back(&mut self, peer: PeerId) {
        self.0
            .table()
            .sequencer
            .come_back(peer, Exchange::default());
    }

    /// Notes that what was under way to a member was dropped because it does not read.
    pub fn lags(&mut self, peer: PeerId) {
        self.0.with(|sequencer, post| sequencer.lags(peer, post));
    }

    /// Gives a member the next object that it is owed; `false` once it has all.
    pub fn give_next(&mut self, peer: PeerId) -> bool {
        self.0.give_next(peer, |_, _| {})
    }

    /// Tells a member that it has been given all.
    pub fn live(&mut self, peer: PeerId) {
        self.0.with(|sequencer, post| sequencer.live(peer, post));
    }

    /// Commits a change of an object of type `T`.
    pub fn update<T: Shared>(
        &mut self,
        key: &str,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        let Some(handle) = self.named(key) else {
            return Written::Missing;
        };
        handle.update::<T>(false, change, |replica| {
            replica.judge_recorded(|| Origin::local(PeerId::HOST, 0))?;
            self.0.table().commit(replica);
            Ok(())
        })
    }

    /// Puts an object under a key.
    pub fn create<T: Shared>(&mut self, key: &str, value: T) {
        self.install(key, value, None);
    }

    /// Puts an object under a key whose commits `validate` looks at.
    pub fn create_with<T: Shared>(
        &mut self,
        key: &str,
        value: T,
        validate: impl Fn(&T, &T, &Origin) -> Result<(), String> + Send + Sync + 'static,
    ) {
        let judge = Validator::new(value.clone(), validate);
        self.install(key, value, Some(Box::new(judge)));
    }

    fn install<T: Shared>(&mut self, key: &str, value: T, judge: Option<Box<dyn Judge>>) {
        let state = Box::new(Typed::with_schema(value, table_of::<T>()));
        self.0.create(key, Own::new(state, judge));
    }

    /// Deletes a key.
    pub fn delete(&mut self, key: &str) -> bool {
        let deleted = self.0.delete(PeerId::HOST, 0, key);
        deleted.expect("the host may delete what it has")
    }

    /// Begins a barrier; gives what [`has_passed`](Self::has_passed) is asked by.
    pub fn barrier(&mut self) -> u64 {
        self.0
            .with(|sequencer, post| sequencer.barrier(PeerId::HOST, 0, post))
    }

    /// Whether a barrier was passed. It is told once.
    pub fn has_passed(&mut self, barrier: u64) -> bool {
        self.0.table().sequencer.has_passed(barrier)
    }

    /// Nobody waits for a barrier any more.
    pub fn give_up(&mut self, barrier: u64) {
        self.0.table().sequencer.give_up(barrier);
    }

    /// The place in the order that was given last.
    pub fn seq(&self) -> u64 {
        self.0.table().sequencer.seq()
    }

    /// Takes a member's message.
    pub fn receive(&mut self, from: PeerId, message: &[u8]) -> Result<Request, String> {
        let told = |violation: Violation| violation.to_string();
        let origin = Origin::of(from, None);
        Ok(match self.0.take(&origin, message).map_err(told)? {
            store::Request::Done
            | store::Request::Created
            | store::Request::Answered
            | store::Request::Ready => Request::Done,
            store::Request::Refused { key, reason } => Request::Refused { key, reason },
            store::Request::Resume { heard, settled } => {
                let resume = |sequencer: &mut crate::core::Sequencer<_>, post: &mut Posted| {
                    sequencer.resume(from, heard, settled, post)
                };
                self.0.with(resume).map_err(told)?;
                Request::Resumed
            }
            store::Request::Goodbye => {
                self.dismiss(from);
                Request::Goodbye
            }
        })
    }
}
