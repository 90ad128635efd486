//! What a session must be like: one member that hears everything and holds plain values.

use std::collections::{BTreeMap, VecDeque};

use super::values::Plain;
use crate::{
    core::{ObjectId, PeerId, Seq, ToMember, commit::Applied, message},
    schema::Schema,
};

#[derive(Default)]
pub(super) struct Model {
    pub(super) seq: Seq,
    pub(super) names: BTreeMap<String, ObjectId>,
    pub(super) commits: BTreeMap<Seq, Confirmed>,
    objects: BTreeMap<ObjectId, Story>,
    /// The value that is arriving.
    open: Option<(ObjectId, Schema, u64, Vec<u8>)>,
}

/// A commit in the order.
pub(super) struct Confirmed {
    pub(super) origin: PeerId,
    pub(super) object: ObjectId,
    pub(super) patches: Vec<u8>,
}

/// An object's values, from its creation to its end.
#[derive(Default)]
struct Story {
    values: BTreeMap<Seq, Plain>,
    end: Option<Seq>,
}

impl Model {
    /// Hears what the host tells everybody. Each place in the order is taken once.
    pub(super) fn hear(&mut self, wire: &mut VecDeque<Vec<u8>>) {
        while let Some(message) = wire.pop_front() {
            match message::read(&message).expect("the host writes what can be read") {
                ToMember::Object {
                    seq,
                    object,
                    key,
                    schema,
                    length,
                } => {
                    self.next(seq);
                    if let Some(old) = self.names.insert(key.to_owned(), object) {
                        self.end(old);
                    }
                    self.open = Some((object, schema.into_owned(), length, Vec::new()));
                    self.take_chunk(&[]);
                }
                ToMember::Chunk(bytes) => self.take_chunk(bytes),
                ToMember::Commit {
                    seq,
                    origin,
                    object,
                    patches,
                } => {
                    self.next(seq);
                    let (_, before) = self.latest(object);
                    let (after, applied) = before.after(patches);
                    assert_eq!(
                        applied,
                        Applied::Whole,
                        "a confirmed commit has its targets"
                    );
                    self.story(object).values.insert(seq, after);
                    let patches = patches.to_vec();
                    let confirmed = Confirmed {
                        origin,
                        object,
                        patches,
                    };
                    self.commits.insert(seq, confirmed);
                }
                ToMember::Deleted { seq, object, key } => {
                    self.next(seq);
                    assert_eq!(self.names.remove(key), Some(object));
                    self.end(object);
                }
                ToMember::Live { .. } | ToMember::Stale { .. } => {}
                other => panic!("{other:?} is not for everybody"),
            }
        }
    }

    fn next(&mut self, seq: Seq) {
        assert!(self.open.is_none(), "the chunks of a value stand together");
        assert_eq!(seq, self.seq + 1, "the order has no gap");
        self.seq = seq;
    }

    fn take_chunk(&mut self, bytes: &[u8]) {
        let (object, schema, length, mut value) = self.open.take().expect("a value was announced");
        value.extend_from_slice(bytes);
        if value.len() as u64 == length {
            let value = Plain::decode(&schema, &value);
            let seq = self.seq;
            let story = self.objects.entry(object).or_default();
            assert!(story.values.is_empty(), "{object:?} is created once");
            story.values.insert(seq, value);
        } else {
            self.open = Some((object, schema, length, value));
        }
    }

    fn story(&mut self, object: ObjectId) -> &mut Story {
        self.objects
            .get_mut(&object)
            .expect("what changes was created")
    }

    fn end(&mut self, object: ObjectId) {
        let seq = self.seq;
        let ended = self.story(object).end.replace(seq);
        assert_eq!(ended, None, "{object:?} ends once");
    }

    /// An object's last value, and where in the order it came to be.
    pub(super) fn latest(&self, object: ObjectId) -> (Seq, &Plain) {
        let values = &self.objects[&object].values;
        let (&seq, value) = values
            .last_key_value()
            .expect("it was created with a value");
        (seq, value)
    }

    /// An object's value as of a change of it.
    pub(super) fn value_at(&self, object: ObjectId, seq: Seq) -> &Plain {
        let story = &self.objects[&object];
        story
            .values
            .get(&seq)
            .unwrap_or_else(|| panic!("{object:?} was not changed at {seq}"))
    }

    /// Whether an object had ended at a place in the order.
    pub(super) fn had_ended(&self, object: ObjectId, seq: Seq) -> bool {
        self.objects[&object].end.is_some_and(|end| end <= seq)
    }
}
