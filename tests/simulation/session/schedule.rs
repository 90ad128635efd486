//! Who does what when, by a seed, in virtual time: whatever is due first happens next.

use std::collections::{BTreeMap, VecDeque};

use super::{
    deep::Focus,
    nature::Nature,
    random::Random,
    rule::Rule,
    seat::Wire,
    step::{Actor, Edits, Link, Step, Who},
    values::Kind,
    world::World,
};

pub struct Schedule {
    random: Random,
    /// Decides who listens, and how often of a hundred times somebody begins or is done with it.
    ears: (Random, usize),
    /// Decides when the host is started again, and how often of a thousand times it is.
    restarts: (Random, usize),
    /// In how many steps the host that was started is gone, before all have been given what it has.
    until_restart: Option<usize>,
    pub nature: Nature,
    now: usize,
    /// When each batch on a link arrives, with how many messages there are in it.
    links: BTreeMap<Link, Way>,
    /// When each process does something next, and how long it pauses.
    actors: BTreeMap<Actor, (usize, usize)>,
    /// When members that join are given their next object.
    gifts: BTreeMap<Who, usize>,
    /// When somebody comes or goes.
    change: usize,
    /// When something happens to a link.
    trouble: usize,
    joined: Who,
    acts: usize,
    /// What happens first.
    opening: VecDeque<Step>,
}

#[derive(Default)]
struct Way {
    seen: usize,
    batches: VecDeque<(usize, usize)>,
}

/// What is due.
#[derive(Clone, Copy)]
enum Due {
    Arrival(Link),
    Act(Actor),
    Gift(Who),
    Change,
    Trouble,
}

