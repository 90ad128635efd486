//! A session in one thread: a host, members that come and go, and the messages between them.

use std::collections::{BTreeMap, BTreeSet};

use ipos::{
    PeerId,
    simulation::{Asked, Host, Memory, Object, Told},
};

use super::{
    barriers::Barrier,
    counts::Counts,
    deep,
    ears::Ears,
    model::Model,
    seat::Seat,
    shadow::Shadow,
    step::{Actor, KEYS, Link, Step, Who},
    values::Plain,
    words,
};

/// How many messages a session may take to come to rest.
const PATIENCE: usize = 200_000;

pub struct World {
    pub(super) host: Host,
    pub(super) memory: Memory,
    /// A member that only listens.
    observer: PeerId,
    pub(super) model: Model,
    pub(super) seats: BTreeMap<Who, Seat>,
    /// What the host has heard to happen.
    pub(super) shadow: Shadow,
    /// What was checked last under each key of the host.
    pub(super) checked: BTreeMap<String, (Object, u64, u64)>,
    /// Who listens on the host.
    pub(super) ears: Ears,
    /// Who joins does not listen.
    is_deaf: bool,
    pub(super) barriers: Vec<Barrier>,
    pub counts: Counts,
    /// What has happened, in words, when they are wanted.
    pub story: Option<Vec<String>>,
}

impl World {
    pub fn new(memory: Memory) -> Self {
        deep::forget_whims();
        let mut world = Self {
            host: Host::new(memory),
            memory,
            observer: PeerId::HOST,
            model: Model::default(),
            seats: BTreeMap::new(),
            shadow: Shadow::of(PeerId::HOST),
            checked: BTreeMap::new(),
            ears: Ears::new(PeerId::HOST, false),
            is_deaf: false,
            barriers: Vec::new(),
            counts: Counts::default(),
            story: None,
        };
        world.admit_observer();
        world
    }

