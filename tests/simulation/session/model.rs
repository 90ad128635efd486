//! What a session must be like: an observer hears what the host tells everybody, and applies it to
//! plain values one by one.
//!
//! The numbers in the messages are those of the promises in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

use ipos::{
    PeerId, Schema,
    simulation::{Applied, Object, Told},
};

use super::values::Plain;

#[derive(Default)]
pub struct Model {
    seq: u64,
    pub names: BTreeMap<String, Object>,
    commits: BTreeMap<u64, Confirmed>,
    objects: BTreeMap<Object, Story>,
    /// The value that is arriving.
    open: Option<(Object, Schema, u64, Vec<u8>)>,
    /// What somebody has removed, as it was where it was removed.
    pub removed: BTreeSet<String>,
    /// Objects whose edits may land anywhere.
    vague: BTreeSet<Object>,
}

/// A commit in the order.
pub struct Confirmed {
    pub origin: PeerId,
    pub object: Object,
    pub patches: Vec<u8>,
}

/// An object's values, from its creation to its end.
#[derive(Default)]
struct Story {
    values: BTreeMap<u64, Plain>,
    end: Option<u64>,
}

impl Model {
    /// Hears what the host tells everybody. Each place in the order is taken once.
    pub fn hear(&mut self, message: &[u8]) {
        match Told::read(message).expect("5: the host writes what can be read") {
            Told::Object {
                seq,
                object,
                key,
                schema,
                length,
            } => {
                self.next(seq);
                if let Some(old) = self.names.insert(key, object) {
                    self.end(old);
                }
                self.open = Some((object, schema, length, Vec::new()));
                self.take_chunk(&[]);
            }
            Told::Chunk(bytes) => self.take_chunk(&bytes),
            Told::Commit {
                seq,
                origin,
                object,
                patches,
            } => {
                self.next(seq);
                self.commit(object, &patches);
                let confirmed = Confirmed {
                    origin,
                    object,
                    patches,
                };
                self.commits.insert(seq, confirmed);
            }
            Told::Deleted { seq, key } => {
                self.next(seq);
                let deleted = self.names.remove(&key);
                self.end(deleted.expect("1: what is deleted was there"));
            }
            Told::Live { .. } => {}
            other => panic!("1: {other:?} is not for everybody"),
        }
    }

    fn commit(&mut self, object: Object, patches: &[u8]) {
        let (_, before) = self.latest(object);
        let mut after = before.clone();
        let applied = after.apply(patches);
        assert_eq!(
            applied,
            Applied::Whole,
            "1: a confirmed commit has its targets"
        );
        if self.keeps_meaning(object) {
            self.check_meaning(before, &after);
        }
        let seq = self.seq;
        self.story(object).values.insert(seq, after);
    }

    /// Edits have landed where they were meant to; what was there is lost only if somebody has
    /// removed it; what was added at the end stands at the end.
    fn check_meaning(&self, before: &Plain, after: &Plain) {
        if let Some(fault) = after.fault() {
            panic!("7: {fault}, confirmed at {}", self.seq);
        }
        let (old, new) = (before.lasting(), after.lasting());
        let is_lost = |old: &&String| !new.contains(old) && !self.removed.contains(*old);
        if let Some(lost) = old.iter().find(is_lost) {
            panic!("7: {lost} is lost at {}, nobody removed it", self.seq);
        }
        assert!(
            after.log().starts_with(before.log()),
            "7: what is added at the end comes last: {:x?} after {:x?}",
            after.log(),
            before.log()
        );
    }

    fn next(&mut self, seq: u64) {
        assert!(
            self.open.is_none(),
            "5: the chunks of a value stand together"
        );
        assert_eq!(seq, self.seq + 1, "1: the order has no gap");
        self.seq = seq;
    }

    fn take_chunk(&mut self, bytes: &[u8]) {
        let (object, schema, length, mut value) = self.open.take().expect("a value was announced");
        value.extend_from_slice(bytes);
        if value.len() as u64 == length {
            let value = Plain::decode(&schema, &value);
            let seq = self.seq;
            let story = self.objects.entry(object).or_default();
            assert!(story.values.is_empty(), "1: {object:?} is created once");
            story.values.insert(seq, value);
        } else {
            self.open = Some((object, schema, length, value));
        }
    }

    fn story(&mut self, object: Object) -> &mut Story {
        let story = self.objects.get_mut(&object);
        story.expect("1: what changes was created")
    }

    fn end(&mut self, object: Object) {
        let seq = self.seq;
        let ended = self.story(object).end.replace(seq);
        assert_eq!(ended, None, "1: {object:?} ends once");
    }

    /// The commit at a place in the order.
    pub fn commit_at(&self, seq: u64) -> Option<&Confirmed> {
        self.commits.get(&seq)
    }

    /// A commit's patches, for people.
    pub fn told(&self, object: Object, patches: &[u8]) -> String {
        if self.objects.contains_key(&object) {
            self.latest(object).1.told(patches)
        } else {
            format!("{patches:02x?}")
        }
    }

    /// An object's last value, and where in the order it came to be.
    pub fn latest(&self, object: Object) -> (u64, &Plain) {
        let values = &self.objects[&object].values;
        let last = values.last_key_value();
        let (&seq, value) = last.expect("it was created with a value");
        (seq, value)
    }

    /// An object's value as of a change of it.
    pub fn value_at(&self, object: Object, seq: u64) -> &Plain {
        let value = self.objects[&object].values.get(&seq);
        value.unwrap_or_else(|| panic!("1: {object:?} was not changed at {seq}"))
    }

    /// Whether an object had ended at a place in the order.
    pub fn had_ended(&self, object: Object, seq: u64) -> bool {
        self.objects[&object].end.is_some_and(|end| end <= seq)
    }

    /// How many commits to an object stand in the order behind a place.
    pub fn commits_since(&self, object: Object, seq: u64) -> usize {
        let story = self.objects.get(&object);
        story.map_or(0, |story| story.values.range(seq + 1..).count())
    }

    /// Edits of the object may land anywhere from now on: a commit to it is ordered unmoved, or
    /// replaces whole what tells them apart.
    pub fn lose_meaning(&mut self, object: Object) {
        self.vague.insert(object);
    }

    /// Whether edits of the object land where they were meant to.
    pub fn keeps_meaning(&self, object: Object) -> bool {
        !self.vague.contains(&object)
    }
}
