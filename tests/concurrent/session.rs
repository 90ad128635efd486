//! What must hold while a plan is carried out.

use std::sync::Arc;

use ipos::{
    __private::Finish,
    Schema, schema_of,
    simulation::{self, Applied, Written},
};
use ipos_tests::subject::{Subject, attempt, must_be};

use crate::{
    net::{KEY, Net},
    plan::{End, Event, HOST, Plan, Who},
};

struct Session<T> {
    net: Net,
    /// The start with all commits that count.
    model: T,
    schema: Arc<Schema>,
}

/// Carries out a plan.
pub fn run<T: Subject>(plan: Plan<T, T::Op>) {
    let mut session = Session::begin(&plan);
    for event in &plan.events {
        match event {
            Event::Commit(who, ops, end) => {
                if !session.net.has(*who) || (*who == HOST && plan.by_schema) {
                    continue;
                }
                let meant = session.update(*who, ops, *end);
                if plan.calm {
                    session.rest();
                    must_be(&session.model, &meant, "nobody else has changed it");
                }
            }
            &(Event::Meet(who) | Event::ToHost(who, _) | Event::ToMember(who, _))
                if !session.net.has(who) => {}
            &Event::Meet(who) => session.meet(who),
            &Event::ToHost(who, count) => session.net.deliver_to_host(who, count),
            &Event::ToMember(who, count) => session.net.deliver_to(who, count),
        }
    }
    session.rest();
}

impl<T: Subject> Session<T> {
    /// The object is everywhere.
    fn begin(plan: &Plan<T, T::Op>) -> Self {
        let mut net = Net::new(plan.members, plan.memory);
        if plan.by_schema {
            let created = net.member(1).create(KEY, plan.start.clone());
            created.expect("any value can be sent");
        } else {
            net.host.create(KEY, plan.start.clone());
        }
        let mut session = Self {
            net,
            model: plan.start.clone(),
            schema: Arc::new(schema_of::<T>()),
        };
        session.rest();
        session
    }

    fn value(&self, who: Who) -> T {
        let view = self.net.object(who).view();
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
            HOST => self.net.host.update::<T>(KEY, change),
            _ => {
                let member = self.net.member(who);
                member.update::<T>(KEY, end == End::Whole, change)
            }
        };
        self.net.collect();
        let meant = match written {
            Written::Committed(..) => after,
            Written::Nothing => before,
            refused => panic!("{refused:?} of {ops:?}"),
        };
        let value = self.value(who);
        must_be(&value, &meant, format_args!("{ops:?} are seen at once"));
        meant
    }

    /// Applies what the host has told everybody.
    fn follow(&mut self) {
        for patches in self.net.take_confirmed() {
            let applied = simulation::apply(&mut self.model, &self.schema, &patches);
            assert_eq!(
                applied,
                Ok(Applied::Whole),
                "it is there as it is confirmed"
            );
        }
    }

    /// Lets a member hear everything, then the host hear everything from it. What its commits are
    /// there by then is what the host makes of them.
    fn meet(&mut self, who: Who) {
        self.net.inform(who);
        let foreseen = self.value(who);
        if self.net.hear(who) {
            self.follow();
            must_be(
                &self.model,
                &foreseen,
                format_args!("{who} has foreseen it"),
            );
        }
    }

    /// Lets everything arrive; then all replicas are equal to the model.
    fn rest(&mut self) {
        self.net.settle();
        self.follow();
        for who in self.net.all() {
            let view = self.net.object(who).view();
            assert!(view.is_live, "{who} has the object");
            assert_eq!(view.pending, [], "all of {who} has a verdict");
            must_be(&self.value(who), &self.model, format_args!("{who} at rest"));
        }
    }
}
