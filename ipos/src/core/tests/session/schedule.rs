//! One schedule: who does what when, by a seed.

use std::ops::AddAssign;

use super::super::deep::Deep;
use super::{host::Host, member::Member, random::Random, values::Kind};

/// How many things happen in one schedule before it is left to come to rest.
const STEPS: usize = 150;

/// How many members there are at once, at the most.
const MEMBERS: usize = 4;

const KEYS: [&str; 3] = ["board", "words", ""];

/// What has happened, to see that the schedules lead everywhere.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) commits: usize,
    amended: usize,
    stale: usize,
    created: usize,
    deleted: usize,
    joined: usize,
    left: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.commits += other.commits;
        self.amended += other.amended;
        self.stale += other.stale;
        self.created += other.created;
        self.deleted += other.deleted;
        self.joined += other.joined;
        self.left += other.left;
    }
}

impl Counts {
    pub(super) fn must_cover_everything(&self) {
        let Self {
            commits,
            amended,
            stale,
            created,
            deleted,
            joined,
            left,
        } = self;
        for count in [commits, amended, stale, created, deleted, joined, left] {
            assert_ne!(*count, 0, "{self:?}");
        }
    }
}

pub(super) struct Schedule {
    random: Random,
    host: Host,
    members: Vec<Member>,
    /// Members that are still to be given objects.
    joining: Vec<usize>,
    /// How many of a hundred steps deliver something.
    delivering: usize,
    counts: Counts,
}

impl Schedule {
    pub(super) fn new(mut random: Random) -> Self {
        let delivering = 30 + random.below(55);
        Self {
            random,
            host: Host::new(),
            members: Vec::new(),
            joining: Vec::new(),
            delivering,
            counts: Counts::default(),
        }
    }

    pub(super) fn run(mut self) -> Counts {
        for _ in 0..2 {
            self.join();
        }
        for _ in 0..STEPS {
            if self.random.percent(self.delivering) {
                self.deliver_somewhere();
            } else {
                self.do_something();
            }
        }
        while self.deliver_somewhere() {}
        for member in &mut self.members {
            assert!(member.is_live, "who joins comes to be in sync");
            member.check_at_rest(self.host.model());
            self.counts.amended += member.amended;
            self.counts.stale += member.stale;
        }
        self.counts
    }

    fn join(&mut self) {
        let id = self.host.admit();
        self.joining.push(self.members.len());
        self.members.push(Member::new(id));
        self.counts.joined += 1;
    }

    /// A member goes: at once, with all that was on its way lost, or after it was heard.
    fn leave(&mut self, at: usize) {
        let mut member = self.members.remove(at);
        self.joining.retain(|&joining| joining != at);
        for joining in &mut self.joining {
            *joining -= usize::from(*joining > at);
        }
        self.counts.amended += member.amended;
        self.counts.stale += member.stale;
        self.counts.left += 1;
        if self.random.percent(50) {
            member.goodbye();
            while let Some(message) = member.sent() {
                if !self.host.take(member.id, &message) {
                    return;
                }
            }
            panic!("the goodbye was heard");
        }
        self.host.dismiss(member.id);
    }

    /// Moves one message, or gives one object; `false` when there is none to move.
    fn deliver_somewhere(&mut self) -> bool {
        let links = 2 * self.members.len();
        let moves = links + self.joining.len();
        let first = if moves == 0 {
            0
        } else {
            self.random.below(moves)
        };
        for choice in (first..moves).chain(0..first) {
            if choice >= links {
                let joining = choice - links;
                let peer = self.members[self.joining[joining]].id;
                if !self.host.give_next(peer) {
                    self.joining.remove(joining);
                }
                return true;
            }
            let member = &mut self.members[choice / 2];
            if choice % 2 == 0 && member.has_sent() {
                let message = member.sent().expect("it was just seen");
                self.host.take(member.id, &message);
                return true;
            }
            if choice % 2 == 1 && self.host.has_sent_to(member.id) {
                let message = self.host.sent_to(member.id).expect("it was just seen");
                member.take(&message, self.host.model());
                member.check(self.host.model());
                return true;
            }
        }
        false
    }

    fn do_something(&mut self) {
        let actor = self.random.below(self.members.len() + 1);
        match self.random.below(40) {
            0 if self.members.len() < MEMBERS => return self.join(),
            1 if actor > 0 => return self.leave(actor - 1),
            _ => {}
        }
        let key = self.random.pick(&KEYS);
        let Self {
            random,
            host,
            members,
            counts,
            ..
        } = self;
        let Some(member) = actor.checked_sub(1).map(|at| &mut members[at]) else {
            match random.below(20) {
                0 | 1 => {
                    match random.below(4) {
                        0 | 1 => host.create(key, Deep::random(random)),
                        2 => host.create(key, Vec::<String>::random(random)),
                        _ => host.create(key, Box::<Vec<String>>::random(random)),
                    }
                    counts.created += 1;
                }
                2 => host.delete(key),
                _ => counts.commits += usize::from(host.update(key, random)),
            }
            return;
        };
        if !member.is_live {
            return;
        }
        match random.below(20) {
            0 | 1 => {
                match random.below(4) {
                    0 | 1 => member.create(key, Deep::random(random)),
                    2 => member.create(key, Vec::<String>::random(random)),
                    _ => member.create(key, Box::<Vec<String>>::random(random)),
                }
                counts.created += 1;
            }
            2 => counts.deleted += usize::from(member.delete(key)),
            _ => counts.commits += usize::from(member.update(key, random)),
        }
        member.check(host.model());
    }
}