impl Schedule {
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let nature = Nature::random(&mut random);
        let mut schedule = Self {
            now: 0,
            links: BTreeMap::new(),
            actors: BTreeMap::from([(Actor::Host, (1, nature.host_pause))]),
            gifts: BTreeMap::new(),
            change: nature.changes,
            trouble: random.below(nature.troubles),
            joined: 0,
            acts: nature.acts,
            opening: VecDeque::new(),
            random,
            ears: (Random::new(!seed), if seed % 4 == 2 { 4 } else { 0 }),
            restarts: (
                Random::new(seed.rotate_left(32)),
                if seed % 5 == 4 { 6 } else { 0 },
            ),
            until_restart: None,
            nature,
        };
        if seed % 4 == 3 {
            let step = Step::Listen {
                actor: None,
                on: false,
            };
            schedule.opening.push_back(step);
        }
        for key in 0..schedule.nature.keys {
            let step = schedule.creation(Actor::Host, key);
            schedule.opening.push_back(step);
        }
        for _ in 0..schedule.nature.members {
            let step = schedule.join();
            schedule.opening.push_back(step);
        }
        schedule
    }

    /// The next step; `None` when it is time to come to rest for good.
    pub fn next(&mut self, world: &World) -> Option<Step> {
        if let Some(step) = self.opening.pop_front() {
            return Some(step);
        }
        self.look(world);
        if self.acts == 0 {
            return None;
        }
        let (ears, turns) = &mut self.ears;
        if ears.percent(*turns) {
            let actors: Vec<Actor> = self.actors.keys().copied().collect();
            return Some(Step::Listen {
                actor: Some(actors[ears.below(actors.len())]),
                on: ears.percent(50),
            });
        }
        let (restarts, often) = &mut self.restarts;
        if let Some(left) = self.until_restart.as_mut() {
            *left -= 1;
            if *left == 0 {
                self.until_restart = None;
                return Some(Step::Restart(restarts.next()));
            }
        }
        let drawn = restarts.below(1000);
        if drawn < *often {
            if restarts.percent(40) {
                self.until_restart = Some(1 + restarts.below(40));
            }
            return Some(Step::Restart(restarts.next()));
        }
        if drawn < 3 * *often {
            let seats: Vec<Who> = world.seats().map(|seat| seat.who).collect();
            if !seats.is_empty() {
                return Some(Step::Disown(seats[restarts.below(seats.len())]));
            }
        }
        if self.random.below(1000) < self.nature.rests {
            return Some(Step::Rest);
        }
        let arrivals = self.links.iter().filter_map(|(&link, way)| {
            let &(at, _) = way.batches.front()?;
            Some((at, Due::Arrival(link)))
        });
        let acts = self.actors.iter();
        let acts = acts.map(|(&actor, &(at, _))| (at, Due::Act(actor)));
        let gifts = self.gifts.iter().map(|(&who, &at)| (at, Due::Gift(who)));
        let all = arrivals.chain(acts).chain(gifts);
        let all = all.chain([(self.change, Due::Change), (self.trouble, Due::Trouble)]);
        let (at, due) = all
            .min_by_key(|&(at, _)| at)
            .expect("there is always a next change");
        self.now = self.now.max(at);
        Some(match due {
            Due::Arrival(link) => self.arrival(link, world),
            Due::Act(actor) => self.act(actor),
            Due::Gift(who) => {
                let again = self.now + self.delay();
                self.gifts.insert(who, again);
                Step::Give(who)
            }
            Due::Change => self.change(world),
            Due::Trouble => self.trouble(world),
        })
    }

    /// Sees what is new in the world.
    fn look(&mut self, world: &World) {
        let mut links = BTreeMap::new();
        let mut actors = BTreeMap::new();
        if let Some(host) = self.actors.remove(&Actor::Host) {
            actors.insert(Actor::Host, host);
        }
        let mut gifts = BTreeMap::new();
        for seat in world.seats() {
            let who = seat.who;
            for (link, wire) in [
                (Link::ToHost(who), &seat.to_host),
                (Link::ToMember(who), &seat.to_member),
            ] {
                let mut way = self.links.remove(&link).unwrap_or_default();
                self.look_at(&mut way, wire);
                links.insert(link, way);
            }
            if seat.acts() {
                let (least, most) = self.nature.pauses;
                let actor = Actor::Member(who);
                let known = self.actors.remove(&actor);
                actors.insert(
                    actor,
                    known.unwrap_or_else(|| (self.now, least + self.random.below(most - least))),
                );
            }
            if seat.host.is_giving {
                gifts.insert(who, self.gifts.get(&who).copied().unwrap_or(self.now));
            }
        }
        (self.links, self.actors, self.gifts) = (links, actors, gifts);
    }

    /// What was sent since arrives some time, and not before what was sent before.
    fn look_at(&mut self, way: &mut Way, wire: &Wire) {
        // What came to rest in between has arrived.
        if wire.messages.is_empty() {
            way.batches.clear();
        }
        let new = (wire.sent - way.seen).min(wire.messages.len());
        way.seen = wire.sent;
        if new > 0 {
            let last = way.batches.back().map_or(0, |&(at, _)| at);
            let at = last.max(self.now + self.delay());
            way.batches.push_back((at, new));
        }
    }

    fn delay(&mut self) -> usize {
        let delay = 1 + self.random.below(self.nature.delay);
        if self.random.percent(self.nature.stalls) {
            delay * 20
        } else {
            delay
        }
    }

    /// A batch arrives, or a part of it, or more than it.
    fn arrival(&mut self, link: Link, world: &World) -> Step {
        let later = self.now + self.delay();
        let mut seats = world.seats();
        if seats.any(|seat| Link::ToHost(seat.who) == link && seat.host.is_giving) {
            // The host does one thing at a time with a member.
            let batches = &mut self.links.get_mut(&link).expect("it is due").batches;
            let first = batches.front_mut().expect("it is due");
            first.0 = later;
            Self::in_order(batches);
            let Link::ToHost(who) = link else {
                unreachable!("it was just compared")
            };
            return Step::Give(who);
        }
        let is_whole = self.random.percent(60);
        let cut = self.random.next();
        let batches = &mut self.links.get_mut(&link).expect("it is due").batches;
        let (_, mut count) = batches.pop_front().expect("it is due");
        if !is_whole {
            let all = count + batches.front().map_or(0, |&(_, next)| next);
            let part = 1 + cut as usize % all;
            if part < count {
                batches.push_front((later, count - part));
            } else if let Some((_, next)) = batches.front_mut() {
                *next -= part - count;
            }
            count = part;
        }
        Self::in_order(batches);
        batches.retain(|&(_, count)| count > 0);
        match link {
            Link::ToMember(who) if self.random.percent(10) => Step::Gather(who, count),
            _ => Step::Deliver(link, count),
        }
    }

    /// What is behind does not overtake.
    fn in_order(batches: &mut VecDeque<(usize, usize)>) {
        let mut at = batches.front().map_or(0, |&(at, _)| at);
        for batch in batches {
            batch.0 = batch.0.max(at);
            at = batch.0;
        }
    }

    fn act(&mut self, actor: Actor) -> Step {
        self.acts -= 1;
        let is_burst = self.random.percent(self.nature.bursts);
        let (at, pause) = self.actors.get_mut(&actor).expect("it is due");
        *at = self.now
            + if is_burst {
                0
            } else {
                1 + self.random.below(*pause)
            };
        let key = self.random.below(self.nature.keys);
        let Nature {
            creations,
            deletions,
            barriers,
            patience,
            wholes,
            focus,
            ..
        } = self.nature;
        let foci = [
            Focus::Wholes,
            Focus::Everything,
            Focus::Rows,
            Focus::Text,
            Focus::Takes,
            Focus::Orders,
            Focus::Acts,
        ];
        let weights = [creations, deletions, barriers, patience, 1000];
        match self.random.weighted(&weights) {
            0 => self.creation(actor, key),
            1 => Step::Delete { actor, key },
            2 => Step::Await(actor),
            3 => Step::GiveUp(actor),
            _ => Step::Update {
                actor,
                key,
                edits: Edits {
                    focus: foci[self.random.weighted(&focus)],
                    script: self.random.next(),
                    count: 1 + self.random.weighted(&[5, 3, 2, 1]),
                    whole: self.random.percent(wholes),
                },
            },
        }
    }

    fn creation(&mut self, actor: Actor, key: usize) -> Step {
        let kinds = [Kind::Deep, Kind::Words, Kind::BoxedWords, Kind::Ledger];
        let rules = [Rule::Open, Rule::Values, Rule::Origins, Rule::Panics];
        let mut weights = self.nature.kinds;
        // A session about one thing is about that.
        if self.nature.focus[1] == 0 || key == 0 {
            weights[0] *= 5;
        }
        let rule = rules[self.random.weighted(&[1, 3, 2, 1])];
        let is_judged = self.random.percent(self.nature.rules);
        Step::Create {
            actor,
            key,
            kind: kinds[self.random.weighted(&weights)],
            rule: is_judged.then_some(rule),
            script: self.random.next(),
        }
    }

    fn join(&mut self) -> Step {
        self.joined += 1;
        Step::Join(self.joined)
    }

    /// Something happens to a link.
    fn trouble(&mut self, world: &World) -> Step {
        self.trouble = self.now + 1 + self.random.below(self.nature.troubles);
        let seats: Vec<Who> = world.seats().map(|seat| seat.who).collect();
        if seats.is_empty() {
            return self.join();
        }
        let who = seats[self.random.below(seats.len())];
        let mut cut = world.seats().filter(|seat| seat.is_cut);
        match self.random.weighted(&self.nature.trouble) {
            0 => Step::Cut(who),
            1 => Step::Return(cut.next().map_or(who, |seat| seat.who)),
            _ => Step::Lag(who, self.random.below(1000)),
        }
    }

    /// Somebody comes or goes.
    fn change(&mut self, world: &World) -> Step {
        self.change = self.now + 1 + self.random.below(self.nature.changes);
        let seats: Vec<Who> = world.seats().map(|seat| seat.who).collect();
        if seats.len() < 6 && (seats.len() < 2 || self.random.percent(50)) {
            return self.join();
        }
        let who = seats[self.random.below(seats.len())];
        match self.random.percent(50) {
            true => Step::Leave(who),
            false => Step::Kill(who, self.random.below(4)),
        }
    }
}
