//! A session in one thread that carries out a plan.

use std::{collections::VecDeque, sync::Arc};

use ipos::{
    __private::Finish,
    PeerId, Schema, schema_of,
    simulation::{self, Applied, Asked, Handle, Host, Member, Memory, Told, Written},
};
use ipos_tests::subject::{Subject, attempt, must_be};

use crate::plan::{End, Event, HOST, Plan, Who};

const KEY: &str = "object";

/// How many messages a session may take to come to rest.
const PATIENCE: usize = 10_000;

struct Session<T> {
    host: Host,
    /// A member that only listens, so that it hears of each commit in the form that counts.
    observer: PeerId,
    /// The start with all these commits.
    model: T,
    schema: Arc<Schema>,
    members: Vec<Seat>,
}

/// A member with its link.
struct Seat {
    id: PeerId,
    member: Member,
    to_host: VecDeque<Vec<u8>>,
    to_member: VecDeque<Vec<u8>>,
}

/// Carries out a plan.
pub fn run<T: Subject>(plan: Plan<T, T::Op>) {
    let mut session = Session::begin(&plan);
    for event in &plan.events {
        match event {
            Event::Commit(who, ops, end) => {
                if !session.has(*who) || (*who == HOST && plan.by_schema) {
                    continue;
                }
                let meant = session.update(*who, ops, *end);
                if plan.calm {
                    session.rest();
                    must_be(&session.model, &meant, "nobody else has changed it");
                }
            }
            &Event::ToHost(who, count) if session.has(who) => {
                for _ in 0..count {
                    session.deliver_to_host(who);
                }
            }
            &Event::ToMember(who, count) if session.has(who) => session.deliver_to(who, count),
            &Event::Meet(who) if session.has(who) => session.meet(who),
            Event::Meet(_) | Event::ToHost(..) | Event::ToMember(..) => {}
        }
    }
    session.rest();
}

impl<T: Subject> Session<T> {
    /// The object is everywhere.
    fn begin(plan: &Plan<T, T::Op>) -> Self {
        let mut host = Host::new(Memory {
            commits: plan.memory,
            changes: 64,
        });
        let observer = host.admit();
        let members = (0..plan.members).map(|_| Seat::new(host.admit())).collect();
        let mut session = Self {
            host,
            observer,
            model: plan.start.clone(),
            schema: Arc::new(schema_of::<T>()),
            members,
        };
        for id in session.members.iter().map(|seat| seat.id).chain([observer]) {
            while session.host.give_next(id) {}
            session.host.live(id);
        }
        session.settle();
        if plan.by_schema {
            let created = session.members[0].member.create(KEY, plan.start.clone());
            created.expect("any value can be sent");
        } else {
            session.host.create(KEY, plan.start.clone());
        }
        session.rest();
        session
    }

    fn has(&self, who: Who) -> bool {
        who <= self.members.len()
    }

    fn object(&self, who: Who) -> Handle {
        let handle = match who {
            HOST => self.host.named(KEY),
            _ => self.members[who - 1].member.named(KEY),
        };
        handle.expect("the object is there")
    }

    fn value(&self, who: Who) -> T {
        let view = self.object(who).view();
        simulation::decode(&view.value, &view.schema).expect("a replica has a value of its type")
    }

    /// Does an update, which is seen at once where it is made; gives the value there.
    fn update(&mut self, who: Who, ops: &[T::Op], end: End) -> T {
        let before = self.value(who);
        let mut after = before.clone();
        for op in ops {
            attempt(|| T::plain(&mut after, op));
        }
        let change = |writer: &mut T::Mut<'_>| {
            for op in ops {
                attempt(|| T::live(writer, op));
            }
            match end {
                End::Rollback => Finish::Rollback,
                End::Commit | End::Whole => Finish::Commit,
            }
        };
        let written = match who {
            HOST => self.host.update::<T>(KEY, change),
            _ => {
                let seat = &mut self.members[who - 1];
                seat.member.update::<T>(KEY, end == End::Whole, change)
            }
        };
        self.collect();
        let meant = match written {
            Written::Committed(..) => after,
            Written::Nothing => before,
            refused => panic!("{refused:?} of {ops:?}"),
        };
        must_be(
            &self.value(who),
            &meant,
            format_args!("{ops:?} are seen at once"),
        );
        meant
    }

    /// Takes what was posted to the links.
    fn collect(&mut self) {
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
                    Some(seat) => seat.to_member.push_back(message),
                    None => self.observe(&message),
                }
            }
        }
    }

    fn observe(&mut self, message: &[u8]) {
        match Told::read(message).expect("the host writes what can be read") {
            Told::Commit { patches, .. } => {
                let applied = simulation::apply(&mut self.model, &self.schema, &patches);
                assert_eq!(
                    applied,
                    Ok(Applied::Whole),
                    "what is confirmed has its targets"
                );
            }
            Told::Ping { ping } => {
                let heard = self.host.receive(self.observer, &Asked::pong(ping));
                heard.expect("the host takes an answer");
            }
            _ => {}
        }
    }

    fn deliver_to_host(&mut self, who: Who) {
        let seat = &mut self.members[who - 1];
        let Some(message) = seat.to_host.pop_front() else {
            return;
        };
        let heard = self.host.receive(seat.id, &message);
        heard.expect("the host takes what a member says");
        self.collect();
    }

    fn deliver_to(&mut self, who: Who, count: usize) {
        let seat = &mut self.members[who - 1];
        for _ in 0..count {
            let Some(message) = seat.to_member.pop_front() else {
                break;
            };
            let news = seat.member.gather(&message);
            news.expect("a member takes what the host says");
        }
        seat.member.rest().expect("a member can do its own again");
        self.collect();
    }

    /// Lets a member hear everything, then the host hear everything from it. What it has made of its
    /// commits by then is what the host makes of them.
    fn meet(&mut self, who: Who) {
        while !self.members[who - 1].to_member.is_empty() {
            self.deliver_to(who, 1);
        }
        let guess = self.value(who);
        while !self.members[who - 1].to_host.is_empty() {
            self.deliver_to_host(who);
        }
        let told = &self.members[who - 1].to_member;
        let is_other = |message: &Vec<u8>| {
            let told = Told::read(message).expect("the host writes what can be read");
            matches!(told, Told::Stale { .. } | Told::Rejected { .. })
        };
        if !told.iter().any(is_other) {
            must_be(&self.model, &guess, format_args!("{who} has foreseen it"));
        }
    }

    /// Lets everything arrive.
    fn settle(&mut self) {
        self.collect();
        for _ in 0..PATIENCE {
            let mut all = 1..=self.members.len();
            let busy = |seat: &Seat| !seat.to_host.is_empty() || !seat.to_member.is_empty();
            let Some(who) = all.find(|who| busy(&self.members[who - 1])) else {
                return;
            };
            self.deliver_to_host(who);
            self.deliver_to(who, 1);
        }
        panic!("the session does not come to rest");
    }

    /// Lets everything arrive; then all replicas are equal to the model.
    fn rest(&mut self) {
        self.settle();
        for who in 0..=self.members.len() {
            let view = self.object(who).view();
            assert!(view.is_live, "{who} has the object");
            assert_eq!(view.pending, [], "all of {who} has a verdict");
            must_be(&self.value(who), &self.model, format_args!("{who} at rest"));
        }
        for seat in &self.members {
            assert!(seat.member.is_live() && seat.member.is_settled());
        }
    }
}

impl Seat {
    fn new(id: PeerId) -> Self {
        Self {
            id,
            member: Member::new(id),
            to_host: VecDeque::new(),
            to_member: VecDeque::new(),
        }
    }
}
