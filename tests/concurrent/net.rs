//! The processes of a session, and the messages between them.

use std::collections::VecDeque;

use ipos::{
    PeerId,
    simulation::{Asked, Handle, Host, Member, Memory, Told},
};

use crate::plan::{HOST, Who};

/// The key of the one object.
pub const KEY: &str = "object";

/// How many messages a session may take to come to rest.
const PATIENCE: usize = 10_000;

pub struct Net {
    pub host: Host,
    /// A member that only listens, so that it hears of each commit in the form that counts.
    observer: PeerId,
    members: Vec<Seat>,
    /// The commits that the observer has heard of since it was last asked.
    confirmed: Vec<Vec<u8>>,
}

/// A member with its link.
struct Seat {
    id: PeerId,
    member: Member,
    to_host: VecDeque<Vec<u8>>,
    to_member: VecDeque<Vec<u8>>,
    /// It was too far behind, and what it makes anew may be so again.
    is_anew: bool,
}

impl Net {
    /// A host that remembers so many commits, and members that are in sync.
    pub fn new(members: usize, memory: usize) -> Self {
        let mut host = Host::new(Memory {
            commits: memory,
            changes: 64,
        });
        let observer = host.admit();
        let members: Vec<Seat> = (0..members).map(|_| Seat::new(host.admit())).collect();
        for id in members.iter().map(|seat| seat.id).chain([observer]) {
            while host.give_next(id) {}
            host.live(id);
        }
        let confirmed = vec![];
        let mut net = Self {
            host,
            observer,
            members,
            confirmed,
        };
        net.settle();
        net
    }

    /// Whether there is such a process.
    pub fn has(&self, who: Who) -> bool {
        who <= self.members.len()
    }

    /// All processes.
    pub fn all(&self) -> impl Iterator<Item = Who> + use<> {
        HOST..=self.members.len()
    }

    pub fn member(&mut self, who: Who) -> &mut Member {
        &mut self.members[who - 1].member
    }

    pub fn object(&self, who: Who) -> Handle {
        let handle = match who {
            HOST => self.host.named(KEY),
            _ => self.members[who - 1].member.named(KEY),
        };
        handle.expect("the object is there")
    }

    pub fn take_confirmed(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.confirmed)
    }

    /// Takes what was posted to the links.
    pub fn collect(&mut self) {
        for seat in &mut self.members {
            seat.to_host.extend(seat.member.take_outgoing());
        }
        loop {
            let posted = self.host.take_outgoing();
            if posted.is_empty() {
                return;
            }
            for (to, message) in posted {
                match self.members.iter_mut().find(|seat| seat.id == to) {
                    Some(seat) => {
                        seat.is_anew |= matches!(told(&message), Told::Stale { .. });
                        seat.to_member.push_back(message);
                    }
                    None => self.observe(&message),
                }
            }
        }
    }

    fn observe(&mut self, message: &[u8]) {
        match told(message) {
            Told::Commit { patches, .. } => self.confirmed.push(patches),
            Told::Ping { ping } => {
                let heard = self.host.receive(self.observer, &Asked::pong(ping));
                heard.expect("the host takes an answer");
            }
            _ => {}
        }
    }

    /// So many messages of a member arrive.
    pub fn deliver_to_host(&mut self, who: Who, count: usize) {
        for _ in 0..count {
            let seat = &mut self.members[who - 1];
            let Some(message) = seat.to_host.pop_front() else {
                return;
            };
            let heard = self.host.receive(seat.id, &message);
            heard.expect("the host takes what a member says");
            self.collect();
        }
    }

    /// So many messages to a member arrive at once.
    pub fn deliver_to(&mut self, who: Who, count: usize) {
        let seat = &mut self.members[who - 1];
        let count = count.min(seat.to_member.len());
        for message in seat.to_member.drain(..count) {
            let news = seat.member.gather(&message);
            news.expect("a member takes what the host says");
        }
        let rested = seat.member.rest();
        rested.expect("a member can do its own again");
        self.collect();
    }

    /// All that is under way to a member arrives.
    pub fn inform(&mut self, who: Who) {
        while !self.members[who - 1].to_member.is_empty() {
            self.deliver_to(who, 1);
        }
    }

    /// All that a member has said arrives. Whether all of it counts, and is sure to have been moved over what the member had
    /// not heard of.
    pub fn hear(&mut self, who: Who) -> bool {
        let seat = &mut self.members[who - 1];
        seat.is_anew &= !seat.member.is_settled();
        while !self.members[who - 1].to_host.is_empty() {
            self.deliver_to_host(who, 1);
        }
        let seat = &self.members[who - 1];
        let mut verdicts = seat.to_member.iter().map(|message| told(message));
        !seat.is_anew && !verdicts.any(|told| matches!(told, Told::Rejected { .. }))
    }

    /// All that is under way arrives.
    pub fn settle(&mut self) {
        self.collect();
        let is_busy = |seat: &Seat| !seat.to_host.is_empty() || !seat.to_member.is_empty();
        for _ in 0..PATIENCE {
            let Some(busy) = self.members.iter().position(is_busy) else {
                let is_settled = |seat: &Seat| seat.member.is_live() && seat.member.is_settled();
                assert!(
                    self.members.iter().all(is_settled),
                    "all have their verdicts"
                );
                return;
            };
            self.deliver_to_host(busy + 1, 1);
            self.deliver_to(busy + 1, 1);
        }
        panic!("the session does not come to rest");
    }
}

impl Seat {
    fn new(id: PeerId) -> Self {
        Self {
            id,
            member: Member::new(id),
            to_host: VecDeque::new(),
            to_member: VecDeque::new(),
            is_anew: false,
        }
    }
}

fn told(message: &[u8]) -> Told {
    Told::read(message).expect("the host writes what can be read")
}
