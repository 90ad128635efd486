//! What a session must be like: an observer hears what the host tells everybody, and applies it to
//! plain values one by one.
//!
//! The numbers in the messages are those of the promises in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

use ipos::{
    PeerId, Schema, SchemaHash,
    simulation::{Applied, Object, Told},
};

use super::{
    rule::{self, Rule},
    values::Plain,
};

#[derive(Default)]
pub struct Model {
    pub seq: u64,
    pub names: BTreeMap<String, Object>,
    commits: BTreeMap<u64, Confirmed>,
    objects: BTreeMap<Object, Story>,
    /// The schemas that were told.
    schemas: BTreeMap<SchemaHash, Schema>,
    /// The value that is arriving.
    open: Option<(Object, SchemaHash, u64, Vec<u8>)>,
    /// How often something was removed where it was, unless that was refused.
    removed: BTreeMap<String, usize>,
    /// What was taken by a commit that counts as a whole.
    taken: BTreeSet<String>,
    /// The places of what was refused.
    refused: BTreeMap<u64, Refusal>,
    /// Objects that were not to be created.
    unwanted: BTreeSet<Object>,
    /// Objects whose edits may land anywhere.
    vague: BTreeSet<Object>,
    /// The proposal that the host is taking, if it has actions: whose, to what, and on which base.
    acting: Option<(PeerId, Object, u64)>,
    /// Those that were ordered, with their places.
    acted: Vec<(PeerId, Object, u64, u64)>,
}

/// A commit in the order.
pub struct Confirmed {
    pub origin: PeerId,
    pub object: Object,
    pub patches: Vec<u8>,
}

/// A proposal that does not count.
#[derive(Debug)]
pub struct Refusal {
    pub from: PeerId,
    pub number: u64,
    /// What was not to be committed to, or not to be created.
    pub object: Option<Object>,
    /// Why, as far as it was told.
    pub reason: Option<String>,
    /// The object that the host has instead follows.
    pub follows: bool,
}

/// An object's values, from its creation to its end.
#[derive(Default)]
struct Story {
    key: String,
    rule: Option<Rule>,
    values: BTreeMap<u64, Plain>,
    end: Option<u64>,
}

