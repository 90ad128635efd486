//! P6: what a set costs in a large object, beside a small one.

use std::time::Instant;

use ipos::Waiting;

use super::{entry, here, session::Session};
use crate::{
    Result,
    contest::{Contender, Goal::AtMost, Measured, Unit, Work},
    random::Random,
    state::State,
};

pub(super) fn works() -> Vec<Work> {
    let work = |name, place: fn() -> Place, goals| Work {
        id: "P6",
        name,
        unit: Unit::Nanos,
        each: 1,
        most: 1_000_000,
        ours: entry(
            "ipos",
            Box::new(move |_| here(Sets::start(1_000_000, place())?)),
        ),
        others: vec![entry(
            TEN,
            Box::new(move |_| here(Sets::start(10, place())?)),
        )],
        goals,
    };
    vec![
        work(
            "a set in the middle of 1,000,000 elements, one a commit, until applied",
            || Place::Middle,
            vec![AtMost(TEN, 1.2)],
        ),
        work(
            "a set anywhere in 1,000,000 elements, one a commit, until applied",
            Place::anywhere,
            vec![],
        ),
    ]
}

const TEN: &str = "ipos, of 10 elements";

/// Which element is set.
pub(crate) enum Place {
    /// Always the same: it stays in the processor's caches.
    Middle,
    /// Another each time: in a large list each is one that no cache has.
    Anywhere(Random),
}

impl Place {
    pub(crate) fn anywhere() -> Self {
        Self::Anywhere(Random(7))
    }

    fn next(&mut self, elements: usize) -> usize {
        match self {
            Self::Middle => elements / 2,
            Self::Anywhere(random) => random.below(elements),
        }
    }
}

/// Sets in a list, from the host to a member.
pub(crate) struct Sets {
    session: Session,
    elements: usize,
    place: Place,
}

impl Sets {
    pub(crate) fn start(elements: usize, place: Place) -> Result<Self> {
        Ok(Self {
            session: Session::start(State::of(elements), Waiting::Park)?,
            elements,
            place,
        })
    }
}

impl Contender for Sets {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session { state, member, .. } = &mut self.session;
        let last = state.read().tick + 1;
        let begin = Instant::now();
        for count in 1..amount {
            let element = self.place.next(self.elements);
            state.update(|state| state.tasks_mut().at(element).set_count(count))?;
        }
        state.update(|state| state.set_tick(last))?;
        member.ask(&format!("see {last}"))?;
        Ok(Measured::Took(begin.elapsed()))
    }
}
