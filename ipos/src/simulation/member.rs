//! A member's part.

use super::{Handle, Noticed, Written};
use crate::{
    PeerId, Shared,
    core::{self, Dealt, Exchange, Notice, Post, Typed},
    cursor::Finish,
    schema::table_of,
    store::{Heard, MemberStore, Outside, Own},
};

/// A member of a session.
#[derive(Debug)]
pub struct Member {
    store: MemberStore<Posted>,
    is_live: bool,
}

#[derive(Debug, Default)]
struct Posted {
    messages: Vec<Vec<u8>>,
    noticed: Vec<Noticed>,
}

impl Post for Posted {
    fn post(&mut self, _: PeerId, message: &[u8]) {
        self.messages.push(message.to_vec());
    }
}

impl Outside for Posted {
    fn notice(&mut self, notice: Notice<'_>) {
        self.noticed.push(notice.into());
    }
}

impl Member {
    /// A member that knows of nothing yet.
    pub fn new(id: PeerId) -> Self {
        Self {
            store: MemberStore::new(id, Exchange::default(), Posted::default()),
            is_live: false,
        }
    }

    /// What was posted to the host since it was last asked, in that order.
    pub fn take_outgoing(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.store.table().post.messages)
    }

    /// What its process was told since it was last asked, in that order.
    pub fn take_noticed(&mut self) -> Vec<Noticed> {
        std::mem::take(&mut self.store.table().post.noticed)
    }

    /// Whether it has been in sync.
    pub fn is_live(&self) -> bool {
        self.is_live
    }

    /// Whether every proposal has its verdict.
    pub fn is_settled(&self) -> bool {
        self.store.table().member.is_settled()
    }

    /// The keys of all objects.
    pub fn keys(&self) -> Vec<String> {
        self.store.keys()
    }

    /// The object under a key.
    pub fn named(&self, key: &str) -> Option<Handle> {
        self.store.named(key).map(Handle)
    }

    /// Commits a change of an object of type `T`, as a `whole` or as far as it has its objects.
    pub fn update<T: Shared>(
        &mut self,
        key: &str,
        whole: bool,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        let Some(handle) = self.named(key) else {
            return Written::Missing;
        };
        handle.update::<T>(true, change, |replica| {
            self.store.table().commit(replica, whole);
            Ok(())
        })
    }

    /// Puts an object under a key.
    pub fn create<T: Shared>(&mut self, key: &str, value: T) -> Result<(), String> {
        let state = Box::new(Typed::with_schema(value, table_of::<T>()));
        self.store.create(key, Own::new(state, None)).map(drop)
    }

    /// Deletes a key; `true` if there was one.
    pub fn delete(&mut self, key: &str) -> Result<bool, String> {
        self.store.delete(key)
    }

    /// Begins a barrier; gives what [`has_passed`](Self::has_passed) is asked by.
    pub fn barrier(&mut self) -> u64 {
        self.store.with(core::Member::barrier)
    }

    /// Whether a barrier was passed.
    pub fn has_passed(&self, barrier: u64) -> bool {
        self.store.table().member.has_passed(barrier)
    }

    /// Waits for a barrier no more.
    pub fn give_up(&mut self, barrier: u64) {
        self.store.table().member.give_up(barrier);
    }

    /// Tells the host that nothing follows.
    pub fn goodbye(&mut self) {
        self.store.with(core::Member::goodbye);
    }

    /// Notes that it is cut off: messages may have been lost, both ways.
    ///
    /// # Errors
    ///
    /// The reason for which what had come ends the session.
    pub fn cut_off(&mut self) -> Result<(), String> {
        self.store
            .cut_off()
            .map_err(|violation| violation.to_string())
    }

    /// Is connected again, and asks the host for what was missed.
    pub fn resume(&mut self) {
        let exchange = Exchange::default();
        self.store
            .with(|member, post| member.reconnect(exchange, post));
    }

    /// Joins the session of another host, as its member `id`.
    pub fn rejoin(&mut self, id: PeerId) {
        self.store.rejoin(id, Exchange::default(), Dealt::default());
    }

    /// Ends what the host does not have of what the one before had.
    pub fn disown(&mut self) {
        self.store.disown();
    }

    /// Takes a message of the host when no other one is at hand.
    pub fn receive(&mut self, message: &[u8]) -> Result<(), String> {
        self.gather(message)?;
        self.rest()
    }

    /// Is done with the messages that it has taken.
    pub fn rest(&mut self) -> Result<(), String> {
        let rested = self.store.rest();
        rested.map_err(|violation| violation.to_string())
    }

    /// Takes a message of the host when there are more, of which [`receive`](Self::receive) takes the last.
    pub fn gather(&mut self, message: &[u8]) -> Result<(), String> {
        let heard = self.store.take(message);
        match heard.map_err(|violation| violation.to_string())? {
            Heard::Live if !self.is_live => {
                self.store.with(core::Member::ready);
                self.is_live = true;
            }
            Heard::Live | Heard::Done | Heard::Placed | Heard::Passed | Heard::Goodbye { .. } => {}
        }
        Ok(())
    }
}
