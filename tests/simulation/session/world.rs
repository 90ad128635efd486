//! A session in one thread: a host, members that come and go, and the messages between them.

use std::collections::BTreeMap;

use ipos::{
    PeerId,
    simulation::{Asked, Host, Memory, Object, Request, Written},
};

use super::{
    counts::Counts,
    deep::Focus,
    model::Model,
    seat::Seat,
    step::{Actor, Edits, KEYS, Link, Step, Who},
    values::{self, Kind, Plain},
    words,
};

/// How many messages a session may take to come to rest.
const PATIENCE: usize = 200_000;

pub struct World {
    host: Host,
    memory: Memory,
    /// A member that only listens.
    observer: PeerId,
    model: Model,
    seats: BTreeMap<Who, Seat>,
    /// What was checked last under each key of the host.
    checked: BTreeMap<String, (Object, u64, u64)>,
    pub counts: Counts,
    /// What has happened, in words, when they are wanted.
    pub story: Option<Vec<String>>,
}

impl World {
    pub fn new(memory: Memory) -> Self {
        let mut host = Host::new(memory);
        let observer = host.admit();
        let mut world = Self {
            host,
            memory,
            observer,
            model: Model::default(),
            seats: BTreeMap::new(),
            checked: BTreeMap::new(),
            counts: Counts::default(),
            story: None,
        };
        while world.host.give_next(observer) {}
        world.host.live(observer);
        world.collect();
        world
    }

    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.seats.values()
    }

    fn tell(&mut self, words: impl FnOnce(&Model) -> String) {
        if let Some(story) = &mut self.story {
            story.push(words(&self.model));
        }
    }

    pub fn run(&mut self, step: &Step) {
        self.counts.steps += 1;
        match *step {
            Step::Join(who) => self.join(who),
            Step::Give(who) => self.give(who),
            Step::Deliver(link, count) => {
                for _ in 0..count {
                    if !self.deliver(link) {
                        break;
                    }
                }
            }
            Step::Update { actor, key, edits } => self.update(actor, KEYS[key], edits),
            Step::Create {
                actor,
                key,
                kind,
                script,
            } => self.create(actor, KEYS[key], kind, script),
            Step::Delete { actor, key } => self.delete(actor, KEYS[key]),
            Step::Leave(who) => {
                if let Some(seat) = self.seats.get_mut(&who).filter(|seat| seat.acts()) {
                    seat.is_leaving = true;
                    seat.part(&self.model);
                    self.tell(|_| format!("member {who} is about to leave"));
                }
            }
            Step::Kill(who, heard) => self.kill(who, heard),
            Step::Rest => self.rest(),
        }
    }

    fn join(&mut self, who: Who) {
        if self.seats.contains_key(&who) {
            return;
        }
        let id = self.host.admit();
        self.tell(|_| format!("member {who} joins as {id}"));
        self.seats.insert(who, Seat::new(who, id));
        self.counts.joined += 1;
        self.collect();
    }

    fn give(&mut self, who: Who) {
        let Some(seat) = self.seats.get_mut(&who).filter(|seat| seat.is_owed) else {
            return;
        };
        seat.is_owed = self.host.give_next(seat.id);
        if !seat.is_owed {
            self.host.live(seat.id);
        }
        let is_owed = seat.is_owed;
        self.tell(|_| {
            if is_owed {
                format!("member {who} is given an object")
            } else {
                format!("member {who} has all objects")
            }
        });
        self.collect();
    }

    /// Moves one message; `false` when there is none.
    fn deliver(&mut self, link: Link) -> bool {
        match link {
            Link::ToHost(who) => {
                let seat = self.seats.get_mut(&who);
                let Some(message) = seat.and_then(|seat| seat.to_host.messages.pop_front()) else {
                    return false;
                };
                self.hear(who, &message);
            }
            Link::ToMember(who) => {
                let seat = self.seats.get_mut(&who);
                let Some(message) = seat.and_then(|seat| seat.to_member.messages.pop_front())
                else {
                    return false;
                };
                self.tell(|model| format!("member {who} hears {}", words::told(&message, model)));
                let seat = self.seats.get_mut(&who).expect("it was just there");
                seat.take(&message, &self.model, &mut self.counts);
                seat.part(&self.model);
            }
        }
        true
    }

    /// The host takes a member's message.
    fn hear(&mut self, who: Who, message: &[u8]) {
        let id = self.seats[&who].id;
        self.tell(|model| {
            let asked = words::asked(message, model);
            format!("the host hears of member {who}: {asked}")
        });
        if let Ok(Asked::Commit {
            object,
            base,
            anew: true,
            ..
        }) = Asked::read(message)
            && self.model.commits_since(object, base) > self.memory.commits
        {
            self.model.lose_meaning(object);
        }
        let heard = self.host.receive(id, message);
        let request = heard.unwrap_or_else(|error| panic!("5: the host does not take: {error}"));
        self.collect();
        if request == Request::Goodbye {
            self.seats.remove(&who);
            self.counts.left += 1;
            self.tell(|_| format!("member {who} has left"));
        }
    }

    fn kill(&mut self, who: Who, heard: usize) {
        for _ in 0..heard {
            if !self.deliver(Link::ToHost(who)) {
                break;
            }
        }
        if let Some(seat) = self.seats.remove(&who) {
            self.tell(|_| format!("member {who} is killed"));
            self.host.dismiss(seat.id);
            self.counts.killed += 1;
            self.collect();
        }
    }

    fn update(&mut self, actor: Actor, key: &str, edits: Edits) {
        let told = match actor {
            Actor::Host => self.update_host(key, edits),
            Actor::Member(who) => {
                let seat = self.seats.get_mut(&who).filter(|seat| seat.acts());
                seat.and_then(|seat| seat.update(key, edits, &mut self.model))
            }
        };
        if let Some(told) = told {
            self.counts.commits += 1;
            self.tell(|_| format!("{actor:?} writes `{key}`: {told}"));
        }
    }

    fn update_host(&mut self, key: &str, edits: Edits) -> Option<String> {
        let &object = self.model.names.get(key)?;
        let before = self.model.latest(object).1.clone();
        let written = values::update(&mut self.host, key, edits);
        let told = match written {
            Written::Committed(_, patches) => {
                if edits.focus == Focus::Wholes {
                    self.model.lose_meaning(object);
                }
                let told = before.told(&patches);
                let mut after = before.clone();
                after.apply(&patches);
                let left = after.lasting();
                let removed = before.lasting().into_iter();
                let removed = removed.filter(|old| !left.contains(old));
                self.model.removed.extend(removed);
                Some(told)
            }
            Written::Refused(reason) => panic!("nothing is refused: {reason}"),
            Written::Nothing | Written::Missing | Written::OtherType => None,
        };
        self.collect();
        told
    }

    fn create(&mut self, actor: Actor, key: &str, kind: Kind, script: u64) {
        match actor {
            Actor::Host => {
                values::create(&mut self.host, key, kind, script);
                self.collect();
            }
            Actor::Member(who) => {
                let Some(seat) = self.seats.get_mut(&who).filter(|seat| seat.acts()) else {
                    return;
                };
                seat.create(key, kind, script, &self.model);
            }
        }
        self.counts.created += 1;
        self.tell(|_| format!("{actor:?} creates `{key}`, {kind:?} of script {script:#x}"));
    }

    fn delete(&mut self, actor: Actor, key: &str) {
        let existed = match actor {
            Actor::Host => {
                let existed = self.host.delete(key);
                self.collect();
                existed
            }
            Actor::Member(who) => {
                let seat = self.seats.get_mut(&who).filter(|seat| seat.acts());
                seat.is_some_and(|seat| seat.delete(key, &self.model))
            }
        };
        if existed {
            self.counts.deleted += 1;
            self.tell(|_| format!("{actor:?} deletes `{key}`"));
        }
    }

    /// Takes what the host has posted to the links; the model hears what everybody is told.
    fn collect(&mut self) {
        for (to, message) in self.host.take_outgoing() {
            if to == self.observer {
                self.model.hear(&message);
            } else if let Some(seat) = self.seats.values_mut().find(|seat| seat.id == to) {
                seat.to_member.push(message);
            }
        }
        self.check_host(false);
    }

    /// The host is as those see it that have heard everything. What has not changed was checked
    /// before.
    fn check_host(&mut self, all: bool) {
        let keys = self.host.keys();
        assert!(
            self.model.names.keys().eq(keys.iter()),
            "1: the host's keys are {keys:?}"
        );
        for (key, &object) in &self.model.names {
            let handle = self.host.named(key).expect("a key has its object");
            let marks = handle.marks();
            if self.checked.insert(key.clone(), marks) == Some(marks) && !all {
                continue;
            }
            let view = handle.view();
            let (seq, expected) = self.model.latest(object);
            assert_eq!(view.object, object, "1: the host's `{key}`");
            assert!(view.is_live, "1: the host's `{key}`");
            assert_eq!(view.seq, seq, "1: the host's `{key}`");
            assert_eq!(view.pending, [], "1: the host has nothing pending");
            let value = Plain::decode(&view.schema, &view.value);
            assert_eq!(&value, expected, "1, 3: the host's `{key}` is what it told");
        }
    }

    /// Lets everything arrive. Then all replicas are equal.
    pub fn rest(&mut self) {
        self.tell(|_| "all that is under way arrives".to_owned());
        let mut moved = 1;
        let mut left = PATIENCE;
        while moved > 0 {
            moved = 0;
            let all: Vec<Who> = self.seats.keys().copied().collect();
            for who in all {
                self.give(who);
                moved += usize::from(self.deliver(Link::ToHost(who)));
                moved += usize::from(self.deliver(Link::ToMember(who)));
                moved += usize::from(self.seats.get(&who).is_some_and(|seat| seat.is_owed));
            }
            left = left.checked_sub(moved).expect("the session comes to rest");
        }
        self.check_host(true);
        for seat in self.seats.values() {
            seat.check_at_rest(&self.model);
        }
    }
}