    /// Lets in the member that only listens.
    pub(super) fn admit_observer(&mut self) {
        self.observer = self.host.admit();
        while self.host.give_next(self.observer) {}
        self.host.live(self.observer);
        self.collect();
    }

    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.seats.values()
    }

    pub(super) fn tell(&mut self, words: impl FnOnce(&Model) -> String) {
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
                for left in (0..count).rev() {
                    if !self.deliver(link, left > 0) {
                        break;
                    }
                }
            }
            Step::Gather(who, count) => {
                for _ in 0..count {
                    self.deliver(Link::ToMember(who), true);
                }
            }
            Step::Update { actor, key, edits } => self.update(actor, KEYS[key], edits),
            Step::Create {
                actor,
                key,
                kind,
                rule,
                script,
            } => self.create(actor, KEYS[key], (kind, rule), script),
            Step::Delete { actor, key } => self.delete(actor, KEYS[key]),
            Step::Leave(who) => {
                if let Some(seat) = self.seats.get_mut(&who).filter(|seat| seat.acts()) {
                    seat.is_leaving = true;
                    seat.part(&self.model);
                    self.tell(|_| format!("member {who} is about to leave"));
                }
            }
            Step::Kill(who, heard) => self.kill(who, heard),
            Step::Cut(who) => self.cut(who),
            Step::Return(who) => self.come_back(who),
            Step::Lag(who, kept) => self.lag(who, kept),
            Step::Await(actor) => self.begin_to_wait(actor),
            Step::GiveUp(actor) => self.give_up(actor),
            Step::Listen { actor, on } => self.listen(actor, !on),
            Step::Restart(script) => self.restart(script),
            Step::Disown(who) => drop(self.disown(who)),
            Step::Rest => self.rest(),
        }
        self.check_barriers();
    }

    fn listen(&mut self, actor: Option<Actor>, is_deaf: bool) {
        if actor.is_none() {
            self.is_deaf = is_deaf;
        }
        let is_meant = |one| actor.is_none_or(|actor| actor == one);
        if is_meant(Actor::Host) {
            self.ears.turn(is_deaf);
        }
        for seat in self.seats.values_mut() {
            if is_meant(Actor::Member(seat.who)) {
                seat.ears.turn(is_deaf);
                seat.check(&self.model);
            }
        }
        self.tell(|_| format!("{actor:?} listens: {}", !is_deaf));
        self.check_host(false);
    }

    fn join(&mut self, who: Who) {
        if self.seats.contains_key(&who) {
            return;
        }
        let id = self.host.admit();
        self.tell(|_| format!("member {who} joins as {id}"));
        self.seats.insert(who, Seat::new(who, id, self.is_deaf));
        self.counts.joined += 1;
        self.collect();
    }

    fn give(&mut self, who: Who) {
        let seat = self.seats.get_mut(&who);
        let Some(seat) = seat.filter(|seat| seat.host.is_giving) else {
            return;
        };
        seat.host.is_giving = self.host.give_next(seat.id);
        let is_giving = seat.host.is_giving;
        if !is_giving && seat.host.must_tell_live {
            seat.host.must_tell_live = false;
            seat.host.is_live |= !seat.host.is_away;
            self.host.live(seat.id);
        }
        self.tell(|_| {
            if is_giving {
                format!("member {who} is given an object")
            } else {
                format!("member {who} has all objects")
            }
        });
        self.collect();
    }

    /// Moves one message, at which there are `more`; `false` when there is none.
    pub(super) fn deliver(&mut self, link: Link, more: bool) -> bool {
        match link {
            Link::ToHost(who) => {
                let seat = self.seats.get_mut(&who);
                // The host does one thing at a time with a member.
                let seat = seat.filter(|seat| !seat.host.is_giving);
                let Some(message) = seat.and_then(|seat| seat.to_host.messages.pop_front()) else {
                    return false;
                };
                self.hear(who, &message);
                if matches!(Asked::read(&message), Ok(Asked::Schema(_))) {
                    self.deliver(link, more);
                }
            }
            Link::ToMember(who) => {
                let seat = self.seats.get_mut(&who);
                let Some(message) = seat.and_then(|seat| seat.to_member.messages.pop_front())
                else {
                    return false;
                };
                self.tell(|model| format!("member {who} hears {}", words::told(&message, model)));
                let seat = self.seats.get_mut(&who).expect("it was just there");
                seat.take(&message, more, &mut self.model, &mut self.counts);
                seat.part(&self.model);
                // What says nothing of objects comes with what does.
                if let Ok(Told::Schema(_) | Told::Joined(_) | Told::Left(_) | Told::Present(_)) =
                    Told::read(&message)
                {
                    self.deliver(link, more);
                }
            }
        }
        true
    }

    /// Takes what the host has posted to the links; the model hears what everybody is told.
    pub(super) fn collect(&mut self) {
        self.post();
        self.check_host(false);
    }

    /// The same before it is told what was refused.
    pub(super) fn post(&mut self) {
        loop {
            let posted = self.host.take_outgoing();
            if posted.is_empty() {
                return;
            }
            posted
                .iter()
                .for_each(|(to, message)| self.route(*to, message));
        }
    }

    fn route(&mut self, to: PeerId, message: &[u8]) {
        if to == self.observer {
            self.observe(message);
        } else if let Some(seat) = self.seats.values_mut().find(|seat| seat.id == to) {
            seat.to_member.push(message.to_vec());
            self.note_passed(to, message);
        }
    }

    fn observe(&mut self, message: &[u8]) {
        if let Ok(Told::Ping { ping }) = Told::read(message) {
            self.host
                .receive(self.observer, &Asked::pong(ping))
                .expect("5: the host takes an answer");
        }
        self.model.hear(message);
    }

    /// The host is as those see it that have heard everything. What has not changed was checked
    /// before.
    fn check_host(&mut self, all: bool) {
        assert_eq!(self.host.seq(), self.model.seq, "1: all hear of the order");
        let keys = self.host.keys();
        self.shadow.hear(self.host.take_noticed());
        self.shadow.check_keys(keys.iter());
        assert!(
            self.model.names.keys().eq(keys.iter()),
            "1: the host's keys are {keys:?}"
        );
        for (key, &object) in &self.model.names {
            let handle = self.host.named(key).expect("a key has its object");
            self.ears.meet(&handle);
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
        self.ears.check(&self.model, |_| false);
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
                self.come_back(who);
                self.give(who);
                moved += usize::from(self.deliver(Link::ToHost(who), false));
                moved += usize::from(self.deliver(Link::ToMember(who), false));
                moved += usize::from(self.seats.get(&who).is_some_and(|seat| seat.host.is_giving));
            }
            if moved == 0 {
                let all: Vec<Who> = self.seats.keys().copied().collect();
                moved = all.into_iter().filter(|&who| self.disown(who)).count();
            }
            left = left.checked_sub(moved).expect("the session comes to rest");
        }
        for seat in self.seats.values_mut() {
            seat.rest(&self.model);
        }
        self.check_host(true);
        let members = self.seats.values().map(|seat| seat.id);
        let members: BTreeSet<PeerId> = members.chain([self.observer]).collect();
        for seat in self.seats.values() {
            seat.check_at_rest(&self.model);
            let mut others = members.clone();
            others.remove(&seat.id);
            seat.shadow.check_present(&others);
        }
        self.check_barriers_at_rest();
    }
}