impl Model {
    /// A new order begins. Gives what there was: the values under their keys, and whether edits of them may land
    /// anywhere.
    pub fn begin_anew(&mut self) -> BTreeMap<String, (Plain, bool)> {
        let names = self.names.iter();
        let values = names.map(|(key, &object)| {
            let value = self.latest(object).1.clone();
            (key.clone(), (value, !self.keeps_meaning(object)))
        });
        let values = values.collect();
        *self = Self {
            removed: std::mem::take(&mut self.removed),
            ..Self::default()
        };
        values
    }

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
                if let Some(old) = self.names.insert(key.clone(), object) {
                    self.end(old);
                }
                self.open = Some((object, schema, length, Vec::new()));
                self.objects.entry(object).or_default().key = key;
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
                self.commit(origin, object, &patches);
                let confirmed = Confirmed {
                    origin,
                    object,
                    patches,
                };
                self.commits.insert(seq, confirmed);
            }
            Told::Deleted { seq, key, .. } => {
                self.next(seq);
                let deleted = self.names.remove(&key);
                self.end(deleted.expect("1: what is deleted was there"));
            }
            Told::Schema(schema) => {
                let before = self.schemas.insert(schema.hash(), schema);
                assert_eq!(before, None, "a schema is told once");
            }
            Told::Live { .. }
            | Told::Ping { .. }
            | Told::Joined(_)
            | Told::Left(_)
            | Told::Present(_) => {}
            other => panic!("1: {other:?} is not for everybody"),
        }
    }

    fn commit(&mut self, origin: PeerId, object: Object, patches: &[u8]) {
        let (_, before) = self.latest(object);
        let mut after = before.clone();
        let applied = after.apply(patches);
        // What an action has removed at the host it has removed where it was.
        let removed = match self.acting {
            Some(_) => before.removed_in(&after),
            None => vec![],
        };
        self.remove(&removed);
        let (_, before) = self.latest(object);
        assert_eq!(
            applied,
            Applied::Whole,
            "1: a confirmed commit has its targets"
        );
        if self.keeps_meaning(object) {
            self.check_meaning(before, &after);
        }
        if let Some(forbidden) = before.forbidden(&after, origin) {
            panic!("8: {forbidden} is not for {origin} to write");
        }
        if let Some(rule) = self.rule(object)
            && let Err(reason) = rule::judge(rule, before, &after, origin)
        {
            panic!("8: a commit counts that is to be refused: {reason}");
        }
        let seq = self.seq;
        self.story(object).values.insert(seq, after);
        if let Some((from, object, base)) = self.acting {
            self.acted.push((from, object, base, seq));
        }
    }

    /// The host is about to take a commit of a member.
    pub fn hear_proposal(&mut self, from: PeerId, object: Object, base: u64, has_acts: bool) {
        self.acting = has_acts.then_some((from, object, base));
        // Who has heard of a part of what came before an action has run it again on a state that nobody else
        // had: what is made on top may land anywhere.
        let mut acted = self.acted.iter();
        let in_between = acted.any(|&(of, on, at, seq)| {
            (of, on) == (from, object)
                && at < base
                && base < seq
                && self.was_changed(object, (base, seq), from)
        });
        if in_between {
            self.lose_meaning(object);
        }
    }

    /// Whether a commit to an object that a process has made on a base stands on an action of its own of which
    /// it does not know what it has done at the host.
    pub fn stands_on_act(&self, from: PeerId, object: Object, base: u64) -> bool {
        let mut acted = self.acted.iter();
        acted.any(|&(of, on, _, seq)| (of, on) == (from, object) && base < seq)
    }

    /// The host has taken it.
    pub fn heard_proposal(&mut self) {
        self.acting = None;
    }

    /// Edits have landed where they were meant to; what was there is lost only if somebody has
    /// removed it; what was added at the end stands at the end.
    fn check_meaning(&self, before: &Plain, after: &Plain) {
        if let Some(fault) = after.fault() {
            panic!("7: {fault}, confirmed at {}", self.seq);
        }
        let (old, new) = (before.lasting(), after.lasting());
        let is_lost = |old: &&String| !new.contains(old) && !self.removed.contains_key(*old);
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

    /// A proposal was refused, which takes a place in the order.
    pub fn refuse(&mut self, seq: u64, refusal: Refusal) {
        self.next(seq);
        self.refused.insert(seq, refusal);
        if let Some((from, object, base)) = self.acting {
            self.acted.push((from, object, base, seq));
        }
    }

    /// What was refused at a place in the order.
    pub fn refusal_at(&self, seq: u64) -> Option<&Refusal> {
        self.refused.get(&seq)
    }

    /// An object was not to be created.
    pub fn refuse_object(&mut self, object: Object) {
        self.unwanted.insert(object);
    }

    /// Whether a process's commit to an object, made on a state of it, arrives as it is: nobody else's
    /// stands in between, nor anything that was refused.
    pub fn is_direct(&self, from: PeerId, object: Object, base: u64) -> bool {
        let mut values = self.objects[&object].values.range(base + 1..);
        let refused = self.refused.range(base + 1..);
        let mut refused = refused.filter(|(_, refusal)| refusal.from == from);
        values.all(|(seq, _)| self.commits.get(seq).is_some_and(|own| own.origin == from))
            && refused.all(|(_, refusal)| refusal.object != Some(object))
    }

    /// What the host's validator refuses of an object.
    pub fn rule(&self, object: Object) -> Option<Rule> {
        self.objects.get(&object)?.rule
    }

    /// The host judges the object under a key.
    pub fn set_rule(&mut self, key: &str, rule: Option<Rule>) {
        let object = self.names[key];
        self.story(object).rule = rule;
    }

    /// Somebody removes something, where it is.
    pub fn remove(&mut self, removed: &[String]) {
        for one in removed {
            *self.removed.entry(one.clone()).or_default() += 1;
        }
    }

    /// That was refused.
    pub fn put_back(&mut self, removed: &[String]) {
        for one in removed {
            let times = self.removed.get_mut(one).expect("it was removed");
            *times -= 1;
            if *times == 0 {
                self.removed.remove(one);
            }
        }
    }

    /// A commit counts as a whole: what it takes was there and is gone, and nothing else is.
    pub fn check_whole(&mut self, seq: u64, touched: &[String], removed: &[String]) {
        let object = self.commits[&seq].object;
        // Where edits may land anywhere, marks may be torn.
        let is_vague = !self.keeps_meaning(object);
        let counts = |one: &&String| !is_vague || one.ends_with(':');
        let values = &self.objects[&object].values;
        let (_, before) = values.range(..seq).next_back().expect("it was created");
        let old = before.lasting();
        let mut touched = touched.iter().filter(counts);
        if let Some(gone) = touched.find(|one| !old.contains(one)) {
            panic!("8: {seq} counts as a whole, though {gone} was gone");
        }
        let now_gone = before.removed_in(&values[&seq]);
        // They may stand in another order by now.
        let [now_gone, removed] = [&now_gone[..], removed].map(|taken| {
            let mut taken: Vec<&String> = taken.iter().filter(counts).collect();
            taken.sort_unstable();
            taken
        });
        assert_eq!(
            now_gone, removed,
            "8: what {seq} takes, and what it was to take"
        );
        for one in removed {
            let is_first = self.taken.insert(one.clone());
            assert!(
                is_first,
                "8: {one} is taken twice, the second time by {seq}"
            );
        }
    }

    fn take_chunk(&mut self, bytes: &[u8]) {
        let (object, schema, length, mut value) = self.open.take().expect("a value was announced");
        value.extend_from_slice(bytes);
        if value.len() as u64 == length {
            let value = Plain::decode(&self.schemas[&schema], &value);
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

    /// The commits to an object behind one place in the order and up to another.
    pub fn commits_between(
        &self,
        object: Object,
        (from, to): (u64, u64),
    ) -> impl Iterator<Item = (&u64, &Confirmed)> {
        let behind = self.commits.range(from + 1..);
        let commits = behind.take_while(move |(seq, _)| **seq <= to);
        commits.filter(move |(_, commit)| commit.object == object)
    }

    /// What is said in a commit to an object.
    pub fn news(&self, object: Object, patches: &[u8]) -> Vec<u64> {
        self.latest(object).1.news(patches)
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

    /// Whether an object had ended at a place in the order, or was never to be.
    pub fn had_ended(&self, object: Object, seq: u64) -> bool {
        self.was_gone(object, seq) || self.unwanted.contains(&object)
    }

    /// Whether an object was there and had ended at a place in the order.
    pub fn was_gone(&self, object: Object, seq: u64) -> bool {
        let end = self.objects.get(&object).and_then(|story| story.end);
        end.is_some_and(|end| end <= seq)
    }

    /// Whether an object exists.
    pub fn is_there(&self, object: Object) -> bool {
        let story = self.objects.get(&object);
        story.is_some_and(|story| story.end.is_none() && !story.values.is_empty())
    }

    /// The key of an object.
    pub fn key(&self, object: Object) -> &str {
        &self.objects[&object].key
    }

    /// What has to be applied of each object by whoever has applied all up to here.
    pub fn all(&self) -> Vec<(Object, u64)> {
        let objects = self.names.values();
        objects
            .map(|&object| (object, self.latest(object).0))
            .collect()
    }

    /// Whether others have changed an object between two places in the order.
    pub fn was_changed(&self, object: Object, places: (u64, u64), but_by: PeerId) -> bool {
        let mut commits = self.commits.range(places.0 + 1..);
        commits.any(|(&seq, commit)| {
            seq <= places.1 && commit.object == object && commit.origin != but_by
        })
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
